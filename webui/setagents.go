package webui

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// agentRow is an agent of the list.
type agentRow struct {
	helpdesk.Agent
	Levels  []string // skills with their levels, in words
	Open    int      // tickets held
	Absent  bool
	Until   time.Time // when an absence ends; zero when that is not known
	TeamsOf []string
}

// levels are an agent's skills as the form has them: "billing 4".
func levels(a *helpdesk.Agent) []string {
	var list []string
	for _, s := range slices.Sorted(maps.Keys(a.Skills)) {
		list = append(list, fmt.Sprintf("%s %d", s, a.Level(s)))
	}
	return list
}

// skillsOf reads the form that levels writes: a skill a line, or with commas, each followed by its
// level from 1 to 5; without a level it is 3.
func skillsOf(s string) (map[helpdesk.Skill]int, error) {
	skills := map[helpdesk.Skill]int{}
	for _, line := range tagsOf(s) {
		name, level := line, 3
		if at := strings.LastIndexByte(line, ' '); at > 0 {
			if n, err := strconv.Atoi(line[at+1:]); err == nil {
				name, level = strings.TrimSpace(line[:at]), n
				if n < 1 || n > 5 {
					return skills, &helpdesk.FieldError{Field: "skills", Problem: fmt.Sprintf("%q has a level that is not between 1 and 5", line)}
				}
			}
		}
		skills[helpdesk.Skill(name)] = level
	}
	return skills, nil
}

// agentsPage is the list of agents.
type agentsPage struct {
	settings
	Agents []agentRow
}

// settingsAgents lists the agents with what they do.
func (w *workspace) settingsAgents(v *visit) error {
	return v.showAgents(http.StatusOK, &agentsPage{settings: v.settingsOf("agents")})
}

func (v *visit) showAgents(status int, p *agentsPage) error {
	agents, err := v.desk.Agents(v.ctx)
	if err != nil {
		return err
	}
	loads, err := v.desk.Loads(v.ctx)
	if err != nil {
		return err
	}
	teams, err := v.desk.Teams(v.ctx)
	if err != nil {
		return err
	}
	names := map[helpdesk.TeamID]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	for _, a := range agents {
		row := agentRow{Agent: a, Levels: levels(&a), Open: loads[a.ID].Open}
		absence, absent := a.Absent(v.now)
		row.Absent, row.Until = absent, absence.To
		for _, id := range a.Teams {
			row.TeamsOf = append(row.TeamsOf, cmp.Or(names[id], string(id)))
		}
		p.Agents = append(p.Agents, row)
	}
	slices.SortStableFunc(p.Agents, func(a, b agentRow) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	v.render(status, "settings_agents", v.T("nav.settings"), "settings", p)
	return nil
}

// agentPage is the form for an agent.
type agentPage struct {
	settings
	helpdesk.Agent
	New    bool
	Skills string // as typed
	Limit  string // as typed
	Teams  []choice
	Theirs string // what somebody else saved meanwhile, in words
	From   string // of the absence, as typed
	To     string
	Reason string
}

// choice is one box of several.
type choice struct {
	Value, Name string
	On          bool
}

// agentByID returns an agent of the desk.
func (v *visit) agentByID(id string) (*helpdesk.Agent, error) {
	agents, err := v.desk.Agents(v.ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(agents, func(a helpdesk.Agent) bool { return string(a.ID) == id })
	if at < 0 {
		return nil, helpdesk.ErrNotFound
	}
	return &agents[at], nil
}

// agentForm shows the form for a new agent, or with an id for the one that is there.
func (w *workspace) agentForm(v *visit) error {
	p := &agentPage{settings: v.settingsOf("agents"), New: true}
	if id := v.r.URL.Query().Get("id"); id != "" {
		a, err := v.agentByID(id)
		if err != nil {
			return err
		}
		p.New, p.Agent, p.Skills = false, *a, strings.Join(levels(a), "\n")
		p.Limit = strconv.Itoa(a.Limit())
	}
	return v.showAgent(200, p)
}

func (v *visit) showAgent(status int, p *agentPage) error {
	teams, err := v.desk.Teams(v.ctx)
	if err != nil {
		return err
	}
	for _, t := range teams {
		p.Teams = append(p.Teams, choice{string(t.ID), t.Name, slices.Contains(p.Agent.Teams, t.ID)})
	}
	v.render(status, "settings_agent", cmp.Or(p.Name, v.T("set.agent.new")), "settings", p)
	return nil
}

// saveAgent adds or replaces an agent.
func (w *workspace) saveAgent(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p := &agentPage{settings: v.settingsOf("agents"), New: f.Get("version") == ""}
	a := helpdesk.Agent{ID: helpdesk.AgentID(f.Get("id"))}
	var current *helpdesk.Agent
	if !p.New {
		if current, err = v.agentByID(f.Get("id")); err != nil {
			return err
		}
		a = *current // absences have forms of their own
	}
	a.Name, a.Email, a.Manager = f.Get("name"), f.Get("email"), f.Get("manager") != ""
	a.Restricted, a.Zone = f.Get("restricted") != "", strings.TrimSpace(f.Get("zone"))
	a.Teams = nil
	for _, id := range f["team"] {
		a.Teams = append(a.Teams, helpdesk.TeamID(id))
	}
	a.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64)
	p.Agent, p.Skills, p.Limit = a, text(f, "skills"), f.Get("capacity")
	if a.Skills, err = skillsOf(p.Skills); err == nil && p.Limit != "" {
		if a.Capacity, err = strconv.Atoi(strings.TrimSpace(p.Limit)); err != nil || a.Capacity < 1 {
			err = &helpdesk.FieldError{Field: "capacity", Problem: "is no number above 0"}
		}
	}
	a.Name, a.Email = strings.TrimSpace(a.Name), strings.TrimSpace(a.Email)
	if err == nil {
		_, err = v.desk.SaveAgent(v.ctx, a)
	}
	if err == nil {
		return v.see("settings/agents?done=" + v.told("saved"))
	}
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	if p.Conflict {
		id := cmp.Or(string(a.ID), strings.ToLower(strings.TrimSpace(a.Email)))
		if current, err = v.agentByID(id); err != nil {
			return err
		}
		if a.Email = strings.ToLower(a.Email); v.agentWords(current) == v.agentWords(&a) {
			return v.see("settings/agents?done=" + v.told("saved")) // the button was pressed twice
		}
		p.New, p.ID, p.Version = false, current.ID, current.Version
		p.Theirs = v.agentWords(current)
	}
	return v.showAgent(status, p)
}

// agentWords describes an agent.
func (v *visit) agentWords(a *helpdesk.Agent) string {
	list := []string{a.Name, a.Email, strings.Join(levels(a), ", "), v.T("set.agent.capacity", a.Limit())}
	if a.Zone != "" {
		list = append(list, a.Zone)
	}
	if a.Manager {
		list = append(list, v.T("set.agent.manager"))
	}
	if a.Restricted {
		list = append(list, v.T("set.agent.restricted"))
	}
	for _, t := range a.Teams {
		list = append(list, string(t))
	}
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), " · ")
}

