package bunstore

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// TicketsOf implements [helpdesk.TenantsReader]. PostgreSQL gets one statement for all queries by
// id, and one for all queues of a kind. Other queries go one by one, as all do on SQLite, which has
// no round trips to save.
func (s *Store) TicketsOf(ctx context.Context, qs ...helpdesk.Query) ([]helpdesk.Page, error) {
	pages := make([]helpdesk.Page, len(qs))
	var named, alone []int
	queues := map[queueKind]map[helpdesk.TenantID]int{}
	for i := range qs {
		q := &qs[i]
		kind, queued := queueOf(q)
		_, again := queues[kind][q.Tenant]
		switch {
		case s.dialect == sqlite:
			alone = append(alone, i)
		case !storable(string(q.Tenant)):
		case queued && !again:
			if queues[kind] == nil {
				queues[kind] = map[helpdesk.TenantID]int{}
			}
			queues[kind][q.Tenant] = i
		case byID(q):
			named = append(named, i)
		default:
			alone = append(alone, i)
		}
	}
	if len(named) > 0 {
		if err := s.namedTickets(ctx, qs, named, pages); err != nil {
			return nil, fail("tickets", err)
		}
	}
	for kind, of := range queues {
		if err := s.queuedTickets(ctx, qs, kind, of, pages); err != nil {
			return nil, fail("tickets", err)
		}
	}
	for _, i := range alone {
		var err error
		if pages[i], err = s.tickets(ctx, &qs[i], nil); err != nil {
			return nil, fail("tickets", err)
		}
	}
	return pages, nil
}

// byID reports whether a query names tickets, asks nothing else of them and has room for all.
func byID(q *helpdesk.Query) bool {
	rest := *q
	rest.Tenant, rest.IDs, rest.Limit = "", nil, 0
	return len(q.IDs) > 0 && len(q.IDs) <= q.PageLimit() && reflect.DeepEqual(rest, helpdesk.Query{})
}

// queueKind is what queries for the queues of several tenants have in common.
type queueKind struct {
	limit  int
	status string
	later  bool // they begin after a cursor
}

// queueOf returns the kind of a query for a queue. It returns false for other queries.
func queueOf(q *helpdesk.Query) (queueKind, bool) {
	rest := *q
	rest.Tenant, rest.Status, rest.Limit, rest.After = "", nil, 0, ""
	status := make([]string, len(q.Status))
	for i, st := range q.Status {
		status[i] = string(st)
	}
	return queueKind{q.PageLimit(), strings.Join(status, "\n"), q.After != ""},
		reflect.DeepEqual(rest, helpdesk.Query{Waiting: true, Order: helpdesk.ByDue})
}

