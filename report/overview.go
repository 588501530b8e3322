package report

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// Overview tells how the tickets created in a period fared, as of now. Tickets merged into another
// are left out. A number without observations is nil, not 0.
type Overview struct {
	Period Period

	// Flow counts what happened in the period, to any ticket, and the backlog at both ends.
	Flow Flow

	Total    int // tickets created in the period
	Resolved int // of these, resolved or closed now
	Open     int // of these, the others

	// Breached counts the tickets with a breached SLA clock. A clock that runs past its due time is
	// breached, even if no sweep has noticed yet.
	Breached int
	// Compliance is the percentage of tickets without a breach, among those with a clock that was
	// met or breached; nil when there are none.
	Compliance *float64
	// Attainment counts met and breached clocks of each metric that has either. It counts clocks,
	// so those of merged tickets too. Policies has the same for each policy, by name.
	Attainment []Attainment
	Policies   []Attainment

	// FirstResponse is the time from creation to the first public reply of a person, else to the
	// first resolution: to [helpdesk.Ticket.FirstReplyAt]. Resolution is the time from creation to
	// ResolvedAt. Both count all hours.
	FirstResponse Durations
	Resolution    Durations
	// These are the same in open time: what the SLA clock had used when it was met, in time or
	// late. Tickets without such a clock are left out.
	FirstResponseOpen Durations
	ResolutionOpen    Durations

	// MedianReplies is the median number of public replies by people to a resolution: over the
	// tickets that are resolved, or closed after a resolution, by nearest rank. It is the smallest
	// number of replies that at least half of these tickets did not exceed. All replies of a ticket
	// count, including those before it was reopened; a ticket resolved without a reply counts as 0.
	// It is nil when no ticket is resolved.
	MedianReplies *float64

	Reopened     Proportion // of the tickets that were ever resolved, those that came back
	OneTouch     Proportion // of the tickets that are resolved, those with exactly one public reply of a person
	Satisfaction Satisfaction

	ByCategory map[helpdesk.Category]Group // those without a category under ""
	ByPriority map[helpdesk.Priority]Group
}

// Group sums up the tickets of an Overview that have a category or a priority in common.
type Group struct {
	Total      int
	Resolved   int
	Breached   int
	Decided    int       // with a clock that was met or breached
	Resolution Durations // in all hours
}

// Compliance returns the percentage of tickets without a breach among those decided, or nil when
// there are none.
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

// Response returns the proportion of those asked who rated.
func (s Satisfaction) Response() Proportion { return Proportion{s.Rated, s.Asked} }

// Content returns the proportion of good scores.
func (s Satisfaction) Content() Proportion { return Proportion{s.Good, s.Rated} }

// Mean returns the mean score, or nil when nobody rated.
func (s Satisfaction) Mean() *float64 { return Proportion{s.Sum, s.Rated}.Rate() }

