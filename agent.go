package helpdesk

import (
	"context"
	"time"
)

// AgentID identifies an agent within a tenant. It is the host's to choose; agents
// kept in the desk's own settings use the mail address in lower case.
type AgentID string

// Skill names something an agent can do, such as "billing".
type Skill string

// GeneralSkill is asked for when the category names no skill of its own.
const GeneralSkill Skill = "general"

// Agent is a person who works on tickets.
type Agent struct {
	ID       AgentID       `json:"id"`
	Name     string        `json:"name"`
	Email    string        `json:"email"`
	Skills   map[Skill]int `json:"skills"`            // levels 1 to 5; 0 counts as 3
	Capacity int           `json:"capacity"`          // most tickets held at once; 0 means [DefaultCapacity]
	Away     bool          `json:"away,omitempty"`    // gets no new tickets
	Manager  bool          `json:"manager,omitempty"` // is told of escalations
}

// DefaultCapacity is the capacity of an Agent that says none.
const DefaultCapacity = 10

// Level returns the agent's level in a skill, 1 to 5, or 0 without the skill.
func (a *Agent) Level(s Skill) int {
	level, ok := a.Skills[s]
	if ok && level == 0 {
		return 3
	}
	return level
}

// Limit returns the capacity, with the default filled in.
func (a *Agent) Limit() int {
	if a.Capacity == 0 {
		return DefaultCapacity
	}
	return a.Capacity
}

// Roster knows the agents of a tenant. A host that keeps its people elsewhere
// passes its own; without one they are settings of the desk: see [Desk.SaveAgent].
type Roster interface {
	// Agents returns every agent of the tenant in any order. The slice and its
	// maps are not changed by either side afterwards.
	Agents(ctx context.Context, tenant TenantID) ([]Agent, error)
}

// RosterFunc makes a Roster of a function.
type RosterFunc func(ctx context.Context, tenant TenantID) ([]Agent, error)

// Agents calls f.
func (f RosterFunc) Agents(ctx context.Context, tenant TenantID) ([]Agent, error) {
	return f(ctx, tenant)
}

// Load is how much an agent has to do.
type Load struct {
	Open         int       // tickets held that count: see [Status.Loads]
	LastAssigned time.Time // newest AssignedAt among all tickets the agent holds; zero when none
}
