package httpapi

import (
	"context"
	"errors"

	"github.com/helpdesk-go/helpdesk"
)

// TicketLink is a link of a ticket to another.
type TicketLink struct {
	Kind    string `json:"kind" enum:"related,duplicate_of,duplicated_by,caused_by,causes" doc:"As the ticket of the path sees the other one"`
	Ticket  string `json:"ticket_id" doc:"Id of the other ticket"`
	Ref     string `json:"ref"`
	Subject string `json:"subject,omitempty" doc:"Missing when the ticket is in an archive"`
	Status  string `json:"status,omitempty" doc:"Missing when the ticket is in an archive"`
}

type linksOutput struct {
	Body struct {
		Links []TicketLink `json:"links" nullable:"false" doc:"By kind, then by subject"`
	}
}

func (h *Handler) links(ctx context.Context, c *call, in *struct {
	ID string `path:"id" doc:"Id or reference"`
}) (*linksOutput, error) {
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	links, err := c.desk.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &linksOutput{}
	out.Body.Links = []TicketLink{}
	for _, l := range links {
		one := TicketLink{Kind: string(l.Kind), Ticket: string(l.Ticket), Ref: l.Ref}
		if l.Other != nil {
			one.Subject, one.Status = l.Other.Subject, string(l.Other.Status)
		}
		out.Body.Links = append(out.Body.Links, one)
	}
	return out, nil
}

type newLink struct {
	Kind   string `json:"kind" enum:"related,duplicate_of,duplicated_by,caused_by,causes" doc:"As the ticket of the path sees the other one"`
	Ticket string `json:"ticket" doc:"Id or reference of the other ticket"`
}

func (h *Handler) link(ctx context.Context, c *call, in *with[newLink]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		other, err := c.find(ctx, in.Body.Ticket)
		if errors.Is(err, helpdesk.ErrNotFound) {
			err = &helpdesk.FieldError{Field: "ticket", Problem: "is not a ticket of this tenant"}
		}
		if err != nil {
			return nil, err
		}
		return d.Link(ctx, id, helpdesk.LinkKind(in.Body.Kind), other)
	})
}

type unlinkInput struct {
	ID      string `path:"id" doc:"Id or reference"`
	IfMatch string `header:"If-Match" doc:"The ETag of the ticket: the command is refused with 412 if it has changed since" example:"\"3\""`
	Kind    string `path:"kind" enum:"related,duplicate_of,duplicated_by,caused_by,causes" doc:"As the ticket of the path sees the other one"`
	Ticket  string `path:"ticket" doc:"Id or reference of the other ticket; the id alone if that is in an archive"`
}

func (h *Handler) unlink(ctx context.Context, c *call, in *unlinkInput) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		other, err := c.find(ctx, in.Ticket)
		if err != nil {
			return nil, err
		}
		return d.Unlink(ctx, id, helpdesk.LinkKind(in.Kind), other)
	})
}
