package helpdesk

import (
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

func (p Period) check() error {
	if !p.From.Before(p.To) {
		return &FieldError{"period", "does not end after it begins"}
	}
	return nil
}

// Overview tells how the tickets created in a Period fared, as of now. Tickets merged
// into another are left out. Numbers that nothing stands behind are null, not 0.
type Overview struct {
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
	// so those of merged tickets too.
	Attainment []Attainment

	// FirstResponse is the time from creation to the first public reply of a
	// person, Resolution that from creation to ResolvedAt, around the clock.
	FirstResponse Durations
	Resolution    Durations

	ByCategory map[Category]int // tickets; those without a category under ""
	ByPriority map[Priority]int
}

// Attainment counts how the clocks of one metric ended. Cancelled clocks count
// only when breached.
type Attainment struct {
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
	if _, err := d.worker(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	if err := p.check(); err != nil {
		return nil, d.fail(op, "", err)
	}
	p = Period{Instant(p.From), Instant(p.To)}
	if s, ok := As[Overviewer](d.store); ok {
		o, err := s.Overview(ctx, d.tenant, p, d.now())
		return o, d.fail(op, "", err)
	}
	o, err := ComputeOverview(allTickets(ctx, d.store, Query{Tenant: d.tenant, From: p.From, To: p.To}), d.now())
	return o, d.fail(op, "", err)
}

// ComputeOverview is the definition of an Overview: it reads the tickets created in the
// period one after the other. A Store that can do the same in SQL is an [Overviewer].
func ComputeOverview(tickets iter.Seq2[*Ticket, error], now time.Time) (*Overview, error) {
	o := &Overview{ByCategory: map[Category]int{}, ByPriority: map[Priority]int{}}
	var first, resolution []time.Duration
	var decided int
	ended := map[Metric]*Attainment{}
	for t, err := range tickets {
		if err != nil {
			return nil, err
		}
		for _, c := range t.Clocks {
			a := ended[c.Metric]
			if a == nil {
				a = &Attainment{Metric: c.Metric}
				ended[c.Metric] = a
			}
			switch {
			case c.breached(now):
				a.Breached++
			case c.met():
				a.Met++
			}
		}
		if t.MergedInto != "" {
			continue
		}
		o.Total++
		if t.Status.Open() {
			o.Open++
		} else {
			o.Resolved++
		}
		o.ByCategory[t.Category]++
		o.ByPriority[t.Priority]++
		if !t.FirstReplyAt.IsZero() {
			first = append(first, t.FirstReplyAt.Sub(t.CreatedAt))
		}
		if !t.ResolvedAt.IsZero() {
			resolution = append(resolution, t.ResolvedAt.Sub(t.CreatedAt))
		}
		if t.Breached(now) {
			o.Breached++
		}
		if slices.ContainsFunc(t.Clocks, func(c SLAClock) bool { return c.met() || c.breached(now) }) {
			decided++
		}
	}
	if decided > 0 {
		pct := percent(decided-o.Breached, decided)
		o.Compliance = &pct
	}
	for _, m := range Metrics {
		if a := ended[m]; a != nil && a.Met+a.Breached > 0 {
			o.Attainment = append(o.Attainment, *a)
		}
	}
	o.FirstResponse, o.Resolution = Summarize(first), Summarize(resolution)
	return o, nil
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