// removeAgent takes an agent out.
func (w *workspace) removeAgent(v *visit) error {
	f, err := v.post()
	if err == nil {
		err = v.desk.RemoveAgent(v.ctx, helpdesk.AgentID(f.Get("id")))
	}
	if err != nil {
		return v.agentsRefused(err)
	}
	return v.see("settings/agents?done=" + v.told("removed"))
}

// setAway says that an agent is away, or back.
func (w *workspace) setAway(v *visit) error {
	f, err := v.post()
	if err == nil {
		_, err = v.desk.SetAway(v.ctx, helpdesk.AgentID(f.Get("id")), f.Get("away") == "1", time.Time{})
	}
	if err != nil {
		return v.agentsRefused(err)
	}
	return v.see("settings/agents?done=" + v.told("saved"))
}

// localTime is how browsers write a time without a zone.
const localTime = "2006-01-02T15:04"

// setAbsence plans an absence, or drops one.
func (w *workspace) setAbsence(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	a, err := v.agentByID(f.Get("id"))
	if err != nil {
		return err
	}
	absences := slices.Clone(a.Absences)
	if drop := f.Get("drop"); drop != "" {
		absences = slices.DeleteFunc(absences, func(b helpdesk.Absence) bool { return absenceKey(b) == drop })
	} else {
		one := helpdesk.Absence{Reason: f.Get("reason")}
		if one.From, err = v.instant("from", f.Get("from")); err == nil && f.Get("to") != "" {
			one.To, err = v.instant("to", f.Get("to"))
		}
		if !slices.ContainsFunc(absences, func(b helpdesk.Absence) bool { return absenceKey(b) == absenceKey(one) }) { // else the button was pressed twice
			absences = append(absences, one)
		}
	}
	if err == nil {
		_, err = v.desk.SetAbsences(v.ctx, a.ID, absences)
	}
	if err == nil {
		return v.see("settings/agents/edit?" + url.Values{"id": {string(a.ID)}, "done": {v.told("saved")}}.Encode())
	}
	p := &agentPage{settings: v.settingsOf("agents"), Agent: *a, Skills: strings.Join(levels(a), "\n"), Limit: strconv.Itoa(a.Limit())}
	p.From, p.To, p.Reason = f.Get("from"), f.Get("to"), f.Get("reason")
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	return v.showAgent(status, p)
}

// instant reads a time that a browser wrote in the viewer's zone.
func (v *visit) instant(field, s string) (time.Time, error) {
	t, err := time.ParseInLocation(localTime, s, v.zone())
	if err != nil {
		return t, &helpdesk.FieldError{Field: field, Problem: "is no date and time"}
	}
	return t, nil
}

func absenceKey(b helpdesk.Absence) string {
	return fmt.Sprintf("%d-%d", b.From.UnixMicro(), b.To.UnixMicro())
}

// AbsenceKey tells an absence of an agent from the others.
func (v *visit) AbsenceKey(b helpdesk.Absence) string { return absenceKey(b) }

// agentsRefused shows the list of agents with what could not be done to one of them.
func (v *visit) agentsRefused(err error) error {
	status, problems := v.obstacle(err)
	if problems == nil {
		return err
	}
	p := &agentsPage{settings: v.settingsOf("agents")}
	p.Problems = unlinked(problems)
	return v.showAgents(status, p)
}
