package classify_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/similar"
)

// pointing is a model of $1e-9 a token. It counts a token for each word of a text, and announces at
// most one for each byte.
type pointing struct {
	asked [][]string
	err   error
	blind bool // returns no count
}

func (p *pointing) Model() string { return "pointing" }

func (p *pointing) MostTokens(texts []string) int { return len(strings.Join(texts, "")) }

func (p *pointing) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, _, err := p.EmbedCounted(ctx, texts)
	return vectors, err
}

func (p *pointing) EmbedCounted(_ context.Context, texts []string) (vectors [][]float32, tokens int, err error) {
	p.asked = append(p.asked, texts)
	for _, text := range texts {
		vectors = append(vectors, []float32{float32(len(text)), 1})
		tokens += len(strings.Fields(text))
	}
	if p.blind {
		tokens = 0
	}
	if p.err != nil {
		return nil, 0, p.err
	}
	return vectors, tokens, nil
}

func embedBudget(t testing.TB, inner *pointing, cfg classify.BudgetConfig) *classify.EmbedBudget {
	cfg.Prices = classify.Prices{"pointing": {In: 1}}
	b, err := classify.NewEmbedBudget(inner, &cfg)
	require.NoError(t, err)
	return b
}

func ExampleNewEmbedBudget() {
	model := &pointing{} // for example an openaiclassify.Embedder
	budget, err := classify.NewEmbedBudget(model, &classify.BudgetConfig{
		PerDay: 20, // billionths of a dollar
		Prices: classify.Prices{"pointing": {In: 1}},
	})
	if err != nil {
		panic(err)
	}
	embedder := classify.RedactEmbedder(budget, nil) // for similar.Config.Embedder
	acme := embedder.(similar.TenantEmbedder).ForTenant("acme")
	for range 3 {
		vectors, err := acme.Embed(context.Background(), []string{"the kiln is cold"})
		fmt.Println(len(vectors), errors.Is(err, classify.ErrBudget))
	}
	// Output:
	// 1 false
	// 1 false
	// 0 true
}

func TestWhatVectorsCostIsBooked(t *testing.T) {
	t.Parallel()
	texts := []string{"one two", "three"} // 12 bytes
	for _, c := range []struct {
		name  string
		inner pointing
		want  int64
	}{
		{"counted", pointing{}, 3},
		{"that nobody counted", pointing{blind: true}, 12},
		{"that failed after some were made", pointing{err: &classify.Failure{Kind: classify.Server, TokensIn: 2}}, 2},
		{"that were cut off", pointing{err: &classify.Failure{Kind: classify.Timeout, Uncounted: true}}, 12},
		{"that were refused", pointing{err: &classify.Failure{Kind: classify.Throttled}}, 0},
		{"that were never asked for", pointing{err: helpdesk.ErrInvalid}, 0},
	} {
		ledger := &book{}
		b := embedBudget(t, &c.inner, classify.BudgetConfig{PerDay: 12, Ledger: ledger})
		_, err := b.ForTenant("acme").Embed(t.Context(), texts)
		require.ErrorIs(t, err, c.inner.err, c.name)
		require.Len(t, ledger.spent, 1)
		for key, spent := range ledger.spent {
			require.True(t, strings.HasPrefix(key, "acme 20"), key)
			require.Equal(t, c.want, spent, c.name)
		}
	}
}

func TestTooLittleMoneyAsksForNoVectors(t *testing.T) {
	t.Parallel()
	inner := &pointing{}
	b := embedBudget(t, inner, classify.BudgetConfig{PerDay: 11})
	_, err := b.ForTenant("acme").Embed(t.Context(), []string{"one two", "three"})
	require.ErrorIs(t, err, classify.ErrBudget)
	require.ErrorIs(t, err, helpdesk.ErrAbstain)
	require.Empty(t, inner.asked)

	got, err := b.ForTenant("acme").Embed(t.Context(), []string{"one two"})
	require.NoError(t, err)
	require.Equal(t, [][]float32{{7, 1}}, got)
	_, err = b.ForTenant("acme").Embed(t.Context(), []string{"nine letters"})
	require.ErrorIs(t, err, classify.ErrBudget)
	_, err = b.ForTenant("other").Embed(t.Context(), []string{"one letter"})
	require.NoError(t, err, "another tenant has a budget of its own")
	_, err = b.Embed(t.Context(), []string{"one letter"})
	require.NoError(t, err, "and so has nobody")

	asked := len(inner.asked)
	none, err := b.Embed(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, none)
	require.Len(t, inner.asked, asked)

	broken := embedBudget(t, inner, classify.BudgetConfig{PerDay: 99, Ledger: &book{fail: errors.New("down")}})
	_, err = broken.Embed(t.Context(), []string{"x"})
	require.ErrorContains(t, err, "classify: budget: down")
	require.Len(t, inner.asked, asked)
}

func TestClassifierAndEmbedderSpendTheSameMoney(t *testing.T) {
	t.Parallel()
	ledger := classify.NewLedger()
	clock := helpdesk.ClockFunc(func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) })
	b := budget(t, script(used(100, 10)), classify.BudgetConfig{PerDay: most + 5, Ledger: ledger, Clock: clock})
	e := embedBudget(t, &pointing{}, classify.BudgetConfig{PerDay: most + 5, Ledger: ledger, Clock: clock}).ForTenant(question.Tenant)
	_, err := b.Classify(t.Context(), question)
	require.NoError(t, err)
	_, err = e.Embed(t.Context(), []string{"sixsix"})
	require.ErrorIs(t, err, classify.ErrBudget)
	_, err = e.Embed(t.Context(), []string{"five5"})
	require.NoError(t, err)
	_, err = b.Classify(t.Context(), question)
	require.ErrorIs(t, err, classify.ErrBudget)
}

func TestVectorsNeverCostMoreThanTheBudget(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		inner, ledger := &pointing{}, &book{}
		limit := rapid.Int64Range(1, 60).Draw(rt, "limit")
		b := embedBudget(t, inner, classify.BudgetConfig{PerDay: limit, Ledger: ledger}).ForTenant("acme")
		for range rapid.IntRange(1, 20).Draw(rt, "calls") {
			inner.blind = rapid.Bool().Draw(rt, "blind")
			inner.err = rapid.SampledFrom([]error{nil, nil, &classify.Failure{TokensIn: 1}, &classify.Failure{Uncounted: true}}).Draw(rt, "err")
			texts := rapid.SliceOfN(rapid.StringMatching("[a-z][a-z ]{0,11}"), 1, 3).Draw(rt, "texts")
			most, before, asked := int64(inner.MostTokens(texts)), total(ledger), len(inner.asked)
			_, err := b.Embed(t.Context(), texts)
			require.Equal(t, before+most <= limit || most == 0, len(inner.asked) > asked, "asked if there is money for the most it may cost")
			if len(inner.asked) == asked {
				require.ErrorIs(t, err, classify.ErrBudget)
			}
			require.LessOrEqual(t, total(ledger), limit)
			require.GreaterOrEqual(t, total(ledger), before)
		}
	})
}

func total(b *book) (sum int64) {
	for _, n := range b.spent {
		sum += n
	}
	return sum
}

func TestNewEmbedBudgetChecksItsArguments(t *testing.T) {
	t.Parallel()
	_, err := classify.NewEmbedBudget(nil, nil)
	require.EqualError(t, err, "classify: new embed budget: inner is nil\nPerDay is not set")
	_, err = classify.NewEmbedBudget(&pointing{}, &classify.BudgetConfig{PerDay: 1})
	require.EqualError(t, err, `classify: new embed budget: Prices has no price for "pointing"`)
}
