package helpdesk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// A process of this test binary with these variables is no test but a worker of
// TestProcessesThatAreKilledWarnAndBreachOnce.
const (
	workerURL  = "HELPDESK_TEST_WORKER_URL"
	workerTime = "HELPDESK_TEST_WORKER_TIME"
)

func TestMain(m *testing.M) {
	if url := os.Getenv(workerURL); url != "" {
		if err := work(url, os.Getenv(workerTime)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// work ticks at one time until nothing is due.
func work(url, at string) error {
	now, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return err
	}
	db, err := dbtest.Connect(url)
	if err != nil {
		return err
	}
	desk, err := workerDesk(db, now)
	if err != nil {
		return err
	}
	_, err = desk.Tick(context.Background())
	return err
}

// workerDesk is a desk whose notices become rows, so that each delivery can be counted.
func workerDesk(db *bun.DB, now time.Time) (*helpdesk.Desk, error) {
	store, err := bunstore.New(db, nil)
	if err != nil {
		return nil, err
	}
	return helpdesk.New(store, &helpdesk.Config{
		Clock: helpdesktest.NewClock(now), SLA: sla.Standard(), Assigner: assign.BySkill(nil),
		Notifier: helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
			_, err := db.NewRaw("INSERT INTO delivered (key, kind) VALUES (?, ?)", n.Key, string(n.Kind)).Exec(ctx)
			return err
		}),
	})
}

// Eight processes tick on one PostgreSQL past a thousand deadlines while one after the
// other is killed. Each ticket is warned once and breached once.
func TestProcessesThatAreKilledWarnAndBreachOnce(t *testing.T) {
	t.Parallel()
	const tickets, processes, kills = 1000, 8, 5
	ctx := t.Context()
	url := dbtest.PostgresURL(t)
	db := dbtest.Open(t, url)
	store := migrated(t, db)
	_, err := db.Exec("CREATE TABLE delivered (key text, kind text)")
	require.NoError(t, err)
	desk, err := workerDesk(db, helpdesktest.Start)
	require.NoError(t, err)
	_, err = desk.SaveAgent(ctx, helpdesk.Agent{Name: "Ana", Email: string(ana), Skills: map[helpdesk.Skill]int{"general": 1}, Capacity: tickets, Manager: true})
	require.NoError(t, err)
	for range tickets {
		_, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "x", Priority: helpdesk.High})
		require.NoError(t, err)
	}
	_, err = desk.Tick(ctx)
	require.NoError(t, err)

	// The first response is due after an hour: warned of from 30 minutes before.
	for _, phase := range []time.Duration{31 * time.Minute, 61 * time.Minute} {
		swarm(t, url, helpdesktest.Start.Add(phase), processes, kills)
		// What a killed process had leased is free after a while.
		require.NoError(t, work(url, helpdesktest.Start.Add(phase+10*time.Minute).Format(time.RFC3339Nano)))
	}

	count := func(query string, args ...any) (n int) {
		require.NoError(t, db.NewRaw(query, args...).Scan(ctx, &n))
		return n
	}
	for _, kind := range []helpdesk.EventType{helpdesk.EventSLAAtRisk, helpdesk.EventSLABreached} {
		require.Equal(t, tickets, count("SELECT count(*) FROM helpdesk_events WHERE type = ?", string(kind)), kind)
		require.Equal(t, tickets, count("SELECT count(DISTINCT ticket_id) FROM helpdesk_events WHERE type = ?", string(kind)), kind)
	}
	for _, kind := range []helpdesk.NoticeKind{helpdesk.NoticeAtRisk, helpdesk.NoticeBreached} {
		require.Equal(t, tickets, count("SELECT count(DISTINCT key) FROM delivered WHERE kind = ?", string(kind)), kind)
	}
	t.Logf("%d deliveries of %d notices", count("SELECT count(*) FROM delivered"), count("SELECT count(DISTINCT key) FROM delivered"))
	require.Equal(t, 0, count("SELECT count(*) FROM helpdesk_clocks WHERE breached_at IS NOT NULL AND breached_at <> started_at + interval '1 hour'"))
	require.Equal(t, tickets, count("SELECT count(*) FROM helpdesk_tickets WHERE status = 'escalated' AND escalation_level = 2"))
	loads, err := store.Loads(ctx, "")
	require.NoError(t, err)
	require.Equal(t, tickets, loads[ana].Open)
}

// swarm runs processes at a time of the clock, kills one after the other and starts another
// in its place, and then waits for those that are left.
func swarm(t *testing.T, url string, now time.Time, processes, kills int) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	start := func() *exec.Cmd {
		c := exec.Command(self)
		c.Env = append(os.Environ(), workerURL+"="+url, workerTime+"="+now.Format(time.RFC3339Nano))
		c.Stderr = os.Stderr
		require.NoError(t, c.Start())
		return c
	}
	var running []*exec.Cmd
	for range processes {
		running = append(running, start())
	}
	for i := range kills {
		time.Sleep(time.Duration(rand.IntN(80)) * time.Millisecond) // somewhere in the middle of its work
		_ = running[i].Process.Kill()
		_ = running[i].Wait()
		running = append(running, start())
	}
	for _, c := range running[kills:] {
		require.NoError(t, c.Wait())
	}
}
