package httpapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/helpdesk-go/helpdesk"
)

// bulkCommand is one command for many tickets. Each field but the first two belongs to some of the
// actions.
type bulkCommand struct {
	Tickets  []bulkTicket `json:"tickets" nullable:"false" minItems:"1" maxItems:"200"`
	Action   string       `json:"action" enum:"take,assign,decline,resolve,reopen,escalate,status,priority,category,set_tags,add_tags" doc:"Each as the route for one ticket; add_tags keeps the tags that are there"`
	Agent    *string      `json:"agent,omitempty" doc:"For assign: the agent's id; empty puts the tickets back into the queue"`
	Note     *string      `json:"note,omitempty" doc:"For resolve: for the record, and for the customers"`
	Reason   *string      `json:"reason,omitempty" doc:"For escalate: what the managers are told; for decline: why"`
	Status   *string      `json:"status,omitempty" enum:"new,assigned,in_progress,waiting_customer,escalated,resolved,closed" doc:"For status"`
	Priority *string      `json:"priority,omitempty" enum:"low,medium,high,urgent" doc:"For priority"`
	Category *string      `json:"category,omitempty" doc:"For category: empty says that none fits"`
	Tags     *[]string    `json:"tags,omitempty" doc:"For set_tags and add_tags"`
}

// bulkTicket is one of the tickets.
type bulkTicket struct {
	ID      string `json:"id" doc:"Id or reference"`
	Version int64  `json:"version,omitempty" minimum:"1" doc:"Nothing is done to the ticket if this is not its version; any when left out"`
}

// BulkResult is what became of one ticket of many.
type BulkResult struct {
	ID      string           `json:"id" doc:"As it was asked for"`
	Done    bool             `json:"done"`
	Version int64            `json:"version,omitempty" doc:"The ticket's, when it was done"`
	Problem *huma.ErrorModel `json:"problem,omitempty" doc:"Why it was not done: what the route for one ticket would have answered"`
}

type bulkInput struct{ Body bulkCommand }

type bulkOutput struct {
	Body struct {
		Done    int          `json:"done" doc:"To how many tickets it was done"`
		Results []BulkResult `json:"results" nullable:"false" doc:"For every ticket, in the order of the request"`
	}
}

// bulk runs one command on many tickets, one by one. A ticket that refuses it does not stop the
// others.
func (h *Handler) bulk(ctx context.Context, c *call, in *bulkInput) (*bulkOutput, error) {
	if err := c.staff(ctx); err != nil {
		return nil, err
	}
	do, err := in.Body.command(ctx)
	if err != nil {
		return nil, err
	}
	out := &bulkOutput{}
	out.Body.Results = []BulkResult{}
	for _, asked := range in.Body.Tickets {
		t, err := c.bulkOne(ctx, asked, do)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err() // nobody waits for the answer any more
		case err != nil:
			out.Body.Results = append(out.Body.Results, BulkResult{ID: asked.ID, Problem: h.problem(ctx, c, err)})
		default:
			out.Body.Done++
			out.Body.Results = append(out.Body.Results, BulkResult{ID: asked.ID, Done: true, Version: t.Version})
		}
	}
	return out, nil
}

// deed is what is done to one ticket.
type deed func(d *helpdesk.Desk, asked bulkTicket, id helpdesk.TicketID) (*helpdesk.Ticket, error)

// staff is the error of somebody who is neither an agent nor an admin.
func (c *call) staff(ctx context.Context) error {
	_, err := c.desk.Agents(ctx)
	return err
}

func (c *call) bulkOne(ctx context.Context, asked bulkTicket, do deed) (*helpdesk.Ticket, error) {
	c.conditional = asked.Version != 0
	id, err := c.find(ctx, asked.ID)
	if err != nil {
		return nil, err
	}
	return do(c.desk.IfVersion(asked.Version), asked, id)
}

// bulkFields are the fields that an action needs.
var bulkFields = map[string]string{
	"assign": "agent", "decline": "reason", "resolve": "note", "escalate": "reason", "status": "status", "priority": "priority",
	"category": "category", "set_tags": "tags", "add_tags": "tags",
}

// command returns the command for each ticket, or every field that is missing or not a part of it.
func (b *bulkCommand) command(ctx context.Context) (deed, error) {
	var errs []error
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"agent", b.Agent != nil}, {"note", b.Note != nil}, {"reason", b.Reason != nil}, {"status", b.Status != nil},
		{"priority", b.Priority != nil}, {"category", b.Category != nil}, {"tags", b.Tags != nil},
	} {
		switch needed := bulkFields[b.Action] == f.name; {
		case needed && !f.given:
			errs = append(errs, &helpdesk.FieldError{Field: f.name, Problem: "is missing: " + b.Action + " needs it"})
		case f.given && !needed:
			errs = append(errs, &helpdesk.FieldError{Field: f.name, Problem: fmt.Sprintf("has nothing to do with %s", b.Action)})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	change := ticketChange{Status: member[string]{sent: b.Status}, Priority: member[string]{sent: b.Priority}, Category: member[string]{sent: b.Category}}
	return func(d *helpdesk.Desk, asked bulkTicket, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		switch b.Action {
		case "take":
			return d.Take(ctx, id)
		case "assign":
			return d.Reassign(ctx, id, helpdesk.AgentID(*b.Agent))
		case "decline":
			return d.Decline(ctx, id, *b.Reason)
		case "resolve":
			return d.Resolve(ctx, id, *b.Note)
		case "reopen":
			return d.Reopen(ctx, id)
		case "escalate":
			return d.Escalate(ctx, id, *b.Reason)
		case "set_tags":
			return d.SetTags(ctx, id, *b.Tags)
		case "add_tags":
			return addTags(ctx, d, asked.Version, id, *b.Tags)
		}
		return change.do(ctx, d, id)
	}, nil
}

// addTags reads the tags and adds some, unless the ticket changes in between: that is a conflict.
func addTags(ctx context.Context, d *helpdesk.Desk, asked int64, id helpdesk.TicketID, tags []string) (*helpdesk.Ticket, error) {
	t, err := d.Ticket(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.IfVersion(cmp.Or(asked, t.Version)).SetTags(ctx, id, slices.Concat(t.Tags, tags))
}
