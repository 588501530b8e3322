package classifytest_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// answers is a classifier that answers by the ticket's subject.
type answers map[string]func() (*helpdesk.Classification, error)

func (a answers) Classify(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	return a[r.Subject]()
}

func is(c helpdesk.Category, confidence float64) func() (*helpdesk.Classification, error) {
	return func() (*helpdesk.Classification, error) {
		return &helpdesk.Classification{Category: c, Confidence: confidence, TokensIn: 100, TokensOut: 10, Cost: 25}, nil
	}
}

func fails(err error) func() (*helpdesk.Classification, error) {
	return func() (*helpdesk.Classification, error) { return nil, err }
}

// paidError is an error that knows the cost of the failed call.
type paidError struct{ error }

func (paidError) Spent() (int, int, int64) { return 7, 3, 1000 }

// ten are tickets of three classes: five have right answers, two wrong ones, and three none.
func ten() ([]classifytest.Ticket, answers) {
	return []classifytest.Ticket{
			{ID: "1", Subject: "1", Category: "a"}, {ID: "2", Subject: "2", Category: "a"}, {ID: "3", Subject: "3", Category: "a"},
			{ID: "4", Subject: "4", Category: "a"}, {ID: "5", Subject: "5", Category: "b"}, {ID: "6", Subject: "6", Category: "b"},
			{ID: "7", Subject: "7", Category: "b"}, {ID: "8", Subject: "8", Category: "c"}, {ID: "9", Subject: "9", Category: "c"},
			{ID: "no label", Subject: "never asked about"}, {ID: "10", Subject: "10", Category: "c"},
		}, answers{
			"1": is("a", 0.95), "2": is("a", 0.85), "3": is("b", 0.6), "4": fails(fmt.Errorf("the model: %w", helpdesk.ErrAbstain)),
			"5": is("b", 0.9), "6": is("b", 0.55), "7": is("a", 0.65), "8": is("c", 1),
			"9": fails(paidError{errors.New("line\nbreak\x1b[2J")}), "10": func() (*helpdesk.Classification, error) { panic("oops") },
		}
}

func ptr(v float64) *float64 { return &v }

// The numbers were computed by hand.
func TestScoreCountsAbstentionsAndFailuresAsWrong(t *testing.T) {
	t.Parallel()
	tickets, classifier := ten()
	r, err := classifytest.Score(t.Context(), classifier, tickets, nil)
	require.NoError(t, err)
	require.Equal(t, classifytest.Category, r.Label)
	require.Equal(t, []int{10, 7, 1, 0, 2}, []int{r.N, r.Answered, r.Abstained, r.Suspicious, r.Failed})
	require.Equal(t, 0.5, r.Accuracy)
	require.InDelta(t, 5.0/7, *r.AccuracyAnswered, 1e-12)
	require.InDelta(t, 73.0/126, r.MacroF1, 1e-12) // of 4/7, 2/3 and 1/2
	require.Equal(t, []classifytest.Class{
		{Name: "a", N: 4, Answered: 3, Right: 2, Precision: ptr(2.0 / 3), Recall: ptr(0.5), F1: 4.0 / 7},
		{Name: "b", N: 3, Answered: 3, Right: 2, Precision: ptr(2.0 / 3), Recall: ptr(2.0 / 3), F1: 4.0 / 6},
		{Name: "c", N: 3, Answered: 1, Right: 1, Precision: ptr(1), Recall: ptr(1.0 / 3), F1: 0.5},
	}, r.Classes)
	require.Equal(t, classifytest.Confusion{Classes: []string{"a", "b", "c"}, Counts: [][]int{{2, 1, 0, 1, 0}, {1, 2, 0, 0, 0}, {0, 0, 1, 0, 2}}}, r.Confusion)
	require.Equal(t, []classifytest.Failure{{Ticket: "9", Error: "line break[2J"}, {Ticket: "10", Error: "the classifier panicked: oops"}}, r.Failures)
	require.Equal(t, []int{707, 73}, []int{r.TokensIn, r.TokensOut}, "what the failed call used is counted")
	require.EqualValues(t, 7*25+1000, r.Cost)
}

