package bunstore

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// The index of words has a row for each ticket. [store.HeadWords] and [store.MessageWords] make the
// words, and the database's own text search configuration is not used, so all stores find the same.
// A commit adds the words of its messages to the row; words are taken away only by writing the row
// anew, from all messages. Each word begins with a hash of its tenant, so the inverted index begins
// with the tenant too: a common word of another tenant costs nothing. The hash also says the field
// of the word, and whether customers read it.

// searchRow is the row of a ticket.
type searchRow struct {
	bun.BaseModel `bun:"table:helpdesk_search,alias:w"`

	Tenant  string  `bun:"tenant_id,type:text"`
	Ticket  string  `bun:"ticket_id,type:uuid"`
	At      instant `bun:"at,type:timestamptz"`
	Words   string  `bun:"words,type:tsvector"`          // a text on SQLite
	Version int64   `bun:"version,type:bigint,scanonly"` // of the ticket from which the words were made
}

// leadOf returns the hash of a tenant, of 8 characters, for one of several uses.
func leadOf(tenant helpdesk.TenantID, use int) string {
	sum := sha256.Sum256([]byte(tenant))
	return hex.EncodeToString(sum[4*use : 4*use+4])
}

// The uses of hashes. Tags are led as public words are: they stand in another index.
const (
	leadText = iota
	leadPrivateText
	leadCustomer
	leadOrganisation
	leadHas
	leadPrivateHas
)

// leads returns the hashes under which words of a field stand: those that customers read, and the
// others. Fields without private words have one.
func leads(tenant helpdesk.TenantID, field string) []string {
	uses := map[string][]int{"": {leadText, leadPrivateText}, "customer": {leadCustomer}, "org": {leadOrganisation}, "has": {leadHas, leadPrivateHas}}[field]
	list := make([]string, len(uses))
	for i, use := range uses {
		list[i] = leadOf(tenant, use)
	}
	return list
}

// lexemes returns words in the form of the index. They consist of letters, marks and digits, so
// nothing is quoted.
func lexemes(tenant helpdesk.TenantID, words store.WordSet) string {
	of := map[string][]string{}
	list := make([]string, 0, len(words))
	for w := range words {
		lead, known := of[w.Field]
		if !known {
			lead = leads(tenant, w.Field)
			of[w.Field] = lead
		}
		i := 0
		if w.Private && len(lead) > 1 {
			i = 1
		}
		list = append(list, lead[i]+w.Text)
	}
	slices.Sort(list) // the same words make the same row
	return strings.Join(list, " ")
}

// wordPlan is what a Commit does to the index of words.
type wordPlan struct {
	of    map[ticketKey]*ticketWords
	added []searchRow // of new tickets
	grown []searchRow // words to add
	anew  []searchRow // to replace
}

// ticketWords is what the changes of one Commit say of the words of a ticket.
type ticketWords struct {
	ticket   *helpdesk.Ticket    // when it is new, or its words are made anew
	added    bool                // it is new
	messages []*helpdesk.Message // to add or replace
}

// foldWords collects the messages of each ticket.
func (p *plan) foldWords(c *helpdesk.Change) {
	if p.words.of == nil {
		p.words.of = map[ticketKey]*ticketWords{}
	}
	of := func(id helpdesk.TicketID) *ticketWords {
		key := ticketKey{string(c.Tenant), string(id)}
		if p.words.of[key] == nil {
			p.words.of[key] = &ticketWords{}
		}
		return p.words.of[key]
	}
	if t := c.Ticket; t != nil && (t.Version == 0 || c.Rewrite || c.Renamed) {
		w := of(t.ID)
		w.ticket, w.added = t, t.Version == 0
	}
	for i := range c.Messages {
		w := of(c.Messages[i].Ticket)
		w.messages = append(w.messages, &c.Messages[i])
	}
}

