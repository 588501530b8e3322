package helpdesk

import (
	"context"
	"errors"
	"hash/fnv"
	"maps"
	"slices"
	"time"
)

// LoadDrift returns the agents whose counter of open tickets is wrong. None should be: a Change
// moves counter and ticket together. A task logs and corrects drift hourly while tickets wait or
// are held. Without a LoadAuditor it is errors.ErrUnsupported. Only admins and the host may call
// it.
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

// repairTask is due in the next hour, at a second that differs by tenant, which spreads the work.
func repairTask(tenant TenantID, now time.Time) Task {
	sum := fnv.New32a()
	sum.Write([]byte(tenant))
	hour := now.Truncate(time.Hour).Add(time.Hour)
	return Task{
		Tenant: tenant, Kind: taskRepair, Key: hour.Format(time.RFC3339),
		DueAt: hour.Add(time.Duration(sum.Sum32()%3600) * time.Second),
	}
}

// repair does a repair task, and schedules the next while tickets wait or are held. It adds the
// drift of one moment, which undoes no later change, and does so once: with the end of the task.
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
			d.cfg.Logger.ErrorContext(ctx, "helpdesk: load counter of an agent is wrong",
				"tenant", d.tenant, "agent", w.Agent, "counted", w.Counter, "open", w.Open)
		}
		d.cfg.Logger.DebugContext(ctx, "helpdesk: loads audited", "tenant", d.tenant, "wrong", len(wrong))
		if len(wrong) > 0 {
			end.Tasks = append(end.Tasks, Task{Tenant: d.tenant, Kind: TaskAssign, Key: "repair", DueAt: b.now})
		}
	}
	return d.commit(ctx, end)
}
