// Package report computes the figures of a desk and writes them as text and as CSV.
//
// [New] makes the reports of a [helpdesk.Desk], limited to what the desk's actor may see. Each kind
// of report has a definition in plain Go, such as [ComputeOverview]. A Store that can add up where
// its rows are implements [Overviewer], [Plotter] or [FlowCounter] and gives the same answers.
package report

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// Reports makes reports about the tickets of one tenant, for the actor of a Desk. Customers get
// none: every method returns ErrForbidden to them. Agents who are restricted to teams get Agents
// alone, about the tickets that they see.
type Reports struct {
	desk         *helpdesk.Desk
	organisation helpdesk.OrganisationID
}

// New returns the reports of a desk. They are for the desk's tenant and actor, so make one for each
// request: report.New(desk.ForTenant(t).As(actor)). It costs nothing.
func New(desk *helpdesk.Desk) Reports { return Reports{desk: desk} }

// ForOrganisation returns the reports about the tickets of an organisation alone: Overview, Compare,
// Series, HeatMap and Organisations. The others stay as they are. An empty id means all tickets. An archived ticket
// is of no organisation any more.
func (r Reports) ForOrganisation(id helpdesk.OrganisationID) Reports {
	r.organisation = id
	return r
}

// Period is the time [From, To) that a report is about.
type Period struct {
	From, To time.Time
}

// LastDays returns the period of n times 24 hours that ends at now.
func LastDays(n int, now time.Time) Period {
	return Period{now.Add(-time.Duration(n) * 24 * time.Hour), now}
}

// Previous returns the period of the same length that ends where p begins.
func (p Period) Previous() Period { return Period{p.From.Add(p.From.Sub(p.To)), p.From} }

// firstYear and lastYear bound a period. Outside of them databases differ.
const firstYear, lastYear = 1970, 9999

func (p Period) check() error {
	if !p.From.Before(p.To) {
		return &helpdesk.FieldError{Field: "period", Problem: "does not end after it begins"}
	}
	for _, end := range []struct {
		field string
		at    time.Time
	}{{"from", p.From}, {"to", p.To}} {
		if y := end.at.UTC().Year(); y < firstYear || y > lastYear {
			return &helpdesk.FieldError{Field: end.field, Problem: fmt.Sprintf("is not between the years %d and %d", firstYear, lastYear)}
		}
	}
	return nil
}

// instant returns the period with its ends as the desk keeps times.
func (p Period) instant() Period { return Period{instant.Of(p.From), instant.Of(p.To)} }

// Query selects what a series or a heat map is about. Only the Period is required. The other fields
// narrow the report to some tickets, by what the tickets are now.
type Query struct {
	Period
	Zone *time.Location // defines days, weeks and hours; nil is UTC
	Step Granularity    // of a series; empty is Day

	Category []helpdesk.Category // any of these; "" stands for tickets without one
	Priority []helpdesk.Priority
	Team     helpdesk.TeamID  // tickets that a member holds, or held last
	Agent    helpdesk.AgentID // tickets that this agent holds, or held last
}

// Filter selects the tickets of a report. An empty field selects all tickets, except Agents.
type Filter struct {
	Category []helpdesk.Category
	Priority []helpdesk.Priority
	Agents   []helpdesk.AgentID // nil selects all tickets; else the assignee is one of these

	Organisation helpdesk.OrganisationID
}

// Match reports whether the filter selects a ticket.
func (f *Filter) Match(t *helpdesk.Ticket) bool {
	return (len(f.Category) == 0 || slices.Contains(f.Category, t.Category)) &&
		(len(f.Priority) == 0 || slices.Contains(f.Priority, t.Priority)) &&
		(f.Agents == nil || slices.Contains(f.Agents, t.Assignee)) &&
		(f.Organisation == "" || t.Organisation == f.Organisation)
}

