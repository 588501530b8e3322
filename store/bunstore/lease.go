package bunstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
)

// Lease implements [helpdesk.Store]. On PostgreSQL concurrent callers do not wait for each other,
// since each skips the rows that another is about to take.
func (s *Store) Lease(ctx context.Context, now time.Time, d time.Duration, limit int, except ...helpdesk.TaskGroup) ([]helpdesk.Task, error) {
	if limit <= 0 {
		return nil, nil
	}
	lease := s.leaseOnPostgres
	if s.dialect == sqlite {
		lease = s.leaseOnSQLite
	}
	rows, err := lease(ctx, at(now), at(now.Add(d)), limit, except)
	if err != nil {
		return nil, fail("lease", err)
	}
	slices.SortFunc(rows, func(a, b taskRow) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt.Time), cmp.Compare(a.Token, b.Token))
	})
	tasks := make([]helpdesk.Task, len(rows))
	for i := range rows {
		tasks[i] = rows[i].task()
	}
	return tasks, nil
}

// dueTasks are tasks that are due, not dead, not leased at the moment and in no group of except.
func (s *Store) dueTasks(now instant, limit int, except []helpdesk.TaskGroup) schema.QueryWithArgs {
	var kinds []string
	pairs := tuples{cast: []string{"text", "text"}}
	for _, g := range except {
		if g.AllTenants {
			kinds = append(kinds, string(g.Kind))
		} else {
			pairs.rows = append(pairs.rows, []any{string(g.Kind), string(g.Tenant)})
		}
	}
	where := ""
	if len(kinds) > 0 {
		where += s.format(" AND k.kind NOT IN (?)", bun.List(kinds))
	}
	if len(pairs.rows) > 0 {
		where += s.format(" AND (k.kind, k.tenant_id) NOT IN (?)", pairs)
	}
	return bun.SafeQuery(" FROM helpdesk_tasks AS k WHERE NOT k.dead AND k.due_at <= ? AND (k.leased_until IS NULL OR k.leased_until <= ?)?"+
		" ORDER BY k.due_at LIMIT ?", now, now, bun.Safe(where), limit)
}

func (s *Store) leaseOnPostgres(ctx context.Context, now, until instant, limit int, except []helpdesk.TaskGroup) (rows []taskRow, err error) {
	err = s.run.NewRaw(`WITH d AS MATERIALIZED (SELECT k.tenant_id, k.kind, k.key? FOR UPDATE SKIP LOCKED)
UPDATE helpdesk_tasks AS k SET token = nextval('helpdesk_lease_token'), attempts = k.attempts + 1, leased_until = ?
FROM d WHERE k.tenant_id = d.tenant_id AND k.kind = d.kind AND k.key = d.key RETURNING k.*`,
		s.dueTasks(now, limit, except), until).Scan(ctx, &rows)
	return rows, err
}

