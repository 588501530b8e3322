package ics_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/sla/ics"
)

func ExampleHolidays() {
	file := strings.NewReader(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example Inc//Closing days//EN
BEGIN:VEVENT
UID:1@example.com
DTSTART;VALUE=DATE:20261224
DTEND;VALUE=DATE:20261227
SUMMARY:Christmas\, we are away
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
DTSTART;VALUE=DATE:20200501
RRULE:FREQ=YEARLY
SUMMARY:May Day
END:VEVENT
BEGIN:VEVENT
UID:3@example.com
DTSTART;TZID=Europe/Berlin:20260901T140000
DTEND;TZID=Europe/Berlin:20260901T150000
SUMMARY:Fire drill
END:VEVENT
END:VCALENDAR
`)
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	list, leftOut, err := ics.Holidays(file, from, from.AddDate(1, 0, 0))
	if err != nil {
		panic(err)
	}
	for _, h := range list {
		fmt.Println(h.Date, h.Name)
	}
	fmt.Println(leftOut, "event covers no whole day")
	calendar, err := sla.NewCalendar(sla.Hours{Zone: "Europe/Berlin", Week: sla.Weekdays("09:00-17:00"), Holidays: list})
	fmt.Println(calendar, err)
	// Output:
	// 2026-05-01 May Day
	// 2026-12-24 Christmas, we are away
	// 2026-12-25 Christmas, we are away
	// 2026-12-26 Christmas, we are away
	// 1 event covers no whole day
	// Europe/Berlin <nil>
}

// file makes a calendar of events, each given as lines.
func file(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\r\n" + strings.ReplaceAll(strings.TrimSpace(e), "\n", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.String()
}

var (
	from = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	to   = time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC)
)

func TestDaysOfAnEvent(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		event   string
		dates   string
		leftOut int
	}{
		"a date":                                       {"DTSTART;VALUE=DATE:20261224", "2026-12-24", 0},
		"a date that does not say it is one":           {"DTSTART:20261224", "2026-12-24", 0},
		"the end is not included":                      {"DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226", "2026-12-24 2026-12-25", 0},
		"an end on the day it begins":                  {"DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224", "2026-12-24", 0},
		"over the turn of the year":                    {"DTSTART;VALUE=DATE:20281230\nDTEND;VALUE=DATE:20290103", "2028-12-30 2028-12-31", 0},
		"it began before":                              {"DTSTART;VALUE=DATE:20251224\nDTEND;VALUE=DATE:20260103", "2026-01-01 2026-01-02", 0},
		"a duration of days":                           {"DTSTART;VALUE=DATE:20261224\nDURATION:P2D", "2026-12-24 2026-12-25", 0},
		"a duration of weeks":                          {"DTSTART;VALUE=DATE:20260601\nDURATION:P1W", "2026-06-01 2026-06-02 2026-06-03 2026-06-04 2026-06-05 2026-06-06 2026-06-07", 0},
		"a duration of hours":                          {"DTSTART:20261224T000000\nDURATION:PT24H", "2026-12-24", 0},
		"midnight to midnight":                         {"DTSTART;TZID=Europe/Berlin:20261224T000000\nDTEND;TZID=Europe/Berlin:20261226T000000", "2026-12-24 2026-12-25", 0},
		"midnight to midnight in UTC":                  {"DTSTART:20261224T000000Z\nDTEND:20261225T000000Z", "2026-12-24", 0},
		"up to a minute before midnight":               {"DTSTART:20261224T000000\nDTEND:20261224T235900", "2026-12-24", 0},
		"up to a second before midnight":               {"DTSTART:20261224T000000\nDTEND:20261225T235959", "2026-12-24 2026-12-25", 0},
		"hours":                                        {"DTSTART:20261224T090000\nDTEND:20261224T170000", "", 1},
		"24 hours that are no day":                     {"DTSTART:20261224T090000\nDTEND:20261225T090000", "", 1},
		"from midnight, but not to midnight":           {"DTSTART:20261224T000000\nDTEND:20261224T170000", "", 1},
		"from midnight, and into a day":                {"DTSTART:20261224T000000\nDTEND:20261225T170000", "", 1},
		"to midnight, but not from midnight":           {"DTSTART:20261224T170000\nDTEND:20261225T000000", "", 1},
		"a flight to the east":                         {"DTSTART;TZID=Asia/Tokyo:20261224T100000\nDTEND;TZID=America/Los_Angeles:20261224T040000", "", 1},
		"a duration of more than a day":                {"DTSTART;VALUE=DATE:20261224\nDURATION:PT30H", "", 1},
		"a day from nine to nine":                      {"DTSTART:20261224T090000\nDURATION:P1D", "", 1},
		"a duration with a sign":                       {"DTSTART:20261224\nDURATION:+P1D", "2026-12-24", 0},
		"a start that is none of the days of the rule": {"DTSTART:20260102\nRRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1;COUNT=1", "2026-05-01", 0},
		"since 1583":                                   {"DTSTART:15830101\nRRULE:FREQ=YEARLY;UNTIL=20270101", "2026-01-01 2027-01-01", 0},
		"a moment":                                     {"DTSTART:20261224T000000", "", 1},
		"a time without length":                        {"DTSTART:20261224T000000\nDTEND:20261224T000000", "", 1},
		"midnights of two zones":                       {"DTSTART;TZID=Europe/Berlin:20261224T000000\nDTEND;TZID=Asia/Tokyo:20261225T000000", "", 1},
		"a duration of some hours":                     {"DTSTART;VALUE=DATE:20261224\nDURATION:PT8H30M", "", 1},
		"cancelled":                                    {"DTSTART;VALUE=DATE:20261224\nSTATUS:CANCELLED", "", 0},
		"confirmed":                                    {"DTSTART;VALUE=DATE:20261224\nSTATUS:CONFIRMED", "2026-12-24", 0},
		"every year":                                   {"DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY", "2026-05-01 2027-05-01 2028-05-01", 0},
		"every leap day":                               {"DTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY", "2028-02-29", 0},
		"some weekday of a month":                      {"DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26 2027-11-25 2028-11-23", 0},
		"the last weekday of a month":                  {"DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2026-05-25 2027-05-31 2028-05-29", 0},
		"the weekday after a day":                      {"DTSTART;VALUE=DATE:20201103\nRRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "2028-11-07", 0},
		"the last day of a month":                      {"DTSTART;VALUE=DATE:20260630\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2026-06-30 2026-07-31 2026-08-31", 0},
		"twice":                                        {"DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;COUNT=2", "2026-05-01 2027-05-01", 0},
		"twice, the first before":                      {"DTSTART;VALUE=DATE:20250501\nRRULE:FREQ=YEARLY;COUNT=2", "2026-05-01", 0},
		"up to and including":                          {"DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;UNTIL=20270501", "2026-05-01 2027-05-01", 0},
		"up to a time of UTC":                          {"DTSTART;TZID=Europe/Berlin:20260501T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY;UNTIL=20270430T220000Z", "2026-05-01 2027-05-01", 0},
		"every other week":                             {"DTSTART;VALUE=DATE:20281204\nRRULE:FREQ=WEEKLY;INTERVAL=2", "2028-12-04 2028-12-18", 0},
		"days of each time":                            {"DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nRRULE:FREQ=YEARLY;COUNT=2", "2026-12-24 2026-12-25 2026-12-26 2027-12-24 2027-12-25 2027-12-26", 0},
		"over the turn of each year":                   {"DTSTART;VALUE=DATE:20241231\nDURATION:P2D\nRRULE:FREQ=YEARLY", "2026-01-01 2026-12-31 2027-01-01 2027-12-31 2028-01-01 2028-12-31", 0},
		"lower case":                                   {"DTSTART;VALUE=DATE:20260501\nRRULE:freq=yearly;count=1", "2026-05-01", 0},
		"some dates more":                              {"DTSTART;VALUE=DATE:20260501\nRDATE;VALUE=DATE:20260601,20260701\nRDATE;VALUE=DATE:20260801", "2026-05-01 2026-06-01 2026-07-01 2026-08-01", 0},
		"a rule and some dates more":                   {"DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY\nRDATE;VALUE=DATE:20260601,20270501", "2026-05-01 2026-06-01 2027-05-01 2028-05-01", 0},
		"since long ago":                               {"DTSTART;VALUE=DATE:15830501\nRRULE:FREQ=YEARLY;UNTIL=20270101", "2026-05-01", 0},
		"but not on":                                   {"DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270501", "2026-05-01 2028-05-01", 0},
		"but not at a time of the zone":                {"DTSTART;TZID=Asia/Tokyo:20260501T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY\nEXDATE;TZID=Asia/Tokyo:20270501T000000", "2026-05-01 2028-05-01", 0},
		"but not at a time of UTC":                     {"DTSTART;TZID=Asia/Tokyo:20260501T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY\nEXDATE:20270430T150000Z", "2026-05-01 2028-05-01", 0},
		"a zone that is known to the file":             {"DTSTART;TZID=Customized Time Zone:20260501T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY;UNTIL=20270501T000000Z", "2026-05-01 2027-05-01", 0},
		"an alarm has a duration of its own":           {"DTSTART;VALUE=DATE:20261224\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-P1D\nDURATION:PT5M\nREPEAT:2\nDESCRIPTION:x\nEND:VALARM", "2026-12-24", 0},
		"before the time asked for":                    {"DTSTART;VALUE=DATE:20251231", "", 0},
		"on its last day":                              {"DTSTART;VALUE=DATE:20281231", "2028-12-31", 0},
		"after it":                                     {"DTSTART;VALUE=DATE:20290101", "", 0},
		"a rule that ended before":                     {"DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;UNTIL=20210501", "", 0},
		"a rule that begins after":                     {"DTSTART;VALUE=DATE:20300501\nRRULE:FREQ=YEARLY", "", 0},
		"a name and a date in folded lines":            {"DTSTART;VALUE=DA\n TE:2026\n\t1224", "2026-12-24", 0},
		"properties nobody has heard of":               {"DTSTART;VALUE=DATE:20261224\nX-APPLE-TRAVEL:yes\nX-A;X-B=\"c;d:e\":f", "2026-12-24", 0},
		"a daily rule within the time":                 {"DTSTART;VALUE=DATE:20281229\nRRULE:FREQ=DAILY", "2028-12-29 2028-12-30 2028-12-31", 0},
		"a day off in a rule of several parts":         {"DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=2", "2026-01-05 2026-02-02", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list, leftOut, err := ics.Holidays(strings.NewReader(file("UID:1\nSUMMARY:x\n"+row.event)), from, to)
			require.NoError(t, err)
			var dates []string
			for _, h := range list {
				require.Equal(t, "x", h.Name)
				dates = append(dates, h.Date)
			}
			require.Equal(t, row.dates, strings.Join(dates, " "))
			require.Equal(t, row.leftOut, leftOut)
		})
	}
}

func TestNamesAreReadable(t *testing.T) {
	t.Parallel()
	for text, name := range map[string]string{
		"SUMMARY:Saints Peter\\, Paul\\; and\\nothers \\\\ all": `Saints Peter, Paul; and others \ all`,
		"SUMMARY;LANGUAGE=de:Tag der Deutschen\n  Einheit":      "Tag der Deutschen Einheit",
		"SUMMARY:Tag der Deutschen Ein\n heit":                  "Tag der Deutschen Einheit",
		"SUMMARY:Fronleichnam \xff":                             "Fronleichnam \uFFFD",
		"SUMMARY:Gr\xc3\n \xbcndonnerstag":                      "Gründonnerstag",
		"SUMMARY:" + strings.Repeat("ä", 101):                   strings.Repeat("ä", 99) + "…",
		"SUMMARY:" + strings.Repeat("ä", 100):                   strings.Repeat("ä", 100),
		"DESCRIPTION:none":                                      "",
	} {
		list, _, err := ics.Holidays(strings.NewReader(file("DTSTART:20261224\n"+text)), from, to)
		require.NoError(t, err)
		require.Equal(t, []sla.Holiday{{Date: "2026-12-24", Name: name}}, list)
		_, err = sla.NewCalendar(sla.Hours{Week: sla.Daily("09:00-17:00"), Holidays: list})
		require.NoError(t, err)
	}
}

func TestADayHasEachNameOnce(t *testing.T) {
	t.Parallel()
	list, _, err := ics.Holidays(strings.NewReader(file(
		"DTSTART:20261226\nSUMMARY:b", "DTSTART:20261225\nSUMMARY:c", "DTSTART:20261226\nSUMMARY:a", "DTSTART:20261226\nSUMMARY:b",
	)), from, to)
	require.NoError(t, err)
	require.Equal(t, []sla.Holiday{{Date: "2026-12-25", Name: "c"}, {Date: "2026-12-26", Name: "a"}, {Date: "2026-12-26", Name: "b"}}, list)
}

func TestOneTimeOfARepeatedEventCanBeMovedOrCancelled(t *testing.T) {
	t.Parallel()
	yearly := "UID:1\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nSUMMARY:May Day"
	moved := "UID:1\nRECURRENCE-ID;VALUE=DATE:20260501\nDTSTART;VALUE=DATE:20260504\nSUMMARY:May Day, moved"
	cancelled := "UID:1\nRECURRENCE-ID;VALUE=DATE:20270501\nDTSTART;VALUE=DATE:20270501\nSTATUS:CANCELLED"
	other := "UID:2\nRECURRENCE-ID;VALUE=DATE:20280501\nDTSTART;VALUE=DATE:20280502\nSUMMARY:of another"
	list, leftOut, err := ics.Holidays(strings.NewReader(file(moved, yearly, cancelled, other)), from, to)
	require.NoError(t, err)
	require.Zero(t, leftOut)
	require.Equal(t, []sla.Holiday{
		{Date: "2026-05-04", Name: "May Day, moved"}, {Date: "2028-05-01", Name: "May Day"}, {Date: "2028-05-02", Name: "of another"},
	}, list)

	renamed := "UID:1\nRECURRENCE-ID;VALUE=DATE:20260501\nDTSTART;VALUE=DATE:20260501\nSUMMARY:Labour Day"
	list, _, err = ics.Holidays(strings.NewReader(file(yearly, renamed)), from, to)
	require.NoError(t, err)
	require.Equal(t, []sla.Holiday{
		{Date: "2026-05-01", Name: "Labour Day"}, {Date: "2027-05-01", Name: "May Day"}, {Date: "2028-05-01", Name: "May Day"},
	}, list)

	inUTC := "UID:1\nRECURRENCE-ID:20260430T220000Z\nDTSTART;TZID=Europe/Berlin:20260504T000000\nDURATION:P1D"
	yearly = "UID:1\nDTSTART;TZID=Europe/Berlin:20260501T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY;COUNT=1"
	list, _, err = ics.Holidays(strings.NewReader(file(yearly, inUTC)), from, to)
	require.NoError(t, err)
	require.Equal(t, []sla.Holiday{{Date: "2026-05-04"}}, list)
}

func TestOnlyTheDatesOfFromAndToCount(t *testing.T) {
	t.Parallel()
	text := file("DTSTART:20261223\nDURATION:P5D")
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	require.NoError(t, err)
	list, _, err := ics.Holidays(strings.NewReader(text), time.Date(2026, 12, 24, 23, 59, 0, 0, tokyo), time.Date(2026, 12, 26, 0, 1, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Equal(t, []sla.Holiday{{Date: "2026-12-24"}, {Date: "2026-12-25"}}, list)

	list, _, err = ics.Holidays(strings.NewReader(file("DTSTART:99991231\nDURATION:P5D", "DTSTART:00000101\nDURATION:P367D")),
		time.Date(-9000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Equal(t, []sla.Holiday{{Date: "0001-01-01"}, {Date: "9999-12-31"}}, list)
}

func TestFaultsNameTheEvent(t *testing.T) {
	t.Parallel()
	christmas := "SUMMARY:Christmas\n"
	for _, row := range []struct{ text, fault string }{
		{file(christmas), `event "Christmas" has no DTSTART`},
		{file("DTSTART:20261224", "UID:1"), `event 2 has no DTSTART`},
		{file(christmas + "DTSTART:20261324"), `event "Christmas" has a bad DTSTART: "20261324" is no date or time`},
		{file(christmas + "DTSTART:24.12.2026"), `event "Christmas" has a bad DTSTART: "24.12.2026" is no date or time`},
		{file(christmas + "DTSTART:20261224T250000"), `event "Christmas" has a bad DTSTART: "20261224T250000" is no date or time`},
		{file(christmas + "DTSTART:20261224\nDTEND:tomorrow"), `event "Christmas" has a bad DTEND: "tomorrow" is no date or time`},
		{file(christmas + "DTSTART:20261224\nDTEND:20261223"), `event "Christmas" ends before it begins`},
		{file(christmas + "DTSTART:20261224T090000\nDTEND:20261224T080000"), `event "Christmas" ends before it begins`},
		{file(christmas + "DTSTART:20261224\nDTEND:20261225T000000"), `event "Christmas" has a date and a time as DTSTART and DTEND`},
		{file(christmas + "DTSTART:20261224\nDURATION:1 day"), `event "Christmas" has a DURATION "1 day"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nDURATION:-P1D"), `event "Christmas" has a DURATION "-P1D"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nDURATION:P0D"), `event "Christmas" has a DURATION "P0D"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nDURATION:P9999999D"), `event "Christmas" has a DURATION "P9999999D"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nDURATION:P1D5"), `event "Christmas" has a DURATION "P1D5"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nDURATION:P1TD"), `event "Christmas" has a DURATION "P1TD"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nDURATION:P1DH"), `event "Christmas" has a DURATION "P1DH"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nRRULE:FREQ=HOURLY"), `event "Christmas" has a rule "FREQ=HOURLY": repeats within a day`},
		{file(christmas + "DTSTART:20261224\nDURATION:P1"), `event "Christmas" has a DURATION "P1"; one such as P1D is expected`},
		{file(christmas + "DTSTART:20261224\nRRULE:FREQ=SOMETIMES"), `event "Christmas" has a rule "FREQ=SOMETIMES": undefined frequency: SOMETIMES`},
		{file(christmas + "DTSTART:20261224\nRRULE:FREQ=SECONDLY"), `event "Christmas" has a rule "FREQ=SECONDLY": repeats within a day`},
		{file(christmas + "DTSTART:20261224\nRRULE:FREQ=DAILY;BYHOUR=1,2"), `event "Christmas" has a rule "FREQ=DAILY;BYHOUR=1,2": repeats within a day`},
		{file(christmas + "DTSTART:20261224\nRRULE:FREQ=YEARLY;BYMONTH=13"), `event "Christmas" has an invalid rule: bymonth must be between 1 and 12`},
		{file(christmas + "DTSTART:20261224\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), `event "Christmas" has a rule that matches no day`},
		{file(christmas + "DTSTART:00010101\nRRULE:FREQ=YEARLY"), `event "Christmas" has a rule "FREQ=YEARLY": begins before the year 1583`},
		{file(christmas + "DTSTART:15821231\nRRULE:FREQ=YEARLY"), `event "Christmas" has a rule "FREQ=YEARLY": begins before the year 1583`},
		{file(christmas + "DTSTART:18000101\nRRULE:FREQ=DAILY"), `event "Christmas" repeats more than 50000 times`},
		{file(christmas + "DTSTART:20261224\nRRULE:FREQ=YEARLY;BYMONTHDAY=" + strings.Repeat("1,", 250) + "1"), `is longer than 500 bytes`},
		{file(christmas + "DTSTART:20261224\nEXRULE:FREQ=YEARLY"), `event "Christmas" has an EXRULE, which is not supported`},
		{file(christmas + "DTSTART:20261224\nRDATE;VALUE=PERIOD:20261224T000000Z/P1D"), `event "Christmas" has a bad RDATE: "20261224T000000Z/P1D" is no date or time`},
		{file(christmas + "DTSTART:20261224\nEXDATE:x"), `event "Christmas" has a bad EXDATE: "x" is no date or time`},
		{file(strings.Repeat(christmas+"DTSTART:20261224\nRRULE:FREQ=YEARLY\nEND:VEVENT\nBEGIN:VEVENT\n", 201) + "DTSTART:20261224"), "file has more than 200 events that repeat"},
		{file(strings.Repeat("DTSTART:20261224\nRDATE:20261226\nEND:VEVENT\nBEGIN:VEVENT\n", 201) + "DTSTART:20261224"), "file has more than 200 events that repeat"},
		{file("DTSTART:20260101\nDTEND:20281231", "DTSTART:20260101\nDURATION:P156W", "DTSTART:20260101\nDURATION:P156W", "DTSTART:20260101\nDURATION:P156W", "DTSTART:20260101\nDURATION:P156W"), "file has more than 5000 days in that time"},
		{file("DTSTART:20261224\nDESCRIPTION:" + strings.Repeat("x", 1<<14)), "file has a line of more than 16384 bytes"},
		{file("DTSTART:20261224\nDESCRIPTION:" + strings.Repeat("x\n ", 1<<13)), "file has a line of more than 16384 bytes"},
		{file(strings.Repeat("X:1234567890\n", 1<<17) + "DTSTART:20261224"), "file is larger than 1048576 bytes"},
		{"", "file does not end with END:VCALENDAR"},
		{"<html>END:VCALENDAR", "file is not an iCalendar file"},
		{strings.TrimSuffix(file("DTSTART:20261224"), "END:VCALENDAR\r\n"), "file does not end with END:VCALENDAR"},
		{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224\nEND:VCALENDAR\n", "file is not an iCalendar file"},
	} {
		list, leftOut, err := ics.Holidays(strings.NewReader(row.text), from, to)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, row.fault)
		require.ErrorContains(t, err, row.fault)
		require.Nil(t, list)
		require.Zero(t, leftOut)
	}
	_, _, err := ics.Holidays(strings.NewReader(file()), from, from)
	require.EqualError(t, err, "ics: to is not a date after from")
}

