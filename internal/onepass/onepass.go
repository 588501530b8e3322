// Package onepass lets one caller of a process at a time go through a queue.
package onepass

import (
	"context"
	"sync"
)

// Passes are the passes through queues, each with a key. A caller that waited through a complete
// pass returns at once: that pass served it too. It is for many goroutines.
type Passes[K comparable] struct {
	mu     sync.Mutex
	queues map[K]*queue
}

// queue counts the passes through one queue. The caller whose token is in free makes the next pass;
// begun and done are numbers of passes.
type queue struct {
	users int
	free  chan struct{}
	begun int
	done  int // the last pass without an error
}

// New returns Passes of which none has begun.
func New[K comparable]() *Passes[K] { return &Passes[K]{queues: map[K]*queue{}} }

// Do returns after one complete pass that began after the call.
func (ps *Passes[K]) Do(ctx context.Context, key K, pass func() error) error {
	ps.mu.Lock()
	q := ps.enter(key)
	mine := q.begun + 1
	ps.mu.Unlock()
	defer ps.leave(key, q)
	select {
	case q.free <- struct{}{}:
		defer func() { <-q.free }()
	case <-ctx.Done():
		return ctx.Err()
	}
	ps.mu.Lock()
	if q.done >= mine {
		ps.mu.Unlock()
		return nil
	}
	q.begun++
	number := q.begun
	ps.mu.Unlock()
	err := pass()
	if err == nil {
		ps.mu.Lock()
		q.done = number
		ps.mu.Unlock()
	}
	return err
}

// Try begins passes through those of the queues that no caller goes through. The function it
// returns ends them; those named have been complete.
func (ps *Passes[K]) Try(keys []K) (free []K, end func(complete map[K]bool)) {
	passes := map[K]*queue{}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	for _, key := range keys {
		q := ps.enter(key)
		select {
		case q.free <- struct{}{}:
			q.begun++
			passes[key] = q
			free = append(free, key)
		default:
			ps.left(key, q)
		}
	}
	return free, func(complete map[K]bool) {
		ps.mu.Lock()
		defer ps.mu.Unlock()
		for key, q := range passes {
			if complete[key] {
				q.done = q.begun
			}
			<-q.free
			ps.left(key, q)
		}
	}
}

// enter counts a user of a queue. The caller holds mu, as that of left does.
func (ps *Passes[K]) enter(key K) *queue {
	q := ps.queues[key]
	if q == nil {
		q = &queue{free: make(chan struct{}, 1)}
		ps.queues[key] = q
	}
	q.users++
	return q
}

func (ps *Passes[K]) left(key K, q *queue) {
	if q.users--; q.users == 0 {
		delete(ps.queues, key)
	}
}

func (ps *Passes[K]) leave(key K, q *queue) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.left(key, q)
}
