package classifytest

import (
	"math"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Report measures a classifier. Its classes are the labels of the tickets and of the answers:
// categories by name, priorities least urgent first.
type Report struct {
	Label Label `json:"label"`

	N        int `json:"n"`        // labelled tickets: Answered + Abstained + Failed
	Answered int `json:"answered"` // with a class, right or wrong
	// Abstained counts tickets without an opinion of the classifier, or with an unusable answer.
	Abstained int `json:"abstained"`
	// Suspicious counts the Abstained whose text tries to steer it, as the classifier says.
	Suspicious int `json:"suspicious"`
	Failed     int `json:"failed"` // errors, panics and answers that a Desk refuses

	// Accuracy is right answers of all N: an abstention or failure is wrong.
	Accuracy float64 `json:"accuracy"`

	// MacroF1 is the mean F1 of the classes of labelled tickets; rare classes count as much as
	// others. An abstention or failure counts as missing for its class and as an answer of no
	// class. (scikit-learn would also average over classes that only answers have; without such a
	// class and without abstentions the two are the same.)
	MacroF1 float64 `json:"macro_f1"`

	// AccuracyAnswered is right answers of the Answered; nil when there are none.
	AccuracyAnswered *float64 `json:"accuracy_answered"`

	// ECE is the expected calibration error: the mean distance of confidence and accuracy over the
	// Bins that are not empty, each weighted by its tickets. See Guo et al., "On Calibration of
	// Modern Neural Networks", 2017. ECE, Bins and Curve are nil when nothing was answered, and for
	// priorities: a Confidence is of the category.
	ECE   *float64 `json:"ece"`
	Bins  []Bin    `json:"bins"`
	Curve []Point  `json:"curve"`

	Classes   []Class   `json:"per_class"`
	Confusion Confusion `json:"confusion"`
	Failures  []Failure `json:"failures"` // the first few, in the order of the tickets

	TokensIn  int `json:"tokens_in"` // also those of failed calls, where the error reports them
	TokensOut int `json:"tokens_out"`
	// Cost is in billionths of a US dollar; 0 when nothing is paid or no price is known.
	Cost int64 `json:"cost_nanodollars"`

	// Elapsed is the time of all calls, all workers together, without training.
	Elapsed time.Duration `json:"elapsed_ns"`
	// TicketsPerSecond is N by Elapsed; nil when the clock did not move.
	TicketsPerSecond *float64 `json:"tickets_per_second"`
	// LatencyP50 is the median time of the calls.
	LatencyP50 time.Duration `json:"latency_p50_ns"`
	// LatencyP95 is the 95th percentile of the time of the calls (nearest rank).
	LatencyP95 time.Duration `json:"latency_p95_ns"`
}

// Class measures one class.
type Class struct {
	Name      string   `json:"class"`
	N         int      `json:"n"`         // tickets labelled with it
	Answered  int      `json:"answered"`  // answers that were this class
	Right     int      `json:"right"`     // of both
	Precision *float64 `json:"precision"` // Right by Answered; nil when never answered
	Recall    *float64 `json:"recall"`    // Right by N; nil when no ticket is labelled with it
	F1        float64  `json:"f1"`        // 2*Right / (N + Answered)
}

// Confusion counts labels against answers.
type Confusion struct {
	Classes []string `json:"classes"`

	// Counts has a row for each of Classes as the label. Each row has a column for each of Classes
	// as the answer, then one for abstentions and one for failures.
	Counts [][]int `json:"counts"`
}

// Failure is a ticket without a score.
type Failure struct {
	Ticket string `json:"ticket"`
	Error  string `json:"error"` // on one line, shortened
}

const maxFailures = 5

// report sums up the outcomes.
func (s *scoring) report() *Report {
	r := &Report{Label: s.cfg.Label, N: len(s.tickets), Elapsed: s.elapsed, Failures: []Failure{}}
	right := 0
	for i := range s.outcomes {
		o := &s.outcomes[i]
		switch {
		case o.answer != "":
			r.Answered++
			if o.answer == s.want(i) {
				right++
			}
		case o.failed():
			r.Failed++
			if len(r.Failures) < maxFailures {
				r.Failures = append(r.Failures, Failure{Ticket: s.tickets[i].ID, Error: o.err})
			}
		default:
			r.Abstained++
			if o.suspicious {
				r.Suspicious++
			}
		}
		r.TokensIn, r.TokensOut = r.TokensIn+max(0, o.in), r.TokensOut+max(0, o.out)
		r.Cost += min(max(0, o.cost), math.MaxInt64-r.Cost)
	}
	r.Accuracy = float64(right) / float64(r.N)
	r.AccuracyAnswered = share(right, r.Answered)
	r.classes(s)
	if s.cfg.Label == Category && r.Answered > 0 {
		r.calibration(s)
	}
	r.speed(s)
	return r
}

func (s *scoring) want(i int) string { return s.cfg.Label.Of(&s.tickets[i]) }

// failed also holds for a call that never returned, as after runtime.Goexit.
func (o *outcome) failed() bool { return o.err != "" || !o.asked }

// share returns part of whole, nil when whole is 0.
func share(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	v := float64(part) / float64(whole)
	return &v
}

// classes counts labels against answers.
func (r *Report) classes(s *scoring) {
	names := s.classNames()
	index := map[string]int{}
	for i, name := range names {
		index[name] = i
	}
	k := len(names)
	r.Confusion = Confusion{Classes: names, Counts: make([][]int, k)}
	for i := range k {
		r.Confusion.Counts[i] = make([]int, k+2)
	}
	for i := range s.outcomes {
		column := k
		switch o := &s.outcomes[i]; {
		case o.answer != "":
			column = index[o.answer]
		case o.failed():
			column = k + 1
		}
		r.Confusion.Counts[index[s.want(i)]][column]++
	}
	labelled, sum := 0, 0.0
	for i, name := range names {
		c := Class{Name: name, Right: r.Confusion.Counts[i][i]}
		for _, n := range r.Confusion.Counts[i] {
			c.N += n
		}
		for _, row := range r.Confusion.Counts {
			c.Answered += row[i]
		}
		c.Precision, c.Recall = share(c.Right, c.Answered), share(c.Right, c.N)
		c.F1 = 2 * float64(c.Right) / float64(c.N+c.Answered)
		if c.N > 0 {
			labelled++
			sum += c.F1
		}
		r.Classes = append(r.Classes, c)
	}
	r.MacroF1 = sum / float64(labelled)
}

// classNames returns the labels of tickets and of answers.
func (s *scoring) classNames() []string {
	var names []string
	for i := range s.outcomes {
		names = append(names, s.want(i))
		if a := s.outcomes[i].answer; a != "" {
			names = append(names, a)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if s.cfg.Label == Priority {
		place := func(name string) int {
			p, _ := helpdesk.ParsePriority(name)
			return int(p)
		}
		slices.SortFunc(names, func(a, b string) int { return place(a) - place(b) })
	}
	return names
}

func (r *Report) speed(s *scoring) {
	if s.elapsed > 0 {
		v := float64(r.N) / s.elapsed.Seconds()
		r.TicketsPerSecond = &v
	}
	took := make([]time.Duration, len(s.outcomes))
	for i := range s.outcomes {
		took[i] = s.outcomes[i].took
	}
	r.LatencyP50, r.LatencyP95 = percentile(took, 50), percentile(took, 95)
}

// percentile sorts and returns the least duration that p of 100 do not exceed.
func percentile(took []time.Duration, p int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[(len(took)*p+99)/100-1]
}
