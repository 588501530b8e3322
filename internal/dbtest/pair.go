package dbtest

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Pair is a private primary server and a standby that streams from it.
type Pair struct {
	// URL names both servers and connects to the one that can write.
	URL              string
	primary, standby *server
}

// NewPair starts a Pair that ends with the test. The standby connects to the address that through
// makes of the primary's. A synchronous primary commits nothing before the standby has written it.
func NewPair(t testing.TB, synchronous bool, through func(address string) string) *Pair {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	primary, err := boot(true)
	must(err)
	t.Cleanup(func() { primary.guard.Close() })
	from, err := url.Parse(primary.url)
	must(err)
	host, port, err := net.SplitHostPort(through(from.Host))
	must(err)
	standby, err := launch("", nil, "pg_basebackup", "-R", "-X", "stream", "-c", "fast",
		"-d", fmt.Sprintf("host=%s port=%s user=postgres application_name=standby", host, port))
	must(err)
	t.Cleanup(func() { standby.guard.Close() })
	state := "async"
	if synchronous {
		must(run(primary.url, "ALTER SYSTEM SET synchronous_standby_names = 'standby'"))
		must(run(primary.url, "SELECT pg_reload_conf()"))
		state = "sync"
	}
	must(await(primary.url, "SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = '"+state+"')"))
	to, err := url.Parse(standby.url)
	must(err)
	from.Host += "," + to.Host
	q := from.Query()
	q.Set("target_session_attrs", "read-write")
	from.RawQuery = q.Encode()
	return &Pair{from.String(), primary, standby}
}

// Fail ends the primary at once and makes the standby the primary.
func (p *Pair) Fail() error {
	if err := p.primary.guard.Close(); err != nil {
		return err
	}
	<-p.primary.ended
	return run(p.standby.url, "SELECT pg_promote()")
}

// await repeats a query until it is true.
func await(url, query string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	for done := false; !done; time.Sleep(20 * time.Millisecond) {
		if err := conn.QueryRow(ctx, query).Scan(&done); err != nil {
			return fmt.Errorf("%s: %w", query, err)
		}
	}
	return nil
}
