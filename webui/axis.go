package webui

import (
	"math"
	"time"
)

// axis is the marks along an edge of a plot, from 0 to top.
type axis struct {
	top, step float64
	text      func(float64) string
}

// marks are the places of the marks.
func (a axis) marks() []float64 {
	var list []float64
	for i := 0; float64(i)*a.step <= a.top+a.step/2; i++ {
		list = append(list, float64(i)*a.step)
	}
	return list
}

// manyMarks and fewMarks are how many marks there may be above 0.
const (
	manyMarks = 5
	fewMarks  = 3
)

// until is an axis of the first step that covers most with so many marks.
func until(most, marks float64, steps func(i int) float64, text func(float64) string) axis {
	if !(most > 0) || math.IsInf(most, 0) {
		most = 0
	}
	i := 0
	for most > marks*steps(i) {
		i++
	}
	return axis{max(1, math.Ceil(most/steps(i))) * steps(i), steps(i), text}
}

// rounds returns the steps from a power of ten on: 1, 2 or 5 times a power of ten.
func rounds(power int) func(int) float64 {
	return func(i int) float64 { return []float64{1, 2, 5}[i%3] * math.Pow10(power+i/3) }
}

// counts is an axis for what comes in whole numbers.
func (v *visit) counts(most float64) axis {
	return until(most, manyMarks, rounds(0), func(f float64) string { return v.Whole(int(math.Round(f))) })
}

// ratios is an axis for what does not.
func (v *visit) ratios(most float64) axis {
	return until(most, manyMarks, rounds(-2), func(f float64) string { return v.short(f, 2) })
}

// times is an axis for durations in minutes, marked in minutes, hours or days; the plot is low.
func (v *visit) times(most float64) axis {
	const hour, day = 60.0, 24 * 60.0
	steps := []float64{1, 2, 5, 10, 15, 30, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour}
	days := rounds(0)
	a := until(most, fewMarks, func(i int) float64 {
		if i < len(steps) {
			return steps[i]
		}
		return day * days(i-len(steps))
	}, nil)
	key, unit := "time.m", time.Minute
	switch {
	case a.step >= day:
		key, unit = "time.d", 24*time.Hour
	case a.step >= hour:
		key, unit = "time.h", time.Hour
	}
	a.text = func(f float64) string {
		if f == 0 {
			return v.Whole(0)
		}
		return v.T(key, int(math.Round(f/unit.Minutes())))
	}
	return a
}