func TestScoreComparesConfidenceWithTruth(t *testing.T) {
	t.Parallel()
	tickets, classifier := ten()
	r, err := classifytest.Score(t.Context(), classifier, tickets, nil)
	require.NoError(t, err)
	require.InDelta(t, 2.0/7, *r.ECE, 1e-12) // |1-.55| + |0-1.25| + |1-.85| + |3-2.85|, of 7
	require.Len(t, r.Bins, 10)
	for i, want := range map[int]classifytest.Bin{
		0: {From: 0, To: 0.1},
		5: {From: 0.5, To: 0.6, N: 1, Confidence: ptr(0.55), Accuracy: ptr(1)},
		6: {From: 0.6, To: 0.7, N: 2, Confidence: ptr(0.625), Accuracy: ptr(0)},
		9: {From: 0.9, To: 1, N: 3, Confidence: ptr(0.95), Accuracy: ptr(1)},
	} {
		got := r.Bins[i]
		require.Equal(t, want.N, got.N, i)
		require.InDelta(t, want.From, got.From, 1e-12)
		require.InDelta(t, want.To, got.To, 1e-12)
		if want.N == 0 {
			require.Nil(t, got.Confidence)
			require.Nil(t, got.Accuracy)
			continue
		}
		require.InDelta(t, *want.Confidence, *got.Confidence, 1e-12)
		require.InDelta(t, *want.Accuracy, *got.Accuracy, 1e-12)
	}
	require.Len(t, r.Curve, 11)
	require.Equal(t, classifytest.Point{Threshold: 0, Coverage: 0.7, Accuracy: ptr(5.0 / 7)}, r.Curve[0])
	require.Equal(t, classifytest.Point{Threshold: 0.6, Coverage: 0.6, Accuracy: ptr(4.0 / 6)}, r.Curve[6], "0.6 itself is used")
	require.Equal(t, classifytest.Point{Threshold: 0.95, Coverage: 0.2, Accuracy: ptr(1)}, r.Curve[10])
}

func TestScoreTimesTheCalls(t *testing.T) {
	t.Parallel()
	clock := helpdesktest.NewClock(helpdesktest.Start)
	calls := 0
	var told [][2]int
	tickets := make([]classifytest.Ticket, 20)
	for i := range tickets {
		tickets[i].Category = "a"
	}
	r, err := classifytest.Score(t.Context(), helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		calls++
		clock.Advance(time.Duration(calls) * time.Millisecond)
		return nil, nil
	}), tickets, &classifytest.Config{Workers: 1, Clock: clock, Progress: func(done, total int) { told = append(told, [2]int{done, total}) }})
	require.NoError(t, err)
	require.Equal(t, 20, r.Abstained, "no answer and no error is an abstention")
	require.Equal(t, 10*time.Millisecond, r.LatencyP50)
	require.Equal(t, 19*time.Millisecond, r.LatencyP95)
	require.Equal(t, 210*time.Millisecond, r.Elapsed)
	require.InDelta(t, 20/0.21, *r.TicketsPerSecond, 1e-9)
	require.Equal(t, [2]int{1, 20}, told[0])
	require.Equal(t, [2]int{20, 20}, told[19])
}

func TestScoreJudgesAnswersAsADeskWould(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		answer    helpdesk.Classification
		abstained bool
		failure   string
	}{
		{"category outside of the list", helpdesk.Classification{Category: "elsewhere", Confidence: 1}, false, `category "elsewhere" is not one of the request's`},
		{"confidence of more than 1", helpdesk.Classification{Category: "a", Confidence: 1.01}, false, "confidence 1.01 is not between 0 and 1"},
		{"confidence that is no number", helpdesk.Classification{Category: "a", Confidence: math.NaN()}, false, "confidence NaN is not between 0 and 1"},
		{"no priority", helpdesk.Classification{Category: "a", Priority: 9}, false, "priority(9) is no priority"},
		{"unknown category", helpdesk.Classification{Confidence: 0.9}, true, ""},
		{"suspicious text", helpdesk.Classification{Category: "a", Confidence: 1, Suspicious: true}, true, ""},
		{"suspicious text, rest nonsense", helpdesk.Classification{Category: "?", Confidence: -1, Suspicious: true}, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			script := &helpdesktest.Script{}
			script.Answer(c.answer)
			r, err := classifytest.Score(t.Context(), script, []classifytest.Ticket{{ID: "1", Category: "a"}}, nil)
			require.NoError(t, err)
			require.Zero(t, r.Accuracy)
			require.Zero(t, r.Answered)
			require.Equal(t, c.abstained, r.Abstained == 1)
			require.Equal(t, c.answer.Suspicious, r.Suspicious == 1)
			if c.failure != "" {
				require.Equal(t, []classifytest.Failure{{Ticket: "1", Error: c.failure}}, r.Failures)
			}
			require.Nil(t, r.ECE, "nothing was answered")
			require.Nil(t, r.AccuracyAnswered)
		})
	}
}

