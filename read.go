package helpdesk

import (
	"context"
	"iter"
)

// allTickets follows the pages of a query, oldest ticket first unless q says otherwise.
func allTickets(ctx context.Context, store Store, q Query) iter.Seq2[*Ticket, error] {
	return func(yield func(*Ticket, error) bool) {
		if q.Limit == 0 {
			q.Limit = 500
		}
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
			if page.Next == "" {
				return
			}
			q.After = page.Next
		}
	}
}

// staff refuses customers.
func (d *Desk) staff(ctx context.Context) error { return nil }