// filter checks the actor and the query, and looks up the members of its team.
func (r Reports) filter(ctx context.Context, q *Query) (Filter, error) {
	f := Filter{Category: q.Category, Priority: q.Priority, Organisation: r.organisation}
	if _, err := r.desk.Unrestricted(ctx); err != nil {
		return f, err
	}
	errs := []error{
		q.check(),
		checkName("agent", string(q.Agent), 200),
		checkName("team", string(q.Team), 100),
		checkName("organisation", string(r.organisation), 100),
	}
	for _, c := range q.Category {
		errs = append(errs, r.checkCategory(c))
	}
	for _, p := range q.Priority {
		if !slices.Contains(helpdesk.Priorities, p) {
			errs = append(errs, oneOf("priority", p.String(), names(helpdesk.Priorities)))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return f, err
	}
	q.Period = q.instant()
	if err := q.check(); err != nil {
		return f, err // it was shorter than a microsecond
	}
	if q.Agent != "" {
		f.Agents = []helpdesk.AgentID{q.Agent}
	}
	if q.Team == "" {
		return f, nil
	}
	agents, err := r.desk.Agents(ctx)
	if err != nil {
		return f, err
	}
	f.Agents = []helpdesk.AgentID{}
	for _, a := range agents {
		if slices.Contains(a.Teams, q.Team) && (q.Agent == "" || q.Agent == a.ID) {
			f.Agents = append(f.Agents, a.ID)
		}
	}
	return f, nil
}

// checkCategory refuses a category that is not on the desk's list. Empty means no category.
func (r Reports) checkCategory(c helpdesk.Category) error {
	var known []string
	for _, info := range r.desk.Categories() {
		if c == "" || c == info.Name {
			return nil
		}
		known = append(known, string(info.Name))
	}
	return oneOf("category", string(c), known)
}

// checkName refuses an id that no agent or team can have.
func checkName(field, s string, most int) error {
	switch {
	case !utf8.ValidString(s):
		return &helpdesk.FieldError{Field: field, Problem: "is not valid UTF-8"}
	case utf8.RuneCountInString(s) > most:
		return &helpdesk.FieldError{Field: field, Problem: fmt.Sprintf("is longer than %d characters", most)}
	case strings.ContainsFunc(s, unicode.IsControl):
		return &helpdesk.FieldError{Field: field, Problem: "contains a control character"}
	}
	return nil
}

// oneOf is the error of a value that is not on a list. It repeats at most 40 characters of the
// value.
func oneOf(field, value string, list []string) error {
	if r := []rune(value); len(r) > 40 {
		value = string(r[:40]) + "…"
	}
	problem := fmt.Sprintf("%q is not one of %s", value, strings.Join(list, ", "))
	return &helpdesk.FieldError{Field: field, Problem: problem}
}

func names[T fmt.Stringer](values []T) (all []string) {
	for _, v := range values {
		all = append(all, v.String())
	}
	return all
}

// tickets yields all tickets that the filter selects, archived ones among them.
func (r Reports) tickets(ctx context.Context, f Filter) iter.Seq2[*helpdesk.Ticket, error] {
	return matching(f, r.created(ctx, Period{}))
}

// matching yields those of some tickets that a filter selects.
func matching(f Filter, tickets iter.Seq2[*helpdesk.Ticket, error]) iter.Seq2[*helpdesk.Ticket, error] {
	return func(yield func(*helpdesk.Ticket, error) bool) {
		for t, err := range tickets {
			if err == nil && !f.Match(t) {
				continue
			}
			if !yield(t, err) {
				return
			}
		}
	}
}

// created yields all tickets that were created in a period, archived ones among them. The zero
// Period is any time.
func (r Reports) created(ctx context.Context, p Period) iter.Seq2[*helpdesk.Ticket, error] {
	return func(yield func(*helpdesk.Ticket, error) bool) {
		for t, err := range r.desk.All(ctx, helpdesk.Query{From: p.From, To: p.To, Limit: pageSize}) {
			if !yield(t, err) {
				return
			}
		}
		for f, err := range r.facts(ctx, p) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&f.Ticket, nil) {
				return
			}
		}
	}
}

const pageSize = helpdesk.MaxLimit

// events yields the events of some types since a time, oldest first.
func (r Reports) events(ctx context.Context, since time.Time, types ...helpdesk.EventType) iter.Seq2[helpdesk.Event, error] {
	q := helpdesk.EventQuery{Tenant: r.desk.Tenant(), Types: types, From: since}
	return helpdesk.Events(ctx, r.desk.Store(), q)
}

// flowEvents yields the events since a time that change the number of open tickets, in no order.
func (r Reports) flowEvents(ctx context.Context, since time.Time) iter.Seq2[helpdesk.Event, error] {
	return func(yield func(helpdesk.Event, error) bool) {
		for e, err := range r.events(ctx, since, flowing...) {
			if !yield(e, err) {
				return
			}
		}
		for f, err := range r.facts(ctx, Period{}) {
			if err != nil {
				yield(helpdesk.Event{}, err)
				return
			}
			for _, e := range f.Events {
				if !e.At.Before(since) && slices.Contains(flowing, e.Type) && !yield(e, nil) {
					return
				}
			}
		}
	}
}

// fail wraps an error once, at the exported method, in the words of a Desk.
func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("helpdesk: %s: %w", op, err)
}
