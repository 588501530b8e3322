package assign

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// Config says what a ticket needs. The zero Config is the default.
type Config struct {
	// Categories says what the tickets of each need; nil means DefaultCategories. Those of a category that
	// is not in it, or of none, need helpdesk.GeneralSkill.
	Categories map[helpdesk.Category]Needs

	// Tags and Priorities add to that for tickets that have them, such as a language, or a higher level when it is urgent.
	Tags       map[string]Needs
	Priorities map[helpdesk.Priority]Needs
}

// Needs is what a ticket asks of an agent.
type Needs struct {
	Required  map[helpdesk.Skill]int // the least level of each, 1 to 5; 0 counts as 1
	Preferred []helpdesk.Skill       // between agents of equal load, who has more of these comes first
}

// Skill returns the Needs of tickets that need one skill, at any level.
func Skill(s helpdesk.Skill) Needs { return Needs{Required: map[helpdesk.Skill]int{s: 1}} }

// DefaultCategories returns what the tickets of each of the default categories need.
func DefaultCategories() map[helpdesk.Category]Needs {
	return map[helpdesk.Category]Needs{
		helpdesk.Billing:        Skill("billing"),
		helpdesk.Technical:      Skill("technical"),
		helpdesk.Account:        Skill("account"),
		helpdesk.BugReport:      Skill("technical"),
		helpdesk.FeatureRequest: Skill("account"),
	}
}

// complete fills in the default, and copies what the caller could change.
func complete(cfg *Config) Config {
	if cfg == nil {
		cfg = &Config{}
	}
	c := Config{Categories: maps.Clone(cfg.Categories), Tags: maps.Clone(cfg.Tags), Priorities: maps.Clone(cfg.Priorities)}
	if c.Categories == nil {
		c.Categories = DefaultCategories()
	}
	return c
}

// For returns what a ticket needs in all: of a skill asked for twice, the higher level.
func (c *Config) For(t *helpdesk.Ticket) Needs {
	n, ok := c.Categories[t.Category]
	if !ok {
		n = Skill(helpdesk.GeneralSkill)
	}
	if len(c.Tags)+len(c.Priorities) == 0 {
		return n
	}
	n = Needs{Required: maps.Clone(n.Required), Preferred: slices.Clone(n.Preferred)}
	if n.Required == nil {
		n.Required = map[helpdesk.Skill]int{}
	}
	add := func(more Needs) {
		for skill, level := range more.Required {
			n.Required[skill] = max(n.Required[skill], level, 1)
		}
		for _, skill := range more.Preferred {
			if !slices.Contains(n.Preferred, skill) {
				n.Preferred = append(n.Preferred, skill)
			}
		}
	}
	add(c.Priorities[t.Priority])
	for _, tag := range t.Tags {
		add(c.Tags[tag])
	}
	return n
}

// lacks says in words which skill an agent lacks; it is empty for one who has them all.
func (n Needs) lacks(a *helpdesk.Agent) string {
	missing := ""
	for skill, least := range n.Required {
		level, words := a.Level(skill), ""
		switch least = max(1, least); {
		case level == 0:
			words = fmt.Sprintf("lacks %s", skill)
		case level < least:
			words = fmt.Sprintf("%s %d, needs %d", skill, level, least)
		default:
			continue
		}
		if missing == "" || words < missing { // the same one each time
			missing = words
		}
	}
	return missing
}

func (n Needs) preferred(a *helpdesk.Agent) int {
	count := 0
	for _, skill := range n.Preferred {
		if a.Level(skill) > 0 {
			count++
		}
	}
	return count
}

// Describe implements helpdesk.Describer.
func (r *ranking) Describe(t *helpdesk.Ticket, a *helpdesk.Agent) string {
	needs := r.needs.For(t)
	if lacks := needs.lacks(a); lacks != "" {
		return lacks
	}
	var parts []string
	for _, skill := range slices.SortedFunc(maps.Keys(needs.Required), cmp.Compare[helpdesk.Skill]) {
		parts = append(parts, fmt.Sprintf("%s %d", skill, a.Level(skill)))
	}
	for _, skill := range needs.Preferred {
		if level := a.Level(skill); level > 0 {
			parts = append(parts, fmt.Sprintf("%s %d preferred", skill, level))
		}
	}
	if more := len(a.Skills) - len(needs.Required) - needs.preferred(a); more == 1 {
		parts = append(parts, "1 other skill")
	} else if more > 1 {
		parts = append(parts, fmt.Sprintf("%d other skills", more))
	}
	return strings.Join(parts, ", ")
}
