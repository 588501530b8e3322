package bunstore_test

import (
	"math"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

var _ classify.Ledger = (*bunstore.Store)(nil)

func TestSpendingStopsAtTheLimit(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		add := func(tenant helpdesk.TenantID, day string, nano, limit int64) bool {
			ok, err := store.Add(t.Context(), tenant, day, nano, limit)
			require.NoError(t, err)
			return ok
		}
		var wg sync.WaitGroup
		var spent atomic.Int64
		for range 20 {
			wg.Go(func() {
				if ok, err := store.Add(t.Context(), "acme", "2026-03-02", 7, 100); err != nil {
					t.Error(err)
				} else if ok {
					spent.Add(7)
				}
			})
		}
		wg.Wait()
		require.EqualValues(t, 98, spent.Load())
		require.False(t, add("acme", "2026-03-02", 3, 100))
		require.True(t, add("acme", "2026-03-02", 2, 100))
		require.True(t, add("acme", "2026-03-02", -50, 100))
		require.True(t, add("acme", "2026-03-02", 50, 100))
		require.True(t, add("acme", "2026-03-02", 1000, math.MaxInt64), "what was paid is booked, whatever the limit")
		require.True(t, add("acme", "2026-03-03", 100, 100), "another day")
		require.True(t, add("globex", "2026-03-02", 100, 100), "another tenant")
		require.False(t, add("new", "2026-03-02", 101, 100))
		require.True(t, add("new", "2026-03-02", -5, 100), "given back, though nothing is known to be spent")
		require.True(t, add("new", "2026-03-02", 105, 100))
	})
}
