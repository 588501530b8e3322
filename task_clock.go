package helpdesk

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// Timekeeper is a Store with a clock that all its processes share.
type Timekeeper interface {
	// Time returns the present instant by the database.
	Time(ctx context.Context) (time.Time, error)
}

// mostSkew is how far the clock of a machine may be from that of the database. Leases are renewed
// long before they end, so that a difference as small as this takes no task from anybody.
const (
	mostSkew  = 10 * time.Second
	skewCheck = time.Minute // between two measurements
	mostJump  = time.Second // of the machine's clock; beyond that it does not count, and is measured at once
)

// skew corrects [SystemClock] by the clock of the database. A process whose machine is wrong then
// takes nobody's tasks and fires no deadline early or late.
type skew struct {
	mu   sync.Mutex // of those who measure
	last atomic.Pointer[comparison]
}

// comparison is the machine's clock beside that of the database.
type comparison struct {
	at     time.Time     // by the machine, with the monotonic reading
	offset time.Duration // to add to the machine's clock
}

// jumped returns how far the machine's clock has jumped since.
func (c *comparison) jumped(now time.Time) time.Duration {
	return now.Round(0).Sub(c.at.Round(0)) - now.Sub(c.at) // the latter by the monotonic clock
}

// measure compares the clocks, unless it has done so within skewCheck and the machine's clock has
// not jumped since.
func (s *skew) measure(ctx context.Context, d *Desk) {
	keeper, ok := As[Timekeeper](d.store)
	if !ok || d.cfg.Clock != SystemClock {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.last.Load()
	if last != nil {
		now := SystemClock.Now()
		if now.Sub(last.at) < skewCheck && last.jumped(now).Abs() < mostJump {
			return
		}
	}
	begun := SystemClock.Now()
	theirs, err := bounded.Value(ctx, hostTime, keeper.Time)
	ended := SystemClock.Now()
	if err != nil {
		return // the lease fails as well, and says so
	}
	half := ended.Sub(begun) / 2
	offset := theirs.Sub(begun.Add(half).Round(0))
	if offset.Abs() <= mostSkew+half {
		offset = 0
	}
	s.last.Store(&comparison{ended, offset})
	before := time.Duration(0)
	if last != nil {
		before = last.offset
	}
	switch {
	case offset == 0 && before != 0:
		d.cfg.Logger.InfoContext(ctx, "helpdesk: the machine's clock agrees with the database's again")
	case (offset - before).Abs() > mostSkew:
		d.cfg.Logger.WarnContext(ctx, "helpdesk: the machine's clock differs from the database's, which counts", "by", offset)
	}
}

// now returns the present instant by a clock. Until the machine's clock is measured again, a jump
// of it does not count: commands go on meanwhile.
func (s *skew) now(c Clock) time.Time {
	now, last := c.Now(), s.last.Load()
	if last == nil {
		return now
	}
	if jump := last.jumped(now); jump.Abs() >= mostJump {
		now = now.Add(-jump)
	}
	return now.Add(last.offset)
}
