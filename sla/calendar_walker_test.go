package sla_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// wall is the reading of a wall clock, instant by instant. The walker knows nothing else of a zone:
// it asks for no transition and no offset.
type wall struct {
	loc   *time.Location
	start time.Time
	step  time.Duration
	shows []int64 // in seconds since 1970-01-01 00:00 of the wall, at start, start+step, ...
	most  []int64 // the latest time shown up to here
	least []int64 // the earliest time shown from here on
}

func watch(t *testing.T, zone, center string, around, step time.Duration) *wall {
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	w := &wall{loc: loc, step: step, start: instant(t, center).Add(-around)}
	for at := w.start; at.Before(w.start.Add(2 * around)); at = at.Add(step) {
		local := at.In(loc)
		y, m, d := local.Date()
		w.shows = append(w.shows, time.Date(y, m, d, local.Hour(), local.Minute(), local.Second(), 0, time.UTC).Unix())
	}
	w.most, w.least = slices.Clone(w.shows), slices.Clone(w.shows)
	for i := 1; i < len(w.shows); i++ {
		w.most[i] = max(w.most[i-1], w.shows[i])
	}
	for i := len(w.shows) - 2; i >= 0; i-- {
		w.least[i] = min(w.least[i+1], w.shows[i])
	}
	return w
}

// walked is the result of a walk over a document.
type walked struct {
	*wall
	open []bool // of each step
	sum  []int  // number of open steps before it
}

// walk decides for each step whether it is open. A step is open if a window has begun and has not
// ended: its first time was shown or skipped, and its last time or an earlier one is still to come.
func (w *wall) walk(h sla.Hours) walked {
	windows := wallWindows(h, w.shows[0]/86400-3, w.shows[len(w.shows)-1]/86400+3)
	steps := len(w.shows) - 1
	shows, most, least := w.shows, w.most, w.least
	open, sum := make([]bool, steps), make([]int, steps+1)
	for i := range steps {
		for len(windows) > 0 && windows[0][1] < least[i]-2*86400 {
			windows = windows[1:] // has ended for good
		}
		for _, win := range windows {
			if win[0] > most[i] {
				break
			}
			if shows[i] < win[1] || least[i+1] <= win[1] {
				open[i] = true
				break
			}
		}
		sum[i+1] = sum[i]
		if open[i] {
			sum[i+1]++
		}
	}
	return walked{w, open, sum}
}

// wallWindows parses the document independently. It returns the windows of the dates from first to
// last as times of the wall clock, by their beginnings.
func wallWindows(h sla.Hours, first, last int64) (windows [][2]int64) {
	read := func(text string) (from, to int64) {
		digits := func(i int) int64 { return int64(text[i]-'0')*10 + int64(text[i+1]-'0') }
		from, to = digits(0)*3600+digits(3)*60, digits(6)*3600+digits(9)*60
		if to < from {
			to += 86400
		}
		return from, to
	}
	for date := first; date <= last; date++ {
		midnight := time.Unix(date*86400, 0).UTC()
		yesterday := midnight.AddDate(0, 0, -1)
		plain := func(at time.Time) bool {
			day := at.Format(time.DateOnly)
			return !slices.ContainsFunc(h.Special, func(s sla.SpecialDay) bool { return s.Date == day }) &&
				!slices.ContainsFunc(h.Holidays, func(h sla.Holiday) bool { return h.Date == day })
		}
		if plain(midnight) {
			for _, text := range h.Week[midnight.Weekday()] {
				from, to := read(text)
				windows = append(windows, [2]int64{date*86400 + from, date*86400 + min(to, 86400)})
			}
			for _, text := range h.Week[yesterday.Weekday()] {
				if _, to := read(text); to > 86400 {
					windows = append(windows, [2]int64{date * 86400, date*86400 + to - 86400})
				}
			}
		}
		for _, s := range h.Special {
			if s.Date == midnight.Format(time.DateOnly) {
				for _, text := range s.Windows {
					from, to := read(text)
					windows = append(windows, [2]int64{date*86400 + from, date*86400 + min(to, 86400)})
				}
			}
			if s.Date == yesterday.Format(time.DateOnly) {
				for _, text := range s.Windows {
					if _, to := read(text); to > 86400 {
						windows = append(windows, [2]int64{date * 86400, date*86400 + to - 86400})
					}
				}
			}
		}
	}
	slices.SortFunc(windows, func(a, b [2]int64) int { return slices.Compare(a[:], b[:]) })
	return windows
}

