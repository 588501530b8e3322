package bunstore

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTheGreatestSumsAreFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sums := rapid.SliceOfN(rapid.OneOf(rapid.Just(uint32(0)), rapid.Uint32Range(0, 20), rapid.Uint32()), 0, 200).Draw(t, "sums")
		n := rapid.IntRange(1, 50).Draw(t, "n")
		var want []uint32
		for _, sum := range sums {
			if sum > 0 {
				want = append(want, sum)
			}
		}
		slices.SortFunc(want, func(a, b uint32) int { return cmp.Compare(b, a) })
		want = want[:min(len(want), n)]
		var got []uint32
		seen := map[uint32]bool{}
		for _, b := range greatest(sums, n) {
			require.Equal(t, sums[b.number], b.sum)
			require.False(t, seen[b.number], "each once")
			seen[b.number] = true
			got = append(got, b.sum)
		}
		slices.SortFunc(got, func(a, b uint32) int { return cmp.Compare(b, a) })
		require.Equal(t, want, got)
	})
}
