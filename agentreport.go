package helpdesk

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// AgentReport tells how agents fared with the tickets created in a Period, as of now, by what is theirs to decide. Tickets
// merged into another are left out.
//
// A breach is the agents' by the share of the clock's running time before it that each of them held the ticket; the time in which
// nobody held it is nobody's. Who got the difficult tickets is not the worse for it: breaches are compared with those that the same tickets would
// have had with everybody, by category and priority.
type AgentReport struct {
	Period  Period
	Agents  []AgentResult // by ID; to an agent only the own one is shown
	CaseMix CaseMix       // what all agents had together
}

// leastHeld is how many tickets an agent has to have held for more than counts to be shown: fewer tell about luck, and about
// single customers.
const leastHeld = 5

// AgentResult is about one agent. Durations are in open time: the hours in which the promise counts, or all of them without one.
type AgentResult struct {
	Agent AgentID

	Held     int  // tickets that the agent held at any time
	Kept     int  // of these, those nobody took over
	Resolved int  // of these, resolved
	Few      bool // Held is less than 5: the rest is not shown

	FirstResponse Durations    // from when the agent got a ticket to the first reply, where the agent held it then
	Handling      Durations    // of tickets resolved: how long the agent held them while they did not wait for the customer
	Resolution    Share        // Resolved of Kept
	Satisfaction  Satisfaction // of Kept

	CaseMix  CaseMix // the agent's part of each stratum
	Breaches Ratio   // the agent's breaches, and those expected of the same tickets
	Flagged  bool    // see [Ratio.Flagged]
	Limits   Limits  // at what is expected, for a funnel plot
}

// AgentReport compares agents. Agents see themselves alone; customers nobody.
func (d *Desk) AgentReport(ctx context.Context, p Period) (*AgentReport, error) {
	const op = "agent report"
	by, err := d.worker(ctx)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	if err := p.check(); err != nil {
		return nil, d.fail(op, "", err)
	}
	p = Period{instant.Of(p.From), instant.Of(p.To)}
	events := Events(ctx, d.store, EventQuery{Tenant: d.tenant, Types: holding, From: p.From})
	tickets := allTickets(ctx, d.store, Query{Tenant: d.tenant, From: p.From, To: p.To, Limit: MaxLimit})
	r, err := ComputeAgentReport(p, events, tickets, d.now(), d.openHours(ctx))
	if err == nil && by.Role == RoleAgent {
		r.Agents = slices.DeleteFunc(r.Agents, func(a AgentResult) bool { return a.Agent != AgentID(by.ID) })
		r.CaseMix = nil
	}
	return r, d.fail(op, "", err)
}

// OpenHours counts the open time in [a, b) under the promise of a clock; c is nil where there is none.
type OpenHours func(c *SLAClock, a, b time.Time) time.Duration

// openHours looks up the calendars of promises. One that is not known any more is taken to be open around the clock.
func (d *Desk) openHours(ctx context.Context) OpenHours {
	calendars := map[policyRef]Calendar{}
	return func(c *SLAClock, a, b time.Time) time.Duration {
		if c == nil {
			return aroundTheClock{}.Between(a, b)
		}
		calendar, known := calendars[c.under()]
		if !known {
			calendar = d.calendar(ctx, c)
			calendars[c.under()] = calendar
		}
		return calendar.Between(a, b)
	}
}

func (d *Desk) calendar(ctx context.Context, c *SLAClock) Calendar {
	if d.cfg.SLA == nil {
		return aroundTheClock{}
	}
	b, err := d.bookAt(ctx, c.Version)
	if err != nil {
		d.cfg.Logger.WarnContext(ctx, "helpdesk: the hours of a promise", "tenant", d.tenant, "policy", c.Policy, "version", c.Version, "error", err)
		return aroundTheClock{}
	}
	if named, ok := b.sla.(SLABook); ok {
		return named.Named(c.Policy).hours()
	}
	return aroundTheClock{}
}

// ComputeAgentReport is the definition of an AgentReport: it reads the events of agents who got and lost tickets since the beginning of the
// period, oldest first, and then the tickets created in it.
func ComputeAgentReport(p Period, events iter.Seq2[Event, error], tickets iter.Seq2[*Ticket, error], now time.Time, open OpenHours) (*AgentReport, error) {
	held, err := holdingsOf(events)
	if err != nil {
		return nil, err
	}
	all := agentCount{now: now, open: open, of: map[AgentID]*agentSum{}}
	for t, err := range tickets {
		if err != nil {
			return nil, err
		}
		if t.MergedInto == "" {
			all.add(t, held.of(t))
		}
	}
	return all.report(p), nil
}

// agentCount is a report in the making.
type agentCount struct {
	now  time.Time
	open OpenHours
	of   map[AgentID]*agentSum
}

