package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ReplyParams is a public message on a ticket.
type ReplyParams struct {
	Body string // plain text, at most MaxText bytes, not empty

	// Waiting makes an agent's reply a question: the ticket waits for the customer, and its
	// resolution clock is paused.
	Waiting bool

	// Resolve makes an agent's reply the answer: the same commit resolves the ticket, and one mail
	// tells the customer both.
	Resolve bool

	// Resolution is the note for the record of a reply with Resolve; see [Ticket.Resolution]. It
	// may be empty. It is never the Body.
	Resolution string

	Files []File // attachments; at most MaxFiles

	// IdempotencyKey makes a repeated Reply by the same actor to the same ticket add nothing; with
	// another Body it is ErrConflict. Empty for none.
	IdempotencyKey string
}

// Reply adds a public message. An agent's reply begins work on the ticket, takes it when nobody
// holds it, ends the first response clock, and goes to the customer as a notice. A customer's reply
// brings a waiting ticket back to its agent and reopens a resolved one; when that is too late it
// opens a new ticket, which Reply returns. A reply by the host itself is an automatic message: it
// changes no clock, and no status but by Waiting.
func (d *Desk) Reply(ctx context.Context, id TicketID, p ReplyParams) (*Ticket, error) {
	const op = "reply to"
	d, by, err := d.enter(ctx)
	if err = errors.Join(err, p.check()); err != nil {
		return nil, d.fail(op, id, err)
	}
	if field := p.staffOnly(); by.Role == RoleCustomer && field != "" {
		return nil, d.fail(op, id, errors.Join(ErrForbidden, &FieldError{field, "is not a customer's to say"}))
	}
	files, err := d.keep(ctx, "files", p.Files)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	said := words{body: p.Body, files: files}
	if by.Role == RoleCustomer {
		t, err := d.customerReply(ctx, id, said, by, func(x *draft, id TicketID) {
			x.once(onceReply+string(by.Role), replyKey(by, id, p))
		})
		if err != nil {
			d.dropUncommitted(ctx, files, err)
		}
		t, err = d.replied(ctx, t, err, p, by)
		return d.show(t), d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, func(x *draft) error {
		if err := x.alive(); err != nil {
			return err
		}
		x.once(onceReply+string(by.Role), replyKey(by, id, p))
		if by.Role == RoleSystem {
			x.event(EventReplied, "", x.say(FromDesk, by, said), nil)
		} else if err := x.answer(ctx, said, p.Resolve); err != nil {
			return err
		}
		switch {
		case p.Resolve:
			m, err := x.resolve(p.Resolution)
			if err == nil && by.Role == RoleSystem { // an agent's reply has told the customer
				x.notify(notice{Key: m, Kind: NoticeResolved, Audience: toCustomer, Text: p.Body, By: x.by, Files: files.files})
			}
			return err
		case p.Waiting:
			return x.move(StatusWaiting)
		}
		return nil
	})
	if err != nil {
		d.dropUncommitted(ctx, files, err)
	}
	t, err = d.replied(ctx, t, err, p, by)
	return t, d.fail(op, id, err)
}

// check checks the fields that do not depend on who replies.
func (p *ReplyParams) check() error {
	p.Resolution = strings.TrimSpace(p.Resolution)
	err := errors.Join(checkText("body", p.Body, true), checkLine("idempotency_key", p.IdempotencyKey, 255, false),
		checkText("resolution_note", p.Resolution, false))
	if p.Resolve && p.Waiting {
		err = errors.Join(err, &FieldError{"waiting", "does not go with resolve"})
	}
	if p.Resolution != "" && !p.Resolve {
		err = errors.Join(err, &FieldError{"resolution_note", "needs resolve"})
	}
	return err
}

// staffOnly names the first field that is set and not for customers.
func (p *ReplyParams) staffOnly() string {
	switch {
	case p.Waiting:
		return "waiting"
	case p.Resolve:
		return "resolve"
	}
	return ""
}

// answer adds the public reply of a human agent. last says that the same change resolves the
// ticket.
func (x *draft) answer(ctx context.Context, said words, last bool) error {
	m := x.say(FromAgent, x.by, said)
	x.event(EventReplied, "", m, nil)
	x.judgeResponse(said.body)
	kind := NoticeReply
	if last {
		kind = NoticeResolved
	}
	x.notify(notice{Key: m, Kind: kind, Audience: toCustomer, Text: said.body, By: x.by, Files: said.files.files})
	x.replied = true
	x.t.Replies++
	if x.t.FirstReplyAt.IsZero() {
		x.t.FirstReplyAt = x.now
	}
	if x.t.Assignee == "" && x.t.Status.Open() {
		if agent, err := x.agent(ctx, AgentID(x.by.ID)); err != nil {
			return err
		} else if agent != nil {
			if err := x.give(ctx, agent); err != nil {
				return err
			}
		}
	}
	switch x.t.Status {
	case StatusNew, StatusAssigned, StatusEscalated:
		return x.move(StatusProgress)
	}
	return nil
}

