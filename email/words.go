package email

import (
	"bytes"
	"io"
	"strings"
)

// decodeField returns a header field's value as text. It decodes encoded words (RFC 2047) wherever
// they stand, also in quotes or inside a word. Bytes beyond ASCII that are not UTF-8 are read in
// the given charset. It joins neighbouring words of one charset before it decodes them, since
// mailers cut within a character.
func decodeField(s, charset string) string {
	s = fieldText(s, charset)
	if !strings.Contains(s, "=?") {
		return oneLine(s)
	}
	var out strings.Builder
	var held []byte // bytes of encoded words in heldCharset
	var heldCharset string
	flush := func() {
		if len(held) > 0 {
			out.WriteString(decodeText(held, heldCharset))
		}
		held = nil
	}
	for {
		i := strings.Index(s, "=?")
		if i < 0 {
			break
		}
		w, ok := parseWord(s[i:])
		if !ok {
			flush()
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		if strings.TrimSpace(s[:i]) != "" || held == nil {
			flush()
			out.WriteString(s[:i])
		}
		if held != nil && !strings.EqualFold(heldCharset, w.charset) {
			flush()
		}
		held, heldCharset = append(held, w.bytes()...), w.charset
		if held == nil {
			held = []byte{}
		}
		s = s[i+w.length:]
	}
	flush()
	out.WriteString(s)
	return oneLine(out.String())
}

// fieldText returns bytes of a header field as text. The charset is that of the message's text, and
// its header may be in another one: ASCII stays unchanged.
func fieldText(s, charset string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 || r == 0x1B }) < 0 {
		return s
	}
	if label := charsetLabel(charset); label == "utf-7" || stateful(label) {
		charset = ""
	}
	return decodeText([]byte(s), charset)
}

// oneLine folds white space and leaves out control characters.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool { return r <= ' ' || r == 0x7F }), " ")
}

// word is an encoded word.
type word struct {
	charset, text string
	base64        bool
	length        int
}

const (
	longestCharset = 60
	longestWord    = 4096 // RFC 2047 allows 75 characters; mailers exceed that
)

// parseWord reads the encoded word at the beginning of s. Its text may hold spaces, which the RFC
// forbids.
func parseWord(s string) (w word, ok bool) {
	i := strings.IndexByte(s[2:min(len(s), longestCharset)], '?')
	if i < 0 || len(s) < i+6 || s[i+4] != '?' {
		return w, false
	}
	w.charset = s[2 : i+2]
	switch s[i+3] {
	case 'b', 'B':
		w.base64 = true
	case 'q', 'Q':
	default:
		return w, false
	}
	if w.charset == "" || strings.ContainsAny(w.charset, " \t=") {
		return w, false
	}
	text := s[i+5 : min(len(s), longestWord)]
	end := strings.Index(text, "?=")
	if end < 0 {
		return w, false
	}
	w.text, w.length = text[:end], i+5+end+2
	return w, true
}

func (w word) bytes() []byte {
	var r io.Reader
	if w.base64 {
		r = newBase64(strings.NewReader(w.text))
	} else {
		r = newQuoted(strings.NewReader(strings.ReplaceAll(w.text, "_", " ")))
	}
	var b bytes.Buffer
	_, _ = b.ReadFrom(r) // broken input ends early
	return b.Bytes()
}
