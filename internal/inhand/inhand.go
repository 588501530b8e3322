// Package inhand keeps the things that a process works on.
package inhand

import (
	"maps"
	"slices"
	"sync"
)

// Set is things by key. It is for many goroutines.
type Set[K comparable, T any] struct {
	key func(T) K
	mu  sync.Mutex
	of  map[K]T
}

// New returns a Set of things that key tells apart.
func New[K comparable, T any](key func(T) K) *Set[K, T] { return &Set[K, T]{key: key, of: map[K]T{}} }

// Add adds things.
func (s *Set[K, T]) Add(things []T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range things {
		s.of[s.key(t)] = t
	}
}

// Drop removes things.
func (s *Set[K, T]) Drop(things []T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range things {
		delete(s.of, s.key(t))
	}
}

// All returns the things of this moment, in any order.
func (s *Set[K, T]) All() []T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Values(s.of))
}
