package helpdesk

import (
	"context"
	"errors"
	"iter"
	"time"
)

// readAgain is how long a recorded read of a ticket stands for further reads by the same person.
const readAgain = time.Hour

// recordRead records that a person has read a thread, if Config.RecordReads is set and the last
// record is old. It changes nothing of the ticket. Two reads at one moment may be recorded twice.
func (d *Desk) recordRead(ctx context.Context, by Actor, th *Thread) error {
	if !d.cfg.RecordReads || by.Role == RoleCustomer || by.Role == RoleSystem {
		return nil
	}
	now := d.now()
	for i := range th.Events {
		e := &th.Events[i]
		if e.Type == EventRead && e.Ticket == th.Ticket.ID && e.By.Role == by.Role && e.By.ID == by.ID && now.Sub(e.At) < readAgain {
			return nil
		}
	}
	x := &draft{Desk: d, now: now, by: by, t: th.Ticket, c: Change{Tenant: d.tenant}}
	x.event(EventRead, "", "", nil)
	if err := d.commit(ctx, &x.c); err != nil {
		return err
	}
	th.Events = append(th.Events, x.c.Events...)
	return nil
}

// Reads yields the recorded reads of tickets that match q, oldest first: each is an event by the
// person who has read the thread of the ticket, by the API, on a page or by host code. The same
// person is recorded once an hour per ticket. Tenant and Types of q are the desk's. Only admins and
// the host may call it. See Config.RecordReads.
func (d *Desk) Reads(ctx context.Context, q EventQuery) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		const op = "list reads"
		_, err := d.admin(ctx)
		if err = errors.Join(err, checkLine("by", q.By, 200, false)); q.Ticket != "" && !validID(q.Ticket) {
			err = errors.Join(err, &FieldError{"ticket", "is not an id"})
		}
		if err != nil {
			yield(Event{}, d.fail(op, "", err))
			return
		}
		q.Tenant, q.Types = d.tenant, []EventType{EventRead}
		for e, err := range Events(ctx, d.store, q) {
			if !yield(e, d.fail(op, "", err)) {
				return
			}
		}
	}
}
