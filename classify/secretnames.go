package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/helpdesk-go/helpdesk"
)

// names finds the names of a customer in a text.
type names struct {
	words  map[string]bool // in the form of foldedName
	pieces []string        // in scripts without spaces; they are found within longer words
}

// leastName is the number of letters of a name that is looked for: shorter ones are often words.
const leastName = 3

// namesOf returns the parts of a customer's name, and those of the local part of the mail address
// when it is made like a name, such as jane.doe. It is nil when there is none.
func namesOf(c *helpdesk.Contact) *names {
	n := &names{words: map[string]bool{}}
	for _, part := range nameParts(c.Name) {
		n.add(part)
	}
	local, _, _ := strings.Cut(c.Email, "@")
	if parts := nameParts(local); len(parts) > 1 && !strings.ContainsFunc(local, unicode.IsDigit) {
		for _, part := range parts {
			n.add(part)
		}
	}
	if len(n.words)+len(n.pieces) == 0 {
		return nil
	}
	return n
}

// nameParts returns the words of a name. Of a mail address in its place it reads the local part.
func nameParts(name string) []string {
	name, _, _ = strings.Cut(visible(name), "@")
	return strings.FieldsFunc(name, func(r rune) bool { return !namePart(r) })
}

func namePart(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func (n *names) add(part string) {
	first, _ := utf8.DecodeRuneInString(part)
	letters := utf8.RuneCountInString(part)
	switch {
	case unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai):
		if letters > 1 {
			n.pieces = append(n.pieces, part)
		}
	case letters >= leastName && !notNames[strings.ToLower(part)]:
		n.words[foldedName(part)] = true
	}
}

// notNames are words of names that are words of other texts, too.
var notNames = words(`the and von van der den del des dos das und mrs prof herr frau team support service help helpdesk desk office admin info contact sales billing gmbh ltd inc llc`)

// foldedName returns the form in which names are compared: without case and accents.
func foldedName(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.IsMark(r) {
			b.WriteString(lower(r))
		}
	}
	return umlauts.Replace(b.String())
}

// find returns where the names stand in a text: as whole words, also with the s of a genitive.
func (n *names) find(text string) (at [][2]int) {
	if n == nil {
		return nil
	}
	for start := 0; start < len(text); {
		r, size := utf8.DecodeRuneInString(text[start:])
		if !namePart(r) {
			start += size
			continue
		}
		end := start + strings.IndexFunc(text[start:], func(r rune) bool { return !namePart(r) })
		if end < start {
			end = len(text)
		}
		if word := text[start:end]; len(word) <= maxName {
			folded := foldedName(word)
			if n.words[folded] || n.words[strings.TrimSuffix(folded, "s")] {
				at = append(at, [2]int{start, end})
			}
		}
		start = end
	}
	for _, piece := range n.pieces {
		for start := 0; ; {
			i := strings.Index(text[start:], piece)
			if i < 0 {
				break
			}
			at = append(at, [2]int{start + i, start + i + len(piece)})
			start += i + len(piece)
		}
	}
	return at
}

// maxName is the number of bytes of the longest word that may be a name.
const maxName = 100
