package helpdesk_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A machine drives tickets through random commands and times on several desks at once. The first,
// in memory, is checked after each step. A second one on another store must show the same tickets.
// A lazy one never ticks until the end and must come to the same clocks.
type machine struct {
	t       *rapid.T
	now     time.Time
	desks   []*machineDesk
	books   []*sla.Policies // by version; the first is that of Config
	history map[helpdesk.TicketID]*machineTicket
	seen    []*helpdesk.Ticket // as they were after the step before
}

type machineDesk struct {
	*helpdesk.Desk
	clock *helpdesktest.Clock
	ids   []helpdesk.TicketID // the same ticket has the same place on each desk
	lazy  bool
}

// machineTicket is the test's own record of a ticket: the times at which it needed work.
type machineTicket struct {
	worked [][2]time.Time // the last is open-ended while its end is zero
	lapsed bool           // its resolution had no target for some time
}

func newMachine(t *rapid.T, tenant helpdesk.TenantID, stores ...helpdesk.Store) *machine {
	m := &machine{t: t, now: machineStart.Draw(t, "start"), history: map[helpdesk.TicketID]*machineTicket{}, books: []*sla.Policies{machineBook(t)}}
	for i, store := range stores {
		d := &machineDesk{clock: helpdesktest.NewClock(m.now), lazy: i == len(stores)-1}
		desk, err := helpdesk.New(store, &helpdesk.Config{
			Clock: d.clock, SLA: m.books[0], CloseAfter: -1, Logger: quiet, Similar: similar.New(nil),
			Notifier: helpdesk.NotifierFunc(func(context.Context, *helpdesk.Notification) error { return nil }),
		})
		require.NoError(t, err)
		d.Desk = desk.ForTenant(tenant)
		m.desks = append(m.desks, d)
	}
	return m
}

// The clocks of New York change on 8 March and on 1 November.
var machineStart = rapid.SampledFrom([]time.Time{
	time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC), time.Date(2026, 3, 6, 21, 30, 0, 0, time.UTC), time.Date(2026, 10, 30, 20, 0, 0, 0, time.UTC),
})

// machineBook draws an SLA: its policies depend on the priority and on the customer.
func machineBook(t *rapid.T) *sla.Policies {
	hours := rapid.SampledFrom([]string{"", "ny", "nyl", "night", "kol"})
	target := rapid.SampledFrom([]time.Duration{0, time.Hour, 4 * time.Hour, 7*time.Hour + 30*time.Minute, 20 * time.Hour, 60 * time.Hour})
	steps := rapid.SampledFrom([][]helpdesk.EscalationStep{
		nil, {},
		{{Name: "half", Of: 0.5, Level: 1, Raise: helpdesk.High}, {Name: "due", Level: 2}, {Name: "late", After: 90 * time.Minute, Level: 3, Raise: helpdesk.Urgent}},
		{{Name: "soon", Before: time.Hour, Level: 1, Notify: helpdesk.NotifyBoth}, {Name: "late", Of: 1.5, Level: 4}},
	})
	policy := func(name string, match sla.Match) sla.Policy {
		p := sla.Policy{
			Name: name, For: match, FirstResponse: target.Draw(t, "first"), NextResponse: target.Draw(t, "next"),
			Resolution: target.Draw(t, "resolution"), PeriodicUpdate: target.Draw(t, "update"), OwnerTime: target.Draw(t, "owner"), Calendar: hours.Draw(t, "hours"), Steps: steps.Draw(t, "steps"),
		}
		if p.FirstResponse > 0 && rapid.Bool().Draw(t, "escalate") {
			p.EscalateAfter = 3 * time.Hour
		}
		return p
	}
	b := slaOf(
		policy("vip", sla.Match{CustomerTag: []string{"vip"}, Priority: []helpdesk.Priority{helpdesk.Medium, helpdesk.High}}),
		policy("pressing", sla.Match{Priority: []helpdesk.Priority{helpdesk.Urgent, helpdesk.High}}),
		policy("rest", sla.Match{}))
	policies, err := sla.New(b)
	require.NoError(t, err)
	return policies
}

