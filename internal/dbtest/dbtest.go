// Package dbtest gives each test its own database: a schema on PostgreSQL, or a file of SQLite.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// URLVariable names a PostgreSQL whose user may create schemas. Without it a private server is
// started from installed binaries.
const URLVariable = "HELPDESK_TEST_DATABASE_URL"

// shared is the private server of this test process.
var shared struct {
	sync.Mutex
	servers map[bool]*server // by durable
}

// Postgres returns an empty schema of a PostgreSQL that does not wait for the disk. The schema is
// dropped when the test ends. Without a PostgreSQL the test is skipped; it fails when CI is set.
func Postgres(t testing.TB) *bun.DB { return Open(t, PostgresURL(t)) }

// PostgresURL is like Postgres and returns a URL, for tests that start other processes.
func PostgresURL(t testing.TB) string { return schemaOf(t, false) }

// PostgresDurableURL is PostgresURL on a server that waits for the disk at each commit, as one in
// production does. Benchmarks use it.
func PostgresDurableURL(t testing.TB) string { return schemaOf(t, true) }

// Open returns a pool of connections to url, closed when the test ends.
func Open(t testing.TB, url string) *bun.DB {
	t.Helper()
	db, err := Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Connect is Open for a program that is not a test.
func Connect(url string) (*bun.DB, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // Bun writes arguments into the text
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	return bun.NewDB(db, pgdialect.New()), nil
}

// PostgresByAnotherDriver is like Postgres, but nothing tells that the driver is pgx.
func PostgresByAnotherDriver(t testing.TB) *bun.DB {
	t.Helper()
	return openByAnotherDriver(t, PostgresURL(t))
}

func openByAnotherDriver(t testing.TB, url string) *bun.DB {
	t.Helper()
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	db := sql.OpenDB(another{stdlib.GetConnector(*cfg)})
	db.SetMaxOpenConns(16)
	t.Cleanup(func() { db.Close() })
	return bun.NewDB(db, pgdialect.New())
}

// another is a connector whose driver is none of pgx.
type another struct{ driver.Connector }

func (a another) Driver() driver.Driver { return anotherDriver{a.Connector.Driver()} }

type anotherDriver struct{ driver.Driver }

// SQLite returns an empty SQLite file, removed when the test ends.
//
// Under the race detector it skips the test, and modernc.org/sqlite is not even linked. That is C
// translated to Go: the detector finds nothing in it, takes a minute to compile it, and makes it
// ten times as slow. `make test` runs these tests once more without the detector.
func SQLite(t testing.TB) *bun.DB {
	t.Helper()
	return SQLiteFile(t, filepath.Join(t.TempDir(), "test.db"))
}

// SQLiteFile is SQLite in the file named, which may be there already.
func SQLiteFile(t testing.TB, path string) *bun.DB {
	t.Helper()
	if underRace {
		t.Skip("SQLite is tested without the race detector: make test has a pass for it")
	}
	db, err := openSQLite(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// schemaOf creates a schema and returns a URL with that schema as its search_path.
func schemaOf(t testing.TB, durable bool) string {
	t.Helper()
	base := serverOf(t, durable)
	name := newName()
	at, err := createSchema(base, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(base, "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Error(err)
		}
	})
	return at
}

func newName() string { return "t_" + strings.ToLower(rand.Text())[:16] }

// serverOf returns the URL of a server. It skips or fails the test where there is none.
func serverOf(t testing.TB, durable bool) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short leaves PostgreSQL out: make test has it")
	}
	if os.Getenv("HELPDESK_NO_POSTGRES") != "" {
		t.Skip("HELPDESK_NO_POSTGRES is set: another pass of make test has PostgreSQL")
	}
	if base := os.Getenv(URLVariable); base != "" {
		return base
	}
	s, err := start(durable)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no PostgreSQL, and CI is set: %v", err)
		}
		t.Skipf("no PostgreSQL: %v (install its server, as by apt-get install postgresql, or set %s)", err, URLVariable)
	}
	return s.url
}

// Start starts a private server, durable or not, for a program that is not a test. It returns the
// URL of the server's database. The server and its files go when the program ends; see [Schema].
func Start(durable bool) (url string, err error) {
	s, err := start(durable)
	if err != nil {
		return "", fmt.Errorf("dbtest: start: %w", err)
	}
	return s.url, nil
}

// Schema creates an empty schema of this name on the server of Start. It returns a URL with that
// schema as its search_path.
func Schema(base, name string) (url string, err error) {
	if url, err = createSchema(base, name); err != nil {
		return "", fmt.Errorf("dbtest: schema %s: %w", name, err)
	}
	return url, nil
}

// Crash ends the private server of PostgresDurableURL at once, as a loss of power would. It starts
// the server again after a number of seconds and returns when the server has recovered. It returns
// an error when there is no private server.
func Crash(seconds int) error {
	shared.Lock()
	s := shared.servers[true]
	shared.Unlock()
	if s == nil {
		return errors.New("dbtest: crash: there is no private server")
	}
	if _, err := fmt.Fprintln(s.guard, seconds); err != nil {
		return fmt.Errorf("dbtest: crash: %w", err)
	}
	time.Sleep(time.Duration(seconds) * time.Second)
	return s.await()
}

func createSchema(base, name string) (string, error) {
	u, err := url.Parse(base)
	if err != nil {
		return "", err
	}
	if err := run(base, "CREATE SCHEMA "+name); err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func run(url, sql string) error {
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}
