package bunstore

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

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
	err := s.scanTickets(ctx, s.selectTickets(&rows).Where("t.tenant_id = ?", string(tenant)).Where("t.id = ?", string(id)), &rows)
	switch {
	case err != nil:
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
	if err := s.scanTickets(ctx, sel.Limit(int64(limit)+1), &rows); err != nil {
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

// Thread implements [helpdesk.Store]. It is one statement, so it never shows a part of a Change. On
// SQLite, CROSS JOIN keeps the order of the tables: with statistics it would read all messages.
func (s *Store) Thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	th, err := s.thread(ctx, tenant, id)
	return th, fail("thread", err)
}

// family names a ticket and all tickets merged into it, directly or through others.
const family = `WITH RECURSIVE family (id) AS (
SELECT t.id FROM helpdesk_tickets AS t WHERE t.tenant_id = ? AND t.id = ?
UNION
SELECT t.id FROM family AS f JOIN helpdesk_tickets AS t ON t.tenant_id = ? AND t.merged_into = f.id)
`

// threadRow is a row of a thread: a message, an event, or the ticket.
type threadRow struct {
	Part   threadPart `bun:"part"`
	ID     string     `bun:"x_id"`
	Ticket string     `bun:"x_ticket"`
	Kind   string     `bun:"x_kind"`
	ByRole string     `bun:"by_role"`
	ByID   string     `bun:"by_id"`
	ByName string     `bun:"by_name"`
	First  string     `bun:"first"` // the body of a message, the old value of an event
	Second link       `bun:"second"`
	Sender link       `bun:"sender"`
	Reply  link       `bun:"reply_to"`
	HTML   link       `bun:"html"`
	Files  files      `bun:"attachments"`
	Data   document   `bun:"data"`
	At     instant    `bun:"at"`
	Seq    int64      `bun:"seq"`

	Of ticketRow `bun:"embed:t_"`
}

// threadPart says what a threadRow is.
type threadPart int

const (
	threadMessage threadPart = iota
	threadEvent
	threadTicket
)

// threadTicketColumns are the ticket's columns in a threadRow.
var threadTicketColumns = func() string {
	list := make([]string, len(ticketColumns))
	for i, c := range ticketColumns {
		list[i] = "t." + c + " AS t_" + c
	}
	return strings.Join(list, ", ")
}()

func (s *Store) thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	if !canonical(string(id)) || !storable(string(tenant)) {
		return nil, helpdesk.ErrNotFound
	}
	var rows []threadRow
	who := string(tenant)
	err := s.run.NewRaw(family+`, x AS (
SELECT ? AS part, m.id AS x_id, m.ticket_id AS x_ticket, m.kind AS x_kind, m.by_role, m.by_id, m.by_name, m.body AS first, m.full_text AS second,
m.sender, m.reply_to, m.html, m.attachments, NULL AS data, m.at, m.seq
FROM family AS f CROSS JOIN helpdesk_messages AS m WHERE m.tenant_id = ? AND m.ticket_id = f.id
UNION ALL
SELECT ?, e.id, e.ticket_id, e.type, e.by_role, e.by_id, e.by_name, e.old, e.new, NULL, NULL, NULL, NULL, e.data, e.at, e.seq
FROM family AS f CROSS JOIN helpdesk_events AS e WHERE e.tenant_id = ? AND e.ticket_id = f.id
UNION ALL
SELECT ?, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
SELECT x.*, ?, CASE WHEN x.part = ? THEN ? END AS t_clocks
FROM x LEFT JOIN helpdesk_tickets AS t ON x.part = ? AND t.tenant_id = ? AND t.id = ? ORDER BY x.part, x.at, x.seq`,
		who, string(id), who, threadMessage, who, threadEvent, who, threadTicket,
		bun.Safe(threadTicketColumns), threadTicket, bun.Safe(s.dialect.clocks()), threadTicket, who, string(id)).Scan(ctx, &rows)
	switch {
	case err != nil:
		return nil, err
	case len(rows) == 0 || rows[len(rows)-1].Of.ID == "":
		return nil, helpdesk.ErrNotFound
	}
	th := &helpdesk.Thread{}
	for i := range rows {
		switch r := &rows[i]; r.Part {
		case threadMessage:
			th.Messages = append(th.Messages, (&messageRow{
				ID: r.ID, Ticket: r.Ticket, Kind: r.Kind, ByRole: r.ByRole, ByID: r.ByID, ByName: r.ByName,
				Body: r.First, At: r.At, Full: r.Second, Sender: r.Sender, Reply: r.Reply, HTML: r.HTML, Files: r.Files,
			}).message())
		case threadEvent:
			th.Events = append(th.Events, (&eventRow{
				ID: r.ID, Ticket: r.Ticket, Type: r.Kind, ByRole: r.ByRole, ByID: r.ByID, ByName: r.ByName,
				Old: r.First, New: string(r.Second), Data: r.Data, At: r.At,
			}).event())
		case threadTicket:
			if th.Ticket, err = r.Of.ticket(); err != nil {
				return nil, err
			}
		}
	}
	return th, nil
}

