package store

import (
	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// Words splits a text into the words that search knows: runs of letters, marks and digits in lower
// case. Each word comes once, at its first place. A word of more than 64 bytes does not count, nor
// does a word after the first 5000. [helpdesk.SearchQuery] has words of this form, and a Store with
// an index of its own indexes the words of [MessageWords], so that all Stores find the same.
func Words(text string) []string { return searchwords.Of(text) }

// MessageWords returns the words that find a message of t: those of its body, and for the first
// message of the ticket also those of the subject. The first message repeats the description. t may
// be nil when first is false.
func MessageWords(t *helpdesk.Ticket, m *helpdesk.Message, first bool) []string {
	subject := ""
	if first {
		subject = t.Subject
	}
	return searchwords.OfMessage(subject, m.Body, first)
}
