package bunstore_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"

	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// TestSchemas compares the description of each version's schema with what the migrations up to that
// version make of an empty database; with -update it writes them.
func TestSchemas(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		dialect := dialectOf(db)
		_, newest := files(t, dialect)
		for version := 1; version <= newest; version++ {
			step(t, db, version, "up")
			got, name := describe(t, db), filepath.Join("schema", dialect, fmt.Sprintf("%04d.txt", version))
			if *update {
				writeFile(t, name, got)
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, string(want), got, "%s is not what the migrations make: run this test with -update", name)
		}
	})
}

func dialectOf(db *bun.DB) string {
	if db.Dialect().Name() == bundialect.PG {
		return "postgres"
	}
	return "sqlite"
}

// step runs one migration file.
func step(t *testing.T, db bun.IDB, version int, direction string) {
	t.Helper()
	all, err := bunstore.Migrations(db.Dialect().Name())
	require.NoError(t, err)
	names, err := fs.Glob(all, fmt.Sprintf("%04d_*.%s.sql", version, direction))
	require.NoError(t, err)
	require.Len(t, names, 1)
	text, err := fs.ReadFile(all, names[0])
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), string(text))
	require.NoError(t, err)
}

// describe is the description of all that stands in a database of a help desk alone.
func describe(t *testing.T, db *bun.DB) string {
	t.Helper()
	var sequences, functions []string
	if dialectOf(db) == "postgres" {
		require.NoError(t, db.NewRaw(`SELECT relname FROM pg_class AS c WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'i') ORDER BY 1`).Scan(t.Context(), &sequences)) // not those of identity columns
		require.NoError(t, db.NewRaw(`SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace ORDER BY 1`).Scan(t.Context(), &functions))
	}
	text, err := storeOn(t, db).Schema(t.Context(), tables(t, db), sequences, functions)
	require.NoError(t, err)
	return text
}

// tables lists those of a database, without what SQLite keeps a virtual one in.
func tables(t *testing.T, db *bun.DB) (names []string) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'helpdesk_words_*' ORDER BY name"
	if db.Dialect().Name() == bundialect.PG {
		query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname"
	}
	require.NoError(t, db.NewRaw(query).Scan(t.Context(), &names))
	return names
}

