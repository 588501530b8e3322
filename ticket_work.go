package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
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

	// Cc are the mail addresses of those participants who get an agent's reply by mail, of all that
	// are in [Ticket.Cc]; nil is all of them, and an empty list none. Others see it on the ticket.
	Cc []string

	Files []File // attachments; at most MaxFiles

	// IdempotencyKey makes a repeated Reply by the same actor to the same ticket add nothing; with
	// another Body it is ErrConflict. Empty for none.
	IdempotencyKey string
}

// Reply adds a public message. An agent's reply begins work on the ticket, takes it when nobody
// holds it, ends the first response clock, and goes to the customer as a notice. It reopens a
// closed ticket. A customer's reply brings a waiting ticket back to its agent and reopens a
// resolved one; when that is too late it opens a new ticket, which Reply returns, or joins the one
// that an earlier reply opened. A reply by the host itself is an automatic message: it changes no
// clock, and no status but by Waiting.
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
		if x.t.Status == StatusClosed && x.t.MergedInto == "" && by.Role != RoleSystem {
			if err := x.reopen(ctx); err != nil {
				return err
			}
		}
		if err := x.alive(); err != nil {
			return err
		}
		x.once(onceReply+string(by.Role), replyKey(by, id, p))
		if err := x.choose(p.Cc); err != nil {
			return err
		}
		if by.Role == RoleSystem {
			x.event(EventReplied, "", x.say(FromDesk, by, said), nil)
		} else if err := x.answer(ctx, said, p.Resolve); err != nil {
			return err
		}
		switch {
		case p.Resolve:
			m, err := x.resolve(p.Resolution)
			if err == nil {
				x.survey()
			}
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
	case p.Cc != nil:
		return "cc"
	}
	return ""
}

// choose limits the mails of the change to some of the people in Cc.
func (x *draft) choose(emails []string) error {
	if emails == nil {
		return nil
	}
	x.chosen = []string{}
	for _, email := range emails {
		email = cleanEmail(email)
		if !slices.ContainsFunc(x.t.Cc, func(c Contact) bool { return c.Email == email }) {
			return &FieldError{"cc", fmt.Sprintf("%q is not in Cc of the ticket", clip(email))}
		}
		x.chosen = append(x.chosen, nameOf(string(x.tenant), email))
	}
	return nil
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

// Note adds an internal message, which the customer never sees. Agents and teams that it names, as
// in "@Ana Silva", or as in "@ana" by the mail address if that is unique, follow the ticket and are
// told.
func (d *Desk) Note(ctx context.Context, id TicketID, body string) (*Ticket, error) {
	return d.work(ctx, "note on", id, checkText("body", body, true), func(x *draft) error {
		m := x.message(InternalNote, x.by, body)
		x.event(EventNoted, "", m, nil)
		return x.tellMentioned(ctx, m, x.withoutTokens(body))
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
	return d.edit(ctx, "reassign", id, TicketEdit{Assignee: &to})
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
		x.survey()
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
	x.tellFollowers(message, text)
	x.t.Resolution, x.t.ResolvedAt = note, x.now
	if x.t.FirstReplyAt.IsZero() && !x.wasIdle() { // as for the clock: see fulfil
		x.t.FirstReplyAt = x.now
	}
	x.judgeCategory(true)
	x.judgePriority(true)
	return message, x.move(StatusResolved)
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
		if by.Role == RoleCustomer {
			if ok, err := x.mayRate(ctx, by.ID); err != nil || !ok {
				return errors.Join(err, fmt.Errorf("%w: only the customer of the ticket rates", ErrForbidden))
			}
		}
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
