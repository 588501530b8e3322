package helpdesk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
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

// A process of this test binary with these variables works in a busy office.
const (
	officeURL   = "HELPDESK_TEST_OFFICE_URL"
	officeStart = "HELPDESK_TEST_OFFICE_START" // real time of helpdesktest.Start on its clocks
)

func TestMain(m *testing.M) {
	if url := os.Getenv(officeURL); url != "" {
		if err := office(url, os.Getenv(officeStart)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// officeTickets is the number of incoming tickets.
var officeTickets = func() int {
	if os.Getenv("HELPDESK_SOAK") != "" { // make soak
		return 10_000
	}
	return 300
}()

const (
	officeAgents   = 20
	officeCapacity = 5
	officeQueue    = 100 // no more tickets are opened while this many wait
	officeWorkers  = 8   // in each process
	officeSpeed    = 10  // of the clocks: a lease takes three seconds
)

// fast is a Clock that runs faster than real time and is the same in all processes.
type fast struct{ start time.Time }

func (c fast) Now() time.Time { return helpdesktest.Start.Add(officeSpeed * time.Since(c.start)) }

func officeDesk(db *bun.DB, clock helpdesk.Clock) (*helpdesk.Desk, error) {
	store, err := bunstore.New(db, nil)
	if err != nil {
		return nil, err
	}
	return helpdesk.New(store, &helpdesk.Config{
		Clock: clock, SLA: sla.Standard(), Assigner: assign.BySkill(nil), Poll: 200 * time.Millisecond, CloseAfter: -1, Grace: 30 * time.Second,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Similar: similar.New(nil),
	})
}

func officeAgent(i int) helpdesk.AgentID { return helpdesk.AgentID(fmt.Sprintf("agent%02d", i)) }

// office opens tickets until there are enough, and works on them as people do.
func office(url, start string) error {
	at, err := time.Parse(time.RFC3339Nano, start)
	if err != nil {
		return err
	}
	db, err := dbtest.Connect(url)
	if err != nil {
		return err
	}
	desk, err := officeDesk(db, fast{at})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	var running, working sync.WaitGroup
	var waiting atomic.Int64
	running.Go(func() { _ = desk.Run(ctx) })
	running.Go(func() { lookAtQueue(ctx, db, &waiting) })
	errs := make([]error, officeWorkers)
	for i := range errs {
		working.Go(func() {
			for more := true; more && errs[i] == nil; {
				more, errs[i] = officeHour(ctx, db, desk, waiting.Load() < officeQueue)
			}
		})
	}
	working.Wait()
	stop()
	running.Wait()
	return errors.Join(errs...)
}

// lookAtQueue counts the tickets that wait for triage or an agent, to limit the opening of tickets.
func lookAtQueue(ctx context.Context, db *bun.DB, waiting *atomic.Int64) {
	for ctx.Err() == nil {
		var n int64
		if db.NewRaw(`SELECT (SELECT count(*) FROM helpdesk_tasks WHERE kind = 'triage')
+ (SELECT count(*) FROM helpdesk_tickets WHERE tenant_id = '' AND queued_at IS NOT NULL AND jsonb_array_length(taken_back) < 4)`).Scan(ctx, &n) == nil {
			waiting.Store(n)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// officeHour opens a ticket if more are wanted, and works on another. It returns false when there
// are enough.
func officeHour(ctx context.Context, db *bun.DB, desk *helpdesk.Desk, more bool) (bool, error) {
	var n int
	time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond) // people think
	if more {
		if err := db.NewRaw("SELECT nextval('opened')").Scan(ctx, &n); err != nil || n > officeTickets {
			return false, err
		}
		if _, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: kim}}); err != nil {
			return false, err
		}
	}
	agent := officeAgent(rand.IntN(officeAgents))
	if n%100 == 1 {
		if _, err := desk.SetAway(ctx, agent, rand.IntN(2) == 0, time.Time{}); err != nil && !errors.Is(err, helpdesk.ErrConflict) {
			return false, err
		}
	}
	status := []helpdesk.Status{helpdesk.StatusAssigned, helpdesk.StatusProgress, helpdesk.StatusEscalated}
	if rand.IntN(25) == 0 {
		status = []helpdesk.Status{helpdesk.StatusWaiting, helpdesk.StatusResolved}
	}
	page, err := desk.Tickets(ctx, helpdesk.Query{Assignee: agent, Status: status, Limit: 3})
	if err != nil || len(page.Tickets) == 0 {
		return true, err
	}
	t := page.Tickets[rand.IntN(len(page.Tickets))]
	as := desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(agent)})
	customer := desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
	switch n := rand.IntN(10); {
	case t.Status == helpdesk.StatusResolved:
		_, err = customer.Reopen(ctx, t.ID)
	case t.Status == helpdesk.StatusWaiting:
		_, err = customer.Reply(ctx, t.ID, helpdesk.ReplyParams{Body: "That one."})
	case n == 0:
		_, err = as.Decline(ctx, t.ID, "not mine")
	case n == 1:
		_, err = as.Reply(ctx, t.ID, helpdesk.ReplyParams{Body: "Which one?", Waiting: true})
	default:
		_, err = as.Resolve(ctx, t.ID, "done")
	}
	if errors.Is(err, helpdesk.ErrInvalid) || errors.Is(err, helpdesk.ErrConflict) || errors.Is(err, helpdesk.ErrForbidden) {
		err = nil // somebody was faster
	}
	return true, err
}

