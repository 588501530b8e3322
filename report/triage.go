package report

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Triage tells how good the classifiers of a desk were with the tickets they were asked about in a
// period, as of now. Judgements that people made after the period count too.
type Triage struct {
	Period      Period
	Tickets     int                // that a classifier was asked about
	Classifiers []ClassifierResult // the live ones by name, then the shadows by name
}

// ClassifierResult is about one classifier in one version. A number without observations is nil.
//
// An answer is judged when people have said what is right: they set the category or the priority,
// or they resolved the ticket with the values of the classifier. The last judgement counts. An
// answer without a category is wrong when people found one.
type ClassifierResult struct {
	Classifier string // the name it gives itself; empty for attempts that failed before that
	Shadow     bool   // asked beside the live classifier; its answers are only recorded

	Asked     int // attempts
	Answered  int // with an answer that could be used
	Abstained int // the classifier had no opinion
	Failed    int // no answer, or none that could be used
	Hostile   int // of the failed ones, those that looked like an attack
	Applied   int // answers whose category became the ticket's
	Overrides int // answers whose priority a priority rule has raised

	Category  Agreement
	Priority  Agreement
	Confusion []Confusion // of judged categories; most frequent first

	// Reliability has the confidence in judged categories, in ten bins from [0, 0.1) to [0.9, 1].
	// Empty bins are left out.
	Reliability []CalibrationBin
	// ECE is the expected calibration error: the mean distance between confidence and accuracy over
	// the bins, weighted by their answers (Naeini et al. 2015).
	ECE *float64

	TokensIn, TokensOut int
	Cost                int64     // in billionths of a US dollar
	Latency             Durations // of all attempts
}

// Agreement counts judged answers, and those that people agreed with.
type Agreement struct {
	Judged, Right int
}

// Rate returns Right / Judged, from 0 to 1, or nil when Judged is 0.
func (a Agreement) Rate() *float64 {
	if a.Judged == 0 {
		return nil
	}
	r := float64(a.Right) / float64(a.Judged)
	return &r
}

// Confusion counts answers of one category for tickets that people put in another one, or in the
// same.
type Confusion struct {
	Answer, Right helpdesk.Category
	N             int
}

// CalibrationBin sums up the judged answers with a confidence in [From, To). The last bin includes
// To.
type CalibrationBin struct {
	From, To   float64
	N          int
	Confidence float64 // their mean
	Accuracy   float64 // the proportion that was right
}

// triaging lists the types of event that triage leaves.
var triaging = []helpdesk.EventType{
	helpdesk.EventTriaged, helpdesk.EventShadow, helpdesk.EventFeedback, helpdesk.EventOverride,
}

// Triage reports on the classifiers that were asked in a period.
func (r Reports) Triage(ctx context.Context, p Period) (*Triage, error) {
	const op = "triage report"
	if _, err := r.desk.Unrestricted(ctx); err != nil {
		return nil, fail(op, err)
	}
	if err := p.check(); err != nil {
		return nil, fail(op, err)
	}
	p = p.instant()
	t, err := ComputeTriage(p, r.events(ctx, p.From, triaging...))
	return t, fail(op, err)
}

// ComputeTriage is the definition of Triage. It reads the events of the four types that triage
// leaves, from the beginning of the period on, oldest first.
func ComputeTriage(p Period, events iter.Seq2[helpdesk.Event, error]) (*Triage, error) {
	c := triageCount{
		of: map[classifierKey]*ClassifierResult{}, latency: map[classifierKey][]time.Duration{},
		tickets: map[helpdesk.TicketID]*judgedTicket{},
	}
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		if err := c.add(&e, e.At.Before(p.To)); err != nil {
			return nil, fmt.Errorf("event %s: %w", e.ID, err)
		}
	}
	return c.report(p), nil
}

type classifierKey struct {
	name   string
	shadow bool
}

// judgedTicket holds the last answer of each classifier about a ticket, and the judgement of
// people.
type judgedTicket struct {
	answers  map[classifierKey]helpdesk.TriageData
	category *helpdesk.Category
	priority *helpdesk.Priority
}

// triageCount is a report in the making.
type triageCount struct {
	of      map[classifierKey]*ClassifierResult
	latency map[classifierKey][]time.Duration
	tickets map[helpdesk.TicketID]*judgedTicket
}

