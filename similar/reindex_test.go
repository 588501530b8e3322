package similar_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/similar"
)

// failsOnce is a finder that cannot index a ticket at the first try, and at all while it is broken.
type failsOnce struct {
	*similar.Finder
	ticket helpdesk.TicketID
	mu     sync.Mutex // tasks of two kinds run at once
	broken bool
	failed bool
	pages  int
}

func (f *failsOnce) Update(ctx context.Context, store helpdesk.Store, tasks []helpdesk.Task) (map[helpdesk.TicketID]error, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken {
		return nil, errors.New("away")
	}
	f.pages++
	failed, err := f.Finder.Update(ctx, store, tasks)
	if !f.failed && slices.ContainsFunc(tasks, func(t helpdesk.Task) bool { return t.Ticket == f.ticket }) {
		f.failed, failed = true, map[helpdesk.TicketID]error{f.ticket: errors.New("not now")}
	}
	return failed, err
}

// TestReindexLearnsOfTicketsThatWereSolvedBefore has more tickets than one task does, a finder that
// is away at first, and a ticket that fails.
func TestReindexLearnsOfTicketsThatWereSolvedBefore(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		reports := map[string][2]string{}
		for i := range 450 {
			reports[fmt.Sprintf("r%d", i)] = [2]string{fmt.Sprintf("Printer %d jams", i), "Paper"}
		}
		tickets := storeAll(t, store, reports)
		finder := &failsOnce{Finder: similar.New(nil), ticket: tickets["r7"].ID, broken: true}
		clock := helpdesktest.NewClock(helpdesktest.Start)
		host, err := helpdesk.New(store, &helpdesk.Config{Similar: finder, Clock: clock, Logger: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		desk := host.ForTenant("acme")
		require.ErrorIs(t, desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}).Reindex(t.Context()), helpdesk.ErrForbidden)
		require.NoError(t, desk.Reindex(t.Context()))
		indexed := func() int {
			index, _ := helpdesk.As[similar.Index](store)
			counts, err := index.CountTerms(t.Context(), "acme", similar.TermVectorOf("paper", "").Terms, "")
			require.NoError(t, err)
			return counts.Tickets
		}
		work := func() {
			for range 10 {
				_, err := desk.Tick(t.Context())
				require.NoError(t, err)
				clock.Advance(time.Minute)
			}
		}
		work()
		require.Zero(t, indexed())
		finder.mu.Lock()
		finder.broken = false
		finder.mu.Unlock()
		work()
		require.Equal(t, 450, indexed())
		require.Equal(t, 4, finder.pages, "each page is a task, and the ticket that failed is another")
		solved, err := similar.Find(t.Context(), store, similar.Query{Tenant: "acme", Subject: "printer 7", Limit: 1})
		require.NoError(t, err)
		require.Equal(t, tickets["r7"].ID, solved[0].Ticket)
	})
}
