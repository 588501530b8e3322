package feed_test

import (
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
	"github.com/helpdesk-go/helpdesk/internal/feed"
)

// another returns a further Feed on a store, with an owner of its own.
func another(t *testing.T, h *history, poll time.Duration) (*feed.Feed, *background.Group) {
	desk, err := helpdesk.New(h, nil)
	require.NoError(t, err)
	owner := background.New()
	return feed.New(owner, desk, poll, helpdesk.SystemClock, slog.New(slog.DiscardHandler)), owner
}

func TestFeedsOfAStoreShareTheirLooks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f := start(t)
		slow, _ := another(t, h, 10*time.Second)
		_, elsewhere := start(t)
		var a, b, other told
		stopB := slow.Listen("acme", b.hear)
		time.Sleep(25*time.Second + time.Millisecond)
		require.EqualValues(t, 3, h.looks.Load(), "at once, then every ten seconds")
		stopA, stopOther := f.Listen("acme", a.hear), elsewhere.Listen("acme", other.hear)
		synctest.Wait()
		h.add(t, "acme", time.Now(), "1")
		time.Sleep(5*time.Second + time.Millisecond)
		require.EqualValues(t, 9, h.looks.Load(), "at once, then every second for both")
		require.Equal(t, []string{"1"}, a.all())
		require.Equal(t, []string{"1"}, b.all())
		require.Empty(t, other.all(), "another store")
		stopA()
		stopB()
		stopOther()
	})
}

func TestALookGoesOnWhenItsOwnerEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, f, owner := startOwned(t)
		second, _ := another(t, h, time.Second)
		var a, b told
		f.Listen("acme", a.hear)
		stop := second.Listen("acme", b.hear)
		synctest.Wait()
		h.add(t, "acme", time.Now(), "1")
		require.NoError(t, owner.Shutdown(t.Context()), "its goroutine ends")
		h.add(t, "acme", time.Now(), "2")
		time.Sleep(2 * time.Second)
		require.NotContains(t, a.all(), "2")
		require.Equal(t, []string{"1", "2"}, b.all())
		stop()
	})
}
