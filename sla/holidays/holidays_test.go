package holidays_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/ecb"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/sla/holidays"
)

func ExampleCountry() {
	list, err := holidays.Country("DE-BY", 2026, 2026)
	if err != nil {
		panic(err)
	}
	for _, h := range list[:3] {
		fmt.Println(h.Date, h.Name)
	}
	calendar, err := sla.NewCalendar(sla.Hours{
		Name: "Munich", Zone: "Europe/Berlin", Week: sla.Weekdays("09:00-17:00"), Holidays: list,
	})
	fmt.Println(calendar, err)
	// Output:
	// 2026-01-01 Neujahrstag
	// 2026-01-06 Heilige Drei Könige
	// 2026-04-03 Karfreitag
	// Munich (Europe/Berlin) <nil>
}

func ExampleOf() {
	// The days on which European banks make no payments to each other.
	for _, h := range holidays.Of(ecb.Holidays, 2026, 2026) {
		fmt.Println(h.Date, h.Name)
	}
	// Output:
	// 2026-01-01 New Year's Day
	// 2026-04-03 Good Friday
	// 2026-04-06 Easter Monday
	// 2026-05-01 Labour Day
	// 2026-12-25 Christmas Day
	// 2026-12-26 Christmas Holiday
}

func TestCountryHasObservedDates(t *testing.T) {
	t.Parallel()
	list, err := holidays.Country("us", 2021, 2021)
	require.NoError(t, err)
	require.Equal(t, []sla.Holiday{
		{Date: "2021-01-01", Name: "New Year's Day"},
		{Date: "2021-01-18", Name: "Martin Luther King Jr. Day"},
		{Date: "2021-02-15", Name: "Presidents' Day"},
		{Date: "2021-05-31", Name: "Memorial Day"},
		{Date: "2021-06-18", Name: "Juneteenth"},
		{Date: "2021-07-05", Name: "Independence Day"},
		{Date: "2021-09-06", Name: "Labor Day"},
		{Date: "2021-10-11", Name: "Columbus Day"},
		{Date: "2021-11-11", Name: "Veterans Day"},
		{Date: "2021-11-25", Name: "Thanksgiving Day"},
		{Date: "2021-12-24", Name: "Christmas Day"},
		{Date: "2021-12-31", Name: "New Year's Day"}, // of 2022, observed early
	}, list)
	list, err = holidays.Country("US", 2022, 2022)
	require.NoError(t, err)
	require.Equal(t, "2022-01-17", list[0].Date)
}

func TestEveryCountryMakesACalendar(t *testing.T) {
	t.Parallel()
	codes := holidays.Countries()
	require.IsIncreasing(t, codes)
	require.Greater(t, len(codes), 70)
	for _, code := range codes {
		list, err := holidays.Country(code, 1990, 2060)
		require.NoError(t, err, code)
		require.Greater(t, len(list), 5*71, code)
		require.IsNonDecreasing(t, dates(list), code)
		require.Equal(t, "1990", list[0].Date[:4])
		require.Equal(t, "2060", list[len(list)-1].Date[:4])
		_, err = sla.NewCalendar(sla.Hours{Week: sla.Daily("09:00-17:00"), Holidays: list})
		require.NoError(t, err, code)
	}
}

func dates(list []sla.Holiday) (dates []string) {
	for _, h := range list {
		dates = append(dates, h.Date)
	}
	return dates
}

func TestUnknownCountryNamesTheRegions(t *testing.T) {
	t.Parallel()
	for code, problem := range map[string]string{
		"XX":    `"XX" is not known`,
		"":      `"" is not known`,
		"DE-XX": `"DE-XX" is not known; there are DE-BB, DE-BE, DE-BW, DE-BY, DE-HB, DE-HE, DE-HH, DE-MV, DE-NI, DE-NW, DE-RP, DE-SH, DE-SL, DE-SN, DE-ST, DE-TH`,
		"au":    `"au" is not known; there are AU-ACT, AU-NSW, AU-NT, AU-QLD, AU-SA, AU-TAS, AU-VIC, AU-WA`,
	} {
		_, err := holidays.Country(code, 2026, 2026)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.Equal(t, []*helpdesk.FieldError{{Field: "country", Problem: problem}}, helpdesk.Fields(err))
	}
}

