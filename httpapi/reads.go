package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Read is one time that a person has read a ticket with its conversation.
type Read struct {
	Ticket string    `json:"ticket_id"`
	By     Person    `json:"by"`
	At     time.Time `json:"at"`
}

type readsInput struct {
	Ticket string    `query:"ticket" doc:"Id or reference"`
	By     string    `query:"by" doc:"The id of the agent or admin who has read"`
	From   time.Time `query:"from" doc:"At this time or later"`
	To     time.Time `query:"to" doc:"Before this time"`
	Limit  int       `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many"`
}

type readsOutput struct {
	Body struct {
		Reads []Read `json:"reads" nullable:"false" doc:"Oldest first; the same person once an hour per ticket"`
		More  bool   `json:"more" doc:"There are more: ask again from the time of the last one"`
	}
}

// reads lists who has read which ticket.
func (h *Handler) reads(ctx context.Context, c *call, in *readsInput) (*readsOutput, error) {
	q := helpdesk.EventQuery{Types: []helpdesk.EventType{helpdesk.EventRead}, By: in.By, From: in.From, To: in.To}
	if in.Ticket != "" {
		id, err := c.find(ctx, in.Ticket)
		if err != nil {
			return nil, err
		}
		q.Ticket = id
	}
	out := &readsOutput{}
	out.Body.Reads = []Read{}
	for e, err := range c.desk.Events(ctx, q) {
		if err != nil {
			return nil, err
		}
		if out.Body.More = len(out.Body.Reads) == in.Limit; out.Body.More {
			break
		}
		out.Body.Reads = append(out.Body.Reads, Read{string(e.Ticket), personOf(e.By, c.actor.Role), e.At})
	}
	return out, nil
}
