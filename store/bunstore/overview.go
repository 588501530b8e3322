package bunstore

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Overview implements [helpdesk.Overviewer]: the same numbers as
// [helpdesk.ComputeOverview], added up by the database, all of one moment.
func (s *Store) Overview(ctx context.Context, tenant helpdesk.TenantID, p helpdesk.Period, now time.Time) (*helpdesk.Overview, error) {
	o := &helpdesk.Overview{ByCategory: map[helpdesk.Category]int{}, ByPriority: map[helpdesk.Priority]int{}}
	if !storable(string(tenant)) {
		return o, nil
	}
	period := []any{string(tenant), ceil(p.From), ceil(p.To)}
	err := s.snapshot(ctx, func(s *Store) error {
		for _, part := range []func(context.Context, *helpdesk.Overview, []any, instant) error{
			s.countTickets, s.countClocks, s.measure,
		} {
			if err := part(ctx, o, period, ceil(now)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fail("overview", err)
	}
	return o, nil
}

// ofPeriod are the tickets an Overview is about.
const ofPeriod = ` FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.created_at >= ? AND t.created_at < ? AND t.merged_into IS NULL`

func (s *Store) countTickets(ctx context.Context, o *helpdesk.Overview, period []any, _ instant) error {
	var rows []struct {
		Category string
		Priority int8
		Open     bool
		N        int
	}
	err := s.run.NewRaw("SELECT t.category, t.priority, t.open, count(*) AS n"+ofPeriod+" GROUP BY t.category, t.priority, t.open", period...).Scan(ctx, &rows)
	for _, r := range rows {
		o.Total += r.N
		o.ByCategory[helpdesk.Category(r.Category)] += r.N
		o.ByPriority[helpdesk.Priority(r.Priority)] += r.N
		if r.Open {
			o.Open += r.N
		} else {
			o.Resolved += r.N
		}
	}
	return err
}

// countClocks joins each clock to its ticket once: the inner query counts by ticket, a pair of columns for
// each metric, the outer adds up. Clocks of merged tickets count, those tickets do not.
func (s *Store) countClocks(ctx context.Context, o *helpdesk.Overview, period []any, now instant) error {
	const late = "(c.voided_at IS NULL AND (c.breached_at IS NOT NULL OR (c.running_since IS NOT NULL AND c.due_at < ?)))"
	const met = "(c.met_at IS NOT NULL AND c.breached_at IS NULL)"
	var inner, outer strings.Builder
	args := []any{now, now}
	ended := make([]helpdesk.Attainment, len(helpdesk.Metrics))
	var decided int
	into := []any{&o.Breached, &decided}
	for i, m := range helpdesk.Metrics {
		n := strconv.Itoa(i)
		inner.WriteString(", count(CASE WHEN c.metric = ? AND " + late + " THEN 1 END) AS breached" + n +
			", count(CASE WHEN c.metric = ? AND " + met + " THEN 1 END) AS met" + n)
		outer.WriteString(", coalesce(sum(k.breached" + n + "), 0), coalesce(sum(k.met" + n + "), 0)")
		args = append(args, string(m), now, string(m))
		ended[i].Metric = m
		into = append(into, &ended[i].Breached, &ended[i].Met)
	}
	err := s.run.NewRaw("SELECT count(CASE WHEN k.breached > 0 THEN 1 END), count(CASE WHEN k.decided > 0 THEN 1 END)"+outer.String()+`
FROM (SELECT count(CASE WHEN t.merged_into IS NULL AND `+late+` THEN 1 END) AS breached,
count(CASE WHEN t.merged_into IS NULL AND (`+late+` OR `+met+`) THEN 1 END) AS decided`+inner.String()+`
FROM helpdesk_tickets AS t JOIN helpdesk_clocks AS c ON c.tenant_id = t.tenant_id AND c.ticket_id = t.id
WHERE t.tenant_id = ? AND t.created_at >= ? AND t.created_at < ? GROUP BY t.id) AS k`,
		append(args, period...)...).Scan(ctx, into...)
	if err != nil {
		return err
	}
	for _, a := range ended {
		if a.Met+a.Breached > 0 {
			o.Attainment = append(o.Attainment, a)
		}
	}
	if decided > 0 {
		pct := 100 * float64(decided-o.Breached) / float64(decided)
		o.Compliance = &pct
	}
	return nil
}

// measure sums up the times from creation to the first reply and to the resolution.
func (s *Store) measure(ctx context.Context, o *helpdesk.Overview, period []any, _ instant) (err error) {
	first, resolution := s.dialect.micros("t.created_at", "t.first_reply_at"), s.dialect.micros("t.created_at", "t.resolved_at")
	if s.dialect == sqlite {
		if o.FirstResponse, err = s.durations(ctx, first, period); err == nil {
			o.Resolution, err = s.durations(ctx, resolution, period)
		}
		return err
	}
	var a, b spread
	err = s.run.NewRaw("SELECT "+spreadOf("d.first")+", "+spreadOf("d.resolution")+
		" FROM (SELECT "+first+" AS first, "+resolution+" AS resolution"+ofPeriod+") AS d", period...).
		Scan(ctx, &a.n, &a.sum, &a.p50, &a.p90, &b.n, &b.sum, &b.p50, &b.p90)
	o.FirstResponse, o.Resolution = a.durations(), b.durations()
	return err
}

// spread is Durations in microseconds, with the sum instead of the mean.
type spread struct {
	n             int
	sum, p50, p90 int64
}

// spreadOf is a spread of a column, without its NULLs, on PostgreSQL. Both percentiles share one sort.
func spreadOf(column string) string {
	rank := func(p string) string {
		return "coalesce(percentile_disc(" + p + ") WITHIN GROUP (ORDER BY " + column + "), 0)"
	}
	return "count(" + column + "), coalesce(sum(" + column + "), 0)::bigint, " + rank("0.5") + ", " + rank("0.9")
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

// durations is the spread of a value where there is one, on SQLite, which has no percentiles.
func (s *Store) durations(ctx context.Context, value string, period []any) (helpdesk.Durations, error) {
	from := ofPeriod + " AND " + value + " IS NOT NULL"
	var v spread
	err := s.run.NewRaw("SELECT count(*), coalesce(sum("+value+"), 0)"+from, period...).Scan(ctx, &v.n, &v.sum)
	if err != nil || v.n == 0 {
		return helpdesk.Durations{}, err
	}
	rank := func(pct int, into *int64) error {
		return s.run.NewRaw("SELECT "+value+" AS v"+from+" ORDER BY v LIMIT 1 OFFSET ?",
			append(append([]any(nil), period...), (v.n*pct+99)/100-1)...).Scan(ctx, into)
	}
	if err = rank(50, &v.p50); err == nil {
		err = rank(90, &v.p90)
	}
	return v.durations(), err
}
