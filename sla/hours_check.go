package sla

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// Limits that protect against a hostile admin.
const (
	maxName    = 100  // characters
	maxWindows = 50   // of one day
	maxDates   = 5000 // special days, and as many holidays
	maxFaults  = 100  // named in one error
)

// faults collects the faults of some Hours.
type faults []error

func (f *faults) add(field, format string, args ...any) {
	if len(*f) < maxFaults {
		*f = append(*f, &helpdesk.FieldError{Field: field, Problem: fmt.Sprintf(format, args...)})
	}
}

// compile checks a document and makes a Calendar from it, which has no version yet.
func compile(h Hours) (*Calendar, error) {
	var f faults
	f.name("name", h.Name)
	c := &Calendar{hours: h, zone: time.UTC}
	if h.Zone != "" {
		// "Local" would mean something else on each machine.
		loc, err := time.LoadLocation(h.Zone)
		if err != nil || h.Zone == "Local" {
			f.add("zone", "%.60q is not known in the IANA database", h.Zone)
		} else {
			c.zone = loc
		}
	}
	if h.AlwaysOn {
		windows := len(slices.Concat(slices.Collect(maps.Values(h.Week))...))
		if windows+len(h.Special)+len(h.Holidays) > 0 {
			f.add("always_on", "leaves no room for windows, special days or holidays")
		}
		return c, errors.Join(f...)
	}
	c.week = f.week(h.Week)
	special := f.special(h.Special)
	holidays := f.holidays(h.Holidays)
	c.exceptions = exceptions(&c.week, special, holidays)
	opens := func(e exception) bool { return len(e.windows) > 0 }
	if c.measure(); len(f) == 0 && c.perWeek == 0 && !slices.ContainsFunc(special, opens) {
		f.add("week", "has no window, and neither has a special day")
	}
	return c, errors.Join(f...)
}

func (f *faults) name(field, name string) {
	switch {
	case utf8.RuneCountInString(name) > maxName:
		f.add(field, "is longer than %d characters", maxName)
	case !utf8.ValidString(name):
		f.add(field, "is not valid UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		f.add(field, "contains a control character")
	}
}

// week returns the windows of each weekday, Sunday first. A window past midnight is split in two.
func (f *faults) week(w Week) (week [7][]window) {
	for day := range w {
		if day < time.Sunday || day > time.Saturday {
			f.add("week", "has a day %d that is none", int(day))
		}
	}
	for _, day := range days {
		for _, win := range f.windows("week."+key(day), w[day]) {
			win.why = day.String()
			rest := win
			if win.to > secondsPerDay {
				next := (day + 1) % 7
				rest.from, rest.to = 0, win.to-secondsPerDay
				rest.text += " of " + key(day)
				rest.why = next.String()
				week[next] = append(week[next], rest)
				win.to = secondsPerDay
			}
			week[day] = append(week[day], win)
		}
	}
	for _, day := range days {
		f.overlap("week."+key(day), week[day])
		week[day] = union(week[day])
	}
	return week
}

// special returns the special days. Their windows may run past midnight.
func (f *faults) special(list []SpecialDay) []exception {
	if len(list) > maxDates {
		f.add("special", "has more than %d dates", maxDates)
		return nil
	}
	special := make([]exception, 0, len(list))
	seen := map[int64]bool{}
	for i, s := range list {
		date, ok := f.date(fmt.Sprintf("special[%d].date", i), s.Date)
		if !ok {
			continue
		}
		field := "special." + s.Date
		if seen[date] {
			f.add(field, "is given twice")
		}
		seen[date] = true
		f.name(field+".name", s.Name)
		windows := f.windows(field, s.Windows)
		f.overlap(field, windows)
		why := "special day"
		if s.Name != "" {
			why += ": " + s.Name
		}
		for i := range windows {
			windows[i].why = why
		}
		special = append(special, exception{date: date, windows: union(windows), why: why})
	}
	return special
}

// holidays returns the holidays, and joins holidays of the same date.
func (f *faults) holidays(list []Holiday) []exception {
	if len(list) > maxDates {
		f.add("holidays", "has more than %d dates", maxDates)
		return nil
	}
	names := map[int64][]string{}
	for i, h := range list {
		date, ok := f.date(fmt.Sprintf("holidays[%d].date", i), h.Date)
		if !ok {
			continue
		}
		f.name("holidays."+h.Date+".name", h.Name)
		names[date] = append(names[date], h.Name)
	}
	holidays := make([]exception, 0, len(names))
	for date, names := range names {
		slices.Sort(names)
		names = slices.DeleteFunc(slices.Compact(names), func(n string) bool { return n == "" })
		why := "holiday"
		if len(names) > 0 {
			why += ": " + strings.Join(names, ", ")
		}
		holidays = append(holidays, exception{date: date, why: why})
	}
	return holidays
}

// date returns the days since 1970-01-01.
func (f *faults) date(field, text string) (int64, bool) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		f.add(field, "%.40q is not a date such as 2026-12-24", text)
		return 0, false
	}
	return t.Unix() / secondsPerDay, true
}

// windows reads the windows of one day. One that runs past midnight ends after 24:00.
func (f *faults) windows(field string, list []string) []window {
	if len(list) > maxWindows {
		f.add(field, "has more than %d windows", maxWindows)
		return nil
	}
	var windows []window
	for _, text := range list {
		first, second, dash := strings.Cut(text, "-")
		from, ok1 := timeOfDay(first)
		to, ok2 := timeOfDay(second)
		switch {
		case !dash || !ok1 || !ok2 || from == secondsPerDay:
			f.add(field, "has a window %.40q that is not like 09:00-17:00", text)
		case from == to:
			f.add(field, "has an empty window %s; a whole day is 00:00-24:00", text)
		case from > to:
			windows = append(windows, window{from: from, to: to + secondsPerDay, text: text})
		default:
			windows = append(windows, window{from: from, to: to, text: text})
		}
	}
	slices.SortFunc(windows, byStart)
	return windows
}

// overlap names the first two overlapping windows of a day.
func (f *faults) overlap(field string, windows []window) {
	slices.SortStableFunc(windows, byStart)
	for i := 1; i < len(windows); i++ {
		if a, b := windows[i-1], windows[i]; b.from < a.to {
			f.add(field, "has overlapping windows %s and %s", a.text, b.text)
			return
		}
	}
}
