package helpdesk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// staffed returns a desk with only these agents, each with the general skill.
func staffed(t *testing.T, store helpdesk.Store, cfg *helpdesk.Config, agents ...helpdesk.Agent) *helpdesktest.Desk {
	t.Helper()
	d := helpdesktest.New(t, store, cfg)
	for _, a := range agents {
		a.Name = string(a.ID)
		if a.Skills == nil {
			a.Skills = map[helpdesk.Skill]int{"general": 3}
		}
		d.Hire(a)
	}
	d.Drain()
	return d
}

// edit reads an agent, changes it and saves it, as an admin does.
func edit(t *testing.T, d *helpdesktest.Desk, id helpdesk.AgentID, change func(a *helpdesk.Agent)) {
	t.Helper()
	agents, err := d.Agents(t.Context())
	require.NoError(t, err)
	i := slices.IndexFunc(agents, func(a helpdesk.Agent) bool { return a.ID == id })
	change(&agents[i])
	_, err = d.SaveAgent(t.Context(), agents[i])
	require.NoError(t, err)
}

func holders(t *testing.T, d *helpdesktest.Desk, ids ...helpdesk.TicketID) (who []helpdesk.AgentID) {
	t.Helper()
	for _, id := range ids {
		who = append(who, read(t, d, id).Assignee)
	}
	return who
}

func openAt(t *testing.T, d *helpdesktest.Desk, p helpdesk.Priority) helpdesk.TicketID {
	t.Helper()
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Priority: p})
	require.NoError(t, err)
	return ticket.ID
}

func noDrift(t *testing.T, d *helpdesk.Desk) {
	t.Helper()
	wrong, err := d.LoadDrift(t.Context())
	require.NoError(t, err)
	require.Empty(t, wrong)
}

func TestTheQueueIsBreachedOrNearestDueThenPriorityThenAge(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		policies := helpdesk.SLAFunc(func(_ context.Context, t *helpdesk.Ticket) (*helpdesk.Policy, error) {
			switch t.Subject {
			case "none":
				return nil, nil
			case "breached": // its first response is late, its resolution not nearly due
				return &helpdesk.Policy{Name: "b", FirstResponse: time.Minute, Resolution: 1000 * time.Hour}, nil
			case "soon":
				return &helpdesk.Policy{Name: "s", Resolution: 30 * time.Minute}, nil
			}
			return &helpdesk.Policy{Name: "l", Resolution: 10 * time.Hour}, nil
		})
		d := staffed(t, store, &helpdesk.Config{SLA: policies}, helpdesk.Agent{ID: "ana", Capacity: 1})
		busy := openAt(t, d, helpdesk.Low)
		d.Drain()
		var want []helpdesk.TicketID
		queue := map[string]helpdesk.TicketID{}
		for _, w := range []struct {
			name, subject string
			priority      helpdesk.Priority
		}{
			{"no policy, urgent", "none", helpdesk.Urgent}, {"later, low, older", "later", helpdesk.Low}, {"later, low", "later", helpdesk.Low},
			{"later, high", "later", helpdesk.High}, {"soon", "soon", helpdesk.Low}, {"breached", "breached", helpdesk.Low},
		} {
			ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: w.subject, Priority: w.priority})
			require.NoError(t, err)
			queue[w.name] = ticket.ID
			if w.name == "later, low, older" {
				d.Clock.Advance(time.Microsecond)
			}
		}
		d.Advance(2 * time.Minute)
		// One of the three later tickets is older, and so due a microsecond before the others.
		for _, name := range []string{"breached", "soon", "later, low, older", "later, high", "later, low", "no policy, urgent"} {
			want = append(want, queue[name])
		}
		page, err := d.Tickets(t.Context(), helpdesk.Query{Waiting: true, Order: helpdesk.ByDue})
		require.NoError(t, err)
		require.Len(t, page.Tickets, len(want))
		for _, waiting := range page.Tickets {
			require.Equal(t, helpdesk.StatusEscalated, waiting.Status)
			require.GreaterOrEqual(t, waiting.EscalationLevel, 1)
		}
		var got []helpdesk.TicketID
		for last := busy; len(got) < len(want); last = got[len(got)-1] {
			_, err := d.Resolve(t.Context(), last, "done")
			require.NoError(t, err)
			d.Drain()
			page, err := d.Tickets(t.Context(), helpdesk.Query{Assignee: "ana", Status: helpdesk.OpenStatuses})
			require.NoError(t, err)
			require.Len(t, page.Tickets, 1, "one slot, one ticket")
			got = append(got, page.Tickets[0].ID)
		}
		require.Equal(t, want, got)
		noDrift(t, d.Desk)
	})
}

