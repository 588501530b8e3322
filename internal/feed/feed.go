// Package feed reports, within one process, the events of a tenant's tickets. It reads new events
// while somebody listens: once for all listeners, and not at all when there are none.
package feed

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
)

// Overlap is how far back each look begins. So it also sees an event that was committed late, or by
// a machine whose clock is behind. An event that comes later than Overlap is not reported.
const Overlap = 15 * time.Second

// Feed looks for the events of a desk's tenants. It is for many goroutines.
type Feed struct {
	owner  *background.Group
	desk   *helpdesk.Desk
	poll   time.Duration
	clock  helpdesk.Clock
	logger *slog.Logger

	mu      sync.Mutex
	tenants map[helpdesk.TenantID]*audience
}

// audience is those who listen to one tenant.
type audience struct {
	ears map[*ear]bool
	stop context.CancelFunc
}

type ear struct{ hear func(Look) }

// Look is what one look has found.
type Look struct {
	At     time.Time        // when it began, by the Feed's clock
	Events []helpdesk.Event // not told before, in the order of the store; often none. Shared: not to be changed
}

// New returns a Feed that looks every poll for events of the desk's tenants, acting for the host.
// It does nothing before somebody listens. Its goroutines belong to owner: after its Shutdown the
// Feed looks no more.
func New(owner *background.Group, desk *helpdesk.Desk, poll time.Duration, clock helpdesk.Clock, logger *slog.Logger) *Feed {
	return &Feed{owner: owner, desk: desk.As(helpdesk.Actor{}), poll: poll, clock: clock, logger: logger, tenants: map[helpdesk.TenantID]*audience{}}
}

// Listen calls hear after every look for the tenant's events, also when it found none, until stop
// is called. The first looks report the events since [Overlap] before the first listener came. One
// goroutine at a time calls hear, which has to return soon. A look that is under way may call it
// once more after stop.
func (f *Feed) Listen(tenant helpdesk.TenantID, hear func(Look)) (stop func()) {
	e := &ear{hear}
	f.mu.Lock()
	defer f.mu.Unlock()
	a := f.tenants[tenant]
	if a == nil {
		ctx, stop := context.WithCancel(f.owner.Live())
		a = &audience{ears: map[*ear]bool{}, stop: stop}
		f.tenants[tenant] = a
		since := f.clock.Now()
		f.owner.Go(func() { f.watch(ctx, tenant, a, since) })
	}
	a.ears[e] = true
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(a.ears, e)
		if len(a.ears) == 0 && f.tenants[tenant] == a {
			a.stop()
			delete(f.tenants, tenant)
		}
	}
}

// watch looks for events until the last listener is gone.
func (f *Feed) watch(ctx context.Context, tenant helpdesk.TenantID, a *audience, since time.Time) {
	tick := time.NewTicker(f.poll)
	defer tick.Stop()
	desk := f.desk.ForTenant(tenant)
	seen := map[string]time.Time{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		look := Look{At: f.clock.Now()}
		failed := false
		for e, err := range desk.Events(ctx, since.Add(-Overlap)) {
			if err != nil {
				if failed = true; ctx.Err() == nil {
					f.logger.WarnContext(ctx, "feed: look for events", "tenant", tenant, "error", err)
				}
				break
			}
			if _, old := seen[e.ID]; !old {
				seen[e.ID] = look.At
				look.Events = append(look.Events, e)
			}
		}
		if failed { // the next look begins where this one did, else an outage longer than the overlap would lose events
			look.At = since
		}
		since = look.At
		for id, at := range seen {
			if since.Sub(at) > 4*Overlap {
				delete(seen, id)
			}
		}
		f.tell(a, look)
	}
}

// Seen returns the events of tickets that the actor of a desk may see now, in their order. A
// listener who is restricted to some tickets passes what it hears through it, outside of hear.
func Seen(ctx context.Context, desk *helpdesk.Desk, events []helpdesk.Event) ([]helpdesk.Event, error) {
	ids := make([]helpdesk.TicketID, len(events))
	for i, e := range events {
		ids[i] = e.Ticket
	}
	seen, err := SeenTickets(ctx, desk, ids)
	return slices.DeleteFunc(events, func(e helpdesk.Event) bool { return !slices.Contains(seen, e.Ticket) }), err
}

// SeenTickets returns those of some tickets that the actor of a desk may see, sorted.
func SeenTickets(ctx context.Context, desk *helpdesk.Desk, ids []helpdesk.TicketID) (seen []helpdesk.TicketID, err error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for some := range slices.Chunk(ids, helpdesk.MaxLimit) {
		page, err := desk.Tickets(ctx, helpdesk.Query{IDs: some, Limit: len(some)})
		if err != nil {
			return nil, err
		}
		for _, t := range page.Tickets {
			seen = append(seen, t.ID)
		}
	}
	slices.Sort(seen)
	return seen, nil
}

// tell passes a look on to all who listen.
func (f *Feed) tell(a *audience, look Look) {
	f.mu.Lock()
	ears := slices.Collect(maps.Keys(a.ears)) // called without the lock: who hears may hold one of its own, and stop under it
	f.mu.Unlock()
	for _, e := range ears {
		e.hear(look)
	}
}
