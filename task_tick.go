package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Limits of Tick. A lease outlasts the slowest honest task, a model call of 20 seconds in each of a
// batch's rounds; after it another process takes over.
const (
	leaseBatch  = 256
	lanes       = 3 // most batches of quick tasks at once: one is read, one decided, one written
	leaseTime   = 5 * time.Minute
	triagers    = 32 // classifier calls at once for one tenant's tasks of a lease
	maxAttempts = 12 // then a task is dead, and kept for a person
)

// slow are the kinds of task that wait for outside servers. They must not delay deadlines.
var slow = map[TaskKind]bool{TaskTriage: true, taskShadow: true, taskLearn: true, TaskNotify: true, TaskIndex: true}

// mostSlow is the most tasks of slow kinds that a desk has in hand at once, half of them for one
// tenant. Run puts back tasks beyond that; slowLater is when they are due again.
const (
	mostSlow  = 4 * leaseBatch
	slowLater = 15 * time.Second
)

// Tick does everything that is due now, for all tenants, and returns the number of tasks done. Any
// number of processes may call it at once, as often as they like. It returns early when ctx ends;
// the next Tick does the unfinished tasks once their leases have run out. A task that fails is
// tried again later and does not fail Tick.
func (d *Desk) Tick(ctx context.Context) (int, error) {
	t := newTicking(d, false)
	t.begin(ctx)
	t.wait(true)
	return t.total, d.fail("tick", "", errors.Join(t.errs...))
}

// Run calls Tick until ctx ends: at once when this process adds a task, and every Config.Poll for
// tasks of other processes. Unlike Tick it leases further tasks while classifiers and notifiers
// work. It always returns nil; errors are logged.
func (d *Desk) Run(ctx context.Context) error {
	poll := time.NewTimer(0)
	defer poll.Stop()
	t := newTicking(d, true)
	defer t.wait(true)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-d.wake:
		case <-poll.C:
		}
		t.begin(ctx)
		t.wait(false)
		if err := t.trouble(); err != nil && ctx.Err() == nil {
			d.cfg.Logger.ErrorContext(ctx, "helpdesk: tick", "error", err)
		}
		poll.Reset(d.cfg.Poll)
	}
}

// ticking is one Tick, or all those of a Run.
type ticking struct {
	*Desk
	running bool // goes on without waiting for slow tasks, and puts back those beyond mostSlow

	mu      sync.Mutex
	changed *sync.Cond // lanes or batches
	lanes   int        // at work
	batches int        // of slow tasks, in work
	total   int        // tasks done
	errs    []error
}

func newTicking(d *Desk, running bool) *ticking {
	t := &ticking{Desk: d, running: running}
	t.changed = sync.NewCond(&t.mu)
	return t
}

// begin starts a lane, unless all are at work.
func (t *ticking) begin(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lanes == lanes {
		return
	}
	t.lanes++
	go func() {
		err := t.lane(ctx)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.lanes--
		t.errs = append(t.errs, err)
		t.changed.Broadcast()
	}()
}

// wait waits until no lane is at work; with all, also until no batch of slow tasks is, which may
// start a lane.
func (t *ticking) wait(all bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.lanes > 0 || (all && t.batches > 0) {
		t.changed.Wait()
	}
}

// trouble returns the errors since the last call.
func (t *ticking) trouble() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := errors.Join(t.errs...)
	t.errs = nil
	return err
}

