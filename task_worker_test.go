package helpdesk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// telling counts how often each notice was delivered. hang, if set, is called first.
type telling struct {
	hang func(ctx context.Context, n *helpdesk.Notification) error

	mu   sync.Mutex
	told map[string]int // by customer
}

func (o *telling) Notify(ctx context.Context, n *helpdesk.Notification) error {
	if o.hang != nil {
		if err := o.hang(ctx, n); err != nil {
			return err
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.told == nil {
		o.told = map[string]int{}
	}
	for _, to := range n.To {
		o.told[to.Email]++
	}
	return nil
}

func (o *telling) counts() map[string]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.told)
}

// worker returns a desk over a store in the time of the bubble. Each ticket causes one notice, to
// its customer.
func worker(t *testing.T, store helpdesk.Store, cfg helpdesk.Config) *helpdesk.Desk {
	t.Helper()
	cfg.SLA, cfg.Logger = noSLA, quiet
	if cfg.Roster == nil {
		cfg.Roster = rosterFunc(func() []helpdesk.Agent { return []helpdesk.Agent{{ID: "ana", Name: "Ana"}} })
	}
	d, err := helpdesk.New(store, &cfg)
	require.NoError(t, err)
	return d
}

type rosterFunc func() []helpdesk.Agent

func (f rosterFunc) Agents(context.Context, helpdesk.TenantID) ([]helpdesk.Agent, error) {
	return f(), nil
}

// runs runs a desk until stop, which fails unless Run returns soon.
func runs(t *testing.T, d *helpdesk.Desk) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	return func() {
		t.Helper()
		cancel()
		select {
		case err := <-ended:
			require.NoError(t, err)
		case <-time.After(15 * time.Second):
			t.Fatal("Run does not return")
		}
	}
}

// replied opens a ticket of each customer and replies to it, of which the customer is told.
func replied(t *testing.T, d *helpdesk.Desk, customers ...string) {
	t.Helper()
	for _, c := range customers {
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: c}})
		require.NoError(t, err)
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"}).Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "We look into it."})
		require.NoError(t, err)
	}
}

func customers(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("c%d@mail.example", i))
	}
	return list
}

// never does not return until the test is over, whatever its context says.
func never(t *testing.T) (hang func()) {
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	return func() { <-over }
}

func TestANotifierThatNeverReturnsCostsItsOwnNoticeAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang, calls := never(t), atomic.Int64{}
		o := &telling{hang: func(_ context.Context, n *helpdesk.Notification) error {
			if n.To[0].Email == "hangs@mail.example" {
				calls.Add(1)
				hang()
			}
			return nil
		}}
		d := worker(t, memstore.New(), helpdesk.Config{Notifier: o})
		replied(t, d, slices.Repeat([]string{"hangs@mail.example"}, 20)...)
		replied(t, d, customers(30)...)
		stop := runs(t, d)
		time.Sleep(3 * time.Minute)
		require.Len(t, o.counts(), 30)
		replied(t, d, "late@mail.example")
		time.Sleep(2 * time.Second)
		require.Equal(t, 1, o.counts()["late@mail.example"])
		require.Less(t, calls.Load(), int64(30), "a recipient whose calls do not return is called now and then")
		stop()
	})
}

func TestAModelThatNeverReturnsStopsNothingAndIsCaughtUpWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang, well := never(t), atomic.Bool{}
		o := &telling{}
		d := worker(t, memstore.New(), helpdesk.Config{Notifier: o, Classifier: helpdesk.ClassifierFunc(
			func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
				if !well.Load() {
					hang()
				}
				return nil, helpdesk.ErrAbstain
			})})
		replied(t, d, customers(100)...)
		defer runs(t, d)()
		time.Sleep(10 * time.Minute)
		require.Len(t, o.counts(), 100, "notices wait for no model")
		well.Store(true)
		time.Sleep(75 * time.Second)
		page, err := d.Tickets(t.Context(), helpdesk.Query{Limit: helpdesk.MaxLimit})
		require.NoError(t, err)
		for _, ticket := range page.Tickets {
			require.NotZero(t, ticket.TriagedAt)
		}
	})
}

