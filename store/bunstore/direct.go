package bunstore

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// Tickets are read from a connection of pgx as PostgreSQL sends them in binary. Through the package
// database/sql and Bun the same rows take three times as long.

// errNotDirect says that Bun has to execute the statement.
var errNotDirect = errors.New("the connection is not one of pgx, or has ended")

// onPgx does something on a connection of pgx: that of the snapshot in which run is, or one of the
// pool. Its error is errNotDirect if there is none.
func onPgx(ctx context.Context, run bun.IDB, do func(*pgx.Conn) error) error {
	var conn *sql.Conn
	switch on := run.(type) {
	case bun.Conn:
		conn = on.Conn
	case *bun.DB:
		var err error
		if conn, err = on.DB.Conn(ctx); err != nil {
			return err
		}
		defer conn.Close()
	default:
		return errNotDirect
	}
	return conn.Raw(func(c any) error {
		on, ok := c.(interface{ Conn() *pgx.Conn })
		if !ok {
			return errNotDirect
		}
		err := do(on.Conn())
		if pgconn.SafeToRetry(err) {
			return errNotDirect
		}
		return err
	})
}

// scanTickets executes a selection of tickets and reads its rows.
func (s *Store) scanTickets(ctx context.Context, sel *bun.SelectQuery, rows *[]ticketRow) error {
	if s.pgx && !s.bound {
		if _, err := sel.Conn(&direct{run: s.run, fields: s.ticketFields, rows: rows}).Exec(ctx); !errors.Is(err, errNotDirect) {
			return err
		}
		*rows = nil
		sel.Conn(s.run)
	}
	if err := sel.Scan(ctx); !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return nil
}

// ticketFields are those of the columns of selectTickets.
func ticketFields(db *bun.DB) (fields []*schema.Field) {
	table := db.Table(reflect.TypeFor[ticketRow]())
	for _, name := range append(slices.Clone(ticketColumns), "clocks") {
		fields = append(fields, table.FieldMap[name])
	}
	return fields
}

// direct executes a selection of tickets.
type direct struct {
	bun.IConn // it only executes

	run    bun.IDB
	fields []*schema.Field
	rows   *[]ticketRow
}

// ExecContext implements [bun.IConn].
func (d *direct) ExecContext(ctx context.Context, text string, _ ...any) (sql.Result, error) {
	return driver.ResultNoRows, onPgx(ctx, d.run, func(conn *pgx.Conn) error {
		rows := conn.PgConn().ExecParams(ctx, text, nil, nil, nil, []int16{pgx.BinaryFormatCode})
		var bad error
		for rows.NextRow() && bad == nil {
			*d.rows = append(*d.rows, ticketRow{})
			bad = d.read(reflect.ValueOf(&(*d.rows)[len(*d.rows)-1]).Elem(), rows.Values())
		}
		_, err := rows.Close()
		return cmp.Or(err, bad)
	})
}

// read reads the columns of a row.
func (d *direct) read(row reflect.Value, values [][]byte) error {
	for i, value := range values {
		f := d.fields[i]
		if err := readBinary(f.Value(row).Addr().Interface(), f.UserSQLType, value); err != nil {
			return fmt.Errorf("column %s: %w", f.Name, err)
		}
	}
	return nil
}

var errSize = errors.New("the value has not the size of its type")

// readBinary reads a value as PostgreSQL sends it, nil for NULL, into a pointer to a value of a
// model.
func readBinary(into any, kind string, value []byte) error {
	if value == nil {
		return nil // a new row has zero values
	}
	text := func() string {
		if kind == "uuid" && len(value) == 16 {
			return uuid.UUID(value).String()
		}
		return string(value)
	}
	if kind == "jsonb" {
		if len(value) == 0 || value[0] != 1 { // the only version
			return errSize
		}
		value = value[1:]
	}
	switch v := into.(type) {
	case *string:
		*v = text()
	case *link:
		*v = link(text())
	case *document:
		*v = slices.Clone(value)
	case *list:
		if string(value) == "[]" {
			return nil
		}
		return json.Unmarshal(value, (*[]string)(v))
	default:
		return readFixed(into, value)
	}
	return nil
}

// readFixed reads a value of a fixed size.
func readFixed(into any, value []byte) error {
	n := len(value)
	switch v := into.(type) {
	case *bool:
		if n == 1 {
			*v = value[0] != 0
			return nil
		}
	case *int8:
		if n == 2 {
			*v = int8(binary.BigEndian.Uint16(value))
			return nil
		}
	case *int:
		if n == 4 {
			*v = int(int32(binary.BigEndian.Uint32(value)))
			return nil
		}
	case *int64:
		if n == 8 {
			*v = int64(binary.BigEndian.Uint64(value))
			return nil
		}
	case *instant:
		if n == 8 {
			v.Time = time.UnixMicro(int64(binary.BigEndian.Uint64(value)) + millennium).UTC()
			return nil
		}
	}
	return errSize
}
