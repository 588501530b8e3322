package sla_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// The calendars of the example table.
var (
	newYork = sla.Hours{
		Name: "NY", Zone: "America/New_York", Week: sla.Weekdays("09:00-17:00"),
		Special:  []sla.SpecialDay{{Date: "2026-12-24", Name: "Christmas Eve", Windows: []string{"09:00-13:00"}}},
		Holidays: []sla.Holiday{{Date: "2026-07-03"}, {Date: "2026-11-26", Name: "Thanksgiving Day"}, {Date: "2026-12-25", Name: "Christmas Day"}},
	}
	kolkata = sla.Hours{
		Name: "KOL", Zone: "Asia/Kolkata",
		Week: sla.Week{
			time.Monday: {"09:30-18:30"}, time.Tuesday: {"09:30-18:30"}, time.Wednesday: {"09:30-18:30"},
			time.Thursday: {"09:30-18:30"}, time.Friday: {"09:30-18:30"}, time.Saturday: {"09:30-18:30"},
		},
		Holidays: []sla.Holiday{{Date: "2026-01-26", Name: "Republic Day"}},
	}
	around   = sla.Hours{Name: "NY24", Zone: "America/New_York", Week: sla.Daily("00:00-24:00")}
	lordHowe = sla.Hours{Name: "LHI", Zone: "Australia/Lord_Howe", Week: sla.Daily("00:00-06:00")}
	early    = sla.Hours{Name: "early", Zone: "America/New_York", Week: sla.Daily("02:30-05:00")}
	always   = sla.Hours{AlwaysOn: true}
)

func withLunch() sla.Hours {
	h := newYork
	h.Name, h.Week = "NYL", sla.Weekdays("09:00-12:00", "13:00-17:00")
	return h
}

func calendar(t testing.TB, h sla.Hours) *sla.Calendar {
	t.Helper()
	c, err := sla.NewCalendar(h)
	require.NoError(t, err)
	return c
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return at.UTC()
}

func TestDeadlinesOfTheExampleTable(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		hours  sla.Hours
		start  string
		target time.Duration
		due    string
	}{
		"same day":                               {newYork, "2026-03-02T15:00:00Z", 4 * time.Hour, "2026-03-02T19:00:00Z"},
		"over night":                             {newYork, "2026-03-02T20:30:00Z", 4 * time.Hour, "2026-03-03T16:30:00Z"},
		"ends exactly at close":                  {newYork, "2026-03-02T14:00:00Z", 8 * time.Hour, "2026-03-02T22:00:00Z"},
		"holiday":                                {newYork, "2026-11-25T21:00:00Z", 4 * time.Hour, "2026-11-27T17:00:00Z"},
		"special day":                            {newYork, "2026-12-24T17:00:00Z", 2 * time.Hour, "2026-12-28T15:00:00Z"},
		"spring forward, open all day":           {around, "2026-03-08T03:00:00Z", 8 * time.Hour, "2026-03-08T11:00:00Z"},
		"weekend with the DST change":            {newYork, "2026-03-06T21:00:00Z", 4 * time.Hour, "2026-03-09T16:00:00Z"},
		"half-hour zone, closed Sunday, holiday": {kolkata, "2026-01-24T12:15:00Z", 4 * time.Hour, "2026-01-27T07:15:00Z"},
		"30-minute DST step":                     {lordHowe, "2026-04-04T14:00:00Z", 2 * time.Hour, "2026-04-04T16:00:00Z"},
		"lunch":                                  {withLunch(), "2026-03-02T16:30:00Z", time.Hour, "2026-03-02T18:30:00Z"},
		"opening inside the gap":                 {early, "2026-03-08T05:00:00Z", time.Hour, "2026-03-08T08:00:00Z"},
		"seconds count":                          {newYork, "2026-03-02T21:59:30Z", 30 * time.Minute, "2026-03-03T14:29:30Z"},
		"24x7 over fall back":                    {always, "2026-11-01T02:00:00Z", 8 * time.Hour, "2026-11-01T10:00:00Z"},
		"rung at 50%":                            {newYork, "2026-03-06T18:00:00Z", 4 * time.Hour, "2026-03-06T22:00:00Z"},
		"rung at 75%":                            {newYork, "2026-03-06T18:00:00Z", 6 * time.Hour, "2026-03-09T15:00:00Z"},
		"rung at due":                            {newYork, "2026-03-06T18:00:00Z", 8 * time.Hour, "2026-03-09T17:00:00Z"},
		"rung at 150%":                           {newYork, "2026-03-06T18:00:00Z", 12 * time.Hour, "2026-03-09T21:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := calendar(t, row.hours)
			start := instant(t, row.start)
			due, err := c.Deadline(start, row.target)
			require.NoError(t, err)
			require.Equal(t, instant(t, row.due), due)
			require.Equal(t, row.target, c.Between(start, due))
		})
	}
}

