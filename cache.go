package helpdesk

import "time"

// settingAge is the age at which a desk looks for a newer version of a tenant's setting.
const settingAge = time.Second

// The most bytes of the caches of one New: of documents that tenants have saved, and of a few words
// on each tenant, of which these are some 30,000.
const (
	documentBytes = 32 << 20
	wordBytes     = 8 << 20
)

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
	add("SLA", d.slas.current.Size)
	add("SLA versions", d.slas.old.Size)
	add("priority rules", d.rules.Size)
	add("model versions", d.models.Size)
	add("suggested replies", d.outcomes.Size)
	add("spent budgets", d.budget.Size)
	add("priority lifts", d.lifts.used.Size)
	if l, ok := d.cfg.Learner.(interface{ CacheSizes() []CacheSize }); ok {
		sizes = append(sizes, l.CacheSizes()...)
	}
	return sizes
}
