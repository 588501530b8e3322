package helpdesk

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

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

// Timekeeper is a Store with a clock that all its processes share.
type Timekeeper interface {
	// Time returns the present instant by the database.
	Time(ctx context.Context) (time.Time, error)
}

// measureClock compares [SystemClock] with the clock of a Store that is a Timekeeper.
func (d *Desk) measureClock(ctx context.Context) {
	keeper, ok := As[Timekeeper](d.store)
	if !ok || d.cfg.Clock != SystemClock {
		return
	}
	d.skew.Measure(ctx, d.cfg.Logger, SystemClock.Now, func(ctx context.Context) (time.Time, error) {
		return bounded.Value(ctx, hostTime, keeper.Time)
	})
}
