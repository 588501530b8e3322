package bunstore

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

// Series implements [helpdesk.Plotter].
func (s *Store) Series(ctx context.Context, tenant helpdesk.TenantID, f helpdesk.ReportFilter, bounds []time.Time, now time.Time) ([]helpdesk.Point, error) {
	points := make([]helpdesk.Point, len(bounds)-1)
	for i := range points {
		points[i].From, points[i].To = bounds[i], bounds[i+1]
	}
	if !storable(string(tenant)) {
		return points, nil
	}
	err := s.snapshot(ctx, func(s *Store) error {
		flows, err := s.flows(ctx, tenant, &f, bounds)
		if err != nil {
			return err
		}
		for i := range points {
			points[i].Flow = flows[i]
		}
		c := &cohort{tenant: tenant, filter: f, bounds: bounds}
		if err := s.attainSteps(ctx, points, c, ceil(now)); err != nil {
			return err
		}
		return s.measureSteps(ctx, points, c)
	})
	if err != nil {
		return nil, fail("series", err)
	}
	return points, nil
}

// attainSteps counts how the clocks of the tickets of each step ended.
func (s *Store) attainSteps(ctx context.Context, points []helpdesk.Point, c *cohort, now instant) error {
	var rows []alike
	with, from, args := c.from()
	err := s.run.NewRaw(with+"SELECT "+c.step()+" AS step, t.tally, t.due_at < ? AS late, count(*) AS n"+from+" GROUP BY step, t.tally, t.due_at < ?",
		append(c.insert(args, now), now)...).Scan(ctx, &rows)
	if err != nil {
		return err
	}
	ended, late := attained{}, false
	for _, r := range rows {
		t, err := parseTally(r.Tally)
		if err != nil {
			return err
		}
		ended.add(r.Step, t, r.N)
		late = late || r.Late
	}
	if late {
		if err := s.countOverdue(ctx, ended, c, now); err != nil {
			return err
		}
	}
	for i := range points {
		points[i].Attainment = ended.list(i, false)
	}
	return nil
}

func (s *Store) measureSteps(ctx context.Context, points []helpdesk.Point, c *cohort) error {
	first, resolution := s.times()
	of, err := s.spreads(ctx, c, c.step(), first, "t.first_open", resolution, "t.resolution_open")
	for name, v := range of {
		i, err := strconv.Atoi(name)
		if err != nil {
			return err
		}
		p := &points[i]
		p.FirstResponse, p.FirstResponseOpen, p.Resolution, p.ResolutionOpen = v[0], v[1], v[2], v[3]
	}
	return err
}

// Flows implements [helpdesk.FlowCounter].
func (s *Store) Flows(ctx context.Context, tenant helpdesk.TenantID, f helpdesk.ReportFilter, bounds []time.Time) (flows []helpdesk.Flow, err error) {
	if !storable(string(tenant)) {
		return make([]helpdesk.Flow, len(bounds)-1), nil
	}
	err = s.snapshot(ctx, func(s *Store) error {
		flows, err = s.flows(ctx, tenant, &f, bounds)
		return err
	})
	return flows, fail("flows", err)
}

// flows counts the moves between bounds by their index, and goes back from the tickets that are open now.
func (s *Store) flows(ctx context.Context, tenant helpdesk.TenantID, f *helpdesk.ReportFilter, bounds []time.Time) ([]helpdesk.Flow, error) {
	var open int
	where, args := filterReport(f)
	err := s.run.NewRaw("SELECT count(*) FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.open = ?"+where, append([]any{string(tenant), true}, args...)...).Scan(ctx, &open)
	if err != nil {
		return nil, err
	}
	var rows []struct{ Step, Move, N int }
	ticket := ""
	if where != "" {
		ticket = " JOIN helpdesk_tickets AS t ON t.tenant_id = e.tenant_id AND t.id = e.ticket_id"
	}
	steps := stepsOf(bounds)
	steps.rows = append(steps.rows, []any{len(bounds) - 1, ceil(bounds[len(bounds)-1]), due{}}) // what came after
	err = s.run.NewRaw("WITH piece (n, lo, hi) AS (?) SELECT piece.n AS step, e.move, count(*) AS n FROM piece JOIN helpdesk_events AS e "+
		"ON e.tenant_id = ? AND e.at >= piece.lo AND e.at < piece.hi AND e.move IS NOT NULL"+ticket+" WHERE 1 = 1"+where+" GROUP BY piece.n, e.move",
		append([]any{steps, string(tenant)}, args...)...).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	flows := make([]helpdesk.Flow, len(bounds))
	for _, r := range rows {
		flows[r.Step].Count(helpdesk.Move(r.Move), r.N)
	}
	last := len(bounds) - 1
	helpdesk.Backlog(flows[:last], flows[last], open)
	return flows[:last], nil
}

// stepsOf is a table of the number, the beginning and the end of each step.
func stepsOf(bounds []time.Time) tuples {
	steps := tuples{cast: []string{"integer", "timestamptz", "timestamptz"}}
	for i := range len(bounds) - 1 {
		steps.rows = append(steps.rows, []any{i, ceil(bounds[i]), ceil(bounds[i+1])})
	}
	return steps
}

// cohort is the tickets created between bounds, step by step if there are several.
type cohort struct {
	tenant helpdesk.TenantID
	filter helpdesk.ReportFilter
	bounds []time.Time
	more   string // another condition
	args   []any  // of it
}

