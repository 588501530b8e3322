package helpdesk

import (
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/language"
)

// ReplyFinder is a SimilarFinder that can propose a reply without a model.
type ReplyFinder interface {
	// FindReply returns a reply to t that is made of sentences which agents have sent to several
	// customers; like is what Find returned for t. A FoundReply without a Text is none.
	FindReply(ctx context.Context, store Store, t *Ticket, like []Solved) (FoundReply, error)
}

// FoundReply is a reply that a ReplyFinder proposes.
type FoundReply struct {
	Text    string
	Sources []TicketID // the solved tickets whose replies have the sentences
}

// RecurringReply is the [Suggestion.ResponseBy] of a reply that a ReplyFinder has made. A
// classifier is recorded under its own name.
const RecurringReply = "recurring sentences"

// findReply asks the ReplyFinder for a reply when the classifier has given none and will not be
// asked again. A reply that must not reach the customer is dropped.
func (d *Desk) findReply(ctx context.Context, t *Ticket, o *outcome, last bool) error {
	finder, ok := d.cfg.Similar.(ReplyFinder)
	answered := o.answer != nil && o.answer.Response != ""
	if !ok || answered || (o.again && !last) || o.data.Hostile || len(o.like) == 0 {
		return nil
	}
	err := bounded.Safely(func() (err error) {
		o.found, err = finder.FindReply(ctx, d.store, t, o.like)
		return err
	})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: find reply", "tenant", d.tenant, "ticket", t.ID, "error", err)
	}
	reply := Classification{Response: o.found.Text}
	if err == nil {
		err = checkText("response", reply.Response, false)
	}
	if err != nil || reply.withhold(t, o.like) != "" {
		o.found = FoundReply{}
	}
	return nil
}

// propose puts the reply of an outcome, if it has one, into the ticket's suggestion. A reply is
// dropped when a ticket that it was made from is no example any more: its customer may have been
// erased meanwhile.
func (x *draft) propose(ctx context.Context, o outcome) error {
	reply, by := o.found, RecurringReply
	if o.answer != nil && o.answer.Response != "" {
		reply, by = FoundReply{Text: o.answer.Response}, o.answer.Classifier
		for _, s := range o.like {
			reply.Sources = append(reply.Sources, s.Ticket)
		}
	}
	if reply.Text == "" {
		return nil
	}
	if stand, err := x.allSolved(ctx, reply.Sources); err != nil || !stand {
		return err
	}
	if x.t.Suggestion == nil {
		x.t.Suggestion = &Suggestion{}
	}
	s := x.t.Suggestion
	s.Response, s.ResponseBy, s.Sources, s.Sureness = reply.Text, by, reply.Sources, x.sureness(ctx, by)
	if s.Language = language.Of(reply.Text); s.Language == language.Base(x.t.Language) {
		s.Language = ""
	}
	return nil
}

// dropReply removes the suggested reply of a ticket that is not open: nobody is shown it, and an
// erasure looks for replies on open tickets alone.
func (x *draft) dropReply() {
	if x.t.Suggestion != nil && !x.t.Status.Open() {
		x.t.Suggestion.withoutReply()
	}
}

// withoutReply removes the reply, and where it came from.
func (s *Suggestion) withoutReply() {
	s.Response, s.ResponseBy, s.Sources, s.Sureness, s.Language = "", "", nil, "", ""
}

// allSolved reports whether all the tickets are solved now.
func (d *Desk) allSolved(ctx context.Context, ids []TicketID) (bool, error) {
	if len(ids) == 0 {
		return true, nil
	}
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, IDs: ids, Limit: len(ids)})
	n := 0
	for _, t := range page.Tickets {
		if t.IsSolved() {
			n++
		}
	}
	return n == len(ids), err
}

// recheck removes the suggested reply of a ticket that was just committed if one of its sources was
// erased meanwhile. Erase looks for such replies after it has erased, and triage looks for its
// sources after the commit: so whichever comes later sees the other.
func (d *Desk) recheck(ctx context.Context, t *Ticket) (*Ticket, error) {
	if t.Suggestion == nil || len(t.Suggestion.Sources) == 0 {
		return t, nil
	}
	made := map[TicketID]bool{}
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, IDs: t.Suggestion.Sources, Limit: len(t.Suggestion.Sources)})
	for _, source := range page.Tickets {
		if source.Subject == erased {
			made[source.ID] = true
		}
	}
	if err != nil || len(made) == 0 {
		return t, err
	}
	e := d.As(Actor{})
	e.version = 0
	return e.forgetOn(ctx, t.ID, Actor{}, made)
}

// forget removes from open tickets the suggested replies that were made from the tickets named.
func (d *Desk) forget(ctx context.Context, by Actor, sources map[TicketID]bool) error {
	if len(sources) == 0 {
		return nil
	}
	for t, err := range allTickets(ctx, d.store, Query{Tenant: d.tenant, Status: OpenStatuses, Order: Oldest}) {
		if err == nil && t.Suggestion.madeFrom(sources) {
			_, err = d.forgetOn(ctx, t.ID, by, sources)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetOn removes the suggested reply of a ticket if it was made from one of the tickets named.
func (d *Desk) forgetOn(ctx context.Context, id TicketID, by Actor, sources map[TicketID]bool) (*Ticket, error) {
	return d.update(ctx, id, by, func(x *draft) error {
		if x.t.Suggestion.madeFrom(sources) {
			x.t.Suggestion.withoutReply()
			x.event(EventErased, "", "", nil)
		}
		return nil
	})
}

// madeFrom reports whether the reply was made from one of the tickets named.
func (s *Suggestion) madeFrom(sources map[TicketID]bool) bool {
	return s != nil && slices.ContainsFunc(s.Sources, func(id TicketID) bool { return sources[id] })
}
