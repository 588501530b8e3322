package helpdesk

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// SearchQuery asks for tickets by words.
type SearchQuery struct {
	Query           // only tickets that fit it, in its order and page by page
	Words  []string // from [Words]; a message must hold all of them. None find nothing
	Public bool     // only in messages that a customer may read
}

// MaxMatches is how many matching messages, of tickets that fit the rest of a query, a Searcher looks at before it orders:
// a word that stands in more of them is too common to find all of their tickets.
const MaxMatches = 5000

// MaxWords is how many different words of one message are searchable, and
// MaxWordBytes how long one may be: what comes after, or is longer, is not found.
const (
	MaxWords     = 5000
	MaxWordBytes = 64
)

// Words splits a text into the words that search knows: runs of letters, marks and
// digits in lower case, each once, in order. Every Store indexes and asks with
// this one function, so that all of them find the same.
func Words(text string) []string {
	var words []string
	seen := make(map[string]bool)
	for field := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	}) {
		word := strings.ToLower(field)
		if len(word) > MaxWordBytes || seen[word] {
			continue
		}
		if len(words) == MaxWords {
			break
		}
		seen[word] = true
		words = append(words, word)
	}
	return words
}

// SearchText returns the text under which a message is found: its body, and for
// a ticket's first message, which repeats the description, also the subject.
func SearchText(t *Ticket, m *Message, first bool) string {
	if first {
		return t.Subject + "\n" + m.Body
	}
	return m.Body
}

// Search returns one page of the tickets that fit the query and have a message that holds every word. It uses the Store's index
// when it has one, else it reads everything.
func Search(ctx context.Context, store Store, q SearchQuery) (Page, error) {
	if len(q.Words) == 0 {
		return Page{}, nil
	}
	if s, ok := As[Searcher](store); ok {
		return s.Search(ctx, q)
	}
	return searchAll(ctx, store, q)
}

func searchAll(ctx context.Context, store Store, q SearchQuery) (page Page, err error) {
	every, limit := q.Query, q.PageLimit()
	every.Limit = 0
	for t, err := range allTickets(ctx, store, every) {
		if err != nil {
			return Page{}, err
		}
		thread, err := store.Thread(ctx, t.Tenant, t.ID)
		if err != nil {
			return Page{}, err
		}
		if !q.finds(t, ownMessages(thread)) {
			continue
		}
		if len(page.Tickets) == limit {
			page.Next = CursorAt(q.Order, page.Tickets[limit-1]).String()
			break
		}
		page.Tickets = append(page.Tickets, t)
	}
	return page, nil
}

// ownMessages returns the messages of the thread's own ticket, without those of merged ones.
func ownMessages(th *Thread) []Message {
	return slices.DeleteFunc(slices.Clone(th.Messages), func(m Message) bool { return m.Ticket != th.Ticket.ID })
}

// finds reports whether one of the messages, all of the same ticket and in order, answers q.
func (q *SearchQuery) finds(t *Ticket, messages []Message) bool {
	for i := range messages {
		m := &messages[i]
		if q.Public && !m.Kind.Public() {
			continue
		}
		words := Words(SearchText(t, m, i == 0))
		if !slices.ContainsFunc(q.Words, func(w string) bool { return !slices.Contains(words, w) }) {
			return true
		}
	}
	return false
}
