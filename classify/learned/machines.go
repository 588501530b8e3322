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

// separation is the state of the training of machines on some texts: one support vector machine per
// label, with squared hinge loss and an L2 penalty. It is dual coordinate descent after Hsieh et
// al., "A Dual Coordinate Descent Method for Large-scale Linear SVM" (ICML 2008), for all labels at
// once: it then reads the terms of a text once for all of them.
type separation struct {
	*task
	weights
	values []float32 // of the terms of all texts
	rows   []int     // the texts to train on
	alpha  []float32 // the support of text i for the border of label c at i*count+c
	curve  []float32 // the squared length of each text
}

// separate prepares training on the texts in rows; values are those of all texts.
func (t *task) separate(values []float32, rows []int) *separation {
	k := t.count
	s := &separation{
		task: t, values: values, rows: rows,
		weights: weights{make([]float32, len(t.terms)*k), make([]float32, k)},
		alpha:   make([]float32, len(rows)*k), curve: make([]float32, len(rows)),
	}
	for i, row := range rows {
		s.curve[i] = 1 // the bias is a term with value 1
		for _, v := range values[t.start[row]:t.start[row+1]] {
			s.curve[i] += v * v
		}
	}
	return s
}

// train moves the weights to those of a cost. Greater cost fits the examples more closely. It goes
// on from the cost before, so that costs that ascend take fewer passes.
func (s *separation) train(ctx context.Context, cost float32, seed uint64) error {
	order := make([]int, len(s.rows))
	for i := range order {
		order[i] = i
	}
	chance := rand.New(rand.NewPCG(seed, 1))
	for range mostPasses {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		if moved, err := s.pass(ctx, order, cost); err != nil || moved <= enough*cost {
			return err
		}
	}
	return nil
}

// pass goes once over the texts. It returns the greatest move of a support.
func (s *separation) pass(ctx context.Context, order []int, cost float32) (most float32, err error) {
	k, soft := s.count, 1/(2*cost)
	sum := make([]float32, k)
	moved, step := make([]int, 0, k), make([]float32, 0, k) // labels, and by how much
	for n, i := range order {
		if n%256 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		row := s.rows[i]
		number, value := s.number[s.start[row]:s.start[row+1]], s.values[s.start[row]:s.start[row+1]]
		copy(sum, s.bias)
		s.add(sum, number, value)
		has := s.labels[row]
		moved, step = moved[:0], step[:0]
		for c, a := range s.alpha[i*k : i*k+k] {
			side := float32(-1)
			if len(has) > 0 && has[0] == c {
				side, has = 1, has[1:]
			}
			next := max(0, a-(side*sum[c]-1+a*soft)/(s.curve[i]+soft))
			if next == a {
				continue
			}
			s.alpha[i*k+c] = next
			moved, step = append(moved, c), append(step, (next-a)*side)
			s.bias[c] += (next - a) * side
			most = max(most, next-a, a-next)
		}
		for j, n := range number {
			x, of := value[j], s.at(n, k)
			for m, c := range moved {
				of[c] += x * step[m]
			}
		}
	}
	return most, nil
}

// add adds to sum the effects of the terms of one text on each label. It takes four terms at a
// time, which halves the time.
func (w *weights) add(sum []float32, number []uint32, value []float32) {
	k := len(sum)
	for len(number) >= 4 {
		a, b, c, d := w.at(number[0], k), w.at(number[1], k), w.at(number[2], k), w.at(number[3], k)
		a, b, c, d = a[:len(sum)], b[:len(sum)], c[:len(sum)], d[:len(sum)] // for the compiler
		x, y, z, u := value[0], value[1], value[2], value[3]
		for i := range sum {
			sum[i] += x*a[i] + y*b[i] + z*c[i] + u*d[i]
		}
		number, value = number[4:], value[4:]
	}
	for j, n := range number {
		x := value[j]
		for c, v := range w.at(n, k) {
			sum[c] += x * v
		}
	}
}

// at returns the weights of a term for k labels.
func (w *weights) at(term uint32, k int) []float32 { return w.of[int(term)*k:][:k] }
