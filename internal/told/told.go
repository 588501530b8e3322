// Package told remembers which recipients were told what. A retried notification then reaches only
// recipients that have not got it.
package told

import (
	"strings"
	"sync"
)

// Memory holds the last n things that were added, for as long as the process lives.
type Memory struct {
	mu   sync.Mutex
	seen map[string]bool
	most int
	ring []string // in the order of Add; once it is full, next is the oldest
	next int
}

// New returns a Memory of the last n things.
func New(n int) *Memory { return &Memory{seen: make(map[string]bool), most: n} }

// Has reports whether Add was called with the same parts and Memory still holds them.
func (m *Memory) Has(parts ...string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[join(parts)]
}

// Add remembers the parts. A full Memory forgets its oldest.
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

// join joins the parts. No part holds the separator: texts of a desk hold no NUL.
func join(parts []string) string { return strings.Join(parts, "\x00") }
