package helpdesk_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// staff drives a desk of a few agents through random commands. After each command, the load
// counters equal the tickets held, and no agent is over the capacity except by a person's command.
// After each Tick, no ticket waits while an agent who may take it has room.
type staff struct {
	*helpdesktest.Desk
	tickets []helpdesk.TicketID
	over    map[helpdesk.AgentID]int // number of tickets past the capacity that a person may have caused
}

var staffIDs = []helpdesk.AgentID{"a", "b", "c", "d"}

// act runs one random command and returns its error. The caller accepts a refusal by the desk.
func (s *staff) act(t *rapid.T) error {
	ctx := t.Context()
	agent := rapid.SampledFrom(staffIDs).Draw(t, "agent")
	if len(s.tickets) == 0 {
		return s.open(t)
	}
	id := rapid.SampledFrom(s.tickets).Draw(t, "ticket")
	var err error
	as := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(agent)})
	customer := s.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
	switch rapid.SampledFrom([]string{
		"open", "open", "triage", "resolve", "wait", "answer", "reopen", "decline", "take", "reassign", "release", "escalate",
		"away", "absence", "edit", "remove", "merge", "unmerge", "category", "team",
	}).Draw(t, "what") {
	case "open":
		return s.open(t)
	case "triage":
		_, err = s.Triage(ctx, id)
	case "resolve":
		_, err = s.Resolve(ctx, id, "done")
	case "wait":
		_, err = s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}).Reply(ctx, id, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
	case "answer":
		_, err = customer.Reply(ctx, id, helpdesk.ReplyParams{Body: "That."})
	case "reopen":
		_, err = s.Reopen(ctx, id)
	case "decline":
		_, err = s.Decline(ctx, id, "no")
	case "take":
		s.over[agent]++
		_, err = as.Take(ctx, id)
	case "reassign":
		s.over[agent]++
		_, err = s.Reassign(ctx, id, agent)
	case "release":
		_, err = s.Reassign(ctx, id, "")
	case "escalate": // also a person's command: a ticket that waited for the customer counts again
		var ticket *helpdesk.Ticket
		if ticket, err = s.Escalate(ctx, id, "help"); err == nil {
			s.over[ticket.Assignee]++
		}
	case "away":
		_, err = s.SetAway(ctx, agent, rapid.Bool().Draw(t, "away"), time.Time{})
	case "absence":
		from := s.Clock.Now().Add(time.Duration(rapid.IntRange(-10, 10).Draw(t, "from")) * time.Minute)
		_, err = s.SetAbsences(ctx, agent, []helpdesk.Absence{{From: from, To: from.Add(time.Duration(rapid.IntRange(1, 20).Draw(t, "minutes")) * time.Minute)}})
	case "edit":
		err = s.hire(t, agent)
	case "remove":
		s.over[agent] += 3 // the agent may return with less capacity
		err = s.RemoveAgent(ctx, agent)
	case "merge":
		_, err = s.Merge(ctx, id, rapid.SampledFrom(s.tickets).Draw(t, "into"))
	case "unmerge":
		_, err = s.Unmerge(ctx, id)
	case "category":
		_, err = s.SetCategory(ctx, id, rapid.SampledFrom([]helpdesk.Category{"", helpdesk.Billing}).Draw(t, "category"))
	case "team":
		err = s.bind(t)
	}
	return err
}

func (s *staff) open(t *rapid.T) error {
	ticket, err := s.Open(t.Context(), helpdesk.OpenParams{
		Subject: "x", Customer: helpdesk.Contact{Email: kim}, Priority: rapid.SampledFrom(helpdesk.Priorities).Draw(t, "priority"),
		Category: rapid.SampledFrom([]helpdesk.Category{"", "", helpdesk.Billing}).Draw(t, "category"),
	})
	if err == nil {
		s.tickets = append(s.tickets, ticket.ID)
	}
	return err
}

// hire adds or edits an agent. An agent whose capacity falls keeps the tickets held.
func (s *staff) hire(t *rapid.T, id helpdesk.AgentID) error {
	a := helpdesk.Agent{ID: id, Name: string(id), Skills: map[helpdesk.Skill]int{}}
	agents, err := s.Agents(t.Context())
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(agents, func(b helpdesk.Agent) bool { return b.ID == id }); i >= 0 {
		a = agents[i]
		a.Skills = map[helpdesk.Skill]int{}
	}
	for _, skill := range []helpdesk.Skill{"general", "billing"} {
		if rapid.IntRange(0, 3).Draw(t, string(skill)) > 0 {
			a.Skills[skill] = 3
		}
	}
	a.Teams = nil
	if rapid.Bool().Draw(t, "team") {
		a.Teams = []helpdesk.TeamID{"money"}
	}
	before := a.Capacity
	if a.Capacity = rapid.IntRange(1, 3).Draw(t, "capacity"); a.Capacity < before {
		s.over[id] += before - a.Capacity
	}
	_, err = s.SaveAgent(t.Context(), a)
	return err
}

