package helpdesk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/parts"
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
	return d.fail(op, "", d.commit(ctx, d.revived(&tasks[at])))
}

// TaskFilter says which dead tasks to try again. The zero filter is all of them.
type TaskFilter struct {
	Kinds    []TaskKind // empty: every kind
	Contains string     // in Task.Error, in any case of letters
}

func (f *TaskFilter) fits(t *Task) bool {
	return (len(f.Kinds) == 0 || slices.Contains(f.Kinds, t.Kind)) &&
		strings.Contains(strings.ToLower(t.Error), strings.ToLower(f.Contains))
}

// RetryTasks is [Desk.RetryTask] for all dead tasks that fit, such as the notices to a host that is
// up again. It returns how many are due again, also with an error. One that another caller retries
// at the same time is not counted.
func (d *Desk) RetryTasks(ctx context.Context, f TaskFilter) (int, error) {
	const op = "retry tasks"
	if _, err := d.admin(ctx); err != nil {
		return 0, d.fail(op, "", err)
	}
	l, ok := As[TaskLister](d.store)
	if !ok {
		return 0, d.fail(op, "", errors.ErrUnsupported)
	}
	retried := 0
	for {
		tasks, err := l.DeadTasks(ctx, d.tenant, mostDead)
		if err != nil {
			return retried, d.fail(op, "", err)
		}
		full := len(tasks) == mostDead
		tasks = slices.DeleteFunc(tasks, func(t Task) bool { return !f.fits(&t) })
		done := 0
		for some := range slices.Chunk(tasks, leaseBatch) {
			changes := make([]*Change, len(some))
			for i := range some {
				changes[i] = d.revived(&some[i])
			}
			n, err := d.commitEach(ctx, changes)
			if done += n; err != nil {
				return retried + done, d.fail(op, "", err)
			}
		}
		if retried += done; !full || done == 0 {
			return retried, nil
		}
	}
}

// revived makes a dead task due again.
func (d *Desk) revived(dead *Task) *Change {
	t := *dead
	t.Dead, t.Attempts, t.DueAt, t.Error = false, 0, d.now(), ""
	if n, err := noticeOf(&t); err == nil && t.Kind == TaskNotify {
		parts.ForgetFailures(n.Settled)
		t.Payload = encoded(n)
	}
	return &Change{Tenant: d.tenant, Done: []Task{*dead}, Tasks: []Task{t}}
}

// mostDead is the most dead tasks that are read at once.
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
