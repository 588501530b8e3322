package main

import (
	"context"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// bytesOfTickets tells how many bytes a ticket has, by table and index, and how many are left when
// it is archived.
func bytesOfTickets(ctx context.Context, b *bench) error {
	n := b.largest() / 10
	progress("filling %s tickets", count(n))
	s, err := b.newSite(ctx, "bytes")
	if err != nil {
		return err
	}
	s.days = 730
	if err := s.fill(ctx, n, 100); err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	if err := staff(ctx, desk); err != nil {
		return err
	}
	var tickets int
	if err := s.pool.QueryRow(ctx, "SELECT count(*) FROM helpdesk_tickets").Scan(&tickets); err != nil {
		return err
	}
	whole, err := s.sizes(ctx, b, tickets)
	if err != nil {
		return err
	}
	old, err := archive.New(&archive.Config{Blobs: memstore.New(), After: 300 * 24 * time.Hour})
	if err != nil {
		return err
	}
	progress("archiving")
	began := time.Now()
	moved, err := old.Sweep(ctx, desk)
	if err != nil {
		return err
	}
	took := time.Since(began)
	if _, err := s.pool.Exec(ctx, "VACUUM (FULL, ANALYZE)"); err != nil {
		return err
	}
	left, err := s.size(ctx, "helpdesk_archived")
	if err != nil {
		return err
	}
	b.table.add(line{what: "Archive", ours: rate(float64(moved) / took.Seconds())})
	b.table.add(line{
		what: "Bytes of an archived ticket beside those of another", ours: fmt.Sprint(left / int64(max(1, moved))),
		floor: fmt.Sprint(whole / int64(tickets)), ratio: fmt.Sprintf("%.2f", float64(left)/float64(max(1, moved))/(float64(whole)/float64(tickets))),
	})
	return s.drop(ctx)
}

// size is the size of a table with its indexes.
func (s *site) size(ctx context.Context, table string) (n int64, err error) {
	err = s.pool.QueryRow(ctx, "SELECT pg_total_relation_size(to_regclass($1))", table).Scan(&n)
	return n, err
}

// sizes adds a line for each table and index that has at least 8 bytes a ticket, and returns the
// sum of all.
func (s *site) sizes(ctx context.Context, b *bench, tickets int) (whole int64, err error) {
	rows, err := s.pool.Query(ctx, `SELECT c.relname, c.relkind = 'i', CASE WHEN c.relkind = 'i' THEN pg_relation_size(c.oid) ELSE pg_table_size(c.oid) END
FROM pg_class AS c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'i')
ORDER BY (SELECT pg_total_relation_size(coalesce(x.indrelid, c.oid)) FROM (SELECT 1) AS one LEFT JOIN pg_index AS x ON x.indexrelid = c.oid) DESC,
(SELECT x.indrelid::regclass::text FROM pg_index AS x WHERE x.indexrelid = c.oid) DESC NULLS FIRST, 3 DESC`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var index bool
		var size int64
		if err := rows.Scan(&name, &index, &size); err != nil {
			return 0, err
		}
		if whole += size; size/int64(tickets) < 8 {
			continue
		}
		what := "Bytes a ticket: table " + name
		if index {
			what = "Bytes a ticket: index " + name
		}
		b.table.add(line{what: what, ours: fmt.Sprint(size / int64(tickets))})
	}
	b.table.add(line{what: "Bytes a ticket: all", ours: fmt.Sprint(whole / int64(tickets))})
	return whole, rows.Err()
}
