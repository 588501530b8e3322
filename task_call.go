package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// callTime is the most time that a part of the host, or the store, gets for one task. It is less
// than leaseTime. A call whose time is up gets graceTime to return an outcome of its own.
const (
	callTime  = 25 * time.Second
	graceTime = time.Second
	hostTime  = 10 * time.Second // for one call of a roster or a hook, within callTime
	longTime  = 10 * time.Minute // for tasks that read a whole tenant; their leases are renewed meanwhile
)

// errNoAnswer is the error of a call that did not return in time.
var errNoAnswer = errors.New("no answer")

// bounded returns the result of a call, or errNoAnswer when it does not return in time, whether it
// heeds its context or not. A call that is given up may go on: it must share nothing with the
// caller. A panic is an error.
func bounded[T any](ctx context.Context, most time.Duration, call func(context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	ctx, end := context.WithTimeout(ctx, most)
	defer end()
	returned := make(chan result, 1)
	go func() {
		r := result{err: errNoAnswer} // when the goroutine ends itself
		defer func() { returned <- r }()
		r.err = safely(func() (err error) {
			r.value, err = call(ctx)
			return err
		})
	}()
	select {
	case r := <-returned:
		return r.value, r.err
	case <-ctx.Done():
	}
	grace := time.NewTimer(graceTime)
	defer grace.Stop()
	select {
	case r := <-returned:
		return r.value, r.err
	case <-grace.C:
		var none T
		return none, fmt.Errorf("%w: %w", errNoAnswer, ctx.Err())
	}
}

// boundedCall is bounded for a call without a value.
func boundedCall(ctx context.Context, most time.Duration, call func(context.Context) error) error {
	_, err := bounded(ctx, most, func(ctx context.Context) (struct{}, error) { return struct{}{}, call(ctx) })
	return err
}

// A breaker opens after some failures in a row. It then holds back all calls but one in each
// holdTime, until one succeeds. The calls that it holds back return one after another.
const (
	mostFailures = 5
	holdTime     = 30 * time.Second
	holdSpread   = 50 * time.Millisecond // between two that are held back
	mostBreakers = 10_000
)

// breakers are the breakers of what a desk calls, by name: the model of a tenant, the host of a
// recipient. Only those with a failure are kept. It is for many goroutines.
type breakers struct {
	mu sync.Mutex
	by map[string]*breaker
}

type breaker struct {
	failed int       // in a row
	probe  time.Time // when open: the time of the next call
	held   int       // since the last call
}

func newBreakers() *breakers { return &breakers{by: map[string]*breaker{}} }

// ready reports whether a call may be made now, else for how long it has to wait.
func (b *breakers) ready(name string, now time.Time) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	x := b.by[name]
	if x == nil || x.failed < mostFailures {
		return 0, true
	}
	if !now.Before(x.probe) {
		x.probe, x.held = now.Add(holdTime), 0
		return 0, true
	}
	x.held++
	return holdTime + time.Duration(x.held)*holdSpread, false
}

// done counts the result of a call and reports whether the breaker is open then.
func (b *breakers) done(name string, now time.Time, failed bool) (open bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !failed {
		delete(b.by, name)
		return false
	}
	x := b.by[name]
	if x == nil {
		b.shrink(now)
		x = &breaker{}
		b.by[name] = x
	}
	x.failed++
	x.probe = now.Add(holdTime)
	return x.failed >= mostFailures
}

// shrink makes room: a forgotten breaker opens again after a few failures.
func (b *breakers) shrink(now time.Time) {
	if len(b.by) < mostBreakers {
		return
	}
	for name, x := range b.by {
		if now.After(x.probe) || len(b.by) >= mostBreakers {
			delete(b.by, name)
		}
	}
}
