package report

import (
	"iter"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// holding lists the types of event that say which agent holds a ticket.
var holding = []helpdesk.EventType{helpdesk.EventAssigned, helpdesk.EventUnassigned}

// hold is a time [from, to) in which an agent held a ticket; to is zero while the agent holds it.
type hold struct {
	agent    helpdesk.AgentID
	from, to time.Time
}

type holdings map[helpdesk.TicketID][]hold

// holdingsOf reads events, oldest first.
func holdingsOf(events iter.Seq2[helpdesk.Event, error]) (holdings, error) {
	all := holdings{}
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		switch e.Type {
		case helpdesk.EventAssigned:
			all.add(e.Ticket, helpdesk.AgentID(e.To), e.At)
		case helpdesk.EventUnassigned:
			all.end(e.Ticket, e.At)
		}
	}
	return all, nil
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

// holderAt returns the last hold that had begun at a time and was not over, or nil.
func holderAt(holds []hold, at time.Time) *hold {
	for i := range slices.Backward(holds) {
		if h := &holds[i]; !h.from.After(at) && (h.to.IsZero() || h.to.After(at)) {
			return h
		}
	}
	return nil
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
