package ratelimit

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// patience is how long a Take of a FailOpen lasts at most.
const patience = time.Second

// FailOpen returns a Limiter that allows an event when l returns an error. The context that l gets
// ends after a second, and l has to return then. FailOpen logs one such error a minute. A desk without
// limits is better than one that answers nobody. Packages httpapi, webui and email do this with the Limiter that they are given.
func FailOpen(l Limiter, clock helpdesk.Clock, logger *slog.Logger) Limiter {
	if _, ok := l.(*memory); ok {
		return l // it never fails
	}
	return &failOpen{inner: l, clock: clock, logger: logger}
}

type failOpen struct {
	inner  Limiter
	clock  helpdesk.Clock
	logger *slog.Logger

	mu     sync.Mutex
	logged time.Time
}

// Unwrap returns the Limiter that may fail.
func (f *failOpen) Unwrap() Limiter { return f.inner }

// Take implements Limiter.
func (f *failOpen) Take(ctx context.Context, key string, rate Rate) (time.Duration, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	wait, err := f.inner.Take(limited, key, rate)
	if err == nil {
		return wait, nil
	}
	if ctx.Err() == nil && f.tell() { // else the caller has gone
		f.logger.ErrorContext(ctx, "helpdesk: rate limits do not work: requests are let through", "error", err)
	}
	return 0, nil
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
