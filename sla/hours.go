package sla

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Hours holds the opening hours of a desk, as an admin edits them. It is plain data; [NewCalendar]
// checks it. A special day beats a holiday, and a holiday beats the week.
//
// A window is a text such as "09:00-17:00", in wall-clock time of Zone. It includes the first time
// and excludes the second. Seconds may follow ("08:30:15"), and a day ends at 24:00. A window that
// ends before it begins runs past midnight. Its part after midnight belongs to the next day of the
// week, which may be a holiday or a special day and then decides.
type Hours struct {
	Name string `json:"name,omitempty"` // for people; at most 100 characters
	// Zone is a name of the IANA database, such as "Europe/Berlin"; empty means UTC.
	Zone string `json:"zone,omitempty"`
	// AlwaysOn means open around the clock. The fields below must then be empty.
	AlwaysOn bool         `json:"always_on,omitempty"`
	Week     Week         `json:"week,omitempty"`
	Special  []SpecialDay `json:"special,omitempty"`  // at most 5,000
	Holidays []Holiday    `json:"holidays,omitempty"` // at most 5,000; several may share a date
}

// SpecialDay is a date with windows of its own. The part of a window after midnight is added to the
// windows of the next date.
type SpecialDay struct {
	Date    string   `json:"date"`              // "2026-12-24"
	Name    string   `json:"name,omitempty"`    // for people; may be empty
	Windows []string `json:"windows,omitempty"` // closed all day if empty
}

// Holiday is a date on which the desk is closed.
type Holiday struct {
	Date string `json:"date"`           // "2026-12-25"
	Name string `json:"name,omitempty"` // for people; may be empty
}

// Week holds the windows of each day of the week, in any order. A missing day is closed. In JSON
// the days are "monday" to "sunday".
type Week map[time.Weekday][]string

// Weekdays returns a Week with these windows from Monday to Friday. Further days can be
// set in the map.
func Weekdays(windows ...string) Week {
	return weekOf(days[:5], windows)
}

// Daily returns a Week with these windows on all seven days.
func Daily(windows ...string) Week {
	return weekOf(days, windows)
}

func weekOf(days []time.Weekday, windows []string) Week {
	w := Week{}
	for _, day := range days {
		w[day] = slices.Clone(windows)
	}
	return w
}

// days are the days of the week from Monday on.
var days = []time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

// key returns the name of a weekday in JSON and in errors.
func key(day time.Weekday) string { return strings.ToLower(day.String()) }

// MarshalJSON writes the days in the order of the week.
func (w Week) MarshalJSON() ([]byte, error) {
	if w == nil {
		return []byte("null"), nil
	}
	known := 0
	var b bytes.Buffer
	b.WriteByte('{')
	for _, day := range days {
		windows, ok := w[day]
		if !ok {
			continue
		}
		if known++; known > 1 {
			b.WriteByte(',')
		}
		text, err := json.Marshal(windows)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", key(day), text)
	}
	if known < len(w) {
		return nil, fmt.Errorf("week has a day that is none: %v", slices.Sorted(maps.Keys(w)))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON writes. It refuses a key that is no day of the week.
func (w *Week) UnmarshalJSON(text []byte) error {
	var named map[string][]string
	if err := json.Unmarshal(text, &named); err != nil {
		return err
	}
	if named == nil {
		*w = nil
		return nil
	}
	read := Week{}
	for _, day := range days {
		if windows, ok := named[key(day)]; ok {
			read[day] = windows
			delete(named, key(day))
		}
	}
	for name := range named {
		return &helpdesk.FieldError{Field: "week", Problem: fmt.Sprintf("%.40q is not a day from monday to sunday", name)}
	}
	*w = read
	return nil
}

// clone returns a deep copy.
func (h Hours) clone() Hours {
	h.Week = maps.Clone(h.Week)
	for day, windows := range h.Week {
		h.Week[day] = slices.Clone(windows)
	}
	h.Special = slices.Clone(h.Special)
	for i, s := range h.Special {
		h.Special[i].Windows = slices.Clone(s.Windows)
	}
	h.Holidays = slices.Clone(h.Holidays)
	return h
}
