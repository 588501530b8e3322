package helpdesk_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// slowly is a model that is slow except for one tenant, and counts its calls.
func slowly(asked *atomic.Int64, but helpdesk.TenantID) helpdesk.Classifier {
	return helpdesk.ClassifierFunc(func(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		if asked.Add(1); r.Tenant != but {
			select {
			case <-time.After(20 * time.Second):
			case <-ctx.Done():
			}
		}
		return nil, helpdesk.ErrAbstain
	})
}

// running runs a desk until stop.
func running(t *testing.T, d *helpdesktest.Desk) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	return func() {
		cancel()
		require.NoError(t, <-ended)
	}
}

// A slow model delays no deadline, however many tickets wait for it.
func TestASlowModelKeepsNoDeadlineWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		policies := helpdesk.SLAFunc(func(_ context.Context, ticket *helpdesk.Ticket) (*helpdesk.Policy, error) {
			if ticket.Priority != helpdesk.Urgent {
				return nil, nil
			}
			return &helpdesk.Policy{Name: "urgent", FirstResponse: time.Minute}, nil
		})
		d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{Clock: helpdesk.SystemClock, Classifier: slowly(&asked, "none"), SLA: policies, Logger: quiet})
		const tickets = 600 // some 6 minutes for the model
		for range tickets {
			_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Priority: helpdesk.Low})
			require.NoError(t, err)
		}
		defer running(t, d)()
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
		require.EqualValues(t, tickets+1, asked.Load())
	})
}

// A tenant with a slow model leaves places: another tenant's ticket is triaged at once.
func TestASlowTenantKeepsNoOtherWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{Clock: helpdesk.SystemClock, Classifier: slowly(new(atomic.Int64), "calm"), SLA: noSLA, Logger: quiet})
		for i := range 1400 {
			_, err := d.ForTenant([]helpdesk.TenantID{"slow", "slower"}[i%2]).Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
			require.NoError(t, err)
		}
		defer running(t, d)()
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
	})
}

// A task that waits for a place in a Tick is still asked once: its lease may have run out by then.
func TestATickAsksASlowModelOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{Clock: helpdesk.SystemClock, Classifier: slowly(&asked, "none"), SLA: noSLA, Logger: quiet})
		const tickets = 1300
		for range tickets {
			_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
			require.NoError(t, err)
		}
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, tickets, asked.Load())
	})
}
