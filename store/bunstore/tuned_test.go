package bunstore_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// TestWhatAReportSetsForItselfEndsWithIt has one connection for all, with odd settings of the host.
func TestWhatAReportSetsForItselfEndsWithIt(t *testing.T) {
	t.Parallel()
	address := dbtest.PostgresURL(t)
	migrated(t, dbtest.Open(t, address))
	settings := func(on bun.IDB) (all [3]string) {
		row := on.QueryRowContext(t.Context(), "SELECT current_setting('work_mem'), current_setting('random_page_cost'), current_setting('jit')")
		require.NoError(t, row.Scan(&all[0], &all[1], &all[2]))
		return all
	}
	hour := []time.Time{noon, noon.Add(time.Hour)}
	for _, own := range [][2]string{{"64kB", "0"}, {"32767kB", "1e-10"}, {"1500MB", "0.30000000000000004"}, {"1GB", "4"}, {"1TB", "1.1"}, {"2147483647kB", "1e10"}} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		q := u.Query()
		q.Set("work_mem", own[0])
		q.Set("random_page_cost", own[1])
		u.RawQuery = q.Encode()
		db := dbtest.Open(t, u.String())
		db.SetMaxOpenConns(1)
		before, s := settings(db), storeOn(t, db)
		require.Equal(t, own[0], before[0])
		_, _, err = s.Overviews(t.Context(), "acme", report.Filter{}, hour, noon)
		require.NoError(t, err, own)
		require.Equal(t, before, settings(db))

		tx := begin(t, db)
		_, _, err = s.WithTx(tx).Overviews(t.Context(), "acme", report.Filter{}, hour, noon)
		require.NoError(t, err, own)
		require.Equal(t, before, settings(tx), "the host's transaction stays as it is")
		require.NoError(t, tx.Rollback())
	}
}

// TestWhatASearchSetsForItselfEndsWithIt has one connection for all, which only reads, and a common
// word.
func TestWhatASearchSetsForItselfEndsWithIt(t *testing.T) {
	t.Parallel()
	address := dbtest.PostgresURL(t)
	add(t, migrated(t, dbtest.Open(t, address)), "acme", 100, nil)
	setting := func(on bun.IDB) (pages string) {
		require.NoError(t, on.QueryRowContext(t.Context(), "SELECT current_setting('effective_io_concurrency')").Scan(&pages))
		return pages
	}
	for _, own := range []string{"0", "1", "63", "1000"} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		q := u.Query()
		q.Set("effective_io_concurrency", own)
		q.Set("default_transaction_read_only", "on")
		u.RawQuery = q.Encode()
		db := dbtest.Open(t, u.String())
		db.SetMaxOpenConns(1)
		s, heard := storeOn(t, db), &listener{}
		for _, query := range []helpdesk.Query{{Tenant: "acme", Limit: 10}, {Tenant: "acme", Limit: 10, Status: helpdesk.OpenStatuses}} {
			find := func(s *bunstore.Store) {
				page, err := s.Search(t.Context(), helpdesk.SearchQuery{Query: query, Terms: terms("smokes")})
				require.NoError(t, err, own)
				require.Len(t, page.Tickets, 10)
			}
			find(s)
			require.Equal(t, own, setting(db))
			find(storeOn(t, db.WithQueryHook(heard)))
			require.Contains(t, strings.Join(heard.said, "\n"), "effective_io_concurrency", "the word is common")

			tx := begin(t, db)
			find(s.WithTx(tx))
			require.Equal(t, own, setting(tx), "the host's transaction stays as it is")
			require.NoError(t, tx.Rollback())
		}
	}
}
