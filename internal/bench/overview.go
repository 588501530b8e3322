package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/helpdesk-go/helpdesk/report"
)

// overview reports on all tickets of a tenant, beside the same sums by hand.
func overview(ctx context.Context, b *bench) error {
	var bytes []uint64
	for _, n := range []int{b.sizes[0], b.largest()} {
		s, err := b.filled(ctx, n)
		if err != nil {
			return err
		}
		desk, err := s.desk(nil)
		if err != nil {
			return err
		}
		progress("overview of %s tickets", count(n))
		period := report.LastDays(30, s.base.Add(time.Hour))
		ours := func(ctx context.Context) error {
			o, err := report.New(desk).Overview(ctx, period)
			if err == nil && o.Total != n {
				err = fmt.Errorf("%d tickets, not %d", o.Total, n)
			}
			return err
		}
		byHand := func(ctx context.Context) error { return s.overview(ctx, period, time.Now()) }
		if err := ours(ctx); err != nil { // warm up
			return err
		}
		v, err := versus(b.rounds(5), latency(ctx, 1, ours), latency(ctx, 1, byHand))
		if err != nil {
			return err
		}
		b.table.add(slower("Overview of "+count(n), v[0], v[1], 1.3))
		allocated, err := allocations(ctx, ours)
		if err != nil {
			return err
		}
		bytes = append(bytes, allocated)
	}
	ratio := float64(bytes[1]) / float64(bytes[0])
	b.table.add(line{
		what: "Overview, bytes allocated: " + count(b.largest()) + " beside " + count(b.sizes[0]),
		ours: fmt.Sprintf("%.0f kB", float64(bytes[1])/1e3), floor: fmt.Sprintf("%.0f kB", float64(bytes[0])/1e3),
		ratio: fmt.Sprintf("%.2f", ratio), mark: "at most 1.5", ok: ratio <= 1.5,
	})
	return nil
}

// allocations returns how many bytes one call takes from the heap.
func allocations(ctx context.Context, do func(ctx context.Context) error) (uint64, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := do(ctx)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, err
}

// overview is the report by hand, in three statements.
func (s *site) overview(ctx context.Context, p report.Period, now time.Time) error {
	rows, err := s.pool.Query(ctx, `SELECT category, priority, open, count(*) FROM helpdesk_tickets
WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3 AND merged_into IS NULL GROUP BY 1, 2, 3`, string(tenant), p.From, p.To)
	if err != nil {
		return err
	}
	for rows.Next() {
		if _, err := rows.Values(); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := s.scan(ctx, 8, `SELECT count(first), avg(first), percentile_disc(0.5) WITHIN GROUP (ORDER BY first), percentile_disc(0.9) WITHIN GROUP (ORDER BY first),
count(whole), avg(whole), percentile_disc(0.5) WITHIN GROUP (ORDER BY whole), percentile_disc(0.9) WITHIN GROUP (ORDER BY whole)
FROM (SELECT date_part('epoch', first_reply_at - created_at) AS first, date_part('epoch', resolved_at - created_at) AS whole
FROM helpdesk_tickets WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3 AND merged_into IS NULL) AS d`, string(tenant), p.From, p.To); err != nil {
		return err
	}
	return s.scan(ctx, 6, `SELECT count(*) FILTER (WHERE b1 + b2 > 0), count(*) FILTER (WHERE b1 + b2 + m1 + m2 > 0), sum(b1), sum(m1), sum(b2), sum(m2)
FROM (SELECT count(*) FILTER (WHERE c.metric = 'first_response' AND c.late) AS b1, count(*) FILTER (WHERE c.metric = 'first_response' AND c.met) AS m1,
count(*) FILTER (WHERE c.metric = 'resolution' AND c.late) AS b2, count(*) FILTER (WHERE c.metric = 'resolution' AND c.met) AS m2
FROM helpdesk_tickets AS t JOIN (SELECT tenant_id, ticket_id, metric, voided_at IS NULL AND (breached_at IS NOT NULL OR (running_since IS NOT NULL AND due_at < $4)) AS late,
met_at IS NOT NULL AND breached_at IS NULL AS met FROM helpdesk_clocks) AS c ON c.tenant_id = t.tenant_id AND c.ticket_id = t.id
WHERE t.tenant_id = $1 AND t.created_at >= $2 AND t.created_at < $3 AND t.merged_into IS NULL GROUP BY t.id) AS k`, string(tenant), p.From, p.To, now)
}

// scan reads the one row of a statement.
func (s *site) scan(ctx context.Context, columns int, sql string, args ...any) error {
	into := make([]any, columns)
	for i := range into {
		into[i] = new(any)
	}
	return s.pool.QueryRow(ctx, sql, args...).Scan(into...)
}
