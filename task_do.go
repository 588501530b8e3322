package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/atonce"
	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/held"
)

// taskFatal stands for a task that was leased again and again and never ended: it kills its
// process, so no other process gets it.
const taskFatal TaskKind = "fatal"

// Limits of the tries of a task.
const (
	mostKills   = 12          // leases without any result; then the task is fatal
	mostTries   = 5 * 24 * 60 // one a minute for five days; then a task is dead, and kept for a person
	triagers    = 32          // classifier calls at once for one tenant's tasks of a lease
	mostBackoff = time.Minute // work goes on soon after an outage

	// Notices, by RFC 5321, section 4.5.4.1: mail is given up after four to five days.
	noticeTime    = 5 * 24 * time.Hour
	noticeBackoff = time.Hour
)

// batch is the leased tasks of one kind and tenant.
type batch struct {
	kind   TaskKind
	tenant TenantID
}

// together reports whether the tasks of a kind are done for all tenants at once. It takes no part
// of the host that may hang for one of them.
func (d *Desk) together(kind TaskKind) bool {
	switch kind {
	case taskDeadline:
		return d.cfg.Before == nil
	case TaskAssign:
		return d.cfg.Before == nil && d.cfg.Roster == nil
	case TaskTriage:
		return d.cfg.Before == nil && d.cfg.Classifier == nil && d.cfg.Similar == nil
	}
	return false
}

// do works on leased tasks. Kinds do not wait for each other, nor do tenants, but for the kinds
// that are done together. So a slow model delays no deadline.
func (d *Desk) do(ctx context.Context, tasks []Task) (int, error) {
	batches := map[batch][]Task{}
	for _, t := range tasks {
		b := batch{t.Kind, t.Tenant}
		switch {
		case t.fatal():
			b.kind = taskFatal
		case d.together(t.Kind):
			b.tenant = ""
		}
		batches[b] = append(batches[b], t)
	}
	return d.eachBatch(batches, func(e *Desk, b batch, tasks []Task) (int, error) {
		e = e.As(Actor{})
		e.version = 0
		n, err := e.doBatch(ctx, b.kind, tasks)
		if err != nil {
			err = fmt.Errorf("%s: %w", b.kind, err)
		}
		return n, err
	})
}

// eachBatch does batches at once, each with a desk of its tenant.
func (d *Desk) eachBatch(batches map[batch][]Task, do func(e *Desk, b batch, tasks []Task) (int, error)) (int, error) {
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		done int
		errs []error
	)
	for b, tasks := range batches {
		wg.Go(func() {
			n, err := do(d.ForTenant(b.tenant), b, tasks)
			mu.Lock()
			defer mu.Unlock()
			if done += n; err != nil {
				errs = append(errs, err)
			}
		})
	}
	wg.Wait()
	return done, errors.Join(errs...)
}

// tenantsOf divides tasks of one kind by tenant.
func tenantsOf(tasks []Task) map[batch][]Task {
	of := map[batch][]Task{}
	for _, t := range tasks {
		b := batch{t.Kind, t.Tenant}
		of[b] = append(of[b], t)
	}
	return of
}

func (d *Desk) doBatch(ctx context.Context, kind TaskKind, tasks []Task) (done int, err error) {
	defer func() { // a panic of the host's parts must not kill the process
		if p := recover(); p != nil {
			done, err = d.putOff(ctx, tasks, fmt.Errorf("panic: %v", p))
		}
	}()
	if kind == TaskTriage && d.cfg.Classifier == nil {
		return d.triageAll(ctx, tasks)
	}
	if at, ok := taskTable[kind]; ok {
		time := at.time
		if kind == TaskTriage || kind == taskShadow {
			time = d.cfg.TriageTime
		}
		return d.each(ctx, tasks, max(1, at.most), time, at.do)
	}
	switch kind {
	case taskFatal:
		return d.each(ctx, tasks, 1, callTime, func(*Desk, context.Context, *Task) error {
			return fmt.Errorf("not ended after %d attempts", mostKills)
		})
	case taskDeadline:
		return d.sweep(ctx, tasks)
	case TaskNotify:
		return d.deliver(ctx, tasks)
	case TaskAssign:
		return d.placeAll(ctx, tasks)
	case TaskIndex:
		return d.index(ctx, tasks)
	}
	return d.putOff(ctx, tasks, fmt.Errorf("unknown kind of task %q", kind))
}

