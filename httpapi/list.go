package httpapi

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// TicketFilter chooses tickets. Filters that are left out do not filter.
type TicketFilter struct {
	View       string    `query:"view" enum:"open,mine,unassigned,risk,late,waiting,review,all" doc:"One of the lists that everybody has: open tickets, those of the acting agent, those of nobody, due within half an hour, with a breached promise, waiting for the customer, to be looked at by a person, and all. All but the last are open tickets unless status says otherwise"`
	Status     []string  `query:"status,explode" doc:"Any of these; given again or separated by commas, as the other lists"`
	Category   []string  `query:"category,explode" doc:"uncategorized stands for none"`
	Priority   []string  `query:"priority,explode" doc:"Any of these"`
	Source     []string  `query:"source,explode" doc:"Any of these"`
	Assignee   string    `query:"assignee" doc:"An agent's id. For staff"`
	Unassigned bool      `query:"unassigned" doc:"Only tickets nobody holds. For staff"`
	Waiting    bool      `query:"waiting" doc:"Only tickets that wait for an agent; sort=due has them in the order in which they are given out. For staff"`
	Customer   string    `query:"customer_email" doc:"The customer's mail address"`
	Tag        string    `query:"tag" doc:"For staff"`
	From       time.Time `query:"created_from" doc:"Created at this time or later"`
	To         time.Time `query:"created_to" doc:"Created before this time"`
	DueBefore  time.Time `query:"due_before" doc:"Open, with a deadline before this time. For staff"`
	LateBefore time.Time `query:"late_before" doc:"Open, with the first promise, kept or breached, due before this time; of now, those with a breached promise that is still to be kept. For staff"`
	Q          string    `query:"q" doc:"Tickets with a message that has all of these words, or with this reference. Of words in more than 5000 messages of tickets that fit, maybe some of these only"`
}

type listInput struct {
	TicketFilter
	Sort   string `query:"sort" doc:"newest, oldest, urgency or due; the last two are for staff" default:"newest"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"At most so many on a page"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before, with the same filters and sort"`
}

// Page is one page of tickets.
type Page struct {
	Tickets []Ticket `json:"tickets" nullable:"false"`
	Words   []string `json:"words,omitempty" nullable:"false" doc:"The words that were looked for, in lower case, to mark them in what is shown"`
	Next    *string  `json:"next_cursor" doc:"Null on the last page"`
}

type listOutput struct{ Body Page }

func (h *Handler) list(ctx context.Context, c *call, in *listInput) (*listOutput, error) {
	q, err := in.query(h, c)
	order, badOrder := helpdesk.ParseOrder(in.Sort)
	if err = errors.Join(err, badOrder); err != nil {
		return nil, err
	}
	if c.actor.Role == helpdesk.RoleCustomer && (order == helpdesk.Urgency || order == helpdesk.ByDue) {
		return nil, forStaff("sort") // the cursor of these orders tells deadlines
	}
	q.Order, q.Limit, q.After = order, in.Limit, in.Cursor
	page, err := c.page(ctx, in.Q, q)
	if err != nil {
		return nil, err
	}
	out := &listOutput{Page{Tickets: []Ticket{}, Words: searchwords.Of(in.Q)}}
	for _, t := range page.Tickets {
		out.Body.Tickets = append(out.Body.Tickets, ticketOf(t, c.actor.Role))
	}
	out.Body.Next = maybe(page.Next)
	return out, nil
}

// page reads one page of the tickets with some words, or of the one with a reference, or of all.
func (c *call) page(ctx context.Context, text string, q helpdesk.Query) (helpdesk.Page, error) {
	if text == "" {
		return c.desk.Tickets(ctx, q)
	}
	if ref := strings.ToUpper(strings.Trim(text, "#[] ")); len(ref) <= 20 { // somebody reads it out
		one := q
		one.Refs = []string{ref}
		if page, err := c.desk.Tickets(ctx, one); err != nil || len(page.Tickets) > 0 {
			return page, err
		}
	}
	return c.desk.Search(ctx, text, q)
}

// query returns the filters as the desk has them, or every one that cannot be read.
func (in *TicketFilter) query(h *Handler, c *call) (helpdesk.Query, error) {
	if c.actor.Role == helpdesk.RoleCustomer {
		if err := in.internal(); err != nil {
			return helpdesk.Query{}, err
		}
	}
	status, statusErr := parseList(in.Status, helpdesk.ParseStatus)
	priority, priorityErr := parseList(in.Priority, helpdesk.ParsePriority)
	source, sourceErr := parseList(in.Source, helpdesk.ParseSource)
	category, _ := parseList(in.Category, func(s string) (helpdesk.Category, error) {
		if s == uncategorized {
			s = ""
		}
		return helpdesk.Category(s), nil
	})
	q := helpdesk.Query{
		Status: status, Category: category, Priority: priority, Source: source,
		Assignee: helpdesk.AgentID(in.Assignee), Unassigned: in.Unassigned, Waiting: in.Waiting,
		Customer: in.Customer, Tag: strings.ToLower(in.Tag),
		From: in.From, To: in.To, DueBefore: in.DueBefore, LateBefore: in.LateBefore,
	}
	return q, errors.Join(statusErr, priorityErr, sourceErr, in.view(&q, c.actor, h.now()))
}

