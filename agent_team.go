package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// TeamID identifies a team within a tenant; it is the admin's or the host's to choose.
type TeamID string

// Team is a group of agents who share some categories. Who belongs to it says [Agent.Teams].
type Team struct {
	ID   TeamID `json:"id"`
	Name string `json:"name"`

	// Categories are bound to the team: their tickets go to its members alone. A category may be
	// bound to several teams; one bound to none is everybody's.
	Categories []Category `json:"categories,omitempty"`

	// Managers are told of the escalations of these categories, instead of the agents with Agent.Manager.
	// They need not be members. Empty leaves it to those.
	Managers []AgentID `json:"managers,omitempty"`

	Version int64 `json:"-"` // of the setting it was read from; 0 for a new one, or a host's
}

// TeamRoster is a Roster that knows teams too. Without it a host's people have none.
type TeamRoster interface {
	// Teams returns every team of the tenant in any order, not to be changed by either side afterwards.
	Teams(ctx context.Context, tenant TenantID) ([]Team, error)
}

// SaveTeam adds a team or replaces the one with the same ID, which must have the Version given, else it is
// ErrConflict. Tickets already assigned stay where they are. Only admins and the host may.
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

// RemoveTeam removes a team. Its categories become everybody's, unless another team has them.
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
		next.Value, next.Deleted = json.RawMessage("null"), true
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

// teamTasks has waiting tickets looked at: others may take them now.
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
			errs = append(errs, &FieldError{"categories", "hold what is none: " + wrong.Problem})
		}
	}
	for _, m := range t.Managers {
		errs = append(errs, checkLine("managers", string(m), 200, true))
	}
	return errors.Join(errs...)
}

// teams asks the roster.
func (d *Desk) teams(ctx context.Context) ([]Team, error) {
	if d.cfg.Roster != nil {
		if r, ok := d.cfg.Roster.(TeamRoster); ok {
			return r.Teams(ctx, d.tenant)
		}
		return nil, nil
	}
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingTeam})
	if err != nil {
		return nil, err
	}
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

// mayHave reports whether an agent belongs to one of the teams a category is bound to, or there are none.
func mayHave(bound []Team, a *Agent) bool {
	return len(bound) == 0 || slices.ContainsFunc(bound, func(t Team) bool { return slices.Contains(a.Teams, t.ID) })
}

// managersOf returns those who are told of the escalations of a category.
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