// taskTable has the kinds of task that are done one by one.
var taskTable = map[TaskKind]struct {
	do   func(d *Desk, ctx context.Context, t *Task) error
	most int           // at once, of one tenant; 0 means 1
	time time.Duration // for one task; 0 means callTime
}{
	TaskTriage: {do: func(d *Desk, ctx context.Context, t *Task) error {
		_, err := d.triage(ctx, t.Ticket, Actor{}, t)
		return err
	}, most: triagers},
	taskShadow:   {do: (*Desk).askShadow, most: triagers},
	taskLearn:    {do: (*Desk).learnOnce, time: longTime},
	taskClose:    {do: (*Desk).autoClose},
	taskWait:     {do: (*Desk).waitOver},
	TaskApplySLA: {do: (*Desk).applySome},
	taskAgent:    {do: (*Desk).lookAfter},
	taskFit:      {do: (*Desk).refit},
	taskReindex:  {do: (*Desk).reindex, time: longTime},
	taskWords:    {do: (*Desk).indexWords, time: longTime},
	taskStray:    {do: (*Desk).removeStray},
	taskMember:   {do: (*Desk).joinTickets},
	taskRepair:   {do: (*Desk).repair, time: longTime},
}

// each does tasks one by one, at most n at once, and puts off those that fail. A task gets most
// time, 0 means callTime. While the calls of a kind do not return, its tasks are held back. It
// begins no further task once a result could not be committed.
func (d *Desk) each(ctx context.Context, tasks []Task, n int, most time.Duration, do func(*Desk, context.Context, *Task) error) (int, error) {
	var (
		mu   sync.Mutex
		done int
		errs []error
	)
	stopped := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(errs) > 0
	}
	atonce.Do(len(tasks), n, stopped, func(i int) {
		err := d.one(ctx, &tasks[i], cmp.Or(most, callTime), do)
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			done++
		} else {
			errs = append(errs, err)
		}
	})
	return done, errors.Join(errs...)
}

// one does one task.
func (d *Desk) one(ctx context.Context, task *Task, most time.Duration, do func(*Desk, context.Context, *Task) error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	called := string(task.Kind) + " " + string(task.Tenant)
	if wait, ok := d.breakers.Ready(called, d.now()); !ok {
		return d.putBack(ctx, []Task{*task}, wait)
	}
	own := *task // the call may outlive us
	err := bounded.Call(ctx, most, func(ctx context.Context) error { return do(d, ctx, &own) })
	if ctx.Err() == nil {
		d.breakers.Done(called, d.now(), errors.Is(err, bounded.ErrNoAnswer))
	}
	ctx, end := context.WithTimeout(ctx, callTime)
	defer end()
	return d.settled(ctx, task, err)
}

// settled turns the failure of one task into its next try. It returns only errors that keep the
// whole desk from working.
func (d *Desk) settled(ctx context.Context, task *Task, err error) error {
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	var locked *LockedError
	if errors.Is(err, ErrConflict) {
		return nil // another process has it or has moved it, and takes care of it
	}
	if errors.As(err, &locked) {
		return d.leftAlone(ctx, task)
	}
	c := d.outcome(task, err)
	if task.Kind == TaskTriage && len(c.Tasks) > 0 && c.Tasks[0].Dead {
		switch failed := bounded.Safely(func() error { return d.untriaged(ctx, c) }); {
		case failed == nil || errors.Is(failed, ErrConflict):
			return nil
		case errors.Is(failed, ErrNotFound):
			c.Tasks = nil
		default: // given up only when its ticket can go on without triage
			d.cfg.Logger.ErrorContext(ctx, "helpdesk: give up triage", "tenant", task.Tenant, "ticket", task.Ticket, "error", failed)
			c.Tasks[0].Dead, c.Tasks[0].DueAt = false, d.now().Add(task.backoff())
		}
	}
	_, err = d.commitEach(ctx, []*Change{c})
	return err
}