// Settings implements [helpdesk.Store].
func (s *Store) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	lists, err := s.settings(ctx, q)
	if err != nil {
		return nil, fail("settings", err)
	}
	return lists[0], nil
}

// SettingsOf implements [helpdesk.SettingsReader], in one statement.
func (s *Store) SettingsOf(ctx context.Context, qs ...helpdesk.SettingQuery) ([][]helpdesk.Setting, error) {
	lists, err := s.settings(ctx, qs...)
	return lists, fail("settings", err)
}

func (s *Store) settings(ctx context.Context, qs ...helpdesk.SettingQuery) ([][]helpdesk.Setting, error) {
	var groups [][]int // queries that differ by tenant alone, in one part: SQLite knows no LATERAL
	place := map[helpdesk.SettingQuery]int{}
	for i, q := range qs {
		if !texts(string(q.Tenant), string(q.Kind), q.Key) {
			continue
		}
		q.Tenant = ""
		g, seen := place[q]
		if !seen || s.dialect == sqlite {
			g, place[q] = len(groups), len(groups)
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	lists := make([][]helpdesk.Setting, len(qs))
	if len(groups) == 0 {
		return lists, nil
	}
	var parts []string
	var args []any
	for _, group := range groups {
		part, partArgs := s.settingsPart(qs, group)
		parts, args = append(parts, part), append(args, partArgs...)
	}
	var rows []struct {
		I          int
		settingRow `bun:",extend"`
	}
	if err := s.run.NewRaw(strings.Join(parts, "\nUNION ALL ")+" ORDER BY i, key, version DESC", args...).Scan(ctx, &rows); err != nil {
		return nil, err
	}
	for i := range rows {
		r := &rows[i]
		lists[r.I] = append(lists[r.I], helpdesk.Setting{
			Kind: helpdesk.SettingKind(r.Kind), Key: r.Key, Version: r.Version, Value: r.Value.raw(), Deleted: r.Deleted,
			By: actor(r.ByRole, r.ByID, r.ByName), At: r.At.Time,
		})
	}
	return lists, nil
}

// settingsPart reads the settings of queries that differ by their tenants alone.
func (s *Store) settingsPart(qs []helpdesk.SettingQuery, of []int) (sql string, args []any) {
	q := qs[of[0]]
	const current = `g.kind = ? AND NOT g.deleted
AND NOT EXISTS (SELECT 1 FROM helpdesk_settings AS h WHERE h.tenant_id = g.tenant_id AND h.kind = g.kind AND h.key = g.key AND h.version > g.version)`
	const versions = `(SELECT * FROM helpdesk_settings AS h WHERE h.tenant_id = ? AND h.kind = ? AND h.key = ?
AND h.version < ? ORDER BY h.version DESC LIMIT ?) AS g`
	key := []any{string(q.Kind), q.Key, cmp.Or(q.Below, math.MaxInt64), cmp.Or(q.Limit, math.MaxInt32)}
	if len(of) == 1 {
		if q.Key == "" {
			return "SELECT ? AS i, g.* FROM helpdesk_settings AS g WHERE g.tenant_id = ? AND " + current, []any{of[0], string(q.Tenant), string(q.Kind)}
		}
		return "SELECT ? AS i, g.* FROM " + versions, append([]any{of[0], string(q.Tenant)}, key...)
	}
	tenants := tuples{cast: []string{"integer", "text"}}
	for _, i := range of {
		tenants.rows = append(tenants.rows, []any{i, string(qs[i].Tenant)})
	}
	if q.Key == "" {
		return "SELECT k.i, g.* FROM (?) AS k (i, tenant_id) JOIN helpdesk_settings AS g ON g.tenant_id = k.tenant_id AND " + current,
			[]any{tenants, string(q.Kind)}
	}
	return "SELECT k.i, g.* FROM (?) AS k (i, tenant_id) CROSS JOIN LATERAL " + versions, append([]any{tenants, bun.Safe("k.tenant_id")}, key...)
}
