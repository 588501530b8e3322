package helpdesk

import (
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// SearchQuery asks for tickets by words.
type SearchQuery struct {
	Query           // only tickets that fit it, in its order and page by page
	Words  []string // as package store splits a text; a message must hold all; none finds nothing
	Public bool     // only in messages that a customer may read
}

// MaxMatches is the most matching messages, of tickets that fit the rest of a query, that a
// Searcher reads before it orders the tickets. A word in more messages is too common to find all
// their tickets.
const MaxMatches = 5000

// Search returns one page of the tickets that fit the query and have a message that holds every
// word. It uses the Store's index if there is one, else it reads all tickets.
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
			if page.Next, err = placeBetween(ctx, store, q.Query, page.Tickets[limit-1], t); err != nil {
				return Page{}, err
			}
			break
		}
		page.Tickets = append(page.Tickets, t)
	}
	return page, nil
}

// placeBetween asks the store for the cursor between two adjacent tickets of q's order. If a change
// swaps the two meanwhile, the next page may show tickets of this page again.
func placeBetween(ctx context.Context, store Store, q Query, last, next *Ticket) (string, error) {
	q.IDs, q.Limit = []TicketID{last.ID, next.ID}, 1
	page, err := store.Tickets(ctx, q)
	return page.Next, err
}

// ownMessages returns the messages of the thread's own ticket, without those of merged ones.
func ownMessages(th *Thread) []Message {
	return slices.DeleteFunc(slices.Clone(th.Messages), func(m Message) bool { return m.Ticket != th.Ticket.ID })
}

// finds reports whether one of the messages, all of ticket t and in order, matches q.
func (q *SearchQuery) finds(t *Ticket, messages []Message) bool {
	for i := range messages {
		m := &messages[i]
		if q.Public && !m.Kind.Public() {
			continue
		}
		found := searchwords.OfMessage(t.Subject, m.Body, i == 0)
		if !slices.ContainsFunc(q.Words, func(w string) bool { return !slices.Contains(found, w) }) {
			return true
		}
	}
	return false
}
