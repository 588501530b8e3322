package bunstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

// Both sides of a search are split into words by [helpdesk.Words]: the database's own text
// search configuration is not used, so all stores find the same. Each word is led by
// a hash of its tenant, so that the inverted index is led by the tenant too: another's common
// word costs nothing here.

// lexemes is what the index holds of a text: words are of letters, marks and digits alone, which
// is why nothing is quoted.
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

// Search implements [helpdesk.Searcher]. The messages that match are found first, capped and
// materialised, and their tickets filtered and ordered then: in one step the planner would walk an index of the order
// for a word that is not there.
func (s *Store) Search(ctx context.Context, q helpdesk.SearchQuery) (helpdesk.Page, error) {
	if len(q.Words) == 0 || !storable(string(q.Tenant)) || slices.ContainsFunc(q.Words, unknown) {
		return helpdesk.Page{}, nil
	}
	page, err := s.tickets(ctx, &q.Query, s.found(&q))
	return page, fail("search", err)
}

// found is the tickets of the messages that hold all words.
func (s *Store) found(q *helpdesk.SearchQuery) *bun.SelectQuery {
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
	found := s.run.NewSelect().TableExpr(from).Column("m.ticket_id").
		Where("m.tenant_id = ?", string(q.Tenant)).Where(condition, match).Limit(int64(helpdesk.MaxMatches))
	if q.Public {
		found.Where("m.kind IN (?)", bun.List(publicKinds))
	}
	if q.Customer != "" { // whose tickets are few: a common word is to find all of them
		found.Where("m.ticket_id IN (SELECT c.id FROM helpdesk_tickets AS c WHERE c.tenant_id = ? AND c.customer_email = ? AND c.customer_email <> '')",
			string(q.Tenant), q.Customer)
	}
	return found
}

// A word of so many messages is likely to be in some of the latest tickets, which their index lists without reading them: so many of these are
// looked at, and fewer the more common it is. Where they do not fill the page all that were found are read.
const commonWord = 1000

var walkAtMost = 60_000 // less in tests

// walk is the first tickets of a page, and one more, of those that were found, if as many are among the latest; nil when q leaves any ticket
// out, or wants another order.
func (s *Store) walk(q *helpdesk.Query) *bun.SelectQuery {
	all := helpdesk.Query{Tenant: q.Tenant, Limit: q.Limit, After: q.After}
	if s.dialect == sqlite || !reflect.DeepEqual(*q, all) {
		return nil
	}
	latest := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").ColumnExpr("t.id, t.created_at").Where("t.tenant_id = ?", string(q.Tenant))
	_ = paginate(latest, q) // went well before
	return s.run.NewSelect().
		TableExpr("(? LIMIT (SELECT CASE WHEN count(*) < ? THEN 0 ELSE ? / count(*) END FROM found)) AS w", latest, commonWord, walkAtMost*commonWord).
		Column("w.id").Where("w.id IN (SELECT ticket_id FROM found)").OrderExpr("w.created_at DESC, w.id DESC").Limit(int64(q.PageLimit()) + 1)
}

// unknown reports that s is nothing Words returns, so no message holds it. Every other word
// is letters, marks and digits, and needs no quoting in either query language.
func unknown(s string) bool {
	words := helpdesk.Words(s)
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
