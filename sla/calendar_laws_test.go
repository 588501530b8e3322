package sla_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/sla"
)

// drawCalendar draws a calendar with exceptions in the years around 2031.
func drawCalendar(t *rapid.T) *sla.Calendar {
	zone := rapid.SampledFrom([]string{
		"", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "America/Santiago",
		"Africa/Casablanca", "Asia/Kolkata", "Pacific/Chatham", "Asia/Gaza",
	}).Draw(t, "zone")
	h := drawHours(t, zone, 15, 700, func(days int) string {
		return time.Date(2031, 1, 1+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	})
	c, err := sla.NewCalendar(h)
	if err != nil {
		t.Skip("it has no window")
	}
	return c
}

var (
	someInstant = rapid.Custom(func(t *rapid.T) time.Time {
		sec := rapid.Int64Range(time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(2044, 1, 1, 0, 0, 0, 0, time.UTC).Unix()).Draw(t, "seconds")
		if rapid.Bool().Draw(t, "full hour") {
			sec -= sec % 3600
		}
		return time.Unix(sec, rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 1e9-1)).Draw(t, "nanoseconds"))
	})
	someTarget = rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.OneOf(
			rapid.Int64Range(1, 10),
			rapid.Map(rapid.Int64Range(1, 2000), func(n int64) int64 { return n * int64(time.Hour) }),
			rapid.Int64Range(1, int64(3000*time.Hour)),
		).Draw(t, "duration"))
	})
)

func TestDeadlineIsTheEarliestInstantThatHasTheOpenTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		for range 20 {
			start, target := someInstant.Draw(t, "start"), someTarget.Draw(t, "target")
			due, err := c.Deadline(start, target)
			if err != nil {
				require.ErrorIs(t, err, sla.ErrCalendarClosed)
				continue
			}
			require.Equal(t, time.UTC, due.Location())
			require.Equal(t, target, c.Between(start, due))
			require.Equal(t, target-1, c.Between(start, due.Add(-1)))
		}
	})
}

func TestDeadlineOfADeadlineIsTheDeadlineOfTheSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		for range 20 {
			start := someInstant.Draw(t, "start")
			d1, d2 := someTarget.Draw(t, "first"), someTarget.Draw(t, "second")
			both, err := c.Deadline(start, d1+d2)
			if err != nil {
				continue
			}
			half, err := c.Deadline(start, d1)
			require.NoError(t, err)
			require.False(t, both.Before(half), "a longer target is not due earlier")
			rest, err := c.Deadline(half, d2)
			require.NoError(t, err)
			require.Equal(t, both, rest)
		}
	})
}

func TestLaterStartIsNotDueEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		for range 20 {
			start, target := someInstant.Draw(t, "start"), someTarget.Draw(t, "target")
			delay := rapid.Int64Range(0, int64(100*24*time.Hour)).Draw(t, "delay")
			due, err := c.Deadline(start, target)
			if err != nil {
				continue
			}
			later, err := c.Deadline(start.Add(time.Duration(delay)), target)
			require.True(t, err != nil || !later.Before(due))
		}
	})
}

// Windows within a day are too short for skipping a week, so this test checks that as well.
func TestOpenTimeAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, start := drawCalendar(t), someInstant.Draw(t, "start")
		end := start.Add(time.Duration(rapid.Int64Range(0, int64(500*24*time.Hour)).Draw(t, "length")))
		step := time.Duration(rapid.Int64Range(int64(20*time.Hour), int64(60*time.Hour)).Draw(t, "step"))
		var sum, spans time.Duration
		for at := start; at.Before(end); at = at.Add(step) {
			next := at.Add(step)
			if next.After(end) {
				next = end
			}
			sum += c.Between(at, next)
		}
		require.Equal(t, sum, c.Between(start, end))
		for s := range c.Spans(start, end) {
			if s.Open {
				spans += s.To.Sub(s.From)
			}
		}
		require.Equal(t, sum, spans)
	})
}

func TestAbsurdTimesDoNoHarm(t *testing.T) {
	t.Parallel()
	times := []time.Time{
		{}, time.Unix(math.MaxInt64, 999_999_999), time.Unix(math.MinInt64, 0), time.Unix(-1<<55, 0), time.Now(), time.Unix(1<<55, 1),
		time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC), time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	rare := newYork
	rare.Week = sla.Week{time.Sunday: {"03:00-03:01"}}
	for _, h := range []sla.Hours{newYork, always, rare, {Special: []sla.SpecialDay{{Date: "9999-12-31", Windows: []string{"22:00-06:00"}}}}} {
		c := calendar(t, h)
		for i, a := range times {
			b := times[(i+1)%len(times)]
			require.GreaterOrEqual(t, c.Between(a, b), time.Duration(0))
			for s := range c.Spans(a, b) {
				require.True(t, s.From.Before(s.To))
				break
			}
			for _, d := range []time.Duration{math.MinInt64, 0, 1, math.MaxInt64} {
				due, err := c.Deadline(a, d)
				if err == nil {
					require.Equal(t, d, c.Between(a, due))
				}
			}
		}
	}
}

func TestBetweenSaturates(t *testing.T) {
	t.Parallel()
	for _, h := range []sla.Hours{around, always, newYork} {
		require.Equal(t, time.Duration(math.MaxInt64), calendar(t, h).Between(time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)))
	}
}
