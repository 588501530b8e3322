package report_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// everybody is what all agents of the examples had together.
func everybody() report.CaseMix {
	return report.CaseMix{
		{Category: "billing", Priority: helpdesk.Medium}: {Tickets: 400, Breaches: 20},
		{Category: "billing", Priority: helpdesk.Urgent}: {Tickets: 50, Breaches: 10},
		{Category: "outage", Priority: helpdesk.Urgent}:  {Tickets: 100, Breaches: 40},
		{Category: "howto", Priority: helpdesk.Low}:      {Tickets: 450, Breaches: 18},
	}
}

// Ana has more breaches than Ben: 18 of 100 tickets, against 8. But she had the outages, and he had
// the easy questions.
func ExampleCaseMix_Against() {
	rates := everybody().Rates()
	for _, agent := range []struct {
		name string
		own  report.CaseMix
	}{
		{"Ana", report.CaseMix{
			{Category: "billing", Priority: helpdesk.Medium}: {Tickets: 20, Breaches: 1},
			{Category: "billing", Priority: helpdesk.Urgent}: {Tickets: 10, Breaches: 1},
			{Category: "outage", Priority: helpdesk.Urgent}:  {Tickets: 50, Breaches: 16},
			{Category: "howto", Priority: helpdesk.Low}:      {Tickets: 20},
		}},
		{"Ben", report.CaseMix{
			{Category: "billing", Priority: helpdesk.Medium}: {Tickets: 60, Breaches: 5},
			{Category: "howto", Priority: helpdesk.Low}:      {Tickets: 40, Breaches: 3},
		}},
	} {
		r := agent.own.Against(rates)
		i := r.Byar()
		fmt.Printf("%s: %.0f breaches, %.2f expected, ratio %.3f [%.3f, %.3f], shrunk %.3f, flagged %t\n",
			agent.name, r.Observed, r.Expected, *r.Value(), i.Low, i.High, r.Shrunk(), r.Flagged())
	}
	// Output:
	// Ana: 18 breaches, 23.80 expected, ratio 0.756 [0.448, 1.195], shrunk 0.828, flagged false
	// Ben: 8 breaches, 4.60 expected, ratio 1.739 [0.749, 3.427], shrunk 1.233, flagged false
}

func ExampleProportion_Wilson() {
	i := report.Proportion{N: 8, Of: 10}.Wilson()
	fmt.Printf("80%% of 10 is between %.1f%% and %.1f%%\n", 100*i.Low, 100*i.High)
	// Output: 80% of 10 is between 49.0% and 94.3%
}

func TestASmallStratumTakesTheRateOfItsPriorityAndThenOfAll(t *testing.T) {
	t.Parallel()
	rates := report.CaseMix{
		{Category: "a", Priority: helpdesk.Low}:    {Tickets: 20, Breaches: 1},
		{Category: "b", Priority: helpdesk.Low}:    {Tickets: 19.9, Breaches: 10},
		{Category: "c", Priority: helpdesk.Urgent}: {Tickets: 10, Breaches: 9},
	}.Rates()
	require.Equal(t, 0.05, rates(report.Stratum{Category: "a", Priority: helpdesk.Low}))
	require.Equal(t, 11/39.9, rates(report.Stratum{Category: "b", Priority: helpdesk.Low}))
	require.Equal(t, 11/39.9, rates(report.Stratum{Category: "unseen", Priority: helpdesk.Low}))
	require.Equal(t, 20/49.9, rates(report.Stratum{Category: "c", Priority: helpdesk.Urgent}))
	require.Zero(t, report.CaseMix{}.Rates()(report.Stratum{}))
}

func TestNothingIsFlaggedByChanceOfFew(t *testing.T) {
	t.Parallel()
	require.True(t, report.Ratio{Observed: 15, Expected: 5}.Flagged())
	require.True(t, report.Ratio{Observed: 0, Expected: 5}.Flagged())
	require.False(t, report.Ratio{Observed: 15, Expected: 4.99}.Flagged(), "too little was expected")
	require.False(t, report.Ratio{Observed: 8, Expected: 5}.Flagged())
	require.Nil(t, report.Ratio{Observed: 3}.Byar())
	require.Nil(t, report.Ratio{Observed: 3}.Value())
	require.False(t, report.Ratio{}.Flagged())
	require.Equal(t, 1.0, report.Ratio{}.Shrunk())
	require.Nil(t, report.Proportion{}.Wilson())
	require.Nil(t, report.Proportion{}.Rate())
}

