package helpdesk

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// Period is the time [From, To) a report is about.
type Period struct {
	From, To time.Time
}

// LastDays returns the period of n times 24 hours that ends at now.
func LastDays(n int, now time.Time) Period {
	return Period{now.Add(-time.Duration(n) * 24 * time.Hour), now}
}

// Previous returns the period of the same length that ends where p begins.
func (p Period) Previous() Period { return Period{p.From.Add(p.From.Sub(p.To)), p.From} }

func (p Period) check() error {
	if !p.From.Before(p.To) {
		return &FieldError{"period", "does not end after it begins"}
	}
	return nil
}

// Overview tells how the tickets created in a Period fared, as of now. Tickets merged
// into another are left out. Numbers that nothing stands behind are null, not 0.
type Overview struct {
	Period Period

	// Flow counts what happened in the period, to whatever tickets, and the backlog at both of its ends.
	Flow Flow

	Total    int // tickets created in the period
	Resolved int // of these, resolved or closed now
	Open     int // of these, the others

	// Breached counts the tickets with a breached SLA clock. A clock running past
	// its due time is breached, whether or not a sweep has noticed.
	Breached int
	// Compliance is the percentage of tickets without a breach among those with
	// a clock that was met or breached; nil when there is none.
	Compliance *float64
	// Attainment is met / (met + breached) per metric, for metrics with either. It counts clocks, and
	// so those of merged tickets too. Policies has the same for each policy, by name.
	Attainment []Attainment
	Policies   []Attainment

	// FirstResponse is the time from creation to the first public reply of a
	// person, Resolution that from creation to ResolvedAt, around the clock.
	FirstResponse Durations
	Resolution    Durations
	// The same in open time: what the SLA clock had used when the promise was kept, in time or late. Tickets without
	// such a promise are not among them.
	FirstResponseOpen Durations
	ResolutionOpen    Durations

	Reopened     Share // of the tickets that were ever resolved, those that came back
	OneTouch     Share // of the tickets that stand resolved, those with exactly one public reply of a person
	Satisfaction Satisfaction

	ByCategory map[Category]Group // those without a category under ""
	ByPriority map[Priority]Group
}

// Group is the tickets of an Overview that have something in common.
type Group struct {
	Total      int
	Resolved   int
	Breached   int
	Decided    int       // with a clock that was met or breached
	Resolution Durations // around the clock
}

// Compliance is the percentage of tickets without a breach among those decided; nil when there is none.
func (g Group) Compliance() *float64 { return compliance(g.Breached, g.Decided) }

func compliance(breached, decided int) *float64 {
	if decided == 0 {
		return nil
	}
	pct := percent(decided-breached, decided)
	return &pct
}

// Satisfaction sums up what customers thought (CSAT).
type Satisfaction struct {
	Asked int // tickets whose customers could rate: those that were ever resolved
	Rated int // of these, rated
	Sum   int // of the scores, 1 to 5
	Good  int // scores of 4 and 5
}

// Response is the share of those asked who rated.
func (s Satisfaction) Response() Share { return Share{s.Rated, s.Asked} }

// Content is the share of the good scores.
func (s Satisfaction) Content() Share { return Share{s.Good, s.Rated} }

// Mean is the mean score; nil when nobody rated.
func (s Satisfaction) Mean() *float64 { return Share{s.Sum, s.Rated}.Rate() }

// add counts a ticket.
func (s *Satisfaction) add(t *Ticket) {
	if everResolved(t) || t.Rating != nil { // one that was closed at once may be rated too
		s.Asked++
	}
	if r := t.Rating; r != nil {
		s.Rated++
		s.Sum += r.Score
		if r.Score >= 4 {
			s.Good++
		}
	}
}

// everResolved reports whether a ticket was resolved, be it that it came back since.
func everResolved(t *Ticket) bool {
	return !t.ResolvedAt.IsZero() || t.Reopened > 0
}

// Attainment counts how the clocks of one metric ended. Cancelled clocks count
// only when breached.
type Attainment struct {
	Policy   string // empty when it is about all
	Metric   Metric
	Met      int
	Breached int
}

// Percent returns 100 * met / (met + breached).
func (a Attainment) Percent() float64 { return percent(a.Met, a.Met+a.Breached) }