func TestWhoWaitsIsPulledByWhateverFreesASlot(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		for name, free := range map[string]func(d *helpdesktest.Desk, held helpdesk.TicketID){
			"resolve": func(d *helpdesktest.Desk, held helpdesk.TicketID) { _, _ = d.Resolve(t.Context(), held, "done") },
			"waiting": func(d *helpdesktest.Desk, held helpdesk.TicketID) {
				_, _ = asAgent(d, "ana").Reply(t.Context(), held, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
			},
			"reassign": func(d *helpdesktest.Desk, held helpdesk.TicketID) { _, _ = d.Reassign(t.Context(), held, "away") },
			"merge": func(d *helpdesktest.Desk, held helpdesk.TicketID) {
				survivor := openAt(t, d, 0)
				_, err := d.Resolve(t.Context(), survivor, "done")
				require.NoError(t, err)
				_, _ = d.Merge(t.Context(), held, survivor)
			},
			"new agent": func(d *helpdesktest.Desk, _ helpdesk.TicketID) {
				d.Hire(helpdesk.Agent{ID: "new", Name: "New", Skills: map[helpdesk.Skill]int{"general": 1}})
			},
			"higher capacity": func(d *helpdesktest.Desk, _ helpdesk.TicketID) {
				edit(t, d, "ana", func(a *helpdesk.Agent) { a.Capacity = 2 })
			},
			"return": func(d *helpdesktest.Desk, _ helpdesk.TicketID) {
				_, _ = d.SetAway(t.Context(), "away", false, time.Time{})
			},
		} {
			tenant := helpdesk.TenantID(name)
			d := staffed(t, store, nil)
			d.Desk = d.ForTenant(tenant)
			d.Hire(
				helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 1, Skills: map[helpdesk.Skill]int{"general": 3}},
				helpdesk.Agent{ID: "away", Name: "Away", Away: true, Skills: map[helpdesk.Skill]int{"general": 3}},
				helpdesk.Agent{ID: "unskilled", Name: "U"})
			held := openAt(t, d, 0)
			d.Drain()
			waits := openAt(t, d, 0)
			d.Drain()
			require.Equal(t, []helpdesk.AgentID{"ana", ""}, holders(t, d, held, waits), name)
			require.Equal(t, d.Clock.Now(), read(t, d, waits).QueuedAt)
			free(d, held)
			d.Drain()
			got := read(t, d, waits)
			require.NotEmpty(t, got.Assignee, name)
			require.Zero(t, got.QueuedAt, name)
			noDrift(t, d.Desk)
		}
	})
}

// Tickets that nobody can take must not block those behind them.
func TestTheQueueIsGoneThroughToItsEnd(t *testing.T) {
	t.Parallel()
	policies := helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
		return &helpdesk.Policy{Name: "p", Resolution: 100 * time.Hour}, nil
	})
	d := staffed(t, nil, &helpdesk.Config{SLA: policies}, helpdesk.Agent{ID: "ana", Capacity: 1000})
	for range 450 {
		_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Category: helpdesk.Billing})
		require.NoError(t, err)
	}
	d.Clock.Advance(time.Second)
	last := openAt(t, d, 0)
	d.Drain()
	require.Equal(t, helpdesk.AgentID("ana"), read(t, d, last).Assignee)
	page, err := d.Tickets(t.Context(), helpdesk.Query{Waiting: true, Limit: helpdesk.MaxLimit})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 450)
	told := len(d.Notices.Of(helpdesk.NoticeUnassigned))
	require.Equal(t, 450, told)
	d.Hire(helpdesk.Agent{ID: "no help", Name: "N"})
	d.Drain()
	require.Len(t, d.Notices.Of(helpdesk.NoticeUnassigned), told, "managers are told once")
	require.Equal(t, 1, events(t, d, page.Tickets[0].ID)[helpdesk.EventEscalated])
}

