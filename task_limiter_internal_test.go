package helpdesk

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func notices(tenant TenantID) TaskGroup { return TaskGroup{Kind: TaskNotify, Tenant: tenant} }

// In any order of take and give, no tenant holds more than it leaves to the others, plus one, and a
// tenant without a place gets one as long as one is free.
func TestTheLastPlaceIsForANewcomer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 40).Draw(t, "most")
		r, has, used := newTaskLimiter(most), map[TaskGroup]int{}, 0
		for range 60 {
			tenant := notices(rapid.SampledFrom([]TenantID{"a", "b", "c", "d", "e"}).Draw(t, "tenant"))
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
		require.Empty(t, r.kinds)
	})
}

func TestWhoWaitsForAPlaceWaitsNoLongerThanItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newTaskLimiter(4)
		n, err := r.take(t.Context(), notices("a"), 4, true)
		require.NoError(t, err)
		require.Equal(t, 4, n)
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		time.AfterFunc(time.Minute, func() { r.give(notices("a"), 4) }) // else it would wait for ever
		n, err = r.take(ctx, notices("b"), 1, true)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Zero(t, n)
		n, err = r.take(t.Context(), notices("b"), 1, true)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, map[TaskGroup]int{notices("b"): 1}, r.by)
	})
}

// What is full is not leased in vain. A kind has places of its own, and a newcomer is never full.
func TestFullGroupsAreNotLeased(t *testing.T) {
	r := newTaskLimiter(mostSlow)
	take := func(g TaskGroup, n int) {
		got, err := r.take(t.Context(), g, n, false)
		require.NoError(t, err)
		require.Equal(t, n, got)
	}
	take(notices("a"), leaseBatch)
	require.Empty(t, r.full(), "there is room for a whole lease")
	take(notices("a"), 1)
	require.Equal(t, []TaskGroup{notices("a")}, r.full())
	take(TaskGroup{Kind: TaskTriage, Tenant: "a"}, 1)
	require.Equal(t, []TaskGroup{notices("a")}, r.full(), "triage has its own places")
	r.give(notices("a"), 1)
	require.Empty(t, r.full())
	for _, tenant := range []TenantID{"b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		n, err := r.take(t.Context(), notices(tenant), leaseBatch, false)
		require.NoError(t, err)
		require.Positive(t, n)
	}
	_, err := r.take(t.Context(), notices("k"), mostSlow-r.kinds[TaskNotify], true)
	require.NoError(t, err)
	require.Contains(t, r.full(), TaskGroup{Kind: TaskNotify, AllTenants: true})

	many := newTaskLimiter(mostSlow)
	for i := range 3 * mostFull {
		_, err := many.take(t.Context(), notices(TenantID(fmt.Sprint(i))), 1+i/100, true)
		require.NoError(t, err)
	}
	full := many.full()
	require.Len(t, full, mostFull)
	for _, g := range full {
		require.Equal(t, 3, many.by[g], "those with the most")
	}
}