// run runs random commands on all desks, and checks after each.
func (m *machine) run() {
	m.open()
	actions := map[string]func(*rapid.T){
		"":     func(*rapid.T) { m.look() },
		"open": func(*rapid.T) { m.open() },
		"tick": func(*rapid.T) { m.tick() },
		"save": func(*rapid.T) {
			next := machineBook(m.t)
			m.books = append(m.books, next)
			m.do(func(d *machineDesk) error {
				_, err := d.SaveSLA(m.t.Context(), asJSON(m.t, next.Document()))
				return err
			})
		},
	}
	for _, often := range []string{"", " more", " and more"} {
		actions["advance"+often] = func(*rapid.T) { m.advance() }
	}
	for _, kind := range []string{
		"customer", "agent", "ask", "wait", "go on", "priority", "category", "resolve", "reopen", "escalate", "merge", "unmerge", "apply SLA", "void",
	} {
		actions[kind] = func(t *rapid.T) {
			i, j := m.draw("ticket"), 0
			var priority helpdesk.Priority
			var metric helpdesk.Metric
			switch kind {
			case "merge":
				j = m.draw("into")
			case "priority":
				priority = rapid.SampledFrom(helpdesk.Priorities).Draw(t, "priority")
			case "void":
				metric = rapid.SampledFrom(helpdesk.Metrics).Draw(t, "metric")
			}
			m.do(func(d *machineDesk) error { return m.command(d, kind, i, j, priority, metric) })
		}
	}
	m.t.Repeat(actions)
	m.end()
}

// draw draws the place of a ticket.
func (m *machine) draw(what string) int {
	return rapid.IntRange(0, len(m.desks[0].ids)-1).Draw(m.t, what)
}

func (m *machine) command(d *machineDesk, kind string, i, j int, p helpdesk.Priority, metric helpdesk.Metric) (err error) {
	ctx, id := m.t.Context(), d.ids[i]
	agent := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
	switch kind {
	case "customer":
		t, failed := d.Ticket(ctx, id)
		if failed != nil || !t.Status.Open() && t.Status != helpdesk.StatusResolved || t.MergedInto != "" {
			return failed // it would open another ticket
		}
		if t.Status == helpdesk.StatusResolved && m.now.After(t.ResolvedAt.Add(7*24*time.Hour)) {
			return nil
		}
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Reply(ctx, id, helpdesk.ReplyParams{Body: "And?"})
	case "agent", "ask":
		_, err = agent.Reply(ctx, id, helpdesk.ReplyParams{Body: "So.", Waiting: kind == "ask"})
	case "wait":
		_, err = agent.SetStatus(ctx, id, helpdesk.StatusWaiting)
	case "go on":
		_, err = agent.SetStatus(ctx, id, helpdesk.StatusProgress)
	case "priority":
		_, err = agent.SetPriority(ctx, id, p)
	case "category":
		_, err = agent.SetCategory(ctx, id, helpdesk.Billing)
	case "resolve":
		_, err = agent.Resolve(ctx, id, "done")
	case "reopen":
		_, err = agent.Reopen(ctx, id)
	case "escalate":
		_, err = agent.Escalate(ctx, id, "by hand")
	case "merge":
		_, err = agent.Merge(ctx, id, d.ids[j])
	case "unmerge":
		t, failed := d.Ticket(ctx, id)
		if failed != nil {
			return failed
		}
		if _, err = agent.Unmerge(ctx, id); err == nil && d == m.desks[0] {
			m.history[t.MergedInto].lapsed = true // it may not count the time since the merge
			m.seen = nil                          // both are what they were, breaches by the merge among it
		}
	case "apply SLA":
		_, err = agent.ApplyCurrentSLA(ctx, id)
	case "void":
		_, err = agent.VoidBreach(ctx, id, metric, 1, "outage")
	}
	return err
}

