package lru

import "time"

// Recent keeps values for a while. Many goroutines may use it.
type Recent[K comparable, V any] struct {
	age time.Duration
	of  *Cache[K, reading[V]]
}

type reading[V any] struct {
	value V
	at    time.Time
}

// NewRecent returns a Recent of at most so many bytes. A value is too old at an age.
func NewRecent[K comparable, V any](most int64, age time.Duration) *Recent[K, V] {
	return &Recent[K, V]{age, New[K, reading[V]](most)}
}

// Put keeps a value of so many bytes, read now.
func (r *Recent[K, V]) Put(key K, value V, bytes int64, now time.Time) {
	r.of.Put(key, reading[V]{value, now}, bytes)
}

// Get returns the value last put, unless it is too old.
func (r *Recent[K, V]) Get(key K, now time.Time) (value V, ok bool) {
	was, ok := r.of.Get(key)
	if ok = ok && !now.Before(was.at) && now.Sub(was.at) < r.age; ok {
		value = was.value
	}
	return value, ok
}

// Last returns the value last put, however old.
func (r *Recent[K, V]) Last(key K) (value V, ok bool) {
	was, ok := r.of.Get(key)
	return was.value, ok
}

// Delete drops the value of a key.
func (r *Recent[K, V]) Delete(key K) { r.of.Delete(key) }

// Size returns the number of values and their bytes.
func (r *Recent[K, V]) Size() (values int, bytes int64) { return r.of.Size() }
