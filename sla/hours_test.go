package sla_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

func TestHoursReadAsJSON(t *testing.T) {
	t.Parallel()
	h := sla.Hours{
		Name: "Support", Zone: "Europe/Berlin",
		Week:     sla.Week{time.Friday: {"09:00-15:00"}, time.Monday: {"09:00-12:00", "13:00-17:00"}, time.Sunday: {}},
		Special:  []sla.SpecialDay{{Date: "2026-12-24", Name: "Christmas Eve", Windows: []string{"09:00-13:00"}}, {Date: "2026-12-31"}},
		Holidays: []sla.Holiday{{Date: "2026-12-25", Name: "Christmas Day"}},
	}
	text, err := json.Marshal(h)
	require.NoError(t, err)
	require.Equal(t, `{"name":"Support","zone":"Europe/Berlin",`+
		`"week":{"monday":["09:00-12:00","13:00-17:00"],"friday":["09:00-15:00"],"sunday":[]},`+
		`"special":[{"date":"2026-12-24","name":"Christmas Eve","windows":["09:00-13:00"]},{"date":"2026-12-31"}],`+
		`"holidays":[{"date":"2026-12-25","name":"Christmas Day"}]}`, string(text))
	var back sla.Hours
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, h, back)

	text, err = json.Marshal(sla.Hours{AlwaysOn: true})
	require.NoError(t, err)
	require.Equal(t, `{"always_on":true}`, string(text))
}

func TestWeekInJSONHasSevenDays(t *testing.T) {
	t.Parallel()
	var w sla.Week
	require.ErrorContains(t, json.Unmarshal([]byte(`{"monday":[],"wendsday":["09:00-17:00"]}`), &w), `"wendsday"`)
	require.Error(t, json.Unmarshal([]byte(`["09:00-17:00"]`), &w))
	require.NoError(t, json.Unmarshal([]byte(`null`), &w))
	require.Nil(t, w)
	text, err := json.Marshal(sla.Week(nil))
	require.NoError(t, err)
	require.Equal(t, "null", string(text))
	_, err = json.Marshal(sla.Week{8: {"09:00-17:00"}})
	require.Error(t, err)
}

func TestWeekdaysAndDaily(t *testing.T) {
	t.Parallel()
	week := sla.Weekdays("09:00-12:00", "13:00-17:00")
	require.Len(t, week, 5)
	week[time.Monday][0] = "changed"
	require.Equal(t, []string{"09:00-12:00", "13:00-17:00"}, week[time.Friday])
	require.NotContains(t, week, time.Saturday)
	require.NotContains(t, week, time.Sunday)
	require.Len(t, sla.Daily("00:00-24:00"), 7)
}

