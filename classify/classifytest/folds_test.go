package classifytest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
)

// memorize "trains" a classifier that knows exactly the tickets it has seen, and fails on those.
func memorize(seen *[][]classifytest.Ticket) func(context.Context, []classifytest.Ticket) (helpdesk.Classifier, error) {
	return func(_ context.Context, tickets []classifytest.Ticket) (helpdesk.Classifier, error) {
		*seen = append(*seen, tickets)
		known := map[helpdesk.TicketID]bool{}
		for _, t := range tickets {
			known[helpdesk.TicketID(t.ID)] = true
		}
		return helpdesk.ClassifierFunc(func(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			if known[r.Ticket] {
				return nil, errors.New("asked about a ticket it was trained on")
			}
			return asTold(context.Background(), r)
		}), nil
	}
}

func TestCrossValidateNeverAsksAboutWhatWasLearned(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tickets := labelled(t)
		per := map[helpdesk.Category]int{}
		for i := range tickets {
			tickets[i].Subject = string(tickets[i].Category) + " 1"
			per[tickets[i].Category]++
		}
		folds := rapid.IntRange(2, 6).Draw(t, "folds")
		var seen [][]classifytest.Ticket
		done := 0
		r, err := classifytest.CrossValidate(context.Background(), memorize(&seen), tickets, &classifytest.Config{
			Folds: folds, Categories: four(), Seed: rapid.Uint64().Draw(t, "seed"), Progress: func(n, total int) { done = n * 1000 / total },
		})
		if len(tickets) < folds || len(per) < 2 {
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			require.ErrorContains(t, err, "too few for")
			return
		}
		require.NoError(t, err)
		require.Equal(t, []int{len(tickets), 0, 1000}, []int{r.N, r.Failed, done})
		require.Equal(t, 1.0, r.Accuracy)
		require.Len(t, seen, folds)
		for _, learned := range seen {
			require.InDelta(t, float64(len(tickets)*(folds-1))/float64(folds), len(learned), 1)
			for class, n := range per {
				in := 0
				for _, l := range learned {
					if l.Category == class {
						in++
					}
				}
				require.InDelta(t, float64(n)-float64(n)/float64(folds), in, 1, "stratified")
			}
		}
	})
}

func TestFoldsDependOnTheSeedAndNotOnTheOrder(t *testing.T) {
	t.Parallel()
	var tickets []classifytest.Ticket
	for i := range 40 {
		tickets = append(tickets, classifytest.Ticket{ID: fmt.Sprint(i), Subject: "a 1", Category: helpdesk.Category("ab"[i%2 : i%2+1])})
	}
	first := func(seed uint64, tickets []classifytest.Ticket) []string {
		var seen [][]classifytest.Ticket
		_, err := classifytest.CrossValidate(t.Context(), memorize(&seen), tickets, &classifytest.Config{Seed: seed})
		require.NoError(t, err)
		require.Len(t, seen, 5, "0 folds means 5")
		var ids []string
		for _, x := range seen[0] {
			ids = append(ids, x.ID)
		}
		slices.Sort(ids)
		return ids
	}
	backwards := slices.Clone(tickets)
	slices.Reverse(backwards)
	require.Equal(t, first(1, tickets), first(1, backwards))
	require.NotEqual(t, first(1, tickets), first(2, tickets))
}

func TestCrossValidateNamesTheFoldThatCannotBeTrained(t *testing.T) {
	t.Parallel()
	tickets, classifier := ten()
	var mu sync.Mutex
	trained := 0
	_, err := classifytest.CrossValidate(t.Context(), func(context.Context, []classifytest.Ticket) (helpdesk.Classifier, error) {
		mu.Lock()
		defer mu.Unlock()
		if trained++; trained == 2 {
			return nil, errors.New("too few examples")
		}
		return classifier, nil
	}, tickets, nil)
	require.ErrorContains(t, err, "fold 2 of 5: too few examples")
	_, err = classifytest.CrossValidate(t.Context(), func(context.Context, []classifytest.Ticket) (helpdesk.Classifier, error) { return nil, nil }, tickets, nil)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = classifytest.CrossValidate(t.Context(), nil, tickets, &classifytest.Config{Folds: 1})
	require.ErrorContains(t, err, "Folds is less than 2")
}
