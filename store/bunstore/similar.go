package bunstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// The index of solved tickets has four tables. helpdesk_memory has a row for each ticket, with the
// term vector from which scores are computed. helpdesk_memory_postings is the index over the terms
// of those tickets that have a number (see postings.go). helpdesk_memory_terms counts how many
// tickets hold a term. helpdesk_memories has one row per tenant, with the totals. A writer locks
// that row first: so the writers of a tenant wait for each other, each sees the work of the one
// before, and they cannot deadlock. No Commit touches these tables.

// numberOf returns a term as the columns store it.
func numberOf(t similar.Term) int64 { return int64(int32(t)) }

// indexRow is a row of helpdesk_memory.
type indexRow struct {
	TicketID string  `bun:"ticket_id"`
	Words    []byte  `bun:"bag"`
	SolvedAt instant `bun:"solved_at"`
}

func (r *indexRow) ticket() (t similar.IndexedTicket, err error) {
	t = similar.IndexedTicket{Ticket: helpdesk.TicketID(r.TicketID), At: r.SolvedAt.Time}
	if err = t.Words.UnmarshalBinary(r.Words); err != nil {
		err = fmt.Errorf("index of ticket %s: %w", r.TicketID, err)
	}
	return t, err
}

// indexBatch is how many tickets one statement writes.
const indexBatch = 64

// IndexTickets implements [similar.Index].
func (s *Store) IndexTickets(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	return fail("index tickets", s.indexing(ctx, tenant, ids, func(t *Store, some []helpdesk.TicketID) error {
		if err := t.indexSome(ctx, tenant, some); err != nil {
			return err
		}
		return t.number(ctx, tenant)
	}))
}

// indexing calls each with batches of tickets, in one transaction, while other writers of the
// tenant's indexes wait.
func (s *Store) indexing(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID, each func(t *Store, some []helpdesk.TicketID) error) error {
	ids = canonicalIDs(ids)
	if len(ids) == 0 || !storable(string(tenant)) {
		return nil
	}
	return s.atomic(ctx, func(on bun.IDB) error {
		t := *s
		t.run = on
		_, err := on.ExecContext(ctx, s.format(`INSERT INTO helpdesk_memories AS m (tenant_id, tickets, length, numbered) VALUES (?, 0, 0, 0)
ON CONFLICT (tenant_id) DO UPDATE SET tickets = m.tickets`, string(tenant)))
		for some := range slices.Chunk(ids, indexBatch) {
			if err == nil {
				err = each(&t, some)
			}
		}
		return err
	})
}

// canonicalIDs returns the ids that may be stored, each once, in order.
func canonicalIDs(ids []helpdesk.TicketID) []helpdesk.TicketID {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id helpdesk.TicketID) bool { return !canonical(string(id)) })
	slices.Sort(ids)
	return slices.Compact(ids)
}

// atomic runs fn in a transaction in which each statement sees all earlier commits. It runs fn
// again after a deadlock.
func (s *Store) atomic(ctx context.Context, fn func(on bun.IDB) error) error {
	for try := 0; ; try++ {
		var err error
		switch {
		case s.bound:
			return s.savepoint(ctx, fn)
		case s.dialect == sqlite:
			err = s.immediate(ctx, fn)
		default:
			err = s.onConn(ctx, "BEGIN ISOLATION LEVEL READ COMMITTED", fn)
		}
		if err == nil {
			return nil
		}
		if class, _ := classify(err); class != busy {
			return err
		}
		if try >= s.cfg.Retries {
			return errors.Join(helpdesk.ErrConflict, err)
		}
	}
}

func (s *Store) format(query string, args ...any) string {
	return string(s.db.QueryGen().AppendQuery(nil, query, args...))
}

