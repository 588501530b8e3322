package bunstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// [store.Words] splits both sides of a search into words. The database's own text search
// configuration is not used, so all stores find the same. Each word begins with a hash of its
// tenant, so the inverted index begins with the tenant too: a common word of another tenant costs
// nothing.

// lexemes returns the words of a text in the form of the index. Words consist of letters, marks and
// digits, so nothing is quoted.
func lexemes(tenant helpdesk.TenantID, words []string) string {
	lead := leadOf(tenant)
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(lead)
		b.WriteString(w)
	}
	return b.String()
}

func leadOf(tenant helpdesk.TenantID) string {
	sum := sha256.Sum256([]byte(tenant))
	return hex.EncodeToString(sum[:4])
}

// Search implements [helpdesk.Searcher]. It first finds the messages that match, capped and
// materialised. Then it filters and orders their tickets. In one step the planner would walk an
// index of the order for a word that no message holds.
func (s *Store) Search(ctx context.Context, q helpdesk.SearchQuery) (page helpdesk.Page, err error) {
	if len(q.Words) == 0 || !storable(string(q.Tenant)) || slices.ContainsFunc(q.Words, unknown) {
		return page, nil
	}
	if s.dialect == sqlite {
		page, err = s.tickets(ctx, &q.Query, among(s.fitting(&q)))
		return page, fail("search", err)
	}
	common, err := s.more(ctx, &q, fewMatches)
	switch {
	case err != nil:
	case common:
		err = s.snapshot(ctx, scattered, func(s *Store) error {
			page, err = s.searchCommon(ctx, &q)
			return err
		})
	default:
		page, err = s.tickets(ctx, &q.Query, among(s.matching(&q).Limit(int64(mostMatches))))
	}
	return page, fail("search", err)
}

// fitting selects, from the first mostMatches matching messages, those whose ticket satisfies q and
// its page. In the orders by creation, and on SQLite, the newest or oldest messages come first.
func (s *Store) fitting(q *helpdesk.SearchQuery) *bun.SelectQuery {
	sel := s.matching(q).Join("JOIN helpdesk_tickets AS t ON t.tenant_id = m.tenant_id AND t.id = m.ticket_id").Limit(int64(mostMatches))
	s.filter(sel, &q.Query)
	_ = after(sel, &q.Query) // tickets reports the error
	switch {
	case q.Order == helpdesk.Newest:
		sel.OrderExpr("m.at DESC NULLS LAST")
	case q.Order == helpdesk.Oldest:
		sel.OrderExpr("m.at NULLS FIRST")
	case s.dialect == sqlite:
		sel.OrderExpr("helpdesk_words.rowid DESC")
	}
	return sel
}

// matching names the ticket of each message that holds all words; a ticket may come several times.
func (s *Store) matching(q *helpdesk.SearchQuery) *bun.SelectQuery {
	lead := leadOf(q.Tenant)
	terms := make([]string, len(q.Words))
	for i, w := range q.Words {
		terms[i] = lead + w
	}
	from, condition := "helpdesk_messages AS m", "m.words @@ ?::tsquery"
	match := "'" + strings.Join(terms, "' & '") + "'"
	if s.dialect == sqlite {
		from, condition = "helpdesk_words JOIN helpdesk_messages AS m ON m.seq = helpdesk_words.rowid", "helpdesk_words MATCH ?"
		match = `"` + strings.Join(terms, `" AND "`) + `"`
	}
	sel := s.run.NewSelect().TableExpr(from).Column("m.ticket_id").Where("m.tenant_id = ?", string(q.Tenant)).Where(condition, match)
	if q.Public {
		sel.Where("m.kind IN (?)", bun.List(publicKinds))
	}
	// A customer has few tickets, and a common word has to find all of them.
	if q.Customer != "" {
		sel.Where("m.ticket_id IN (SELECT c.id FROM helpdesk_tickets AS c WHERE c.tenant_id = ? AND c.customer_email = ? AND c.customer_email <> '')",
			string(q.Tenant), q.Customer)
	}
	return sel
}

// Limits of a search. Tests use lower ones.
var (
	mostMatches = helpdesk.MaxMatches // messages that match, in tickets that satisfy the query
	// fewMatches is the greatest number of messages with rare words. More lie all over their table,
	// and take long to read from the disk.
	fewMatches = 100
	nearLatest = 1000 // number of latest tickets that are searched first
)

// more reports whether more than n messages match. No message matches for a customer that no row
// can hold.
func (s *Store) more(ctx context.Context, q *helpdesk.SearchQuery, n int) (bool, error) {
	if !storable(q.Customer) {
		return false, nil
	}
	var all int
	// The limit is hidden from the planner. Otherwise it would expect so few matches early in a
	// scan of the table, whose late messages lie at its end.
	some := s.run.NewSelect().TableExpr("(? LIMIT (SELECT ?)) AS m", s.matching(q), n+1).ColumnExpr("count(*)")
	err := some.Scan(ctx, &all)
	return all > n, err
}

