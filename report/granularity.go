package report

import (
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Granularity is the length of the steps of a series.
type Granularity string

// The granularities are days, weeks that begin on Monday (ISO 8601), and months, all of a zone.
const (
	Day   Granularity = "day"
	Week  Granularity = "week"
	Month Granularity = "month"
)

// ParseGranularity returns the Granularity named s, or Day if s is empty.
func ParseGranularity(s string) (Granularity, error) {
	switch g := Granularity(s); g {
	case "":
		return Day, nil
	case Day, Week, Month:
		return g, nil
	}
	return "", oneOf("step", s, []string{string(Day), string(Week), string(Month)})
}

// mostPoints is the most steps of a series.
const mostPoints = 1000

// Bounds returns where the steps of a period begin in a zone, and then the end of the period. A nil
// zone is UTC. The first step begins with the period and the last one ends with it, so both may be
// shorter than the others. A day on which the clocks change has 23, 25 or another number of hours.
// A day that the zone skipped is missing. A day begins at the first instant of its date, even if
// midnight comes twice or not at all.
func (p Period) Bounds(g Granularity, zone *time.Location) ([]time.Time, error) {
	g, err := ParseGranularity(string(g))
	if err == nil {
		err = p.check()
	}
	if err != nil {
		return nil, err
	}
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := p.From.In(zone).Date()
	switch g {
	case Week:
		d -= (int(p.From.In(zone).Weekday()) + 6) % 7
	case Month:
		d = 1
	}
	bounds := []time.Time{p.From.UTC()}
	for len(bounds) <= mostPoints {
		switch g {
		case Day:
			d++
		case Week:
			d += 7
		case Month:
			m++
		}
		next := DayStart(y, m, d, zone).UTC()
		if !next.Before(p.To) {
			return append(bounds, p.To.UTC()), nil
		}
		if next.After(bounds[len(bounds)-1]) {
			bounds = append(bounds, next)
		}
	}
	return nil, &helpdesk.FieldError{Field: "step", Problem: fmt.Sprintf("makes more than %d of the period", mostPoints)}
}

// DayStart returns the first instant of a date in a zone. time.Date does not promise which instant
// it takes when midnight comes twice, nor what it returns when there is no midnight.
func DayStart(y int, m time.Month, d int, zone *time.Location) time.Time {
	wall := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	t := time.Date(y, m, d, 0, 0, 0, 0, zone)
	begin, end := t.ZoneBounds()
	local := onWall(t)
	switch {
	case local.Before(wall): // in a gap, and before it
		return end
	case local.After(wall): // in a gap, and after it
		return begin
	case begin.IsZero():
		return t
	}
	_, before := begin.Add(-time.Nanosecond).Zone()
	if first := wall.Add(-time.Duration(before) * time.Second).In(zone); first.Before(begin) && onWall(first).Equal(wall) {
		return first
	}
	return t
}

// onWall returns what a clock on the wall shows, as a time in UTC.
func onWall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// hours returns where the hours of a zone begin in the period, and then the end of the period. An
// hour is cut where the clocks change.
func (p Period) hours(zone *time.Location) []time.Time {
	bounds := []time.Time{p.From.UTC()}
	for t := p.From.In(zone); ; {
		next := t.Add(time.Hour - time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
		if _, end := t.ZoneBounds(); !end.IsZero() && end.Before(next) {
			next = end
		}
		if !next.Before(p.To) {
			return append(bounds, p.To.UTC())
		}
		bounds = append(bounds, next.UTC())
		t = next.In(zone)
	}
}
