package bunstore

import (
	"context"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// Overview implements [report.Overviewer]: the same numbers as
// [report.ComputeOverview], added up by the database, all of one moment.
func (s *Store) Overview(ctx context.Context, tenant helpdesk.TenantID, p report.Period, now time.Time) (*report.Overview, error) {
	o := report.NewOverview(p)
	if !storable(string(tenant)) {
		return o, nil
	}
	err := s.snapshot(ctx, s.dialect.summing(), func(s *Store) error {
		flows, err := s.flows(ctx, tenant, &report.Filter{}, []time.Time{p.From, p.To})
		if err != nil {
			return err
		}
		o.Flow = flows[0]
		c := cohort{tenant: tenant, bounds: []time.Time{p.From, p.To}}
		if err := s.countTickets(ctx, o, &c, ceil(now)); err != nil {
			return err
		}
		return s.measure(ctx, o, &c)
	})
	if err != nil {
		return nil, fail("overview", err)
	}
	return o, nil
}

// alike is tickets that a report counts alike.
type alike struct {
	Step     int
	Category string
	Priority int8
	Open     bool
	Merged   bool
	Tally    string
	Late     bool // a clock runs past its due time, or runs on after a breach

	N, Resolved, OneTouch, Ever, Reopened, Asked, Rated, Sum, Good int
}

// countTickets fills in all that is a number of tickets or of clocks.
func (s *Store) countTickets(ctx context.Context, o *report.Overview, c *cohort, now instant) error {
	var rows []alike
	_, from, args, _ := s.from(c)
	text, args := withArchived(`SELECT t.category, t.priority, t.open, t.merged_into IS NOT NULL AS merged, t.tally, t.due_at < ? AS late, count(*) AS n,
count(t.resolved_at) AS resolved, count(CASE WHEN t.resolved_at IS NOT NULL AND t.replies = 1 THEN 1 END) AS one_touch,
count(CASE WHEN t.resolved_at IS NOT NULL OR t.reopened > 0 THEN 1 END) AS ever, count(CASE WHEN t.reopened > 0 THEN 1 END) AS reopened,
count(CASE WHEN t.resolved_at IS NOT NULL OR t.reopened > 0 OR t.score IS NOT NULL THEN 1 END) AS asked,
count(t.score) AS rated, coalesce(sum(t.score), 0) AS sum, count(CASE WHEN t.score >= 4 THEN 1 END) AS good`+from+
		" GROUP BY t.category, t.priority, t.open, t.merged_into IS NOT NULL, t.tally, t.due_at < ?", append(append([]any{now}, args...), now))
	if err := s.run.NewRaw(text, args...).Scan(ctx, &rows); err != nil {
		return err
	}
	ended, decided, late := attained{}, 0, false
	for _, r := range rows {
		t, err := parseTally(r.Tally)
		if err != nil {
			return err
		}
		ended.add(0, t, r.N)
		late = late || r.Late
		if r.Merged {
			continue
		}
		g := report.Group{Total: r.N}
		if !r.Open {
			g.Resolved = r.N
		}
		met, breached := t.sum()
		if breached > 0 || r.Late {
			g.Breached = r.N
		}
		if met+breached > 0 || r.Late {
			g.Decided = r.N
		}
		o.Total, o.Resolved, o.Open = o.Total+g.Total, o.Resolved+g.Resolved, o.Open+g.Total-g.Resolved
		o.Breached, decided = o.Breached+g.Breached, decided+g.Decided
		o.ByCategory[helpdesk.Category(r.Category)] = plus(o.ByCategory[helpdesk.Category(r.Category)], g)
		o.ByPriority[helpdesk.Priority(r.Priority)] = plus(o.ByPriority[helpdesk.Priority(r.Priority)], g)
		o.OneTouch.N, o.OneTouch.Of = o.OneTouch.N+r.OneTouch, o.OneTouch.Of+r.Resolved
		o.Reopened.N, o.Reopened.Of = o.Reopened.N+r.Reopened, o.Reopened.Of+r.Ever
		sat := &o.Satisfaction
		sat.Asked, sat.Rated, sat.Sum, sat.Good = sat.Asked+r.Asked, sat.Rated+r.Rated, sat.Sum+r.Sum, sat.Good+r.Good
	}
	if late {
		if err := s.countOverdue(ctx, ended, c, now); err != nil {
			return err
		}
	}
	if decided > 0 {
		o.Compliance = report.Group{Breached: o.Breached, Decided: decided}.Compliance()
	}
	o.Attainment, o.Policies = ended.list(0, false), ended.list(0, true)
	return nil
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

// countOverdue adds the clocks that run past their due time, which no tally has.
func (s *Store) countOverdue(ctx context.Context, ended attained, c *cohort, now instant) error {
	var rows []struct {
		Step   int
		Metric string
		Policy string
		N      int
	}
	with, from, args, step := s.from(c)
	err := s.run.NewRaw(with+"SELECT d.step, c.metric, c.policy, count(*) AS n FROM (SELECT "+step+` AS step, t.tenant_id, t.id`+from+` AND t.due_at < ?) AS d
JOIN helpdesk_clocks AS c ON c.tenant_id = d.tenant_id AND c.ticket_id = d.id
WHERE c.voided_at IS NULL AND c.breached_at IS NULL AND c.running_since IS NOT NULL AND c.due_at < ? GROUP BY d.step, c.metric, c.policy`,
		append(args, now, now)...).Scan(ctx, &rows)
	for _, r := range rows {
		ended.of(r.Step, r.Policy, helpdesk.Metric(r.Metric)).Breached += r.N
	}
	return err
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

// measure fills in all that is summed up by spreads.
func (s *Store) measure(ctx context.Context, o *report.Overview, c *cohort) error {
	byCategory, byPriority := measured{"category", resolution}, measured{"priority", resolution}
	wanted := []measured{byCategory, byPriority}
	for what := range s.dialect.summed() {
		wanted = append(wanted, measured{"", what})
	}
	of, err := s.spreads(ctx, c, wanted...)
	if err != nil {
		return err
	}
	all := func(what int) spread { return of[measured{"", what}][""] }
	o.FirstResponse, o.FirstResponseOpen = all(first).durations(), all(firstOpen).durations()
	o.Resolution, o.ResolutionOpen = all(resolution).durations(), all(resolutionOpen).durations()
	if r := all(replies); r.n > 0 {
		median := float64(r.p50)
		o.MedianReplies = &median
	}
	for c, g := range o.ByCategory {
		g.Resolution = of[byCategory][string(c)].durations()
		o.ByCategory[c] = g
	}
	for p, g := range o.ByPriority {
		g.Resolution = of[byPriority][strconv.Itoa(int(p))].durations()
		o.ByPriority[p] = g
	}
	return nil
}