// Eight processes of eight workers open, resolve and reopen thousands of tickets of twenty agents
// who come and go, while one process after another is killed. At no moment does an agent hold more
// than the capacity or differ from the counter. No ticket is given to two agents. In the end no
// ticket waits while an agent has room for it.
func TestABusyOfficeStaysFair(t *testing.T) {
	t.Parallel()
	const processes, kills = 8, 12
	ctx := t.Context()
	url, db, desk, start := openOffice(t, officeTickets)

	looks := watchOffice(t, db)
	runOffice(t, url, start, processes, kills)
	seen := looks()
	t.Logf("%d tickets in %v, looked at %d times", officeTickets, time.Since(start).Round(time.Second), seen)
	require.Greater(t, seen, 20)

	// All agents come back, and the leases of killed processes end after a while.
	for i := range officeAgents {
		_, err := desk.SetAway(ctx, officeAgent(i), false, time.Time{})
		require.NoError(t, err)
	}
	later := helpdesktest.NewClock(fast{start}.Now().Add(10 * time.Minute))
	desk, err := officeDesk(db, later)
	require.NoError(t, err)
	_, err = desk.Tick(ctx)
	require.NoError(t, err)
	checkOffice(t, db, desk, later.Now())
	emptyQueue(t, desk)
	requireOneHolderAtATime(t, db, desk)

	// New tickets make the loads even, whatever they were: eight desks place them at once.
	for ticket, err := range desk.All(ctx, helpdesk.Query{Status: helpdesk.OpenStatuses}) {
		require.NoError(t, err)
		if loads, err := desk.Loads(ctx); ticket.Assignee == "" || loads[ticket.Assignee].Open > 2 {
			require.NoError(t, err)
			_, err = desk.Resolve(ctx, ticket.ID, "done")
			require.NoError(t, err)
		}
	}
	loads, err := desk.Loads(ctx)
	require.NoError(t, err)
	held := 0
	for _, load := range loads {
		held += load.Open
	}
	var opening sync.WaitGroup
	for range processes {
		other, err := officeDesk(dbtest.Open(t, url), later)
		require.NoError(t, err)
		opening.Go(func() {
			for range (officeAgents*4 - 7 - held) / processes {
				_, err1 := other.Open(ctx, helpdesk.OpenParams{Subject: "even"})
				_, err2 := other.Tick(ctx)
				if err := errors.Join(err1, err2); err != nil {
					t.Error(err)
				}
			}
		})
	}
	opening.Wait()
	_, err = desk.Tick(ctx)
	require.NoError(t, err)
	loads, err = desk.Loads(ctx)
	require.NoError(t, err)
	least, most := officeCapacity, 0
	for i := range officeAgents {
		open := loads[officeAgent(i)].Open
		least, most = min(least, open), max(most, open)
	}
	require.LessOrEqual(t, most-least, 1, "%v", loads)
	checkOffice(t, db, desk, later.Now())
}

