// Package memstore keeps a desk in memory: for tests, and as the readable reference of
// what a helpdesk.Store is. Nothing survives the process.
package memstore

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Store is a helpdesk.Store in memory. One lock makes each call a transaction.
type Store struct {
	mu      sync.Mutex
	tenants map[helpdesk.TenantID]*tenant
	tasks   map[taskKey]helpdesk.Task
	leases  map[taskKey]time.Time // until when a task is leased
	token   int64                 // the last one given out
}

// tenant is everything that belongs to one tenant, tasks aside: those are leased across tenants.
type tenant struct {
	tickets  map[helpdesk.TicketID]*helpdesk.Ticket
	refs     map[string]helpdesk.TicketID
	messages []helpdesk.Message
	events   []helpdesk.Event
	loads    map[helpdesk.AgentID]int
	settings map[settingKey][]helpdesk.Setting // every version, oldest first
	once     map[helpdesk.OnceKey]helpdesk.TicketID
}

type taskKey struct {
	tenant helpdesk.TenantID
	kind   helpdesk.TaskKind
	key    string
}

type settingKey struct {
	kind helpdesk.SettingKind
	key  string
}

// New returns an empty Store.
func New() *Store {
	return &Store{
		tenants: map[helpdesk.TenantID]*tenant{},
		tasks:   map[taskKey]helpdesk.Task{},
		leases:  map[taskKey]time.Time{},
	}
}

// of returns the rows of a tenant.
func (s *Store) of(id helpdesk.TenantID) *tenant {
	if s.tenants[id] == nil {
		s.tenants[id] = &tenant{
			tickets:  map[helpdesk.TicketID]*helpdesk.Ticket{},
			refs:     map[string]helpdesk.TicketID{},
			loads:    map[helpdesk.AgentID]int{},
			settings: map[settingKey][]helpdesk.Setting{},
			once:     map[helpdesk.OnceKey]helpdesk.TicketID{},
		}
	}
	return s.tenants[id]
}

// Ticket implements helpdesk.Store.
func (s *Store) Ticket(ctx context.Context, id helpdesk.TenantID, ticket helpdesk.TicketID) (*helpdesk.Ticket, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.of(id).tickets[ticket]
	if !ok {
		return nil, helpdesk.ErrNotFound
	}
	return t.Clone(), ctx.Err()
}

// Tickets implements helpdesk.Store: it looks at every ticket, and sorts.
func (s *Store) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	var after helpdesk.Cursor
	if q.After != "" {
		var err error
		if after, err = helpdesk.ParseCursor(q.After, q.Order); err != nil {
			return helpdesk.Page{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := func(t *helpdesk.Ticket) helpdesk.Cursor { return helpdesk.CursorAt(q.Order, t) }
	var page helpdesk.Page
	for _, t := range s.of(q.Tenant).tickets {
		if q.Match(t) && (q.After == "" || after.Compare(at(t)) < 0) {
			page.Tickets = append(page.Tickets, t)
		}
	}
	slices.SortFunc(page.Tickets, func(a, b *helpdesk.Ticket) int { return at(a).Compare(at(b)) })
	if n := q.PageLimit(); len(page.Tickets) > n {
		page.Tickets = page.Tickets[:n]
		page.Next = at(page.Tickets[n-1]).String()
	}
	for i, t := range page.Tickets {
		page.Tickets[i] = t.Clone()
	}
	return page, ctx.Err()
}

// Thread implements helpdesk.Store.
func (s *Store) Thread(ctx context.Context, id helpdesk.TenantID, ticket helpdesk.TicketID) (*helpdesk.Thread, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.of(id)
	t, ok := rows.tickets[ticket]
	if !ok {
		return nil, helpdesk.ErrNotFound
	}
	th := &helpdesk.Thread{Ticket: t.Clone()}
	for _, m := range rows.messages {
		if rows.endsAt(m.Ticket, ticket) {
			th.Messages = append(th.Messages, m)
		}
	}
	for _, e := range rows.events {
		if rows.endsAt(e.Ticket, ticket) {
			e.Data = slices.Clone(e.Data)
			th.Events = append(th.Events, e)
		}
	}
	slices.SortStableFunc(th.Messages, func(a, b helpdesk.Message) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(th.Events, func(a, b helpdesk.Event) int { return a.At.Compare(b.At) })
	return th, ctx.Err()
}

// endsAt reports whether id is the survivor or was merged into it, directly or over others.
func (rows *tenant) endsAt(id, survivor helpdesk.TicketID) bool {
	for range len(rows.tickets) + 1 { // a circle of merges ends too
		if id == survivor {
			return true
		}
		t := rows.tickets[id]
		if t == nil || t.MergedInto == "" {
			return false
		}
		id = t.MergedInto
	}
	return false
}

// Settings implements helpdesk.Store.
func (s *Store) Settings(ctx context.Context, id helpdesk.TenantID, kind helpdesk.SettingKind) ([]helpdesk.Setting, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var current []helpdesk.Setting
	for k, versions := range s.of(id).settings {
		if last := versions[len(versions)-1]; k.kind == kind && !last.Deleted {
			last.Value = slices.Clone(last.Value)
			current = append(current, last)
		}
	}
	slices.SortFunc(current, func(a, b helpdesk.Setting) int { return cmp.Compare(a.Key, b.Key) })
	return current, ctx.Err()
}

// Lease implements helpdesk.Store.
func (s *Store) Lease(ctx context.Context, now time.Time, d time.Duration, limit int) ([]helpdesk.Task, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []helpdesk.Task
	for k, t := range s.tasks {
		if !t.Dead && !t.DueAt.After(now) && !s.leases[k].After(now) {
			due = append(due, t)
		}
	}
	slices.SortFunc(due, func(a, b helpdesk.Task) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	due = due[:min(limit, len(due))]
	for i := range due {
		t := &due[i]
		k := taskKey{t.Tenant, t.Kind, t.Key}
		s.token++
		t.Token = s.token
		t.Attempts++
		s.tasks[k], s.leases[k] = *t, now.Add(d)
		t.Payload = slices.Clone(t.Payload)
	}
	return due, ctx.Err()
}

// Loads implements helpdesk.Loader.
func (s *Store) Loads(ctx context.Context, id helpdesk.TenantID) (map[helpdesk.AgentID]helpdesk.Load, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := s.of(id)
	loads := map[helpdesk.AgentID]helpdesk.Load{}
	for agent, n := range rows.loads {
		loads[agent] = helpdesk.Load{Open: n}
	}
	for _, t := range rows.tickets {
		if load := loads[t.Assignee]; t.Assignee != "" && !t.AssignedAt.Before(load.LastAssigned) {
			load.LastAssigned = t.AssignedAt
			loads[t.Assignee] = load
		}
	}
	return loads, ctx.Err()
}

// DeadTasks implements helpdesk.TaskLister.
func (s *Store) DeadTasks(ctx context.Context, id helpdesk.TenantID, limit int) ([]helpdesk.Task, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var dead []helpdesk.Task
	for _, t := range s.tasks {
		if t.Tenant == id && t.Dead {
			t.Payload = slices.Clone(t.Payload)
			dead = append(dead, t)
		}
	}
	slices.SortFunc(dead, func(a, b helpdesk.Task) int {
		return cmp.Or(b.DueAt.Compare(a.DueAt), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return dead[:min(limit, len(dead))], ctx.Err()
}

// raw returns a copy of a JSON text, or nil for an empty one.
func raw(v json.RawMessage) json.RawMessage {
	if len(v) == 0 {
		return nil
	}
	return slices.Clone(v)
}
