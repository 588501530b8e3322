package helpdesk

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

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// TriageReport tells how good the classifiers of a desk were at the tickets they were asked about in a
// Period, as of now: people's judgements that came later count.
type TriageReport struct {
	Period      Period
	Tickets     int                // about which a classifier was asked
	Classifiers []ClassifierReport // the live ones by name, then the shadows by name
}

// ClassifierReport is about one classifier in one version. Numbers that nothing stands behind are nil.
//
// An answer is judged when people have said what is right: by setting the category or the priority, or by resolving the
// ticket with what the classifier had set. The last word counts. An answer of no category is judged wrong when people found one.
type ClassifierReport struct {
	Classifier string // as it calls itself; empty for attempts that failed before it said so
	Shadow     bool   // asked beside the live one, without a say

	Asked     int // attempts
	Answered  int // with an answer that could be used
	Abstained int // it had no opinion
	Failed    int // no answer, or none that could be used
	Hostile   int // of the failed, those that smelt of an attack
	Applied   int // answers whose category became the ticket's
	Overrides int // answers whose priority a floor has raised

	Category  Agreement
	Priority  Agreement
	Confusion []Confusion // of categories, where judged; most frequent first

	Reliability []Bin    // of the confidence in the category, where judged; the ten bins [0, 0.1) to [0.9, 1] without the empty ones
	ECE         *float64 // expected calibration error: the mean distance of confidence and accuracy over the bins, by their answers (Naeini et al. 2015)

	TokensIn, TokensOut int
	Cost                int64     // in billionths of a US dollar
	Latency             Durations // of all attempts
}

// Agreement counts the judged answers, and those that people agreed with.
type Agreement struct {
	Judged, Right int
}

// Rate is Right of Judged, from 0 to 1; nil when none is judged.
func (a Agreement) Rate() *float64 {
	if a.Judged == 0 {
		return nil
	}
	r := float64(a.Right) / float64(a.Judged)
	return &r
}

// Confusion counts the answers of one category to tickets that people put in another, or the same.
type Confusion struct {
	Answer, Right Category
	N             int
}

// Bin is the judged answers with a confidence in [From, To), the last one with To.
type Bin struct {
	From, To   float64
	N          int
	Confidence float64 // their mean
	Accuracy   float64 // the share that was right
}

// TriageReport reports on the classifiers asked in a period. The actor must not be a customer.
func (d *Desk) TriageReport(ctx context.Context, p Period) (*TriageReport, error) {
	const op = "triage report"
	if _, err := d.worker(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	if err := p.check(); err != nil {
		return nil, d.fail(op, "", err)
	}
	p = Period{instant.Of(p.From), instant.Of(p.To)}
	q := EventQuery{Tenant: d.tenant, Types: []EventType{EventTriaged, EventShadow, EventFeedback, EventOverride}, From: p.From}
	r, err := ComputeTriageReport(p, Events(ctx, d.store, q))
	return r, d.fail(op, "", err)
}

// ComputeTriageReport is the definition of a TriageReport: it reads the events of the four types that triage
// leaves, from the beginning of the period on and oldest first.
func ComputeTriageReport(p Period, events iter.Seq2[Event, error]) (*TriageReport, error) {
	c := triageCount{of: map[classifierKey]*ClassifierReport{}, latency: map[classifierKey][]time.Duration{}, tickets: map[TicketID]*judgedTicket{}}
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

// judgedTicket is the last answer of each classifier about a ticket, and what people say.
type judgedTicket struct {
	answers  map[classifierKey]TriageData
	category *Category
	priority *Priority
}

// triageCount is a report in the making.
type triageCount struct {
	of      map[classifierKey]*ClassifierReport
	latency map[classifierKey][]time.Duration
	tickets map[TicketID]*judgedTicket
}

func (c *triageCount) add(e *Event, inPeriod bool) error {
	switch e.Type {
	case EventTriaged, EventShadow:
		var t TriageData
		if err := json.Unmarshal(e.Data, &t); err != nil {
			return err
		}
		if inPeriod {
			c.attempt(e, classifierKey{t.Classifier, e.Type == EventShadow}, t)
		}
	case EventOverride:
		var o OverrideData
		if err := json.Unmarshal(e.Data, &o); err != nil {
			return err
		}
		if inPeriod && o.Classifier != "" {
			c.classifier(classifierKey{name: o.Classifier}).Overrides++
		}
	case EventFeedback:
		var f FeedbackData
		if err := json.Unmarshal(e.Data, &f); err != nil {
			return err
		}
		t := c.tickets[e.Ticket]
		if t == nil {
			return nil // it was triaged before the period
		}
		if f.Field == aboutPriority {
			p, err := ParsePriority(e.To)
			t.priority = &p
			return err
		}
		category := Category(e.To)
		t.category = &category
	}
	return nil
}

func (c *triageCount) attempt(e *Event, k classifierKey, t TriageData) {
	if c.tickets[e.Ticket] == nil {
		c.tickets[e.Ticket] = &judgedTicket{answers: map[classifierKey]TriageData{}}
	}
	r := c.classifier(k)
	r.Asked++
	r.TokensIn, r.TokensOut, r.Cost = r.TokensIn+t.TokensIn, r.TokensOut+t.TokensOut, r.Cost+t.Cost
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

func (c *triageCount) classifier(k classifierKey) *ClassifierReport {
	if c.of[k] == nil {
		c.of[k] = &ClassifierReport{Classifier: k.name, Shadow: k.shadow}
	}
	return c.of[k]
}

func (c *triageCount) report(p Period) *TriageReport {
	bins := map[classifierKey]*[10]Bin{}
	confusion := map[classifierKey]map[Confusion]int{}
	for k := range c.of {
		bins[k], confusion[k] = new([10]Bin), map[Confusion]int{}
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
	out := &TriageReport{Period: p, Tickets: len(c.tickets), Classifiers: []ClassifierReport{}}
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
	slices.SortFunc(out.Classifiers, func(a, b ClassifierReport) int {
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

// add counts an answer; Confidence and Accuracy are sums until calibrate.
func (b *Bin) add(confidence float64, right bool) {
	b.N++
	b.Confidence += confidence
	if right {
		b.Accuracy++
	}
}

func (r *ClassifierReport) calibrate(bins *[10]Bin) {
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
