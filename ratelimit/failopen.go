package ratelimit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// patience is how long a Take of a FailOpen lasts at most.
const patience = time.Second

// mostAtOnce is the greatest number of calls of the inner Limiter at once. Calls that never return
// hold a goroutine each, and there are no more of these.
const mostAtOnce = 1000

// FailOpen returns a Limiter that allows an event when l returns an error or panics, or does not
// return within a second. The context that l gets ends then. A desk without limits is better than
// one that answers nobody. While 1,000 calls of l have not returned, further events are allowed
// without asking l. FailOpen logs one failure a minute. Packages httpapi, webui and email do this
// with the Limiter that they are given.
func FailOpen(l Limiter, clock helpdesk.Clock, logger *slog.Logger) Limiter {
	if _, ok := l.(*memory); ok {
		return l // it never fails
	}
	return &failOpen{inner: l, clock: clock, logger: logger, slots: make(chan struct{}, mostAtOnce)}
}

type failOpen struct {
	inner  Limiter
	clock  helpdesk.Clock
	logger *slog.Logger
	slots  chan struct{} // one for each call of inner

	mu     sync.Mutex
	logged time.Time
}

// Unwrap returns the Limiter that may fail.
func (f *failOpen) Unwrap() Limiter { return f.inner }

// Take implements Limiter.
func (f *failOpen) Take(ctx context.Context, key string, rate Rate) (time.Duration, error) {
	wait, err := f.ask(ctx, key, rate)
	if err == nil {
		return wait, nil
	}
	if ctx.Err() == nil && f.tell() { // else the caller has gone
		f.logger.ErrorContext(ctx, "helpdesk: rate limits do not work: requests are let through", "error", err)
	}
	return 0, nil
}

var errCrowded = errors.New("earlier calls of the Limiter have not returned")

// ask calls the inner Limiter in a goroutine of its own, since it may ignore its context.
func (f *failOpen) ask(ctx context.Context, key string, rate Rate) (time.Duration, error) {
	select {
	case f.slots <- struct{}{}:
	default:
		return 0, errCrowded
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	type answer struct {
		wait time.Duration
		err  error
	}
	given := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a = answer{err: fmt.Errorf("the Limiter panicked: %v", p)}
			}
			<-f.slots
			given <- a
		}()
		a.wait, a.err = f.inner.Take(ctx, key, rate)
	}()
	select {
	case a := <-given:
		return a.wait, a.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// tell reports whether the last error was logged a minute ago.
func (f *failOpen) tell() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.clock.Now()
	if !f.logged.IsZero() && now.Sub(f.logged).Abs() < time.Minute {
		return false
	}
	f.logged = now
	return true
}
