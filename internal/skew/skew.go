// Package skew corrects the clock of a machine by one that all machines share, such as that of a
// database.
package skew

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// most is how far the clock of a machine may be from the shared one. Leases are renewed long before
// they end, so that a difference as small as this takes no task from anybody.
const (
	most     = 10 * time.Second
	measured = time.Minute // between two measurements
	mostJump = time.Second // of the machine's clock; beyond that it does not count, and is measured at once
)

// Skew is what was measured last. A process whose machine is wrong then takes nobody's tasks and
// fires no deadline early or late. The zero Skew corrects nothing. It is for many goroutines.
type Skew struct {
	mu   sync.Mutex // of those who measure
	last atomic.Pointer[comparison]
}

// comparison is the machine's clock beside the shared one.
type comparison struct {
	at     time.Time     // by the machine, with the monotonic reading
	offset time.Duration // to add to the machine's clock
}

// jumped returns how far the machine's clock has jumped since.
func (c *comparison) jumped(now time.Time) time.Duration {
	return now.Round(0).Sub(c.at.Round(0)) - now.Sub(c.at) // the latter by the monotonic clock
}

// Measure compares the machine's clock with the shared one, and logs a difference. It does nothing
// if that was done within a minute and the machine's clock has not jumped since, and when the
// shared clock has an error.
func (s *Skew) Measure(ctx context.Context, log *slog.Logger, machine func() time.Time, shared func(context.Context) (time.Time, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.last.Load()
	if last != nil {
		now := machine()
		if now.Sub(last.at) < measured && last.jumped(now).Abs() < mostJump {
			return
		}
	}
	begun := machine()
	theirs, err := shared(ctx)
	ended := machine()
	if err != nil {
		return // what is asked of the database next fails as well, and says so
	}
	half := ended.Sub(begun) / 2
	offset := theirs.Sub(begun.Add(half).Round(0))
	if offset.Abs() <= most+half {
		offset = 0
	}
	s.last.Store(&comparison{ended, offset})
	before := time.Duration(0)
	if last != nil {
		before = last.offset
	}
	switch {
	case offset == 0 && before != 0:
		log.InfoContext(ctx, "helpdesk: the machine's clock agrees with the database's again")
	case (offset - before).Abs() > most:
		log.WarnContext(ctx, "helpdesk: the machine's clock differs from the database's, which counts", "by", offset)
	}
}

// Of returns a present instant, read just now from the machine's clock, as corrected. Until that
// clock is measured again, a jump of it does not count: commands go on meanwhile.
func (s *Skew) Of(now time.Time) time.Time {
	last := s.last.Load()
	if last == nil {
		return now
	}
	if jump := last.jumped(now); jump.Abs() >= mostJump {
		now = now.Add(-jump)
	}
	return now.Add(last.offset)
}
