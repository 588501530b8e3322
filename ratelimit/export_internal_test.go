package ratelimit

// Kept returns how many buckets a Memory holds.
func Kept(l Limiter) (n int) {
	for _, s := range l.(*memory).shelves {
		n += len(s.buckets)
	}
	return n
}
