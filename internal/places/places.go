// Package places shares out the places for work that waits for outside servers.
package places

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// Group is the work of one kind for one tenant.
type Group[K, T comparable] struct {
	Kind   K
	Tenant T
}

// Limiter counts the work in hand, up to a number for each kind. It is for many goroutines.
type Limiter[K, T comparable] struct {
	most  int
	mu    sync.Mutex
	kinds map[K]int           // no zeros
	by    map[Group[K, T]]int // no zeros
	free  *sync.Cond
}

// New returns a Limiter with most places for each kind.
func New[K, T comparable](most int) *Limiter[K, T] {
	r := &Limiter[K, T]{most: most, kinds: map[K]int{}, by: map[Group[K, T]]int{}}
	r.free = sync.NewCond(&r.mu)
	return r
}

// share is how much more work a group may have in hand. No tenant gets more than it leaves to the
// others, plus one: a tenant with slow servers leaves half of the places, two leave a third, and so
// on. The caller holds the mutex.
func (r *Limiter[K, T]) share(g Group[K, T]) int {
	return max(0, (r.most-r.kinds[g.Kind]-r.by[g]+1)/2)
}

// Take takes n places for a group, or fewer. With wait it waits until all n are free, whatever
// others hold; its error is that of ctx.
func (r *Limiter[K, T]) Take(ctx context.Context, g Group[K, T], n int, wait bool) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !wait {
		n = min(n, r.share(g))
	}
	if r.kinds[g.Kind]+n > r.most {
		defer context.AfterFunc(ctx, r.wake)()
	}
	for r.kinds[g.Kind]+n > r.most {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		r.free.Wait()
	}
	if n > 0 {
		r.kinds[g.Kind], r.by[g] = r.kinds[g.Kind]+n, r.by[g]+n
	}
	return n, nil
}

// Full returns the kinds without a free place, and at most so many groups with fewer than room
// places to take: those with the most work in hand. A group without work in hand is not full unless
// its kind is.
func (r *Limiter[K, T]) Full(room, most int) (kinds []K, groups []Group[K, T]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for kind, used := range r.kinds {
		if used >= r.most {
			kinds = append(kinds, kind)
		}
	}
	for g := range r.by {
		if r.share(g) < room {
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups, func(a, b Group[K, T]) int { return cmp.Compare(r.by[b], r.by[a]) })
	return kinds, groups[:min(len(groups), most)]
}

// wake makes waiting callers check again.
func (r *Limiter[K, T]) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free.Broadcast()
}

// Give gives places back.
func (r *Limiter[K, T]) Give(g Group[K, T], n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by[g] -= n; r.by[g] == 0 {
		delete(r.by, g)
	}
	if r.kinds[g.Kind] -= n; r.kinds[g.Kind] == 0 {
		delete(r.kinds, g.Kind)
	}
	r.free.Broadcast()
}