// One process works in the office under the race detector. make test runs eight without it.
func TestTheWorkersOfAnOfficeDoNotRace(t *testing.T) {
	t.Parallel()
	url, db, desk, start := openOffice(t, 100)
	looks := watchOffice(t, db)
	require.NoError(t, office(url, start.Format(time.RFC3339Nano)))
	looks()
	n, err := desk.Count(t.Context(), 1000, helpdesk.Query{})
	require.NoError(t, err)
	require.Equal(t, []int{100}, n)
	for i := range officeAgents {
		_, err := desk.SetAway(t.Context(), officeAgent(i), false, time.Time{})
		require.NoError(t, err)
	}
	later := helpdesktest.NewClock(fast{start}.Now().Add(10 * time.Minute))
	desk, err = officeDesk(db, later)
	require.NoError(t, err)
	_, err = desk.Tick(t.Context())
	require.NoError(t, err)
	checkOffice(t, db, desk, later.Now())
}

// openOffice hires the agents of an office that will receive this number of tickets.
func openOffice(t *testing.T, tickets int) (url string, db *bun.DB, desk *helpdesk.Desk, start time.Time) {
	t.Helper()
	url = dbtest.PostgresURL(t)
	db = dbtest.Open(t, url)
	migrated(t, db)
	_, err := db.Exec("CREATE SEQUENCE opened START ?", officeTickets-tickets+1)
	require.NoError(t, err)
	start = time.Now()
	desk, err = officeDesk(db, fast{start})
	require.NoError(t, err)
	for i := range officeAgents {
		_, err := desk.SaveAgent(t.Context(), helpdesk.Agent{ID: officeAgent(i), Name: "A", Capacity: officeCapacity, Skills: map[helpdesk.Skill]int{"general": 3}})
		require.NoError(t, err)
	}
	return url, db, desk, start
}

// runOffice runs processes, kills and replaces one after another, and waits for the rest.
func runOffice(t *testing.T, url string, start time.Time, processes, kills int) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	hire := func() *exec.Cmd {
		c := exec.Command(self)
		c.Env = append(os.Environ(), officeURL+"="+url, officeStart+"="+start.Format(time.RFC3339Nano))
		c.Stderr = os.Stderr
		require.NoError(t, c.Start())
		return c
	}
	var running []*exec.Cmd
	for range processes {
		running = append(running, hire())
	}
	for i := range kills {
		time.Sleep(time.Duration(300+rand.IntN(400)) * time.Millisecond) // in the middle of work
		_ = running[i].Process.Kill()
		_ = running[i].Wait()
		running = append(running, hire())
	}
	for _, c := range running[kills:] {
		require.NoError(t, c.Wait())
	}
}

// overfull finds agents over the capacity or with a wrong counter, in one statement: at one moment.
const overfull = `SELECT count(*) FROM (SELECT agent, sum(open) AS open, sum(counter) AS counter FROM (
SELECT assignee AS agent, 1 AS open, 0 AS counter FROM helpdesk_tickets WHERE assignee <> '' AND status IN ('assigned', 'in_progress', 'escalated')
UNION ALL SELECT agent, 0, open FROM helpdesk_loads) AS x GROUP BY agent) AS y WHERE open > ? OR open <> counter`

// watchOffice checks repeatedly until the returned function is called, which returns the number of
// checks.
func watchOffice(t *testing.T, db *bun.DB) func() int {
	stop, done := make(chan struct{}), make(chan int)
	go func() {
		for looks := 0; ; looks++ {
			select {
			case <-stop:
				done <- looks
				return
			case <-time.After(50 * time.Millisecond):
			}
			var wrong int
			if err := db.NewRaw(overfull, officeCapacity).Scan(context.Background(), &wrong); err != nil || wrong > 0 {
				t.Errorf("%d agents over capacity or counted wrong, error %v", wrong, err)
			}
		}
	}()
	return func() int {
		close(stop)
		return <-done
	}
}

