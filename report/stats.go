package report

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// Proportion is N of Of.
type Proportion struct {
	N, Of int
}

// Rate returns N / Of, from 0 to 1, or nil when Of is 0.
func (s Proportion) Rate() *float64 {
	if s.Of == 0 {
		return nil
	}
	r := float64(s.N) / float64(s.Of)
	return &r
}

// Wilson returns the 95% score interval of the rate, or nil when Of is 0. The interval is sound for
// few observations and for extreme rates too (Wilson, J. Am. Stat. Assoc. 22, 1927).
func (s Proportion) Wilson() *Interval {
	if s.Of == 0 {
		return nil
	}
	n, p := float64(s.Of), float64(s.N)/float64(s.Of)
	const z2 = z95 * z95
	middle := p + z2/(2*n)
	half := z95 * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	whole := 1 + z2/n
	i := Interval{max(0, (middle-half)/whole), min(1, (middle+half)/whole)}
	switch s.N { // rounding would miss the exact bounds by a little
	case 0:
		i.Low = 0
	case s.Of:
		i.High = 1
	}
	return &i
}

// Interval is the range [Low, High] in which a number is likely to be.
type Interval struct {
	Low, High float64
}

// Holds reports whether the interval contains v.
func (i Interval) Holds(v float64) bool { return i.Low <= v && v <= i.High }

// z95 is the normal quantile of 95% intervals, to the usual digits.
const z95 = 1.96

// Ratio compares an observed count with the expected one. Neither needs to be a whole number.
type Ratio struct {
	Observed, Expected float64
}

// Value returns Observed / Expected, or nil when nothing was expected.
func (r Ratio) Value() *float64 {
	if r.Expected <= 0 {
		return nil
	}
	v := r.Observed / r.Expected
	return &v
}

// Byar returns the 95% interval of the ratio, or nil when nothing was expected. It takes the
// observed count to be Poisson and uses Byar's approximation of the exact interval (Breslow and
// Day, Statistical Methods in Cancer Research II, 1987, formula 2.13).
func (r Ratio) Byar() *Interval {
	if r.Expected <= 0 {
		return nil
	}
	var i Interval
	if o := r.Observed; o > 0 {
		i.Low = o * max(0, cube(1-1/(9*o)-z95/(3*math.Sqrt(o)))) / r.Expected
	}
	o := r.Observed + 1
	i.High = o * cube(1-1/(9*o)+z95/(3*math.Sqrt(o))) / r.Expected
	return &i
}

// Shrunk returns (Observed + 10) / (Expected + 10). It draws the ratio towards 1, as ten more
// breaches that were expected would do, so that few tickets make no agent the best or the worst. It
// is the mean of the ratio under a gamma prior of shape and rate 10.
func (r Ratio) Shrunk() float64 {
	const prior = 10
	return (r.Observed + prior) / (r.Expected + prior)
}

// Flagged reports whether the ratio is worth a look: its interval excludes 1, and Expected is at
// least 5.
func (r Ratio) Flagged() bool {
	const least = 5
	i := r.Byar()
	return i != nil && r.Expected >= least && !i.Holds(1)
}

func cube(x float64) float64 { return x * x * x }

// Limits are the control limits of a [Ratio] at an expected count. By chance alone, the ratio stays
// between them in 95 and in 99.8 of 100 cases.
type Limits struct {
	Expected float64
	Warning  Interval // 95%
	Alarm    Interval // 99.8%
}

// FunnelLimits returns the limits at an expected count. They are the exact quantiles of the Poisson
// distribution, interpolated between whole numbers (Spiegelhalter, Statistics in Medicine 24, 2005,
// appendix A.1.1). They are zero unless expected is positive and at most a million.
func FunnelLimits(expected float64) Limits {
	l := Limits{Expected: expected}
	if !(expected > 0) || expected > 1e6 {
		return l
	}
	q := poissonQuantiles(expected, []float64{0.001, 0.025, 0.975, 0.999})
	l.Alarm = Interval{q[0] / expected, q[3] / expected}
	l.Warning = Interval{q[1] / expected, q[2] / expected}
	return l
}

// Funnel returns n limits for a plot, at equal steps from most/n to most.
func Funnel(most float64, n int) []Limits {
	var curve []Limits
	for i := range n {
		curve = append(curve, FunnelLimits(most*float64(i+1)/float64(n)))
	}
	return curve
}

// poissonQuantiles returns interpolated quantiles of a Poisson distribution at rising
// probabilities.
func poissonQuantiles(mean float64, at []float64) []float64 {
	k := math.Floor(max(0, mean-12*math.Sqrt(mean)-12)) // smaller numbers have no weight
	lg, _ := math.Lgamma(k + 1)
	p := math.Exp(k*math.Log(mean) - mean - lg)
	below, upTo := 0.0, p
	q := make([]float64, 0, len(at))
	for _, prob := range at {
		for upTo < prob && p > 0 {
			k++
			p *= mean / k
			below, upTo = upTo, upTo+p
		}
		v := k
		if upTo > below {
			v -= (upTo - prob) / (upTo - below)
		}
		q = append(q, max(0, v))
	}
	return q
}

// Stratum is a kind of ticket. Tickets of one stratum are about equally likely to breach their SLA.
type Stratum struct {
	Category helpdesk.Category
	Priority helpdesk.Priority
}

// Exposure counts tickets and the breaches among them. Neither needs to be a whole number: a ticket
// that two agents held counts for each of them in part.
type Exposure struct {
	Tickets, Breaches float64
}

// CaseMix counts the tickets of each stratum.
type CaseMix map[Stratum]Exposure

// Add adds to the count of a stratum.
func (m CaseMix) Add(s Stratum, e Exposure) {
	sum := m[s]
	m[s] = Exposure{sum.Tickets + e.Tickets, sum.Breaches + e.Breaches}
}

// leastStratum is how many tickets a rate must stand on.
const leastStratum = 20

// Rates returns the expected breaches per ticket of a stratum. This is the rate of the stratum if
// it has 20 tickets, else that of its priority if that has 20 tickets, else that of all tickets.
func (m CaseMix) Rates() func(Stratum) float64 {
	whole, byPriority := Exposure{}, map[helpdesk.Priority]Exposure{}
	for _, s := range m.strata() {
		e, p := m[s], byPriority[s.Priority]
		byPriority[s.Priority] = Exposure{p.Tickets + e.Tickets, p.Breaches + e.Breaches}
		whole = Exposure{whole.Tickets + e.Tickets, whole.Breaches + e.Breaches}
	}
	return func(s Stratum) float64 {
		for _, e := range []Exposure{m[s], byPriority[s.Priority]} {
			if e.Tickets >= leastStratum {
				return e.Breaches / e.Tickets
			}
		}
		if whole.Tickets <= 0 {
			return 0
		}
		return whole.Breaches / whole.Tickets
	}
}

// Against compares the breaches in own with those that the given rates predict for the same
// tickets. This is indirect standardisation.
func (own CaseMix) Against(rates func(Stratum) float64) Ratio {
	var r Ratio
	for _, s := range own.strata() { // in order, since sums of floats depend on it
		r.Observed += own[s].Breaches
		r.Expected += own[s].Tickets * rates(s)
	}
	return r
}

func (m CaseMix) strata() []Stratum {
	return slices.SortedFunc(maps.Keys(m), func(a, b Stratum) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Priority, b.Priority))
	})
}
