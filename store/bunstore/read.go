package bunstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// derived are the columns that follow from others.
var derived = []string{"open", "urgency", "due_at", "first_due", "score", "tally", "first_open", "resolution_open"}

// ticketColumns are the columns of t that make a Ticket; derived ones are not read back.
var ticketColumns = func() []string {
	columns := []string{"tenant_id", "id", "version", "ref", "subject", "description", "created_at"}
	for _, c := range stateColumns {
		if !slices.Contains(derived, c) {
			columns = append(columns, c)
		}
	}
	return columns
}()

// selectTickets reads tickets with their clocks into rows.
func (s *Store) selectTickets(rows *[]ticketRow) *bun.SelectQuery {
	return s.run.NewSelect().Model(rows).Column(ticketColumns...).ColumnExpr(s.dialect.withClocks())
}

// Ticket implements [helpdesk.Store].
func (s *Store) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	t, err := s.ticket(ctx, tenant, id)
	return t, fail("ticket", err)
}

func (s *Store) ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	if !canonical(string(id)) || !storable(string(tenant)) {
		return nil, helpdesk.ErrNotFound
	}
	var rows []ticketRow
	err := s.selectTickets(&rows).Where("t.tenant_id = ?", string(tenant)).Where("t.id = ?", string(id)).Scan(ctx)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return nil, err
	case len(rows) == 0:
		return nil, helpdesk.ErrNotFound
	}
	return rows[0].ticket()
}

// Tickets implements [helpdesk.Store].
func (s *Store) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	page, err := s.tickets(ctx, &q, nil)
	return page, fail("tickets", err)
}

// tickets reads a page of q, with further conditions by narrow unless that is nil.
func (s *Store) tickets(ctx context.Context, q *helpdesk.Query, narrow func(*bun.SelectQuery)) (page helpdesk.Page, err error) {
	var rows []ticketRow
	sel := s.selectTickets(&rows)
	fits := s.filter(sel, q)
	if err := paginate(sel, q); err != nil || !fits {
		return page, err
	}
	limit := q.PageLimit()
	switch {
	case narrow != nil:
		narrow(sel)
	case q.Order == helpdesk.Urgency && !oneQueue(q):
		sel.Where("t.id IN (SELECT id FROM (?) AS a UNION ALL SELECT id FROM (?) AS b)",
			s.headOf(q, true, limit+1), s.headOf(q, false, limit+1))
	}
	if err := sel.Limit(int64(limit) + 1).Scan(ctx); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return page, err
	}
	more := len(rows) > limit
	if page.Tickets, err = ticketsOf(rows[:min(limit, len(rows))]); err == nil && more {
		page.Next = store.CursorAt(q.Order, page.Tickets[limit-1]).String()
	}
	return page, err
}

// oneQueue reports whether only open tickets, or only others, can match.
func oneQueue(q *helpdesk.Query) bool {
	other := func(st helpdesk.Status) bool { return st.Open() != q.Status[0].Open() }
	return !q.DueBefore.IsZero() || (len(q.Status) > 0 && !slices.ContainsFunc(q.Status, other))
}

// headOf names the first tickets of a page among the open ones or the others. The index of the
// queue separates the two, so a page over both joins two heads; otherwise all tickets would be
// sorted.
func (s *Store) headOf(q *helpdesk.Query, open bool, n int) *bun.SelectQuery {
	sel := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").ColumnExpr("t.id").Where("t.open = ?", open).Limit(int64(n))
	s.filter(sel, q)
	_ = paginate(sel, q) // checked before
	return sel
}

func ticketsOf(rows []ticketRow) ([]*helpdesk.Ticket, error) {
	var tickets []*helpdesk.Ticket
	for i := range rows {
		t, err := rows[i].ticket()
		if err != nil {
			return nil, err
		}
		tickets = append(tickets, t)
	}
	return tickets, nil
}

// paginate orders the rows and begins after the cursor. Each order has an index that begins with
// the tenant.
func paginate(sel *bun.SelectQuery, q *helpdesk.Query) error {
	switch q.Order {
	case helpdesk.Newest:
		sel.OrderExpr("t.created_at DESC, t.id DESC")
	case helpdesk.Oldest:
		sel.OrderExpr("t.created_at, t.id")
	case helpdesk.Urgency:
		sel.OrderExpr("t.urgency, t.due_at, t.created_at, t.id")
	case helpdesk.ByDue:
		sel.OrderExpr("t.first_due, t.urgency, t.created_at, t.id")
	}
	return after(sel, q)
}