// A report with a future time must not block reports before that time.
func TestDecliningIsForWhoHoldsTheTicket(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana"}, helpdesk.Agent{ID: "ben", Capacity: 1})
		first := openAt(t, d, 0)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, first))
		_, err := asAgent(d, "ben").Decline(t.Context(), first, "no")
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = asAgent(d, "ana").Decline(t.Context(), first, "I know the customer")
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, first))
		_, err = d.Decline(t.Context(), first, "ben is ill")
		require.NoError(t, err)
		d.Drain()
		held := read(t, d, first)
		require.Equal(t, helpdesk.StatusEscalated, held.Status, "both have given it back")
		require.Equal(t, []helpdesk.AgentID{"ana", "ben"}, held.Declined)
		_, err = d.Decline(t.Context(), first, "again")
		require.ErrorContains(t, err, "the ticket is not assigned")
		d.Advance(time.Hour)
		require.Empty(t, read(t, d, first).Assignee)
		_, err = d.Reassign(t.Context(), first, "ana")
		require.NoError(t, err, "a person may all the same")
		require.Equal(t, []helpdesk.AgentID{"ben"}, read(t, d, first).Declined)
	})
}

func TestTeamsKeepTheirCategories(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		all := map[helpdesk.Skill]int{"billing": 3, "technical": 3, "general": 3}
		d := staffed(t, store, nil,
			helpdesk.Agent{ID: "a", Skills: all}, helpdesk.Agent{ID: "b", Skills: all, Teams: []helpdesk.TeamID{"money", "night"}, Capacity: 1},
			helpdesk.Agent{ID: "boss", Manager: true, Away: true}, helpdesk.Agent{ID: "cfo", Away: true})
		_, err := d.SaveTeam(t.Context(), helpdesk.Team{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}, Managers: []helpdesk.AgentID{"cfo"}})
		require.NoError(t, err)
		open := func(c helpdesk.Category) helpdesk.TicketID {
			ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Category: c})
			require.NoError(t, err)
			d.Drain()
			return ticket.ID
		}
		billing, technical, second := open(helpdesk.Billing), open(helpdesk.Technical), open(helpdesk.Billing)
		require.Equal(t, []helpdesk.AgentID{"b", "a", ""}, holders(t, d, billing, technical, second))
		told := d.Notices.Of(helpdesk.NoticeUnassigned)
		require.Len(t, told, 1)
		require.Equal(t, []helpdesk.Recipient{{Agent: "cfo", Name: "cfo"}}, told[0].To, "the team has a manager of its own")
		story, err := assign.Explain(t.Context(), d.Desk, second)
		require.NoError(t, err)
		require.Contains(t, story.Steps[0].Excluded, helpdesk.Excluded{Why: "not in a team for billing", Agents: []helpdesk.AgentID{"a", "boss", "cfo"}})

		_, err = d.SaveTeam(t.Context(), helpdesk.Team{ID: "night", Name: "Night", Categories: []helpdesk.Category{helpdesk.Billing}})
		require.NoError(t, err)
		edit(t, d, "a", func(a *helpdesk.Agent) { a.Teams = []helpdesk.TeamID{"night"} })
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"a"}, holders(t, d, second), "a category may be bound to two teams")
		edit(t, d, "a", func(a *helpdesk.Agent) { a.Teams = nil })
		d.Advance(5 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{""}, holders(t, d, second), "who leaves the team loses its tickets")
		require.NoError(t, d.RemoveTeam(t.Context(), "money"))
		require.NoError(t, d.RemoveTeam(t.Context(), "night"))
		require.ErrorIs(t, d.RemoveTeam(t.Context(), "night"), helpdesk.ErrNotFound)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"a"}, holders(t, d, second), "unbound, it is everybody's")
		_, err = d.Escalate(t.Context(), technical, "help")
		require.NoError(t, err)
		d.Drain()
		escalated := d.Notices.Of(helpdesk.NoticeEscalated)
		require.Equal(t, []helpdesk.Recipient{{Agent: "boss", Name: "boss"}}, escalated[0].To)
	})
}

