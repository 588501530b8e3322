package bunstore

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// Search implements [helpdesk.Searcher]. It first finds the tickets that match, capped and
// materialised. Then it filters and orders them. In one step the planner would walk an index of the
// order for a word that no ticket holds.
func (s *Store) Search(ctx context.Context, q helpdesk.SearchQuery) (page helpdesk.Page, err error) {
	m, some := s.matchOf(&q)
	switch {
	case !some || !storable(string(q.Tenant)):
		return page, nil
	case m.has == "": // only words to leave out: most tickets fit
		page, err = s.tickets(ctx, &q.Query, s.without(m))
	case s.dialect == sqlite:
		page, err = s.tickets(ctx, &q.Query, among(s.fitting(&q, m)))
	case !storable(q.Customer):
	default:
		err = s.snapshot(ctx, searching, func(s *Store) error {
			page, err = s.searchOnPostgres(ctx, &q, m)
			return err
		})
	}
	return page, fail("search", err)
}

func (s *Store) searchOnPostgres(ctx context.Context, q *helpdesk.SearchQuery, m match) (helpdesk.Page, error) {
	if page, err := s.searchHead(ctx, q, m); err != nil || page.Next != "" {
		return page, err
	}
	switch common, err := s.more(ctx, q, m, fewMatches); {
	case err != nil:
		return helpdesk.Page{}, err
	case common:
		return s.searchCommon(ctx, q, m)
	}
	return s.tickets(ctx, &q.Query, among(s.matching(q, m).Limit(int64(mostMatches))))
}

// match is the terms of a search in the query language of the database.
type match struct {
	has string // the whole condition; empty without a word that a ticket has to hold
	not string // when has is empty: any word that it must not hold; empty for none
}

// matchOf writes the terms of a query. It returns false when no ticket can fit: words that are not
// from [store.Words] are found nowhere.
func (s *Store) matchOf(q *helpdesk.SearchQuery) (m match, some bool) {
	if len(q.Terms) == 0 {
		return m, false
	}
	var has, not []string
	for _, t := range q.Terms {
		of := leads(q.Tenant, t.Field)
		if !store.IsWord(t.Word) || len(of) == 0 {
			if t.Not {
				continue
			}
			return m, false
		}
		if q.Public {
			of = of[:1]
		}
		forms := make([]string, len(of))
		for i, lead := range of {
			forms[i] = s.dialect.lexeme(lead+t.Word, t.Prefix)
		}
		one := s.dialect.anyOf(forms)
		if t.Not {
			not = append(not, one)
		} else {
			has = append(has, one)
		}
	}
	if len(has) == 0 {
		m.not = s.dialect.anyOf(not)
		return m, true
	}
	m.has = s.dialect.allBut(has, not)
	return m, true
}

// matching names each ticket that matches.
func (s *Store) matching(q *helpdesk.SearchQuery, m match) *bun.SelectQuery {
	from, condition := s.dialect.wordIndex()
	sel := s.run.NewSelect().TableExpr(from).Column("w.ticket_id").Where("w.tenant_id = ?", string(q.Tenant)).Where(condition, m.has)
	// A customer has few tickets, and a common word has to find all of them.
	if q.Customer != "" {
		sel.Where("w.ticket_id IN (SELECT c.id FROM helpdesk_tickets AS c WHERE c.tenant_id = ? AND c.customer_email = ? AND c.customer_email <> '')",
			string(q.Tenant), q.Customer)
	}
	return sel
}

// fitting selects, from the first mostMatches tickets that match, those that satisfy q and its
// page. In the orders by creation the newest or oldest come first, on SQLite else those indexed
// last.
func (s *Store) fitting(q *helpdesk.SearchQuery, m match) *bun.SelectQuery {
	sel := s.matching(q, m).Join("JOIN helpdesk_tickets AS t ON t.tenant_id = w.tenant_id AND t.id = w.ticket_id").Limit(int64(mostMatches))
	s.filter(sel, &q.Query)
	_ = after(sel, &q.Query) // tickets reports the error
	switch {
	case q.Order == helpdesk.Newest:
		sel.OrderExpr("w.at DESC")
	case q.Order == helpdesk.Oldest:
		sel.OrderExpr("w.at")
	case s.dialect == sqlite:
		sel.OrderExpr("helpdesk_words.rowid DESC")
	}
	return sel
}

// Limits of a search. Tests use lower ones.
var (
	mostMatches = helpdesk.MaxMatches // tickets that match and satisfy the query
	// fewMatches is the greatest number of tickets with rare words. More lie all over their table,
	// and take long to read from the disk.
	fewMatches = 100
	nearLatest = 1000 // number of latest tickets that are searched first
	nearHead   = 200  // number of tickets of a list whose words are compared one by one
)

// more reports whether more than n tickets match.
func (s *Store) more(ctx context.Context, q *helpdesk.SearchQuery, m match, n int) (bool, error) {
	var all int
	// The limit is hidden from the planner. Otherwise it would expect so few matches early in a
	// scan of the table, whose late rows lie at its end.
	some := s.run.NewSelect().TableExpr("(? LIMIT (SELECT ?)) AS m", s.matching(q, m), n+1).ColumnExpr("count(*)")
	err := some.Scan(ctx, &all)
	return all > n, err
}

