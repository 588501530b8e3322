package sla_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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
