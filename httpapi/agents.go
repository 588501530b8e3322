package httpapi

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// Agent is a person who works on tickets.
type Agent struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Email      string         `json:"email"`
	Skills     map[string]int `json:"skills" doc:"Levels 1 to 5"`
	Capacity   int            `json:"capacity" doc:"Most tickets held at once"`
	Open       int            `json:"open_tickets" doc:"Tickets held that count; more than the capacity only by hand"`
	Teams      []string       `json:"teams" nullable:"false"`
	Manager    bool           `json:"manager" doc:"Is told of escalations"`
	Zone       string         `json:"zone" doc:"In which notices give times, as Europe/Paris; empty when not known"`
	Restricted bool           `json:"restricted" doc:"Sees and gets only tickets of the categories of own teams, and sees those held"`
	Away       bool           `json:"away" doc:"Gets no new tickets until further notice"`
	AwayAt     *time.Time     `json:"away_at" doc:"Since when away is what it is; null when not known"`
	Absences   []Absence      `json:"absences" nullable:"false" doc:"Planned"`
	Available  bool           `json:"available" doc:"Neither away nor in a planned absence now"`
	Version    int64          `json:"version" doc:"The ETag, for If-Match; 0 when the host keeps its people elsewhere"`
}

// Absence is a planned time in which an agent gets no new tickets.
type Absence struct {
	From   time.Time  `json:"from"`
	To     *time.Time `json:"to,omitempty" doc:"Not in it any more; left out until further notice"`
	Reason string     `json:"reason,omitempty"`
}

func (h *Handler) agentOf(a helpdesk.Agent, load helpdesk.Load) Agent {
	_, absent := a.Absent(instant.Of(h.cfg.Clock.Now()))
	w := Agent{
		ID: string(a.ID), Name: a.Name, Email: a.Email, Skills: map[string]int{}, Capacity: a.Limit(), Open: load.Open,
		Teams: []string{}, Manager: a.Manager, Zone: a.Zone, Restricted: a.Restricted, Away: a.Away, AwayAt: when(a.AwayAt), Absences: []Absence{}, Available: !absent, Version: a.Version,
	}
	for skill := range a.Skills {
		w.Skills[string(skill)] = a.Level(skill)
	}
	for _, team := range a.Teams {
		w.Teams = append(w.Teams, string(team))
	}
	for _, b := range a.Absences {
		w.Absences = append(w.Absences, Absence{b.From, when(b.To), b.Reason})
	}
	return w
}

func absencesOf(list []Absence) []helpdesk.Absence {
	var absences []helpdesk.Absence
	for _, b := range list {
		one := helpdesk.Absence{From: b.From, Reason: b.Reason}
		if b.To != nil {
			one.To = *b.To
		}
		absences = append(absences, one)
	}
	return absences
}

type agentsOutput struct {
	Body struct {
		Agents []Agent `json:"agents" nullable:"false"`
	}
}

func (h *Handler) agents(ctx context.Context, c *call, _ *struct{}) (*agentsOutput, error) {
	agents, err := c.desk.Agents(ctx)
	if err != nil {
		return nil, err
	}
	loads, err := c.desk.Loads(ctx)
	if err != nil {
		return nil, err
	}
	out := &agentsOutput{}
	out.Body.Agents = []Agent{}
	for _, a := range agents {
		out.Body.Agents = append(out.Body.Agents, h.agentOf(a, loads[a.ID]))
	}
	return out, nil
}

type agentProfile struct {
	Name       string         `json:"name"`
	Email      string         `json:"email,omitempty"`
	Skills     map[string]int `json:"skills,omitempty" doc:"Levels 1 to 5; 0 counts as 3"`
	Capacity   int            `json:"capacity,omitempty" doc:"Most tickets held at once; 10 when left out"`
	Teams      []string       `json:"teams,omitempty" doc:"Ids of teams the agent belongs to"`
	Manager    bool           `json:"manager,omitempty" doc:"Is told of escalations"`
	Zone       string         `json:"zone,omitempty" doc:"An IANA time zone, in which notices give times; left out: that of the SLA's calendar, or of the mails"`
	Restricted bool           `json:"restricted,omitempty" doc:"Sees and gets only tickets of the categories of own teams, and sees those held"`
	Away       bool           `json:"away,omitempty" doc:"Gets no new tickets until further notice"`
	Absences   []Absence      `json:"absences,omitempty" doc:"Planned"`
}

