package bunstore

import (
	"context"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// Overviews implements [report.Overviewer]: the same numbers as [report.ComputeOverview], added up
// by the database in one statement.
func (s *Store) Overviews(ctx context.Context, tenant helpdesk.TenantID, f report.Filter, bounds []time.Time, now time.Time) (all []*report.Overview, since time.Time, err error) {
	for i := range len(bounds) - 1 {
		all = append(all, report.NewOverview(report.Period{From: bounds[i], To: bounds[i+1]}))
	}
	if !storable(string(tenant)) {
		return all, since, nil
	}
	c := &cohort{tenant: tenant, filter: f, bounds: bounds}
	moved, flows := s.flows(tenant, &f, bounds)
	ended, decided := attained{}, make([]int, len(all))
	taken := measures{}
	first, args := withArchived("SELECT min(t.created_at) AS at FROM helpdesk_tickets AS t WHERE t.tenant_id = ?", []any{string(tenant)})
	sections := []section{
		moved, s.ticketCounts(all, c, ended, decided, ceil(now)), s.overdue(ended, c, ceil(now)),
		s.spreads(taken, c, append(summedUp("", len(s.dialect.summed())), byCategory, byPriority)...),
		{"at", "SELECT " + s.dialect.unixMicro("min(f.at)") + " AS at FROM (" + first + ") AS f", args, func(row []byte) error {
			var at *int64
			err := cells(row, &at)
			if at != nil {
				since = time.UnixMicro(*at).UTC()
			}
			return err
		}},
	}
	if err := s.addUp(ctx, sections...); err != nil {
		return nil, since, fail("overviews", err)
	}
	for i, flow := range flows() {
		o := all[i]
		o.Flow = flow
		if decided[i] > 0 {
			o.Compliance = report.Group{Breached: o.Breached, Decided: decided[i]}.Compliance()
		}
		o.Attainment, o.Policies = ended.list(i, false), ended.list(i, true)
		taken.fill(o, i)
	}
	return all, since, nil
}

// ticketCounts is all that is a number of tickets or of clocks. It adds the clocks to ended, and
// the tickets with a clock that was met or breached to decided.
func (s *Store) ticketCounts(all []*report.Overview, c *cohort, ended attained, decided []int, now instant) section {
	with, from, args, step := s.from(c)
	text, args := withArchived("SELECT "+step+` AS step, t.category, t.priority, CASE WHEN t.open THEN 1 ELSE 0 END AS open, CASE WHEN t.merged_into IS NULL THEN 0 ELSE 1 END AS merged,
t.tally, CASE WHEN t.due_at < ? THEN 1 ELSE 0 END AS late, count(*) AS n,
count(t.resolved_at) AS resolved, count(CASE WHEN t.resolved_at IS NOT NULL AND t.replies = 1 THEN 1 END) AS one_touch,
count(CASE WHEN t.resolved_at IS NOT NULL OR t.reopened > 0 THEN 1 END) AS ever, count(CASE WHEN t.reopened > 0 THEN 1 END) AS reopened,
count(CASE WHEN t.resolved_at IS NOT NULL OR t.reopened > 0 OR t.score IS NOT NULL THEN 1 END) AS asked,
count(t.score) AS rated, coalesce(sum(t.score), 0) AS sum, count(CASE WHEN t.score >= 4 THEN 1 END) AS good`+from+" GROUP BY 1, 2, 3, 4, 5, 6, 7", append([]any{now}, args...))
	columns := "step, category, priority, open, merged, tally, late, n, resolved, one_touch, ever, reopened, asked, rated, sum, good"
	return section{columns, with + text, args, func(row []byte) error {
		var (
			step, open, merged, late, n, resolved, oneTouch, ever, reopened int
			category                                                        helpdesk.Category
			priority                                                        int8
			text                                                            string
			rated                                                           report.Satisfaction
		)
		if err := cells(row, &step, &category, &priority, &open, &merged, &text, &late, &n, &resolved, &oneTouch, &ever, &reopened, &rated.Asked, &rated.Rated, &rated.Sum, &rated.Good); err != nil {
			return err
		}
		t, err := parseTally(text)
		if err != nil {
			return err
		}
		ended.add(step, t, n)
		if merged == 1 {
			return nil
		}
		o, g := all[step], report.Group{Total: n}
		if open == 0 {
			g.Resolved = n
		}
		met, breached := t.sum()
		if breached > 0 || late == 1 { // a clock runs past its due time, or runs on after a breach
			g.Breached = n
		}
		if met+breached > 0 || late == 1 {
			g.Decided = n
		}
		o.Total, o.Resolved, o.Open = o.Total+g.Total, o.Resolved+g.Resolved, o.Open+g.Total-g.Resolved
		o.Breached, decided[step] = o.Breached+g.Breached, decided[step]+g.Decided
		o.ByCategory[category] = plus(o.ByCategory[category], g)
		o.ByPriority[helpdesk.Priority(priority)] = plus(o.ByPriority[helpdesk.Priority(priority)], g)
		o.OneTouch.N, o.OneTouch.Of = o.OneTouch.N+oneTouch, o.OneTouch.Of+resolved
		o.Reopened.N, o.Reopened.Of = o.Reopened.N+reopened, o.Reopened.Of+ever
		sat := &o.Satisfaction
		sat.Asked, sat.Rated, sat.Sum, sat.Good = sat.Asked+rated.Asked, sat.Rated+rated.Rated, sat.Sum+rated.Sum, sat.Good+rated.Good
		return nil
	}}
}

func plus(g, h report.Group) report.Group {
	g.Total, g.Resolved, g.Breached, g.Decided = g.Total+h.Total, g.Resolved+h.Resolved, g.Breached+h.Breached, g.Decided+h.Decided
	return g
}

// attained counts clocks by step, policy and metric.
type attained map[attainedKey]*report.Attainment

type attainedKey struct {
	step   int
	policy string
	metric helpdesk.Metric
}

func (a attained) of(step int, policy string, metric helpdesk.Metric) *report.Attainment {
	k := attainedKey{step, policy, metric}
	if a[k] == nil {
		a[k] = &report.Attainment{Policy: policy, Metric: metric}
	}
	return a[k]
}

// add counts n tickets with one tally.
func (a attained) add(step int, t tally, n int) {
	for _, v := range t {
		sum := a.of(step, v.Policy, v.Metric)
		sum.Met, sum.Breached = sum.Met+n*v.Met, sum.Breached+n*v.Breached
	}
}

// list returns the counts of a step, of each policy or of all together.
func (a attained) list(step int, byPolicy bool) (list []report.Attainment) {
	for _, m := range helpdesk.Metrics {
		whole := report.Attainment{Metric: m}
		for k, v := range a {
			switch {
			case k.step != step || k.metric != m:
			case byPolicy:
				list = append(list, *v)
			default:
				whole.Met, whole.Breached = whole.Met+v.Met, whole.Breached+v.Breached
			}
		}
		if whole.Met+whole.Breached > 0 {
			list = append(list, whole)
		}
	}
	report.SortAttainment(list)
	return list
}

// overdue is the clocks that run past their due time, which no tally has.
func (s *Store) overdue(ended attained, c *cohort, now instant) section {
	with, from, args, step := s.from(c)
	text := with + "SELECT d.step, c.metric, c.policy, count(*) AS n FROM (SELECT " + step + ` AS step, t.tenant_id, t.id` + from + ` AND t.due_at < ?) AS d` + s.dialect.joinClocks() + `
WHERE c.voided_at IS NULL AND c.breached_at IS NULL AND c.running_since IS NOT NULL AND c.due_at < ? GROUP BY d.step, c.metric, c.policy`
	return section{"step, metric, policy, n", text, append(args, now, now), func(row []byte) error {
		var step, n int
		var policy, metric string
		if err := cells(row, &step, &metric, &policy, &n); err != nil {
			return err
		}
		ended.of(step, policy, helpdesk.Metric(metric)).Breached += n
		return nil
	}}
}

// These are the indexes of what spreads can sum up of a ticket.
const (
	first          = iota // the time to the first reply
	firstOpen             // the same in open time
	resolution            // the time to the resolution
	resolutionOpen        // the same in open time
	replies               // the number of replies to a resolution
)

// summed lists what spreads can sum up of a ticket, as SQL. NULL leaves the ticket out.
func (d dialect) summed() []string {
	return []string{
		first:          d.micros("t.created_at", "t.first_reply_at"),
		firstOpen:      "t.first_open",
		resolution:     d.micros("t.created_at", "t.resolved_at"),
		resolutionOpen: "t.resolution_open",
		replies:        "CASE WHEN t.resolved_at IS NOT NULL THEN t.replies END",
	}
}

// What spreads sums up of the tickets of a category, and of a priority.
var byCategory, byPriority = measured{"category", resolution}, measured{"priority", resolution}

// summedUp lists the first n numbers of summed.
func summedUp(by string, n int) (all []measured) {
	for what := range n {
		all = append(all, measured{by, what})
	}
	return all
}

// fill fills in what was summed up of the tickets of a step.
func (m measures) fill(o *report.Overview, step int) {
	all := func(what int) spread { return m[measure{measured{"", what}, step, ""}] }
	o.FirstResponse, o.FirstResponseOpen = all(first).durations(), all(firstOpen).durations()
	o.Resolution, o.ResolutionOpen = all(resolution).durations(), all(resolutionOpen).durations()
	if r := all(replies); r.n > 0 {
		median := float64(r.p50)
		o.MedianReplies = &median
	}
	for c, g := range o.ByCategory {
		g.Resolution = m[measure{byCategory, step, string(c)}].durations()
		o.ByCategory[c] = g
	}
	for p, g := range o.ByPriority {
		g.Resolution = m[measure{byPriority, step, strconv.Itoa(int(p))}].durations()
		o.ByPriority[p] = g
	}
}