// eachRow calls row for each row that a statement returns. For many small rows this is faster than
// Bun, which makes structs by reflection.
func (s *Store) eachRow(ctx context.Context, query string, row func(scan func(...any) error) error) (err error) {
	rows, err := s.run.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// change is the difference between the index and what it must hold.
type change struct {
	gone    []string                // tickets to remove
	changed []similar.IndexedTicket // tickets to write
	old     map[helpdesk.TicketID]similar.IndexedTicket
	terms   map[similar.Term]int
	tickets int
	length  int
}

func (c *change) count(t similar.IndexedTicket, sign int) {
	c.tickets += sign
	c.length += sign * t.Words.Length
	for _, term := range t.Words.Terms {
		c.terms[term] += sign
	}
}

func (s *Store) indexSome(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID) error {
	c := &change{old: map[helpdesk.TicketID]similar.IndexedTicket{}, terms: map[similar.Term]int{}}
	olds, err := s.indexed(ctx, tenant, ids)
	if err != nil {
		return err
	}
	for _, old := range olds {
		c.old[old.Ticket] = old
	}
	var rows []ticketRow
	if err := s.run.NewSelect().Model(&rows).
		Column("id", "subject", "description", "status", "resolution", "replies", "merged_into", "created_at", "resolved_at", "closed_at").
		Where("t.tenant_id = ?", string(tenant)).Where("t.id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return err
	}
	stay := map[helpdesk.TicketID]bool{}
	for i := range rows {
		t, err := rows[i].ticket()
		if err != nil {
			return err
		}
		if !t.IsSolved() {
			continue
		}
		stay[t.ID] = true
		fresh, old := similar.IndexedTicketOf(t), c.old[t.ID]
		if sameVector(fresh.Words, old.Words) && fresh.At.Equal(old.At) {
			continue
		}
		c.changed = append(c.changed, fresh)
		c.count(fresh, +1)
		if _, ok := c.old[t.ID]; ok {
			c.count(old, -1)
		}
	}
	for id, old := range c.old {
		if !stay[id] {
			c.gone = append(c.gone, string(id))
			c.count(old, -1)
		}
	}
	return s.writeIndex(ctx, tenant, c)
}

func sameVector(a, b similar.TermVector) bool {
	return a.Length == b.Length && slices.Equal(a.Terms, b.Terms) && slices.Equal(a.Counts, b.Counts)
}

// indexed reads rows of the index by their tickets.
func (s *Store) indexed(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID) ([]similar.IndexedTicket, error) {
	return s.readIndexed(ctx, `SELECT m.ticket_id, m.bag, m.solved_at FROM helpdesk_memory AS m
WHERE m.tenant_id = ? AND m.ticket_id IN (?)`, string(tenant), bun.List(ids))
}

func (s *Store) readIndexed(ctx context.Context, query string, args ...any) ([]similar.IndexedTicket, error) {
	var rows []indexRow
	if err := s.run.NewRaw(query, args...).Scan(ctx, &rows); err != nil {
		return nil, err
	}
	var found []similar.IndexedTicket
	for i := range rows {
		t, err := rows[i].ticket()
		if err != nil {
			return nil, err
		}
		found = append(found, t)
	}
	return found, nil
}

func (s *Store) writeIndex(ctx context.Context, tenant helpdesk.TenantID, c *change) error {
	var statements []schema.QueryAppender
	add := func(query string, args ...any) { statements = append(statements, s.db.NewRaw(query, args...)) }
	who := string(tenant)
	if len(c.gone) > 0 {
		add(`DELETE FROM helpdesk_memory WHERE tenant_id = ? AND ticket_id IN (?)`, who, bun.List(c.gone))
	}
	if len(c.changed) > 0 {
		rows := tuples{cast: []string{"text", "uuid", "bytea", "timestamptz"}}
		for _, t := range c.changed {
			words, _ := t.Words.MarshalBinary() // never fails
			rows.rows = append(rows.rows, []any{who, string(t.Ticket), words, at(t.At)})
		}
		add(`WITH v (tenant_id, ticket_id, bag, solved_at) AS (?)
INSERT INTO helpdesk_memory AS m (tenant_id, ticket_id, bag, solved_at) SELECT tenant_id, ticket_id, bag, solved_at FROM v WHERE true
ON CONFLICT (tenant_id, ticket_id) DO UPDATE SET bag = excluded.bag, solved_at = excluded.solved_at,
number = CASE WHEN m.bag = excluded.bag THEN m.number END`, rows)
	}
	if counts := termDeltas(tenant, c.terms); len(counts.rows) > 0 {
		add(`WITH v (tenant_id, term, n) AS (?)
INSERT INTO helpdesk_memory_terms AS t (tenant_id, term, n) SELECT tenant_id, term, n FROM v WHERE true
ON CONFLICT (tenant_id, term) DO UPDATE SET n = t.n + excluded.n`, counts)
		var less []int64
		for t, n := range c.terms {
			if n < 0 {
				less = append(less, numberOf(t))
			}
		}
		if slices.Sort(less); len(less) > 0 {
			add(`DELETE FROM helpdesk_memory_terms WHERE tenant_id = ? AND term IN (?) AND n <= 0`, who, bun.List(less))
		}
	}
	if c.tickets != 0 || c.length != 0 {
		add(`UPDATE helpdesk_memories SET tickets = tickets + ?, length = length + ? WHERE tenant_id = ?`, c.tickets, c.length, who)
	}
	for _, q := range statements {
		text, err := q.AppendQuery(s.db.QueryGen(), nil)
		if err != nil {
			return err
		}
		if err := exec(ctx, s.run, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// termDeltas returns the changes of the counters, in the order of the terms.
func termDeltas(tenant helpdesk.TenantID, terms map[similar.Term]int) tuples {
	list := tuples{cast: []string{"text", "integer", "bigint"}}
	for t, n := range terms {
		if n != 0 {
			list.rows = append(list.rows, []any{string(tenant), numberOf(t), n})
		}
	}
	slices.SortFunc(list.rows, func(a, b []any) int { return int(a[1].(int64) - b[1].(int64)) })
	return list
}

// CountTerms implements [similar.Index].
func (s *Store) CountTerms(ctx context.Context, tenant helpdesk.TenantID, terms []similar.Term, without helpdesk.TicketID) (similar.TermCounts, error) {
	c := similar.TermCounts{Of: make(map[similar.Term]int, len(terms))}
	if !storable(string(tenant)) {
		return c, nil
	}
	numbers := make([]int64, len(terms))
	for i, t := range terms {
		numbers[i] = numberOf(t)
	}
	slices.Sort(numbers)
	query := `SELECT true, m.tickets, m.length FROM helpdesk_memories AS m WHERE m.tenant_id = ?`
	args := []any{string(tenant)}
	if len(numbers) > 0 {
		query += ` UNION ALL SELECT false, t.n, t.term FROM helpdesk_memory_terms AS t WHERE t.tenant_id = ? AND t.term IN (?)`
		args = append(args, string(tenant), bun.List(numbers))
	}
	if err := s.eachRow(ctx, s.format(query, args...), func(scan func(...any) error) error {
		var total bool
		var n int
		var v int64
		err := scan(&total, &n, &v)
		if total {
			c.Tickets, c.Length = n, v
		} else {
			c.Of[similar.Term(uint32(v))] = n
		}
		return err
	}); err != nil {
		return c, fail("count terms", err)
	}
	if !canonical(string(without)) {
		return c, nil
	}
	own, err := s.indexed(ctx, tenant, []helpdesk.TicketID{without})
	for i := range own {
		c.Subtract(&own[i].Words)
	}
	return c, fail("count terms", err)
}

// KeepVectors implements [similar.VectorIndex].
func (s *Store) KeepVectors(ctx context.Context, tenant helpdesk.TenantID, model string, vectors map[helpdesk.TicketID][]float32) error {
	if !storable(string(tenant)) {
		return nil
	}
	if !storable(model) {
		return fail("keep vectors", &helpdesk.FieldError{Field: "model", Problem: "is no text"})
	}
	rows := tuples{cast: []string{"text", "uuid", "text", "bytea"}}
	var ids []helpdesk.TicketID
	for id := range vectors {
		ids = append(ids, id)
	}
	for _, id := range canonicalIDs(ids) { // in one order: no deadlock
		rows.rows = append(rows.rows, []any{string(tenant), string(id), model, vectorBytes(vectors[id])})
	}
	if len(rows.rows) == 0 {
		return nil
	}
	return fail("keep vectors", s.atomic(ctx, func(on bun.IDB) error {
		return exec(ctx, on, s.format(`WITH v (tenant_id, ticket_id, model, vector) AS (?)
INSERT INTO helpdesk_memory_vectors AS w (tenant_id, ticket_id, model, solved_at, vector)
SELECT v.tenant_id, v.ticket_id, v.model, m.solved_at, v.vector FROM v JOIN helpdesk_memory AS m ON m.tenant_id = v.tenant_id AND m.ticket_id = v.ticket_id WHERE true
ON CONFLICT (tenant_id, ticket_id) DO UPDATE SET model = excluded.model, solved_at = excluded.solved_at, vector = excluded.vector`, rows))
	}))
}

// Vectors implements [similar.VectorIndex].
func (s *Store) Vectors(ctx context.Context, tenant helpdesk.TenantID, model string, ids []helpdesk.TicketID, latest int) (map[helpdesk.TicketID][]float32, error) {
	found := map[helpdesk.TicketID][]float32{}
	if ids = canonicalIDs(ids); !texts(string(tenant), model) {
		return found, nil
	}
	read := func(query string, args ...any) error {
		var rows []struct {
			TicketID string `bun:"ticket_id"`
			Vector   []byte `bun:"vector"`
		}
		err := s.run.NewRaw(query, args...).Scan(ctx, &rows)
		for _, r := range rows {
			found[helpdesk.TicketID(r.TicketID)] = vectorOf(r.Vector)
		}
		return err
	}
	if len(ids) > 0 {
		if err := read(`SELECT w.ticket_id, w.vector FROM helpdesk_memory_vectors AS w WHERE w.tenant_id = ? AND w.ticket_id IN (?) AND w.model = ?`,
			string(tenant), bun.List(ids), model); err != nil {
			return nil, fail("vectors", err)
		}
	}
	if latest > 0 {
		if err := read(`SELECT w.ticket_id, w.vector FROM helpdesk_memory_vectors AS w WHERE w.tenant_id = ? AND w.model = ?
ORDER BY w.solved_at DESC, w.ticket_id DESC LIMIT ?`, string(tenant), model, latest); err != nil {
			return nil, fail("vectors", err)
		}
	}
	return found, nil
}

// vectorBytes returns a vector as it is stored: each float32 with its lowest byte first.
func vectorBytes(v []float32) []byte {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func vectorOf(b []byte) []float32 {
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v
}
