package bunstore

import (
	"slices"

	"github.com/uptrace/bun/schema"
)

// The statements of a commit about messages, their words, and events.

func (s *Store) insertMessages(p *plan) schema.QueryAppender {
	var without []string
	if s.dialect == sqlite {
		without = append(without, "words")
	}
	if !slices.ContainsFunc(p.messages, func(m messageRow) bool { return !m.plain() }) {
		without = append(without, rarely...)
	}
	return s.insert(&p.messages, without, "")
}

// updateMessages replaces messages that exist, each in the ticket that it names.
func (s *Store) updateMessages(p *plan) schema.QueryAppender {
	set := append([]string{"kind", "by_role", "by_id", "by_name", "body", "at"}, rarely...)
	if s.dialect == postgres {
		set = append(set, "words")
	}
	columns := append([]string{"tenant_id", "id", "ticket_id"}, set...)
	return s.db.NewRaw(`WITH v (?) AS (?)
UPDATE helpdesk_messages AS m SET ? FROM v WHERE m.tenant_id = v.tenant_id AND m.id = v.id AND m.ticket_id = v.ticket_id`,
		names(columns), rowsOf{s.db, &p.again.messages, columns}, assign(set, "v"))
}

// updateEvents replaces events as updateMessages does messages.
func (s *Store) updateEvents(p *plan) schema.QueryAppender {
	set := []string{"type", "by_role", "by_id", "by_name", "old", "new", "data", "at", "move"}
	columns := append([]string{"tenant_id", "id", "ticket_id"}, set...)
	return s.db.NewRaw(`WITH v (?) AS (?)
UPDATE helpdesk_events AS e SET ? FROM v WHERE e.tenant_id = v.tenant_id AND e.id = v.id AND e.ticket_id = v.ticket_id`,
		names(columns), rowsOf{s.db, &p.again.events, columns}, assign(set, "v"))
}

// insertWords adds messages to the index under their rowid.
func (s *Store) insertWords(messages []messageRow) schema.QueryAppender {
	words := tuples{cast: []string{"text", "uuid", "text"}}
	for i := range messages {
		m := &messages[i]
		words.rows = append(words.rows, []any{m.Tenant, m.ID, m.Words})
	}
	return s.db.NewRaw(`WITH v (tenant_id, id, words) AS (?)
INSERT INTO helpdesk_words (rowid, words)
SELECT m.seq, v.words FROM v JOIN helpdesk_messages AS m ON m.tenant_id = v.tenant_id AND m.id = v.id`, words)
}

// deleteWords removes messages from the index.
func (s *Store) deleteWords(messages []messageRow) schema.QueryAppender {
	keys := tuples{cast: []string{"text", "uuid"}}
	for i := range messages {
		keys.rows = append(keys.rows, []any{messages[i].Tenant, messages[i].ID})
	}
	return s.db.NewRaw(`DELETE FROM helpdesk_words
WHERE rowid IN (SELECT m.seq FROM helpdesk_messages AS m WHERE (m.tenant_id, m.id) IN (?))`, keys)
}
