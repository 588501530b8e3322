package helpdesk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// mergeData is the payload of EventMerged: what [Desk.Unmerge] puts back. The source has no After.
type mergeData struct {
	Before mergeState  `json:"before"`
	After  *mergeState `json:"after,omitempty"`
}

// mergeState is the part of a ticket that a merge changes.
type mergeState struct {
	Status      Status     `json:"status"`
	Priority    Priority   `json:"priority"`
	PriorityBy  Origin     `json:"priority_by,omitempty"`
	MinPriority Priority   `json:"min_priority,omitempty"`
	Tags        []string   `json:"tags,omitempty"`
	Assignee    AgentID    `json:"assignee,omitempty"`
	AssignedAt  time.Time  `json:"assigned_at,omitzero"`
	BegunAt     time.Time  `json:"begun_at,omitzero"`
	QueuedAt    time.Time  `json:"queued_at,omitzero"`
	Level       int        `json:"level,omitempty"`
	ResolvedAt  time.Time  `json:"resolved_at,omitzero"`
	ClosedAt    time.Time  `json:"closed_at,omitzero"`
	Reopened    int        `json:"reopened,omitempty"`
	Replies     int        `json:"replies,omitempty"`
	Clocks      []SLAClock `json:"clocks,omitempty"`
	Cc          []string   `json:"cc,omitempty"` // hashes: an erasure finds no address here
	Followers   []AgentID  `json:"followers,omitempty"`
}

func mergeStateOf(t *Ticket) mergeState {
	t = t.Clone()
	var cc []string
	for _, c := range t.Cc {
		cc = append(cc, nameOf(c.Email))
	}
	return mergeState{
		Status: t.Status, Priority: t.Priority, PriorityBy: t.PriorityBy, MinPriority: t.MinPriority, Tags: t.Tags, Assignee: t.Assignee,
		AssignedAt: t.AssignedAt, BegunAt: t.BegunAt, QueuedAt: t.QueuedAt, Level: t.EscalationLevel, ResolvedAt: t.ResolvedAt, ClosedAt: t.ClosedAt,
		Reopened: t.Reopened, Replies: t.Replies, Clocks: t.Clocks, Cc: cc, Followers: t.Followers,
	}
}

// Unmerge takes back the merge of a ticket into another, within Config.ReopenWindow, and returns
// the ticket, which is as it was before: its status, its agent if that agent is still there and has
// room, and its SLA clocks, which have gone on meanwhile. The survivor loses what the merge gave
// it: tags, priority, participants, an earlier start of a reply clock. It is over again if the
// merge reopened it and nobody has written on it since. What was done on the survivor since the
// merge stays, and so do the messages written there. Of several merges into one ticket the latest
// is taken back first. It is ErrInvalid when the ticket was not merged, when it is too late, and
// after a customer's data on either ticket was erased.
func (d *Desk) Unmerge(ctx context.Context, source TicketID) (*Ticket, error) {
	const op = "take back the merge of"
	d, by, err := d.enterStaff(ctx)
	if err != nil {
		return nil, d.fail(op, source, err)
	}
	t, err := d.tries(func(full bool) (*Ticket, error) { return d.unmerge(ctx, source, by, full) })
	return t, d.fail(op, source, err)
}

func (d *Desk) unmerge(ctx context.Context, source TicketID, by Actor, full bool) (*Ticket, error) {
	from, err := d.find(ctx, source)
	switch {
	case err != nil:
		return nil, err
	case d.version != 0 && from.Version != d.version:
		return nil, ErrConflict
	case from.MergedInto == "":
		return nil, fmt.Errorf("%w: it was not merged into another ticket", ErrInvalid)
	case d.now().After(from.ClosedAt.Add(d.cfg.ReopenWindow)):
		return nil, fmt.Errorf("%w: it was merged more than %s ago", ErrInvalid, d.cfg.ReopenWindow)
	}
	into, err := d.find(ctx, from.MergedInto)
	if err != nil {
		return nil, err
	}
	if into.MergedInto != "" {
		return nil, fmt.Errorf("%w: the other ticket was merged itself: take that back first", ErrInvalid)
	}
	th, err := d.store.Thread(ctx, d.tenant, into.ID) // with the events of the source
	if err != nil {
		return nil, err
	}
	was, err := d.merged(ctx, th, from)
	if err != nil {
		return nil, err
	}
	src, err := d.begin(ctx, from, by)
	if err != nil {
		return nil, err
	}
	dst, err := d.begin(ctx, into, by)
	if err != nil {
		return nil, err
	}
	src.undoes, dst.undoes, src.full = true, true, full
	if err := src.comeBack(ctx, was.source, into.Ref); err != nil {
		return nil, err
	}
	if err := dst.letGo(ctx, was, th, from); err != nil {
		return nil, err
	}
	dst.joined = from.Customer.Email != "" && from.Customer.Email == into.Customer.Email
	if err := errors.Join(src.finish(ctx), dst.finish(ctx)); err != nil {
		return nil, err
	}
	if !src.t.QueuedAt.IsZero() && !was.source.QueuedAt.IsZero() {
		src.t.QueuedAt = was.source.QueuedAt // it has waited since then
	}
	if err := d.commit(ctx, &dst.c, &src.c); err != nil { // the survivor may make the room that the other needs
		return nil, err
	}
	return src.result(), nil
}

