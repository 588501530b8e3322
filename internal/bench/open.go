package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// openTickets compares Open with the rows it writes, sent as one pipelined batch.
func openTickets(ctx context.Context, b *bench) error {
	s, err := b.newSite(ctx, "opened")
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	open := func(ctx context.Context) error {
		_, err := desk.Open(ctx, request)
		return err
	}
	t, err := desk.Open(ctx, request)
	if err != nil {
		return err
	}
	inserts, err := s.insertsOf(ctx, t)
	if err != nil {
		return err
	}
	insert := func(ctx context.Context) error { return s.insert(ctx, inserts) }
	if err := s.warm(ctx, 16, open, insert); err != nil {
		return err
	}
	for _, workers := range []int{1, 8} {
		progress("opening tickets, %d at once", workers)
		var ours, floor work
		v, err := versus(b.rounds(5),
			ours.timed(ctx, s, throughput(ctx, workers, b.round, ours.counted(open))),
			floor.timed(ctx, s, throughput(ctx, workers, b.round, floor.counted(insert))))
		if err != nil {
			return err
		}
		b.table.add(faster(fmt.Sprintf("Open, %d at once", workers), v[0], v[1], map[int]float64{1: 0.85, 8: 0.9}[workers]))
		if floor.cpu > 0 {
			b.table.add(slower(fmt.Sprintf("Open, %d at once: CPU of the server", workers), ours.perCall(), floor.perCall(), 1.3))
		}
	}
	if err := b.openInHours(ctx, s, insert); err != nil {
		return err
	}
	return s.drop(ctx)
}

// warm calls each side on all connections and has PostgreSQL analyze the tables, as it does by
// itself after a minute. Until then it keeps plans that it made for empty tables, above all those
// for foreign keys.
func (s *site) warm(ctx context.Context, workers int, sides ...func(context.Context) error) error {
	for _, side := range sides {
		if _, err := throughput(ctx, workers, 500*time.Millisecond, side)(); err != nil {
			return err
		}
	}
	_, err := s.pool.Exec(ctx, "ANALYZE")
	return err
}

// openInHours is Open under an SLA of the tenant's own, which counts the hours of a calendar.
func (b *bench) openInHours(ctx context.Context, s *site, insert func(context.Context) error) error {
	policies, err := sla.New(sla.Document{Calendars: []sla.Hours{office}, Policies: []sla.Policy{
		{Name: "all", FirstResponse: 4 * time.Hour, Resolution: 16 * time.Hour, Calendar: office.Name},
	}})
	if err != nil {
		return err
	}
	desk, err := s.deskWith(nil, sla.Standard())
	if err != nil {
		return err
	}
	doc, err := policies.MarshalJSON()
	if err != nil {
		return err
	}
	if _, err := desk.SaveSLA(ctx, doc); err != nil {
		return err
	}
	const workers = 8
	progress("opening tickets under an SLA in open hours, %d at once", workers)
	v, err := versus(b.rounds(5), throughput(ctx, workers, b.round, func(ctx context.Context) error {
		t, err := desk.Open(ctx, request)
		if err == nil && t.Clocks[0].Policy != "all" {
			err = fmt.Errorf("opened under policy %s", t.Clocks[0].Policy)
		}
		return err
	}), throughput(ctx, workers, b.round, insert))
	if err == nil {
		b.table.add(faster(fmt.Sprintf("Open with a calendar, %d at once", workers), v[0], v[1], 0.8))
	}
	return err
}

var request = helpdesk.OpenParams{
	Subject:     "The invoice of last month is wrong",
	Description: "We paid for ten seats in March and April, and the invoice names twelve. Please send us a corrected one before the end of the week.",
	Customer:    helpdesk.Contact{Name: "Ada Example", Email: "ada@example.com"},
	Source:      helpdesk.SourceEmail,
}

