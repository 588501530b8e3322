package bunstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
// materialised, and ordered then: in one step the planner would walk the time index
// backwards for a word that is not there.
func (s *Store) Search(ctx context.Context, q helpdesk.SearchQuery) ([]*helpdesk.Ticket, error) {
	if len(q.Words) == 0 || !texts(string(q.Tenant), q.Customer) || slices.ContainsFunc(q.Words, unknown) {
		return nil, nil
	}
	if q.Limit <= 0 {
		q.Limit = 25
	}
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
	if q.Customer != "" {
		found.Where("m.kind IN (?)", bun.List(publicKinds)).
			Where("m.ticket_id IN (SELECT c.id FROM helpdesk_tickets AS c WHERE c.tenant_id = ? AND c.customer_email = ? AND c.customer_email <> '')",
				string(q.Tenant), q.Customer)
	}
	var rows []ticketRow
	err := s.selectTickets(&rows).
		WithQuery(bun.NewWithQuery("found", found).Materialized()).
		WithQuery(bun.NewWithQuery("hits", s.run.NewRaw(`SELECT h.id, h.created_at FROM (SELECT DISTINCT ticket_id FROM found) AS f
JOIN helpdesk_tickets AS h ON h.tenant_id = ? AND h.id = f.ticket_id`, string(q.Tenant))).Materialized()).
		Where("t.tenant_id = ?", string(q.Tenant)).
		Where("t.id IN (SELECT h.id FROM hits AS h ORDER BY h.created_at DESC, h.id DESC LIMIT ?)", q.Limit).
		OrderExpr("t.created_at DESC, t.id DESC").Scan(ctx)
	if err != nil {
		return nil, fail("search", err)
	}
	tickets, err := ticketsOf(rows)
	return tickets, fail("search", err)
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
