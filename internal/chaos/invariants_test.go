package chaos

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

//go:embed invariants.sql
var invariantsFile string

// invariant is a query that must return no row.
type invariant struct {
	name, proves, query string
	atEnd               bool
}

var invariants = func() (all []invariant) {
	for _, part := range strings.Split(invariantsFile, "-- name: ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		words := regexp.MustCompile(`(?m)^-- (.*)\n`)
		proves := ""
		for _, line := range words.FindAllStringSubmatch(rest, -1) {
			proves += " " + line[1]
		}
		all = append(all, invariant{
			name: name, proves: strings.TrimSpace(proves), atEnd: strings.HasSuffix(name, " at the end"),
			query: strings.TrimSuffix(strings.TrimSpace(words.ReplaceAllString(rest, "")), ";"),
		})
	}
	return all
}()

// tables are what the test writes down beside the tables of the desk.
const tables = `
CREATE TABLE chaos_agents (tenant_id text, agent text, capacity integer);
CREATE TABLE chaos_acknowledged (token text PRIMARY KEY, kind text, tenant_id text, ticket_id uuid, sent_at timestamptz, at timestamptz);
CREATE TABLE chaos_delivered (n bigint GENERATED ALWAYS AS IDENTITY, tenant_id text, key text, recipient text, process text, at timestamptz);
CREATE INDEX ON chaos_delivered (tenant_id, key);
CREATE TABLE chaos_streamed (n bigint GENERATED ALWAYS AS IDENTITY, tenant_id text, event_id uuid);
CREATE INDEX ON chaos_streamed (event_id);
CREATE TABLE chaos_book AS SELECT 0 AS n;
CREATE TABLE chaos_faults (n integer PRIMARY KEY, kind text, process text, begun timestamptz, ended timestamptz)`

// prepare makes the tables and the list of agents.
func prepare(t testing.TB, db *bun.DB) *bunstore.Store {
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	_, err = db.Exec(tables)
	require.NoError(t, err)
	for _, tenant := range tenants {
		for _, a := range staff(tenant) {
			_, err := db.NewRaw("INSERT INTO chaos_agents VALUES (?, ?, ?)", string(tenant), string(a.ID), a.Capacity).Exec(t.Context())
			require.NoError(t, err)
		}
	}
	return store
}

// book is what is yet to be written into those tables. It waits here while the database is away.
type book struct {
	mu    sync.Mutex
	lines []line
	first int // number of the first of them
}

type line struct {
	query string
	args  []any
}

func (b *book) add(query string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, line{query, args})
}

// write writes all in one transaction, or leaves it for later. The number of the last line tells
// whether a transaction whose end is not known has been committed.
func (b *book) write(ctx context.Context, db *bun.DB) error {
	var written int
	if err := db.NewRaw("SELECT n FROM chaos_book").Scan(ctx, &written); err != nil {
		return err
	}
	b.mu.Lock()
	b.lines, b.first = b.lines[written-b.first:], written
	lines := b.lines
	b.mu.Unlock()
	all := make([]string, len(lines)+1)
	for i, l := range lines {
		all[i] = db.NewRaw(l.query, l.args...).String()
	}
	all[len(lines)] = fmt.Sprintf("UPDATE chaos_book SET n = %d", written+len(lines))
	_, err := db.ExecContext(ctx, strings.Join(all, ";\n"))
	return err
}

// broken returns the rows that break each invariant, by its name, all of one moment.
func broken(ctx context.Context, db bun.IDB, atEnd bool) (map[string][]string, error) {
	found := map[string][]string{}
	for _, i := range invariants {
		if i.atEnd && !atEnd {
			continue
		}
		var rows []string
		if err := db.NewRaw("SELECT row_to_json(x)::text FROM ("+i.query+" LIMIT 20) AS x").Scan(ctx, &rows); err != nil {
			return nil, fmt.Errorf("%s: %w", i.name, err)
		}
		if len(rows) > 0 {
			found[i.name] = rows
		}
	}
	return found, nil
}