// searchCommon reads only some of the matches in the common cases: the latest tickets, and open
// tickets.
func (s *Store) searchCommon(ctx context.Context, q *helpdesk.SearchQuery) (helpdesk.Page, error) {
	if q.Order == helpdesk.Newest && q.From.IsZero() && q.To.IsZero() && q.Customer == "" {
		if page, err := s.searchLatest(ctx, q); err != nil || page.Next != "" {
			return page, err
		}
	}
	// These orders have an index of open tickets. The index of all tickets would read the closed
	// ones too.
	byUrgency := q.Order == helpdesk.ByDue || q.Order == helpdesk.Urgency
	if byUrgency && oneQueue(&q.Query) && (len(q.Status) == 0 || q.Status[0].Open()) {
		switch many, err := s.more(ctx, q, mostMatches); {
		case err != nil:
			return helpdesk.Page{}, err
		// The index of the order soon yields a page.
		case many:
			return s.tickets(ctx, &q.Query, each(s.matching(q)))
		}
	}
	return s.tickets(ctx, &q.Query, among(s.fitting(q)))
}

// among restricts tickets to those that found names; found runs first.
func among(found *bun.SelectQuery) func(*bun.SelectQuery) {
	return func(sel *bun.SelectQuery) {
		sel.WithQuery(bun.NewWithQuery("found", found).Materialized()).Where("t.id IN (SELECT ticket_id FROM found)")
	}
}

// each looks up every ticket by itself among the matches.
func each(match *bun.SelectQuery) func(*bun.SelectQuery) {
	return func(sel *bun.SelectQuery) { sel.Where("EXISTS (? OFFSET 0)", match.Where("m.ticket_id = t.id")) }
}

const (
	// early is how long before its ticket a message may be dated, by the clocks of two processes. A
	// message without a date counts as earlier.
	early    = 24 * time.Hour
	mostSpan = 100 * 365 * 24 * time.Hour // longer than any desk is open
)

// searchLatest looks for a page among the tickets created shortly before its first. If these do not
// fill it, it tries longer times, depending on the number found. The page is a page of all tickets
// only if it has a next one.
func (s *Store) searchLatest(ctx context.Context, q *helpdesk.SearchQuery) (page helpdesk.Page, err error) {
	first, near, err := s.stretch(ctx, q)
	if err != nil || near.IsZero() {
		return page, err
	}
	for span, tries := first.Sub(near), 0; tries < 5 && span > 0 && span < mostSpan; tries++ {
		recent := *q
		recent.From = first.Add(-span)
		page, err = s.tickets(ctx, &recent.Query, among(s.fitting(&recent).Where("m.at >= ?", ceil(recent.From.Add(-early)))))
		if err != nil || page.Next != "" {
			return page, err
		}
		wanted := 1.5 * float64(q.PageLimit()+1) / float64(max(1, len(page.Tickets)))
		span = time.Duration(min(float64(span)*min(max(2, wanted), 16), float64(mostSpan)))
	}
	return page, nil
}

// stretch returns the creation times of the first ticket of a page of all tickets, and of the one
// nearLatest after it. They are zero if there is none.
func (s *Store) stretch(ctx context.Context, q *helpdesk.SearchQuery) (first, near time.Time, err error) {
	created := func(offset int64) (time.Time, error) {
		var at instant
		sel := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").Column("t.created_at").Where("t.tenant_id = ?", string(q.Tenant)).Limit(1).Offset(offset)
		if err := paginate(sel, &q.Query); err != nil {
			return time.Time{}, err
		}
		err := sel.Scan(ctx, &at)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return at.Time, err
	}
	if near, err = created(int64(nearLatest)); err == nil && !near.IsZero() {
		first, err = created(0)
	}
	return first, near, err
}

// unknown reports whether s cannot come from Words, so no message holds it. Every other word is
// letters, marks and digits, and needs no quoting in either query language.
func unknown(s string) bool {
	words := store.Words(s)
	return len(words) != 1 || words[0] != s
}

// publicKinds are the kinds of message a customer may read.
var publicKinds = func() (kinds []string) {
	for _, k := range []helpdesk.MessageKind{
		helpdesk.FromCustomer, helpdesk.FromAgent, helpdesk.FromDesk, helpdesk.InternalNote, helpdesk.SystemNote, helpdesk.HeldMessage,
	} {
		if k.Public() {
			kinds = append(kinds, string(k))
		}
	}
	return kinds
}()
