package bunstore

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/similar"
)

// Store keeps a help desk in the tables named helpdesk_... of one database. Besides
// [helpdesk.Store] it is a [helpdesk.Searcher], [helpdesk.Loader], [helpdesk.Counter],
// [helpdesk.SettingsReader], [helpdesk.TenantsReader], [helpdesk.LoadAuditor], [helpdesk.Locker],
// [helpdesk.TenantsLocker], [helpdesk.Timekeeper], [report.Overviewer], [report.Plotter],
// [report.FlowCounter], [helpdesk.TaskLister], [helpdesk.EventStreamer], [helpdesk.Blobs],
// [archive.Store], [similar.Index] and [similar.VectorIndex].
type Store struct {
	db           *bun.DB // knows the dialect and builds statements
	run          bun.IDB // runs them: db, or the host's transaction
	bound        bool    // run is the host's transaction
	dialect      dialect
	cfg          Config
	statements   *statements     // of a commit
	ticketFields []*schema.Field // of scanTickets
	pgx          bool            // db's driver is pgx
	unprepared   *atomic.Bool    // connections do not keep prepared statements: see writeByPgx
	locks        *locks          // those of this process: see Lock
	writer       chan struct{}   // SQLite has one writer: those of this process queue here, in order
}

var (
	_ helpdesk.Store          = (*Store)(nil)
	_ helpdesk.SettingsReader = (*Store)(nil)
	_ helpdesk.TenantsReader  = (*Store)(nil)
	_ helpdesk.TenantsLocker  = (*Store)(nil)
	_ helpdesk.Searcher       = (*Store)(nil)
	_ helpdesk.Loader         = (*Store)(nil)
	_ helpdesk.Counter        = (*Store)(nil)
	_ helpdesk.LoadAuditor    = (*Store)(nil)
	_ helpdesk.Locker         = (*Store)(nil)
	_ report.Overviewer       = (*Store)(nil)
	_ report.Plotter          = (*Store)(nil)
	_ report.FlowCounter      = (*Store)(nil)
	_ helpdesk.TaskLister     = (*Store)(nil)
	_ helpdesk.Timekeeper     = (*Store)(nil)
	_ helpdesk.EventStreamer  = (*Store)(nil)
	_ similar.Index           = (*Store)(nil)
	_ similar.VectorIndex     = (*Store)(nil)
	_ helpdesk.Blobs          = (*Store)(nil)
	_ archive.Store           = (*Store)(nil)
)

// Config says how a Store works. Its zero value is fine.
type Config struct {
	// Retries is how often a Commit that met a deadlock or a serialization
	// failure is tried again before it is ErrConflict; 0 means 5, negative never. In a
	// host's transaction it is never tried again.
	Retries int

	// NoPreparedStatements keeps the Store from preparing statements on the connections of pgx.
	// Set it for a connection pooler that would serve each transaction from another connection
	// without its statements, such as PgBouncer in transaction mode with max_prepared_statements
	// of 0. Even if it is false, a Store stops preparing once a statement is missing. Other
	// drivers and SQLite do not prepare.
	NoPreparedStatements bool
}

// New returns a Store on db, whose dialect says whether that is PostgreSQL or SQLite. A
// nil cfg is the zero Config. New does no I/O; see [Store.Migrate] and [Store.Check].
func New(db *bun.DB, cfg *Config) (*Store, error) {
	if db == nil {
		return nil, fmt.Errorf("bunstore: new store: %w", &helpdesk.FieldError{Field: "db", Problem: "is nil"})
	}
	d, err := dialectOf(db)
	if err != nil {
		return nil, fmt.Errorf("bunstore: new store: %w", err)
	}
	if cfg == nil {
		cfg = &Config{}
	}
	_, pgx := db.Driver().(*stdlib.Driver)
	s := &Store{
		db: db, run: db, dialect: d, cfg: *cfg, statements: statementsOn(db, d), ticketFields: ticketFields(db), pgx: d == postgres && pgx, unprepared: new(atomic.Bool),
		writer: make(chan struct{}, 1), locks: newLocks(),
	}
	s.unprepared.Store(cfg.NoPreparedStatements)
	if s.cfg.Retries == 0 {
		s.cfg.Retries = 5
	}
	return s, nil
}

// WithTx returns the Store bound to a transaction of the host on the same database:
// it sees what tx sees, and what it commits is there when tx commits. A refused Commit
// leaves tx usable and unchanged. On SQLite tx should have begun immediately.
func (s *Store) WithTx(tx bun.Tx) *Store {
	t := *s
	t.run, t.bound = tx, true
	return &t
}

// DB returns the database the Store was made on.
func (s *Store) DB() *bun.DB { return s.db }

// fail wraps an error once, at the exported method.
func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("bunstore: %s: %w", op, err)
}

// exec runs one statement as it stands.
func exec(ctx context.Context, on bun.IDB, text string) error {
	_, err := on.ExecContext(ctx, text)
	return err
}