type agentInput struct {
	ID      string `path:"id" doc:"The agent's id: the mail address in lower case, unless the host has other ids"`
	IfMatch string `header:"If-Match" doc:"The ETag of the agent to replace; without it only a new agent is added" example:"\"3\""`
	Body    agentProfile
}

type agentOutput struct {
	ETag string `header:"ETag"`
	Body Agent
}

// agent answers an agent as saved.
func (h *Handler) agent(ctx context.Context, c *call, a helpdesk.Agent, err error) (*agentOutput, error) {
	if err != nil {
		return nil, err
	}
	loads, err := c.desk.Loads(ctx)
	if err != nil {
		return nil, err
	}
	return &agentOutput{fmt.Sprintf(`"%d"`, a.Version), h.agentOf(a, loads[a.ID])}, nil
}

func (h *Handler) saveAgent(ctx context.Context, c *call, in *agentInput) (*agentOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	a := helpdesk.Agent{
		ID: helpdesk.AgentID(in.ID), Name: b.Name, Email: b.Email, Skills: map[helpdesk.Skill]int{},
		Capacity: b.Capacity, Away: b.Away, Manager: b.Manager, Zone: b.Zone, Restricted: b.Restricted, Absences: absencesOf(b.Absences),
	}
	if strings.EqualFold(in.ID, b.Email) {
		a.ID = "" // the desk makes it of the address, in lower case
	}
	for skill, level := range b.Skills {
		a.Skills[helpdesk.Skill(skill)] = level
	}
	for _, team := range b.Teams {
		a.Teams = append(a.Teams, helpdesk.TeamID(team))
	}
	saved, err := d.SaveAgent(ctx, a)
	return h.agent(ctx, c, saved, err)
}

type agentID struct {
	ID string `path:"id" doc:"The agent's id or mail address"`
}

func (h *Handler) removeAgent(ctx context.Context, c *call, in *agentID) (*struct{}, error) {
	id, err := c.agentID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return nil, c.desk.RemoveAgent(ctx, id)
}

// agentID returns the id of the agent with this id or mail address, in any case. Anything else is
// returned unchanged, and the desk reports it.
func (c *call) agentID(ctx context.Context, s string) (helpdesk.AgentID, error) {
	agents, err := c.desk.Agents(ctx)
	if err != nil {
		return "", err
	}
	for _, same := range []func(a helpdesk.Agent) bool{
		func(a helpdesk.Agent) bool { return string(a.ID) == s },
		func(a helpdesk.Agent) bool { return strings.EqualFold(a.Email, s) && s != "" },
	} {
		if i := slices.IndexFunc(agents, same); i >= 0 {
			return agents[i].ID, nil
		}
	}
	return helpdesk.AgentID(s), nil
}

type availabilityInput struct {
	ID   string `path:"id" doc:"The agent's id or mail address"`
	Body struct {
		Away bool      `json:"away"`
		At   time.Time `json:"at,omitempty" doc:"As of when; what is older than what is known changes nothing. Now when left out"`
	}
}

func (h *Handler) setAway(ctx context.Context, c *call, in *availabilityInput) (*agentOutput, error) {
	id, err := c.agentID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	a, err := c.desk.SetAway(ctx, id, in.Body.Away, in.Body.At)
	return h.agent(ctx, c, a, err)
}

type absencesInput struct {
	ID   string `path:"id" doc:"The agent's id or mail address"`
	Body struct {
		Absences []Absence `json:"absences"`
	}
}

func (h *Handler) setAbsences(ctx context.Context, c *call, in *absencesInput) (*agentOutput, error) {
	id, err := c.agentID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	a, err := c.desk.SetAbsences(ctx, id, absencesOf(in.Body.Absences))
	return h.agent(ctx, c, a, err)
}

type driftOutput struct {
	Body struct {
		Drift []Drift `json:"drift" nullable:"false" doc:"Should always be empty"`
	}
}

// Drift is an agent whose load is counted wrong.
type Drift struct {
	Agent   string `json:"agent"`
	Counted int    `json:"counted"`
	Open    int    `json:"open_tickets"`
}

func (h *Handler) loadDrift(ctx context.Context, c *call, _ *struct{}) (*driftOutput, error) {
	wrong, err := c.desk.LoadDrift(ctx)
	if err != nil {
		return nil, err
	}
	out := &driftOutput{}
	out.Body.Drift = []Drift{}
	for _, w := range wrong {
		out.Body.Drift = append(out.Body.Drift, Drift{string(w.Agent), w.Counter, w.Open})
	}
	return out, nil
}