// add counts a ticket.
func (s *Satisfaction) add(t *helpdesk.Ticket) {
	if everResolved(t) || t.Rating != nil { // customers may also rate a ticket that was closed at once
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

// everResolved reports whether a ticket was resolved once, even if it has come back since.
func everResolved(t *helpdesk.Ticket) bool {
	return !t.ResolvedAt.IsZero() || t.Reopened > 0
}

// Attainment counts how the clocks of one metric ended. Cancelled clocks count
// only when breached.
type Attainment struct {
	Policy   string // empty for all policies together
	Metric   helpdesk.Metric
	Met      int
	Breached int
}

// Percent returns 100 * met / (met + breached).
func (a Attainment) Percent() float64 { return percent(a.Met, a.Met+a.Breached) }

// Durations sums up how long something took. P50, the median, and P90 are percentiles by nearest
// rank: the smallest value that at least 50 or 90 percent of the values do not exceed.
type Durations struct {
	N    int
	Mean time.Duration // to the microsecond, rounded down; 0 when N is 0, as are P50 and P90
	P50  time.Duration
	P90  time.Duration
}

// NewOverview returns the Overview of a period without tickets.
func NewOverview(p Period) *Overview {
	return &Overview{Period: p, ByCategory: map[helpdesk.Category]Group{}, ByPriority: map[helpdesk.Priority]Group{}}
}

// Overview reports on the tickets created in a period.
func (r Reports) Overview(ctx context.Context, p Period) (*Overview, error) {
	all, _, err := r.overviews(ctx, p)
	if err != nil {
		return nil, fail("overview", err)
	}
	return all[0], nil
}

// Comparison is an Overview beside that of the period of the same length before.
type Comparison struct {
	Now    *Overview
	Before *Overview // nil if that period begins before 1970
	Since  time.Time // when the tenant's first ticket was created; zero without tickets
}

// Compare returns the overview of a period and that of the period before it.
func (r Reports) Compare(ctx context.Context, p Period) (*Comparison, error) {
	var before []time.Time
	if b := p.Previous(); b.check() == nil {
		before = append(before, instant.Of(b.From))
	}
	all, since, err := r.overviews(ctx, p, before...)
	if err != nil {
		return nil, fail("compare", err)
	}
	c := &Comparison{Now: all[len(all)-1], Since: since}
	if len(all) > 1 {
		c.Before = all[0]
	}
	return c, nil
}

// overviews returns the overviews from each bound before a period to the next, that of the period,
// and when the first ticket was created.
func (r Reports) overviews(ctx context.Context, p Period, before ...time.Time) (all []*Overview, since time.Time, err error) {
	q := Query{Period: p}
	f, err := r.filter(ctx, &q)
	if err != nil {
		return nil, since, err
	}
	bounds := append(before, q.From, q.To)
	if s, ok := helpdesk.As[Overviewer](r.desk.Store()); ok {
		return s.Overviews(ctx, r.desk.Tenant(), f, bounds, r.desk.Now())
	}
	flows, err := r.flows(ctx, f, bounds)
	if err != nil {
		return nil, since, err
	}
	for i, flow := range flows {
		p := Period{bounds[i], bounds[i+1]}
		o, err := ComputeOverview(p, flow, matching(f, r.created(ctx, p)), r.desk.Now())
		if err != nil {
			return nil, since, err
		}
		all = append(all, o)
	}
	first, err := r.desk.Tickets(ctx, helpdesk.Query{Order: helpdesk.Oldest, Limit: 1})
	if err == nil && len(first.Tickets) > 0 {
		since = first.Tickets[0].CreatedAt
	}
	for f, failed := range r.facts(ctx, Period{}) {
		if err = cmp.Or(err, failed); err != nil {
			break
		}
		if at := f.Ticket.CreatedAt; since.IsZero() || at.Before(since) {
			since = at
		}
	}
	return all, since, err
}

// ComputeOverview is the definition of an Overview. It reads the tickets created in the period, in
// any order. The flow is that of [ComputeFlows].
func ComputeOverview(
	p Period, flow Flow, tickets iter.Seq2[*helpdesk.Ticket, error], now time.Time,
) (*Overview, error) {
	o := NewOverview(p)
	o.Flow = flow
	times := speeds{}
	byCategory := map[helpdesk.Category][]time.Duration{}
	byPriority := map[helpdesk.Priority][]time.Duration{}
	var replies []int
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
		g := groupOf(t, now)
		o.Total++
		o.Resolved, o.Open = o.Resolved+g.Resolved, o.Open+1-g.Resolved
		o.Breached, decided = o.Breached+g.Breached, decided+g.Decided
		o.ByCategory[t.Category] = o.ByCategory[t.Category].plus(g)
		o.ByPriority[t.Priority] = o.ByPriority[t.Priority].plus(g)
		if !t.ResolvedAt.IsZero() {
			took := t.ResolvedAt.Sub(t.CreatedAt)
			byCategory[t.Category] = append(byCategory[t.Category], took)
			byPriority[t.Priority] = append(byPriority[t.Priority], took)
			replies = append(replies, t.Replies)
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
	o.MedianReplies = median(replies)
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

// groupOf counts one ticket.
func groupOf(t *helpdesk.Ticket, now time.Time) Group {
	g := Group{Total: 1}
	if !t.Status.Open() {
		g.Resolved = 1
	}
	if t.Breached(now) {
		g.Breached = 1
	}
	if slices.ContainsFunc(t.Clocks, func(c helpdesk.SLAClock) bool { return c.Met() || c.Breached(now) }) {
		g.Decided = 1
	}
	return g
}

// plus adds up the counts.
func (g Group) plus(h Group) Group {
	g.Total, g.Resolved = g.Total+h.Total, g.Resolved+h.Resolved
	g.Breached, g.Decided = g.Breached+h.Breached, g.Decided+h.Decided
	return g
}

// attained counts clocks by policy and metric.
type attained map[Attainment]*Attainment

// add counts the clocks of a ticket as those of one policy.
func (a *attained) add(t *helpdesk.Ticket, policy string, now time.Time) {
	for i := range t.Clocks {
		a.count(policy, &t.Clocks[i], now)
	}
}

func (a *attained) count(policy string, c *helpdesk.SLAClock, now time.Time) {
	breached := c.Breached(now)
	if !breached && !c.Met() {
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

// list returns the counts in the order of SortAttainment.
func (a attained) list() []Attainment {
	var list []Attainment
	for _, v := range a {
		if slices.Contains(helpdesk.Metrics, v.Metric) {
			list = append(list, *v)
		}
	}
	SortAttainment(list)
	return list
}

// SortAttainment sorts a list by policy, and by the order of [helpdesk.Metrics] within a policy.
func SortAttainment(list []Attainment) {
	slices.SortFunc(list, func(a, b Attainment) int {
		place := func(m helpdesk.Metric) int { return slices.Index(helpdesk.Metrics, m) }
		return cmp.Or(cmp.Compare(a.Policy, b.Policy), cmp.Compare(place(a.Metric), place(b.Metric)))
	})
}

// speeds collects how long tickets took, in all hours and in open time.
type speeds struct {
	first, firstOpen, resolution, resolutionOpen []time.Duration
}

// add counts a ticket unless it was merged into another.
func (s *speeds) add(t *helpdesk.Ticket) {
	if t.MergedInto != "" {
		return
	}
	if !t.FirstReplyAt.IsZero() {
		s.first = append(s.first, t.FirstReplyAt.Sub(t.CreatedAt))
	}
	if !t.ResolvedAt.IsZero() {
		s.resolution = append(s.resolution, t.ResolvedAt.Sub(t.CreatedAt))
	}
	if used, ok := OpenTime(t, helpdesk.FirstResponse); ok {
		s.firstOpen = append(s.firstOpen, used)
	}
	if used, ok := OpenTime(t, helpdesk.Resolution); ok {
		s.resolutionOpen = append(s.resolutionOpen, used)
	}
}

func (s *speeds) sum() (first, firstOpen, resolution, resolutionOpen Durations) {
	return Summarize(s.first), Summarize(s.firstOpen), Summarize(s.resolution), Summarize(s.resolutionOpen)
}

// OpenTime returns the open time, in whole microseconds, that the first reply to a ticket or its
// resolution took: what the SLA clock of that metric had used when it was met, in time or late. It
// returns false without such a clock, and while there is no reply or resolution.
func OpenTime(t *helpdesk.Ticket, m helpdesk.Metric) (time.Duration, bool) {
	switch {
	case m != helpdesk.FirstResponse && m != helpdesk.Resolution,
		m == helpdesk.FirstResponse && t.FirstReplyAt.IsZero(),
		m == helpdesk.Resolution && t.ResolvedAt.IsZero():
		return 0, false
	}
	for i := range t.Clocks {
		if c := &t.Clocks[i]; c.Metric == m && !c.MetAt.IsZero() {
			return c.Consumed.Truncate(time.Microsecond), true
		}
	}
	return 0, false
}

// Summarize returns the Durations of a list. It sorts the list.
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
	return Durations{N: n, Mean: sum / time.Duration(n) * time.Microsecond, P50: percentile(list, 50), P90: percentile(list, 90)}
}

// median returns the median of a list by nearest rank, or nil if the list is empty. It sorts the
// list.
func median(list []int) *float64 {
	if len(list) == 0 {
		return nil
	}
	slices.Sort(list)
	m := float64(percentile(list, 50))
	return &m
}

// percentile returns a percentile of a sorted list by nearest rank.
func percentile[T any](sorted []T, pct int) T { return sorted[(len(sorted)*pct+99)/100-1] }

func percent(part, whole int) float64 {
	if whole == 0 {
		panic(fmt.Sprintf("report: percentage of nothing (%d)", part))
	}
	return 100 * float64(part) / float64(whole)
}