func (m *machine) open() {
	if len(m.desks[0].ids) == 3 {
		return
	}
	p := helpdesk.OpenParams{Subject: "x", Priority: rapid.SampledFrom(helpdesk.Priorities).Draw(m.t, "priority"), Customer: helpdesk.Contact{Email: kim}}
	if rapid.Bool().Draw(m.t, "vip") {
		p.Customer.Tags = []string{"vip"}
	}
	m.do(func(d *machineDesk) error {
		t, err := d.Open(m.t.Context(), p)
		if err == nil {
			d.ids = append(d.ids, t.ID)
		}
		return err
	})
}

// advance moves all clocks: a little, a lot, or to where something is due on a ticket.
func (m *machine) advance() {
	by := rapid.SampledFrom([]time.Duration{
		0, time.Microsecond, time.Second, 17 * time.Minute, time.Hour, 2*time.Hour + 3*time.Second, 5 * time.Hour, 16 * time.Hour, 50 * time.Hour,
	}).Draw(m.t, "by")
	if by == 0 {
		t, err := m.desks[0].Ticket(m.t.Context(), m.desks[0].ids[m.draw("ticket")])
		require.NoError(m.t, err)
		if at := t.Due(); at.After(m.now) {
			by = at.Sub(m.now) + time.Duration(rapid.IntRange(0, 1).Draw(m.t, "after"))*time.Microsecond
		}
	}
	m.now = m.now.Add(by)
	for _, d := range m.desks {
		d.clock.Set(m.now)
	}
}

func (m *machine) tick() {
	for _, d := range m.desks {
		if !d.lazy {
			_, err := d.Tick(m.t.Context())
			require.NoError(m.t, err)
		}
	}
	for _, t := range m.tickets(m.desks[0]) {
		for _, c := range t.Clocks {
			require.False(m.t, c.Running() && c.BreachedAt.IsZero() && !c.DueAt.IsZero() && m.now.After(c.DueAt), "an overdue clock after Tick: %+v", c)
		}
	}
}

// do runs act on every desk; all of them succeed or none does.
func (m *machine) do(f func(d *machineDesk) error) {
	first := f(m.desks[0])
	for _, d := range m.desks[1:] {
		err := f(d)
		require.Equal(m.t, first == nil, err == nil, "%v, but %v (lazy: %t)", first, err, d.lazy)
	}
}

func (m *machine) tickets(d *machineDesk) []*helpdesk.Ticket {
	var all []*helpdesk.Ticket
	for _, id := range d.ids {
		t, err := d.Ticket(m.t.Context(), id)
		require.NoError(m.t, err)
		all = append(all, t)
	}
	return all
}

// look compares the desks that tick, and checks the invariants.
func (m *machine) look() {
	now := m.tickets(m.desks[0])
	for _, d := range m.desks[1:] {
		if !d.lazy {
			require.Equal(m.t, anonymous(now), anonymous(m.tickets(d)))
		}
	}
	for i, t := range now {
		m.track(t)
		for j := range t.Clocks {
			m.checkClock(t, &t.Clocks[j])
		}
		if i < len(m.seen) {
			m.compare(m.seen[i], t)
		}
	}
	m.seen = now
}

// anonymous strips what two desks need not share. Their numbers of changes differ: a Tick may
// settle a ticket on its own, or together with its triage.
func anonymous(tickets []*helpdesk.Ticket) []helpdesk.Ticket {
	var list []helpdesk.Ticket
	for _, t := range tickets {
		u := *t.Clone()
		u.ID, u.Ref, u.Version, u.CustomerID = "", "", 0, ""
		u.Suggestion = nil // a ticket solved a moment ago may be in the index by then, or not
		if u.MergedInto != "" {
			u.MergedInto = "another"
		}
		list = append(list, u)
	}
	return list
}