// formerly is the state of both tickets around a merge.
type formerly struct {
	source, before, after mergeState // before and after are the survivor's
	at                    time.Time
}

// merged reads the merge of a ticket from the events of the survivor's thread.
func (d *Desk) merged(ctx context.Context, th *Thread, from *Ticket) (was formerly, err error) {
	into := th.Ticket
	if slices.ContainsFunc(th.Events, func(e Event) bool {
		return e.Type == EventErased && !e.At.Before(from.ClosedAt) && (e.Ticket == from.ID || e.Ticket == into.ID)
	}) {
		return was, fmt.Errorf("%w: a customer's data was erased since the merge", ErrInvalid)
	}
	var later []TicketID
	for i := range th.Events {
		e := &th.Events[i]
		switch {
		case e.Type != EventMerged || e.To != string(into.ID):
		case e.From != string(from.ID):
			later = append(later, TicketID(e.From))
		default:
			var data mergeData
			if err := json.Unmarshal(e.Data, &data); err != nil {
				return was, fmt.Errorf("%w: an earlier version of the desk merged it, and kept no record of its state", ErrInvalid)
			}
			later, was.at = nil, e.At
			if e.Ticket == from.ID {
				was.source = data.Before
			} else if data.After != nil {
				was.before, was.after = data.Before, *data.After
			}
		}
	}
	if was.at.IsZero() {
		return was, fmt.Errorf("%w: the record of the merge is gone", ErrInvalid)
	}
	for _, id := range later {
		t, err := d.store.Ticket(ctx, d.tenant, id)
		if err == nil && t.MergedInto == into.ID {
			return was, fmt.Errorf("%w: another ticket was merged later: take that back first", ErrInvalid)
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			return was, err
		}
	}
	return was, nil
}

// comeBack makes the source of a merge what it was.
func (x *draft) comeBack(ctx context.Context, was mergeState, survivor string) error {
	x.event(EventUnmerged, string(x.t.ID), string(x.t.MergedInto), nil)
	x.message(SystemNote, Actor{}, fmt.Sprintf("%s took back the merge into %s. Messages written there since then stay there.", x.by, survivor))
	x.t.MergedInto, x.t.ClosedAt = "", was.ClosedAt
	for i := range was.Clocks {
		for _, c := range x.t.Clocks {
			if c.is(was.Clocks[i]) {
				was.Clocks[i].VoidedAt = c.VoidedAt
			}
		}
	}
	x.t.Clocks = was.Clocks
	var err error
	if was.Status.Loads() && x.t.Assignee != "" {
		err = x.giveBack(ctx, was.Status)
	} else {
		err = x.move(was.Status)
	}
	if err != nil {
		return err
	}
	if x.t.Status.Open() && x.t.TriagedAt.IsZero() { // its task found it closed
		x.task(TaskTriage, string(x.t.ID), x.t.ID, x.now)
	}
	if x.t.Assignee != AgentID(x.by.ID) && x.t.Status.Open() {
		x.tellHolders("The merge into ticket " + survivor + " was taken back: this ticket is open again.")
	}
	return x.settleAgain(ctx)
}

