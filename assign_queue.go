package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/held"
)

// queue maintains Ticket.QueuedAt: a ticket without an agent waits for one. A ticket that never had
// an agent waits only from its first triage on.
func (x *draft) queue() {
	t := x.t
	again := x.before != nil && !lacksAgent(x.before)
	switch {
	case !lacksAgent(t):
		t.QueuedAt = time.Time{}
	case t.QueuedAt.IsZero() && (again || x.triaged || !t.TriagedAt.IsZero()):
		t.QueuedAt = x.now
		x.offer()
	case !t.QueuedAt.IsZero() && x.before != nil && !sameNeeds(t, x.before):
		x.offer() // other agents may now be able to take it
	}
}

// lacksAgent reports whether an open ticket has no agent and needs one: it does not wait for the
// customer, and is not known to need no action.
func lacksAgent(t *Ticket) bool {
	return t.Assignee == "" && t.Status.Open() && t.Status != StatusWaiting && !t.idle()
}

// sameNeeds reports whether two versions of a ticket are equal in all that Assigners look at.
func sameNeeds(t, u *Ticket) bool {
	return t.Category == u.Category && t.Priority == u.Priority && slices.Equal(t.Tags, u.Tags) && slices.Equal(t.Declined, u.Declined)
}

// placeOnce does assign tasks: one pass through the queue for all of them.
func (d *Desk) placeOnce(ctx context.Context, tasks []Task) (int, error) {
	called := string(TaskAssign) + " " + string(d.tenant)
	if wait, ok := d.breakers.Ready(called, d.now()); !ok {
		return 0, d.putBack(ctx, tasks, wait)
	}
	err := d.placeWaiting(ctx)
	if ctx.Err() == nil {
		d.breakers.Done(called, d.now(), errors.Is(err, bounded.ErrNoAnswer))
	}
	if errors.Is(err, errKept) {
		return 0, d.putBack(ctx, tasks, held.Pause)
	}
	if err != nil {
		return d.putOff(ctx, tasks, err)
	}
	changes := make([]*Change, len(tasks))
	for i := range tasks {
		changes[i] = d.outcome(&tasks[i], nil)
	}
	return d.commitEach(ctx, changes)
}

// placeWaiting assigns waiting tickets to free agents: earliest due time first, then priority, then
// age. A new ticket that no agent can take is escalated and goes on waiting.
func (d *Desk) placeWaiting(ctx context.Context) error {
	if d.cfg.Assigner == nil {
		return nil
	}
	return d.passes.Do(ctx, d.tenant, func() error {
		if l, ok := As[Locker](d.store); ok { // without a lock all processes but one decide in vain
			wait, end := context.WithTimeout(ctx, callTime)
			unlock, err := l.Lock(wait, d.tenant, "queue")
			end()
			if err != nil {
				return err
			}
			defer unlock()
		}
		p := pass{Desk: d, skip: map[TicketID]bool{}}
		for {
			more, err := p.inTime(ctx)
			if err == nil && more {
				continue
			}
			if err == nil && len(p.failed) == 0 && p.kept {
				err = errKept
			}
			return some(append(p.failed, err))
		}
	})
}

// placeBatch is the most tickets placed in one commit. lockWait is the longest that the commit
// waits for rows that another transaction keeps.
const (
	placeBatch = 200
	lockWait   = time.Second
	mostKeeps  = 20 // such waits in one pass
)

// errKept is the error of a pass that left a ticket in the queue because another transaction keeps
// the ticket, or the counter of an agent.
var errKept = errors.New("another transaction keeps a ticket or the counter of an agent")

// pass is one way through the queue of a tenant, in pages.
type pass struct {
	*Desk
	after    string
	skip     map[TicketID]bool // failed tickets, left to the next pass
	collided int               // tries in a row that placed nothing
	kept     bool              // a ticket waits for the end of another transaction
	keeps    int               // waits for other transactions
	failed   []error
}

// inTime is page for a store and a roster that may not answer.
func (p *pass) inTime(ctx context.Context) (more bool, err error) {
	ctx, end := context.WithTimeout(ctx, callTime)
	defer end()
	return p.page(ctx)
}

