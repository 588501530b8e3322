package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// MaxSplit is the most messages of a split.
const MaxSplit = 50

// SplitParams says what becomes a ticket of its own.
type SplitParams struct {
	Messages []string // ids of 1 to MaxSplit messages: the customer's, at least one, and notes
	Subject  string   // of the new ticket; empty is that of the old one
}

// onceSplit is the scope of the once keys of splits.
const onceSplit = "split"

// Split opens a ticket of the same customer and participants with chosen messages of a ticket and
// returns it. The messages stay on the old ticket too; a note on each names the other. The customer
// gets no mail. The new ticket counts as opened when the customer wrote the oldest chosen message
// that no agent has answered, else now: its SLA clocks and the reports begin there. Splitting the
// same messages again returns the ticket that the first split opened. Messages of another customer,
// from a merged ticket, are refused.
func (d *Desk) Split(ctx context.Context, id TicketID, p SplitParams) (*Ticket, error) {
	const op = "split"
	d, by, err := d.enterStaff(ctx)
	p.Subject = d.withoutTokens(strings.TrimSpace(p.Subject))
	if err = errors.Join(err, checkLine("subject", p.Subject, MaxSubject, false)); err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.split(ctx, id, p, by)
	return t, d.fail(op, id, err)
}

func (d *Desk) split(ctx context.Context, id TicketID, p SplitParams, by Actor) (*Ticket, error) {
	from, err := d.find(ctx, id)
	if err != nil {
		return nil, err
	}
	if d.version != 0 && from.Version != d.version {
		return nil, ErrConflict
	}
	if from.MergedInto != "" {
		return nil, &TransitionError{from.ID, from.Status, StatusNew}
	}
	th, err := d.store.Thread(ctx, d.tenant, id)
	if err != nil {
		return nil, err
	}
	chosen, since, err := d.chosen(ctx, th, p.Messages)
	if err != nil {
		return nil, err
	}
	files := make([]kept, len(chosen))
	for i := range chosen {
		if files[i], err = d.copies(ctx, chosen[i].Attachments); err != nil {
			break
		}
	}
	var t *Ticket
	if err == nil {
		t, err = d.openSplit(ctx, from, p.Subject, chosen, files, since, by)
	}
	if err != nil {
		for _, k := range files {
			d.dropUncommitted(ctx, k, err)
		}
	}
	var dup *DuplicateError
	if errors.As(err, &dup) && dup.Once.Scope == onceSplit {
		return d.findIn(ctx, nil, dup.Ticket) // the first split made it, by an agent who sees these messages
	}
	return t, err
}

// chosen returns the messages with these ids, the customer's first one first, then the others by
// time, and when the oldest of them that waits for an answer was written; zero for none.
func (d *Desk) chosen(ctx context.Context, th *Thread, ids []string) (list []Message, since time.Time, err error) {
	if len(ids) == 0 || len(ids) > MaxSplit {
		return nil, since, &FieldError{"messages", fmt.Sprintf("are not between 1 and %d", MaxSplit)}
	}
	found := map[string]bool{}
	for _, m := range th.Messages {
		if m.Kind == FromAgent {
			since = time.Time{}
		}
		if !slices.Contains(ids, m.ID) {
			continue
		}
		found[m.ID] = true
		at := fmt.Sprintf("messages[%d]", slices.Index(ids, m.ID))
		if m.Kind != FromCustomer && m.Kind != InternalNote {
			return nil, since, &FieldError{at, "is neither the customer's nor a note"}
		}
		if m.Kind == FromCustomer {
			if ok, err := d.speaksFor(ctx, m.By.ID, th.Ticket); err != nil {
				return nil, since, err
			} else if !ok {
				return nil, since, &FieldError{at, "is of another customer"}
			}
			if since.IsZero() {
				since = m.At
			}
		}
		list = append(list, m)
	}
	for i, id := range ids {
		if !found[id] {
			return nil, since, &FieldError{fmt.Sprintf("messages[%d]", i), "is not a message of the ticket"}
		}
	}
	first := slices.IndexFunc(list, func(m Message) bool { return m.Kind == FromCustomer })
	if first < 0 {
		return nil, since, &FieldError{"messages", "hold none of the customer"}
	}
	head := list[first]
	list = slices.Insert(slices.Delete(list, first, first+1), 0, head)
	for i := range list { // a note from before it comes after it: the first message is the matter
		if list[i].At.Before(head.At) {
			list[i].At = head.At
		}
	}
	return list, since, nil
}

// openSplit commits the new ticket, and the notes and events on both, in one Change.
func (d *Desk) openSplit(ctx context.Context, from *Ticket, subject string, chosen []Message, files []kept, since time.Time, by Actor) (*Ticket, error) {
	first := chosen[0]
	next := OpenParams{Subject: cmp.Or(subject, from.Subject), Description: first.Body, Customer: from.Customer, Source: from.Source, Language: from.Language, since: since, replyTo: from.ReplyTo, unverified: from.Unverified}
	if d.cfg.CustomerTags != nil {
		next.Customer.Tags = nil // the host sets today's
	}
	said := words{body: first.Body, full: first.Full, html: first.HTML, files: files[0], automatic: true, sender: first.Sender, replyTo: first.ReplyTo}
	keys := []string{string(from.ID)}
	for _, m := range chosen {
		keys = append(keys, m.ID)
	}
	slices.Sort(keys[1:])
	t, _, err := d.open(ctx, &next, by, "", said, func(x *draft) {
		x.once(onceSplit, nameOf(keys...))
		x.t.Cc, x.t.Followers = slices.Clone(from.Cc), slices.Clone(from.Followers)
		x.c.Messages[0].At, x.c.Messages[0].By = first.At, first.By
		for i, m := range chosen[1:] {
			x.say(m.Kind, m.By, words{body: m.Body, full: m.Full, html: m.HTML, files: files[i+1], sender: m.Sender, replyTo: m.ReplyTo})
			x.c.Messages[len(x.c.Messages)-1].At = m.At
		}
		x.message(SystemNote, Actor{}, fmt.Sprintf("%s split this from ticket %s.", by, from.Ref))
		x.event(EventSplit, string(from.ID), string(x.t.ID), nil)
		note := x.message(SystemNote, Actor{}, fmt.Sprintf("%s split ticket %s from this one.", by, x.t.Ref))
		x.event(EventSplit, string(from.ID), string(x.t.ID), nil)
		x.c.Events[len(x.c.Events)-1].Ticket = from.ID
		for i := range x.c.Messages {
			if m := &x.c.Messages[i]; m.ID == note {
				m.Ticket = from.ID
			}
		}
	})
	return t, err
}
