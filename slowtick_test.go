package helpdesk_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A model that takes its time keeps no deadline waiting, however many tickets wait for it.
func TestASlowModelKeepsNoDeadlineWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := helpdesk.ClassifierFunc(func(ctx context.Context, _ *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			select {
			case <-time.After(20 * time.Second):
			case <-ctx.Done():
			}
			return nil, helpdesk.ErrAbstain
		})
		promise := helpdesk.SLAFunc(func(_ context.Context, ticket *helpdesk.Ticket) (*helpdesk.Policy, error) {
			if ticket.Priority != helpdesk.Urgent {
				return nil, nil
			}
			return &helpdesk.Policy{Name: "urgent", FirstResponse: time.Minute}, nil
		})
		d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{Clock: helpdesk.SystemClock, Classifier: slow, SLA: promise, Logger: quiet})
		const tickets = 2000 // some 20 minutes for the model
		for range tickets {
			_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Priority: helpdesk.Low})
			require.NoError(t, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- d.Run(ctx) }()
		time.Sleep(time.Minute)
		urgent, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Priority: helpdesk.Urgent})
		require.NoError(t, err)
		due := urgent.Due()
		time.Sleep(time.Until(due) + 3*time.Second)
		late := read(t, d, urgent.ID)
		require.NotZero(t, late.Clocks[0].BreachedAt)
		require.Less(t, late.Clocks[0].DetectedAt.Sub(due), 3*time.Second)
		time.Sleep(time.Hour)
		page, err := d.Tickets(t.Context(), helpdesk.Query{Limit: helpdesk.MaxLimit})
		require.NoError(t, err)
		for _, ticket := range page.Tickets {
			require.NotZero(t, ticket.TriagedAt, "and each gets its turn, once")
			require.Equal(t, 1, events(t, d, ticket.ID)[helpdesk.EventTriaged])
		}
		stop()
		require.NoError(t, <-ended)
	})
}

// A tenant whose model takes its time has the desk's places, but never the last: another's ticket is triaged at once.
func TestASlowTenantKeepsNoOtherWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := helpdesk.ClassifierFunc(func(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			if r.Tenant != "calm" {
				select {
				case <-time.After(20 * time.Second):
				case <-ctx.Done():
				}
			}
			return nil, helpdesk.ErrAbstain
		})
		d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{Clock: helpdesk.SystemClock, Classifier: model, SLA: noPromise, Logger: quiet})
		const tickets = 2000
		for i := range tickets {
			_, err := d.ForTenant([]helpdesk.TenantID{"slow", "slower"}[i%2]).Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
			require.NoError(t, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		ended := make(chan error, 1)
		go func() { ended <- d.Run(ctx) }()
		calm := d.ForTenant("calm")
		for range 20 {
			time.Sleep(7 * time.Second)
			ticket, err := calm.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
			require.NoError(t, err)
			time.Sleep(time.Second)
			ticket, err = calm.Ticket(t.Context(), ticket.ID)
			require.NoError(t, err)
			require.NotZero(t, ticket.TriagedAt)
		}
		stop()
		require.NoError(t, <-ended)
	})
}
