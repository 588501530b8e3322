package classify

import (
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// breaker stops calls of a model that refused the key, or failed many requests in a row. After a
// time it is half open: one request goes through, and its outcome closes the breaker or opens it
// again.
type breaker struct {
	clock  helpdesk.Clock
	most   int           // failed requests in a row that open it; 0 means any number
	cool   time.Duration // time that it stays open then
	denied time.Duration // the same after a refused key or quota

	mu     sync.Mutex
	failed int       // requests in a row
	until  time.Time // zero when closed
	trying bool      // the one request of a half open breaker is in progress
	cause  error     // what opened it
}

// shut returns the Failure of a request while the breaker is open, or nil.
func (b *breaker) shut() *Failure {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.shutLocked()
}

func (b *breaker) shutLocked() *Failure {
	if b.until.IsZero() {
		return nil
	}
	left := b.until.Sub(b.clock.Now())
	if left <= 0 && !b.trying {
		return nil
	}
	return &Failure{Kind: Open, After: max(0, left), Err: b.cause}
}

// enter begins a request. The caller ends a permitted one with leave.
func (b *breaker) enter() (alone bool, f *Failure) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if f := b.shutLocked(); f != nil {
		return false, f
	}
	b.trying = !b.until.IsZero()
	return b.trying, nil
}

// verdict is what a request shows about the model behind the breaker.
type verdict int

const (
	nothing verdict = iota // it ended for other reasons, or panicked
	alive                  // the model answered, well or badly
	failing                // the model did not answer any try
	refusing
)

// leave ends a request. It returns whether that opened the breaker.
func (b *breaker) leave(alone bool, v verdict, cause error, wait time.Duration) (opened bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if alone {
		b.trying = false
	}
	switch v {
	case alive:
		b.failed, b.until, b.cause = 0, time.Time{}, nil
		return false
	case failing:
		b.failed++
		if !alone && (b.most == 0 || b.failed < b.most) {
			return false
		}
		// Respect the wait that the server asks for, but not without a limit.
		wait = max(b.cool, min(wait, b.denied))
	case refusing:
		wait = b.denied
	default:
		return false
	}
	if until := b.clock.Now().Add(wait); until.After(b.until) {
		b.until = until
	}
	b.failed, b.cause = 0, cause
	return true
}
