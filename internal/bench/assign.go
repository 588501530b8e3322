package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// assignTickets gives tickets that wait to the agents of one tenant and of many, beside plain SQL,
// and ranks the agents of a large tenant.
func assignTickets(ctx context.Context, b *bench) error {
	n := 2000
	if b.quick {
		n = 400
	}
	for i, c := range []struct {
		what         string
		pools, desks int
		least        float64
	}{
		{"Assign in one pool", 1, 1, 1500},
		{"Assign in one pool, 4 desks at once", 1, 4, 1500},
		{"Assign in 50 pools, 4 desks at once", 50, 4, 1500},
		{"Assign in 1,000 pools", 1000, 1, 1500},
	} {
		round := 0
		v, err := versus(b.rounds(3),
			func() (float64, error) {
				round++
				progress("%s, round %d", c.what, round)
				return b.assign(ctx, n, c.pools, c.desks, fmt.Sprintf("assign_%d_%d", i, round))
			},
			func() (float64, error) {
				return b.assignByHand(ctx, n, c.pools, c.desks, fmt.Sprintf("assign_hand_%d_%d", i, round))
			})
		if err != nil {
			return err
		}
		l := faster(c.what, v[0], v[1], 0)
		l.mark, l.ok = "at least "+rate(c.least), v[0] >= c.least
		b.table.add(l)
	}
	return rankAgents(ctx, b)
}

// poolSize is how many agents a pool has, the agents of one tenant.
const poolSize = 20

// assign has n tickets of some pools assigned by some desks at once.
func (b *bench) assign(ctx context.Context, n, pools, desks int, name string) (float64, error) {
	s, err := b.staffed(ctx, pools, name)
	if err != nil {
		return 0, err
	}
	ticks := make([]func() error, desks)
	for i := range ticks {
		tick, end, err := s.process(ctx)
		if err != nil {
			return 0, err
		}
		defer end()
		ticks[i] = tick
	}
	if err := s.triaged(ctx, n, pools); err != nil {
		return 0, err
	}
	start := time.Now()
	err = together(ticks...)
	took := time.Since(start)
	if err = errors.Join(err, s.checkAssigned(ctx, n)); err != nil {
		return 0, err
	}
	return float64(n) / took.Seconds(), s.drop(ctx)
}

// process returns the Tick of a desk with connections of its own, as another process has, and a
// function that closes them.
func (s *site) process(ctx context.Context) (tick, end func() error, err error) {
	db, err := dbtest.Connect(s.pool.Config().ConnString())
	if err != nil {
		return nil, nil, err
	}
	desk, err := (&site{db: db}).desk(nil)
	if err != nil {
		return nil, nil, err
	}
	tick = func() error {
		_, err := desk.Tick(ctx)
		return err
	}
	return tick, db.Close, tick() // which opens connections
}

// together calls functions at once and waits for all.
func together(do ...func() error) error {
	errs := make([]error, len(do))
	var wg sync.WaitGroup
	for i := range do {
		wg.Go(func() { errs[i] = do[i]() })
	}
	wg.Wait()
	return errors.Join(errs...)
}

func poolTenant(i int) helpdesk.TenantID { return helpdesk.TenantID(fmt.Sprintf("pool-%d", i)) }

// staffed returns a schema with the agents of some pools. They have room for whatever comes.
func (b *bench) staffed(ctx context.Context, pools int, name string) (*site, error) {
	s, err := b.newSite(ctx, name)
	if err != nil {
		return nil, err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return nil, err
	}
	for i := range poolSize {
		_, err := desk.ForTenant(poolTenant(0)).SaveAgent(ctx, helpdesk.Agent{
			ID: helpdesk.AgentID(fmt.Sprintf("agent%d", i)), Name: fmt.Sprintf("Agent %d", i), Email: fmt.Sprintf("agent%d@example.com", i),
			Skills: map[helpdesk.Skill]int{helpdesk.GeneralSkill: 3}, Capacity: 1_000_000,
		})
		if err != nil {
			return nil, err
		}
	}
	if _, err := desk.Tick(ctx); err != nil { // new agents have the queue looked at
		return nil, err
	}
	_, err = s.pool.Exec(ctx, `INSERT INTO helpdesk_settings SELECT 'pool-' || i, kind, key, version, value, deleted, by_role, by_id, by_name, at
FROM helpdesk_settings, generate_series(1, $1::int - 1) AS i`, pools)
	return s, err
}

