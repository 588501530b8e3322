package ratelimit_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// stopped is a clock that stands still until it is moved.
type stopped struct{ now time.Time }

func (c *stopped) Now() time.Time { return c.now }

func newClock() *stopped { return &stopped{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

// take takes a token and returns the wait.
func take(t require.TestingT, l ratelimit.Limiter, key string, rate ratelimit.Rate) time.Duration {
	wait, err := l.Take(context.Background(), key, rate)
	require.NoError(t, err)
	return wait
}

func TestAKeyGetsItsCountAndThenOneTokenAfterTheOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		clock := newClock()
		l := ratelimit.Memory(&ratelimit.Config{Clock: clock})
		rate := ratelimit.Rate{Count: rapid.IntRange(1, 50).Draw(t, "count"), Per: time.Duration(rapid.IntRange(1, 3600).Draw(t, "seconds")) * time.Second}
		each := rate.Per / time.Duration(rate.Count)
		for range rate.Count {
			require.Zero(t, take(t, l, "kim", rate))
		}
		for range 3 {
			require.Equal(t, each, take(t, l, "kim", rate))
			require.Equal(t, each, take(t, l, "kim", rate), "a refusal takes nothing")
			require.Zero(t, take(t, l, fmt.Sprint("other", clock.now), rate), "of another key")
			clock.now = clock.now.Add(each - 1)
			require.EqualValues(t, 1, take(t, l, "kim", rate))
			clock.now = clock.now.Add(1)
			require.Zero(t, take(t, l, "kim", rate))
		}
		clock.now = clock.now.Add(rate.Per)
		for range rate.Count {
			require.Zero(t, take(t, l, "kim", rate))
		}
		require.Equal(t, each, take(t, l, "kim", rate))
		clock.now = clock.now.Add(-time.Hour)
		require.Equal(t, each, take(t, l, "kim", rate), "a clock that is set back makes no wait longer")
	})
}

func TestARateThatLimitsNothingLimitsNothing(t *testing.T) {
	t.Parallel()
	l := ratelimit.Memory(nil)
	for _, rate := range []ratelimit.Rate{{}, {Count: -1}, {Count: -1, Per: time.Hour}, {Count: 5}} {
		for range 1000 {
			require.Zero(t, take(t, l, "kim", rate))
			require.Zero(t, take(t, ratelimit.Unlimited, "kim", ratelimit.Rate{Count: 1, Per: time.Hour}))
		}
	}
	require.NoError(t, ratelimit.Rate{Count: -1}.Check("Actor"))
	require.EqualError(t, ratelimit.Rate{Count: 1}.Check("Actor"), "Actor has a Count, and a Per that is not positive")
	require.Equal(t, []int{0, 1, 1, 2}, []int{ratelimit.Seconds(0), ratelimit.Seconds(1), ratelimit.Seconds(time.Second), ratelimit.Seconds(time.Second + 1)})
}

// TestAFloodOfKeysForgetsNoKeyThatIsBusier lets clients with fewer keys than fit go their way while
// a flood of keys of one use each comes between. Each client is answered as if it were alone.
func TestAFloodOfKeysForgetsNoKeyThatIsBusier(t *testing.T) {
	t.Parallel()
	rate := ratelimit.Rate{Count: 5, Per: time.Minute}
	rapid.Check(t, func(t *rapid.T) {
		clock := newClock()
		keys := rapid.IntRange(2, 20).Draw(t, "keys")
		l := ratelimit.Memory(&ratelimit.Config{Clock: clock, Keys: keys})
		alone := ratelimit.Memory(&ratelimit.Config{Clock: clock})
		busy := rapid.IntRange(1, keys-1).Draw(t, "busy")
		for i := range busy {
			for range rate.Count {
				require.Equal(t, take(t, alone, fmt.Sprint(i), rate), take(t, l, fmt.Sprint(i), rate))
			}
		}
		flood := 0
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			for range rapid.IntRange(0, 3*keys).Draw(t, "flood") {
				flood++
				require.Zero(t, take(t, l, fmt.Sprint("flood", flood), rate))
			}
			clock.now = clock.now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "ms")) * time.Millisecond)
			key := fmt.Sprint(rapid.IntRange(0, busy-1).Draw(t, "client"))
			for range rate.Count + 1 {
				require.Equal(t, take(t, alone, key, rate), take(t, l, key, rate))
			}
		}
	})
}

func TestHostileKeysUseNoMemory(t *testing.T) {
	t.Parallel()
	l := ratelimit.Memory(&ratelimit.Config{Clock: newClock(), Keys: 100})
	rate := ratelimit.Rate{Count: 1, Per: time.Hour}
	long := strings.Repeat("x", 1<<20)
	require.Zero(t, take(t, l, long+"1", rate))
	require.Positive(t, take(t, l, long+"1", rate))
	require.Zero(t, take(t, l, long+"2", rate), "long keys differ by their end")
	for i := range 10_000 {
		take(t, l, fmt.Sprint("key ", i), ratelimit.Rate{Count: 100, Per: time.Second})
	}
	require.LessOrEqual(t, ratelimit.Kept(l), 200, "100 of each of two rates")
}

