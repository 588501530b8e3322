package ics

import (
	"fmt"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"
)

const secondsPerDay = 24 * 60 * 60

// date is a day, counted from 1970-01-01.
type date int64

const (
	firstDate date = -719162 // 0001-01-01
	gregorian date = -141349 // 1583-01-01
	lastDate  date = 2932896 // 9999-12-31
)

// dateOf returns the date of a time in its zone.
func dateOf(t time.Time) date {
	y, m, d := t.Date()
	return date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

func (d date) time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }
func (d date) String() string  { return d.time().Format(time.DateOnly) }

// utc is the zone of a time that ends with Z.
const utc = "Z"

// stamp is a date, or a time in wall-clock time.
type stamp struct {
	wall  time.Time // read as UTC
	plain bool      // a date
	zone  string    // the TZID of a time, or utc, or empty
}

func (s stamp) day() date      { return dateOf(s.wall) }
func (s stamp) midnight() bool { return s.day().time().Equal(s.wall) }

// roundUp turns 23:59 and 23:59:59 into the intended midnight.
func (s stamp) roundUp() stamp {
	if midnight := (s.day() + 1).time(); midnight.Sub(s.wall) <= time.Minute {
		s.wall = midnight
	}
	return s
}

// local returns a function that turns UTC times into wall times of the zone of s, and leaves others
// as they are. A zone that only the file defines counts as UTC.
func (s stamp) local() func(stamp) stamp {
	var loc *time.Location
	return func(other stamp) stamp {
		if other.zone != utc || s.zone == utc {
			return other
		}
		if loc == nil { // loaded when needed: most events need none
			var err error
			if loc, err = time.LoadLocation(s.zone); err != nil {
				loc = time.UTC
			}
		}
		t := other.wall.In(loc)
		y, m, d := t.Date()
		other.wall, other.zone = time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, time.UTC), s.zone
		return other
	}
}

// stampOf returns the date or time of a property that an event must have.
func stampOf(c *ical.VEvent, property ical.ComponentProperty) (stamp, error) {
	p := c.GetProperty(property)
	if p == nil {
		return stamp{}, fmt.Errorf("has no %s", property)
	}
	return parseStamp(p, strings.TrimSpace(p.Value))
}

// stamps returns the dates or times of a property that holds lists of them and may occur often.
func stamps(c *ical.VEvent, property ical.ComponentProperty) (list []stamp, err error) {
	for _, p := range c.GetProperties(property) {
		for text := range strings.SplitSeq(p.Value, ",") {
			s, err := parseStamp(p, strings.TrimSpace(text))
			if err != nil {
				return nil, err
			}
			list = append(list, s)
		}
	}
	return list, nil
}

func parseStamp(p *ical.IANAProperty, text string) (stamp, error) {
	var s stamp
	var err error
	if len(text) == len("20261224") {
		s.plain = true
		s.wall, err = time.Parse("20060102", text)
		return s, wrong(p, text, err)
	}
	local, isUTC := strings.CutSuffix(text, "Z")
	if ids := p.ICalParameters["TZID"]; len(ids) > 0 {
		s.zone = ids[0]
	}
	if isUTC {
		s.zone = utc
	}
	s.wall, err = time.Parse("20060102T150405", local)
	return s, wrong(p, text, err)
}

func wrong(p *ical.IANAProperty, text string, err error) error {
	if err != nil {
		return fmt.Errorf("has a bad %s: %.40q is no date or time", p.IANAToken, text)
	}
	return nil
}

// parseDuration returns the seconds of a duration such as P1D, P2W or PT24H.
func parseDuration(text string) (seconds int64, err error) {
	bad := fmt.Errorf("has a DURATION %.40q; one such as P1D is expected", text)
	rest, ok := strings.CutPrefix(strings.TrimPrefix(text, "+"), "P")
	if !ok || len(text) > 40 {
		return 0, bad
	}
	units := map[rune]int64{'W': 7 * secondsPerDay, 'D': secondsPerDay, 'H': 3600, 'M': 60, 'S': 1}
	number, digits := int64(0), 0
	for _, r := range rest {
		switch unit, known := units[r]; {
		case r >= '0' && r <= '9' && digits < 6:
			number, digits = number*10+int64(r-'0'), digits+1
		case r == 'T' && digits == 0:
		case known && digits > 0:
			seconds, number, digits = seconds+number*unit, 0, 0
		default:
			return 0, bad
		}
	}
	if digits > 0 || seconds == 0 {
		return 0, bad
	}
	return seconds, nil
}
