package classify_test

import (
	"context"
	"errors"
	"math"
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

// metered is a model of $1e-9 a token. Its calls may use 100 tokens in and 10 out.
type metered struct{ helpdesk.Classifier }

func (metered) Model() string                             { return "metered" }
func (metered) Most(*helpdesk.ClassifyRequest) (int, int) { return 100, 10 }

const most = 110 // of one call

func budget(t testing.TB, inner helpdesk.Classifier, cfg classify.BudgetConfig) *classify.Budget {
	cfg.Prices = classify.Prices{"metered": {In: 1, Out: 1}}
	b, err := classify.NewBudget(metered{inner}, &cfg)
	require.NoError(t, err)
	return b
}

// book is a Ledger that shows its entries.
type book struct {
	mu    sync.Mutex
	spent map[string]int64
	fail  error
}

func (b *book) Add(ctx context.Context, tenant helpdesk.TenantID, day string, nano, limit int64) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := errors.Join(b.fail, ctx.Err()); err != nil {
		return false, err
	}
	key := string(tenant) + " " + day
	if nano > 0 && b.spent[key]+nano > limit {
		return false, nil
	}
	if b.spent == nil {
		b.spent = map[string]int64{}
	}
	b.spent[key] += nano
	return true, nil
}

// used is an answer with a token count by the server.
func used(in, out int) outcome {
	return outcome{answer: &helpdesk.Classification{Category: helpdesk.Billing, TokensIn: in, TokensOut: out}}
}

func TestWhatACallCostIsBooked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		o    outcome
		want int64
	}{
		{"an answer", used(40, 5), 45},
		{"an answer with a price of its own", outcome{answer: &helpdesk.Classification{TokensIn: 40, Cost: 17}}, 17},
		{"an answer that nobody counted", used(0, 0), most},
		{"no answer and no error", outcome{}, most},
		{"more than the most", used(400, 50), 450},
		{"a failure that was paid for", errs(&classify.Failure{Kind: classify.Malformed, TokensIn: 40, TokensOut: 5}), 45},
		{"a failure with a price", errs(&classify.Failure{Kind: classify.Malformed, TokensIn: 40, Cost: 50}), 50},
		{"a failure that cost nothing", errs(&classify.Failure{Kind: classify.Throttled}), 0},
		{"a failure nobody knows the cost of", errs(&classify.Failure{Kind: classify.Timeout, Uncounted: true}), most},
		{"an error of its own", errs(errors.New("pipe broke")), most},
		{"abstained", errs(helpdesk.ErrAbstain), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // the clock of the bubble starts on 2000-01-01
				ledger := &book{}
				answer, err := budget(t, script(c.o), classify.BudgetConfig{PerDay: most, Ledger: ledger}).Classify(t.Context(), question)
				require.Equal(t, c.o.err, err)
				require.Equal(t, map[string]int64{"acme 2000-01-01": c.want}, ledger.spent)
				if c.o.answer != nil && c.o.answer.TokensIn > 0 {
					require.Equal(t, c.want, answer.Cost, "the record says what the book says")
				}
			})
		})
	}
}

func TestPanicStaysBooked(t *testing.T) {
	t.Parallel()
	ledger := &book{}
	b := budget(t, script(outcome{panics: "oh"}), classify.BudgetConfig{PerDay: most, Ledger: ledger})
	require.PanicsWithValue(t, "oh", func() { b.Classify(t.Context(), question) })
	_, err := b.Classify(t.Context(), question)
	require.ErrorIs(t, err, classify.ErrBudget)
}

func TestSpentBudgetAbstains(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		inner := script(used(100, 10))
		b := budget(t, inner, classify.BudgetConfig{PerDay: 2*most - 1})
		_, err := b.Classify(t.Context(), question)
		require.NoError(t, err)
		_, err = b.Classify(t.Context(), question)
		require.ErrorIs(t, err, classify.ErrBudget)
		require.ErrorIs(t, err, helpdesk.ErrAbstain)
		require.EqualError(t, err, "classify: budget spent: classifier abstains: a call may cost $0.000001, and $0.000001 are allowed on 2000-01-01")
		require.Equal(t, 1, inner.asked())

		other := *question
		other.Tenant = "other"
		_, err = b.Classify(t.Context(), &other)
		require.NoError(t, err, "another tenant has a budget of its own")
		time.Sleep(24*time.Hour - time.Nanosecond)
		_, err = b.Classify(t.Context(), question)
		require.ErrorIs(t, err, classify.ErrBudget)
		time.Sleep(time.Nanosecond)
		_, err = b.Classify(t.Context(), question)
		require.NoError(t, err, "a new day")
	})
}

