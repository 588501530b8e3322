package helpdesk_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestTicketsOfWhoIsAwayGoBackAfterTheGrace(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana"})
		fresh, begun, waiting := openAt(t, d, 0), openAt(t, d, 0), openAt(t, d, 0)
		d.Drain()
		_, err := asAgent(d, "ana").Reply(t.Context(), begun, helpdesk.ReplyParams{Body: "Looking."})
		require.NoError(t, err)
		_, err = asAgent(d, "ana").Reply(t.Context(), waiting, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
		require.NoError(t, err)
		d.Hire(helpdesk.Agent{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"general": 3}})
		d.Clock.Advance(time.Minute)
		_, err = asAgent(d, "ana").SetAway(t.Context(), "ana", true, time.Time{})
		require.NoError(t, err)
		d.Advance(4 * time.Minute)
		edit(t, d, "ana", func(a *helpdesk.Agent) { a.Name = "Ana" }) // says nothing new about since when
		d.Advance(time.Minute - time.Microsecond)
		require.Equal(t, []helpdesk.AgentID{"ana", "ana", "ana"}, holders(t, d, fresh, begun, waiting))
		before := read(t, d, fresh)
		d.Advance(time.Microsecond)
		require.Equal(t, []helpdesk.AgentID{"ben", "ana", "ana"}, holders(t, d, fresh, begun, waiting))
		after := read(t, d, fresh)
		require.Equal(t, before.CreatedAt, after.CreatedAt)
		require.Equal(t, before.Clocks, after.Clocks, "its age and its promise go with it")
		require.Len(t, after.TakenBack, 1)
		noDrift(t, d.Desk)
	})
}

func TestAShortAbsenceTakesNothing(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana"}, helpdesk.Agent{ID: "ben", Away: true})
	id := openAt(t, d, 0)
	d.Drain()
	for _, away := range []bool{true, false} {
		_, err := d.SetAway(t.Context(), "ana", away, time.Time{})
		require.NoError(t, err)
		d.Advance(4 * time.Minute)
	}
	d.Advance(time.Hour)
	require.Equal(t, helpdesk.AgentID("ana"), read(t, d, id).Assignee)
	require.Zero(t, events(t, d, id)[helpdesk.EventUnassigned])
}

func TestPlannedAbsences(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana"})
		from := helpdesktest.Start.Add(time.Hour)
		_, err := asAgent(d, "ana").SetAbsences(t.Context(), "ana", []helpdesk.Absence{
			{From: from.Add(2 * time.Hour), To: from.Add(3 * time.Hour)}, // goes on where the other ends
			{From: from, To: from.Add(2 * time.Hour), Reason: "dentist"},
		})
		require.NoError(t, err)
		first := openAt(t, d, 0)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, first))
		d.Clock.Set(from.Add(-time.Microsecond))
		second := openAt(t, d, 0)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, second), "still here")
		d.Clock.Set(from)
		third := openAt(t, d, 0)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ana", "ana", ""}, holders(t, d, first, second, third))
		story, err := d.ExplainAssignment(t.Context(), third)
		require.NoError(t, err)
		require.Equal(t, []helpdesk.Excluded{{Why: "away until 2026-03-02T13:00:00Z", Agents: []helpdesk.AgentID{"ana"}}}, story.Steps[0].Excluded)
		d.Advance(5 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{"", "", ""}, holders(t, d, first, second, third))
		d.Clock.Set(from.Add(3*time.Hour - time.Microsecond))
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"", "", ""}, holders(t, d, first, second, third))
		d.Clock.Set(from.Add(3 * time.Hour))
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ana", "ana", "ana"}, holders(t, d, first, second, third), "and back at once")
	})
}

func TestAwayAsOfATimeToComeMeansNow(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana"})
	gone, err := d.SetAway(t.Context(), "ana", true, helpdesktest.Start.AddDate(100, 0, 0))
	require.NoError(t, err)
	require.Equal(t, helpdesktest.Start, gone.AwayAt)
	back, err := d.SetAway(t.Context(), "ana", false, time.Time{})
	require.NoError(t, err)
	require.False(t, back.Away)
}

