package classify_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/classify"
)

func TestPriceIsFoundByTheNameOfTheModel(t *testing.T) {
	t.Parallel()
	own := classify.Prices{"gpt-4o": {In: 1, Out: 2}, "llama": {}}
	for _, c := range []struct {
		prices classify.Prices
		model  string
		want   classify.Price
		known  bool
	}{
		{nil, "gpt-4o-mini", classify.Price{In: 150, Out: 600}, true},
		{nil, "gpt-4o-mini-2024-07-18", classify.Price{In: 150, Out: 600}, true},
		{nil, "gpt-4o-2024-08-06", classify.Price{In: 2500, Out: 10_000}, true},
		{nil, "gpt-4o-2024-05-13", classify.Price{In: 5000, Out: 15_000}, true},
		{nil, "gpt-5-nano", classify.Price{In: 50, Out: 400}, true},
		{nil, "gpt-5.4-mini", classify.Price{In: 750, Out: 4500}, true},
		{nil, "text-embedding-3-small", classify.Price{In: 20}, true},
		{nil, "gpt-4o-mini-realtime-preview", classify.Price{}, false},
		{nil, "gpt-5.9", classify.Price{}, false},
		{nil, "ft:gpt-4o-mini-2024-07-18:acme", classify.Price{}, false},
		{nil, "", classify.Price{}, false},
		{own, "gpt-4o", classify.Price{In: 1, Out: 2}, true},
		{own, "gpt-4o-2024-05-13", classify.Price{In: 1, Out: 2}, true},
		{own, "gpt-4o-mini", classify.Price{In: 150, Out: 600}, true},
		{own, "llama", classify.Price{}, true},
		{own, "llama2", classify.Price{}, false},
	} {
		got, known := c.prices.Of(c.model)
		require.Equal(t, c.known, known, c.model)
		require.Equal(t, c.want, got, c.model)
	}
}

// The list gives dollars per million tokens; the test shows a slip of a digit.
func TestListedPriceOfAMillionTokens(t *testing.T) {
	t.Parallel()
	p, _ := classify.Prices(nil).Of("gpt-4o-mini")
	require.EqualValues(t, 150_000_000, p.Cost(1_000_000, 0), "$0.15")
	require.EqualValues(t, 600_000_000, p.Cost(0, 1_000_000), "$0.60")
	p, _ = classify.Prices(nil).Of("text-embedding-3-large")
	require.EqualValues(t, 130_000_000, p.Cost(1_000_000, 1_000_000), "$0.13, and nothing comes out")
}

func TestCostPastTheLargestNumberIsThat(t *testing.T) {
	t.Parallel()
	require.EqualValues(t, math.MaxInt64, classify.Price{In: 1 << 62}.Cost(2, 0), "one bit too many")
	require.EqualValues(t, math.MaxInt64, classify.Price{In: 1 << 62, Out: 1 << 62}.Cost(1, 1), "two halves")
	require.EqualValues(t, math.MaxInt64, classify.Price{In: math.MaxInt64}.Cost(math.MaxInt64, 0))
	require.Zero(t, classify.Price{In: -1, Out: 1}.Cost(5, -5))
}

func TestCostIsExactOrTheLargestNumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := classify.Price{In: rapid.Int64().Draw(t, "in"), Out: rapid.Int64().Draw(t, "out")}
		in, out := rapid.Int().Draw(t, "tokens in"), rapid.Int().Draw(t, "tokens out")
		want := new(big.Int)
		for _, part := range [][2]int64{{p.In, int64(in)}, {p.Out, int64(out)}} {
			if part[0] > 0 && part[1] > 0 {
				want.Add(want, new(big.Int).Mul(big.NewInt(part[0]), big.NewInt(part[1])))
			}
		}
		if !want.IsInt64() {
			want.SetInt64(math.MaxInt64)
		}
		if got := p.Cost(in, out); got != want.Int64() {
			t.Fatalf("%v for %d and %d: %d, want %v", p, in, out, got, want)
		}
	})
}
