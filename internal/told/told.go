// Package told remembers who was told what, so that a notification that is tried again reaches those alone who have not got it.
package told

import (
	"strings"
	"sync"
)

// Memory holds the last so many things that were added, for as long as the process lives.
type Memory struct {
	mu   sync.Mutex
	seen map[string]bool
	most int
	ring []string // in the order they came; once it is full, next is the oldest
	next int
}

// New returns a Memory of the last n things.
func New(n int) *Memory { return &Memory{seen: make(map[string]bool), most: n} }

// Has reports whether Add was called with the same parts, and not too long ago.
func (m *Memory) Has(parts ...string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[join(parts)]
}

// Add remembers the parts, and forgets what is oldest when there is no room.
func (m *Memory) Add(parts ...string) {
	key := join(parts)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen[key] {
		return
	}
	m.seen[key] = true
	if len(m.ring) < m.most {
		m.ring = append(m.ring, key)
		return
	}
	delete(m.seen, m.ring[m.next])
	m.ring[m.next] = key
	m.next = (m.next + 1) % m.most
}

// join puts parts together; none of them holds the separator, which no text of a desk may.
func join(parts []string) string { return strings.Join(parts, "\x00") }
