package helpdesk

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/inhand"
	"github.com/helpdesk-go/helpdesk/internal/places"
)

const (
	leaseBatch = 256
	lanes      = 3 // most batches of quick tasks at once: one is read, one decided, one written
)

// slow are the kinds of task that wait for outside servers. They must not delay deadlines.
// TaskAssign is not among them, though a Roster or an Assigner of the host may be slow: passes of
// several processes through a queue would then hold leases while they wait for each other.
var slow = map[TaskKind]bool{TaskTriage: true, taskShadow: true, taskLearn: true, TaskNotify: true, TaskIndex: true}

// mostSlow is the most tasks of one slow kind that a desk has in hand at once, half of them for one
// tenant. Run puts back tasks beyond that; slowLater is when they are due again.
const (
	mostSlow  = 4 * leaseBatch
	slowLater = 15 * time.Second
)

// Tick does everything that is due now, for all tenants, and returns the number of tasks done. Any
// number of processes may call it at once, as often as they like. It returns early when ctx ends;
// it gives back the unfinished tasks. A task that fails is tried again later and does not fail
// Tick. Nothing that it calls keeps it from returning: see [Desk.Run].
func (d *Desk) Tick(ctx context.Context) (int, error) {
	t := newTicking(d, false)
	defer t.keep(ctx)()
	t.begin(ctx)
	t.wait(true)
	return t.total, d.fail("tick", "", errors.Join(t.errs...))
}

// Run calls Tick until ctx ends: at once when this process adds a task, and every Config.Poll for
// tasks of other processes. Unlike Tick it leases further tasks while classifiers and notifiers
// work. It always returns nil; errors are logged.
//
// Each call of a Notifier, a Classifier or another part of the host ends after 25 seconds, even
// when the part does not heed its context: its task fails and is tried again. Such a call may go on
// in its goroutine. After the end of ctx Run gives its tasks back and returns within seconds.
func (d *Desk) Run(ctx context.Context) error {
	poll := time.NewTimer(0)
	defer poll.Stop()
	t := newTicking(d, true)
	defer t.keep(ctx)()
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
	running bool                     // goes on without waiting for slow tasks, and puts back those beyond mostSlow
	hand    *inhand.Set[int64, Task] // the leased tasks, by token

	mu      sync.Mutex
	changed *sync.Cond // lanes or batches
	lanes   int        // at work
	batches int        // of slow tasks, in work
	total   int        // tasks done
	errs    []error
}

func newTicking(d *Desk, running bool) *ticking {
	own := *d
	own.persists = running
	t := &ticking{Desk: &own, running: running, hand: inhand.New(func(t Task) int64 { return t.Token })}
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
		tasks, err := t.lease(ctx)
		if err != nil || len(tasks) == 0 {
			return err
		}
		if len(tasks) == leaseBatch {
			t.begin(ctx)
		}
		var quick, long []Task
		for _, task := range tasks {
			if slow[task.Kind] && !t.together(task.Kind) {
				long = append(long, task)
			} else {
				quick = append(quick, task)
			}
		}
		if err := t.apart(ctx, long); err != nil {
			t.end(ctx, quick, err)
			return err
		}
		n, err := t.do(ctx, quick)
		t.end(ctx, quick, err)
		t.mu.Lock()
		t.total += n
		t.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// end ends the work on some tasks. Those that are not settled are given back.
func (t *ticking) end(ctx context.Context, tasks []Task, err error) {
	if len(tasks) > 0 && (err != nil || ctx.Err() != nil) {
		t.giveBack(ctx, tasks, err)
	}
	t.hand.Drop(tasks)
}

// place is where a slow task is done: there are some for each kind and tenant.
type place = places.Group[TaskKind, TenantID]

// apart does slow tasks while the lane goes on, those of each kind and tenant on their own.
func (t *ticking) apart(ctx context.Context, tasks []Task) error {
	groups := map[place][]Task{}
	for _, task := range tasks {
		g := place{Kind: task.Kind, Tenant: task.Tenant}
		groups[g] = append(groups[g], task)
	}
	var later []Task
	var failed error
	for g, tasks := range groups {
		n, err := t.limiter.Take(ctx, g, len(tasks), !t.running)
		if err != nil {
			failed = err
		}
		if n > 0 {
			t.doApart(ctx, g, tasks[:n])
		}
		later = append(later, tasks[n:]...)
	}
	if len(later) == 0 {
		return failed
	}
	defer t.hand.Drop(later)
	if failed != nil {
		t.giveBack(ctx, later, failed)
		return failed
	}
	return t.putBack(ctx, later, slowLater)
}

// doApart does tasks of a group that have their places.
func (t *ticking) doApart(ctx context.Context, g place, tasks []Task) {
	t.mu.Lock()
	t.batches++
	t.mu.Unlock()
	go func() {
		done, err := t.do(ctx, tasks)
		t.end(ctx, tasks, err)
		t.limiter.Give(g, len(tasks))
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