func TestTheDayIsThatOfUTC(t *testing.T) {
	t.Parallel()
	ledger := &book{}
	tokyo := time.FixedZone("Tokyo", 9*3600)
	clock := helpdesk.ClockFunc(func() time.Time { return time.Date(2026, 3, 3, 8, 59, 0, 0, tokyo) })
	_, err := budget(t, script(used(1, 1)), classify.BudgetConfig{PerDay: most, Ledger: ledger, Clock: clock}).Classify(t.Context(), question)
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"acme 2026-03-02": 2}, ledger.spent)
}

func TestACallOverMidnightIsBookedOnTheDayItBegan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ledger := &book{}
		slow := script(outcome{do: func(context.Context) (*helpdesk.Classification, error) {
			time.Sleep(24 * time.Hour)
			return used(1, 1).answer, nil
		}})
		_, err := budget(t, slow, classify.BudgetConfig{PerDay: most, Ledger: ledger}).Classify(t.Context(), question)
		require.NoError(t, err)
		require.Equal(t, map[string]int64{"acme 2000-01-01": 2}, ledger.spent)
	})
}

func TestTenantsMayHaveBudgetsOfTheirOwn(t *testing.T) {
	t.Parallel()
	b := budget(t, script(used(100, 10)), classify.BudgetConfig{PerTenant: func(tenant helpdesk.TenantID) int64 {
		return map[helpdesk.TenantID]int64{"acme": most}[tenant]
	}})
	_, err := b.Classify(t.Context(), question)
	require.NoError(t, err)
	_, err = b.Classify(t.Context(), &helpdesk.ClassifyRequest{Tenant: "unpaid"})
	require.ErrorIs(t, err, classify.ErrBudget)
}

func TestNothingIsAskedWithoutALedger(t *testing.T) {
	t.Parallel()
	inner, down := script(used(1, 1)), errors.New("ledger down")
	_, err := budget(t, inner, classify.BudgetConfig{PerDay: most, Ledger: &book{fail: down}}).Classify(t.Context(), question)
	require.ErrorIs(t, err, down)
	require.NotErrorIs(t, err, helpdesk.ErrAbstain)
	require.Zero(t, inner.asked())
}

func TestCancelledCallIsSettledAllTheSame(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	ledger := &book{}
	inner := script(outcome{do: func(context.Context) (*helpdesk.Classification, error) {
		cancel()
		return nil, &classify.Failure{Kind: classify.Malformed, TokensIn: 3}
	}})
	_, err := budget(t, inner, classify.BudgetConfig{PerDay: most, Ledger: ledger}).Classify(ctx, question)
	require.Error(t, err)
	for _, spent := range ledger.spent {
		require.EqualValues(t, 3, spent)
	}
	require.Len(t, ledger.spent, 1)
}

// Fifty tickets at once, each at the greatest cost: money for seven pays for seven.
func TestCallsAtTheSameTimeCannotOverspend(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var paid, refused atomic.Int64
		inner := script(outcome{do: func(context.Context) (*helpdesk.Classification, error) {
			time.Sleep(time.Second)
			paid.Add(most)
			return used(100, 10).answer, nil
		}})
		b := budget(t, inner, classify.BudgetConfig{PerDay: 7*most + most/2})
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if _, err := b.Classify(t.Context(), question); errors.Is(err, classify.ErrBudget) {
					refused.Add(1)
				}
			})
		}
		wg.Wait()
		require.EqualValues(t, 7*most, paid.Load())
		require.EqualValues(t, 43, refused.Load())
	})
}

