package helpdesk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// An agent asks why a ticket is due on Wednesday morning.
func ExampleDesk_Explain() {
	ctx := context.Background()
	clock := helpdesktest.NewClock(inNY("2026-03-20 09:00"))
	desk, _ := helpdesk.New(memstore.New(), &helpdesk.Config{Clock: clock, SLA: sla.Standard()})
	boss := desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss", Name: "Ada"})
	doc, _ := json.Marshal(sla.Document{
		Calendars: []sla.Hours{{Name: "office", Zone: "America/New_York", Week: sla.Weekdays("09:00-17:00")}},
		Policies:  []sla.Policy{{Name: "gold", Resolution: 8 * time.Hour, Calendar: "office"}},
	})
	_, _ = boss.SaveSLA(ctx, doc)

	clock.Advance(time.Hour) // others work with what was saved after a second
	ticket, _ := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
	clock.Set(inNY("2026-03-20 15:00"))
	_, _ = boss.Reply(ctx, ticket.ID, helpdesk.ReplyParams{Body: "Which order?", Waiting: true})
	clock.Set(inNY("2026-03-24 15:30"))
	_, _ = boss.SetStatus(ctx, ticket.ID, helpdesk.StatusProgress)

	why, _ := desk.Explain(ctx, ticket.ID)
	fmt.Print(why[0])
	// Output:
	// The resolution, target 8h (policy gold, version 1 saved by Ada Fri 20 Mar 2026 09:00 EDT; hours: office (America/New_York)).
	// Due Wed 25 Mar 2026 10:30 EDT: 5h of 8h are used up, and then so are the 3h that are left.
	//   Fri 20 Mar 2026 10:00  Fri 20 Mar 2026 15:00  5h      = 5h      Friday
	//   Fri 20 Mar 2026 15:00  Tue 24 Mar 2026 15:30  -       = 5h      paused: waiting for the customer
	//   Tue 24 Mar 2026 15:30  Tue 24 Mar 2026 17:00  1h 30m  = 6h 30m  Tuesday
	//   Tue 24 Mar 2026 17:00  Wed 25 Mar 2026 09:00  -       = 6h 30m  closed
	//   Wed 25 Mar 2026 09:00  Wed 25 Mar 2026 10:30  1h 30m  = 8h      Wednesday
	//   at_risk                Wed 25 Mar 2026 10:00 EDT
	//   breached               Wed 25 Mar 2026 10:30 EDT
}

func TestExplainAddsUp(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		save(t, d, forPriority(helpdesk.Medium, 40*time.Hour), forPriority(helpdesk.High, 20*time.Hour))
		d.Clock.Set(inNY("2026-12-22 12:00"))
		id := open(t, d, helpdesk.OpenParams{}).ID
		wait(t, d, id, inNY("2026-12-23 10:00"))
		answer(t, d, id, inNY("2026-12-24 12:00"))
		_, err := d.SetPriority(ctx, id, helpdesk.High)
		require.NoError(t, err)
		d.Clock.Set(inNY("2026-12-28 13:00"))
		all, err := asAgent(d, ana).Explain(ctx, id)
		require.NoError(t, err)
		require.Len(t, all, 1)
		e := all[0]
		require.Equal(t, 11*time.Hour, e.Used) // 5 + 1, then 1 on the 24th and 4 on the 28th
		require.Equal(t, 9*time.Hour, e.Left)
		var steps []string
		total := time.Duration(0)
		for i, s := range e.Segments {
			if i > 0 {
				require.Equal(t, e.Segments[i-1].To, s.From, "without a gap")
			}
			total += s.Open
			require.Equal(t, total, s.Total)
			steps = append(steps, fmt.Sprintf("%s %v %s", s.From.Format("02T15"), s.Open, s.Why))
		}
		require.Equal(t, inNY("2026-12-22 12:00"), e.Segments[0].From.UTC())
		require.Equal(t, e.Clock.DueAt, e.Segments[len(e.Segments)-1].To.UTC())
		require.Equal(t, e.Clock.Target, total)
		require.Equal(t, []string{
			"22T12 5h0m0s Tuesday", "22T17 0s closed", "23T09 1h0m0s Wednesday", "23T10 0s paused: waiting for the customer",
			"24T12 1h0m0s special day", "24T13 0s special day", "25T00 0s holiday: Christmas Day", "26T00 0s closed",
			"28T09 8h0m0s Monday", "28T17 0s closed", "29T09 5h0m0s Tuesday",
		}, steps)
		_, err = asCustomer(d, kim).Explain(ctx, id)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = d.ForTenant("other").Explain(ctx, id)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
	})
}

