package helpdesk

import "sync"

// room counts what a desk has in hand, up to most, and for whom.
type room struct {
	most int
	mu   sync.Mutex
	used int
	by   map[TenantID]int // no zeros
	free *sync.Cond
}

func newRoom(most int) *room {
	r := &room{most: most, by: map[TenantID]int{}}
	r.free = sync.NewCond(&r.mu)
	return r
}

// take takes places for n tasks of a tenant, or for fewer: nobody gets more than are left for the others, one more at the
// most, so that slow tenants share the room and never have the last place. With wait it waits until there are n, whoever
// has the rest.
func (r *room) take(tenant TenantID, n int, wait bool) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !wait {
		n = min(n, max(0, (r.most-r.used-r.by[tenant]+1)/2))
	}
	for r.used+n > r.most {
		r.free.Wait()
	}
	if n > 0 {
		r.used, r.by[tenant] = r.used+n, r.by[tenant]+n
	}
	return n
}

func (r *room) give(tenant TenantID, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.used, r.by[tenant] = r.used-n, r.by[tenant]-n; r.by[tenant] == 0 {
		delete(r.by, tenant)
	}
	r.free.Broadcast()
}