// insertion writes the rows of one ticket in one table. fresh names the arguments that differ
// between tickets.
type insertion struct {
	sql   string
	args  []any
	fresh []int // of the same length: what replaces an argument
}

// What replaces an argument.
const (
	keep      = iota
	ticketID  // as a uuid
	ticketKey // as a text
	rowID     // a uuid for this row alone
	reference
)

// insertsOf reads back what one Open wrote, and makes one INSERT per table of it.
func (s *site) insertsOf(ctx context.Context, t *helpdesk.Ticket) ([]insertion, error) {
	var all []insertion
	for _, from := range []struct{ table, key string }{
		{"helpdesk_tickets", "id"}, {"helpdesk_clocks", "ticket_id"}, {"helpdesk_messages", "ticket_id"},
		{"helpdesk_events", "ticket_id"}, {"helpdesk_tasks", "ticket_id"}, {"helpdesk_search", "ticket_id"},
	} {
		in, err := s.insertionOf(ctx, from.table, from.key, t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", from.table, err)
		}
		all = append(all, in)
	}
	return all, nil
}

// column is one of a table.
type column struct{ Name, Type string }

// asText reports whether a column travels as text: pgx would take JSON apart, and knows no
// tsvector.
func (c column) asText() bool { return c.Type == "json" || c.Type == "jsonb" || c.Type == "tsvector" }

func (s *site) insertionOf(ctx context.Context, table, key string, t *helpdesk.Ticket) (in insertion, err error) {
	rows, err := s.pool.Query(ctx, `SELECT column_name::text, udt_name::text FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'NO' ORDER BY ordinal_position`, table)
	if err != nil {
		return in, err
	}
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[column])
	if err != nil {
		return in, err
	}
	var names, reads []string
	for _, c := range columns {
		read := c.Name
		if c.asText() {
			read += "::text"
		}
		names, reads = append(names, c.Name), append(reads, read)
	}
	rows, err = s.pool.Query(ctx, "SELECT "+strings.Join(reads, ", ")+" FROM "+table+" WHERE "+key+" = $1", string(t.ID))
	if err != nil {
		return in, err
	}
	defer rows.Close()
	var tuples []string
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return in, err
		}
		var marks []string
		for i, c := range columns {
			mark := fmt.Sprintf("$%d", len(in.args)+1)
			if c.asText() {
				mark += "::text::" + c.Type
			} else {
				mark += "::" + c.Type // several rows are a VALUES list, which knows no column
			}
			marks = append(marks, mark)
			in.args, in.fresh = append(in.args, values[i]), append(in.fresh, replaces(table, c.Name, values[i], t))
		}
		tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
	}
	in.sql = "INSERT INTO " + table + " (" + strings.Join(names, ", ") + ") VALUES " + strings.Join(tuples, ", ")
	return in, rows.Err()
}

// replaces says what stands instead of a value in the next ticket.
func replaces(table, column string, value any, t *helpdesk.Ticket) int {
	switch {
	case column == "ticket_id", table == "helpdesk_tickets" && column == "id":
		return ticketID
	case column == "id":
		return rowID
	case column == "ref":
		return reference
	case value == string(t.ID):
		return ticketKey
	}
	return keep
}

// insert writes the rows of one more ticket: one round trip and one transaction, as a batch is.
func (s *site) insert(ctx context.Context, inserts []insertion) error {
	id := uuid.Must(uuid.NewV7())
	batch := &pgx.Batch{}
	for _, in := range inserts {
		args := append([]any(nil), in.args...)
		for i, what := range in.fresh {
			switch what {
			case ticketID:
				args[i] = [16]byte(id)
			case ticketKey:
				args[i] = id.String()
			case rowID:
				args[i] = [16]byte(uuid.Must(uuid.NewV7()))
			case reference:
				args[i] = rand.Text()[:10]
			}
		}
		batch.Queue(in.sql, args...)
	}
	return s.pool.SendBatch(ctx, batch).Close()
}
