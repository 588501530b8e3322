// Package background owns the goroutines that a handler starts, so that a host can end them and
// wait.
package background

import (
	"context"
	"sync"
)

// Group is a set of goroutines that end together. Many goroutines may use it.
type Group struct {
	live, work      context.Context
	endLive, endAll context.CancelFunc

	mu      sync.Mutex
	closed  bool // so that no goroutine is added while Shutdown waits
	running sync.WaitGroup
}

// New returns an empty Group.
func New() *Group {
	g := &Group{}
	g.work, g.endAll = context.WithCancel(context.Background())
	g.live, g.endLive = context.WithCancel(g.work)
	return g
}

// Live ends when Shutdown begins. It is for work whose result nobody waits for.
func (g *Group) Live() context.Context { return g.live }

// Work ends when Shutdown ends. It is for work whose result somebody waits for.
func (g *Group) Work() context.Context { return g.work }

// Go runs f in a new goroutine and returns true. After Shutdown has begun it returns false and f
// does not run. f must return soon after Live or Work has ended.
func (g *Group) Go(f func()) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.running.Go(f)
	return true
}

// Shutdown ends Live, waits until every goroutine of the group has returned, and ends Work. If ctx
// ends first, Shutdown ends Work at once and returns the error of ctx. A later call waits longer.
func (g *Group) Shutdown(ctx context.Context) error {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.endLive()
	defer g.endAll()
	done := make(chan struct{})
	go func() {
		g.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
