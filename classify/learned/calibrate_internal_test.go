package learned

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestProbabilitiesAreSharesOfOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 20).Draw(t, "labels")
		n := rapid.IntRange(1, 30).Draw(t, "texts")
		sum := rapid.Float32Range(-1e6, 1e6)
		sums := rapid.SliceOfN(sum, n*k, n*k).Draw(t, "sums")
		labels := make([][]int, n)
		for i := range labels {
			labels[i] = []int{rapid.IntRange(0, k-1).Draw(t, "label")}
		}
		for _, each := range []bool{false, true} {
			c := calibrate(sums, labels, k, each)
			p := make([]float64, k)
			for i := range p {
				p[i] = float64(sum.Draw(t, "sum"))
			}
			c.probabilities(p)
			total := 0.0
			for _, x := range p {
				require.True(t, x >= 0 && x < 1, "%v", p) // false for NaN
				total += x
			}
			if !each {
				require.InDelta(t, 1, total, 1e-5)
			}
		}
	})
}

// Labels are drawn with known probabilities, a fifth of them at random. Calibration has to recover
// the probabilities.
func TestCalibrationFindsTheProbabilitiesLabelsWereDrawnWith(t *testing.T) {
	t.Parallel()
	const n, k, slope, doubt = 20000, 3, 2.5, 0.2
	chance := rand.New(rand.NewPCG(1, 1))
	var sums []float32
	var labels [][]int
	for range n {
		p := make([]float64, k)
		for j := range p {
			s := chance.NormFloat64()
			sums = append(sums, float32(s))
			p[j] = slope*s + float64(j)/2
		}
		squash(p, false)
		drawn, at := chance.Float64(), 0
		for drawn > p[at] && at < k-1 {
			drawn -= p[at]
			at++
		}
		labels = append(labels, []int{at})
	}
	usual := [k]float64{}
	for _, has := range labels {
		usual[has[0]] += 1.0 / n
	}
	for i := range labels {
		if chance.Float64() < doubt {
			drawn, at := chance.Float64(), 0
			for drawn > usual[at] && at < k-1 {
				drawn -= usual[at]
				at++
			}
			labels[i] = []int{at}
		}
	}
	c := calibrate(sums, labels, k, false)
	require.InDelta(t, doubt, c.doubt, 0.03)
	for j := range k {
		require.InDelta(t, slope, c.slope[j], 0.3)
		require.InDelta(t, float64(j)/2, c.shift[j]-c.shift[0], 0.2)
	}
}

func TestGradientsAreThoseOfTheLoss(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const k, step = 3, 1e-6
		logit := rapid.Float64Range(-3, 3)
		x := rapid.SliceOfN(logit, k, k).Draw(t, "logits")
		doubt := rapid.Float64Range(0.05, 0.9).Draw(t, "doubt")
		usual := []float64{0.5, 0.3, 0.2}
		each := rapid.Bool().Draw(t, "each")
		has := []int{rapid.IntRange(0, k-1).Draw(t, "label")}
		at := func(x []float64, doubt float64) (float64, float64, []float64) {
			p := append([]float64{}, x...)
			squash(p, each)
			loss, byDoubt := surprise(p, has, usual, doubt, each)
			return loss, byDoubt, p
		}
		loss, byDoubt, slope := at(x, doubt)
		more, _, _ := at(x, doubt+step)
		require.InDelta(t, (more-loss)/step, byDoubt, 1e-3*(1+math.Abs(byDoubt)))
		for j := range x {
			y := append([]float64{}, x...)
			y[j] += step
			more, _, _ := at(y, doubt)
			require.InDelta(t, (more-loss)/step, slope[j], 1e-3)
		}
	})
}

func TestMinimiseFindsTheBottomOfAnObliqueBowl(t *testing.T) {
	t.Parallel()
	x := []float64{5, -7, 3}
	minimise(x, func(x, g []float64) float64 {
		a, b, c := x[0]-1, x[1]-2*x[0], x[2]+x[1]
		g[0], g[1], g[2] = 2*a-400*b, 200*b+2*c, 2*c
		return a*a + 100*b*b + c*c
	})
	require.InDeltaSlice(t, []float64{1, 2, -2}, x, 1e-2)
}

func TestSeenKnowsWhatWasAddedAndLittleElse(t *testing.T) {
	t.Parallel()
	s := newSeen(1000)
	for i := range 1000 {
		s.add(digest("a", string(rune(i+100))))
	}
	wrong := 0
	for i := range 1000 {
		require.True(t, s.has(digest("a", string(rune(i+100)))))
		if s.has(digest("b", string(rune(i+100)))) {
			wrong++
		}
	}
	require.Less(t, wrong, 20)
	require.False(t, seen(nil).has(digest("a", "b")))
}

func TestWordsOfManyScripts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                            nil,
		"Can't LOG-in, error 0x80!":   {"can", "t", "log", "in", "error", "0x80"},
		"can’t":                       {"cant"},
		"ﬁle Ｆｕｌｌ ①":                  {"file", "full", "1"},
		"Straße ÉTÉ e\u0301te\u0301":  {"straße", "été", "été"},
		"pass\u200bword":              {"password"},
		"印刷できない":                      {"印", "刷", "で", "き", "な", "い"},
		"a\xff\xfeb":                  {"a", "b"},
		"Счёт №5":                     {"счёт", "no5"},
		string(make([]byte, 3)) + "x": {"x"},
	} {
		var got []string
		scan(text, nil, func(w []rune) { got = append(got, string(w)) })
		require.Equal(t, want, got, "%q", text)
	}
	n := 0
	scan(string(make([]byte, maxBytes))+" beyond", nil, func([]rune) { n++ })
	require.Zero(t, n)
}