// view adds to a query what the view says.
func (in *TicketFilter) view(q *helpdesk.Query, who helpdesk.Actor, now time.Time) error {
	said := func(filter string) error {
		return &helpdesk.FieldError{Field: filter, Problem: "is said by view=" + in.View + " already"}
	}
	open := helpdesk.OpenStatuses
	switch in.View {
	case "mine":
		if q.Assignee != "" {
			return said("assignee")
		}
		q.Assignee = helpdesk.AgentID(who.ID)
	case "unassigned":
		q.Unassigned = true
	case "risk":
		if !q.DueBefore.IsZero() {
			return said("due_before")
		}
		q.DueBefore = now.Add(helpdesk.RiskAhead)
	case "late":
		if !q.LateBefore.IsZero() {
			return said("late_before")
		}
		q.LateBefore = now
	case "review":
		q.Review = true
	case "waiting":
		if len(q.Status) > 0 {
			return said("status")
		}
		open = []helpdesk.Status{helpdesk.StatusWaiting}
	case "", "all":
		return nil
	}
	if len(q.Status) == 0 {
		q.Status = open
	}
	return nil
}

// internal names the filters that tell what customers do not see.
func (in *TicketFilter) internal() error {
	var errs []error
	for name, given := range map[string]bool{
		"assignee": in.Assignee != "", "unassigned": in.Unassigned, "waiting": in.Waiting, "tag": in.Tag != "",
		"due_before": !in.DueBefore.IsZero(), "late_before": !in.LateBefore.IsZero(),
		"view": slices.Contains([]string{"mine", "unassigned", "risk", "late", "review"}, in.View),
	} {
		if given {
			errs = append(errs, forStaff(name))
		}
	}
	return errors.Join(errs...)
}

func forStaff(filter string) error {
	return errors.Join(helpdesk.ErrForbidden, &helpdesk.FieldError{Field: filter, Problem: "is for agents only"})
}

// parseList reads the values of a parameter that may be given again or hold commas.
func parseList[T any](given []string, parse func(string) (T, error)) (list []T, err error) {
	for _, values := range given {
		for s := range strings.SplitSeq(values, ",") {
			if s = strings.TrimSpace(s); s == "" {
				continue
			}
			v, bad := parse(s)
			list, err = append(list, v), cmp.Or(err, bad)
		}
	}
	return list, err
}

type countInput struct {
	TicketFilter
	Most int `query:"most" minimum:"1" maximum:"10000" default:"1000" doc:"Count at most so many: what a number beside a list needs costs little then"`
}

type countOutput struct {
	Body struct {
		Count int  `json:"count" doc:"How many tickets fit, or most; with q at most 1000"`
		More  bool `json:"more" doc:"There are more than that"`
	}
}

func (h *Handler) count(ctx context.Context, c *call, in *countInput) (*countOutput, error) {
	q, err := in.query(h, c)
	if err != nil {
		return nil, err
	}
	out := &countOutput{}
	if in.Q != "" {
		q.Limit = min(in.Most, helpdesk.MaxLimit)
		page, err := c.page(ctx, in.Q, q)
		out.Body.Count, out.Body.More = len(page.Tickets), page.Next != ""
		return out, err
	}
	n, err := c.desk.Count(ctx, q, in.Most+1)
	if err != nil {
		return nil, err
	}
	out.Body.Count, out.Body.More = min(n, in.Most), n > in.Most
	return out, nil
}

// CategoryInfo is a category and what belongs in it.
type CategoryInfo struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Teams       []string `json:"teams" nullable:"false" doc:"Ids of the teams it is bound to; when there are none, it is everybody's"`
}

type categoriesOutput struct {
	Body struct {
		Categories []CategoryInfo `json:"categories" nullable:"false"`
	}
}

// categories lists the categories, which are the host's.
func (h *Handler) categories(ctx context.Context, c *call, _ *struct{}) (*categoriesOutput, error) {
	teams, err := c.desk.Teams(ctx)
	if err != nil {
		return nil, err
	}
	out := &categoriesOutput{}
	out.Body.Categories = []CategoryInfo{}
	for _, info := range c.desk.Categories() {
		w := CategoryInfo{string(info.Name), info.Description, []string{}}
		for _, t := range teams {
			if slices.Contains(t.Categories, info.Name) {
				w.Teams = append(w.Teams, string(t.ID))
			}
		}
		out.Body.Categories = append(out.Body.Categories, w)
	}
	return out, nil
}
