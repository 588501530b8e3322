package report

import (
	"context"
	"iter"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// SeriesPoint is one step [From, To) of a series. The Flow counts what happened in the step. The
// other figures are about the tickets created in it, as of now. The slow tickets of the latest
// steps are therefore still missing.
type SeriesPoint struct {
	From, To time.Time // UTC
	Flow

	// These are as in an [Overview].
	FirstResponse     Durations
	FirstResponseOpen Durations
	Resolution        Durations
	ResolutionOpen    Durations
	Attainment        []Attainment
}

// Series tells how a period went step by step. See [Period.Bounds] for where the steps begin.
func (r Reports) Series(ctx context.Context, q Query) ([]SeriesPoint, error) {
	const op = "series"
	f, err := r.filter(ctx, &q)
	if err != nil {
		return nil, fail(op, err)
	}
	bounds, err := q.Bounds(q.Step, q.Zone)
	if err != nil {
		return nil, fail(op, err)
	}
	if s, ok := helpdesk.As[Plotter](r.desk.Store()); ok {
		points, err := s.Series(ctx, r.desk.Tenant(), f, bounds, r.desk.Now())
		return points, fail(op, err)
	}
	points, err := ComputeSeries(bounds, r.tickets(ctx, f), r.flowEvents(ctx, q.From), r.desk.Now())
	return points, fail(op, err)
}

// ComputeSeries is the definition of a series between bounds, which are those of [ComputeFlows]. It
// reads all the tickets that the series is about, whenever they were created, and then the events
// since the first bound. It ignores events of other tickets.
func ComputeSeries(
	bounds []time.Time, tickets iter.Seq2[*helpdesk.Ticket, error], events iter.Seq2[helpdesk.Event, error], now time.Time,
) ([]SeriesPoint, error) {
	points, times := make([]SeriesPoint, len(bounds)-1), make([]speeds, len(bounds)-1)
	ended := make([]attained, len(points))
	ours, open := map[helpdesk.TicketID]bool{}, 0
	for t, err := range tickets {
		if err != nil {
			return nil, err
		}
		ours[t.ID] = true
		if t.Status.Open() {
			open++
		}
		if i := stepAt(bounds, t.CreatedAt); i >= 0 && i < len(points) {
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

// ofTickets yields only the events of our tickets.
func ofTickets(
	ours map[helpdesk.TicketID]bool, events iter.Seq2[helpdesk.Event, error],
) iter.Seq2[helpdesk.Event, error] {
	return func(yield func(helpdesk.Event, error) bool) {
		for e, err := range events {
			if (err != nil || ours[e.Ticket]) && !yield(e, err) {
				return
			}
		}
	}
}
