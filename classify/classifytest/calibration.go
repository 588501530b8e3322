package classifytest

import "math"

// Bin holds the answers whose confidence is in [From, To); the last one includes To.
type Bin struct {
	From       float64  `json:"from"`
	To         float64  `json:"to"`
	N          int      `json:"n"`
	Confidence *float64 `json:"confidence"` // mean; nil when empty
	Accuracy   *float64 `json:"accuracy"`   // proportion of the N that are right; nil when empty
}

// Point describes the use of only those answers with at least this confidence.
type Point struct {
	Threshold float64 `json:"threshold"`
	Coverage  float64 `json:"coverage"` // proportion of all labelled tickets with such an answer
	// Accuracy is the proportion of these answers that are right; nil when there are none.
	Accuracy *float64 `json:"accuracy"`
}

const bins = 10

// thresholds are those of Report.Curve.
var thresholds = []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95}

// calibration compares the confidence of the answers with the proportion that is right.
func (r *Report) calibration(s *scoring) {
	var n, right [bins]int
	var sure [bins]float64
	for i := range s.outcomes {
		o := &s.outcomes[i]
		if o.answer == "" {
			continue
		}
		b := min(int(o.confidence*bins), bins-1)
		n[b]++
		sure[b] += o.confidence
		if o.answer == s.want(i) {
			right[b]++
		}
	}
	ece := 0.0
	for b := range bins {
		bin := Bin{From: float64(b) / bins, To: float64(b+1) / bins, N: n[b], Accuracy: share(right[b], n[b])}
		if n[b] > 0 {
			mean := sure[b] / float64(n[b])
			bin.Confidence = &mean
			ece += math.Abs(float64(right[b])-sure[b]) / float64(r.Answered)
		}
		r.Bins = append(r.Bins, bin)
	}
	r.ECE = &ece
	for _, at := range thresholds {
		r.Curve = append(r.Curve, s.point(at))
	}
}

func (s *scoring) point(threshold float64) Point {
	used, right := 0, 0
	for i := range s.outcomes {
		if o := &s.outcomes[i]; o.answer != "" && o.confidence >= threshold {
			used++
			if o.answer == s.want(i) {
				right++
			}
		}
	}
	return Point{Threshold: threshold, Coverage: float64(used) / float64(len(s.outcomes)), Accuracy: share(right, used)}
}
