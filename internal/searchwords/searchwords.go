// Package searchwords splits texts into the words that search knows. Package store offers it to
// authors of Stores.
package searchwords

import (
	"strings"
	"unicode"
)

// Most is how many different words of one text count, and MaxBytes how long a word may be. Search
// does not find a longer word, nor a word after the first Most.
const (
	Most     = 5000
	MaxBytes = 64
)

// Of splits a text into words: runs of letters, marks and digits in lower case. Each word comes
// once, at its first place.
func Of(text string) []string {
	var words []string
	seen := make(map[string]bool)
	for field := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	}) {
		word := strings.ToLower(field)
		if len(word) > MaxBytes || seen[word] {
			continue
		}
		if len(words) == Most {
			break
		}
		seen[word] = true
		words = append(words, word)
	}
	return words
}

// OfMessage returns the words that find a message: those of its body, and for the first message of
// a ticket also those of the subject. The first message repeats the description.
func OfMessage(subject, body string, first bool) []string {
	if first {
		body = subject + "\n" + body
	}
	return Of(body)
}
