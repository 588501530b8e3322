package helpdesk

import "context"

// Count returns how many tickets fit a query, or most when there are more, so that a number beside a view costs
// little however long the view is. Customers count their own.
func (d *Desk) Count(ctx context.Context, q Query, most int) (int, error) {
	const op = "count tickets"
	q.Order, q.After, q.Limit = Newest, "", 0
	if err := d.limit(ctx, &q); err != nil {
		return 0, d.fail(op, "", err)
	}
	n, err := Count(ctx, d.store, q, most)
	return n, d.fail(op, "", err)
}

// Count asks the Store when it is a [Counter], else it reads the tickets.
func Count(ctx context.Context, store Store, q Query, most int) (int, error) {
	if c, ok := As[Counter](store); ok {
		return c.CountTickets(ctx, q, most)
	}
	n := 0
	for _, err := range allTickets(ctx, store, q) {
		if err != nil || n >= most {
			return n, err
		}
		n++
	}
	return n, nil
}
