package bunstore

import (
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// The statements of a commit beyond inserts of rows.

// stateColumns are the columns that a later Change of a ticket writes.
var stateColumns = []string{
	"customer_name", "customer_email", "customer_tags", "source", "tags", "status", "open", "category", "priority", "urgency", "category_by",
	"priority_by", "floor", "suggestion", "needs_review", "assignee", "declined", "queued_at", "taken_back", "escalation_level",
	"due_at", "first_due", "updated_at", "public_at", "triaged_at",
	"assigned_at", "begun_at", "first_reply_at", "resolved_at", "closed_at", "resolution", "reopened", "merged_into", "links_ended", "rating",
	"replies", "score", "tally", "first_open", "resolution_open",
}

// indexed is the column of a ticket that only PostgreSQL has.
const indexed = "tag_keys"

func (s *Store) insertTickets(p *plan) schema.QueryAppender {
	var without []string
	if s.dialect == sqlite {
		without = append(without, indexed)
	}
	return s.insert(&p.added, without, " ON CONFLICT DO NOTHING")
}

// assign is the list "c = from.c, ..." of an UPDATE.
func assign(columns []string, from string) bun.Safe {
	set := make([]string, len(columns))
	for i, c := range columns {
		set[i] = c + " = " + from + "." + c
	}
	return bun.Safe(strings.Join(set, ", "))
}

// updateTickets writes rows with the state of tickets and the columns in more.
func (s *Store) updateTickets(rows any, more ...string) schema.QueryAppender {
	set := append(more, stateColumns...)
	if s.dialect == postgres {
		set = append(set, indexed)
	}
	columns := append([]string{"tenant_id", "id", "version"}, set...)
	return s.db.NewRaw(`WITH v (?) AS (?)
UPDATE helpdesk_tickets AS t SET version = v.version + 1, ? FROM v
WHERE t.tenant_id = v.tenant_id AND t.id = v.id AND t.version = v.version`,
		names(columns), rowsOf{s.db, rows, columns}, assign(set, "v"))
}

func (s *Store) knownTickets(p *plan) schema.QueryAppender {
	return s.db.NewRaw(`SELECT 1 FROM helpdesk_tickets AS t WHERE (t.tenant_id, t.id) IN (?)`, s.ticketKeys(p.known))
}

// deleteClocks removes the clocks that updated tickets no longer have.
func (s *Store) deleteClocks(p *plan) schema.QueryAppender {
	keys := make([]ticketKey, 0, len(p.updated)+len(p.again.tickets))
	for i := range p.updated {
		keys = append(keys, ticketKey{p.updated[i].Tenant, p.updated[i].ID})
	}
	for i := range p.again.tickets {
		keys = append(keys, ticketKey{p.again.tickets[i].Tenant, p.again.tickets[i].ID})
	}
	kept := tuples{cast: []string{"text", "uuid", "text", "integer"}}
	for i := range p.clocks {
		c := &p.clocks[i]
		kept.rows = append(kept.rows, []any{c.Tenant, c.Ticket, c.Metric, c.Instance})
	}
	if len(kept.rows) == 0 {
		return s.db.NewRaw(`DELETE FROM helpdesk_clocks WHERE (tenant_id, ticket_id) IN (?)`, s.ticketKeys(keys))
	}
	return s.db.NewRaw(`DELETE FROM helpdesk_clocks WHERE (tenant_id, ticket_id) IN (?)
AND (tenant_id, ticket_id, metric, instance) NOT IN (?)`, s.ticketKeys(keys), kept)
}

// upsertClocks leaves unchanged rows alone, so they get no new row version.
func (s *Store) upsertClocks(p *plan) schema.QueryAppender {
	state := append([]string{"position"}, clockState...)
	differs := make([]string, len(state))
	for i, c := range state {
		differs[i] = "c." + c + " IS DISTINCT FROM excluded." + c
	}
	return s.insert(&p.clocks, nil, `
ON CONFLICT (tenant_id, ticket_id, metric, instance) DO UPDATE SET ? WHERE ?`,
		assign(state, "excluded"), bun.Safe(strings.Join(differs, " OR ")))
}

// insertSettings adds versions whose predecessor exists. The primary key refuses versions that
// exist already.
func (s *Store) insertSettings(p *plan) schema.QueryAppender {
	columns := []string{"tenant_id", "kind", "key", "version", "value", "deleted", "by_role", "by_id", "by_name", "at"}
	list := names(columns)
	return s.db.NewRaw(`WITH v (?) AS (?)
INSERT INTO helpdesk_settings (?) SELECT ? FROM v
WHERE v.version = 1 OR EXISTS (SELECT 1 FROM helpdesk_settings AS g WHERE g.tenant_id = v.tenant_id
AND g.kind = v.kind AND g.key = v.key AND g.version = v.version - 1)
ON CONFLICT DO NOTHING`, list, rowsOf{s.db, &p.settings, columns}, list, list)
}

// purgeSettings removes the values of earlier versions that still have one.
func (s *Store) purgeSettings(p *plan) schema.QueryAppender {
	columns := []string{"tenant_id", "kind", "key", "version"}
	return s.db.NewRaw(`WITH v (?) AS (?)
UPDATE helpdesk_settings AS g SET value = 'null' FROM v
WHERE g.tenant_id = v.tenant_id AND g.kind = v.kind AND g.key = v.key AND g.version < v.version
AND CAST(g.value AS text) IS DISTINCT FROM 'null'`,
		names(columns), rowsOf{s.db, &p.purged, columns})
}

// addLoads changes counters where there is room. The room stands in the row since ON CONFLICT sees
// nothing else.
func (s *Store) addLoads(p *plan) schema.QueryAppender {
	rows := tuples{cast: []string{"text", "text", "bigint", "bigint"}}
	for i := range p.loads {
		l := &p.loads[i]
		rows.rows = append(rows.rows, []any{l.Tenant, l.Agent, l.Open, l.Room})
	}
	return s.db.NewRaw(`WITH v (tenant_id, agent, open, room) AS (?)
INSERT INTO helpdesk_loads AS l (tenant_id, agent, open, room)
SELECT tenant_id, agent, open, room FROM v WHERE room >= 0
ON CONFLICT (tenant_id, agent) DO UPDATE SET open = l.open + excluded.open, room = excluded.room
WHERE l.open <= excluded.room`, rows)
}

func (s *Store) deleteDone(p *plan) schema.QueryAppender {
	keys := tuples{cast: []string{"text", "text", "text", "bigint"}}
	for i := range p.done {
		t := &p.done[i]
		keys.rows = append(keys.rows, []any{t.Tenant, t.Kind, t.Key, t.Token})
	}
	return s.db.NewRaw(`DELETE FROM helpdesk_tasks WHERE (tenant_id, kind, key, token) IN (?)`, keys)
}

func (s *Store) deleteTasks(p *plan) schema.QueryAppender {
	keys := tuples{cast: []string{"text", "text", "text"}}
	for i := range p.removed {
		t := &p.removed[i]
		keys.rows = append(keys.rows, []any{t.Tenant, t.Kind, t.Key})
	}
	return s.db.NewRaw(`DELETE FROM helpdesk_tasks WHERE (tenant_id, kind, key) IN (?)`, keys)
}

// taskColumns are the columns of a Task beside its key.
var taskColumns = []string{"ticket_id", "due_at", "payload", "attempts", "error", "dead"}

func (s *Store) moveTasks(p *plan) schema.QueryAppender {
	columns := append([]string{"tenant_id", "kind", "key", "token"}, taskColumns...)
	return s.db.NewRaw(`WITH v (?) AS (?)
UPDATE helpdesk_tasks AS k SET ?, token = CASE WHEN v.dead THEN v.token ELSE 0 END, leased_until = NULL FROM v
WHERE k.tenant_id = v.tenant_id AND k.kind = v.kind AND k.key = v.key AND k.token = v.token`,
		names(columns), rowsOf{s.db, &p.moved, columns}, assign(taskColumns, "v"))
}

func (s *Store) putTasks(p *plan) schema.QueryAppender {
	return s.insert(&p.tasks, nil, `
ON CONFLICT (tenant_id, kind, key) DO UPDATE SET ?, token = 0, leased_until = NULL`, assign(taskColumns, "excluded"))
}

func (s *Store) ticketKeys(keys []ticketKey) tuples {
	list := tuples{cast: []string{"text", "uuid"}}
	for _, k := range keys {
		list.rows = append(list.rows, []any{k.tenant, k.id})
	}
	return list
}
