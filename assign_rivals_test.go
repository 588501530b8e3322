package helpdesk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

// The races of assignment, step by step: one desk reads and decides, another desk commits, and then
// the first desk commits.

// meanwhile is a Store that calls a function before the first commit that changes a ticket.
type meanwhile struct {
	helpdesk.Store
	once   sync.Once
	happen func()
}

func (m *meanwhile) Unwrap() helpdesk.Store { return m.Store }

func (m *meanwhile) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	for _, c := range changes {
		if c.Ticket != nil || len(c.Settings) > 0 {
			m.once.Do(m.happen)
		}
	}
	return m.Store.Commit(ctx, changes...)
}

// race lets a second desk place the waiting tickets, while happen interferes.
func race(t *testing.T, d *helpdesktest.Desk, happen func()) {
	t.Helper()
	other, err := helpdesk.New(&meanwhile{Store: unlocked{d.Store}, happen: happen}, &helpdesk.Config{Clock: d.Clock, Assigner: assign.BySkill(nil)})
	require.NoError(t, err)
	_, err = other.Tick(t.Context())
	require.NoError(t, err)
}

// unlocked hides the Locker of a Store: all must be right without it.
type unlocked struct{ helpdesk.Store }

func (u unlocked) Loads(ctx context.Context, tenant helpdesk.TenantID) (map[helpdesk.AgentID]helpdesk.Load, error) {
	return helpdesk.Loads(ctx, u.Store, tenant)
}

func (u unlocked) LoadDrift(ctx context.Context, tenant helpdesk.TenantID) ([]helpdesk.LoadDrift, error) {
	a, _ := helpdesk.As[helpdesk.LoadAuditor](u.Store)
	return a.LoadDrift(ctx, tenant)
}

// waits opens and triages tickets while no agent is there, and then adds the agents.
func waits(t *testing.T, store helpdesk.Store, n int, agents ...helpdesk.Agent) (*helpdesktest.Desk, []helpdesk.TicketID) {
	t.Helper()
	d := staffed(t, unlocked{store}, &helpdesk.Config{SLA: noSLA})
	var ids []helpdesk.TicketID
	for range n {
		ids = append(ids, openAt(t, d, 0))
		d.Drain()
		d.Clock.Advance(time.Second)
	}
	for _, a := range agents {
		a.Name, a.Skills = string(a.ID), map[helpdesk.Skill]int{"general": 3}
		d.Hire(a)
	}
	return d, ids
}

// A desk that counted first and updated later put 2 tickets on a capacity of 1.
func TestACapacityOfOneTakesOneTicket(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, ids := waits(t, store, 2, helpdesk.Agent{ID: "ana", Capacity: 1})
		race(t, d, func() {
			_, err := asAgent(d, "ana").Take(t.Context(), ids[1])
			require.NoError(t, err)
		})
		require.Equal(t, []helpdesk.AgentID{"", "ana"}, holders(t, d, ids...))
		noDrift(t, d.Desk)
	})
}

// A desk that ranked by old loads chose an agent who had become the worst.
func TestAStaleRankingIsNotFollowed(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, ids := waits(t, store, 4, helpdesk.Agent{ID: "a"}, helpdesk.Agent{ID: "b"})
		race(t, d, func() {
			for _, id := range ids[1:] {
				_, err := asAgent(d, "a").Take(t.Context(), id)
				require.NoError(t, err)
			}
		})
		require.Equal(t, []helpdesk.AgentID{"b", "a", "a", "a"}, holders(t, d, ids...), "a was the first by id, and then held three")
		noDrift(t, d.Desk)
	})
}

// A desk that raised the counter before it found the ticket taken left the counter too high.
func TestATicketTakenMeanwhileLeavesNoCountBehind(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, ids := waits(t, store, 1, helpdesk.Agent{ID: "a"}, helpdesk.Agent{ID: "b"})
		race(t, d, func() {
			_, err := asAgent(d, "b").Take(t.Context(), ids[0])
			require.NoError(t, err)
		})
		require.Equal(t, []helpdesk.AgentID{"b"}, holders(t, d, ids...))
		loads, err := d.Loads(t.Context())
		require.NoError(t, err)
		require.Equal(t, 0, loads["a"].Open)
		require.Equal(t, 1, loads["b"].Open)
		noDrift(t, d.Desk)
	})
}

// In a batch each decision rests on those before it. When one is refused, the later rankings are
// wrong.
func TestWhatFollowsARefusedClaimIsDecidedAnew(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, ids := waits(t, store, 3, helpdesk.Agent{ID: "a"}, helpdesk.Agent{ID: "b"})
		race(t, d, func() {
			_, err := d.Resolve(t.Context(), ids[1], "it was nothing") // b was to have it
			require.NoError(t, err)
		})
		require.Equal(t, []helpdesk.AgentID{"a", "", "b"}, holders(t, d, ids...))
		noDrift(t, d.Desk)
	})
}

