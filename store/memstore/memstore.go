// Package memstore keeps a desk in memory. It serves tests, and it is the readable reference of
// helpdesk.Store. Nothing survives the process.
//
// Read memstore.go for the queries, commit.go for the effect of a Change, and lease.go for tasks.
// stream.go tells which events are new, archive.go takes old tickets out. similar.go is the index
// of solved tickets, sentence.go that of sentences, mail.go finds records of mails, notice.go
// notices of agents, blob.go keeps files, people.go has the customers and organisations.
package memstore

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store"
)

// Store is a helpdesk.Store in memory. One lock makes each call a transaction.
//
// It is also a helpdesk.Loader, a helpdesk.LoadAuditor, a helpdesk.TaskLister, a
// helpdesk.EventStreamer, a helpdesk.CustomerStore, a helpdesk.NoticeStore, a similar.Index, a
// similar.VectorIndex, a similar.SentenceIndex, a helpdesk.Blobs and an archive.Store. Searches and
// overviews run on the desk's fallbacks, which read everything.
type Store struct {
	mu sync.Mutex

	// Every key begins with the tenant, so no row can be taken for another tenant's.
	tickets   map[ticketKey]*helpdesk.Ticket
	merged    map[ticketKey]bool // the tickets with MergedInto
	refs      map[refKey]helpdesk.TicketID
	messages  map[helpdesk.TenantID][]helpdesk.Message // in the order of their commits
	events    map[helpdesk.TenantID][]helpdesk.Event
	stream    []streamed // every event, in the order of the commits
	loads     map[agentKey]int
	settings  map[settingKey][]helpdesk.Setting // every version, oldest first
	once      map[onceKey]helpdesk.TicketID     // the ticket that used a key
	tasks     map[taskKey]*task
	solved    map[helpdesk.TenantID]*solvedIndex
	sentences map[helpdesk.TenantID]*sentenceIndex
	mails     map[mailKey]helpdesk.Mail
	notices   map[agentKey][]helpdesk.AgentNotice
	blobs     map[blobKey][]byte
	archived  map[ticketKey]archived

	customers     map[customerKey]helpdesk.Customer
	organisations map[organisationKey]helpdesk.Organisation
	taken         map[takenKey]string // the customer or organisation that has a key

	token int64 // of the last lease
}

var (
	_ helpdesk.Store         = (*Store)(nil)
	_ helpdesk.Loader        = (*Store)(nil)
	_ helpdesk.LoadAuditor   = (*Store)(nil)
	_ helpdesk.TaskLister    = (*Store)(nil)
	_ helpdesk.EventStreamer = (*Store)(nil)
	_ similar.Index          = (*Store)(nil)
	_ similar.VectorIndex    = (*Store)(nil)
	_ similar.SentenceIndex  = (*Store)(nil)
	_ helpdesk.Blobs         = (*Store)(nil)
)

type ticketKey struct {
	tenant helpdesk.TenantID
	id     helpdesk.TicketID
}

type refKey struct {
	tenant helpdesk.TenantID
	ref    string
}

type agentKey struct {
	tenant helpdesk.TenantID
	agent  helpdesk.AgentID
}

type settingKey struct {
	tenant helpdesk.TenantID
	kind   helpdesk.SettingKind
	key    string
}

type onceKey struct {
	tenant helpdesk.TenantID
	helpdesk.OnceKey
}

type taskKey struct {
	tenant helpdesk.TenantID
	kind   helpdesk.TaskKind
	key    string
}

// task is a Task and the end of its lease.
type task struct {
	helpdesk.Task
	until time.Time // zero when not leased
}

// New returns an empty Store.
func New() *Store {
	return &Store{
		tickets:   map[ticketKey]*helpdesk.Ticket{},
		merged:    map[ticketKey]bool{},
		refs:      map[refKey]helpdesk.TicketID{},
		messages:  map[helpdesk.TenantID][]helpdesk.Message{},
		events:    map[helpdesk.TenantID][]helpdesk.Event{},
		loads:     map[agentKey]int{},
		settings:  map[settingKey][]helpdesk.Setting{},
		once:      map[onceKey]helpdesk.TicketID{},
		tasks:     map[taskKey]*task{},
		solved:    map[helpdesk.TenantID]*solvedIndex{},
		sentences: map[helpdesk.TenantID]*sentenceIndex{},
		mails:     map[mailKey]helpdesk.Mail{},
		notices:   map[agentKey][]helpdesk.AgentNotice{},
		blobs:     map[blobKey][]byte{},
		archived:  map[ticketKey]archived{},

		customers:     map[customerKey]helpdesk.Customer{},
		organisations: map[organisationKey]helpdesk.Organisation{},
		taken:         map[takenKey]string{},
	}
}

// Ticket implements helpdesk.Store.
func (s *Store) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tickets[ticketKey{tenant, id}]
	if t == nil {
		return nil, helpdesk.ErrNotFound
	}
	return t.Clone(), nil
}

