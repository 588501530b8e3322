package storetest

import (
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

var reportCases = []testCase{
	{"an overview adds up what the tickets say", "Each answers as [ComputeOverview] over all tickets that the filter selects.", func(e *env) {
		s, ok := helpdesk.As[report.Overviewer](e.store)
		if !ok {
			return // the fallback is all there is
		}
		facts := e.facts(120)
		for i, p := range periods {
			for j, bounds := range [][]time.Time{{p.From, p.To}, {p.Previous().From, p.From, p.To}, cut(p, 25*time.Hour+time.Microsecond)} {
				now := moments[len(bounds)%len(moments)]
				filter := report.Filter{}
				if (i+j)%2 == 1 {
					filter = filters[len(filters)-1-i%2]
				}
				got, since, err := s.Overviews(e.ctx, e.tenant, filter, bounds, now)
				e.ok(err)
				flows, err := report.ComputeFlows(bounds, facts.moved(filter, bounds[0]), facts.open(filter.Match))
				e.ok(err)
				e.equal("number of overviews", len(got), len(flows))
				for i, flow := range flows {
					p := report.Period{From: bounds[i], To: bounds[i+1]}
					in := func(t *helpdesk.Ticket) bool {
						return filter.Match(t) && !t.CreatedAt.Before(p.From) && t.CreatedAt.Before(p.To)
					}
					want, err := report.ComputeOverview(p, flow, facts.all(in), now)
					e.ok(err)
					e.equal("overview", got[i], want)
				}
				e.equal("the first ticket", since, facts.first())
			}
		}
		_, since, err := s.Overviews(e.ctx, "empty", report.Filter{}, []time.Time{start, start.Add(time.Hour)}, start)
		e.ok(err)
		e.equal("the first ticket of nobody", since, time.Time{})
	}},
	{"a series adds up what the tickets say", "It answers as [ComputeSeries] over all tickets that the filter selects.", func(e *env) {
		s, ok := helpdesk.As[report.Plotter](e.store)
		if !ok {
			return
		}
		facts := e.facts(120)
		for _, p := range periods {
			for _, f := range filters {
				for _, bounds := range [][]time.Time{{p.From, p.To}, cut(p, time.Hour), cut(p, 7*time.Hour+time.Microsecond)} {
					now := moments[1]
					got, err := s.Series(e.ctx, e.tenant, f, bounds, now)
					e.ok(err)
					want, err := report.ComputeSeries(bounds, facts.all(f.Match), facts.since(p.From), now)
					e.ok(err)
					e.equal("series", got, want)
				}
			}
		}
	}},
	{"flows are counted by the events", "It answers as [ComputeFlows] over all tickets that the filter selects.", func(e *env) {
		s, ok := helpdesk.As[report.FlowCounter](e.store)
		if !ok {
			return
		}
		facts := e.facts(60)
		bounds := cut(periods[0], time.Hour)
		for _, f := range filters {
			got, err := s.Flows(e.ctx, e.tenant, f, bounds)
			e.ok(err)
			points, err := report.ComputeSeries(bounds, facts.all(f.Match), facts.since(bounds[0]), start)
			e.ok(err)
			for i := range points {
				e.equal("flow", got[i], points[i].Flow)
			}
		}
		events := 0
		for _, flow := range e.flows(s, bounds) {
			events += flow.Created + flow.Resolved + flow.Reopened + flow.Removed
		}
		e.equal("there are events of each kind", events > 100, true)
		t := facts.tickets[0]
		t.Subject = "rewritten"
		th, err := e.store.Thread(e.ctx, e.tenant, t.ID)
		e.ok(err)
		c := &helpdesk.Change{Tenant: e.tenant, Ticket: e.get(t.ID), Rewrite: true}
		for _, ev := range th.Events {
			if ev.Ticket == t.ID {
				ev.By = helpdesk.Actor{}
				c.Events = append(c.Events, ev)
			}
		}
		before := e.flows(s, bounds)
		e.commit(c)
		e.equal("flows after a rewrite", e.flows(s, bounds), before)
	}},
}

func (e *env) flows(s report.FlowCounter, bounds []time.Time) []report.Flow {
	flows, err := s.Flows(e.ctx, e.tenant, report.Filter{}, bounds)
	e.ok(err)
	return flows
}

// Periods, moments and filters of reports on what facts stores.
var (
	periods = []report.Period{
		{From: start, To: start.Add(100 * time.Hour)}, {From: start.Add(time.Hour), To: start.Add(2 * time.Hour)},
		{From: start.Add(-2 * time.Hour), To: start.Add(-time.Hour)}, {From: start.Add(150 * time.Minute), To: start.Add(150*time.Minute + time.Nanosecond)},
	}
	moments = []time.Time{start.Add(10 * time.Hour), start.Add(20 * time.Hour), start.Add(500 * time.Hour)}
	filters = []report.Filter{
		{}, {Category: []helpdesk.Category{"", helpdesk.Billing}}, {Priority: []helpdesk.Priority{helpdesk.Urgent}},
		{Agents: []helpdesk.AgentID{"ana", "kim", "a\x00b"}, Priority: []helpdesk.Priority{helpdesk.Low, helpdesk.High}}, {Agents: []helpdesk.AgentID{}}, {Agents: []helpdesk.AgentID{""}},
		{Organisation: "no id"}, {Organisation: organisationOne},
	}
)

// cut divides a period into steps.
func cut(p report.Period, step time.Duration) (bounds []time.Time) {
	for at := p.From; at.Before(p.To); at = at.Add(step) {
		bounds = append(bounds, at)
	}
	return append(bounds, p.To)
}

// facts are tickets and their events, as stored.
type facts struct {
	tickets []*helpdesk.Ticket
	events  []helpdesk.Event
}

// facts stores n random tickets with random events, and more of another tenant. The events need not
// fit the tickets: a report adds up what it finds.
func (e *env) facts(n int) *facts {
	e.Helper()
	f := &facts{}
	all := e.crowd(n)
	e.add(func(t *helpdesk.Ticket) {
		t.MergedInto = all[0].ID
		t.Clocks = []helpdesk.SLAClock{ // one missed and one kept before the merge, and one that it ended
			{Metric: helpdesk.FirstResponse, Instance: 1, StartedAt: start, BreachedAt: start, DetectedAt: start, CancelledAt: start},
			{Metric: helpdesk.NextResponse, Instance: 1, StartedAt: start, MetAt: start},
			{Metric: helpdesk.Resolution, Instance: 1, StartedAt: start, CancelledAt: start},
		}
	})
	r := rand.New(rand.NewPCG(13, 17))
	for t, err := range helpdesk.Events(e.ctx, plain{e.store}, helpdesk.EventQuery{Tenant: e.tenant, Types: []helpdesk.EventType{helpdesk.EventOpened}}) {
		e.fatal("an event before there are any: %v %v", t, err)
	}
	for i, t := range all {
		t = e.get(t.ID)
		c := &helpdesk.Change{Tenant: e.tenant, Ticket: t}
		t.Replies, t.Reopened = r.IntN(3), max(0, r.IntN(5)-2)
		if !t.Status.Open() && r.IntN(4) == 0 {
			t.ResolvedAt = time.Time{} // closed at once
		}
		if r.IntN(3) == 0 {
			t.Rating = &helpdesk.Rating{Score: 1 + r.IntN(5), At: start}
		}
		for j := range t.Clocks {
			k := &t.Clocks[j]
			k.Policy, k.Consumed = pick(r, "p", "q's \"policy\" ü"), time.Duration(r.Int64N(int64(90*time.Hour)))
			if j == 0 && r.IntN(3) == 0 {
				next := *k
				next.Metric, next.Instance = helpdesk.NextResponse, 2
				t.Clocks = append(t.Clocks, next)
			}
		}
		at := func() time.Time {
			return start.Add(time.Duration(r.Int64N(int64(5 * time.Hour))).Truncate(time.Microsecond))
		}
		c.Events = append(c.Events, event(t, helpdesk.EventOpened))
		for range r.IntN(6) {
			ev := event(t, helpdesk.EventStatus)
			ev.From, ev.To, ev.At = string(pick(r, helpdesk.Statuses...)), string(pick(r, helpdesk.Statuses...)), at()
			if r.IntN(5) == 0 {
				ev.At = start.Add(time.Duration(r.IntN(4)) * time.Hour) // on a bound
			}
			c.Events = append(c.Events, ev)
		}
		c.Events = append(c.Events, event(t, helpdesk.EventResolved))
		if i%10 == 0 {
			other := e.newTicket(func(o *helpdesk.Ticket) { o.Tenant, o.CreatedAt = "globex", t.CreatedAt })
			add := opening(other)
			add.Events = []helpdesk.Event{event(other, helpdesk.EventOpened)}
			e.commit(add)
		}
		e.commit(c)
	}
	next := ""
	for {
		page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant, Limit: helpdesk.MaxLimit, After: next})
		e.ok(err)
		f.tickets = append(f.tickets, page.Tickets...)
		if next = page.Next; next == "" {
			break
		}
	}
	for _, t := range f.tickets {
		th, err := e.store.Thread(e.ctx, e.tenant, t.ID)
		e.ok(err)
		for _, ev := range th.Events {
			if ev.Ticket == t.ID {
				f.events = append(f.events, ev)
			}
		}
	}
	return f
}