// Two desks place the waiting tickets at once.
func TestTwoDesksPullEachTicketOnce(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, ids := waits(t, store, 5, helpdesk.Agent{ID: "a", Capacity: 2}, helpdesk.Agent{ID: "b", Capacity: 2})
		race(t, d, func() {
			third, err := helpdesk.New(unlocked{store}, &helpdesk.Config{Clock: d.Clock, Assigner: assign.BySkill(nil)})
			require.NoError(t, err)
			_, err = third.Triage(t.Context(), ids[4]) // a pass, although the tasks are leased
			require.NoError(t, err)
		})
		for i, id := range ids {
			require.Equal(t, map[bool]int{true: 1, false: 0}[i < 4], events(t, d, id)[helpdesk.EventAssigned], "ticket %d", i)
		}
		noDrift(t, d.Desk)
	})
}

// SELECT best agent FOR UPDATE SKIP LOCKED chose an agent with 4 of 5 while another had 0 of 5.
// Loads stay even, however many desks commit at once.
func TestDesksAtOnceKeepLoadsEven(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		const desks, tickets = 6, 36
		d := staffed(t, unlocked{store}, &helpdesk.Config{SLA: noSLA})
		for i := range 6 {
			d.Hire(helpdesk.Agent{ID: helpdesk.AgentID(fmt.Sprint("agent", i)), Name: "A", Capacity: 50, Skills: map[helpdesk.Skill]int{"general": 1}})
		}
		var at sync.WaitGroup
		for range desks {
			one, err := helpdesk.New(unlocked{store}, &helpdesk.Config{Clock: d.Clock, Assigner: assign.BySkill(nil)})
			require.NoError(t, err)
			at.Go(func() {
				for range tickets / desks {
					ticket, err := one.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
					if err == nil {
						_, err = one.Triage(t.Context(), ticket.ID)
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		at.Wait()
		d.Drain()
		d.Advance(time.Minute) // after too many conflicts there is another pass
		loads, err := d.Loads(t.Context())
		require.NoError(t, err)
		for id, load := range loads {
			require.Equal(t, tickets/6, load.Open, "%s: %v", id, loads)
		}
		noDrift(t, d.Desk)
	})
}

// When a hundred places become free at once, few commits fill them, not one for each.
func TestAHundredFreedSlotsAreFilledTogether(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		counting := &counter{Store: store}
		d := staffed(t, counting, &helpdesk.Config{SLA: noSLA}, helpdesk.Agent{ID: "ana", Capacity: 100}, helpdesk.Agent{ID: "ben", Capacity: 100, Away: true})
		var held []helpdesk.TicketID
		for range 200 {
			held = append(held, openAt(t, d, 0))
		}
		d.Drain()
		edit(t, d, "ana", func(a *helpdesk.Agent) { a.Manager = true })
		_, err := d.SetAway(t.Context(), "ben", false, time.Time{})
		require.NoError(t, err)
		_, err = d.SetAway(t.Context(), "ben", true, time.Time{})
		require.NoError(t, err)
		d.Drain()
		freed := 0
		for _, id := range held {
			if read(t, d, id).Assignee == "ana" {
				_, err := d.Resolve(t.Context(), id, "done")
				require.NoError(t, err)
				freed++
			}
		}
		require.Equal(t, 100, freed)
		counting.commits.Store(0)
		var at sync.WaitGroup
		for range 8 {
			one, err := helpdesk.New(counting, &helpdesk.Config{Clock: d.Clock, Assigner: assign.BySkill(nil)})
			require.NoError(t, err)
			at.Go(func() {
				if _, err := one.Tick(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		at.Wait()
		d.Drain()
		loads, err := d.Loads(t.Context())
		require.NoError(t, err)
		require.Equal(t, 100, loads["ana"].Open)
		require.Less(t, counting.commits.Load(), int64(100), "commits")
		noDrift(t, d.Desk)
	})
}

// counter counts commits.
type counter struct {
	helpdesk.Store
	commits atomic.Int64
}

func (c *counter) Unwrap() helpdesk.Store { return c.Store }

func (c *counter) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	c.commits.Add(1)
	return c.Store.Commit(ctx, changes...)
}

// A late heartbeat, or an edit of an old version, must not overwrite a newer one.
func TestALateHeartbeatOverwritesNothing(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana"})
		now := d.Clock.Now()
		d.Clock.Advance(10 * time.Second)
		_, err := d.SetAway(t.Context(), "ana", true, now.Add(2*time.Second))
		require.NoError(t, err)
		late, err := d.SetAway(t.Context(), "ana", false, now.Add(time.Second))
		require.NoError(t, err)
		require.True(t, late.Away)
		require.EqualValues(t, 2, late.Version, "nothing was written")

		for _, said := range []struct {
			away   bool
			second time.Duration
			want   bool
		}{
			{true, 5, true},   // still away at the fifth second
			{false, 4, true},  // late
			{false, 6, false}, // back
			{false, 8, false}, // still here
			{true, 7, false},  // late
			{true, 9, true},
		} {
			a, err := d.SetAway(t.Context(), "ana", said.away, now.Add(said.second*time.Second))
			require.NoError(t, err)
			require.Equal(t, said.want, a.Away, "as of second %d", said.second)
		}

		other, err := helpdesk.New(&meanwhile{Store: d.Store, happen: func() {
			edit(t, d, "ana", func(a *helpdesk.Agent) { a.Skills = map[helpdesk.Skill]int{"billing": 5} })
		}}, &helpdesk.Config{Clock: d.Clock, Assigner: assign.BySkill(nil)})
		require.NoError(t, err)
		back, err := other.SetAway(t.Context(), "ana", false, now.Add(10*time.Second))
		require.NoError(t, err)
		require.Equal(t, map[helpdesk.Skill]int{"billing": 5}, back.Skills, "the edit in between stays")
		require.False(t, back.Away)
		agents, err := d.Agents(t.Context())
		require.NoError(t, err)
		require.Equal(t, []helpdesk.Agent{back}, agents)
		stale := back
		stale.Version--
		_, err = d.SaveAgent(t.Context(), stale)
		require.ErrorIs(t, err, helpdesk.ErrConflict)
	})
}

// The hourly audit logs a wrong counter and corrects it, once.
func TestAWrongCounterIsMendedWithinTheHour(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana", Capacity: 2})
		openAt(t, d, 0)
		d.Drain()
		broken := &helpdesk.Change{Loads: []helpdesk.LoadDelta{{Agent: "ana", Delta: 1}, {Agent: "gone", Delta: 3}}}
		require.NoError(t, store.Commit(t.Context(), broken))
		wrong, err := d.LoadDrift(t.Context())
		require.NoError(t, err)
		require.Equal(t, []helpdesk.LoadDrift{{Agent: "ana", Counter: 2, Open: 1}, {Agent: "gone", Counter: 3}}, wrong)
		_, err = asAgent(d, "ana").LoadDrift(t.Context())
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		waiting := openAt(t, d, 0)
		d.Drain()
		require.Empty(t, read(t, d, waiting).Assignee, "she seems full")
		d.Advance(2 * time.Hour)
		noDrift(t, d.Desk)
		require.Equal(t, helpdesk.AgentID("ana"), read(t, d, waiting).Assignee, "and the slot found is used")
	})
}

