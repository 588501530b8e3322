// Package blank takes names and addresses of people out of texts.
package blank

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Blanker replaces names in texts.
type Blanker struct {
	names *regexp.Regexp // nil for none
	with  string
}

// New returns a Blanker that replaces each of some names by a text. Empty names do not count.
func New(names []string, with string) *Blanker {
	var quoted []string
	for _, n := range names {
		if n != "" {
			quoted = append(quoted, regexp.QuoteMeta(n))
		}
	}
	if len(quoted) == 0 {
		return &Blanker{}
	}
	return &Blanker{regexp.MustCompile(`(?i)` + strings.Join(quoted, "|")), with}
}

// Text returns a text without the names, in any case of letters. A name within a longer one stays:
// "im@example.com" in "kim@example.com".
func (b *Blanker) Text(s string) string {
	if b.names == nil || s == "" {
		return s
	}
	var out strings.Builder
	end := 0
	for _, at := range b.names.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:at[0]])
		after, _ := utf8.DecodeRuneInString(s[at[1]:])
		if inName(before) || inName(after) && after != '.' && after != '-' {
			continue
		}
		out.WriteString(s[end:at[0]] + b.with)
		end = at[1]
	}
	if end == 0 {
		return s
	}
	return out.String() + s[end:]
}

// Has reports whether a text holds one of the names.
func (b *Blanker) Has(s string) bool { return b.Text(s) != s }

// inName reports whether a letter beside a name makes it another one.
func inName(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '_' || r == '+')
}
