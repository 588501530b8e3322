package helpdesk

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/lru"
	"github.com/helpdesk-go/helpdesk/internal/mailbox"
)

// Priority rules raise the tickets of one customer only so often a day: see Config.PriorityLifts.
// Each ticket that they raise uses up one of the customer's once keys of the day, the first, the
// second and so on. So the limit holds over all processes, and no row is shared by the customers of
// a tenant.

// onceLift is the scope of these keys. A key holds the customer only as a hash, because it outlives
// an erasure.
const onceLift = "lift"

// liftPlace is a place among the tickets of one customer and day that priority rules have raised.
type liftPlace struct {
	customer string // as a hash, with the tenant and the day; empty: the ticket needs no place
	day      string
	n        int // from 0
}

// mayLift reports whether priority rules may raise the ticket. A new ticket takes the next place of
// its customer, unless an agent, a lead or an admin opens it. For any other ticket the decision at
// its opening stands: it was limited, or its rules have changed since.
func (x *draft) mayLift(ctx context.Context) bool {
	switch {
	case x.cfg.PriorityLifts < 0 || x.t.Customer.Email == "":
		return true
	case x.before != nil:
		return !x.wasLimited(ctx)
	case x.by.Role != RoleCustomer && x.by.Role != RoleSystem:
		return true
	}
	day := x.now.Format(time.DateOnly)
	l := liftPlace{nameOf(string(x.tenant), mailbox.Of(x.t.Customer.Email), day), day, 0}
	l.n = x.lifts.next(l)
	if l.n >= x.cfg.PriorityLifts {
		return false
	}
	x.raised = l
	x.once(onceLift, l.customer+"/"+strconv.Itoa(l.n))
	return true
}

// wasLimited reports whether the limit has held the ticket down before. In doubt it has not.
func (x *draft) wasLimited(ctx context.Context) bool {
	th, err := x.store.Thread(ctx, x.tenant, x.t.ID)
	if err != nil {
		x.cfg.Logger.ErrorContext(ctx, "helpdesk: priority rules", "tenant", x.tenant, "ticket", x.t.ID, "error", err)
		return false
	}
	return slices.ContainsFunc(th.Events, func(e Event) bool {
		var o OverrideData
		return e.Type == EventOverride && json.Unmarshal(e.Data, &o) == nil && o.Limited != 0
	})
}

// liftMemory is what this process knows of places that are taken, so that it does not try them
// again: the number of places, by the hash of customer and day. A place that it does not know is
// found taken at the commit.
type liftMemory struct {
	mu   sync.Mutex // of an addition
	used *lru.Cache[string, int]
}

func newLiftMemory() *liftMemory { return &liftMemory{used: lru.New[string, int](wordBytes)} }

// next returns the first place of the customer of l that may be free.
func (m *liftMemory) next(l liftPlace) int {
	n, _ := m.used.Get(l.customer)
	return n
}

// taken records that a place is taken, and all before it.
func (m *liftMemory) taken(l liftPlace) {
	if l.customer == "" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used.Put(l.customer, max(m.next(l), l.n+1), int64(len(l.customer)))
}
