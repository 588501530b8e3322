package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/spell"
)

// AgentID identifies an agent within a tenant. The host chooses it. Agents kept in the desk's own
// settings use the mail address in lower case.
type AgentID string

// Skill names something an agent can do, such as "billing".
type Skill string

// GeneralSkill is needed for a ticket whose category names no skill.
const GeneralSkill Skill = "general"

// Agent is a person who works on tickets.
type Agent struct {
	ID       AgentID       `json:"id"`
	Name     string        `json:"name"`
	Email    string        `json:"email"`
	Skills   map[Skill]int `json:"skills"`            // levels 1 to 5; 0 counts as 3
	Capacity int           `json:"capacity"`          // most tickets held at once; 0 means 10
	Teams    []TeamID      `json:"teams,omitempty"`   // the agent's teams; see [Team]
	Manager  bool          `json:"manager,omitempty"` // told of escalations; see [Team.Managers]
	Zone     string        `json:"zone,omitempty"`    // an IANA time zone, as "Europe/Berlin", for times in notices; empty when not known

	// Restricted limits the agent to a [Scope]: tickets of the categories of own Teams, and tickets
	// that the agent holds. The desk assigns only tickets of these categories to the agent.
	Restricted bool `json:"restricted,omitempty"`

	// An absent agent gets no new tickets and after Config.Grace loses the tickets not begun.
	Away     bool      `json:"away,omitempty"`     // until further notice; see [Desk.SetAway]
	AwayAt   time.Time `json:"away_at,omitzero"`   // last change of Away; zero when not known
	HeardAt  time.Time `json:"heard_at,omitzero"`  // last report of Away; zero when none
	Absences []Absence `json:"absences,omitempty"` // planned
	Version  int64     `json:"-"`                  // of the stored setting; 0 if new or a host's
}

// defaultCapacity is the capacity of an Agent whose Capacity is 0.
const defaultCapacity = 10

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
		return defaultCapacity
	}
	return a.Capacity
}

// Roster knows the agents of a tenant. A host that keeps its agents elsewhere passes its own
// Roster. Otherwise the agents are settings of the desk: see [Desk.SaveAgent].
type Roster interface {
	// Agents returns all agents of the tenant in any order. Neither side changes them afterwards.
	Agents(ctx context.Context, tenant TenantID) ([]Agent, error)
}

// RosterFunc makes a Roster of a function.
type RosterFunc func(ctx context.Context, tenant TenantID) ([]Agent, error)

// Agents calls f.
func (f RosterFunc) Agents(ctx context.Context, tenant TenantID) ([]Agent, error) {
	return f(ctx, tenant)
}

// Load is the work that an agent holds.
type Load struct {
	Open         int       // tickets that count: see [Status.Loads]
	LastAssigned time.Time // newest AssignedAt of all tickets the agent holds; zero when none
}

// SaveAgent adds an agent to the desk's own roster or replaces the agent with the same ID. An empty
// ID becomes the mail address in lower case. The stored agent must have a.Version, and 0 stands for
// none; otherwise SaveAgent returns ErrConflict. The desk sets AwayAt and HeardAt. Only admins and
// the host may call it. With a Roster in Config it returns ErrInvalid.
func (d *Desk) SaveAgent(ctx context.Context, a Agent) (Agent, error) {
	const op = "save agent"
	by, err := d.admin(ctx)
	if err = errors.Join(err, d.ownRoster(), a.clean()); err != nil {
		return a, d.fail(op, "", err)
	}
	saved, err := d.editAgent(ctx, by, a.ID, func(was *Agent) (*Agent, error) {
		switch {
		case was == nil && a.Version != 0:
			return nil, stale(0)
		case was != nil && a.Version != was.Version && (a.Version != 0 || d.version != was.Version):
			return nil, stale(was.Version)
		case was == nil && a.Away, was != nil && a.Away != was.Away:
			a.AwayAt = d.now()
			a.HeardAt = a.AwayAt
		case was != nil:
			a.AwayAt, a.HeardAt = was.AwayAt, was.HeardAt
		default:
			a.AwayAt, a.HeardAt = time.Time{}, time.Time{}
		}
		return &a, nil
	})
	if err != nil {
		return a, d.fail(op, "", err)
	}
	return *saved, nil
}

