package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/thanks"
)

// customerReply adds the customer's words, or opens a new ticket when this one is over. more
// completes the change and gets the answered ticket.
func (d *Desk) customerReply(ctx context.Context, id TicketID, said words, by Actor, more func(x *draft, answered TicketID)) (*Ticket, error) {
	id, err := d.survivor(ctx, id)
	if err != nil {
		return nil, err
	}
	var over *Ticket
	thanked := len(said.files.files) == 0 && thanks.Mere(said.body)
	t, err := d.update(ctx, id, by, func(x *draft) error {
		over = nil
		if !thanked && (x.t.Status == StatusClosed || x.late()) {
			over = x.t
			x.c = Change{}
			return nil
		}
		x.event(EventReplied, "", x.say(FromCustomer, by, said), nil)
		more(x, id)
		text := clipRunes(said.body, noticeText)
		if !x.t.Status.Open() && thanked {
			x.tellHolders(text)
			return nil
		}
		x.asked = true
		x.insist()
		if x.t.Status == StatusResolved {
			x.tellReopened("\n\n" + text)
			return x.reopen(ctx)
		}
		x.tellHolders(text)
		if x.t.Status == StatusWaiting {
			return x.resume(ctx)
		}
		return x.reachSomebody(ctx)
	})
	if over == nil || err != nil {
		return t, err
	}
	return d.followUp(ctx, over, said, by, func(x *draft, _ TicketID) { more(x, id) })
}

// tellReopened tells whoever looks after the ticket that it is open again. What was told before,
// such as thanks, does not speak for that.
func (x *draft) tellReopened(text string) {
	x.t.ToldAt = time.Time{}
	x.tellHolders("The ticket is open again." + text)
}

// noticeText is the most characters of a customer's message in a notice.
const noticeText = 1000

// reachSomebody takes a ticket that its customer writes to from an agent who has been away for
// longer than the grace.
func (x *draft) reachSomebody(ctx context.Context) error {
	if x.t.Assignee == "" || x.cfg.Assigner == nil {
		return nil
	}
	agent, err := x.agent(ctx, x.t.Assignee)
	if err != nil || agent == nil { // the customer's words come first; who has left is looked after
		return nil
	}
	if absence, away := agent.Absent(x.now); away && x.now.Sub(absence.From) >= x.cfg.Grace {
		return x.takeBack("is away")
	}
	return nil
}

// onceFollow is the scope of the once keys of tickets that follow a closed one.
const onceFollow = "follow"

// followUp adds a customer's words to the ticket that follows one that is over, or opens it.
func (d *Desk) followUp(ctx context.Context, over *Ticket, said words, by Actor, more func(x *draft, answered TicketID)) (*Ticket, error) {
	next := OpenParams{Subject: over.Subject, Description: said.body, Customer: over.Customer, Source: over.Source, Language: over.Language, replyTo: over.ReplyTo, unverified: over.Unverified}
	if d.cfg.CustomerTags != nil {
		next.Customer.Tags = nil // the host sets today's
	}
	open := func(key string) (*Ticket, error) {
		t, _, err := d.open(ctx, &next, by, over.ID, said, func(x *draft) {
			x.once(onceFollow, key)
			x.t.Cc, x.t.Followers = slices.Clone(over.Cc), slices.Clone(over.Followers)
			more(x, over.ID)
		})
		return t, err
	}
	t, err := open(string(over.ID))
	var dup *DuplicateError
	if !errors.As(err, &dup) || dup.Once.Scope != onceFollow {
		return t, err
	}
	if t, err = d.customerReply(ctx, dup.Ticket, said, by, more); errors.Is(err, ErrNotFound) { // it is in the archive
		return open("")
	}
	return t, err
}

// Reopen brings a resolved or closed ticket back to its agent. Its clocks go on where they were.
// Customers may reopen a resolved one, within Config.ReopenWindow. One that was merged into another
// stays closed.
func (d *Desk) Reopen(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "reopen"
	d, by, err := d.enter(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, func(x *draft) error {
		customers := by.Role == RoleCustomer
		if x.t.Status.Open() || x.t.MergedInto != "" || customers && x.t.Status == StatusClosed {
			return &TransitionError{x.t.ID, x.t.Status, StatusProgress}
		}
		if customers && x.late() {
			return fmt.Errorf("%w: it was resolved more than %s ago", ErrInvalid, x.cfg.ReopenWindow)
		}
		if customers || x.t.Assignee != "" {
			x.tellReopened("")
		}
		return x.reopen(ctx)
	})
	return d.show(t), d.fail(op, id, err)
}

// survivor follows merges to the ticket that is not merged, or to the last that the actor may see:
// a customer's ticket may be merged into another customer's.
func (d *Desk) survivor(ctx context.Context, id TicketID) (TicketID, error) {
	t, err := d.find(ctx, id)
	for range attempts {
		if err != nil || t.MergedInto == "" {
			return id, err
		}
		into, err := d.find(ctx, t.MergedInto)
		if errors.Is(err, ErrNotFound) && d.actor.Role == RoleCustomer {
			return id, nil
		}
		if err != nil {
			return id, err
		}
		id, t = into.ID, into
	}
	return id, ErrNotFound // merges make no chain that long
}

