package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// draft is one operation on one ticket before its commit: the ticket before, the ticket after, and
// the Change between them. Every operation of the Desk on a ticket uses one.
type draft struct {
	*Desk
	now    time.Time
	by     Actor
	before *Ticket // nil when the ticket is new
	t      *Ticket
	c      Change

	policy   *Policy               // in force for picked; see pick
	version  int64                 // of the SLA document of policy
	picked   match                 // the values for which policy was picked
	settled  match                 // the values that determined the SLA when the command began
	terms    map[policyRef]*Policy // policies of the clocks; see consult
	applySLA bool                  // move the clocks to the SLA version in force

	triaged bool      // triage is done, even if the classifier failed
	replied bool      // a human agent has answered the customer in public
	asked   bool      // the customer has written
	since   time.Time // time of that message; zero is now
	owes    bool      // a reply clock was moved back; see owe
	joined  bool      // another ticket of the same customer was merged into this one
	chosen  []string  // names of those in Cc who get the reply; nil is all: see choose
	limit   int       // capacity that the assignee's load may not pass; 0 is none
	undoes  bool      // a merge is taken back: each status may come back
	full    bool      // an earlier try found the agent at the capacity
	raised  liftPlace // the place that priority rules took to raise it

	imported bool // from another desk: clocks begin now
}

// attempts is how often an operation is tried when it meets conflicts.
const attempts = 10

// update reads a ticket, lets act change it, and commits the result, unless nothing changed. It
// first settles overdue clocks, so that the result does not depend on the last Tick.
func (d *Desk) update(ctx context.Context, id TicketID, by Actor, act func(x *draft) error) (*Ticket, error) {
	full := false
	for try := 1; ; try++ {
		t, err := d.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if d.version != 0 && d.versionOf(t) != d.version {
			return nil, ErrConflict
		}
		x, err := d.begin(ctx, t, by)
		if err != nil {
			return nil, err
		}
		x.full = full
		if err := act(x); err != nil {
			return nil, err
		}
		if err := x.finish(ctx); err != nil {
			return nil, err
		}
		if x.empty() {
			return t, nil
		}
		err = d.commit(ctx, &x.c)
		switch {
		case err == nil:
			return x.result(), nil
		case errors.Is(err, ErrCapacity) && try < attempts:
			full = true
		case !d.again(err, try):
			return nil, err
		}
	}
}

// updateAll is update for tickets that were just read, in one commit together with end. If that
// fails, it updates them one by one, and commits end if all succeeded. An error on one ticket does
// not stop the others, and a missing ticket is no error.
func (d *Desk) updateAll(ctx context.Context, tickets []*Ticket, by Actor, act func(x *draft) error, end ...*Change) error {
	changes, err := d.draftAll(ctx, tickets, by, act)
	if changes = append(changes, end...); err == nil && len(changes) > 0 {
		err = d.commit(ctx, changes...)
	}
	if err == nil || ctx.Err() != nil {
		return err
	}
	var errs []error
	for _, t := range tickets {
		if _, err := d.update(ctx, t.ID, by, act); err != nil && !errors.Is(err, ErrNotFound) {
			errs = append(errs, fmt.Errorf("ticket %s: %w", t.ID, err))
		}
	}
	if len(errs) > 0 || len(end) == 0 {
		return some(errs)
	}
	return d.commit(ctx, end...)
}

func (d *Desk) draftAll(ctx context.Context, tickets []*Ticket, by Actor, act func(x *draft) error) (changes []*Change, err error) {
	for _, t := range tickets {
		x, err := d.begin(ctx, t, by)
		if err == nil {
			err = act(x)
		}
		if err == nil {
			err = x.finish(ctx)
		}
		if err != nil {
			return nil, err
		}
		if !x.empty() {
			changes = append(changes, &x.c)
		}
	}
	return changes, nil
}

// tries runs an operation until it meets no conflict. It tells it when an earlier try found an
// agent at the capacity.
func (d *Desk) tries(once func(full bool) (*Ticket, error)) (*Ticket, error) {
	full := false
	for try := 1; ; try++ {
		t, err := once(full)
		switch {
		case errors.Is(err, ErrCapacity) && try < attempts:
			full = true
		case err == nil || !d.again(err, try):
			return t, err
		}
	}
}

