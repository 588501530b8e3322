package webui

import (
	"sync"
	"time"
)

// limiter counts how often something was done within the hour, in this process.
type limiter struct {
	most int // negative is no limit
	mu   sync.Mutex
	seen map[string]counted
}

type counted struct {
	since time.Time
	n     int
}

// mostSeen is how many callers a limiter remembers. Beyond that it forgets some: it bounds its
// memory first.
const mostSeen = 50_000

func newLimiter(most int) *limiter { return &limiter{most: most, seen: map[string]counted{}} }

// allow counts one more, and reports whether that is still within the limit.
func (l *limiter) allow(key string, now time.Time) bool {
	if l.most < 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	c, ok := l.seen[key]
	if !ok || now.Sub(c.since) >= time.Hour {
		c = counted{since: now}
	}
	if c.n >= l.most {
		return false
	}
	c.n++
	if !ok && len(l.seen) >= mostSeen {
		l.forget(now)
	}
	l.seen[key] = c
	return true
}

// forget drops what is over, and then whatever comes first until a tenth is free.
func (l *limiter) forget(now time.Time) {
	for key, c := range l.seen {
		if now.Sub(c.since) >= time.Hour {
			delete(l.seen, key)
		}
	}
	for key := range l.seen {
		if len(l.seen) <= mostSeen-mostSeen/10 {
			return
		}
		delete(l.seen, key)
	}
}
