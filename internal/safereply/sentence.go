package safereply

import (
	"regexp"
	"strings"
)

// SpaceSentences puts the missing space between two sentences: "missing.It may" becomes "missing.
// It may". Models sometimes leave the space out. With the space, Allowed keeps a reply that it
// would otherwise refuse for its domain "missing.It".
//
// Allowed could not treat "missing.It" as harmless instead. Mail programs know the endings of
// domains in any case of letters, and whoever talks a model into a reply chooses the case. With the
// space no program makes a link, whatever was meant, and nobody gains by it: "missing. It" could
// have been written at once.
//
// A text that does not surely end a sentence stays as it is, for Allowed to refuse. A sentence ends
// with a word of letters, or a number, at the beginning of the text or after a space; then comes
// the dot, then a word with a capital, then another word.
func SpaceSentences(s string) string {
	var b strings.Builder
	for {
		m := sentenceEnd.FindStringSubmatchIndex(s)
		if m == nil {
			return b.String() + s
		}
		at := m[2] // the next sentence begins here; it is searched too, for it may be one word long
		b.WriteString(s[:at])
		b.WriteByte(' ')
		s = s[at:]
	}
}

// sentenceEnd finds the end of a sentence and the first word of the next, if one more follows.
var sentenceEnd = regexp.MustCompile(`(?:^|[\s"“„«])(?:\p{L}?\p{Ll}{1,40}|\p{N}{1,9}(?:[.,:]\p{N}{1,9}){0,3}(?:\p{Ll}{1,2})?)[.](\p{Lu}\p{Ll}{0,20})(?:['’]\p{Ll}{1,3})?(?:,? |\n)["“„«(]?[\p{L}\p{N}]`)
