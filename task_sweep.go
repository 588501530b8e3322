package helpdesk

import (
	"context"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// decideTime is how long the decisions for one tenant may keep those for others waiting. Parts of
// the host take part in them.
const decideTime = time.Second

// sweep checks the clocks of all tickets whose deadline task is due, of any tenants: it reads them
// in one query, decides in memory, and commits them together. Those of a tenant for which that
// fails go alone, and so does each ticket whose change is refused.
func (d *Desk) sweep(ctx context.Context, tasks []Task) (int, error) {
	all := slices.Clone(tasks) // the call may outlive us
	alone, err := bounded.Value(ctx, callTime, func(ctx context.Context) ([]Task, error) { return d.sweepAll(ctx, all) })
	if err != nil {
		alone = tasks
	}
	n, err := d.eachBatch(tenantsOf(alone), func(e *Desk, _ batch, tasks []Task) (int, error) {
		return e.each(ctx, tasks, 1, callTime, (*Desk).sweepAlone)
	})
	return len(tasks) - len(alone) + n, err
}

// sweepAll returns the tasks that it has not done.
func (d *Desk) sweepAll(ctx context.Context, tasks []Task) (alone []Task, err error) {
	tickets, err := d.byID(ctx, tasks)
	if err != nil {
		return nil, err
	}
	batches := tenantsOf(tasks)
	tenants := make([]TenantID, 0, len(batches))
	for b := range batches {
		tenants = append(tenants, b.tenant)
	}
	d.readSLAs(ctx, tenants)
	most := decideTime
	if len(batches) == 1 {
		most = callTime
	}
	var all []*Change
	for b, tasks := range batches {
		e := d.ForTenant(b.tenant)
		changes, err := bounded.Value(ctx, most, func(ctx context.Context) ([]*Change, error) { return e.sweepSome(ctx, tickets, tasks) })
		if err != nil {
			alone = append(alone, tasks...)
		}
		all = append(all, changes...)
	}
	d.commitSome(ctx, all, func(c *Change, _ error) { alone = append(alone, c.Done[0]) })
	return alone, nil
}

// sweepSome decides about the tickets of one tenant.
func (d *Desk) sweepSome(ctx context.Context, tickets map[ticketKey]*Ticket, tasks []Task) ([]*Change, error) {
	changes := make([]*Change, len(tasks))
	var err error
	for i := range tasks {
		if changes[i], err = d.sweepOne(ctx, tickets[keyOf(&tasks[i])], &tasks[i]); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// sweepAlone is sweep for one task. It starts again when the ticket changes meanwhile.
func (d *Desk) sweepAlone(ctx context.Context, task *Task) error {
	for try := 1; ; try++ {
		t, err := d.find(ctx, task.Ticket)
		if err != nil {
			return err
		}
		c, err := d.sweepOne(ctx, t, task)
		if err == nil {
			err = d.commit(ctx, c)
		}
		if err == nil || !d.again(err, try) {
			return err
		}
	}
}

// sweepOne settles one ticket and moves its deadline task to the next due time. A nil ticket is
// gone, and the task with it.
func (d *Desk) sweepOne(ctx context.Context, t *Ticket, task *Task) (*Change, error) {
	if t == nil {
		return &Change{Tenant: task.Tenant, Done: []Task{*task}}, nil
	}
	x, err := d.begin(ctx, t, Actor{})
	if err != nil {
		return nil, err
	}
	x.ends(task)
	if err := x.finish(ctx); err != nil {
		return nil, err
	}
	if len(x.c.Events) == 0 && x.c.SameClocks {
		x.c.Ticket = nil // only the task changes
	}
	return &x.c, nil
}

// ticketKey names a ticket of any tenant.
type ticketKey struct {
	tenant TenantID
	id     TicketID
}

func keyOf(t *Task) ticketKey { return ticketKey{t.Tenant, t.Ticket} }

// byID reads the tickets of tasks, of any tenants, in one query if the Store can.
func (d *Desk) byID(ctx context.Context, tasks []Task) (map[ticketKey]*Ticket, error) {
	var qs []Query
	for b, some := range tenantsOf(tasks) {
		for some := range slices.Chunk(some, MaxLimit) {
			q := Query{Tenant: b.tenant, Limit: len(some)}
			for i := range some {
				q.IDs = append(q.IDs, some[i].Ticket)
			}
			qs = append(qs, q)
		}
	}
	pages, err := ticketsOf(ctx, d.store, qs)
	if err != nil {
		return nil, err
	}
	tickets := make(map[ticketKey]*Ticket, len(tasks))
	for _, page := range pages {
		for _, t := range page.Tickets {
			tickets[ticketKey{t.Tenant, t.ID}] = t
		}
	}
	return tickets, nil
}

// ticketsOf asks a Store that is a [TenantsReader]; otherwise it asks one query after the other.
func ticketsOf(ctx context.Context, store Store, qs []Query) ([]Page, error) {
	if len(qs) > 1 {
		if s, ok := As[TenantsReader](store); ok {
			return s.TicketsOf(ctx, qs...)
		}
	}
	return oneByOne(ctx, qs, store.Tickets)
}

// loadsOf asks a Store that is a [TenantsReader]; otherwise it asks one tenant after the other.
func loadsOf(ctx context.Context, store Store, tenants []TenantID) ([]map[AgentID]Load, error) {
	if s, ok := As[TenantsReader](store); ok {
		return s.LoadsOf(ctx, tenants...)
	}
	return oneByOne(ctx, tenants, func(ctx context.Context, tenant TenantID) (map[AgentID]Load, error) { return Loads(ctx, store, tenant) })
}