func TestACustomerComesBackToTheSameAgentWithin14Days(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, &helpdesk.Config{Assigner: assign.Sticky(assign.BySkill(nil), 0), SLA: noSLA, CloseAfter: -1},
			helpdesk.Agent{ID: "ana", Capacity: 2}, helpdesk.Agent{ID: "ben"})
		ask := func(mail string) helpdesk.TicketID {
			ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: mail}})
			require.NoError(t, err)
			d.Drain()
			return ticket.ID
		}
		first, other := ask(kim), ask("lee@example.com")
		require.Equal(t, []helpdesk.AgentID{"ana", "ben"}, holders(t, d, first, other))
		again := ask(kim)
		require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, again), "although ben has as much room and more")
		require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, ask(kim)), "ana is full")
		for _, id := range []helpdesk.TicketID{first, again} {
			_, err := d.Resolve(t.Context(), id, "done")
			require.NoError(t, err)
		}
		resolved := d.Clock.Now()
		d.Clock.Set(resolved.Add(14 * 24 * time.Hour))
		require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, ask(kim)), "ben saw to the last one")
		anonymous, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, anonymous.ID))
		_, err = d.Resolve(t.Context(), anonymous.ID, "done")
		require.NoError(t, err)
		d.Clock.Advance(14*24*time.Hour + time.Microsecond)
		require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, ask(kim)), "after that the load decides")
	})
}

func TestWhatAPersonAssignsMayPassTheCapacityAndIsRecorded(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana", Capacity: 1})
		first := openAt(t, d, 0)
		d.Drain()
		second := openAt(t, d, 0)
		d.Drain()
		_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ben", Name: "Ben"}).Reassign(t.Context(), second, "ana")
		require.ErrorIs(t, err, helpdesk.ErrForbidden, "ben is no agent")
		_, err = asAgent(d, "ana").Take(t.Context(), second)
		require.NoError(t, err)
		story, err := assign.Explain(t.Context(), d.Desk, second)
		require.NoError(t, err)
		last := story.Steps[len(story.Steps)-1]
		require.True(t, last.Manual && last.Over)
		require.Equal(t, 1, last.Ranked[0].Open)
		require.Equal(t, "ana", last.By.ID)
		loads, err := d.Loads(t.Context())
		require.NoError(t, err)
		require.Equal(t, 2, loads["ana"].Open)
		story, err = assign.Explain(t.Context(), d.Desk, first)
		require.NoError(t, err)
		require.False(t, story.Steps[0].Over || story.Steps[0].Manual)
		noDrift(t, d.Desk)
	})
}

// A person may make an agent continue with a ticket that waited for the customer, even past the
// capacity. An event records it.
func TestGoingOnPastTheCapacityIsRecorded(t *testing.T) {
	t.Parallel()
	for name, goOn := range map[string]func(d *helpdesktest.Desk, id helpdesk.TicketID) error{
		"set status": func(d *helpdesktest.Desk, id helpdesk.TicketID) error {
			return second(d.SetStatus(t.Context(), id, helpdesk.StatusProgress))
		},
		"escalate": func(d *helpdesktest.Desk, id helpdesk.TicketID) error {
			return second(d.Escalate(t.Context(), id, "x"))
		},
		"take": func(d *helpdesktest.Desk, id helpdesk.TicketID) error {
			return second(asAgent(d, "ana").Take(t.Context(), id))
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := staffed(t, nil, &helpdesk.Config{SLA: noSLA}, helpdesk.Agent{ID: "ana", Capacity: 1})
			waiting := openAt(t, d, 0)
			d.Drain()
			_, err := asAgent(d, "ana").Reply(t.Context(), waiting, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
			require.NoError(t, err)
			other := openAt(t, d, 0)
			d.Drain()
			require.Equal(t, []helpdesk.AgentID{"ana", "ana"}, holders(t, d, waiting, other))
			require.NoError(t, goOn(d, waiting))
			loads, err := d.Loads(t.Context())
			require.NoError(t, err)
			require.Equal(t, 2, loads["ana"].Open)
			story, err := assign.Explain(t.Context(), d.Desk, waiting)
			require.NoError(t, err)
			require.True(t, slices.ContainsFunc(story.Steps, func(s assign.Step) bool { return s.Over && s.Manual }), story.String())
			noDrift(t, d.Desk)
		})
	}
}

