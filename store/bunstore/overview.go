package bunstore

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Overview implements [helpdesk.Overviewer]: the same numbers as
// [helpdesk.ComputeOverview], added up by the database.
func (s *Store) Overview(ctx context.Context, tenant helpdesk.TenantID, p helpdesk.Period, now time.Time) (*helpdesk.Overview, error) {
	o := &helpdesk.Overview{ByCategory: map[helpdesk.Category]int{}, ByPriority: map[helpdesk.Priority]int{}}
	period := []any{string(tenant), at(p.From), at(p.To)}
	for _, part := range []func(context.Context, *helpdesk.Overview, []any, instant) error{
		s.countTickets, s.countBreaches, s.countClocks, s.measure,
	} {
		if err := part(ctx, o, period, at(now)); err != nil {
			return nil, fail("overview", err)
		}
	}
	return o, nil
}

// ofPeriod are the tickets an Overview is about.
const ofPeriod = ` FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.created_at >= ? AND t.created_at < ? AND t.merged_into IS NULL`

// ofClocks are their clocks with how they stand at a time.
const ofClocks = ` FROM (SELECT c.ticket_id, c.metric,
CASE WHEN c.breached_at IS NOT NULL OR (c.running_since IS NOT NULL AND c.due_at < ?) THEN 1 ELSE 0 END AS breached,
CASE WHEN c.met_at IS NOT NULL AND c.breached_at IS NULL THEN 1 ELSE 0 END AS met
FROM helpdesk_tickets AS t JOIN helpdesk_clocks AS c ON c.tenant_id = t.tenant_id AND c.ticket_id = t.id
WHERE t.tenant_id = ? AND t.created_at >= ? AND t.created_at < ? AND t.merged_into IS NULL) AS k`

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

func (s *Store) countBreaches(ctx context.Context, o *helpdesk.Overview, period []any, now instant) error {
	var decided int
	err := s.run.NewRaw(`SELECT coalesce(sum(breached), 0), coalesce(sum(decided), 0)
FROM (SELECT max(k.breached) AS breached, max(k.breached + k.met) AS decided`+ofClocks+` GROUP BY k.ticket_id) AS t`,
		append([]any{now}, period...)...).Scan(ctx, &o.Breached, &decided)
	if err == nil && decided > 0 {
		pct := 100 * float64(decided-o.Breached) / float64(decided)
		o.Compliance = &pct
	}
	return err
}

func (s *Store) countClocks(ctx context.Context, o *helpdesk.Overview, period []any, now instant) error {
	var rows []helpdesk.Attainment
	err := s.run.NewRaw("SELECT k.metric, sum(k.met) AS met, sum(k.breached) AS breached"+ofClocks+" GROUP BY k.metric",
		append([]any{now}, period...)...).Scan(ctx, &rows)
	for _, m := range helpdesk.Metrics {
		for _, r := range rows {
			if r.Metric == m && r.Met+r.Breached > 0 {
				o.Attainment = append(o.Attainment, r)
			}
		}
	}
	return err
}

func (s *Store) measure(ctx context.Context, o *helpdesk.Overview, period []any, _ instant) (err error) {
	if o.FirstResponse, err = s.durations(ctx, "t.first_reply_at", period); err == nil {
		o.Resolution, err = s.durations(ctx, "t.resolved_at", period)
	}
	return err
}

// durations sums up the time from creation to a column, where that is set.
func (s *Store) durations(ctx context.Context, column string, period []any) (d helpdesk.Durations, err error) {
	value := s.dialect.micros("t.created_at", column)
	from := ofPeriod + " AND " + column + " IS NOT NULL"
	var sum, p50, p90 int64
	if s.dialect == postgres {
		err = s.run.NewRaw(`SELECT count(*), coalesce(sum(v), 0)::bigint, coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY v), 0),
coalesce(percentile_disc(0.9) WITHIN GROUP (ORDER BY v), 0) FROM (SELECT `+value+` AS v`+from+`) AS d`, period...).Scan(ctx, &d.N, &sum, &p50, &p90)
	} else if err = s.run.NewRaw("SELECT count(*), coalesce(sum("+value+"), 0)"+from, period...).Scan(ctx, &d.N, &sum); err == nil && d.N > 0 {
		rank := func(pct int, v *int64) error {
			return s.run.NewRaw("SELECT "+value+" AS v"+from+" ORDER BY v LIMIT 1 OFFSET ?",
				append(append([]any(nil), period...), (d.N*pct+99)/100-1)...).Scan(ctx, v)
		}
		if err = rank(50, &p50); err == nil {
			err = rank(90, &p90)
		}
	}
	if err == nil && d.N > 0 {
		d.Mean = time.Duration(sum/int64(d.N)) * time.Microsecond
		d.P50, d.P90 = time.Duration(p50)*time.Microsecond, time.Duration(p90)*time.Microsecond
	}
	return d, err
}
