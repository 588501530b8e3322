package sla_test

import (
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk/sla"
)

func ExampleNewCalendar() {
	hours := sla.Hours{
		Name:     "Support",
		Zone:     "America/New_York",
		Week:     sla.Weekdays("09:00-12:00", "13:00-17:00"),
		Special:  []sla.SpecialDay{{Date: "2026-12-24", Name: "Christmas Eve", Windows: []string{"09:00-12:00"}}},
		Holidays: []sla.Holiday{{Date: "2026-12-25", Name: "Christmas Day"}},
	}
	hours.Week[time.Saturday] = []string{"10:00-14:00"}

	calendar, err := sla.NewCalendar(hours)
	if err != nil {
		panic(err)
	}
	fmt.Println(calendar)
	monday := time.Date(2026, 12, 21, 0, 0, 0, 0, time.UTC)
	fmt.Println(calendar.Between(monday, monday.AddDate(0, 0, 7)))
	// Output:
	// Support (America/New_York)
	// 28h0m0s
}

func ExampleNewCalendar_faults() {
	_, err := sla.NewCalendar(sla.Hours{
		Zone: "America/Gotham",
		Week: sla.Week{time.Monday: {"09:00-13:00", "12:00-17:00"}, time.Friday: {"22:00-06:00"}},
	})
	fmt.Println(err)
	// Output:
	// sla: calendar: zone "America/Gotham" is not known in the IANA database
	// week.monday has overlapping windows 09:00-13:00 and 12:00-17:00
}

func ExampleCalendar_Deadline() {
	calendar, err := sla.NewCalendar(sla.Hours{Zone: "Europe/Berlin", Week: sla.Weekdays("09:00-17:00")})
	if err != nil {
		panic(err)
	}
	// 16:00 in Berlin, two days before summer time.
	friday := time.Date(2026, 3, 27, 15, 0, 0, 0, time.UTC)
	due, err := calendar.Deadline(friday, 4*time.Hour)
	fmt.Println(due, err)
	fmt.Println(calendar.Between(friday, due))
	// Output:
	// 2026-03-30 10:00:00 +0000 UTC <nil>
	// 4h0m0s
}

func ExampleCalendar_Spans() {
	calendar, err := sla.NewCalendar(sla.Hours{
		Zone:     "America/New_York",
		Week:     sla.Weekdays("09:00-17:00"),
		Holidays: []sla.Holiday{{Date: "2026-11-26", Name: "Thanksgiving Day"}},
	})
	if err != nil {
		panic(err)
	}
	from := time.Date(2026, 11, 25, 21, 0, 0, 0, time.UTC)
	for s := range calendar.Spans(from, from.Add(42*time.Hour)) {
		fmt.Println(s.From.Format("Mon 15:04"), s.To.Format("Mon 15:04"), s.Open, s.Why)
	}
	// Output:
	// Wed 16:00 Wed 17:00 true Wednesday
	// Wed 17:00 Thu 00:00 false closed
	// Thu 00:00 Fri 00:00 false holiday: Thanksgiving Day
	// Fri 00:00 Fri 09:00 false closed
	// Fri 09:00 Fri 10:00 true Friday
}