// damages break one invariant each.
var damages = map[string]string{
	"acknowledged tickets": "UPDATE helpdesk_tickets SET subject = subject || '?' WHERE id = (SELECT ticket_id FROM chaos_acknowledged WHERE kind = 'open' LIMIT 1)",
	"acknowledged texts":   "INSERT INTO chaos_acknowledged SELECT 'chaoslostlostlos', 'ask', tenant_id, ticket_id, at, at FROM chaos_acknowledged LIMIT 1",
	"tickets once": `INSERT INTO helpdesk_tickets SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'ref', 'AGAIN'))).* FROM helpdesk_tickets AS t
WHERE NOT open LIMIT 1`,
	"texts once": `INSERT INTO helpdesk_messages (tenant_id, id, ticket_id, kind, by_role, by_id, by_name, body, at)
SELECT tenant_id, gen_random_uuid(), ticket_id, kind, by_role, by_id, by_name, body, at FROM helpdesk_messages WHERE body LIKE 'chaos%' LIMIT 1`,
	"keys":       "UPDATE helpdesk_once SET ticket_id = gen_random_uuid() WHERE ticket_id IS NOT NULL",
	"loads":      "UPDATE helpdesk_loads SET open = open - 1 WHERE open > 1",
	"capacity":   "UPDATE chaos_agents SET capacity = 0",
	"holders":    "UPDATE helpdesk_events SET old = 'somebody' WHERE type = 'assigned'",
	"somewhere":  "UPDATE helpdesk_tickets SET assignee = '', status = 'new' WHERE assignee <> '' AND status = 'resolved'; UPDATE helpdesk_tickets SET open = TRUE WHERE status = 'new'",
	"leases":     "UPDATE helpdesk_tasks SET leased_until = clock_timestamp() + interval '40 seconds'",
	"deadlines":  "DELETE FROM helpdesk_tasks WHERE kind = 'deadline'",
	"overdue":    "UPDATE helpdesk_clocks SET detected_at = detected_at + interval '46 seconds'",
	"early":      "UPDATE helpdesk_clocks SET (breached_at, cause) = (now() + interval '1 minute', 'retarget') WHERE breached_at IS NOT NULL",
	"breaches":   "UPDATE helpdesk_clocks SET breached_at = breached_at + interval '1 microsecond'",
	"missed":     "UPDATE helpdesk_clocks SET consumed = target + 1 WHERE breached_at IS NULL",
	"steps once": "INSERT INTO helpdesk_events (tenant_id, id, ticket_id, type, by_role, by_id, by_name, old, new, data, at) SELECT tenant_id, gen_random_uuid(), ticket_id, type, by_role, by_id, by_name, old, new, data, now() FROM helpdesk_events WHERE type = 'sla_breached' LIMIT 1",
	"search":     "UPDATE helpdesk_search SET words = ''",
	"dead tasks": "UPDATE helpdesk_tasks SET dead = TRUE WHERE kind = 'repair'",
	"notices once": `INSERT INTO chaos_delivered (tenant_id, key, recipient, process, at)
SELECT tenant_id, key, recipient, 'p002', at + interval '1 second' FROM chaos_delivered LIMIT 1`,
	"streamed once":       "INSERT INTO chaos_streamed (tenant_id, event_id) SELECT tenant_id, event_id FROM chaos_streamed WHERE n = (SELECT max(n) FROM chaos_streamed)",
	"streamed in order":   "UPDATE helpdesk_events SET seq = DEFAULT WHERE seq = (SELECT min(seq) FROM helpdesk_events)",
	"streamed are there":  "INSERT INTO chaos_streamed (tenant_id, event_id) VALUES ('acme', gen_random_uuid())",
	"streamed at the end": "DELETE FROM chaos_streamed WHERE n = 1; UPDATE helpdesk_events SET at = now() - interval '1 minute'",
	"done at the end":     "UPDATE helpdesk_tasks SET due_at = now() - interval '1 minute' WHERE kind = 'repair'",
	"placed at the end":   "UPDATE helpdesk_tickets SET queued_at = now() - interval '1 minute' WHERE assignee <> ''",
}

// A small history breaks no invariant. Each damage breaks the invariant of its name and no other.
func TestEachInvariantSeesTheDamageItIsFor(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db := dbtest.Postgres(t)
	store := prepare(t, db)
	w := &world{t: t, store: store}
	clock := helpdesktest.NewClock(time.Now().Add(-9 * time.Second))
	cfg := parts{}.config("p001")
	cfg.Clock, cfg.Classifier = clock, nil
	cfg.Roster = helpdesk.RosterFunc(func(_ context.Context, tenant helpdesk.TenantID) ([]helpdesk.Agent, error) {
		return staff(tenant)[:1], nil
	})
	cfg.Assigner = helpdesk.AssignerFunc(func(_ context.Context, _ *helpdesk.Ticket, free []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
		return free, nil
	})
	cfg.Notifier = helpdesk.NotifierFunc(func(_ context.Context, n *helpdesk.Notification) error {
		w.book.add("INSERT INTO chaos_delivered (tenant_id, key, recipient, process, at) VALUES (?, ?, '', 'p001', now())", string(n.Tenant), n.Key)
		return nil
	})
	desk, err := helpdesk.New(store, cfg)
	require.NoError(t, err)
	stream, err := newReader(ctx, store)
	require.NoError(t, err)
	var first helpdesk.TicketID
	do := func(kind string, id helpdesk.TicketID) helpdesk.TicketID {
		c := command{Kind: kind, Tenant: "acme", Ticket: id, Token: token(), Level: helpdesk.High}
		ticket, err := api{desk}.do(ctx, &c)
		require.NoError(t, err)
		w.book.add("INSERT INTO chaos_acknowledged VALUES (?, ?, ?, ?, now(), now())", c.Token, kind, "acme", string(ticket.ID))
		return ticket.ID
	}
	tick := func() {
		_, err := desk.Tick(ctx)
		require.NoError(t, err)
	}
	first = do(opens, "")
	do(opens, "")
	do(opens, "")
	tick()
	do(answers, first)
	do(resolves, first)
	clock.Advance(8 * time.Second) // past the first response of the second
	tick()
	require.NoError(t, stream.read(ctx, &w.book))
	require.NoError(t, w.book.write(ctx, db))
	found, err := broken(ctx, db, true)
	require.NoError(t, err)
	require.Empty(t, found)

	for _, i := range invariants {
		require.NotEmpty(t, i.proves, i.name)
		require.Contains(t, damages, i.name)
		tx, err := db.BeginTx(ctx, nil)
		require.NoError(t, err)
		_, err = tx.Exec(damages[i.name])
		require.NoError(t, err, i.name)
		found, err := broken(ctx, tx, true)
		require.NoError(t, err)
		require.NoError(t, tx.Rollback())
		require.Contains(t, found, i.name)
		delete(found, i.name)
		require.Empty(t, found, "damage of %s", i.name)
	}
	require.Len(t, damages, len(invariants))
}
