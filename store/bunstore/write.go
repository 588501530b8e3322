package bunstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// shortfall names the step whose number of rows is wrong.
type shortfall struct {
	state     state
	got, want int64
}

func (e *shortfall) Error() string { return fmt.Sprintf("%d of %d rows (%s)", e.got, e.want, e.state) }

// write does all the steps or none. A wait above 0 is the longest for rows that others keep; SQLite
// has one writer, and a host's transaction has a lock_timeout of its own.
func (s *Store) write(ctx context.Context, steps []step, wait time.Duration) error {
	if s.dialect == postgres {
		return s.writeOnPostgres(ctx, steps, wait)
	}
	run := func(on bun.IDB) error {
		for _, st := range steps {
			if err := s.do(ctx, on, st); err != nil {
				return err
			}
		}
		return nil
	}
	if s.bound {
		return s.savepoint(ctx, run)
	}
	return s.immediate(ctx, run)
}

func (s *Store) writeOnPostgres(ctx context.Context, steps []step, wait time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err // a host's transaction has no savepoint to go back to
	}
	if s.pgx {
		if done, err := s.writeByPgx(ctx, steps, wait); done {
			return err
		}
	}
	text, err := s.text(steps)
	switch {
	case err != nil:
		return err
	case s.bound:
		return s.guarded(ctx, text)
	case wait > 0: // both are one transaction
		text = lockTimeout(wait) + "; " + text
	}
	return exec(ctx, s.run, text)
}

// lockTimeout limits the waits of a transaction for rows that others keep.
func lockTimeout(wait time.Duration) string {
	return "SELECT set_config('lock_timeout', '" + strconv.FormatInt(max(1, wait.Milliseconds()), 10) + "', true)"
}

// text makes one statement of the steps, for drivers other than pgx. Each step is a common table
// expression. The main query compares their numbers of rows, in order, and raises an error for a
// wrong one.
func (s *Store) text(steps []step) (string, error) {
	b := make([]byte, 0, 8<<10)
	var expect []byte
	for i, st := range steps {
		b = append(b, map[bool]string{true: "WITH ", false: ",\n"}[i == 0]...)
		name := "s" + strconv.Itoa(i)
		b = append(b, name+" AS ("...)
		var err error
		if b, err = s.query(st).AppendQuery(s.db.QueryGen(), b); err != nil {
			return "", err
		}
		if !st.reads {
			b = append(b, " RETURNING 1"...)
		}
		b = append(b, ')')
		if st.state != "" {
			if expect != nil {
				expect = append(expect, ", "...)
			}
			expect = fmt.Appendf(expect, "helpdesk_expect((SELECT count(*) FROM %s), %d, '%s')", name, st.n, st.state)
		}
	}
	if expect == nil {
		expect = append(expect, '1')
	}
	b = append(b, "\nSELECT "...)
	return string(append(b, expect...)), nil
}

// query is a step with its rows in the text.
func (s *Store) query(st step) schema.QueryAppender {
	sql := st.sql
	if st.unique {
		sql += " ON CONFLICT DO NOTHING"
	}
	return s.db.NewRaw(sql, rowsOf{s.db, st.rows, st.fields})
}

// guarded runs a statement in the host's transaction, within a savepoint, so that its failure does
// not spoil the transaction. All three statements are sent at once: without arguments drivers use
// the simple protocol.
func (s *Store) guarded(ctx context.Context, text string) error {
	err := exec(ctx, s.run, "SAVEPOINT helpdesk; "+text+"; RELEASE SAVEPOINT helpdesk")
	if err == nil {
		return nil
	}
	// A cancelled context must not keep the host from going on. If the transaction was already
	// spoilt there is no savepoint; err says so.
	_ = exec(context.WithoutCancel(ctx), s.run, "ROLLBACK TO SAVEPOINT helpdesk; RELEASE SAVEPOINT helpdesk")
	return err
}

// do runs one step and compares its number of rows.
func (s *Store) do(ctx context.Context, on bun.IDB, st step) error {
	text, err := s.query(st).AppendQuery(s.db.QueryGen(), nil)
	if err != nil {
		return err
	}
	var got int64
	if st.reads {
		err = on.QueryRowContext(ctx, "SELECT count(*) FROM ("+string(text)+")").Scan(&got)
	} else {
		res, failed := on.ExecContext(ctx, string(text))
		if err = failed; err == nil {
			got, err = res.RowsAffected()
		}
	}
	if err == nil && st.state != "" && got != int64(st.n) {
		err = &shortfall{st.state, got, int64(st.n)}
	}
	return err
}

// savepoint runs fn in the host's transaction and rolls its work back when it fails.
func (s *Store) savepoint(ctx context.Context, fn func(on bun.IDB) error) error {
	if err := exec(ctx, s.run, "SAVEPOINT helpdesk"); err != nil {
		return err
	}
	err := fn(s.run)
	if err == nil {
		return exec(ctx, s.run, "RELEASE SAVEPOINT helpdesk")
	}
	ctx = context.WithoutCancel(ctx)
	if exec(ctx, s.run, "ROLLBACK TO SAVEPOINT helpdesk") == nil {
		_ = exec(ctx, s.run, "RELEASE SAVEPOINT helpdesk")
	}
	return err
}

// immediate runs fn in a SQLite transaction that has the write lock from the start. A transaction
// that begins by reading could not get the lock once another has written. The writers of this
// process wait for each other here instead of polling the file.
func (s *Store) immediate(ctx context.Context, fn func(on bun.IDB) error) error {
	select {
	case s.writer <- struct{}{}:
		defer func() { <-s.writer }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.onConn(ctx, "BEGIN IMMEDIATE", fn)
}

// onConn runs fn between begin and COMMIT on one connection.
func (s *Store) onConn(ctx context.Context, begin string, fn func(on bun.IDB) error) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := exec(ctx, conn, begin); err != nil {
		return err
	}
	if err = fn(conn); err == nil {
		err = exec(ctx, conn, "COMMIT")
	}
	if err != nil {
		_ = exec(context.WithoutCancel(ctx), conn, "ROLLBACK")
	}
	return err
}

// snapshot runs reads that belong together on a store that sees one moment. In the host's
// transaction its isolation level decides. A nonempty set is a statement that tunes PostgreSQL for
// these reads; the host's transaction stays as it is. It is sent together with BEGIN: without
// arguments drivers use the simple protocol.
func (s *Store) snapshot(ctx context.Context, set string, fn func(s *Store) error) error {
	if s.bound {
		return fn(s)
	}
	begin := "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	if s.dialect == sqlite {
		begin = "BEGIN DEFERRED"
	}
	if set != "" {
		begin += "; " + set
	}
	return s.onConn(ctx, begin, func(on bun.IDB) error {
		t := *s
		t.run = on
		return fn(&t)
	})
}