// track records the times at which the ticket needed work.
func (m *machine) track(t *helpdesk.Ticket) {
	h := m.history[t.ID]
	if h == nil {
		h = &machineTicket{}
		m.history[t.ID] = h
	}
	works := t.Status.Open() && t.Status != helpdesk.StatusWaiting
	n := len(h.worked)
	working := n > 0 && h.worked[n-1][1].IsZero()
	switch {
	case works && !working:
		h.worked = append(h.worked, [2]time.Time{m.now})
	case !works && working:
		h.worked[n-1][1] = m.now
	}
	resolution := slices.IndexFunc(t.Clocks, func(c helpdesk.SLAClock) bool { return c.Metric == helpdesk.Resolution })
	h.lapsed = h.lapsed || resolution < 0 || !t.Clocks[resolution].CancelledAt.IsZero() ||
		slices.ContainsFunc(t.Clocks[resolution].Ran, func(s helpdesk.RunPeriod) bool {
			return s.Until == "" // the target ended, and came back before the next look
		})
}

func (m *machine) policyOf(c *helpdesk.SLAClock) *helpdesk.Policy {
	return m.books[c.Version].Named(c.Policy)
}

// checkClock checks one clock's arithmetic.
func (m *machine) checkClock(t *helpdesk.Ticket, c *helpdesk.SLAClock) {
	if !c.CancelledAt.IsZero() {
		require.False(m.t, c.Running())
		return
	}
	p := m.policyOf(c)
	require.NotNil(m.t, p)
	between := func(a, b time.Time) time.Duration {
		if p.Calendar == nil {
			return max(0, b.Sub(a))
		}
		return p.Calendar.Between(a, b)
	}
	var ran time.Duration
	for i, s := range c.Ran {
		require.True(m.t, s.From.Before(s.To))
		require.True(m.t, i == 0 || !s.From.Before(c.Ran[i-1].To))
		ran += between(s.From, s.To)
	}
	require.Equal(m.t, ran, c.Consumed, "what ran is what is consumed: %+v", c)
	used := c.Consumed
	if c.Running() {
		require.True(m.t, t.Status.Open())
		used += between(c.RunningSince, m.now)
	} else if c.MetAt.IsZero() {
		require.Zero(m.t, c.DueAt, "paused")
	}
	if c.Running() && c.BreachedAt.IsZero() && !m.now.After(c.DueAt) {
		require.Equal(m.t, c.Target, used+between(m.now, c.DueAt), "consumed and remaining is the target: %+v", c)
	}
	if c.Running() && !c.BreachedAt.IsZero() {
		require.Equal(m.t, c.DueAt, c.BreachedAt)
	}
	require.False(m.t, c.DetectedAt.Before(c.BreachedAt))
	if h := m.history[t.ID]; c.Metric == helpdesk.Resolution && !h.lapsed {
		var worked time.Duration
		for _, w := range h.worked {
			worked += between(w[0], cmp.Or(w[1], m.now))
		}
		require.Equal(m.t, worked, used, "it runs while somebody is to work: %+v", c)
	}
}

