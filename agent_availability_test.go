package helpdesk_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
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
		edit(t, d, "ana", func(a *helpdesk.Agent) { a.Name = "Ana" }) // this edit keeps AwayAt
		d.Advance(time.Minute - time.Microsecond)
		require.Equal(t, []helpdesk.AgentID{"ana", "ana", "ana"}, holders(t, d, fresh, begun, waiting))
		before := read(t, d, fresh)
		d.Advance(time.Microsecond)
		require.Equal(t, []helpdesk.AgentID{"ben", "ana", "ana"}, holders(t, d, fresh, begun, waiting))
		after := read(t, d, fresh)
		require.Equal(t, before.CreatedAt, after.CreatedAt)
		require.Equal(t, before.Clocks, after.Clocks, "its age and its deadline go with it")
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

// An agent keeps the tickets for a grace period of five minutes. It may have passed before the desk
// learns of the absence.
func TestTheGraceMayBeOverWhenTheDeskLearnsOfIt(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, &helpdesk.Config{SLA: noSLA}, helpdesk.Agent{ID: "ana"})
		d.Clock.Advance(time.Hour)
		for name, leave := range map[string]func(who helpdesk.AgentID) error{
			"ill since this morning": func(who helpdesk.AgentID) error {
				_, err := d.SetAbsences(t.Context(), who, []helpdesk.Absence{{From: d.Clock.Now().Add(-time.Hour), To: d.Clock.Now().Add(time.Hour)}})
				return err
			},
			"away as of some minutes ago": func(who helpdesk.AgentID) error {
				_, err := d.SetAway(t.Context(), who, true, d.Clock.Now().Add(-6*time.Minute))
				return err
			},
			"edited after the grace, before the Tick": func(who helpdesk.AgentID) error {
				_, err := d.SetAway(t.Context(), who, true, time.Time{})
				d.Drain()
				d.Clock.Advance(5*time.Minute + time.Second)
				edit(t, d, who, func(a *helpdesk.Agent) { a.Name = "Ana Z." })
				return err
			},
		} {
			id := openAt(t, d, 0)
			d.Drain()
			was, is := read(t, d, id).Assignee, helpdesk.AgentID("of "+name)
			d.Hire(helpdesk.Agent{ID: is, Name: "x", Skills: map[helpdesk.Skill]int{"general": 3}})
			d.Drain()
			require.NoError(t, leave(was), name)
			d.Drain()
			require.Equal(t, []helpdesk.AgentID{is}, holders(t, d, id), name)
			require.NoError(t, d.RemoveAgent(t.Context(), was))
			_, err := d.Resolve(t.Context(), id, "done")
			require.NoError(t, err)
		}
	})
}

// An agent may return after the desk has read the agent's tickets and before it releases them. The
// agent then keeps all tickets.
func TestWhoComesBackMeanwhileLosesNothing(t *testing.T) {
	t.Parallel()
	looks := &lookedAt{Store: memstore.New()}
	d := staffed(t, looks, nil, helpdesk.Agent{ID: "ana"})
	id := openAt(t, d, 0)
	d.Drain()
	_, err := d.SetAway(t.Context(), "ana", true, time.Time{})
	require.NoError(t, err)
	d.Drain()
	d.Clock.Advance(5 * time.Minute)
	looks.at = func(q helpdesk.Query) {
		if q.Assignee == "ana" {
			looks.at = nil
			_, err := d.SetAway(t.Context(), "ana", false, time.Time{})
			require.NoError(t, err)
		}
	}
	d.Drain()
	require.Nil(t, looks.at, "it happened")
	require.Empty(t, read(t, d, id).TakenBack)
}

// lookedAt is a Store that calls a function before it reads tickets.
type lookedAt struct {
	helpdesk.Store
	at func(q helpdesk.Query)
}

func (l *lookedAt) Unwrap() helpdesk.Store { return l.Store }

func (l *lookedAt) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	if l.at != nil {
		l.at(q)
	}
	return l.Store.Tickets(ctx, q)
}

// A ticket counts as begun only if its present agent, not an earlier one, has begun it.
func TestBegunIsSaidOfTheAgentWhoHoldsTheTicket(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, &helpdesk.Config{SLA: noSLA}, helpdesk.Agent{ID: "ana"}, helpdesk.Agent{ID: "ben"}, helpdesk.Agent{ID: "cem"})
		begun, fresh := openAt(t, d, 0), openAt(t, d, 0)
		for _, id := range []helpdesk.TicketID{begun, fresh} {
			_, err := d.Reassign(t.Context(), id, "ana")
			require.NoError(t, err)
			_, err = asAgent(d, "ana").Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Looking."})
			require.NoError(t, err)
			require.Equal(t, d.Clock.Now(), read(t, d, id).BegunAt)
			d.Advance(time.Minute)
			_, err = d.Reassign(t.Context(), id, "ben")
			require.NoError(t, err)
			require.Zero(t, read(t, d, id).BegunAt)
		}
		_, err := asAgent(d, "ben").Reply(t.Context(), begun, helpdesk.ReplyParams{Body: "I am on it now."})
		require.NoError(t, err)
		for _, id := range []helpdesk.TicketID{begun, fresh} {
			_, err = asAgent(d, "ben").Escalate(t.Context(), id, "needs a manager")
			require.NoError(t, err)
		}
		_, err = d.SetAway(t.Context(), "ben", true, time.Time{})
		require.NoError(t, err)
		d.Advance(10 * time.Minute)
		require.Equal(t, helpdesk.AgentID("ben"), read(t, d, begun).Assignee)
		require.NotEqual(t, helpdesk.AgentID("ben"), read(t, d, fresh).Assignee)
	})
}