// TestCheckNamesTheFirstDifference changes a schema in a transaction that is rolled back.
func TestCheckNamesTheFirstDifference(t *testing.T) {
	const is = "bunstore: check: the schema is not that of this version: "
	changes := map[string][][2]string{
		"postgres": {
			{`ALTER TABLE helpdesk_tickets DROP COLUMN tag_keys`, `table helpdesk_tickets has no column tag_keys`},
			{`ALTER TABLE helpdesk_tickets RENAME COLUMN due_at TO due`, `table helpdesk_tickets has no column due_at`},
			{`DROP TABLE helpdesk_spending`, `there is no table helpdesk_spending`},
			{`DROP INDEX helpdesk_tickets_queue`, `table helpdesk_tickets has no index helpdesk_tickets_queue`},
			{`DROP SEQUENCE helpdesk_lease_token`, `there is no sequence helpdesk_lease_token`},
			{`DROP FUNCTION helpdesk_expect`, `there is no function helpdesk_expect(bigint,bigint,text)`},
			{`CREATE OR REPLACE FUNCTION helpdesk_expect(got bigint, want bigint, state text) RETURNS boolean LANGUAGE sql AS 'SELECT true'`,
				`function helpdesk_expect(bigint,bigint,text) is "RETURNS boolean LANGUAGE sql AS SELECT true" and has to be "RETURNS boolean LANGUAGE plpgsql AS BEGIN`},
			{
				`ALTER TABLE helpdesk_spending ALTER COLUMN nano TYPE integer`,
				`column nano of table helpdesk_spending is "integer NOT NULL" and has to be "bigint NOT NULL"`,
			},
			{
				`ALTER TABLE helpdesk_spending ALTER COLUMN day TYPE text COLLATE "default"`,
				`column day of table helpdesk_spending is "text NOT NULL" and has to be "text COLLATE \"C\" NOT NULL"`,
			},
			{
				`ALTER TABLE helpdesk_spending ALTER COLUMN nano DROP NOT NULL`,
				`column nano of table helpdesk_spending is "bigint" and has to be "bigint NOT NULL"`,
			},
			{
				`ALTER TABLE helpdesk_spending ALTER COLUMN nano SET DEFAULT 7`,
				`column nano of table helpdesk_spending is "bigint NOT NULL DEFAULT 7" and has to be "bigint NOT NULL"`,
			},
			{
				`ALTER TABLE helpdesk_migrations ALTER COLUMN applied_at DROP DEFAULT`,
				`column applied_at of table helpdesk_migrations is`,
			},
			{
				`ALTER TABLE helpdesk_events ALTER COLUMN seq DROP IDENTITY`,
				`column seq of table helpdesk_events is "bigint NOT NULL" and has to be "bigint NOT NULL GENERATED ALWAYS AS IDENTITY"`,
			},
			{
				`ALTER TABLE helpdesk_spending DROP CONSTRAINT helpdesk_spending_pkey`,
				`table helpdesk_spending has no constraint helpdesk_spending_pkey`,
			},
			{
				`ALTER TABLE helpdesk_tickets DROP CONSTRAINT helpdesk_tickets_ref`,
				`table helpdesk_tickets has no constraint helpdesk_tickets_ref`,
			},
			{
				`ALTER TABLE helpdesk_clocks DROP CONSTRAINT helpdesk_clocks_tenant_id_ticket_id_fkey`,
				`table helpdesk_clocks has no constraint helpdesk_clocks_tenant_id_ticket_id_fkey`,
			},
			{
				`ALTER TABLE helpdesk_clocks ALTER CONSTRAINT helpdesk_clocks_tenant_id_ticket_id_fkey DEFERRABLE`,
				`constraint helpdesk_clocks_tenant_id_ticket_id_fkey of table helpdesk_clocks is "FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id) DEFERRABLE" and has to be "FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id)"`,
			},
			{
				`DROP INDEX helpdesk_tasks_due; CREATE INDEX helpdesk_tasks_due ON helpdesk_tasks (due_at)`,
				`index helpdesk_tasks_due of table helpdesk_tasks is "btree (due_at)" and has to be "btree (due_at) WHERE (NOT dead)"`,
			},
			{
				`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'helpdesk_mail_at'::regclass`,
				`index helpdesk_mail_at of table helpdesk_mail is "btree (tenant_id, at, id) (not valid)" and has to be "btree (tenant_id, at, id)"`,
			},
			{
				`CREATE UNIQUE INDEX mine ON helpdesk_mail (tenant_id, at)`,
				`index mine of table helpdesk_mail is not one of a help desk's: it refuses rows that a help desk writes`,
			},
			{
				`ALTER TABLE helpdesk_mail ADD CONSTRAINT mine UNIQUE (tenant_id, at)`,
				`constraint mine of table helpdesk_mail is not one of a help desk's: it refuses rows that a help desk writes`,
			},
			{
				`ALTER TABLE helpdesk_mail ADD COLUMN mine text NOT NULL`,
				`column mine of table helpdesk_mail is not one of a help desk's: it has to allow NULL or to have a default`,
			},
		},
		"sqlite": {
			{`ALTER TABLE helpdesk_spending DROP COLUMN nano`, `table helpdesk_spending has no column nano`},
			{`ALTER TABLE helpdesk_tickets RENAME COLUMN due_at TO due`, `table helpdesk_tickets has no column due_at`},
			{`DROP TABLE helpdesk_spending`, `there is no table helpdesk_spending`},
			{`DROP INDEX helpdesk_tickets_queue`, `table helpdesk_tickets has no index helpdesk_tickets_queue`},
			{
				`DROP INDEX helpdesk_tasks_due; CREATE INDEX helpdesk_tasks_due ON helpdesk_tasks (due_at)`,
				`index helpdesk_tasks_due of table helpdesk_tasks is "(due_at)" and has to be "(due_at) WHERE NOT dead"`,
			},
			{
				`DROP INDEX helpdesk_mail_at; CREATE INDEX helpdesk_mail_at ON helpdesk_mail (tenant_id, at DESC, id)`,
				`index helpdesk_mail_at of table helpdesk_mail is "(tenant_id, at DESC, id)" and has to be "(tenant_id, at, id)"`,
			},
			{
				`CREATE UNIQUE INDEX mine ON helpdesk_mail (tenant_id, at)`,
				`index mine of table helpdesk_mail is not one of a help desk's: it refuses rows that a help desk writes`,
			},
			{again("helpdesk_spending", "tenant_id text NOT NULL, day text NOT NULL, nano text NOT NULL, PRIMARY KEY (tenant_id, day)"),
				`column nano of table helpdesk_spending is "text NOT NULL" and has to be "integer NOT NULL"`},
			{again("helpdesk_spending", "tenant_id text NOT NULL, day text NOT NULL, nano integer, PRIMARY KEY (tenant_id, day)"),
				`column nano of table helpdesk_spending is "integer" and has to be "integer NOT NULL"`},
			{again("helpdesk_spending", "tenant_id text NOT NULL, day text NOT NULL, nano integer NOT NULL DEFAULT 7, PRIMARY KEY (tenant_id, day)"),
				`column nano of table helpdesk_spending is "integer NOT NULL DEFAULT 7" and has to be "integer NOT NULL"`},
			{again("helpdesk_spending", "tenant_id text NOT NULL, day text NOT NULL, nano integer NOT NULL, PRIMARY KEY (day, tenant_id)"),
				`table helpdesk_spending has no constraint PRIMARY KEY (tenant_id, day)`},
			{again("helpdesk_once", "tenant_id text NOT NULL, scope text NOT NULL, key text NOT NULL, ticket_id text, PRIMARY KEY (tenant_id, scope, key)"),
				`table helpdesk_once is "" and has to be "WITHOUT ROWID"`},
			{again("helpdesk_memory_vectors", "tenant_id text NOT NULL, ticket_id text NOT NULL, model text NOT NULL, solved_at integer NOT NULL, vector blob NOT NULL, PRIMARY KEY (tenant_id, ticket_id), FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_memory (tenant_id, ticket_id)"),
				`constraint FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_memory (tenant_id, ticket_id) of table helpdesk_memory_vectors is "ON UPDATE NO ACTION ON DELETE NO ACTION" and has to be "ON UPDATE NO ACTION ON DELETE CASCADE"`},
			{again("helpdesk_memory_vectors", "tenant_id text NOT NULL, ticket_id text NOT NULL, model text NOT NULL, solved_at integer NOT NULL, vector blob NOT NULL, PRIMARY KEY (tenant_id, ticket_id)"),
				`table helpdesk_memory_vectors has no constraint FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_memory (tenant_id, ticket_id)`},
			{again("helpdesk_spending", "tenant_id text NOT NULL, day text NOT NULL, nano integer NOT NULL, PRIMARY KEY (tenant_id, day), UNIQUE (nano)"),
				`constraint UNIQUE (nano) of table helpdesk_spending is not one of a help desk's: it refuses rows that a help desk writes`},
			{
				`DROP TABLE helpdesk_words; CREATE VIRTUAL TABLE helpdesk_words USING fts5 (words)`,
				`table helpdesk_words is "USING fts5 (words)" and has to be "USING fts5 (words, content`,
			},
		},
	}
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		require.NoError(t, store.Check(t.Context()))
		for _, c := range changes[dialectOf(db)] {
			err := checkAfter(t, store, c[0])
			require.Error(t, err, c[0])
			require.True(t, strings.HasPrefix(err.Error(), is+c[1]), "%s\n%s", c[0], err)
		}
		require.NoError(t, store.Check(t.Context()), "all is rolled back")
	})
}

