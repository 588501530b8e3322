// Package ics reads holidays from iCalendar files (RFC 5545), the format in which governments,
// companies and calendar programs publish them.
package ics

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// Limits of a file. A larger one is the wrong file or an attack, and is refused.
const (
	maxFile    = 1 << 20 // bytes
	maxLine    = 16 << 10
	maxDays    = 5000 // the limit of an Hours
	maxRepeats = 200
)

// Holidays returns the days that the events of a file cover, from the date of from up to, but not
// including, the date of to, in order. A day has one entry for each of its names.
//
// An event counts if it covers whole days: its DTSTART and DTEND are dates, or times at midnight in
// one zone, whichever that is. Other events are left out, and leftOut is their number. Cancelled
// events are neither listed nor counted. A repeated event (RRULE, RDATE) has the days of each
// occurrence, except those that EXDATE or an event of their own replaces. The name is the SUMMARY,
// clipped to 100 characters.
//
// A fault in a file is a *helpdesk.FieldError that names the event. Holidays refuses a file of more
// than 1 MiB, with more than 200 repeated events, or with more than 5,000 days in the requested
// time.
func Holidays(r io.Reader, from, to time.Time) (list []sla.Holiday, leftOut int, err error) {
	list, leftOut, err = holidays(r, max(dateOf(from), firstDate), min(dateOf(to), lastDate+1))
	if err != nil {
		return nil, 0, fmt.Errorf("ics: %w", err)
	}
	return list, leftOut, nil
}

func holidays(r io.Reader, from, to date) (list []sla.Holiday, leftOut int, err error) {
	if from >= to {
		return nil, 0, &helpdesk.FieldError{Field: "to", Problem: "is not a date after from"}
	}
	components, err := parse(r)
	if err != nil {
		return nil, 0, err
	}
	moved, repeats := overrides(components), 0
	for i, c := range components {
		e, err := read(c, moved)
		var starts []date
		if err == nil {
			if repeats += e.repeats(); repeats > maxRepeats {
				return nil, 0, fault("has more than %d events that repeat", maxRepeats)
			}
			starts, err = e.starts(from, to)
		}
		switch {
		case errors.Is(err, errTimed):
			leftOut++
		case errors.Is(err, errCancelled):
		case err != nil:
			return nil, 0, &helpdesk.FieldError{Field: called(c, i), Problem: err.Error()}
		}
		for _, start := range starts {
			for d := max(start, from); d < min(start+e.days, to); d++ {
				if list = append(list, sla.Holiday{Date: d.String(), Name: summary(c)}); len(list) > maxDays {
					return nil, 0, fault("has more than %d days in that time", maxDays)
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b sla.Holiday) int {
		return cmp.Or(strings.Compare(a.Date, b.Date), strings.Compare(a.Name, b.Name))
	})
	return slices.Compact(list), leftOut, nil
}

// parse returns the events of a file, cancelled ones too.
func parse(r io.Reader) ([]*ical.VEvent, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > maxFile:
		return nil, fault("is larger than %d bytes", maxFile)
	// The parser may need time that grows with the square of the line.
	case longestLine(text) > maxLine:
		return nil, fault("has a line of more than %d bytes", maxLine)
	// The parser accepts a truncated file.
	case !bytes.HasSuffix(bytes.TrimSpace(text), []byte("END:VCALENDAR")):
		return nil, fault("does not end with END:VCALENDAR")
	}
	calendar, err := ical.ParseCalendarWithOptions(bytes.NewReader(text),
		ical.WithUnknownPropertyHandler(ical.AcceptUnknownPropertyHandler))
	if err != nil {
		return nil, fault("is not an iCalendar file: %.200q", err)
	}
	return calendar.Events(), nil
}

func fault(format string, args ...any) error {
	return &helpdesk.FieldError{Field: "file", Problem: fmt.Sprintf(format, args...)}
}

// longestLine returns the length of the longest line; continued lines count as one.
func longestLine(text []byte) (longest int) {
	length := 0
	for line := range bytes.Lines(text) {
		if line[0] != ' ' && line[0] != '\t' {
			length = 0
		}
		length += len(line)
		longest = max(longest, length)
	}
	return longest
}
