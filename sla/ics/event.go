package ics

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	ical "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"
)

var (
	errTimed     = errors.New("does not cover whole days")
	errCancelled = errors.New("is cancelled")
)

// maxSteps limits how often one event may repeat before the end of the requested time.
const maxSteps = 50_000

// event is an event of whole days.
type event struct {
	start  date
	days   date // number of days of each occurrence
	rules  []*rrule.ROption
	also   []date
	except map[date]bool
}

// read returns the days of an event. moved has the times of repeated events with an event of their
// own, by UID.
func read(c *ical.VEvent, moved map[string][]stamp) (*event, error) {
	if strings.EqualFold(value(c, ical.ComponentPropertyStatus), "CANCELLED") {
		return nil, errCancelled
	}
	start, err := stampOf(c, ical.ComponentPropertyDtStart)
	if err != nil {
		return nil, err
	}
	e := &event{start: start.day(), except: map[date]bool{}}
	if e.days, err = length(c, start); err != nil {
		return nil, err
	}
	if c.HasProperty(ical.ComponentPropertyExrule) {
		return nil, errors.New("has an EXRULE, which is not supported")
	}
	local := start.local()
	for _, p := range c.GetProperties(ical.ComponentPropertyRrule) {
		rule, err := ruleOf(p.Value, e.start, local)
		if err != nil {
			return nil, fmt.Errorf("has a rule %.100q: %w", p.Value, err)
		}
		e.rules = append(e.rules, rule)
	}
	also, err := stamps(c, ical.ComponentPropertyRdate)
	if err != nil {
		return nil, err
	}
	for _, s := range also {
		e.also = append(e.also, local(s).day())
	}
	except, err := stamps(c, ical.ComponentPropertyExdate)
	if err != nil {
		return nil, err
	}
	if e.repeats() > 0 {
		except = append(except, moved[c.Id()]...)
	}
	for _, s := range except {
		e.except[local(s).day()] = true
	}
	return e, nil
}

// repeats returns the number of rules and lists of days of an event.
func (e *event) repeats() int { return len(e.rules) + min(1, len(e.also)) }

// overrides returns the times of repeated events with an event of their own, by UID.
func overrides(components []*ical.VEvent) map[string][]stamp {
	moved := map[string][]stamp{}
	for _, c := range components {
		if s, err := stampOf(c, ical.ComponentPropertyRecurrenceId); err == nil {
			moved[c.Id()] = append(moved[c.Id()], s)
		}
	}
	return moved
}

// length returns the number of days of each occurrence.
func length(c *ical.VEvent, start stamp) (date, error) {
	var days date
	switch {
	case c.HasProperty(ical.ComponentPropertyDtEnd):
		end, err := stampOf(c, ical.ComponentPropertyDtEnd)
		if err != nil {
			return 0, err
		}
		if end.plain != start.plain {
			return 0, errors.New("has a date and a time as DTSTART and DTEND")
		}
		if end.zone == start.zone && end.wall.Before(start.wall) {
			return 0, errors.New("ends before it begins")
		}
		if end.plain {
			// Some programs write the last day, not the day after it.
			return max(1, end.day()-start.day()), nil
		}
		if end = end.roundUp(); end.zone != start.zone || !start.midnight() || !end.midnight() {
			return 0, errTimed
		}
		days = end.day() - start.day()
	case c.HasProperty(ical.ComponentPropertyDuration):
		d, err := parseDuration(value(c, ical.ComponentPropertyDuration))
		if err != nil {
			return 0, err
		}
		if !start.midnight() || d%secondsPerDay != 0 {
			return 0, errTimed
		}
		days = date(d / secondsPerDay)
	case start.plain:
		return 1, nil
	}
	if days == 0 {
		return 0, errTimed
	}
	return days, nil
}

// ruleOf reads a rule for whole days. An event of a day cannot come more than once a day.
func ruleOf(text string, start date, local func(stamp) stamp) (*rrule.ROption, error) {
	if len(text) > 500 {
		return nil, errors.New("is longer than 500 bytes")
	}
	// The library reads the first day of the year 1 as unset, and would start today.
	if start < gregorian {
		return nil, errors.New("begins before the year 1583")
	}
	rule, err := rrule.StrToROption(strings.ToUpper(text))
	if err != nil {
		return nil, err
	}
	if rule.Freq > rrule.DAILY || len(rule.Byhour)+len(rule.Byminute)+len(rule.Bysecond) > 0 {
		return nil, errors.New("repeats within a day")
	}
	if !rule.Until.IsZero() {
		until := stamp{wall: rule.Until}
		if strings.Contains(strings.ToUpper(text), "Z") {
			until.zone = utc
		}
		rule.Until = local(until).day().time()
	}
	rule.Dtstart = start.time()
	return rule, nil
}

// starts returns the days on which occurrences begin that cover a part of [from, to).
func (e *event) starts(from, to date) ([]date, error) {
	found := e.also
	if len(e.rules) == 0 {
		found = append(found, e.start)
	}
	for _, option := range e.rules {
		rule, err := rrule.NewRRule(*option)
		if err != nil {
			return nil, fmt.Errorf("has an invalid rule: %w", err)
		}
		next := rule.Iterator()
		for steps := 0; ; steps++ {
			at, ok := next()
			if !ok && steps == 0 {
				return nil, errors.New("has a rule that matches no day") // a search is slow
			}
			day := dateOf(at)
			if !ok || day >= to {
				break
			}
			if steps == maxSteps {
				return nil, fmt.Errorf("repeats more than %d times", maxSteps)
			}
			if day+e.days > from {
				found = append(found, day)
			}
		}
	}
	var starts []date
	for _, day := range found {
		if !e.except[day] {
			starts = append(starts, day)
		}
	}
	return starts, nil
}

// called returns the name of an event in an error.
func called(c *ical.VEvent, i int) string {
	if name := summary(c); name != "" {
		return fmt.Sprintf("event %q", name)
	}
	return fmt.Sprintf("event %d", i+1)
}

// summary returns the name of an event, as one line of at most 100 characters.
func summary(c *ical.VEvent) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, value(c, ical.ComponentPropertySummary))
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 100 {
		return string(r[:99]) + "…"
	}
	return text
}

// value returns the text of a property, and "" if the event has none.
func value(c *ical.VEvent, property ical.ComponentProperty) string {
	p := c.GetProperty(property)
	if p == nil {
		return ""
	}
	return strings.TrimSpace(p.Value)
}