// between adds up the open steps of [a, b), with parts of the first and the last.
func (w walked) between(a, b time.Time) time.Duration {
	i, j := w.index(a), w.index(b)
	sum := time.Duration(w.sum[j]-w.sum[i]) * w.step
	if w.open[i] {
		sum -= a.Sub(w.at(i))
	}
	if w.open[j] {
		sum += b.Sub(w.at(j))
	}
	return sum
}

// deadline walks until the open time reaches the target.
func (w walked) deadline(t rapid.TB, start time.Time, target time.Duration) time.Time {
	i := w.index(start)
	if w.open[i] {
		target += start.Sub(w.at(i))
	}
	for ; i < len(w.open); i++ {
		if !w.open[i] {
			continue
		}
		if target <= w.step {
			return w.at(i).Add(target)
		}
		target -= w.step
	}
	require.FailNow(t, "the target is past the end of the walk")
	return time.Time{}
}

func (w *wall) at(i int) time.Time     { return w.start.Add(time.Duration(i) * w.step) }
func (w *wall) index(at time.Time) int { return int(at.Sub(w.start) / w.step) }

// date returns the date that many days from the middle of the walk.
func (w *wall) date(days int) string {
	middle := w.shows[len(w.shows)/2]
	return time.Unix(middle+int64(days)*86400, 0).UTC().Format(time.DateOnly)
}

// drawInstant draws an instant near the middle or anywhere in the walk but its last days, with or
// without a part of a step.
func (w *wall) drawInstant(t *rapid.T, name string) time.Time {
	i := rapid.OneOf(
		rapid.IntRange(len(w.shows)/2-90, len(w.shows)/2+90),
		rapid.IntRange(len(w.shows)/2-300, len(w.shows)/2+300),
		rapid.IntRange(len(w.shows)/3, len(w.shows)*2/3),
	).Draw(t, name)
	part := rapid.SampledFrom([]time.Duration{0, 0, 1, 30 * time.Second, w.step - 1}).Draw(t, name+" part")
	return w.at(i).Add(part)
}

// drawHours draws a document. Its times are multiples of unit minutes. Its special days and
// holidays lie up to days days from the middle.
func drawHours(t *rapid.T, zone string, unit, days int, date func(int) string) sla.Hours {
	// Windows that run past midnight end by the time floor, and other windows begin at or after it.
	floor := rapid.SampledFrom([]int{0, 0, 60, 120, 300}).Draw(t, "floor")
	minute := rapid.OneOf(
		rapid.SampledFrom([]int{0, 0, 60, 120, 180, 1380, 1440, 1440}),
		rapid.Map(rapid.IntRange(0, 240/unit), func(n int) int { return n * unit }),
		rapid.Map(rapid.IntRange(0, 1440/unit), func(n int) int { return n * unit }),
	)
	clock := func(m int) string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }
	windows := func(name string) []string {
		cuts := rapid.SliceOfNDistinct(minute.Filter(func(m int) bool { return m >= floor }), 0, 6, rapid.ID[int]).Draw(t, name)
		slices.Sort(cuts)
		var list []string
		for i := 1; i < len(cuts); {
			list = append(list, clock(cuts[i-1])+"-"+clock(cuts[i]))
			i += rapid.IntRange(1, 2).Draw(t, "touching")
		}
		if last := 1380; floor > 0 && (len(cuts) == 0 || cuts[len(cuts)-1] <= last) && rapid.Bool().Draw(t, "over midnight") {
			list = append(list, clock(last)+"-"+clock(rapid.IntRange(0, floor/unit).Draw(t, "until")*unit))
		}
		return list
	}
	h := sla.Hours{Zone: zone, Week: sla.Week{}}
	switch rapid.IntRange(0, 3).Draw(t, "kind of week") {
	case 0:
		h.Week = sla.Daily("00:00-24:00")
	case 1:
		h.Week = sla.Daily(windows("daily")...)
	default:
		for _, day := range []time.Weekday{0, 1, 2, 3, 4, 5, 6} {
			h.Week[day] = windows(day.String())
		}
	}
	offset := rapid.IntRange(-days, days)
	for _, n := range rapid.SliceOfNDistinct(offset, 0, 4, rapid.ID[int]).Draw(t, "special days") {
		h.Special = append(h.Special, sla.SpecialDay{Date: date(n), Windows: windows("special")})
	}
	for _, n := range rapid.SliceOfN(offset, 0, 3).Draw(t, "holidays") {
		h.Holidays = append(h.Holidays, sla.Holiday{Date: date(n)})
	}
	return h
}

