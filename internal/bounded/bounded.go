// Package bounded calls what may not return: a part of the host, a store, a recipient's server.
package bounded

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// grace is what a call whose time is up gets to return an outcome of its own.
const grace = time.Second

// ErrNoAnswer is the error of a call that did not return in time.
var ErrNoAnswer = errors.New("no answer")

// Value returns the result of a call, or ErrNoAnswer when it does not return in time, whether it
// heeds its context or not. A call that is given up may go on: it must share nothing with the
// caller. A panic is an error.
func Value[T any](ctx context.Context, most time.Duration, call func(context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	ctx, end := context.WithTimeout(ctx, most)
	defer end()
	returned := make(chan result, 1)
	go func() {
		r := result{err: ErrNoAnswer} // when the goroutine ends itself
		defer func() { returned <- r }()
		r.err = Safely(func() (err error) {
			r.value, err = call(ctx)
			return err
		})
	}()
	select {
	case r := <-returned:
		return r.value, r.err
	case <-ctx.Done():
	}
	patience := time.NewTimer(grace)
	defer patience.Stop()
	select {
	case r := <-returned:
		return r.value, r.err
	case <-patience.C:
		var none T
		return none, fmt.Errorf("%w: %w", ErrNoAnswer, ctx.Err())
	}
}

// Call is Value for a call without a value.
func Call(ctx context.Context, most time.Duration, call func(context.Context) error) error {
	_, err := Value(ctx, most, func(ctx context.Context) (struct{}, error) { return struct{}{}, call(ctx) })
	return err
}

// Safely runs a function and returns its panic as an error.
func Safely(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return do()
}

// A breaker opens after some failures in a row. It then holds back all calls but one in each
// Hold, until one succeeds. The calls that it holds back return one after another.
const (
	mostFailures = 5
	Hold         = 30 * time.Second
	holdSpread   = 50 * time.Millisecond // between two that are held back
	mostBreakers = 10_000
)

// Breakers are breakers by name, such as that of a tenant's model or a recipient's host. Only those
// with a failure are kept. It is for many goroutines.
type Breakers struct {
	mu sync.Mutex
	by map[string]*breaker
}

type breaker struct {
	failed int       // in a row
	probe  time.Time // when open: the time of the next call
	held   int       // since the last call
}

// NewBreakers returns closed breakers.
func NewBreakers() *Breakers { return &Breakers{by: map[string]*breaker{}} }

// Ready reports whether a call may be made now, else for how long it has to wait.
func (b *Breakers) Ready(name string, now time.Time) (wait time.Duration, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	x := b.by[name]
	if x == nil || x.failed < mostFailures {
		return 0, true
	}
	if !now.Before(x.probe) {
		x.probe, x.held = now.Add(Hold), 0
		return 0, true
	}
	x.held++
	return Hold + time.Duration(x.held)*holdSpread, false
}

// Done counts the result of a call and reports whether the breaker is open then.
func (b *Breakers) Done(name string, now time.Time, failed bool) (open bool) {
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
	x.probe = now.Add(Hold)
	return x.failed >= mostFailures
}

// shrink makes room: a forgotten breaker opens again after a few failures.
func (b *Breakers) shrink(now time.Time) {
	if len(b.by) < mostBreakers {
		return
	}
	for name, x := range b.by {
		if now.After(x.probe) || len(b.by) >= mostBreakers {
			delete(b.by, name)
		}
	}
}
