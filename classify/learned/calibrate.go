package learned

import "math"

// calibration turns what machines say into probabilities. For labels that exclude each other they are
// shares of one, else each label has its own.
type calibration struct {
	each  bool
	slope []float32 // by label
	shift []float32
	doubt float32 // the share of ignorance mixed in: from n texts nobody can be surer than about 1-1/n
}

// probabilities replaces the sums in p. They are between 0 and 1, and never NaN for finite sums.
func (c *calibration) probabilities(p []float64) {
	most := math.Inf(-1)
	for i := range p {
		p[i] = p[i]*float64(c.slope[i]) + float64(c.shift[i])
		most = max(most, p[i])
	}
	doubt := float64(c.doubt)
	if c.each {
		for i, x := range p {
			p[i] = (1-doubt)*sigmoid(x) + doubt/2
		}
		return
	}
	total := 0.0
	for i, x := range p {
		p[i] = math.Exp(x - most)
		total += p[i]
	}
	for i := range p {
		p[i] = (1-doubt)*p[i]/total + doubt/float64(len(p))
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// How far slopes and shifts may go when the texts do not ask for it, as standard deviations of normal priors.
// With few texts the prior wins, slopes stay near 0 and probabilities near the shares of the labels.
const (
	slopeFreedom = 4   // of the slope that all labels share
	labelFreedom = 0.5 // of a label's own slope around it
	shiftFreedom = 2
)

// calibrate fits a calibration to sums of held-out texts, count for each of them, and the labels these
// texts really have. It minimises the log-loss: temperature scaling (Guo et al., "On Calibration of Modern Neural
// Networks", ICML 2017) with a slope and a shift per label, drawn together by priors; for labels
// that do not exclude each other, Platt's method.
func calibrate(sums []float32, labels [][]int, count int, each bool) *calibration {
	n := len(labels)
	c := &calibration{each, make([]float32, count), make([]float32, count), 1 / float32(n+2)}
	x := make([]float64, 1+2*count) // the shared slope, what each label's own adds, the shifts
	x[0] = 1
	p := make([]float64, count)
	minimise(x, func(x, gradient []float64) float64 {
		own, shift := x[1:1+count], x[1+count:]
		clear(gradient)
		loss := 0.0
		for i, has := range labels {
			sum := sums[i*count : i*count+count]
			for j, s := range sum {
				p[j] = (x[0]+own[j])*float64(s) + shift[j]
			}
			loss += surprise(p, has, each)
			for j, s := range sum {
				gradient[0] += p[j] * float64(s)
				gradient[1+j] += p[j] * float64(s)
				gradient[1+count+j] += p[j]
			}
		}
		for j, v := range x {
			freedom := labelFreedom
			switch {
			case j == 0:
				freedom = slopeFreedom
			case j > count:
				freedom = shiftFreedom
			}
			loss += v * v / (2 * freedom * freedom)
			gradient[j] += v / (freedom * freedom)
		}
		return loss
	})
	for j := range count {
		c.slope[j] = float32(max(0, x[0]+x[1+j])) // a machine that is wrong more often than right says nothing
		c.shift[j] = float32(x[1+count+j])
	}
	return c
}

// surprise returns the log-loss of a text that has the labels has, and replaces the logits in p by its derivative.
func surprise(p []float64, has []int, each bool) (loss float64) {
	if each {
		for j, x := range p {
			y := 0.0
			if len(has) > 0 && has[0] == j {
				y, has = 1, has[1:]
			}
			loss += max(x, 0) - x*y + math.Log1p(math.Exp(-math.Abs(x)))
			p[j] = sigmoid(x) - y
		}
		return loss
	}
	most := math.Inf(-1)
	for _, x := range p {
		most = max(most, x)
	}
	total := 0.0
	for _, x := range p {
		total += math.Exp(x - most)
	}
	loss = math.Log(total) + most - p[has[0]]
	for j, x := range p {
		p[j] = math.Exp(x-most) / total
	}
	p[has[0]]--
	return loss
}
