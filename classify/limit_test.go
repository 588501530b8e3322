package classify_test

import (
	"bytes"
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
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

func limit(t testing.TB, inner helpdesk.Classifier, cfg classify.LimitConfig) *classify.Limit {
	if cfg.Tell == nil {
		cfg.Tell = func(context.Context, *classify.Failure) {}
	}
	l, err := classify.NewLimit(inner, &cfg)
	require.NoError(t, err)
	return l
}

func TestEachKindIsTriedAsOftenAsItDeserves(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		outcomes []outcome
		calls    int
	}{
		{"timeout", []outcome{fails(classify.Timeout)}, 3},
		{"network", []outcome{fails(classify.Network)}, 3},
		{"server error", []outcome{fails(classify.Server)}, 3},
		{"rate limited", []outcome{fails(classify.Throttled)}, 3},
		{"malformed", []outcome{fails(classify.Malformed)}, 2},
		{"denied", []outcome{fails(classify.Denied)}, 1},
		{"bad request", []outcome{fails(classify.Rejected)}, 1},
		{"refused", []outcome{fails(classify.Refused)}, 1},
		{"an error nobody knows", []outcome{errs(errors.New("pipe broke"))}, 3},
		{"abstains", []outcome{errs(helpdesk.ErrAbstain)}, 1},
		{"no answer and no error", []outcome{{}}, 1},
		{"invalid", []outcome{errs(helpdesk.ErrInvalid)}, 1},
		{"passes", []outcome{fails(classify.Server), good()}, 2},
		{"two kinds", []outcome{fails(classify.Server), fails(classify.Timeout), fails(classify.Network), good()}, 3},
		{"malformed among others", []outcome{fails(classify.Malformed), fails(classify.Server), fails(classify.Malformed), good()}, 3},
		{"then denied", []outcome{fails(classify.Server), fails(classify.Denied)}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				inner := script(c.outcomes...)
				_, err := limit(t, inner, classify.LimitConfig{}).Classify(t.Context(), question)
				require.Equal(t, c.calls, inner.asked())
				require.Equal(t, c.name == "passes", err == nil)
			})
		})
	}
}

func TestTriesAreSummedUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer, err := limit(t, script(fails(classify.Malformed), good()), classify.LimitConfig{}).Classify(t.Context(), question)
		require.NoError(t, err)
		require.Equal(t, &helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, TokensIn: 200, TokensOut: 20, Cost: 14}, answer)

		_, err = limit(t, script(fails(classify.Server)), classify.LimitConfig{}).Classify(t.Context(), question)
		in, out, cost := failure(t, err).Spent()
		require.Equal(t, []any{300, 30, int64(21)}, []any{in, out, cost})
		require.EqualError(t, err, "server error", "the sums do not stammer")

		_, err = limit(t, script(fails(classify.Malformed), errs(classify.ErrBudget)), classify.LimitConfig{}).Classify(t.Context(), question)
		require.ErrorIs(t, err, helpdesk.ErrAbstain)
		require.EqualError(t, err, classify.ErrBudget.Error())
		require.Equal(t, 100, failure(t, err).TokensIn)
	})
}

func TestRetriesAreConfigurable(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		inner := script(fails(classify.Server))
		l := limit(t, inner, classify.LimitConfig{Retries: map[classify.Kind]int{classify.Server: 4}, Failures: -1})
		_, err := l.Classify(t.Context(), question)
		require.Error(t, err)
		require.Equal(t, 5, inner.asked())
		inner = script(fails(classify.Server))
		_, err = limit(t, inner, classify.LimitConfig{Retries: map[classify.Kind]int{}}).Classify(t.Context(), question)
		require.Error(t, err)
		require.Equal(t, 1, inner.asked())
	})
}

func TestWaitsAreRandomAndGrow(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	longest := make([]time.Duration, 4)
	for range 40 {
		var waits []time.Duration
		sleep := func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
		_, err := limit(t, script(fails(classify.Server)), classify.LimitConfig{Sleep: sleep, Retries: map[classify.Kind]int{classify.Server: 4}}).
			Classify(t.Context(), question)
		require.Error(t, err)
		require.Len(t, waits, 4)
		mu.Lock()
		for i, wait := range waits {
			require.Positive(t, wait)
			require.LessOrEqual(t, wait, 500*time.Millisecond<<i)
			longest[i] = max(longest[i], wait)
		}
		mu.Unlock()
	}
	for i, d := range longest {
		require.Greater(t, d, 250*time.Millisecond<<i, "half a range is missed by 40 draws once in 10^12")
	}
}

