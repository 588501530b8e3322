// Package gather hands on values as they come, those that come meanwhile together.
package gather

import "sync"

// Gatherer hands values to a function, one call at a time. Add is for many goroutines.
type Gatherer[T any] struct {
	done chan struct{}

	mu      sync.Mutex
	changed *sync.Cond
	waiting []T
	ended   bool
}

// New returns a Gatherer for take, which a goroutine of its own calls until End.
func New[T any](take func(some []T)) *Gatherer[T] {
	g := &Gatherer[T]{done: make(chan struct{})}
	g.changed = sync.NewCond(&g.mu)
	go g.run(take)
	return g
}

// Add has a value taken soon.
func (g *Gatherer[T]) Add(v T) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, v)
	g.changed.Signal()
}

// End returns when all values are taken. No Add may follow.
func (g *Gatherer[T]) End() {
	g.mu.Lock()
	g.ended = true
	g.changed.Signal()
	g.mu.Unlock()
	<-g.done
}

func (g *Gatherer[T]) run(take func(some []T)) {
	defer close(g.done)
	for {
		g.mu.Lock()
		for len(g.waiting) == 0 && !g.ended {
			g.changed.Wait()
		}
		some := g.waiting
		g.waiting = nil
		g.mu.Unlock()
		if len(some) == 0 {
			return
		}
		take(some)
	}
}
