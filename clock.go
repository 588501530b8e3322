package helpdesk

import "time"

// Clock tells the time. The Desk takes every time that it records or compares from it, so a test
// that moves its Clock moves the desk. How long a call of the host's parts may take is real time.
type Clock interface {
	// Now returns the present instant in any zone and precision. The Desk keeps times in UTC,
	// truncated to the microsecond, as databases do.
	Now() time.Time
}

// ClockFunc makes a Clock of a function.
type ClockFunc func() time.Time

// Now calls f.
func (f ClockFunc) Now() time.Time { return f() }

// SystemClock is the clock of the machine. It is the default.
var SystemClock Clock = systemClock{}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }
