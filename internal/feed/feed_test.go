package feed_test

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
	"github.com/helpdesk-go/helpdesk/internal/feed"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// history is a store whose looks are counted, can fail, and can be shown events late.
type history struct {
	helpdesk.Store
	looks  atomic.Int64
	fail   atomic.Bool
	mu     sync.Mutex
	events map[helpdesk.TenantID][]helpdesk.Event
}

func (h *history) Events(_ context.Context, q helpdesk.EventQuery) iter.Seq2[helpdesk.Event, error] {
	return func(yield func(helpdesk.Event, error) bool) {
		h.looks.Add(1)
		if h.fail.Load() {
			yield(helpdesk.Event{}, errors.New("the database is away"))
			return
		}
		h.mu.Lock()
		found := slices.Clone(h.events[q.Tenant])
		h.mu.Unlock()
		for _, e := range found {
			if !e.At.Before(q.From) && !yield(e, nil) {
				return
			}
		}
	}
}

func (h *history) add(tenant helpdesk.TenantID, id string, at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events[tenant] = append(h.events[tenant], helpdesk.Event{ID: id, Ticket: "t", Type: helpdesk.EventNoted, At: at})
}

// start returns a Feed that looks once a second at the time of the bubble.
func start(t *testing.T) (*history, *feed.Feed) {
	h := &history{Store: memstore.New(), events: map[helpdesk.TenantID][]helpdesk.Event{}}
	desk, err := helpdesk.New(h, nil)
	require.NoError(t, err)
	return h, feed.New(background.New(), desk, time.Second, helpdesk.SystemClock, slog.New(slog.DiscardHandler))
}

// told is what one listener has heard.
type told struct {
	mu  sync.Mutex
	ids []string
	at  time.Time
}

func (o *told) hear(l feed.Look) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.at = l.At
	for _, e := range l.Events {
		o.ids = append(o.ids, e.ID)
	}
}

func (o *told) looked() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.at
}

func (o *told) all() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.ids
}

func TestEveryListenerOfATenantIsToldEachEventOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var a, b, other told
		stopA, stopB, stopOther := f.Listen("acme", a.hear), f.Listen("acme", b.hear), f.Listen("umbrella", other.hear)
		h.add("acme", "1", time.Now())
		time.Sleep(1500 * time.Millisecond)
		h.add("acme", "2", time.Now())
		time.Sleep(3 * time.Second)
		stopA()
		h.add("acme", "3", time.Now())
		time.Sleep(3 * time.Minute)
		require.Equal(t, []string{"1", "2"}, a.all())
		require.Equal(t, []string{"1", "2", "3"}, b.all())
		require.Empty(t, other.all())
		stopB()
		stopOther()
	})
}

func TestWhatIsCommittedLateIsToldWithinTheOverlap(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var o told
		stop := f.Listen("acme", o.hear)
		defer stop()
		time.Sleep(time.Minute)
		h.add("acme", "in time", time.Now())
		h.add("acme", "late", time.Now().Add(-feed.Overlap/2))
		h.add("acme", "too late", time.Now().Add(-2*feed.Overlap))
		time.Sleep(time.Minute)
		require.Equal(t, []string{"in time", "late"}, o.all())
	})
}

func TestAnOutageLongerThanTheOverlapLosesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var o told
		stop := f.Listen("acme", o.hear)
		defer stop()
		h.add("acme", "before", time.Now())
		time.Sleep(10 * time.Second)
		h.fail.Store(true)
		time.Sleep(time.Minute)
		at := o.looked()
		require.Less(t, at, time.Now().Add(-59*time.Second), "a look that failed saw nothing up to its time")
		h.add("acme", "meanwhile", time.Now())
		time.Sleep(time.Minute)
		h.fail.Store(false)
		time.Sleep(time.Minute)
		require.Equal(t, []string{"before", "meanwhile"}, o.all())
		require.Greater(t, o.looked(), at)
	})
}

func TestOneLoopPerTenantHoweverManyListenAndNoneForNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var o told
		var stops []func()
		for range 500 {
			stops = append(stops, f.Listen("acme", o.hear))
		}
		time.Sleep(10500 * time.Millisecond)
		require.EqualValues(t, 10, h.looks.Load())
		for _, stop := range stops {
			stop()
			stop() // twice is harmless
		}
		time.Sleep(time.Minute)
		require.EqualValues(t, 10, h.looks.Load())

		stop := f.Listen("acme", o.hear) // the next one begins anew
		time.Sleep(2500 * time.Millisecond)
		require.EqualValues(t, 12, h.looks.Load())
		stops[0]() // of those before, and none of its business
		time.Sleep(2 * time.Second)
		require.EqualValues(t, 14, h.looks.Load())
		stop()
	})
}

// TestWhoHearsMayStopUnderALockOfItsOwn would hang if the Feed held its lock while it calls.
func TestWhoHearsMayStopUnderALockOfItsOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, f := start(t)
		var mu sync.Mutex
		var stop func()
		heard := 0
		mu.Lock()
		stop = f.Listen("acme", func(feed.Look) {
			mu.Lock()
			defer mu.Unlock()
			heard++
			stop()
		})
		mu.Unlock()
		time.Sleep(time.Minute)
		mu.Lock()
		defer mu.Unlock()
		require.Equal(t, 1, heard)
	})
}

func TestAfterAShutdownOfItsOwnerAFeedLooksNoMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &history{Store: memstore.New(), events: map[helpdesk.TenantID][]helpdesk.Event{}}
		desk, err := helpdesk.New(h, nil)
		require.NoError(t, err)
		owner := background.New()
		f := feed.New(owner, desk, time.Second, helpdesk.SystemClock, slog.New(slog.DiscardHandler))
		var a, late told
		stop := f.Listen("acme", a.hear)
		time.Sleep(1500 * time.Millisecond)
		require.EqualValues(t, 1, h.looks.Load())
		require.NoError(t, owner.Shutdown(t.Context()))
		defer f.Listen("umbrella", late.hear)()
		time.Sleep(time.Minute)
		require.EqualValues(t, 1, h.looks.Load())
		stop()
	})
}
