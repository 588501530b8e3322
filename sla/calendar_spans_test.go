package sla_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/sla"
)

// spans describes a timetable as lines.
func spans(c *sla.Calendar, from, to time.Time) (lines []string) {
	for s := range c.Spans(from, to) {
		state := "closed"
		if s.Open {
			state = "open"
		}
		lines = append(lines, fmt.Sprintf("%s to %s %s: %s", s.From.Format("Mon 15:04:05"), s.To.Format("Mon 15:04:05"), state, s.Why))
	}
	return lines
}

func TestSpansSayWhy(t *testing.T) {
	t.Parallel()
	h := newYork
	h.Special = append([]sla.SpecialDay{{Date: "2026-12-28", Windows: []string{"23:00-01:00"}}}, h.Special...)
	h.Holidays = append([]sla.Holiday{{Date: "2026-12-25", Name: "Boxing Day"}, {Date: "2026-12-27"}}, h.Holidays...)
	c := calendar(t, h)
	require.Equal(t, []string{
		"Wed 16:30:15 to Wed 17:00:00 open: Wednesday",
		"Wed 17:00:00 to Thu 00:00:00 closed: closed",
		"Thu 00:00:00 to Thu 09:00:00 closed: special day: Christmas Eve",
		"Thu 09:00:00 to Thu 13:00:00 open: special day: Christmas Eve",
		"Thu 13:00:00 to Fri 00:00:00 closed: special day: Christmas Eve",
		"Fri 00:00:00 to Sat 00:00:00 closed: holiday: Boxing Day, Christmas Day",
		"Sat 00:00:00 to Sun 00:00:00 closed: closed",
		"Sun 00:00:00 to Mon 00:00:00 closed: holiday",
		"Mon 00:00:00 to Mon 23:00:00 closed: special day",
		"Mon 23:00:00 to Tue 01:00:00 open: special day",
		"Tue 01:00:00 to Tue 09:00:00 closed: closed",
		"Tue 09:00:00 to Tue 12:00:00 open: Tuesday",
	}, spans(c, instant(t, "2026-12-23T16:30:15-05:00"), instant(t, "2026-12-29T12:00:00-05:00")))

	c = calendar(t, sla.Hours{AlwaysOn: true, Zone: "America/New_York"})
	require.Equal(t, []string{"Wed 16:30:15 to Tue 12:00:00 open: always open"},
		spans(c, instant(t, "2026-12-23T16:30:15-05:00"), instant(t, "2026-12-29T12:00:00-05:00")))
	require.Empty(t, spans(c, instant(t, "2026-12-29T12:00:00Z"), instant(t, "2026-12-29T12:00:00Z")))
	require.Empty(t, spans(calendar(t, newYork), instant(t, "2026-12-29T12:00:00Z"), instant(t, "2026-12-28T12:00:00Z")))
}

func TestSpansKeepApartWhatTouchesForAnotherReason(t *testing.T) {
	t.Parallel()
	c := calendar(t, sla.Hours{
		Week:     sla.Daily("01:00-05:00", "05:00-06:00"),
		Special:  []sla.SpecialDay{{Date: "2026-12-28", Name: "Sale", Windows: []string{"22:00-02:00"}}},
		Holidays: []sla.Holiday{{Date: "2026-12-28", Name: "hidden"}},
	})
	require.Equal(t, []string{
		"Mon 00:00:00 to Mon 22:00:00 closed: special day: Sale",
		"Mon 22:00:00 to Tue 02:00:00 open: special day: Sale",
		"Tue 02:00:00 to Tue 06:00:00 open: Tuesday",
		"Tue 06:00:00 to Wed 00:00:00 closed: closed",
	}, spans(c, instant(t, "2026-12-28T00:00:00Z"), instant(t, "2026-12-30T00:00:00Z")))
}

func TestSpansCoverWhatNoCalendarKnows(t *testing.T) {
	t.Parallel()
	last := instant(t, "9999-12-31T23:00:00Z")
	for _, h := range []sla.Hours{always, {Week: sla.Daily("00:00-24:00")}} {
		c := calendar(t, h)
		require.Len(t, spans(c, last, last.Add(2*time.Hour)), 2)
		for s := range c.Spans(last, last.Add(2*time.Hour)) {
			require.Equal(t, s.Open, s.From.Equal(last))
			require.Equal(t, time.Hour, s.To.Sub(s.From))
		}
		before := time.Time{}.Add(-time.Hour)
		require.Len(t, spans(c, before, before.Add(2*time.Hour)), 2)
		require.Equal(t, time.Hour, c.Between(before, before.Add(2*time.Hour)))
	}
}

func TestSpansEndWhenNobodyWantsMore(t *testing.T) {
	t.Parallel()
	for _, h := range []sla.Hours{newYork, around, always} {
		c := calendar(t, h)
		for most := range 9 {
			n := 0
			for range c.Spans(time.Time{}, instant(t, "9999-01-01T00:00:00Z")) {
				if n++; n > most {
					break
				}
			}
		}
	}
}
