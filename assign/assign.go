// Package assign has Assigners: pure rankings, in integers, of the agents who could take a ticket.
// The desk passes in the agents who are available and have room, and assigns the first of the
// answer. [Explain] tells from the record why a ticket is with its agent.
package assign

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// BySkill returns the Assigner that gives a ticket to an agent who has all the skills it needs.
// Several such agents are ranked by whether they speak its language, see [LanguageSkill]; then by
// the lowest load relative to capacity; then by the most
// preferred skills; then by the fewest other skills, so that generalists stay free; then by the
// longest time since their last assignment; then by id. A nil cfg means the zero Config.
func BySkill(cfg *Config) helpdesk.Assigner {
	return &ranking{needs: complete(cfg), compare: compareLoad}
}

// RoundRobin returns the Assigner that gives each ticket to an agent with the needed skills: the
// one whose last assignment is the longest ago. Load decides only between agents who were never
// assigned a ticket, or were at the same moment. A nil cfg means the zero Config.
func RoundRobin(cfg *Config) helpdesk.Assigner {
	return &ranking{needs: complete(cfg), compare: compareTurn}
}

// ranking is an Assigner that knows the needs of a ticket and compares the agents who meet them.
type ranking struct {
	needs   Config
	compare func(a, b *entry) int
}

// entry is a candidate with its values for the comparison, computed once.
type entry struct {
	open, limit uint64
	foreign     bool
	preferred   int // number of preferred skills of the agent
	surplus     int // number of skills beside the required ones
	candidate   *helpdesk.Candidate
}

// Rank implements helpdesk.Assigner.
func (r *ranking) Rank(_ context.Context, t *helpdesk.Ticket, candidates []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
	needs := r.needs.For(t)
	entries := make([]entry, 0, len(candidates))
	for i := range candidates {
		c := &candidates[i]
		if needs.lacks(&c.Agent) != "" {
			continue
		}
		entries = append(entries, entry{
			open: uint64(max(0, c.Load.Open)), limit: uint64(max(1, c.Agent.Limit())), foreign: foreign(t, &c.Agent),
			preferred: needs.preferred(&c.Agent), surplus: len(c.Agent.Skills) - len(needs.Required), candidate: c,
		})
	}
	order := make([]*entry, len(entries)) // pointers are quick to swap
	for i := range entries {
		order[i] = &entries[i]
	}
	slices.SortFunc(order, func(a, b *entry) int {
		if a.foreign != b.foreign {
			return map[bool]int{false: -1, true: 1}[a.foreign]
		}
		return r.compare(a, b)
	})
	ranked := make([]helpdesk.Candidate, len(order))
	for i, e := range order {
		ranked[i] = *e.candidate
	}
	return ranked, nil
}

// compareLoad is a total order in integers: no two agents tie, and nothing is rounded.
func compareLoad(a, b *entry) int {
	if n := relative(a, b); n != 0 {
		return n
	}
	if n := cmp.Compare(b.preferred, a.preferred); n != 0 {
		return n
	}
	if n := cmp.Compare(a.surplus, b.surplus); n != 0 {
		return n
	}
	return compareIdle(a, b)
}

// compareTurn ranks the agent with the longest idle time first.
func compareTurn(a, b *entry) int {
	if n := a.candidate.Load.LastAssigned.Compare(b.candidate.Load.LastAssigned); n != 0 {
		return n
	}
	if n := relative(a, b); n != 0 {
		return n
	}
	return cmp.Compare(a.candidate.Agent.ID, b.candidate.Agent.ID)
}

// compareIdle ranks the agent with the longest idle time first and breaks all ties.
func compareIdle(a, b *entry) int {
	if n := a.candidate.Load.LastAssigned.Compare(b.candidate.Load.LastAssigned); n != 0 {
		return n
	}
	return cmp.Compare(a.candidate.Agent.ID, b.candidate.Agent.ID)
}

// relative compares open/limit by cross-multiplying: 1 of 2 is less than 8 of 10.
func relative(a, b *entry) int {
	ah, al := bits.Mul64(a.open, b.limit)
	bh, bl := bits.Mul64(b.open, a.limit)
	if ah != bh {
		return cmp.Compare(ah, bh)
	}
	return cmp.Compare(al, bl)
}