type agentSum struct {
	AgentResult
	first, handling []time.Duration
}

func (c *agentCount) agent(id AgentID) *agentSum {
	if c.of[id] == nil {
		c.of[id] = &agentSum{AgentResult: AgentResult{Agent: id, CaseMix: CaseMix{}}}
	}
	return c.of[id]
}

func (c *agentCount) add(t *Ticket, holds []hold) {
	if len(holds) == 0 {
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
	if h := holderAt(holds, t.FirstReplyAt); !t.FirstReplyAt.IsZero() && h != nil {
		a := c.agent(h.agent)
		a.first = append(a.first, c.open(t.clock(FirstResponse), h.from, t.FirstReplyAt).Truncate(time.Microsecond))
	}
	c.attribute(t, holds)
}

// clock returns the first clock of a metric, or nil.
func (t *Ticket) clock(m Metric) *SLAClock {
	for i := range t.Clocks {
		if t.Clocks[i].Metric == m {
			return &t.Clocks[i]
		}
	}
	return nil
}

// handling is how long an agent held a resolved ticket while its resolution was the desk's to do.
func (c *agentCount) handling(t *Ticket, holds []hold, id AgentID) time.Duration {
	k := t.clock(Resolution)
	worked := []Stretch{{From: t.CreatedAt, To: t.ResolvedAt}}
	if k != nil {
		worked = k.Ran
	}
	return c.held(k, worked, holds)[id].Truncate(time.Microsecond)
}

// held is how long each agent held a ticket in stretches of a clock.
func (c *agentCount) held(k *SLAClock, stretches []Stretch, holds []hold) map[AgentID]time.Duration {
	of := map[AgentID]time.Duration{}
	for _, s := range stretches {
		for _, h := range holds {
			from, to := latest(s.From, h.from), s.To
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

// attribute shares out a ticket, and its breach if there is one. A clock is at risk while it runs and is not breached.
func (c *agentCount) attribute(t *Ticket, holds []hold) {
	var whole time.Duration
	risk, breach := map[AgentID]time.Duration{}, map[AgentID]float64{}
	breaches := 0
	for i := range t.Clocks {
		k := &t.Clocks[i]
		stretches := k.atRisk(c.now)
		var ran time.Duration
		for _, s := range stretches {
			ran += c.open(k, s.From, s.To)
		}
		of := c.held(k, stretches, holds)
		for id, d := range of {
			risk[id] += d
		}
		whole += ran
		if !k.breached(c.now) {
			continue
		}
		breaches++
		for id, d := range of {
			if ran > 0 {
				breach[id] += float64(d) / float64(ran)
			}
		}
	}
	s := Stratum{t.Category, t.Priority}
	if whole == 0 {
		c.agent(holds[len(holds)-1].agent).CaseMix.Add(s, Exposure{Tickets: 1})
		return
	}
	for id, d := range risk {
		e := Exposure{Tickets: float64(d) / float64(whole)}
		if breaches > 0 {
			e.Breaches = breach[id] / float64(breaches)
		}
		c.agent(id).CaseMix.Add(s, e)
	}
}

// atRisk returns when the clock ran before it was breached, as of now.
func (c *SLAClock) atRisk(now time.Time) []Stretch {
	list := slices.Clone(c.Ran)
	if c.Running() {
		list = append(list, Stretch{From: c.RunningSince, To: now})
	}
	end := c.BreachedAt
	if end.IsZero() && c.overdue(now) {
		end = c.DueAt
	}
	if end.IsZero() {
		return list
	}
	for i := range list {
		list[i].To = earliest(list[i].To, end)
	}
	return slices.DeleteFunc(list, func(s Stretch) bool { return !s.From.Before(s.To) })
}

func (c *agentCount) report(p Period) *AgentReport {
	r := &AgentReport{Period: p, Agents: []AgentResult{}, CaseMix: CaseMix{}}
	ids := slices.Sorted(maps.Keys(c.of)) // in order, since sums of floats depend on it
	for _, id := range ids {
		for s, e := range c.of[id].CaseMix {
			r.CaseMix.Add(s, e)
		}
	}
	rates := r.CaseMix.Rates()
	for _, id := range ids {
		a := c.of[id]
		if a.Held < leastHeld {
			r.Agents = append(r.Agents, AgentResult{Agent: id, Held: a.Held, Kept: a.Kept, Resolved: a.Resolved, Few: true})
			continue
		}
		a.FirstResponse, a.Handling = Summarize(a.first), Summarize(a.handling)
		a.Resolution = Share{a.Resolved, a.Kept}
		a.Breaches = a.CaseMix.Against(rates)
		a.Flagged, a.Limits = a.Breaches.Flagged(), FunnelLimits(a.Breaches.Expected)
		r.Agents = append(r.Agents, a.AgentResult)
	}
	return r
}
