package bunstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// A commit on a connection of pgx: the statements are prepared, and their arguments travel beside
// them. All go to the server at once, and PostgreSQL makes one transaction of them. So there is one
// round trip, as with one statement of text, and the server neither parses nor plans. Because a
// statement waits for none before it, those whose number of rows matters raise an error themselves.

// forPgx is a statement with parameters in the place of its rows.
type forPgx struct {
	name string // as a prepared statement
	sql  string
}

// prepare makes the two forms of a statement: for one row, which is executed once for each row, and
// for many, in which each parameter is an array of the values of one column.
func (st *rowStatement) prepare() {
	form := func(rows, want string) forPgx {
		sql := strings.Replace(st.sql, "?", rows, 1)
		if st.state != "" && !st.unique {
			if !st.reads {
				sql += " RETURNING 1"
			}
			sql = "WITH done AS (" + sql + ") SELECT helpdesk_expect((SELECT count(*) FROM done), " + want + ", '" + string(st.state) + "')"
		}
		sum := sha256.Sum256([]byte(sql))
		return forPgx{name: "helpdesk_" + hex.EncodeToString(sum[:8]), sql: sql}
	}
	values, arrays := make([]string, len(st.fields)), make([]string, len(st.fields))
	st.formats = make([]int16, len(st.fields))
	for i, f := range st.fields {
		switch f.IndirectType {
		case reflect.TypeFor[instant](), reflect.TypeFor[due]():
			st.formats[i] = pgx.BinaryFormatCode
		}
		values[i] = "$" + strconv.Itoa(i+1) + "::" + f.UserSQLType
		arrays[i] = values[i] + "[]"
	}
	st.one = form("VALUES ("+strings.Join(values, ", ")+")", "1")
	st.many = form("SELECT * FROM unnest("+strings.Join(arrays, ", ")+")", "cardinality("+arrays[0]+")")
}

// request is one execution of a statement. An empty name does not prepare it.
type request struct {
	forPgx
	of      *rowStatement
	row     any      // a pointer to the model, when it is of one row
	args    [][]byte // nil is NULL
	formats []int16  // of the arguments; nil when all are text
}

// requests are the executions of the steps. A few rows are executed one by one, so that there is
// one prepared statement for any number of them, which PostgreSQL plans once. Many rows are one
// execution. It is planned anew each time, since a plan from the time when a table was small would
// read the whole table.
func requests(steps []step, prepared bool) ([]request, error) {
	var all []request
	list := arguments{bytes: make([]byte, 0, 2<<10), all: make([][]byte, 0, 128)}
	for _, st := range steps {
		rows := reflect.ValueOf(st.rows).Elem()
		few := st.n == 1 || (prepared && st.n < manyRows)
		if !few {
			args, err := arraysOf(st.fields, rows)
			if err != nil {
				return nil, err
			}
			all = append(all, request{forPgx: forPgx{sql: st.many.sql}, of: st.rowStatement, args: args})
			continue
		}
		for i := range st.n {
			args, err := list.of(st.fields, rows.Index(i))
			if err != nil {
				return nil, err
			}
			r := request{forPgx: st.one, of: st.rowStatement, row: rows.Index(i).Addr().Interface(), args: args, formats: st.formats}
			if !prepared {
				r.name = ""
			}
			all = append(all, r)
		}
	}
	return all, nil
}

// arguments are the arguments of several executions, in few pieces of memory.
type arguments struct {
	bytes []byte
	all   [][]byte
}

// of writes one argument a column: times in binary, which is shorter to write and to read, and
// other values as text.
func (a *arguments) of(fields []*schema.Field, row reflect.Value) ([][]byte, error) {
	first := len(a.all)
	for _, f := range fields {
		var null bool
		var err error
		from := len(a.bytes)
		switch v := f.Value(row).Addr().Interface().(type) {
		case *instant:
			a.bytes, null = appendTime(a.bytes, v.Time, false)
		case *due:
			a.bytes, null = appendTime(a.bytes, v.Time, true)
		default:
			a.bytes, null, err = appendText(a.bytes, v)
		}
		if err != nil {
			return nil, err
		}
		arg := a.bytes[from:len(a.bytes):len(a.bytes)]
		if null {
			arg = nil
		}
		a.all = append(a.all, arg)
	}
	return a.all[first:len(a.all):len(a.all)], nil
}

// arraysOf writes one array a column.
func arraysOf(fields []*schema.Field, rows reflect.Value) ([][]byte, error) {
	args := make([][]byte, len(fields))
	var value []byte
	for i, f := range fields {
		array := append(make([]byte, 0, 16*rows.Len()), '{')
		for j := range rows.Len() {
			if j > 0 {
				array = append(array, ',')
			}
			text, null, err := appendText(value[:0], f.Value(rows.Index(j)).Addr().Interface())
			if err != nil {
				return nil, err
			}
			if null {
				array = append(array, "NULL"...)
			} else {
				array = appendQuoted(array, text)
			}
			value = text
		}
		args[i] = append(array, '}')
	}
	return args, nil
}