// page places the next waiting tickets. It returns false at the end of the queue. Each decision
// rests on those before it: after a refused commit the tickets behind it are decided anew.
func (p *pass) page(ctx context.Context) (more bool, err error) {
	page, b, err := p.read(ctx)
	if err != nil || len(page.Tickets) == 0 {
		return false, err
	}
	var changes []*Change
	for _, t := range page.Tickets {
		c, err := p.one(ctx, t, b)
		if err != nil {
			return false, err
		}
		if c != nil {
			changes = append(changes, c)
		}
	}
	if len(changes) > 0 {
		changes[0].Tasks = append(changes[0].Tasks, repairTask(p.tenant, b.now))
	}
	n, err := p.commitFirst(ctx, changes)
	p.free(changes[:n])
	var locked *LockedError
	if errors.As(err, &locked) {
		p.keep(ctx, locked.Agent, changes[n].Ticket.ID)
		return p.keeps < mostKeeps, nil
	}
	if err != nil && !collides(err) { // it would fail again, and others may too
		p.fail(changes[n].Ticket.ID, err)
		err = p.singly(ctx, without(page.Tickets, changes[:n]))
	}
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil && !collides(err):
		return false, err
	case err != nil && p.collided < attempts:
		if p.collided++; n > 0 {
			p.collided = 1
		}
		return true, nil
	case err != nil:
		p.failed = append(p.failed, err)
	}
	p.collided, p.after = 0, page.Next
	return page.Next != "", nil
}

// read returns the next page of the queue and the board. When no agent has room, it reads only new
// tickets, because they must be escalated; the others stay as they are.
func (p *pass) read(ctx context.Context) (page Page, b *board, err error) {
	q := Query{Tenant: p.tenant, Waiting: true, Order: ByDue, Limit: placeBatch, After: p.after}
	if page, err = p.store.Tickets(ctx, q); err != nil || len(page.Tickets) == 0 {
		return page, nil, err
	}
	if b, err = p.board(ctx); err == nil && !b.room() {
		p.kept = p.kept || b.anyKept()
		q.Status = []Status{StatusNew}
		page, err = p.store.Tickets(ctx, q)
	}
	return page, b, err
}

// singly places tickets one by one: a failed commit affects only one. It returns the last
// collision.
func (p *pass) singly(ctx context.Context, tickets []*Ticket) error {
	b, err := p.board(ctx)
	if err != nil {
		return err
	}
	var collision error
	for _, t := range tickets {
		given := len(b.given)
		c, err := p.one(ctx, t, b)
		if err != nil {
			return err
		}
		if c == nil {
			continue
		}
		c.Tasks = append(c.Tasks, repairTask(p.tenant, b.now))
		var locked *LockedError
		switch err := p.commit(ctx, c); {
		case err == nil:
			p.free([]*Change{c})
			continue
		case errors.As(err, &locked):
			p.keep(ctx, locked.Agent, t.ID)
		case collides(err):
			collision = err // perhaps with its own first try
		default:
			p.fail(t.ID, err)
		}
		b.takeBack(given)
	}
	return collision
}

