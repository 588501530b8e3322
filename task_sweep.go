package helpdesk

import (
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// sweep checks the clocks of all tickets whose deadline task is due: it reads them in one query,
// decides in memory, and commits them together. If that fails, each ticket goes alone.
func (d *Desk) sweep(ctx context.Context, tasks []Task) (int, error) {
	all := slices.Clone(tasks) // the call may outlive us
	err := bounded.Call(ctx, callTime, func(ctx context.Context) error { return d.sweepAll(ctx, all) })
	if err == nil {
		return len(tasks), nil
	}
	return d.each(ctx, tasks, 1, callTime, (*Desk).sweepAlone)
}

func (d *Desk) sweepAll(ctx context.Context, tasks []Task) error {
	tickets, err := d.byID(ctx, tasks)
	if err != nil {
		return err
	}
	changes := make([]*Change, len(tasks))
	for i := range tasks {
		if changes[i], err = d.sweepOne(ctx, tickets[tasks[i].Ticket], &tasks[i]); err != nil {
			return err
		}
	}
	return d.commit(ctx, changes...)
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
	x.c.Done, x.c.LockWait = append(x.c.Done, *task), lockWait
	if err := x.finish(ctx); err != nil {
		return nil, err
	}
	if len(x.c.Events) == 0 && sameClocks(t.Clocks, x.t.Clocks) {
		x.c.Ticket = nil // only the task changes
	}
	return &x.c, nil
}

// byID reads the tickets of tasks in one query.
func (d *Desk) byID(ctx context.Context, tasks []Task) (map[TicketID]*Ticket, error) {
	q := Query{Tenant: d.tenant, Limit: len(tasks)}
	for i := range tasks {
		q.IDs = append(q.IDs, tasks[i].Ticket)
	}
	page, err := d.store.Tickets(ctx, q)
	if err != nil {
		return nil, err
	}
	tickets := make(map[TicketID]*Ticket, len(page.Tickets))
	for _, t := range page.Tickets {
		tickets[t.ID] = t
	}
	return tickets, nil
}