// customerReply adds the customer's words, or opens a new ticket when this one is over. more
// completes the change and gets the answered ticket.
func (d *Desk) customerReply(ctx context.Context, id TicketID, said words, by Actor, more func(x *draft, answered TicketID)) (*Ticket, error) {
	id, err := d.survivor(ctx, id)
	if err != nil {
		return nil, err
	}
	var over *Ticket
	t, err := d.update(ctx, id, by, func(x *draft) error {
		over = nil
		if x.t.Status == StatusClosed || (x.t.Status == StatusResolved && x.now.After(x.t.ResolvedAt.Add(x.cfg.ReopenWindow))) {
			over = x.t
			x.c = Change{}
			return nil
		}
		x.event(EventReplied, "", x.say(FromCustomer, by, said), nil)
		more(x, id)
		x.asked = true
		switch x.t.Status {
		case StatusResolved:
			return x.reopen(ctx)
		case StatusWaiting:
			return x.resume(ctx)
		}
		return nil
	})
	if over == nil || err != nil {
		return t, err
	}
	next := OpenParams{Subject: over.Subject, Description: said.body, Customer: over.Customer, Source: over.Source}
	if d.cfg.CustomerTags != nil {
		next.Customer.Tags = nil // the host sets today's
	}
	t, _, err = d.open(ctx, &next, by, over.ID, said, func(x *draft) { more(x, over.ID) })
	return t, err
}

// onceReply is the scope of the once keys of replies.
const onceReply = "reply:"

// replyKey is the once key of a reply to a ticket, empty for none.
func replyKey(by Actor, id TicketID, p ReplyParams) string {
	if p.IdempotencyKey == "" {
		return ""
	}
	return personal(by, string(id)+":"+p.IdempotencyKey)
}

