package sla_test

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

// office returns a desk that is open from 9 to 17 in New York, with a target of the resolution for
// each priority.
func office(t *testing.T, targets map[helpdesk.Priority]time.Duration) *helpdesktest.Desk {
	doc := sla.Document{Calendars: []sla.Hours{{Name: "office", Zone: "America/New_York", Week: sla.Weekdays("09:00-17:00")}}}
	for p, target := range targets {
		doc.Policies = append(doc.Policies, sla.Policy{
			Name: p.String(), For: sla.Match{Priority: []helpdesk.Priority{p}}, Resolution: target, Calendar: "office",
		})
	}
	policies, err := sla.New(doc)
	require.NoError(t, err)
	return helpdesktest.New(t, nil, &helpdesk.Config{SLA: policies})
}

func opened(t *testing.T, d *helpdesktest.Desk) helpdesk.TicketID {
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund for order 17"})
	require.NoError(t, err)
	return ticket.ID
}

// inNY reads a wall clock time in New York.
func inNY(text string) time.Time {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		panic(err)
	}
	return at.UTC()
}

// An agent asks why a ticket is due on Wednesday morning.
func ExampleExplain() {
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

	why, _ := sla.Explain(ctx, desk, ticket.ID)
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

func TestExplainHasASentenceForEachEnd(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := office(t, map[helpdesk.Priority]time.Duration{helpdesk.Medium: 8 * time.Hour, helpdesk.Urgent: time.Hour})
	why := func(id helpdesk.TicketID) string {
		all, err := sla.Explain(ctx, d.Desk, id)
		require.NoError(t, err)
		require.NotEmpty(t, all[0].String())
		return all[0].Why
	}
	fresh := func() helpdesk.TicketID {
		d.Clock.Set(inNY("2026-03-02 09:00"))
		id := opened(t, d)
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
	all, err := sla.Explain(ctx, d.Desk, id)
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
	d := office(t, map[helpdesk.Priority]time.Duration{helpdesk.Medium: 8 * time.Hour})
	id := opened(t, d)
	d.Clock.Advance(5 * 365 * 24 * time.Hour)
	all, err := sla.Explain(t.Context(), d.Desk, id)
	require.NoError(t, err)
	steps := all[0].Segments
	require.Len(t, steps, 1001)
	require.Equal(t, d.Clock.Now(), steps[1000].To.UTC())
	require.Equal(t, all[0].Used, steps[1000].Total)
}
