// Package assign ranks agents for a ticket. It is pure: the desk passes in who has room,
// and claims the first of the answer.
package assign

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// Config says what BySkill asks for. The zero Config is the default.
type Config struct {
	// Skills names the skill each category needs; nil means DefaultSkills. A category that
	// is not in it needs helpdesk.GeneralSkill.
	Skills map[helpdesk.Category]helpdesk.Skill
}

// DefaultSkills returns the skill that each of the default categories needs.
func DefaultSkills() map[helpdesk.Category]helpdesk.Skill {
	return map[helpdesk.Category]helpdesk.Skill{
		helpdesk.Billing:        "billing",
		helpdesk.Technical:      "technical",
		helpdesk.Account:        "account",
		helpdesk.BugReport:      "technical",
		helpdesk.FeatureRequest: "account",
	}
}

// BySkill returns the Assigner that gives a ticket to the agent who has the skill its
// category needs and the lowest load relative to capacity; of those to the one with
// the fewest other skills, so that generalists stay free; then to the one who was assigned a
// ticket longest ago; then by id. A nil cfg is the zero Config.
func BySkill(cfg *Config) helpdesk.Assigner {
	skills := DefaultSkills()
	if cfg != nil && cfg.Skills != nil {
		skills = make(map[helpdesk.Category]helpdesk.Skill, len(cfg.Skills))
		for c, s := range cfg.Skills {
			skills[c] = s
		}
	}
	return bySkill(skills)
}

type bySkill map[helpdesk.Category]helpdesk.Skill

// Rank implements helpdesk.Assigner.
func (skills bySkill) Rank(_ context.Context, t *helpdesk.Ticket, candidates []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
	need := cmp.Or(skills[t.Category], helpdesk.GeneralSkill)
	able := slices.DeleteFunc(slices.Clone(candidates), func(c helpdesk.Candidate) bool { return c.Agent.Level(need) == 0 })
	slices.SortFunc(able, Compare)
	return able, nil
}

// Compare orders two candidates who both have the needed skill, the better one first. It
// is a total order, in integers throughout: no two agents tie, and no rounding decides.
func Compare(a, b helpdesk.Candidate) int {
	return cmp.Or(
		compareLoad(a, b),
		cmp.Compare(len(a.Agent.Skills), len(b.Agent.Skills)),
		a.Load.LastAssigned.Compare(b.Load.LastAssigned),
		cmp.Compare(a.Agent.ID, b.Agent.ID))
}

// compareLoad compares open/capacity by cross-multiplying: 1 of 2 is less than 8 of 10.
func compareLoad(a, b helpdesk.Candidate) int {
	ah, al := bits.Mul64(uint64(max(0, a.Load.Open)), uint64(max(1, b.Agent.Limit())))
	bh, bl := bits.Mul64(uint64(max(0, b.Load.Open)), uint64(max(1, a.Agent.Limit())))
	return cmp.Or(cmp.Compare(ah, bh), cmp.Compare(al, bl))
}