func TestYearsMustBeInOrder(t *testing.T) {
	t.Parallel()
	_, err := holidays.Country("US", 2027, 2026)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	require.Nil(t, holidays.Of(us.Holidays, 2027, 2026))
	require.Nil(t, holidays.Of(us.Holidays, 10000, 20000))
	list := holidays.Of(us.Holidays, -20000, 1980)
	require.NotEmpty(t, list)
	require.Equal(t, "1980-12-25", list[len(list)-1].Date)
	require.Equal(t, "0001", list[0].Date[:4])
	require.Nil(t, holidays.Of([]*cal.Holiday{us.Juneteenth}, 0, 2020), "it began in 2021")
}

func TestHolidayMayBeObservedInTheNextYear(t *testing.T) {
	t.Parallel()
	eve := &cal.Holiday{
		Name: "Eve", Month: time.December, Day: 31, Func: cal.CalcDayOfMonth,
		Observed: []cal.AltDay{{Day: time.Saturday, Offset: 2}},
	}
	require.Equal(t, []sla.Holiday{{Date: "2023-01-02", Name: "Eve"}, {Date: "2023-12-31", Name: "Eve"}}, holidays.Of([]*cal.Holiday{eve}, 2023, 2023))
}

func TestLongNamesAreClipped(t *testing.T) {
	t.Parallel()
	list, err := holidays.Country("BG", 2027, 2027)
	require.NoError(t, err)
	i := slices.IndexFunc(list, func(h sla.Holiday) bool { return h.Date == "2027-05-24" })
	require.Equal(t, "Ден на светите братя Кирил и Методий, на българската азбука, просвета и култура и на славянската кн…", list[i].Name)
}

func TestHolidaysAreListedOnce(t *testing.T) {
	t.Parallel()
	list := holidays.Of([]*cal.Holiday{us.ChristmasDay, aa.ChristmasDay2, us.ChristmasDay, us.NewYear}, 2026, 2027)
	require.Equal(t, []sla.Holiday{
		{Date: "2026-01-01", Name: "New Year's Day"}, {Date: "2026-12-25", Name: "Christmas Day"}, {Date: "2026-12-26", Name: aa.ChristmasDay2.Name},
		{Date: "2027-01-01", Name: "New Year's Day"}, {Date: "2027-12-24", Name: "Christmas Day"}, {Date: "2027-12-26", Name: aa.ChristmasDay2.Name},
		{Date: "2027-12-31", Name: "New Year's Day"},
	}, list)
}

// TestSkippedMidnightOfTheMachineDoesNotMoveAHoliday is not parallel: the library keeps its zone in
// a variable.
func TestSkippedMidnightOfTheMachineDoesNotMoveAHoliday(t *testing.T) {
	before := cal.DefaultLoc
	t.Cleanup(func() { cal.DefaultLoc = before })
	for zone, day := range map[string]time.Time{
		"America/Santiago":  time.Date(2026, 9, 6, 0, 0, 0, 0, time.UTC),
		"Asia/Beirut":       time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC),
		"America/Sao_Paulo": time.Date(2018, 11, 4, 0, 0, 0, 0, time.UTC),
	} {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		cal.DefaultLoc = loc
		h := &cal.Holiday{Name: "x", Month: day.Month(), Day: day.Day(), Func: cal.CalcDayOfMonth}
		require.Equal(t, []sla.Holiday{{Date: day.Format(time.DateOnly), Name: "x"}}, holidays.Of([]*cal.Holiday{h}, day.Year(), day.Year()), zone)
	}
}
