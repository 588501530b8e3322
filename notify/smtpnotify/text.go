package smtpnotify

import (
	"html"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneLine returns s in a form for headers and subjects: at most most characters, without control
// characters and those that turn the direction of writing, with one space for each run of white
// space.
func oneLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == utf8.RuneError:
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
	return clip(strings.Join(strings.Fields(s), " "), most)
}

// plainText returns s in a form for the body of a mail: lines end in \n, and tabs are the only
// control characters.
func plainText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			return -1
		}
		return r
	}, s))
}

// clip shortens s to most characters.
func clip(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return strings.TrimSpace(s[:i]) + "…"
		}
		n++
	}
	return s
}

var (
	paragraph = regexp.MustCompile(`\n[ \t]*\n\s*`)
	link      = regexp.MustCompile(`https?://[^\s<>"'` + "`" + `]+`)
)

// prose converts plain text to HTML: paragraphs, lines, and links of allowed addresses.
func prose(text string, allowed func(string) bool) template.HTML {
	var b strings.Builder
	for _, p := range paragraph.Split(plainText(text), -1) {
		if p == "" {
			continue
		}
		b.WriteString(`<p style="margin:0 0 16px 0;">`)
		at := 0
		for _, m := range link.FindAllStringIndex(p, -1) {
			address := bare(p[m[0]:m[1]])
			if !clickable(address) || !allowed(address) {
				continue
			}
			b.WriteString(lines(p[at:m[0]]))
			at = m[0] + len(address)
			shown := html.EscapeString(address)
			b.WriteString(`<a href="` + shown + `" rel="noopener noreferrer">` + shown + `</a>`)
		}
		b.WriteString(lines(p[at:]) + "</p>\n")
	}
	return template.HTML(b.String())
}

func lines(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>\n") }

// bare returns an address without the punctuation that ends its sentence. A closing bracket stays
// if it opens within the address.
func bare(s string) string {
	extra := strings.Count(s, ")") - strings.Count(s, "(")
	for end := len(s); end > 0; end-- {
		switch c := s[end-1]; {
		case strings.IndexByte(".,;:!?*_~]}", c) >= 0:
		case c == ')' && extra > 0:
			extra--
		default:
			return s[:end]
		}
	}
	return ""
}

// clickable reports whether an address goes where it seems to: by http or https, and with nothing
// before the host.
func clickable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}