// writeByPgx does all the steps or none. It returns false if the connection turns out not to be one
// of pgx.
func (s *Store) writeByPgx(ctx context.Context, steps []step, wait time.Duration) (done bool, err error) {
	send := func(conn *pgx.Conn) error {
		prepared := !s.unprepared.Load()
		err := s.send(ctx, conn.PgConn(), steps, wait, prepared)
		if prepared && statementLost(err) {
			s.unprepared.Store(true)
			err = s.send(ctx, conn.PgConn(), steps, wait, false)
		}
		return err
	}
	if tx, ok := s.run.(bun.Tx); ok {
		in := &inside{do: send}
		_, err = tx.Tx.ExecContext(ctx, "RELEASE SAVEPOINT helpdesk", in)
		if in.err != nil {
			err = in.err
		}
		return in.reached, err
	}
	conn, err := s.db.DB.Conn(ctx)
	if err != nil {
		return true, err
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		on, ok := c.(interface{ Conn() *pgx.Conn })
		if done = ok; !ok {
			return nil
		}
		return send(on.Conn())
	})
	return done, err
}

// inside gets at the connection of a transaction. The package database/sql shows it to nobody, but
// pgx hands it to an argument that rewrites the query.
type inside struct {
	do      func(*pgx.Conn) error
	reached bool
	err     error
}

// RewriteQuery implements [pgx.QueryRewriter].
func (in *inside) RewriteQuery(_ context.Context, conn *pgx.Conn, sql string, _ []any) (string, []any, error) {
	in.reached = true
	in.err = in.do(conn)
	return sql, nil, in.err
}

// send sends the steps and reads the answers. In the host's transaction it begins with a savepoint,
// which is there afterwards unless there is an error.
func (s *Store) send(ctx context.Context, conn *pgconn.PgConn, steps []step, wait time.Duration, prepared bool) error {
	all, err := requests(steps, prepared)
	if err != nil {
		return err
	}
	switch {
	case s.bound:
		all = append([]request{{forPgx: forPgx{sql: "SAVEPOINT helpdesk"}, of: &rowStatement{}}}, all...)
	case wait > 0:
		all = append([]request{{forPgx: forPgx{sql: lockTimeout(wait)}, of: &rowStatement{}}}, all...)
	}
	answered, err := pipe(ctx, conn, all)
	if err != nil && s.bound && answered > 0 { // else there is no savepoint
		// A cancelled context must not keep the host from going on.
		_, _ = conn.Exec(context.WithoutCancel(ctx), "ROLLBACK TO SAVEPOINT helpdesk; RELEASE SAVEPOINT helpdesk").ReadAll()
	}
	if err != nil && answered < len(all) {
		err = &refusedAt{err, all[answered].row}
	}
	return err
}

// refusedAt is an error and the row at which it came, nil when it came at several.
type refusedAt struct {
	error
	row any
}

func (e *refusedAt) Unwrap() error { return e.error }

// pipe executes all the requests in one round trip, up to the first error. It returns the number of
// requests that were executed.
func pipe(ctx context.Context, conn *pgconn.PgConn, all []request) (answered int, err error) {
	known, _ := conn.CustomData()["helpdesk"].(map[string]bool) // the statements prepared on this connection
	if known == nil {
		known = map[string]bool{}
		conn.CustomData()["helpdesk"] = known
	}
	p := conn.StartPipeline(ctx)
	asked := map[string]bool{}
	for i := range all {
		r := &all[i]
		switch {
		case r.name == "":
			p.SendQueryParams(r.sql, r.args, nil, r.formats, nil)
			continue
		case !known[r.name] && !asked[r.name]:
			asked[r.name] = true
			p.SendPrepare(r.name, r.sql, nil)
		}
		p.SendQueryPrepared(r.name, r.args, r.formats, nil)
	}
	for err = p.Sync(); err == nil && answered < len(all); {
		r := &all[answered]
		if asked[r.name] && !known[r.name] {
			if _, err = p.GetResults(); err != nil {
				break
			}
			known[r.name] = true
		}
		var answer any
		if answer, err = p.GetResults(); err == nil {
			result, ok := answer.(*pgconn.ResultReader)
			if !ok {
				err = fmt.Errorf("the answer to a statement is a %T", answer)
				break
			}
			_, err = result.Close()
		}
		if class, _ := classify(err); class == duplicateRow && r.of.unique {
			err = &shortfall{state: r.of.state}
		}
		if err == nil {
			answered++
		}
	}
	if closed := p.Close(); err == nil {
		err = closed
	}
	return answered, err
}

// statementLost reports whether a connection does not know a statement that was prepared on it, or
// knows one that was not: a pooler gives the client another connection for each transaction.
func statementLost(err error) bool {
	_, code := classify(err)
	return code == "26000" || code == "42P05"
}