func TestRetryAfterIsHonouredWithinTheTotal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		throttled := errs(&classify.Failure{Kind: classify.Throttled, Status: 429, After: 12 * time.Second})
		inner := script(throttled)
		began := time.Now()
		_, err := limit(t, inner, classify.LimitConfig{}).Classify(t.Context(), question)
		require.ErrorContains(t, err, "no time to try again after 12s")
		require.Equal(t, 12*time.Second, failure(t, err).After)
		require.Equal(t, 2, inner.asked(), "12 s fit into 20 s once")
		require.Equal(t, 12*time.Second, time.Since(began))

		inner = script(throttled, good())
		_, err = limit(t, inner, classify.LimitConfig{Total: 12 * time.Second}).Classify(t.Context(), question)
		require.Error(t, err)
		require.Equal(t, 1, inner.asked())
	})
}

func TestSilentModelEndsInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		inner := script(hangs())
		began := time.Now()
		_, err := limit(t, inner, classify.LimitConfig{}).Classify(t.Context(), question)
		f := failure(t, err)
		require.Equal(t, classify.Timeout, f.Kind)
		require.True(t, f.Uncounted)
		require.Equal(t, 20*time.Second, time.Since(began), "8 s, 8 s and the rest")
		require.Equal(t, 3, inner.asked())

		began = time.Now()
		_, err = limit(t, script(hangs(), good()), classify.LimitConfig{}).Classify(t.Context(), question)
		require.NoError(t, err)
		require.Less(t, time.Since(began), 9*time.Second)
	})
}

func TestCallersEndIsTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		inner := script(fails(classify.Server), hangs())
		l := limit(t, inner, classify.LimitConfig{Concurrency: 1, Failures: 1})
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		_, err := l.Classify(ctx, question)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, classify.Cancelled, failure(t, err).Kind)
		require.Equal(t, 100, failure(t, err).TokensIn)
		require.Equal(t, 2, inner.asked())

		go l.Classify(t.Context(), question) // holds the slot
		synctest.Wait()
		ctx, cancel = context.WithCancel(t.Context())
		cancel()
		_, err = l.Classify(ctx, question)
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, 3, inner.asked(), "who waits for a slot in vain asks nobody")
		time.Sleep(time.Minute) // lets the other one end
	})
}

func TestSoManyAtOnceAndNoMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var now, done atomic.Int32
		inner := script(outcome{do: func(context.Context) (*helpdesk.Classification, error) {
			if n := now.Add(1); n > 16 {
				t.Errorf("%d at once", n)
			}
			time.Sleep(time.Second)
			now.Add(-1)
			done.Add(1)
			return good().answer, nil
		}})
		l := limit(t, inner, classify.LimitConfig{})
		for range 100 {
			go l.Classify(t.Context(), question)
		}
		synctest.Wait()
		require.EqualValues(t, 16, now.Load())
		time.Sleep(10 * time.Second)
		require.EqualValues(t, 100, done.Load())
	})
}

func TestSlotsAreGivenInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var served []helpdesk.TicketID
		inner := helpdesk.ClassifierFunc(func(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			served = append(served, r.Ticket) // one at a time
			time.Sleep(100 * time.Millisecond)
			return good().answer, nil
		})
		l := limit(t, inner, classify.LimitConfig{Concurrency: 1})
		var came []helpdesk.TicketID
		for i := range 100 {
			id := helpdesk.TicketID(fmt.Sprint(i))
			came = append(came, id)
			go l.Classify(t.Context(), &helpdesk.ClassifyRequest{Ticket: id})
			synctest.Wait()
		}
		time.Sleep(19 * time.Second)
		synctest.Wait()
		require.Equal(t, came, served)
	})
}

func TestWaitForASlotCountsAndIsToldOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var told []classify.Kind
		inner := script(outcome{do: func(ctx context.Context) (*helpdesk.Classification, error) {
			time.Sleep(21 * time.Second) // ignores ctx
			return good().answer, nil
		}})
		l := limit(t, inner, classify.LimitConfig{Concurrency: 1, Tell: func(_ context.Context, f *classify.Failure) { told = append(told, f.Kind) }})
		go l.Classify(t.Context(), question)
		synctest.Wait()
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				began := time.Now()
				_, err := l.Classify(t.Context(), question)
				require.Equal(t, classify.Busy, failure(t, err).Kind)
				require.NotErrorIs(t, err, helpdesk.ErrInvalid, "the Desk asks later")
				require.Equal(t, 20*time.Second, time.Since(began))
			})
		}
		wg.Wait()
		require.Equal(t, 1, inner.asked())
		require.Equal(t, []classify.Kind{classify.Busy}, told)
		time.Sleep(time.Minute) // lets the first one end
	})
}

func TestPanicReleasesItsSlotAndIsPassedOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		what := errors.New("what it panicked with")
		inner := script(outcome{panics: what}, failsFree(classify.Denied), outcome{panics: what}, good())
		l := limit(t, inner, classify.LimitConfig{Concurrency: 1})
		require.PanicsWithValue(t, what, func() { l.Classify(t.Context(), question) })
		_, err := l.Classify(t.Context(), question)
		require.Equal(t, classify.Denied, failure(t, err).Kind, "the slot was free")
		time.Sleep(5 * time.Minute)
		require.PanicsWithValue(t, what, func() { l.Classify(t.Context(), question) }, "the one of a half open breaker")
		_, err = l.Classify(t.Context(), question)
		require.NoError(t, err, "it does not stay under way for ever")
	})
}

func TestRefusedKeyOpensTheBreakerAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		inner := script(failsFree(classify.Denied), failsFree(classify.Denied), good())
		l := limit(t, inner, classify.LimitConfig{})
		ask := func() error { _, err := l.Classify(t.Context(), question); return err }
		require.Equal(t, classify.Denied, failure(t, ask()).Kind)
		time.Sleep(time.Minute)
		err := ask()
		require.Equal(t, classify.Open, failure(t, err).Kind)
		require.Equal(t, 4*time.Minute, failure(t, err).After)
		require.EqualError(t, err, "breaker open: denied")
		require.NotErrorIs(t, err, helpdesk.ErrInvalid)
		require.NotErrorIs(t, err, helpdesk.ErrAbstain)
		require.Equal(t, 1, inner.asked())

		time.Sleep(4 * time.Minute)
		require.Equal(t, classify.Denied, failure(t, ask()).Kind, "half open")
		require.Equal(t, classify.Open, failure(t, ask()).Kind)
		require.Equal(t, 2, inner.asked())

		time.Sleep(5 * time.Minute)
		require.NoError(t, ask())
		require.NoError(t, ask(), "closed again")
		require.Equal(t, 4, inner.asked())
	})
}

func TestHalfOpenBreakerLetsOneThrough(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := func(o outcome) outcome {
			return outcome{do: func(context.Context) (*helpdesk.Classification, error) {
				time.Sleep(time.Second)
				return o.answer, o.err
			}}
		}
		inner := script(failsFree(classify.Denied), slow(failsFree(classify.Server)), slow(good()))
		l := limit(t, inner, classify.LimitConfig{})
		l.Classify(t.Context(), question)
		for _, calls := range []int{2, 3} {
			time.Sleep(5 * time.Minute)
			var open atomic.Int32
			var wg sync.WaitGroup
			began := time.Now()
			for range 10 {
				wg.Go(func() {
					if _, err := l.Classify(t.Context(), question); err != nil && failure(t, err).Kind == classify.Open {
						open.Add(1)
					}
				})
			}
			wg.Wait()
			require.EqualValues(t, 9, open.Load())
			require.Equal(t, calls, inner.asked(), "it has one try")
			require.Equal(t, time.Second, time.Since(began), "and waits for no other")
			if calls == 2 {
				_, err := l.Classify(t.Context(), question)
				require.Equal(t, classify.Open, failure(t, err).Kind, "one failure opens it again")
				require.Equal(t, time.Minute, failure(t, err).After)
			}
		}
	})
}

