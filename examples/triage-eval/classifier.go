package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

// result is the output of -json: the report and the conditions of the measurement.
type result struct {
	Classifier string `json:"classifier"`
	*classifytest.Report

	// TrainSeconds and ModelBytes describe one model: of several models, the mean time and the
	// largest size. They are null when no model was trained.
	TrainSeconds *float64 `json:"train_seconds"`
	ModelBytes   *int64   `json:"model_bytes"`
	Models       int      `json:"models"` // number of models trained

	// Folds is the number of folds of cross-validation; it is left out when nothing was learned
	// from the tickets.
	Folds     int    `json:"folds,omitempty"`
	Seed      uint64 `json:"seed"`
	BestGuess bool   `json:"best_guess"` // the classifier could not abstain

	Notes []string `json:"notes"` // remarks for the reader
}

// evalClassifier scores a classifier and prints the report.
func (o *options) evalClassifier(ctx context.Context) error {
	tickets, err := readLabelled(o.data, o.label)
	if err != nil {
		return err
	}
	// of all tickets: -limit does not make the task easier
	categories := classifytest.CategoriesOf(tickets)
	if o.limit > 0 {
		tickets = tickets[:min(len(tickets), o.limit)]
	}
	cfg := &classifytest.Config{
		Label: o.label, Workers: o.workers, Categories: categories, Seed: o.seed, Folds: folds,
		Progress: progress(o.stderr, "scoring"),
	}
	r := &result{Seed: o.seed, Notes: []string{}}
	switch o.classifier {
	case "learned":
		err = o.scoreLearned(ctx, tickets, cfg, r)
	case "openai":
		err = o.scoreOpenAI(ctx, tickets, cfg, r)
	case "keywords":
		err = o.scoreKeywords(ctx, tickets, cfg, r)
	}
	if err != nil {
		return err
	}
	if r.Failed == r.N {
		return fmt.Errorf("each of the %d tickets failed; the first: %s", r.N, r.Failures[0].Error)
	}
	if o.json {
		return o.printJSON(r)
	}
	for _, note := range r.Notes {
		if err := o.more("note: %s", note); err != nil {
			return err
		}
	}
	if err := o.more(""); err != nil {
		return err
	}
	return r.WriteText(o.stdout)
}

func (r *result) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// scoreKeywords scores the offline word list, which knows only the default categories.
func (o *options) scoreKeywords(ctx context.Context, tickets []classifytest.Ticket, cfg *classifytest.Config, r *result) (err error) {
	r.Classifier = "keywords"
	known := helpdesk.DefaultCategories()
	foreign := 0
	for _, t := range tickets {
		if o.label == classifytest.Category && !slices.ContainsFunc(known, func(k helpdesk.CategoryInfo) bool { return k.Name == t.Category }) {
			foreign++
		}
	}
	if foreign > 0 {
		r.note("keywords knows only %s; %d of the %d labels are others, which it cannot give", names(known), foreign, len(tickets))
	}
	if err := o.more("the offline word list on %s", o.data); err != nil {
		return err
	}
	r.Report, err = classifytest.Score(ctx, classify.Offline(), tickets, cfg)
	return err
}

func names(list []helpdesk.CategoryInfo) string {
	s := ""
	for i, info := range list {
		if i > 0 {
			s += ", "
		}
		s += string(info.Name)
	}
	return s
}

// openAIWorkers is the number of calls at once unless -workers is set.
const openAIWorkers = 4

// scoreOpenAI scores the model that the environment names.
func (o *options) scoreOpenAI(ctx context.Context, tickets []classifytest.Ticket, cfg *classifytest.Config, r *result) error {
	c, err := openaiclassify.New(os.Getenv("OPENAI_API_KEY"), &openaiclassify.Config{
		BaseURL: os.Getenv("OPENAI_BASE_URL"), Model: os.Getenv("OPENAI_MODEL"),
	})
	if err != nil {
		return errors.Join(errors.New("-classifier openai needs OPENAI_API_KEY, or OPENAI_BASE_URL of a server without a key"), err)
	}
	if cfg.Workers == 0 {
		cfg.Workers = openAIWorkers
	}
	r.Classifier = c.Name()
	if err := o.more("%s on %s, %d calls at once", c.Name(), o.data, cfg.Workers); err != nil {
		return err
	}
	r.Report, err = classifytest.Score(ctx, c, tickets, cfg)
	if err == nil && r.Cost == 0 && r.TokensIn+r.TokensOut > 0 {
		r.note("no price is known for this model: the cost is that of the tokens below")
	}
	return err
}
