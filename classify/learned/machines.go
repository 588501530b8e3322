package learned

import (
	"context"
	"math/rand/v2"
)

// task is the task of one head: labels for some of the texts.
type task struct {
	*texts
	labels [][]int // of each text, ascending; nil when not used for learning
	count  int     // number of labels
}

// weights are those of linear machines, one per label against the rest.
type weights struct {
	of   []float32 // of term n for label c at n*count+c
	bias []float32 // by label
}

const (
	mostPasses = 20
	// enough is a fraction of cost: training ends when a pass changes no text's part by more.
	enough = 0.05
)

// separate trains one support vector machine per label, with squared hinge loss and an L2 penalty,
// on the texts in rows; values are those of all texts. It is dual coordinate descent after Hsieh et
// al., "A Dual Coordinate Descent Method for Large-scale Linear SVM" (ICML 2008), for all labels at
// once: it then reads the terms of a text once for all of them. Greater cost fits the examples more
// closely.
func (t *task) separate(ctx context.Context, values []float32, rows []int, cost float32, seed uint64) (*weights, error) {
	k := t.count
	w := &weights{make([]float32, len(t.terms)*k), make([]float32, k)}
	// The support of each text for the border of each label.
	alpha := make([]float32, len(rows)*k)
	curve := make([]float32, len(rows)) // the squared length of each text
	for i, row := range rows {
		curve[i] = 1 // the bias is a term with value 1
		for _, v := range values[t.start[row]:t.start[row+1]] {
			curve[i] += v * v
		}
	}
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	chance := rand.New(rand.NewPCG(seed, 1))
	step := make([]float32, k)
	sum := make([]float32, k)
	soft := 1 / (2 * cost)
	for range mostPasses {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		most := float32(0)
		for n, i := range order {
			if n%256 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			row := rows[i]
			number, value := t.number[t.start[row]:t.start[row+1]], values[t.start[row]:t.start[row+1]]
			copy(sum, w.bias)
			w.add(sum, number, value)
			has := t.labels[row]
			moved := false
			for c, a := range alpha[i*k : i*k+k] {
				side := float32(-1)
				if len(has) > 0 && has[0] == c {
					side, has = 1, has[1:]
				}
				next := max(0, a-(side*sum[c]-1+a*soft)/(curve[i]+soft))
				alpha[i*k+c] = next
				step[c] = (next - a) * side
				moved = moved || next != a
				most = max(most, next-a, a-next)
			}
			if moved {
				for c, s := range step {
					w.bias[c] += s
				}
				for j, n := range number {
					x := value[j]
					of := w.of[int(n)*k : int(n)*k+k]
					for c, s := range step {
						of[c] += x * s
					}
				}
			}
		}
		if most <= enough*cost {
			break
		}
	}
	return w, nil
}

// add adds to sum the effects of the terms of one text on each label.
func (w *weights) add(sum []float32, number []uint32, value []float32) {
	k := len(sum)
	for j, n := range number {
		x := value[j]
		for c, v := range w.of[int(n)*k : int(n)*k+k] {
			sum[c] += x * v
		}
	}
}
