package classifytest

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// SimilarReport measures how well a ranking finds related tickets.
type SimilarReport struct {
	N int `json:"n"` // queries
	// Failed counts queries whose ranking was an error or a panic: nothing was found.
	Failed int `json:"failed"`

	// Unknown counts relevant ids that no ticket has. They cannot be found.
	Unknown int `json:"unknown"`

	// RecallAt1, RecallAt5 and RecallAt10 are the proportions of queries with at least one relevant
	// ticket among the first 1, 5 and 10 of their ranking, whatever the number of relevant tickets.
	RecallAt1  float64 `json:"recall_at_1"`
	RecallAt5  float64 `json:"recall_at_5"`
	RecallAt10 float64 `json:"recall_at_10"`

	// MRRAt10 is the mean, over the queries, of 1 divided by the place of the first relevant
	// ticket, and 0 when none is among the first 10.
	MRRAt10 float64 `json:"mrr_at_10"`

	Failures []Failure `json:"failures"` // the first few, by id

	Elapsed    time.Duration `json:"elapsed_ns"`
	LatencyP50 time.Duration `json:"latency_p50_ns"`
	LatencyP95 time.Duration `json:"latency_p95_ns"`
}

// SimilarScore ranks each ticket that is a key of relevant, and looks for its relevant ids. rank
// returns the ids of tickets, best first. The ticket itself and a repeated id take no place in the
// ranking. A query without another relevant ticket is left out. A query whose relevant ids are all
// Unknown stays, and counts as missed. SimilarScore uses Workers, Progress and Clock of cfg, which
// may be nil.
//
// The error matches helpdesk.ErrInvalid when a query is not the id of a ticket, two tickets have
// the same id, or there is no query. When ctx ends, its error is returned.
func SimilarScore(ctx context.Context, tickets []Ticket, relevant map[string][]string, rank func(context.Context, Ticket) ([]string, error), cfg *Config) (*SimilarReport, error) {
	r, err := similarScore(ctx, tickets, relevant, rank, cfg)
	if err != nil {
		return nil, fmt.Errorf("classifytest: score similar tickets: %w", err)
	}
	return r, nil
}

func similarScore(ctx context.Context, tickets []Ticket, relevant map[string][]string, rank func(context.Context, Ticket) ([]string, error), cfg *Config) (*SimilarReport, error) {
	queries, unknown, err := queriesOf(tickets, relevant)
	if err != nil {
		return nil, err
	}
	if rank == nil {
		return nil, &helpdesk.FieldError{Field: "rank", Problem: "is nil"}
	}
	w, err := newWork(cfg)
	if err != nil {
		return nil, err
	}
	w.total = len(queries)
	places := make([]int, len(queries)) // of the first relevant ticket; 0 means none
	failed := make([]error, len(queries))
	took := make([]time.Duration, len(queries))
	err = w.each(ctx, count(len(queries)), func(i int) {
		start := w.cfg.Clock.Now()
		ranking, err := rankSafely(ctx, rank, queries[i])
		took[i] = max(0, w.cfg.Clock.Now().Sub(start))
		if failed[i] = err; err == nil {
			places[i] = place(ranking, queries[i].ID, relevant[queries[i].ID])
		}
	})
	if err != nil {
		return nil, err
	}
	r := &SimilarReport{N: len(queries), Elapsed: w.elapsed, Unknown: unknown, Failures: []Failure{}}
	for i, err := range failed {
		if err != nil {
			if r.Failed++; len(r.Failures) < maxFailures {
				r.Failures = append(r.Failures, Failure{Ticket: queries[i].ID, Error: clipTo(err.Error(), 300)})
			}
		}
	}
	r.RecallAt1, r.RecallAt5, r.RecallAt10 = recall(places, 1), recall(places, 5), recall(places, 10)
	for _, p := range places {
		if 0 < p && p <= 10 {
			r.MRRAt10 += 1 / float64(p) / float64(r.N)
		}
	}
	r.LatencyP50, r.LatencyP95 = percentile(took, 50), percentile(took, 95)
	return r, nil
}

// queriesOf returns the tickets of the queries, by id, and the number of relevant ids that no
// ticket has.
func queriesOf(tickets []Ticket, relevant map[string][]string) (queries []Ticket, unknown int, err error) {
	by := make(map[string]*Ticket, len(tickets))
	for i := range tickets {
		id := tickets[i].ID
		if by[id] != nil {
			return nil, 0, &helpdesk.FieldError{Field: "tickets", Problem: fmt.Sprintf("has two with the id %q", clip(id))}
		}
		by[id] = &tickets[i]
	}
	for _, id := range slices.Sorted(maps.Keys(relevant)) {
		if by[id] == nil {
			return nil, 0, &helpdesk.FieldError{Field: "relevant", Problem: fmt.Sprintf("has the query %q, which is the id of no ticket", clip(id))}
		}
		for _, other := range relevant[id] {
			if by[other] == nil {
				unknown++
			}
		}
		if slices.ContainsFunc(relevant[id], func(other string) bool { return other != id }) {
			queries = append(queries, *by[id])
		}
	}
	if len(queries) == 0 {
		return nil, 0, &helpdesk.FieldError{Field: "relevant", Problem: "has no query"}
	}
	return queries, unknown, nil
}

func rankSafely(ctx context.Context, rank func(context.Context, Ticket) ([]string, error), t Ticket) (ids []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			ids, err = nil, fmt.Errorf("the ranking panicked: %v", p)
		}
	}()
	return rank(ctx, t)
}

// place returns the place of the first relevant id in a ranking, counted from 1; 0 when there is
// none.
func place(ranking []string, query string, relevant []string) int {
	at := 0
	seen := map[string]bool{query: true}
	for _, id := range ranking {
		if seen[id] {
			continue
		}
		seen[id] = true
		if at++; slices.Contains(relevant, id) {
			return at
		}
	}
	return 0
}

// recall returns the proportion of places from 1 to k.
func recall(places []int, k int) float64 {
	found := 0
	for _, p := range places {
		if 0 < p && p <= k {
			found++
		}
	}
	return float64(found) / float64(len(places))
}

// WriteText writes the report for people.
func (r *SimilarReport) WriteText(w io.Writer) error {
	p := &printer{w: w}
	p.f("%d queries, each with at least one relevant ticket\n\n", r.N)
	p.f("%-12s %.3f   a relevant one is the first\n", "recall@1", r.RecallAt1)
	p.f("%-12s %.3f   among the first 5\n", "recall@5", r.RecallAt5)
	p.f("%-12s %.3f   among the first 10\n", "recall@10", r.RecallAt10)
	p.f("%-12s %.3f   mean of 1 / place of the first one, 0 after the 10th\n", "MRR@10", r.MRRAt10)
	p.f("%-12s p50 %s, p95 %s\n", "latency", round(r.LatencyP50), round(r.LatencyP95))
	if r.Unknown > 0 {
		p.f("\n%d relevant ids are of no ticket: nothing can find them\n", r.Unknown)
	}
	p.failures(r.Failed, r.Failures)
	return p.err
}