// compare checks the calendar of a document against the walk.
func (w *wall) compare(t *rapid.T, h sla.Hours, times int) {
	c, err := sla.NewCalendar(h)
	if err != nil {
		require.ErrorContains(t, err, "has no window")
		return
	}
	walked := w.walk(h)
	end := w.at(len(walked.open) - 1)
	for range times {
		a, b := w.drawInstant(t, "a"), w.drawInstant(t, "b")
		if b.Before(a) {
			require.Zero(t, c.Between(a, b))
			a, b = b, a
		}
		require.Equal(t, walked.between(a, b), c.Between(a, b), "open time between %s and %s", a.In(w.loc), b.In(w.loc))
		if rest := walked.between(a, end); rest > 0 {
			target := time.Duration(rapid.Int64Range(1, int64(rest)).Draw(t, "target"))
			if whole := target.Truncate(w.step); whole > 0 && rapid.Bool().Draw(t, "whole") {
				target = whole
			}
			due, err := c.Deadline(a, target)
			require.NoError(t, err)
			require.Equal(t, walked.deadline(t, a, target), due, "%s from %s", target, a.In(w.loc))
		}
		walked.compareSpans(t, c.Spans(a, b), a, b)
	}
}

func (w walked) compareSpans(t *rapid.T, spans iter.Seq[helpdesk.Span], a, b time.Time) {
	last := helpdesk.Span{To: a}
	for s := range spans {
		right := s.From.Equal(last.To) && s.From.Before(s.To) && s.From.Location().String() == w.loc.String() && s.To.Location() == s.From.Location() &&
			(s.Open != last.Open || s.Why != last.Why)
		require.True(t, right, "%v follows %v", s, last)
		open := time.Duration(0)
		if s.Open {
			open = s.To.Sub(s.From)
		}
		if found := w.between(s.From, s.To); found != open {
			require.Equal(t, found, open, "%v", s)
		}
		last = s
	}
	require.True(t, last.To.Equal(b), "the spans end with %v", last)
}