func TestIntervalsHoldTheirValueAndNarrow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 5000).Draw(t, "of")
		s := report.Proportion{N: rapid.IntRange(0, of).Draw(t, "n"), Of: of}
		w := s.Wilson()
		require.True(t, w.Holds(*s.Rate()), "%v %v", s, w)
		require.True(t, 0 <= w.Low && w.High <= 1)
		ten := report.Proportion{N: s.N * 10, Of: s.Of * 10}.Wilson()
		require.Less(t, ten.High-ten.Low, w.High-w.Low)
		// Wilson's bounds are where the normal test just does not reject: |p - b| = z
		// sqrt(b(1-b)/n).
		for _, b := range []float64{w.Low, w.High} {
			require.InDelta(t, math.Abs(*s.Rate()-b), 1.96*math.Sqrt(b*(1-b)/float64(of)), 1e-9)
		}
		r := report.Ratio{Observed: rapid.Float64Range(0, 1e4).Draw(t, "o"), Expected: rapid.Float64Range(0.01, 1e4).Draw(t, "e")}
		i := r.Byar()
		require.True(t, i.Holds(*r.Value()), "%v %v", r, i)
		require.True(t, (r.Shrunk()-1)*(*r.Value()-1) >= 0 && math.Abs(r.Shrunk()-1) <= math.Abs(*r.Value()-1)+1e-12)
	})
}

// Byar's interval of a whole number is close to the exact one, whose ends have 2.5% of the Poisson
// distribution beyond the observation.
func TestByarIsCloseToTheExactInterval(t *testing.T) {
	t.Parallel()
	for o := 5; o <= 100; o++ {
		i := report.Ratio{Observed: float64(o), Expected: 1}.Byar()
		require.InDelta(t, 0.025, 1-poissonUpTo(o-1, i.Low), 0.003, "%d", o)
		require.InDelta(t, 0.025, poissonUpTo(o, i.High), 0.003, "%d", o)
	}
}

func poissonUpTo(k int, mean float64) (sum float64) {
	for i := 0; i <= k; i++ {
		lg, _ := math.Lgamma(float64(i + 1))
		sum += math.Exp(float64(i)*math.Log(mean) - mean - lg)
	}
	return sum
}

func TestFunnelLimitsAreQuantiles(t *testing.T) {
	t.Parallel()
	l := report.FunnelLimits(10)
	require.InDelta(t, 0.378, l.Warning.Low, 0.001) // P(Y <= 3) is .0103 and P(Y <= 4) .0293: 2.5% lies between, at 3.78
	require.InDelta(t, 1.616, l.Warning.High, 0.001)
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.Float64Range(0.05, 3000).Draw(t, "e")
		l := report.FunnelLimits(e)
		for _, q := range []struct{ limit, p float64 }{{l.Alarm.Low, 0.001}, {l.Warning.Low, 0.025}, {l.Warning.High, 0.975}, {l.Alarm.High, 0.999}} {
			k := int(math.Ceil(q.limit*e - 1e-9)) // the least whole number with at least p up to it
			if k > 0 {
				require.GreaterOrEqual(t, poissonUpTo(k, e), q.p-1e-9)
			}
			require.LessOrEqual(t, poissonUpTo(k-1, e), q.p+1e-9)
		}
		require.True(t, l.Alarm.Low <= l.Warning.Low && l.Warning.Low <= 1 && 1 <= l.Warning.High+0.5 && l.Warning.High <= l.Alarm.High)
	})
	for _, e := range []float64{0, -1, math.NaN(), math.Inf(1), 1e300} {
		l := report.FunnelLimits(e)
		require.Zero(t, l.Alarm)
	}
	curve := report.Funnel(50, 10)
	require.Len(t, curve, 10)
	require.Equal(t, 50.0, curve[9].Expected)
	require.InDelta(t, 1, report.FunnelLimits(1e6).Warning.High, 0.003)
}