func (c *cohort) with(condition string, args ...any) *cohort {
	d := *c
	d.more, d.args = " AND "+condition, args
	return &d
}

// from returns what goes before and after a list of columns of t, and the arguments. One may go on with AND.
func (c *cohort) from() (with, from string, args []any) {
	where, filter := filterReport(&c.filter)
	where += c.more
	filter = append(filter, c.args...)
	if len(c.bounds) == 2 {
		args = append([]any{string(c.tenant), ceil(c.bounds[0]), ceil(c.bounds[1])}, filter...)
		return "", " FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.created_at >= ? AND t.created_at < ?" + where, args
	}
	args = append([]any{stepsOf(c.bounds), string(c.tenant)}, filter...)
	return "WITH piece (n, lo, hi) AS (?) ", " FROM piece JOIN helpdesk_tickets AS t ON t.tenant_id = ? AND t.created_at >= piece.lo AND t.created_at < piece.hi WHERE 1 = 1" + where, args
}

// step is the number of a ticket's step.
func (c *cohort) step() string {
	if len(c.bounds) == 2 {
		return "0"
	}
	return "piece.n"
}

// insert puts an argument of a column between those of from.
func (c *cohort) insert(args []any, arg any) []any {
	n := 0
	if len(c.bounds) > 2 {
		n = 1
	}
	return append(append(append([]any(nil), args[:n]...), arg), args[n:]...)
}

// filterReport is the conditions of a filter on t.
func filterReport(f *helpdesk.ReportFilter) (where string, args []any) {
	in := func(column string, list any) {
		where += " AND " + column + " IN (?)"
		args = append(args, list)
	}
	if len(f.Category) > 0 {
		in("t.category", bun.List(kept(f.Category, storable)))
	}
	if len(f.Priority) > 0 {
		urgencies := make([]int8, len(f.Priority))
		for i, p := range f.Priority {
			urgencies[i] = -int8(p)
		}
		in("t.urgency", bun.List(urgencies))
	}
	if f.Agents != nil {
		agents := kept(f.Agents, storable)
		if len(agents) == 0 {
			return where + " AND 1 = 0", args
		}
		in("t.assignee", bun.List(agents))
	}
	return where, args
}

// spread is Durations in microseconds, with the sum instead of the mean.
type spread struct {
	n             int
	sum, p50, p90 int64
}

func (v spread) durations() helpdesk.Durations {
	if v.n == 0 {
		return helpdesk.Durations{}
	}
	return helpdesk.Durations{
		N: v.n, Mean: time.Duration(v.sum/int64(v.n)) * time.Microsecond,
		P50: time.Duration(v.p50) * time.Microsecond, P90: time.Duration(v.p90) * time.Microsecond,
	}
}

// spreads sums up values in microseconds of the tickets of a cohort, without NULLs and merged tickets, by group or all together.
func (s *Store) spreads(ctx context.Context, c *cohort, group string, values ...string) (map[string][]helpdesk.Durations, error) {
	all := map[string][]helpdesk.Durations{}
	read := func(first, n int, text string, args []any) error {
		rows, err := s.run.QueryContext(ctx, text, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var g string
			v := make([]spread, n)
			into := []any{&g}
			for i := range v {
				into = append(into, &v[i].n, &v[i].sum, &v[i].p50, &v[i].p90)
			}
			if err := rows.Scan(into...); err != nil {
				return err
			}
			if all[g] == nil {
				all[g] = make([]helpdesk.Durations, len(values))
			}
			for i := range v {
				all[g][first+i] = v[i].durations()
			}
		}
		return rows.Err()
	}
	with, from, args := c.from()
	name, by := group, " GROUP BY g"
	if group == "" {
		name, by = "''", ""
	}
	if s.dialect == postgres {
		var inner, outer strings.Builder
		for i, v := range values {
			column := "v" + strconv.Itoa(i)
			inner.WriteString(", " + v + " AS " + column)
			outer.WriteString(", " + spreadOf("d."+column))
		}
		key := "d.g"
		if group == "" {
			key = "''"
		}
		return all, read(0, len(values), with+"SELECT "+key+outer.String()+" FROM (SELECT "+name+" AS g"+inner.String()+from+" AND t.merged_into IS NULL) AS d"+by, args)
	}
	for i, v := range values { // each value has an order of its own
		err := read(i, 1, with+`SELECT coalesce(g, ''), count(*), coalesce(sum(v), 0), coalesce(max(CASE WHEN r = (n * 50 + 99) / 100 THEN v END), 0),
coalesce(max(CASE WHEN r = (n * 90 + 99) / 100 THEN v END), 0) FROM (SELECT g, v, row_number() OVER (PARTITION BY g ORDER BY v) AS r, count(*) OVER (PARTITION BY g) AS n
FROM (SELECT `+name+" AS g, "+v+" AS v"+from+" AND t.merged_into IS NULL AND "+v+" IS NOT NULL) AS d) AS d"+by, args)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// spreadOf is a spread of a column, without its NULLs, on PostgreSQL. Both percentiles share one sort.
func spreadOf(column string) string {
	rank := func(p string) string {
		return "coalesce(percentile_disc(" + p + ") WITHIN GROUP (ORDER BY " + column + "), 0)"
	}
	return "count(" + column + "), coalesce(sum(" + column + "), 0)::bigint, " + rank("0.5") + ", " + rank("0.9")
}
