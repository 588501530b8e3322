package feed_test

import (
	"context"
	"errors"
	"fmt"
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

// history is a store whose looks are counted, and can fail.
type history struct {
	*memstore.Store
	looks   atomic.Int64
	fail    atomic.Pointer[error]
	mu      sync.Mutex
	tenants [][]helpdesk.TenantID // that were looked for
	tickets map[helpdesk.TenantID]bool
}

func (h *history) EventsAfter(ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
	h.looks.Add(1)
	if err := h.fail.Load(); err != nil {
		return helpdesk.StreamPage{}, *err
	}
	h.mu.Lock()
	h.tenants = append(h.tenants, q.Tenants)
	h.mu.Unlock()
	return h.Store.EventsAfter(ctx, q)
}

// last returns the tenants of the last look.
func (h *history) last() []helpdesk.TenantID {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.tenants[len(h.tenants)-1]
}

func (h *history) broken(err error) { h.fail.Store(&err) }
func (h *history) mended()          { h.fail.Store(nil) }

// add commits events of a tenant at a time.
func (h *history) add(t *testing.T, tenant helpdesk.TenantID, at time.Time, ids ...string) {
	ticket := &helpdesk.Ticket{Tenant: tenant, ID: "t", Ref: "t", CreatedAt: at}
	c := &helpdesk.Change{Tenant: tenant}
	if !h.tickets[tenant] {
		h.tickets[tenant], c.Ticket = true, ticket
	}
	for _, id := range ids {
		c.Events = append(c.Events, helpdesk.Event{ID: id, Ticket: ticket.ID, Type: helpdesk.EventNoted, At: at})
	}
	require.NoError(t, h.Store.Commit(t.Context(), c))
}

// start returns a Feed that looks once a second at the time of the bubble.
func start(t *testing.T) (*history, *feed.Feed) {
	h, f, _ := startOwned(t)
	return h, f
}

func startOwned(t *testing.T) (*history, *feed.Feed, *background.Group) {
	h := &history{Store: memstore.New(), tickets: map[helpdesk.TenantID]bool{}}
	desk, err := helpdesk.New(h, nil)
	require.NoError(t, err)
	owner := background.New()
	return h, feed.New(owner, desk, time.Second, helpdesk.SystemClock, slog.New(slog.DiscardHandler)), owner
}

// told is what one listener has heard.
type told struct {
	mu    sync.Mutex
	ids   []string
	looks []feed.Look
}

func (o *told) hear(l feed.Look) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.looks = append(o.looks, l)
	for _, e := range l.Events {
		o.ids = append(o.ids, e.ID)
	}
}

func (o *told) all() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.ids)
}

func (o *told) heard() []feed.Look {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.looks)
}

func TestEveryListenerOfATenantIsToldEachEventOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		h.add(t, "acme", time.Now(), "0")
		var a, b, other told
		stopA, stopB, stopOther := f.Listen("acme", a.hear), f.Listen("acme", b.hear), f.Listen("umbrella", other.hear)
		synctest.Wait()
		h.add(t, "acme", time.Now(), "1")
		time.Sleep(1500 * time.Millisecond)
		h.add(t, "acme", time.Now().Add(-time.Hour), "2") // begun long ago, or by a clock that is behind
		h.add(t, "umbrella", time.Now(), "theirs")
		time.Sleep(3 * time.Second)
		stopA()
		h.add(t, "acme", time.Now(), "3")
		time.Sleep(3 * time.Minute)
		require.Equal(t, []string{"1", "2"}, a.all())
		require.Equal(t, []string{"1", "2", "3"}, b.all())
		require.Equal(t, []string{"theirs"}, other.all())
		for i, l := range b.heard()[1:] {
			require.Equal(t, b.heard()[i].Until, l.From, "each look goes on where the one before ended")
		}
		stopB()
		stopOther()
	})
}

