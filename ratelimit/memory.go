package ratelimit

import (
	"container/heap"
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Config says how a Memory counts. Its zero value works.
type Config struct {
	Keys  int            // the greatest number of keys of each Rate; 0 or less means 50,000, some 10 MB
	Clock helpdesk.Clock // nil: helpdesk.SystemClock
}

// Memory returns a Limiter in the memory of this process. Its errors are always nil. A nil cfg is
// the zero Config.
//
// It keeps a bucket for each key until the bucket is full again. If there are more keys than
// cfg.Keys it forgets the bucket that will be full first. So many keys that are used once displace
// each other, and not one whose tokens are used up. Keys of one Rate displace none of another.
func Memory(cfg *Config) Limiter {
	m := &memory{most: 50_000, clock: helpdesk.SystemClock, shelves: map[Rate]*shelf{}}
	if cfg != nil {
		if cfg.Clock != nil {
			m.clock = cfg.Clock
		}
		if cfg.Keys > 0 {
			m.most = cfg.Keys
		}
	}
	return m
}

// memory is the Limiter of one process.
type memory struct {
	most  int
	clock helpdesk.Clock

	mu      sync.Mutex
	shelves map[Rate]*shelf
}

// shelf has the buckets of one Rate. order is a heap of them, the one that is full first in front.
type shelf struct {
	buckets map[string]*bucket
	order   order
}

// bucket is what is known of a key. The time at which it is full says how many tokens it has: the
// generic cell rate algorithm (ITU-T I.371) does the same.
type bucket struct {
	key  string
	full time.Time
	at   int // in the order
}

// longKey is the length in bytes from which a key is kept as its hash.
const longKey = 64

// Take implements Limiter.
func (m *memory) Take(_ context.Context, key string, rate Rate) (time.Duration, error) {
	if rate.none() {
		return 0, nil
	}
	if len(key) >= longKey {
		sum := sha256.Sum256([]byte(key))
		key = string(sum[:])
	}
	each := max(1, rate.Per/time.Duration(rate.Count)) // for one token to come back
	whole := each * time.Duration(rate.Count)
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	s := m.shelves[rate]
	if s == nil {
		s = &shelf{buckets: map[string]*bucket{}}
		m.shelves[rate] = s
	}
	s.forgetFull(now)
	b := s.buckets[key]
	if b == nil {
		b = &bucket{key: key, full: now.Add(each)}
		s.buckets[key] = b
		heap.Push(&s.order, b)
		if len(s.buckets) > m.most {
			s.forgetFirst()
		}
		return 0, nil
	}
	left := min(b.full.Sub(now), whole) // it would be more after the clock was set back
	if left+each > whole {
		return left + each - whole, nil
	}
	b.full = now.Add(left + each)
	heap.Fix(&s.order, b.at)
	return 0, nil
}

// forgetFull drops buckets that are full: a new one is the same. It drops a few at most, so that no
// request pays for many.
func (s *shelf) forgetFull(now time.Time) {
	for range 4 {
		if len(s.order) == 0 || s.order[0].full.After(now) {
			return
		}
		s.forgetFirst()
	}
}

func (s *shelf) forgetFirst() {
	b := heap.Pop(&s.order).(*bucket)
	delete(s.buckets, b.key)
}

// order is a heap.Interface.
type order []*bucket

func (o order) Len() int           { return len(o) }
func (o order) Less(i, j int) bool { return o[i].full.Before(o[j].full) }

func (o order) Swap(i, j int) {
	o[i], o[j] = o[j], o[i]
	o[i].at, o[j].at = i, j
}

// Push implements heap.Interface.
func (o *order) Push(x any) {
	b := x.(*bucket)
	b.at = len(*o)
	*o = append(*o, b)
}

// Pop implements heap.Interface.
func (o *order) Pop() any {
	last := len(*o) - 1
	b := (*o)[last]
	(*o)[last] = nil
	*o = (*o)[:last]
	return b
}
