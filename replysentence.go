package helpdesk

import (
	"regexp"
	"strings"
)

// sentencesApart puts the space in that is missing between two sentences: "missing.It may" becomes "missing. It may". Models write so now and
// then, and with the space a reply can stay that replyAllowed would refuse for a domain.
//
// Judging "missing.It" harmless as it stands will not do: mail programs know the endings of domains in any case of letters, and whoever talks a model into
// a reply chooses the case. With the space no program makes a link of it, whoever meant what, and nobody gains by it: "missing. It" could have been
// written at once. What is not surely a sentence's end stays as it is, to be refused. An end is a word of letters or a number, after a space or at the
// beginning; then the stop; then a word with a capital; then another word.
func sentencesApart(s string) string {
	var b strings.Builder
	for {
		m := sentenceEnd.FindStringSubmatchIndex(s)
		if m == nil {
			return b.String() + s
		}
		at := m[2] // where the next sentence begins; it is looked at again, for one word may be all of it
		b.WriteString(s[:at])
		b.WriteByte(' ')
		s = s[at:]
	}
}

// sentenceEnd finds the end of a sentence and the first word of the next, if one more follows.
var sentenceEnd = regexp.MustCompile(`(?:^|[\s"“„«])(?:\p{L}?\p{Ll}{1,40}|\p{N}{1,9}(?:[.,:]\p{N}{1,9}){0,3}(?:\p{Ll}{1,2})?)[.](\p{Lu}\p{Ll}{0,20})(?:['’]\p{Ll}{1,3})?(?:,? |\n)["“„«(]?[\p{L}\p{N}]`)
