package classifytest

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// CrossValidate scores a way of training. It divides the labelled tickets into folds. For each fold
// it trains on all the others and classifies the tickets of that fold, so that no ticket was part
// of the training. The report is of all answers together.
//
// The folds are stratified: each has its proportion of every class, within one ticket. They depend
// on the Seed and on the contents of the tickets, not on their order. A class with fewer tickets
// than folds is tested in fewer of them, and a class of a single ticket is never in the training of
// its test.
//
// The error matches helpdesk.ErrInvalid when there are fewer labelled tickets than folds, or all
// have the same label. An error of train is returned with the number of its fold.
func CrossValidate(ctx context.Context, train func(ctx context.Context, tickets []Ticket) (helpdesk.Classifier, error), tickets []Ticket, cfg *Config) (*Report, error) {
	s, err := newScoring(tickets, cfg)
	if err == nil {
		err = s.crossValidate(ctx, train)
	}
	if err != nil {
		return nil, fmt.Errorf("classifytest: cross-validate: %w", err)
	}
	return s.report(), nil
}

func (s *scoring) crossValidate(ctx context.Context, train func(context.Context, []Ticket) (helpdesk.Classifier, error)) error {
	folds, err := s.folds()
	if err != nil {
		return err
	}
	for f, fold := range folds {
		var rest []Ticket
		for i, other := range folds {
			if i != f {
				for _, at := range other {
					rest = append(rest, s.tickets[at])
				}
			}
		}
		c, err := train(ctx, rest)
		if err == nil && c == nil {
			err = &helpdesk.FieldError{Field: "classifier", Problem: "is nil"}
		}
		if err == nil {
			err = s.ask(ctx, c, fold)
		}
		if err != nil {
			return fmt.Errorf("fold %d of %d: %w", f+1, len(folds), err)
		}
	}
	return nil
}

// folds deals out the tickets class by class. Each class continues with the fold after the last
// one.
func (s *scoring) folds() ([][]int, error) {
	n := s.cfg.Folds
	if n == 0 {
		n = 5
	}
	if n < 2 {
		return nil, &helpdesk.FieldError{Field: "Folds", Problem: "is less than 2"}
	}
	of := map[string]int{}
	for i := range s.tickets {
		of[s.want(i)]++
	}
	if len(s.tickets) < n || len(of) < 2 {
		return nil, &helpdesk.FieldError{Field: "tickets", Problem: fmt.Sprintf(
			"has %d labelled ones of %d different labels: too few for %d folds", len(s.tickets), len(of), n)}
	}
	order := count(len(s.tickets))
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &s.tickets[a], &s.tickets[b]
		return cmp.Or(cmp.Compare(x.ID, y.ID), cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Body, y.Body))
	})
	chance := rand.New(rand.NewPCG(s.cfg.Seed, 0))
	chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.want(a), s.want(b)) })
	folds := make([][]int, n)
	for i, at := range order {
		folds[i%n] = append(folds[i%n], at)
	}
	for _, fold := range folds {
		slices.Sort(fold)
	}
	return folds, nil
}
