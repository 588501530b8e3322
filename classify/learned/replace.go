package learned

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Comparison tells how a new Model did against the old one on the same texts, and why it was taken or not.
type Comparison struct {
	Trained int // examples that the new one was trained on for this: the older four fifths
	Held    int // newest examples that neither knows, on which both were scored
	Left    int // newest examples left out, because the old one was trained on the text or the older ones hold it

	Category, Priority Versus
	Reason             string // a sentence for people
}

// Versus is what came of one label. Its scores are zero when no held example has the label.
type Versus struct {
	Old Score // of the old Model; where it does not know the label at all, or there is no Model, of guessing by the shares of the older examples
	New Score

	// Gain is by how much the new Model's log-loss is lower, Error its standard error, over the same texts in pairs.
	Gain, Error float64
}

// sure is how many standard errors a gain must be to be more than noise: chance alone gets there
// once in 44 times.
const sure = 2

// leastHeld is how many texts it takes to compare on.
const leastHeld = 20

// verdict is 1 when new is better beyond noise, -1 when it is worse, else 0.
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

// Replace finds out whether a Model trained on examples would be better than old, which may be nil. It
// trains one on the older 80% by time and asks it and old about the newest 20%, every text answered. To be fair
// to both, of the newest those are left out that old was trained on, by its record of texts, and
// those whose very text is among the older ones.
//
// The new one is better when its log-loss on the category or on the priority is lower beyond noise, by twice
// the standard error of the paired differences, and the other is not higher beyond noise. Then Replace
// returns a Model trained on all examples, and true; else old, which is nil if it was, and
// false. With fewer than 20 texts to compare on nothing is better; why says so. After a replacement it takes as many
// tickets that the new Model did not learn from until the next can be judged. The errors are those of [Train].
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

// replace returns nil for the Model when old is to stay.
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
		why.Reason = "it is not better by more than chance explains"
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

// compare scores what both say about one label of the held examples.
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

// sharesOf returns the share of examples that have each label, of those that have one.
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

// answer adds to s what m says about an example. A Model that cannot tell guesses by shares.
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
