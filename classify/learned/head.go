package learned

import (
	"context"
	"math"
)

// head answers one question about a text. A weight is a byte: the effect of a term on a label is
// unit times weight, which is as exact as the term's greatest effect needs.
type head struct {
	labels []string // ascending
	scale  []float32
	unit   []float32
	weight []int8 // of term n for label c at n*len(labels)+c
	bias   []float32
	calibration
	least float32 // least confidence of an answer
	held  Score   // of validation; for tags each tag on each text counts
}

// learn makes a head from a task. It returns nil if there are not two labels to distinguish.
func learn(ctx context.Context, t *task, names []string, each bool, cfg *Config, same func(a, b int) bool) (*head, error) {
	var rows []int
	for row, labels := range t.labels {
		if labels != nil {
			rows = append(rows, row)
		}
	}
	if len(names) == 0 || !each && len(names) < 2 {
		return nil, nil
	}
	cost, held, err := t.validate(ctx, rows, each, cfg.Seed, same)
	if err != nil {
		return nil, err
	}
	h := &head{labels: names, scale: t.telling(rows)}
	s := t.separate(t.values(h.scale, nil), rows)
	if err := s.train(ctx, cost, cfg.Seed); err != nil {
		return nil, err
	}
	if held == nil { // one text: only the proportions of the labels are known
		held = &heldOut{rows, make([]float32, len(rows)*t.count)}
	}
	h.calibration = *calibrate(held.sums, t.of(held.rows), t.count, each)
	h.judge(t, held, float32(cfg.Confidence))
	h.pack(&s.weights)
	return h, nil
}

// judge sets the least confidence, unless it is given, and the score of validation.
func (h *head) judge(t *task, held *heldOut, given float32) {
	k := len(h.labels)
	p := make([]float64, k)
	var s scorer
	var confidences []float64
	var rights []bool
	for i, row := range held.rows {
		for j, sum := range held.sums[i*k : i*k+k] {
			p[j] = float64(sum)
		}
		h.probabilities(p)
		has := t.labels[row]
		if h.each {
			for j, x := range p {
				is := len(has) > 0 && has[0] == j
				if is {
					has = has[1:]
				} else {
					x = 1 - x
				}
				s.add(max(x, 1-x), x > 0.5, x)
			}
			continue
		}
		b := best(p)
		s.add(p[b], b == has[0], p[has[0]])
		confidences, rights = append(confidences, p[b]), append(rights, b == has[0])
	}
	h.held = s.score()
	switch {
	case h.each:
		h.least = 0.5
	case given > 0:
		h.least = given
	default:
		h.least = leastConfidence(confidences, rights)
	}
}

// leastConfidence returns the confidence from which answers are right about as often as it says: at
// most two in a hundred less often, plus an allowance for chance.
func leastConfidence(confidences []float64, rights []bool) float32 {
	const from, by, slack = 40, 5, 0.02
	for percent := from; percent < 100; percent += by {
		n, right, confidence := 0.0, 0.0, 0.0
		for i, c := range confidences {
			if 100*c >= float64(percent) {
				n++
				confidence += c
				if rights[i] {
					right++
				}
			}
		}
		share := (right + 1) / (n + 2)
		if n == 0 || confidence/n-right/n <= slack+math.Sqrt(share*(1-share)/n) {
			return float32(percent) / 100
		}
	}
	return 1
}

// pack stores weights as bytes.
func (h *head) pack(w *weights) {
	k := len(h.labels)
	h.bias = w.bias
	h.unit = make([]float32, len(h.scale))
	h.weight = make([]int8, len(w.of))
	for n := range h.unit {
		most := float32(0)
		for _, v := range w.of[n*k : n*k+k] {
			most = max(most, v, -v)
		}
		if h.unit[n] = most / 127; h.unit[n] == 0 {
			continue
		}
		for c, v := range w.of[n*k : n*k+k] {
			h.weight[n*k+c] = int8(math.Round(float64(v / h.unit[n])))
		}
	}
}

// ask returns the probability of each label for the text in the term vector. The result is valid
// until the next call with the same sheet.
func (h *head) ask(b *bag, v *vocabulary, s *sheet) []float64 {
	k := len(h.labels)
	s.reset(k)
	var square [groups]float32
	for _, n := range b.number {
		g := words
		if int(n) >= v.words {
			g = pieces
		}
		x := damped[b.weight[n]] * h.scale[n]
		square[g] += x * x
		x *= h.unit[n]
		sums := s.sums[g*k : g*k+k]
		for c, q := range h.weight[int(n)*k : int(n)*k+k] {
			sums[c] += x * float32(q)
		}
	}
	for c := range k {
		p := float64(h.bias[c])
		for g := range groups {
			p += float64(s.sums[g*k+c] * length(g, square[g]))
		}
		s.p[c] = p
	}
	h.probabilities(s.p)
	return s.p
}

// sheet is scratch space.
type sheet struct {
	sums []float32
	p    []float64
}

func (s *sheet) reset(k int) {
	if cap(s.p) < k {
		s.sums, s.p = make([]float32, groups*k), make([]float64, k)
	}
	s.sums, s.p = s.sums[:groups*k], s.p[:k]
	clear(s.sums)
}
