package report

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Agents compares agents by the tickets created in a period, as of now, and only by what an agent
// controls. Tickets merged into another are left out.
//
// A breach is shared among the agents who held the ticket, by how much of the clock's running time
// before the breach each of them held it. The time in which no agent held the ticket counts against
// no agent. Difficult tickets do not make an agent look worse: the report compares an agent's
// breaches with the number that all agents together would have had with the same tickets, by
// category and priority.
type Agents struct {
	Period  Period
	Results []AgentResult // by agent id; an agent gets only their own
	CaseMix CaseMix       // of all agents together; nil for an agent
}

// leastHeld is how many tickets an agent must have held before more than counts is shown. Fewer
// tickets tell about luck, and about single customers.
const leastHeld = 5

// AgentResult is about one agent. Durations are in open time: the hours in which the SLA clock
// counts, or all hours without an SLA.
type AgentResult struct {
	Agent helpdesk.AgentID

	Held     int  // tickets that the agent held at any time
	Kept     int  // of these, those that no other agent took over
	Resolved int  // of the kept ones, those that are resolved
	Few      bool // Held is less than 5, and the fields below are not filled in

	FirstResponse Durations    // from assignment to the agent's own first reply, while the agent held the ticket
	Handling      Durations    // of resolved tickets: held by the agent while the resolution clock ran
	Resolution    Proportion   // Resolved of Kept
	Satisfaction  Satisfaction // of the kept tickets

	CaseMix  CaseMix // the agent's part of each stratum
	Breaches Ratio   // the agent's breaches, and those expected of the same tickets
	Flagged  bool    // see [Ratio.Flagged]
	Limits   Limits  // at the expected number, for a funnel plot
}

// Agents compares agents. An agent gets only their own result, a lead also those of the members of
// their teams.
func (r Reports) Agents(ctx context.Context, p Period) (*Agents, error) {
	const op = "agent report"
	reviewed, err := r.desk.Reviewed(ctx)
	if err != nil {
		return nil, fail(op, err)
	}
	if err := p.check(); err != nil {
		return nil, fail(op, err)
	}
	p = p.instant()
	a, err := r.computeAgents(ctx, p)
	if err == nil && reviewed != nil {
		a.Results = slices.DeleteFunc(a.Results, func(one AgentResult) bool { return !slices.Contains(reviewed, one.Agent) })
		a.CaseMix = nil
	}
	return a, fail(op, err)
}

// OpenHours returns the open time in [a, b) under the calendar of an SLA clock. Without a clock, c
// is nil and all time is open.
type OpenHours func(c *helpdesk.SLAClock, a, b time.Time) time.Duration

// openHours looks up each calendar once.
func (r Reports) openHours(ctx context.Context) OpenHours {
	type policy struct {
		name    string
		version int64
	}
	calendars := map[policy]helpdesk.Calendar{}
	return func(c *helpdesk.SLAClock, a, b time.Time) time.Duration {
		if c == nil {
			return max(0, b.Sub(a))
		}
		under := policy{c.Policy, c.Version}
		calendar, known := calendars[under]
		if !known {
			calendar = r.desk.CalendarOf(ctx, c)
			calendars[under] = calendar
		}
		return calendar.Between(a, b)
	}
}

// computeAgents computes the report from the tickets created in the period and their events. It
// reads nothing else, whenever the period was.
func (r Reports) computeAgents(ctx context.Context, p Period) (*Agents, error) {
	all := newAgentCount(r.desk.Now(), r.openHours(ctx))
	var some []*helpdesk.Ticket
	count := func() error {
		q := helpdesk.EventQuery{Tenant: r.desk.Tenant(), Types: holding}
		for _, t := range some {
			q.Among = append(q.Among, t.ID)
		}
		err := all.addAll(helpdesk.Events(ctx, r.desk.Store(), q), some)
		some = some[:0]
		return err
	}
	for t, err := range r.desk.All(ctx, helpdesk.Query{From: p.From, To: p.To, Limit: pageSize}) {
		if err != nil {
			return nil, err
		}
		if some = append(some, t); len(some) == pageSize {
			if err := count(); err != nil {
				return nil, err
			}
		}
	}
	if err := count(); err != nil {
		return nil, err
	}
	for f, err := range r.facts(ctx, p) {
		if err == nil {
			err = all.addAll(eventsOf(f), []*helpdesk.Ticket{&f.Ticket})
		}
		if err != nil {
			return nil, err
		}
	}
	return all.report(p), nil
}

