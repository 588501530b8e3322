package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// queue keeps Ticket.QueuedAt: from its first triage on, a ticket that nobody holds waits for an agent, unless it
// waits for the customer.
func (x *draft) queue() {
	t := x.t
	switch {
	case t.Assignee != "" || !(t.Status == StatusNew || t.Status == StatusEscalated):
		t.QueuedAt = time.Time{}
	case t.QueuedAt.IsZero() && (x.triaged || !t.TriagedAt.IsZero()):
		t.QueuedAt = x.now
		x.offer()
	case !t.QueuedAt.IsZero() && x.before != nil && !sameNeeds(t, x.before):
		x.offer() // others may be able to take it now
	}
}

// sameNeeds reports whether two versions of a ticket ask the same of an agent, as far as Assigners go by it.
func sameNeeds(t, u *Ticket) bool {
	return t.Category == u.Category && t.Priority == u.Priority && slices.Equal(t.Tags, u.Tags) && slices.Equal(t.Declined, u.Declined)
}

// turns lets the callers of one process go through a tenant's queue one at a time. Who had to wait while another began
// and ended has nothing left to do.
type turns struct {
	mu      sync.Mutex
	tenants map[TenantID]*turn
}

// turn is the queue of one tenant. begun and done number the passes; the token in free is for its owner to write them.
type turn struct {
	users int
	free  chan struct{}
	begun int
	done  int // the last that went well
}

func newTurns() *turns { return &turns{tenants: map[TenantID]*turn{}} }

// do has the queue gone through once, from a moment after the call.
func (ts *turns) do(ctx context.Context, tenant TenantID, pass func() error) error {
	ts.mu.Lock()
	t := ts.tenants[tenant]
	if t == nil {
		t = &turn{free: make(chan struct{}, 1)}
		ts.tenants[tenant] = t
	}
	t.users++
	mine := t.begun + 1
	ts.mu.Unlock()
	defer func() {
		ts.mu.Lock()
		defer ts.mu.Unlock()
		if t.users--; t.users == 0 {
			delete(ts.tenants, tenant)
		}
	}()
	select {
	case t.free <- struct{}{}:
		defer func() { <-t.free }()
	case <-ctx.Done():
		return ctx.Err()
	}
	ts.mu.Lock()
	if t.done >= mine {
		ts.mu.Unlock()
		return nil
	}
	t.begun++
	number := t.begun
	ts.mu.Unlock()
	err := pass()
	if err == nil {
		ts.mu.Lock()
		t.done = number
		ts.mu.Unlock()
	}
	return err
}

// placeOnce does assign tasks: however many places became free, the queue is gone through once.
func (d *Desk) placeOnce(ctx context.Context, tasks []Task) (int, error) {
	if err := d.placeWaiting(ctx); err != nil {
		return d.putOff(ctx, tasks, err)
	}
	changes := make([]*Change, len(tasks))
	for i := range tasks {
		changes[i] = d.outcome(&tasks[i], nil)
	}
	return d.commitEach(ctx, changes)
}

// placeWaiting gives the tickets that wait for an agent to those who have become free: earliest due time first,
// then priority, then age. Who cannot be placed is escalated and goes on waiting.
func (d *Desk) placeWaiting(ctx context.Context) error {
	if d.cfg.Assigner == nil {
		return nil
	}
	return d.turns.do(ctx, d.tenant, func() error {
		if l, ok := As[Locker](d.store); ok { // else all processes would decide the same, and all but one in vain
			unlock, err := l.Lock(ctx, d.tenant, "queue")
			if err != nil {
				return err
			}
			defer unlock()
		}
		p := pass{Desk: d, skip: map[TicketID]bool{}}
		for {
			if more, err := p.page(ctx); err != nil || !more {
				return errors.Join(append(p.failed, err)...)
			}
		}
	})
}

// placeBatch is how many tickets are placed in one commit.
const placeBatch = 200

// mostFailures is how many tickets may fail before a pass ends: then something is wrong with more than them.
const mostFailures = 20

// pass goes once through the queue of a tenant, in pages.
type pass struct {
	*Desk
	after    string
	skip     map[TicketID]bool // they could not be written, and are left to the next pass
	collided int               // tries in a row that came to nothing
	failed   []error
}

// page places the next waiting tickets. It returns false at the end of the queue. Each ticket is given by what was given
// before it: when one is refused, those behind it are decided anew.
func (p *pass) page(ctx context.Context) (more bool, err error) {
	q := Query{Tenant: p.tenant, Waiting: true, Order: ByDue, Limit: placeBatch, After: p.after}
	page, err := p.store.Tickets(ctx, q)
	if err != nil || len(page.Tickets) == 0 {
		return false, err
	}
	b, err := p.board(ctx)
	if err != nil {
		return false, err
	}
	if !b.room() {
		q.Status = []Status{StatusNew} // the others stay as they are
		if page, err = p.store.Tickets(ctx, q); err != nil || len(page.Tickets) == 0 {
			return false, err
		}
	}
	changes, blame, err := p.draftPage(ctx, page.Tickets, b)
	if len(changes) > 0 {
		changes[0].Tasks = append(changes[0].Tasks, repairTask(p.tenant, b.now))
		if n, refused := p.commitFirst(ctx, changes); refused != nil {
			blame, err = changes[n].Ticket.ID, refused
			if n > 0 {
				p.collided = 0
			}
		}
	}
	collision := errors.Is(err, ErrConflict) || errors.Is(err, ErrCapacity)
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err == nil:
		p.collided, p.after = 0, page.Next
		return page.Next != "", nil
	case collision && p.collided < attempts:
		p.collided++
	default:
		p.failed = append(p.failed, fmt.Errorf("place ticket %s: %w", blame, err))
		p.collided, p.skip[blame] = 0, true
	}
	return len(p.failed) < mostFailures, nil
}

// draftPage drafts what becomes of tickets, up to the first for which that fails.
func (p *pass) draftPage(ctx context.Context, tickets []*Ticket, b *board) (changes []*Change, blame TicketID, err error) {
	for _, t := range tickets {
		if p.skip[t.ID] {
			continue
		}
		c, err := p.one(ctx, t, b)
		if err != nil {
			return changes, t.ID, err
		}
		if c != nil {
			changes = append(changes, c)
		}
	}
	return changes, "", nil
}

// commitFirst commits changes in order, as many at once as will go, up to the first that is refused. It returns how many.
func (p *pass) commitFirst(ctx context.Context, changes []*Change) (int, error) {
	err := p.commit(ctx, changes...)
	if err == nil {
		return len(changes), nil
	}
	half := len(changes) / 2
	if half == 0 {
		return 0, err
	}
	n, err := p.commitFirst(ctx, changes[:half])
	if err != nil {
		return n, err
	}
	m, err := p.commitFirst(ctx, changes[half:])
	return n + m, err
}

// one drafts what becomes of one waiting ticket; nil when it goes on waiting as it is.
func (p *pass) one(ctx context.Context, t *Ticket, b *board) (c *Change, err error) {
	err = safely(func() error {
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
		}
		return nil
	})
	return c, err
}

// place gives a ticket that waits to the best agent. When none can take it, it is escalated,
// managers are told, and it goes on waiting.
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
