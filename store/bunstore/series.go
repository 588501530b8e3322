package bunstore

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// Series implements [report.Plotter].
func (s *Store) Series(ctx context.Context, tenant helpdesk.TenantID, f report.Filter, bounds []time.Time, now time.Time) ([]report.SeriesPoint, error) {
	points := make([]report.SeriesPoint, len(bounds)-1)
	for i := range points {
		points[i].From, points[i].To = bounds[i], bounds[i+1]
	}
	if !storable(string(tenant)) {
		return points, nil
	}
	moved, flows := s.flows(tenant, &f, bounds)
	c, ended, taken := &cohort{tenant: tenant, filter: f, bounds: bounds}, attained{}, measures{}
	if err := s.addUp(ctx, moved, s.tallies(ended, c), s.overdue(ended, c, ceil(now)), s.spreads(taken, c, summedUp("", resolutionOpen+1)...)); err != nil {
		return nil, fail("series", err)
	}
	for i, flow := range flows() {
		p := &points[i]
		took := func(what int) report.Durations { return taken[measure{measured{"", what}, i, ""}].durations() }
		p.Flow, p.Attainment = flow, ended.list(i, false)
		p.FirstResponse, p.FirstResponseOpen = took(first), took(firstOpen)
		p.Resolution, p.ResolutionOpen = took(resolution), took(resolutionOpen)
	}
	return points, nil
}

// tallies is how the clocks of the tickets of each step ended.
func (s *Store) tallies(ended attained, c *cohort) section {
	with, from, args, step := s.from(c)
	text, args := withArchived("SELECT "+step+" AS step, t.tally, count(*) AS n"+from+" GROUP BY 1, t.tally", args)
	return section{"step, tally, n", with + text, args, func(row []byte) error {
		var step, n int
		var text string
		if err := cells(row, &step, &text, &n); err != nil {
			return err
		}
		t, err := parseTally(text)
		ended.add(step, t, n)
		return err
	}}
}

// Flows implements [report.FlowCounter].
func (s *Store) Flows(ctx context.Context, tenant helpdesk.TenantID, f report.Filter, bounds []time.Time) ([]report.Flow, error) {
	if !storable(string(tenant)) {
		return make([]report.Flow, len(bounds)-1), nil
	}
	moved, flows := s.flows(tenant, &f, bounds)
	if err := s.addUp(ctx, moved); err != nil {
		return nil, fail("flows", err)
	}
	return flows(), nil
}

// flows counts the flows between bounds with an index, and counts back from the tickets that are
// open now. Archived tickets whose last move was before are not read. The function returns them
// once the section is read.
func (s *Store) flows(tenant helpdesk.TenantID, f *report.Filter, bounds []time.Time) (section, func() []report.Flow) {
	where, filter := filterReport(f)
	ticket := ""
	if where != "" {
		ticket = " JOIN helpdesk_tickets AS t ON t.tenant_id = e.tenant_id AND t.id = e.ticket_id"
	}
	with, step, between := s.dialect.pieces("e.at", bounds, true)
	movedAt, move, moves := s.dialect.moves()
	_, archivedStep, archivedBetween := s.dialect.pieces(movedAt, bounds, true)
	args := slices.Concat([]any{string(tenant), true}, filter, []any{string(tenant)}, filter, []any{string(tenant)}, filter)
	text := with + "SELECT -1 AS step, 0 AS move, count(*) AS n FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.open = ?" + where +
		"\nUNION ALL SELECT " + step + ", e.move, count(*) FROM helpdesk_events AS e" + between + ticket +
		" WHERE e.tenant_id = ? AND e.move IS NOT NULL AND " + s.dialect.since("e.at", bounds[0]) + where + " GROUP BY 1, e.move" +
		"\nUNION ALL SELECT " + archivedStep + ", " + move + ", count(*) FROM helpdesk_archived AS t" + moves + archivedBetween +
		" WHERE t.tenant_id = ? AND t.last_move IS NOT NULL AND " + s.dialect.since("t.last_move", bounds[0]) + " AND " + s.dialect.since(movedAt, bounds[0]) + archivedWhere(where) +
		" GROUP BY 1, " + move
	open, last := 0, len(bounds)-1
	flows := make([]report.Flow, len(bounds))
	p := section{"step, move, n", text, args, func(row []byte) error {
		var step, move, n int
		err := cells(row, &step, &move, &n)
		if step < 0 {
			open = n
		} else {
			flows[step].Count(report.FlowKind(move), n)
		}
		return err
	}}
	return p, func() []report.Flow {
		report.Backlog(flows[:last], flows[last], open)
		return flows[:last]
	}
}

