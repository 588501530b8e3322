package helpdesk

import (
	"context"
	"errors"
	"slices"
)

// RetryTask makes a dead task due again, from the first attempt on; its delivered parts stay
// delivered. It returns ErrNotFound when no dead task has this kind and key, and ErrConflict when
// another caller was faster.
func (d *Desk) RetryTask(ctx context.Context, kind TaskKind, key string) error {
	const op = "retry task"
	if _, err := d.admin(ctx); err != nil {
		return d.fail(op, "", err)
	}
	l, ok := As[TaskLister](d.store)
	if !ok {
		return d.fail(op, "", errors.ErrUnsupported)
	}
	tasks, err := l.DeadTasks(ctx, d.tenant, mostDead)
	if err != nil {
		return d.fail(op, "", err)
	}
	at := slices.IndexFunc(tasks, func(t Task) bool { return t.Kind == kind && t.Key == key })
	if at < 0 {
		return d.fail(op, "", ErrNotFound)
	}
	t := tasks[at]
	t.Dead, t.Attempts, t.DueAt = false, 0, d.now()
	if n, err := noticeOf(&t); err == nil && kind == TaskNotify {
		forgetFailures(n.Settled)
		t.Payload = n.payload()
	}
	return d.fail(op, "", d.commit(ctx, &Change{Tenant: d.tenant, Done: tasks[at : at+1], Tasks: []Task{t}}))
}

// mostDead is the most dead tasks that RetryTask searches.
const mostDead = 10_000

// DeadTasks returns the tasks that were given up after repeated failures, such as notifications
// that no server accepts, latest first. The Store has to be a TaskLister.
func (d *Desk) DeadTasks(ctx context.Context, limit int) ([]Task, error) {
	const op = "list dead tasks"
	if _, err := d.admin(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	l, ok := As[TaskLister](d.store)
	if !ok {
		return nil, d.fail(op, "", errors.ErrUnsupported)
	}
	tasks, err := l.DeadTasks(ctx, d.tenant, limit)
	return tasks, d.fail(op, "", err)
}
