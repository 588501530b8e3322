package helpdesk_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// people is a host's own roster.
type people struct {
	mu   sync.Mutex
	list []helpdesk.Agent
	err  error
}

func (p *people) Agents(context.Context, helpdesk.TenantID) ([]helpdesk.Agent, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.list), p.err
}

func (p *people) are(list ...helpdesk.Agent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = list
}

func (p *people) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = err
}

var general = map[helpdesk.Skill]int{"general": 3}

func TestAHostsRosterMayChangeSilently(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		p := &people{}
		p.are(helpdesk.Agent{ID: "ana", Skills: general}, helpdesk.Agent{ID: "ben", Skills: general}, helpdesk.Agent{ID: "cem", Skills: general, Capacity: 1})
		d := helpdesktest.New(t, store, &helpdesk.Config{Roster: p, SLA: noSLA})
		var ids []helpdesk.TicketID
		for range 3 {
			ids = append(ids, openAt(t, d, 0))
			d.Drain()
		}
		require.Equal(t, []helpdesk.AgentID{"ana", "ben", "cem"}, holders(t, d, ids...))
		was := helpdesk.Agent{ID: "cem", Skills: general}
		p.are(helpdesk.Agent{ID: "ben", Skills: general, Away: true}, was)
		d.Advance(30 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{"ana", "ben", "cem"}, holders(t, d, ids...), "nobody has told the desk")
		d.Advance(2 * time.Hour)
		d.Advance(5 * time.Minute)
		require.Equal(t, []helpdesk.AgentID{"cem", "cem", "cem"}, holders(t, d, ids...))

		p.are(helpdesk.Agent{ID: "ben", Skills: general}, helpdesk.Agent{ID: "cem", Skills: map[helpdesk.Skill]int{"billing": 1}})
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

// The desk notices unreported changes of the roster, even when nothing else happens.
func TestWhatAHostDoesNotTellIsNoticedWithinTwoHours(t *testing.T) {
	t.Parallel()
	start := helpdesktest.Start
	ana, ben := helpdesk.Agent{ID: "ana", Skills: general}, helpdesk.Agent{ID: "ben", Skills: general}
	for name, test := range map[string]struct {
		first  []helpdesk.Agent
		change func(p *people)
		want   helpdesk.AgentID
	}{
		"a planned absence ends": {
			[]helpdesk.Agent{{ID: "ana", Skills: general, Absences: []helpdesk.Absence{{From: start.Add(-time.Hour), To: start.Add(6 * time.Hour)}}}},
			func(*people) {}, "ana",
		},
		"somebody is hired":                {nil, func(p *people) { p.are(ana) }, "ana"},
		"somebody leaves in a quiet time":  {[]helpdesk.Agent{ana}, func(p *people) { p.are(ben) }, "ben"},
		"somebody is away in a quiet time": {[]helpdesk.Agent{ana}, func(p *people) { p.are(helpdesk.Agent{ID: "ana", Skills: general, Away: true}, ben) }, "ben"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &people{}
			p.are(test.first...)
			d := helpdesktest.New(t, nil, &helpdesk.Config{Roster: p, SLA: noSLA})
			id := openAt(t, d, 0)
			d.Drain()
			for range 5 {
				d.Advance(time.Hour)
			}
			require.NotEqual(t, test.want, read(t, d, id).Assignee)
			test.change(p)
			d.Advance(time.Hour)
			d.Advance(55 * time.Minute)
			d.Advance(5 * time.Minute)
			require.Equal(t, test.want, read(t, d, id).Assignee)
		})
	}
}

func TestAHostMayTellLate(t *testing.T) {
	t.Parallel()
	p := &people{}
	p.are(helpdesk.Agent{ID: "ana", Skills: general})
	d := helpdesktest.New(t, nil, &helpdesk.Config{Roster: p, SLA: noSLA})
	id := openAt(t, d, 0)
	d.Drain()
	d.Clock.Advance(10 * time.Minute)
	p.are(helpdesk.Agent{ID: "ana", Skills: general, Away: true, AwayAt: helpdesktest.Start}, helpdesk.Agent{ID: "ben", Skills: general})
	require.NoError(t, d.AgentChanged(t.Context(), "ana", nil))
	d.Drain()
	require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, id))
}

// Two changes reported at the same instant are two changes.
func TestTwoChangesToldAtOnceAreBothSeen(t *testing.T) {
	t.Parallel()
	p := &people{}
	with := func(skills ...helpdesk.Skill) helpdesk.Agent {
		a := helpdesk.Agent{ID: "ana", Skills: map[helpdesk.Skill]int{}}
		for _, s := range skills {
			a.Skills[s] = 3
		}
		return a
	}
	one, two, three := with("general", "billing"), with("billing"), with("technical")
	p.are(one)
	d := helpdesktest.New(t, nil, &helpdesk.Config{Roster: p, SLA: noSLA})
	id := openAt(t, d, 0)
	d.Drain()
	p.are(two, helpdesk.Agent{ID: "ben", Skills: general})
	require.NoError(t, d.AgentChanged(t.Context(), "ana", &one))
	p.are(three, helpdesk.Agent{ID: "ben", Skills: general})
	require.NoError(t, d.AgentChanged(t.Context(), "ana", &two))
	d.Advance(5 * time.Minute)
	require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, id))
}

// A customer's message is not lost when the host's roster fails.
func TestACustomerMayAnswerWhileTheRosterFails(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		p := &people{}
		p.are(helpdesk.Agent{ID: "ana", Skills: general})
		d := helpdesktest.New(t, store, &helpdesk.Config{Roster: p, SLA: noSLA, Mail: mailed().Mail})
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: "carol@example.com"}})
		require.NoError(t, err)
		d.Drain()
		_, err = asAgent(d, "ana").Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
		require.NoError(t, err)
		p.fail(errors.New("the directory is down"))
		_, err = asCustomer(d, "carol@example.com").Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "This one."})
		require.NoError(t, err)
		byMail := mail("1@carol.example", "carol@example.com", "Re: ["+ticket.Ref+"]", "And this one.")
		byMail.Verdict.State = helpdesk.SenderAuthenticated
		require.Equal(t, helpdesk.MailAppended, receive(t, d, byMail).Outcome)
		_, err = d.Tick(t.Context())
		require.NoError(t, err)
		require.NotZero(t, read(t, d, ticket.ID).QueuedAt)
		p.fail(nil)
		d.Advance(time.Hour)
		require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, ticket.ID))
		noDrift(t, d.Desk)
	})
}
