package classify_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

func chain(t testing.TB, of ...helpdesk.Classifier) *classify.Chain {
	c, err := classify.NewChain(nil, of...)
	require.NoError(t, err)
	return c
}

func ExampleChain() {
	learned := helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		return nil, helpdesk.ErrAbstain // never saw a similar text
	})
	c, err := classify.NewChain(nil, learned, classify.Offline())
	if err != nil {
		panic(err)
	}
	answer, err := c.Classify(context.Background(), &helpdesk.ClassifyRequest{
		Subject: "Refund for an invoice", Categories: helpdesk.DefaultCategories(),
	})
	fmt.Println(answer.Category, answer.Classifier, err)
	// Output: billing offline/1 <nil>
}

// onlyPriority abstains from all but a priority.
type onlyPriority struct{ helpdesk.Priority }

func (onlyPriority) Error() string                          { return "no category" }
func (onlyPriority) Unwrap() error                          { return helpdesk.ErrAbstain }
func (p onlyPriority) AbstainedPriority() helpdesk.Priority { return p.Priority }

func TestChainKeepsThePriorityOfAnAbstention(t *testing.T) {
	t.Parallel()
	failing := func(err error) helpdesk.Classifier {
		return helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) { return nil, err })
	}
	for _, first := range []error{helpdesk.ErrAbstain, helpdesk.ErrBudget} {
		chain, err := classify.NewChain(nil, failing(first), failing(onlyPriority{helpdesk.High}))
		require.NoError(t, err)
		_, err = chain.Classify(t.Context(), &helpdesk.ClassifyRequest{})
		require.ErrorIs(t, err, first)
		require.ErrorIs(t, err, helpdesk.ErrAbstain)
		var sure onlyPriority
		require.ErrorAs(t, err, &sure)
		require.Equal(t, helpdesk.High, sure.Priority)
	}
}

func TestChainAsksTheNextWhenItShould(t *testing.T) {
	t.Parallel()
	spam := outcome{answer: &helpdesk.Classification{Suspicious: true, Category: "spam"}}
	down, denied := fails(classify.Timeout), fails(classify.Denied)
	abstains, broke := errs(helpdesk.ErrAbstain), errs(fmt.Errorf("acme: %w", classify.ErrBudget))
	for _, c := range []struct {
		name  string
		of    []outcome
		last  bool
		asked int
		want  helpdesk.Category
		err   error // nil for an answer; else an error to match
	}{
		{"a confident answer stands", []outcome{says("a", 0.9), says("b", 1)}, false, 1, "a", nil},
		{"confident is what reaches the least", []outcome{says("a", 0.60), says("b", 1)}, false, 1, "a", nil},
		{"an unsure one does not", []outcome{says("a", 0.59), says("b", 0.8)}, false, 2, "b", nil},
		{"the surest of the unsure", []outcome{says("a", 0.4), says("b", 0.5), says("c", 0.3)}, false, 3, "b", nil},
		{"the first of equals", []outcome{says("a", 0.4), says("b", 0.4)}, false, 2, "a", nil},
		{"NaN is not sure", []outcome{says("a", math.NaN()), says("b", 0.1), says("c", math.NaN())}, false, 3, "b", nil},
		{"none of the categories is an answer", []outcome{says("", 0.1), says("b", 1)}, false, 1, "", nil},
		{"a suspicious text is one", []outcome{says("a", 0.1), spam, says("b", 1)}, false, 2, "spam", nil},
		{"abstaining passes", []outcome{abstains, says("b", 0.8)}, false, 2, "b", nil},
		{"nil and nil abstains", []outcome{{}, says("b", 0.8)}, false, 2, "b", nil},
		{"a spent budget passes", []outcome{broke, says("b", 0.8)}, false, 2, "b", nil},
		{"all abstain", []outcome{abstains, abstains}, false, 2, "", helpdesk.ErrAbstain},
		{"a spent budget is the better reason", []outcome{abstains, broke, abstains}, false, 3, "", classify.ErrBudget},
		{"trouble is left to the Desk", []outcome{down, says("b", 0.8)}, false, 1, "", down.err},
		{"also after one that abstained", []outcome{abstains, denied, says("b", 0.8)}, false, 2, "", denied.err},
		{"the last time it passes", []outcome{down, says("b", 0.8)}, true, 2, "b", nil},
		{"the last time with nobody left", []outcome{down}, true, 1, "", down.err},
		{"the last time, and nobody can", []outcome{down, denied}, true, 2, "", down.err},
		{"the last time, and the next abstains", []outcome{down, abstains}, true, 2, "", down.err},
		{"refused is refused", []outcome{fails(classify.Refused), says("b", 0.8)}, false, 1, "", helpdesk.ErrInvalid},
		{"also the last time", []outcome{errs(helpdesk.ErrInvalid), says("b", 0.8)}, true, 1, "", helpdesk.ErrInvalid},
		{"an unsure answer outlives trouble", []outcome{says("a", 0.4), down}, false, 2, "a", nil},
		{"and a refusal", []outcome{says("a", 0.4), fails(classify.Refused), says("c", 0.5)}, false, 3, "c", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var of []helpdesk.Classifier
			var scripts []*scripted
			for _, o := range c.of {
				s := script(o)
				of, scripts = append(of, s), append(scripts, s)
			}
			answer, err := chain(t, of...).Classify(t.Context(), &helpdesk.ClassifyRequest{Last: c.last})
			asked, cost := 0, int64(0)
			for i, s := range scripts {
				if s.asked() == 0 {
					continue
				}
				asked++
				var f *classify.Failure
				if a := c.of[i].answer; a != nil {
					cost += a.Cost
				} else if errors.As(c.of[i].err, &f) {
					cost += f.Cost
				}
			}
			require.Equal(t, c.asked, asked)
			if c.err != nil {
				require.ErrorIs(t, err, c.err)
				require.Nil(t, answer)
				if cost > 0 {
					require.Equal(t, cost, failure(t, err).Cost)
				}
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, answer.Category)
			require.Equal(t, cost, answer.Cost, "the sum of all who were asked")
		})
	}
}

