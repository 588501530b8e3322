package main

import (
	"context"
	"fmt"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/helpdesk-go/helpdesk"
)

// tickDue lets the deadlines of open tickets pass: many of them beside plain SQL and beside
// a tenth as many, and some with somebody to tell.
func tickDue(ctx context.Context, b *bench) error {
	few, many := 10_000, 100_000
	if b.quick {
		few, many = 1000, 5000
	}
	var peaks [2]float64
	least := [2]float64{2000, 5000}
	for i, n := range []int{few, many} {
		what := fmt.Sprintf("Tick with %s deadlines passed", count(n))
		var peak []float64
		round := 0
		v, err := versus(b.rounds(3),
			func() (float64, error) {
				round++
				progress("%s, round %d", what, round)
				r, err := b.breach(ctx, n, false, fmt.Sprintf("due_%d_%d", n, round))
				peak = append(peak, r.peak)
				return r.perSecond, err
			},
			func() (float64, error) { return b.breachByHand(ctx, n, fmt.Sprintf("hand_%d_%d", n, round)) })
		if err != nil {
			return err
		}
		l := faster(what, v[0], v[1], 0)
		l.mark, l.ok = "at least "+rate(least[i]), v[0] >= least[i]
		b.table.add(l)
		peaks[i] = median(peak)
	}
	ratio := peaks[1] / peaks[0]
	b.table.add(line{
		what: fmt.Sprintf("Tick with deadlines passed, most memory held: %s beside %s", count(many), count(few)),
		ours: fmt.Sprintf("%.0f MB", peaks[1]/1e6), floor: fmt.Sprintf("%.0f MB", peaks[0]/1e6),
		ratio: fmt.Sprintf("%.2f", ratio), mark: "at most 1.5", ok: ratio <= 1.5,
	})
	what := fmt.Sprintf("Tick with %s deadlines passed, each told to a notifier", count(few))
	round := 0
	v, err := versus(b.rounds(3), func() (float64, error) {
		round++
		progress("%s, round %d", what, round)
		r, err := b.breach(ctx, few, true, fmt.Sprintf("told_%d", round))
		return r.perSecond, err
	})
	if err != nil {
		return err
	}
	b.table.add(line{what: what, ours: rate(v[0]), mark: "at least " + rate(least[0]), ok: v[0] >= least[0]})
	return nil
}

// overdue returns a schema in which the first response of n open tickets is late.
func (b *bench) overdue(ctx context.Context, n int, name string) (*site, error) {
	s, err := b.newSite(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := s.fill(ctx, n, 1); err != nil {
		return nil, err
	}
	return s, s.late(ctx)
}

// dueOverTenants lets the deadlines of tickets of many tenants pass, beside those of one tenant.
func dueOverTenants(ctx context.Context, b *bench) error {
	n, tenants := 10_000, 2000
	if b.quick {
		n, tenants = 1000, 200
	}
	what := fmt.Sprintf("Tick with %s deadlines passed: over %s tenants beside one", count(n), count(tenants))
	round := 0
	v, err := versus(b.rounds(3),
		func() (float64, error) {
			round++
			progress("%s, round %d", what, round)
			return b.breachOver(ctx, n, tenants, fmt.Sprintf("over_%d", round))
		},
		func() (float64, error) { return b.breachOver(ctx, n, 1, fmt.Sprintf("beside_%d", round)) })
	if err != nil {
		return err
	}
	b.table.add(faster(what, v[0], v[1], 0.5))
	return nil
}

// breachOver is the rate at which n deadlines of some tenants are done.
func (b *bench) breachOver(ctx context.Context, n, tenants int, name string) (float64, error) {
	s, err := b.overdue(ctx, n, name)
	if err != nil {
		return 0, err
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return s.spread(ctx, tx, tenant, tenants) })
	if err != nil {
		return 0, err
	}
	if _, err := s.pool.Exec(ctx, "VACUUM (FREEZE, ANALYZE)"); err != nil {
		return 0, err
	}
	r, err := b.breachOf(ctx, s, n, false)
	return r.perSecond, err
}