func TestReadsAreNoNews(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var o told
		defer f.Listen("acme", o.hear)()
		synctest.Wait()
		h.add(t, "acme", time.Now(), "1")
		require.NoError(t, h.Store.Commit(t.Context(), &helpdesk.Change{Tenant: "acme", Events: []helpdesk.Event{
			{ID: "read", Ticket: "t", Type: helpdesk.EventRead}, {ID: "2", Ticket: "t", Type: helpdesk.EventTags},
		}}))
		time.Sleep(2 * time.Second)
		require.Equal(t, []string{"1", "2"}, o.all())
		again, err := f.Again(t.Context(), "acme", o.heard()[0].Until, o.heard()[len(o.heard())-1].Until)
		require.NoError(t, err)
		require.Len(t, again.Events, 2)
		require.False(t, again.More)
	})
}

func TestAnOutageLosesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var o told
		defer f.Listen("acme", o.hear)()
		synctest.Wait()
		h.add(t, "acme", time.Now(), "before")
		time.Sleep(10 * time.Second)
		h.broken(errors.New("the database is away"))
		time.Sleep(time.Hour)
		looks := len(o.heard())
		h.add(t, "acme", time.Now(), "meanwhile")
		time.Sleep(time.Hour)
		require.Len(t, o.heard(), looks, "a look that failed is told to nobody")
		h.mended()
		time.Sleep(time.Minute)
		require.Equal(t, []string{"before", "meanwhile"}, o.all())
	})
}

// TestAPlaceThatIsLostIsTold is the restore of a backup: the store is before the place of the feed.
func TestAPlaceThatIsLostIsTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		h.add(t, "acme", time.Now(), "0", "1", "2")
		var o told
		defer f.Listen("acme", o.hear)()
		synctest.Wait()
		h.broken(&helpdesk.FieldError{Field: "after", Problem: "is no place of this database"})
		time.Sleep(1500 * time.Millisecond)
		h.mended()
		time.Sleep(1500 * time.Millisecond)
		h.add(t, "acme", time.Now(), "3")
		time.Sleep(1500 * time.Millisecond)
		require.True(t, o.heard()[1].Lost)
		require.Empty(t, o.heard()[1].Until)
		last := o.heard()[len(o.heard())-1]
		require.False(t, last.Lost)
		require.Equal(t, []string{"3"}, o.all())
	})
}

func TestOneLookForAllTenantsHoweverManyListenAndNoneForNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var o told
		var stops []func()
		for i := range 500 {
			stops = append(stops, f.Listen(helpdesk.TenantID(fmt.Sprint(i%100)), o.hear))
		}
		synctest.Wait()
		began := h.looks.Load() // those who came during a look waited for one more
		require.LessOrEqual(t, began, int64(500))
		time.Sleep(10500 * time.Millisecond)
		require.EqualValues(t, began+10, h.looks.Load())
		require.Len(t, h.last(), 100, "and for no other tenant")
		for _, stop := range stops {
			stop()
			stop() // twice is harmless
		}
		time.Sleep(time.Minute)
		require.EqualValues(t, began+10, h.looks.Load())

		stop := f.Listen("0", o.hear) // the next one begins anew
		time.Sleep(2500 * time.Millisecond)
		require.EqualValues(t, began+13, h.looks.Load(), "one at once, and one a second")
		stops[0]() // of those before, and none of its business
		time.Sleep(2 * time.Second)
		require.EqualValues(t, began+15, h.looks.Load())
		stop()
	})
}

// TestWhatHappensBetweenTwoListenersIsTold is a person who goes from page to page.
func TestWhatHappensBetweenTwoListenersIsTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var a, b, late told
		stop := f.Listen("acme", a.hear)
		synctest.Wait()
		stop()
		h.add(t, "acme", time.Now(), "between")
		time.Sleep(20 * time.Second)
		stop = f.Listen("acme", b.hear)
		synctest.Wait()
		require.Equal(t, []string{"between"}, b.all())
		stop()
		h.add(t, "acme", time.Now(), "long ago")
		time.Sleep(2 * time.Minute)
		stop = f.Listen("acme", late.hear)
		time.Sleep(2 * time.Second)
		require.Empty(t, late.all())
		require.Empty(t, late.heard()[0].From)
		stop()
	})
}

