package webui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// teamPage is the teams, and the form for one.
type teamPage struct {
	settings
	helpdesk.Team
	New      bool
	Bound    []choice
	Bosses   []choice
	Theirs   string
	Here     []helpdesk.Agent // its members
	All      []helpdesk.Team
	Members  map[helpdesk.TeamID][]string
	AgentFor map[helpdesk.AgentID]string
}

// settingsTeams lists the teams.
func (w *workspace) settingsTeams(v *visit) error {
	p := &teamPage{settings: v.settingsOf("teams"), Members: map[helpdesk.TeamID][]string{}, AgentFor: map[helpdesk.AgentID]string{}}
	var err error
	if p.All, err = v.desk.Teams(v.ctx); err != nil {
		return err
	}
	agents, err := v.desk.Agents(v.ctx)
	if err != nil {
		return err
	}
	for _, a := range agents {
		p.AgentFor[a.ID] = a.Name
		for _, t := range a.Teams {
			p.Members[t] = append(p.Members[t], a.Name)
		}
	}
	v.render(200, "settings_teams", v.T("nav.settings"), "settings", p)
	return nil
}

// teamByID returns a team of the desk.
func (v *visit) teamByID(id string) (*helpdesk.Team, error) {
	teams, err := v.desk.Teams(v.ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(teams, func(t helpdesk.Team) bool { return string(t.ID) == id })
	if at < 0 {
		return nil, helpdesk.ErrNotFound
	}
	return &teams[at], nil
}

// teamForm shows the form for a new team, or with an id for the one that is there.
func (w *workspace) teamForm(v *visit) error {
	p := &teamPage{settings: v.settingsOf("teams"), New: true}
	if id := v.r.URL.Query().Get("id"); id != "" {
		t, err := v.teamByID(id)
		if err != nil {
			return err
		}
		p.New, p.Team = false, *t
	}
	return v.showTeam(200, p)
}

func (v *visit) showTeam(status int, p *teamPage) error {
	agents, err := v.desk.Agents(v.ctx)
	if err != nil {
		return err
	}
	for _, c := range v.desk.Categories() {
		p.Bound = append(p.Bound, choice{string(c.Name), v.Word("category", c.Name), slices.Contains(p.Categories, c.Name)})
	}
	for _, a := range agents {
		p.Bosses = append(p.Bosses, choice{string(a.ID), a.Name, slices.Contains(p.Managers, a.ID)})
		if !p.New && slices.Contains(a.Teams, p.Team.ID) {
			p.Here = append(p.Here, a)
		}
	}
	v.render(status, "settings_team", cmp.Or(p.Name, v.T("set.team.new")), "settings", p)
	return nil
}

// saveTeam adds or replaces a team.
func (w *workspace) saveTeam(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p := &teamPage{settings: v.settingsOf("teams"), New: f.Get("version") == ""}
	p.Team = helpdesk.Team{ID: helpdesk.TeamID(strings.TrimSpace(f.Get("id"))), Name: f.Get("name")}
	if p.Team.ID == "" {
		p.Team.ID = helpdesk.TeamID(slug(p.Team.Name))
	}
	p.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64)
	for _, c := range f["category"] {
		p.Categories = append(p.Categories, helpdesk.Category(c))
	}
	for _, m := range f["manager"] {
		p.Managers = append(p.Managers, helpdesk.AgentID(m))
	}
	if _, err = v.desk.SaveTeam(v.ctx, p.Team); err == nil {
		return v.see("settings/teams?done=" + v.told("saved"))
	}
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	if p.Conflict {
		current, err := v.teamByID(string(p.Team.ID))
		if err != nil {
			return err
		}
		if current.Name == strings.TrimSpace(p.Name) && sameItems(current.Categories, p.Categories) && sameItems(current.Managers, p.Managers) {
			return v.see("settings/teams?done=" + v.told("saved")) // the button was pressed twice
		}
		p.New, p.Version = false, current.Version
		list := []string{current.Name}
		for _, c := range current.Categories {
			list = append(list, v.Word("category", c))
		}
		for _, m := range current.Managers {
			list = append(list, string(m))
		}
		p.Theirs = strings.Join(list, " · ")
	}
	return v.showTeam(status, p)
}

// sameItems reports whether two lists have the same in them, in any order.
func sameItems[T cmp.Ordered](a, b []T) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// removeTeam removes a team.
func (w *workspace) removeTeam(v *visit) error {
	f, err := v.post()
	if err == nil {
		err = v.desk.RemoveTeam(v.ctx, helpdesk.TeamID(f.Get("id")))
	}
	if err != nil {
		return err
	}
	return v.see("settings/teams?done=" + v.told("removed"))
}

// slug makes an id of a name: "Refund sent!" is "refund-sent".
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80)
	})
	id := []rune(strings.Join(words, "-"))
	return string(id[:min(len(id), 60)])
}