// settleWords makes the rows that need no stored messages.
func (p *plan) settleWords() {
	for key, w := range p.words.of {
		words := store.WordSet{}
		row := searchRow{Tenant: key.tenant, Ticket: key.id}
		switch {
		case w.added:
			row.At = at(w.ticket.CreatedAt)
			words.Add(store.HeadWords(w.ticket))
		case w.ticket != nil:
			continue // see readWords
		}
		for _, m := range w.messages {
			words.Add(store.MessageWords(m))
		}
		row.Words = lexemes(helpdesk.TenantID(key.tenant), words)
		switch {
		case w.added:
			p.words.added = append(p.words.added, row)
		case len(words) > 0:
			p.words.grown = append(p.words.grown, row)
		}
	}
	for _, rows := range [][]searchRow{p.words.added, p.words.grown} {
		sortWords(rows)
	}
}

func sortWords(rows []searchRow) {
	slices.SortFunc(rows, func(a, b searchRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Ticket, b.Ticket))
	})
}

// readWords makes the rows of tickets whose words are made anew, from their stored messages and
// those of the Commit. A message that is committed meanwhile comes with another version of the
// ticket, which the Commit then refuses.
func (s *Store) readWords(ctx context.Context, p *plan) error {
	p.words.anew = nil
	for key, w := range p.words.of {
		if w.ticket == nil || w.added {
			continue
		}
		tenant, id := helpdesk.TenantID(key.tenant), helpdesk.TicketID(key.id)
		stored, err := s.ticketMessages(ctx, tenant, id)
		if err != nil {
			return err
		}
		old, err := s.ticket(ctx, tenant, id)
		switch {
		case errors.Is(err, helpdesk.ErrNotFound):
			continue // the Commit says so
		case err != nil:
			return err
		}
		t := *w.ticket
		t.Ref = old.Ref
		words := store.WordSet{}
		words.Add(store.HeadWords(&t))
		messages := stored[id]
		for _, m := range w.messages {
			i := slices.IndexFunc(messages, func(one helpdesk.Message) bool { return one.ID == m.ID })
			if i < 0 {
				messages = append(messages, *m)
				continue
			}
			messages[i] = *m
		}
		for i := range messages {
			words.Add(store.MessageWords(&messages[i]))
		}
		p.words.anew = append(p.words.anew, searchRow{Tenant: key.tenant, Ticket: key.id, Words: lexemes(tenant, words)})
	}
	sortWords(p.words.anew)
	return nil
}

// words makes the statements of the index of words.
func (w *writer) words(all *statements, d dialect) {
	// A ticket may have no row yet, after a migration, so each statement may add one.
	const of = "INSERT INTO helpdesk_search AS w (tenant_id, ticket_id, at, words)\nSELECT t.tenant_id, t.id, t.created_at, "
	const join = " FROM v JOIN helpdesk_tickets AS t ON t.tenant_id = v.tenant_id AND t.id = v.ticket_id"
	const twice = "\nON CONFLICT (tenant_id, ticket_id) DO UPDATE SET words = "
	grow := fmt.Sprintf("CASE WHEN length(w.words) >= %d THEN w.words ELSE w.words || excluded.words END", store.MostWords)
	same := ""
	if d == sqlite {
		grow = fmt.Sprintf("CASE WHEN length(w.words) >= %d THEN w.words ELSE w.words || ' ' || excluded.words END", 72*store.MostWords)
		same = " WHERE true" // else ON would belong to the join
	}
	all.addWords = w.insert(searchRow{}, nil, "")
	all.growWords = w.with(searchRow{}, "tenant_id, ticket_id, words", of+"v.words"+join+same+twice+grow)
	all.putWords = w.with(searchRow{}, "tenant_id, ticket_id, words", of+"v.words"+join+same+twice+"excluded.words")
	if d == sqlite {
		all.indexWords = w.with(searchRow{}, "tenant_id, ticket_id, version, words", of+"v.words"+join+" AND t.version = v.version"+same+twice+grow)
		all.listWords = w.with(searchRow{}, "tenant_id, ticket_id", `INSERT OR REPLACE INTO helpdesk_words (rowid, words)
SELECT w.seq, w.words FROM v JOIN helpdesk_search AS w ON w.tenant_id = v.tenant_id AND w.ticket_id = v.ticket_id`)
		return
	}
	// The lock keeps an erasure from coming between the reading of the texts and this.
	all.indexWords = w.with(searchRow{}, "tenant_id, ticket_id, version, words", `, l AS (SELECT t.tenant_id, t.id, t.created_at, v.words`+join+
		` AND t.version = v.version ORDER BY t.id FOR NO KEY UPDATE OF t)
INSERT INTO helpdesk_search AS w (tenant_id, ticket_id, at, words) SELECT l.tenant_id, l.id, l.created_at, l.words FROM l`+twice+grow)
}

