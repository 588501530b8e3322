// Package excerpt shortens a long text of a ticket, before anything reads it. So the cost of a
// ticket has a limit, whatever its length. Its parts are the beginning and the end, since the
// subject of a ticket stands there. A word in the middle of a long text is not read by design.
package excerpt

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The kept parts of a long text, in characters.
const (
	Head = 4500
	Tail = 1500
)

// note ends the note between the two parts. maxNote is the greatest length of the note in bytes.
const (
	note    = " characters left out]\n"
	maxNote = 40
)

// Of returns a text of at most 6,000 characters as it is, and of a longer one the first 4,500 and
// the last 1,500 characters. A note between them counts the characters left out. A text that Of
// has shortened stays as it is.
func Of(text string) string {
	head, tail, left := Ends(text)
	if left == 0 {
		return head
	}
	return fmt.Sprintf("%s\n[%d%s%s", head, left, note, tail)
}

// Ends returns the two parts of a text and the number of characters between them. The head of a
// text that is not shortened is all of it.
func Ends(text string) (head, tail string, left int) {
	if len(text) <= Head+Tail || short(text) {
		return text, "", 0
	}
	from, to := 0, len(text)
	for range Head {
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
	}
	for range Tail {
		_, size := utf8.DecodeLastRuneInString(text[:to])
		to -= size
	}
	return text[:from], text[to:], utf8.RuneCountInString(text[from:to])
}

// short reports whether a text has at most 6,000 characters, or a few more with a note.
func short(text string) bool {
	if len(text) > utf8.UTFMax*(Head+Tail)+maxNote {
		return false
	}
	n := utf8.RuneCountInString(text)
	if n <= Head+Tail {
		return true
	}
	return n <= Head+Tail+maxNote && strings.Contains(text, note)
}

// Lines returns the parts of a text as Of does, with a blank line and no note between them: no word
// of ours is among those of the text.
func Lines(text string) string {
	head, tail, left := Ends(text)
	if left == 0 {
		return head
	}
	return strings.Join([]string{head, tail}, "\n\n")
}