// breached is what a Tick over many deadlines took.
type breached struct {
	perSecond float64 // tickets escalated
	peak      float64 // bytes of objects on the heap, at the most
}

func (b *bench) breach(ctx context.Context, n int, told bool, name string) (breached, error) {
	s, err := b.overdue(ctx, n, name)
	if err != nil {
		return breached{}, err
	}
	return b.breachOf(ctx, s, n, told)
}

// breachOf does n deadlines that have passed.
func (b *bench) breachOf(ctx context.Context, s *site, n int, told bool) (r breached, err error) {
	var notices atomic.Int64
	var notifier helpdesk.Notifier
	if told {
		notifier = helpdesk.NotifierFunc(func(context.Context, *helpdesk.Notification) error {
			notices.Add(1)
			return nil
		})
	}
	desk, err := s.desk(notifier)
	if err != nil {
		return r, err
	}
	peak := watchHeap()
	start := time.Now()
	_, err = desk.Tick(ctx)
	took := time.Since(start)
	r.peak = peak()
	if err != nil {
		return r, err
	}
	escalated, err := s.escalated(ctx)
	if err == nil && (escalated != n || (told && notices.Load() != int64(n))) {
		err = fmt.Errorf("%d of %d tickets escalated, %d notices", escalated, n, notices.Load())
	}
	if err != nil {
		return r, err
	}
	r.perSecond = float64(escalated) / took.Seconds()
	return r, s.drop(ctx)
}

