package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Merge ends a ticket that is about the same as another: it closes source and shows its messages
// and events in the thread of the survivor, which it returns. A later reply of the customer to
// source lands on the survivor. The survivor is open if one of the two was, has the higher priority
// and the tags of both, as far as there is room for them, and answers for the customer who has
// waited longest. Whoever holds it is told. The SLA clocks of source are cancelled; a breach stays
// counted. [Desk.Unmerge] takes a merge back.
//
// Participants of a ticket of the same customer take part in the survivor. Those of another
// customer's ticket, and that customer, do so only with [JoinCustomer]: without it they are told
// nothing, and neither customer sees words of the other.
func (d *Desk) Merge(ctx context.Context, source, survivor TicketID, opts ...MergeOption) (*Ticket, error) {
	const op = "merge"
	d, by, err := d.enterStaff(ctx)
	if err == nil && source == survivor {
		err = &FieldError{"into", "is the ticket itself"}
	}
	if err != nil {
		return nil, d.fail(op, source, err)
	}
	t, err := d.tries(func(full bool) (*Ticket, error) {
		return d.merge(ctx, source, survivor, by, slices.Contains(opts, JoinCustomer), full)
	})
	return t, d.fail(op, source, err)
}

// MergeOption is a choice of [Desk.Merge].
type MergeOption string

// JoinCustomer puts the customer of the merged ticket, and those in Cc there, into Cc of the
// survivor. They see its public conversation from the start.
const JoinCustomer MergeOption = "join_customer"

// join gives the survivor the participants of a ticket merged into it.
func (x *draft) join(from *Ticket, others bool) error {
	same := from.Customer.Email == x.t.Customer.Email || from.CustomerID != "" && from.CustomerID == x.t.CustomerID
	if same || others {
		if left := x.addCc(append(slices.Clone(from.Cc), from.Customer)); left > 0 && others {
			return &FieldError{"join_customer", fmt.Sprintf("makes more than %d people in Cc", MaxParticipants)}
		}
	}
	all := slices.Compact(slices.Sorted(slices.Values(slices.Concat(x.t.Followers, from.Followers))))
	x.setFollowers(all[:min(len(all), MaxParticipants)])
	return nil
}

func (d *Desk) merge(ctx context.Context, source, survivor TicketID, by Actor, join, full bool) (*Ticket, error) {
	from, err := d.find(ctx, source)
	if err != nil {
		return nil, err
	}
	into, err := d.find(ctx, survivor)
	switch {
	case errors.Is(err, ErrNotFound):
		return nil, errors.Join(err, &FieldError{"into", "is not a ticket of this tenant"})
	case err != nil:
		return nil, err
	case d.version != 0 && from.Version != d.version:
		return nil, ErrConflict
	case from.Status == StatusClosed:
		return nil, &TransitionError{source, from.Status, StatusClosed}
	case into.MergedInto != "":
		return nil, &FieldError{"into", "was merged into another ticket itself"}
	}
	src, err := d.begin(ctx, from, by)
	if err != nil {
		return nil, err
	}
	dst, err := d.begin(ctx, into, by)
	if err != nil {
		return nil, err
	}
	dst.full = full
	was, had := mergeData{Before: mergeStateOf(src.t)}, mergeData{Before: mergeStateOf(dst.t)}
	if err := dst.absorb(ctx, src); err != nil {
		return nil, err
	}
	if err := dst.join(from, join); err != nil {
		return nil, err
	}
	src.event(EventMerged, string(source), string(survivor), was)
	dst.event(EventMerged, string(source), string(survivor), nil)
	src.t.MergedInto = survivor
	dst.joined = from.Customer.Email != "" && from.Customer.Email == into.Customer.Email
	if err := src.move(StatusClosed); err != nil {
		return nil, err
	}
	if err := errors.Join(src.finish(ctx), dst.finish(ctx)); err != nil {
		return nil, err
	}
	after := mergeStateOf(dst.t)
	had.After = &after
	for i := range dst.c.Events {
		if e := &dst.c.Events[i]; e.Type == EventMerged {
			e.Data = encoded(had)
		}
	}
	if err := d.commit(ctx, &src.c, &dst.c); err != nil {
		return nil, err
	}
	return dst.result(), nil
}

// absorb gives the survivor what the merged ticket has more of.
func (x *draft) absorb(ctx context.Context, src *draft) error {
	from := src.t
	if from.Status.Open() && !x.t.Status.Open() {
		if err := x.reopen(ctx); err != nil {
			return err
		}
	}
	if from.Priority > x.t.Priority {
		x.setPriority(from.Priority, from.PriorityBy)
	}
	x.t.MinPriority = max(x.t.MinPriority, from.MinPriority)
	tags := slices.Concat(x.t.Tags, slices.DeleteFunc(slices.Clone(from.Tags), func(t string) bool { return slices.Contains(x.t.Tags, t) }))
	tags = slices.Sorted(slices.Values(tags[:min(len(tags), MaxTags)]))
	x.setTags(tags)
	if since := src.owed(); !since.IsZero() {
		x.insist()
		x.owe(since)
	}
	x.tellHolders("Ticket " + from.Ref + " was merged into this one.")
	return nil
}
