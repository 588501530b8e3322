package helpdesk

import "context"

// Assigner chooses who gets a ticket. The Desk asks it with the agents who could
// take one more, and claims the first of its answer who still can.
// Package assign has the usual ones.
type Assigner interface {
	// Rank returns those of the candidates who may take the ticket, best first.
	// It must not change the ticket. No error and no candidate means nobody can.
	Rank(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error)
}

// AssignerFunc makes an Assigner of a function.
type AssignerFunc func(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error)

// Rank calls f.
func (f AssignerFunc) Rank(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error) {
	return f(ctx, t, candidates)
}

// Candidate is an agent of the ticket's tenant who is not away and holds fewer
// tickets than the capacity.
type Candidate struct {
	Agent Agent
	Load  Load
}
