package classify

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
)

// Chain asks classifiers one after the other until one is confident.
//
//   - One that abstains, or has no [Budget] left, passes the question on.
//   - An error that may pass is returned, so that the Desk asks again later; only when the Desk will not
//     do that (ClassifyRequest.Last) it passes the question on.
//   - An error that matches helpdesk.ErrInvalid is returned: the next model would be asked
//     for what the first refused.
//   - An answer without a category, "none of these", stands, and so does one that finds the text Suspicious.
//   - An answer that is not confident lets the next be asked. If nobody is confident the most confident answer stands,
//     whatever errors came after it.
//
// The answer, or else the *[Failure] in the error, has the sum of tokens and cost of all that were asked. A
// panic is passed on.
type Chain struct {
	of    []helpdesk.Classifier
	least float64
}

// ChainConfig says how a Chain works.
type ChainConfig struct {
	Least float64 // the least confidence to be called confident, from 0 to 1; 0 means 0.60
}

// NewChain returns a Chain of at least one classifier, the one to be asked first in front. A nil cfg is the zero
// ChainConfig. An error names the field at fault.
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

// Classify asks as [Chain] says.
func (c *Chain) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	var (
		best    *helpdesk.Classification
		why     error // nobody had an answer: the reason that says most
		weight  int
		charges bill
	)
	for _, one := range c.of {
		answer, err := one.Classify(ctx, r)
		if err == nil && answer == nil {
			err = helpdesk.ErrAbstain
		}
		charges.add(answer, err)
		switch {
		case err == nil && (answer.Suspicious || answer.Category == "" || answer.Confidence >= c.least):
			return charges.onto(answer), nil
		case err == nil:
			if best == nil || cmp.Compare(answer.Confidence, best.Confidence) > 0 { // NaN is the least
				best = answer
			}
			continue
		case ctx.Err() != nil:
			return nil, charges.on(err)
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
		return charges.onto(best), nil
	}
	return nil, charges.on(why)
}

// How much an error says about why there is no answer.
const (
	abstained = iota + 1
	unpaid
	passing // it may pass
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
