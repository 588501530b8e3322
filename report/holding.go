package report

import (
	"iter"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// holding lists the types of event that say which agent holds a ticket, and who replied.
var holding = []helpdesk.EventType{helpdesk.EventAssigned, helpdesk.EventUnassigned, helpdesk.EventReplied}

// hold is a time [from, to) in which an agent held a ticket; to is zero while the agent holds it.
type hold struct {
	agent    helpdesk.AgentID
	from, to time.Time
	replied  time.Time // the agent's first reply in that time; zero for none
}

type holdings map[helpdesk.TicketID][]hold

// holdingsOf reads events, oldest first.
func holdingsOf(events iter.Seq2[helpdesk.Event, error]) (holdings, error) {
	all := holdings{}
	var replies []helpdesk.Event
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		switch e.Type {
		case helpdesk.EventAssigned:
			all.add(e.Ticket, helpdesk.AgentID(e.To), e.At)
		case helpdesk.EventUnassigned:
			all.end(e.Ticket, e.At)
		case helpdesk.EventReplied:
			if byStaff(&e) {
				replies = append(replies, e)
			}
		}
	}
	for i := range replies { // a reply that takes the ticket comes before its assignment
		all.reply(&replies[i])
	}
	return all, nil
}

// byStaff reports whether an event is by an agent or an admin.
func byStaff(e *helpdesk.Event) bool {
	return e.By.ID != "" && e.By.Role != helpdesk.RoleCustomer && e.By.Role != helpdesk.RoleSystem
}

// reply notes a reply on the hold of its writer at that time, if there is one.
func (all holdings) reply(e *helpdesk.Event) {
	for i := range all[e.Ticket] {
		h := &all[e.Ticket][i]
		if string(h.agent) == e.By.ID && h.has(e.At) && h.replied.IsZero() {
			h.replied = e.At
		}
	}
}

// has reports whether the agent held the ticket at a time.
func (h *hold) has(at time.Time) bool {
	return !h.from.After(at) && (h.to.IsZero() || h.to.After(at))
}

func (all holdings) add(id helpdesk.TicketID, agent helpdesk.AgentID, at time.Time) {
	list := all[id]
	if n := len(list); n > 0 && list[n-1].to.IsZero() && list[n-1].agent == agent {
		return // the agent took it again, past the capacity
	}
	all.end(id, at)
	all[id] = append(all[id], hold{agent: agent, from: at})
}

func (all holdings) end(id helpdesk.TicketID, at time.Time) {
	if list := all[id]; len(list) > 0 && list[len(list)-1].to.IsZero() {
		list[len(list)-1].to = at
	}
}

// of returns the holds of a ticket, oldest first. Without events its assignee has held it alone.
func (all holdings) of(t *helpdesk.Ticket) []hold {
	if list := all[t.ID]; len(list) > 0 || t.Assignee == "" || t.AssignedAt.IsZero() {
		return list
	}
	return []hold{{agent: t.Assignee, from: t.AssignedAt}}
}

// firstReplies returns for each agent the hold in which the agent first replied.
func firstReplies(holds []hold) (first []hold) {
	for _, h := range holds {
		if !h.replied.IsZero() && !slices.ContainsFunc(first, func(f hold) bool { return f.agent == h.agent }) {
			first = append(first, h)
		}
	}
	return first
}

// agentsOf returns each agent once, in the order in which they got the ticket.
func agentsOf(holds []hold) []helpdesk.AgentID {
	var ids []helpdesk.AgentID
	for _, h := range holds {
		if !slices.Contains(ids, h.agent) {
			ids = append(ids, h.agent)
		}
	}
	return ids
}
