package bounded_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

var errBroken = errors.New("broken")

func TestACallEndsInTimeWhateverItDoes(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	for name, c := range map[string]struct {
		call func(context.Context) (int, error)
		want int
		err  error
		took time.Duration
	}{
		"answers":     {func(context.Context) (int, error) { return 7, nil }, 7, nil, 0},
		"fails":       {func(context.Context) (int, error) { return 0, errBroken }, 0, errBroken, 0},
		"is slow":     {func(context.Context) (int, error) { time.Sleep(9 * time.Second); return 7, nil }, 7, nil, 9 * time.Second},
		"heeds":       {func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, errBroken }, 0, errBroken, 10 * time.Second},
		"is late":     {func(context.Context) (int, error) { time.Sleep(10500 * time.Millisecond); return 7, nil }, 7, nil, 10500 * time.Millisecond},
		"hangs":       {func(context.Context) (int, error) { <-over; return 7, nil }, 0, bounded.ErrNoAnswer, 11 * time.Second},
		"ends itself": {func(context.Context) (int, error) { runtime.Goexit(); return 7, nil }, 0, bounded.ErrNoAnswer, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				over = make(chan struct{})
				begun := time.Now()
				got, err := bounded.Value(t.Context(), 10*time.Second, c.call)
				require.ErrorIs(t, err, c.err)
				require.Equal(t, c.want, got)
				require.Equal(t, c.took, time.Since(begun))
				close(over)
			})
		})
	}
	require.ErrorContains(t, bounded.Call(t.Context(), time.Minute, func(context.Context) error { panic("boom") }), "boom")
}

func TestABreakerLetsOneCallThroughInAWhile(t *testing.T) {
	t.Parallel()
	b, now := bounded.NewBreakers(), time.Now()
	for range 4 {
		require.False(t, b.Done("a", now, true))
	}
	_, ok := b.Ready("a", now)
	require.True(t, ok)
	require.True(t, b.Done("a", now, true), "the fifth in a row")
	first, ok := b.Ready("a", now)
	require.False(t, ok)
	second, ok := b.Ready("a", now)
	require.False(t, ok)
	require.Greater(t, second, first, "they come back one after another")
	_, ok = b.Ready("b", now)
	require.True(t, ok, "others go on")

	now = now.Add(bounded.Hold)
	_, ok = b.Ready("a", now)
	require.True(t, ok)
	again, ok := b.Ready("a", now)
	require.False(t, ok, "one call at a time")
	require.Equal(t, first, again)
	require.True(t, b.Done("a", now, true))
	_, ok = b.Ready("a", now)
	require.False(t, ok)
	require.False(t, b.Done("a", now, false))
	_, ok = b.Ready("a", now)
	require.True(t, ok, "a success closes it")
}