func TestEveryTryIsBooked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ledger := &book{}
		inner := script(hangs(), errs(&classify.Failure{Kind: classify.Malformed, TokensIn: 40}), used(40, 5))
		answer, err := limit(t, budget(t, inner, classify.BudgetConfig{PerDay: 10 * most, Ledger: ledger}), classify.LimitConfig{}).Classify(t.Context(), question)
		require.NoError(t, err)
		require.Equal(t, map[string]int64{"acme 2000-01-01": most + 40 + 45}, ledger.spent)
		require.Equal(t, 80, answer.TokensIn)

		inner = script(errs(&classify.Failure{Kind: classify.Malformed, TokensIn: 100, TokensOut: 10}))
		_, err = limit(t, budget(t, inner, classify.BudgetConfig{PerDay: most}), classify.LimitConfig{}).Classify(t.Context(), question)
		require.ErrorIs(t, err, classify.ErrBudget, "there was money for one try")
		require.Equal(t, 1, inner.asked())
	})
}

// In any order of calls at any cost, no tenant overspends a day, and the book has the sum of the
// costs.
func TestBudgetHoldsWhateverCallsCost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		perDay := rapid.Int64Range(1, 10*most).Draw(rt, "per day")
		costs := rapid.SliceOfN(rapid.IntRange(1, 100), 1, 30).Draw(rt, "tokens")
		synctest.Test(t, func(t *testing.T) {
			var paid atomic.Int64
			var next atomic.Int32
			inner := script(outcome{do: func(context.Context) (*helpdesk.Classification, error) {
				n := costs[int(next.Add(1)-1)]
				time.Sleep(time.Duration(n) * time.Millisecond)
				paid.Add(int64(n))
				return used(n, 0).answer, nil
			}})
			ledger := &book{}
			b := budget(t, inner, classify.BudgetConfig{PerDay: perDay, Ledger: ledger})
			var wg sync.WaitGroup
			for i := range costs {
				wg.Go(func() {
					time.Sleep(time.Duration(i*7) * time.Millisecond)
					b.Classify(t.Context(), question)
				})
			}
			wg.Wait()
			if paid.Load() > perDay {
				t.Errorf("paid %d of %d", paid.Load(), perDay)
			}
			if spent := ledger.spent["acme 2000-01-01"]; spent != paid.Load() {
				t.Errorf("booked %d, paid %d", spent, paid.Load())
			}
		})
	})
}

func TestNewBudgetChecksItsArguments(t *testing.T) {
	t.Parallel()
	_, err := classify.NewBudget(metered{script(good())}, &classify.BudgetConfig{PerDay: 1})
	require.EqualError(t, err, `classify: new budget: Prices has no price for "metered"`)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = classify.NewBudget(metered{script(good())}, &classify.BudgetConfig{Prices: classify.Prices{"metered": {}}})
	require.EqualError(t, err, "classify: new budget: PerDay is not set")
	_, err = classify.NewBudget(metered{script(good())}, &classify.BudgetConfig{PerDay: 1, Prices: classify.Prices{"metered": {In: -1}}})
	require.EqualError(t, err, `classify: new budget: Prices has a negative price for "metered"`)
	_, err = classify.NewBudget(nil, nil)
	require.ErrorContains(t, err, "inner is nil")
}

// The ledger in memory keeps the contract, also with numbers at the ends of their range.
func TestLedgerInMemoryKeepsTheContract(t *testing.T) {
	t.Parallel()
	b := budget(t, script(used(100, 10)), classify.BudgetConfig{PerDay: math.MaxInt64})
	for range 3 {
		_, err := b.Classify(t.Context(), question)
		require.NoError(t, err)
	}
	free, err := classify.NewBudget(metered{script(used(100, 10))}, &classify.BudgetConfig{PerDay: 1, Prices: classify.Prices{"metered": {}}})
	require.NoError(t, err)
	for range 3 {
		_, err := free.Classify(t.Context(), question)
		require.NoError(t, err, "what costs nothing is never too much")
	}
	dear, err := classify.NewBudget(metered{script(used(100, 10))}, &classify.BudgetConfig{PerDay: math.MaxInt64 - 1, Prices: classify.Prices{"metered": {In: math.MaxInt64}}})
	require.NoError(t, err)
	_, err = dear.Classify(t.Context(), question)
	require.ErrorIs(t, err, classify.ErrBudget)
}