func TestChainLeavesTheAnswersAlone(t *testing.T) {
	t.Parallel()
	unsure, sure := says("a", 0.1), says("b", 0.9)
	answer, err := chain(t, script(unsure), script(sure)).Classify(t.Context(), question)
	require.NoError(t, err)
	require.Equal(t, 200, answer.TokensIn)
	require.Equal(t, 20, answer.TokensOut)
	require.Equal(t, 100, sure.answer.TokensIn, "an answer may belong to many")
}

// TestAnAnswerSaysWhichOneWasSkipped: an event can say why the model of the host did not answer.
func TestAnAnswerSaysWhichOneWasSkipped(t *testing.T) {
	t.Parallel()
	broke := fmt.Errorf("acme: %w", classify.ErrBudget)
	down := fails(classify.Timeout)
	for _, c := range []struct {
		name string
		of   []outcome
		want error
	}{
		{"a spent budget", []outcome{errs(broke), says("b", 0.8)}, classify.ErrBudget},
		{"also when nobody is sure", []outcome{errs(broke), says("b", 0.1)}, classify.ErrBudget},
		{"trouble, the last time", []outcome{down, says("b", 0.8)}, down.err},
		{"one without an opinion was not skipped", []outcome{errs(helpdesk.ErrAbstain), says("b", 0.8)}, nil},
		{"one that is unsure was not skipped", []outcome{says("a", 0.1), says("b", 0.8)}, nil},
	} {
		var of []helpdesk.Classifier
		for _, o := range c.of {
			of = append(of, script(o))
		}
		answer, err := chain(t, of...).Classify(t.Context(), &helpdesk.ClassifyRequest{Last: true})
		require.NoError(t, err, c.name)
		if c.want == nil {
			require.NoError(t, answer.Skipped, c.name)
		} else {
			require.ErrorIs(t, answer.Skipped, c.want, c.name)
		}
	}
}

func TestChainEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	next := script(good())
	_, err := chain(t, script(hangs()), next).Classify(ctx, &helpdesk.ClassifyRequest{Last: true})
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, next.asked())
}

func TestChainPassesPanicsOn(t *testing.T) {
	t.Parallel()
	c := chain(t, script(errs(helpdesk.ErrAbstain)), script(outcome{panics: 17}))
	require.PanicsWithValue(t, 17, func() { c.Classify(t.Context(), question) })
}

func TestLeastIsConfigurable(t *testing.T) {
	t.Parallel()
	c, err := classify.NewChain(&classify.ChainConfig{Least: 0.95}, script(says("a", 0.9)), script(says("b", 0.96)))
	require.NoError(t, err)
	answer, err := c.Classify(t.Context(), question)
	require.NoError(t, err)
	require.EqualValues(t, "b", answer.Category)
}

func TestNewChainChecksItsArguments(t *testing.T) {
	t.Parallel()
	_, err := classify.NewChain(nil)
	require.EqualError(t, err, "classify: new chain: of is empty")
	_, err = classify.NewChain(nil, script(good()), nil)
	require.EqualError(t, err, "classify: new chain: of[1] is nil")
	for _, least := range []float64{-0.1, 1.1, math.NaN()} {
		_, err = classify.NewChain(&classify.ChainConfig{Least: least}, script(good()))
		require.EqualError(t, err, "classify: new chain: Least is not between 0 and 1")
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
	}
}
