package helpdesk_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// A process of this test binary with these variables is a worker of a test that kills processes.
const (
	workerURL  = "HELPDESK_TEST_WORKER_URL"
	workerTime = "HELPDESK_TEST_WORKER_TIME"
	workerBusy = "HELPDESK_TEST_WORKER_BUSY" // tickets that it changes while it ticks
)

func TestMain(m *testing.M) {
	if url := os.Getenv(workerURL); url != "" {
		busy, _ := strconv.Atoi(os.Getenv(workerBusy))
		if err := work(url, os.Getenv(workerTime), busy); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if url := os.Getenv(officeURL); url != "" {
		if err := office(url, os.Getenv(officeStart)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// work ticks at one time until nothing is due, and changes a number of tickets meanwhile.
func work(url, at string, busy int) error {
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
	meddled := make(chan error)
	go func() { meddled <- meddle(desk, busy) }()
	_, err = desk.Tick(context.Background())
	return errors.Join(err, <-meddled)
}

// meddle runs random commands on n random tickets, as agents and customers would.
func meddle(desk *helpdesk.Desk, n int) error {
	if n == 0 {
		return nil
	}
	ctx := context.Background()
	page, err := desk.Tickets(ctx, helpdesk.Query{Limit: helpdesk.MaxLimit})
	if err != nil {
		return err
	}
	agent := desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
	customer := desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
	for range n {
		id := page.Tickets[rand.IntN(len(page.Tickets))].ID
		var err error
		switch rand.IntN(8) {
		case 0, 1:
			_, err = agent.Reply(ctx, id, helpdesk.ReplyParams{Body: "Which one?", Waiting: true})
		case 2, 3:
			_, err = customer.Reply(ctx, id, helpdesk.ReplyParams{Body: "That one."})
		case 4, 5:
			_, err = agent.SetPriority(ctx, id, helpdesk.Priorities[rand.IntN(len(helpdesk.Priorities))])
		case 6:
			_, err = agent.Resolve(ctx, id, "done")
		case 7:
			_, err = agent.Reopen(ctx, id)
		}
		if err != nil && !errors.Is(err, helpdesk.ErrInvalid) && !errors.Is(err, helpdesk.ErrConflict) {
			return err
		}
	}
	return nil
}

// workerDesk is a desk whose notices become rows, so that each delivery can be counted.
func workerDesk(db *bun.DB, now time.Time) (*helpdesk.Desk, error) {
	store, err := bunstore.New(db, nil)
	if err != nil {
		return nil, err
	}
	return helpdesk.New(store, &helpdesk.Config{
		Clock: helpdesktest.NewClock(now), SLA: sla.Standard(), Assigner: assign.BySkill(nil), Similar: similar.New(nil),
		Notifier: helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
			_, err := db.NewRaw("INSERT INTO delivered (key, kind) VALUES (?, ?)", n.Key, string(n.Kind)).Exec(ctx)
			return err
		}),
	})
}

// Eight processes tick on one PostgreSQL past a thousand deadlines while one after the other is
// killed. Each ticket is warned of once and breached once.
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
		swarm(t, url, helpdesktest.Start.Add(phase), processes, kills, 0)
		// The tasks of a killed process are free again after their lease.
		require.NoError(t, work(url, helpdesktest.Start.Add(phase+10*time.Minute).Format(time.RFC3339Nano), 0))
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

// Eight processes tick on one PostgreSQL, and pause, retarget, resolve and reopen tickets
// meanwhile, as the clock jumps by hours and one after the other is killed. Every step fires at
// most once, no breach is missed, and each stands at the time at which the target was used up.
func TestProcessesThatAreKilledKeepTheirDeadlines(t *testing.T) {
	t.Parallel()
	const tickets, processes, kills, busy = 150, 8, 4, 40
	ctx := t.Context()
	url := dbtest.PostgresURL(t)
	db := dbtest.Open(t, url)
	store := migrated(t, db)
	_, err := db.Exec("CREATE TABLE delivered (key text, kind text)")
	require.NoError(t, err)
	desk, err := workerDesk(db, helpdesktest.Start)
	require.NoError(t, err)
	_, err = desk.SaveAgent(ctx, helpdesk.Agent{Name: "Ana", Email: string(ana), Skills: map[helpdesk.Skill]int{"general": 1}, Capacity: 2 * tickets, Manager: true})
	require.NoError(t, err)
	_, err = desk.SaveSLA(ctx, asJSON(t, restless()))
	require.NoError(t, err)
	for i := range tickets {
		_, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "x", Priority: helpdesk.Priorities[i%4], Customer: helpdesk.Contact{Email: kim}})
		require.NoError(t, err)
	}
	now := helpdesktest.Start
	for _, jump := range []time.Duration{40 * time.Minute, 2 * time.Hour, 3 * time.Hour, 7 * time.Hour, 40 * time.Hour} {
		now = now.Add(jump)
		swarm(t, url, now, processes, kills, busy)
	}
	for range 2 { // killed processes' tasks are free again after their lease
		now = now.Add(10 * time.Minute)
		require.NoError(t, work(url, now.Format(time.RFC3339Nano), 0))
	}

	breaches, fired := 0, map[string]int{}
	check, err := workerDesk(db, now)
	require.NoError(t, err)
	for ticket, err := range check.All(ctx, helpdesk.Query{}) {
		require.NoError(t, err)
		for _, c := range ticket.Clocks {
			missed, due := checkTarget(&c, now)
			require.Equal(t, missed, !c.BreachedAt.IsZero(), "%+v", c)
			if !c.BreachedAt.IsZero() {
				breaches++
			}
			if missed && c.Cause == "" {
				require.Equal(t, due, c.BreachedAt, "%+v", c)
			}
		}
		th, err := check.Thread(ctx, ticket.ID)
		require.NoError(t, err)
		for _, e := range th.Events {
			if step := stepOf(t, e); step != "" {
				fired[string(e.Ticket)+string(e.Type)+step]++
			}
			if e.Type == helpdesk.EventSLABreached {
				breaches--
			}
		}
	}
	require.Zero(t, breaches, "each breach is told of once")
	require.NotEmpty(t, fired)
	for step, n := range fired {
		require.Equal(t, 1, n, step)
	}
	t.Logf("%d steps fired", len(fired))
	var due int
	require.NoError(t, db.NewRaw("SELECT count(*) FROM helpdesk_tasks WHERE kind = 'deadline' AND due_at <= ?", now).Scan(ctx, &due))
	require.Zero(t, due)
	loads, err := store.Loads(ctx, "")
	require.NoError(t, err)
	var held int
	require.NoError(t, db.NewRaw("SELECT count(*) FROM helpdesk_tickets WHERE assignee = ? AND status IN ('assigned', 'in_progress', 'escalated')", string(ana)).Scan(ctx, &held))
	require.Equal(t, held, loads[ana].Open)
}

