package helpdesk

import (
	"context"
	"errors"
	"sync"
	"time"
)

// recorder commits the results of notices as they come, those that come during a commit together.
// In a Run, a commit that fails is tried again, so that no other process delivers a notice a second
// time for want of a record.
type recorder struct {
	*Desk
	ctx  context.Context
	done chan struct{}

	mu      sync.Mutex
	changed *sync.Cond
	waiting []delivery
	ended   bool
	stored  int
	errs    []error
}

func newRecorder(ctx context.Context, d *Desk) *recorder {
	r := &recorder{Desk: d, ctx: ctx, done: make(chan struct{})}
	r.changed = sync.NewCond(&r.mu)
	go r.run()
	return r
}

// add takes the result of a notice.
func (r *recorder) add(v delivery) {
	if v.change == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting = append(r.waiting, v)
	r.changed.Signal()
}

// end waits until all results are recorded and returns how many were.
func (r *recorder) end() (int, error) {
	r.mu.Lock()
	r.ended = true
	r.changed.Signal()
	r.mu.Unlock()
	<-r.done
	return r.stored, errors.Join(r.errs...)
}

func (r *recorder) run() {
	defer close(r.done)
	for {
		r.mu.Lock()
		for len(r.waiting) == 0 && !r.ended {
			r.changed.Wait()
		}
		some := r.waiting
		r.waiting = nil
		r.mu.Unlock()
		if len(some) == 0 {
			return
		}
		n, err := r.record(some)
		r.stored += n
		if err != nil {
			r.errs = append(r.errs, err)
		}
	}
}

// recordTries is how often a commit of results is tried, with five seconds between two tries.
const (
	recordTries = 60
	recordWait  = 5 * time.Second
)

// record commits results, again and again until the store takes them or the context ends.
func (r *recorder) record(some []delivery) (int, error) {
	changes, total := make([]*Change, 0, len(some)), 0
	for i := range some {
		changes = append(changes, some[i].change)
	}
	posted := false
	for try := 1; ; try++ {
		// Results are recorded even when ctx has ended.
		ctx, end := context.WithTimeout(context.WithoutCancel(r.ctx), recordTime)
		var failed []*Change
		var errs []error
		if !posted {
			err := r.post(ctx, some)
			if posted = err == nil; !posted {
				failed, errs = changes, []error{err}
			}
		}
		if posted {
			n := len(changes)
			r.commitSome(ctx, changes, func(c *Change, err error) {
				if n--; !errors.Is(err, ErrConflict) {
					failed, errs = append(failed, c), append(errs, err)
				}
			})
			total += n
		}
		end()
		if changes = failed; len(changes) == 0 || !r.persists || r.ctx.Err() != nil || try == recordTries {
			return total, errors.Join(errs...)
		}
		r.cfg.Logger.WarnContext(r.ctx, "helpdesk: record deliveries", "tenant", r.tenant, "notices", len(changes), "error", errors.Join(errs...))
		select {
		case <-time.After(recordWait):
		case <-r.ctx.Done():
		}
	}
}

// post adds the results of the notices' mails, by their records: a mail may have bounced meanwhile.
// Its error is that of reading them; it has added nothing then.
func (r *recorder) post(ctx context.Context, some []delivery) error {
	tasks := make([]Task, 0, len(some))
	for i := range some {
		tasks = append(tasks, some[i].change.Done...)
	}
	mails, err := r.mailsOf(ctx, tasks)
	if err != nil {
		return err
	}
	for i := range some {
		some[i].post(mails, r.now())
	}
	return nil
}