// without returns the tickets that changes do not name.
func without(tickets []*Ticket, changes []*Change) []*Ticket {
	named := make(map[TicketID]bool, len(changes))
	for _, c := range changes {
		named[c.Ticket.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(tickets), func(t *Ticket) bool { return named[t.ID] })
}

// fail leaves a ticket to the next pass.
func (p *pass) fail(id TicketID, err error) {
	p.failed = append(p.failed, fmt.Errorf("place ticket %s: %w", id, err))
	p.skip[id] = true
}

func collides(err error) bool { return errors.Is(err, ErrConflict) || errors.Is(err, ErrCapacity) }

// commitFirst commits changes in order, up to the first refused one, in batches as large as
// possible. It returns the number of committed changes.
func (p *pass) commitFirst(ctx context.Context, changes []*Change) (int, error) {
	if len(changes) == 0 {
		return 0, nil
	}
	err := p.commit(ctx, changes...)
	if err == nil {
		return len(changes), nil
	}
	half := len(changes) / 2
	var locked *LockedError
	if half == 0 || (errors.As(err, &locked) && locked.Agent != "") { // else each part would wait for it once more
		return 0, err
	}
	n, err := p.commitFirst(ctx, changes[:half])
	if err != nil {
		return n, err
	}
	m, err := p.commitFirst(ctx, changes[half:])
	return n + m, err
}

// one drafts the Change that places one waiting ticket; nil when nothing changes or it fails. An
// error ends the pass: a part of the host did not return, and would not for the next ticket.
func (p *pass) one(ctx context.Context, t *Ticket, b *board) (c *Change, err error) {
	if p.skip[t.ID] {
		return nil, nil
	}
	if p.held.Kept(p.rowOfTicket(t.ID), b.now) {
		p.kept = true
		return nil, nil
	}
	given := len(b.given)
	err = bounded.Safely(func() error {
		x, err := p.begin(ctx, t, Actor{})
		if err != nil {
			return err
		}
		if err := x.place(ctx, b); err != nil {
			return err
		}
		if err := x.finish(ctx); err != nil {
			return err
		}
		if !x.empty() {
			c = &x.c
			c.LockWait = lockWait
		}
		return nil
	})
	switch {
	case err == nil:
		return c, nil
	case errors.Is(err, bounded.ErrNoAnswer) || ctx.Err() != nil:
		return nil, fmt.Errorf("place ticket %s: %w", t.ID, err)
	case errors.Is(err, errKept):
		p.kept = true
	default:
		p.fail(t.ID, err)
	}
	b.takeBack(given)
	return nil, nil
}

// keep leaves a row alone for a while: the counter of an agent if there is one, else a ticket.
func (p *pass) keep(ctx context.Context, agent AgentID, id TicketID) {
	p.kept = true
	p.keeps++
	switch {
	case agent == "":
		p.held.Keep(p.rowOfTicket(id), p.now())
	case p.held.Keep(p.rowOfAgent(agent), p.now()):
		p.cfg.Logger.WarnContext(ctx, "helpdesk: another transaction keeps the counter of an agent; tickets go to others", "tenant", p.tenant, "agent", agent, "waited", lockWait)
	}
}

// free forgets what could be changed, and says how long the counter of an agent was kept.
func (p *pass) free(changes []*Change) {
	for _, c := range changes {
		p.held.Free(p.rowOfTicket(c.Ticket.ID), p.now())
		for _, l := range c.Loads {
			if kept, was := p.held.Free(p.rowOfAgent(l.Agent), p.now()); was {
				p.cfg.Logger.Warn("helpdesk: the counter of an agent is free again", "tenant", p.tenant, "agent", l.Agent, "kept", kept)
			}
		}
	}
}

func (d *Desk) rowOfTicket(id TicketID) string { return string(d.tenant) + " ticket " + string(id) }
func (d *Desk) rowOfAgent(id AgentID) string   { return string(d.tenant) + " agent " + string(id) }

// place assigns a waiting ticket to the best agent. When no agent can take a new ticket, the ticket
// is escalated, managers are told, and it goes on waiting.
func (x *draft) place(ctx context.Context, b *board) error {
	if x.t.QueuedAt.IsZero() || x.t.QueuedAt.After(x.now) {
		return nil
	}
	ranked, data, err := b.rank(ctx, x.t)
	if err != nil {
		return err
	}
	if len(ranked) > 0 {
		best := ranked[0].Agent
		x.assign(best, b.claim(&best, x.now), data)
		x.tellAssignee()
		return x.move(StatusAssigned)
	}
	for i := range b.agents {
		a := &b.agents[i]
		if !b.kept(a.ID) || slices.Contains(x.t.Declined, a.ID) {
			continue
		}
		if may, err := b.suits(ctx, x.t, a); err != nil || may {
			return cmp.Or(err, errKept)
		}
	}
	if x.t.Status != StatusNew {
		return nil
	}
	x.escalated(1, EscalationData{Reason: "no agent is free", Excluded: data.Excluded})
	skillless := cmp.Or(string(x.t.Category), "a general")
	x.notify(notice{
		Key: fmt.Sprintf("%s/unassigned/%d", x.t.ID, x.t.Version), Kind: NoticeUnassigned, Audience: toManagers,
		Text: fmt.Sprintf("No agent is free for %s ticket.", skillless),
	})
	return x.move(StatusEscalated)
}
