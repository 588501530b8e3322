package helpdesk

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whoever takes and gives back, nobody has more than is left for the others, but for one, and who has nothing gets a place
// as long as there is one.
func TestTheLastPlaceIsForANewcomer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 40).Draw(t, "most")
		r, has, used := newRoom(most), map[TenantID]int{}, 0
		for range 60 {
			tenant := TenantID(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "tenant"))
			n := rapid.IntRange(0, 20).Draw(t, "n")
			if rapid.Bool().Draw(t, "give") {
				n = min(n, has[tenant])
				r.give(tenant, n)
				has[tenant], used = has[tenant]-n, used-n
				continue
			}
			got := r.take(tenant, n, false)
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
