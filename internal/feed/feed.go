// Package feed reports, within one process, the new events of tenants' tickets. It reads new events
// while somebody listens: once for all listeners of all tenants, and not at all when there are
// none.
package feed

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
)

const (
	pageLimit = 1000        // events of one look
	keptFor   = time.Minute // how long the place of the last look is of use when nobody listens
)

// Feed is where the parts of a handler listen. All Feeds of a process with the same Store share
// their looks. It is for many goroutines.
type Feed struct {
	owner *background.Group
	poll  time.Duration
	*eye
}

// Look is what one look has found of a tenant.
type Look struct {
	From, Until string           // the places between which it looked; From is empty for a look at the present alone
	Events      []helpdesk.Event // in the order of the store; often none. Shared: not to be changed
	More        bool             // it has not come to the present: the next one follows at once
	Lost        bool             // the store does not know the place of the look before: the rest is empty
}

// New returns a Feed that looks every poll for events of the desk's tenants. It does nothing before
// somebody listens. After the Shutdown of owner nothing more is heard from it. The clock and the
// logger are those of the first Feed of a Store.
func New(owner *background.Group, desk *helpdesk.Desk, poll time.Duration, clock helpdesk.Clock, logger *slog.Logger) *Feed {
	return &Feed{owner: owner, poll: poll, eye: eyeOf(desk, clock, logger)}
}

// Listen calls hear after every look for the tenant's events, also when it found none, until stop
// is called. Each look goes on where the one before ended. The first one begins at once; it ends
// after the call of Listen, and may have begun before. One goroutine at a time calls hear, which
// has to return soon. A look that is under way may call it once more after stop.
func (f *Feed) Listen(tenant helpdesk.TenantID, hear func(Look)) (stop func()) {
	e := &ear{f, hear}
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
		f.start()
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