// compare checks the facts that one step may not undo.
func (m *machine) compare(before, after *helpdesk.Ticket) {
	require.GreaterOrEqual(m.t, after.EscalationLevel, before.EscalationLevel)
	for i, a := range before.Clocks {
		b := after.Clocks[i]
		require.Equal(m.t, a.Metric, b.Metric)
		require.Equal(m.t, a.Instance, b.Instance)
		require.GreaterOrEqual(m.t, len(b.Fired), len(a.Fired))
		require.True(m.t, slices.Equal(a.Fired, b.Fired[:len(a.Fired)]), "what has fired stays fired")
		if !a.BreachedAt.IsZero() {
			require.Equal(m.t, a.BreachedAt, b.BreachedAt, "a breach is never taken back")
			require.Equal(m.t, a.DetectedAt, b.DetectedAt)
			require.Equal(m.t, a.Policy, b.Policy)
		}
		if a.VoidedAt != b.VoidedAt {
			require.Zero(m.t, a.VoidedAt)
		}
		if b.BreachedAt != a.BreachedAt && b.Cause == "" && a.Policy == b.Policy && a.Version == b.Version && a.Running() {
			require.Equal(m.t, a.DueAt, b.BreachedAt, "a breach is at the due time")
		}
		if !a.MetAt.IsZero() && b.MetAt.IsZero() {
			require.Equal(m.t, helpdesk.Resolution, b.Metric)
			require.Equal(m.t, before.Reopened+1, after.Reopened)
		}
		if c := m.policyOf(&a); a.Version != b.Version && c != nil {
			require.NotEqual(m.t, before.Version, after.Version)
		}
	}
}

// end lets the lazy desk catch up, and compares.
func (m *machine) end() {
	m.tick()
	m.look()
	lazy := m.desks[len(m.desks)-1]
	_, err := lazy.Tick(m.t.Context())
	require.NoError(m.t, err)
	late := m.tickets(lazy)
	for i, t := range m.tickets(m.desks[0]) {
		require.Equal(m.t, timeless(t.Clocks), timeless(late[i].Clocks), "how often Tick runs makes no difference")
		m.checkSteps(m.desks[0], t.ID)
		m.checkSteps(lazy, late[i].ID)
	}
}

// timeless strips what may depend on the time of a sweep.
func timeless(clocks []helpdesk.SLAClock) []helpdesk.SLAClock {
	list := slices.Clone(clocks)
	for i := range list {
		list[i].DetectedAt = time.Time{}
		list[i].Fired = nil // of several that are past, only the last fires
	}
	return list
}

// checkSteps checks that each step of each clock has fired at most once.
func (m *machine) checkSteps(d *machineDesk, id helpdesk.TicketID) {
	th, err := d.Thread(m.t.Context(), id)
	require.NoError(m.t, err)
	seen := map[string]int{}
	for _, e := range th.Events {
		if step := stepOf(m.t, e); step != "" && e.Ticket == id {
			seen[string(e.Type)+" "+step]++
		}
	}
	for step, n := range seen {
		require.Equal(m.t, 1, n, step)
	}
}

// stepOf returns the clock and the step of an event, or "".
func stepOf(t require.TestingT, e helpdesk.Event) string {
	switch e.Type {
	case helpdesk.EventSLAAtRisk:
		var data helpdesk.ClockData
		require.NoError(t, json.Unmarshal(e.Data, &data))
		return fmt.Sprint(e.From, data.Instance, data.Step)
	case helpdesk.EventEscalated:
		var data helpdesk.EscalationData
		require.NoError(t, json.Unmarshal(e.Data, &data))
		if data.Step != "" {
			return fmt.Sprint(data.Metric, data.Instance, data.Step)
		}
	}
	return ""
}

func TestMachineInMemory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		newMachine(t, "", memstore.New(), memstore.New()).run()
	})
}

func TestMachineOnPostgres(t *testing.T) {
	t.Parallel()
	machineBeside(t, dbtest.Postgres(t))
}

func TestMachineOnSQLite(t *testing.T) {
	t.Parallel()
	machineBeside(t, dbtest.SQLite(t))
}

// machineBeside drives a desk in memory and one on a database side by side. Each case is a tenant
// of its own, since tasks of the case before would be done at other times.
func machineBeside(t *testing.T, db *bun.DB) {
	store := migrated(t, db)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		_, err := db.Exec("DELETE FROM helpdesk_tasks")
		require.NoError(t, err)
		newMachine(t, helpdesk.TenantID(fmt.Sprint("case", n)), memstore.New(), store, memstore.New()).run()
	})
}