func TestCalendarIsCalledByNameAndZone(t *testing.T) {
	t.Parallel()
	unnamed := newYork
	unnamed.Name = ""
	for text, h := range map[string]sla.Hours{
		"NY (America/New_York)": newYork,
		"America/New_York":      unnamed,
		"UTC":                   {Week: sla.Daily("09:00-17:00")},
		"always on":             always,
		"24x7":                  {Name: "24x7", Zone: "Europe/Berlin", AlwaysOn: true},
	} {
		require.Equal(t, text, calendar(t, h).String())
	}
	require.Equal(t, "always on", sla.AlwaysOn().String())
	require.Equal(t, calendar(t, always).Version(), sla.AlwaysOn().Version())
}

// hoursOf adds up a day of the calendar's zone.
func hoursOf(t *testing.T, h sla.Hours, date string) time.Duration {
	loc, err := time.LoadLocation(h.Zone)
	require.NoError(t, err)
	day, err := time.ParseInLocation(time.DateOnly, date, loc)
	require.NoError(t, err)
	return calendar(t, h).Between(day, day.AddDate(0, 0, 1))
}

func TestSpecialDayBeatsHolidayBeatsWeek(t *testing.T) {
	t.Parallel()
	h := sla.Hours{
		Zone: "Europe/Berlin", Week: sla.Weekdays("09:00-17:00"),
		Special:  []sla.SpecialDay{{Date: "2026-12-24", Windows: []string{"09:00-12:00"}}, {Date: "2026-12-28"}},
		Holidays: []sla.Holiday{{Date: "2026-12-24"}, {Date: "2026-12-25"}},
	}
	for date, open := range map[string]time.Duration{
		"2026-12-23": 8 * time.Hour, "2026-12-24": 3 * time.Hour, "2026-12-25": 0, "2026-12-26": 0, "2026-12-28": 0,
	} {
		require.Equal(t, open, hoursOf(t, h, date), date)
	}
}

func TestWeekPastMidnightFollowsTheHolidayOfTheNextDay(t *testing.T) {
	t.Parallel()
	h := sla.Hours{
		Zone: "Europe/Berlin", Week: sla.Daily("22:00-06:00"),
		Special:  []sla.SpecialDay{{Date: "2026-12-28", Windows: []string{"05:00-07:00"}}},
		Holidays: []sla.Holiday{{Date: "2026-12-25"}},
	}
	for date, open := range map[string]time.Duration{
		"2026-12-24": 8 * time.Hour, "2026-12-25": 0, "2026-12-26": 8 * time.Hour, "2026-12-28": 2 * time.Hour,
	} {
		require.Equal(t, open, hoursOf(t, h, date), date)
	}
}

func TestSpecialDayPastMidnightIsAddedToTheNextDate(t *testing.T) {
	t.Parallel()
	night := []string{"20:00-03:00"}
	h := sla.Hours{
		Zone: "Europe/Berlin", Week: sla.Daily("02:00-04:00"),
		Special: []sla.SpecialDay{
			{Date: "2026-12-24", Windows: night}, {Date: "2026-12-26", Windows: night}, {Date: "2026-12-29", Windows: night},
			{Date: "2026-12-30", Windows: []string{"01:00-02:00", "08:00-09:00"}},
		},
		Holidays: []sla.Holiday{{Date: "2026-12-25"}},
	}
	for date, open := range map[string]time.Duration{
		"2026-12-24": 4 * time.Hour,
		"2026-12-25": 3 * time.Hour, // a holiday
		"2026-12-26": 4 * time.Hour,
		"2026-12-27": 4 * time.Hour, // 02:00 to 03:00 counts once
		"2026-12-28": 2 * time.Hour,
		"2026-12-30": 4 * time.Hour,
		"2026-12-31": 2 * time.Hour,
	} {
		require.Equal(t, open, hoursOf(t, h, date), date)
	}
}

