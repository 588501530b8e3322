package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// uncategorized stands for the empty category in filters and reports.
const uncategorized = "uncategorized"

type newTicket struct {
	Subject       string    `json:"subject" maxLength:"255" doc:"One line"`
	Description   string    `json:"description,omitempty" doc:"Plain text"`
	CustomerEmail string    `json:"customer_email,omitempty" doc:"Customers may leave it out, or give their own"`
	CustomerName  string    `json:"customer_name,omitempty"`
	Source        string    `json:"source,omitempty" enum:"api,email,web_form" doc:"api when left out"`
	Language      string    `json:"language,omitempty" doc:"Of the texts, as a BCP 47 tag such as de or pt-br; found when left out"`
	Category      string    `json:"category,omitempty" doc:"For staff: kept against every classifier"`
	Priority      string    `json:"priority,omitempty" enum:"low,medium,high,urgent" doc:"For staff: the least the ticket will have"`
	Tags          []string  `json:"tags,omitempty" doc:"For staff"`
	Files         []newFile `json:"files,omitempty" doc:"At most 50"`
	Quoted        bool      `json:"quoted,omitempty" doc:"For staff: the description is the customer's own words. Else it is the acting person's to the customer, who gets it as a mail"`
}

type openInput struct {
	Prefer string `header:"Prefer" doc:"wait=N waits N seconds for triage, at most 30; respond-async does not wait" example:"wait=5"`
	Key    string `header:"Idempotency-Key" doc:"The same request with the same key opens one ticket"`
	Body   newTicket
}

type openOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Applied  string `header:"Preference-Applied"`
	Body     Ticket
}

func (h *Handler) open(ctx context.Context, c *call, in *openInput) (*openOutput, error) {
	priority, err := parsePriority(in.Body.Priority)
	if err != nil {
		return nil, err
	}
	p := h.prefer(c.header)
	t, err := c.desk.Open(ctx, helpdesk.OpenParams{
		Subject: in.Body.Subject, Description: in.Body.Description,
		Customer: helpdesk.Contact{Name: in.Body.CustomerName, Email: in.Body.CustomerEmail},
		Source:   helpdesk.Source(in.Body.Source), Tags: in.Body.Tags, Files: filesOf(in.Body.Files),
		Language: in.Body.Language, Category: helpdesk.Category(in.Body.Category), Priority: priority,
		Quoted: in.Body.Quoted, IdempotencyKey: in.Key, TriageAfter: p.triageAfter(),
	})
	if err == nil && in.Key != "" {
		t, err = c.host.Ticket(ctx, t.ID) // a repeated request has it in full, triage included, also for a customer
	}
	if err != nil {
		return nil, err
	}
	triage := ""
	if t = h.triage(ctx, c, t, p); c.actor.Role == helpdesk.RoleCustomer {
		triage = triageOf(t)
		if t, err = c.desk.Ticket(ctx, t.ID); err != nil {
			return nil, err
		}
	}
	// The reference is relative to the path of this request: tickets/ID beside tickets.
	out := &openOutput{Status: http.StatusCreated, ETag: etag(t), Location: "tickets/" + string(t.ID), Applied: p.applied}
	out.Body = ticketOf(t, c.actor.Role)
	if triage != "" {
		out.Body.Triage = triage
	}
	if p.async && out.Body.Triage == "pending" {
		out.Status = http.StatusAccepted
	}
	return out, nil
}

type threadOutput struct {
	ETag string `header:"ETag"`
	Body Thread
}

type ticketInput struct {
	ID string `path:"id" doc:"Id or reference"`
}

func (h *Handler) thread(ctx context.Context, c *call, in *ticketInput) (*threadOutput, error) {
	c.desk = c.desk.ForRequest()
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	th, err := c.desk.Thread(ctx, id)
	if err != nil {
		return nil, err
	}
	return &threadOutput{etag(th.Ticket), threadOf(th, c.actor.Role)}, nil
}

// find returns the id of the ticket with this id or reference, whatever its case.
func (c *call) find(ctx context.Context, s string) (helpdesk.TicketID, error) {
	if len(s) == 36 {
		return helpdesk.TicketID(strings.ToLower(s)), nil // the desk knows whether it is one
	}
	var page helpdesk.Page
	var err error
	if len(s) <= 20 {
		page, err = c.desk.Tickets(ctx, helpdesk.Query{Refs: []string{s}, Limit: 1})
	}
	switch {
	case err != nil && !errors.Is(err, helpdesk.ErrInvalid):
		return "", err
	case len(page.Tickets) == 0:
		return "", fmt.Errorf("read ticket %q: %w", s[:min(len(s), 40)], helpdesk.ErrNotFound)
	}
	return page.Tickets[0].ID, nil
}

// parsePriority reads a priority that may be left out.
func parsePriority(s string) (helpdesk.Priority, error) {
	if s == "" {
		return 0, nil
	}
	return helpdesk.ParsePriority(s)
}

func etag(t *helpdesk.Ticket) string { return fmt.Sprintf(`"%d"`, t.Version) }
