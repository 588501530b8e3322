package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

const (
	oldEvents    = 90_000           // in the tables before
	idleFor      = 20 * time.Second // how long it is measured
	mostOfCore   = 0.02
	everySecond  = time.Second
	tenantHeader = "Bench-Tenant"
)

// idleStreams opens event streams of the API, each of another tenant, over tables that have a
// history, and measures what the server of the database does while nothing happens. The floor asks
// once a second for the events of transactions from a number on.
func idleStreams(ctx context.Context, b *bench) error {
	s, err := b.newSite(ctx, "idle_streams")
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	progress("filling %s events of %d tenants", count(oldEvents), openStreams)
	for i := range openStreams {
		if _, err := desk.ForTenant(tenantNumber(i)).Open(ctx, helpdesk.OpenParams{Subject: "Of long ago"}); err != nil {
			return err
		}
	}
	if _, err := s.pool.Exec(ctx, `INSERT INTO helpdesk_events (tenant_id, id, ticket_id, type, by_role, by_id, by_name, old, new, at)
SELECT tenant_id, gen_random_uuid(), id, 'tags_changed', '', '', '', '', '', created_at - n * interval '5 minutes' FROM helpdesk_tickets, generate_series(1, $1::int) AS n`,
		oldEvents/openStreams); err != nil {
		return err
	}
	if err := s.settle(ctx); err != nil {
		return err
	}
	api, err := httpapi.New(desk, &httpapi.Config{
		Actor: func(*http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "admin"}, nil
		},
		Tenant: func(r *http.Request) (helpdesk.TenantID, error) {
			return helpdesk.TenantID(r.Header.Get(tenantHeader)), nil
		},
		RateLimits: httpapi.RateLimits{Limiter: ratelimit.Unlimited},
	})
	if err != nil {
		return err
	}
	server := httptest.NewServer(api)
	defer server.Close()
	progress("opening %d streams", openStreams)
	for i := range openStreams {
		c, err := openTenantStream(ctx, server.Listener.Addr().String(), tenantNumber(i))
		if err != nil {
			return err
		}
		defer c.Close()
	}
	ours, err := s.load(ctx, func(context.Context) error { return nil })
	if err != nil {
		return err
	}
	if err := api.Shutdown(ctx); err != nil {
		return err
	}
	floor, err := s.load(ctx, func(ctx context.Context) error {
		_, err := s.pool.Exec(ctx, "SELECT id FROM helpdesk_events WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())")
		return err
	})
	if err != nil {
		return err
	}
	what := fmt.Sprintf("idle streams: %d over %d tenants, %s events before", openStreams, openStreams, count(oldEvents))
	b.table.add(line{
		what: what + ": of a core of the database", ours: percent(ours.cores), floor: percent(floor.cores),
		mark: "at most " + percent(mostOfCore), ok: ours.cores <= mostOfCore,
	})
	b.table.add(line{what: what + ": blocks a second", ours: fmt.Sprintf("%.0f", ours.blocks), floor: fmt.Sprintf("%.0f", floor.blocks)})
	return s.drop(ctx)
}

func tenantNumber(i int) helpdesk.TenantID { return helpdesk.TenantID(fmt.Sprintf("tenant%03d", i)) }

func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 2, 64) + "%" }

func openTenantStream(ctx context.Context, address string, tenant helpdesk.TenantID) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(c, "GET /events HTTP/1.1\r\nHost: %s\r\n%s: %s\r\n\r\n", address, tenantHeader, tenant); err != nil {
		return nil, err
	}
	return c, readUntil(c, "retry:")
}

// serverLoad is what the server of the database does.
type serverLoad struct {
	cores  float64 // of the processor; 0 where the system does not tell
	blocks float64 // read a second, from memory or from the disk
}

// load calls do once a second for a while and returns what the server did meanwhile.
func (s *site) load(ctx context.Context, do func(context.Context) error) (l serverLoad, err error) {
	progress("measuring for %s", idleFor)
	time.Sleep(2 * everySecond) // for what was before to be counted
	used, blocks, err := s.counters(ctx)
	if err != nil {
		return l, err
	}
	began := time.Now()
	for time.Since(began) < idleFor {
		if err := do(ctx); err != nil {
			return l, err
		}
		time.Sleep(everySecond)
	}
	usedThen, blocksThen, err := s.counters(ctx)
	took := time.Since(began).Seconds()
	return serverLoad{(usedThen - used).Seconds() / took, float64(blocksThen-blocks) / took}, err
}

// counters returns the processor time that the processes of the server have used, and the number of
// blocks of the database that they have read.
func (s *site) counters(ctx context.Context) (used time.Duration, blocks int64, err error) {
	if err := s.pool.QueryRow(ctx, "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()").Scan(&blocks); err != nil {
		return 0, 0, err
	}
	rows, err := s.pool.Query(ctx, "SELECT pid FROM pg_stat_activity")
	if err != nil {
		return 0, 0, err
	}
	parent := 0
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return 0, 0, err
		}
		if f := processStat(pid); f != nil {
			used += ticks(f[11]) + ticks(f[12])
			parent, _ = strconv.Atoi(f[1])
		}
	}
	if f := processStat(parent); f != nil { // with its children that have ended
		used += ticks(f[11]) + ticks(f[12]) + ticks(f[13]) + ticks(f[14])
	}
	return used, blocks, rows.Err()
}

// processStat returns the fields of a process behind its name, as Linux tells them; else nil. See
// proc_pid_stat(5).
func processStat(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	if f := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:])); len(f) > 14 {
		return f
	}
	return nil
}

// ticks reads a time in hundredths of a second.
func ticks(text string) time.Duration {
	n, _ := strconv.ParseInt(text, 10, 64)
	return time.Duration(n) * 10 * time.Millisecond
}
