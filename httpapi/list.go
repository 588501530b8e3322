package httpapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchtext"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
	"github.com/helpdesk-go/helpdesk/internal/ticketlist"
	"github.com/helpdesk-go/helpdesk/report"
)

// TicketFilter chooses tickets: the views and filters of package ticketlist, and words.
type TicketFilter struct {
	Q    string `query:"q" doc:"What somebody types to search: words of a ticket, its customer or its reference, \"phrases\", -words to leave out, and operators as GET /search-operators lists them. Of words in more than 5000 tickets that fit, maybe some of these only"`
	Zone string `query:"zone" maxLength:"64" doc:"An IANA time zone such as Europe/Paris, in which dates of the filters begin; UTC when nothing is said"`

	Whose string `query:"whose" enum:"all,own" doc:"For customers: own leaves out the tickets of colleagues, which some see"`

	filters helpdesk.Query
	view    *ticketlist.View // nil when none was asked for
	invalid error            // values that the desk does not know
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
	Words   []string `json:"words,omitempty" nullable:"false" doc:"The words that were looked for, in lower case and without accents"`
	Next    *string  `json:"next_cursor" doc:"Null on the last page"`
}

type listOutput struct{ Body Page }

func (h *Handler) list(ctx context.Context, c *call, in *listInput) (*listOutput, error) {
	q, err := in.ordered(h, c, in.Sort)
	if err != nil {
		return nil, err
	}
	q.Limit, q.After = in.Limit, in.Cursor
	page, err := c.page(ctx, in.Q, q)
	if err != nil {
		return nil, err
	}
	out := &listOutput{Page{Tickets: []Ticket{}, Words: searchtext.Parse(in.Q).Words()}}
	for _, t := range page.Tickets {
		w := ticketOf(t, c.actor.Role)
		if e, ok := page.Excerpts[t.ID]; ok {
			for _, p := range searchwords.Parts(e.Text, e.Hits) {
				w.Excerpt = append(w.Excerpt, ExcerptPart{p.Text, p.Hit})
			}
		}
		out.Body.Tickets = append(out.Body.Tickets, w)
	}
	out.Body.Next = maybe(page.Next)
	return out, nil
}

// ordered is the query with its order.
func (in *TicketFilter) ordered(h *Handler, c *call, sort string) (helpdesk.Query, error) {
	q, err := in.query(h, c)
	order, badOrder := helpdesk.ParseOrder(sort)
	if err = errors.Join(err, badOrder); err != nil {
		return q, err
	}
	if c.actor.Role == helpdesk.RoleCustomer && (order == helpdesk.Urgency || order == helpdesk.ByDue) {
		return q, forStaff("sort") // the order, and the cursor, of these tell deadlines
	}
	q.Order = order
	return q, nil
}

// page reads one page of the tickets that a text finds, or of all.
func (c *call) page(ctx context.Context, text string, q helpdesk.Query) (helpdesk.Page, error) {
	if text == "" {
		return c.desk.Tickets(ctx, q)
	}
	return c.desk.Search(ctx, text, q)
}

// params are the query parameters of the table, for the OpenAPI document.
func (*TicketFilter) params() []*huma.Param {
	view := &huma.Schema{Type: huma.TypeString, Description: ticketlist.ViewDoc()}
	for _, v := range ticketlist.Views {
		view.Enum = append(view.Enum, v.Name)
	}
	param := func(name string, many bool, s *huma.Schema) *huma.Param {
		return &huma.Param{Name: name, In: "query", Description: s.Description, Explode: &many, Schema: s}
	}
	list := []*huma.Param{param("view", false, view)}
	for _, f := range ticketlist.Filters {
		s := &huma.Schema{Type: huma.TypeString, Description: f.Doc}
		switch {
		case f.Many:
			s.Type, s.Nullable, s.Items = huma.TypeArray, true, &huma.Schema{Type: huma.TypeString}
		case f.Kind == ticketlist.Switch:
			s.Type = huma.TypeBoolean
		case f.Kind == ticketlist.Time:
			s.Description += ". A time such as 2026-03-02T09:00:00Z, or a date, which begins in the zone"
		}
		list = append(list, param(f.Name, f.Many, s))
	}
	return list
}