// TestMoreThanOneLookFindsIsToldAtOnce has ten times as many events as a look reads.
func TestMoreThanOneLookFindsIsToldAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		var busy, one told
		defer f.Listen("busy", busy.hear)()
		defer f.Listen("acme", one.hear)()
		synctest.Wait()
		for i := range 10_000 {
			h.add(t, "busy", time.Now(), fmt.Sprint(i))
		}
		h.add(t, "acme", time.Now(), "one")
		before := time.Now()
		time.Sleep(1100 * time.Millisecond)
		require.Len(t, busy.all(), 10_000)
		require.Equal(t, []string{"one"}, one.all())
		require.Less(t, time.Since(before), 2*time.Second)
		more := 0
		for _, l := range one.heard() {
			if l.More {
				more++
			}
		}
		require.GreaterOrEqual(t, more, 9)
		require.False(t, one.heard()[len(one.heard())-1].More)

		from, until := busy.heard()[0].Until, busy.heard()[len(busy.heard())-1].Until
		n := 0
		for {
			look, err := f.Again(t.Context(), "busy", from, until)
			require.NoError(t, err)
			n += len(look.Events)
			if from = look.Until; !look.More {
				break
			}
		}
		require.Equal(t, 10_000, n)
		_, err := f.Again(t.Context(), "busy", "x", until)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
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
		h, f, owner := startOwned(t)
		var a, late told
		stop := f.Listen("acme", a.hear)
		time.Sleep(1500 * time.Millisecond)
		require.EqualValues(t, 2, h.looks.Load())
		require.NoError(t, owner.Shutdown(t.Context()))
		defer f.Listen("umbrella", late.hear)()
		time.Sleep(time.Minute)
		require.EqualValues(t, 2, h.looks.Load())
		stop()
	})
}

// plain hides what a store can do beyond the methods of every Store.
type plain struct{ helpdesk.Store }

func TestAStoreThatKnowsNoOrderOfCommitsIsReadWhole(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &history{Store: memstore.New(), tickets: map[helpdesk.TenantID]bool{}}
		desk, err := helpdesk.New(plain{h}, nil)
		require.NoError(t, err)
		f := feed.New(background.New(), desk, time.Second, helpdesk.SystemClock, slog.New(slog.DiscardHandler))
		h.add(t, "acme", time.Now(), "0")
		var a, b, other told
		defer f.Listen("acme", a.hear)()
		synctest.Wait()
		h.add(t, "acme", time.Now(), "1")
		h.add(t, "umbrella", time.Now(), "theirs")
		time.Sleep(1500 * time.Millisecond)
		defer f.Listen("umbrella", other.hear)()
		defer f.Listen("acme", b.hear)()
		synctest.Wait()
		h.add(t, "acme", time.Now().Add(-time.Hour), "2")
		time.Sleep(3 * time.Second)
		require.Equal(t, []string{"1", "2"}, a.all())
		require.Equal(t, []string{"2"}, b.all())
		require.Empty(t, other.all())
		require.Zero(t, h.looks.Load())

		again, err := f.Again(t.Context(), "acme", a.heard()[0].Until, a.heard()[len(a.heard())-1].Until)
		require.NoError(t, err)
		require.Len(t, again.Events, 2)
		_, err = f.Again(t.Context(), "acme", "x.1", a.heard()[0].Until) // of another process
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		var ids []string
		for i := range 11_000 {
			ids = append(ids, fmt.Sprint("many ", i))
		}
		h.add(t, "acme", time.Now(), ids...)
		time.Sleep(3 * time.Second)
		require.True(t, slices.ContainsFunc(a.heard(), func(l feed.Look) bool { return l.Lost }), "more than a scan keeps")
		h.add(t, "acme", time.Now(), "3")
		time.Sleep(3 * time.Second)
		require.Equal(t, []string{"1", "2", "3"}, a.all())
	})
}