// watchHeap looks at the heap every few milliseconds until the function it returns is called,
// which says how large it was at the most.
func watchHeap() func() float64 {
	stop, done := make(chan struct{}), make(chan float64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var most float64
		for {
			metrics.Read(sample)
			most = max(most, float64(sample[0].Value.Uint64()))
			select {
			case <-stop:
				done <- most
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() float64 {
		close(stop)
		return <-done
	}
}

func (s *site) escalated(ctx context.Context) (n int, err error) {
	err = s.pool.QueryRow(ctx, "SELECT count(*) FROM helpdesk_tickets WHERE escalation_level = 2").Scan(&n)
	return n, err
}

// breachByHand is the floor of breach: it leases tasks as a desk does, and writes as many rows of
// the same tables by statements over the ids of a batch, two batches at once. It decides nothing.
func (b *bench) breachByHand(ctx context.Context, n int, name string) (float64, error) {
	s, err := b.overdue(ctx, n, name)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	errs := make(chan error)
	for range 2 {
		go func() {
			for more, err := true, error(nil); ; {
				if more, err = s.batchByHand(ctx); err != nil || !more {
					errs <- err
					return
				}
			}
		}()
	}
	for range 2 {
		if e := <-errs; e != nil {
			err = e
		}
	}
	took := time.Since(start)
	if err != nil {
		return 0, err
	}
	escalated, err := s.escalated(ctx)
	if err == nil && escalated != n {
		err = fmt.Errorf("%d of %d tickets escalated by hand", escalated, n)
	}
	if err != nil {
		return 0, err
	}
	return float64(n) / took.Seconds(), s.drop(ctx)
}

func (s *site) batchByHand(ctx context.Context) (bool, error) {
	rows, err := s.pool.Query(ctx, `WITH d AS MATERIALIZED (SELECT tenant_id, kind, key FROM helpdesk_tasks WHERE NOT dead AND due_at <= $1
AND (leased_until IS NULL OR leased_until <= $1) ORDER BY due_at LIMIT 256 FOR UPDATE SKIP LOCKED)
UPDATE helpdesk_tasks AS k SET token = nextval('helpdesk_lease_token'), attempts = k.attempts + 1, leased_until = $1 + interval '5 minutes'
FROM d WHERE k.tenant_id = d.tenant_id AND k.kind = d.kind AND k.key = d.key RETURNING k.ticket_id`, s.base)
	if err != nil {
		return false, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[[16]byte])
	if err != nil || len(ids) == 0 {
		return false, err
	}
	if err := s.readByHand(ctx, ids); err != nil {
		return false, err
	}
	batch := &pgx.Batch{}
	for _, sql := range []string{
		`UPDATE helpdesk_tickets SET version = version + 1, status = 'escalated', escalation_level = 2, updated_at = $3, due_at = due_at + interval '1 day'
WHERE tenant_id = $1 AND id = ANY($2)`,
		`UPDATE helpdesk_clocks SET breached_at = due_at, detected_at = $3, fired = '["at_risk", "breached"]'
WHERE tenant_id = $1 AND ticket_id = ANY($2) AND metric = 'first_response'`,
		`INSERT INTO helpdesk_messages (tenant_id, id, ticket_id, kind, by_role, by_id, by_name, body, at)
SELECT $1, gen_random_uuid(), i, 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', $3 FROM unnest($2::uuid[]) AS i`,
		`INSERT INTO helpdesk_events (tenant_id, id, ticket_id, type, by_role, by_id, by_name, old, new, data, at)
SELECT $1, gen_random_uuid(), i, e.type, '', '', '', 'first_response', '2', CASE WHEN e.type <> 'status_changed' THEN
'{"instance":1,"policy":"high","target_ns":3600000000000,"due_at":"2026-03-02T10:00:00Z"}'::json END, $3
FROM unnest($2::uuid[]) AS i, (VALUES ('sla_breached'), ('escalated'), ('status_changed')) AS e (type)`,
		`UPDATE helpdesk_tasks SET due_at = $3::timestamptz + interval '1 day', attempts = 0, token = 0, leased_until = NULL
WHERE tenant_id = $1 AND kind = 'deadline' AND key IN (SELECT i::text FROM unnest($2::uuid[]) AS i)`,
	} {
		batch.Queue(sql, string(tenant), ids, s.base)
	}
	return true, s.pool.SendBatch(ctx, batch).Close()
}

// readByHand reads the tickets of a batch and their clocks.
func (s *site) readByHand(ctx context.Context, ids [][16]byte) error {
	for _, sql := range []string{
		"SELECT * FROM helpdesk_tickets WHERE tenant_id = $1 AND id = ANY($2)",
		"SELECT * FROM helpdesk_clocks WHERE tenant_id = $1 AND ticket_id = ANY($2)",
	} {
		rows, err := s.pool.Query(ctx, sql, string(tenant), ids)
		if err != nil {
			return err
		}
		for rows.Next() {
			_ = rows.RawValues()
		}
		if rows.Close(); rows.Err() != nil {
			return rows.Err()
		}
	}
	return nil
}

// late moves the first responses of the tenant's open tickets, and the tasks that watch
// over them, into the past. Other tenants keep theirs.
func (s *site) late(ctx context.Context) error {
	for _, sql := range []string{
		"UPDATE helpdesk_clocks SET due_at = $2, started_at = started_at + ($2 - due_at), running_since = running_since + ($2 - due_at) WHERE tenant_id = $1 AND metric = 'first_response' AND running_since IS NOT NULL",
		"UPDATE helpdesk_tickets SET due_at = $2 WHERE tenant_id = $1 AND open",
		"UPDATE helpdesk_tasks SET due_at = $2 WHERE tenant_id = $1 AND kind = 'deadline'",
	} {
		if _, err := s.pool.Exec(ctx, sql, string(tenant), s.base.Add(-time.Minute)); err != nil {
			return err
		}
	}
	_, err := s.pool.Exec(ctx, "VACUUM (FREEZE, ANALYZE)") // and no checkpoint: it would have each page written whole once more
	return err
}