func TestWithoutAnAuditorThereIsNothingToAudit(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, plainStore{helpdesktest.New(t, nil, nil).Store}, nil)
	_, err := d.LoadDrift(t.Context())
	require.ErrorIs(t, err, errors.ErrUnsupported)
}

// plainStore has only the methods of Store.
type plainStore struct{ helpdesk.Store }

// A transaction of the host keeps the counter of its agent from everybody until it ends.
func TestAnOpenTransactionOfTheHostKeepsOneAgentFromTheQueueAndNotAll(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	var log bytes.Buffer
	clock := helpdesktest.NewClock(helpdesktest.Start)
	d, err := helpdesk.New(store, &helpdesk.Config{Clock: clock, Assigner: assign.BySkill(nil), Logger: slog.New(slog.NewTextHandler(&log, nil))})
	require.NoError(t, err)
	for id, capacity := range map[helpdesk.AgentID]int{ana: 9, "bob": 3} {
		_, err := d.SaveAgent(ctx, helpdesk.Agent{ID: id, Name: string(id), Capacity: capacity, Skills: map[helpdesk.Skill]int{"general": 3}})
		require.NoError(t, err)
	}
	open := func() helpdesk.TicketID {
		ticket, err := d.Open(ctx, helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err)
		return ticket.ID
	}
	tick := func() {
		_, err := d.Tick(ctx)
		require.NoError(t, err)
	}
	holders := func(ids []helpdesk.TicketID) (all []helpdesk.AgentID) {
		for _, id := range ids {
			ticket, err := d.Ticket(ctx, id)
			require.NoError(t, err)
			all = append(all, ticket.Assignee)
		}
		return all
	}
	hosts := open()
	tx, err := db.BeginTx(ctx, nil)
	require.NoError(t, err)
	defer tx.Rollback()
	_, err = d.WithStore(store.WithTx(tx)).Reassign(ctx, hosts, ana)
	require.NoError(t, err)

	ids := []helpdesk.TicketID{open(), open(), open()}
	tick()
	require.Equal(t, []helpdesk.AgentID{"bob", "bob", "bob"}, holders(ids))
	last := open() // nobody but ana has room
	tick()
	ticket, err := d.Ticket(ctx, last)
	require.NoError(t, err)
	require.Equal(t, helpdesk.StatusNew, ticket.Status, "nobody is told that no agent is free")
	require.Equal(t, 1, strings.Count(log.String(), "another transaction keeps the counter"), log.String())
	var tried int
	require.NoError(t, db.NewSelect().Table("helpdesk_tasks").ColumnExpr("attempts").Where("kind = 'triage'").Scan(ctx, &tried))
	require.Zero(t, tried, "triage leaves the host's ticket alone")

	require.NoError(t, tx.Rollback())
	clock.Advance(time.Minute)
	tick()
	require.Equal(t, []helpdesk.AgentID{ana}, holders([]helpdesk.TicketID{last}))
	require.Contains(t, log.String(), "is free again")
	require.Contains(t, log.String(), "kept=1m0s")
	noDrift(t, d)
}
