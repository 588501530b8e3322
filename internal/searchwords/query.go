package searchwords

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Term asks for a word in a ticket.
type Term struct {
	Word   string
	Field  string
	Prefix bool // a word that begins with Word will do
	Not    bool // the ticket must not have it
}

// Fits reports whether the words of a ticket fit all terms.
func (s Set) Fits(terms []Term, public bool) bool {
	return !slices.ContainsFunc(terms, func(t Term) bool { return s.Holds(t.Field, t.Word, t.Prefix, public) == t.Not })
}

// Terms returns the terms of a text. With begun the last word may be the beginning of one, if it
// has at least two letters.
func Terms(text, field string, begun bool) []Term {
	var terms []Term
	for r := range runsOf(text) {
		n := len(r.places)
		switch {
		case r.dense && n == 1: // it begins a pair, or is the last of a run
			terms = append(terms, Term{r.word(0, 1).text, field, true, false})
		case r.dense:
			for i := range n - 1 {
				terms = append(terms, Term{r.word(i, i+2).text, field, false, false})
			}
		default:
			if w := r.word(0, n).text; len(w) <= MaxBytes {
				terms = append(terms, Term{w, field, false, false})
			}
		}
	}
	if n := len(terms); begun && n > 0 && lastIsOpen(text) && utf8.RuneCountInString(terms[n-1].Word) >= 2 && !denseWord(terms[n-1].Word) {
		terms[n-1].Prefix = true
	}
	return terms
}

// lastIsOpen reports whether a text ends in a word that counts.
func lastIsOpen(text string) bool {
	open := false
	for r := range runsOf(text) {
		last := r.places[len(r.places)-1]
		open = last.to == len(text) && len(r.word(0, len(r.places)).text) <= MaxBytes
	}
	return open
}

func denseWord(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return isDense(r, false)
}

// Phrase is words that have to follow each other in one text.
type Phrase struct {
	Words  []string // single letters in scripts without spaces
	Prefix bool     // the last may be the beginning of a word
	Not    bool     // no text of the ticket may have it
}

// PhraseOf returns the phrase of a text.
func PhraseOf(text string) Phrase {
	var p Phrase
	for w := range sequence(text) {
		p.Words = append(p.Words, w.text)
	}
	return p
}

// in returns the first and last positions of the phrase in a sequence.
func (p *Phrase) in(text []piece) (found [][2]int) {
	n := len(p.Words)
	for i := 0; n > 0 && i+n <= len(text); i++ {
		fits := true
		for j := 0; fits && j < n; j++ {
			fits = text[i+j].text == p.Words[j] || (p.Prefix && j == n-1 && strings.HasPrefix(text[i+j].text, p.Words[j]))
		}
		if fits {
			found = append(found, [2]int{i, i + n - 1})
		}
	}
	return found
}

// In reports whether a text has the phrase.
func (p *Phrase) In(text string) bool { return len(p.in(slices.Collect(sequence(text)))) > 0 }
