package helpdesktest

import (
	"context"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// agenda is a Store that notes when the tasks written through it are due.
type agenda struct {
	helpdesk.Store

	mu  sync.Mutex
	due map[errand]time.Time
}

// errand identifies a task.
type errand struct {
	tenant helpdesk.TenantID
	kind   helpdesk.TaskKind
	key    string
}

// agendaOf returns store itself if it is an agenda already, so that desks of one store share it.
func agendaOf(store helpdesk.Store) *agenda {
	if a, ok := store.(*agenda); ok {
		return a
	}
	return &agenda{Store: store, due: map[errand]time.Time{}}
}

// Unwrap returns the Store below.
func (a *agenda) Unwrap() helpdesk.Store { return a.Store }

// Commit notes the tasks of what the Store below has recorded.
func (a *agenda) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	if err := a.Store.Commit(ctx, changes...); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, c := range changes {
		for _, t := range c.Done {
			delete(a.due, errand{c.Tenant, t.Kind, t.Key})
		}
		for _, t := range c.Tasks {
			e := errand{c.Tenant, t.Kind, t.Key}
			if a.due[e] = t.DueAt; t.DueAt.IsZero() || t.Dead {
				delete(a.due, e)
			}
		}
	}
	return nil
}

// next returns the earliest due time that is after one time and before another.
func (a *agenda) next(after, before time.Time) (next time.Time, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, due := range a.due {
		if due.After(after) && due.Before(before) {
			next, before, ok = due, due, true
		}
	}
	return next, ok
}
