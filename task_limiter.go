package helpdesk

import (
	"context"
	"sync"
)

// taskLimiter counts the tasks that a desk has in hand, up to most, and their tenants.
type taskLimiter struct {
	most int
	mu   sync.Mutex
	used int
	by   map[TenantID]int // no zeros
	free *sync.Cond
}

func newTaskLimiter(most int) *taskLimiter {
	r := &taskLimiter{most: most, by: map[TenantID]int{}}
	r.free = sync.NewCond(&r.mu)
	return r
}

// take takes places for n tasks of a tenant, or for fewer. No tenant gets more than it leaves to
// the others, plus one: a tenant with slow servers leaves half of the places, two leave a third,
// and so on. With wait it waits until all n are free, whatever others hold; its error is that of
// ctx.
func (r *taskLimiter) take(ctx context.Context, tenant TenantID, n int, wait bool) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !wait {
		n = min(n, max(0, (r.most-r.used-r.by[tenant]+1)/2))
	}
	if r.used+n > r.most {
		defer context.AfterFunc(ctx, r.wake)()
	}
	for r.used+n > r.most {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		r.free.Wait()
	}
	if n > 0 {
		r.used, r.by[tenant] = r.used+n, r.by[tenant]+n
	}
	return n, nil
}

// wake makes waiting callers check again.
func (r *taskLimiter) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free.Broadcast()
}

func (r *taskLimiter) give(tenant TenantID, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.used, r.by[tenant] = r.used-n, r.by[tenant]-n; r.by[tenant] == 0 {
		delete(r.by, tenant)
	}
	r.free.Broadcast()
}
