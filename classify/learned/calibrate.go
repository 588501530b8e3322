package learned

import (
	"math"
	"slices"
)

// calibration turns the sums of the machines into probabilities. Labels that exclude each other
// share a probability of one; otherwise each label has its own.
type calibration struct {
	each  bool
	slope []float32 // by label
	shift []float32
	usual []float32 // the proportion of texts with the label

	// doubt is the proportion of texts, among those like this one, whose labels follow the usual
	// proportions whatever the text says: labels given carelessly. Without it a few of them would
	// take the confidence from all clear texts.
	doubt float32
}

// probabilities replaces the sums in p by probabilities. They are between 0 and 1, and never NaN
// for finite sums.
func (c *calibration) probabilities(p []float64) {
	for i := range p {
		p[i] = p[i]*float64(c.slope[i]) + float64(c.shift[i])
	}
	squash(p, c.each)
	for i := range p {
		p[i] += float64(c.doubt) * (float64(c.usual[i]) - p[i])
	}
}

// squash replaces logits by probabilities.
func squash(p []float64, each bool) {
	if each {
		for i, x := range p {
			p[i] = sigmoid(x)
		}
		return
	}
	most, total := slices.Max(p), 0.0
	for i, x := range p {
		p[i] = math.Exp(x - most)
		total += p[i]
	}
	for i := range p {
		p[i] /= total
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Standard deviations of the normal priors of slopes and shifts. With few texts the prior wins:
// slopes stay near 0, and probabilities near the proportions of the labels.
const (
	slopeFreedom = 4   // of the slope shared by all labels
	labelFreedom = 0.5 // of a label's own difference from it
	shiftFreedom = 2
	doubtFreedom = 2 // of the logit of doubt
)

// calibrate fits a calibration to the sums of held-out texts, count sums for each text, and to the
// true labels of these texts. It minimises the log-loss. For labels that exclude each other this is
// temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017) with a
// slope and a shift per label, drawn together by priors, and a proportion of doubt. For other
// labels it is Platt's method with the same doubt.
func calibrate(sums []float32, labels [][]int, count int, each bool) *calibration {
	c := &calibration{
		each: each, slope: make([]float32, count), shift: make([]float32, count), usual: make([]float32, count),
	}
	usual := make([]float64, count)
	for _, has := range labels {
		for _, j := range has {
			usual[j] += 1 / float64(len(labels)+count)
		}
	}
	for j := range usual {
		usual[j] += 1 / float64(len(labels)+count) // as if there were one more of each label
		c.usual[j] = float32(min(usual[j], 1))
	}
	// x holds the shared slope, each label's difference from it, the shifts, and the logit of
	// doubt. From n texts nothing can be surer than about 1-1/n: the prior of doubt is there. The
	// search starts with more doubt. A search from little doubt would have to go uphill, past low
	// slopes that explain careless labels nearly as well.
	x := make([]float64, 2+2*count)
	few := -math.Log(float64(len(labels) + 1))
	x[0], x[1+2*count] = 3, -1
	p := make([]float64, count)
	minimise(x, func(x, gradient []float64) float64 {
		own, shift := x[1:1+count], x[1+count:1+2*count]
		doubt := sigmoid(x[1+2*count])
		clear(gradient)
		loss, slant := 0.0, 0.0
		for i, has := range labels {
			sum := sums[i*count : i*count+count]
			for j, s := range sum {
				p[j] = (x[0]+own[j])*float64(s) + shift[j]
			}
			squash(p, each)
			l, byDoubt := surprise(p, has, usual, doubt, each)
			loss += l
			slant += byDoubt
			for j, s := range sum {
				gradient[0] += p[j] * float64(s)
				gradient[1+j] += p[j] * float64(s)
				gradient[1+count+j] += p[j]
			}
		}
		gradient[1+2*count] = slant * doubt * (1 - doubt)
		for j, v := range x {
			freedom := labelFreedom
			switch {
			case j == 0:
				freedom = slopeFreedom
			case j == 1+2*count:
				freedom = doubtFreedom
				v -= few
			case j > count:
				freedom = shiftFreedom
			}
			loss += v * v / (2 * freedom * freedom)
			gradient[j] += v / (freedom * freedom)
		}
		return loss
	})
	for j := range count {
		// A machine that is wrong more often than right has no information.
		c.slope[j] = float32(max(0, x[0]+x[1+j]))
		c.shift[j] = float32(x[1+count+j])
	}
	c.doubt = float32(max(sigmoid(x[1+2*count]), 1/float64(len(labels)+2)))
	return c
}

// surprise returns the log-loss of a text with the labels has, given probabilities before doubt,
// and the derivative of the loss by doubt. It replaces p by the derivatives by the logits.
func surprise(p []float64, has []int, usual []float64, doubt float64, each bool) (loss, byDoubt float64) {
	if !each {
		right := has[0]
		q := p[right] + doubt*(usual[right]-p[right])
		believed := (1 - doubt) * p[right] / q // the part of the answer that is not doubt
		byDoubt = (p[right] - usual[right]) / q
		p[right]--
		for j := range p {
			p[j] *= believed
		}
		return -math.Log(q), byDoubt
	}
	for j, x := range p {
		y, u, sign := x, usual[j], -1.0 // of having the label
		if len(has) > 0 && has[0] == j {
			has = has[1:]
		} else { // of not having it
			y, u, sign = 1-x, 1-u, 1
		}
		q := max(y+doubt*(u-y), 1e-300)
		loss -= math.Log(q)
		byDoubt += (y - u) / q
		p[j] = sign * (1 - doubt) * x * (1 - x) / q
	}
	return loss, byDoubt
}