// The host may refuse the release of one ticket. The desk still releases the agent's other tickets.
func TestOneTicketThatCannotBeTakenBackLeavesTheOthersAlone(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		held := helpdesk.TicketID("none yet")
		refuse := func(_ context.Context, c *helpdesk.Change) error {
			if c.Ticket != nil && c.Ticket.ID == held {
				return errors.New("legal hold")
			}
			return nil
		}
		d := staffed(t, store, &helpdesk.Config{Before: refuse, SLA: noSLA}, helpdesk.Agent{ID: "ana"})
		older := openAt(t, d, 0)
		d.Clock.Advance(time.Second)
		younger := openAt(t, d, 0)
		d.Drain()
		d.Hire(helpdesk.Agent{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"general": 3}})
		held = older
		require.NoError(t, d.RemoveAgent(t.Context(), "ana"))
		d.Advance(5 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{"ana", "ben"}, holders(t, d, older, younger))
		held = ""
		d.Advance(time.Hour)
		require.Equal(t, []helpdesk.AgentID{"ben", "ben"}, holders(t, d, older, younger), "and it is tried again")
	})
}

func TestPlannedAbsences(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, nil, helpdesk.Agent{ID: "ana"})
		from := helpdesktest.Start.Add(time.Hour)
		_, err := asAgent(d, "ana").SetAbsences(t.Context(), "ana", []helpdesk.Absence{
			{From: from.Add(2 * time.Hour), To: from.Add(3 * time.Hour)}, // begins when the next absence in this list ends
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
		story, err := assign.Explain(t.Context(), d.Desk, third)
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

func TestAbsencesAreChecked(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana"})
	now := helpdesktest.Start
	for problem, absences := range map[string][]helpdesk.Absence{
		"absences need a start": {{To: now}},
		"absences from 2026-03-02T09:00:00Z do not end after they star": {{From: now, To: now}},
		"absences are more than 100":                                    slices.Repeat([]helpdesk.Absence{{From: now, To: now.Add(1)}}, 101)[:0:0],
		"absences contains a control character":                         {{From: now, Reason: "a\nb"}},
		"absences have a year that is not between 1 and 9999": {
			// This is the year 10000 in UTC.
			{From: now, To: time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("", -3600))},
		},
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
	elsewhere := time.Time{}.In(time.FixedZone("", 3600)) // zero too, in another time zone
	twice := helpdesk.Agent{Away: true, AwayAt: now, Absences: []helpdesk.Absence{{From: now, To: elsewhere}}}
	whole, away = twice.Absent(now)
	require.True(t, away && whole.To.IsZero())
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
		byHand := open(helpdesk.Category("")) // needs general, a skill she never had
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

// A person may assign a ticket to an agent who has already lost its skill. The ticket stays with
// that agent.
func TestByHandInSpiteOfALostSkillStays(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana", Skills: map[helpdesk.Skill]int{"billing": 3}}, helpdesk.Agent{ID: "ben", Skills: map[helpdesk.Skill]int{"billing": 1}})
	edit(t, d, "ana", func(a *helpdesk.Agent) { a.Skills = map[helpdesk.Skill]int{"general": 1} })
	d.Advance(time.Minute)
	x, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Category: helpdesk.Billing})
	require.NoError(t, err)
	d.Drain()
	require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, x.ID))
	_, err = d.Reassign(t.Context(), x.ID, "ana")
	require.NoError(t, err)
	d.Advance(10 * time.Minute)
	require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, x.ID))
}

func TestHiredAgainWithoutTheSkillLosesWhatNeedsIt(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: "ana"})
	id := openAt(t, d, 0)
	d.Drain()
	d.Hire(helpdesk.Agent{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"general": 3}})
	require.NoError(t, d.RemoveAgent(t.Context(), "ana"))
	d.Advance(2 * time.Minute)
	d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana", Skills: map[helpdesk.Skill]int{"billing": 1}})
	d.Advance(5 * time.Minute)
	require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, id))
}

func TestATicketMovesThreeTimesADayAtTheMost(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, &helpdesk.Config{SLA: noSLA}, helpdesk.Agent{ID: "a"}, helpdesk.Agent{ID: "b"}, helpdesk.Agent{ID: "boss", Manager: true, Away: true})
		id := openAt(t, d, 0)
		d.Drain()
		leave := func() {
			holder := read(t, d, id).Assignee
			_, err := d.SetAway(t.Context(), holder, true, time.Time{})
			require.NoError(t, err)
			d.Clock.Advance(time.Hour)
			d.Drain()
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
		story, err := assign.Explain(t.Context(), d.Desk, id)
		require.NoError(t, err)
		require.True(t, story.Held)
		require.Contains(t, story.String(), "waits for a person to assign it; it is offered again at "+held.QueuedAt.Format(time.RFC3339))

		d.Clock.Set(held.QueuedAt.Add(-1))
		// Hiring starts a pass through the queue.
		d.Hire(helpdesk.Agent{ID: "c", Name: "C", Skills: map[helpdesk.Skill]int{"general": 3}})
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