// letGo takes from the survivor of a merge what that gave it. What was done since then stays.
func (x *draft) letGo(ctx context.Context, was formerly, th *Thread, source *Ticket) error {
	before, after := was.before, was.after
	x.event(EventUnmerged, string(source.ID), string(x.t.ID), nil)
	x.message(SystemNote, Actor{}, fmt.Sprintf("%s took back the merge of %s.", x.by, source.Ref))
	tags := slices.DeleteFunc(slices.Clone(x.t.Tags), func(t string) bool { return slices.Contains(after.Tags, t) && !slices.Contains(before.Tags, t) })
	for _, t := range before.Tags {
		if !slices.Contains(after.Tags, t) && !slices.Contains(tags, t) && len(tags) < MaxTags {
			tags = append(tags, t)
		}
	}
	slices.Sort(tags)
	x.setTags(tags)
	if x.t.Priority == after.Priority && x.t.PriorityBy == after.PriorityBy {
		x.setPriority(before.Priority, before.PriorityBy)
	}
	if x.t.MinPriority == after.MinPriority {
		x.t.MinPriority = before.MinPriority
	}
	if x.t.EscalationLevel == after.Level {
		x.t.EscalationLevel = before.Level
	}
	if after.Status.Open() && !before.Status.Open() && x.t.Status.Open() && !x.wroteSince(th, &was) {
		x.t.Assignee, x.t.AssignedAt, x.t.BegunAt = before.Assignee, before.AssignedAt, before.BegunAt
		x.t.ResolvedAt, x.t.ClosedAt, x.t.Reopened = before.ResolvedAt, before.ClosedAt, before.Reopened
		if err := x.move(before.Status); err != nil {
			return err
		}
		x.t.ClosedAt = before.ClosedAt // move has set it
	}
	x.setCc(slices.DeleteFunc(slices.Clone(x.t.Cc), func(c Contact) bool {
		theirs := c.Email == source.Customer.Email || slices.ContainsFunc(source.Cc, func(o Contact) bool { return o.Email == c.Email })
		return theirs && !slices.Contains(before.Cc, nameOf(c.Email))
	}))
	x.setFollowers(slices.DeleteFunc(slices.Clone(x.t.Followers), func(a AgentID) bool {
		return slices.Contains(source.Followers, a) && !slices.Contains(before.Followers, a)
	}))
	x.unwind(before.Clocks, after.Clocks)
	if x.t.Assignee != AgentID(x.by.ID) {
		x.tellHolders("The merge of ticket " + source.Ref + " into this one was taken back.")
	}
	return x.settleAgain(ctx)
}

// wroteSince reports whether an agent or a customer has written on the survivor since the merge.
func (x *draft) wroteSince(th *Thread, was *formerly) bool {
	return x.t.Replies > was.after.Replies || slices.ContainsFunc(th.Messages, func(m Message) bool {
		return m.Ticket == x.t.ID && m.Kind.Public() && m.At.After(was.at)
	})
}

// unwind gives clocks back what they were before a merge, but for the steps that fired: each fires
// once. A clock that has changed since the merge stays as it is. One that the merge started goes,
// or is cancelled when it has done something.
func (x *draft) unwind(before, after []SLAClock) {
	find := func(list []SLAClock, c *SLAClock) *SLAClock {
		if i := slices.IndexFunc(list, c.is); i >= 0 {
			return &list[i]
		}
		return nil
	}
	var clocks []SLAClock
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		b, a := find(before, c), find(after, c)
		same := a != nil && bytes.Equal(encoded(c), encoded(a))
		switch {
		case same && b != nil:
			b.Fired = c.Fired
			clocks = append(clocks, *b)
			continue
		case same && c.BreachedAt.IsZero() && len(c.Fired) == 0:
			continue
		case a != nil && b == nil && !c.Ended():
			x.hold(c, x.now, x.t.Status)
			c.CancelledAt = x.now
		}
		clocks = append(clocks, *c)
	}
	x.t.Clocks = clocks
}

// is reports whether two values are states of one clock.
func (c *SLAClock) is(other SLAClock) bool {
	return c.Metric == other.Metric && c.Instance == other.Instance
}

// settleAgain settles clocks that were put back and may have become overdue meanwhile. Time did
// that, not the actor.
func (x *draft) settleAgain(ctx context.Context) error {
	by := x.by
	x.by = Actor{}
	err := x.settle(ctx)
	x.by = by
	return err
}
