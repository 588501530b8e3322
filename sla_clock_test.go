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
		all, err := sla.Explain(ctx, asAgent(d, ana), id)
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
		_, err = sla.Explain(ctx, asCustomer(d, kim), id)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = sla.Explain(ctx, d.ForTenant("other"), id)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
	})
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
