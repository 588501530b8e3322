package postings_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/internal/postings"
)

func TestWhatIsAppendedIsAdded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfDistinct(rapid.OneOf(rapid.Uint32Range(1, 300), rapid.Uint32Range(1, 100_000)), rapid.ID).Draw(t, "numbers")
		var worth [256]uint32
		for i := range worth {
			worth[i] = rapid.Uint32().Draw(t, "worth")
		}
		buckets := map[uint32]uint8{}
		for _, n := range numbers {
			buckets[n] = rapid.Uint8().Draw(t, "bucket")
		}
		var list []byte
		last, want := uint32(0), make([]uint32, 100_001)
		for n := range want {
			if g, ok := buckets[uint32(n)]; ok {
				list, last = postings.Append(list, last, uint32(n), g), uint32(n)
				want[n] = 7 + worth[g]
			}
		}
		got := make([]uint32, 100_001)
		for n := range buckets {
			got[n] = 7
		}
		require.NoError(t, postings.Add(got, list, &worth))
		require.Equal(t, want, got)
		if len(list) > 0 {
			require.ErrorIs(t, postings.Add(got[:last], list, &worth), postings.ErrBroken, "no room for the last")
			require.ErrorIs(t, postings.Add(got, list[:len(list)-1], &worth), postings.ErrBroken, "cut off")
		}
	})
}

func FuzzListsOfAnyBytesAreSafe(f *testing.F) {
	f.Add([]byte{})
	f.Add(postings.Append(nil, 0, 1<<31, 255))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 3})
	f.Add([]byte{0, 0})
	f.Fuzz(func(t *testing.T, list []byte) {
		worth := [256]uint32{1}
		sums := make([]uint32, 1000)
		err := postings.Add(sums, list, &worth)
		if err != nil {
			require.ErrorIs(t, err, postings.ErrBroken)
		}
		require.Zero(t, sums[0], "nobody has the number 0")
	})
}
