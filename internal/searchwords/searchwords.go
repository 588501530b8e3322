// Package searchwords splits texts into the words that search knows, and finds them again in a text
// to mark them. Package store offers it to authors of Stores.
//
// A word is a run of letters, marks and digits in its folded form: see fold.go. Chinese, Japanese
// and Korean are written without spaces, so there each pair of neighbouring letters is a word, and
// the last letter of a run is one too.
package searchwords

import (
	"strings"
	"unicode/utf8"
)

// Most is the number of different words of one text that count, and MaxBytes the greatest length of
// a word. Search does not find a longer word, nor a word after the first Most. MostInTicket is the
// number of words from which a ticket gets no further ones from a message.
const (
	Most         = 5000
	MaxBytes     = 64
	MostInTicket = 8000
)

// Of splits a text into its words. Each word comes once, at its first place.
func Of(text string) []string {
	var words []string
	seen := make(map[string]bool)
	for w := range pieces(text) {
		if len(words) == Most {
			break
		}
		if !seen[w.text] {
			seen[w.text] = true
			words = append(words, w.text)
		}
	}
	return words
}

// Valid reports whether s can be a word. A valid word needs no quoting in the query language of a
// database: it has letters, marks and digits alone.
func Valid(s string) bool {
	if s == "" || len(s) > MaxBytes || !utf8.ValidString(s) {
		return false
	}
	for p := range runes(s) {
		if !p.inWord {
			return false
		}
	}
	return Fold(s) == s
}

// The fields say where in a ticket a word stands. A word of Customer is also in Text.
const (
	Text         = ""         // subject, messages, reference, name and address of the customer
	Customer     = "customer" // name and address of the customer
	Organisation = "org"      // domain of the customer's address
	Has          = "has"      // not a word of a text: see Attachment
)

// Attachment is the word of the field Has on a ticket with a file.
const Attachment = "attachment"

// Word is a word of a ticket.
type Word struct {
	Field   string
	Private bool // it stands where no customer reads
	Text    string
}

// Head returns the words of a ticket that are in none of its messages.
func Head(ref, subject, name, address string) []Word {
	words := OfRef(ref)
	for _, s := range []string{subject, name, address} {
		for _, w := range Of(s) {
			words = append(words, Word{Text: w})
		}
	}
	for _, s := range []string{name, address} {
		for _, w := range Of(s) {
			words = append(words, Word{Field: Customer, Text: w})
		}
	}
	if _, domain, ok := strings.Cut(address, "@"); ok {
		for _, w := range Of(domain) {
			words = append(words, Word{Field: Organisation, Text: w})
		}
	}
	return words
}

// OfRef returns the words of a reference: its parts, and all of it without a hyphen.
func OfRef(ref string) []Word {
	var words []Word
	for _, w := range Of(ref + " " + strings.ReplaceAll(ref, "-", "")) {
		words = append(words, Word{Text: w})
	}
	return words
}

// Message returns the words of a message. private says that customers do not read it, files that it
// has an attachment.
func Message(body string, private, files bool) []Word {
	found := Of(body)
	words := make([]Word, 0, len(found)+1)
	for _, w := range found {
		words = append(words, Word{Private: private, Text: w})
	}
	if files {
		words = append(words, Word{Field: Has, Private: private, Text: Attachment})
	}
	return words
}

// Set is the words of one ticket.
type Set map[Word]bool

// Add adds words, unless the ticket has MostInTicket already.
func (s Set) Add(words []Word) {
	if len(s) >= MostInTicket {
		return
	}
	for _, w := range words {
		s[w] = true
	}
}

// Holds reports whether a ticket has a word, or with prefix one that begins with it. With public it
// is a word that customers read.
func (s Set) Holds(field, word string, prefix, public bool) bool {
	if !prefix {
		return s[Word{field, false, word}] || (!public && s[Word{field, true, word}])
	}
	for w := range s {
		if w.Field == field && !(public && w.Private) && strings.HasPrefix(w.Text, word) {
			return true
		}
	}
	return false
}
