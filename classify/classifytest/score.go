package classifytest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Config sets up the scoring. A nil Config means the zero Config.
type Config struct {
	Label   Label // what is compared; empty means Category
	Workers int   // tickets classified at once; 0 means GOMAXPROCS

	// Progress is called with the number of finished tickets, in order and by one goroutine at a
	// time. It may be nil.
	Progress func(done, total int)

	// Categories is the closed list for the classifier. Nil means the categories of the labels, by
	// name, with the descriptions of helpdesk.DefaultCategories where they have one; without
	// labelled tickets it means those defaults. Tickets with a label outside of the list count too:
	// no answer to them is right.
	Categories []helpdesk.CategoryInfo

	Folds int    // of CrossValidate; 0 means 5
	Seed  uint64 // of CrossValidate's division into folds; 0 is a valid seed

	Clock helpdesk.Clock // measures the times of the report; nil means helpdesk.SystemClock
}

// Score classifies each ticket that has the label, and compares the answer. It ignores tickets
// without the label.
//
// It judges an answer as a Desk would. An answer with a category outside of the list, or with a
// confidence that is not between 0 and 1, is a failure, like an error or a panic. An answer without
// the label in question or marked Suspicious, and helpdesk.ErrAbstain, are abstentions. Each
// request is the Last, so that a chain of classifiers is scored as a whole.
//
// The error matches helpdesk.ErrInvalid when there is nothing to score or cfg is invalid. When ctx
// ends, its error is returned without a report.
func Score(ctx context.Context, c helpdesk.Classifier, tickets []Ticket, cfg *Config) (*Report, error) {
	s, err := newScoring(tickets, cfg)
	if err == nil && c == nil {
		err = &helpdesk.FieldError{Field: "classifier", Problem: "is nil"}
	}
	if err == nil {
		err = s.ask(ctx, c, count(s.total))
	}
	if err != nil {
		return nil, fmt.Errorf("classifytest: score: %w", err)
	}
	return s.report(), nil
}

// scoring is one measurement in progress.
type scoring struct {
	*work
	tickets  []Ticket // those with the label
	outcomes []outcome
}

// outcome is the outcome of one ticket.
type outcome struct {
	asked      bool
	answer     string // the class answered; empty when it abstained or failed
	suspicious bool
	confidence float64
	err        string // the reason of a failure
	in, out    int
	cost       int64
	took       time.Duration
}

func newScoring(tickets []Ticket, cfg *Config) (*scoring, error) {
	w, err := newWork(cfg)
	s := &scoring{work: w}
	if s.cfg.Categories == nil {
		s.cfg.Categories = CategoriesOf(tickets)
	}
	for i := range tickets {
		if s.cfg.Label.Of(&tickets[i]) != "" {
			s.tickets = append(s.tickets, tickets[i])
		}
	}
	if len(s.tickets) == 0 {
		err = errors.Join(err, &helpdesk.FieldError{Field: "tickets", Problem: fmt.Sprintf("has none with a label of %s", s.cfg.Label)})
	}
	s.total = len(s.tickets)
	s.outcomes = make([]outcome, s.total)
	return s, err
}

// CategoriesOf returns the categories of labelled tickets, by name, as the list for a classifier;
// without any it returns helpdesk.DefaultCategories.
func CategoriesOf(tickets []Ticket) []helpdesk.CategoryInfo {
	var list []helpdesk.CategoryInfo
	seen := map[helpdesk.Category]bool{"": true}
	for i := range tickets {
		if name := tickets[i].Category; !seen[name] {
			seen[name] = true
			list = append(list, helpdesk.CategoryInfo{Name: name})
		}
	}
	known := helpdesk.DefaultCategories()
	for i := range list {
		if at := slices.IndexFunc(known, func(k helpdesk.CategoryInfo) bool { return k.Name == list[i].Name }); at >= 0 {
			list[i] = known[at]
		}
	}
	if len(list) == 0 {
		return known
	}
	slices.SortFunc(list, func(a, b helpdesk.CategoryInfo) int { return strings.Compare(string(a.Name), string(b.Name)) })
	return list
}

// ask classifies the tickets at these indexes.
func (s *scoring) ask(ctx context.Context, c helpdesk.Classifier, which []int) error {
	return s.each(ctx, which, func(i int) { s.outcomes[i] = s.askOne(ctx, c, &s.tickets[i]) })
}

func (s *scoring) askOne(ctx context.Context, c helpdesk.Classifier, t *Ticket) outcome {
	o := outcome{asked: true}
	r := &helpdesk.ClassifyRequest{
		Ticket: helpdesk.TicketID(t.ID), Subject: t.Subject, Text: t.Body, Source: helpdesk.SourceAPI,
		Categories: slices.Clone(s.cfg.Categories), Last: true,
	}
	start := s.cfg.Clock.Now()
	answer, err := safely(ctx, c, r)
	o.took = max(0, s.cfg.Clock.Now().Sub(start))
	var spent interface {
		Spent() (tokensIn, tokensOut int, cost int64)
	}
	if answer != nil {
		o.in, o.out, o.cost = answer.TokensIn, answer.TokensOut, answer.Cost
	} else if errors.As(err, &spent) { // failed calls cost money too
		o.in, o.out, o.cost = spent.Spent()
	}
	if errors.Is(err, helpdesk.ErrAbstain) || (err == nil && answer == nil) {
		return o
	}
	if err == nil {
		err = s.check(answer)
	}
	if err != nil {
		o.err = clipTo(err.Error(), 300)
		if o.err == "" {
			o.err = "an error without a text"
		}
		return o
	}
	if o.suspicious = answer.Suspicious; o.suspicious {
		return o
	}
	o.confidence = answer.Confidence
	if s.cfg.Label == Priority {
		o.answer = answer.Priority.String()
	} else {
		o.answer = string(answer.Category)
	}
	return o
}

// safely recovers from the classifier's panics.
func safely(ctx context.Context, c helpdesk.Classifier, r *helpdesk.ClassifyRequest) (answer *helpdesk.Classification, err error) {
	defer func() {
		if p := recover(); p != nil {
			answer, err = nil, fmt.Errorf("the classifier panicked: %v", p)
		}
	}()
	return c.Classify(ctx, r)
}

// check refuses what a Desk refuses in the scored parts.
func (s *scoring) check(a *helpdesk.Classification) error {
	if a.Suspicious {
		return nil // nothing of it is used
	}
	if math.IsNaN(a.Confidence) || a.Confidence < 0 || a.Confidence > 1 {
		return fmt.Errorf("confidence %v is not between 0 and 1", a.Confidence)
	}
	if a.Priority < 0 || a.Priority > helpdesk.Urgent {
		return fmt.Errorf("%s is no priority", a.Priority)
	}
	if a.Category != "" && !slices.ContainsFunc(s.cfg.Categories, func(i helpdesk.CategoryInfo) bool { return i.Name == a.Category }) {
		return fmt.Errorf("category %q is not one of the request's", clip(string(a.Category)))
	}
	return nil
}
