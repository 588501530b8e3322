package webui

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
	"github.com/helpdesk-go/helpdesk/internal/lru"
)

// keep holds results that take time to make. Each is made once, however many callers ask for it at
// the same time. It is then good for a multiple of that time, such as a hundred times. So nobody
// waits for it twice in a row, a cheap result is always fresh, and all callers together take no
// more than a hundredth of the database's time for it.
type keep[T any] struct {
	owner  *background.Group
	factor time.Duration
	slots  chan struct{} // at most so many are made at once

	mu sync.Mutex
	of *lru.Cache[string, *kept[T]]
}

// kept is a result, or one in the making.
type kept[T any] struct {
	done  chan struct{} // closed when it is made
	value T
	err   error
	until time.Time // good until then; set when done

	begun chan struct{} // holds one while it has not been begun: whoever takes that out begins it or drops it
	left  chan struct{} // closed when it was dropped
	asked int           // by so many who are still there; guarded by the keep's lock
}

const (
	keepFactor  = 100
	freshFactor = 20 // of what people look at for what has just changed
	keepAtMost  = 5 * time.Minute
	keepBytes   = 8 << 20 // of results of one kind; the ones asked for longest ago make room
	makeWithin  = 2 * time.Minute
)

func newKeep[T any](owner *background.Group, factor time.Duration) *keep[T] {
	return &keep[T]{owner: owner, factor: factor, slots: make(chan struct{}, 2), of: lru.New[string, *kept[T]](keepBytes)}
}

// get returns the result with a key. It begins to make one when there is none that is good. A
// result that is begun goes on when ctx ends, for other callers. A result that waits for its turn
// is dropped when all its callers have gone. An error is not kept for later callers.
func (k *keep[T]) get(ctx context.Context, key string, do func(context.Context) (T, error)) *kept[T] {
	k.mu.Lock()
	r, known := k.of.Get(key)
	isNew := !known || (r.made() && !helpdesk.SystemClock.Now().Before(r.until)) // how long things take is real time, whatever the desk's clock says
	slot := false
	if isNew {
		r = &kept[T]{done: make(chan struct{}), begun: make(chan struct{}, 1), left: make(chan struct{})}
		r.begun <- struct{}{}
		k.of.Put(key, r, 0)
		select {
		case k.slots <- struct{}{}:
			slot = true
			<-r.begun
		default:
		}
	}
	r.asked++
	context.AfterFunc(ctx, func() { k.leave(key, r) })
	k.mu.Unlock()
	if isNew {
		k.begin(ctx, key, r, slot, do)
	}
	return r
}

// leave has one who asked for a result gone.
func (k *keep[T]) leave(key string, r *kept[T]) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r.asked--; r.asked > 0 {
		return
	}
	select {
	case <-r.begun:
		close(r.left)
		if now, _ := k.of.Get(key); now == r { // and none after it, which did not get its turn in time
			k.of.Delete(key)
		}
	default:
	}
}

// begin makes a result in a goroutine that goes on when ctx ends, or at once if the pages are
// shutting down.
func (k *keep[T]) begin(ctx context.Context, key string, r *kept[T], slot bool, do func(context.Context) (T, error)) {
	begun := k.owner.Go(func() {
		work, cancel := context.WithCancel(context.WithoutCancel(ctx))
		defer cancel()
		defer context.AfterFunc(k.owner.Work(), cancel)()
		k.make(work, r, slot, do)
		k.weigh(key, r)
	})
	if !begun {
		k.make(ctx, r, slot, do)
		k.weigh(key, r)
	}
}

// weigh says how many bytes a result takes, now that it is made.
func (k *keep[T]) weigh(key string, r *kept[T]) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now, _ := k.of.Get(key); now == r {
		k.of.Put(key, r, int64(len(key))+lru.SizeOf(r.value))
	}
}

// make makes a result, in its turn unless it has a slot already.
func (k *keep[T]) make(ctx context.Context, r *kept[T], slot bool, do func(context.Context) (T, error)) {
	defer close(r.done)
	defer func() {
		if p := recover(); p != nil {
			r.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, makeWithin)
	defer cancel()
	if !slot {
		if r.err = k.turn(ctx, r); r.err != nil {
			return
		}
	}
	defer func() { <-k.slots }()
	began := helpdesk.SystemClock.Now()
	if r.value, r.err = do(ctx); r.err == nil {
		now := helpdesk.SystemClock.Now()
		r.until = now.Add(min(k.factor*now.Sub(began), keepAtMost))
	}
}

// turn waits for a slot, for as long as somebody wants the result.
func (k *keep[T]) turn(ctx context.Context, r *kept[T]) error {
	select {
	case k.slots <- struct{}{}:
	case <-r.left:
		return context.Canceled
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-r.begun:
		return nil
	case <-r.left: // at the same moment
		<-k.slots
		return context.Canceled
	}
}

func (r *kept[T]) made() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// wait returns the result when it is made.
func (r *kept[T]) wait(ctx context.Context) (T, error) {
	select {
	case <-r.done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
