package sla

import "time"

// A wall clock shows some times twice and skips others, so a wall time can be several instants or
// none. A wall time is counted here in seconds from 1970-01-01 00:00 on the wall clock, an instant
// in seconds of Unix time.
const (
	secondsPerDay  = 24 * 60 * 60
	secondsPerWeek = 7 * secondsPerDay

	// The range of a calendar: the years 1 to 9999, in UTC. A time.Time holds more, but neither
	// JSON nor a database would take it.
	earliest = -62135596800
	latest   = 253402300800

	// slack is more than the greatest offset of any zone from UTC, and more than the greatest
	// difference between two offsets of one zone.
	slack = 36 * 60 * 60
	// forever is where the segments of a zone begin and end; sums with it do not overflow.
	forever = 1 << 60
)

// segment is a range of instants [from, to) with one offset from UTC.
type segment struct {
	from, to int64
	offset   int64 // seconds east of UTC
}

// zone turns wall times into instants. It keeps the two segments used last, so a walk through time
// rarely searches the zone's table. It is not safe for concurrent use.
type zone struct {
	loc       *time.Location
	last, old segment
}

// at returns the segment of an instant.
func (z *zone) at(t int64) segment {
	if t < z.last.from || t >= z.last.to {
		z.last, z.old = z.old, z.last
		if t < z.last.from || t >= z.last.to {
			z.last = lookUp(z.loc, t)
		}
	}
	return z.last
}

func lookUp(loc *time.Location, t int64) segment {
	at := time.Unix(t, 0).In(loc)
	_, offset := at.Zone()
	s := segment{from: -forever, to: forever, offset: int64(offset)}
	from, to := at.ZoneBounds()
	if !from.IsZero() {
		s.from = from.Unix()
	}
	if !to.IsZero() {
		s.to = to.Unix()
	}
	if s.to <= t {
		// Past the zone's table, package time ends every year after 365 days, so the last day of a
		// leap year lies outside of its own bounds.
		s.to += secondsPerDay
	}
	return s
}

// opens returns the first instant at which the wall clock shows the time or a later one: the
// earlier of two, and the transition if the time is skipped.
func (z *zone) opens(wall int64) int64 {
	if t, ok := z.plain(wall); ok {
		return t
	}
	t := wall - slack
	for {
		s := z.at(t)
		if t = max(t, wall-s.offset); t < s.to {
			return t
		}
		t = s.to
	}
}

// closes returns the last instant at which the wall clock shows the time or has not reached it: the
// later of two, and the transition if the time is skipped.
func (z *zone) closes(wall int64) int64 {
	if t, ok := z.plain(wall); ok {
		return t
	}
	t := wall + slack
	for {
		s := z.at(t)
		if t = wall - s.offset; t >= s.from {
			return min(t, s.to)
		}
		t = s.from - 1
	}
}

// plain returns the instant of a wall time, if no transition is near.
func (z *zone) plain(wall int64) (t int64, ok bool) {
	s := z.at(wall)
	t = wall - s.offset
	return t, t >= s.from+slack && t <= s.to-slack
}

// date returns the day that the wall clock shows at an instant, counted from 1970-01-01.
func (z *zone) date(t int64) int64 {
	wall := t + z.at(t).offset
	date := wall / secondsPerDay
	if wall%secondsPerDay < 0 {
		date--
	}
	return date
}

// weekday returns the day of the week of a date.
func weekday(date int64) time.Weekday {
	return time.Weekday(((date+int64(time.Thursday))%7 + 7) % 7)
}