// TestASlowModelHasTheTimeThatTheHostGives has a model that takes a minute.
func TestASlowModelHasTheTimeThatTheHostGives(t *testing.T) {
	for given, triaged := range map[time.Duration]bool{0: false, 2 * time.Minute: true} {
		synctest.Test(t, func(t *testing.T) {
			d := worker(t, memstore.New(), helpdesk.Config{TriageTime: given, Classifier: helpdesk.ClassifierFunc(
				func(ctx context.Context, _ *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
					select {
					case <-time.After(time.Minute):
						return &helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9}, nil
					case <-ctx.Done():
						return nil, ctx.Err()
					}
				})})
			ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
			require.NoError(t, err)
			defer runs(t, d)()
			time.Sleep(70 * time.Second)
			ticket, err = d.Ticket(t.Context(), ticket.ID)
			require.NoError(t, err)
			require.Equal(t, triaged, ticket.Category == helpdesk.Billing)
		})
	}
	for _, given := range []time.Duration{-1, time.Hour} {
		_, err := helpdesk.New(memstore.New(), &helpdesk.Config{TriageTime: given})
		require.ErrorContains(t, err, "TriageTime is not between 0 and 10 minutes")
	}
}

// silent is a roster that answers nothing until it is well.
type silent struct {
	well atomic.Bool
	hang func()
}

func (s *silent) Agents(context.Context, helpdesk.TenantID) ([]helpdesk.Agent, error) {
	if !s.well.Load() {
		s.hang()
	}
	return []helpdesk.Agent{{ID: "ana", Name: "Ana", Skills: map[helpdesk.Skill]int{"general": 1}}}, nil
}

func TestARosterThatNeverReturnsIsCaughtUpWithAfterHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		roster := &silent{hang: never(t)}
		d := worker(t, memstore.New(), helpdesk.Config{Roster: roster, Assigner: assign.BySkill(nil)})
		for range 5 {
			_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
			require.NoError(t, err)
		}
		defer runs(t, d)()
		time.Sleep(3 * time.Hour)
		roster.well.Store(true)
		time.Sleep(75 * time.Second)
		page, err := d.Tickets(t.Context(), helpdesk.Query{Limit: helpdesk.MaxLimit})
		require.NoError(t, err)
		for _, ticket := range page.Tickets {
			require.Equal(t, helpdesk.AgentID("ana"), ticket.Assignee)
		}
	})
}

func TestAHookThatNeverReturnsKeepsNoDeadlineOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := never(t)
		policy := &helpdesk.Policy{Name: "p", FirstResponse: time.Minute}
		d, err := helpdesk.New(memstore.New(), &helpdesk.Config{SLA: fixed(policy), Logger: quiet, Before: func(_ context.Context, c *helpdesk.Change) error {
			if c.Ticket != nil && c.Ticket.Version > 0 && c.Ticket.Subject == "hangs" {
				hang()
			}
			return nil
		}})
		require.NoError(t, err)
		for i := range 20 {
			_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: []string{"hangs", "fine"}[min(i, 1)]})
			require.NoError(t, err)
		}
		defer runs(t, d)()
		time.Sleep(3 * time.Minute)
		page, err := d.Tickets(t.Context(), helpdesk.Query{Limit: helpdesk.MaxLimit})
		require.NoError(t, err)
		for _, ticket := range page.Tickets {
			require.Equal(t, ticket.Subject == "hangs", ticket.Clocks[0].BreachedAt.IsZero(), ticket.Subject)
		}
	})
}

