package bunstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/similar"
)

// An archived ticket leaves a row in helpdesk_archived and goes from all other tables. The reports
// add up that table beside helpdesk_tickets: its columns have the same names.

type archivedRow struct {
	bun.BaseModel `bun:"table:helpdesk_archived,alias:t"`

	Tenant         string   `bun:"tenant_id,type:text"`
	ID             string   `bun:"id,type:uuid"`
	CreatedAt      instant  `bun:"created_at,type:timestamptz"`
	DueAt          due      `bun:"due_at,type:timestamptz"`
	FirstReplyAt   instant  `bun:"first_reply_at,type:timestamptz"`
	ResolvedAt     instant  `bun:"resolved_at,type:timestamptz"`
	FirstOpen      optional `bun:"first_open,type:bigint"`
	ResolutionOpen optional `bun:"resolution_open,type:bigint"`
	MergedInto     link     `bun:"merged_into,type:uuid"`
	Replies        int      `bun:"replies,type:integer"`
	Reopened       int      `bun:"reopened,type:integer"`
	Priority       int8     `bun:"priority,type:smallint"`
	Score          optional `bun:"score,type:smallint"`
	Open           bool     `bun:"open,type:boolean"`
	Category       string   `bun:"category,type:text"`
	Tally          string   `bun:"tally,type:text"`
	Assignee       string   `bun:"assignee,type:text"`
	LastMove       instant  `bun:"last_move,type:timestamptz"`
	Moves          document `bun:"moves,type:json"`
	Fact           document `bun:"fact,type:json"`
	People         string   `bun:"people,type:text"`
	File           string   `bun:"file,type:text"`
}

func archivedRowOf(file helpdesk.BlobID, r *archive.Record) (archivedRow, error) {
	t, fact := &r.Ticket, r.Fact()
	row := archivedRow{
		Tenant: string(t.Tenant), ID: string(t.ID), CreatedAt: at(t.CreatedAt), FirstReplyAt: at(t.FirstReplyAt), ResolvedAt: at(t.ResolvedAt),
		FirstOpen: openTime(t, helpdesk.FirstResponse), ResolutionOpen: openTime(t, helpdesk.Resolution), MergedInto: link(t.MergedInto),
		Replies: t.Replies, Reopened: t.Reopened, Priority: int8(t.Priority), Score: scoreOf(t), Category: string(t.Category),
		Tally: tallyOf(t.Clocks).String(), Assignee: string(t.Assignee), People: strings.Join(r.People(), " "), File: string(file),
	}
	moves := [][2]int64{}
	for i := range fact.Events {
		e := &fact.Events[i]
		if kind := report.FlowOf(e); kind != report.FlowNone && !e.At.IsZero() {
			moves = append(moves, [2]int64{e.At.UnixMicro(), int64(kind)})
			if e.At.After(row.LastMove.Time) {
				row.LastMove = at(e.At)
			}
		}
	}
	var err error
	if row.Moves, err = json.Marshal(moves); err == nil {
		row.Fact, err = json.Marshal(fact)
	}
	return row, err
}

// Records implements [archive.Store].
func (s *Store) Records(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) ([]archive.Record, error) {
	records, err := s.records(ctx, tenant, ids, "")
	return records, fail("records", err)
}

// records reads tickets with all that is stored of them. A nonempty lock is the end of the
// statements for tickets and mails.
func (s *Store) records(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID, lock string) ([]archive.Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if !storable(string(tenant)) || slices.ContainsFunc(ids, func(id helpdesk.TicketID) bool { return !canonical(string(id)) }) {
		return nil, helpdesk.ErrNotFound
	}
	list := make([]archive.Record, len(ids))
	place := map[string]*archive.Record{}
	for i, id := range ids {
		place[string(id)] = &list[i]
	}
	var tickets []ticketRow
	sel := s.selectTickets(&tickets).Where("t.tenant_id = ?", string(tenant)).Where("t.id IN (?)", bun.List(ids))
	if lock != "" {
		sel.For("UPDATE")
	}
	if err := sel.Scan(ctx); err != nil {
		return nil, err
	}
	if len(tickets) != len(place) {
		return nil, helpdesk.ErrNotFound
	}
	for i := range tickets {
		t, err := tickets[i].ticket()
		if err != nil {
			return nil, err
		}
		place[string(t.ID)].Ticket = *t
	}
	var messages []messageRow
	if err := s.of(&messages, tenant, ids).OrderExpr("m.at NULLS FIRST, m.seq").Scan(ctx); err != nil {
		return nil, err
	}
	for i := range messages {
		r := place[messages[i].Ticket]
		r.Messages = append(r.Messages, messages[i].message())
	}
	var events []eventRow
	if err := s.of(&events, tenant, ids).OrderExpr("e.at NULLS FIRST, e.seq").Scan(ctx); err != nil {
		return nil, err
	}
	for i := range events {
		r := place[events[i].Ticket]
		r.Events = append(r.Events, events[i].event())
	}
	var mails []mailRow
	sel = s.of(&mails, tenant, ids).OrderExpr("m.at DESC, m.id DESC")
	if lock != "" {
		sel.For("UPDATE")
	}
	if err := sel.Scan(ctx); err != nil {
		return nil, err
	}
	for i := range mails {
		r := place[string(mails[i].Ticket)]
		r.Mails = append(r.Mails, mails[i].mail())
	}
	return list, nil
}

