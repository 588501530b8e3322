package bunstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"
)

//go:embed migration
var migrations embed.FS

// Migrations returns the numbered pairs of SQL files, NNNN_name.up.sql and .down.sql, for
// PostgreSQL or SQLite: for a host that runs them with a tool of its own. Each up writes
// its number into helpdesk_migrations, which is what Check reads. The tool golang-migrate takes
// the files as they are; for goose see [GooseMigrations].
func Migrations(name bundialect.Name) (fs.FS, error) {
	switch name {
	case bundialect.PG:
		return fs.Sub(migrations, "migration/postgres")
	case bundialect.SQLite:
		return fs.Sub(migrations, "migration/sqlite")
	}
	return nil, fmt.Errorf("bunstore: migrations: dialect %s is neither PostgreSQL nor SQLite", name)
}

// migrationLock is the key of PostgreSQL's advisory lock under which migrations run: "helpdesk"
// in ASCII. Unlike a row that says "locked" it is gone when its holder crashes.
const migrationLock = 0x68656c706465736b

// Migrate brings the schema up to date, in one transaction. Any number of processes may
// call it at once: the first does it, the others wait and find it done. It refuses a schema
// that a newer build has made.
func (s *Store) Migrate(ctx context.Context) error {
	all, err := s.upFiles()
	if err != nil {
		return fail("migrate", err)
	}
	run := func(on bun.IDB) error {
		if s.dialect == postgres {
			if err := exec(ctx, on, "SELECT pg_advisory_xact_lock("+strconv.Itoa(migrationLock)+")"); err != nil {
				return err
			}
		}
		version, err := s.version(ctx, on)
		if err != nil {
			return err
		}
		if version > len(all) {
			return tooNew(version, len(all))
		}
		for i, text := range all {
			if i < version {
				continue
			}
			if err := exec(ctx, on, text); err != nil {
				return fmt.Errorf("migration %d: %w", i+1, err)
			}
		}
		if s.dialect == postgres {
			return s.adoptEvents(ctx, on)
		}
		return nil
	}
	switch {
	case s.bound:
		err = run(s.run)
	case s.dialect == sqlite:
		err = s.immediate(ctx, run)
	default:
		err = s.onConn(ctx, "BEGIN", run)
	}
	return fail("migrate", err)
}

// Check returns an error unless the schema is the one this build works with. It compares the number
// of the last migration, and then every table, column, constraint, index, sequence and function
// with what the migrations up to that number make. The error names the first difference.
//
// A host may add to the schema: tables, indexes, foreign keys and checks, and columns of its own in
// the tables of a help desk, each of which allows NULL or has a default. A unique index or
// constraint of the host's is refused, since a help desk may write rows that it does not allow.
// Check does not look at the order of columns, storage parameters, triggers, comments, owners and
// privileges.
//
// On PostgreSQL it also returns an error when a dump of another server was restored whose
// transaction ids are ahead of this one's. Migrate takes these ids away.
func (s *Store) Check(ctx context.Context) error {
	all, err := s.upFiles()
	if err != nil {
		return fail("check", err)
	}
	version, err := s.version(ctx, s.run)
	switch {
	case err != nil:
	case version == 0:
		err = errors.New("the database has no tables of a help desk: run Migrate")
	case version < len(all):
		err = fmt.Errorf("the schema is at version %d, this build needs %d: run Migrate", version, len(all))
	case version > len(all):
		err = tooNew(version, len(all))
	}
	if err == nil && s.dialect == postgres {
		err = s.checkServer(ctx)
	}
	if err == nil {
		err = s.checkSchema(ctx, len(all))
	}
	if err == nil && s.dialect == postgres {
		err = s.checkEvents(ctx)
	}
	return fail("check", err)
}

// tooNew is the error of a build that is older than the schema.
func tooNew(version, known int) error {
	return fmt.Errorf("the schema is at version %d, this build knows only %d: run a newer build", version, known)
}

// checkServer refuses a database that could not hold every text, and a session in which a backslash
// would escape: Bun doubles quotes and leaves backslashes alone.
func (s *Store) checkServer(ctx context.Context) error {
	for _, need := range [][2]string{{"server_encoding", "UTF8"}, {"standard_conforming_strings", "on"}} {
		var got string
		if err := s.run.NewRaw("SELECT current_setting(?)", need[0]).Scan(ctx, &got); err != nil {
			return err
		}
		if got != need[1] {
			return fmt.Errorf("%s is %s and has to be %s", need[0], got, need[1])
		}
	}
	return nil
}

// version returns the number of the last migration that ran, 0 for none.
func (s *Store) version(ctx context.Context, on bun.IDB) (version int, err error) {
	there := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'helpdesk_migrations'"
	if s.dialect == postgres {
		there = "SELECT count(*) FROM (SELECT to_regclass('helpdesk_migrations') AS oid) AS r WHERE oid IS NOT NULL"
	}
	var n int
	if err := on.QueryRowContext(ctx, there).Scan(&n); err != nil || n == 0 {
		return 0, err
	}
	err = on.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM helpdesk_migrations").Scan(&version)
	return version, err
}

// upFiles returns the text of each migration; the first has number 1.
func (s *Store) upFiles() ([]string, error) {
	files, err := Migrations(s.db.Dialect().Name())
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*.up.sql") // in order of name
	if err != nil {
		return nil, err
	}
	var all []string
	for i, name := range names {
		if n, err := strconv.Atoi(name[:strings.IndexByte(name, '_')]); err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s is not number %d", name, i+1)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, string(text))
	}
	return all, nil
}