// checkOffice checks the rules that hold after a Tick while nothing else happens.
func checkOffice(t *testing.T, db *bun.DB, desk *helpdesk.Desk, now time.Time) {
	t.Helper()
	var wrong int
	require.NoError(t, db.NewRaw(overfull, officeCapacity).Scan(t.Context(), &wrong))
	require.Zero(t, wrong)
	noDrift(t, desk)
	loads, err := desk.Loads(t.Context())
	require.NoError(t, err)
	for ticket, err := range desk.All(t.Context(), helpdesk.Query{Waiting: true, Order: helpdesk.ByDue}) {
		require.NoError(t, err)
		if ticket.QueuedAt.After(now) {
			require.Greater(t, len(ticket.TakenBack), 3)
			continue
		}
		for i := range officeAgents {
			declined := false
			for _, id := range ticket.Declined {
				declined = declined || id == officeAgent(i)
			}
			require.True(t, declined || loads[officeAgent(i)].Open == officeCapacity, "%s waits while %s has room", ticket.ID, officeAgent(i))
		}
	}
	var lost int
	require.NoError(t, db.NewRaw(`SELECT count(*) FROM helpdesk_tickets WHERE open AND assignee = '' AND queued_at IS NULL AND status <> 'waiting_customer'`).Scan(t.Context(), &lost))
	require.Zero(t, lost, "each open ticket is with somebody, with the customer, or in the queue")
}

// emptyQueue has agents end as many tickets as wait for their first agent, until none does.
func emptyQueue(t *testing.T, desk *helpdesk.Desk) {
	t.Helper()
	for range 20 {
		var held []helpdesk.TicketID
		waiting := 0
		for ticket, err := range desk.All(t.Context(), helpdesk.Query{Status: helpdesk.OpenStatuses}) {
			require.NoError(t, err)
			switch {
			case ticket.Assignee != "" && ticket.Status != helpdesk.StatusWaiting:
				held = append(held, ticket.ID)
			case ticket.AssignedAt.IsZero():
				waiting++
			}
		}
		if waiting == 0 {
			return
		}
		for _, id := range held[:min(len(held), waiting)] {
			_, err := desk.Resolve(t.Context(), id, "done")
			require.NoError(t, err)
		}
		_, err := desk.Tick(t.Context())
		require.NoError(t, err)
	}
	require.Fail(t, "tickets wait although agents have room")
}

// requireOneHolderAtATime replays the recorded events of each ticket.
func requireOneHolderAtATime(t *testing.T, db *bun.DB, desk *helpdesk.Desk) {
	t.Helper()
	var steps []struct{ ID, Type, Old, New string }
	require.NoError(t, db.NewRaw("SELECT ticket_id AS id, type, old, new FROM helpdesk_events WHERE type IN ('assigned', 'unassigned') ORDER BY at, seq").Scan(t.Context(), &steps))
	holder, assigned := map[string]string{}, map[string]int{}
	for _, step := range steps {
		require.Equal(t, holder[step.ID], step.Old, "%s is given out twice, or taken from somebody else", step.ID)
		if holder[step.ID] = ""; step.Type == string(helpdesk.EventAssigned) {
			require.Empty(t, step.Old)
			holder[step.ID] = step.New
			assigned[step.ID]++
		}
	}
	tickets := 0
	for ticket, err := range desk.All(t.Context(), helpdesk.Query{Limit: helpdesk.MaxLimit}) {
		require.NoError(t, err)
		require.EqualValues(t, holder[string(ticket.ID)], ticket.Assignee)
		tickets++
	}
	require.Greater(t, tickets, officeTickets*9/10, "a killed process takes what it was opening with it")
	require.Len(t, assigned, tickets, "each ticket gets an agent")
	times := 0
	for _, n := range assigned {
		times += n
	}
	t.Logf("%d assignments of %d tickets", times, tickets)
}
