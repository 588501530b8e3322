package httpapi

import (
	"context"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
)

// Team is a group of agents who share some categories.
type Team struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Categories []string `json:"categories" nullable:"false" doc:"Whose tickets go to members of the team alone"`
	Managers   []string `json:"managers" nullable:"false" doc:"Agents who are told of the escalations of these categories; when there are none, all managers are"`
	Version    int64    `json:"version" doc:"The ETag, for If-Match"`
}

func teamOf(t helpdesk.Team) Team {
	w := Team{string(t.ID), t.Name, []string{}, []string{}, t.Version}
	for _, category := range t.Categories {
		w.Categories = append(w.Categories, string(category))
	}
	for _, id := range t.Managers {
		w.Managers = append(w.Managers, string(id))
	}
	return w
}

type teamsOutput struct {
	Body struct {
		Teams []Team `json:"teams" nullable:"false"`
	}
}

func (h *Handler) teams(ctx context.Context, c *call, _ *struct{}) (*teamsOutput, error) {
	teams, err := c.desk.Teams(ctx)
	if err != nil {
		return nil, err
	}
	out := &teamsOutput{}
	out.Body.Teams = []Team{}
	for _, t := range teams {
		out.Body.Teams = append(out.Body.Teams, teamOf(t))
	}
	return out, nil
}

type teamInput struct {
	ID      string `path:"id" doc:"The team's id, which is the admin's to choose"`
	IfMatch string `header:"If-Match" doc:"The ETag of the team to replace; without it only a new team is added" example:"\"3\""`
	Body    struct {
		Name       string   `json:"name"`
		Categories []string `json:"categories,omitempty"`
		Managers   []string `json:"managers,omitempty"`
	}
}

type teamOutput struct {
	ETag string `header:"ETag"`
	Body Team
}

func (h *Handler) saveTeam(ctx context.Context, c *call, in *teamInput) (*teamOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	t := helpdesk.Team{ID: helpdesk.TeamID(in.ID), Name: in.Body.Name}
	for _, category := range in.Body.Categories {
		t.Categories = append(t.Categories, helpdesk.Category(category))
	}
	for _, id := range in.Body.Managers {
		t.Managers = append(t.Managers, helpdesk.AgentID(id))
	}
	if t, err = d.SaveTeam(ctx, t); err != nil {
		return nil, err
	}
	return &teamOutput{fmt.Sprintf(`"%d"`, t.Version), teamOf(t)}, nil
}

type teamID struct {
	ID string `path:"id" doc:"The team's id"`
}

func (h *Handler) removeTeam(ctx context.Context, c *call, in *teamID) (*struct{}, error) {
	return nil, c.desk.RemoveTeam(ctx, helpdesk.TeamID(in.ID))
}
