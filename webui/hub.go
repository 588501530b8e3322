package webui

import (
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
	"github.com/helpdesk-go/helpdesk/internal/feed"
	"github.com/helpdesk-go/helpdesk/internal/lru"
)

// hub tells open pages about changes, and about other viewers of the same ticket. It listens to a
// tenant while somebody of that tenant has a page open, once for all of them, and ends when the
// last page is closed.
type hub struct {
	feed   *feed.Feed
	clock  helpdesk.Clock
	owner  *background.Group
	desk   *helpdesk.Desk
	logger *slog.Logger

	mu      sync.Mutex
	tenants map[helpdesk.TenantID]*room
	changed *lru.Cache[helpdesk.TenantID, int] // the number of the last change that is known
	number  int                                // of the last change of any tenant
}

// room is the open pages of one tenant.
type room struct {
	pages map[*listener]bool
	stop  func()

	count    time.Time     // when the unread notices are counted next; zero: not before something happens
	gap      time.Duration // until the count after that
	counting bool
}

// listener is one open page.
type listener struct {
	ticket helpdesk.TicketID // the ticket it shows; empty for a list
	who    string
	agent  helpdesk.AgentID // whose notices it counts
	writes time.Time        // until when its viewer counts as writing
	news   chan struct{}

	changed map[helpdesk.TicketID]bool // since it was last told; guarded by the hub's lock
	others  []string                   // who else looks at the ticket
	writing []string                   // who of these writes
	told    string
	unread  int // notices of its agent; -1 before the first count
	rung    int // what it was told of them
}

func newHub(owner *background.Group, desk *helpdesk.Desk, poll time.Duration, clock helpdesk.Clock, logger *slog.Logger) *hub {
	return &hub{feed: feed.New(owner, desk, poll, clock, logger), clock: clock, owner: owner, desk: desk, logger: logger, tenants: map[helpdesk.TenantID]*room{}, changed: lru.New[helpdesk.TenantID, int](changedBytes)}
}

// open adds a page. The result takes it out again.
func (h *hub) open(tenant helpdesk.TenantID, l *listener) (closed func()) {
	l.news, l.changed, l.unread, l.rung = make(chan struct{}, 1), map[helpdesk.TicketID]bool{}, -1, -1
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.tenants[tenant]
	if r == nil {
		r = &room{pages: map[*listener]bool{}}
		h.tenants[tenant] = r
		r.stop = h.feed.Listen(tenant, func(look feed.Look) { h.tell(tenant, r, look.Events) })
	}
	r.pages[l] = true
	r.soon(h.clock.Now())
	h.meet(r, l.ticket)
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(r.pages, l)
		h.meet(r, l.ticket)
		if len(r.pages) == 0 {
			r.stop()
			delete(h.tenants, tenant)
		}
	}
}

// meet tells the viewers of a ticket of each other. The lock is held.
func (h *hub) meet(r *room, ticket helpdesk.TicketID) {
	if ticket == "" {
		return
	}
	now := h.clock.Now()
	for l := range r.pages {
		if l.ticket != ticket {
			continue
		}
		l.others, l.writing = nil, nil
		for o := range r.pages {
			if o.ticket != ticket || o.who == l.who {
				continue
			}
			if !slices.Contains(l.others, o.who) {
				l.others = append(l.others, o.who)
			}
			if o.writes.After(now) && !slices.Contains(l.writing, o.who) {
				l.writing = append(l.writing, o.who)
			}
		}
		slices.Sort(l.others)
		slices.Sort(l.writing)
		l.wake()
	}
}

func (l *listener) wake() {
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// writes notes that somebody writes on a ticket.
func (h *hub) writes(tenant helpdesk.TenantID, ticket helpdesk.TicketID, who string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.tenants[tenant]
	if r == nil {
		return
	}
	for l := range r.pages {
		if l.ticket == ticket && l.who == who {
			l.writes = h.clock.Now().Add(writingFor)
		}
	}
	h.meet(r, ticket)
}

// writingFor is how long somebody counts as writing after the last key.
const writingFor = 10 * time.Second

// tell passes changes on to the pages that show them.
func (h *hub) tell(tenant helpdesk.TenantID, r *room, events []helpdesk.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(events) > 0 {
		h.next(tenant)
	}
	now := h.clock.Now()
	if len(events) > 0 {
		r.soon(now)
	}
	h.countUnread(tenant, r, now)
	for l := range r.pages {
		if !l.writes.IsZero() && !l.writes.After(now) { // has stopped writing
			l.writes = time.Time{}
			h.meet(r, l.ticket)
		}
	}
	for l := range r.pages {
		for _, e := range events {
			if l.ticket == "" || l.ticket == e.Ticket {
				l.changed[e.Ticket] = true
				l.wake()
			}
		}
	}
}

// change notes that a page of this process changes something.
func (h *hub) change(tenant helpdesk.TenantID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next(tenant)
}

// next gives a change of a tenant its number. The lock is held.
func (h *hub) next(tenant helpdesk.TenantID) int {
	h.number++
	h.changed.Put(tenant, h.number, 0)
	return h.number
}

// changedBytes is room for the numbers of some 15,000 tenants. One that was pushed out gets a new
// number, as after a change.
const changedBytes = 4 << 20

// changes is another number after each change that is known.
func (h *hub) changes(tenant helpdesk.TenantID) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n, ok := h.changed.Get(tenant); ok {
		return n
	}
	return h.next(tenant)
}

// take returns what a page has to be told, and forgets it.
func (h *hub) take(l *listener) (changed []helpdesk.TicketID, others, writing []string, unread int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id := range l.changed {
		changed = append(changed, id)
	}
	clear(l.changed)
	slices.Sort(changed)
	return changed, l.others, l.writing, l.unread
}

// countFor is how long after an event notices are looked for. A notice is kept when its delivery
// ends, which is mostly a moment after its event. A later one is on the next page that the viewer
// loads.
const countFor = 30 * time.Second

// soon has the unread notices counted at the next look. The lock is held.
func (r *room) soon(now time.Time) { r.count, r.gap = now, time.Second }

// noticed has them counted after a page of this process has read some.
func (h *hub) noticed(tenant helpdesk.TenantID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.tenants[tenant]; r != nil {
		r.soon(h.clock.Now())
	}
}

// countUnread counts the unread notices of all agents with an open page in one query, if it is
// time, and at growing gaps again. The lock is held.
func (h *hub) countUnread(tenant helpdesk.TenantID, r *room, now time.Time) {
	if r.counting || r.count.IsZero() || r.count.After(now) {
		return
	}
	var agents []helpdesk.AgentID
	for l := range r.pages {
		if l.agent != "" && !slices.Contains(agents, l.agent) {
			agents = append(agents, l.agent)
		}
	}
	if r.count, r.gap = now.Add(r.gap), 2*r.gap; r.gap > countFor {
		r.count = time.Time{}
	}
	if len(agents) == 0 {
		return
	}
	r.counting = h.owner.Go(func() {
		ctx := h.owner.Live()
		unread, err := h.desk.ForTenant(tenant).As(helpdesk.Actor{}).UnreadNotices(ctx, agents...)
		if err != nil && ctx.Err() == nil {
			h.logger.WarnContext(ctx, "webui: count notices", "error", err)
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		r.counting = false
		for l := range r.pages {
			if err == nil && slices.Contains(agents, l.agent) && l.unread != unread[l.agent] {
				l.unread = unread[l.agent]
				l.wake()
			}
		}
	})
}