// of selects the rows of some tickets.
func (s *Store) of(rows any, tenant helpdesk.TenantID, ids []helpdesk.TicketID) *bun.SelectQuery {
	return s.run.NewSelect().Model(rows).Where("?TableAlias.tenant_id = ?", string(tenant)).Where("?TableAlias.ticket_id IN (?)", bun.List(ids))
}

// exchanging runs fn and then commits c, in one transaction.
func (s *Store) exchanging(ctx context.Context, c *helpdesk.Change, fn func(t *Store) error) error {
	if !storable(string(c.Tenant)) {
		return helpdesk.ErrNotFound
	}
	return s.atomic(ctx, func(on bun.IDB) error {
		t := *s
		t.run, t.bound, t.pgx = on, true, false // whose way to the connection of a transaction is not this one
		if err := fn(&t); err != nil {
			return err
		}
		return t.Commit(ctx, c)
	})
}

// Archive implements [archive.Store]. On PostgreSQL the lock on the tickets keeps others from
// adding rows to them, since those have foreign keys, and the lock on mails from changing them.
func (s *Store) Archive(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	var ids []helpdesk.TicketID
	var rows []archivedRow
	for i := range records {
		err := records[i].Check()
		row, failed := archivedRowOf(file, &records[i])
		if err = errors.Join(err, failed); err != nil {
			return fail("archive", err)
		}
		ids, rows = append(ids, records[i].Ticket.ID), append(rows, row)
	}
	return fail("archive", s.exchanging(ctx, c, func(t *Store) error {
		lock := ""
		if s.dialect == postgres {
			lock = "UPDATE"
		}
		stored, err := t.records(ctx, c.Tenant, ids, lock)
		switch {
		case errors.Is(err, helpdesk.ErrNotFound), err == nil && !reflect.DeepEqual(stored, records):
			return fmt.Errorf("the tickets are not stored like this: %w", helpdesk.ErrConflict)
		case err != nil || len(ids) == 0:
			return err
		}
		if err := t.keepLast(ctx, c.Tenant, ids); err != nil {
			return err
		}
		if err := t.forget(ctx, c.Tenant, ids); err != nil {
			return err
		}
		var remove []string
		if s.dialect == sqlite {
			remove = append(remove, `DELETE FROM helpdesk_words WHERE rowid IN
(SELECT w.seq FROM helpdesk_search AS w WHERE w.tenant_id = ? AND w.ticket_id IN (?))`)
		}
		for _, table := range []string{"search", "sentences", "clocks", "mail", "events", "messages"} {
			remove = append(remove, "DELETE FROM helpdesk_"+table+" WHERE tenant_id = ? AND ticket_id IN (?)")
		}
		for _, text := range append(remove, "DELETE FROM helpdesk_tickets WHERE tenant_id = ? AND id IN (?)") {
			if err := exec(ctx, t.run, t.format(text, string(c.Tenant), bun.List(ids))); err != nil {
				return err
			}
		}
		return t.do(ctx, t.run, step{s.statements.addArchived, &rows, len(rows)})
	}))
}

// keepLast refuses to remove the last event from SQLite, which would give its seq to the next one:
// streams go by seq.
func (s *Store) keepLast(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID) error {
	if s.dialect == postgres {
		return nil
	}
	var last bool
	err := s.run.NewRaw(`SELECT count(*) > 0 FROM helpdesk_events AS e WHERE e.seq = (SELECT max(seq) FROM helpdesk_events)
AND e.tenant_id = ? AND e.ticket_id IN (?)`, string(tenant), bun.List(ids)).Scan(ctx, &last)
	if err == nil && last {
		err = fmt.Errorf("the last event of the database is of such a ticket: %w", helpdesk.ErrConflict)
	}
	return err
}

// forget takes tickets out of the index of solved tickets.
func (s *Store) forget(ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID) error {
	for some := range slices.Chunk(ids, indexBatch) {
		known, err := s.indexed(ctx, tenant, some)
		if err != nil || len(known) == 0 {
			return err
		}
		// The row of the tenant's totals is locked first, as by all writers of the index.
		if err := exec(ctx, s.run, s.format(`UPDATE helpdesk_memories SET tickets = tickets WHERE tenant_id = ?`, string(tenant))); err != nil {
			return err
		}
		if known, err = s.indexed(ctx, tenant, some); err != nil {
			return err
		}
		c := &change{terms: map[similar.Term]int{}}
		for _, k := range known {
			c.gone = append(c.gone, string(k.Ticket))
			c.count(k, -1)
		}
		if err := s.writeIndex(ctx, tenant, c); err != nil {
			return err
		}
	}
	return nil
}

