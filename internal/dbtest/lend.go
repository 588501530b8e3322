package dbtest

import (
	"context"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// lent are the migrated schemas of the private server that no test has now.
var lent struct {
	sync.Mutex
	free []string // URLs
}

// Migrated is like Postgres with the tables of a bunstore, for a test that works with rows alone.
// Such tests take the same schemas one after the other, since one is emptied in a tenth of the time
// that it takes to make one. After a test that fails, and on a server that is not private, no other
// test gets the schema.
func Migrated(t testing.TB) *bun.DB {
	t.Helper()
	return Open(t, lend(t))
}

// MigratedByAnotherDriver is Migrated for PostgresByAnotherDriver.
func MigratedByAnotherDriver(t testing.TB) *bun.DB {
	t.Helper()
	return openByAnotherDriver(t, lend(t))
}

// lend returns the URL of a migrated schema without rows.
func lend(t testing.TB) string {
	t.Helper()
	base := serverOf(t, false)
	if os.Getenv(URLVariable) != "" {
		at := PostgresURL(t)
		migrate(t, at)
		return at
	}
	at, ok := borrow()
	if !ok {
		name := newName()
		made, err := createSchema(base, name)
		if err != nil {
			t.Fatal(err)
		}
		if at, err = named(made, name); err != nil {
			t.Fatal(err)
		}
		migrate(t, at)
	}
	t.Cleanup(func() { // after the test has closed its connections
		if !t.Failed() && run(at, emptied) == nil {
			lent.Lock()
			defer lent.Unlock()
			lent.free = append(lent.free, at)
		}
	})
	return at
}

func borrow() (at string, ok bool) {
	lent.Lock()
	defer lent.Unlock()
	n := len(lent.free)
	if n == 0 {
		return "", false
	}
	at, lent.free = lent.free[n-1], lent.free[:n-1]
	return at, true
}

// named adds the name of the program to a URL, by which emptied finds the connections to a schema.
func named(at, name string) (string, error) {
	u, err := url.Parse(at)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("application_name", name)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func migrate(t testing.TB, at string) {
	t.Helper()
	db, err := Connect(at)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store, err := bunstore.New(db, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// emptied ends what a test has left open, and removes all rows but those that the migrations make.
const emptied = `DO $$
DECLARE one record;
BEGIN
	SET LOCAL lock_timeout = '10s';
	SET LOCAL session_replication_role = replica; -- in any order
	PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE application_name = current_schema() AND pid <> pg_backend_pid();
	FOR one IN SELECT oid, relname, relkind FROM pg_class WHERE relnamespace = current_schema()::regnamespace LOOP
		IF one.relkind = 'r' AND one.relname <> 'helpdesk_migrations' THEN
			EXECUTE format('DELETE FROM %I', one.relname);
		ELSIF one.relkind = 'S' THEN
			PERFORM setval(one.oid, 1, false);
		END IF;
	END LOOP;
END $$`