// An open ticket without an agent waits for one, whoever wrote in it last.
func TestATicketThatNobodyHoldsStaysInTheQueue(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(d *helpdesktest.Desk, id helpdesk.TicketID) error{
		"a reply of an admin who is no agent": func(d *helpdesktest.Desk, id helpdesk.TicketID) error {
			return second(d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "We look into it."}))
		},
		"a status set": func(d *helpdesktest.Desk, id helpdesk.TicketID) error {
			return second(d.SetStatus(t.Context(), id, helpdesk.StatusProgress))
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := staffed(t, nil, &helpdesk.Config{SLA: noSLA})
			id := openAt(t, d, 0)
			d.Drain()
			require.NoError(t, act(d, id))
			require.Equal(t, helpdesk.StatusProgress, read(t, d, id).Status)
			require.NotZero(t, read(t, d, id).QueuedAt)
			d.Hire(helpdesk.Agent{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"general": 3}})
			d.Drain()
			require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, id))
		})
	}
}

// Tickets whose assignment the host refuses keep no others waiting, however many there are and
// however it refuses.
func TestRefusedTicketsKeepNoOthersWaiting(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]func() error{
		"error": func() error { return errors.New("legal hold") },
		"panic": func() error { panic("a bug of the host") },
	} {
		eachStore(t, func(t *testing.T, store helpdesk.Store) {
			d := staffed(t, store, &helpdesk.Config{SLA: noSLA, Logger: quiet, Before: func(_ context.Context, c *helpdesk.Change) error {
				if c.Ticket != nil && c.Ticket.Assignee != "" && slices.Contains(c.Ticket.Tags, "legal") {
					return refuse()
				}
				return nil
			}}, helpdesk.Agent{ID: "ana", Capacity: 25})
			for range 30 {
				_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Tags: []string{"legal"}})
				require.NoError(t, err)
			}
			d.Clock.Advance(time.Second)
			var others []helpdesk.TicketID
			for range 30 {
				others = append(others, openAt(t, d, 0))
			}
			d.Drain()
			given := slices.DeleteFunc(holders(t, d, others...), func(id helpdesk.AgentID) bool { return id == "" })
			require.Len(t, given, 25, "%s: what was refused takes no place either", name)
			noDrift(t, d.Desk)
		})
	}
}

// A Triage in the host's transaction must not lock rows that all other assignments need.
func TestInTheHostsTransactionAssigningIsLeftToTick(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana"})
	id := openAt(t, d, 0)
	bound := d.WithStore(d.Store)
	ticket, err := bound.Triage(t.Context(), id)
	require.NoError(t, err)
	require.Empty(t, ticket.Assignee)
	require.Equal(t, d.Clock.Now(), ticket.QueuedAt)
	d.Drain()
	require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, id))
}

// A new ticket that is triaged at once must not overtake a waiting one.
func TestTriageByHandDoesNotJumpTheQueue(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana", Capacity: 1})
	held := openAt(t, d, 0)
	d.Drain()
	waits := openAt(t, d, 0)
	d.Drain()
	_, err := d.Resolve(t.Context(), held, "done")
	require.NoError(t, err)
	d.Clock.Advance(time.Minute)
	late, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
	require.NoError(t, err)
	ticket, err := d.Triage(t.Context(), late.ID)
	require.NoError(t, err)
	require.Empty(t, ticket.Assignee)
	require.Equal(t, helpdesk.StatusEscalated, ticket.Status)
	require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, waits))
}