// A process that stops gives its tasks back; one that dies loses them after 30 seconds.
func TestWhatAProcessLeavesIsTakenUpByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, o := memstore.New(), &telling{}
		stuck := &telling{hang: func(ctx context.Context, _ *helpdesk.Notification) error {
			<-ctx.Done()
			return ctx.Err()
		}}
		first := worker(t, store, helpdesk.Config{Notifier: stuck})
		replied(t, first, customers(100)...)
		stop := runs(t, first)
		time.Sleep(5 * time.Second)
		stop()
		second := worker(t, store, helpdesk.Config{Notifier: o})
		stop = runs(t, second)
		time.Sleep(2 * time.Second)
		require.Len(t, o.counts(), 100, "given back at the end of the context")
		stop()

		replied(t, second, customers(200)[100:]...)
		leased, err := store.Lease(t.Context(), time.Now(), 30*time.Second, 1000) // by one that dies
		require.NoError(t, err)
		require.NotEmpty(t, leased)
		defer runs(t, second)()
		time.Sleep(32 * time.Second)
		require.Len(t, o.counts(), 200)
		for _, n := range o.counts() {
			require.Equal(t, 1, n)
		}
	})
}

// Work that takes longer than a lease stays with the process that does it.
func TestSlowNoticesAreToldOnceByOneOfTwoProcesses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := memstore.New()
		o := &telling{hang: func(context.Context, *helpdesk.Notification) error {
			time.Sleep(20 * time.Second)
			return nil
		}}
		config := helpdesk.Config{Notifier: o}
		replied(t, worker(t, store, config), customers(200)...) // 8 at once take 8 minutes
		for range 2 {
			defer runs(t, worker(t, store, config))()
		}
		time.Sleep(20 * time.Minute)
		require.Len(t, o.counts(), 200)
		for _, n := range o.counts() {
			require.Equal(t, 1, n)
		}
	})
}

// refusing is a store whose commits fail while it is away.
type refusing struct {
	helpdesk.Store
	away atomic.Bool
}

func (r *refusing) Unwrap() helpdesk.Store { return r.Store }
func (r *refusing) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	if r.away.Load() {
		return errors.New("the disk is full")
	}
	return r.Store.Commit(ctx, changes...)
}

func TestWhatWasToldBeforeTheStoreWentAwayIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &refusing{Store: memstore.New()}
		var once sync.Once
		o := &telling{hang: func(context.Context, *helpdesk.Notification) error {
			once.Do(func() { store.away.Store(true) })
			return nil
		}}
		config := helpdesk.Config{Notifier: o}
		replied(t, worker(t, store, config), customers(20)...)
		defer runs(t, worker(t, store, config))()
		time.Sleep(2 * time.Second)
		config.Poll = 100 * time.Millisecond // it is the first to see that a lease has run out
		defer runs(t, worker(t, store, config))()
		time.Sleep(2 * time.Minute)
		store.away.Store(false)
		time.Sleep(5 * time.Minute)
		require.Len(t, o.counts(), 20)
		for _, n := range o.counts() {
			require.Equal(t, 1, n)
		}
	})
}

// A host that is down costs a few tries a minute. Its notices wait, live on, and go out within
// minutes of its return; those to other hosts go on.
func TestNoticesToAHostThatIsDownAreHeldAndSentAfterHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var down atomic.Bool
		var tries atomic.Int64
		down.Store(true)
		o := &telling{}
		deliver := func(ctx context.Context, n *helpdesk.Notification) error {
			var errs []error
			for _, to := range n.To {
				errs = append(errs, n.Progress.Once(helpdesk.PartMailTo(to.Email), func() error {
					if down.Load() && strings.HasSuffix(to.Email, "@down.example") {
						tries.Add(1)
						return errors.New("connection refused")
					}
					return o.Notify(ctx, n)
				}))
			}
			return errors.Join(errs...)
		}
		d := worker(t, memstore.New(), helpdesk.Config{Notifier: helpdesk.NotifierFunc(deliver)})
		var theirs []string
		for i := range 20 {
			theirs = append(theirs, fmt.Sprintf("c%d@down.example", i))
		}
		replied(t, d, theirs...)
		defer runs(t, d)()
		time.Sleep(8 * time.Hour)
		dead, err := d.DeadTasks(t.Context(), 10)
		require.NoError(t, err)
		require.Empty(t, dead)
		require.Less(t, tries.Load(), int64(8*60*2+20), "two a minute")
		replied(t, d, "kim@up.example")
		time.Sleep(2 * time.Second)
		require.Equal(t, map[string]int{"kim@up.example": 1}, o.counts())
		down.Store(false)
		time.Sleep(2 * time.Minute)
		require.Len(t, o.counts(), 21)
	})
}

