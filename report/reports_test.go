package report_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func ExampleNew() {
	ctx := context.Background()
	clock := helpdesktest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Clock: clock})
	if err != nil {
		fmt.Println(err)
		return
	}
	acme := desk.ForTenant("acme")
	t, err := acme.Open(ctx, helpdesk.OpenParams{Subject: "Refund", Customer: helpdesk.Contact{Email: "kim@example.com"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	clock.Advance(2 * time.Hour)
	if _, err := acme.Resolve(ctx, t.ID, "refunded"); err != nil {
		fmt.Println(err)
		return
	}
	o, err := report.New(acme).Overview(ctx, report.LastDays(30, clock.Now()))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(o.Total, "ticket, resolved after", o.Resolution.Mean)
	// Output: 1 ticket, resolved after 2h0m0s
}

func TestCustomersGetNoReport(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, nil))
	r := report.New(d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}))
	p := report.LastDays(1, d.Clock.Now())
	for name, read := range map[string]func() error{
		"overview": func() error { _, err := r.Overview(t.Context(), p); return err },
		"compare":  func() error { _, err := r.Compare(t.Context(), p); return err },
		"series":   func() error { _, err := r.Series(t.Context(), report.Query{Period: p}); return err },
		"heat map": func() error { _, err := r.HeatMap(t.Context(), report.Query{Period: p}); return err },
		"agents":   func() error { _, err := r.Agents(t.Context(), p); return err },
		"triage":   func() error { _, err := r.Triage(t.Context(), p); return err },
	} {
		require.ErrorIs(t, read(), helpdesk.ErrForbidden, name)
	}
}

func TestAQueryNamesEveryFieldAtFault(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, nil))
	_, err := report.New(d.Desk).Series(t.Context(), report.Query{
		Category: []helpdesk.Category{"nonsense"}, Priority: []helpdesk.Priority{9}, Team: "a\x00", Agent: "\xff",
	})
	var fields []string
	for _, f := range helpdesk.Fields(err) {
		fields = append(fields, f.Field)
	}
	require.Equal(t, []string{"period", "agent", "team", "category", "priority"}, fields)
}

func TestMedianRepliesToAResolution(t *testing.T) {
	t.Parallel()
	onEveryStore(t, nil, func(t *testing.T, d *helpdesktest.Desk) {
		median := func() *float64 {
			o, err := report.New(d.Desk).Overview(t.Context(), report.LastDays(1, d.Clock.Now().Add(time.Second)))
			require.NoError(t, err)
			return o.MedianReplies
		}
		resolve := func(replies int) helpdesk.TicketID {
			id := open(t, d, helpdesk.OpenParams{}).ID
			for range replies {
				_, err := asAgent(d, ben).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Hello."})
				require.NoError(t, err)
			}
			_, err := asAgent(d, ben).Resolve(t.Context(), id, "done")
			require.NoError(t, err)
			return id
		}
		open(t, d, helpdesk.OpenParams{}) // an open ticket does not count
		require.Nil(t, median())
		resolve(0)
		require.Equal(t, 0.0, *median())
		resolve(4)
		require.Equal(t, 0.0, *median(), "half of the two needed no reply")
		three := resolve(3)
		require.Equal(t, 3.0, *median())
		_, err := d.Reopen(t.Context(), three)
		require.NoError(t, err)
		require.Equal(t, 0.0, *median(), "it is not resolved any more")
		merged := resolve(1)
		_, err = d.Merge(t.Context(), merged, three)
		require.NoError(t, err)
		require.Equal(t, 0.0, *median(), "a merged ticket does not count")
		resolve(2)
		require.Equal(t, 2.0, *median())
	})
}
