// Package mention finds the people and teams that a text names, as in "@Ana Silva, please look".
package mention

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Find returns those of some names that stand behind an "@" in a text, in any case of letters, each
// once and in the order of the text. The longest name counts: "@Ana Silva" is not "@Ana". An "@"
// within a word, as in a mail address, names nobody.
func Find(text string, names []string) (found []string) {
	text = strings.ToLower(text)
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return -cmp.Compare(len(a), len(b)) })
	for at := strings.IndexByte(text, '@'); at >= 0; {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		rest := text[at+1:]
		if !inWord(before) {
			for _, name := range names {
				low := strings.ToLower(name)
				if low == "" || !strings.HasPrefix(rest, low) {
					continue
				}
				after, _ := utf8.DecodeRuneInString(rest[len(low):])
				if inWord(after) {
					continue
				}
				if !slices.Contains(found, name) {
					found = append(found, name)
				}
				break
			}
		}
		next := strings.IndexByte(rest, '@')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return found
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}