// RemoveAgent removes an agent from the desk's own roster. After Config.Grace the agent's open
// tickets go to others. A ticket that waits for the customer goes when the customer writes.
func (d *Desk) RemoveAgent(ctx context.Context, id AgentID) error {
	const op = "remove agent"
	by, err := d.admin(ctx)
	if err = errors.Join(err, d.ownRoster(), checkLine("id", string(id), 200, true)); err != nil {
		return d.fail(op, "", err)
	}
	_, err = d.editAgent(ctx, by, id, func(was *Agent) (*Agent, error) {
		if was == nil {
			return nil, ErrNotFound
		}
		return nil, nil
	})
	return d.fail(op, "", err)
}

// ownRoster returns an error when the host keeps the agents.
func (d *Desk) ownRoster() error {
	if d.cfg.Roster != nil {
		return fmt.Errorf("%w: the roster is the host's", ErrInvalid)
	}
	return nil
}

// editAgent replaces an agent's setting by the result of edit, where nil means no agent. It calls
// edit again when the setting has changed meanwhile. Tick does the consequences for tickets.
func (d *Desk) editAgent(ctx context.Context, by Actor, id AgentID, edit func(was *Agent) (*Agent, error)) (*Agent, error) {
	var is *Agent
	saved, err := d.editSetting(ctx, by, SettingAgent, string(id), func(old *Setting, s *Setting) ([]Task, error) {
		was, err := agentOf(old)
		if err != nil {
			return nil, err
		}
		if is, err = edit(was); err != nil {
			return nil, err
		}
		if is == nil {
			s.remove()
		} else if s.Value, err = json.Marshal(is); err != nil {
			return nil, err
		}
		return d.agentTasks(id, was, is, strconv.FormatInt(s.Version+1, 10)), nil
	})
	if err == nil && is != nil {
		is.Version = saved.Version
	}
	return is, err
}

// agentOf reads an agent from its setting; nil when there is none.
func agentOf(s *Setting) (*Agent, error) {
	if s == nil || s.Deleted {
		return nil, nil
	}
	a := &Agent{}
	if err := json.Unmarshal(s.Value, a); err != nil {
		return nil, fmt.Errorf("agent %s: %w", s.Key, err)
	}
	a.Version = s.Version
	return a, nil
}

// Loads returns the load of each agent; an agent not in the map has none.
func (d *Desk) Loads(ctx context.Context) (map[AgentID]Load, error) {
	const op = "read loads"
	if _, err := d.worker(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	loads, err := Loads(ctx, d.store, d.tenant)
	return loads, d.fail(op, "", err)
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

// clean fills in the ID and returns an error for each invalid field.
func (a *Agent) clean() error {
	a.Email = cleanEmail(a.Email)
	a.Name, a.Zone = strings.TrimSpace(a.Name), strings.TrimSpace(a.Zone)
	if a.ID == "" {
		a.ID = AgentID(a.Email)
	}
	errs := []error{
		checkLine("id", string(a.ID), 200, true),
		checkLine("name", a.Name, 200, true),
		checkEmail("email", a.Email),
	}
	if _, err := spell.Zone(a.Zone); err != nil {
		errs = append(errs, &FieldError{"zone", `is not a time zone such as "Europe/Berlin"`})
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
	a.Teams = slices.Compact(slices.Sorted(slices.Values(a.Teams)))
	for _, team := range a.Teams {
		errs = append(errs, checkLine("teams", string(team), 100, true))
	}
	absences, err := cleanAbsences(a.Absences)
	a.Absences = absences
	return errors.Join(append(errs, err)...)
}

// agents returns the agents of the roster.
func (d *Desk) agents(ctx context.Context) ([]Agent, error) {
	if d.cfg.Roster != nil {
		return bounded.Value(ctx, hostTime, func(ctx context.Context) ([]Agent, error) { return d.cfg.Roster.Agents(ctx, d.tenant) })
	}
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingAgent})
	if err != nil {
		return nil, err
	}
	return agentsOf(settings)
}

func agentsOf(settings []Setting) ([]Agent, error) {
	agents := make([]Agent, len(settings))
	for i := range settings {
		a, err := agentOf(&settings[i])
		if err != nil {
			return nil, err
		}
		agents[i] = *a
	}
	return agents, nil
}

// agent returns an agent of the tenant; nil when there is none with the id.
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

// someAgent is agent, with a FieldError when there is none.
func (d *Desk) someAgent(ctx context.Context, field string, id AgentID) (*Agent, error) {
	a, err := d.agent(ctx, id)
	if err == nil && a == nil {
		err = &FieldError{field, fmt.Sprintf("%q is not an agent of this tenant", clip(string(id)))}
	}
	return a, err
}
