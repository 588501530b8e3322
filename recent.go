package helpdesk

import (
	"sync"
	"time"
)

// How long a desk may work with a setting of a tenant before it looks for a newer version, and how many
// tenants' are kept. Beyond that all are read again.
const (
	recentAge  = time.Second
	mostRecent = 1000
)

// recent keeps what was read for a tenant a moment ago, for all desks of one New.
type recent[T any] struct {
	mu sync.Mutex
	of map[TenantID]reading[T]
}

type reading[T any] struct {
	value T
	at    time.Time
}

func (r *recent[T]) put(tenant TenantID, value T, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of == nil || len(r.of) >= mostRecent {
		r.of = map[TenantID]reading[T]{}
	}
	r.of[tenant] = reading[T]{value, now}
}

// get returns what was put, unless it is too old.
func (r *recent[T]) get(tenant TenantID, now time.Time) (value T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	was, ok := r.of[tenant]
	if ok = ok && !now.Before(was.at) && now.Sub(was.at) < recentAge; ok {
		value = was.value
	}
	return value, ok
}

// last returns what was put, however old.
func (r *recent[T]) last(tenant TenantID) (value T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	was, ok := r.of[tenant]
	return was.value, ok
}

func (r *recent[T]) forget(tenant TenantID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.of, tenant)
}
