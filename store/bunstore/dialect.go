package bunstore

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
)

// dialect is a database by name. What PostgreSQL and SQLite do not write alike is in this file,
// but for how a change is made atomic (write.go), tasks are leased (lease.go) and new events are
// found (stream.go).
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

// jsonRows is an aggregate that makes a JSON array of arrays with these columns of c.
func (d dialect) jsonRows(columns []string, nested ...string) string {
	values := make([]string, len(columns))
	for i, name := range columns {
		values[i] = "c." + name
		if d == sqlite && slices.Contains(nested, name) {
			values[i] = "json(" + values[i] + ")" // else it would be a string
		}
	}
	if d == sqlite {
		return "json_group_array(json_array(" + strings.Join(values, ", ") + "))"
	}
	return "json_agg(json_build_array(" + strings.Join(values, ", ") + "))"
}

// micros is the time from one column to another in microseconds. On PostgreSQL it goes over a float
// of seconds, which is exact for 68 years; extract would go over a numeric, at several times the
// cost.
func (d dialect) micros(from, to string) string {
	if d == sqlite {
		return "(" + to + " - " + from + ")"
	}
	return "(date_part('epoch', " + to + " - " + from + ") * 1000000)::bigint"
}

// unixMicro is a time in microseconds since 1970.
func (d dialect) unixMicro(at string) string {
	if d == sqlite {
		return at
	}
	return "(date_part('epoch', " + at + ") * 1000000)::bigint"
}

// jsonList is a JSON array of columns, as text.
func (d dialect) jsonList(columns string) string {
	if d == sqlite {
		return "json_array(" + columns + ")"
	}
	return "json_build_array(" + columns + ")::text"
}

// joinClocks joins the clocks of the tickets d. PostgreSQL looks them up ticket by ticket: where it
// guesses that many tickets are overdue, it would rather read the clocks of all.
func (d dialect) joinClocks() string {
	const of = "helpdesk_clocks AS c %s c.tenant_id = d.tenant_id AND c.ticket_id = d.id"
	if d == sqlite {
		return "\nJOIN " + fmt.Sprintf(of, "ON")
	}
	return "\nJOIN LATERAL (SELECT * FROM " + fmt.Sprintf(of, "WHERE") + " OFFSET 0) AS c ON TRUE"
}

// pieces finds the step between bounds that a column is in, counted from 0. It returns a part in
// front of a statement, the number, and a join with the column's table. A time from the last bound
// on is in one more step if there is one, else in any or none.
func (d dialect) pieces(column string, bounds []time.Time, more bool) (with, number, join string) {
	if d == postgres {
		texts := make([]string, len(bounds))
		for i, b := range bounds {
			texts[i] = ceil(b).UTC().Format(microseconds)
		}
		return "", "width_bucket(" + column + ", '{" + strings.Join(texts, ",") + "}'::timestamptz[]) - 1", ""
	}
	rows := make([]string, 0, len(bounds))
	for i, b := range bounds {
		to := int64(math.MaxInt64)
		switch {
		case i+1 < len(bounds):
			to = ceil(bounds[i+1]).UnixMicro()
		case !more:
			continue
		}
		rows = append(rows, fmt.Sprintf("(%d, %d, %d)", i, ceil(b).UnixMicro(), to))
	}
	return "WITH piece (n, lo, hi) AS (VALUES " + strings.Join(rows, ", ") + ") ", "piece.n",
		" JOIN piece ON " + column + " >= piece.lo AND " + column + " < piece.hi"
}

// moves is a join of an archived ticket t with the changes of the number of open tickets that it
// made: their times, their kinds, and the join.
func (d dialect) moves() (at, kind, join string) {
	if d == postgres {
		return "e.at", "e.move", ` CROSS JOIN LATERAL (SELECT 'epoch'::timestamptz + (m ->> 0)::bigint * interval '1 microsecond' AS at,
(m ->> 1)::smallint AS move FROM json_array_elements(t.moves) AS m) AS e`
	}
	return "json_extract(m.value, '$[0]')", "json_extract(m.value, '$[1]')", " JOIN json_each(t.moves) AS m"
}

// summing are the settings of a transaction that adds up much of a tenant; empty for none. For
// 123,000 among a million tickets PostgreSQL would otherwise read the whole table, because it takes
// an index page for four pages in the table's own order, although the tickets lie there by age. It
// would also sort on disk, and compile statements for longer than that saves. A server that gives
// more keeps its settings.
func (d dialect) summing() string {
	if d == sqlite {
		return ""
	}
	return `SELECT set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')) / 1024, 32768)::text, true),
set_config('random_page_cost', least(current_setting('random_page_cost')::float8, 1.1)::text, true), set_config('jit', 'off', true)`
}

// searching are the settings of a PostgreSQL transaction that searches. It reads rows from all over
// a table: effective_io_concurrency is the number of pages that are asked for in advance. A value
// of 0 stays: the system cannot be asked in advance, or is not to be. The planner takes the
// beginning of a word for far more common than it may be, and would read the whole table, and
// compile statements.
const searching = `SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('effective_io_concurrency',
CASE WHEN current_setting('effective_io_concurrency')::integer BETWEEN 1 AND 63 THEN '64' ELSE current_setting('effective_io_concurrency') END, true)`

// microseconds is a time as PostgreSQL writes it.
const microseconds = "2006-01-02 15:04:05.000000+00"

// since is the condition that a column is not before a time.
func (d dialect) since(column string, t time.Time) string {
	if d == postgres {
		return column + " >= '" + ceil(t).UTC().Format(microseconds) + "'"
	}
	return column + " >= " + strconv.FormatInt(ceil(t).UnixMicro(), 10)
}