func TestFailuresInARowOpenTheBreaker(t *testing.T) {
	t.Parallel()
	bad := fails(classify.Server)
	for _, c := range []struct {
		name     string
		requests []outcome // one per request, without tries
		open     bool
	}{
		{"five", []outcome{bad, bad, bad, bad, bad}, true},
		{"four", []outcome{bad, bad, bad, bad}, false},
		{"not in a row", []outcome{bad, bad, bad, good(), bad, bad, bad}, false},
		{"of several kinds", []outcome{bad, fails(classify.Network), fails(classify.Throttled), hangs(), errs(errors.New("?"))}, true},
		{"malformed answers are answers: no ticket can open the breaker by what it says", slices.Repeat([]outcome{fails(classify.Malformed)}, 9), false},
		{"so they end a row", []outcome{bad, bad, bad, bad, fails(classify.Malformed), bad}, false},
		{"refusals", slices.Repeat([]outcome{fails(classify.Refused)}, 9), false},
		{"bad requests", slices.Repeat([]outcome{fails(classify.Rejected)}, 9), false},
		{"abstaining says nothing", []outcome{bad, bad, errs(helpdesk.ErrAbstain), bad, bad, bad}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				inner := script(append(c.requests, good())...)
				var told []classify.Kind
				l := limit(t, inner, classify.LimitConfig{Retries: map[classify.Kind]int{},
					Tell: func(_ context.Context, f *classify.Failure) { told = append(told, f.Kind) }})
				for range c.requests {
					l.Classify(t.Context(), question)
				}
				_, err := l.Classify(t.Context(), question)
				if !c.open {
					require.NoError(t, err)
					return
				}
				require.Equal(t, classify.Open, failure(t, err).Kind)
				require.Len(t, told, 1)
				time.Sleep(time.Minute)
				_, err = l.Classify(t.Context(), question)
				require.NoError(t, err)
			})
		})
	}
}

func TestBreakerStaysOpenAsLongAsTheServerAsks(t *testing.T) {
	t.Parallel()
	for after, open := range map[time.Duration]time.Duration{0: time.Minute, 10 * time.Second: time.Minute, 3 * time.Minute: 3 * time.Minute, 24 * time.Hour: 5 * time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			l := limit(t, script(errs(&classify.Failure{Kind: classify.Throttled, After: after})), classify.LimitConfig{Failures: 1})
			l.Classify(t.Context(), question)
			_, err := l.Classify(t.Context(), question)
			require.Equal(t, classify.Open, failure(t, err).Kind)
			require.Equal(t, open, failure(t, err).After, "asked for %v", after)
		})
	}
}

func TestOpenBreakerEndsTheTriesOfOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		inner := script(errs(&classify.Failure{Kind: classify.Throttled, After: 3 * time.Second}), failsFree(classify.Denied), good())
		l := limit(t, inner, classify.LimitConfig{})
		done := make(chan error)
		go func() { _, err := l.Classify(t.Context(), question); done <- err }()
		synctest.Wait()
		l.Classify(t.Context(), question)
		require.Equal(t, classify.Throttled, failure(t, <-done).Kind)
		require.Equal(t, 2, inner.asked())
	})
}

// A burst makes the last of a queue run out of time. The model is not at fault.
func TestTriesThatWereShortFromTheStartDoNotOpenTheBreaker(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := helpdesk.ClassifierFunc(func(ctx context.Context, _ *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(6 * time.Second):
				return good().answer, nil
			}
		})
		l := limit(t, slow, classify.LimitConfig{Failures: 1, Concurrency: 4})
		var answered, late atomic.Int32
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				if _, err := l.Classify(t.Context(), question); err == nil {
					answered.Add(1)
				} else if failure(t, err).Kind == classify.Timeout {
					late.Add(1)
				}
			})
		}
		wg.Wait()
		require.EqualValues(t, 12, answered.Load())
		require.EqualValues(t, 4, late.Load(), "they had 2 s left")
		_, err := l.Classify(t.Context(), question)
		require.NoError(t, err)
	})
}

