package bunstore_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store"
)

// TestAReportMayBeginAndEndInAnyYear asks for reports of periods that contain the only ticket, and
// for their figures in three intervals.
func TestAReportMayBeginAndEndInAnyYear(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		s := migrated(t, db)
		require.NoError(t, s.Commit(t.Context(), opened("acme", 1)))
		for _, from := range []time.Time{{}, time.Date(-5000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(0, 2, 1, 0, 0, 0, 0, time.UTC), noon} {
			for _, to := range []time.Time{noon.Add(time.Hour), time.Date(9999, 12, 31, 24, 0, 0, 0, time.UTC), time.Date(300000, 1, 1, 0, 0, 0, 0, time.UTC)} {
				o, _, err := s.Overviews(t.Context(), "acme", report.Filter{}, []time.Time{from, to}, noon)
				require.NoError(t, err)
				require.Equal(t, 1, o[0].Total, "%s to %s", from, to)
				bounds := []time.Time{from, from.Add(time.Second), from.AddDate(0, 0, 1), to.Add(time.Second)}
				points, err := s.Series(t.Context(), "acme", report.Filter{}, bounds, noon)
				require.NoError(t, err)
				require.Len(t, points, 3)
				flows, err := s.Flows(t.Context(), "acme", report.Filter{}, bounds)
				require.NoError(t, err)
				created := 0
				for i, f := range flows {
					created += f.Created
					require.Equal(t, points[i].Flow, f)
				}
				require.Equal(t, 1, created)
			}
			_, err := s.Tickets(t.Context(), helpdesk.Query{Tenant: "acme", From: from, To: noon.Add(time.Hour), Limit: 1})
			require.NoError(t, err)
		}
	})
}

// TestAPageMayBeginInAnyYear asks for the page after a cursor in a year without tickets.
func TestAPageMayBeginInAnyYear(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		s := migrated(t, db)
		c := opened("acme", 1)
		require.NoError(t, s.Commit(t.Context(), c))
		for _, order := range []helpdesk.Order{helpdesk.Newest, helpdesk.Oldest, helpdesk.Urgency, helpdesk.ByDue} {
			for _, year := range []int{0, 2, 9999} {
				at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
				after := store.Cursor{Order: order, ID: c.Ticket.ID, Created: at, Due: at, Priority: c.Ticket.Priority}
				page, err := s.Tickets(t.Context(), helpdesk.Query{Tenant: "acme", Order: order, After: after.String()})
				require.NoError(t, err, "%s %d", order, year)
				require.Equal(t, (order == helpdesk.Newest) == (year == 9999), len(page.Tickets) == 1, "%s %d", order, year)
			}
		}
	})
}
