package helpdesk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// SearchQuery asks for tickets by words. [Desk.Search] makes one of what somebody types.
type SearchQuery struct {
	Query                  // only tickets that fit it, in its order and page by page
	Terms   []SearchTerm   // a ticket must fit all, wherever the words stand in it
	Phrases []SearchPhrase // and these; a Searcher does not see them, [Search] checks them
	Public  bool           // only words that a customer may read
}

// SearchTerm asks for one word. The words of a ticket are those of its subject, reference, customer
// and messages, without those of tickets merged into it: see package store.
type SearchTerm struct {
	Word   string // as package store splits a text; what is no word is found nowhere
	Field  string // "" for all of them, "customer", "org" or "has": see package store
	Prefix bool   // a word that begins with Word will do
	Not    bool   // the ticket must not have it
}

// SearchPhrase asks for words that follow each other in the subject, one message, or the name or
// address of the customer.
type SearchPhrase struct {
	Words  []string // in folded form; each letter is one in scripts without spaces
	Prefix bool     // the last may be the beginning of a word
	Not    bool     // no text of the ticket may have it
}

// MaxMatches is the most matching tickets that fit the rest of a query that a Searcher reads before
// it orders them. Words of more tickets are too common to find all of these.
const MaxMatches = 5000

// Search returns one page of the tickets that fit the query. It uses the Store's index if there is
// one, else it reads all tickets. Without terms it finds nothing. After [MaxMatches] tickets that
// hold the words of a phrase, but maybe not the phrase, a page may have less than its limit and
// still a next one.
func Search(ctx context.Context, store Store, q SearchQuery) (Page, error) {
	switch {
	case len(q.Terms) == 0 && len(q.Phrases) == 0:
		return Page{}, nil
	case len(q.Phrases) == 0:
		return searchTerms(ctx, store, q)
	}
	words := q
	words.Phrases, words.Limit = nil, max(100, q.PageLimit()+1)
	var page Page
	for read := 0; ; {
		found, err := searchTerms(ctx, store, words)
		if err != nil {
			return Page{}, err
		}
		texts, err := ticketMessages(ctx, store, q.Tenant, found.Tickets)
		if err != nil {
			return Page{}, err
		}
		for _, t := range found.Tickets {
			if !q.hasPhrases(t, texts[t.ID]) {
				continue
			}
			if n := len(page.Tickets); n == q.PageLimit() {
				page.Next, err = placeBetween(ctx, store, q.Query, page.Tickets[n-1], t)
				return page, err
			}
			page.Tickets = append(page.Tickets, t)
		}
		if read += len(found.Tickets); found.Next == "" || read >= MaxMatches {
			page.Next = found.Next
			return page, nil
		}
		words.After = found.Next
	}
}

func searchTerms(ctx context.Context, store Store, q SearchQuery) (Page, error) {
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

// ticketMessages returns the own messages of each ticket, by a statement if the Store is a
// Searcher.
func ticketMessages(ctx context.Context, store Store, tenant TenantID, tickets []*Ticket) (map[TicketID][]Message, error) {
	of := map[TicketID][]Message{}
	if len(tickets) == 0 {
		return of, nil
	}
	if s, ok := As[Searcher](store); ok {
		ids := make([]TicketID, len(tickets))
		for i, t := range tickets {
			ids[i] = t.ID
		}
		return s.TicketMessages(ctx, tenant, ids...)
	}
	for _, t := range tickets {
		th, err := store.Thread(ctx, tenant, t.ID)
		if err != nil {
			return nil, err
		}
		of[t.ID] = ownMessages(th)
	}
	return of, nil
}

// ownMessages returns the messages of the thread's own ticket, without those of merged ones.
func ownMessages(th *Thread) []Message {
	return slices.DeleteFunc(slices.Clone(th.Messages), func(m Message) bool { return m.Ticket != th.Ticket.ID })
}

// finds reports whether a ticket, with its own messages in order, fits the terms.
func (q *SearchQuery) finds(t *Ticket, messages []Message) bool {
	words := searchwords.Set{}
	words.Add(searchwords.Head(t.Ref, t.Subject, t.Customer.Name, t.Customer.Email))
	for i := range messages {
		m := &messages[i]
		words.Add(searchwords.Message(m.Body, !m.Kind.Public(), len(m.Attachments) > 0))
	}
	return words.Fits(q.terms(), q.Public)
}

func (q *SearchQuery) terms() []searchwords.Term {
	terms := make([]searchwords.Term, len(q.Terms))
	for i, t := range q.Terms {
		terms[i] = searchwords.Term(t)
	}
	return terms
}

// hasPhrases reports whether a ticket has all phrases, and none that is to be left out.
func (q *SearchQuery) hasPhrases(t *Ticket, messages []Message) bool {
	texts := []string{t.Subject, t.Customer.Name, t.Customer.Email}
	for i := range messages {
		if !q.Public || messages[i].Kind.Public() {
			texts = append(texts, messages[i].Body)
		}
	}
	return !slices.ContainsFunc(q.Phrases, func(p SearchPhrase) bool {
		one := searchwords.Phrase(p)
		return slices.ContainsFunc(texts, one.In) == p.Not
	})
}

// wordsIndexed is how many tickets a task of indexWords does.
const wordsIndexed = 200

// indexWords puts a page of the tenant's tickets into the index of words, and leaves the next one.
// The latest come first. The page begins after the cursor in the payload.
func (d *Desk) indexWords(ctx context.Context, task *Task) error {
	c := &Change{Tenant: d.tenant, Done: []Task{*task}}
	index, ok := As[SearchIndexer](d.store)
	if !ok {
		return d.commit(ctx, c)
	}
	q := Query{Tenant: d.tenant, Limit: wordsIndexed}
	if len(task.Payload) > 0 {
		if err := json.Unmarshal(task.Payload, &q.After); err != nil {
			return fmt.Errorf("index words: %w", err)
		}
	}
	page, err := d.store.Tickets(ctx, q)
	if err != nil {
		return err
	}
	ids := make([]TicketID, len(page.Tickets))
	for i, t := range page.Tickets {
		ids[i] = t.ID
	}
	if err := index.IndexWords(ctx, d.tenant, ids...); err != nil {
		return err
	}
	if page.Next != "" {
		after, err := json.Marshal(page.Next)
		if err != nil {
			return err
		}
		c.Tasks = append(c.Tasks, Task{Tenant: d.tenant, Kind: taskWords, Key: "all", DueAt: d.now(), Payload: after})
	}
	return d.commit(ctx, c)
}
