package learned

import (
	"math"
)

// Score says how good answers were on texts that had not been learnt from, each of them answered:
// nothing is abstained from in it.
type Score struct {
	Texts    int
	Accuracy float64 // the share answered right
	LogLoss  float64 // the mean of minus the natural logarithm of the probability given to the right answer
	ECE      float64 // expected calibration error: how far confidence and accuracy are apart, over 10 bands of confidence
}

// least is the probability below which a right answer is not held against a model any further: one that
// never saw a label gives it none, and that would be an infinite loss.
const least = 1e-3

// scorer makes a Score of one text after the other.
type scorer struct {
	losses      []float64
	right       int
	confidences [10]float64
	rights      [10]float64
}

// add counts a text that was answered with confidence, rightly or not, and whose right answer was given probability.
func (s *scorer) add(confidence float64, right bool, probability float64) {
	s.losses = append(s.losses, -math.Log(max(probability, least)))
	band := min(int(confidence*10), 9)
	s.confidences[band] += confidence
	if right {
		s.right++
		s.rights[band]++
	}
}

func (s *scorer) score() (r Score) {
	r.Texts = len(s.losses)
	if r.Texts == 0 {
		return r
	}
	n := float64(r.Texts)
	r.Accuracy = float64(s.right) / n
	for _, l := range s.losses {
		r.LogLoss += l / n
	}
	for band := range s.rights {
		r.ECE += math.Abs(s.confidences[band]-s.rights[band]) / n
	}
	return r
}

// best returns the position of the greatest of p, the first of equal ones.
func best(p []float64) (at int) {
	for i, x := range p {
		if x > p[at] {
			at = i
		}
	}
	return at
}