// lane leases and does tasks until none is due. A full lease starts another lane, so that one
// decides while the store writes for the other.
func (t *ticking) lane(ctx context.Context) error {
	for {
		tasks, err := t.store.Lease(ctx, t.now(), leaseTime, leaseBatch)
		if err != nil || len(tasks) == 0 {
			return err
		}
		if len(tasks) == leaseBatch {
			t.begin(ctx)
		}
		var quick, long []Task
		for _, task := range tasks {
			if slow[task.Kind] {
				long = append(long, task)
			} else {
				quick = append(quick, task)
			}
		}
		if err := t.apart(ctx, long); err != nil {
			return err
		}
		n, err := t.do(ctx, quick)
		t.mu.Lock()
		t.total += n
		t.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// apart does slow tasks while the lane goes on, each tenant's on their own.
func (t *ticking) apart(ctx context.Context, tasks []Task) error {
	tenants := map[TenantID][]Task{}
	for _, task := range tasks {
		tenants[task.Tenant] = append(tenants[task.Tenant], task)
	}
	leased := t.now()
	var later, stale []Task
	for tenant, tasks := range tenants {
		n, err := t.limiter.take(ctx, tenant, len(tasks), !t.running)
		switch {
		case err != nil:
			return err
		case t.now().Sub(leased) > leaseTime/4: // else their leases might run out
			t.limiter.give(tenant, n)
			stale = append(stale, tasks...)
			continue
		case n > 0:
			t.doApart(ctx, tenant, tasks[:n])
		}
		later = append(later, tasks[n:]...)
	}
	return errors.Join(t.putBack(ctx, later, slowLater), t.putBack(ctx, stale, 0))
}

// doApart does tasks of a tenant that have their places.
func (t *ticking) doApart(ctx context.Context, tenant TenantID, tasks []Task) {
	t.mu.Lock()
	t.batches++
	t.mu.Unlock()
	go func() {
		done, err := t.do(ctx, tasks)
		t.limiter.give(tenant, len(tasks))
		if !t.running && done > 0 && ctx.Err() == nil {
			t.begin(ctx) // they may have left new tasks
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.batches--
		t.total, t.errs = t.total+done, append(t.errs, err)
		t.changed.Broadcast()
	}()
}

// putBack ends the leases of tasks that have no place, as if they had not been tried. They are due
// again after a while.
func (d *Desk) putBack(ctx context.Context, tasks []Task, after time.Duration) error {
	changes := make([]*Change, len(tasks))
	for i, task := range tasks {
		next := task
		next.Token, next.Attempts, next.DueAt = 0, task.Attempts-1, d.now().Add(after)
		changes[i] = &Change{Tenant: task.Tenant, Done: []Task{task}, Tasks: []Task{next}}
	}
	_, err := d.commitEach(ctx, changes)
	return err
}

// taskFatal stands for a task that was leased again and again and never ended: it kills its
// process, so no other process gets it.
const taskFatal TaskKind = "fatal"

// batch is the leased tasks of one kind and tenant.
type batch struct {
	kind   TaskKind
	tenant TenantID
}

// do works on leased tasks. Kinds and tenants do not wait for each other, so that a slow model
// delays no deadline.
func (d *Desk) do(ctx context.Context, tasks []Task) (int, error) {
	batches := map[batch][]Task{}
	for _, t := range tasks {
		b := batch{t.Kind, t.Tenant}
		if t.Attempts > maxAttempts {
			b.kind = taskFatal
		}
		batches[b] = append(batches[b], t)
	}
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		done int
		errs []error
	)
	for b, tasks := range batches {
		wg.Go(func() {
			e := d.ForTenant(b.tenant).As(Actor{})
			e.version = 0
			n, err := e.doBatch(ctx, b.kind, tasks)
			mu.Lock()
			defer mu.Unlock()
			if done += n; err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", b.kind, err))
			}
		})
	}
	wg.Wait()
	return done, errors.Join(errs...)
}

func (d *Desk) doBatch(ctx context.Context, kind TaskKind, tasks []Task) (done int, err error) {
	defer func() { // a panic of the host's parts must not kill the process
		if p := recover(); p != nil {
			done, err = d.putOff(ctx, tasks, fmt.Errorf("panic: %v", p))
		}
	}()
	switch kind {
	case taskFatal:
		return d.each(ctx, tasks, 1, func(*Task) error { return fmt.Errorf("not ended after %d attempts", maxAttempts) })
	case taskDeadline:
		return d.sweep(ctx, tasks)
	case TaskNotify:
		return d.deliver(ctx, tasks)
	case TaskTriage:
		return d.each(ctx, tasks, triagers, func(t *Task) error {
			_, err := d.triage(ctx, t.Ticket, Actor{}, t)
			return err
		})
	case taskShadow:
		return d.each(ctx, tasks, triagers, func(t *Task) error { return d.askShadow(ctx, t) })
	case taskLearn:
		return d.each(ctx, tasks, 1, func(t *Task) error { return d.learnOnce(ctx, t) })
	case taskClose:
		return d.each(ctx, tasks, 1, func(t *Task) error { return d.autoClose(ctx, t) })
	case TaskApplySLA:
		return d.each(ctx, tasks, 1, func(t *Task) error { return d.applySome(ctx, t) })
	case TaskAssign:
		return d.placeOnce(ctx, tasks)
	case taskAgent:
		return d.each(ctx, tasks, 1, func(t *Task) error { return d.lookAfter(ctx, t) })
	case taskFit:
		return d.each(ctx, tasks, 1, func(t *Task) error { return d.refit(ctx, t) })
	case taskStray:
		return d.each(ctx, tasks, 1, func(t *Task) error { return d.removeStray(ctx, t) })
	case TaskIndex:
		return d.index(ctx, tasks)
	case taskRepair:
		return d.each(ctx, tasks, 1, func(t *Task) error { return d.repair(ctx, t) })
	}
	return d.each(ctx, tasks, 1, func(t *Task) error { return fmt.Errorf("unknown kind of task %q", t.Kind) })
}

// each does tasks one by one, at most n at once, and puts off those that fail.
func (d *Desk) each(ctx context.Context, tasks []Task, n int, do func(*Task) error) (int, error) {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	slot := make(chan struct{}, n)
	for i := range tasks {
		slot <- struct{}{}
		wg.Go(func() {
			defer func() { <-slot }()
			errs[i] = d.settled(ctx, &tasks[i], safely(func() error { return do(&tasks[i]) }))
		})
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		}
	}
	return done, errors.Join(errs...)
}

