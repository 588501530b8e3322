package helpdesk

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// callTime is the most time that a part of the host, or the store, gets for one task. It is less
// than leaseTime.
const (
	callTime = 25 * time.Second
	hostTime = 10 * time.Second // for one call of a roster or a hook, within callTime
	longTime = 10 * time.Minute // for tasks that read a whole tenant; their leases are renewed meanwhile
)

// leaseTime is how long a process that dies keeps its tasks from others. Leases are renewed while
// work goes on, each renewTime.
const (
	leaseTime = 30 * time.Second
	renewTime = leaseTime / 3
	giveTime  = 5 * time.Second // to give tasks back after the context has ended
)

// mostFull is how many groups a lease leaves out: the Store reads each.
const mostFull = 100

// lease takes tasks that are due, without the groups that have no room for a whole lease, so that
// no task is leased in vain again and again.
func (t *ticking) lease(ctx context.Context) ([]Task, error) {
	ctx, end := context.WithTimeout(ctx, callTime)
	defer end()
	t.measureClock(ctx)
	var full []TaskGroup
	if t.running {
		kinds, groups := t.limiter.Full(leaseBatch, mostFull)
		for _, kind := range kinds {
			full = append(full, TaskGroup{Kind: kind, AllTenants: true})
		}
		for _, g := range groups {
			full = append(full, TaskGroup{Kind: g.Kind, Tenant: g.Tenant})
		}
	}
	tasks, err := t.store.Lease(ctx, t.now(), leaseTime, leaseBatch, full...)
	t.hand.Add(tasks)
	return tasks, err
}

// keep renews the leases of the tasks in hand until stop is called, also after the end of ctx:
// deliveries are recorded then.
func (t *ticking) keep(ctx context.Context) (stop func()) {
	ctx, stop = context.WithCancel(context.WithoutCancel(ctx))
	go t.renew(ctx)
	return stop
}

func (t *ticking) renew(ctx context.Context) {
	tick := time.NewTicker(renewTime)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		tasks := t.hand.All()
		if len(tasks) == 0 {
			continue
		}
		err := bounded.Call(ctx, renewTime, func(ctx context.Context) error {
			return t.store.Renew(ctx, t.now().Add(leaseTime), tasks...)
		})
		if err != nil && ctx.Err() == nil {
			t.cfg.Logger.WarnContext(ctx, "helpdesk: renew leases", "tasks", len(tasks), "error", err)
		}
	}
}

// giveBack gives back those of some tasks that are still leased: at the end of the context as if
// they had not been tried, else for another try after a while, with why they were not done. What it
// cannot give back is free at the end of its lease.
func (d *Desk) giveBack(ctx context.Context, tasks []Task, why error) {
	ended := ctx.Err() != nil
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), giveTime)
	defer end()
	changes := make([]*Change, len(tasks))
	for i, task := range tasks {
		next := task
		if next.Token = 0; ended {
			next.Attempts--
		} else {
			next.DueAt, next.Error = d.now().Add(task.backoff()), d.reason(why)
		}
		changes[i] = &Change{Tenant: task.Tenant, Done: []Task{task}, Tasks: []Task{next}}
	}
	if _, err := d.commitEach(ctx, changes); err != nil {
		d.cfg.Logger.WarnContext(ctx, "helpdesk: give tasks back", "tasks", len(tasks), "error", err)
	}
}

// putBack ends the leases of tasks that have no place, as if they had not been tried. They are due
// again after a while.
func (d *Desk) putBack(ctx context.Context, tasks []Task, after time.Duration) error {
	changes := make([]*Change, len(tasks))
	for i := range tasks {
		changes[i] = d.heldBack(&tasks[i], after)
	}
	_, err := d.commitEach(ctx, changes)
	return err
}

func (d *Desk) heldBack(task *Task, after time.Duration) *Change {
	next := *task
	next.Token, next.Attempts, next.DueAt = 0, task.Attempts-1, d.now().Add(after)
	return &Change{Tenant: task.Tenant, Done: []Task{*task}, Tasks: []Task{next}}
}
