package sla

import (
	"cmp"
	"slices"
)

// window is an open span of one date, in seconds of the wall clock after midnight. During the
// checks it may run past midnight; later it ends with its date.
type window struct {
	from, to int64
	why      string // its description in Spans
	text     string // as written, for errors
}

// exception is a date with windows of its own.
type exception struct {
	date    int64 // days since 1970-01-01
	windows []window
	why     string // description of its closed hours in Spans
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

// union returns the windows in order. It joins windows that touch or overlap and have the same
// description.
func union(windows []window) []window {
	slices.SortStableFunc(windows, byStart)
	var merged []window
	for _, w := range windows {
		w.text = ""
		if n := len(merged); n > 0 && w.from <= merged[n-1].to && w.why == merged[n-1].why {
			merged[n-1].to = max(merged[n-1].to, w.to)
			continue
		}
		merged = append(merged, w)
	}
	return merged
}

// exceptions returns every date with windows of its own, in order: special days, holidays, and the
// dates into which a special day runs past midnight. Windows with different descriptions may
// overlap there.
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
	slices.SortFunc(list, func(a, b exception) int { return cmp.Compare(a.date, b.date) })
	return list
}
