package email

import (
	"bytes"
	"io"
	"path"
	"strings"
)

// A message that is signed as a whole (RFC 8551, 3.5.2) is a CMS structure (RFC 5652) around the
// signed MIME entity. Its content is read; its signature is not checked. Only the few values on the
// way to the content are looked at, in DER and in BER with its indefinite lengths and strings in
// pieces.

// unverified is said beside a text that was signed.
const unverified = "The mail is signed. The signature was not checked."

// mostSigned is how many signatures around one another are opened.
const mostSigned = 4

// isOpaque reports whether a part may be a message that is signed as a whole. Mailers name it in
// several ways, or only its file.
func (p *part) isOpaque() bool {
	switch p.typ {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return true
	case "application/octet-stream", "application/pkcs7", "application/x-pkcs7", "application/p7m":
		return strings.EqualFold(path.Ext(p.name), ".p7m")
	}
	return false
}

// signed returns the text of a message that is signed as a whole, and records its files. It reports
// false for one that is encrypted or unreadable.
func (b *builder) signed(p *part) (body, bool) {
	if b.signatures == mostSigned {
		return body{}, false
	}
	raw, err := io.ReadAll(b.content(p))
	if err != nil {
		return body{}, false
	}
	content, ok := signedContent(raw)
	if !ok {
		return body{}, false
	}
	b.m.remark = unverified
	return b.within(content), true
}

// within reads a MIME entity that is content of a part.
func (b *builder) within(entity []byte) body {
	src, err := readSource(bytes.NewReader(entity), b.limits.MaxSize+1)
	if err != nil {
		b.note("a message in it is too long")
		return body{}
	}
	inner := &builder{walker: &walker{src: src, limits: b.limits, parts: b.parts, charset: b.charset}, m: b.m, text: b.text, signatures: b.signatures + 1}
	t := inner.collect(inner.walk(0, src.size, 0, "text/plain"), "")
	b.parts, b.text, b.spare = inner.parts, inner.text, append(b.spare, inner.spare...)
	if inner.problem != "" {
		b.note(inner.problem)
	}
	return t
}

var (
	oidSigned = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02} // 1.2.840.113549.1.7.2
	oidData   = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01} // 1.2.840.113549.1.7.1
)

// signedContent returns the content of a CMS SignedData.
func signedContent(raw []byte) ([]byte, bool) {
	if text, ok := bytes.CutPrefix(bytes.TrimSpace(raw), []byte("-----BEGIN ")); ok { // PEM (RFC 7468)
		_, text, _ = bytes.Cut(text, []byte("\n"))
		text, _, _ = bytes.Cut(text, []byte("-----END"))
		raw, _ = io.ReadAll(newBase64(bytes.NewReader(text)))
	}
	info, _, ok := berValue(raw, 0x30)
	if !ok {
		return nil, false
	}
	oid, rest, ok := berValue(info, 0x06)
	if !ok || !bytes.Equal(oid, oidSigned) {
		return nil, false
	}
	for _, tag := range []byte{0xA0, 0x30} { // [0] EXPLICIT, SignedData
		if rest, _, ok = berValue(rest, tag); !ok {
			return nil, false
		}
	}
	for _, tag := range []byte{0x02, 0x31} { // version, digestAlgorithms
		if _, rest, ok = berValue(rest, tag); !ok {
			return nil, false
		}
	}
	encapsulated, _, ok := berValue(rest, 0x30)
	if !ok {
		return nil, false
	}
	if oid, rest, ok = berValue(encapsulated, 0x06); !ok || !bytes.Equal(oid, oidData) {
		return nil, false
	}
	if rest, _, ok = berValue(rest, 0xA0); !ok {
		return nil, false // the content is elsewhere
	}
	return berString(rest, 0)
}

// mostNested is the depth of values with an indefinite length.
const mostNested = 32

// berValue returns the content of the first value of some bytes, which has to have this tag, and
// the bytes behind it. The content of a value that is cut short ends with the bytes.
func berValue(b []byte, tag byte) (content, rest []byte, ok bool) {
	if len(b) < 2 || b[0] != tag {
		return nil, nil, false
	}
	content, rest, _, ok = berContent(b, 0)
	return content, rest, ok
}

// berContent returns the content of the first value. indefinite is set for one that ends with a
// mark.
func berContent(b []byte, depth int) (content, rest []byte, indefinite, ok bool) {
	if len(b) < 2 || b[0]&0x1F == 0x1F || depth > mostNested {
		return nil, nil, false, false // tags of several bytes do not occur on the way
	}
	n := int(b[1])
	b2 := b[2:]
	switch {
	case n == 0x80:
		// Values up to two zero bytes.
		inner := b2
		for len(inner) >= 2 && (inner[0] != 0 || inner[1] != 0) {
			_, after, _, ok := berContent(inner, depth+1)
			if !ok {
				return nil, nil, true, false
			}
			inner = after
		}
		return b2[:len(b2)-len(inner)], inner[min(2, len(inner)):], true, true
	case n > 0x80:
		digits := n & 0x7F
		if digits > 4 || digits > len(b2) {
			return nil, nil, false, false
		}
		n = 0
		for _, c := range b2[:digits] {
			n = n<<8 | int(c)
		}
		b2 = b2[digits:]
	}
	n = min(n, len(b2))
	return b2[:n], b2[n:], false, true
}

// berString returns an OCTET STRING, which may be in pieces.
func berString(b []byte, depth int) (s []byte, ok bool) {
	if len(b) < 2 || depth > mostNested || b[0]&^0x20 != 0x04 {
		return nil, false
	}
	content, _, _, ok := berContent(b, 0)
	if !ok || b[0] == 0x04 {
		return content, ok
	}
	for len(content) >= 2 && content[0] != 0 {
		piece, ok := berString(content, depth+1)
		if !ok {
			return nil, false
		}
		s = append(s, piece...)
		if _, content, _, ok = berContent(content, 0); !ok {
			return nil, false
		}
	}
	return s, true
}