func TestNewCalendarNamesTheDayAtFault(t *testing.T) {
	t.Parallel()
	monday := func(windows ...string) sla.Hours { return sla.Hours{Week: sla.Week{time.Monday: windows}} }
	open := sla.Weekdays("09:00-17:00")
	for _, row := range []struct {
		hours          sla.Hours
		field, problem string
	}{
		{monday("09:00-13:00", "12:00-17:00"), "week.monday", "has overlapping windows 09:00-13:00 and 12:00-17:00"},
		{monday("12:00-17:00", "09:00-13:00"), "week.monday", "has overlapping windows 09:00-13:00 and 12:00-17:00"},
		{monday("09:00-17:00", "09:00-17:00"), "week.monday", "has overlapping windows 09:00-17:00 and 09:00-17:00"},
		{monday("22:00-06:00", "23:00-23:30"), "week.monday", "has overlapping windows 22:00-06:00 and 23:00-23:30"},
		{
			sla.Hours{Week: sla.Week{time.Monday: {"22:00-06:00"}, time.Tuesday: {"05:00-09:00"}}},
			"week.tuesday", "has overlapping windows 22:00-06:00 of monday and 05:00-09:00",
		},
		{
			sla.Hours{Week: sla.Week{time.Sunday: {"05:00-09:00"}, time.Saturday: {"22:00-06:00"}}},
			"week.sunday", "has overlapping windows 22:00-06:00 of saturday and 05:00-09:00",
		},
		{monday("09:00-09:00"), "week.monday", "has an empty window 09:00-09:00; a whole day is 00:00-24:00"},
		{monday("9-17"), "week.monday", `has a window "9-17" that is not like 09:00-17:00`},
		{monday("09:00"), "week.monday", `has a window "09:00" that is not like 09:00-17:00`},
		{monday("09:00-25:00"), "week.monday", `has a window "09:00-25:00" that is not like 09:00-17:00`},
		{monday("09:00-24:01"), "week.monday", `has a window "09:00-24:01" that is not like 09:00-17:00`},
		{monday("09:60-17:00"), "week.monday", `has a window "09:60-17:00" that is not like 09:00-17:00`},
		{monday("09:00:60-17:00"), "week.monday", `has a window "09:00:60-17:00" that is not like 09:00-17:00`},
		{monday("24:00-06:00"), "week.monday", `has a window "24:00-06:00" that is not like 09:00-17:00`},
		{monday("09.00-17.00"), "week.monday", `has a window "09.00-17.00" that is not like 09:00-17:00`},
		{monday("+9:00-17:00"), "week.monday", `has a window "+9:00-17:00" that is not like 09:00-17:00`},
		{monday(slices.Repeat([]string{"09:00-17:00"}, 51)...), "week.monday", "has more than 50 windows"},
		{sla.Hours{Week: sla.Week{7: {"09:00-17:00"}, time.Monday: {"09:00-17:00"}}}, "week", "has a day 7 that is none"},
		{sla.Hours{}, "week", "has no window, and neither has a special day"},
		{sla.Hours{Special: []sla.SpecialDay{{Date: "2026-12-24"}}}, "week", "has no window, and neither has a special day"},
		{sla.Hours{Week: open, Zone: "Mars/Olympus"}, "zone", `"Mars/Olympus" is not known in the IANA database`},
		{sla.Hours{Week: open, Zone: "Local"}, "zone", `"Local" is not known in the IANA database`},
		{sla.Hours{Week: open, Zone: "../UTC"}, "zone", `"../UTC" is not known in the IANA database`},
		{sla.Hours{Week: open, AlwaysOn: true}, "always_on", "leaves no room for windows, special days or holidays"},
		{sla.Hours{Week: open, Name: strings.Repeat("ä", 101)}, "name", "is longer than 100 characters"},
		{sla.Hours{Week: open, Name: "a\nb"}, "name", "contains a control character"},
		{sla.Hours{Week: open, Name: "\xff"}, "name", "is not valid UTF-8"},
		{sla.Hours{Week: open, Holidays: []sla.Holiday{{Date: "2026-12-25"}, {Date: "2026-02-29"}}}, "holidays[1].date", `"2026-02-29" is not a date such as 2026-12-24`},
		{sla.Hours{Week: open, Holidays: []sla.Holiday{{Date: "0000-01-01"}}}, "holidays[0].date", `"0000-01-01" is not a date such as 2026-12-24`},
		{sla.Hours{Week: open, Holidays: []sla.Holiday{{Date: "2026-12-25", Name: strings.Repeat("x", 101)}}}, "holidays.2026-12-25.name", "is longer than 100 characters"},
		{sla.Hours{Week: open, Holidays: make([]sla.Holiday, 5001)}, "holidays", "has more than 5000 dates"},
		{sla.Hours{Week: open, Special: make([]sla.SpecialDay, 5001)}, "special", "has more than 5000 dates"},
		{sla.Hours{Week: open, Special: []sla.SpecialDay{{Date: "24.12.2026"}}}, "special[0].date", `"24.12.2026" is not a date such as 2026-12-24`},
		{sla.Hours{Week: open, Special: []sla.SpecialDay{{Date: "2026-12-24"}, {Date: "2026-12-24"}}}, "special.2026-12-24", "is given twice"},
		{sla.Hours{Week: open, Special: []sla.SpecialDay{{Date: "2026-12-24", Name: "\x00"}}}, "special.2026-12-24.name", "contains a control character"},
		{
			sla.Hours{Week: open, Special: []sla.SpecialDay{{Date: "2026-12-24", Windows: []string{"09:00-13:00", "12:00-14:00"}}}},
			"special.2026-12-24", "has overlapping windows 09:00-13:00 and 12:00-14:00",
		},
	} {
		_, err := sla.NewCalendar(row.hours)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, row.problem)
		require.Equal(t, []*helpdesk.FieldError{{Field: row.field, Problem: row.problem}}, helpdesk.Fields(err))
	}
}

