package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// fourHours is an SLA of four hours to a resolution, in all hours, and no other clock.
var fourHours = helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
	return &helpdesk.Policy{Name: "four", Resolution: 4 * time.Hour}, nil
})

func TestABreachIsSharedByWhoHeldTheClock(t *testing.T) {
	t.Parallel()
	onEveryStore(t, &helpdesk.Config{SLA: fourHours}, func(t *testing.T, d *helpdesktest.Desk) {
		boss := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
		give := func(id helpdesk.TicketID, to helpdesk.AgentID) {
			_, err := boss.Reassign(t.Context(), id, to)
			require.NoError(t, err)
		}
		var ids []helpdesk.TicketID
		for range 5 {
			ids = append(ids, open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID)
		}
		d.Clock.Advance(time.Hour) // nobody's
		for _, id := range ids {
			give(id, ana)
		}
		d.Clock.Advance(2 * time.Hour) // Ana's
		for _, id := range ids {
			give(id, ben)
		}
		d.Clock.Advance(30 * time.Minute) // Ben's
		_, err := asAgent(d, ben).Resolve(t.Context(), ids[0], "in time")
		require.NoError(t, err)
		d.Clock.Advance(3 * time.Hour) // Ben's, but the last two and a half are after the breach
		for _, id := range ids[1:3] {
			_, err := asAgent(d, ben).Resolve(t.Context(), id, "late")
			require.NoError(t, err)
		}
		_, err = boss.Merge(t.Context(), ids[4], ids[3])
		require.NoError(t, err)

		period := report.Period{From: helpdesktest.Start, To: d.Clock.Now()}
		r, err := report.New(boss).Agents(t.Context(), period)
		require.NoError(t, err)
		require.Len(t, r.Results, 2)
		for _, a := range r.Results {
			require.Equal(t, report.AgentResult{Agent: a.Agent, Held: 4, Kept: map[helpdesk.AgentID]int{ben: 4}[a.Agent], Resolved: map[helpdesk.AgentID]int{ben: 3}[a.Agent], Few: true}, a)
		}
		// Three of four tickets were breached: of four hours, one was nobody's, two were Ana's and
		// one was Ben's. The clock that was met ran three and a half hours.
		stratum := r.CaseMix[report.Stratum{Priority: helpdesk.High}]
		require.InDelta(t, 3*0.75, stratum.Breaches, 1e-9)
		require.InDelta(t, 3*0.75+2.5/3.5, stratum.Tickets, 1e-9)

		give(open(t, d, helpdesk.OpenParams{}).ID, ben) // the fifth
		d.Clock.Advance(time.Hour)
		r, err = report.New(boss).Agents(t.Context(), report.Period{From: helpdesktest.Start, To: d.Clock.Now()})
		require.NoError(t, err)
		b := r.Results[1]
		require.Equal(t, ben, b.Agent)
		require.False(t, b.Few)
		require.InDelta(t, 3*0.25, b.Breaches.Observed, 1e-9)
		require.Equal(t, report.Proportion{N: 3, Of: 5}, b.Resolution)
		require.Equal(t, report.Durations{N: 3, Mean: 150 * time.Minute, P50: 210 * time.Minute, P90: 210 * time.Minute}, b.Handling)
		own, err := report.New(asAgent(d, ben)).Agents(t.Context(), period)
		require.NoError(t, err)
		require.Len(t, own.Results, 1)
		require.Equal(t, ben, own.Results[0].Agent)
		require.Nil(t, own.CaseMix, "what all agents did together is not an agent's to see")
	})
}

func TestTheFirstReplyCountsFromTheAssignmentInOpenHours(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, &helpdesk.Config{SLA: helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
		return nil, nil
	})}))
	for range 5 {
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Clock.Advance(3 * time.Hour)
		_, err := d.Reassign(t.Context(), id, ana)
		require.NoError(t, err)
		d.Clock.Advance(20 * time.Minute)
		_, err = asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Hello."})
		require.NoError(t, err)
	}
	r, err := report.New(d.Desk).Agents(t.Context(), report.Period{From: helpdesktest.Start, To: d.Clock.Now()})
	require.NoError(t, err)
	require.Len(t, r.Results, 1)
	require.Equal(t, 20*time.Minute, r.Results[0].FirstResponse.P90)
	require.Nil(t, r.Results[0].Breaches.Byar(), "there was no SLA")
}

