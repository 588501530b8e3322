package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/reference"
)

// Ticket returns a ticket. Customers find only their own, without internal fields. Restricted
// agents find only those in their scope.
func (d *Desk) Ticket(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "read"
	d, _, err := d.enter(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.find(ctx, id)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	one := []*Ticket{t}
	err = d.showAll(ctx, one)
	return one[0], d.fail(op, id, err)
}

// Thread returns a ticket with its messages and events. Customers get the public messages of their
// own tickets, and no events. What was merged into a ticket is a part of it, also for restricted
// agents.
func (d *Desk) Thread(ctx context.Context, id TicketID) (*Thread, error) {
	const op = "read thread of"
	d, by, err := d.enter(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	if _, err := d.find(ctx, id); err != nil {
		return nil, d.fail(op, id, err)
	}
	th, err := d.store.Thread(ctx, d.tenant, id)
	if err == nil {
		err = d.recordRead(ctx, by, th)
	}
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	if by.Role == RoleCustomer {
		err = d.showThread(ctx, th)
	}
	if !seesReads(by) {
		th.Events = slices.DeleteFunc(th.Events, func(e Event) bool { return e.Type == EventRead })
	}
	return th, d.fail(op, id, err)
}

// showThread removes from a thread what a customer may not see. A ticket merged in from another
// customer than the requester stays that customer's.
func (d *Desk) showThread(ctx context.Context, th *Thread) error {
	own := map[TicketID]bool{th.Ticket.ID: true}
	q := Query{Tenant: d.tenant, Limit: MaxLimit}
	for _, m := range th.Messages {
		if m.Ticket != th.Ticket.ID && !slices.Contains(q.IDs, m.Ticket) {
			q.IDs = append(q.IDs, m.Ticket)
		}
	}
	if len(q.IDs) > 0 {
		var err error
		if q.Scope, err = d.sees(ctx); err != nil {
			return err
		}
		page, err := d.store.Tickets(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range page.Tickets {
			own[t.ID] = true
		}
		q.Scope = &Scope{Email: th.Ticket.Customer.Email} // the requester's other tickets are part of the conversation
		if th.Ticket.CustomerID != "" {
			q.Scope.Customers = []CustomerID{th.Ticket.CustomerID}
		}
		if page, err = d.store.Tickets(ctx, q); err != nil {
			return err
		}
		for _, t := range page.Tickets {
			own[t.ID] = true
		}
	}
	one := []*Ticket{th.Ticket}
	if err := d.showAll(ctx, one); err != nil {
		return err
	}
	th.Ticket, th.Events = one[0], nil
	th.Messages = slices.DeleteFunc(th.Messages, func(m Message) bool { return !m.Kind.Public() || !own[m.Ticket] })
	for i := range th.Messages {
		th.Messages[i].Sender, th.Messages[i].ReplyTo = "", ""
	}
	for i := range th.Messages {
		if by := &th.Messages[i].By; by.Role != RoleCustomer {
			by.ID = "" // an agent's mail address is not for customers
		}
	}
	return nil
}

// Tickets returns one page of the tickets that fit a query. Its Tenant is the desk's. Customers see
// their own tickets alone, and Query.Status filters by the status that they see. Restricted agents
// see the tickets in their scope, whatever Query.Scope says.
func (d *Desk) Tickets(ctx context.Context, q Query) (Page, error) {
	const op = "list tickets"
	if some, err := d.limit(ctx, &q); err != nil || !some {
		return Page{}, d.fail(op, "", err)
	}
	page, err := d.store.Tickets(ctx, q)
	if err == nil {
		err = d.showAll(ctx, page.Tickets)
	}
	if err != nil {
		return Page{}, d.fail(op, "", err)
	}
	return page, nil
}

// All yields every ticket that fits a query, and reads page after page as it goes. It ends after
// the first error. Query.Limit is the size of a page.
func (d *Desk) All(ctx context.Context, q Query) iter.Seq2[*Ticket, error] {
	return func(yield func(*Ticket, error) bool) {
		const op = "list tickets"
		some, err := d.limit(ctx, &q)
		if err != nil {
			yield(nil, d.fail(op, "", err))
		}
		if err != nil || !some {
			return
		}
		for t, err := range allTickets(ctx, d.store, q) {
			one := []*Ticket{t}
			if err == nil {
				err = d.showAll(ctx, one)
			}
			if err != nil {
				yield(nil, d.fail(op, "", err))
				return
			}
			if !yield(one[0], nil) {
				return
			}
		}
	}
}

// limit keeps a query within the tenant and the rights of the actor, and checks it. It returns
// false when no ticket can fit.
func (d *Desk) limit(ctx context.Context, q *Query) (some bool, err error) {
	d, by, err := d.enter(ctx)
	if err != nil {
		return false, err
	}
	q.Tenant, q.Customer = d.tenant, cleanEmail(q.Customer)
	var refs []string
	for _, r := range q.Refs {
		refs = append(refs, reference.Spellings(r)...)
	}
	q.Refs = refs
	if d.scope != nil {
		q.Scope = d.scope
	}
	if by.Role != RoleCustomer {
		return true, q.check(d)
	}
	if q.Customer != "" && q.Customer != by.ID {
		return false, ErrForbidden
	}
	q.Customer = "" // the scope has all that are theirs
	if err := q.check(d); err != nil {
		return false, err
	}
	if d.only != "" && len(q.IDs) > 0 && !slices.Contains(q.IDs, d.only) {
		return false, nil
	}
	if d.only != "" {
		q.IDs = []TicketID{d.only}
	}
	q.Status, some = shownFilter(q.Status)
	return some, nil
}

// check names every wrong field of a query, and sets the order's stored name. The store checks the
// cursor, whose form only it knows.
func (q *Query) check(d *Desk) error {
	order, err := ParseOrder(string(q.Order))
	q.Order = order
	errs := []error{
		err,
		checkLine("assignee", string(q.Assignee), 200, false),
		checkLine("customer", q.Customer, 254, false),
		checkID("organisation", string(q.Organisation)),
		checkLine("tag", q.Tag, 40, false),
		checkLanguage(q.Language),
	}
	if q.Limit < 0 {
		errs = append(errs, &FieldError{"limit", "is negative"})
	}
	for _, id := range q.CustomerIDs {
		errs = append(errs, checkID("customer_id", string(id)))
	}
	for _, s := range q.Status {
		_, err := ParseStatus(string(s))
		errs = append(errs, err)
	}
	for _, c := range q.Category {
		errs = append(errs, d.checkCategory(c))
	}
	for _, p := range q.Priority {
		errs = append(errs, checkPriority(p, false))
	}
	for _, s := range q.Source {
		_, err := ParseSource(string(s))
		errs = append(errs, err)
	}
	for _, r := range q.Refs {
		errs = append(errs, checkLine("ref", r, 20, false))
	}
	return errors.Join(errs...)
}

// allTickets follows the pages of a query. A Store whose next page is the page itself causes an
// error, not an endless loop.
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

// Count returns for each query how many tickets fit it, or most when there are more, in one
// statement if the Store is a [Counter]. So a number beside a list is cheap however long the list
// is. Customers count their own.
func (d *Desk) Count(ctx context.Context, most int, qs ...Query) ([]int, error) {
	const op = "count tickets"
	counts := make([]int, len(qs))
	var ask []Query
	var place []int // of each in counts
	for i, q := range qs {
		q.Order, q.After, q.Limit = Newest, "", 0
		some, err := d.limit(ctx, &q)
		if err != nil {
			return nil, d.fail(op, "", err)
		}
		if some {
			ask, place = append(ask, q), append(place, i)
		}
	}
	if len(ask) == 0 {
		return counts, nil
	}
	n, err := Count(ctx, d.store, most, ask...)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	for i := range n {
		counts[place[i]] = n[i]
	}
	return counts, nil
}

// Count asks a Store that is a [Counter]; otherwise it reads the tickets.
func Count(ctx context.Context, store Store, most int, qs ...Query) ([]int, error) {
	if c, ok := As[Counter](store); ok {
		return c.CountTickets(ctx, most, qs...)
	}
	counts := make([]int, len(qs))
	for i, q := range qs {
		for _, err := range allTickets(ctx, store, q) {
			if err != nil {
				return nil, err
			}
			if counts[i] >= most {
				break
			}
			counts[i]++
		}
	}
	return counts, nil
}
