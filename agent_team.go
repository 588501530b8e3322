package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// TeamID identifies a team within a tenant. The admin or the host chooses it.
type TeamID string

// Team is a group of agents who share categories. [Agent.Teams] names its members.
type Team struct {
	ID   TeamID `json:"id"`
	Name string `json:"name"`

	// Categories are bound to the team: their tickets go only to its members. A category may be
	// bound to several teams. Tickets of a category bound to no team go to any agent who is not
	// Restricted.
	Categories []Category `json:"categories,omitempty"`

	// Managers are told of escalations in these categories, and need not be members. Empty means
	// the agents with Agent.Manager.
	Managers []AgentID `json:"managers,omitempty"`

	Version int64 `json:"-"` // of the stored setting; 0 if new or a host's
}

// TeamRoster is a Roster that also knows teams. A host's Roster that is none has no teams.
type TeamRoster interface {
	// Teams returns every team of the tenant in any order. Neither side changes them afterwards.
	Teams(ctx context.Context, tenant TenantID) ([]Team, error)
}

// SaveTeam adds a team or replaces the team with the same ID, which must have t.Version; otherwise
// it returns ErrConflict. Assigned tickets stay. Only admins and the host may call it.
func (d *Desk) SaveTeam(ctx context.Context, t Team) (Team, error) {
	const op = "save team"
	by, err := d.admin(ctx)
	if err = errors.Join(err, d.ownRoster(), t.clean(d)); err != nil {
		return t, d.fail(op, "", err)
	}
	saved, err := d.editSetting(ctx, by, settingTeam, string(t.ID), func(old, next *Setting) ([]Task, error) {
		current := int64(0)
		if old != nil && !old.Deleted {
			current = old.Version
		}
		if t.Version != current && (t.Version != 0 || d.version != current) {
			return nil, stale(current)
		}
		next.Value, err = json.Marshal(t)
		return d.teamTasks(t.ID), err
	})
	if err == nil {
		t.Version = saved.Version
	}
	return t, d.fail(op, "", err)
}

// RemoveTeam removes a team. Its categories are open to all agents, unless another team has them.
func (d *Desk) RemoveTeam(ctx context.Context, id TeamID) error {
	const op = "remove team"
	by, err := d.admin(ctx)
	if err = errors.Join(err, d.ownRoster(), checkLine("id", string(id), 100, true)); err != nil {
		return d.fail(op, "", err)
	}
	_, err = d.editSetting(ctx, by, settingTeam, string(id), func(old, next *Setting) ([]Task, error) {
		if old == nil || old.Deleted {
			return nil, ErrNotFound
		}
		next.remove()
		return d.teamTasks(id), nil
	})
	return d.fail(op, "", err)
}

// Teams returns the tenant's teams, ordered by ID.
func (d *Desk) Teams(ctx context.Context) ([]Team, error) {
	const op = "list teams"
	if _, err := d.worker(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	teams, err := d.teams(ctx)
	teams = slices.Clone(teams)
	slices.SortFunc(teams, func(a, b Team) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return teams, d.fail(op, "", err)
}

// teamTasks returns the task that places waiting tickets: other agents may now take them.
func (d *Desk) teamTasks(id TeamID) []Task {
	if d.cfg.Assigner == nil {
		return nil
	}
	return []Task{{Tenant: d.tenant, Kind: TaskAssign, Key: string(settingTeam) + "/" + string(id), DueAt: d.now()}}
}

func (t *Team) clean(d *Desk) error {
	t.Name = strings.TrimSpace(t.Name)
	errs := []error{checkLine("id", string(t.ID), 100, true), checkLine("name", t.Name, 200, true)}
	for _, c := range t.Categories {
		if c == "" {
			errs = append(errs, &FieldError{"categories", "hold an empty name"})
		}
		for _, wrong := range Fields(d.checkCategory(c)) {
			errs = append(errs, &FieldError{"categories", "hold an unknown name: " + wrong.Problem})
		}
	}
	for _, m := range t.Managers {
		errs = append(errs, checkLine("managers", string(m), 200, true))
	}
	return errors.Join(errs...)
}

// teams returns the teams of the roster.
func (d *Desk) teams(ctx context.Context) ([]Team, error) {
	if d.cfg.Roster != nil {
		if r, ok := d.cfg.Roster.(TeamRoster); ok {
			return bounded.Value(ctx, hostTime, func(ctx context.Context) ([]Team, error) { return r.Teams(ctx, d.tenant) })
		}
		return nil, nil
	}
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingTeam})
	if err != nil {
		return nil, err
	}
	return teamsFrom(settings)
}

func teamsFrom(settings []Setting) ([]Team, error) {
	teams := make([]Team, len(settings))
	for i, s := range settings {
		if err := json.Unmarshal(s.Value, &teams[i]); err != nil {
			return nil, fmt.Errorf("team %s: %w", s.Key, err)
		}
		teams[i].Version = s.Version
	}
	return teams, nil
}

// teamsOf returns the teams a category is bound to.
func teamsOf(teams []Team, c Category) []Team {
	var bound []Team
	for _, t := range teams {
		if c != "" && slices.Contains(t.Categories, c) {
			bound = append(bound, t)
		}
	}
	return bound
}

// mayHave reports whether an agent is in one of the teams bound to a category. If none is bound,
// every agent who is not restricted may have its tickets.
func mayHave(bound []Team, a *Agent) bool {
	return (len(bound) == 0 && !a.Restricted) || slices.ContainsFunc(bound, func(t Team) bool { return slices.Contains(a.Teams, t.ID) })
}

// managersOf returns the agents to tell of escalations in a category with these teams.
func managersOf(agents []Agent, bound []Team) []Agent {
	var managers []Agent
	for _, a := range agents {
		if slices.ContainsFunc(bound, func(t Team) bool { return slices.Contains(t.Managers, a.ID) }) {
			managers = append(managers, a)
		}
	}
	if len(managers) > 0 {
		return managers
	}
	return slices.DeleteFunc(slices.Clone(agents), func(a Agent) bool { return !a.Manager })
}
