package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

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
	Cc      *[]string `json:"cc,omitempty" doc:"For staff: mail addresses of those in Cc of the ticket who get the mail; all when left out"`
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
		var cc []string
		if in.Body.Cc != nil {
			cc = append([]string{}, *in.Body.Cc...)
		}
		return d.Reply(ctx, id, helpdesk.ReplyParams{
			Cc: cc, Body: in.Body.Body, Waiting: in.Body.Waiting, Resolve: in.Body.Resolve, Resolution: in.Body.Note,
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

// ticketChange is a merge patch (RFC 7396) of a Ticket.
type ticketChange struct {
	Subject      member[string]        `json:"subject,omitempty" doc:"One line, at most 255 characters"`
	CustomerName member[string]        `json:"customer_name,omitempty" doc:"Of the requester; with customer_email of the new one, whose known name stays when it is left out"`
	Customer     member[string]        `json:"customer_email,omitempty" doc:"Makes somebody else the requester"`
	CustomerID   member[string]        `json:"customer_id,omitempty" doc:"The same, by the id of a customer"`
	Language     member[string]        `json:"language,omitempty" doc:"As a BCP 47 tag such as de; null, or empty, says that it is not known"`
	Status       member[string]        `json:"status,omitempty" enum:"new,assigned,in_progress,waiting_customer,escalated,resolved,closed" doc:"Resolved and escalated have routes of their own"`
	Priority     member[string]        `json:"priority,omitempty" enum:"low,medium,high,urgent"`
	Category     member[string]        `json:"category,omitempty" doc:"Null, or empty, says that none fits"`
	Tags         member[[]string]      `json:"tags,omitempty" doc:"All that the ticket is to have; null or none takes them away"`
	Cc           member[[]Participant] `json:"cc,omitempty" doc:"All customers who take part beside the requester, at most 50; null or none takes them away"`
	Followers    member[[]string]      `json:"followers,omitempty" doc:"Ids of all agents who follow, at most 50; null or none takes them away"`
	Assignee     member[string]        `json:"assigned_to,omitempty" doc:"The agent's id; null, or empty, puts the ticket back into the queue"`
}

// change makes all the changes of a patch in one version, or none.
func (h *Handler) change(ctx context.Context, c *call, in *with[ticketChange]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return in.Body.do(ctx, d, id)
	})
}

// do makes the changes that are there.
func (b *ticketChange) do(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	var errs []error
	for _, m := range []struct {
		name string
		null bool
	}{
		{"subject", b.Subject.null}, {"customer_name", b.CustomerName.null}, {"customer_email", b.Customer.null},
		{"customer_id", b.CustomerID.null}, {"status", b.Status.null}, {"priority", b.Priority.null},
	} {
		if m.null {
			errs = append(errs, &helpdesk.FieldError{Field: m.name, Problem: "cannot be taken away"})
		}
	}
	e := helpdesk.TicketEdit{
		Subject: b.Subject.sent, CustomerID: as[helpdesk.CustomerID](b.CustomerID.sent), Status: as[helpdesk.Status](b.Status.sent),
		Language: b.Language.sent, Category: as[helpdesk.Category](b.Category.sent), Tags: b.Tags.sent, Assignee: as[helpdesk.AgentID](b.Assignee.sent),
	}
	if b.Cc.sent != nil {
		cc := []helpdesk.Contact{}
		for _, p := range *b.Cc.sent {
			cc = append(cc, helpdesk.Contact{Name: p.Name, Email: p.Email})
		}
		e.Cc = &cc
	}
	if b.Followers.sent != nil {
		ids := []helpdesk.AgentID{}
		for _, id := range *b.Followers.sent {
			ids = append(ids, helpdesk.AgentID(id))
		}
		e.Followers = &ids
	}
	if b.Priority.sent != nil {
		p, err := helpdesk.ParsePriority(*b.Priority.sent)
		e.Priority, errs = &p, append(errs, err)
	}
	if b.Customer.sent != nil || b.CustomerName.sent != nil {
		e.Customer = &helpdesk.Contact{Name: value(b.CustomerName), Email: value(b.Customer)}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return d.Edit(ctx, id, e)
}

// as returns a text as one of another type; nil for nil.
func as[T ~string](s *string) *T {
	if s == nil {
		return nil
	}
	v := T(*s)
	return &v
}

// member is one of a merge patch. In many null takes away what is there.
type member[T any] struct {
	sent *T // the zero value for null; nil when the member was left out
	null bool
}

// value returns what was sent, or the zero value.
func value[T any](m member[T]) (v T) {
	if m.sent != nil {
		v = *m.sent
	}
	return v
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *member[T]) UnmarshalJSON(text []byte) error {
	m.sent, m.null = new(T), string(text) == "null"
	return json.Unmarshal(text, m.sent)
}

// Schema implements huma.SchemaProvider.
func (m member[T]) Schema(r huma.Registry) *huma.Schema {
	s := *r.Schema(reflect.TypeFor[T](), true, "")
	s.Nullable = true
	return &s
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
	Join bool   `json:"join_customer,omitempty" doc:"Another customer, with those in Cc, takes part in that ticket and sees its conversation from the start; else each customer sees nothing of the other's"`
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
		if in.Body.Join {
			return d.Merge(ctx, id, into, helpdesk.JoinCustomer)
		}
		return d.Merge(ctx, id, into)
	})
}

// leave takes the acting person from the participants.
func (h *Handler) leave(ctx context.Context, c *call, in *on) (*struct{}, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return nil, d.Leave(ctx, id)
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

func (h *Handler) acceptSender(ctx context.Context, c *call, in *on) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.AcceptSender(ctx, id)
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