// TicketMessages implements [helpdesk.Searcher].
func (s *Store) TicketMessages(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) (map[helpdesk.TicketID][]helpdesk.Message, error) {
	of, err := s.ticketMessages(ctx, tenant, ids...)
	return of, fail("messages of tickets", err)
}

func (s *Store) ticketMessages(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) (map[helpdesk.TicketID][]helpdesk.Message, error) {
	of := map[helpdesk.TicketID][]helpdesk.Message{}
	known := kept(ids, canonical)
	if len(known) == 0 || !storable(string(tenant)) {
		return of, nil
	}
	var rows []messageRow
	err := s.run.NewSelect().Model(&rows).ExcludeColumn("full_text", "html").Where("m.tenant_id = ?", string(tenant)).
		Where("m.ticket_id IN (?)", bun.List(known)).OrderExpr("m.at NULLS FIRST, m.seq").Scan(ctx)
	for i := range rows {
		m := rows[i].message()
		of[m.Ticket] = append(of[m.Ticket], m)
	}
	return of, err
}

// IndexWords implements [helpdesk.SearchIndexer]. A ticket that changes meanwhile is read again.
func (s *Store) IndexWords(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	for try := 0; len(ids) > 0; try++ {
		if try == mostIndexTries {
			return fail("index words", fmt.Errorf("%d tickets go on changing: %w", len(ids), helpdesk.ErrConflict))
		}
		read, err := s.versions(ctx, tenant, ids)
		if err != nil || len(read) == 0 {
			return fail("index words", err)
		}
		messages, err := s.ticketMessages(ctx, tenant, ids...)
		if err != nil {
			return fail("index words", err)
		}
		rows := make([]searchRow, 0, len(read))
		for _, t := range read {
			words := store.WordSet{}
			words.Add(store.HeadWords(t))
			for i := range messages[t.ID] {
				words.Add(store.MessageWords(&messages[t.ID][i]))
			}
			rows = append(rows, searchRow{Tenant: string(tenant), Ticket: string(t.ID), Words: lexemes(tenant, words), Version: t.Version})
		}
		steps := []step{{s.statements.indexWords, &rows, len(rows)}}
		if s.statements.listWords != nil {
			steps = append(steps, step{s.statements.listWords, &rows, len(rows)})
		}
		if err := s.write(ctx, steps, 0); err != nil {
			return fail("index words", err)
		}
		now, err := s.versions(ctx, tenant, ids)
		if err != nil {
			return fail("index words", err)
		}
		ids = nil
		for id, t := range now {
			if was := read[id]; was == nil || was.Version != t.Version {
				ids = append(ids, id)
			}
		}
	}
	return nil
}

const mostIndexTries = 10

// versions reads of tickets what their words are made from, and their versions.
func (s *Store) versions(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID) (map[helpdesk.TicketID]*helpdesk.Ticket, error) {
	known := kept(ids, canonical)
	of := map[helpdesk.TicketID]*helpdesk.Ticket{}
	if len(known) == 0 || !storable(string(tenant)) {
		return of, nil
	}
	var rows []ticketRow
	err := s.run.NewSelect().Model(&rows).Column("id", "version", "ref", "subject", "customer_name", "customer_email").
		Where("t.tenant_id = ?", string(tenant)).Where("t.id IN (?)", bun.List(known)).Scan(ctx)
	for i := range rows {
		r := &rows[i]
		of[helpdesk.TicketID(r.ID)] = &helpdesk.Ticket{
			ID: helpdesk.TicketID(r.ID), Version: r.Version, Ref: r.Ref, Subject: r.Subject,
			Customer: helpdesk.Contact{Name: r.CustomerName, Email: r.CustomerEmail},
		}
	}
	return of, err
}
