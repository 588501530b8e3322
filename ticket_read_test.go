package helpdesk_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// stuck is a Store whose pages never end: it ignores the cursor.
type stuck struct{ helpdesk.Store }

func (s stuck) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	q.After = ""
	return s.Store.Tickets(ctx, q)
}

func TestPagesThatLeadToThemselvesAreAnError(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	open(t, d, helpdesk.OpenParams{})
	open(t, d, helpdesk.OpenParams{})
	q := helpdesk.Query{Tenant: d.Tenant(), Limit: 1}
	n, err := helpdesk.Count(t.Context(), plainStore{d.Store}, 100, q)
	require.NoError(t, err)
	require.Equal(t, []int{2}, n)
	_, err = helpdesk.Count(t.Context(), stuck{plainStore{d.Store}}, 100, q)
	require.ErrorContains(t, err, "leads to itself")
}

// The zero Order has a name too, on every store and page by page.
func TestNewestIsSpeltOutOrLeftOut(t *testing.T) {
	eachStore(t, func(t *testing.T, store helpdesk.Store) {
		d := helpdesktest.New(t, store, &helpdesk.Config{SLA: noSLA})
		var want []helpdesk.TicketID
		for range 5 {
			want = slices.Insert(want, 0, openAt(t, d, 0))
			d.Clock.Advance(time.Minute)
		}
		for _, order := range []helpdesk.Order{helpdesk.Newest, "newest"} {
			q := helpdesk.Query{Order: order, Limit: 2}
			var got []helpdesk.TicketID
			for range 3 {
				page, err := d.Tickets(t.Context(), q)
				require.NoError(t, err)
				for _, ticket := range page.Tickets {
					got = append(got, ticket.ID)
				}
				q.After = page.Next
			}
			require.Equal(t, want, got)
		}
	})
}