// spreads are statements over the columns of a table d, without NULLs: the number in the list,
// step, group, count, sum, median and 90th percentile. Percentiles are those of nearest rank.
func (d dialect) spreads(stepped bool, wanted []measured) (all []string) {
	if d == sqlite {
		for i, w := range wanted {
			all = append(all, ranked(i, stepped, w))
		}
		return all
	}
	done := map[string]bool{}
	for _, w := range wanted {
		if !done[w.by] {
			done[w.by] = true
			all = append(all, sorted(w.by, stepped, wanted))
		}
	}
	return all
}

// grouped is the step and the name of a group, and the columns that make it, each after a comma.
func grouped(by string, stepped bool) (step, name, group string) {
	step, name = "0", "''"
	if stepped {
		step, group = "d.step", ", d.step"
	}
	if by != "" {
		name, group = "CAST(d."+by+" AS text)", group+", d."+by
	}
	return step, name, group
}

// clauseOf is a clause of a list that begins with a comma, if there is any.
func clauseOf(name, list string) string {
	if list == "" {
		return ""
	}
	return " " + name + " " + list[2:]
}

// sorted is the statement for all that is wanted by a column: PostgreSQL sorts by that once.
func sorted(by string, stepped bool, wanted []measured) string {
	step, name, group := grouped(by, stepped)
	columns, rows := step+" AS step, "+name+" AS name", ""
	for i, w := range wanted {
		if w.by != by {
			continue
		}
		n, v := strconv.Itoa(i), "d.v"+strconv.Itoa(w.what)
		columns += ", count(" + v + ") AS n" + n + ", coalesce(sum(" + v + "), 0)::bigint AS sum" + n +
			", coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY " + v + "), 0) AS p50_" + n + ", coalesce(percentile_disc(0.9) WITHIN GROUP (ORDER BY " + v + "), 0) AS p90_" + n
		if rows != "" {
			rows += ", "
		}
		rows += "(" + n + ", g.n" + n + ", g.sum" + n + ", g.p50_" + n + ", g.p90_" + n + ")"
	}
	return "SELECT w.i, g.step, g.name, w.n, w.sum, w.p50, w.p90 FROM (SELECT " + columns + " FROM d" + clauseOf("GROUP BY", group) + ") AS g, LATERAL (VALUES " + rows + ") AS w (i, n, sum, p50, p90)"
}

// ranked is the statement for one that is wanted: SQLite knows no percentiles.
func ranked(i int, stepped bool, w measured) string {
	step, name, group := grouped(w.by, stepped)
	rank := func(pct string) string {
		return "coalesce(max(CASE WHEN d.r = (d.n * " + pct + " + 99) / 100 THEN d.v END), 0)"
	}
	window, column := clauseOf("PARTITION BY", group), "d.v"+strconv.Itoa(w.what)
	return "SELECT " + strconv.Itoa(i) + " AS i, " + step + " AS step, " + name + " AS name, count(*) AS n, coalesce(sum(d.v), 0) AS sum, " + rank("50") + " AS p50, " + rank("90") + " AS p90" +
		" FROM (SELECT " + column + " AS v" + group + ", row_number() OVER (" + window + " ORDER BY " + column + ") AS r, count(*) OVER (" + window + ") AS n FROM d WHERE " + column + " IS NOT NULL) AS d" +
		clauseOf("GROUP BY", group)
}

// bytewise is a column as it is sorted fastest.
func (d dialect) bytewise(column string) string {
	if d == postgres {
		return column + ` COLLATE "C"`
	}
	return column
}

// hasTag is the condition that the tags of t hold the one in its argument, a JSON list or text.
func (d dialect) hasTag(tenant helpdesk.TenantID, tag string) (string, any) {
	if d == sqlite {
		return "EXISTS (SELECT 1 FROM json_each(t.tags) AS tag WHERE tag.value = ?)", tag
	}
	return "t.tag_keys @> ?::jsonb AND t.tag_keys <> '[]'::jsonb", tagKeys(tenant, []string{tag}) // the latter as the index says it
}

// hasCc is the condition that a customer with the mail address in its argument is in Cc of t.
// SQLite reads all tickets of the tenant that have anybody in Cc, once.
func (d dialect) hasCc(tenant helpdesk.TenantID, email string) (string, []any) {
	if d == sqlite {
		return "t.id IN (SELECT o.id FROM helpdesk_tickets AS o, json_each(o.cc) AS one WHERE o.tenant_id = ? AND o.cc <> '[]' AND one.value = ?)", []any{string(tenant), email}
	}
	return "(t.cc_keys @> ?::jsonb AND t.cc_keys <> '[]'::jsonb)", []any{tagKeys(tenant, []string{email})}
}

// errorClass sorts what databases say into the few answers the Store acts on.
type errorClass int

const (
	otherError   errorClass = iota
	duplicateRow            // a unique key
	missingRow              // a foreign key
	lockedRow               // lock_timeout
	busy                    // deadlock, serialization failure, locked file: worth another try
)

// classify reads the SQLSTATE, or SQLite's result code or text: no driver is imported for it.
func classify(err error) (errorClass, string) {
	if err == nil {
		return otherError, ""
	}
	var state interface{ SQLState() string }
	if asError(err, &state) {
		switch code := state.SQLState(); code {
		case "23505":
			return duplicateRow, code
		case "23503":
			return missingRow, code
		case "55P03":
			return lockedRow, code
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

// where returns what PostgreSQL was doing when it raised an error, which names a table; empty if
// the driver does not tell.
func where(err error) string {
	var pg *pgconn.PgError
	var other interface{ Field(k byte) string } // pgdriver's
	switch {
	case asError(err, &pg):
		return pg.Where
	case asError(err, &other):
		return other.Field('W')
	}
	return ""
}