func TestManyGoroutinesTogetherGetTheCount(t *testing.T) {
	t.Parallel()
	l := ratelimit.Memory(&ratelimit.Config{Clock: newClock(), Keys: 50})
	rate := ratelimit.Rate{Count: 1000, Per: time.Minute}
	var allowed atomic.Int64
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 500 {
				if wait, err := l.Take(context.Background(), "kim", rate); wait == 0 && err == nil {
					allowed.Add(1)
				}
				_, _ = l.Take(context.Background(), fmt.Sprint(g, i), rate)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 1000, allowed.Load())
}

func TestALimiterThatFailsLetsThroughAndIsLoggedOnceAMinute(t *testing.T) {
	t.Parallel()
	clock, log := newClock(), &strings.Builder{}
	down := errors.New("cache is away")
	inner := ratelimit.LimiterFunc(func(context.Context, string, ratelimit.Rate) (time.Duration, error) { return time.Hour, down })
	l := ratelimit.FailOpen(inner, clock, slog.New(slog.NewTextHandler(log, nil)))
	rate := ratelimit.Rate{Count: 1, Per: time.Minute}
	for range 100 {
		require.Zero(t, take(t, l, "kim", rate))
	}
	require.Equal(t, 1, strings.Count(log.String(), "cache is away"))
	clock.now = clock.now.Add(time.Minute)
	require.Zero(t, take(t, l, "kim", rate))
	require.Equal(t, 2, strings.Count(log.String(), "cache is away"))
	down = nil
	require.Equal(t, time.Hour, take(t, l, "kim", rate))
}

func TestALimiterThatHangsLetsThrough(t *testing.T) {
	t.Parallel()
	log := &strings.Builder{}
	inner := ratelimit.LimiterFunc(func(ctx context.Context, _ string, _ ratelimit.Rate) (time.Duration, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	})
	l := ratelimit.FailOpen(inner, newClock(), slog.New(slog.NewTextHandler(log, nil)))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := l.Take(gone, "kim", ratelimit.Rate{Count: 1, Per: time.Minute})
	require.NoError(t, err)
	require.Empty(t, log.String(), "the caller has gone")
	require.Zero(t, take(t, l, "kim", ratelimit.Rate{Count: 1, Per: time.Minute}))
	require.Contains(t, log.String(), "deadline exceeded")
}

// TestALimiterThatIgnoresItsContextHangsNoRequest: a second is the most that a request waits, and
// later requests do not wait at all.
func TestALimiterThatIgnoresItsContextHangsNoRequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &strings.Builder{}
		release := make(chan struct{})
		var asked atomic.Int64
		inner := ratelimit.LimiterFunc(func(context.Context, string, ratelimit.Rate) (time.Duration, error) {
			asked.Add(1)
			<-release
			return time.Hour, nil
		})
		l := ratelimit.FailOpen(inner, helpdesk.SystemClock, slog.New(slog.NewTextHandler(log, nil)))
		rate, start := ratelimit.Rate{Count: 1, Per: time.Minute}, time.Now()
		require.Zero(t, take(t, l, "kim", rate))
		require.Equal(t, time.Second, time.Since(start))
		require.Contains(t, log.String(), "deadline exceeded")

		gone, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := l.Take(gone, "kim", rate)
		require.NoError(t, err)
		require.Equal(t, time.Second, time.Since(start), "nobody waits for the answer")

		var wg sync.WaitGroup
		for range 3000 {
			wg.Go(func() { require.Zero(t, take(t, l, "kim", rate)) })
		}
		wg.Wait()
		require.Equal(t, 2*time.Second, time.Since(start))
		require.EqualValues(t, 1000, asked.Load(), "no more goroutines than these hang")
		require.Zero(t, take(t, l, "kim", rate))
		require.Equal(t, 2*time.Second, time.Since(start))
		close(release)
		synctest.Wait()
		require.Equal(t, time.Hour, take(t, l, "kim", rate), "it is asked again when it answers")
	})
}

func TestALimiterThatPanicsLetsThrough(t *testing.T) {
	t.Parallel()
	log := &strings.Builder{}
	inner := ratelimit.LimiterFunc(func(context.Context, string, ratelimit.Rate) (time.Duration, error) { panic("oh") })
	l := ratelimit.FailOpen(inner, newClock(), slog.New(slog.NewTextHandler(log, nil)))
	for range 1100 {
		require.Zero(t, take(t, l, "kim", ratelimit.Rate{Count: 1, Per: time.Minute}))
	}
	require.Equal(t, 1, strings.Count(log.String(), "the Limiter panicked: oh"))
	require.NotContains(t, log.String(), "have not returned")
}

func TestAnAddressIsOneClient(t *testing.T) {
	t.Parallel()
	for remote, want := range map[string]string{
		"192.0.2.1:4711":           "192.0.2.1",
		"[::ffff:192.0.2.1]:80":    "192.0.2.1",
		"[2001:db8:1:2:3::4]:4711": "2001:db8:1:2::/64",
		"[fe80::1%eth0]:4711":      "fe80::/64",
		"@":                        "@",
		"":                         "",
	} {
		require.Equal(t, want, ratelimit.Network(ratelimit.RemoteIP(&http.Request{RemoteAddr: remote})), remote)
	}
}