// TestTheFirstResponseIsOneEvent: a ticket that was resolved without a reply keeps that first
// response, in all hours and in open time, when it is reopened and answered.
func TestTheFirstResponseIsOneEvent(t *testing.T) {
	t.Parallel()
	around := helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
		return &helpdesk.Policy{Name: "round the clock", FirstResponse: time.Hour, Resolution: 4 * time.Hour}, nil
	})
	onEveryStore(t, &helpdesk.Config{SLA: around}, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Clock.Advance(5 * time.Minute)
		_, err := asAgent(d, ana).Resolve(t.Context(), id, "done")
		require.NoError(t, err)
		d.Clock.Advance(72 * time.Hour)
		customer := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
		_, err = customer.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "It is broken again."})
		require.NoError(t, err)
		d.Clock.Advance(10 * time.Minute)
		ticket, err := asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Hello."})
		require.NoError(t, err)
		require.Equal(t, helpdesktest.Start.Add(5*time.Minute), ticket.FirstReplyAt)

		boss := report.New(d.Desk)
		period := report.Period{From: helpdesktest.Start, To: d.Clock.Now().Add(time.Second)}
		five := report.Durations{N: 1, Mean: 5 * time.Minute, P50: 5 * time.Minute, P90: 5 * time.Minute}
		o, err := boss.Overview(t.Context(), period)
		require.NoError(t, err)
		require.Equal(t, five, o.FirstResponse)
		require.Equal(t, five, o.FirstResponseOpen)
		points, err := boss.Series(t.Context(), report.Query{Period: period, Step: report.Week})
		require.NoError(t, err)
		require.Equal(t, five, points[0].FirstResponse)
		require.Equal(t, five, points[0].FirstResponseOpen)
	})
}

// TestAnAgentsFirstResponseIsTheAgentsOwn: the reply of a colleague is not the agent's, and a later
// agent has a first response too, each from the assignment. Archived facts say the same.
func TestAnAgentsFirstResponseIsTheAgentsOwn(t *testing.T) {
	t.Parallel()
	at := func(minutes int) time.Time { return helpdesktest.Start.Add(time.Duration(minutes) * time.Minute) }
	ticket := helpdesk.Ticket{ID: "t", Assignee: ben, AssignedAt: at(30), CreatedAt: at(0), FirstReplyAt: at(12), Status: helpdesk.StatusClosed}
	staff := func(id helpdesk.AgentID) helpdesk.Actor {
		return helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(id)}
	}
	events := []helpdesk.Event{
		{Ticket: "t", Type: helpdesk.EventAssigned, To: string(ana), At: at(10)},
		{Ticket: "t", Type: helpdesk.EventReplied, By: staff(ben), At: at(12)}, // a colleague
		{Ticket: "t", Type: helpdesk.EventReplied, By: helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: string(ana)}, At: at(14)},
		{Ticket: "t", Type: helpdesk.EventReplied, By: staff(ana), At: at(17)},
		{Ticket: "t", Type: helpdesk.EventReplied, By: staff(ana), At: at(20)},
		{Ticket: "t", Type: helpdesk.EventReplied, By: staff(ben), At: at(30)}, // takes it
		{Ticket: "t", Type: helpdesk.EventAssigned, From: string(ana), To: string(ben), At: at(30)},
		{Ticket: "t", Type: helpdesk.EventReplied, By: staff(ana), At: at(40)},
	}
	fact := report.FactOf(&ticket, events)
	text, err := json.Marshal(fact)
	require.NoError(t, err)
	var read report.Fact
	require.NoError(t, json.Unmarshal(text, &read))
	for name, events := range map[string][]helpdesk.Event{"events": events, "facts": read.Events} {
		var all []helpdesk.Event
		var tickets []*helpdesk.Ticket
		for i := range 5 {
			one := ticket
			one.ID = helpdesk.TicketID(fmt.Sprint(i))
			tickets = append(tickets, &one)
			for _, e := range events {
				e.Ticket = one.ID
				all = append(all, e)
			}
		}
		r, err := report.ComputeAgents(report.Period{}, seq(all), seq(tickets), at(60), func(_ *helpdesk.SLAClock, a, b time.Time) time.Duration { return b.Sub(a) })
		require.NoError(t, err, name)
		same := func(d time.Duration) report.Durations { return report.Durations{N: 5, Mean: d, P50: d, P90: d} }
		require.Equal(t, same(7*time.Minute), r.Results[0].FirstResponse, name)
		require.Equal(t, same(0), r.Results[1].FirstResponse, name)
	}
}

