package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Assigner chooses who gets a ticket. The Desk asks it with the agents who could
// take one more, and claims the first of its answer; if that agent's last place went to another
// ticket meanwhile, it asks again. Package assign has the usual ones.
type Assigner interface {
	// Rank returns those of the candidates who may take the ticket, best first.
	// It must not change the ticket. No error and no candidate means nobody can.
	Rank(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error)
}

// AssignerFunc makes an Assigner of a function.
type AssignerFunc func(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error)

// Rank calls f.
func (f AssignerFunc) Rank(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error) {
	return f(ctx, t, candidates)
}

// Candidate is an agent of the ticket's tenant who is not away and holds fewer
// tickets than the capacity.
type Candidate struct {
	Agent Agent `json:"agent"`
	Load  Load  `json:"load"`
}

// rank asks the Assigner with every agent who has room.
func (x *draft) rank(ctx context.Context) (ranked []Candidate, err error) {
	free, err := x.candidates(ctx)
	free = slices.DeleteFunc(free, func(c Candidate) bool { return slices.Contains(x.t.Declined, c.Agent.ID) })
	if err != nil || len(free) == 0 {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			ranked, err = nil, fmt.Errorf("assigner panicked: %v", p)
		}
	}()
	return x.cfg.Assigner.Rank(ctx, x.t, free)
}

// candidates returns the agents who are here and have room.
func (d *Desk) candidates(ctx context.Context) ([]Candidate, error) {
	agents, err := d.agents(ctx)
	if err != nil {
		return nil, err
	}
	loads, err := Loads(ctx, d.store, d.tenant)
	if err != nil {
		return nil, err
	}
	var free []Candidate
	for _, a := range agents {
		if load := loads[a.ID]; !a.Away && load.Open < a.Limit() {
			free = append(free, Candidate{a, load})
		}
	}
	return free, nil
}

// Loads returns how much each agent of the tenant has to do; agents left out have
// nothing. It uses the Store's counters when it has them, else it reads the tickets.
func Loads(ctx context.Context, store Store, tenant TenantID) (map[AgentID]Load, error) {
	if l, ok := As[Loader](store); ok {
		return l.Loads(ctx, tenant)
	}
	loads := map[AgentID]Load{}
	for t, err := range allTickets(ctx, store, Query{Tenant: tenant}) {
		if err != nil {
			return nil, err
		}
		if t.Assignee == "" {
			continue
		}
		load := loads[t.Assignee]
		if t.Status.Loads() {
			load.Open++
		}
		if t.AssignedAt.After(load.LastAssigned) {
			load.LastAssigned = t.AssignedAt
		}
		loads[t.Assignee] = load
	}
	return loads, nil
}

// waitingBatch is how many waiting tickets one assign task looks at.
const waitingBatch = 200

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

// placeWaiting gives tickets that wait for an agent to those who have become free:
// nearest due time first, then priority, then age.
func (d *Desk) placeWaiting(ctx context.Context) error {
	free, err := d.candidates(ctx)
	if err != nil || len(free) == 0 {
		return err
	}
	page, err := d.store.Tickets(ctx, Query{
		Tenant: d.tenant, Unassigned: true, Status: []Status{StatusEscalated, StatusNew},
		Order: Urgency, Limit: waitingBatch,
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(page.Tickets, func(a, b *Ticket) int {
		return cmp.Or(compareDue(a.Due(), b.Due()), cmp.Compare(b.Priority, a.Priority), a.CreatedAt.Compare(b.CreatedAt))
	})
	for _, t := range page.Tickets {
		if t.Status == StatusNew && t.TriagedAt.IsZero() {
			continue // its triage is on the way
		}
		_, err := d.update(ctx, t.ID, Actor{}, func(x *draft) error { return x.place(ctx) })
		if err != nil && !errors.Is(err, ErrConflict) && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}
