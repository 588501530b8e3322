package helpdesk

import (
	"context"
	"iter"
	"slices"
	"time"
)

// EventQuery asks for events of one tenant, of all its tickets.
type EventQuery struct {
	Tenant TenantID
	Types  []EventType // at least one
	From   time.Time   // not before this; zero is no limit
	To     time.Time   // before this; zero is no limit
}

func (q *EventQuery) fits(e *Event) bool {
	return slices.Contains(q.Types, e.Type) && !e.At.Before(q.From) && (q.To.IsZero() || e.At.Before(q.To))
}

// Events yields the events that fit, oldest first. It asks the Store when that is a [EventReader], else it reads everything.
func Events(ctx context.Context, store Store, q EventQuery) iter.Seq2[Event, error] {
	if h, ok := As[EventReader](store); ok {
		return h.Events(ctx, q)
	}
	return allEvents(ctx, store, q)
}

func allEvents(ctx context.Context, store Store, q EventQuery) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		var found []Event
		for t, err := range allTickets(ctx, store, Query{Tenant: q.Tenant}) {
			var th *Thread
			if err == nil {
				th, err = store.Thread(ctx, q.Tenant, t.ID)
			}
			if err != nil {
				yield(Event{}, err)
				return
			}
			for i := range th.Events {
				if e := &th.Events[i]; e.Ticket == t.ID && q.fits(e) {
					found = append(found, *e)
				}
			}
		}
		slices.SortStableFunc(found, func(a, b Event) int { return a.At.Compare(b.At) })
		for _, e := range found {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Events yields what happened on the tenant's tickets since a time, oldest first. It is for agents, admins and the host.
func (d *Desk) Events(ctx context.Context, since time.Time) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		const op = "list events"
		if _, err := d.worker(ctx); err != nil {
			yield(Event{}, d.fail(op, "", err))
			return
		}
		for e, err := range Events(ctx, d.store, EventQuery{Tenant: d.tenant, Types: eventTypes, From: since}) {
			if !yield(e, d.fail(op, "", err)) {
				return
			}
		}
	}
}
