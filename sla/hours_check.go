package sla

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// What a hostile admin cannot exceed.
const (
	maxName    = 100  // characters
	maxWindows = 50   // of one day
	maxDates   = 5000 // special days, and as many holidays
	maxFaults  = 100  // named in one error
)

// window is an open stretch of one date, in seconds of the wall clock after midnight. While it
// is being checked it may run past midnight; later it ends with its date.
type window struct {
	from, to int64
	why      string // what Spans calls it
	text     string // as it was written, for errors
}

// exception is a date which does not follow the week.
type exception struct {
	date    int64 // days since 1970-01-01
	windows []window
	why     string // what Spans calls its closed hours
}

// faults collects what is wrong with some Hours.
type faults []error

func (f *faults) add(field, format string, args ...any) {
	if len(*f) < maxFaults {
		*f = append(*f, &helpdesk.FieldError{Field: field, Problem: fmt.Sprintf(format, args...)})
	}
}

// compile checks a document and makes a Calendar of it, which has no version yet.
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
		if len(h.Week)+len(h.Special)+len(h.Holidays) > 0 {
			f.add("always_on", "leaves no room for a week, special days or holidays")
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

// week returns the windows of each weekday, Sunday first, those past midnight split in two.
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

// special returns the special days by date. Their windows may run past midnight.
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
	slices.SortFunc(special, byDate)
	return special
}

// holidays returns the holidays by date, those of the same date as one.
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
	slices.SortFunc(holidays, byDate)
	return holidays
}

func byDate(a, b exception) int { return cmp.Compare(a.date, b.date) }

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

func byStart(a, b window) int {
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
}

// timeOfDay reads HH:MM or HH:MM:SS, up to 24:00.
func timeOfDay(text string) (seconds int64, ok bool) {
	if len(text) != len("09:00") && len(text) != len("09:00:00") {
		return 0, false
	}
	var parts [3]int64
	for i := 0; i < len(text); i++ {
		c := text[i]
		if i%3 == 2 {
			if c != ':' {
				return 0, false
			}
			continue
		}
		if c < '0' || c > '9' {
			return 0, false
		}
		parts[i/3] = parts[i/3]*10 + int64(c-'0')
	}
	seconds = parts[0]*3600 + parts[1]*60 + parts[2]
	return seconds, parts[1] < 60 && parts[2] < 60 && seconds <= secondsPerDay
}

// overlap names the first two windows of a day that share time.
func (f *faults) overlap(field string, windows []window) {
	slices.SortStableFunc(windows, byStart)
	for i := 1; i < len(windows); i++ {
		if a, b := windows[i-1], windows[i]; b.from < a.to {
			f.add(field, "has overlapping windows %s and %s", a.text, b.text)
			return
		}
	}
}

// union returns windows in order of time, none touching the next if both are called the same.
// Where two overlap the earlier one keeps the time.
func union(windows []window) []window {
	slices.SortStableFunc(windows, byStart)
	var merged []window
	for _, w := range windows {
		w.text = ""
		if len(merged) > 0 {
			last := &merged[len(merged)-1]
			if w.from = max(w.from, last.to); w.from >= w.to {
				continue
			}
			if w.from == last.to && w.why == last.why {
				last.to = w.to
				continue
			}
		}
		merged = append(merged, w)
	}
	return merged
}

// exceptions returns every date that does not follow the week, in order, with the windows it
// has: special days, holidays, and the dates into which a special day runs past midnight.
func exceptions(week *[7][]window, special, holidays []exception) []exception {
	dates := map[int64]*exception{}
	for _, h := range holidays {
		dates[h.date] = &h
	}
	for _, s := range special {
		dates[s.date] = &exception{date: s.date, why: s.why}
	}
	for _, s := range special {
		for _, w := range s.windows {
			if w.to > secondsPerDay {
				rest := w
				rest.from, rest.to = 0, w.to-secondsPerDay
				w.to = secondsPerDay
				next := dates[s.date+1]
				if next == nil {
					next = &exception{date: s.date + 1, windows: slices.Clone(week[weekday(s.date+1)]), why: closed}
					dates[s.date+1] = next
				}
				next.windows = append(next.windows, rest)
			}
			dates[s.date].windows = append(dates[s.date].windows, w)
		}
	}
	list := make([]exception, 0, len(dates))
	for _, e := range dates {
		e.windows = union(e.windows)
		list = append(list, *e)
	}
	slices.SortFunc(list, byDate)
	return list
}