// Durations sums up how long something took. P50 and P90 are percentiles by
// nearest rank: the smallest value that at least that share does not exceed.
type Durations struct {
	N    int
	Mean time.Duration // to the microsecond, rounded down; 0 when N is 0, as are P50 and P90
	P50  time.Duration
	P90  time.Duration
}

// Overview reports on the tickets created in a period. The actor must not be a customer.
func (d *Desk) Overview(ctx context.Context, p Period) (*Overview, error) {
	const op = "overview"
	q := ReportQuery{Period: p}
	f, err := d.reportFilter(ctx, &q)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	if s, ok := As[Overviewer](d.store); ok {
		o, err := s.Overview(ctx, d.tenant, q.Period, d.now())
		return o, d.fail(op, "", err)
	}
	flows, err := d.flows(ctx, f, []time.Time{q.From, q.To})
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	o, err := ComputeOverview(q.Period, flows[0], allTickets(ctx, d.store, Query{Tenant: d.tenant, From: q.From, To: q.To}), d.now())
	return o, d.fail(op, "", err)
}

// Compare returns the overview of a period and that of the period of the same length before it.
func (d *Desk) Compare(ctx context.Context, p Period) (now, before *Overview, err error) {
	if now, err = d.Overview(ctx, p); err == nil {
		before, err = d.Overview(ctx, p.Previous())
	}
	return now, before, err
}

// ComputeOverview is the definition of an Overview: it reads the tickets created in the
// period one after the other; the flow is that of [ComputeFlows]. A Store that can do the same in SQL is an [Overviewer].
func ComputeOverview(p Period, flow Flow, tickets iter.Seq2[*Ticket, error], now time.Time) (*Overview, error) {
	o := &Overview{Period: p, Flow: flow, ByCategory: map[Category]Group{}, ByPriority: map[Priority]Group{}}
	times := speeds{}
	byCategory, byPriority := map[Category][]time.Duration{}, map[Priority][]time.Duration{}
	var decided int
	var all, policies attained
	for t, err := range tickets {
		if err != nil {
			return nil, err
		}
		all.add(t, "", now)
		for _, c := range t.Clocks {
			policies.count(c.Policy, &c, now)
		}
		if t.MergedInto != "" {
			continue
		}
		times.add(t)
		g := Group{Total: 1}
		if !t.Status.Open() {
			g.Resolved = 1
		}
		if t.Breached(now) {
			g.Breached = 1
		}
		if slices.ContainsFunc(t.Clocks, func(c SLAClock) bool { return c.met() || c.breached(now) }) {
			g.Decided = 1
		}
		o.Total, o.Resolved, o.Open = o.Total+1, o.Resolved+g.Resolved, o.Open+1-g.Resolved
		o.Breached, decided = o.Breached+g.Breached, decided+g.Decided
		o.ByCategory[t.Category] = o.ByCategory[t.Category].plus(g)
		o.ByPriority[t.Priority] = o.ByPriority[t.Priority].plus(g)
		if !t.ResolvedAt.IsZero() {
			took := t.ResolvedAt.Sub(t.CreatedAt)
			byCategory[t.Category] = append(byCategory[t.Category], took)
			byPriority[t.Priority] = append(byPriority[t.Priority], took)
			o.OneTouch.Of++
			if t.Replies == 1 {
				o.OneTouch.N++
			}
		}
		if everResolved(t) {
			o.Reopened.Of++
		}
		if t.Reopened > 0 {
			o.Reopened.N++
		}
		o.Satisfaction.add(t)
	}
	o.Compliance = compliance(o.Breached, decided)
	o.Attainment, o.Policies = all.list(), policies.list()
	o.FirstResponse, o.FirstResponseOpen, o.Resolution, o.ResolutionOpen = times.sum()
	for c, list := range byCategory {
		g := o.ByCategory[c]
		g.Resolution = Summarize(list)
		o.ByCategory[c] = g
	}
	for p, list := range byPriority {
		g := o.ByPriority[p]
		g.Resolution = Summarize(list)
		o.ByPriority[p] = g
	}
	return o, nil
}

