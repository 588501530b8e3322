// Package held remembers the rows that other transactions keep, so that nobody waits for them again
// and again.
package held

import (
	"sync"
	"time"
)

// Pause is how long a row is left alone once it was found kept.
const Pause = 10 * time.Second

const mostRows = 10_000

// Rows are rows by name. It is for many goroutines.
type Rows struct {
	mu sync.Mutex
	by map[string]*row
}

type row struct {
	since time.Time // found kept without a break
	until time.Time // left alone
}

// New returns no rows.
func New() *Rows { return &Rows{by: map[string]*row{}} }

// Keep remembers that a row is kept, and reports whether that is news.
func (r *Rows) Keep(name string, now time.Time) (news bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.by[name]
	if x == nil {
		if len(r.by) >= mostRows {
			clear(r.by) // forgotten rows are found again
		}
		x = &row{since: now}
		r.by[name] = x
		news = true
	}
	x.until = now.Add(Pause)
	return news
}

// Kept reports whether a row is to be left alone.
func (r *Rows) Kept(name string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.by[name]
	return x != nil && now.Before(x.until)
}

// Free forgets a row that could be changed. It returns for how long the row was kept, or false if
// it was not.
func (r *Rows) Free(name string, now time.Time) (kept time.Duration, was bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.by[name]
	if x == nil {
		return 0, false
	}
	delete(r.by, name)
	return now.Sub(x.since), true
}
