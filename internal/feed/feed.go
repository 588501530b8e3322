// Package feed reports, within one process, the new events of tenants' tickets. It reads new events
// while somebody listens: once for all listeners of all tenants, and not at all when there are
// none.
package feed

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
)

const (
	pageLimit = 1000        // events of one look
	keptFor   = time.Minute // how long the place of the last look is of use when nobody listens
)

// Feed looks for the events of a desk's tenants. It is for many goroutines.
type Feed struct {
	owner  *background.Group
	source helpdesk.EventStreamer
	poll   time.Duration
	clock  helpdesk.Clock
	logger *slog.Logger
	soon   chan struct{} // asks for a look at once

	mu      sync.Mutex
	ears    map[helpdesk.TenantID]map[*ear]bool
	running bool
	place   string    // where the last look ended; empty before the first
	at      time.Time // when that was
}

type ear struct{ hear func(Look) }

// Look is what one look has found of a tenant.
type Look struct {
	From, Until string           // the places between which it looked; From is empty for a look at the present alone
	Events      []helpdesk.Event // in the order of the store; often none. Shared: not to be changed
	More        bool             // it has not come to the present: the next one follows at once
	Lost        bool             // the store does not know the place of the look before: the rest is empty
}

// New returns a Feed that looks every poll for events of the desk's tenants. It does nothing before
// somebody listens. Its goroutines belong to owner: after its Shutdown the Feed looks no more.
func New(owner *background.Group, desk *helpdesk.Desk, poll time.Duration, clock helpdesk.Clock, logger *slog.Logger) *Feed {
	source, ok := helpdesk.As[helpdesk.EventStreamer](desk.Store())
	if !ok {
		source = newScan(desk)
	}
	return &Feed{
		owner: owner, source: source, poll: poll, clock: clock, logger: logger,
		soon: make(chan struct{}, 1), ears: map[helpdesk.TenantID]map[*ear]bool{},
	}
}

// Listen calls hear after every look for the tenant's events, also when it found none, until stop
// is called. Each look goes on where the one before ended. The first one begins at once; it ends
// after the call of Listen, and may have begun before. One goroutine at a time calls hear, which
// has to return soon. A look that is under way may call it once more after stop.
func (f *Feed) Listen(tenant helpdesk.TenantID, hear func(Look)) (stop func()) {
	e := &ear{hear}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ears[tenant] == nil {
		f.ears[tenant] = map[*ear]bool{}
	}
	f.ears[tenant][e] = true
	if !f.running {
		if f.clock.Now().Sub(f.at) > keptFor { // else a page that follows another at once would miss what happens between them
			f.place = ""
		}
		f.running = f.owner.Go(f.watch)
	}
	f.hurry()
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if delete(f.ears[tenant], e); len(f.ears[tenant]) == 0 {
			delete(f.ears, tenant)
		}
		if len(f.ears) == 0 {
			f.hurry() // to its end
		}
	}
}

// hurry asks for a look at once.
func (f *Feed) hurry() {
	select {
	case f.soon <- struct{}{}:
	default:
	}
}

// watch looks for events until the last listener is gone.
func (f *Feed) watch() {
	tick := time.NewTicker(f.poll)
	defer tick.Stop()
	for {
		select {
		case <-f.owner.Live().Done():
			return
		case <-f.soon:
		case <-tick.C:
		}
		if !f.look(f.owner.Live()) {
			return
		}
	}
}

// look looks once for all who listen. It returns false when nobody does.
func (f *Feed) look(ctx context.Context) bool {
	f.mu.Lock()
	if f.running = len(f.ears) > 0; !f.running {
		f.mu.Unlock()
		return false
	}
	from := f.place
	ears := map[helpdesk.TenantID][]*ear{} // those who come during the look hear the next one
	for tenant, all := range f.ears {
		ears[tenant] = slices.Collect(maps.Keys(all))
	}
	f.mu.Unlock()

	page, err := f.source.EventsAfter(ctx, helpdesk.StreamQuery{After: from, Tenants: slices.Collect(maps.Keys(ears)), Limit: pageLimit})
	lost := from != "" && errors.Is(err, helpdesk.ErrInvalid)
	if err != nil {
		if ctx.Err() == nil {
			f.logger.WarnContext(ctx, "feed: look for events", "error", err)
		}
		if !lost {
			return true // the next look begins where this one did
		}
		from = ""
		f.hurry()
	}
	f.keep(page.Next)
	found := byTenant(page.Events)
	for tenant, all := range ears {
		for _, e := range all { // called without the lock: who hears may hold one of its own, and stop under it
			if f.has(tenant, e) {
				e.hear(Look{From: from, Until: page.Next, Events: found[tenant], More: page.More, Lost: lost})
			}
		}
	}
	if page.More {
		f.hurry()
	}
	return true
}

func (f *Feed) keep(place string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.place, f.at = place, f.clock.Now()
}

func (f *Feed) has(tenant helpdesk.TenantID, e *ear) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ears[tenant][e]
}

// byTenant sorts events that change something by tenant.
func byTenant(events []helpdesk.StreamEvent) map[helpdesk.TenantID][]helpdesk.Event {
	found := map[helpdesk.TenantID][]helpdesk.Event{}
	for _, e := range events {
		if e.Event.Type != helpdesk.EventRead {
			found[e.Tenant] = append(found[e.Tenant], e.Event)
		}
	}
	return found
}

// Again looks for the events of a tenant between two places that looks have named: with More it
// ends before the second one. Between the places of one look it finds what that look found. It
// returns ErrInvalid when the store does not know a place.
func (f *Feed) Again(ctx context.Context, tenant helpdesk.TenantID, from, until string) (Look, error) {
	page, err := f.source.EventsAfter(ctx, helpdesk.StreamQuery{After: from, Until: until, Tenants: []helpdesk.TenantID{tenant}, Limit: pageLimit})
	return Look{From: from, Until: page.Next, Events: byTenant(page.Events)[tenant], More: page.More}, err
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
