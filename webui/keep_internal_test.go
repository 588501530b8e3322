package webui

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/background"
)

func TestWhatIsDearIsMadeOnceForAllWhoAsk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := newKeep[int](background.New(), keepFactor)
		var made atomic.Int32
		do := func(context.Context) (int, error) {
			time.Sleep(time.Second)
			return int(made.Add(1)), nil
		}
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				n, err := k.get(t.Context(), "a", do).wait(t.Context())
				require.NoError(t, err)
				require.Equal(t, 1, n)
			})
		}
		wg.Wait()
		time.Sleep(99 * time.Second)
		require.True(t, k.get(t.Context(), "a", do).made(), "good for a hundred times as long as it took")
		time.Sleep(2 * time.Second)
		n, err := k.get(t.Context(), "a", do).wait(t.Context())
		require.NoError(t, err)
		require.Equal(t, 2, n)
		n, err = k.get(t.Context(), "b", do).wait(t.Context())
		require.NoError(t, err)
		require.Equal(t, 3, n, "another key is another result")
	})
}

func TestKeptResultsHaveABound(t *testing.T) {
	t.Parallel()
	k := newKeep[[]byte](background.New(), keepFactor)
	const n, each = 100, 1 << 20
	for i := range n {
		_, err := k.get(t.Context(), strconv.Itoa(i), func(context.Context) ([]byte, error) { return make([]byte, each), nil }).wait(t.Context())
		require.NoError(t, err)
	}
	require.Eventually(t, func() bool { // the last one is weighed after the wait
		kept, bytes := k.of.Size()
		return kept == keepBytes/each-1 && bytes <= keepBytes && bytes > keepBytes-each
	}, 10*time.Second, time.Millisecond)
}

func TestWhatIsDearGoesOnWithoutTheOneWhoAskedFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := newKeep[string](background.New(), keepFactor)
		ctx, cancel := context.WithCancel(t.Context())
		do := func(ctx context.Context) (string, error) {
			select {
			case <-time.After(time.Minute):
				return "done", nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}
		first := k.get(ctx, "a", do)
		cancel()
		_, err := first.wait(ctx)
		require.ErrorIs(t, err, context.Canceled)
		text, err := k.get(t.Context(), "a", do).wait(t.Context())
		require.NoError(t, err)
		require.Equal(t, "done", text)
	})
}

func TestAnErrorAndAPanicAreForThoseWhoWaitedOnly(t *testing.T) {
	t.Parallel()
	k := newKeep[int](background.New(), keepFactor)
	broken := errors.New("no database")
	_, err := k.get(t.Context(), "a", func(context.Context) (int, error) { return 0, broken }).wait(t.Context())
	require.ErrorIs(t, err, broken)
	_, err = k.get(t.Context(), "a", func(context.Context) (int, error) { panic("upside down") }).wait(t.Context())
	require.ErrorContains(t, err, "upside down")
	n, err := k.get(t.Context(), "a", func(context.Context) (int, error) { return 7, nil }).wait(t.Context())
	require.NoError(t, err)
	require.Equal(t, 7, n)
}

func TestTwoAreMadeAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := newKeep[int](background.New(), keepFactor)
		var now, most atomic.Int32
		for _, key := range []string{"a", "b", "c", "d", "e"} {
			k.get(t.Context(), key, func(context.Context) (int, error) {
				most.Store(max(most.Load(), now.Add(1)))
				time.Sleep(time.Second)
				now.Add(-1)
				return 0, nil
			})
		}
		time.Sleep(time.Minute)
		require.EqualValues(t, 2, most.Load())
	})
}

// TestWhatNobodyWaitsForAnyMoreIsNotBegun has somebody look at many periods and leave each page
// before it has come.
func TestWhatNobodyWaitsForAnyMoreIsNotBegun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := newKeep[string](background.New(), keepFactor)
		var begun atomic.Int32
		make := func(key string) func(context.Context) (string, error) {
			return func(context.Context) (string, error) {
				begun.Add(1)
				time.Sleep(time.Minute)
				return key, nil
			}
		}
		for _, key := range []string{"a", "b"} { // take all slots
			k.get(t.Context(), key, make(key))
		}
		for i := range 100 {
			ctx, cancel := context.WithCancel(t.Context())
			k.get(ctx, strconv.Itoa(i), make("left"))
			k.get(ctx, "shared", make("shared"))
			cancel()
		}
		synctest.Wait()
		n, _ := k.of.Size()
		require.Equal(t, 2, n, "nothing waits for its turn")
		one, leave := context.WithCancel(t.Context())
		k.get(one, "shared", make("shared"))
		shared := k.get(t.Context(), "shared", make("shared"))
		leave()
		text, err := shared.wait(t.Context())
		require.NoError(t, err)
		require.Equal(t, "shared", text)
		require.EqualValues(t, 3, begun.Load())
	})
}

// TestOneThatDidNotGetItsTurnTakesNoOtherAlong has the first who asked leave long after that.
func TestOneThatDidNotGetItsTurnTakesNoOtherAlong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := newKeep[string](background.New(), keepFactor)
		for range cap(k.slots) {
			k.slots <- struct{}{}
		}
		made := func(context.Context) (string, error) { return "made", nil }
		one, leave := context.WithCancel(t.Context())
		_, err := k.get(one, "a", made).wait(t.Context())
		require.ErrorIs(t, err, context.DeadlineExceeded)
		next := k.get(t.Context(), "a", made)
		leave()
		synctest.Wait()
		require.Same(t, next, k.get(t.Context(), "a", made))
		<-k.slots
		text, err := next.wait(t.Context())
		require.NoError(t, err)
		require.Equal(t, "made", text)
	})
}

func TestShutdownWaitsForWhatIsBeingMade(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		owner := background.New()
		k, began := newKeep[string](owner, keepFactor), time.Now()
		do := func(ctx context.Context) (string, error) {
			select {
			case <-time.After(time.Minute):
				return "made", nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}
		asked := k.get(t.Context(), "a", do)
		require.NoError(t, owner.Shutdown(t.Context()))
		require.Equal(t, time.Minute, time.Since(began))
		require.True(t, asked.made())
		text, err := asked.wait(t.Context())
		require.NoError(t, err)
		require.Equal(t, "made", text)

		text, err = k.get(t.Context(), "b", do).wait(t.Context())
		require.NoError(t, err, "what is asked for later is made by the one who asks")
		require.Equal(t, "made", text)
		require.Equal(t, 2*time.Minute, time.Since(began))
	})
}

func TestShutdownCutsOffWhatTakesTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		owner := background.New()
		k := newKeep[string](owner, keepFactor)
		asked := k.get(t.Context(), "a", func(ctx context.Context) (string, error) {
			<-ctx.Done()
			return "", ctx.Err()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, owner.Shutdown(ctx), context.DeadlineExceeded)
		began := time.Now()
		_, err := asked.wait(t.Context())
		require.ErrorIs(t, err, context.Canceled)
		require.NoError(t, owner.Shutdown(t.Context()))
		require.Zero(t, time.Since(began))
	})
}