// Tickets implements helpdesk.Store. It reads every ticket and sorts. A page begins after a place
// in the order, not after a number of tickets, so tickets added meanwhile shift nothing.
func (s *Store) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	var page helpdesk.Page
	if err := ctx.Err(); err != nil {
		return page, err
	}
	var after store.Cursor
	if q.After != "" {
		var err error
		if after, err = store.ParseCursor(q.After, q.Order); err != nil {
			return page, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	place := func(t *helpdesk.Ticket) store.Cursor { return store.CursorAt(q.Order, t) }
	var fit []*helpdesk.Ticket
	for _, t := range s.tickets {
		if q.Match(t) && (q.After == "" || after.Compare(place(t)) < 0) {
			fit = append(fit, t)
		}
	}
	slices.SortFunc(fit, func(a, b *helpdesk.Ticket) int { return place(a).Compare(place(b)) })
	if limit := q.PageLimit(); len(fit) > limit {
		fit = fit[:limit]
		page.Next = place(fit[limit-1]).String()
	}
	for _, t := range fit {
		page.Tickets = append(page.Tickets, t.Clone())
	}
	return page, nil
}

// Thread implements helpdesk.Store.
func (s *Store) Thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tickets[ticketKey{tenant, id}]
	if t == nil {
		return nil, helpdesk.ErrNotFound
	}
	th := &helpdesk.Thread{Ticket: t.Clone()}
	family := s.family(tenant, id)
	for _, m := range s.messages[tenant] {
		if m.Ticket == id || family[m.Ticket] {
			m.Attachments = attachments(m.Attachments)
			th.Messages = append(th.Messages, m)
		}
	}
	for _, e := range s.events[tenant] {
		if e.Ticket == id || family[e.Ticket] {
			e.Data = slices.Clone(e.Data)
			th.Events = append(th.Events, e)
		}
	}
	slices.SortStableFunc(th.Messages, func(a, b helpdesk.Message) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(th.Events, func(a, b helpdesk.Event) int { return a.At.Compare(b.At) })
	return th, nil
}

// family returns the tickets that were merged into one, directly or through others.
func (s *Store) family(tenant helpdesk.TenantID, survivor helpdesk.TicketID) map[helpdesk.TicketID]bool {
	var of map[helpdesk.TicketID]bool
	for k := range s.merged {
		if k.tenant == tenant && s.mergedInto(tenant, k.id, survivor) {
			if of == nil { // few tickets are merged
				of = map[helpdesk.TicketID]bool{}
			}
			of[k.id] = true
		}
	}
	return of
}

// mergedInto reports whether id is the survivor or was merged into it, directly or through others.
func (s *Store) mergedInto(tenant helpdesk.TenantID, id, survivor helpdesk.TicketID) bool {
	for seen := (map[helpdesk.TicketID]bool)(nil); id != survivor; {
		t := s.tickets[ticketKey{tenant, id}]
		if t == nil || t.MergedInto == "" || seen[id] {
			return false
		}
		if seen == nil {
			seen = map[helpdesk.TicketID]bool{}
		}
		seen[id] = true // ends at a circle of merges too
		id = t.MergedInto
	}
	return true
}

// Settings implements helpdesk.Store.
func (s *Store) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if q.Key != "" {
		return s.history(q), nil
	}
	var current []helpdesk.Setting
	for k, versions := range s.settings {
		last := versions[len(versions)-1]
		if k.tenant == q.Tenant && k.kind == q.Kind && !last.Deleted {
			last.Value = slices.Clone(last.Value)
			current = append(current, last)
		}
	}
	slices.SortFunc(current, func(a, b helpdesk.Setting) int { return cmp.Compare(a.Key, b.Key) })
	return current, nil
}

// history returns the versions of one setting, latest first.
func (s *Store) history(q helpdesk.SettingQuery) []helpdesk.Setting {
	var versions []helpdesk.Setting
	for _, v := range slices.Backward(s.settings[settingKey{q.Tenant, q.Kind, q.Key}]) {
		if q.Below != 0 && v.Version >= q.Below {
			continue
		}
		if q.Limit > 0 && len(versions) == q.Limit {
			break
		}
		v.Value = slices.Clone(v.Value)
		versions = append(versions, v)
	}
	return versions
}

// Loads implements helpdesk.Loader.
func (s *Store) Loads(ctx context.Context, tenant helpdesk.TenantID) (map[helpdesk.AgentID]helpdesk.Load, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	loads := map[helpdesk.AgentID]helpdesk.Load{}
	for k, n := range s.loads {
		if k.tenant == tenant {
			loads[k.agent] = helpdesk.Load{Open: n}
		}
	}
	for k, t := range s.tickets {
		if k.tenant != tenant || t.Assignee == "" {
			continue
		}
		load := loads[t.Assignee]
		if t.AssignedAt.After(load.LastAssigned) {
			load.LastAssigned = t.AssignedAt
		}
		loads[t.Assignee] = load
	}
	return loads, nil
}

// LoadDrift implements helpdesk.LoadAuditor.
func (s *Store) LoadDrift(ctx context.Context, tenant helpdesk.TenantID) ([]helpdesk.LoadDrift, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[helpdesk.AgentID]helpdesk.LoadDrift{}
	for k, n := range s.loads {
		if k.tenant == tenant {
			all[k.agent] = helpdesk.LoadDrift{Agent: k.agent, Counter: n}
		}
	}
	for k, t := range s.tickets {
		if k.tenant == tenant && t.Assignee != "" && t.Status.Loads() {
			drift := all[t.Assignee]
			all[t.Assignee] = helpdesk.LoadDrift{Agent: t.Assignee, Counter: drift.Counter, Open: drift.Open + 1}
		}
	}
	var wrong []helpdesk.LoadDrift
	for _, drift := range all {
		if drift.Counter != drift.Open {
			wrong = append(wrong, drift)
		}
	}
	slices.SortFunc(wrong, func(a, b helpdesk.LoadDrift) int { return cmp.Compare(a.Agent, b.Agent) })
	return wrong, nil
}

// document returns a copy of a JSON text, or nil for an empty one.
func document(v json.RawMessage) json.RawMessage {
	if len(v) == 0 {
		return nil
	}
	return slices.Clone(v)
}

// attachments returns a copy of a list, or nil for an empty one.
func attachments(list []helpdesk.Attachment) []helpdesk.Attachment {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}