func TestScoreComparesPriorities(t *testing.T) {
	t.Parallel()
	classifier := answers{}
	var tickets []classifytest.Ticket
	for i, pair := range [][2]helpdesk.Priority{{helpdesk.Urgent, helpdesk.Urgent}, {helpdesk.Low, helpdesk.High}, {helpdesk.High, 0}, {helpdesk.Low, helpdesk.Low}} {
		name := fmt.Sprint(i)
		tickets = append(tickets, classifytest.Ticket{ID: name, Subject: name, Priority: pair[0]})
		classifier[name] = func() (*helpdesk.Classification, error) {
			return &helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Priority: pair[1]}, nil
		}
	}
	r, err := classifytest.Score(t.Context(), classifier, tickets, &classifytest.Config{Label: classifytest.Priority})
	require.NoError(t, err)
	require.Equal(t, 0.5, r.Accuracy)
	require.Equal(t, 1, r.Abstained)
	require.Equal(t, []string{"low", "high", "urgent"}, r.Confusion.Classes, "in their order, not by name")
	require.InDelta(t, (2.0/3+0+1)/3, r.MacroF1, 1e-12)
	require.Nil(t, r.ECE, "a confidence is of the category")
	require.Nil(t, r.Curve)
	b, err := json.Marshal(r)
	require.NoError(t, err)
	require.Contains(t, string(b), `"ece":null`)
}

func TestScoreOffersTheCategoriesOfTheTickets(t *testing.T) {
	t.Parallel()
	script := &helpdesktest.Script{}
	tickets := []classifytest.Ticket{{ID: "7", Subject: "s", Body: "b", Category: "zoo"}, {Category: helpdesk.Billing}, {Category: "zoo"}}
	_, err := classifytest.Score(t.Context(), script, tickets, &classifytest.Config{Workers: 1})
	require.NoError(t, err)
	require.Equal(t, helpdesk.ClassifyRequest{
		Ticket: "7", Subject: "s", Text: "b", Source: helpdesk.SourceAPI, Last: true,
		Categories: []helpdesk.CategoryInfo{helpdesk.DefaultCategories()[0], {Name: "zoo"}},
	}, script.Requests()[0])
	require.Equal(t, helpdesk.DefaultCategories(), classifytest.CategoriesOf([]classifytest.Ticket{{Priority: helpdesk.Low}}))
}

func TestScoreRefusesWhatCannotBeScored(t *testing.T) {
	t.Parallel()
	tickets, classifier := ten()
	for want, ask := range map[string]func() error{
		"tickets has none with a label of priority": func() error {
			_, err := classifytest.Score(t.Context(), classifier, tickets, &classifytest.Config{Label: classifytest.Priority})
			return err
		},
		"tickets has none with a label of category": func() error { _, err := classifytest.Score(t.Context(), classifier, nil, nil); return err },
		"classifier is nil":                         func() error { _, err := classifytest.Score(t.Context(), nil, tickets, nil); return err },
		`"colour" is not one of category, priority`: func() error {
			_, err := classifytest.Score(t.Context(), classifier, tickets, &classifytest.Config{Label: "colour"})
			return err
		},
		"Workers is negative": func() error {
			_, err := classifytest.Score(t.Context(), classifier, tickets, &classifytest.Config{Workers: -1})
			return err
		},
	} {
		err := ask()
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.ErrorContains(t, err, want)
	}
}

func TestScoreEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int32
	stuck := helpdesk.ClassifierFunc(func(ctx context.Context, _ *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		if calls.Add(1) == 2 {
			cancel()
		}
		<-ctx.Done()
		return nil, ctx.Err()
	})
	tickets, _ := ten()
	r, err := classifytest.Score(ctx, stuck, tickets, &classifytest.Config{Workers: 2})
	require.ErrorIs(t, err, context.Canceled)
	require.Nil(t, r)
	require.EqualValues(t, 2, calls.Load())
}

// labelled draws tickets, each with an answer in its subject.
func labelled(t *rapid.T) []classifytest.Ticket {
	class := rapid.SampledFrom([]string{"a", "b", "c", "d"})
	n := rapid.IntRange(1, 40).Draw(t, "n")
	tickets := make([]classifytest.Ticket, n)
	for i := range tickets {
		answer := rapid.SampledFrom([]string{"a", "b", "c", "d", "abstain", "fail", "panic"}).Draw(t, "answer")
		confidence := rapid.SampledFrom([]string{"0", "0.1", "0.3", "0.5", "0.7", "0.99", "1"}).Draw(t, "confidence")
		tickets[i] = classifytest.Ticket{ID: fmt.Sprint(i), Subject: answer + " " + confidence, Category: helpdesk.Category(class.Draw(t, "class"))}
	}
	return tickets
}

