package helpdesk

import (
	"cmp"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/lru"
)

// tenantCacheAge is the age at which a desk looks for a newer version of a tenant's setting.
const tenantCacheAge = time.Second

// The most bytes of the caches of one New: of documents that tenants have saved, and of a few words
// on each tenant, of which these are some 30,000.
const (
	documentBytes = 32 << 20
	wordBytes     = 8 << 20
)

// tenantCache keeps values that were read for a tenant a moment ago, for all desks of one New.
type tenantCache[T any] struct {
	age time.Duration // at which a value is too old
	of  *lru.Cache[TenantID, reading[T]]
}

type reading[T any] struct {
	value T
	at    time.Time
}

// newTenantCache returns a cache of at most so many bytes. An age of 0 means tenantCacheAge.
func newTenantCache[T any](bytes int64, age time.Duration) *tenantCache[T] {
	return &tenantCache[T]{cmp.Or(age, tenantCacheAge), lru.New[TenantID, reading[T]](bytes)}
}

// put keeps a value that takes so many bytes.
func (r *tenantCache[T]) put(tenant TenantID, value T, bytes int64, now time.Time) {
	r.of.Put(tenant, reading[T]{value, now}, bytes)
}

// get returns the value last put, unless it is too old.
func (r *tenantCache[T]) get(tenant TenantID, now time.Time) (value T, ok bool) {
	was, ok := r.of.Get(tenant)
	if ok = ok && !now.Before(was.at) && now.Sub(was.at) < r.age; ok {
		value = was.value
	}
	return value, ok
}

// last returns the value last put, however old.
func (r *tenantCache[T]) last(tenant TenantID) (value T, ok bool) {
	was, ok := r.of.Get(tenant)
	return was.value, ok
}

func (r *tenantCache[T]) forget(tenant TenantID) { r.of.Delete(tenant) }

// CacheSize is what a cache of this process holds.
type CacheSize struct {
	Name   string // such as "SLA"
	Values int    // of as many tenants, or several of a tenant
	Bytes  int64
}

// CacheSizes returns the sizes of the caches that all desks of one [New] share, in a fixed order,
// for the host's metrics. Config.Learner is among them if it has a method CacheSizes as well.
func (d *Desk) CacheSizes() []CacheSize {
	var sizes []CacheSize
	add := func(name string, size func() (int, int64)) {
		n, bytes := size()
		sizes = append(sizes, CacheSize{name, n, bytes})
	}
	add("SLA", d.slas.current.of.Size)
	add("SLA versions", d.slas.old.Size)
	add("priority rules", d.rules.of.Size)
	add("model versions", d.models.of.Size)
	add("suggested replies", d.outcomes.of.Size)
	add("spent budgets", d.budget.of.Size)
	add("priority lifts", d.lifts.used.Size)
	if l, ok := d.cfg.Learner.(interface{ CacheSizes() []CacheSize }); ok {
		sizes = append(sizes, l.CacheSizes()...)
	}
	return sizes
}
