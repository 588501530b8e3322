package bunstore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/schema"
)

// dialect is a database by name. What PostgreSQL and SQLite do not write alike is in this file,
// but for how a change is made atomic (write.go) and tasks are leased (lease.go).
type dialect string

const (
	postgres dialect = "postgres"
	sqlite   dialect = "sqlite"
)

func dialectOf(db *bun.DB) (dialect, error) {
	switch name := db.Dialect().Name(); name {
	case bundialect.PG:
		return postgres, nil
	case bundialect.SQLite:
		return sqlite, nil
	default:
		return "", fmt.Errorf("dialect %s is neither PostgreSQL nor SQLite", name)
	}
}

func onPostgres(gen schema.QueryGen) bool { return gen.Dialect().Name() == bundialect.PG }

// jsonRows is an aggregate that makes a JSON array of objects with these columns of c.
func (d dialect) jsonRows(columns []string, nested ...string) string {
	object, list := "json_build_object", "json_agg"
	if d == sqlite {
		object, list = "json_object", "json_group_array"
	}
	var b strings.Builder
	b.WriteString(list + "(" + object + "(")
	for i, name := range columns {
		if i > 0 {
			b.WriteString(", ")
		}
		value := "c." + name
		if d == sqlite && slices.Contains(nested, name) {
			value = "json(" + value + ")" // else it would be a string
		}
		b.WriteString("'" + name + "', " + value)
	}
	b.WriteString("))")
	return b.String()
}

// micros is the time from one column to another in microseconds. On PostgreSQL it goes over a float
// of seconds, which is exact for 68 years; extract would go over a numeric, at several times the cost.
func (d dialect) micros(from, to string) string {
	if d == sqlite {
		return "(" + to + " - " + from + ")"
	}
	return "(date_part('epoch', " + to + " - " + from + ") * 1000000)::bigint"
}

// hasTag is the condition that the tags of t hold the one in its argument, a JSON list or text.
func (d dialect) hasTag(tag string) (string, any) {
	if d == sqlite {
		return "EXISTS (SELECT 1 FROM json_each(t.tags) AS tag WHERE tag.value = ?)", tag
	}
	return "t.tags @> ?::jsonb", list{tag}
}

// errorClass sorts what databases say into the few answers the Store acts on.
type errorClass int

const (
	otherError   errorClass = iota
	duplicateRow            // a unique key
	missingRow              // a foreign key
	busy                    // deadlock, serialization failure, locked file: worth another try
)

// classify reads the SQLSTATE, or SQLite's result code or text: no driver is imported for it.
func classify(err error) (errorClass, string) {
	var state interface{ SQLState() string }
	if asError(err, &state) {
		switch code := state.SQLState(); code {
		case "23505":
			return duplicateRow, code
		case "23503":
			return missingRow, code
		case "40001", "40P01":
			return busy, code
		default:
			return otherError, code
		}
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "UNIQUE constraint failed"):
		return duplicateRow, ""
	case strings.Contains(text, "FOREIGN KEY constraint failed"):
		return missingRow, ""
	case strings.Contains(text, "database is locked"), strings.Contains(text, "SQLITE_BUSY"):
		return busy, ""
	}
	return otherError, ""
}