// troubled are days on which clocks change, and some on which they do not. There are 50, each with
// 100 calendars and 3 pairs of times.
var troubled = []struct{ zone, around string }{
	{"America/New_York", "2026-03-08T07:00:00Z"}, {"America/New_York", "2026-11-01T06:00:00Z"},
	{"Europe/Berlin", "2026-03-29T01:00:00Z"}, {"Europe/Berlin", "2040-10-28T01:00:00Z"},
	{"Australia/Lord_Howe", "2026-04-04T15:00:00Z"}, {"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
	{"America/Havana", "2026-03-08T05:00:00Z"}, {"America/Havana", "2026-11-01T05:00:00Z"},
	{"Asia/Beirut", "2026-03-28T22:00:00Z"}, {"Asia/Beirut", "2026-10-24T21:00:00Z"},
	{"America/Santiago", "2026-04-05T03:00:00Z"}, {"America/Santiago", "2026-09-06T04:00:00Z"},
	{"Atlantic/Azores", "2026-03-29T01:00:00Z"}, {"Atlantic/Azores", "2026-10-25T01:00:00Z"},
	{"America/St_Johns", "2010-03-14T03:31:00Z"}, {"America/St_Johns", "2010-11-07T02:31:00Z"},
	{"America/Sao_Paulo", "2018-02-18T02:00:00Z"}, {"America/Sao_Paulo", "2018-11-04T03:00:00Z"},
	{"America/Asuncion", "2023-03-26T03:00:00Z"}, {"America/Asuncion", "2023-10-01T04:00:00Z"},
	{"Africa/Cairo", "2026-04-23T22:00:00Z"}, {"Africa/Cairo", "2026-10-29T21:00:00Z"},
	{"Africa/Casablanca", "2026-02-15T02:00:00Z"}, {"Africa/Casablanca", "2026-03-22T02:00:00Z"},
	{"Asia/Tehran", "2021-03-21T20:30:00Z"}, {"Asia/Tehran", "2021-09-21T19:30:00Z"},
	{"Asia/Amman", "2021-03-25T22:00:00Z"}, {"Asia/Amman", "2021-10-28T22:00:00Z"},
	{"Antarctica/Troll", "2026-03-29T01:00:00Z"}, {"Antarctica/Troll", "2026-10-25T01:00:00Z"},
	{"Antarctica/Casey", "2010-03-04T15:00:00Z"}, {"Antarctica/Casey", "2011-10-27T18:00:00Z"},
	{"Antarctica/Vostok", "1994-01-31T17:00:00Z"}, {"Antarctica/Vostok", "1994-11-01T00:00:00Z"},
	{"Pacific/Apia", "2011-12-30T10:00:00Z"}, {"Pacific/Kiritimati", "1994-12-31T10:00:00Z"},
	{"Pacific/Kwajalein", "1969-09-30T13:00:00Z"}, {"Pacific/Kwajalein", "1993-08-21T12:00:00Z"},
	{"America/Recife", "2000-10-11T12:00:00Z"}, {"America/Noronha", "2000-10-08T02:00:00Z"},
	{"America/Caracas", "2007-12-09T07:00:00Z"}, {"Asia/Pyongyang", "2015-08-14T15:00:00Z"},
	{"Asia/Gaza", "2011-08-01T00:00:00Z"}, {"Pacific/Chatham", "2026-04-04T14:00:00Z"},
	{"Asia/Kolkata", "2026-01-26T00:00:00Z"}, {"Asia/Kathmandu", "2026-05-01T00:00:00Z"},
	{"UTC", "2024-02-29T00:00:00Z"}, {"Europe/London", "2040-12-31T12:00:00Z"},
	{"America/Nuuk", "2026-03-29T01:00:00Z"}, {"Pacific/Auckland", "2048-12-31T20:00:00Z"},
}

func TestCalendarAgreesWithAWalkMinuteByMinute(t *testing.T) {
	t.Parallel()
	for _, place := range troubled {
		t.Run(place.zone+" "+place.around, func(t *testing.T) {
			t.Parallel()
			w := watch(t, place.zone, place.around, 4*24*time.Hour, time.Minute)
			rapid.Check(t, func(t *rapid.T) { w.compare(t, drawHours(t, place.zone, 1, 3, w.date), 3) })
		})
	}
}

// Long walks test the skipping of whole weeks.
func TestCalendarAgreesWithAWalkOverTenMonths(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{
		"America/New_York", "Australia/Lord_Howe", "America/Havana", "America/Santiago", "Africa/Casablanca", "UTC",
	} {
		t.Run(zone, func(t *testing.T) {
			t.Parallel()
			w := watch(t, zone, "2040-12-31T12:00:00Z", 150*24*time.Hour, 30*time.Minute)
			rapid.Check(t, func(t *rapid.T) { w.compare(t, drawHours(t, zone, 30, 90, w.date), 5) })
		})
	}
}
