// Package likeness compares two texts by their words, without case and marks.
package likeness

import (
	"regexp"
	"strings"
	"unicode"
)

// Words returns the words of a text in lower case.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) })
}

// Both counts the words of a that are in b as well. A word that is there twice counts twice.
func Both(a, b []string) (n int) {
	left := map[string]int{}
	for _, w := range b {
		left[w]++
	}
	for _, w := range a {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return n
}

// Shared is the share of words that two texts have in common, from 0 to 1: twice the words in both,
// divided by those of each. It is 1 when both have none.
func Shared(a, b string) float64 {
	x, y := Words(a), Words(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	return 2 * float64(Both(x, y)) / float64(len(x)+len(y))
}

// Denies reports whether a text has a word that denies, in the languages of the priority rules.
func Denies(text string) bool { return denies.MatchString(text) }

var denies = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:not|no|never|cannot|\p{L}+n['’]t|nicht|kein\p{L}*|nie|niemals|pas|jamais|aucune?|não|nunca|nao|non|mai|niet|geen|nooit)(?:[^\p{L}]|$)`)