// Restore implements [archive.Store].
func (s *Store) Restore(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	var ids []helpdesk.TicketID
	var changes []*helpdesk.Change
	versions := map[string]int64{}
	for i := range records {
		r := &records[i]
		t := r.Ticket.Clone()
		ids, versions[string(t.ID)] = append(ids, t.ID), t.Version
		t.Version = 0
		changes = append(changes, &helpdesk.Change{Tenant: c.Tenant, Ticket: t, Messages: r.Messages, Events: r.Events, Mail: r.Mails})
	}
	p, err := fold(changes)
	if err != nil {
		return fail("restore", err)
	}
	for i := range p.added {
		p.added[i].Version = versions[p.added[i].ID]
	}
	return fail("restore", s.exchanging(ctx, c, func(t *Store) error {
		if len(ids) == 0 {
			return nil
		}
		res, err := t.run.ExecContext(ctx, t.format(`DELETE FROM helpdesk_archived WHERE tenant_id = ? AND file = ? AND id IN (?)`,
			string(c.Tenant), string(file), bun.List(ids)))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != int64(len(ids)) {
			return errors.Join(err, fmt.Errorf("%d of %d tickets are archived in file %s: %w", n, len(ids), file, helpdesk.ErrConflict))
		}
		if err, _ := t.explain(ctx, p, t.write(ctx, t.steps(p), 0)); err != nil {
			return err
		}
		unstream := `UPDATE helpdesk_events SET xid = NULL WHERE tenant_id = ? AND ticket_id IN (?)`
		if s.dialect == sqlite { // whose streams go by seq: these get lower ones than any other event, in the same order
			unstream = `UPDATE helpdesk_events SET seq = seq - (SELECT max(seq) - min(0, min(seq)) + 1 FROM helpdesk_events)
WHERE tenant_id = ? AND ticket_id IN (?)`
		}
		return exec(ctx, t.run, t.format(unstream, string(c.Tenant), bun.List(ids)))
	}))
}

// Facts implements [report.FactReader]. It reads pages one after the other, by id.
func (s *Store) Facts(ctx context.Context, tenant helpdesk.TenantID, p report.Period) iter.Seq2[*report.Fact, error] {
	return func(yield func(*report.Fact, error) bool) {
		if !storable(string(tenant)) {
			return
		}
		for after := ""; ; {
			var rows []archivedRow
			sel := s.run.NewSelect().Model(&rows).Column("id", "fact").Where("t.tenant_id = ?", string(tenant)).OrderExpr("t.id").Limit(eventPage)
			if !p.From.IsZero() {
				sel.Where("t.created_at >= ?", ceil(p.From))
			}
			if !p.To.IsZero() {
				sel.Where("t.created_at < ?", ceil(p.To))
			}
			if after != "" {
				sel.Where("t.id > ?", after)
			}
			if err := sel.Scan(ctx); err != nil {
				yield(nil, fail("facts", err))
				return
			}
			for i := range rows {
				f := &report.Fact{Ticket: helpdesk.Ticket{Tenant: tenant}}
				err := json.Unmarshal(rows[i].Fact, f)
				if !yield(f, fail("fact of "+rows[i].ID, err)) || err != nil {
					return
				}
				after = rows[i].ID
			}
			if len(rows) < eventPage {
				return
			}
		}
	}
}

// ArchivedWith implements [archive.Store]. It reads all of the tenant's rows.
func (s *Store) ArchivedWith(ctx context.Context, tenant helpdesk.TenantID, email string) (files []helpdesk.BlobID, err error) {
	if !storable(string(tenant)) {
		return nil, nil
	}
	err = s.run.NewRaw(`SELECT DISTINCT t.file FROM helpdesk_archived AS t WHERE t.tenant_id = ? AND t.people LIKE ? ORDER BY t.file`,
		string(tenant), "%"+archive.PersonKey(tenant, email)+"%").Scan(ctx, &files)
	return files, fail("archived with", err)
}

// Tenants implements [archive.Store]. It jumps from tenant to tenant in the index of creation
// times.
func (s *Store) Tenants(ctx context.Context, before time.Time, after *helpdesk.TenantID, limit int) (tenants []helpdesk.TenantID, err error) {
	first, args := "", []any{}
	if after != nil {
		if !storable(string(*after)) {
			return nil, nil
		}
		first, args = " WHERE t.tenant_id > ?", append(args, string(*after))
	}
	args = append(args, ceil(before), limit)
	err = s.run.NewRaw(`WITH RECURSIVE x (tenant) AS (
SELECT (SELECT min(t.tenant_id) FROM helpdesk_tickets AS t`+first+`)
UNION ALL
SELECT (SELECT min(t.tenant_id) FROM helpdesk_tickets AS t WHERE t.tenant_id > x.tenant) FROM x WHERE x.tenant IS NOT NULL)
SELECT x.tenant FROM x WHERE x.tenant IS NOT NULL
AND EXISTS (SELECT 1 FROM helpdesk_tickets AS t WHERE t.tenant_id = x.tenant AND t.created_at < ?) LIMIT ?`, args...).Scan(ctx, &tenants)
	return tenants, fail("tenants", err)
}
