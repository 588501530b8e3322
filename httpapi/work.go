package httpapi

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// on is a command on a ticket without a body.
type on struct {
	ID      string `path:"id" doc:"Id or reference"`
	IfMatch string `header:"If-Match" doc:"The ETag of the ticket: the command is refused with 412 if it has changed since" example:"\"3\""`
}

// with is a command on a ticket with a body.
type with[B any] struct {
	ID      string `path:"id" doc:"Id or reference"`
	IfMatch string `header:"If-Match" doc:"The ETag of the ticket: the command is refused with 412 if it has changed since" example:"\"3\""`
	Body    B
}

type ticketOutput struct {
	ETag string `header:"ETag"`
	Body Ticket
}

// command runs a command on a ticket and answers the ticket as it then is.
func (c *call) command(ctx context.Context, id, ifMatch string, do func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error)) (*ticketOutput, error) {
	d, err := c.ifVersion(ifMatch)
	if err != nil {
		return nil, err
	}
	ticket, err := c.find(ctx, id)
	if err != nil {
		return nil, err
	}
	t, err := do(d, ticket)
	if err != nil {
		return nil, err
	}
	return &ticketOutput{etag(t), ticketOf(t, c.actor.Role)}, nil
}

// ifVersion returns the desk for a command that an If-Match may limit to one version.
func (c *call) ifVersion(ifMatch string) (*helpdesk.Desk, error) {
	version, err := parseVersion(ifMatch)
	if err != nil || version == 0 {
		return c.desk, err
	}
	c.conditional = true
	return c.desk.IfVersion(version), nil
}

// parseVersion reads an If-Match of one version. None, and *, is 0: any version.
func parseVersion(s string) (int64, error) {
	if s = strings.TrimSpace(s); s == "" || s == "*" {
		return 0, nil
	}
	v, err := strconv.ParseInt(strings.Trim(s, `"`), 10, 64)
	if err != nil || v < 1 {
		return 0, refuse("header.If-Match", `is not one version, such as "3"`)
	}
	return v, nil
}

type newReply struct {
	Body    string    `json:"body" doc:"Plain text"`
	Waiting bool      `json:"waiting,omitempty" doc:"For staff: the ticket now waits for the customer"`
	Resolve bool      `json:"resolve,omitempty" doc:"For staff: the reply is the answer, and the ticket is resolved with it"`
	Note    string    `json:"resolution_note,omitempty" doc:"With resolve: for the record; the customer of the ticket may read it"`
	Files   []newFile `json:"files,omitempty" doc:"At most 50"`
}

type replyInput struct {
	ID      string `path:"id" doc:"Id or reference"`
	IfMatch string `header:"If-Match" doc:"The ETag of the ticket: the reply is refused with 412 if it has changed since" example:"\"3\""`
	Key     string `header:"Idempotency-Key" doc:"The same reply with the same key is added once"`
	Body    newReply
}

func (h *Handler) reply(ctx context.Context, c *call, in *replyInput) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Reply(ctx, id, helpdesk.ReplyParams{
			Body: in.Body.Body, Waiting: in.Body.Waiting, Resolve: in.Body.Resolve, Resolution: in.Body.Note,
			Files: filesOf(in.Body.Files), IdempotencyKey: in.Key,
		})
	})
}

type newNote struct {
	Body string `json:"body" doc:"Plain text"`
}

func (h *Handler) note(ctx context.Context, c *call, in *with[newNote]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Note(ctx, id, in.Body.Body)
	})
}

func (h *Handler) take(ctx context.Context, c *call, in *on) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Take(ctx, id)
	})
}

type newAssignee struct {
	Agent string `json:"agent" doc:"The agent's id; empty puts the ticket back into the queue"`
}

func (h *Handler) reassign(ctx context.Context, c *call, in *with[newAssignee]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Reassign(ctx, id, helpdesk.AgentID(in.Body.Agent))
	})
}

type escalation struct {
	Reason string `json:"reason" doc:"What the managers are told"`
}

func (h *Handler) escalate(ctx context.Context, c *call, in *with[escalation]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Escalate(ctx, id, in.Body.Reason)
	})
}

type ticketChange struct {
	Status   *string `json:"status,omitempty" enum:"new,assigned,in_progress,waiting_customer,escalated,resolved,closed" doc:"Resolved and escalated have routes of their own"`
	Priority *string `json:"priority,omitempty" enum:"low,medium,high,urgent"`
	Category *string `json:"category,omitempty" doc:"Empty says that none fits"`
}

