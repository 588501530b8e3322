package learned

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Comparison compares a new Model with the old one on the same texts, and gives the reason for the
// choice.
type Comparison struct {
	// Trained is the number of examples that trained the new one for this: the older four fifths.
	Trained int
	// Held is the number of newest examples that neither has seen; both are scored on them.
	Held int
	// Left is the number of newest examples left out, since the old Model was trained on the text
	// or the older examples contain it.
	Left int

	Category, Priority Versus
	Reason             string // a sentence for people
}

// Versus compares two Models on one label. Its scores are zero when no held example has the label.
type Versus struct {
	// Old is the score of the old Model. Without a Model, or for an unknown label, it is the score
	// of guesses by the proportions of the older examples.
	Old Score
	New Score

	// Gain is the decrease of the log-loss from the old to the new Model, and Error its standard
	// error, over the same texts in pairs.
	Gain, Error float64
}

// sure is the number of standard errors of a significant gain: chance alone gets there once in 44
// times.
const sure = 2

// leastHeld is the least number of texts for a comparison.
const leastHeld = 20

// verdict is 1 when the new Model is significantly better, -1 when it is significantly worse, else
// 0.
func (v *Versus) verdict() int {
	switch {
	case v.New.Texts < leastHeld:
		return 0
	case v.Gain > sure*v.Error:
		return 1
	case v.Gain < -sure*v.Error:
		return -1
	}
	return 0
}

// Replace finds out whether a Model trained on examples would be better than old, which may be nil.
// It trains one on the older 80% by time and compares it with old on the newest 20%, with every
// text answered. To be fair to both, it leaves out newest texts that old was trained on, by its
// record of texts, and texts that the older examples contain.
//
// The new Model is better when its log-loss on the category or on the priority is significantly
// lower, by twice the standard error of the paired differences, and the other is not significantly
// higher. Then Replace returns a Model trained on all examples, and true. Otherwise it returns old,
// even if nil, and false. With fewer than 20 texts to compare no Model is better; why says so.
// After a replacement the next comparison has to wait for that many tickets that the new Model has
// not seen. The errors are those of [Train].
func Replace(ctx context.Context, old *Model, examples []Example, cfg *Config) (m *Model, better bool, why Comparison, err error) {
	m, why, err = replace(ctx, old, examples, cfg)
	if err != nil {
		return nil, false, why, fmt.Errorf("learned: replace: %w", err)
	}
	if m == nil {
		return old, false, why, nil
	}
	return m, true, why, nil
}

// replace returns a nil Model when old stays.
func replace(ctx context.Context, old *Model, examples []Example, cfg *Config) (*Model, Comparison, error) {
	var why Comparison
	if _, err := cfg.withDefaults(); err != nil {
		return nil, why, err
	}
	list, err := checked(examples)
	if err != nil {
		return nil, why, err
	}
	slices.SortStableFunc(list, func(a, b example) int { return a.At.Compare(b.At) })
	older, newest := list[:len(list)*4/5], list[len(list)*4/5:]
	if len(older) == 0 {
		why.Reason = "there are too few examples to compare on"
		return nil, why, nil
	}
	candidate, err := train(ctx, plain(older), cfg)
	if err != nil {
		return nil, why, err
	}
	why.Trained = len(older)
	known := map[[32]byte]bool{}
	for _, e := range older {
		known[e.text] = true
	}
	held := slices.DeleteFunc(slices.Clone(newest), func(e example) bool {
		return known[e.text] || old != nil && old.seen.has(e.text)
	})
	why.Held, why.Left = len(held), len(newest)-len(held)
	why.Category = compare(old, candidate, categoryHead, older, held, categoryOf)
	why.Priority = compare(old, candidate, priorityHead, older, held, priorityOf)
	if err := ctx.Err(); err != nil {
		return nil, why, err
	}
	c, p := why.Category.verdict(), why.Priority.verdict()
	switch {
	case max(why.Category.New.Texts, why.Priority.New.Texts) < leastHeld:
		why.Reason = fmt.Sprintf("there are fewer than %d new texts to compare on", leastHeld)
		return nil, why, nil
	case c < 0 || p < 0:
		why.Reason = "it is worse " + onWhat(c < 0, p < 0)
		return nil, why, nil
	case c == 0 && p == 0:
		why.Reason = "it is not significantly better"
		return nil, why, nil
	}
	why.Reason = "it is better " + onWhat(c > 0, p > 0)
	m, err := train(ctx, plain(list), cfg)
	return m, why, err
}

func onWhat(category, priority bool) string {
	switch {
	case category && priority:
		return "on categories and on priorities"
	case category:
		return "on categories"
	}
	return "on priorities"
}

func plain(list []example) []Example {
	examples := make([]Example, len(list))
	for i, e := range list {
		examples[i] = e.Example
	}
	return examples
}

// compare scores both Models on one label of the held examples.
func compare(old, candidate *Model, kind int, older, held []example, label func(e *example) string) (v Versus) {
	shares := sharesOf(older, label)
	var before, after scorer
	for i := range held {
		right := label(&held[i])
		if right == "" {
			continue
		}
		old.answer(kind, &held[i], right, shares, &before)
		candidate.answer(kind, &held[i], right, shares, &after)
	}
	v.Old, v.New = before.score(), after.score()
	v.Gain, v.Error = paired(before.losses, after.losses)
	return v
}

// sharesOf returns the proportion of each label among the labelled examples.
func sharesOf(list []example, label func(e *example) string) map[string]float64 {
	shares, all := map[string]float64{}, 0.0
	for i := range list {
		if name := label(&list[i]); name != "" {
			shares[name]++
			all++
		}
	}
	for name := range shares {
		shares[name] /= all
	}
	return shares
}

// answer adds to s the answer of m to an example. A Model that cannot answer guesses by
// proportions.
func (m *Model) answer(kind int, e *example, right string, shares map[string]float64, s *scorer) {
	if m == nil || m.heads[kind] == nil {
		guess, most := "", 0.0
		for name, share := range shares {
			if share > most || share == most && name < guess {
				guess, most = name, share
			}
		}
		s.add(most, guess == right, shares[right])
		return
	}
	h := m.heads[kind]
	x := m.borrow(e.Subject, e.Text)
	defer m.scratch.Put(x)
	p := h.ask(&x.bag, m.vocabulary, &x.sheet)
	at, given := best(p), 0.0
	if i, ok := slices.BinarySearch(h.labels, right); ok {
		given = p[i]
	}
	s.add(p[at], h.labels[at] == right, given)
}

// paired returns the mean of the differences of losses, and its standard error.
func paired(before, after []float64) (gain, deviation float64) {
	n := float64(len(before))
	if n < 2 {
		return 0, 0
	}
	for i, b := range before {
		gain += (b - after[i]) / n
	}
	for i, b := range before {
		d := b - after[i] - gain
		deviation += d * d
	}
	return gain, math.Sqrt(deviation / (n - 1) / n)
}