// A host's Assigner that fails, panics or returns unknown agents harms no ticket.
func TestAnAssignerThatMisbehaves(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]helpdesk.AssignerFunc{
		"fails": func(context.Context, *helpdesk.Ticket, []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
			return nil, errors.New("no")
		},
		"panics": func(context.Context, *helpdesk.Ticket, []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
			panic("no")
		},
	} {
		d := staffed(t, nil, &helpdesk.Config{Assigner: a}, helpdesk.Agent{ID: "ana"})
		id := openAt(t, d, 0)
		_, err := d.Tick(t.Context())
		require.NoError(t, err, name)
		require.Equal(t, helpdesk.StatusNew, read(t, d, id).Status)
		require.NotZero(t, read(t, d, id).QueuedAt, "it waits, and is tried again")
		_, err = d.Triage(t.Context(), id)
		require.NoError(t, err, name)
	}
	makesUp := helpdesk.AssignerFunc(func(_ context.Context, _ *helpdesk.Ticket, cs []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
		return append([]helpdesk.Candidate{{Agent: helpdesk.Agent{ID: "nobody"}}, {Agent: helpdesk.Agent{ID: "full"}}}, cs...), nil
	})
	d := staffed(t, nil, &helpdesk.Config{Assigner: makesUp}, helpdesk.Agent{ID: "ana"}, helpdesk.Agent{ID: "full", Away: true})
	id := openAt(t, d, 0)
	d.Drain()
	require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, id))

	idsAlone := helpdesk.AssignerFunc(func(_ context.Context, ticket *helpdesk.Ticket, cs []helpdesk.Candidate) (ranked []helpdesk.Candidate, _ error) {
		ticket.Priority = helpdesk.Urgent
		for i := range cs {
			ranked = append(ranked, helpdesk.Candidate{Agent: helpdesk.Agent{ID: cs[i].Agent.ID}})
		}
		return ranked, nil
	})
	d = staffed(t, nil, &helpdesk.Config{Assigner: idsAlone, SLA: noSLA}, helpdesk.Agent{ID: "ana", Capacity: 2})
	first, second := openAt(t, d, 0), openAt(t, d, 0)
	d.Drain()
	require.Equal(t, []helpdesk.AgentID{"ana", "ana"}, holders(t, d, first, second))
	require.Equal(t, helpdesk.Medium, read(t, d, second).Priority, "an Assigner ranks, and changes nothing")
	story, err := assign.Explain(t.Context(), d.Desk, second)
	require.NoError(t, err)
	require.Equal(t, 1, story.Steps[0].Ranked[0].Open, "what is recorded is what the desk knows")
	require.Equal(t, 2, story.Steps[0].Ranked[0].Capacity)
}

// A host's own Assigner chooses the first agent by name. Package assign has the usual ones.
func ExampleAssignerFunc() {
	ctx := context.Background()
	byName := func(_ context.Context, _ *helpdesk.Ticket, free []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
		slices.SortFunc(free, func(a, b helpdesk.Candidate) int {
			if a.Agent.Name < b.Agent.Name {
				return -1
			}
			return 1
		})
		return free, nil
	}
	desk := exampleDesk(helpdesk.AssignerFunc(byName))
	ticket, _ := desk.Open(ctx, helpdesk.OpenParams{Subject: "Hello"})
	ticket, _ = desk.Triage(ctx, ticket.ID)
	fmt.Println(ticket.Assignee)
	// Output: ana
}

func exampleDesk(a helpdesk.Assigner) *helpdesk.Desk {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Assigner: a, Clock: helpdesktest.NewClock(helpdesktest.Start)})
	if err != nil {
		panic(err)
	}
	for _, agent := range []helpdesk.Agent{
		{ID: "cem", Name: "Cem", Skills: map[helpdesk.Skill]int{"billing": 2}},
		{ID: "ana", Name: "Ana", Skills: map[helpdesk.Skill]int{"billing": 4}},
		{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"technical": 5}},
	} {
		if _, err := desk.SaveAgent(ctx, agent); err != nil {
			panic(err)
		}
	}
	return desk
}

var noSLA = helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) { return nil, nil })