// searchHead compares the words of the first tickets of a list. A word of most tickets, such as the
// first two letters of many, fills a page there, and the inverted index would name them all. The
// page is one of all tickets only if it has a next one.
func (s *Store) searchHead(ctx context.Context, q *helpdesk.SearchQuery, m match) (helpdesk.Page, error) {
	if q.PageLimit() > nearHead/2 || !listed(&q.Query) {
		return helpdesk.Page{}, nil
	}
	head := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").Column("t.id").Limit(int64(nearHead))
	s.filter(head, &q.Query)
	if err := paginate(head, &q.Query); err != nil {
		return helpdesk.Page{}, err
	}
	return s.tickets(ctx, &q.Query, func(sel *bun.SelectQuery) {
		sel.WithQuery(bun.NewWithQuery("head", head).Materialized()).Where("t.id IN (SELECT id FROM head)").
			Where("EXISTS (SELECT 1 FROM helpdesk_search AS w WHERE w.tenant_id = t.tenant_id AND w.ticket_id = t.id AND w.words @@ ?::tsquery OFFSET 0)", m.has)
	})
}

// listed reports whether an index has the tickets of a query in its order, with few others between
// them.
func listed(q *helpdesk.Query) bool {
	rest := *q
	rest.Tenant, rest.Order, rest.Limit, rest.After, rest.From, rest.To = "", "", 0, "", time.Time{}, time.Time{}
	if q.Order == helpdesk.Urgency || q.Order == helpdesk.ByDue {
		if !oneQueue(q) || len(q.Status) < len(helpdesk.OpenStatuses) || !q.Status[0].Open() {
			return false
		}
		rest.Status = nil
	}
	return reflect.DeepEqual(rest, helpdesk.Query{})
}

// searchCommon reads only some of the matches in the common cases: the latest tickets, and open
// tickets.
func (s *Store) searchCommon(ctx context.Context, q *helpdesk.SearchQuery, m match) (helpdesk.Page, error) {
	if q.Order == helpdesk.Newest && q.From.IsZero() && q.To.IsZero() && q.Customer == "" {
		if page, err := s.searchLatest(ctx, q, m); err != nil || page.Next != "" {
			return page, err
		}
	}
	// These orders have an index of open tickets. The index of all tickets would read the closed
	// ones too.
	byUrgency := q.Order == helpdesk.ByDue || q.Order == helpdesk.Urgency
	if byUrgency && oneQueue(&q.Query) && (len(q.Status) == 0 || q.Status[0].Open()) {
		switch many, err := s.more(ctx, q, m, mostMatches); {
		case err != nil:
			return helpdesk.Page{}, err
		// The index of the order soon yields a page.
		case many:
			return s.tickets(ctx, &q.Query, each(s.matching(q, m)))
		}
	}
	return s.tickets(ctx, &q.Query, among(s.fitting(q, m)))
}

// among restricts tickets to those that found names; found runs first.
func among(found *bun.SelectQuery) func(*bun.SelectQuery) {
	return func(sel *bun.SelectQuery) {
		sel.WithQuery(bun.NewWithQuery("found", found).Materialized()).Where("t.id IN (SELECT ticket_id FROM found)")
	}
}

// each looks up every ticket by itself among the matches.
func each(match *bun.SelectQuery) func(*bun.SelectQuery) {
	return func(sel *bun.SelectQuery) { sel.Where("EXISTS (? OFFSET 0)", match.Where("w.ticket_id = t.id")) }
}

// without leaves out tickets with certain words. It compares one after the other, in the order of
// the list.
func (s *Store) without(m match) func(*bun.SelectQuery) {
	return func(sel *bun.SelectQuery) {
		if m.not == "" {
			return
		}
		from, condition := s.dialect.wordIndex()
		one := "SELECT 1 FROM " + from + " WHERE w.tenant_id = t.tenant_id AND w.ticket_id = t.id AND " + condition
		if s.dialect == postgres {
			one += " OFFSET 0" // else it would read all tickets with the words
		}
		sel.Where("NOT EXISTS ("+one+")", m.not)
	}
}

const mostSpan = 100 * 365 * 24 * time.Hour // longer than any desk is open

// searchLatest looks for a page among the tickets created shortly before its first. If these do not
// fill it, it tries longer times, depending on the number found. The page is a page of all tickets
// only if it has a next one.
func (s *Store) searchLatest(ctx context.Context, q *helpdesk.SearchQuery, m match) (page helpdesk.Page, err error) {
	first, near, err := s.stretch(ctx, q)
	if err != nil || near.IsZero() {
		return page, err
	}
	for span, tries := first.Sub(near), 0; tries < 5 && span > 0 && span < mostSpan; tries++ {
		recent := *q
		recent.From = first.Add(-span)
		page, err = s.tickets(ctx, &recent.Query, among(s.fitting(&recent, m).Where("w.at >= ?", ceil(recent.From))))
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

// lexeme is a word, or the beginning of one, in the query language of the database. It needs no
// escapes.
func (d dialect) lexeme(word string, prefix bool) string {
	switch {
	case d == sqlite && prefix:
		return `"` + word + `" *`
	case d == sqlite:
		return `"` + word + `"`
	case prefix:
		return "'" + word + "':*"
	}
	return "'" + word + "'"
}

// anyOf joins alternatives.
func (d dialect) anyOf(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	or := " | "
	if d == sqlite {
		or = " OR "
	}
	return "(" + strings.Join(parts, or) + ")"
}

// allBut joins what has to be there, and what must not.
func (d dialect) allBut(has, not []string) string {
	if d == sqlite {
		all := "(" + strings.Join(has, " AND ") + ")"
		if len(not) > 0 {
			all += " NOT " + d.anyOf(not)
		}
		return all
	}
	all := slices.Clone(has)
	for _, n := range not {
		all = append(all, "!"+n)
	}
	return strings.Join(all, " & ")
}

// wordIndex is the rows of tickets in the index of words, and the condition that they match.
func (d dialect) wordIndex() (from, condition string) {
	if d == sqlite {
		return "helpdesk_words JOIN helpdesk_search AS w ON w.seq = helpdesk_words.rowid", "helpdesk_words MATCH ?"
	}
	return "helpdesk_search AS w", "w.words @@ ?::tsquery"
}
