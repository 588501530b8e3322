package bunstore

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// Mails implements [helpdesk.Store].
func (s *Store) Mails(ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
	page, err := s.mails(ctx, &q)
	return page, fail("mails", err)
}

func (s *Store) mails(ctx context.Context, q *helpdesk.MailQuery) (page helpdesk.MailPage, err error) {
	var after store.MailCursor
	if q.After != "" {
		if after, err = store.ParseMailCursor(q.After); err != nil {
			return page, err
		}
	}
	var rows []mailRow
	limit := q.PageLimit()
	sel := s.run.NewSelect().Model(&rows)
	if !s.filterMail(sel, q, after) {
		return page, nil
	}
	if len(q.Outcome) > 1 && len(q.IDs) == 0 && len(q.MessageIDs) == 0 && q.Ticket == "" && q.Address == "" {
		sel.Where("m.id IN (?)", s.latestOfEach(q, after, limit+1))
	}
	if err := sel.Limit(int64(limit) + 1).Scan(ctx); err != nil {
		return page, err
	}
	for i := range rows[:min(limit, len(rows))] {
		page.Mails = append(page.Mails, rows[i].mail())
	}
	if len(rows) > limit {
		last := &page.Mails[limit-1]
		page.Next = store.MailCursorAt(last).String()
	}
	return page, nil
}

// filterMail adds the conditions of q and the order of its pages. It returns false when nothing can
// match.
func (s *Store) filterMail(sel *bun.SelectQuery, q *helpdesk.MailQuery, after store.MailCursor) bool {
	if !texts(string(q.Tenant), q.Address) || (q.Ticket != "" && !canonical(string(q.Ticket))) {
		return false
	}
	fits := true
	among := func(column string, n int, values []string) {
		if n > 0 {
			fits = fits && len(values) > 0
			sel.Where(column+" IN (?)", bun.List(values))
		}
	}
	sel.Where("m.tenant_id = ?", string(q.Tenant))
	among("m.id", len(q.IDs), kept(q.IDs, canonical))
	among("m.message_id <> '' AND m.message_id", len(q.MessageIDs), kept(q.MessageIDs, storable))
	among("m.outcome", len(q.Outcome), kept(q.Outcome, storable))
	among("m.notice", len(q.Notice), kept(q.Notice, storable))
	if q.Ticket != "" {
		sel.Where("m.ticket_id = ?", string(q.Ticket))
	}
	if q.Address != "" {
		sel.Where("m.address = ? AND m.address <> ''", q.Address)
	}
	if !q.Since.IsZero() {
		sel.Where("m.at >= ?", ceil(q.Since))
	}
	if q.Scope != nil {
		scoped, some := s.inScope(q.Tenant, q.Scope)
		fits = fits && some
		sel.Where("m.ticket_id IN (?)", scoped)
	}
	if q.After != "" {
		sel.Where("(m.at, m.id) < (?, ?)", at(after.At), after.ID)
	}
	sel.OrderExpr("m.at DESC, m.id DESC")
	return fits
}

// latestOfEach selects the ids of the first n mails of the page for each outcome. The index sorts
// the mails of one outcome only: without this query, the database would sort all mails of several
// outcomes for each page.
func (s *Store) latestOfEach(q *helpdesk.MailQuery, after store.MailCursor, n int) schema.QueryAppender {
	var heads []string
	var args []any
	for _, outcome := range q.Outcome {
		one := *q
		one.Outcome = []helpdesk.MailOutcome{outcome}
		head := s.run.NewSelect().TableExpr("helpdesk_mail AS m").Column("m.id").Limit(int64(n))
		if s.filterMail(head, &one, after) {
			heads, args = append(heads, "SELECT id FROM (?) AS h"), append(args, head)
		}
	}
	return s.db.NewRaw(strings.Join(heads, " UNION ALL "), args...)
}
