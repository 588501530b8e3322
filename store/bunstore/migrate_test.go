package bunstore_test

import (
	"database/sql"
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

func TestTenProcessesMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url, file := "", t.TempDir()+"/desk.db"
	for name, connect := range map[string]func(t *testing.T) (*bun.DB, error){
		"sqlite": func(t *testing.T) (*bun.DB, error) { return dbtest.SQLiteFile(t, file), nil },
		"postgres": func(t *testing.T) (*bun.DB, error) {
			if url == "" {
				url = dbtest.PostgresURL(t)
			}
			return dbtest.Connect(url)
		},
	} {
		t.Run(name, func(t *testing.T) {
			stores := make([]*bunstore.Store, 10) // each with a pool of its own, as a process has
			for i := range stores {
				db, err := connect(t)
				require.NoError(t, err)
				t.Cleanup(func() { db.Close() })
				stores[i] = storeOn(t, db)
			}
			errs := make([]error, len(stores))
			var wg sync.WaitGroup
			for i, store := range stores {
				wg.Go(func() { errs[i] = store.Migrate(t.Context()) })
			}
			wg.Wait()
			for i, err := range errs {
				require.NoError(t, err)
				require.NoError(t, stores[i].Check(t.Context()))
			}
		})
	}
}

func TestMigrationsGoUpAndDownAndUp(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		add(t, store, "acme", 1, nil)
		down(t, db)
		require.Empty(t, objects(t, db), "down leaves nothing")
		require.ErrorContains(t, store.Check(t.Context()), "run Migrate")
		require.NoError(t, store.Migrate(t.Context()))
		require.NoError(t, store.Check(t.Context()))
		add(t, store, "acme", 1, nil)
	})
}

func TestCheckNamesBothVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := storeOn(t, db)
		require.EqualError(t, store.Check(t.Context()), "bunstore: check: the database has no tables of a help desk: run Migrate")
		step(t, db, 1, "up")
		require.EqualError(t, store.Check(t.Context()), "bunstore: check: the schema is at version 1, this build needs 10: run Migrate")
		require.NoError(t, store.Migrate(t.Context()))
		_, err := db.ExecContext(t.Context(), "INSERT INTO helpdesk_migrations (version) VALUES (99)")
		require.NoError(t, err)
		require.EqualError(t, store.Check(t.Context()), "bunstore: check: the schema is at version 99, this build knows only 10: run a newer build")
		require.EqualError(t, store.Migrate(t.Context()), "bunstore: migrate: the schema is at version 99, this build knows only 10: run a newer build")
	})
}

// TestRenamingAWordLeavesTextsAlone has texts of people that look like what is renamed.
func TestRenamingAWordLeavesTextsAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		add(t, store, "acme", 3, func(i int, c *helpdesk.Change) {
			e := &c.Events[0]
			switch i {
			case 0:
				e.Type, e.Data = helpdesk.EventEscalated, json.RawMessage(`{"reason":"a\u0000b \"step\": \"rung\":","step":"\"step\":"}`)
			case 1:
				e.Type, e.Data = helpdesk.EventSLAAtRisk, json.RawMessage(`{"step":"x","due_at":"2026-03-02T10:10:00Z"}`)
			case 2:
				e.Data = json.RawMessage(`{"step":"of something else"}`)
			}
		})
		data := func() (all []string) {
			require.NoError(t, db.NewRaw("SELECT data FROM helpdesk_events ORDER BY at").Scan(t.Context(), &all))
			return all
		}
		before := data()
		step(t, db, 2, "down")
		require.Equal(t, []string{
			`{"reason":"a\u0000b \"step\": \"rung\":","rung":"\"step\":"}`, `{"rung":"x","due_at":"2026-03-02T10:10:00Z"}`, `{"step":"of something else"}`,
		}, data())
		step(t, db, 2, "up")
		require.Equal(t, before, data())
	})
}

// TestCheckRefusesEscapingBackslashes: Bun leaves a backslash as it is, so where it escapes
// a text could end its own quotes.
func TestCheckRefusesEscapingBackslashes(t *testing.T) {
	t.Parallel()
	url := dbtest.PostgresURL(t)
	migrated(t, dbtest.Open(t, url))
	db, err := sql.Open("pgx", url+"&standard_conforming_strings=off") // not the simple protocol, where pgx refuses by itself
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	store := storeOn(t, bun.NewDB(db, pgdialect.New()))
	require.EqualError(t, store.Check(t.Context()), "bunstore: check: standard_conforming_strings is off and has to be on")
}

// TestTenantLeadsEveryKey reads the migrations. These are exempt: tables without tenants; the rowid
// of SQLite, which is no key of the data; the indexes of words, tags and participants, which a hash of
// the tenant leads; the index of due tasks, because Lease goes over all tenants; that of new events, because
// one look finds those of all tenants; and the index of the times of messages, which lists no rows.
func TestTenantLeadsEveryKey(t *testing.T) {
	t.Parallel()
	exempt := map[string]bool{
		"version": true, "name": true, "seq": true, // of helpdesk_migrations, helpdesk_counters, and the rowid
		"words": true, "tag_keys": true, "cc_keys": true, "due_at": true, "at": true, "xid": true,
	}
	key := regexp.MustCompile(`(?i)(PRIMARY KEY|UNIQUE|FOREIGN KEY|REFERENCES \w+|INDEX \w+ ON \w+(?: USING \w+)?)\s*\(([^)]*)\)`)
	inline := regexp.MustCompile(`(?im)^\s*(\w+)\s+[a-z][^,(\n]*\b(?:PRIMARY KEY|UNIQUE|REFERENCES)\b`)
	for _, name := range []bundialect.Name{bundialect.PG, bundialect.SQLite} {
		files, err := bunstore.Migrations(name)
		require.NoError(t, err)
		names, err := fs.Glob(files, "*.up.sql")
		require.NoError(t, err)
		require.NotEmpty(t, names)
		found, overAll := 0, 0
		for _, file := range names {
			text, err := fs.ReadFile(files, file)
			require.NoError(t, err)
			keys := key.FindAllStringSubmatch(string(text), -1)
			found += len(keys)
			for _, k := range keys {
				first := strings.Fields(strings.ReplaceAll(k[2], ",", " "))[0]
				require.True(t, first == "tenant_id" || exempt[first], "%s: %s", file, k[0])
			}
			for _, k := range inline.FindAllStringSubmatch(string(text), -1) {
				require.True(t, exempt[k[1]] || k[1] == "CONSTRAINT", "%s: %s", file, k[0])
			}
			overAll += strings.Count(string(text), " (due_at)")
		}
		require.Greater(t, found, 20, "the pattern does not fit the text")
		require.Equal(t, 1, overAll, "exactly one index is over all tenants")
	}
}

// down runs the down files, last first.
func down(t *testing.T, db *bun.DB) {
	t.Helper()
	files, err := bunstore.Migrations(db.Dialect().Name())
	require.NoError(t, err)
	names, err := fs.Glob(files, "*.down.sql")
	require.NoError(t, err)
	for i := len(names) - 1; i >= 0; i-- {
		text, err := fs.ReadFile(files, names[i])
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), string(text))
		require.NoError(t, err)
	}
}

// objects lists what stands in the schema.
func objects(t *testing.T, db *bun.DB) (names []string) {
	t.Helper()
	query := "SELECT name FROM sqlite_master"
	if db.Dialect().Name() == bundialect.PG {
		query = `SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace`
	}
	require.NoError(t, db.NewRaw(query).Scan(t.Context(), &names))
	return names
}
