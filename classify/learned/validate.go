package learned

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// costs are the candidates of validation, which chooses by log-loss on held-out texts.
var costs = []float32{0.1, 0.25, 0.6, 1.5, 4}

const (
	parts = 5 // into which texts are divided for validation, each held out once
	// choosing is how many of them choose the cost; all would take twice as long for nearly the
	// same choice.
	choosing = 2

	// With more than manyTexts texts, a part held out from so many of them chooses the cost, and
	// probabilities are fitted to one part held out from all.
	manyTexts = 5000
	mostHeld  = 10000
)

// heldOut holds the sums of machines for texts that they were not trained on.
type heldOut struct {
	rows []int
	sums []float32 // count for each row
}

// validate chooses the cost, and returns the sums of machines of that cost for texts held out from
// them. The result is nil when there are no two different texts.
func (t *task) validate(ctx context.Context, rows []int, each bool, seed uint64, same func(a, b int) bool) (float32, *heldOut, error) {
	sample := rows
	if len(rows) > manyTexts {
		sample = slices.Clone(rows)
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(sample), func(i, j int) { sample[i], sample[j] = sample[j], sample[i] })
		sample = sample[:manyTexts]
		slices.Sort(sample)
	}
	divided := t.divide(sample, seed, same)
	if len(divided) < 2 {
		return costs[len(costs)/2], nil, nil
	}
	choosing := choosing
	if len(sample) < len(rows) {
		choosing = 1
	}
	cost, held, err := t.choose(ctx, divided, choosing, each, seed)
	if err != nil {
		return 0, nil, err
	}
	if len(sample) < len(rows) {
		divided = t.divide(rows, seed, same)
		if over := len(divided[0]) - mostHeld; over > 0 {
			divided[1] = append(divided[1], divided[0][mostHeld:]...)
			divided[0] = divided[0][:mostHeld]
		}
		held = &heldOut{}
		return cost, held, held.add(ctx, t.without(divided, 0), divided[0], cost, seed)
	}
	for part := choosing; part < len(divided); part++ {
		if err := held.add(ctx, t.without(divided, part), divided[part], cost, seed); err != nil {
			return 0, nil, err
		}
	}
	return cost, held, nil
}

// choose tries costs from the least one until the loss has grown twice. It returns the cost of the
// least loss with the sums for the parts that were held out, the first choosing of divided.
func (t *task) choose(ctx context.Context, divided [][]int, choosing int, each bool, seed uint64) (best float32, held *heldOut, err error) {
	var trained []*separation
	for part := range min(choosing, len(divided)) {
		trained = append(trained, t.without(divided, part))
	}
	least, grown := math.Inf(1), 0
	for _, cost := range costs {
		of := &heldOut{}
		for part, s := range trained {
			if err := of.add(ctx, s, divided[part], cost, seed); err != nil {
				return 0, nil, err
			}
		}
		loss := t.loss(of, each)
		if loss < least {
			least, best, held, grown = loss, cost, of, 0
		} else if grown++; grown == 2 {
			break
		}
	}
	return best, held, nil
}

// without prepares training on all parts but one.
func (t *task) without(divided [][]int, part int) *separation {
	var others []int
	for i, rows := range divided {
		if i != part {
			others = append(others, rows...)
		}
	}
	slices.Sort(others)
	return t.separate(t.values(t.telling(others), nil), others)
}

// add trains with a cost, and adds the sums for rows, which are not among those of s.
func (h *heldOut) add(ctx context.Context, s *separation, rows []int, cost float32, seed uint64) error {
	if err := s.train(ctx, cost, seed); err != nil {
		return err
	}
	for _, row := range rows {
		from := len(h.sums)
		h.rows = append(h.rows, row)
		h.sums = append(h.sums, s.bias...)
		s.weights.add(h.sums[from:], s.number[s.start[row]:s.start[row+1]], s.values[s.start[row]:s.start[row+1]])
	}
	return nil
}

// divide divides rows into parts with about equal proportions of each label. Equal texts stay
// together: a held-out one would not be new to machines that learned the other. Fewer texts have
// fewer parts.
func (t *task) divide(rows []int, seed uint64, same func(a, b int) bool) [][]int {
	// Groups of rows with the same text, by first label; the last is for none.
	piles := make([][][]int, t.count+1)
	for i := 0; i < len(rows); {
		from := i
		for i++; i < len(rows) && same(rows[from], rows[i]); i++ {
		}
		label := t.count
		if has := t.labels[rows[from]]; len(has) > 0 {
			label = has[0]
		}
		piles[label] = append(piles[label], rows[from:i])
	}
	chance := rand.New(rand.NewPCG(seed, 3))
	divided := make([][]int, parts)
	next := 0
	for _, pile := range piles {
		chance.Shuffle(len(pile), func(i, j int) { pile[i], pile[j] = pile[j], pile[i] })
		for _, group := range pile {
			divided[next%parts] = append(divided[next%parts], group...)
			next++
		}
	}
	return divided[:min(next, parts)]
}

// loss is the log-loss per text after calibration.
func (t *task) loss(h *heldOut, each bool) float64 {
	labels := t.of(h.rows)
	c := calibrate(h.sums, labels, t.count, each)
	p := make([]float64, t.count)
	loss := 0.0
	for i, has := range labels {
		for j, s := range h.sums[i*t.count : (i+1)*t.count] {
			p[j] = float64(s)
		}
		c.probabilities(p)
		for j, x := range p {
			switch is := len(has) > 0 && has[0] == j; {
			case is:
				loss -= math.Log(x)
				has = has[1:]
			case each:
				loss -= math.Log1p(-x)
			}
		}
	}
	return loss / float64(len(labels))
}

// of returns the labels of rows.
func (t *task) of(rows []int) [][]int {
	labels := make([][]int, len(rows))
	for i, row := range rows {
		labels[i] = t.labels[row]
	}
	return labels
}