// plus adds up the counts.
func (g Group) plus(h Group) Group {
	g.Total, g.Resolved, g.Breached, g.Decided = g.Total+h.Total, g.Resolved+h.Resolved, g.Breached+h.Breached, g.Decided+h.Decided
	return g
}

// attained counts clocks by policy and metric.
type attained map[Attainment]*Attainment

// add counts the clocks of a ticket as those of one policy.
func (a *attained) add(t *Ticket, policy string, now time.Time) {
	for i := range t.Clocks {
		a.count(policy, &t.Clocks[i], now)
	}
}

func (a *attained) count(policy string, c *SLAClock, now time.Time) {
	breached := c.breached(now)
	if !breached && !c.met() {
		return
	}
	k := Attainment{Policy: policy, Metric: c.Metric}
	if *a == nil {
		*a = attained{}
	}
	if (*a)[k] == nil {
		sum := k
		(*a)[k] = &sum
	}
	if breached {
		(*a)[k].Breached++
	} else {
		(*a)[k].Met++
	}
}

// list returns the counts by policy, and for each in the order of Metrics.
func (a attained) list() []Attainment {
	var list []Attainment
	for _, v := range a {
		if slices.Contains(Metrics, v.Metric) {
			list = append(list, *v)
		}
	}
	SortAttainment(list)
	return list
}

// SortAttainment sorts by policy, and for each in the order of Metrics.
func SortAttainment(list []Attainment) {
	slices.SortFunc(list, func(a, b Attainment) int {
		return cmp.Or(cmp.Compare(a.Policy, b.Policy), cmp.Compare(slices.Index(Metrics, a.Metric), slices.Index(Metrics, b.Metric)))
	})
}

// speeds is how long tickets took, around the clock and in open time.
type speeds struct {
	first, firstOpen, resolution, resolutionOpen []time.Duration
}

// add counts a ticket unless it was merged into another.
func (s *speeds) add(t *Ticket) {
	if t.MergedInto != "" {
		return
	}
	if !t.FirstReplyAt.IsZero() {
		s.first = append(s.first, t.FirstReplyAt.Sub(t.CreatedAt))
	}
	if !t.ResolvedAt.IsZero() {
		s.resolution = append(s.resolution, t.ResolvedAt.Sub(t.CreatedAt))
	}
	if used, ok := t.OpenTime(FirstResponse); ok {
		s.firstOpen = append(s.firstOpen, used)
	}
	if used, ok := t.OpenTime(Resolution); ok {
		s.resolutionOpen = append(s.resolutionOpen, used)
	}
}

func (s *speeds) sum() (first, firstOpen, resolution, resolutionOpen Durations) {
	return Summarize(s.first), Summarize(s.firstOpen), Summarize(s.resolution), Summarize(s.resolutionOpen)
}

// OpenTime returns the open time, in whole microseconds, that the first reply or the resolution took: what the SLA clock of that metric had
// used when its promise was kept, in time or late. It is false without such a clock, and while there is no reply or resolution.
func (t *Ticket) OpenTime(m Metric) (time.Duration, bool) {
	if (m == FirstResponse && t.FirstReplyAt.IsZero()) || (m == Resolution && t.ResolvedAt.IsZero()) || m == NextResponse {
		return 0, false
	}
	for i := range t.Clocks {
		if c := &t.Clocks[i]; c.Metric == m && !c.MetAt.IsZero() {
			return c.Consumed.Truncate(time.Microsecond), true
		}
	}
	return 0, false
}

// Summarize returns the Durations of a list, which it sorts.
func Summarize(list []time.Duration) Durations {
	n := len(list)
	if n == 0 {
		return Durations{}
	}
	slices.Sort(list)
	var sum time.Duration // in microseconds: 290,000 years of waiting fit
	for _, v := range list {
		sum += v / time.Microsecond
	}
	rank := func(pct int) time.Duration { return list[(n*pct+99)/100-1] }
	return Durations{N: n, Mean: sum / time.Duration(n) * time.Microsecond, P50: rank(50), P90: rank(90)}
}

func percent(part, whole int) float64 {
	if whole == 0 {
		panic(fmt.Sprintf("helpdesk: percentage of nothing (%d)", part))
	}
	return 100 * float64(part) / float64(whole)
}
