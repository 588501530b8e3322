package helpdesk

import (
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/atonce"
	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// triageAll triages tickets about which no classifier is asked, and commits them together. Those
// for which that fails go one by one.
func (d *Desk) triageAll(ctx context.Context, tasks []Task) (int, error) {
	all := slices.Clone(tasks) // the call may outlive us
	alone, err := bounded.Value(ctx, callTime, func(ctx context.Context) ([]Task, error) { return d.triageMost(ctx, all) })
	if err != nil {
		alone = tasks
	}
	at := taskTable[TaskTriage]
	n, err := d.eachBatch(tenantsOf(alone), func(e *Desk, _ batch, tasks []Task) (int, error) {
		return e.each(ctx, tasks, at.most, at.time, at.do)
	})
	return len(tasks) - len(alone) + n, err
}

// triageMost returns the tasks that it has not done.
func (d *Desk) triageMost(ctx context.Context, tasks []Task) (alone []Task, err error) {
	tickets, err := d.byID(ctx, tasks)
	if err != nil {
		return nil, err
	}
	drafts := map[*Change]*draft{}
	var all []*Change
	for b, some := range tenantsOf(tasks) {
		e := d.ForTenant(b.tenant)
		outcomes := e.outcomesOf(ctx, tickets, some)
		drafted, err := bounded.Value(ctx, callTime, func(ctx context.Context) ([]*draft, error) {
			return e.draftTriage(ctx, tickets, some, outcomes)
		})
		if err != nil {
			alone = append(alone, some...)
			continue
		}
		for i, x := range drafted {
			if x == nil {
				alone = append(alone, some[i])
				continue
			}
			drafts[&x.c] = x
			all = append(all, &x.c)
		}
	}
	d.commitSome(ctx, all, func(c *Change, _ error) {
		delete(drafts, c)
		alone = append(alone, c.Done[0])
	})
	for _, x := range drafts {
		if _, err := x.recheck(ctx, x.result()); err != nil {
			d.cfg.Logger.WarnContext(ctx, "helpdesk: suggested reply", "tenant", x.tenant, "ticket", x.t.ID, "error", err)
		}
	}
	return alone, nil
}

// outcomesOf asks about the tickets of one tenant, some at once. What has no answer is nil.
func (d *Desk) outcomesOf(ctx context.Context, tickets map[ticketKey]*Ticket, tasks []Task) []*outcome {
	outcomes := make([]*outcome, len(tasks))
	if d.cfg.Similar == nil { // nobody to ask
		for i := range outcomes {
			outcomes[i] = &outcome{}
		}
		return outcomes
	}
	atonce.Do(len(tasks), triagers, nil, func(i int) {
		t, task := tickets[keyOf(&tasks[i])], tasks[i]
		if t == nil {
			return
		}
		o, err := bounded.Value(ctx, hostTime, func(ctx context.Context) (outcome, error) { return d.outcomeOf(ctx, t, &task) })
		if err == nil {
			outcomes[i] = &o
		}
	})
	return outcomes
}

// draftTriage drafts the end of the triage of tickets. What has to go alone is nil.
func (d *Desk) draftTriage(ctx context.Context, tickets map[ticketKey]*Ticket, tasks []Task, outcomes []*outcome) ([]*draft, error) {
	drafts := make([]*draft, len(tasks))
	for i := range tasks {
		t, o := tickets[keyOf(&tasks[i])], outcomes[i]
		if t == nil || o == nil {
			continue
		}
		x, err := d.begin(ctx, t, Actor{})
		if err == nil {
			err = x.triage(ctx, t, *o, &tasks[i])
		}
		if err == nil {
			err = x.finish(ctx)
		}
		if err != nil {
			return nil, err
		}
		drafts[i] = x
	}
	return drafts, nil
}
