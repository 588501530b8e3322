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
	mostJump  = time.Second // of the machine's clock; beyond that it is measured at once
)

// skew corrects [SystemClock] by the clock of the database. A process whose machine is wrong then
// takes nobody's tasks and fires no deadline early or late.
type skew struct {
	offset atomic.Int64 // to add to the machine's clock, in nanoseconds

	mu       sync.Mutex
	measured time.Time // with the monotonic reading; zero before the first
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
	if !s.measured.IsZero() {
		now := SystemClock.Now()
		passed := now.Sub(s.measured) // by the monotonic clock
		jump := now.Round(0).Sub(s.measured.Round(0)) - passed
		if passed < skewCheck && jump.Abs() < mostJump {
			return
		}
	}
	begun := SystemClock.Now()
	theirs, err := bounded.Value(ctx, hostTime, keeper.Time)
	ended := SystemClock.Now()
	if err != nil {
		return // the lease fails as well, and says so
	}
	s.measured = ended
	half := ended.Sub(begun) / 2
	offset := theirs.Sub(begun.Add(half).Round(0))
	if offset.Abs() <= mostSkew+half {
		offset = 0
	}
	switch before := time.Duration(s.offset.Swap(int64(offset))); {
	case offset == 0 && before != 0:
		d.cfg.Logger.InfoContext(ctx, "helpdesk: the machine's clock agrees with the database's again")
	case (offset - before).Abs() > mostSkew:
		d.cfg.Logger.WarnContext(ctx, "helpdesk: the machine's clock differs from the database's, which counts", "by", offset)
	}
}

// now returns the present instant by a clock.
func (s *skew) now(c Clock) time.Time { return c.Now().Add(time.Duration(s.offset.Load())) }