func (c *triageCount) add(e *helpdesk.Event, inPeriod bool) error {
	switch e.Type {
	case helpdesk.EventTriaged, helpdesk.EventShadow:
		var t helpdesk.TriageData
		if err := json.Unmarshal(e.Data, &t); err != nil {
			return err
		}
		if inPeriod {
			c.attempt(e, classifierKey{t.Classifier, e.Type == helpdesk.EventShadow}, t)
		}
	case helpdesk.EventOverride:
		var o helpdesk.OverrideData
		if err := json.Unmarshal(e.Data, &o); err != nil {
			return err
		}
		if inPeriod && o.Classifier != "" {
			c.classifier(classifierKey{name: o.Classifier}).Overrides++
		}
	case helpdesk.EventFeedback:
		var f helpdesk.FeedbackData
		if err := json.Unmarshal(e.Data, &f); err != nil {
			return err
		}
		t := c.tickets[e.Ticket]
		if t == nil || f.Field == "response" {
			return nil // it was triaged before the period, or is about a reply
		}
		if f.Field == "priority" {
			p, err := helpdesk.ParsePriority(e.To)
			t.priority = &p
			return err
		}
		category := helpdesk.Category(e.To)
		t.category = &category
	}
	return nil
}

func (c *triageCount) attempt(e *helpdesk.Event, k classifierKey, t helpdesk.TriageData) {
	if c.tickets[e.Ticket] == nil {
		c.tickets[e.Ticket] = &judgedTicket{answers: map[classifierKey]helpdesk.TriageData{}}
	}
	r := c.classifier(k)
	r.Asked++
	r.TokensIn, r.TokensOut = r.TokensIn+t.TokensIn, r.TokensOut+t.TokensOut
	r.Cost += t.Cost
	c.latency[k] = append(c.latency[k], t.Latency)
	switch {
	case t.Abstained:
		r.Abstained++
	case t.Error != "":
		r.Failed++
		if t.Hostile {
			r.Hostile++
		}
	default:
		r.Answered++
		if t.Applied {
			r.Applied++
		}
		c.tickets[e.Ticket].answers[k] = t
	}
}

func (c *triageCount) classifier(k classifierKey) *ClassifierResult {
	if c.of[k] == nil {
		c.of[k] = &ClassifierResult{Classifier: k.name, Shadow: k.shadow}
	}
	return c.of[k]
}

func (c *triageCount) report(p Period) *Triage {
	bins := map[classifierKey]*[10]CalibrationBin{}
	confusion := map[classifierKey]map[Confusion]int{}
	for k := range c.of {
		bins[k], confusion[k] = new([10]CalibrationBin), map[Confusion]int{}
	}
	for _, id := range slices.Sorted(maps.Keys(c.tickets)) { // in order, since sums of floats depend on it
		t := c.tickets[id]
		for k, a := range t.answers {
			r := c.of[k]
			if t.priority != nil && a.Priority != 0 {
				r.Priority.count(a.Priority == *t.priority)
			}
			if t.category != nil {
				right := a.Category == *t.category
				r.Category.count(right)
				confusion[k][Confusion{Answer: a.Category, Right: *t.category}]++
				bins[k][min(9, int(a.Confidence*10))].add(a.Confidence, right)
			}
		}
	}
	out := &Triage{Period: p, Tickets: len(c.tickets), Classifiers: []ClassifierResult{}}
	for k, r := range c.of {
		r.Latency = Summarize(c.latency[k])
		for cell, n := range confusion[k] {
			cell.N = n
			r.Confusion = append(r.Confusion, cell)
		}
		slices.SortFunc(r.Confusion, func(a, b Confusion) int {
			return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Answer, b.Answer), cmp.Compare(a.Right, b.Right))
		})
		r.calibrate(bins[k])
		out.Classifiers = append(out.Classifiers, *r)
	}
	slices.SortFunc(out.Classifiers, func(a, b ClassifierResult) int {
		if a.Shadow != b.Shadow {
			if a.Shadow {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Classifier, b.Classifier)
	})
	return out
}

func (a *Agreement) count(right bool) {
	if a.Judged++; right {
		a.Right++
	}
}

// add counts an answer. Confidence and Accuracy are sums until calibrate divides them.
func (b *CalibrationBin) add(confidence float64, right bool) {
	b.N++
	b.Confidence += confidence
	if right {
		b.Accuracy++
	}
}

func (r *ClassifierResult) calibrate(bins *[10]CalibrationBin) {
	var off float64
	for i, b := range bins {
		if b.N == 0 {
			continue
		}
		off += math.Abs(b.Accuracy - b.Confidence)
		b.From, b.To = float64(i)/10, float64(i+1)/10
		b.Confidence, b.Accuracy = b.Confidence/float64(b.N), b.Accuracy/float64(b.N)
		r.Reliability = append(r.Reliability, b)
	}
	if r.Category.Judged > 0 {
		off /= float64(r.Category.Judged)
		r.ECE = &off
	}
}
