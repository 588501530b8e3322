package bunstore

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

var _ helpdesk.NoticeStore = (*Store)(nil)

type noticeRow struct {
	bun.BaseModel `bun:"table:helpdesk_notices,alias:n"`

	Tenant string  `bun:"tenant_id,type:text"`
	Agent  string  `bun:"agent,type:text"`
	At     instant `bun:"at,type:timestamptz"`
	ID     string  `bun:"id,type:text"`
	Ticket link    `bun:"ticket_id,type:uuid"`
	Kind   string  `bun:"kind,type:text"`
	Urgent bool    `bun:"urgent,type:boolean"`
	By     string  `bun:"by_id,type:text"`
	Unread bool    `bun:"unread,type:boolean"`
}

func (r *noticeRow) notice() helpdesk.AgentNotice {
	return helpdesk.AgentNotice{
		ID: r.ID, Agent: helpdesk.AgentID(r.Agent), Ticket: helpdesk.TicketID(r.Ticket), Kind: helpdesk.NoticeKind(r.Kind),
		Urgent: r.Urgent, By: helpdesk.AgentID(r.By), At: r.At.Time, Read: !r.Unread,
	}
}

// noticeEdit names notices up to a time. Its fields are columns of no row.
type noticeEdit struct {
	bun.BaseModel `bun:"table:helpdesk_notices,alias:n"`

	Tenant string  `bun:"tenant_id,type:text"`
	Agent  string  `bun:"agent,type:text"`
	Ticket link    `bun:"ticket_id,type:uuid"`
	Until  instant `bun:"until,type:timestamptz"`
}

// notices are the rows that a Commit writes, and which stored ones it changes.
type notices struct {
	added         []noticeRow
	removed, read []noticeEdit
}

type noticeStatements struct{ remove, read, add *rowStatement }

func noticeStatementsOn(w *writer) noticeStatements {
	const of, fits = "tenant_id, agent, ticket_id, until", "n.tenant_id = v.tenant_id AND n.agent = v.agent AND n.at <= v.until AND (v.ticket_id IS NULL OR n.ticket_id = v.ticket_id)"
	const key = "(tenant_id, agent, at, id) IN (SELECT n.tenant_id, n.agent, n.at, n.id FROM v JOIN helpdesk_notices AS n ON "
	return noticeStatements{
		remove: w.with(noticeEdit{}, of, "DELETE FROM helpdesk_notices WHERE "+key+fits+")"),
		read:   w.with(noticeEdit{}, of, "UPDATE helpdesk_notices SET unread = FALSE WHERE unread AND "+key+fits+" AND n.unread)"),
		add:    w.insert(noticeRow{}, nil, "\nON CONFLICT DO NOTHING"),
	}
}

func (p *plan) foldNotices(c *helpdesk.Change) {
	for i := range c.Notices {
		n := &c.Notices[i]
		p.notices.added = append(p.notices.added, noticeRow{
			Tenant: string(c.Tenant), Agent: string(n.Agent), At: at(n.At), ID: n.ID, Ticket: link(n.Ticket), Kind: string(n.Kind),
			Urgent: n.Urgent, By: string(n.By), Unread: !n.Read,
		})
	}
	for _, e := range c.NoticeEdits {
		row := noticeEdit{Tenant: string(c.Tenant), Agent: string(e.Agent), Ticket: link(e.Ticket), Until: at(e.Until)}
		if e.Remove {
			p.notices.removed = append(p.notices.removed, row)
		} else {
			p.notices.read = append(p.notices.read, row)
		}
	}
}

func (n *notices) sort() {
	slices.SortFunc(n.added, func(a, b noticeRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Agent, b.Agent), a.At.Compare(b.At.Time), cmp.Compare(a.ID, b.ID))
	})
	for _, rows := range []*[]noticeEdit{&n.removed, &n.read} {
		slices.SortFunc(*rows, func(a, b noticeEdit) int {
			return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Agent, b.Agent), cmp.Compare(a.Ticket, b.Ticket), a.Until.Compare(b.Until.Time))
		})
		*rows = slices.Compact(*rows)
	}
}