func TestAHostsRosterMayChangeSilently(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		skills := map[helpdesk.Skill]int{"general": 3}
		var mu sync.Mutex
		people := []helpdesk.Agent{{ID: "ana", Skills: skills}, {ID: "ben", Skills: skills}, {ID: "cem", Skills: skills, Capacity: 1}}
		roster := helpdesk.RosterFunc(func(context.Context, helpdesk.TenantID) ([]helpdesk.Agent, error) {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(people), nil
		})
		d := helpdesktest.New(t, store, &helpdesk.Config{Roster: roster, SLA: noPromise})
		var ids []helpdesk.TicketID
		for range 3 {
			ids = append(ids, openAt(t, d, 0))
			d.Drain()
		}
		require.Equal(t, []helpdesk.AgentID{"ana", "ben", "cem"}, holders(t, d, ids...))
		mu.Lock()
		people = []helpdesk.Agent{{ID: "ben", Skills: skills, Away: true}, {ID: "cem", Skills: skills}}
		mu.Unlock()
		d.Advance(30 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{"ana", "ben", "cem"}, holders(t, d, ids...), "nobody has told the desk")
		d.Advance(2 * time.Hour)
		d.Advance(5 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{"cem", "cem", "cem"}, holders(t, d, ids...))

		mu.Lock()
		was := people[1]
		people = []helpdesk.Agent{{ID: "ben", Skills: skills}, {ID: "cem", Skills: map[helpdesk.Skill]int{"billing": 1}}}
		mu.Unlock()
		require.NoError(t, d.AgentChanged(t.Context(), "cem", &was))
		d.Advance(5 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{"ben", "ben", "ben"}, holders(t, d, ids...), "told, it acts after the grace")
		_, err := d.SaveAgent(t.Context(), helpdesk.Agent{ID: "x", Name: "X"})
		require.ErrorContains(t, err, "the roster is the host's")
		_, err = d.SetAway(t.Context(), "ben", true, time.Time{})
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		noDrift(t, d.Desk)
	})
}

func TestAbsencesAreChecked(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana"})
	now := helpdesktest.Start
	for problem, absences := range map[string][]helpdesk.Absence{
		"absences need a start": {{To: now}},
		"absences from 2026-03-02T09:00:00Z do not end after they star": {{From: now, To: now}},
		"absences are more than 100":                                    slices.Repeat([]helpdesk.Absence{{From: now, To: now.Add(1)}}, 101)[:0:0],
		"absences contains a control character":                         {{From: now, Reason: "a\nb"}},
	} {
		if problem == "absences are more than 100" {
			for i := range 101 {
				absences = append(absences, helpdesk.Absence{From: now.Add(time.Duration(i) * time.Hour), To: now.Add(time.Duration(i+1) * time.Hour)})
			}
		}
		_, err := d.SetAbsences(t.Context(), "ana", absences)
		require.ErrorContains(t, err, problem)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
	}
	open, err := d.SetAbsences(t.Context(), "ana", []helpdesk.Absence{{From: now.Add(time.Hour)}})
	require.NoError(t, err)
	_, away := open.Absent(now)
	require.False(t, away)
	whole, away := open.Absent(now.Add(9000 * time.Hour))
	require.True(t, away)
	require.Equal(t, helpdesk.Absence{From: now.Add(time.Hour)}, whole)
	ahead := helpdesk.Agent{Away: true, AwayAt: now.Add(time.Second)}
	_, away = ahead.Absent(now)
	require.True(t, away, "said by a machine whose clock is ahead")
}

func TestTicketsOfWhoHasLeftGoBackAlsoWhenBegun(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana"})
		fresh, begun, escalated, waiting := openAt(t, d, 0), openAt(t, d, 0), openAt(t, d, 0), openAt(t, d, 0)
		d.Drain()
		_, err := asAgent(d, "ana").Take(t.Context(), begun)
		require.NoError(t, err)
		_, err = asAgent(d, "ana").Escalate(t.Context(), escalated, "too hard")
		require.NoError(t, err)
		_, err = asAgent(d, "ana").Reply(t.Context(), waiting, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
		require.NoError(t, err)
		d.Hire(helpdesk.Agent{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"general": 3}})
		require.NoError(t, d.RemoveAgent(t.Context(), "ana"))
		d.Advance(5*time.Minute - 1)
		require.Equal(t, []helpdesk.AgentID{"ana", "ana", "ana", "ana"}, holders(t, d, fresh, begun, escalated, waiting))
		d.Advance(1)
		require.Equal(t, []helpdesk.AgentID{"ben", "ben", "ben", "ana"}, holders(t, d, fresh, begun, escalated, waiting))
		require.Equal(t, 1, read(t, d, escalated).EscalationLevel, "the level stays")
		_, err = d.Reply(t.Context(), waiting, helpdesk.ReplyParams{Body: "auto"})
		require.NoError(t, err)
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "y"})
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, helpdesk.AgentID("ben"), read(t, d, ticket.ID).Assignee)
		noDrift(t, d.Desk)
	})
}

