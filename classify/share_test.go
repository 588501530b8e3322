package classify_test

import (
	"context"
	"errors"
	"fmt"
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

// from is a request of a customer.
func from(tenant helpdesk.TenantID, email string) *helpdesk.ClassifyRequest {
	return &helpdesk.ClassifyRequest{Tenant: tenant, Subject: "Charged twice", Customer: helpdesk.Contact{Email: email}}
}

// TestACustomerSpendsNoMoreThanItsShare floods a budget for 20 calls, behind Redact, which hides
// the customer from the model.
func TestACustomerSpendsNoMoreThanItsShare(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		inner := script(used(100, 10))
		c := classify.Redact(limit(t, budget(t, inner, classify.BudgetConfig{PerDay: 20 * most, CustomerShare: 0.25}), classify.LimitConfig{}), nil)
		ask := func(tenant helpdesk.TenantID, email string) error {
			_, err := c.Classify(t.Context(), from(tenant, email))
			return err
		}
		for i := range 200 {
			err := ask("acme", fmt.Sprintf("Mallory+%d@example.com", i))
			require.Equal(t, i >= 5, errors.Is(err, classify.ErrBudgetShare), "call %d: %v", i, err)
		}
		require.Equal(t, 5, inner.asked())
		err := ask("acme", "mallory@example.com")
		require.ErrorIs(t, err, classify.ErrBudget, "a Chain asks the next one")
		require.EqualError(t, err, "classify: customer's share: budget spent: classifier abstains: a call may cost $0.000001, and $0.000001 are allowed on 2000-01-01")
		require.NoError(t, ask("acme", "kim@example.com"))
		require.NoError(t, ask("other", "mallory@example.com"), "a customer of that name of another tenant")
		for range 14 {
			require.NoError(t, ask("acme", ""), "without a customer there is no share")
		}
		err = ask("acme", "ann@example.com")
		require.ErrorIs(t, err, classify.ErrBudget)
		require.NotErrorIs(t, err, classify.ErrBudgetShare, "the tenant's budget is spent")
		time.Sleep(24 * time.Hour)
		require.NoError(t, ask("acme", "mallory@example.com"), "a new day")
	})
}

func TestACustomerCanAlwaysPayForOneCall(t *testing.T) {
	t.Parallel()
	b := budget(t, script(used(100, 10)), classify.BudgetConfig{PerDay: 2 * most}) // a tenth is less than a call
	_, err := b.Classify(t.Context(), from("acme", "kim@example.com"))
	require.NoError(t, err)
	_, err = b.Classify(t.Context(), from("acme", "kim@example.com"))
	require.ErrorIs(t, err, classify.ErrBudgetShare)
	whole := budget(t, script(used(100, 10)), classify.BudgetConfig{PerDay: 2 * most, CustomerShare: 1})
	for range 2 {
		_, err = whole.Classify(t.Context(), from("acme", "kim@example.com"))
		require.NoError(t, err)
	}
	_, err = whole.Classify(t.Context(), from("acme", "kim@example.com"))
	require.NotErrorIs(t, err, classify.ErrBudgetShare)
	require.ErrorIs(t, err, classify.ErrBudget)
	for _, share := range []float64{-0.1, 1.1} {
		_, err = classify.NewBudget(metered{script(good())}, &classify.BudgetConfig{
			PerDay: 1, CustomerShare: share, Prices: classify.Prices{"metered": {}},
		})
		require.EqualError(t, err, "classify: new budget: CustomerShare is not between 0 and 1")
	}
}

// TestARefusedCallCostsTheCustomerNothing: what the tenant has no money for, or the Ledger fails
// on, is not taken from the share.
func TestARefusedCallCostsTheCustomerNothing(t *testing.T) {
	t.Parallel()
	ledger := &book{fail: errors.New("ledger down")}
	b := budget(t, script(used(50, 5)), classify.BudgetConfig{PerDay: 4 * most, CustomerShare: 0.5, Ledger: ledger})
	for range 10 {
		_, err := b.Classify(t.Context(), from("acme", "kim@example.com"))
		require.ErrorIs(t, err, ledger.fail)
	}
	ledger.fail = nil
	for range 3 { // half of the most each, so the third needs what the first two left
		_, err := b.Classify(t.Context(), from("acme", "kim@example.com"))
		require.NoError(t, err)
	}
	_, err := b.Classify(t.Context(), from("acme", "kim@example.com"))
	require.ErrorIs(t, err, classify.ErrBudgetShare)
}

// TestSharesHoldWhateverCallsCost asks for several customers at once: none spends more than its
// share, and all together not more than the limit.
func TestSharesHoldWhateverCallsCost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		perDay := rapid.Int64Range(1, 20*most).Draw(rt, "per day")
		share := rapid.Float64Range(0.01, 1).Draw(rt, "share")
		costs := rapid.SliceOfN(rapid.IntRange(1, 100), 1, 40).Draw(rt, "tokens")
		synctest.Test(t, func(t *testing.T) {
			var paid [3]atomic.Int64
			var all atomic.Int64
			b := budget(t, helpdesk.ClassifierFunc(func(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
				var who, n int
				fmt.Sscanf(r.Subject, "%d %d", &who, &n)
				time.Sleep(time.Duration(n) * time.Millisecond)
				paid[who].Add(int64(n))
				all.Add(int64(n))
				return used(n, 0).answer, nil
			}), classify.BudgetConfig{PerDay: perDay, CustomerShare: share})
			var wg sync.WaitGroup
			for i, n := range costs {
				wg.Go(func() {
					time.Sleep(time.Duration(i*7) * time.Millisecond)
					r := from("acme", fmt.Sprintf("c%d@example.com", i%3))
					r.Subject = fmt.Sprintf("%d %d", i%3, n)
					b.Classify(t.Context(), r)
				})
			}
			wg.Wait()
			if all.Load() > perDay {
				t.Errorf("paid %d of %d", all.Load(), perDay)
			}
			for i := range paid {
				if most := max(most, int64(share*float64(perDay))); paid[i].Load() > most {
					t.Errorf("customer %d paid %d of %d", i, paid[i].Load(), most)
				}
			}
		})
	})
}
