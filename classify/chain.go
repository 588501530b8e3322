package classify

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
)

// Chain asks classifiers in order until one is confident.
//
//   - A classifier that abstains, or has no [Budget] left, passes the question on.
//   - A transient error is returned, so that the Desk asks again later. When the Desk will not ask
//     again (ClassifyRequest.Last) the question is passed on.
//   - An error that matches helpdesk.ErrInvalid is returned: the next model would get the text that
//     the first refused.
//   - An answer without a category, "none of these", is final, and so is one that finds the text
//     Suspicious.
//   - An answer below the least confidence passes the question on. If no classifier is confident
//     the most confident answer is final, whatever errors came after it.
//
// An abstention with a priority stays one, whatever another classifier's error was.
//
// The answer, or else the *[Failure] in the error, has the sums of tokens and cost of all calls.
// Skipped of the answer is why another classifier gave none, unless that had no opinion. A panic is
// passed on.
type Chain struct {
	of    []helpdesk.Classifier
	least float64
}

// ChainConfig sets up a Chain.
type ChainConfig struct {
	Least float64 // least confidence of a confident answer, 0 to 1; 0 means 0.60
}

// NewChain returns a Chain of one or more classifiers, asked in the given order. A nil cfg means
// the zero ChainConfig. An error names the invalid field.
func NewChain(cfg *ChainConfig, of ...helpdesk.Classifier) (*Chain, error) {
	if cfg == nil {
		cfg = &ChainConfig{}
	}
	var errs []error
	bad := func(field, problem string) { errs = append(errs, &helpdesk.FieldError{Field: field, Problem: problem}) }
	if len(of) == 0 {
		bad("of", "is empty")
	}
	for i, c := range of {
		if c == nil {
			bad(fmt.Sprintf("of[%d]", i), "is nil")
		}
	}
	if !(cfg.Least >= 0 && cfg.Least <= 1) {
		bad("Least", "is not between 0 and 1")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("classify: new chain: %w", err)
	}
	return &Chain{of: append([]helpdesk.Classifier(nil), of...), least: cmp.Or(cfg.Least, 0.60)}, nil
}

// Classify asks as described at [Chain].
func (c *Chain) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	var (
		best    *helpdesk.Classification
		why     error // the most informative reason for no answer
		weight  int
		alone   error // the last abstention from all but a priority
		charges bill
	)
	done := func(answer *helpdesk.Classification) *helpdesk.Classification {
		a := charges.onto(answer)
		if weight > abstained {
			a.Skipped = why
		}
		return a
	}
	for _, one := range c.of {
		answer, err := one.Classify(ctx, r)
		if err == nil && answer == nil {
			err = helpdesk.ErrAbstain
		}
		charges.add(answer, err)
		switch {
		case err == nil && (answer.Suspicious || answer.Category == "" || answer.Confidence >= c.least):
			return done(answer), nil
		case err == nil:
			// NaN is the least.
			if best == nil || cmp.Compare(answer.Confidence, best.Confidence) > 0 {
				best = answer
			}
			continue
		case ctx.Err() != nil:
			return nil, charges.on(err)
		}
		var sure interface{ AbstainedPriority() helpdesk.Priority }
		if errors.As(err, &sure) {
			alone = err
		}
		w := weigh(err)
		if best == nil && (w == final || w == passing && !r.Last) {
			return nil, charges.on(err)
		}
		if w > weight {
			why, weight = err, w
		}
	}
	if best != nil {
		return done(best), nil
	}
	if alone != nil && why != alone {
		why = errors.Join(why, alone)
	}
	return nil, charges.on(why)
}

// How informative an error is about the lack of an answer.
const (
	abstained = iota + 1
	unpaid
	passing // transient
	final
)

func weigh(err error) int {
	switch {
	case errors.Is(err, ErrBudget):
		return unpaid
	case errors.Is(err, helpdesk.ErrAbstain):
		return abstained
	case errors.Is(err, helpdesk.ErrInvalid):
		return final
	}
	return passing
}