// Resolve reads the parameters of the table. huma calls it; what it returns is reported together
// with what huma finds in other parameters, and in huma's words.
func (in *TicketFilter) Resolve(ctx huma.Context) (errs []error) {
	u := ctx.URL()
	given := u.Query()
	refuse := func(name, problem string) {
		errs = append(errs, &huma.ErrorDetail{Location: "query." + name, Message: problem})
	}
	if name := given.Get("view"); name != "" {
		if in.view = ticketlist.ViewNamed(name); in.view == nil {
			var names []string
			for _, v := range ticketlist.Views {
				names = append(names, v.Name)
			}
			refuse("view", fmt.Sprintf(validation.MsgExpectedOneOf, strings.Join(names, ", ")))
		}
	}
	zone, err := zoneNamed(given.Get("zone"))
	if err != nil {
		refuse("zone", "is not the name of a time zone")
		zone = time.UTC
	}
	day := func(y int, m time.Month, d int) time.Time { return report.DayStart(y, m, d, zone) }
	for _, f := range ticketlist.Filters {
		values := given[f.Name]
		if f.Many {
			values = split(values)
		}
		err := f.Read(&in.filters, values, &ticketlist.Reader{None: uncategorized, Day: day})
		switch {
		case err == nil:
		case f.Kind == ticketlist.Switch:
			refuse(f.Name, "invalid boolean")
		case f.Kind == ticketlist.Time:
			refuse(f.Name, "is neither a time such as 2026-03-02T09:00:00Z nor a date such as 2026-03-02")
		default:
			in.invalid = errors.Join(in.invalid, err)
		}
	}
	return errs
}

// query returns the filters as the desk has them, or every one that cannot be read.
func (in *TicketFilter) query(h *Handler, c *call) (helpdesk.Query, error) {
	q := in.filters
	if in.Whose == "own" {
		c.desk = c.desk.Own()
	}
	if c.actor.Role == helpdesk.RoleCustomer {
		if err := in.internal(); err != nil {
			return helpdesk.Query{}, err
		}
	}
	err := in.invalid
	if v := in.view; v != nil {
		if v.Clash(&q) {
			err = errors.Join(err, &helpdesk.FieldError{Field: v.Sets, Problem: "is said by view=" + v.Name + " already"})
		}
		v.Apply(&q, h.now(), helpdesk.AgentID(c.actor.ID))
	}
	return q, err
}

// internal names the filters that tell what customers do not see.
func (in *TicketFilter) internal() error {
	var errs []error
	for _, f := range ticketlist.Filters {
		if f.Staff && f.Given(&in.filters) {
			errs = append(errs, forStaff(f.Name))
		}
	}
	if in.view != nil && in.view.Staff {
		errs = append(errs, forStaff("view"))
	}
	return errors.Join(errs...)
}

func forStaff(filter string) error {
	return errors.Join(helpdesk.ErrForbidden, &helpdesk.FieldError{Field: filter, Problem: "is for agents only"})
}

// split returns the values of a parameter that may be given again or hold commas.
func split(given []string) (values []string) {
	for s := range strings.SplitSeq(strings.Join(given, ","), ",") {
		if s = strings.TrimSpace(s); s != "" {
			values = append(values, s)
		}
	}
	return values
}

// parseList reads such values.
func parseList[T any](given []string, parse func(string) (T, error)) (list []T, err error) {
	for _, s := range split(given) {
		v, bad := parse(s)
		list, err = append(list, v), cmp.Or(err, bad)
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
	n, err := c.desk.Count(ctx, in.Most+1, q)
	if err != nil {
		return nil, err
	}
	out.Body.Count, out.Body.More = min(n[0], in.Most), n[0] > in.Most
	return out, nil
}

// SearchOperator is an operator that q of a list may have.
type SearchOperator struct {
	Name        string   `json:"name" doc:"Before the colon, as in status:open"`
	Description string   `json:"description" doc:"Of the values"`
	Values      []string `json:"values" nullable:"false" doc:"Values to complete; none when there are others"`
}

type searchOperatorsOutput struct {
	Body struct {
		Operators []SearchOperator `json:"operators" nullable:"false"`
	}
}

// searchOperators lists the operators that the actor may use.
func (h *Handler) searchOperators(ctx context.Context, c *call, _ *struct{}) (*searchOperatorsOutput, error) {
	staff := c.actor.Role != helpdesk.RoleCustomer
	if staff {
		if _, err := c.desk.Scope(ctx); err != nil {
			return nil, err
		}
	}
	out := &searchOperatorsOutput{}
	out.Body.Operators = []SearchOperator{}
	for _, o := range searchtext.Operators {
		if staff || !o.Staff {
			out.Body.Operators = append(out.Body.Operators, SearchOperator{o.Name, o.Doc, append([]string{}, o.Values...)})
		}
	}
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
