package bunstore

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// helpdesk_sentences has a row for each key of a sentence and each solved ticket on which it was
// sent, with the key of that ticket's customer. It has no texts: those are read from the messages.
// Its primary key lists the customers of a sentence in order.

// IndexSentences implements [similar.SentenceIndex]. Its writers wait for each other, and for those
// of [Store.IndexTickets].
func (s *Store) IndexSentences(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	return fail("index sentences", s.indexing(ctx, tenant, ids, func(t *Store, some []helpdesk.TicketID) error {
		tickets, sentences, err := t.sentencesOf(ctx, tenant, some)
		if err != nil {
			return err
		}
		if err := exec(ctx, t.run, t.format(`DELETE FROM helpdesk_sentences WHERE tenant_id = ? AND ticket_id IN (?)`, string(tenant), bun.List(some))); err != nil {
			return err
		}
		rows := tuples{cast: []string{"text", "bigint", "bigint", "uuid"}}
		for _, ticket := range tickets {
			customer := int64(similar.CustomerKeyOf(ticket))
			for _, k := range similar.SentenceKeys(sentences[ticket.ID]) {
				rows.rows = append(rows.rows, []any{string(tenant), int64(k), customer, string(ticket.ID)})
			}
		}
		if len(rows.rows) == 0 {
			return nil
		}
		return exec(ctx, t.run, t.format(`WITH v (tenant_id, key, customer, ticket_id) AS (?)
INSERT INTO helpdesk_sentences (tenant_id, key, customer, ticket_id) SELECT tenant_id, key, customer, ticket_id FROM v WHERE true`, rows))
	}))
}

// sentencesOf reads tickets and their sentences.
func (s *Store) sentencesOf(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID) (
	tickets []*helpdesk.Ticket, sentences map[helpdesk.TicketID][]similar.Sentence, err error,
) {
	var rows []ticketRow
	if err := s.run.NewSelect().Model(&rows).
		Column("id", "subject", "customer_name", "customer_email", "status", "resolution", "replies", "merged_into", "resolved_at").
		Where("t.tenant_id = ?", string(tenant)).Where("t.id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, nil, err
	}
	if tickets, err = ticketsOf(rows); err != nil {
		return nil, nil, err
	}
	var said []messageRow
	if err := s.run.NewRaw(`SELECT m.ticket_id, m.kind, m.by_role, m.by_id, m.by_name, m.body FROM helpdesk_messages AS m
WHERE m.tenant_id = ? AND m.ticket_id IN (?) AND m.kind = ? ORDER BY m.at, m.seq`,
		string(tenant), bun.List(ids), string(helpdesk.FromAgent)).Scan(ctx, &said); err != nil {
		return nil, nil, err
	}
	messages := map[helpdesk.TicketID][]helpdesk.Message{}
	for i := range said {
		m := said[i].message()
		messages[m.Ticket] = append(messages[m.Ticket], m)
	}
	sentences = map[helpdesk.TicketID][]similar.Sentence{}
	for _, t := range tickets {
		sentences[t.ID] = similar.SentencesOf(t, messages[t.ID])
	}
	return tickets, sentences, nil
}

// Recurring implements [similar.SentenceIndex]. It finds the customers of a key by jumping from one
// to the next in the index, until there are enough. Without MATERIALIZED, SQLite would read the
// sentences of all tickets.
func (s *Store) Recurring(ctx context.Context, tenant helpdesk.TenantID, customers int, ids ...helpdesk.TicketID) ([]similar.Sentence, error) {
	named := canonicalIDs(ids)
	if len(named) == 0 || !storable(string(tenant)) {
		return nil, nil
	}
	who, customers := string(tenant), max(1, customers)
	type indexedKey struct {
		ticket string
		key    similar.SentenceKey
	}
	recurring := map[indexedKey]bool{}
	if err := s.eachRow(ctx, s.format(`WITH RECURSIVE own (ticket_id, key) AS MATERIALIZED (
SELECT s.ticket_id, s.key FROM helpdesk_sentences AS s WHERE s.tenant_id = ? AND s.ticket_id IN (?)),
sent (key, n, customer) AS (
SELECT o.key, 1, (SELECT min(s.customer) FROM helpdesk_sentences AS s WHERE s.tenant_id = ? AND s.key = o.key)
FROM (SELECT DISTINCT key FROM own) AS o
UNION ALL
SELECT p.key, p.n + 1, (SELECT min(s.customer) FROM helpdesk_sentences AS s WHERE s.tenant_id = ? AND s.key = p.key AND s.customer > p.customer)
FROM sent AS p WHERE p.n < ? AND p.customer IS NOT NULL)
SELECT CAST(o.ticket_id AS text), o.key FROM own AS o JOIN sent AS p ON p.key = o.key WHERE p.n = ? AND p.customer IS NOT NULL`,
		who, bun.List(named), who, who, customers, customers), func(scan func(...any) error) error {
		var ticket string
		var key int64
		err := scan(&ticket, &key)
		recurring[indexedKey{ticket, similar.SentenceKey(key)}] = true
		return err
	}); err != nil || len(recurring) == 0 {
		return nil, fail("recurring sentences", err)
	}
	_, sentences, err := s.sentencesOf(ctx, tenant, named)
	if err != nil {
		return nil, fail("recurring sentences", err)
	}
	var found []similar.Sentence
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		for _, one := range sentences[id] {
			if one.Recurs(func(k similar.SentenceKey) bool { return recurring[indexedKey{string(id), k}] }) {
				found = append(found, one)
			}
		}
	}
	return found, nil
}
