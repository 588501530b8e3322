package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// tickIdle looks for something to do where every open ticket waits for a deadline to come.
func tickIdle(ctx context.Context, b *bench) error {
	s, err := b.filled(ctx, b.largest())
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	progress("ticking with nothing due")
	v, err := versus(b.rounds(5), latency(ctx, 200, func(ctx context.Context) error {
		n, err := desk.Tick(ctx)
		if err == nil && n > 0 {
			err = fmt.Errorf("%d tasks were due", n)
		}
		return err
	}))
	if err != nil {
		return err
	}
	b.table.add(within("Tick with nothing due, "+count(b.largest()/10)+" open", v[0], 2*time.Millisecond))
	return nil
}

// tickDue lets the deadlines of 10,000 open tickets pass, without and with somebody to tell.
func tickDue(ctx context.Context, b *bench) error {
	n := 10_000
	if b.quick {
		n = 1000
	}
	for _, told := range []bool{false, true} {
		what := fmt.Sprintf("Tick with %s deadlines passed", count(n))
		if told {
			what += ", each told to a notifier"
		}
		round := 0
		v, err := versus(b.rounds(3), func() (float64, error) {
			round++
			progress("%s, round %d", what, round)
			return b.breach(ctx, n, told, fmt.Sprintf("due_%t_%d", told, round))
		})
		if err != nil {
			return err
		}
		const least = 2000
		b.table.add(line{what: what, ours: rate(v[0]), mark: "at least " + rate(least), ok: v[0] >= least})
	}
	return nil
}

// breach returns how many tickets were escalated per second.
func (b *bench) breach(ctx context.Context, n int, told bool, name string) (float64, error) {
	s, err := b.newSite(ctx, name)
	if err != nil {
		return 0, err
	}
	if err := s.fill(ctx, n, 1); err != nil {
		return 0, err
	}
	if err := s.late(ctx); err != nil {
		return 0, err
	}
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
		return 0, err
	}
	start := time.Now()
	if _, err := desk.Tick(ctx); err != nil {
		return 0, err
	}
	took := time.Since(start)
	var escalated int
	err = s.pool.QueryRow(ctx, "SELECT count(*) FROM helpdesk_tickets WHERE tenant_id = $1 AND status = 'escalated' AND escalation_level = 2", string(tenant)).Scan(&escalated)
	if err != nil {
		return 0, err
	}
	if escalated != n || (told && notices.Load() != int64(n)) {
		return 0, fmt.Errorf("%d of %d tickets escalated, %d notices", escalated, n, notices.Load())
	}
	return float64(escalated) / took.Seconds(), s.drop(ctx)
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