// counting counts leases.
type counting struct {
	helpdesk.Store
	leases atomic.Int64
}

func (c *counting) Unwrap() helpdesk.Store { return c.Store }
func (c *counting) Lease(ctx context.Context, now time.Time, d time.Duration, limit int, except ...helpdesk.TaskGroup) ([]helpdesk.Task, error) {
	tasks, err := c.Store.Lease(ctx, now, d, limit, except...)
	c.leases.Add(int64(len(tasks)))
	return tasks, err
}

func TestABacklogBehindASlowModelIsNotLeasedInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &counting{Store: memstore.New()}
		d := worker(t, store, helpdesk.Config{Classifier: slowly(new(atomic.Int64), "none")})
		const tickets = 1200
		replied(t, d, customers(tickets)...)
		defer runs(t, d)()
		time.Sleep(time.Minute)
		require.Less(t, store.leases.Load(), int64(900), "what it has done and has in hand")
	})
}

// unread is a store that cannot read the records of mails for a while, after the first notice.
type unread struct {
	helpdesk.Store
	away atomic.Bool
}

func (u *unread) Unwrap() helpdesk.Store { return u.Store }
func (u *unread) Mails(ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
	if u.away.Load() {
		return helpdesk.MailPage{}, errors.New("canceling statement due to statement timeout")
	}
	return u.Store.Mails(ctx, q)
}

func TestAMailIsRecordedAsSentThoughItsRecordCannotBeReadAtFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var once sync.Once
		store := &unread{Store: memstore.New()}
		o := &telling{hang: func(context.Context, *helpdesk.Notification) error {
			once.Do(func() { store.away.Store(true) })
			return nil
		}}
		d := worker(t, store, helpdesk.Config{Notifier: o, Mail: &helpdesk.MailConfig{
			Address: func(helpdesk.TenantID) string { return "support@acme.example" }, Keys: [][]byte{bytes.Repeat([]byte("k"), 32)},
		}})
		replied(t, d, "kim@mail.example")
		defer runs(t, d)()
		time.Sleep(20 * time.Second)
		store.away.Store(false)
		time.Sleep(time.Minute)
		require.Equal(t, map[string]int{"kim@mail.example": 1}, o.counts())
		page, err := store.Mails(t.Context(), helpdesk.MailQuery{Limit: 10})
		require.NoError(t, err)
		require.Len(t, page.Mails, 1)
		require.Equal(t, helpdesk.MailSent, page.Mails[0].Outcome)
	})
}

// A commit that fails again and again is no process that dies: its task is never called fatal.
func TestACommitThatFailsForHoursKillsNoTask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &telling{}
		var full atomic.Bool
		var ends atomic.Int64 // refused: every other, so that a task is given back but has no result
		d := worker(t, memstore.New(), helpdesk.Config{Notifier: o, Classifier: helpdesk.ClassifierFunc(
			func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
				return nil, helpdesk.ErrAbstain
			}),
			Before: func(_ context.Context, c *helpdesk.Change) error {
				if full.Load() && (c.Ticket != nil || ends.Add(1)%2 == 1) {
					return errors.New("legal hold")
				}
				return nil
			}})
		replied(t, d, customers(1)...)
		_, err := d.Tick(t.Context()) // the notice
		require.NoError(t, err)
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err)
		full.Store(true)
		stop := runs(t, d)
		time.Sleep(3 * time.Hour)
		full.Store(false)
		time.Sleep(2 * time.Minute)
		stop()
		dead, err := d.DeadTasks(t.Context(), 10)
		require.NoError(t, err)
		require.Empty(t, dead)
		ticket, err = d.Ticket(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.NotZero(t, ticket.TriagedAt)
	})
}