// after excludes the tickets of earlier pages.
func after(sel *bun.SelectQuery, q *helpdesk.Query) error {
	if _, err := helpdesk.ParseOrder(string(q.Order)); err != nil || q.After == "" {
		return err
	}
	c, err := store.ParseCursor(q.After, q.Order)
	if err != nil {
		return err
	}
	created, dueAt := ceil(c.Created), due{} // which may lie where no stored time does
	if !c.Due.IsZero() {
		dueAt.instant = ceil(c.Due)
	}
	switch q.Order {
	case helpdesk.Newest:
		sel.Where("(t.created_at, t.id) < (?, ?)", created, string(c.ID))
	case helpdesk.Oldest:
		sel.Where("(t.created_at, t.id) > (?, ?)", created, string(c.ID))
	case helpdesk.Urgency:
		sel.Where("(t.urgency, t.due_at, t.created_at, t.id) > (?, ?, ?, ?)", -int8(c.Priority), dueAt, created, string(c.ID))
	case helpdesk.ByDue:
		sel.Where("(t.first_due, t.urgency, t.created_at, t.id) > (?, ?, ?, ?)", dueAt, -int8(c.Priority), created, string(c.ID))
	}
	return nil
}

// Thread implements [helpdesk.Store]. It never shows a part of a Change.
func (s *Store) Thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	var th *helpdesk.Thread
	err := s.snapshot(ctx, func(s *Store) (err error) {
		th, err = s.thread(ctx, tenant, id)
		return err
	})
	return th, fail("thread", err)
}

// family names a ticket and all tickets merged into it, directly or through others.
const family = `WITH RECURSIVE family (id) AS (
SELECT t.id FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.id = ?
UNION
SELECT t.id FROM family AS f JOIN helpdesk_tickets AS t ON t.tenant_id = ? AND t.merged_into = f.id)
`

func (s *Store) thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	t, err := s.ticket(ctx, tenant, id)
	if err != nil {
		return nil, err
	}
	th := &helpdesk.Thread{Ticket: t}
	var messages []messageRow
	var events []eventRow
	who := string(tenant)
	if err := s.run.NewRaw(family+`SELECT m.tenant_id, m.id, m.ticket_id, m.kind, m.by_role, m.by_id, m.by_name, m.body, m.at,
m.full_text, m.html, m.attachments
FROM helpdesk_messages AS m JOIN family AS f ON m.ticket_id = f.id WHERE m.tenant_id = ? ORDER BY m.at, m.seq`,
		who, string(id), who, who).Scan(ctx, &messages); err != nil {
		return nil, err
	}
	if err := s.run.NewRaw(family+`SELECT e.tenant_id, e.id, e.ticket_id, e.type, e.by_role, e.by_id, e.by_name, e.old, e.new, e.data, e.at
FROM helpdesk_events AS e JOIN family AS f ON e.ticket_id = f.id WHERE e.tenant_id = ? ORDER BY e.at, e.seq`,
		who, string(id), who, who).Scan(ctx, &events); err != nil {
		return nil, err
	}
	for i := range messages {
		th.Messages = append(th.Messages, messages[i].message())
	}
	for i := range events {
		th.Events = append(th.Events, events[i].event())
	}
	return th, nil
}

// Settings implements [helpdesk.Store].
func (s *Store) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	if !texts(string(q.Tenant), string(q.Kind), q.Key) {
		return nil, nil
	}
	var rows []settingRow
	read := s.run.NewRaw(`SELECT g.* FROM helpdesk_settings AS g WHERE g.tenant_id = ? AND g.kind = ? AND NOT g.deleted
AND NOT EXISTS (SELECT 1 FROM helpdesk_settings AS h WHERE h.tenant_id = g.tenant_id AND h.kind = g.kind
AND h.key = g.key AND h.version > g.version) ORDER BY g.key`, string(q.Tenant), string(q.Kind))
	if q.Key != "" {
		below, limit := cmp.Or(q.Below, math.MaxInt64), cmp.Or(q.Limit, math.MaxInt32)
		read = s.run.NewRaw(`SELECT g.* FROM helpdesk_settings AS g WHERE g.tenant_id = ? AND g.kind = ? AND g.key = ?
AND g.version < ? ORDER BY g.version DESC LIMIT ?`, string(q.Tenant), string(q.Kind), q.Key, below, limit)
	}
	if err := read.Scan(ctx, &rows); err != nil {
		return nil, fail("settings", err)
	}
	var settings []helpdesk.Setting
	for i := range rows {
		r := &rows[i]
		settings = append(settings, helpdesk.Setting{
			Kind: helpdesk.SettingKind(r.Kind), Key: r.Key, Version: r.Version, Value: r.Value.raw(), Deleted: r.Deleted,
			By: actor(r.ByRole, r.ByID, r.ByName), At: r.At.Time,
		})
	}
	return settings, nil
}
