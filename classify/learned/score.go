package learned

import (
	"math"
)

// Score measures answers on texts outside of the training, with every text answered: it has no
// abstentions.
type Score struct {
	Texts    int
	Accuracy float64 // the proportion answered right
	// LogLoss is the mean of -ln p, where p is the probability given to the right answer.
	LogLoss float64
	// ECE is the expected calibration error: the mean distance of confidence and accuracy over 10
	// bands of confidence.
	ECE float64
}

// least is the least probability of a right answer that counts: a model that never saw a label
// gives it none, which would be an infinite loss.
const least = 1e-3

// scorer makes a Score, text by text.
type scorer struct {
	losses      []float64
	right       int
	confidences [10]float64
	rights      [10]float64
}

// add counts a text: its answer's confidence, whether that was right, and the probability of the
// right answer.
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

// best returns the position of the greatest of p, and among equals the first.
func best(p []float64) (at int) {
	for i, x := range p {
		if x > p[at] {
			at = i
		}
	}
	return at
}