// restless has steps before, at and after each due time, and one that raises the priority.
func restless() sla.Document {
	b := sla.Standard().Document()
	for i := range b.Policies {
		b.Policies[i].NextResponse = 3 * time.Hour
		b.Policies[i].Steps = []helpdesk.EscalationStep{
			{Name: "half", Of: 0.5, Level: 1, Raise: helpdesk.Medium}, {Name: "at_risk", Before: 20 * time.Minute, Level: 1},
			{Name: "due", Level: 2}, {Name: "late", After: time.Hour, Level: 3},
		}
	}
	return b
}

// checkTarget reports whether more than its target has run on a clock, around the clock, and the
// time at which it was used up.
func checkTarget(c *helpdesk.SLAClock, now time.Time) (missed bool, due time.Time) {
	if c.Cause != "" { // it had another target when that was used up
		return true, c.BreachedAt
	}
	left := c.Target
	ran := c.Ran
	if c.Running() {
		ran = append(ran[:len(ran):len(ran)], helpdesk.RunPeriod{From: c.RunningSince, To: now})
	}
	for _, s := range ran {
		if d := s.To.Sub(s.From); d > left {
			return true, s.From.Add(left)
		} else {
			left -= d
		}
	}
	return false, time.Time{}
}

// swarm runs processes at one time of the clock, kills one after the other and starts another in
// its place. Then it waits for the rest.
func swarm(t *testing.T, url string, now time.Time, processes, kills, busy int) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	start := func() *exec.Cmd {
		c := exec.Command(self)
		c.Env = append(os.Environ(), workerURL+"="+url, workerTime+"="+now.Format(time.RFC3339Nano), workerBusy+"="+strconv.Itoa(busy))
		c.Stderr = os.Stderr
		require.NoError(t, c.Start())
		return c
	}
	var running []*exec.Cmd
	for range processes {
		running = append(running, start())
	}
	for i := range kills {
		time.Sleep(time.Duration(rand.IntN(80)) * time.Millisecond) // in the middle of its work
		_ = running[i].Process.Kill()
		_ = running[i].Wait()
		running = append(running, start())
	}
	for _, c := range running[kills:] {
		require.NoError(t, c.Wait())
	}
}
