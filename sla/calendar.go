package sla

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// ErrCalendarClosed says that a calendar has no open time within 400 days, or none left
// before the year 10000.
var ErrCalendarClosed = errors.New("no open time within 400 days")

// longestClosed is the number of seconds without open time after which a calendar counts as closed.
const longestClosed = 400 * secondsPerDay

// Calendar is a helpdesk.Timetable made of Hours. Durations are elapsed time, exact to the
// nanosecond, also where a clock change makes a window longer or shorter. A Calendar is immutable
// and safe for concurrent use. It is closed before the year 1 and after 9999.
//
// At a clock change two instants can show the same time: a window opens at the earlier and closes
// at the later one. A skipped time stands for the moment of the change. Time in two windows at once
// counts once.
type Calendar struct {
	hours   Hours
	zone    *time.Location
	version string

	week       [7][]window // by time.Weekday, each day's in order
	exceptions []exception // the dates with windows of their own, in order
	perWeek    int64       // open seconds of a week without exceptions
	// since is the seconds from the last open time of such a week to the start of each weekday.
	since [7]int64
}

var _ helpdesk.Timetable = (*Calendar)(nil)

// NewCalendar returns the calendar of some hours. Each fault in them is a *helpdesk.FieldError that
// names the day: "week.monday", "special.2026-12-24", "holidays[3].date". The time zone data comes
// from the machine, or from package time/tzdata if the machine has none and the program imports it.
func NewCalendar(h Hours) (*Calendar, error) {
	c, err := compile(h.clone())
	if err != nil {
		return nil, fmt.Errorf("sla: calendar: %w", err)
	}
	c.version = c.hash()
	return c, nil
}

// AlwaysOn returns the calendar that is open around the clock.
func AlwaysOn() *Calendar {
	c := &Calendar{hours: Hours{AlwaysOn: true}, zone: time.UTC}
	c.version = c.hash()
	return c
}

// Hours returns a copy of the document from which the calendar was made.
func (c *Calendar) Hours() Hours { return c.hours.clone() }

// Version returns 16 characters that identify the meaning of the document, whatever its spelling
// and order. Calendars of the same version compute the same, given the same time zone data.
func (c *Calendar) Version() string { return c.version }

// String returns the name and the zone, as "Support (Europe/Berlin)".
func (c *Calendar) String() string {
	switch {
	case c.hours.AlwaysOn && c.hours.Name == "":
		return "always on"
	case c.hours.AlwaysOn:
		return c.hours.Name
	case c.hours.Name == "":
		return c.zone.String()
	}
	return c.hours.Name + " (" + c.zone.String() + ")"
}

// Between returns the open time in [a, b), and 0 unless a is before b. It returns at most the
// longest Duration, about 292 years.
func (c *Calendar) Between(a, b time.Time) time.Duration {
	a, b = within(a), within(b)
	switch {
	case !a.Before(b):
		return 0
	case c.hours.AlwaysOn:
		return b.Sub(a)
	}
	// Windows begin and end with a second, so a whole second is either open or closed: count the
	// seconds, then subtract the parts of the first and the last that lie outside.
	from, to := a.Unix(), b.Unix()
	before, after := int64(a.Nanosecond()), int64(0)
	if b.Nanosecond() > 0 {
		to, after = to+1, 1e9-int64(b.Nanosecond())
	}
	seconds, nanos := int64(0), int64(0)
	for w := c.walk(from); w.next(to); {
		if n := w.weeks(b.Unix()); n > 0 {
			seconds += n * c.perWeek
			w.skip(n)
			continue
		}
		for _, win := range w.windows() {
			opens, closes := w.piece(win)
			if closes = min(closes, to); opens >= closes {
				continue
			}
			seconds += closes - opens
			if opens == from {
				nanos -= before
			}
			if closes == to {
				nanos -= after
			}
		}
		w.date++
	}
	return time.Unix(seconds, nanos).Sub(time.Unix(0, 0))
}

// Deadline returns the earliest t, in UTC, at or after start with Between(start, t) >= open. Its
// error matches helpdesk.ErrInvalid if open is not positive. It matches ErrCalendarClosed if the
// calendar is closed for 400 days on the way, or from there to the year 10000.
func (c *Calendar) Deadline(start time.Time, open time.Duration) (time.Time, error) {
	t, err := c.deadline(start, open)
	if err != nil {
		return time.Time{}, fmt.Errorf("sla: deadline in calendar %s: %w", c, err)
	}
	return t, nil
}

func (c *Calendar) deadline(start time.Time, open time.Duration) (time.Time, error) {
	if open <= 0 {
		return time.Time{}, &helpdesk.FieldError{Field: "target", Problem: "is not positive: " + open.String()}
	}
	start = within(start)
	if c.hours.AlwaysOn {
		return due(start.Add(open))
	}
	from := start.Unix()
	seconds, nanos := int64(open/time.Second), int64(open%time.Second)
	for w := c.walk(from); w.next(min(w.pos+longestClosed, latest)); {
		n := w.weeks(latest)
		if c.perWeek > 0 {
			n = min(n, (seconds-1)/c.perWeek) // the due time is in what remains
		}
		if n > 0 {
			seconds -= n * c.perWeek
			w.skip(n)
			continue
		}
		for _, win := range w.windows() {
			idle := w.pos
			opens, closes := w.piece(win)
			if opens >= closes {
				continue
			}
			if opens-idle >= longestClosed {
				return time.Time{}, ErrCalendarClosed
			}
			if opens == from {
				nanos += int64(start.Nanosecond()) // count from the start of the second
				seconds, nanos = seconds+nanos/1e9, nanos%1e9
			}
			length := closes - opens
			if seconds < length || seconds == length && nanos == 0 {
				return due(time.Unix(opens+seconds, nanos))
			}
			seconds -= length
		}
		w.date++
	}
	return time.Time{}, ErrCalendarClosed
}

// within returns t without its monotonic reading, moved into the years of a calendar.
func within(t time.Time) time.Time {
	switch {
	case t.Unix() < earliest:
		return time.Unix(earliest, 0)
	case t.Unix() > latest:
		return time.Unix(latest, 0)
	}
	return t.Round(0)
}

// due returns t as a due time, or an error if it is past the years of a calendar.
func due(t time.Time) (time.Time, error) {
	if t.Unix() >= latest {
		return time.Time{}, ErrCalendarClosed
	}
	return t.UTC(), nil
}

// hash returns a short hash of everything that decides the arithmetic and the words of Spans.
func (c *Calendar) hash() string {
	type stretch struct {
		From, To int64
		Why      string
	}
	type date struct {
		Date    int64
		Windows []stretch
		Why     string
	}
	plain := func(windows []window) (list []stretch) {
		for _, w := range windows {
			list = append(list, stretch{w.from, w.to, w.why})
		}
		return list
	}
	doc := struct {
		Rules      int // raise it when the arithmetic changes
		Name, Zone string
		AlwaysOn   bool
		Week       [7][]stretch
		Dates      []date
	}{Rules: 1, Name: c.hours.Name, Zone: c.zone.String(), AlwaysOn: c.hours.AlwaysOn}
	for i, windows := range c.week {
		doc.Week[i] = plain(windows)
	}
	for _, e := range c.exceptions {
		doc.Dates = append(doc.Dates, date{e.date, plain(e.windows), e.why})
	}
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err) // numbers and texts are always JSON
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
