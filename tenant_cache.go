package helpdesk

import (
	"cmp"
	"sync"
	"time"
)

// The age at which a desk looks for a newer version of a tenant's setting, and the most tenants in
// a cache. A full cache starts empty again.
const (
	tenantCacheAge  = time.Second
	tenantCacheSize = 1000
)

// tenantCache keeps values that were read for a tenant a moment ago, for all desks of one New.
type tenantCache[T any] struct {
	age time.Duration // at which a value is too old; 0 means tenantCacheAge
	mu  sync.Mutex
	of  map[TenantID]reading[T]
}

type reading[T any] struct {
	value T
	at    time.Time
}

func (r *tenantCache[T]) put(tenant TenantID, value T, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of == nil || len(r.of) >= tenantCacheSize {
		r.of = map[TenantID]reading[T]{}
	}
	r.of[tenant] = reading[T]{value, now}
}

// get returns the value last put, unless it is too old.
func (r *tenantCache[T]) get(tenant TenantID, now time.Time) (value T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	was, ok := r.of[tenant]
	if ok = ok && !now.Before(was.at) && now.Sub(was.at) < cmp.Or(r.age, tenantCacheAge); ok {
		value = was.value
	}
	return value, ok
}

// last returns the value last put, however old.
func (r *tenantCache[T]) last(tenant TenantID) (value T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	was, ok := r.of[tenant]
	return was.value, ok
}

func (r *tenantCache[T]) forget(tenant TenantID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.of, tenant)
}
