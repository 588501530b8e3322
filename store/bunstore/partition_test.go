package bunstore_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

// TestThePartitionsOfTheOperationsPageWork runs the statements of the page on tables with rows.
func TestThePartitionsOfTheOperationsPageWork(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/operations.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```sql\n(BEGIN;.*?)VACUUM[^\n]*\n```").FindStringSubmatch(string(page))
	require.Len(t, blocks, 2)
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	for _, tenant := range []helpdesk.TenantID{"acme", "other"} {
		add(t, store, tenant, 20, nil)
	}
	found := func() (threads []*helpdesk.Thread) {
		page, err := store.Search(t.Context(), helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme"}, Terms: terms("smokes")})
		require.NoError(t, err)
		for _, ticket := range page.Tickets {
			th, err := store.Thread(t.Context(), "acme", ticket.ID)
			require.NoError(t, err)
			threads = append(threads, th)
		}
		return threads
	}
	place := func(after string) helpdesk.StreamPage {
		page, err := store.EventsAfter(t.Context(), helpdesk.StreamQuery{After: after, Limit: 100})
		require.NoError(t, err)
		return page
	}
	before, then := found(), place("")
	require.Len(t, before, 20)

	_, err = db.ExecContext(t.Context(), blocks[1])
	require.NoError(t, err)
	require.NoError(t, store.Check(t.Context()))
	require.Equal(t, before, found())
	add(t, store, "third", 3, nil)
	require.Len(t, place(then.Next).Events, 3)
	plan := explain(t, db, "SELECT 1 FROM helpdesk_events WHERE tenant_id = 'acme'")
	require.Equal(t, 1, strings.Count(plan, "Scan"), "one partition is read: %s", plan)
}