// settled turns the failure of one task into its next try. It returns only errors that keep the
// whole desk from working.
func (d *Desk) settled(ctx context.Context, task *Task, err error) error {
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, ErrConflict) {
		return nil // another process has it or has moved it, and takes care of it
	}
	c := d.outcome(task, err)
	if task.Kind == TaskTriage && len(c.Tasks) > 0 && c.Tasks[0].Dead {
		switch failed := safely(func() error { return d.untriaged(ctx, c) }); {
		case failed == nil || errors.Is(failed, ErrConflict):
			return nil
		case errors.Is(failed, ErrNotFound):
			c.Tasks = nil
		default: // given up only when its ticket can go on without triage
			d.cfg.Logger.ErrorContext(ctx, "helpdesk: give up triage", "tenant", task.Tenant, "ticket", task.Ticket, "error", failed)
			c.Tasks[0].Dead, c.Tasks[0].DueAt = false, d.now().Add(backoff(task.Attempts))
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
	next.Error = clipTo(cleanText(d.withoutTokens(err.Error())), 1000) // it may hold any answer of a server
	next.Dead = task.Attempts >= maxAttempts || (task.Kind == TaskNotify && errors.Is(err, ErrInvalid))
	if !next.Dead {
		next.DueAt = d.now().Add(backoff(task.Attempts))
	}
	c.Tasks = []Task{next}
	d.cfg.Logger.Warn("helpdesk: task", "kind", task.Kind, "key", task.Key, "tenant", task.Tenant,
		"attempt", task.Attempts, "dead", next.Dead, "error", err)
	return c
}

// backoff returns the wait after the n-th failed attempt: 10 seconds, doubled each time, up to 6
// hours.
func backoff(n int) time.Duration {
	return min(6*time.Hour, 10*time.Second<<min(max(0, n-1), 20))
}

// commitEach commits changes together, or in smaller parts if that fails, without those for which
// another process was faster. It returns how many it committed.
func (d *Desk) commitEach(ctx context.Context, changes []*Change) (int, error) {
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

// autoClose closes a ticket that stayed resolved.
func (d *Desk) autoClose(ctx context.Context, task *Task) error {
	_, err := d.update(ctx, task.Ticket, Actor{}, func(x *draft) error {
		x.c.Done = append(x.c.Done, *task)
		if x.t.Status != StatusResolved || x.now.Before(x.t.ResolvedAt.Add(x.cfg.CloseAfter)) {
			return nil
		}
		return x.move(StatusClosed)
	})
	return err
}