func (f *facts) all(fits func(*helpdesk.Ticket) bool) iter.Seq2[*helpdesk.Ticket, error] {
	return func(yield func(*helpdesk.Ticket, error) bool) {
		for _, t := range f.tickets {
			if fits(t) && !yield(t, nil) {
				return
			}
		}
	}
}

func (f *facts) since(from time.Time) iter.Seq2[helpdesk.Event, error] {
	return func(yield func(helpdesk.Event, error) bool) {
		for _, e := range f.events {
			if !e.At.Before(from) && !yield(e, nil) {
				return
			}
		}
	}
}

// moved yields the events since a time of tickets that a filter selects.
func (f *facts) moved(filter report.Filter, from time.Time) iter.Seq2[helpdesk.Event, error] {
	ours := map[helpdesk.TicketID]bool{}
	for _, t := range f.tickets {
		ours[t.ID] = filter.Match(t)
	}
	return func(yield func(helpdesk.Event, error) bool) {
		for e := range f.since(from) {
			if ours[e.Ticket] && !yield(e, nil) {
				return
			}
		}
	}
}

// first returns when the first ticket was created.
func (f *facts) first() time.Time {
	return slices.MinFunc(f.tickets, func(a, b *helpdesk.Ticket) int { return a.CreatedAt.Compare(b.CreatedAt) }).CreatedAt
}

func (f *facts) open(fits func(*helpdesk.Ticket) bool) (n int) {
	for _, t := range f.tickets {
		if t.Status.Open() && (fits == nil || fits(t)) {
			n++
		}
	}
	return n
}
