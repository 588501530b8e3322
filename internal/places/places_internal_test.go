package places

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func notices(tenant string) Group[string, string] { return Group[string, string]{"notify", tenant} }

// In any order of take and give, no tenant holds more than it leaves to the others, plus one, and a
// tenant without a place gets one as long as one is free.
func TestTheLastPlaceIsForANewcomer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 40).Draw(t, "most")
		r, has, used := New[string, string](most), map[Group[string, string]]int{}, 0
		for range 60 {
			tenant := notices(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "tenant"))
			n := rapid.IntRange(0, 20).Draw(t, "n")
			if rapid.Bool().Draw(t, "give") {
				n = min(n, has[tenant])
				r.Give(tenant, n)
				has[tenant], used = has[tenant]-n, used-n
				continue
			}
			got, err := r.Take(t.Context(), tenant, n, false)
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
			r.Give(tenant, n)
		}
		require.Empty(t, r.by)
		require.Empty(t, r.kinds)
	})
}

func TestWhoWaitsForAPlaceWaitsNoLongerThanItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New[string, string](4)
		n, err := r.Take(t.Context(), notices("a"), 4, true)
		require.NoError(t, err)
		require.Equal(t, 4, n)
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		time.AfterFunc(time.Minute, func() { r.Give(notices("a"), 4) }) // else it would wait for ever
		n, err = r.Take(ctx, notices("b"), 1, true)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Zero(t, n)
		n, err = r.Take(t.Context(), notices("b"), 1, true)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, map[Group[string, string]]int{notices("b"): 1}, r.by)
	})
}

// What is full is not leased in vain. A kind has places of its own, and a newcomer is never full.
func TestFullGroupsAreNotLeased(t *testing.T) {
	const room, places = 256, 1024
	r := New[string, string](places)
	full := func() []Group[string, string] {
		_, groups := r.Full(room, 100)
		return groups
	}
	take := func(g Group[string, string], n int) {
		got, err := r.Take(t.Context(), g, n, false)
		require.NoError(t, err)
		require.Equal(t, n, got)
	}
	take(notices("a"), room)
	require.Empty(t, full(), "there is room for a whole lease")
	take(notices("a"), 1)
	require.Equal(t, []Group[string, string]{notices("a")}, full())
	take(Group[string, string]{"triage", "a"}, 1)
	require.Equal(t, []Group[string, string]{notices("a")}, full(), "triage has its own places")
	r.Give(notices("a"), 1)
	require.Empty(t, full())
	for _, tenant := range []string{"b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		n, err := r.Take(t.Context(), notices(tenant), room, false)
		require.NoError(t, err)
		require.Positive(t, n)
	}
	_, err := r.Take(t.Context(), notices("k"), places-r.kinds["notify"], true)
	require.NoError(t, err)
	kinds, _ := r.Full(room, 100)
	require.Equal(t, []string{"notify"}, kinds)

	many := New[string, string](places)
	for i := range 300 {
		_, err := many.Take(t.Context(), notices(fmt.Sprint(i)), 1+i/100, true)
		require.NoError(t, err)
	}
	_, most := many.Full(room, 100)
	require.Len(t, most, 100)
	for _, g := range most {
		require.Equal(t, 3, many.by[g], "those with the most")
	}
}
