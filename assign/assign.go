// Package assign has Assigners: pure rankings, in integers, of the agents who could take a ticket. The
// desk passes in who is here and has room, and claims the first of the answer.
package assign

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// BySkill returns the Assigner that gives a ticket to an agent who has all the skills it needs. Of
// several it is the one with the lowest load relative to capacity; then with the most preferred skills; then with the fewest
// other skills, so that generalists stay free; then the one who was assigned a ticket longest ago; then by
// id. A nil cfg is the zero Config.
func BySkill(cfg *Config) helpdesk.Assigner {
	return &ranking{needs: complete(cfg), compare: compareLoad}
}

// RoundRobin returns the Assigner that gives each ticket to the agent with the needed skills who was assigned one longest
// ago. Load does not count, as long as there is room; it decides between those who were never
// assigned one, or at the same moment. A nil cfg is the zero Config.
func RoundRobin(cfg *Config) helpdesk.Assigner {
	return &ranking{needs: complete(cfg), compare: compareTurn}
}

// ranking is an Assigner that knows what a ticket needs and compares those who have it.
type ranking struct {
	needs   Config
	compare func(a, b *entry) int
}

// entry is a candidate with what is compared, worked out once.
type entry struct {
	open, limit uint64
	preferred   int // skills had of those preferred
	surplus     int // skills had beside those required
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
			open: uint64(max(0, c.Load.Open)), limit: uint64(max(1, c.Agent.Limit())),
			preferred: needs.preferred(&c.Agent), surplus: len(c.Agent.Skills) - len(needs.Required), candidate: c,
		})
	}
	order := make([]*entry, len(entries)) // pointers are quick to swap
	for i := range entries {
		order[i] = &entries[i]
	}
	slices.SortFunc(order, r.compare)
	ranked := make([]helpdesk.Candidate, len(order))
	for i, e := range order {
		ranked[i] = *e.candidate
	}
	return ranked, nil
}

// compareLoad is a total order in integers: no two agents tie, and no rounding decides.
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

// compareTurn has the longest idle first.
func compareTurn(a, b *entry) int {
	if n := a.candidate.Load.LastAssigned.Compare(b.candidate.Load.LastAssigned); n != 0 {
		return n
	}
	if n := relative(a, b); n != 0 {
		return n
	}
	return cmp.Compare(a.candidate.Agent.ID, b.candidate.Agent.ID)
}

// compareIdle has the longest idle first, and decides between all that is equal.
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
