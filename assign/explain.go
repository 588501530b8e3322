package assign

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Story says which agents held a ticket and why, as recorded at the time.
type Story struct {
	Ticket   helpdesk.TicketID  `json:"ticket"`
	Ref      string             `json:"ref"`
	Assignee helpdesk.AgentID   `json:"assignee,omitempty"` // the agent who holds it now
	QueuedAt time.Time          `json:"queued_at,omitzero"` // see [helpdesk.Ticket.QueuedAt]
	Held     bool               `json:"held,omitempty"`     // released too often; offered again at QueuedAt
	Declined []helpdesk.AgentID `json:"declined,omitempty"` // agents to whom it is not offered
	Steps    []Step             `json:"steps"`              // oldest first
}

// Step is one event: the ticket was assigned, was released, or found no agent.
type Step struct {
	At   time.Time          `json:"at"`
	By   helpdesk.Actor     `json:"by"`             // the zero Actor is the desk
	Type helpdesk.EventType `json:"type"`           // EventAssigned, EventUnassigned or EventEscalated
	From helpdesk.AgentID   `json:"from,omitempty"` // the agent before
	To   helpdesk.AgentID   `json:"to,omitempty"`   // the agent after
	Why  string             `json:"why,omitempty"`  // why it was released or found no agent
	helpdesk.AssignmentData
}

// Explain says why a ticket of the desk is with its agent or with nobody. For each assignment it
// returns the ranking of the eligible agents and a reason for each excluded agent. It is for agents
// and admins; restricted agents get the tickets in their scope.
func Explain(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) (*Story, error) {
	fail := func(err error) error { return fmt.Errorf("helpdesk: explain assignment of ticket %s: %w", id, err) }
	if _, err := d.Scope(ctx); err != nil {
		return nil, fail(err)
	}
	if _, err := d.Ticket(ctx, id); err != nil {
		return nil, err
	}
	th, err := d.Store().Thread(ctx, d.Tenant(), id)
	if err != nil {
		return nil, fail(err)
	}
	s := &Story{
		Ticket: id, Ref: th.Ticket.Ref, Assignee: th.Ticket.Assignee, QueuedAt: th.Ticket.QueuedAt,
		Held: th.Ticket.QueuedAt.After(d.Now()), Declined: th.Ticket.Declined, Steps: []Step{},
	}
	for i := range th.Events {
		e := &th.Events[i]
		if e.Ticket != id {
			continue // the event of a ticket that was merged into this one
		}
		step, ok, err := stepOf(e)
		if err != nil {
			return nil, fail(fmt.Errorf("event %s: %w", e.ID, err))
		}
		if ok {
			s.Steps = append(s.Steps, step)
		}
	}
	return s, nil
}

// stepOf converts an event to a step. The bool reports whether the event is about an assignment.
func stepOf(e *helpdesk.Event) (Step, bool, error) {
	step := Step{At: e.At, By: e.By, Type: e.Type}
	switch e.Type {
	case helpdesk.EventAssigned:
		step.From, step.To = helpdesk.AgentID(e.From), helpdesk.AgentID(e.To)
		err := json.Unmarshal(e.Data, &step.AssignmentData)
		return step, true, err
	case helpdesk.EventUnassigned:
		step.From, step.Why = helpdesk.AgentID(e.From), e.To
		return step, true, nil
	case helpdesk.EventEscalated:
		var data helpdesk.EscalationData
		err := json.Unmarshal(e.Data, &data)
		step.Why, step.Excluded = data.Reason, data.Excluded
		return step, data.Metric == "" && e.By == helpdesk.Actor{}, err
	}
	return step, false, nil
}

// String returns the story as lines of English text.
func (s *Story) String() string {
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

func (s *Step) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s: ", s.At.Format(time.RFC3339))
	switch {
	case s.Type == helpdesk.EventAssigned && s.Manual:
		fmt.Fprintf(b, "%s gave it to %s by hand", s.By, s.To)
		if s.Over {
			b.WriteString(", past the capacity")
		}
		b.WriteString(".\n")
	case s.Type == helpdesk.EventAssigned:
		fmt.Fprintf(b, "given to %s, first of %d who could have it.\n", s.To, s.Eligible)
	case s.Type == helpdesk.EventUnassigned:
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
