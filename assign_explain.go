package helpdesk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// AssignmentStory says which agents held a ticket and why, as recorded at the time.
type AssignmentStory struct {
	Ticket   TicketID         `json:"ticket"`
	Ref      string           `json:"ref"`
	Assignee AgentID          `json:"assignee,omitempty"` // the agent who holds it now
	QueuedAt time.Time        `json:"queued_at,omitzero"` // see [Ticket.QueuedAt]
	Held     bool             `json:"held,omitempty"`     // released too often; offered again at QueuedAt
	Declined []AgentID        `json:"declined,omitempty"` // agents to whom it is not offered
	Steps    []AssignmentStep `json:"steps"`              // oldest first
}

// AssignmentStep is one event: the ticket was assigned, was released, or found no agent.
type AssignmentStep struct {
	At   time.Time `json:"at"`
	By   Actor     `json:"by"`             // the zero Actor is the desk
	Type EventType `json:"type"`           // EventAssigned, EventUnassigned or EventEscalated
	From AgentID   `json:"from,omitempty"` // the agent before
	To   AgentID   `json:"to,omitempty"`   // the agent after
	Why  string    `json:"why,omitempty"`  // why it was released or found no agent
	AssignmentData
}

// ExplainAssignment says why a ticket is with its agent or with nobody. For each assignment it
// returns the ranking of the eligible agents and a reason for each excluded agent. It is for agents
// and admins.
func (d *Desk) ExplainAssignment(ctx context.Context, id TicketID) (*AssignmentStory, error) {
	const op = "explain assignment of"
	d, _, err := d.enterStaff(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	if _, err := d.find(ctx, id); err != nil {
		return nil, d.fail(op, id, err)
	}
	th, err := d.store.Thread(ctx, d.tenant, id)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	s := &AssignmentStory{
		Ticket: id, Ref: th.Ticket.Ref, Assignee: th.Ticket.Assignee, QueuedAt: th.Ticket.QueuedAt,
		Held: th.Ticket.QueuedAt.After(d.now()), Declined: th.Ticket.Declined, Steps: []AssignmentStep{},
	}
	for i := range th.Events {
		e := &th.Events[i]
		if e.Ticket != id {
			continue // the event of a ticket that was merged into this one
		}
		step, ok, err := stepOf(e)
		if err != nil {
			return nil, d.fail(op, id, fmt.Errorf("event %s: %w", e.ID, err))
		}
		if ok {
			s.Steps = append(s.Steps, step)
		}
	}
	return s, nil
}

// stepOf converts an event to a step. The bool reports whether the event is about an assignment.
func stepOf(e *Event) (AssignmentStep, bool, error) {
	step := AssignmentStep{At: e.At, By: e.By, Type: e.Type}
	switch e.Type {
	case EventAssigned:
		step.From, step.To = AgentID(e.From), AgentID(e.To)
		err := json.Unmarshal(e.Data, &step.AssignmentData)
		return step, true, err
	case EventUnassigned:
		step.From, step.Why = AgentID(e.From), e.To
		return step, true, nil
	case EventEscalated:
		var data EscalationData
		err := json.Unmarshal(e.Data, &data)
		step.Why, step.Excluded = data.Reason, data.Excluded
		return step, data.Metric == "" && e.By == Actor{}, err
	}
	return step, false, nil
}

// MarshalJSON writes the standing as an event records it: a list of the agent, the tickets held,
// the capacity, the last assignment in microseconds since 1970 (0 for none), 1 for Knows, and
// Brings. Zeros at the end are left out.
func (s Standing) MarshalJSON() ([]byte, error) {
	var last, knows int64
	if !s.LastAssigned.IsZero() {
		last = s.LastAssigned.UnixMicro()
	}
	if s.Knows {
		knows = 1
	}
	list := []any{s.Agent, s.Open, s.Capacity, last, knows, s.Brings}
	switch {
	case s.Brings != "":
	case s.Knows:
		list = list[:5]
	case last != 0:
		list = list[:4]
	default:
		list = list[:3]
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads that list, and the object that events recorded before.
func (s *Standing) UnmarshalJSON(text []byte) error {
	if !isList(text) {
		type object Standing // without methods
		return json.Unmarshal(text, (*object)(s))
	}
	var last, knows int64
	*s = Standing{}
	err := json.Unmarshal(text, &[]any{&s.Agent, &s.Open, &s.Capacity, &last, &knows, &s.Brings})
	if s.Knows = knows != 0; last != 0 {
		s.LastAssigned = time.UnixMicro(last).UTC()
	}
	return err
}

// MarshalJSON writes a list of the reason, the agents, and the number of more agents unless that is
// 0.
func (e Excluded) MarshalJSON() ([]byte, error) {
	if e.More == 0 {
		return json.Marshal([]any{e.Why, e.Agents})
	}
	return json.Marshal([]any{e.Why, e.Agents, e.More})
}

// UnmarshalJSON reads that list, and the object that events recorded before.
func (e *Excluded) UnmarshalJSON(text []byte) error {
	if !isList(text) {
		type object Excluded
		return json.Unmarshal(text, (*object)(e))
	}
	*e = Excluded{}
	return json.Unmarshal(text, &[]any{&e.Why, &e.Agents, &e.More})
}

// isList reports whether a JSON value is an array.
func isList(text []byte) bool { return len(text) > 0 && text[0] == '[' }

// String returns the story as lines of English text.
func (s *AssignmentStory) String() string {
	var b strings.Builder
	switch {
	case s.Assignee != "":
		fmt.Fprintf(&b, "%s is with %s.\n", s.Ref, s.Assignee)
	case s.Held:
		fmt.Fprintf(&b, "%s waits for a person to assign it; it is offered again at %s.\n", s.Ref, s.QueuedAt.Format(time.RFC3339))
	case !s.QueuedAt.IsZero():
		fmt.Fprintf(&b, "%s waits for an agent since %s.\n", s.Ref, s.QueuedAt.Format(time.RFC3339))
	default:
		fmt.Fprintf(&b, "%s is with nobody.\n", s.Ref)
	}
	for i := range s.Steps {
		s.Steps[i].write(&b)
	}
	return b.String()
}

func (s *AssignmentStep) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s: ", s.At.Format(time.RFC3339))
	switch {
	case s.Type == EventAssigned && s.Manual:
		fmt.Fprintf(b, "%s gave it to %s by hand", s.By, s.To)
		if s.Over {
			b.WriteString(", past the capacity")
		}
		b.WriteString(".\n")
	case s.Type == EventAssigned:
		fmt.Fprintf(b, "given to %s, first of %d who could have it.\n", s.To, s.Eligible)
	case s.Type == EventUnassigned:
		fmt.Fprintf(b, "taken from %s: %s.\n", s.From, s.Why)
	default:
		fmt.Fprintf(b, "%s.\n", s.Why)
	}
	for i, r := range s.Ranked {
		fmt.Fprintf(b, "  %d. %s holds %d of %d", i+1, r.Agent, r.Open, r.Capacity)
		if r.Knows {
			b.WriteString("; had the customer's last ticket")
		}
		if r.Brings != "" {
			b.WriteString("; " + r.Brings)
		}
		if !r.LastAssigned.IsZero() {
			b.WriteString("; last assigned " + r.LastAssigned.Format(time.RFC3339))
		}
		b.WriteString("\n")
	}
	for _, e := range s.Excluded {
		names := make([]string, len(e.Agents))
		for i, id := range e.Agents {
			names[i] = string(id)
		}
		fmt.Fprintf(b, "  not %s", strings.Join(names, ", "))
		if e.More > 0 {
			fmt.Fprintf(b, " and %d more", e.More)
		}
		fmt.Fprintf(b, ": %s\n", e.Why)
	}
}
