package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
)

// Assignment tells who held a ticket and why.
type Assignment struct {
	Ticket   string           `json:"ticket_id"`
	Ref      string           `json:"ref"`
	Assignee *string          `json:"assigned_to"`
	Waiting  *time.Time       `json:"waiting_since" doc:"Since when it waits for an agent; ahead when it may be offered again then"`
	Declined []string         `json:"declined" nullable:"false" doc:"Agents to whom it is not offered"`
	Steps    []AssignmentStep `json:"steps" nullable:"false"`
	Text     string           `json:"text" doc:"The same for people"`
}

// AssignmentStep is one time that a ticket came to an agent, left one, or found none.
type AssignmentStep struct {
	At       time.Time  `json:"at"`
	By       Person     `json:"by"`
	Type     string     `json:"type" enum:"assigned,unassigned,escalated"`
	From     *string    `json:"from"`
	To       *string    `json:"to"`
	Why      string     `json:"why" doc:"Why it was taken, or found nobody"`
	Manual   bool       `json:"manual" doc:"By a person"`
	Over     bool       `json:"over_capacity" doc:"By a person, past the capacity"`
	Eligible int        `json:"eligible" doc:"How many agents could have it"`
	Ranked   []Standing `json:"ranked" nullable:"false" doc:"The first five of them, best first"`
	Excluded []Excluded `json:"excluded" nullable:"false" doc:"Who could not have it, by reason"`
}

// Standing is an agent who could have a ticket.
type Standing struct {
	Agent        string     `json:"agent"`
	Open         int        `json:"open_tickets"`
	Capacity     int        `json:"capacity"`
	LastAssigned *time.Time `json:"last_assigned"`
	Knows        bool       `json:"knows_customer" doc:"Saw to the customer's last ticket"`
	Brings       string     `json:"brings" doc:"Skills, in words"`
}

// Excluded is agents who could not have a ticket for one reason.
type Excluded struct {
	Why    string   `json:"why"`
	Agents []string `json:"agents" nullable:"false"`
	More   int      `json:"more" doc:"How many beside those named"`
}

type assignmentOutput struct{ Body Assignment }

func (h *Handler) assignment(ctx context.Context, c *call, in *ticketInput) (*assignmentOutput, error) {
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	s, err := assign.Explain(ctx, c.desk, id)
	if err != nil {
		return nil, err
	}
	w := Assignment{
		Ticket: string(s.Ticket), Ref: s.Ref, Assignee: maybe(string(s.Assignee)), Waiting: when(s.QueuedAt),
		Declined: idsOf(s.Declined), Steps: []AssignmentStep{}, Text: s.String(),
	}
	for _, step := range s.Steps {
		w.Steps = append(w.Steps, stepOf(step, c.actor.Role))
	}
	return &assignmentOutput{w}, nil
}

func stepOf(s assign.Step, role helpdesk.Role) AssignmentStep {
	w := AssignmentStep{
		At: s.At, By: personOf(s.By, role), Type: string(s.Type), From: maybe(string(s.From)), To: maybe(string(s.To)), Why: s.Why,
		Manual: s.Manual, Over: s.Over, Eligible: s.Eligible, Ranked: []Standing{}, Excluded: []Excluded{},
	}
	for _, r := range s.Ranked {
		w.Ranked = append(w.Ranked, Standing{string(r.Agent), r.Open, r.Capacity, when(r.LastAssigned), r.Knows, r.Brings})
	}
	for _, e := range s.Excluded {
		w.Excluded = append(w.Excluded, Excluded{e.Why, idsOf(e.Agents), e.More})
	}
	return w
}

func idsOf(ids []helpdesk.AgentID) []string {
	list := []string{}
	for _, id := range ids {
		list = append(list, string(id))
	}
	return list
}

type refusal struct {
	Reason string `json:"reason" doc:"For the record"`
}

func (h *Handler) decline(ctx context.Context, c *call, in *with[refusal]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Decline(ctx, id, in.Body.Reason)
	})
}