// change does one thing: two of them would be two versions, of which the second may fail.
func (h *Handler) change(ctx context.Context, c *call, in *with[ticketChange]) (*ticketOutput, error) {
	b := in.Body
	if n := len(slices.DeleteFunc([]*string{b.Status, b.Priority, b.Category}, func(s *string) bool { return s == nil })); n != 1 {
		return nil, refuse("body", fmt.Sprintf("has %d of status, priority and category; give one", n))
	}
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return b.do(ctx, d, id)
	})
}

// do makes the one change that is there.
func (b *ticketChange) do(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	switch {
	case b.Status != nil:
		return d.SetStatus(ctx, id, helpdesk.Status(*b.Status))
	case b.Category != nil:
		return d.SetCategory(ctx, id, helpdesk.Category(*b.Category))
	}
	p, err := helpdesk.ParsePriority(*b.Priority)
	if err != nil {
		return nil, err
	}
	return d.SetPriority(ctx, id, p)
}

type newTags struct {
	Tags []string `json:"tags" nullable:"false" doc:"All that the ticket is to have; none takes them away"`
}

func (h *Handler) tags(ctx context.Context, c *call, in *with[newTags]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.SetTags(ctx, id, in.Body.Tags)
	})
}

type resolution struct {
	AgentEmail string `json:"agent_email,omitempty" doc:"Who resolves it: agents name themselves or nobody, admins any agent"`
	Note       string `json:"resolution_note" doc:"For the record, and for the customer; may be empty once an agent has replied"`
}

func (h *Handler) resolve(ctx context.Context, c *call, in *with[resolution]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		as, err := c.inTheNameOf(ctx, in.Body.AgentEmail)
		if err != nil {
			return nil, err
		}
		return d.As(as).Resolve(ctx, id, in.Body.Note)
	})
}

// inTheNameOf returns who acts when somebody names an agent by id or mail address. An admin
// who does so is kept on the record beside the agent.
func (c *call) inTheNameOf(ctx context.Context, name string) (helpdesk.Actor, error) {
	if name = strings.ToLower(strings.TrimSpace(name)); name == "" {
		return c.actor, nil
	}
	agents, err := c.desk.Agents(ctx)
	if err != nil {
		return c.actor, err
	}
	i := slices.IndexFunc(agents, func(a helpdesk.Agent) bool {
		return strings.ToLower(string(a.ID)) == name || strings.ToLower(a.Email) == name
	})
	switch {
	case i < 0:
		return c.actor, &helpdesk.FieldError{Field: "agent_email", Problem: "is not an agent of this tenant"}
	case string(agents[i].ID) == c.actor.ID:
		return c.actor, nil
	case c.actor.Role != helpdesk.RoleAdmin:
		return c.actor, errors.Join(helpdesk.ErrForbidden, &helpdesk.FieldError{Field: "agent_email", Problem: "is not yourself"})
	}
	return helpdesk.Actor{
		Role: c.actor.Role, ID: string(agents[i].ID),
		Name: fmt.Sprintf("%s (entered by %s)", agents[i].Name, c.actor),
	}, nil
}

func (h *Handler) reopen(ctx context.Context, c *call, in *on) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Reopen(ctx, id)
	})
}

type survivor struct {
	Into string `json:"into" doc:"Id or reference of the ticket that goes on"`
}

func (h *Handler) merge(ctx context.Context, c *call, in *with[survivor]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		into, err := c.find(ctx, in.Body.Into)
		if errors.Is(err, helpdesk.ErrNotFound) {
			err = &helpdesk.FieldError{Field: "into", Problem: "is not a ticket of this tenant"}
		}
		if err != nil {
			return nil, err
		}
		return d.Merge(ctx, id, into)
	})
}

func (h *Handler) unmerge(ctx context.Context, c *call, in *on) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Unmerge(ctx, id)
	})
}

type splitOff struct {
	Messages []string `json:"messages" minItems:"1" maxItems:"50" doc:"Ids of messages of the customer, at least one, and of notes; they stay on the ticket too"`
	Subject  string   `json:"subject,omitempty" doc:"Of the new ticket; missing is that of the old one"`
}

func (h *Handler) split(ctx context.Context, c *call, in *with[splitOff]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Split(ctx, id, helpdesk.SplitParams{Messages: in.Body.Messages, Subject: in.Body.Subject})
	})
}

func (h *Handler) endLinks(ctx context.Context, c *call, in *on) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.EndLinks(ctx, id)
	})
}

type newRating struct {
	Score   int    `json:"score" minimum:"1" maximum:"5" doc:"1 (bad) to 5 (good)"`
	Comment string `json:"comment,omitempty"`
}

func (h *Handler) rate(ctx context.Context, c *call, in *with[newRating]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.Rate(ctx, id, in.Body.Score, in.Body.Comment)
	})
}