func (c *checker) notices(change *helpdesk.Change) {
	for i := range change.Notices {
		n := &change.Notices[i]
		c.text("id", n.ID)
		c.text("agent", string(n.Agent))
		c.text("kind", string(n.Kind))
		c.text("by", string(n.By))
		if n.Ticket != "" {
			c.id("ticket", string(n.Ticket))
		}
	}
	for i := range change.NoticeEdits {
		e := &change.NoticeEdits[i]
		c.text("agent", string(e.Agent))
		if e.Ticket != "" {
			c.id("ticket", string(e.Ticket))
		}
	}
}

// Notices implements [helpdesk.NoticeStore].
func (s *Store) Notices(ctx context.Context, q helpdesk.NoticeQuery) (helpdesk.NoticePage, error) {
	page, err := s.noticePage(ctx, &q)
	return page, fail("notices", err)
}

func (s *Store) noticePage(ctx context.Context, q *helpdesk.NoticeQuery) (page helpdesk.NoticePage, err error) {
	var after store.NoticeCursor
	if q.After != "" {
		if after, err = store.ParseNoticeCursor(q.After); err != nil {
			return page, err
		}
	}
	if !storable(string(q.Tenant)) || !storable(string(q.Agent)) || q.Ticket != "" && !canonical(string(q.Ticket)) {
		return page, nil
	}
	var rows []noticeRow
	limit := q.PageLimit()
	sel := s.run.NewSelect().Model(&rows).Where("n.tenant_id = ? AND n.agent = ?", string(q.Tenant), string(q.Agent))
	if q.Ticket != "" {
		sel.Where("n.ticket_id = ?", string(q.Ticket))
	}
	if q.Unread {
		sel.Where("n.unread")
	}
	if !q.Since.IsZero() {
		sel.Where("n.at >= ?", ceil(q.Since))
	}
	if q.After != "" {
		sel.Where("(n.at, n.id) < (?, ?)", at(after.At), after.ID)
	}
	if err := sel.OrderExpr("n.at DESC, n.id DESC").Limit(int64(limit) + 1).Scan(ctx); err != nil {
		return page, err
	}
	for i := range rows[:min(limit, len(rows))] {
		page.Notices = append(page.Notices, rows[i].notice())
	}
	if len(rows) > limit {
		page.Next = store.NoticeCursorAt(&page.Notices[limit-1]).String()
	}
	return page, nil
}

// CountUnread implements [helpdesk.NoticeStore]. The query ends at the most that is asked for, each
// agent's by itself.
func (s *Store) CountUnread(ctx context.Context, tenant helpdesk.TenantID, since time.Time, most int, agents ...helpdesk.AgentID) (map[helpdesk.AgentID]int, error) {
	unread := map[helpdesk.AgentID]int{}
	var each []string
	var args []any
	for _, a := range agents {
		if storable(string(a)) && storable(string(tenant)) {
			each = append(each, "SELECT agent FROM (SELECT n.agent FROM helpdesk_notices AS n WHERE n.tenant_id = ? AND n.agent = ? AND n.unread AND n.at >= ? ORDER BY n.at DESC LIMIT ?) AS h")
			args = append(args, string(tenant), string(a), ceil(since), most)
		}
	}
	if len(each) == 0 {
		return unread, nil
	}
	var rows []struct {
		Agent string
		N     int
	}
	err := s.run.NewRaw("SELECT agent, count(*) AS n FROM ("+strings.Join(each, " UNION ALL ")+") AS u GROUP BY agent", args...).Scan(ctx, &rows)
	for _, r := range rows {
		unread[helpdesk.AgentID(r.Agent)] = r.N
	}
	return unread, fail("count unread", err)
}
