package helpdesk

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// ReportQuery says what a Series or a HeatMap is about. Only the Period is required; the rest narrows it to some tickets, as they
// stand now.
type ReportQuery struct {
	Period
	Zone *time.Location // whose days, weeks and hours they are; nil is UTC
	Step Grain          // of a Series; empty is Day

	Category []Category // "" for those without one
	Priority []Priority
	Team     TeamID  // tickets that a member holds, or held last
	Agent    AgentID // tickets that this agent holds, or held last
}

// ReportFilter chooses the tickets of a report. A filter that is empty does not filter, but for Agents.
type ReportFilter struct {
	Category []Category
	Priority []Priority
	Agents   []AgentID // nil is everybody and nobody; else the assignee is one of them
}

// Match reports whether a ticket fits.
func (f *ReportFilter) Match(t *Ticket) bool {
	return (len(f.Category) == 0 || slices.Contains(f.Category, t.Category)) &&
		(len(f.Priority) == 0 || slices.Contains(f.Priority, t.Priority)) &&
		(f.Agents == nil || slices.Contains(f.Agents, t.Assignee))
}

// Point is one step [From, To) of a Series. The Flow counts what happened in it. The rest is about the tickets that were created
// in it, as of now: of the latest steps the slow tickets are still to come.
type Point struct {
	From, To time.Time // UTC
	Flow

	// As in an [Overview].
	FirstResponse     Durations
	FirstResponseOpen Durations
	Resolution        Durations
	ResolutionOpen    Durations
	Attainment        []Attainment
}

// Series tells how a period went step by step, see [Period.Bounds]. The actor must not be a customer.
func (d *Desk) Series(ctx context.Context, q ReportQuery) ([]Point, error) {
	const op = "series"
	f, err := d.reportFilter(ctx, &q)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	bounds, err := q.Bounds(q.Step, q.Zone)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	if s, ok := As[Plotter](d.store); ok {
		points, err := s.Series(ctx, d.tenant, f, bounds, d.now())
		return points, d.fail(op, "", err)
	}
	points, err := ComputeSeries(bounds, d.reported(ctx, f), Events(ctx, d.store, EventQuery{Tenant: d.tenant, Types: moving, From: q.From}), d.now())
	return points, d.fail(op, "", err)
}

// reportFilter checks a query, and looks up who belongs to its team.
func (d *Desk) reportFilter(ctx context.Context, q *ReportQuery) (ReportFilter, error) {
	f := ReportFilter{Category: q.Category, Priority: q.Priority}
	if _, err := d.worker(ctx); err != nil {
		return f, err
	}
	errs := []error{q.check(), checkLine("agent", string(q.Agent), 200, false), checkLine("team", string(q.Team), 100, false)}
	for _, c := range q.Category {
		errs = append(errs, d.checkCategory(c))
	}
	for _, p := range q.Priority {
		errs = append(errs, checkPriority(p, false))
	}
	if err := errors.Join(errs...); err != nil {
		return f, err
	}
	q.Period = Period{instant.Of(q.From), instant.Of(q.To)}
	if err := q.check(); err != nil {
		return f, err // there was less than a microsecond
	}
	if q.Agent != "" {
		f.Agents = []AgentID{q.Agent}
	}
	if q.Team == "" {
		return f, nil
	}
	agents, err := d.agents(ctx)
	if err != nil {
		return f, err
	}
	members := []AgentID{}
	for _, a := range agents {
		if slices.Contains(a.Teams, q.Team) && (q.Agent == "" || q.Agent == a.ID) {
			members = append(members, a.ID)
		}
	}
	f.Agents = members
	return f, nil
}

// reported yields all tickets that fit.
func (d *Desk) reported(ctx context.Context, f ReportFilter) iter.Seq2[*Ticket, error] {
	return func(yield func(*Ticket, error) bool) {
		for t, err := range allTickets(ctx, d.store, Query{Tenant: d.tenant}) {
			if err == nil && !f.Match(t) {
				continue
			}
			if !yield(t, err) {
				return
			}
		}
	}
}

// ComputeSeries is the definition of a Series between bounds, as [ComputeFlows] has them. It reads all the tickets that it is about, whenever
// they were created, and then the events since the first bound; those of other tickets do not count.
func ComputeSeries(bounds []time.Time, tickets iter.Seq2[*Ticket, error], events iter.Seq2[Event, error], now time.Time) ([]Point, error) {
	points, times := make([]Point, len(bounds)-1), make([]speeds, len(bounds)-1)
	ended := make([]attained, len(points))
	ours, open := map[TicketID]bool{}, 0
	for t, err := range tickets {
		if err != nil {
			return nil, err
		}
		ours[t.ID] = true
		if t.Status.Open() {
			open++
		}
		if i := stretch(bounds, t.CreatedAt); i >= 0 && i < len(points) {
			ended[i].add(t, "", now)
			times[i].add(t)
		}
	}
	flows, err := ComputeFlows(bounds, ofTickets(ours, events), open)
	if err != nil {
		return nil, err
	}
	for i := range points {
		p := &points[i]
		p.From, p.To, p.Flow = bounds[i], bounds[i+1], flows[i]
		p.FirstResponse, p.FirstResponseOpen, p.Resolution, p.ResolutionOpen = times[i].sum()
		p.Attainment = ended[i].list()
	}
	return points, nil
}

// ofTickets leaves out the events of other tickets.
func ofTickets(ours map[TicketID]bool, events iter.Seq2[Event, error]) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for e, err := range events {
			if (err != nil || ours[e.Ticket]) && !yield(e, err) {
				return
			}
		}
	}
}
