package helpdesk

import "time"

// Clock tells the time. The Desk asks it for everything: no timer, no sleep and
// no database clock decides anything, so a test that moves its Clock moves the desk.
type Clock interface {
	// Now returns the present instant. Zone and precision do not matter: the
	// Desk keeps times in UTC, truncated to the microsecond, as databases do.
	Now() time.Time
}

// ClockFunc makes a Clock of a function.
type ClockFunc func() time.Time

// Now calls f.
func (f ClockFunc) Now() time.Time { return f() }

// SystemClock is the Clock of the machine, and the default.
var SystemClock Clock = ClockFunc(time.Now)
