// Package lru keeps the values that were used last, within a number of bytes.
package lru

import (
	"container/list"
	"sync"
)

// Cache holds values by key. When they need more than its bytes, it drops those whose last use is
// longest ago. The value that was put last always stays. Many goroutines may use it.
type Cache[K comparable, V any] struct {
	most int64

	mu    sync.Mutex
	of    map[K]*list.Element
	order list.List // of *entry[K, V]; the one used last in front
	bytes int64
}

type entry[K comparable, V any] struct {
	key   K
	value V
	bytes int64
}

// overhead is what an entry takes beside its value: its key, and its places in the map and the
// list.
const overhead = 250

// New returns a Cache of at most so many bytes.
func New[K comparable, V any](most int64) *Cache[K, V] {
	return &Cache[K, V]{most: most, of: map[K]*list.Element{}}
}

// Get returns the value of a key, and counts as a use of it.
func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.of[key]
	if e == nil {
		return value, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry[K, V]).value, true
}

// Put replaces the value of a key by one of so many bytes: see [SizeOf].
func (c *Cache[K, V]) Put(key K, value V, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(c.of[key])
	c.of[key] = c.order.PushFront(&entry[K, V]{key, value, bytes + overhead})
	for c.bytes += bytes + overhead; c.bytes > c.most && c.order.Len() > 1; {
		c.drop(c.order.Back())
	}
}

// Delete drops the value of a key.
func (c *Cache[K, V]) Delete(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(c.of[key])
}

func (c *Cache[K, V]) drop(e *list.Element) {
	if e == nil {
		return
	}
	was := c.order.Remove(e).(*entry[K, V])
	delete(c.of, was.key)
	c.bytes -= was.bytes
}

// Size returns the number of values and their bytes.
func (c *Cache[K, V]) Size() (values int, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.of), c.bytes
}
