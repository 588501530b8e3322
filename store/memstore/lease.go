package memstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// Lease implements helpdesk.Store.
func (s *Store) Lease(ctx context.Context, now time.Time, d time.Duration, limit int, except ...helpdesk.TaskGroup) ([]helpdesk.Task, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []*task
	for _, t := range s.tasks {
		if !t.Dead && !t.DueAt.After(now) && !t.until.After(now) && !excepted(t, except) {
			due = append(due, t)
		}
	}
	slices.SortFunc(due, func(a, b *task) int { return cmp.Or(a.DueAt.Compare(b.DueAt), compareKeys(a, b)) })
	var leased []helpdesk.Task
	for _, t := range due[:min(max(0, limit), len(due))] {
		s.token++ // a new one for each lease, so an old token is worth nothing
		t.Token = s.token
		t.until = store.Instant(now.Add(d))
		t.Attempts++
		leased = append(leased, t.copy())
	}
	return leased, nil
}

func excepted(t *task, groups []helpdesk.TaskGroup) bool {
	return slices.ContainsFunc(groups, func(g helpdesk.TaskGroup) bool {
		return g.Kind == t.Kind && (g.AllTenants || g.Tenant == t.Tenant)
	})
}

// Renew implements helpdesk.Store.
func (s *Store) Renew(ctx context.Context, until time.Time, tasks ...helpdesk.Task) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range tasks {
		k := taskKey{tasks[i].Tenant, tasks[i].Kind, tasks[i].Key}
		if t := s.tasks[k]; t != nil && t.Token != 0 && t.Token == tasks[i].Token && !t.Dead {
			t.until = store.Instant(until)
		}
	}
	return nil
}

// DeadTasks implements helpdesk.TaskLister.
func (s *Store) DeadTasks(ctx context.Context, tenant helpdesk.TenantID, limit int) ([]helpdesk.Task, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var dead []*task
	for k, t := range s.tasks {
		if k.tenant == tenant && t.Dead {
			dead = append(dead, t)
		}
	}
	slices.SortFunc(dead, func(a, b *task) int { return cmp.Or(b.DueAt.Compare(a.DueAt), compareKeys(a, b)) })
	var list []helpdesk.Task
	for _, t := range dead[:min(max(0, limit), len(dead))] {
		list = append(list, t.copy())
	}
	return list, nil
}

// copy returns a Task that the caller owns.
func (t *task) copy() helpdesk.Task {
	c := t.Task
	c.Payload = slices.Clone(c.Payload)
	return c
}

// compareKeys orders tasks that are due at the same time.
func compareKeys(a, b *task) int {
	return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
}
