package helpdesk

import (
	"context"
	"errors"
	"hash/fnv"
	"maps"
	"slices"
	"time"
)

// LoadDrift returns the agents whose counter of open tickets is wrong. There should never be one: a Change moves the
// counter and the ticket together. What there is all the same is logged and put right by a task, hourly while tickets
// wait or are held. The Store has to be a LoadAuditor. Only admins and the host may ask.
func (d *Desk) LoadDrift(ctx context.Context) ([]LoadDrift, error) {
	const op = "audit loads"
	if _, err := d.admin(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	a, ok := As[LoadAuditor](d.store)
	if !ok {
		return nil, d.fail(op, "", errors.ErrUnsupported)
	}
	wrong, err := a.LoadDrift(ctx, d.tenant)
	return wrong, d.fail(op, "", err)
}

// repairTask is the task of the next hour. Each tenant has its own minute, so that not all come at once.
func repairTask(tenant TenantID, now time.Time) Task {
	sum := fnv.New32a()
	sum.Write([]byte(tenant))
	hour := now.Truncate(time.Hour).Add(time.Hour)
	return Task{
		Tenant: tenant, Kind: taskRepair, Key: hour.Format(time.RFC3339),
		DueAt: hour.Add(time.Duration(sum.Sum32()%3600) * time.Second),
	}
}

// repair does a repair task, and comes again in an hour while tickets wait or are held. What it adds to a counter is what was
// missing at one moment; other changes since then are not undone by it, and its own is made once, with the task.
func (d *Desk) repair(ctx context.Context, task *Task) error {
	b, err := d.board(ctx)
	if err != nil {
		return err
	}
	end := &Change{Tenant: d.tenant, Done: []Task{*task}}
	if end.Tasks, err = d.rounds(ctx, b); err != nil {
		return err
	}
	waiting, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Waiting: true, Order: ByDue, Limit: 1})
	if err != nil {
		return err
	}
	if len(waiting.Tickets) > 0 || slices.ContainsFunc(slices.Collect(maps.Values(b.loads)), func(l Load) bool { return l.Open != 0 }) {
		end.Tasks = append(end.Tasks, repairTask(d.tenant, b.now))
	}
	if a, ok := As[LoadAuditor](d.store); ok {
		wrong, err := a.LoadDrift(ctx, d.tenant)
		if err != nil {
			return err
		}
		for _, w := range wrong {
			end.Loads = append(end.Loads, LoadDelta{Agent: w.Agent, Delta: w.Open - w.Counter})
			d.cfg.Logger.ErrorContext(ctx, "helpdesk: the load of an agent was counted wrong",
				"tenant", d.tenant, "agent", w.Agent, "counted", w.Counter, "open", w.Open)
		}
		d.cfg.Logger.DebugContext(ctx, "helpdesk: loads audited", "tenant", d.tenant, "wrong", len(wrong))
		if len(wrong) > 0 {
			end.Tasks = append(end.Tasks, Task{Tenant: d.tenant, Kind: TaskAssign, Key: "repair", DueAt: b.now})
		}
	}
	return d.commit(ctx, end)
}
