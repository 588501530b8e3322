package helpdesk

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// In any order of take and give, no tenant holds more than it leaves to the others, plus one, and a
// tenant without a place gets one as long as one is free.
func TestTheLastPlaceIsForANewcomer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 40).Draw(t, "most")
		r, has, used := newTaskLimiter(most), map[TenantID]int{}, 0
		for range 60 {
			tenant := TenantID(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "tenant"))
			n := rapid.IntRange(0, 20).Draw(t, "n")
			if rapid.Bool().Draw(t, "give") {
				n = min(n, has[tenant])
				r.give(tenant, n)
				has[tenant], used = has[tenant]-n, used-n
				continue
			}
			got, err := r.take(t.Context(), tenant, n, false)
			require.NoError(t, err)
			require.LessOrEqual(t, got, n)
			if n > 0 && has[tenant] == 0 && used < most {
				require.Positive(t, got)
			}
			has[tenant], used = has[tenant]+got, used+got
			require.LessOrEqual(t, used, most)
			if got > 0 {
				require.LessOrEqual(t, has[tenant], most-used+1)
			}
			require.True(t, got == n || has[tenant] >= most-used, "it got all there was for it")
		}
		for tenant, n := range has {
			r.give(tenant, n)
		}
		require.Empty(t, r.by)
		require.Zero(t, r.used)
	})
}

func TestWhoWaitsForAPlaceWaitsNoLongerThanItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newTaskLimiter(4)
		n, err := r.take(t.Context(), "a", 4, true)
		require.NoError(t, err)
		require.Equal(t, 4, n)
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		time.AfterFunc(time.Minute, func() { r.give("a", 4) }) // else it would wait for ever
		n, err = r.take(ctx, "b", 1, true)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Zero(t, n)
		n, err = r.take(t.Context(), "b", 1, true)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, map[TenantID]int{"b": 1}, r.by)
	})
}
