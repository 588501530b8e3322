// Package sqlitestore opens a help desk in a file, with nothing to install: bunstore on an
// embedded SQLite. Several processes may have the same file open.
package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the driver

	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// Store is a bunstore.Store that owns its database.
type Store struct {
	*bunstore.Store
}

// Open opens the file at path, makes it when it is not there, and brings its schema up to
// date: the file is the desk's own, so nobody else would. Close it when done.
func Open(path string) (*Store, error) {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return nil, fmt.Errorf("sqlitestore: open: %q is not the path of a file; memstore keeps a desk in memory", path)
	}
	db, err := OpenDB(path)
	if err != nil {
		return nil, err
	}
	store, err := bunstore.New(db, nil)
	if err == nil {
		err = store.Migrate(context.Background())
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("sqlitestore: open %s: %w", path, err)
	}
	return &Store{store}, nil
}

// OpenDB opens the file at path as a help desk needs it, without touching the tables in it: for
// a host that keeps its own in the same file.
func OpenDB(path string) (*bun.DB, error) {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", // how long to wait for a writer in another process, in milliseconds
		"synchronous(NORMAL)", // in WAL a crash of the process loses nothing
		"foreign_keys(1)",
	}}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", file.String())
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: open %s: %w", path, err)
	}
	if err := logAhead(db); err != nil {
		db.Close()
		return nil, fmt.Errorf("sqlitestore: open %s: %w", path, err)
	}
	return bun.NewDB(db, sqlitedialect.New()), nil
}

// logAhead puts the file into WAL mode, in which readers go on while somebody writes. That stays
// with the file. Of several processes that change the mode at once SQLite refuses all but one
// without waiting, so a refused one waits for the write lock, and looks again.
func logAhead(db *sql.DB) error {
	const tries = 100
	for try := 1; ; try++ {
		var mode string
		err := db.QueryRow("PRAGMA journal_mode = WAL").Scan(&mode)
		switch {
		case err == nil && mode != "wal":
			return fmt.Errorf("the file stays in journal mode %s", mode)
		case err == nil:
			return nil
		case try == tries || !strings.Contains(err.Error(), "SQLITE_BUSY"):
			return err
		}
		if tx, err := db.Begin(); err == nil { // immediate, by the DSN
			tx.Rollback()
		}
	}
}

// Close closes the file.
func (s *Store) Close() error { return s.DB().Close() }
