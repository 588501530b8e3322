package email

import (
	"bytes"
	"net/mail"
	"net/textproto"
	"strings"
)

// readHeader reads the header that begins at start and returns where the body begins. It is
// tolerant: lines may end in LF, an mbox line may precede the first field, junk may stand between
// fields, and the empty line before the body may be missing. Values are unfolded but not decoded. A
// header of more than limit bytes is cut; whole is then false. At the top of a message empty lines
// before the first field are skipped; a part that begins with one has no header.
func (s *source) readHeader(start, end int64, limit int, top bool) (h mail.Header, body int64, whole bool) {
	h, body, whole = mail.Header{}, end, true
	var key string
	var value []byte
	// A line that is no field: the body begins with it, unless a field follows.
	var junk *rawLine
	add := func() {
		if key != "" {
			h[key] = append(h[key], strings.TrimSpace(string(value)))
		}
		key = ""
	}
	s.lines(start, end, func(l rawLine) bool {
		switch {
		case l.start && len(bytes.TrimSpace(l.text)) == 0 && len(l.text) < 80:
			if top && len(h) == 0 && key == "" && junk == nil && l.off-start < 1000 {
				return true // empty lines before the first field
			}
			body = l.next()
			if junk != nil && len(h) == 0 && key == "" {
				body = junk.off
			}
			return false
		case !l.start || key != "" && (l.text[0] == ' ' || l.text[0] == '\t'):
			if l.off-start > int64(limit) {
				whole = false
			} else if key != "" {
				if l.start {
					value = append(value, ' ')
				}
				value = append(value, bytes.TrimLeft(l.text, " \t")...)
			}
			return true
		}
		name, rest, ok := bytes.Cut(l.text, []byte(":"))
		name = bytes.TrimRight(name, " \t")
		if !ok || !fieldName(name) {
			if l.off == start && (bytes.HasPrefix(l.text, []byte("From ")) || bytes.HasPrefix(l.text, []byte(">From "))) {
				return true
			}
			if junk != nil {
				body = junk.off
				return false
			}
			add()
			junk = &rawLine{off: l.off}
			return true
		}
		if k := textproto.CanonicalMIMEHeaderKey(string(name)); junk != nil && len(h) == 0 && !known[k] {
			body = junk.off // text with a colon in its second line
			return false
		}
		junk = nil
		add()
		if l.off-start > int64(limit) {
			whole = false
			return true
		}
		key, value = textproto.CanonicalMIMEHeaderKey(string(name)), append([]byte(nil), bytes.TrimSpace(rest)...)
		return true
	})
	add()
	if junk != nil && body == end {
		body = junk.off
	}
	return h, body, whole
}

// fieldName reports whether b can name a header field (RFC 5322, 2.2), and is not a sentence before
// a colon.
func fieldName(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return len(b) > 0 && len(b) < 100
}

// known are fields that distinguish a header from a text with a colon.
var known = map[string]bool{"From": true, "To": true, "Subject": true, "Date": true, "Received": true, "Message-Id": true,
	"Return-Path": true, "Delivered-To": true, "Mime-Version": true, "Content-Type": true, "Content-Transfer-Encoding": true, "Content-Disposition": true}

// canonical returns a header whose keys are in canonical form.
func canonical(h mail.Header) mail.Header {
	c := make(mail.Header, len(h))
	for k, v := range h {
		k = textproto.CanonicalMIMEHeaderKey(k)
		c[k] = append(c[k], v...)
	}
	return c
}

// first returns the first value of a field that is not empty, as written.
func first(h mail.Header, key string) string {
	for _, v := range h[key] {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}
