package classifytest

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// work processes many tickets, several at once.
type work struct {
	cfg     Config // complete
	total   int
	elapsed time.Duration

	mu   sync.Mutex // guards done
	done int
}

// newWork fills in the defaults of cfg that all measures share, and checks the rest. The work is
// usable even when there is an error.
func newWork(cfg *Config) (*work, error) {
	w := &work{}
	if cfg != nil {
		w.cfg = *cfg
	}
	c := &w.cfg
	if c.Label == "" {
		c.Label = Category
	}
	if c.Clock == nil {
		c.Clock = helpdesk.SystemClock
	}
	_, err := ParseLabel(string(c.Label))
	if c.Workers < 0 {
		err = errors.Join(err, &helpdesk.FieldError{Field: "Workers", Problem: "is negative"})
	}
	if c.Workers == 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	return w, err
}

// each calls do with each index of which, and reports progress, until ctx ends. Results of do after
// that are worthless.
func (w *work) each(ctx context.Context, which []int, do func(i int)) error {
	start := w.cfg.Clock.Now()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(w.cfg.Workers, len(which)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= len(which) {
					return
				}
				do(which[n])
				if ctx.Err() == nil {
					w.tell()
				}
			}
		})
	}
	wg.Wait()
	w.elapsed += max(0, w.cfg.Clock.Now().Sub(start))
	return ctx.Err()
}

func (w *work) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done++
	if w.cfg.Progress != nil {
		w.cfg.Progress(w.done, w.total)
	}
}

func count(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
