package assign

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// Config holds the skills that tickets need. The zero Config is the default.
type Config struct {
	// Categories holds the Needs of each category; nil means DefaultCategories. Tickets of another
	// category, or of none, need helpdesk.GeneralSkill.
	Categories map[helpdesk.Category]Needs

	// Tags and Priorities add the Needs of tickets with these tags and priorities: a language, for
	// example, or a higher level for an urgent ticket.
	Tags       map[string]Needs
	Priorities map[helpdesk.Priority]Needs
}

// Needs is what a ticket requires of its agent.
type Needs struct {
	// Required holds the least level of each skill, 1 to 5; 0 counts as 1.
	Required map[helpdesk.Skill]int
	// Preferred decides between agents of equal load: the agent with more of these comes first.
	Preferred []helpdesk.Skill
}

// Skill returns Needs of one skill at any level.
func Skill(s helpdesk.Skill) Needs { return Needs{Required: map[helpdesk.Skill]int{s: 1}} }

// DefaultCategories returns the Needs of each default category.
func DefaultCategories() map[helpdesk.Category]Needs {
	return map[helpdesk.Category]Needs{
		helpdesk.Billing:        Skill("billing"),
		helpdesk.Technical:      Skill("technical"),
		helpdesk.Account:        Skill("account"),
		helpdesk.BugReport:      Skill("technical"),
		helpdesk.FeatureRequest: Skill("account"),
	}
}

// complete fills in the default, and copies maps that the caller could change.
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

// For returns all Needs of a ticket. A skill that is needed twice is needed at the higher level.
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

// LanguageSkill returns the skill of an agent who speaks a language, by its tag: "language:de". Who
// has no such skill is taken to speak all languages. A ticket in a known language goes to an agent
// who speaks it, however loaded; to another only if none of them has room.
func LanguageSkill(tag string) helpdesk.Skill { return helpdesk.Skill(languagePrefix + tag) }

const languagePrefix = "language:"

// foreign reports whether an agent does not speak the language of a ticket.
func foreign(t *helpdesk.Ticket, a *helpdesk.Agent) bool {
	if t.Language == "" {
		return false
	}
	wanted, _, _ := strings.Cut(t.Language, "-") // who speaks pt-br understands pt-pt
	others := false
	for skill := range a.Skills {
		tag, is := strings.CutPrefix(string(skill), languagePrefix)
		if !is {
			continue
		}
		if spoken, _, _ := strings.Cut(tag, "-"); spoken == wanted {
			return false
		}
		others = true
	}
	return others
}

// lacks describes a skill that an agent lacks. It is empty for an agent who has them all.
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
		if missing == "" || words < missing { // always the same one
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
	if foreign(t, a) {
		parts = append(parts, "does not speak "+t.Language)
	}
	if more := len(a.Skills) - len(needs.Required) - needs.preferred(a); more == 1 {
		parts = append(parts, "1 other skill")
	} else if more > 1 {
		parts = append(parts, fmt.Sprintf("%d other skills", more))
	}
	return strings.Join(parts, ", ")
}