// cohort is the tickets created between bounds, step by step if there are several.
type cohort struct {
	tenant helpdesk.TenantID
	filter report.Filter
	bounds []time.Time
}

// from returns the text before and after a list of columns of t, the arguments of the text after
// it, and the column of the step. The caller may go on with AND.
func (s *Store) from(c *cohort) (with, from string, args []any, step string) {
	where, filter := filterReport(&c.filter)
	step, join := "0", ""
	if len(c.bounds) > 2 {
		with, step, join = s.dialect.pieces("t.created_at", c.bounds, false)
	}
	args = append([]any{string(c.tenant), ceil(c.bounds[0]), ceil(c.bounds[len(c.bounds)-1])}, filter...)
	return with, " FROM helpdesk_tickets AS t" + join + " WHERE t.tenant_id = ? AND t.created_at >= ? AND t.created_at < ?" + where, args, step
}

// withArchived adds to a SELECT from tickets the same one from archived tickets.
func withArchived(text string, args []any) (string, []any) {
	return text + "\nUNION ALL " + archivedWhere(strings.Replace(text, "helpdesk_tickets AS t", "helpdesk_archived AS t", 1)), slices.Concat(args, args)
}

// filterReport is the conditions of a filter on t.
func filterReport(f *report.Filter) (where string, args []any) {
	in := func(column string, list any) {
		where += " AND " + column + " IN (?)"
		args = append(args, list)
	}
	if len(f.Category) > 0 {
		in("t.category", bun.List(kept(f.Category, storable)))
	}
	if len(f.Priority) > 0 {
		in("t.priority", bun.List(f.Priority))
	}
	if f.Agents != nil {
		agents := kept(f.Agents, storable)
		if len(agents) == 0 {
			return where + " AND 1 = 0", args
		}
		in("t.assignee", bun.List(agents))
	}
	if f.Organisation != "" {
		if !canonical(string(f.Organisation)) {
			return where + " AND 1 = 0", args
		}
		where, args = where+" AND t.organisation_id = ?", append(args, string(f.Organisation))
	}
	return where, args
}

// archivedWhere is a filter on archived tickets, which are of no organisation.
func archivedWhere(where string) string {
	return strings.Replace(where, "t.organisation_id = ?", "? IS NULL", 1)
}

// spread sums up numbers. Durations are in microseconds.
type spread struct {
	n             int
	sum, p50, p90 int64
}

func (v spread) durations() report.Durations {
	if v.n == 0 {
		return report.Durations{}
	}
	return report.Durations{
		N: v.n, Mean: time.Duration(v.sum/int64(v.n)) * time.Microsecond,
		P50: time.Duration(v.p50) * time.Microsecond, P90: time.Duration(v.p90) * time.Microsecond,
	}
}

// measured is a number of tickets to sum up, for each value of a column of the cohort or for all
// tickets of a step.
type measured struct {
	by   string // "", category or priority
	what int    // an index of summed
}

// measures are numbers summed up.
type measures map[measure]spread

type measure struct {
	measured
	step int
	name string // the value of the column; "" for all tickets
}

// spreads sums up what is wanted of the tickets of a cohort, except those merged into others. It
// reads the tickets once.
func (s *Store) spreads(into measures, c *cohort, wanted ...measured) section {
	with, from, args, step := s.from(c)
	if with == "" {
		with = "WITH "
	} else {
		with += ", "
	}
	var text strings.Builder
	var d strings.Builder
	d.WriteString("SELECT " + s.dialect.bytewise("t.category") + " AS category, t.priority, " + step + " AS step")
	for what, column := range s.dialect.summed() {
		d.WriteString(", " + column + " AS v" + strconv.Itoa(what))
	}
	d.WriteString(from + " AND t.merged_into IS NULL")
	all, args := withArchived(d.String(), args)
	text.WriteString(with + "d AS (" + all + ")")
	text.WriteString("\n" + strings.Join(s.dialect.spreads(len(c.bounds) > 2, wanted), "\nUNION ALL\n"))
	return section{"i, step, name, n, sum, p50, p90", text.String(), args, func(row []byte) error {
		var i, step int
		var name string
		var v spread
		err := cells(row, &i, &step, &name, &v.n, &v.sum, &v.p50, &v.p90)
		into[measure{wanted[i], step, name}] = v
		return err
	}}
}