// leaseOnSQLite looks before it takes the write lock: usually nothing is due.
func (s *Store) leaseOnSQLite(ctx context.Context, now, until instant, limit int, except []helpdesk.TaskGroup) (rows []taskRow, err error) {
	var due int
	err = s.run.NewRaw("SELECT EXISTS (SELECT 1?)", s.dueTasks(now, 1, except)).Scan(ctx, &due)
	if err != nil || due == 0 {
		return nil, err
	}
	take := func(on bun.IDB) error {
		if err := on.NewRaw("SELECT k.*?", s.dueTasks(now, limit, except)).Scan(ctx, &rows); err != nil {
			return err
		}
		var last int64
		err := on.NewRaw("UPDATE helpdesk_counters SET value = value + ? WHERE name = 'lease_token' RETURNING value", len(rows)).Scan(ctx, &last)
		if err != nil {
			return err
		}
		for i := range rows {
			r := &rows[i]
			r.Token, r.Attempts = last-int64(len(rows)-1-i), r.Attempts+1
			if _, err := on.NewRaw("UPDATE helpdesk_tasks SET token = ?, attempts = ?, leased_until = ? WHERE tenant_id = ? AND kind = ? AND key = ?",
				r.Token, r.Attempts, until, r.Tenant, r.Kind, r.Key).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	}
	if s.bound {
		return rows, take(s.run)
	}
	return rows, s.immediate(ctx, take)
}

// renewBatch is the most tasks of one statement.
const renewBatch = 500

// Renew implements [helpdesk.Store]. On PostgreSQL it leaves out the rows that a commit is about to
// end or to move: waiting for one of them would put all the other leases at risk.
func (s *Store) Renew(ctx context.Context, until time.Time, tasks ...helpdesk.Task) error {
	for some := range slices.Chunk(tasks, renewBatch) {
		held := tuples{cast: []string{"text", "text", "text", "bigint"}}
		for i := range some {
			t := &some[i]
			held.rows = append(held.rows, []any{string(t.Tenant), string(t.Kind), t.Key, t.Token})
		}
		those := bun.SafeQuery("k.leased_until IS NOT NULL AND NOT k.dead AND (k.tenant_id, k.kind, k.key, k.token) IN (?)", held)
		renew := "UPDATE helpdesk_tasks AS k SET leased_until = ?0 WHERE ?1"
		if s.dialect == postgres {
			renew = `WITH d AS MATERIALIZED (SELECT k.tenant_id, k.kind, k.key FROM helpdesk_tasks AS k WHERE ?1 FOR UPDATE SKIP LOCKED)
UPDATE helpdesk_tasks AS k SET leased_until = ?0 FROM d WHERE k.tenant_id = d.tenant_id AND k.kind = d.kind AND k.key = d.key`
		}
		_, err := s.run.NewRaw(renew, at(until), those).Exec(ctx)
		if err != nil {
			return fail("renew", err)
		}
	}
	return nil
}

// DeadTasks implements [helpdesk.TaskLister].
func (s *Store) DeadTasks(ctx context.Context, tenant helpdesk.TenantID, limit int) ([]helpdesk.Task, error) {
	if limit <= 0 || !storable(string(tenant)) {
		return nil, nil
	}
	var rows []taskRow
	err := s.run.NewRaw(`SELECT k.* FROM helpdesk_tasks AS k WHERE k.tenant_id = ? AND k.dead
ORDER BY k.due_at DESC, k.kind, k.key LIMIT ?`, string(tenant), limit).Scan(ctx, &rows)
	if err != nil {
		return nil, fail("dead tasks", err)
	}
	var tasks []helpdesk.Task
	for i := range rows {
		tasks = append(tasks, rows[i].task())
	}
	return tasks, nil
}

// Loads implements [helpdesk.Loader]. It finds the agents who hold tickets by jumping from one to
// the next in the index, without reading every ticket.
func (s *Store) Loads(ctx context.Context, tenant helpdesk.TenantID) (map[helpdesk.AgentID]helpdesk.Load, error) {
	loads := map[helpdesk.AgentID]helpdesk.Load{}
	if !storable(string(tenant)) {
		return loads, nil
	}
	var rows []loadOf
	if err := s.run.NewRaw("?", loadsOf(string(tenant))).Scan(ctx, &rows); err != nil {
		return nil, fail("loads", err)
	}
	for _, r := range rows {
		loads[helpdesk.AgentID(r.Agent)] = r.load()
	}
	return loads, nil
}

// loadOf is the load of one agent.
type loadOf struct {
	Agent string
	Open  int64
	Last  instant
}

func (r *loadOf) load() helpdesk.Load {
	return helpdesk.Load{Open: int(r.Open), LastAssigned: r.Last.Time}
}

// loadsOf reads the loads of a tenant, which is a text or a column.
func loadsOf(tenant any) schema.QueryWithArgs {
	return bun.SafeQuery(`WITH RECURSIVE holder (agent) AS (
SELECT min(t.assignee) FROM helpdesk_tickets AS t WHERE t.tenant_id = ?0 AND t.assignee <> ''
UNION ALL
SELECT (SELECT min(t.assignee) FROM helpdesk_tickets AS t WHERE t.tenant_id = ?0 AND t.assignee <> '' AND t.assignee > h.agent)
FROM holder AS h WHERE h.agent IS NOT NULL)
SELECT a.agent, coalesce(l.open, 0) AS open,
(SELECT max(t.assigned_at) FROM helpdesk_tickets AS t WHERE t.tenant_id = ?0 AND t.assignee <> '' AND t.assignee = a.agent) AS last
FROM (SELECT agent FROM holder WHERE agent IS NOT NULL UNION SELECT agent FROM helpdesk_loads WHERE tenant_id = ?0) AS a
LEFT JOIN helpdesk_loads AS l ON l.tenant_id = ?0 AND l.agent = a.agent`, tenant)
}

// LoadDrift implements [helpdesk.LoadAuditor]. It is one statement, so that both sides are of one
// moment.
func (s *Store) LoadDrift(ctx context.Context, tenant helpdesk.TenantID) ([]helpdesk.LoadDrift, error) {
	if !storable(string(tenant)) {
		return nil, nil
	}
	var rows []struct {
		Agent   string
		Counter int64
		Open    int64
	}
	var counting []string
	for _, st := range helpdesk.Statuses {
		if st.Loads() {
			counting = append(counting, string(st))
		}
	}
	err := s.run.NewRaw(`SELECT agent, CAST(sum(counter) AS bigint) AS counter, CAST(sum(open) AS bigint) AS open
FROM (SELECT l.agent, l.open AS counter, 0 AS open FROM helpdesk_loads AS l WHERE l.tenant_id = ?
UNION ALL SELECT t.assignee, 0, 1 FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.open = ? AND t.assignee <> '' AND t.status IN (?)) AS x
GROUP BY agent HAVING sum(counter) <> sum(open) ORDER BY agent`,
		string(tenant), string(tenant), true, bun.List(counting)).Scan(ctx, &rows)
	if err != nil {
		return nil, fail("load drift", err)
	}
	var wrong []helpdesk.LoadDrift
	for _, r := range rows {
		wrong = append(wrong, helpdesk.LoadDrift{Agent: helpdesk.AgentID(r.Agent), Counter: int(r.Counter), Open: int(r.Open)})
	}
	return wrong, nil
}