func TestWindowsWhereTheClocksChange(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		zone     string
		windows  []string
		from, to string
		open     time.Duration
	}{
		"the repeated hour counts twice":          {"America/New_York", []string{"00:00-24:00"}, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 25 * time.Hour},
		"a start that comes twice is the first":   {"America/New_York", []string{"01:30-03:00"}, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 150 * time.Minute},
		"an end that comes twice is the second":   {"America/New_York", []string{"00:00-01:30"}, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 150 * time.Minute},
		"both come twice":                         {"America/New_York", []string{"01:00-01:30"}, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 90 * time.Minute},
		"windows that touch there are no more":    {"America/New_York", []string{"00:30-01:30", "01:30-02:30"}, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 3 * time.Hour},
		"windows inside of it are no more":        {"America/New_York", []string{"01:00-01:20", "01:20-01:40"}, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 100 * time.Minute},
		"the skipped hour does not count":         {"America/New_York", []string{"00:00-24:00"}, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 23 * time.Hour},
		"a skipped start is the change":           {"America/New_York", []string{"02:30-04:00"}, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", time.Hour},
		"a skipped end is the change":             {"America/New_York", []string{"01:00-02:30"}, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", time.Hour},
		"what is skipped as a whole is nothing":   {"America/New_York", []string{"02:10-02:50"}, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 0},
		"half an hour comes twice":                {"Australia/Lord_Howe", []string{"00:00-06:00"}, "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 390 * time.Minute},
		"24:00 of the day before comes twice":     {"America/Havana", []string{"23:00-24:00"}, "2026-11-01T03:00:00Z", "2026-11-02T04:00:00Z", 2 * time.Hour},
		"midnight comes twice, yet counts once":   {"America/Havana", []string{"00:00-24:00"}, "2026-10-31T04:00:00Z", "2026-11-02T05:00:00Z", 49 * time.Hour},
		"it stays open into the date that begins": {"America/Havana", []string{"23:00-24:00"}, "2026-11-01T04:30:00Z", "2026-11-02T04:00:00Z", 30 * time.Minute},
		"so it did before 1970":                   {"America/Bahia", []string{"23:00-24:00"}, "1950-04-16T02:30:00Z", "1950-04-17T01:00:00Z", 30 * time.Minute},
		"midnight that comes twice opens once":    {"America/Havana", []string{"00:00-06:00"}, "2026-10-01T04:00:00Z", "2026-12-01T05:00:00Z", 367 * time.Hour},
		"and so it does east of Greenwich":        {"Asia/Amman", []string{"00:00-06:00"}, "2021-09-30T21:00:00Z", "2021-11-30T22:00:00Z", 367 * time.Hour},
		"a day that is skipped":                   {"Pacific/Apia", []string{"09:00-17:00"}, "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z", 16 * time.Hour},
		"a last day of a leap year, past a table": {"America/New_York", []string{"09:00-17:00"}, "2048-12-30T00:00:00Z", "2049-01-03T00:00:00Z", 32 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := calendar(t, sla.Hours{Zone: row.zone, Week: sla.Daily(row.windows...)})
			require.Equal(t, row.open, c.Between(instant(t, row.from), instant(t, row.to)))
		})
	}
}

func TestTargetThatIsNotPositiveIsInvalid(t *testing.T) {
	t.Parallel()
	for _, c := range []*sla.Calendar{calendar(t, newYork), sla.AlwaysOn()} {
		for _, target := range []time.Duration{0, -time.Hour} {
			_, err := c.Deadline(instant(t, "2026-03-02T15:00:00Z"), target)
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			require.Equal(t, "target", helpdesk.Fields(err)[0].Field)
		}
	}
}

func TestCalendarWithoutOpenTimeFor400DaysIsClosed(t *testing.T) {
	t.Parallel()
	c := calendar(t, sla.Hours{Name: "Fair", Zone: "Europe/Berlin", Special: []sla.SpecialDay{
		{Date: "2026-06-01", Windows: []string{"06:00-07:00"}}, {Date: "2027-07-01", Windows: []string{"00:00-02:00"}},
		{Date: "2030-06-01", Windows: []string{"00:00-01:00"}},
	}})
	opening := instant(t, "2026-06-01T06:00:00+02:00")
	due, err := c.Deadline(opening.AddDate(0, 0, -400).Add(time.Second), time.Hour)
	require.NoError(t, err)
	require.Equal(t, opening.Add(time.Hour), due)
	due, err = c.Deadline(opening, 3*time.Hour)
	require.NoError(t, err)
	require.Equal(t, instant(t, "2027-07-01T02:00:00+02:00"), due)

	for start, target := range map[time.Time]time.Duration{
		opening.AddDate(0, 0, -400): time.Hour, // opens after 400 days, not within
		opening.AddDate(-20, 0, 0):  time.Hour,
		// One nanosecond is missing, and the next open time is years away.
		opening.Add(1):            3 * time.Hour,
		opening.AddDate(10, 0, 0): time.Hour,
	} {
		_, err = c.Deadline(start, target)
		require.ErrorIs(t, err, sla.ErrCalendarClosed)
		require.ErrorContains(t, err, "Fair (Europe/Berlin)")
	}
	require.Equal(t, 4*time.Hour, c.Between(opening.AddDate(-20, 0, 0), opening.AddDate(20, 0, 0)))
}

func TestHolidaysWithoutEndCloseACalendar(t *testing.T) {
	t.Parallel()
	h := sla.Hours{Week: sla.Week{time.Monday: {"09:00-10:00"}}}
	holidays := func(weeks int) sla.Hours {
		h.Holidays = nil
		for monday := instant(t, "2026-03-09T00:00:00Z"); len(h.Holidays) < weeks; monday = monday.AddDate(0, 0, 7) {
			h.Holidays = append(h.Holidays, sla.Holiday{Date: monday.Format(time.DateOnly)})
		}
		return h
	}
	start := instant(t, "2026-01-02T09:00:00Z") // whole weeks are skipped before it closes
	due, err := calendar(t, holidays(56)).Deadline(start, 10*time.Hour)
	require.NoError(t, err)
	require.Equal(t, instant(t, "2027-04-05T10:00:00Z"), due)
	// The weeks that follow are alike, but too far away.
	_, err = calendar(t, holidays(57)).Deadline(start, 30*time.Hour)
	require.ErrorIs(t, err, sla.ErrCalendarClosed)
	// This is 402 days later.
	h.Special = []sla.SpecialDay{{Date: "2027-04-07", Windows: []string{"09:00-10:00"}}}
	_, err = calendar(t, holidays(57)).Deadline(start, 10*time.Hour)
	require.ErrorIs(t, err, sla.ErrCalendarClosed)
}

func TestDeadlineEndsWithTheYear9999(t *testing.T) {
	t.Parallel()
	last := instant(t, "9999-12-31T23:00:00Z")
	for _, c := range []*sla.Calendar{sla.AlwaysOn(), calendar(t, sla.Hours{Week: sla.Daily("00:00-24:00")})} {
		due, err := c.Deadline(last, time.Hour-1)
		require.NoError(t, err)
		require.Equal(t, last.Add(time.Hour-1), due)
		_, err = c.Deadline(last, time.Hour)
		require.ErrorIs(t, err, sla.ErrCalendarClosed)
		require.Equal(t, time.Hour, c.Between(last, last.AddDate(1, 0, 0)))
	}
}

func TestMonotonicClockDoesNotCount(t *testing.T) {
	t.Parallel()
	now := time.Now() // has a monotonic reading
	due, err := sla.AlwaysOn().Deadline(now, time.Hour)
	require.NoError(t, err)
	require.Equal(t, now.Round(0).UTC().Add(time.Hour), due)
}

func TestCalendarServesManyAtOnce(t *testing.T) {
	t.Parallel()
	c, start := calendar(t, newYork), instant(t, "2026-03-02T15:00:00Z")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			due, err := c.Deadline(start, 1000*time.Hour)
			if err == nil && c.Between(start, due) == 1000*time.Hour {
				spans(c, start, due)
				return
			}
			t.Error(due, err)
		})
	}
	wg.Wait()
}

func TestDeadlineAllocatesNothing(t *testing.T) {
	c, start := calendar(t, newYork), instant(t, "2026-03-02T15:00:00Z")
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = c.Deadline(start, 1600*time.Hour) }))
}