// again reports whether an operation that failed with err may be tried again.
func (d *Desk) again(err error, try int) bool {
	var dup *DuplicateError
	limited := d.version != 0 && d.actor.Role != RoleCustomer // a customer's version stays at internal changes
	return try < attempts && !limited && !d.bound &&
		errors.Is(err, ErrConflict) && !errors.As(err, &dup)
}

// begin starts a draft on a stored ticket and settles overdue clocks.
func (d *Desk) begin(ctx context.Context, t *Ticket, by Actor) (*draft, error) {
	x := &draft{Desk: d, now: d.now(), before: t, t: t.Clone()}
	x.c = Change{Tenant: t.Tenant, Ticket: x.t}
	err := x.settle(ctx) // before x.by is set: time did this, not the actor
	x.by, x.settled = by, matched(x.t, time.Time{})
	if x.doer() != "" {
		x.t.ToldAt = time.Time{}
	}
	return x, err
}

// finish adds the consequences of the ticket's changes to the Change: clocks, loads and tasks.
func (x *draft) finish(ctx context.Context) error {
	if err := x.clocks(ctx); err != nil {
		return err
	}
	x.queue()
	if err := x.loads(ctx); err != nil {
		return err
	}
	x.endLater()
	x.dropReply()
	x.queueIndex()
	x.t.touch(x.now, x.before == nil || x.visible())
	x.c.SameClocks = x.before != nil && sameClocks(x.before.Clocks, x.t.Clocks)
	x.c.Renamed = x.before != nil && (x.before.Subject != x.t.Subject || x.before.Customer.Name != x.t.Customer.Name || x.before.Customer.Email != x.t.Customer.Email)
	return nil
}

// result returns the ticket as it is stored after the commit.
func (x *draft) result() *Ticket {
	t := x.t.Clone()
	t.Version++
	return t
}

func (x *draft) empty() bool {
	c := &x.c
	return len(c.Messages)+len(c.Events)+len(c.Once)+len(c.Done)+len(c.Tasks) == 0
}

// before asks the host's hook.
func (d *Desk) before(ctx context.Context, c *Change) error {
	_, err := callHost(ctx, d, func(ctx context.Context) (struct{}, error) { return struct{}{}, d.cfg.Before(ctx, c) })
	return err
}

// callHost calls a part of the host that may panic or not return. In the host's transaction it may
// take as long as it likes.
func callHost[T any](ctx context.Context, d *Desk, call func(context.Context) (T, error)) (value T, err error) {
	if !d.bound {
		return bounded.Value(ctx, hostTime, call)
	}
	err = bounded.Safely(func() (err error) {
		value, err = call(ctx)
		return err
	})
	return value, err
}

// commit commits changes and wakes Run when they add tasks.
func (d *Desk) commit(ctx context.Context, changes ...*Change) error {
	if d.cfg.Before != nil {
		for _, c := range changes {
			if err := d.before(ctx, c); err != nil {
				return err
			}
		}
	}
	if err := d.store.Commit(ctx, changes...); err != nil {
		return err
	}
	for _, c := range changes {
		if len(c.Tasks) > 0 {
			select {
			case d.wake <- struct{}{}:
			default:
			}
			break
		}
	}
	return nil
}

// event adds an event to the change, without the tokens in its texts; those of data are the
// caller's to remove.
func (x *draft) event(kind EventType, from, to string, data any) {
	e := Event{ID: x.cfg.NewID(), Ticket: x.t.ID, Type: kind, By: x.by, From: x.withoutTokens(from), To: x.withoutTokens(to), At: x.now}
	if data != nil {
		e.Data = encoded(data)
	}
	x.c.Events = append(x.c.Events, e)
}

// message adds a message of plain text and returns its id.
func (x *draft) message(kind MessageKind, by Actor, body string) string {
	return x.say(kind, by, words{body: body})
}

// words is the content of a Message.
type words struct {
	body, full, html string
	files            kept
	automatic        bool // written by a program: not acknowledged

	sender  SenderState // of a mail
	replyTo string
}

// say adds a message, without the tokens in its text, and returns its id.
func (x *draft) say(kind MessageKind, by Actor, w words) string {
	m := Message{
		ID: x.cfg.NewID(), Ticket: x.t.ID, Kind: kind, By: by, Body: x.withoutTokens(w.body), At: x.now,
		Full: x.withoutTokens(w.full), HTML: x.withoutTokens(w.html), Attachments: w.files.files, Sender: w.sender, ReplyTo: w.replyTo,
	}
	if m.Full == m.Body {
		m.Full = ""
	}
	w.files.commit(&x.c)
	x.c.Messages = append(x.c.Messages, m)
	return m.ID
}

