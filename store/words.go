package store

import (
	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// Word is a word by which search finds a ticket. Its Field is empty for the words that stand
// anywhere in the ticket. A word of the customer's name or address is also in the field "customer",
// one of the address's domain in "org", and a ticket with a file has the word "attachment" in
// "has". Private words are those of messages that customers do not read.
type Word = searchwords.Word

// WordSet is the words of a ticket, of which there are at most some 13,000: from [MostWords] on a
// ticket gets no further ones.
type WordSet = searchwords.Set

// MostWords is the number of words from which a ticket gets no further ones from a message.
const MostWords = searchwords.MostInTicket

// Words splits a text into the words that search knows: runs of letters, marks and digits in lower
// case, without accents. In scripts without spaces a word is each pair of neighbouring letters, and
// the last letter of a run. Each word comes once, at its first place. A word of more than 64 bytes
// does not count, nor does a word after the first 5000.
func Words(text string) []string { return searchwords.Of(text) }

// IsWord reports whether s can be a word of [Words]. Then it has letters, marks and digits alone.
func IsWord(s string) bool { return searchwords.Valid(s) }

// HeadWords returns the words of a ticket that do not come from its messages. A Store with an index
// of its own indexes these and the MessageWords of the ticket's own messages, so that all Stores
// find the same.
func HeadWords(t *helpdesk.Ticket) []Word {
	return searchwords.Head(t.Ref, t.Subject, t.Customer.Name, t.Customer.Email)
}

// MessageWords returns the words of a message.
func MessageWords(m *helpdesk.Message) []Word {
	return searchwords.Message(m.Body, !m.Kind.Public(), len(m.Attachments) > 0)
}