// bind binds a category to one team or to none.
func (s *staff) bind(t *rapid.T) error {
	teams, err := s.Teams(t.Context())
	if err != nil {
		return err
	}
	team := helpdesk.Team{ID: "money", Name: "Money"}
	if len(teams) > 0 {
		team = teams[0]
	}
	team.Categories = nil
	if rapid.Bool().Draw(t, "bound") {
		team.Categories = []helpdesk.Category{helpdesk.Billing}
	}
	_, err = s.SaveTeam(t.Context(), team)
	return err
}

// check tests the rules that always hold. After a Tick it also tests the rules that hold after a
// Tick.
func (s *staff) check(t *rapid.T, ticked bool) {
	ctx := t.Context()
	wrong, err := s.LoadDrift(ctx)
	require.NoError(t, err)
	require.Empty(t, wrong)
	agents, err := s.Agents(ctx)
	require.NoError(t, err)
	teams, err := s.Teams(ctx)
	require.NoError(t, err)
	loads, err := s.Loads(ctx)
	require.NoError(t, err)
	now := s.Clock.Now()
	for _, a := range agents {
		require.LessOrEqual(t, loads[a.ID].Open, a.Limit()+s.over[a.ID], a.ID)
	}
	if !ticked {
		return
	}
	for ticket, err := range s.All(ctx, helpdesk.Query{Status: helpdesk.OpenStatuses}) {
		require.NoError(t, err)
		require.Equal(t, ticket.Assignee == "" && ticket.Status != helpdesk.StatusWaiting, !ticket.QueuedAt.IsZero(), "%+v", ticket)
		if ticket.QueuedAt.IsZero() || ticket.QueuedAt.After(now) {
			continue
		}
		need := helpdesk.Skill("general")
		if ticket.Category == helpdesk.Billing {
			need = "billing"
		}
		for _, a := range agents {
			_, away := a.Absent(now)
			bound := len(teams) > 0 && len(teams[0].Categories) > 0 && ticket.Category == helpdesk.Billing
			free := !away && loads[a.ID].Open < a.Limit() && a.Level(need) > 0 && !slices.Contains(ticket.Declined, a.ID) &&
				(!bound || slices.Contains(a.Teams, "money"))
			require.False(t, free, "%s waits while %s has room", ticket.ID, a.ID)
		}
	}
}

func playStaff(t *testing.T, most int, open func() helpdesk.Store) {
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		d := helpdesktest.New(t, open(), &helpdesk.Config{SLA: noSLA})
		d.Desk = d.ForTenant(helpdesk.TenantID(fmt.Sprint("t", n)))
		s := &staff{Desk: d, over: map[helpdesk.AgentID]int{}}
		for _, id := range staffIDs[:3] {
			require.NoError(r, s.hire(r, id))
		}
		for range rapid.IntRange(1, most).Draw(r, "steps") {
			err := s.act(r)
			if err != nil && !errors.Is(err, helpdesk.ErrInvalid) && !errors.Is(err, helpdesk.ErrNotFound) && !errors.Is(err, helpdesk.ErrForbidden) {
				r.Fatal(err)
			}
			s.check(r, false)
			if rapid.Bool().Draw(r, "tick") {
				d.Clock.Advance(time.Duration(rapid.IntRange(0, 6).Draw(r, "minutes")) * time.Minute)
				_, err := s.Tick(r.Context())
				require.NoError(r, err)
				s.check(r, true)
			}
		}
	})
}

func TestStaffMachine(t *testing.T) {
	t.Parallel()
	playStaff(t, 40, func() helpdesk.Store { return memstore.New() })
}

func TestStaffMachineOnSQLite(t *testing.T) {
	t.Parallel()
	store := migrated(t, dbtest.SQLite(t))
	playStaff(t, 12, func() helpdesk.Store { return store })
}

func TestStaffMachineOnPostgreSQL(t *testing.T) {
	t.Parallel()
	store := migrated(t, dbtest.Postgres(t))
	playStaff(t, 12, func() helpdesk.Store { return store })
}