func TestNewCalendarNamesEveryFault(t *testing.T) {
	t.Parallel()
	_, err := sla.NewCalendar(sla.Hours{Zone: "x", Week: sla.Daily("17:00-17:00")})
	require.Len(t, helpdesk.Fields(err), 8)
	_, err = sla.NewCalendar(sla.Hours{Holidays: make([]sla.Holiday, 5000)})
	require.Len(t, helpdesk.Fields(err), 100, "but it ends somewhere")
}

func TestAlwaysOnMayHaveDaysWithoutWindows(t *testing.T) {
	t.Parallel()
	calendar(t, sla.Hours{AlwaysOn: true, Week: sla.Daily()})
}

func TestVersionFollowsWhatTheDocumentSays(t *testing.T) {
	t.Parallel()
	h := newYork
	version := calendar(t, h).Version()
	require.Len(t, version, 16)
	require.Equal(t, version, calendar(t, h).Version())

	same := h
	same.Holidays = slices.Clone(h.Holidays)
	slices.Reverse(same.Holidays)
	same.Holidays = append(same.Holidays, same.Holidays[0])
	same.Week = sla.Weekdays("13:00:00-17:00", "09:00-13:00")
	same.Week[time.Sunday] = []string{}
	require.Equal(t, version, calendar(t, same).Version())

	night := calendar(t, sla.Hours{Week: sla.Week{time.Saturday: {"22:00-06:00"}}}).Version()
	require.Equal(t, night, calendar(t, sla.Hours{Zone: "UTC", Week: sla.Week{
		time.Saturday: {"22:00-00:00"}, time.Sunday: {"00:00-06:00"},
	}}).Version())

	for i, change := range []func(*sla.Hours){
		func(h *sla.Hours) { h.Name = "other" },
		func(h *sla.Hours) { h.Zone = "America/Toronto" },
		func(h *sla.Hours) { h.Week = sla.Weekdays("09:00-17:00:01") },
		func(h *sla.Hours) { h.Week = sla.Daily("09:00-17:00") },
		func(h *sla.Hours) { h.Holidays = h.Holidays[1:] },
		func(h *sla.Hours) { h.Holidays = []sla.Holiday{{Date: "2026-07-04"}, h.Holidays[1], h.Holidays[2]} },
		func(h *sla.Hours) { h.Special = nil },
		func(h *sla.Hours) { h.Special = []sla.SpecialDay{{Date: "2026-12-24", Name: "Christmas Eve"}} },
		func(h *sla.Hours) { *h = sla.Hours{AlwaysOn: true, Name: h.Name, Zone: h.Zone} },
	} {
		other := newYork
		change(&other)
		require.NotEqual(t, version, calendar(t, other).Version(), fmt.Sprint("change ", i))
	}
}

func TestCalendarKeepsADocumentOfItsOwn(t *testing.T) {
	t.Parallel()
	given := sla.Hours{
		Week:     sla.Weekdays("09:00-17:00"),
		Special:  []sla.SpecialDay{{Date: "2026-12-24", Windows: []string{"09:00-13:00"}}},
		Holidays: []sla.Holiday{{Date: "2026-12-25"}},
	}
	c := calendar(t, given)
	spoil := func(h sla.Hours) {
		h.Week[time.Monday][0] = "x"
		h.Special[0].Windows[0] = "x"
		h.Special[0].Date = "x"
		h.Holidays[0].Date = "x"
		delete(h.Week, time.Friday)
	}
	spoil(given)
	spoil(c.Hours())
	require.Equal(t, sla.Hours{
		Week:     sla.Weekdays("09:00-17:00"),
		Special:  []sla.SpecialDay{{Date: "2026-12-24", Windows: []string{"09:00-13:00"}}},
		Holidays: []sla.Holiday{{Date: "2026-12-25"}},
	}, c.Hours())
	require.Equal(t, c.Version(), calendar(t, c.Hours()).Version())
}