func (s *Store) namedTickets(ctx context.Context, qs []helpdesk.Query, named []int, pages []helpdesk.Page) error {
	keys := tuples{cast: []string{"text", "uuid"}}
	seen := map[ticketKey]bool{}
	for _, i := range named {
		for _, id := range kept(qs[i].IDs, canonical) {
			key := ticketKey{string(qs[i].Tenant), id}
			if !seen[key] {
				seen[key] = true
				keys.rows = append(keys.rows, []any{key.tenant, key.id})
			}
		}
	}
	if len(keys.rows) == 0 {
		return nil
	}
	var rows []ticketRow
	err := s.selectTickets(&rows).Join("JOIN (?) AS k (tenant_id, id) ON t.tenant_id = k.tenant_id AND t.id = k.id", keys).Scan(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	tickets, err := ticketsOf(rows)
	if err != nil {
		return err
	}
	found := make(map[ticketKey]*helpdesk.Ticket, len(tickets))
	for _, t := range tickets {
		found[ticketKey{string(t.Tenant), string(t.ID)}] = t
	}
	for _, i := range named {
		q, given := &qs[i], map[helpdesk.TicketID]bool{}
		for _, id := range q.IDs {
			if t := found[ticketKey{string(q.Tenant), string(id)}]; t != nil && !given[id] {
				given[id] = true
				pages[i].Tickets = append(pages[i].Tickets, t.Clone())
			}
		}
		inOrder(q.Order, pages[i].Tickets)
	}
	return nil
}

// queuedTickets reads the queues of tenants, each by its index.
func (s *Store) queuedTickets(ctx context.Context, qs []helpdesk.Query, kind queueKind, of map[helpdesk.TenantID]int, pages []helpdesk.Page) error {
	keys, columns := tuples{cast: []string{"text"}}, "tenant_id"
	if kind.later {
		keys.cast, columns = []string{"text", "timestamptz", "smallint", "timestamptz", "uuid"}, "tenant_id, first_due, urgency, created_at, id"
	}
	head := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").ColumnExpr("t.*").Where("t.tenant_id = k.tenant_id").
		Where("t.queued_at IS NOT NULL").OrderExpr("t.first_due, t.urgency, t.created_at, t.id").Limit(int64(kind.limit) + 1)
	for tenant, i := range of {
		q := &qs[i]
		if len(keys.rows) == 0 && len(q.Status) > 0 { // all of a kind have the same
			filterStatus(head, q.Status)
		}
		row := []any{string(tenant)}
		if kind.later {
			c, err := store.ParseCursor(q.After, q.Order)
			if err != nil {
				return err
			}
			dueAt := due{}
			if !c.Due.IsZero() {
				dueAt.instant = ceil(c.Due)
			}
			row = append(row, dueAt, -int8(c.Priority), ceil(c.Created), string(c.ID))
		}
		keys.rows = append(keys.rows, row)
	}
	if kind.later {
		head.Where("(t.first_due, t.urgency, t.created_at, t.id) > (k.first_due, k.urgency, k.created_at, k.id)")
	}
	var rows []ticketRow
	err := s.selectTickets(&rows).ModelTableExpr("(?) AS k (?) CROSS JOIN LATERAL (?) AS t", keys, bun.Safe(columns), head).Scan(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	tickets, err := ticketsOf(rows)
	if err != nil {
		return err
	}
	for _, t := range tickets {
		page := &pages[of[t.Tenant]]
		page.Tickets = append(page.Tickets, t)
	}
	for _, i := range of {
		page := &pages[i]
		inOrder(helpdesk.ByDue, page.Tickets)
		if len(page.Tickets) > kind.limit {
			page.Tickets = page.Tickets[:kind.limit]
			page.Next = store.CursorAt(helpdesk.ByDue, page.Tickets[kind.limit-1]).String()
		}
	}
	return nil
}

func inOrder(o helpdesk.Order, tickets []*helpdesk.Ticket) {
	slices.SortFunc(tickets, func(a, b *helpdesk.Ticket) int { return store.CursorAt(o, a).Compare(store.CursorAt(o, b)) })
}

// LoadsOf implements [helpdesk.TenantsReader], on PostgreSQL in one statement.
func (s *Store) LoadsOf(ctx context.Context, tenants ...helpdesk.TenantID) ([]map[helpdesk.AgentID]helpdesk.Load, error) {
	all := make([]map[helpdesk.AgentID]helpdesk.Load, len(tenants))
	keys := tuples{cast: []string{"integer", "text"}}
	for i, tenant := range tenants {
		all[i] = map[helpdesk.AgentID]helpdesk.Load{}
		switch {
		case s.dialect == sqlite:
			var err error
			if all[i], err = s.Loads(ctx, tenant); err != nil {
				return nil, err
			}
		case storable(string(tenant)):
			keys.rows = append(keys.rows, []any{i, string(tenant)})
		}
	}
	if len(keys.rows) == 0 {
		return all, nil
	}
	var rows []struct {
		I int
		loadOf
	}
	err := s.run.NewRaw("SELECT k.i, x.* FROM (?) AS k (i, tenant_id) CROSS JOIN LATERAL (?) AS x", keys, loadsOf(bun.Safe("k.tenant_id"))).Scan(ctx, &rows)
	if err != nil {
		return nil, fail("loads", err)
	}
	for _, r := range rows {
		all[r.I][helpdesk.AgentID(r.Agent)] = r.load()
	}
	return all, nil
}

// TryLocks implements [helpdesk.TenantsLocker], with the locks of [Store.Lock].
func (s *Store) TryLocks(ctx context.Context, name string, tenants ...helpdesk.TenantID) (taken []helpdesk.TenantID, unlock func(), err error) {
	here := map[helpdesk.TenantID]func(){}
	release := func() {
		for _, free := range here {
			free()
		}
	}
	for _, tenant := range tenants {
		if free := s.locks.try(name + "/" + string(tenant)); free != nil {
			here[tenant] = free
			taken = append(taken, tenant)
		}
	}
	keys := tuples{cast: []string{"text"}}
	for _, tenant := range slices.Sorted(slices.Values(taken)) { // in one order: no deadlock
		if storable(string(tenant)) {
			keys.rows = append(keys.rows, []any{string(tenant)})
		}
	}
	if s.dialect != postgres || s.bound || !storable(name) || len(keys.rows) == 0 {
		return taken, release, nil
	}
	holder := uuid.NewString()
	var got []string
	err = s.run.NewRaw(`INSERT INTO helpdesk_locks AS l (tenant_id, name, holder, until)
SELECT k.tenant_id, ?, ?, now() + ? * interval '1 second' FROM (?) AS k (tenant_id) ORDER BY k.tenant_id
ON CONFLICT (tenant_id, name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE l.until <= now() RETURNING l.tenant_id`,
		name, holder, int(lockTime.Seconds()), keys).Scan(ctx, &got)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		release()
		return nil, nil, fail("lock", err)
	}
	taken = slices.DeleteFunc(taken, func(tenant helpdesk.TenantID) bool {
		if !storable(string(tenant)) || slices.Contains(got, string(tenant)) {
			return false
		}
		here[tenant]()
		delete(here, tenant)
		return true
	})
	return taken, func() {
		if len(got) > 0 {
			_, _ = s.run.NewRaw("DELETE FROM helpdesk_locks WHERE tenant_id IN (?) AND name = ? AND holder = ?", bun.List(got), name, holder).
				Exec(context.WithoutCancel(ctx))
		}
		release()
	}, nil
}
