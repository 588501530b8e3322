package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

// folds is the number of parts into which -data is divided without -train.
const folds = 5

// scoreLearned trains on -train and scores -data. Without -train it cross-validates: it trains on
// four fifths of -data at a time and scores the rest.
func (o *options) scoreLearned(ctx context.Context, tickets []classifytest.Ticket, cfg *classifytest.Config, r *result) (err error) {
	r.BestGuess = !o.abstain
	t := &trainer{o: o}
	if o.train == "" {
		r.Folds = folds
		if r.Report, err = classifytest.CrossValidate(ctx, t.train, tickets, cfg); err != nil {
			return fmt.Errorf("%s, without -train: %w", o.data, err)
		}
		err = o.more("learned on %s: %d-fold stratified cross-validation with seed %d, each time trained on %d folds and scored on the other one", o.data, folds, o.seed, folds-1)
	} else {
		err = o.trainAndScore(ctx, t, tickets, cfg, r)
	}
	if err != nil {
		return err
	}
	r.Classifier = t.version
	r.Models = t.models
	mean := t.took.Seconds() / float64(t.models)
	r.TrainSeconds, r.ModelBytes = &mean, &t.bytes
	if r.BestGuess {
		err = o.more("its best guess is scored, however unsure; -abstain lets it abstain")
	}
	if err != nil {
		return err
	}
	of := ""
	if t.models > 1 {
		of = fmt.Sprintf(" (mean time and largest size of %d models)", t.models)
	}
	return o.more("training %.2f s, model %d bytes%s", mean, t.bytes, of)
}

func (o *options) trainAndScore(ctx context.Context, t *trainer, tickets []classifytest.Ticket, cfg *classifytest.Config, r *result) error {
	if same(o.train, o.data) {
		return fmt.Errorf("-train and -data are both %s: scores on learned tickets are meaningless; omit -train to cross-validate", o.data)
	}
	from, err := readLabelled(o.train, o.label)
	if err != nil {
		return err
	}
	// A model can give any category that it has learned, also a wrong one.
	if of := classifytest.CategoriesOf(from); o.label == classifytest.Category {
		for _, c := range of {
			if !slices.Contains(cfg.Categories, c) {
				cfg.Categories = append(cfg.Categories, c)
			}
		}
	}
	labels := map[string]bool{}
	texts := map[[2]string]bool{}
	for i := range from {
		labels[o.label.Of(&from[i])] = true
		texts[[2]string{from[i].Subject, from[i].Body}] = true
	}
	if len(labels) < 2 {
		return fmt.Errorf("%s: all of its %d labelled rows have the same %s: too few labels to learn from", o.train, len(from), o.label)
	}
	known := 0
	for i := range tickets {
		if texts[[2]string{tickets[i].Subject, tickets[i].Body}] {
			known++
		}
	}
	if known > 0 {
		r.note("%d of the %d tickets are in the training data word by word and flatter the numbers", known, len(tickets))
	}
	c, err := t.train(ctx, from)
	if err != nil {
		return fmt.Errorf("%s: %w", o.train, err)
	}
	if r.Report, err = classifytest.Score(ctx, c, tickets, cfg); err != nil {
		return err
	}
	return o.more("learned on %s, trained on the %d tickets of %s", o.data, len(from), o.train)
}

// same reports whether two names are names of the same file.
func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// trainer trains models and records their number, time and size.
type trainer struct {
	o       *options
	models  int
	took    time.Duration
	bytes   int64 // of the largest model
	version string
}

// always is a threshold that makes a model answer: every category is likely enough, and no text too
// strange.
const always = 1e-9

func (t *trainer) train(ctx context.Context, tickets []classifytest.Ticket) (helpdesk.Classifier, error) {
	examples := make([]learned.Example, len(tickets))
	for i, x := range tickets {
		examples[i] = learned.Example{ID: x.ID, Subject: x.Subject, Text: x.Body}
		if t.o.label == classifytest.Priority {
			examples[i].Priority = x.Priority
		} else {
			examples[i].Category = x.Category
		}
	}
	cfg := &learned.Config{Seed: t.o.seed}
	if !t.o.abstain {
		cfg.Confidence, cfg.Novelty = always, -1
	}
	start := time.Now()
	m, err := learned.Train(ctx, examples, cfg)
	if err != nil {
		return nil, err
	}
	t.took += time.Since(start)
	t.models++
	n, err := m.WriteTo(io.Discard)
	t.bytes = max(t.bytes, n)
	if t.version = m.Version(); t.models > 1 {
		t.version = "learned"
	}
	return m, err
}