func TestReaderThatFailsIsNotTheFilesFault(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection lost")
	_, _, err := ics.Holidays(io.MultiReader(strings.NewReader("BEGIN:VCALENDAR\n"), iotest.ErrReader(broken)), from, to)
	require.ErrorIs(t, err, broken)
	require.NotErrorIs(t, err, helpdesk.ErrInvalid)
}

// endless is a file that never ends.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return copy(p, strings.Repeat("BEGIN:VEVENT\n", len(p)/13+1)), nil
}

func TestFileWithoutEndIsNotReadOn(t *testing.T) {
	t.Parallel()
	var r endless
	_, _, err := ics.Holidays(&r, from, to)
	require.ErrorContains(t, err, "is larger than")
	require.Less(t, r.read, 4<<20)
}

func FuzzHolidays(f *testing.F) {
	for _, text := range []string{
		file("DTSTART;VALUE=DATE:20261224\nSUMMARY:a\\,b\nDTEND;VALUE=DATE:20261227"),
		file("UID:1\nDTSTART;TZID=Europe/Berlin:20260501T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY;UNTIL=20270430T220000Z\nEXDATE:20260430T220000Z",
			"UID:1\nRECURRENCE-ID:20260430T220000Z\nDTSTART;TZID=\"Europe/Berlin\":20260504T000000\nDURATION:P1W"),
		file("DTSTART:20260101\nRRULE:FREQ=MONTHLY;BYDAY=-1MO,+2TU;BYSETPOS=1;WKST=SU;INTERVAL=3\nRDATE:20260202,20260203T000000Z"),
		file("DTSTART:20260101\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=-1;BYMONTH=12;BYMONTHDAY=31;COUNT=9"),
		"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, leftOut, err := ics.Holidays(strings.NewReader(text), from, to)
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			return
		}
		require.GreaterOrEqual(t, leftOut, 0)
		_, err = sla.NewCalendar(sla.Hours{Week: sla.Daily("09:00-17:00"), Holidays: list})
		require.NoError(t, err)
		for _, h := range list {
			require.True(t, h.Date >= "2026-01-01" && h.Date < "2029-01-01")
		}
	})
}
