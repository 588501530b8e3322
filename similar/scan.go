package similar

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// scanned is the index of a Store that has none: every solved ticket, read just now.
type scanned []IndexedTicket

func scan(ctx context.Context, store helpdesk.Store, tenant helpdesk.TenantID) (scanned, error) {
	var all scanned
	for t, err := range tickets(ctx, store, resolved(tenant)) {
		if err != nil {
			return nil, err
		}
		if t.IsSolved() {
			all = append(all, IndexedTicketOf(t))
		}
	}
	return all, nil
}

func resolved(tenant helpdesk.TenantID) helpdesk.Query {
	return helpdesk.Query{Tenant: tenant, Status: []helpdesk.Status{helpdesk.StatusResolved, helpdesk.StatusClosed}, Limit: helpdesk.MaxLimit}
}

// tickets yields the tickets that satisfy q, page by page.
func tickets(ctx context.Context, store helpdesk.Store, q helpdesk.Query) iter.Seq2[*helpdesk.Ticket, error] {
	return func(yield func(*helpdesk.Ticket, error) bool) {
		for {
			page, err := store.Tickets(ctx, q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, t := range page.Tickets {
				if !yield(t, nil) {
					return
				}
			}
			switch page.Next {
			case "":
				return
			case q.After:
				yield(nil, fmt.Errorf("store: the page after %q leads to itself", q.After))
				return
			}
			q.After = page.Next
		}
	}
}

// IndexTickets implements Index. There is nothing to keep.
func (all scanned) IndexTickets(context.Context, helpdesk.TenantID, ...helpdesk.TicketID) error {
	return nil
}

// CountTerms implements Index.
func (all scanned) CountTerms(_ context.Context, _ helpdesk.TenantID, terms []Term, without helpdesk.TicketID) (TermCounts, error) {
	c := TermCounts{Of: map[Term]int{}}
	for _, t := range all {
		if t.Ticket == without {
			continue
		}
		c.Tickets++
		c.Length += int64(t.Words.Length)
		for _, term := range terms {
			if t.Words.Count(term) > 0 {
				c.Of[term]++
			}
		}
	}
	return c, nil
}

// Candidates implements Index.
func (all scanned) Candidates(_ context.Context, _ helpdesk.TenantID, q CandidateQuery) ([]IndexedTicket, error) {
	type candidate struct {
		IndexedTicket
		sum uint32
	}
	var found []candidate
	for _, t := range all {
		if sum := q.Sum(&t.Words); sum > 0 || len(q.Terms) == 0 {
			found = append(found, candidate{t, sum})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), b.At.Compare(a.At), cmp.Compare(b.Ticket, a.Ticket))
	})
	var best []IndexedTicket
	for _, c := range found[:min(len(found), q.Limit)] {
		best = append(best, c.IndexedTicket)
	}
	return best, nil
}