// ComputeAgents is the definition of Agents. It reads the events of assignment and the replies of
// the tickets created in the period, oldest first, and then these tickets. It ignores events of others.
func ComputeAgents(
	p Period, events iter.Seq2[helpdesk.Event, error], tickets iter.Seq2[*helpdesk.Ticket, error], now time.Time, open OpenHours,
) (*Agents, error) {
	held, err := holdingsOf(events)
	if err != nil {
		return nil, err
	}
	all := newAgentCount(now, open)
	for t, err := range tickets {
		if err != nil {
			return nil, err
		}
		all.add(t, held)
	}
	return all.report(p), nil
}

// agentCount is a report in the making.
type agentCount struct {
	now  time.Time
	open OpenHours
	of   map[helpdesk.AgentID]*agentSum
}

func newAgentCount(now time.Time, open OpenHours) *agentCount {
	return &agentCount{now: now, open: open, of: map[helpdesk.AgentID]*agentSum{}}
}

// addAll counts tickets, given all their events of assignment and their replies.
func (c *agentCount) addAll(events iter.Seq2[helpdesk.Event, error], tickets []*helpdesk.Ticket) error {
	if len(tickets) == 0 {
		return nil
	}
	held, err := holdingsOf(events)
	for _, t := range tickets {
		if err == nil {
			c.add(t, held)
		}
	}
	return err
}

type agentSum struct {
	AgentResult
	first, handling []time.Duration
	exposures       map[Stratum][]exposed
}

// exposed is the agent's part of one ticket.
type exposed struct {
	ticket helpdesk.TicketID
	Exposure
}

// addUp makes the case mix of the parts. Sums of floats depend on their order, so it is that of the
// tickets' ids: archived tickets come after others, and change no digit.
func (a *agentSum) addUp() {
	for s, parts := range a.exposures {
		slices.SortStableFunc(parts, func(x, y exposed) int { return cmp.Compare(x.ticket, y.ticket) })
		for _, p := range parts {
			a.CaseMix.Add(s, p.Exposure)
		}
	}
}

func (c *agentCount) agent(id helpdesk.AgentID) *agentSum {
	if c.of[id] == nil {
		c.of[id] = &agentSum{AgentResult: AgentResult{Agent: id, CaseMix: CaseMix{}}, exposures: map[Stratum][]exposed{}}
	}
	return c.of[id]
}

func (c *agentCount) add(t *helpdesk.Ticket, held holdings) {
	holds := held.of(t)
	if t.MergedInto != "" || len(holds) == 0 {
		return
	}
	for _, id := range agentsOf(holds) {
		c.agent(id).Held++
	}
	if last := holds[len(holds)-1]; t.Assignee != "" && last.agent == t.Assignee {
		a := c.agent(last.agent)
		a.Kept++
		if !t.ResolvedAt.IsZero() {
			a.Resolved++
			a.handling = append(a.handling, c.handling(t, holds, last.agent))
		}
		a.Satisfaction.add(t)
	}
	k := clockOf(t, helpdesk.FirstResponse)
	for _, h := range firstReplies(holds) {
		a := c.agent(h.agent)
		a.first = append(a.first, c.open(k, h.from, h.replied).Truncate(time.Microsecond))
	}
	c.attribute(t, holds)
}

// clockOf returns the first clock of a metric, or nil.
func clockOf(t *helpdesk.Ticket, m helpdesk.Metric) *helpdesk.SLAClock {
	for i := range t.Clocks {
		if t.Clocks[i].Metric == m {
			return &t.Clocks[i]
		}
	}
	return nil
}

// span is the time [from, to).
type span struct {
	from, to time.Time
}

// ran returns when a clock ran before it stopped last.
func ran(c *helpdesk.SLAClock) (spans []span) {
	for i := range c.Ran {
		spans = append(spans, span{c.Ran[i].From, c.Ran[i].To})
	}
	return spans
}