func TestExplainHasASentenceForEachEnd(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, slaConfig(t, forPriority(helpdesk.Medium, 8*time.Hour), forPriority(helpdesk.Urgent, time.Hour)))
	why := func(id helpdesk.TicketID) string {
		all, err := d.Explain(ctx, id)
		require.NoError(t, err)
		require.NotEmpty(t, all[0].String())
		return all[0].Why
	}
	fresh := func() helpdesk.TicketID {
		d.Clock.Set(inNY("2026-03-02 09:00"))
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Clock.Set(inNY("2026-03-02 11:00"))
		return id
	}
	id := fresh()
	require.Equal(t, "Due Mon 2 Mar 2026 17:00 EST: 2h of 8h are used up, and then so are the 6h that are left.", why(id))
	_, err := d.SetPriority(ctx, id, helpdesk.Urgent)
	require.NoError(t, err)
	require.Equal(t, "Breached Mon 2 Mar 2026 11:00 EST: the target became shorter than the time used up by then.", why(id))
	_, err = d.VoidBreach(ctx, id, helpdesk.Resolution, 1, "x")
	require.NoError(t, err)
	require.Contains(t, why(id), "declared void Mon 2 Mar 2026 11:00 EST.")

	id = fresh()
	_, err = d.SetStatus(ctx, id, helpdesk.StatusWaiting)
	require.NoError(t, err)
	d.Clock.Set(inNY("2026-03-02 12:00"))
	require.Equal(t, "Paused with 2h of 8h used up: it goes on with the 6h that are left.", why(id))
	all, err := d.Explain(ctx, id)
	require.NoError(t, err)
	last := all[0].Segments[len(all[0].Segments)-1]
	require.Equal(t, "paused: waiting for the customer", last.Why)
	require.Equal(t, d.Clock.Now(), last.To.UTC())
	d.Clock.Set(inNY("2026-03-02 11:00"))
	_, err = d.Resolve(ctx, id, "done")
	require.NoError(t, err)
	require.Equal(t, "Met Mon 2 Mar 2026 11:00 EST, with 2h of 8h used up.", why(id))

	id = fresh()
	d.Clock.Set(inNY("2026-03-03 10:00")) // and no Tick
	require.Equal(t, "Breached: 8h were used up Mon 2 Mar 2026 17:00 EST.", why(id))
	_, err = d.Resolve(ctx, id, "done")
	require.NoError(t, err)
	require.Equal(t, "Met late Tue 3 Mar 2026 10:00 EST, with 9h of 8h used up: it was due Mon 2 Mar 2026 17:00 EST.", why(id))

	id = fresh()
	_, err = d.SetStatus(ctx, id, helpdesk.StatusClosed)
	require.NoError(t, err)
	require.Equal(t, "Cancelled Mon 2 Mar 2026 11:00 EST, with 2h of 8h used up.", why(id))
}

func TestExplainOfYearsComesToAnEnd(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, forPriority(helpdesk.Medium, 8*time.Hour)))
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Clock.Advance(5 * 365 * 24 * time.Hour)
	all, err := d.Explain(t.Context(), id)
	require.NoError(t, err)
	steps := all[0].Segments
	require.Len(t, steps, 1001)
	require.Equal(t, d.Clock.Now(), steps[1000].To.UTC())
	require.Equal(t, all[0].Used, steps[1000].Total)
}

// An admin saves an SLA for a tenant. Open tickets keep theirs until the new one is applied.
func ExampleDesk_SaveSLA() {
	ctx := context.Background()
	desk, _ := helpdesk.New(memstore.New(), &helpdesk.Config{Clock: helpdesktest.NewClock(helpdesktest.Start), SLA: sla.Standard()})
	acme := desk.ForTenant("acme")
	ticket, _ := acme.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
	show := func(what string) {
		t, _ := acme.Ticket(ctx, ticket.ID)
		c := t.Clocks[1]
		fmt.Printf("%s: policy %s, version %d, resolution due %s\n", what, c.Policy, c.Version, c.DueAt.Format("Mon 15:04"))
	}
	show("opened")

	boss := acme.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
	doc, _ := json.Marshal(sla.Document{Policies: []sla.Policy{{Name: "gold", FirstResponse: time.Hour, Resolution: 6 * time.Hour}}})
	saved, err := boss.SaveSLA(ctx, doc)
	fmt.Println("saved version", saved.Version, err)
	show("saved")
	_, _ = boss.ApplyCurrentSLA(ctx, ticket.ID) // or ApplyCurrentSLAToAll
	show("applied")
	// Output:
	// opened: policy medium, version 0, resolution due Tue 09:00
	// saved version 1 <nil>
	// saved: policy medium, version 0, resolution due Tue 09:00
	// applied: policy gold, version 1, resolution due Mon 15:00
}
