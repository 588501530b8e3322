// Package migrators_test runs the migrations with the tools that hosts run them with.
package migrators_test

import (
	"context"
	"database/sql"
	"os"
	"regexp"
	"testing"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database"
	"github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/golang-migrate/migrate/v4/database/sqlite"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// withGoose is the call that docs/operations.md shows.
func withGoose(ctx context.Context, db *sql.DB) error {
	files, err := bunstore.GooseMigrations(dialect.PG)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// withGolangMigrate is the call that docs/operations.md shows.
func withGolangMigrate(db *sql.DB) error {
	files, err := bunstore.Migrations(dialect.PG)
	if err != nil {
		return err
	}
	source, err := iofs.New(files, ".")
	if err != nil {
		return err
	}
	driver, err := pgx.WithInstance(db, &pgx.Config{})
	if err != nil {
		return err
	}
	m, err := migrate.NewWithInstance("iofs", source, "pgx5", driver)
	if err != nil {
		return err
	}
	return m.Up()
}

func TestTheDocumentedCalls(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	require.NoError(t, withGoose(t.Context(), db.DB))
	require.NoError(t, storeOn(t, db).Check(t.Context()))
	db = dbtest.Postgres(t)
	require.NoError(t, withGolangMigrate(db.DB))
	require.NoError(t, storeOn(t, db).Check(t.Context()))

	here, err := os.ReadFile("migrators_test.go")
	require.NoError(t, err)
	page, err := os.ReadFile("../../../../docs/operations.md")
	require.NoError(t, err)
	samples := regexp.MustCompile("(?s)```go\n(func with.*?\n)```").FindAllSubmatch(page, -1)
	require.Len(t, samples, 2)
	for _, sample := range samples {
		require.Contains(t, string(here), string(sample[1]), "docs/operations.md shows what is run here")
	}
}

// tool runs migrations in a database: all of them up, the last one down, all of them down.
type tool struct{ up, downOne, down func() error }

func TestGoose(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) tool {
		name := goose.DialectSQLite3
		if db.Dialect().Name() == dialect.PG {
			name = goose.DialectPostgres
		}
		files, err := bunstore.GooseMigrations(db.Dialect().Name())
		require.NoError(t, err)
		p, err := goose.NewProvider(name, db.DB, files)
		require.NoError(t, err)
		return tool{
			up:      func() error { _, err := p.Up(t.Context()); return err },
			downOne: func() error { _, err := p.Down(t.Context()); return err },
			down:    func() error { _, err := p.DownTo(t.Context(), 0); return err },
		}
	})
}

func TestGolangMigrate(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) tool {
		var driver database.Driver
		var err error
		if db.Dialect().Name() == dialect.PG {
			driver, err = pgx.WithInstance(db.DB, &pgx.Config{})
		} else {
			driver, err = sqlite.WithInstance(db.DB, &sqlite.Config{})
		}
		require.NoError(t, err)
		files, err := bunstore.Migrations(db.Dialect().Name())
		require.NoError(t, err)
		source, err := iofs.New(files, ".")
		require.NoError(t, err)
		m, err := migrate.NewWithInstance("iofs", source, "", driver)
		require.NoError(t, err)
		return tool{up: m.Up, downOne: func() error { return m.Steps(-1) }, down: m.Down}
	})
}

// onBoth brings a database up, down to nothing, up, one down, and up.
func onBoth(t *testing.T, open func(t *testing.T, db *bun.DB) tool) {
	t.Parallel()
	for name, empty := range map[string]func(testing.TB) *bun.DB{"postgres": dbtest.Postgres, "sqlite": dbtest.SQLite} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := empty(t)
			store, use := storeOn(t, db), open(t, db)
			require.NoError(t, use.up())
			require.NoError(t, store.Check(t.Context()), "the schema is that of Migrate")
			require.NoError(t, store.Migrate(t.Context()), "which finds nothing to do")
			require.NoError(t, use.down())
			require.ErrorContains(t, store.Check(t.Context()), "no tables of a help desk")
			require.Empty(t, tables(t, db), "down leaves nothing")

			require.NoError(t, use.up())
			require.NoError(t, use.downOne())
			require.ErrorContains(t, store.Check(t.Context()), "run Migrate")
			require.NoError(t, use.up())
			require.NoError(t, store.Check(t.Context()))
		})
	}
}

func storeOn(t *testing.T, db *bun.DB) *bunstore.Store {
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	return store
}

// tables lists those of a help desk.
func tables(t *testing.T, db *bun.DB) (names []string) {
	query := "SELECT name FROM sqlite_master WHERE name LIKE 'helpdesk%'"
	if db.Dialect().Name() == dialect.PG {
		query = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname LIKE 'helpdesk%'"
	}
	require.NoError(t, db.NewRaw(query).Scan(t.Context(), &names))
	return names
}