// move sets the status, or returns a TransitionError when the table does not allow it.
func (x *draft) move(to Status) error {
	from := x.t.Status
	if from == to {
		return nil
	}
	if !from.CanBecome(to) && !x.undoes {
		return &TransitionError{x.t.ID, from, to}
	}
	x.t.Status = to
	if to == StatusProgress && x.t.BegunAt.IsZero() {
		x.t.BegunAt = x.now
	}
	if to == StatusClosed {
		x.t.ClosedAt = x.now
	}
	x.event(EventStatus, string(from), string(to), nil)
	return nil
}

// raise sets the escalation level to at least level.
func (x *draft) raise(level int, reason string) {
	if level <= x.t.EscalationLevel {
		return
	}
	x.escalated(level, EscalationData{Reason: reason})
}

// assign gives the ticket to an agent. A limit above 0 makes the commit fail with ErrCapacity if it
// would load the agent past the limit.
func (x *draft) assign(a Agent, limit int, data AssignmentData) {
	x.event(EventAssigned, string(x.t.Assignee), string(a.ID), data)
	x.t.Assignee, x.t.AssignedAt, x.t.BegunAt, x.limit = a.ID, x.now, time.Time{}, limit
}

// release takes the ticket from its agent and puts it back into the queue.
func (x *draft) release(why string) error {
	x.event(EventUnassigned, string(x.t.Assignee), why, nil)
	x.t.Assignee, x.t.BegunAt = "", time.Time{}
	return x.move(StatusNew)
}

// offer adds a task that places waiting tickets: this one, or others when it frees an agent. The
// key is the ticket: one row for the whole tenant would make its commits wait for each other.
func (x *draft) offer() {
	if x.cfg.Assigner != nil {
		x.task(TaskAssign, string(x.t.ID), x.t.ID, x.now)
	}
}

// loads adds the deltas of agents' counters. An agent who is freed may get a waiting ticket.
func (x *draft) loads(ctx context.Context) error {
	var from, to AgentID
	if x.before != nil {
		from = holder(x.before)
	}
	to = holder(x.t)
	if from == to {
		return nil
	}
	if from != "" {
		x.c.Loads = append(x.c.Loads, LoadDelta{Agent: from, Delta: -1})
		x.offer()
	}
	if to != "" {
		x.c.Loads = append(x.c.Loads, LoadDelta{Agent: to, Delta: +1, Capacity: x.limit})
	}
	if to != "" && x.limit == 0 && x.before != nil && x.before.Assignee == to {
		return x.takenUp(ctx, to) // a person did this, whom no capacity limits
	}
	return nil
}

// holder returns the agent whose load the ticket counts for, or "".
func holder(t *Ticket) AgentID {
	if t.Status.Loads() {
		return t.Assignee
	}
	return ""
}

// ends says that the Change ends a leased task, which may be done later as well: it does not wait
// long for rows that another transaction keeps.
func (x *draft) ends(task *Task) {
	x.c.Done, x.c.LockWait = append(x.c.Done, *task), lockWait
}

// task adds a task or replaces the one of this kind and key; a zero due removes it. The result is
// valid until the next call.
func (x *draft) task(kind TaskKind, key string, ticket TicketID, due time.Time) *Task {
	t := Task{Tenant: x.c.Tenant, Kind: kind, Key: key, Ticket: ticket, DueAt: due}
	for i := range x.c.Tasks {
		if old := &x.c.Tasks[i]; old.Kind == kind && old.Key == key {
			*old = t
			return old
		}
	}
	x.c.Tasks = append(x.c.Tasks, t)
	return &x.c.Tasks[len(x.c.Tasks)-1]
}

// once makes the commit fail with a DuplicateError when key was used before.
func (x *draft) once(scope, key string) {
	if key != "" {
		x.c.Once = append(x.c.Once, OnceKey{scope, key})
	}
}

func sameClocks(a, b []SLAClock) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !reflect.DeepEqual(a[i], b[i]) {
			return false
		}
	}
	return true
}