// resume brings a ticket back from waiting for the customer.
func (x *draft) resume(ctx context.Context) error {
	to := StatusProgress
	if x.t.FirstReplyAt.IsZero() {
		to = StatusAssigned
	}
	return x.giveBack(ctx, to)
}

// late reports whether a ticket was resolved too long ago for its customer to reopen it.
func (x *draft) late() bool {
	return x.t.Status == StatusResolved && x.now.After(x.t.ResolvedAt.Add(x.cfg.ReopenWindow))
}

// reopen brings a ticket that is over back to its agent or the queue.
func (x *draft) reopen(ctx context.Context) error {
	if err := x.revive(ctx); err != nil {
		return err
	}
	over := x.t.ClosedAt
	if !x.t.ResolvedAt.IsZero() {
		over = x.t.ResolvedAt
		x.t.Reopened++
	}
	x.event(EventReopened, over.Format(time.RFC3339Nano), "", nil)
	x.t.ResolvedAt, x.t.ClosedAt = time.Time{}, time.Time{}
	if x.t.TriagedAt.IsZero() { // its task found it resolved
		x.task(TaskTriage, string(x.t.ID), x.t.ID, x.now)
	}
	return x.giveBack(ctx, StatusProgress)
}

// giveBack returns a ticket to its agent in the status to, or to the queue when the agent has left,
// is away or has no room.
func (x *draft) giveBack(ctx context.Context, to Status) error {
	if x.t.Assignee == "" {
		return x.move(StatusNew)
	}
	agent, err := x.agent(ctx, x.t.Assignee)
	if err != nil { // the customer's words come first; the queue waits for the roster
		x.cfg.Logger.ErrorContext(ctx, "helpdesk: roster", "tenant", x.tenant, "error", err)
		return x.release("the roster cannot be read")
	}
	if agent == nil {
		return x.takeBack("has left")
	}
	if _, away := agent.Absent(x.now); away {
		return x.takeBack("is away")
	}
	if x.full {
		return x.takeBack("has no room")
	}
	x.limit = agent.Limit()
	return x.move(to)
}

// endLater adds the task that closes a resolved ticket, and the one for a customer who does not
// answer, or removes them.
func (x *draft) endLater() {
	x.after(StatusResolved, taskClose, x.cfg.CloseAfter, nil)
	if x.cfg.RemindAfter >= 0 {
		x.after(StatusWaiting, taskWait, x.cfg.RemindAfter, nil)
	} else {
		x.after(StatusWaiting, taskWait, x.cfg.ResolveAfter, reminded)
	}
}

// reminded is the payload of a wait task that is to end the wait.
var reminded = json.RawMessage(`"reminded"`)

// after keeps a task while the ticket is in a status, due when it has been there for a time; a
// negative one is never. A further question to the customer begins the time anew.
func (x *draft) after(s Status, kind TaskKind, wait time.Duration, payload json.RawMessage) {
	was, is := x.before != nil && x.before.Status == s, x.t.Status == s
	switch {
	case is && wait >= 0 && (!was || s == StatusWaiting && x.replied):
		x.task(kind, string(x.t.ID), x.t.ID, x.now.Add(wait)).Payload = payload
	case was && !is:
		x.task(kind, string(x.t.ID), x.t.ID, time.Time{})
	}
}

// autoClose closes a ticket that stayed resolved. A task that comes too early, from a desk with
// other times, waits on.
func (d *Desk) autoClose(ctx context.Context, task *Task) error {
	_, err := d.update(ctx, task.Ticket, Actor{}, func(x *draft) error {
		x.ends(task)
		if x.t.Status != StatusResolved || x.cfg.CloseAfter < 0 {
			return nil
		}
		if due := x.t.ResolvedAt.Add(x.cfg.CloseAfter); x.now.Before(due) {
			x.task(taskClose, task.Key, x.t.ID, due)
			return nil
		}
		return x.move(StatusClosed)
	})
	return err
}

// waitOver reminds a customer who does not answer, once; then it resolves the ticket.
func (d *Desk) waitOver(ctx context.Context, task *Task) error {
	_, err := d.update(ctx, task.Ticket, Actor{}, func(x *draft) error {
		x.ends(task)
		if x.t.Status != StatusWaiting {
			return nil
		}
		ends := len(task.Payload) > 0
		if !ends && x.cfg.RemindAfter >= 0 {
			x.message(SystemNote, Actor{}, "The customer was reminded of the question.")
			x.notify(notice{Kind: NoticeReminder, Audience: toCustomer})
		}
		if !ends && x.cfg.ResolveAfter >= 0 {
			x.task(taskWait, task.Key, x.t.ID, x.now.Add(x.cfg.ResolveAfter)).Payload = reminded
		}
		if !ends || x.cfg.ResolveAfter < 0 {
			return nil
		}
		x.message(SystemNote, Actor{}, "The customer did not answer.")
		m, err := x.resolve("")
		if err == nil {
			x.notify(notice{Key: m, Kind: NoticeResolved, Audience: toCustomer})
		}
		return err
	})
	return err
}
