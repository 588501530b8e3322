package classifytest

import "math"

// Bin holds the answers whose confidence is in [From, To), in the last one including To.
type Bin struct {
	From       float64  `json:"from"`
	To         float64  `json:"to"`
	N          int      `json:"n"`
	Confidence *float64 `json:"confidence"` // mean; nil when empty
	Accuracy   *float64 `json:"accuracy"`   // how many of the N are right; nil when empty
}

// Point says what would be if only answers of at least this confidence were used.
type Point struct {
	Threshold float64  `json:"threshold"`
	Coverage  float64  `json:"coverage"` // of all labelled tickets, those with such an answer
	Accuracy  *float64 `json:"accuracy"` // how many of these answers are right; nil when there are none
}

const bins = 10

// thresholds are those of Report.Curve.
var thresholds = []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95}

// calibration compares how sure the answers are with how often they are right.
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
