package helpdesk

import (
	"context"
	"slices"
	"sync"
)

// ForRequest returns a desk for one short request that calls several methods, such as a page. It
// reads each ticket, each thread and each setting from the Store once, asks the Roster once, and
// every method gets what was read first. A commit of the request makes it read again. Agents, teams
// and the views of the actor are read in one statement, with the settings of the kinds in ahead, if
// the Store is a [SettingsReader]. Take a new one for each request: it does not see the commits of
// others.
func (d *Desk) ForRequest(ahead ...SettingKind) *Desk {
	r := &requestStore{Store: d.store}
	r.forget()
	for _, kind := range slices.Concat([]SettingKind{SettingAgent, settingTeam}, ahead) {
		if d.cfg.Roster == nil || (kind != SettingAgent && kind != settingTeam) {
			r.ahead = append(r.ahead, SettingQuery{Tenant: d.tenant, Kind: kind})
		}
	}
	if d.actor.ID != "" {
		r.ahead = append(r.ahead, viewsQuery(d.tenant, d.actor))
	}
	e := *d
	e.store = r
	if d.cfg.Roster != nil {
		e.cfg.Roster = &requestRoster{Roster: d.cfg.Roster, agents: map[TenantID][]Agent{}, teams: map[TenantID][]Team{}}
	}
	return &e
}

// requestRoster is a Roster of the host that remembers what it has answered.
type requestRoster struct {
	Roster
	asking sync.Mutex // held while the Roster answers
	agents map[TenantID][]Agent
	teams  map[TenantID][]Team
}

// Agents implements Roster.
func (r *requestRoster) Agents(ctx context.Context, tenant TenantID) ([]Agent, error) {
	r.asking.Lock()
	defer r.asking.Unlock()
	return remembered(r.agents, tenant, func() ([]Agent, error) { return r.Roster.Agents(ctx, tenant) })
}

// Teams implements TeamRoster; a Roster that is none has no teams.
func (r *requestRoster) Teams(ctx context.Context, tenant TenantID) ([]Team, error) {
	teams, ok := r.Roster.(TeamRoster)
	if !ok {
		return nil, nil
	}
	r.asking.Lock()
	defer r.asking.Unlock()
	return remembered(r.teams, tenant, func() ([]Team, error) { return teams.Teams(ctx, tenant) })
}

// remembered returns what is known of a key, or else asks.
func remembered[K comparable, V any](known map[K]V, key K, ask func() (V, error)) (V, error) {
	if v, ok := known[key]; ok {
		return v, nil
	}
	v, err := ask()
	if err == nil {
		known[key] = v
	}
	return v, err
}

// requestStore is a Store that remembers what it has read. Rights are not its business: the methods
// of Desk check them as with any other Store.
type requestStore struct {
	Store
	ahead []SettingQuery // settings that are read together with the first of them that is asked for

	mu      sync.Mutex // of the next two
	tickets map[ticketPlace]*Ticket
	threads map[ticketPlace]*Thread

	asking   sync.Mutex // held while the Store answers: who asks for the same waits for that
	settings map[SettingQuery][]Setting
}

type ticketPlace struct {
	tenant TenantID
	id     TicketID
}

// forget drops what was read.
func (r *requestStore) forget() {
	r.mu.Lock()
	r.tickets, r.threads = map[ticketPlace]*Ticket{}, map[ticketPlace]*Thread{}
	r.mu.Unlock()
	r.asking.Lock()
	r.settings = map[SettingQuery][]Setting{}
	r.asking.Unlock()
}

// Unwrap returns the Store underneath.
func (r *requestStore) Unwrap() Store { return r.Store }

// Ticket implements Store.
func (r *requestStore) Ticket(ctx context.Context, tenant TenantID, id TicketID) (*Ticket, error) {
	r.mu.Lock()
	known := r.tickets[ticketPlace{tenant, id}]
	r.mu.Unlock()
	if known != nil {
		return known.Clone(), nil
	}
	t, err := r.Store.Ticket(ctx, tenant, id)
	if err == nil {
		r.keep(tenant, t)
	}
	return t, err
}

// Tickets implements Store.
func (r *requestStore) Tickets(ctx context.Context, q Query) (Page, error) {
	page, err := r.Store.Tickets(ctx, q)
	if err == nil {
		r.keep(q.Tenant, page.Tickets...)
	}
	return page, err
}

// keep remembers tickets that are not known yet.
func (r *requestStore) keep(tenant TenantID, tickets ...*Ticket) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range tickets {
		if place := (ticketPlace{tenant, t.ID}); r.tickets[place] == nil {
			r.tickets[place] = t.Clone()
		}
	}
}

// Thread implements Store.
func (r *requestStore) Thread(ctx context.Context, tenant TenantID, id TicketID) (*Thread, error) {
	place := ticketPlace{tenant, id}
	if known := r.known(place); known != nil {
		return known, nil
	}
	th, err := r.Store.Thread(ctx, tenant, id)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.threads[place] = th.clone()
	r.tickets[place] = th.Ticket.Clone() // the one that the messages and events belong to
	return th, nil
}

// known returns a copy of a thread that was read, or nil.
func (r *requestStore) known(place ticketPlace) *Thread {
	r.mu.Lock()
	defer r.mu.Unlock()
	if th := r.threads[place]; th != nil {
		return th.clone()
	}
	return nil
}

// clone returns a copy whose lists the caller may change.
func (th *Thread) clone() *Thread {
	c := &Thread{th.Ticket.Clone(), slices.Clone(th.Messages), slices.Clone(th.Events)}
	for i := range c.Messages {
		c.Messages[i].Attachments = slices.Clone(c.Messages[i].Attachments)
	}
	return c
}

// Settings implements Store.
func (r *requestStore) Settings(ctx context.Context, q SettingQuery) ([]Setting, error) {
	r.asking.Lock()
	defer r.asking.Unlock()
	if known, ok := r.settings[q]; ok {
		return slices.Clone(known), nil
	}
	ask := []SettingQuery{q}
	if slices.Contains(r.ahead, q) {
		ask = r.ahead
	}
	lists, err := settingsOf(ctx, r.Store, ask)
	if err != nil {
		return nil, err
	}
	for i, one := range ask {
		r.settings[one] = lists[i]
	}
	return slices.Clone(r.settings[q]), nil
}

// settingsOf asks a Store that is a [SettingsReader]; otherwise it asks one query after the other.
func settingsOf(ctx context.Context, store Store, qs []SettingQuery) ([][]Setting, error) {
	if s, ok := As[SettingsReader](store); ok {
		return s.SettingsOf(ctx, qs...)
	}
	return oneByOne(ctx, qs, store.Settings)
}

// Commit implements Store. Whatever becomes of it, the request reads again afterwards. The record
// of a read only adds to the thread that was read.
func (r *requestStore) Commit(ctx context.Context, changes ...*Change) error {
	err := r.Store.Commit(ctx, changes...)
	if err != nil || len(changes) != 1 || !changes[0].recordsReads() {
		r.forget()
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range changes[0].Events {
		if th := r.threads[ticketPlace{changes[0].Tenant, e.Ticket}]; th != nil {
			th.Events = append(th.Events, e)
		}
	}
	return nil
}

// recordsReads reports whether a change records that tickets were read, and does nothing else.
func (c *Change) recordsReads() bool {
	other := slices.ContainsFunc(c.Events, func(e Event) bool { return e.Type != EventRead })
	return !other && c.Ticket == nil && len(c.Messages)+len(c.Mail)+len(c.Loads)+len(c.Settings)+len(c.Once)+len(c.Done)+len(c.Tasks) == 0
}