func seq[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// What agents are charged with adds up to what was expected of all, and no ticket is charged twice.
func TestAgentsTogetherAreAsExpected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := newDiary(t, "", []helpdesk.Store{memstore.New()})
		begin := d.clock.Now()
		d.live()
		p := report.Period{From: begin, To: d.clock.Now().Add(time.Microsecond)}
		r, err := report.New(d.desks[0]).Agents(t.Context(), p)
		require.NoError(t, err)
		tickets, breached := map[report.Stratum]float64{}, map[report.Stratum]float64{}
		held := map[helpdesk.AgentID]int{}
		for _, ticket := range d.tickets() {
			if ticket.MergedInto != "" {
				continue
			}
			s := report.Stratum{Category: ticket.Category, Priority: ticket.Priority}
			tickets[s]++
			if ticket.Breached(d.clock.Now()) {
				breached[s]++
			}
			th, err := d.desks[0].Thread(t.Context(), ticket.ID)
			require.NoError(t, err)
			holders := map[string]bool{}
			for _, e := range th.Events {
				if e.Ticket == ticket.ID && e.Type == helpdesk.EventAssigned {
					holders[e.To] = true
				}
			}
			for id := range holders {
				held[helpdesk.AgentID(id)]++
			}
		}
		var all report.Ratio
		rates := r.CaseMix.Rates()
		for s, e := range r.CaseMix {
			require.LessOrEqual(t, e.Tickets, tickets[s]+1e-9)
			require.LessOrEqual(t, e.Breaches, breached[s]+1e-9)
		}
		sum := r.CaseMix.Against(rates)
		got := map[helpdesk.AgentID]int{}
		for _, a := range r.Results {
			got[a.Agent] = a.Held
			require.Equal(t, a.Held < 5, a.Few)
			require.LessOrEqual(t, a.Kept, a.Held)
			if a.Few {
				require.Empty(t, a.CaseMix)
				continue
			}
			own := a.CaseMix.Against(rates)
			require.Equal(t, own, a.Breaches)
			all.Observed, all.Expected = all.Observed+own.Observed, all.Expected+own.Expected
		}
		require.Equal(t, held, got)
		if !slices.ContainsFunc(r.Results, func(a report.AgentResult) bool { return a.Few }) {
			require.InDelta(t, sum.Observed, all.Observed, 1e-6)
			require.InDelta(t, sum.Expected, all.Expected, 1e-6, fmt.Sprint(slices.Collect(maps.Keys(r.CaseMix))))
		}
	})
}

// counter counts the events and the tickets that are read from a store.
type counter struct {
	helpdesk.Store
	events, tickets int
}

func (c *counter) Events(ctx context.Context, q helpdesk.EventQuery) iter.Seq2[helpdesk.Event, error] {
	return func(yield func(helpdesk.Event, error) bool) {
		for e, err := range helpdesk.Events(ctx, c.Store, q) {
			if c.events++; !yield(e, err) {
				return
			}
		}
	}
}

func (c *counter) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	page, err := c.Store.Tickets(ctx, q)
	c.tickets += len(page.Tickets)
	return page, err
}

// TestAnOldPeriodIsReadAlone: a report about agents reads the tickets of its period and what became
// of them, and nothing of later tickets.
func TestAnOldPeriodIsReadAlone(t *testing.T) {
	t.Parallel()
	onEveryStore(t, nil, func(t *testing.T, d *helpdesktest.Desk) {
		give := func() {
			for range 3 {
				ticket := open(t, d, helpdesk.OpenParams{})
				for _, to := range []helpdesk.AgentID{ben, ana} {
					_, err := d.Reassign(t.Context(), ticket.ID, to)
					require.NoError(t, err)
				}
			}
		}
		give()
		old := report.Period{From: helpdesktest.Start, To: helpdesktest.Start.Add(time.Hour)}
		d.Clock.Advance(24 * time.Hour)
		give()
		give()
		read := &counter{Store: d.Store}
		r, err := report.New(d.WithStore(read)).Agents(t.Context(), old)
		require.NoError(t, err)
		require.Equal(t, 3, r.Results[0].Held)
		require.Equal(t, 3, read.tickets)
		require.Equal(t, 6, read.events, "each ticket was assigned twice")
	})
}