func TestWhoComesBackWithinTheGraceKeepsTheTickets(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana"})
	id := openAt(t, d, 0)
	d.Drain()
	require.NoError(t, d.RemoveAgent(t.Context(), "ana"))
	d.Advance(time.Minute)
	d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana", Skills: map[helpdesk.Skill]int{"general": 3}})
	d.Advance(time.Hour)
	require.Equal(t, helpdesk.AgentID("ana"), read(t, d, id).Assignee)
}

func TestLosingASkillLosesTheTicketsThatNeedIt(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana", Skills: map[helpdesk.Skill]int{"billing": 3, "technical": 3, "account": 3}})
		open := func(c helpdesk.Category) helpdesk.TicketID {
			ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Category: c})
			require.NoError(t, err)
			return ticket.ID
		}
		billing, technical, account := open(helpdesk.Billing), open(helpdesk.Technical), open(helpdesk.Account)
		d.Drain()
		byHand := open(helpdesk.Category("")) // general, which she has never had
		_, err := d.Reassign(t.Context(), byHand, "ana")
		require.NoError(t, err)
		answered := open(helpdesk.Billing)
		d.Drain()
		_, err = asAgent(d, "ana").Reply(t.Context(), answered, helpdesk.ReplyParams{Body: "Looking."})
		require.NoError(t, err)
		_, err = asAgent(d, "ana").Escalate(t.Context(), answered, "too hard")
		require.NoError(t, err)
		d.Hire(helpdesk.Agent{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"billing": 3, "technical": 3, "account": 3, "general": 3}})
		edit(t, d, "ana", func(a *helpdesk.Agent) { delete(a.Skills, "billing") })
		d.Advance(time.Minute)
		edit(t, d, "ana", func(a *helpdesk.Agent) { delete(a.Skills, "technical") })
		d.Advance(4*time.Minute - 1)
		require.Equal(t, []helpdesk.AgentID{"ana", "ana", "ana", "ana"}, holders(t, d, billing, technical, account, byHand))
		d.Advance(1)
		require.Equal(t, []helpdesk.AgentID{"ben", "ana", "ana", "ana"}, holders(t, d, billing, technical, account, byHand), "each edit has its own grace")
		d.Advance(time.Minute)
		require.Equal(t, []helpdesk.AgentID{"ben", "ben", "ana", "ana", "ana"}, holders(t, d, billing, technical, account, byHand, answered))
	})
}

func TestATicketMovesThreeTimesADayAtTheMost(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, &helpdesk.Config{SLA: noPromise}, helpdesk.Agent{ID: "a"}, helpdesk.Agent{ID: "b"}, helpdesk.Agent{ID: "boss", Manager: true, Away: true})
		id := openAt(t, d, 0)
		d.Drain()
		leave := func() {
			holder := read(t, d, id).Assignee
			_, err := d.SetAway(t.Context(), holder, true, time.Time{})
			require.NoError(t, err)
			d.Advance(time.Hour)
			_, err = d.SetAway(t.Context(), holder, false, time.Time{})
			require.NoError(t, err)
			d.Drain()
		}
		for range 3 {
			leave()
			require.NotEmpty(t, read(t, d, id).Assignee)
		}
		before := len(d.Notices.Of(helpdesk.NoticeUnassigned))
		leave()
		held := read(t, d, id)
		require.Empty(t, held.Assignee, "the fourth time it is a manager's")
		require.Equal(t, helpdesk.StatusEscalated, held.Status)
		require.Len(t, held.TakenBack, 4)
		require.Equal(t, held.TakenBack[0].Add(24*time.Hour), held.QueuedAt)
		told := d.Notices.Of(helpdesk.NoticeUnassigned)
		require.Len(t, told, before+1)
		require.Equal(t, helpdesk.AgentID("boss"), told[before].To[0].Agent)
		require.Contains(t, told[before].Text, "4 times within a day")

		d.Clock.Set(held.QueuedAt.Add(-1))
		d.Hire(helpdesk.Agent{ID: "c", Name: "C", Skills: map[helpdesk.Skill]int{"general": 3}}) // has the queue looked at
		d.Drain()
		require.Empty(t, read(t, d, id).Assignee)
		d.Clock.Set(held.QueuedAt)
		d.Drain()
		require.NotEmpty(t, read(t, d, id).Assignee, "and the next day it is offered again")
		leave()
		require.Len(t, read(t, d, id).TakenBack, 3, "two of the five were more than a day ago")
		require.NotEmpty(t, read(t, d, id).Assignee)
		noDrift(t, d.Desk)
	})
}
