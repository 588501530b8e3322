package helpdesk

import (
	"iter"
	"slices"
	"time"
)

// holding are the types of event that say who holds a ticket.
var holding = []EventType{EventAssigned, EventUnassigned}

// hold is a time [from, to) in which an agent held a ticket; to is zero while it lasts.
type hold struct {
	agent    AgentID
	from, to time.Time
}

type holdings map[TicketID][]hold

// holdingsOf reads events oldest first.
func holdingsOf(events iter.Seq2[Event, error]) (holdings, error) {
	all := holdings{}
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		switch e.Type {
		case EventAssigned:
			all.add(e.Ticket, AgentID(e.To), e.At)
		case EventUnassigned:
			all.end(e.Ticket, e.At)
		}
	}
	return all, nil
}

func (all holdings) add(id TicketID, agent AgentID, at time.Time) {
	list := all[id]
	if n := len(list); n > 0 && list[n-1].to.IsZero() && list[n-1].agent == agent {
		return // taken up again, past the capacity
	}
	all.end(id, at)
	all[id] = append(all[id], hold{agent: agent, from: at})
}

func (all holdings) end(id TicketID, at time.Time) {
	if list := all[id]; len(list) > 0 && list[len(list)-1].to.IsZero() {
		list[len(list)-1].to = at
	}
}

// of returns who held a ticket when. One without a record of it was held by its assignee.
func (all holdings) of(t *Ticket) []hold {
	if list := all[t.ID]; len(list) > 0 || t.Assignee == "" || t.AssignedAt.IsZero() {
		return list
	}
	return []hold{{agent: t.Assignee, from: t.AssignedAt}}
}

// holderAt returns the last hold that had begun by a time and was not over, or nil.
func holderAt(holds []hold, at time.Time) *hold {
	for i := range slices.Backward(holds) {
		if h := &holds[i]; !h.from.After(at) && (h.to.IsZero() || h.to.After(at)) {
			return h
		}
	}
	return nil
}

// agentsOf returns each agent once, in the order in which they got the ticket.
func agentsOf(holds []hold) []AgentID {
	var ids []AgentID
	for _, h := range holds {
		if !slices.Contains(ids, h.agent) {
			ids = append(ids, h.agent)
		}
	}
	return ids
}