// handling returns how long an agent held a resolved ticket while its resolution clock ran.
func (c *agentCount) handling(t *helpdesk.Ticket, holds []hold, id helpdesk.AgentID) time.Duration {
	k := clockOf(t, helpdesk.Resolution)
	worked := []span{{t.CreatedAt, t.ResolvedAt}}
	if k != nil {
		worked = ran(k)
	}
	return c.held(k, worked, holds)[id].Truncate(time.Microsecond)
}

// held returns how long each agent held a ticket while a clock ran.
func (c *agentCount) held(k *helpdesk.SLAClock, running []span, holds []hold) map[helpdesk.AgentID]time.Duration {
	of := map[helpdesk.AgentID]time.Duration{}
	for _, s := range running {
		for _, h := range holds {
			from, to := s.from, s.to
			if h.from.After(from) {
				from = h.from
			}
			if !h.to.IsZero() && h.to.Before(to) {
				to = h.to
			}
			if from.Before(to) {
				of[h.agent] += c.open(k, from, to)
			}
		}
	}
	return of
}

// attribute shares out a ticket among its agents, and its breach if there is one. A clock is at
// risk while it runs and is not breached.
func (c *agentCount) attribute(t *helpdesk.Ticket, holds []hold) {
	var whole time.Duration
	risk, breach := map[helpdesk.AgentID]time.Duration{}, map[helpdesk.AgentID]float64{}
	breaches := 0
	for i := range t.Clocks {
		k := &t.Clocks[i]
		running := atRisk(k, c.now)
		var total time.Duration
		for _, s := range running {
			total += c.open(k, s.from, s.to)
		}
		of := c.held(k, running, holds)
		for id, d := range of {
			risk[id] += d
		}
		whole += total
		if !k.Breached(c.now) {
			continue
		}
		breaches++
		for id, d := range of {
			if total > 0 {
				breach[id] += float64(d) / float64(total)
			}
		}
	}
	s := Stratum{t.Category, t.Priority}
	add := func(id helpdesk.AgentID, e Exposure) {
		a := c.agent(id)
		a.exposures[s] = append(a.exposures[s], exposed{t.ID, e})
	}
	if whole == 0 {
		add(holds[len(holds)-1].agent, Exposure{Tickets: 1})
		return
	}
	for id, d := range risk {
		e := Exposure{Tickets: float64(d) / float64(whole)}
		if breaches > 0 {
			e.Breaches = breach[id] / float64(breaches)
		}
		add(id, e)
	}
}

// atRisk returns when a clock ran before it was breached, as of now.
func atRisk(c *helpdesk.SLAClock, now time.Time) []span {
	spans := ran(c)
	if c.Running() {
		spans = append(spans, span{c.RunningSince, now})
	}
	end := c.BreachedAt
	if end.IsZero() && c.Breached(now) { // a breach that is not noticed yet
		end = c.DueAt
	}
	if end.IsZero() {
		return spans
	}
	for i := range spans {
		if end.Before(spans[i].to) {
			spans[i].to = end
		}
	}
	return slices.DeleteFunc(spans, func(s span) bool { return !s.from.Before(s.to) })
}

func (c *agentCount) report(p Period) *Agents {
	r := &Agents{Period: p, Results: []AgentResult{}, CaseMix: CaseMix{}}
	ids := slices.Sorted(maps.Keys(c.of)) // in order, since sums of floats depend on it
	for _, id := range ids {
		c.of[id].addUp()
		for s, e := range c.of[id].CaseMix {
			r.CaseMix.Add(s, e)
		}
	}
	rates := r.CaseMix.Rates()
	for _, id := range ids {
		a := c.of[id]
		if a.Held < leastHeld {
			r.Results = append(r.Results, AgentResult{Agent: id, Held: a.Held, Kept: a.Kept, Resolved: a.Resolved, Few: true})
			continue
		}
		a.FirstResponse, a.Handling = Summarize(a.first), Summarize(a.handling)
		a.Resolution = Proportion{a.Resolved, a.Kept}
		a.Breaches = a.CaseMix.Against(rates)
		a.Flagged, a.Limits = a.Breaches.Flagged(), FunnelLimits(a.Breaches.Expected)
		r.Results = append(r.Results, a.AgentResult)
	}
	return r
}