// triaged adds n tickets as triage leaves them when it finds no category: each waits for an agent.
func (s *site) triaged(ctx context.Context, n, pools int) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := s.fillTenant(ctx, tx, "'"+string(tenant)+"'", n, 1); err != nil {
			return err
		}
		if err := s.spread(ctx, tx, tenant, pools); err != nil {
			return err
		}
		for _, sql := range []string{
			"UPDATE helpdesk_tickets SET version = 2, status = 'new', category = '', assignee = '', assigned_at = NULL, queued_at = triaged_at",
			"INSERT INTO helpdesk_tasks SELECT tenant_id, 'assign', id, id, queued_at, NULL, 0, '', false, 0, NULL FROM helpdesk_tickets",
		} {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.settle(ctx)
}

// checkAssigned checks that each of n tickets has an agent, and that no agent of a pool has two
// more than another.
func (s *site) checkAssigned(ctx context.Context, n int) error {
	var assigned, tasks, counted, spread int
	err := s.pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM helpdesk_tickets WHERE status = 'assigned' AND assignee <> '' AND queued_at IS NULL),
(SELECT count(*) FROM helpdesk_tasks WHERE kind = 'assign'), sum(counted)::bigint, max(spread)
FROM (SELECT sum(open) AS counted, max(open) - CASE WHEN count(*) < $1 THEN 0 ELSE min(open) END AS spread FROM helpdesk_loads GROUP BY tenant_id) AS l`,
		poolSize).Scan(&assigned, &tasks, &counted, &spread)
	if err == nil && (assigned != n || tasks > 0 || counted != n || spread > 1) {
		err = fmt.Errorf("%d of %d tickets assigned and %d counted, %d tasks left, agents differ by %d", assigned, n, counted, tasks, spread)
	}
	return err
}

// assignByHand is the floor of assign. It leases tasks as a desk does, and writes the same rows by
// statements over the tickets of a batch, with as many batches at once as there are desks. It
// decides nothing: agents take turns.
func (b *bench) assignByHand(ctx context.Context, n, pools, desks int, name string) (float64, error) {
	s, err := b.staffed(ctx, pools, name)
	if err != nil {
		return 0, err
	}
	if err := s.triaged(ctx, n, pools); err != nil {
		return 0, err
	}
	batches := func() error {
		for {
			if more, err := s.assignBatch(ctx); err != nil || !more {
				return err
			}
		}
	}
	start := time.Now()
	err = together(slices.Repeat([]func() error{batches}, desks)...)
	took := time.Since(start)
	if err != nil {
		return 0, err
	}
	var left int
	err = s.pool.QueryRow(ctx, `SELECT count(*) FROM helpdesk_tickets WHERE status <> 'assigned'`).Scan(&left)
	if err == nil && left > 0 {
		err = fmt.Errorf("%d of %d tickets left by hand", left, n)
	}
	if err != nil {
		return 0, err
	}
	return float64(n) / took.Seconds(), s.drop(ctx)
}

// assignBatch assigns up to 200 tickets, of whatever tenants, in one transaction.
func (s *site) assignBatch(ctx context.Context) (bool, error) {
	tenants, ids, err := s.leaseAssign(ctx)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	if err := s.readWaiting(ctx, tenants, ids); err != nil {
		return false, err
	}
	why, err := whyAssigned()
	if err != nil {
		return false, err
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE helpdesk_tickets AS t SET version = version + 1, status = 'assigned', assignee = 'agent' || k.i % 20, assigned_at = $3, queued_at = NULL, updated_at = $3
FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS k (tenant_id, id, i) WHERE t.tenant_id = k.tenant_id AND t.id = k.id`, tenants, ids, s.base)
	batch.Queue(`INSERT INTO helpdesk_events (tenant_id, id, ticket_id, type, by_role, by_id, by_name, old, new, data, at)
SELECT k.tenant_id, gen_random_uuid(), k.id, e.type, '', '', '', e.old, coalesce(e.new, 'agent' || k.i % 20), CASE WHEN e.new IS NULL THEN $4::text::json END, $3
FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS k (tenant_id, id, i), (VALUES ('assigned', '', NULL), ('status_changed', 'new', 'assigned')) AS e (type, old, new)`,
		tenants, ids, s.base, why)
	batch.Queue(`DELETE FROM helpdesk_tasks AS t USING unnest($1::text[], $2::uuid[]) AS k (tenant_id, id)
WHERE t.tenant_id = k.tenant_id AND t.kind = 'assign' AND t.key = k.id::text`, tenants, ids)
	batch.Queue(`INSERT INTO helpdesk_loads AS l (tenant_id, agent, open, room)
SELECT tenant_id, 'agent' || i % 20 AS agent, count(*), 1000000 FROM unnest($1::text[]) WITH ORDINALITY AS k (tenant_id, i) GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (tenant_id, agent) DO UPDATE SET open = l.open + excluded.open, room = excluded.room`, tenants) // in one order: no deadlock
	return true, s.pool.SendBatch(ctx, batch).Close()
}

