package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
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

// SaveAgent adds an agent to the desk's own roster, or replaces the one with the same
// ID. An empty ID is the mail address in lower case. Only admins and the host may.
// A desk with a Roster of its own in Config refuses: its people are kept elsewhere.
func (d *Desk) SaveAgent(ctx context.Context, a Agent) (Agent, error) {
	const op = "save agent"
	by, err := d.admin(ctx)
	if err == nil && d.cfg.Roster != nil {
		err = fmt.Errorf("%w: the roster is the host's", ErrInvalid)
	}
	if err = errors.Join(err, a.clean()); err != nil {
		return a, d.fail(op, "", err)
	}
	value, err := json.Marshal(a)
	if err == nil {
		_, err = d.putSetting(ctx, by, Setting{Kind: SettingAgent, Key: string(a.ID), Value: value})
	}
	return a, d.fail(op, "", err)
}

// RemoveAgent takes an agent out of the desk's own roster. The tickets the agent holds
// stay assigned until somebody reassigns them.
func (d *Desk) RemoveAgent(ctx context.Context, id AgentID) error {
	const op = "remove agent"
	by, err := d.admin(ctx)
	if err == nil {
		var agent *Agent
		if agent, err = d.agent(ctx, id); err == nil && agent == nil {
			err = ErrNotFound
		}
	}
	if err == nil {
		_, err = d.putSetting(ctx, by, Setting{Kind: SettingAgent, Key: string(id), Value: json.RawMessage("null"), Deleted: true})
	}
	return d.fail(op, "", err)
}

// Agents returns the tenant's agents, ordered by ID.
func (d *Desk) Agents(ctx context.Context) ([]Agent, error) {
	const op = "list agents"
	if _, err := d.worker(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	agents, err := d.agents(ctx)
	agents = slices.Clone(agents)
	slices.SortFunc(agents, func(a, b Agent) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return agents, d.fail(op, "", err)
}

// clean fills in the ID and names every field at fault.
func (a *Agent) clean() error {
	a.Email = cleanEmail(a.Email)
	a.Name = strings.TrimSpace(a.Name)
	if a.ID == "" {
		a.ID = AgentID(a.Email)
	}
	errs := []error{
		checkLine("id", string(a.ID), 200, true),
		checkLine("name", a.Name, 200, true),
		checkEmail("email", a.Email),
	}
	if a.Capacity < 0 {
		errs = append(errs, &FieldError{"capacity", "is negative"})
	}
	for skill, level := range a.Skills {
		errs = append(errs, checkLine("skills", string(skill), 100, true))
		if level < 0 || level > 5 {
			errs = append(errs, &FieldError{"skills", fmt.Sprintf("level of %s is not between 0 and 5", skill)})
		}
	}
	return errors.Join(errs...)
}

// agents asks the roster.
func (d *Desk) agents(ctx context.Context) ([]Agent, error) {
	if d.cfg.Roster != nil {
		return d.cfg.Roster.Agents(ctx, d.tenant)
	}
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingAgent})
	if err != nil {
		return nil, err
	}
	agents := make([]Agent, len(settings))
	for i, s := range settings {
		if err := json.Unmarshal(s.Value, &agents[i]); err != nil {
			return nil, fmt.Errorf("agent %s: %w", s.Key, err)
		}
	}
	return agents, nil
}

// agent returns one of the tenant's agents, or nil.
func (d *Desk) agent(ctx context.Context, id AgentID) (*Agent, error) {
	agents, err := d.agents(ctx)
	if err != nil {
		return nil, err
	}
	for i := range agents {
		if agents[i].ID == id && id != "" {
			return &agents[i], nil
		}
	}
	return nil, nil
}

// someAgent is agent, with an error that names the field when there is none.
func (d *Desk) someAgent(ctx context.Context, field string, id AgentID) (*Agent, error) {
	a, err := d.agent(ctx, id)
	if err == nil && a == nil {
		err = &FieldError{field, fmt.Sprintf("%q is not an agent of this tenant", clip(string(id)))}
	}
	return a, err
}
