package email

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// base64Text decodes a text labelled as base64. Lists and scanners add plain lines above and below
// an encoded text, and some texts are not encoded at all: such lines stay as they are.
func (b *builder) base64Text(p *part, most int) io.Reader {
	raw, _ := io.ReadAll(io.LimitReader(b.src.section(p.start, p.end), int64(most)*2+1024))
	if pure(raw) {
		return newBase64(bytes.NewReader(raw))
	}
	var list []io.Reader
	for _, s := range splitBase64(raw) {
		if s.encoded {
			list = append(list, newBase64(bytes.NewReader(s.text)), strings.NewReader("\n"))
		} else {
			list = append(list, bytes.NewReader(s.text))
		}
	}
	return io.MultiReader(list...)
}

// pure reports whether bytes are one base64 text: its characters and ends of lines, without a blank
// line or padding within.
func pure(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	padded, breaks := false, 0
	for _, c := range raw {
		switch v := base64Value[c]; {
		case c == '\n':
			breaks++
		case c == '\r':
			continue
		case v == 64 || padded && v < 64:
			return false
		default:
			padded, breaks = v == 65, 0
		}
		if breaks > 1 {
			return false
		}
	}
	return true
}

// stretch is a run of lines, encoded or not.
type stretch struct {
	text    []byte
	encoded bool
}

// splitBase64 divides a text into encoded and plain lines. The first encoded line looks random, or
// is the first line of all and decodes to text. Those directly below it are encoded too, as far as
// they have the characters for it; below a blank line or padding they have to look so again.
func splitBase64(raw []byte) (list []stretch) {
	inside, gap, first := false, false, true // first: no line stands above
	for l := range bytes.Lines(raw) {
		t := bytes.TrimSpace(l)
		if len(t) == 0 {
			gap = true
		} else {
			solid := alphabetic(t)
			switch {
			case inside && !gap && solid:
			case solid:
				inside = random(t) || first && readable(t)
			default:
				inside = random(t)
			}
			gap, first = t[len(t)-1] == '=', false
		}
		if n := len(list); n > 0 && (list[n-1].encoded == inside || len(t) == 0) {
			list[n-1].text = append(list[n-1].text, l...)
		} else {
			list = append(list, stretch{text: bytes.Clone(l), encoded: inside && len(t) > 0})
		}
	}
	return list
}

// alphabetic reports whether a line has characters of base64 alone.
func alphabetic(t []byte) bool {
	for _, c := range t {
		if base64Value[c] == 64 {
			return false
		}
	}
	return true
}

// random reports whether a line looks like base64: hardly another character, and as many capitals
// and digits as no text has. Blanks within it do not count.
func random(t []byte) bool {
	n, strange, high := 0, 0, 0
	for _, c := range t {
		switch v := base64Value[c]; {
		case c == ' ' || c == '\t':
			continue
		case v == 64:
			strange++
		case c < 'a' && c != '=':
			high++
		}
		n++
	}
	return n >= 16 && strange*20 <= n && high*4 >= n && high*20 <= n*19 && bytes.Count(t, []byte(" "))*3 <= n
}

// readable reports whether a line decodes to text.
func readable(t []byte) bool {
	out, err := io.ReadAll(newBase64(bytes.NewReader(t)))
	return err == nil && len(t) > 5 && utf8.Valid(out) && !bytes.ContainsFunc(out, func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' })
}