// leaseAssign leases the tasks of up to 200 tickets and returns whose they are.
func (s *site) leaseAssign(ctx context.Context) (tenants []string, ids [][16]byte, err error) {
	rows, err := s.pool.Query(ctx, `WITH d AS MATERIALIZED (SELECT tenant_id, kind, key FROM helpdesk_tasks WHERE NOT dead AND due_at <= $1
AND (leased_until IS NULL OR leased_until <= $1) ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED)
UPDATE helpdesk_tasks AS k SET token = nextval('helpdesk_lease_token'), attempts = k.attempts + 1, leased_until = $1 + interval '5 minutes'
FROM d WHERE k.tenant_id = d.tenant_id AND k.kind = d.kind AND k.key = d.key RETURNING k.tenant_id, k.ticket_id`, s.base)
	if err != nil {
		return nil, nil, err
	}
	var tenant string
	var id [16]byte
	_, err = pgx.ForEachRow(rows, []any{&tenant, &id}, func() error {
		tenants, ids = append(tenants, tenant), append(ids, id)
		return nil
	})
	return tenants, ids, err
}

// readWaiting reads the tickets of a batch and their clocks.
func (s *site) readWaiting(ctx context.Context, tenants []string, ids [][16]byte) error {
	for _, sql := range []string{
		"SELECT t.* FROM helpdesk_tickets AS t JOIN unnest($1::text[], $2::uuid[]) AS k (tenant_id, id) ON t.tenant_id = k.tenant_id AND t.id = k.id",
		"SELECT c.* FROM helpdesk_clocks AS c JOIN unnest($1::text[], $2::uuid[]) AS k (tenant_id, id) ON c.tenant_id = k.tenant_id AND c.ticket_id = k.id",
	} {
		rows, err := s.pool.Query(ctx, sql, tenants, ids)
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

// whyAssigned is the payload of an assignment in a pool.
func whyAssigned() (string, error) {
	data := helpdesk.AssignmentData{Eligible: poolSize}
	for i := range 5 {
		data.Ranked = append(data.Ranked, helpdesk.Standing{
			Agent: helpdesk.AgentID(fmt.Sprintf("agent%d", i)), Open: 50, Capacity: 1_000_000, LastAssigned: instant.Of(time.Now()), Brings: "general 3",
		})
	}
	text, err := json.Marshal(data)
	return string(text), err
}

// rankAgents is how long the standard ranking takes, beside sorting as many numbers. Everybody has
// the skill that is asked for, so nobody is spared.
func rankAgents(ctx context.Context, b *bench) error {
	const n = 1000
	chance := rand.New(rand.NewPCG(1, 2))
	candidates, numbers := make([]helpdesk.Candidate, n), make([]int, n)
	for i := range candidates {
		skills := map[helpdesk.Skill]int{helpdesk.GeneralSkill: 1 + chance.IntN(5)}
		for _, skill := range []helpdesk.Skill{"billing", "technical", "account", "french", "german"} {
			if chance.IntN(2) == 0 {
				skills[skill] = 1 + chance.IntN(5)
			}
		}
		candidates[i] = helpdesk.Candidate{
			Agent: helpdesk.Agent{ID: helpdesk.AgentID(fmt.Sprintf("agent%d", i)), Skills: skills, Capacity: 10 + chance.IntN(10)},
			Load:  helpdesk.Load{Open: chance.IntN(10), LastAssigned: began.Add(-time.Duration(chance.IntN(100_000)) * time.Second)},
		}
		numbers[i] = chance.Int()
	}
	assigner, ticket := assign.BySkill(nil), &helpdesk.Ticket{}
	sorted := make([]int, n)
	v, err := versus(b.rounds(5),
		latency(ctx, 500, func(ctx context.Context) error {
			ranked, err := assigner.Rank(ctx, ticket, candidates)
			if err == nil && len(ranked) != n {
				err = fmt.Errorf("%d agents ranked", len(ranked))
			}
			return err
		}),
		latency(ctx, 500, func(context.Context) error {
			copy(sorted, numbers)
			slices.SortFunc(sorted, cmp.Compare[int])
			return nil
		}))
	if err != nil {
		return err
	}
	const most = 500 * time.Microsecond
	l := slower("Rank 1,000 agents", v[0], v[1], 0)
	l.mark, l.ok = "at most "+short(most), v[0] <= most
	b.table.add(l)
	return nil
}
