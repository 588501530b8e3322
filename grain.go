package helpdesk

import (
	"fmt"
	"time"
)

// Grain is how a Series cuts a period into pieces.
type Grain string

// The grains: days, weeks from Monday on (ISO 8601), and months of a zone.
const (
	Day   Grain = "day"
	Week  Grain = "week"
	Month Grain = "month"
)

// ParseGrain returns the Grain named s, or Day for an empty s.
func ParseGrain(s string) (Grain, error) {
	switch g := Grain(s); g {
	case "":
		return Day, nil
	case Day, Week, Month:
		return g, nil
	}
	return "", &FieldError{"step", fmt.Sprintf("%q is not one of day, week, month", clip(s))}
}

// mostPoints is the most steps of a Series.
const mostPoints = 1000

// Bounds returns where the steps of a period begin in a zone, nil for UTC, and then its end. The first begins with the period
// and the last ends with it, so both may be shorter; a day in which the clocks change has 23, 25 or another number of hours, and one
// that a zone has skipped is missing. A day begins with the first instant of its date, also where midnight comes twice or not at all.
func (p Period) Bounds(g Grain, zone *time.Location) ([]time.Time, error) {
	g, err := ParseGrain(string(g))
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
	return nil, &FieldError{"step", fmt.Sprintf("makes more than %d of the period", mostPoints)}
}

// DayStart returns the first instant of a date in a zone. time.Date does not promise which one it takes when midnight comes twice, nor what
// it returns when there is none.
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

// onWall is what a clock on the wall shows, as if it stood in UTC.
func onWall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// hours returns where the hours of a zone begin in the period, and then its end. An hour is cut where the clocks change.
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
