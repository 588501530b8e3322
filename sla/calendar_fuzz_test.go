package sla_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// FuzzNewCalendar calls NewCalendar with Hours from JSON that an admin may send.
func FuzzNewCalendar(f *testing.F) {
	for _, h := range []sla.Hours{newYork, withLunch(), kolkata, around, early, always} {
		text, err := json.Marshal(h)
		require.NoError(f, err)
		f.Add(text, int64(1772463600), int64(500), int64(4*time.Hour))
	}
	f.Add([]byte(`{"zone":"America/Havana","week":{"saturday":["22:00-06:00"],"sunday":["23:00:01-24:00"]}}`), int64(1793506530), int64(0), int64(1e15))
	f.Add([]byte(`{"zone":"Pacific/Apia","special":[{"date":"2011-12-30","windows":["22:00-06:00"]}],"holidays":[{"date":"9999-12-31"}]}`), int64(1325239200), int64(0), int64(1))
	f.Fuzz(func(t *testing.T, text []byte, sec, nsec, target int64) {
		var h sla.Hours
		if json.Unmarshal(text, &h) != nil {
			return
		}
		c, err := sla.NewCalendar(h)
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			require.NotEmpty(t, helpdesk.Fields(err))
			return
		}
		again, err := json.Marshal(c.Hours())
		require.NoError(t, err)
		var back sla.Hours
		require.NoError(t, json.Unmarshal(again, &back))
		require.Equal(t, c.Version(), calendar(t, back).Version())

		start := time.Unix(sec, nsec%1e9)
		due, err := c.Deadline(start, time.Duration(target))
		if err != nil {
			return
		}
		require.Equal(t, time.Duration(target), c.Between(start, due))
		require.Equal(t, time.Duration(target-1), c.Between(start, due.Add(-1)))
	})
}