// keeping is a Store in which a transaction of somebody else keeps all tickets.
type keeping struct {
	helpdesk.Store
	kept atomic.Bool
}

func (k *keeping) Unwrap() helpdesk.Store { return k.Store }
func (k *keeping) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	for _, c := range changes {
		if k.kept.Load() && c.Ticket != nil && c.LockWait > 0 {
			return &helpdesk.LockedError{}
		}
	}
	return k.Store.Commit(ctx, changes...)
}

func TestATransactionThatStaysOpenForHoursKillsNoDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &keeping{Store: memstore.New()}
		d, err := helpdesk.New(store, &helpdesk.Config{Logger: quiet, SLA: sla.Standard()})
		require.NoError(t, err)
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Priority: helpdesk.Urgent})
		require.NoError(t, err)
		store.kept.Store(true)
		stop := runs(t, d)
		time.Sleep(12 * time.Hour) // past all due times
		store.kept.Store(false)
		time.Sleep(time.Minute)
		stop()
		dead, err := d.DeadTasks(t.Context(), 10)
		require.NoError(t, err)
		require.Empty(t, dead)
		ticket, err = d.Ticket(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.NotZero(t, ticket.EscalationLevel)
	})
}

// A pass through the queue asks an Assigner and an SLA. The deadlines of other tenants go on
// meanwhile, and the queue goes on when the part is back.
func TestAnAssignerOrAnSLAThatDoesNotReturnHoldsUpItsQueueAlone(t *testing.T) {
	for _, part := range []string{"assigner", "SLA"} {
		synctest.Test(t, func(t *testing.T) {
			var hangs atomic.Bool
			back := make(chan struct{})
			ask := func(name string, tenant helpdesk.TenantID) {
				if hangs.Load() && name == part && tenant == "" {
					<-back
				}
			}
			policy := &helpdesk.Policy{Name: "p", FirstResponse: time.Minute}
			d, err := helpdesk.New(memstore.New(), &helpdesk.Config{
				Logger: quiet, Roster: rosterFunc(func() []helpdesk.Agent { return []helpdesk.Agent{{ID: "ana", Name: "Ana", Capacity: 99}} }),
				Assigner: helpdesk.AssignerFunc(func(_ context.Context, t *helpdesk.Ticket, free []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
					ask("assigner", t.Tenant)
					return free, nil
				}),
				SLA: helpdesk.SLAFunc(func(_ context.Context, t *helpdesk.Ticket) (*helpdesk.Policy, error) {
					ask("SLA", t.Tenant)
					return policy, nil
				}),
			})
			require.NoError(t, err)
			open := func(d *helpdesk.Desk) helpdesk.TicketID {
				ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Priority: helpdesk.Low})
				require.NoError(t, err)
				return ticket.ID
			}
			ours := []helpdesk.TicketID{open(d), open(d), open(d)}
			other := d.ForTenant("other")
			theirs := open(other)
			hangs.Store(true)
			ctx, stop := context.WithCancel(t.Context())
			ran := make(chan struct{})
			go func() {
				_ = d.Run(ctx)
				close(ran)
			}()
			time.Sleep(80 * time.Second)
			ticket, err := other.Ticket(t.Context(), theirs)
			require.NoError(t, err)
			require.False(t, ticket.Clocks[0].BreachedAt.IsZero(), "%s: the other tenant's deadline", part)
			require.WithinDuration(t, ticket.Clocks[0].DueAt, ticket.Clocks[0].DetectedAt, 5*time.Second, part)
			ticket, err = d.Ticket(t.Context(), ours[0])
			require.NoError(t, err)
			require.Empty(t, ticket.Assignee, part)
			hangs.Store(false)
			close(back)
			time.Sleep(2 * time.Minute)
			for _, id := range ours {
				ticket, err = d.Ticket(t.Context(), id)
				require.NoError(t, err)
				require.Equal(t, helpdesk.AgentID("ana"), ticket.Assignee, part)
			}
			stop()
			<-ran
		})
	}
}