func TestHostIsToldOnceAnHourForEachKind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var told []classify.Kind
		kind := classify.Denied
		inner := helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			return nil, &classify.Failure{Kind: kind}
		})
		l := limit(t, inner, classify.LimitConfig{Tell: func(_ context.Context, f *classify.Failure) { told = append(told, f.Kind) }})
		for range 59 {
			l.Classify(t.Context(), question)
			time.Sleep(time.Minute)
		}
		require.Equal(t, []classify.Kind{classify.Denied}, told)
		time.Sleep(time.Minute)
		l.Classify(t.Context(), question)
		require.Equal(t, []classify.Kind{classify.Denied, classify.Denied}, told)
		time.Sleep(5 * time.Minute)
		kind = classify.Rejected
		for range 3 {
			l.Classify(t.Context(), question)
		}
		kind = classify.Refused // concerns one ticket, not the host
		l.Classify(t.Context(), question)
		require.Equal(t, []classify.Kind{classify.Denied, classify.Denied, classify.Rejected}, told)
	})
}

func TestHostIsToldByTheLogWhenItDoesNotSayHow(t *testing.T) { // not parallel: slog.SetDefault
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	l, err := classify.NewLimit(script(failsFree(classify.Denied)), nil)
	require.NoError(t, err)
	l.Classify(t.Context(), question)
	require.Contains(t, log.String(), "level=ERROR")
	require.Contains(t, log.String(), "kind=denied")
}

// In any order of outcomes: calls at once never exceed the slots, each slot comes back, and the
// sums are those of the calls made.
func TestLimitHoldsWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		outcomes := rapid.SliceOfN(rapid.SampledFrom([]outcome{
			good(), fails(classify.Server), fails(classify.Malformed), fails(classify.Refused), fails(classify.Denied), hangs(), {panics: "oh"}, errs(helpdesk.ErrAbstain),
		}), 1, 30).Draw(rt, "outcomes")
		slots := rapid.IntRange(1, 3).Draw(rt, "slots")
		synctest.Test(t, func(t *testing.T) {
			var now atomic.Int32
			var paid, billed atomic.Int64
			inner := script(outcomes...)
			l := limit(t, helpdesk.ClassifierFunc(func(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
				if n := now.Add(1); int(n) > slots {
					t.Errorf("%d calls at once", n)
				}
				defer now.Add(-1)
				time.Sleep(time.Second)
				c, err := inner.Classify(ctx, r)
				var f *classify.Failure
				if c != nil {
					paid.Add(c.Cost)
				} else if errors.As(err, &f) {
					paid.Add(f.Cost)
				}
				return c, err
			}), classify.LimitConfig{Concurrency: slots})
			var wg sync.WaitGroup
			for range 2 * len(outcomes) {
				wg.Go(func() {
					defer func() { recover() }()
					c, err := l.Classify(t.Context(), question)
					var f *classify.Failure
					if c != nil {
						billed.Add(c.Cost)
					} else if errors.As(err, &f) {
						billed.Add(f.Cost)
					} else if err == nil {
						t.Error("neither answer nor error")
					}
				})
			}
			wg.Wait()
			panicked := slices.ContainsFunc(outcomes, func(o outcome) bool { return o.panics != nil })
			if !panicked && paid.Load() != billed.Load() {
				t.Errorf("paid %d, billed %d", paid.Load(), billed.Load())
			}
			time.Sleep(time.Hour) // every breaker has cooled down
			inner.outcomes = []outcome{good()}
			for range 2 * slots {
				if _, err := l.Classify(t.Context(), question); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			}
		})
	})
}

func TestNewLimitChecksItsArguments(t *testing.T) {
	t.Parallel()
	for field, cfg := range map[string]classify.LimitConfig{
		"Concurrency is negative": {Concurrency: -1}, "Timeout is negative": {Timeout: -1}, "Total is negative": {Total: -1},
		"Cool is negative": {Cool: -1}, "Denied is negative": {Denied: -1},
		`Retries has a negative number for "timeout"`: {Retries: map[classify.Kind]int{classify.Timeout: -1}},
	} {
		_, err := classify.NewLimit(script(good()), &cfg)
		require.EqualError(t, err, "classify: new limit: "+field)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
	}
	_, err := classify.NewLimit(nil, nil)
	require.EqualError(t, err, "classify: new limit: inner is nil")
	inner := script(good())
	require.Same(t, inner, limit(t, inner, classify.LimitConfig{}).Unwrap())
}
