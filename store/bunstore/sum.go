package bunstore

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
)

// A report is one statement: so all its figures are of one moment, and it takes one round trip. Its
// sections have different columns, and so each of their rows is one JSON array.

// section is a statement of a report.
type section struct {
	columns string // to read, with commas
	sql     string
	args    []any
	read    func(row []byte) error // takes a row, for cells
}

// cells reads the columns of a row into variables.
func cells(row []byte, into ...any) error { return json.Unmarshal(row, &into) }

// addUp reads all the sections.
func (s *Store) addUp(ctx context.Context, sections ...section) error {
	var text strings.Builder
	var args []any
	for i, one := range sections {
		if i > 0 {
			text.WriteString("\nUNION ALL ")
		}
		text.WriteString("SELECT " + strconv.Itoa(i) + " AS section, " + s.dialect.jsonList(one.columns) + " AS cells FROM (" + one.sql + ") AS q")
		args = append(args, one.args...)
	}
	read := func(i int, row []byte) error { return sections[i].read(row) }
	if s.dialect == sqlite || s.bound {
		return sectionRows(ctx, s.run, text.String(), args, read)
	}
	if _, apart := s.run.(*bun.DB); apart && s.pgx {
		on := &tuned{db: s.db, set: s.dialect.summing(), read: read}
		if _, err := s.db.NewRaw(text.String(), args...).Conn(on).Exec(ctx); !errors.Is(err, errNotDirect) {
			return err
		}
	}
	return s.snapshot(ctx, s.dialect.summing(), func(s *Store) error { return sectionRows(ctx, s.run, text.String(), args, read) })
}

// sectionRows reads the rows of a statement.
func sectionRows(ctx context.Context, on bun.IDB, text string, args []any, read func(int, []byte) error) error {
	rows, err := on.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var i int
		var row []byte
		if err := rows.Scan(&i, &row); err != nil {
			return err
		}
		if err := read(i, row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// tuned executes a statement on a connection of pgx, with settings that hold for it alone. Both go
// to the server at once, and PostgreSQL makes one transaction of them.
type tuned struct {
	bun.IConn // it only executes

	db   *bun.DB
	set  string
	read func(int, []byte) error
}

// ExecContext implements [bun.IConn].
func (t *tuned) ExecContext(ctx context.Context, text string, _ ...any) (sql.Result, error) {
	return driver.ResultNoRows, onPgx(ctx, t.db, func(conn *pgx.Conn) error {
		answers := conn.PgConn().Exec(ctx, t.set+";\n"+text)
		var bad error
		for i := 0; answers.NextResult(); i++ {
			for rows := answers.ResultReader(); rows.NextRow(); {
				if v := rows.Values(); i > 0 && bad == nil { // the first answer is that of the settings
					var n int
					if n, bad = strconv.Atoi(string(v[0])); bad == nil {
						bad = t.read(n, v[1])
					}
				}
			}
		}
		return cmp.Or(answers.Close(), bad)
	})
}
