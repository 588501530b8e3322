package feed

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"time"
	"weak"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
)

// eye looks for the events of a store's tenants.
type eye struct {
	source helpdesk.EventStreamer
	clock  helpdesk.Clock
	logger *slog.Logger
	soon   chan struct{} // asks for a look at once

	mu      sync.Mutex
	ears    map[helpdesk.TenantID]map[*ear]bool
	running bool
	place   string    // where the last look ended; empty before the first
	at      time.Time // when that was
}

type ear struct {
	feed *Feed
	hear func(Look)
}

// eyes are those of the process by store, without keeping them from being collected.
var eyes = struct {
	sync.Mutex
	of map[helpdesk.Store]weak.Pointer[eye]
}{of: map[helpdesk.Store]weak.Pointer[eye]{}}

// eyeOf returns the eye of a desk's store, a new one when there is none.
func eyeOf(desk *helpdesk.Desk, clock helpdesk.Clock, logger *slog.Logger) *eye {
	store := desk.Store()
	eyes.Lock()
	defer eyes.Unlock()
	shared := reflect.ValueOf(store).Comparable()
	if shared {
		if e := eyes.of[store].Value(); e != nil {
			return e
		}
	}
	source, ok := helpdesk.As[helpdesk.EventStreamer](store)
	if !ok {
		source = newScan(desk)
	}
	e := &eye{source: source, clock: clock, logger: logger, soon: make(chan struct{}, 1), ears: map[helpdesk.TenantID]map[*ear]bool{}}
	if shared {
		eyes.of[store] = weak.Make(e)
		runtime.AddCleanup(e, forget, store)
	}
	return e
}

// forget removes the eye of a store that is gone, unless it has a new one.
func forget(store helpdesk.Store) {
	eyes.Lock()
	defer eyes.Unlock()
	if eyes.of[store].Value() == nil {
		delete(eyes.of, store)
	}
}

// hurry asks for a look at once.
func (e *eye) hurry() {
	select {
	case e.soon <- struct{}{}:
	default:
	}
}

// start looks with a goroutine of somebody who listens. The lock is held.
func (e *eye) start() {
	for _, all := range e.ears {
		for ear := range all {
			if e.running = ear.feed.owner.Go(func() { e.watch(ear.feed.owner) }); e.running {
				return
			}
		}
	}
}

// watch looks for events until the last listener or the owner of the goroutine is gone. In the
// second case another owner goes on.
func (e *eye) watch(owner *background.Group) {
	for {
		next := time.NewTimer(e.wait())
		select {
		case <-owner.Live().Done():
			e.handOver(owner)
			return
		case <-e.soon:
		case <-next.C:
		}
		if next.Stop(); !e.look(owner.Live()) {
			return
		}
	}
}

// wait is the time to the next look: the shortest that somebody who listens asks for.
func (e *eye) wait() time.Duration {
	e.mu.Lock()
	defer e.mu.Unlock()
	wait := time.Minute
	for _, all := range e.ears {
		for ear := range all {
			wait = min(wait, ear.feed.poll)
		}
	}
	return wait
}

// handOver lets those go who listen for an owner that ends, and has another one look.
func (e *eye) handOver(owner *background.Group) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for tenant, all := range e.ears {
		maps.DeleteFunc(all, func(ear *ear, _ bool) bool { return ear.feed.owner == owner })
		if len(all) == 0 {
			delete(e.ears, tenant)
		}
	}
	e.running = false
	e.start()
	e.hurry()
}

// look looks once for all who listen. It returns false when nobody does.
func (e *eye) look(ctx context.Context) bool {
	e.mu.Lock()
	if e.running = len(e.ears) > 0; !e.running {
		e.mu.Unlock()
		return false
	}
	from := e.place
	ears := map[helpdesk.TenantID][]*ear{} // those who come during the look hear the next one
	for tenant, all := range e.ears {
		ears[tenant] = slices.Collect(maps.Keys(all))
	}
	e.mu.Unlock()

	page, err := e.source.EventsAfter(ctx, helpdesk.StreamQuery{After: from, Tenants: slices.Collect(maps.Keys(ears)), Limit: pageLimit})
	lost := from != "" && errors.Is(err, helpdesk.ErrInvalid)
	if err != nil {
		if ctx.Err() == nil {
			e.logger.WarnContext(ctx, "feed: look for events", "error", err)
		}
		if !lost {
			return true // the next look begins where this one did
		}
		from = ""
		e.hurry()
	}
	e.keep(page.Next)
	found := byTenant(page.Events)
	for tenant, all := range ears {
		for _, o := range all { // called without the lock: who hears may hold one of its own, and stop under it
			if e.has(tenant, o) {
				o.hear(Look{From: from, Until: page.Next, Events: found[tenant], More: page.More, Lost: lost})
			}
		}
	}
	if page.More {
		e.hurry()
	}
	return true
}

func (e *eye) keep(place string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.place, e.at = place, e.clock.Now()
}

func (e *eye) has(tenant helpdesk.TenantID, o *ear) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ears[tenant][o]
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
