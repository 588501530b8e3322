package main

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk/sla"
)

// office is a calendar with a lunch break, a zone with summer time, and a holiday a month.
var office = sla.Hours{
	Name: "office", Zone: "America/New_York", Week: sla.Weekdays("09:00-12:30", "13:00-17:30"),
	Holidays: []sla.Holiday{
		{Date: "2026-01-19"}, {Date: "2026-02-16"}, {Date: "2026-04-03"}, {Date: "2026-05-25"}, {Date: "2026-06-19"}, {Date: "2026-07-03"},
		{Date: "2026-08-03"}, {Date: "2026-09-07"}, {Date: "2026-10-12"}, {Date: "2026-11-26"}, {Date: "2026-12-25"}, {Date: "2027-01-01"},
	},
}

// deadlines is how long a calendar takes to find a due time.
func deadlines(ctx context.Context, b *bench) error {
	calendar, err := sla.NewCalendar(office)
	if err != nil {
		return err
	}
	start := time.Date(2026, 1, 5, 15, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		what string
		open time.Duration
		most time.Duration
	}{
		{"Deadline on the same day", time.Hour, 5 * time.Microsecond},
		{"Deadline 200 open days away", 200 * 8 * time.Hour, 50 * time.Microsecond},
	} {
		const times = 1000 // a single one is too short for the clock
		v, err := versus(b.rounds(5), latency(ctx, 20, func(context.Context) error {
			for range times {
				if _, err := calendar.Deadline(start, c.open); err != nil {
					return err
				}
			}
			return nil
		}))
		if err != nil {
			return err
		}
		b.table.add(within(c.what, v[0]/times, c.most))
	}
	return nil
}