func TestCheckToleratesWhatAHostAdds(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		host := `CREATE TABLE helpdesk_of_the_host (id text PRIMARY KEY, tenant_id text NOT NULL);
ALTER TABLE helpdesk_tickets ADD COLUMN host_order text;
ALTER TABLE helpdesk_tickets ADD COLUMN host_paid integer NOT NULL DEFAULT 0;
CREATE INDEX host_orders ON helpdesk_tickets (tenant_id, host_order);
CREATE VIEW host_view AS SELECT id FROM helpdesk_tickets;`
		if dialectOf(db) == "postgres" {
			host += `ALTER TABLE helpdesk_tickets ADD CONSTRAINT host_check CHECK (host_paid >= 0), ADD FOREIGN KEY (host_order) REFERENCES helpdesk_of_the_host (id);
ALTER TABLE helpdesk_tickets SET (fillfactor = 80);
ALTER INDEX helpdesk_search_at SET (autosummarize = off);
ALTER TABLE helpdesk_locks SET LOGGED;`
		}
		require.NoError(t, checkAfter(t, store, host))
	})
}

// TestCheckFindsTablesAlongTheSearchPath has another schema before that of the help desk.
func TestCheckFindsTablesAlongTheSearchPath(t *testing.T) {
	t.Parallel()
	url := dbtest.PostgresURL(t)
	migrated(t, dbtest.Open(t, url))
	other := regexp.MustCompile(`search_path=\w+`).FindString(dbtest.PostgresURL(t))
	store := storeOn(t, dbtest.Open(t, strings.Replace(url, "search_path=", other+",", 1)))
	require.NoError(t, store.Check(t.Context()))
	require.ErrorContains(t, checkAfter(t, store, "ALTER TABLE helpdesk_tickets DROP COLUMN tag_keys"), "has no column tag_keys")
}

// checkAfter is what Check says after a change, which is undone.
func checkAfter(t *testing.T, store *bunstore.Store, change string) error {
	t.Helper()
	conn, err := store.DB().Conn(t.Context())
	require.NoError(t, err)
	defer conn.Close()
	if dialectOf(store.DB()) == "sqlite" {
		_, err = conn.ExecContext(t.Context(), "PRAGMA foreign_keys = OFF")
		require.NoError(t, err)
		defer func() { _, _ = conn.ExecContext(t.Context(), "PRAGMA foreign_keys = ON") }()
	}
	tx, err := conn.BeginTx(t.Context(), &sql.TxOptions{})
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback()) }()
	_, err = tx.ExecContext(t.Context(), change)
	require.NoError(t, err, change)
	return store.WithTx(tx).Check(t.Context())
}

// again makes a table of SQLite anew.
func again(table, columns string) string {
	return "DROP TABLE " + table + "; CREATE TABLE " + table + " (" + columns + ")"
}