// replied turns a repeated reply into the ticket as it stands, unless the key came with another
// text the first time.
func (d *Desk) replied(ctx context.Context, t *Ticket, err error, p ReplyParams, by Actor) (*Ticket, error) {
	var dup *DuplicateError
	if !errors.As(err, &dup) {
		return t, err
	}
	th, err := d.store.Thread(ctx, d.tenant, dup.Ticket)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(th.Messages, func(m Message) bool {
		return m.Kind.Public() && m.By.Role == by.Role && m.By.ID == by.ID && m.Body == d.withoutTokens(p.Body)
	}) {
		return nil, errors.Join(ErrConflict, &FieldError{"idempotency_key", "was used for another reply"})
	}
	return th.Ticket, nil
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

// reopen brings a resolved ticket back to its agent or the queue.
func (x *draft) reopen(ctx context.Context) error {
	x.event(EventReopened, x.t.ResolvedAt.Format(time.RFC3339Nano), "", nil)
	x.t.Reopened++
	x.t.ResolvedAt = time.Time{}
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

// Note adds an internal message, which the customer never sees.
func (d *Desk) Note(ctx context.Context, id TicketID, body string) (*Ticket, error) {
	return d.work(ctx, "note on", id, checkText("body", body, true), func(x *draft) error {
		x.event(EventNoted, "", x.message(InternalNote, x.by, body), nil)
		return nil
	})
}

// Take assigns the ticket to the acting agent, capacity or not, and begins work on it.
func (d *Desk) Take(ctx context.Context, id TicketID) (*Ticket, error) {
	return d.work(ctx, "take", id, nil, func(x *draft) error {
		agent, err := x.someAgent(ctx, "agent", AgentID(x.by.ID))
		if err != nil {
			return err
		}
		if !x.t.Status.Open() {
			return &TransitionError{x.t.ID, x.t.Status, StatusProgress}
		}
		if x.t.Assignee != agent.ID {
			if err := x.give(ctx, agent); err != nil {
				return err
			}
		}
		return x.move(StatusProgress)
	})
}

// Reassign gives an open ticket to another agent, capacity or not; an empty agent puts it back into
// the queue. The new agent gets a notice.
func (d *Desk) Reassign(ctx context.Context, id TicketID, to AgentID) (*Ticket, error) {
	return d.work(ctx, "reassign", id, nil, func(x *draft) error {
		switch {
		case !x.t.Status.Open():
			return &TransitionError{x.t.ID, x.t.Status, StatusAssigned}
		case to == x.t.Assignee:
			return nil
		case to == "":
			return x.release("put back by " + x.by.String())
		}
		agent, err := x.someAgent(ctx, "agent", to)
		if err != nil {
			return err
		}
		if err := x.give(ctx, agent); err != nil {
			return err
		}
		x.tellAssignee()
		if x.t.Status == StatusWaiting {
			return nil // the new agent gets the customer's answer
		}
		return x.move(StatusAssigned)
	})
}

// Escalate raises the ticket by one level and tells the managers why.
func (d *Desk) Escalate(ctx context.Context, id TicketID, reason string) (*Ticket, error) {
	reason = d.withoutTokens(strings.TrimSpace(reason))
	return d.work(ctx, "escalate", id, checkText("reason", reason, true), func(x *draft) error {
		x.raise(x.t.EscalationLevel+1, reason)
		m := x.message(SystemNote, Actor{}, fmt.Sprintf("Escalated by %s: %s", x.by, reason))
		x.notify(notice{Key: m, Kind: NoticeEscalated, Urgent: true, Audience: toManagers, Text: reason})
		return x.move(StatusEscalated)
	})
}

// SetStatus moves the ticket by hand, within the table of moves. Resolve, Escalate and Reopen are
// methods of their own, since they need more than a status.
func (d *Desk) SetStatus(ctx context.Context, id TicketID, to Status) (*Ticket, error) {
	_, err := ParseStatus(string(to))
	return d.work(ctx, "set status of", id, err, func(x *draft) error {
		switch {
		case to == x.t.Status:
			return nil
		case !x.t.Status.CanBecome(to):
			return &TransitionError{x.t.ID, x.t.Status, to}
		case to == StatusResolved:
			return &FieldError{"status", "resolved needs a note: use resolve"}
		case to == StatusEscalated:
			return &FieldError{"status", "escalated needs a reason: use escalate"}
		case x.t.Status == StatusResolved && to != StatusClosed:
			return &FieldError{"status", "of a resolved ticket only goes to closed: use reopen"}
		case to == StatusNew && x.t.Assignee != "":
			return x.release("put back by " + x.by.String())
		case to == StatusAssigned && x.t.Assignee == "":
			return &FieldError{"status", "assigned needs an agent: use reassign"}
		}
		return x.move(to)
	})
}

// SetPriority changes the priority, and with it the policy. Unlike a model a person may go below
// the least priority.
func (d *Desk) SetPriority(ctx context.Context, id TicketID, p Priority) (*Ticket, error) {
	return d.work(ctx, "set priority of", id, checkPriority(p, false), func(x *draft) error {
		if err := x.alive(); err != nil {
			return err
		}
		x.setPriority(p, ByPerson)
		x.judgePriority(false)
		return nil
	})
}

func (x *draft) setPriority(p Priority, origin Origin) {
	if p == x.t.Priority && origin == x.t.PriorityBy {
		return
	}
	x.event(EventPriority, x.t.Priority.String(), p.String(), originData{origin})
	x.t.Priority, x.t.PriorityBy = p, origin
}

// SetCategory changes the category; an empty one says that none fits. It ends the need for a
// review, and no model changes it afterwards.
func (d *Desk) SetCategory(ctx context.Context, id TicketID, c Category) (*Ticket, error) {
	return d.work(ctx, "set category of", id, d.checkCategory(c), func(x *draft) error {
		if err := x.alive(); err != nil {
			return err
		}
		x.setCategory(c, ByPerson)
		x.t.NeedsReview = false
		x.judgeCategory(false)
		return nil
	})
}

func (x *draft) setCategory(c Category, origin Origin) {
	if c == x.t.Category && origin == x.t.CategoryBy {
		return
	}
	x.event(EventCategory, string(x.t.Category), string(c), originData{origin})
	x.t.Category, x.t.CategoryBy = c, origin
}

// SetTags replaces the tags of a ticket.
func (d *Desk) SetTags(ctx context.Context, id TicketID, tags []string) (*Ticket, error) {
	tags, invalid := cleanTags("tags", tags)
	return d.work(ctx, "set tags of", id, invalid, func(x *draft) error {
		if err := x.alive(); err != nil {
			return err
		}
		if !slices.Equal(tags, x.t.Tags) {
			x.event(EventTags, strings.Join(x.t.Tags, ", "), strings.Join(tags, ", "), nil)
			x.t.Tags = tags
		}
		return nil
	})
}

// originData is the payload of EventPriority and EventCategory.
type originData struct {
	By Origin `json:"by"`
}

// Resolve ends the work with a note for the record, which goes to the customer too. The note may be
// empty if an agent has replied. To answer the customer and resolve at once, call [Desk.Reply] with
// Resolve.
func (d *Desk) Resolve(ctx context.Context, id TicketID, note string) (*Ticket, error) {
	note = strings.TrimSpace(note)
	return d.work(ctx, "resolve", id, checkText("resolution_note", note, false), func(x *draft) error {
		if err := checkText("resolution_note", note, x.t.Replies == 0); err != nil {
			return err
		}
		m, err := x.resolve(note)
		if err != nil {
			return err
		}
		x.notify(notice{Key: m, Kind: NoticeResolved, Audience: toCustomer, Text: note, By: x.by})
		return nil
	})
}

// resolve ends the work, with a note that may be empty. It returns the id of the message that says
// who resolved the ticket.
func (x *draft) resolve(note string) (message string, err error) {
	if !x.t.Status.Open() {
		return "", &TransitionError{x.t.ID, x.t.Status, StatusResolved}
	}
	note = x.withoutTokens(note)
	text := "Resolved by " + x.by.String()
	if note != "" {
		text += ": " + note
	}
	message = x.message(SystemNote, Actor{}, text)
	x.event(EventResolved, "", note, nil)
	x.survey()
	x.t.Resolution, x.t.ResolvedAt = note, x.now
	x.judgeCategory(true)
	x.judgePriority(true)
	return message, x.move(StatusResolved)
}

// Reopen brings a resolved ticket back to its agent, within Config.ReopenWindow. Its resolution
// clock goes on where it was. Customers may do that too.
func (d *Desk) Reopen(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "reopen"
	d, by, err := d.enter(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, func(x *draft) error {
		if x.t.Status != StatusResolved {
			return &TransitionError{x.t.ID, x.t.Status, StatusProgress}
		}
		if x.now.After(x.t.ResolvedAt.Add(x.cfg.ReopenWindow)) {
			return fmt.Errorf("%w: it was resolved more than %s ago", ErrInvalid, x.cfg.ReopenWindow)
		}
		return x.reopen(ctx)
	})
	return d.show(t), d.fail(op, id, err)
}

// Rate records the customer's judgement of a resolved ticket: a score from 1 (bad) to 5 (good). A
// new score replaces the old one; both stay in the events. The holder of a link may rate each
// resolution once; a second rating is ErrLinkEnded.
func (d *Desk) Rate(ctx context.Context, id TicketID, score int, comment string) (*Ticket, error) {
	const op = "rate"
	by, err := d.someone(ctx)
	if err == nil && by.Role != RoleCustomer && by.Role != RoleSystem {
		err = fmt.Errorf("%w: only the customer rates", ErrForbidden)
	}
	if score < 1 || score > 5 {
		err = errors.Join(err, &FieldError{"score", "is not between 1 and 5"})
	}
	if err = errors.Join(err, checkText("comment", comment, false)); err != nil {
		return nil, d.fail(op, id, err)
	}
	comment = d.withoutTokens(comment)
	t, err := d.update(ctx, id, by, func(x *draft) error {
		if x.t.Status.Open() {
			return fmt.Errorf("%w: it is not resolved yet", ErrInvalid)
		}
		if x.only != "" && x.t.rated() {
			return ErrLinkEnded
		}
		old := ""
		if x.t.Rating != nil {
			old = strconv.Itoa(x.t.Rating.Score)
		}
		x.t.Rating = &Rating{Score: score, Comment: comment, At: x.now}
		x.event(EventRated, old, strconv.Itoa(score), x.t.Rating)
		return nil
	})
	return d.show(t), d.fail(op, id, err)
}

// work runs an operation for agents and admins. invalid is the fault of its arguments, if any.
func (d *Desk) work(ctx context.Context, op string, id TicketID, invalid error, act func(x *draft) error) (*Ticket, error) {
	d, by, err := d.enterStaff(ctx)
	if err = errors.Join(err, invalid); err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, act)
	return t, d.fail(op, id, err)
}

// alive refuses a closed ticket.
func (x *draft) alive() error {
	if x.t.Status == StatusClosed {
		return &TransitionError{x.t.ID, StatusClosed, StatusProgress}
	}
	return nil
}