// outcome is the Change that ends one try of a task: done, to be tried again, or dead.
// A ticket that is gone leaves nothing to do.
func (d *Desk) outcome(task *Task, err error) *Change {
	c := &Change{Tenant: task.Tenant, Done: []Task{*task}}
	if err == nil || errors.Is(err, ErrNotFound) {
		return c
	}
	next := *task
	next.Token = 0
	next.Error = d.reason(err)
	next.Dead = task.fatal() || task.Attempts >= mostTries
	if task.Kind == TaskNotify {
		n, unread := noticeOf(task)
		old := unread == nil && task.Attempts > mostKills && d.now().Sub(n.At) > noticeTime
		next.Dead = next.Dead || old || errors.Is(err, ErrInvalid)
	}
	if !next.Dead {
		next.DueAt = d.now().Add(task.backoff())
	}
	c.Tasks = []Task{next}
	d.cfg.Logger.Warn("helpdesk: task", "kind", task.Kind, "key", task.Key, "tenant", task.Tenant,
		"attempt", task.Attempts, "dead", next.Dead, "error", err)
	return c
}

// reason is an error as a task keeps it. It may hold any answer of a server.
func (d *Desk) reason(err error) string {
	return clipTo(cleanText(d.withoutTokens(err.Error())), 1000)
}

// leftAlone puts back a task whose rows another transaction keeps, as if it had not been tried. If
// that transaction keeps the task too, it is due again at the end of its lease.
func (d *Desk) leftAlone(ctx context.Context, task *Task) error {
	c := d.heldBack(task, held.Pause)
	c.LockWait = lockWait
	var locked *LockedError
	err := d.commit(ctx, c)
	if errors.As(err, &locked) || errors.Is(err, ErrConflict) {
		return nil
	}
	return err
}

// fatal reports whether a task was leased again and again and left no result.
func (t *Task) fatal() bool { return t.Error == "" && t.Attempts > mostKills }

// backoff returns the wait after a failed attempt: 10 seconds, doubled each time, up to a minute,
// or an hour for a notice.
func (t *Task) backoff() time.Duration {
	most := mostBackoff
	if t.Kind == TaskNotify {
		most = noticeBackoff
	}
	return min(most, 10*time.Second<<min(max(0, t.Attempts-1), 20))
}

// commitEach commits changes together, or in smaller parts if that fails, without those for which
// another process was faster. It returns how many it committed.
func (d *Desk) commitEach(ctx context.Context, changes []*Change) (int, error) {
	ctx, end := context.WithTimeout(ctx, callTime)
	defer end()
	n := len(changes)
	var errs []error
	d.commitSome(ctx, changes, func(_ *Change, err error) {
		if n--; !errors.Is(err, ErrConflict) {
			errs = append(errs, err)
		}
	})
	return n, errors.Join(errs...)
}

// commitSome commits changes together. If that fails it halves them until each faulty change stands
// alone, and calls refused with it.
func (d *Desk) commitSome(ctx context.Context, changes []*Change, refused func(c *Change, err error)) {
	if len(changes) == 0 {
		return
	}
	err := d.commit(ctx, changes...)
	switch half := len(changes) / 2; {
	case err == nil:
	case half == 0:
		refused(changes[0], err)
	default:
		d.commitSome(ctx, changes[:half], refused)
		d.commitSome(ctx, changes[half:], refused)
	}
}

// putOff fails tasks that could not begin.
func (d *Desk) putOff(ctx context.Context, tasks []Task, err error) (int, error) {
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	changes := make([]*Change, len(tasks))
	for i := range tasks {
		changes[i] = d.outcome(&tasks[i], err)
	}
	return d.commitEach(ctx, changes)
}