// asTold gives the answer in the subject.
var asTold = helpdesk.ClassifierFunc(func(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	var answer string
	var confidence float64
	fmt.Sscan(r.Subject, &answer, &confidence)
	switch answer {
	case "abstain":
		return nil, helpdesk.ErrAbstain
	case "fail":
		return nil, errors.New("failed")
	case "panic":
		panic("panicked")
	}
	return &helpdesk.Classification{Category: helpdesk.Category(answer), Confidence: confidence}, nil
})

func four() []helpdesk.CategoryInfo {
	return []helpdesk.CategoryInfo{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}}
}

func score(t *rapid.T, c helpdesk.Classifier, tickets []classifytest.Ticket) *classifytest.Report {
	r, err := classifytest.Score(context.Background(), c, tickets, &classifytest.Config{
		Categories: four(), Workers: rapid.IntRange(1, 4).Draw(t, "workers"), Clock: helpdesktest.NewClock(helpdesktest.Start),
	})
	require.NoError(t, err)
	return r
}

func TestScoreDoesNotDependOnTheOrderOfTickets(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tickets := labelled(t)
		one := score(t, asTold, tickets)
		other := score(t, asTold, rapid.Permutation(tickets).Draw(t, "order"))
		require.InDelta(t, deref(one.ECE), deref(other.ECE), 1e-9)
		// Sums of floats, and fields that follow the order on purpose.
		for _, r := range []*classifytest.Report{one, other} {
			r.ECE, r.Failures = nil, nil
			for i := range r.Bins {
				if c := r.Bins[i].Confidence; c != nil {
					*c = math.Round(*c*1e9) / 1e9
				}
			}
		}
		require.Equal(t, one, other)
	})
}

func deref(v *float64) float64 {
	if v == nil {
		return -1
	}
	return *v
}

// Whatever a classifier does, the report adds up and has a number or null everywhere.
func TestReportsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := score(t, asTold, labelled(t))
		require.Equal(t, r.N, r.Answered+r.Abstained+r.Failed)
		sum, right, labels, answered := 0, 0, 0, 0
		for i, row := range r.Confusion.Counts {
			right += row[i]
			for _, n := range row {
				sum += n
			}
		}
		for _, c := range r.Classes {
			labels, answered = labels+c.N, answered+c.Answered
			require.LessOrEqual(t, c.Right, min(c.N, c.Answered))
		}
		require.Equal(t, []int{r.N, r.N, r.Answered}, []int{sum, labels, answered})
		require.InDelta(t, float64(right)/float64(r.N), r.Accuracy, 1e-12)
		if r.ECE != nil {
			require.True(t, *r.ECE >= 0 && *r.ECE <= 1)
			require.InDelta(t, float64(r.Answered)/float64(r.N), r.Curve[0].Coverage, 1e-12)
			require.True(t, slices.IsSortedFunc(r.Curve, func(a, b classifytest.Point) int {
				return cmp.Compare(b.Coverage, a.Coverage)
			}), "a higher threshold never covers more")
		}
		_, err := json.Marshal(r)
		require.NoError(t, err, "JSON has no NaN")
		require.NoError(t, r.WriteText(&strings.Builder{}))
	})
}

func TestAPerfectClassifierScoresOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tickets := labelled(t)
		for i := range tickets {
			tickets[i].Subject = string(tickets[i].Category) + " 1"
		}
		r := score(t, asTold, tickets)
		require.Equal(t, []float64{1, 1, 0}, []float64{r.Accuracy, r.MacroF1, *r.ECE})
	})
}

func TestAConstantClassifierScoresTheShareOfItsClass(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tickets := labelled(t)
		n := map[helpdesk.Category]int{}
		for i := range tickets {
			tickets[i].Subject = "a 0.25"
			n[tickets[i].Category]++
		}
		r := score(t, asTold, tickets)
		share := float64(n["a"]) / float64(len(tickets))
		require.InDelta(t, share, r.Accuracy, 1e-12)
		require.InDelta(t, math.Abs(share-0.25), *r.ECE, 1e-12)
		require.InDelta(t, 2*float64(n["a"])/float64(len(tickets)+n["a"])/float64(len(slices.Collect(maps.Keys(n)))), r.MacroF1, 1e-12)
	})
}
