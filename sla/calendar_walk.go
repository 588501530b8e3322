package sla

import (
	"cmp"
	"slices"
)

// walk goes through the dates of a calendar in order and turns their windows into instants.
type walk struct {
	c     *Calendar
	zone  zone
	first int64       // the date of the start, in days since 1970-01-01
	date  int64       // the present date of the walk
	rest  []exception // from date on
	pos   int64       // end of the last open time, in seconds of Unix time; at first the start
}

// walk starts a date early: a clock that is set back over midnight keeps a window open into the
// next date.
func (c *Calendar) walk(from int64) walk {
	w := walk{c: c, zone: zone{loc: c.zone}, rest: c.exceptions, pos: from}
	w.first = w.zone.date(from)
	w.date = w.first - 1
	i, _ := slices.BinarySearchFunc(w.rest, w.date, func(e exception, date int64) int { return cmp.Compare(e.date, date) })
	w.rest = w.rest[i:]
	return w
}

// next reports whether the date begins before an instant.
func (w *walk) next(limit int64) bool {
	for len(w.rest) > 0 && w.rest[0].date < w.date {
		w.rest = w.rest[1:]
	}
	return w.begins(w.date) < limit
}

// begins returns the instant at which the wall clock first shows a date.
func (w *walk) begins(date int64) int64 { return w.zone.opens(date * secondsPerDay) }

// exception returns the date's entry if the date has one, else nil.
func (w *walk) exception() *exception {
	if len(w.rest) > 0 && w.rest[0].date == w.date {
		return &w.rest[0]
	}
	return nil
}

// windows returns the windows of the date.
func (w *walk) windows() []window {
	if e := w.exception(); e != nil {
		return e.windows
	}
	return w.c.week[weekday(w.date)]
}

// piece returns the instants at which a window of the date opens and closes, less time that an
// earlier window covers. The piece is empty if it closes no later than it opens.
func (w *walk) piece(win window) (opens, closes int64) {
	midnight := w.date * secondsPerDay
	opens = max(w.zone.opens(midnight+win.from), w.pos)
	closes = w.zone.closes(midnight + win.to)
	w.pos = max(w.pos, closes)
	return opens, closes
}

// weeks returns the number of identical weeks from the date on: they begin after the date of the
// start, end by the limit, and contain no exception and no clock change.
func (w *walk) weeks(limit int64) int64 {
	if w.date <= w.first {
		return 0
	}
	s := w.zone.at(w.date * secondsPerDay)
	begin := w.date*secondsPerDay - s.offset
	if begin < s.from+slack {
		return 0
	}
	if w.c.perWeek > 0 && begin-w.pos > secondsPerWeek {
		return 0 // the length of closed time is known only when it opens
	}
	end := min(limit, s.to-slack)
	if len(w.rest) > 0 {
		end = min(end, w.rest[0].date*secondsPerDay-s.offset)
	}
	return max(0, (end-begin)/secondsPerWeek)
}

// skip skips n identical weeks.
func (w *walk) skip(n int64) {
	w.date += 7 * n
	if w.c.perWeek > 0 {
		w.pos = w.date*secondsPerDay - w.zone.at(w.date*secondsPerDay).offset - w.c.since[weekday(w.date)]
	}
}

// measure computes the figures of the week that weeks and skip need.
func (c *Calendar) measure() {
	last := int64(0) // end of open time, counted from the start of the first of two weeks
	for date := int64(0); date < 14; date++ {
		c.since[date%7] = date*secondsPerDay - last
		for _, w := range c.week[date%7] {
			last = date*secondsPerDay + w.to
			if date < 7 {
				c.perWeek += w.to - w.from
			}
		}
	}
}
