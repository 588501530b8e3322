package helpdesk

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

// taskLimiter counts the tasks of slow kinds that a desk has in hand, up to most for each kind.
type taskLimiter struct {
	most  int
	mu    sync.Mutex
	kinds map[TaskKind]int  // no zeros
	by    map[TaskGroup]int // of one tenant each; no zeros
	free  *sync.Cond
}

func newTaskLimiter(most int) *taskLimiter {
	r := &taskLimiter{most: most, kinds: map[TaskKind]int{}, by: map[TaskGroup]int{}}
	r.free = sync.NewCond(&r.mu)
	return r
}

// share is how many more tasks a group may have in hand. No tenant gets more than it leaves to the
// others, plus one: a tenant with slow servers leaves half of the places, two leave a third, and so
// on. The caller holds the mutex.
func (r *taskLimiter) share(g TaskGroup) int {
	return max(0, (r.most-r.kinds[g.Kind]-r.by[g]+1)/2)
}

// take takes places for n tasks of a group, or for fewer. With wait it waits until all n are free,
// whatever others hold; its error is that of ctx.
func (r *taskLimiter) take(ctx context.Context, g TaskGroup, n int, wait bool) (int, error) {
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

// mostFull is how many groups a lease leaves out.
const mostFull = 100

// full returns the groups that have no room for a whole lease, so that no task is leased in vain
// again and again: of many, those with the most tasks in hand, since the Store reads each. A group
// without a task in hand is not full unless its kind is.
func (r *taskLimiter) full() (groups []TaskGroup) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for kind, used := range r.kinds {
		if used >= r.most {
			groups = append(groups, TaskGroup{Kind: kind, AllTenants: true})
		}
	}
	kinds := len(groups)
	for g := range r.by {
		if r.share(g) < leaseBatch {
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups[kinds:], func(a, b TaskGroup) int { return cmp.Compare(r.by[b], r.by[a]) })
	return groups[:min(len(groups), kinds+mostFull)]
}

// wake makes waiting callers check again.
func (r *taskLimiter) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free.Broadcast()
}

func (r *taskLimiter) give(g TaskGroup, n int) {
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
