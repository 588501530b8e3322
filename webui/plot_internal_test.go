package webui

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/report"
)

// speaker is a visit of somebody with a language.
func speaker(t testing.TB, name string) *visit {
	t.Helper()
	all, err := readCatalogue(nil)
	require.NoError(t, err)
	return &visit{words: all.languages[name], zone: func() *time.Location { return time.UTC }}
}

func marks(a axis) (list []string) {
	for _, m := range a.marks() {
		list = append(list, a.text(m))
	}
	return list
}

func TestAxesAreMarkedInUnitsThatPeopleCountIn(t *testing.T) {
	t.Parallel()
	en, de := speaker(t, "en"), speaker(t, "de")
	for most, want := range map[float64]string{
		0: "0 1", 1: "0 1", 2: "0 1 2", 3: "0 1 2 3", 5: "0 1 2 3 4 5", 6: "0 2 4 6", 7: "0 2 4 6 8", 11: "0 5 10 15", 134: "0 50 100 150", 6000: "0 2,000 4,000 6,000",
		math.NaN(): "0 1", math.Inf(1): "0 1", -3: "0 1",
	} {
		require.Equal(t, want, strings.Join(marks(en.counts(most)), " "), "%v", most)
	}
	for most, want := range map[time.Duration]string{
		0: "0 1m", 40 * time.Second: "0 1m", 7 * time.Minute: "0 5m 10m", 40 * time.Minute: "0 15m 30m 45m", 80 * time.Minute: "0 30m 60m 90m", 5 * time.Hour: "0 2h 4h 6h",
		14 * time.Hour: "0 6h 12h 18h", 30 * time.Hour: "0 12h 24h 36h", 60 * time.Hour: "0 1d 2d 3d", 130 * 24 * time.Hour: "0 50d 100d 150d",
	} {
		require.Equal(t, want, strings.Join(marks(en.times(most.Minutes())), " "), most)
	}
	require.Equal(t, []string{"0", "0,5", "1", "1,5", "2"}, marks(de.ratios(2)))
	require.Equal(t, []string{"0", "2.000", "4.000", "6.000"}, marks(de.counts(6000)))
	require.Equal(t, []string{"0", "6\u00a0Std", "12\u00a0Std", "18\u00a0Std"}, marks(de.times(14*60)))
}

func TestAnAxisHoldsEverythingWithFewRoundMarks(t *testing.T) {
	t.Parallel()
	v := speaker(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Float64Range(0, 1e12).Draw(t, "most")
		if rapid.Bool().Draw(t, "small") {
			most = rapid.Float64Range(0, 30).Draw(t, "few")
		}
		for name, a := range map[string]axis{"counts": v.counts(most), "ratios": v.ratios(most), "times": v.times(most)} {
			list := a.marks()
			require.GreaterOrEqual(t, a.top, most, name)
			require.InDelta(t, a.top, list[len(list)-1], a.step/1e6, name)
			require.LessOrEqual(t, len(list), manyMarks+1, name)
			require.GreaterOrEqual(t, len(list), 2, name)
			require.True(t, a.top-a.step < most || len(list) == 2, "%s: no mark is above the first that holds %v", name, most)
			require.Len(t, slices.Compact(marks(a)), len(list), "%s: %v all read differently", name, marks(a))
			if name != "ratios" {
				for _, m := range list {
					require.Equal(t, math.Trunc(m), m, name)
				}
			}
		}
	})
}

func TestLabelsThatNarrowPlotsShowAreAmongThoseOfWideOnes(t *testing.T) {
	t.Parallel()
	for n := range 400 {
		shown := map[string][]int{}
		for i := range n {
			class, ok := tier(i, n)
			if !ok {
				continue
			}
			switch class {
			case "":
				shown["narrow"] = append(shown["narrow"], i)
				fallthrough
			case "mid":
				shown["mid"] = append(shown["mid"], i)
				fallthrough
			case "wide":
				shown["wide"] = append(shown["wide"], i)
			}
		}
		for size, room := range map[string]int{"narrow": 4, "mid": 7, "wide": 13} {
			list := shown[size]
			require.LessOrEqual(t, len(list), room, "%d %s", n, size)
			if n > 0 {
				require.Zero(t, list[0], size)
			}
			for i := 2; i < len(list); i++ {
				require.Equal(t, list[1]-list[0], list[i]-list[i-1], "%d %s: evenly", n, size)
			}
		}
	}
}

func TestNamesInAFunnelLieOnNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s shelves
		type at struct{ x, y float64 }
		spots := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) at {
			return at{rapid.Float64Range(0, 1).Draw(t, "x"), rapid.Float64Range(0, 200).Draw(t, "y")}
		}), 1, 40).Draw(t, "spots")
		for i := range s {
			for _, p := range spots {
				s[i].dots = append(s[i].dots, [2]float64{p.x * roomAt[i], p.y})
			}
		}
		for i, p := range spots {
			l, ok := s.place(p.x, p.y, strings.Repeat("n", 1+i%20))
			if ok {
				require.Contains(t, []string{"name", "name wide"}, l.class)
			}
		}
		for i := range s {
			for j, a := range s[i].names {
				require.GreaterOrEqual(t, a.left, 0.0)
				require.LessOrEqual(t, a.right, roomAt[i]+12)
				for _, b := range s[i].names[:j] {
					require.False(t, a.meets(b), "%v and %v", a, b)
				}
				for _, d := range s[i].dots {
					require.False(t, a.meets(box{d[0] - 5, d[1] - 5, d[0] + 5, d[1] + 5}))
				}
			}
		}
	})
	var s shelves
	l, ok := s.place(.5, 100, "Ana Silva")
	require.True(t, ok)
	require.Equal(t, label{9, 4, "start", "name"}, l, "one that is alone stands to the right")
	l, ok = s.place(.99, 50, "Ben Okafor")
	require.True(t, ok)
	require.Equal(t, "end", l.anchor, "at the right edge it stands to the left")
}

func TestAFunnelIsCutOffAtItsTopAndDrawnWithoutALineAlongItsAxis(t *testing.T) {
	t.Parallel()
	v := speaker(t, "en")
	spots := []spot{{"Ana <b>", 20, .8, false}, {"Ben", 3, 9, true}}
	x, y := reach(spots)
	require.Equal(t, highestRatio, y)
	f := &funnelPlot{Title: "T", About: "A", X: "x", Y: "y", Across: v.ratios(x), Up: v.ratios(y), Spots: spots, Limits: report.Funnel(30, 50), Text: func(r float64) string { return v.decimal(r, 2) }}
	got := string(f.draw())
	require.Contains(t, got, "<title>Ana &lt;b&gt;: 0.80</title>")
	require.Contains(t, got, `class="fill-bad spot"><title>Ben: 9.00</title>`)
	require.NotContains(t, got, "NaN")
	require.NotContains(t, got, fmt.Sprintf(" %gL", funnelHeight), "no limit runs along the axis")
}

func TestAValueWithoutNeighboursIsDrawnAsADot(t *testing.T) {
	t.Parallel()
	v := speaker(t, "en")
	c := &chart{Title: "T", Text: v.amount, Height: 100, Rows: []line{{Name: "<r>", Class: "c1", Kind: "line"}}}
	for i := range 45 {
		value := math.NaN()
		if i == 3 || i > 40 {
			value = float64(i)
		}
		c.Rows[0].Values, c.Labels, c.Names = append(c.Rows[0].Values, value), append(c.Labels, "l"), append(c.Names, "Nov 3")
	}
	c.Axis = v.counts(most(c.Rows))
	got := string(c.draw())
	require.Equal(t, 1, strings.Count(got, "<circle"), "the line shows the others")
	require.Contains(t, got, "<title>Nov 3\n&lt;r&gt;: 44</title>")
	require.Contains(t, got, "<title>Nov 3\n–</title>")
	require.NotContains(t, got, "NaN")
}

func TestBarsOfPerCentHaveTheWholeLengthAtAHundred(t *testing.T) {
	t.Parallel()
	text := func(f float64) string { return num(f) }
	names := []string{"a", "b", "c"}
	require.Equal(t, []bar{{"a", "50", "50%", "c1"}, {"b", "25", "25%", "c1"}, {"c", "–", "", "c1"}}, bars(names, []float64{50, 25, math.NaN()}, 100, text, "c1"))
	require.Equal(t, []bar{{"a", "50", "100%", "c1"}, {"b", "25", "50%", "c1"}, {"c", "–", "", "c1"}}, bars(names, []float64{50, 25, math.NaN()}, 0, text, "c1"))
	require.Equal(t, []bar{{"a", "0", "0%", "c1"}}, bars(names[:1], []float64{0}, 0, text, "c1"))
}
