package report

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// FlowKind says how an event changes the number of open tickets. Stores keep the numbers.
type FlowKind int8

// The kinds of flow.
const (
	FlowNone     FlowKind = iota // no change
	FlowCreated                  // a ticket was opened
	FlowResolved                 // an open ticket was resolved
	FlowReopened                 // a resolved ticket came back
	FlowRemoved                  // an open ticket was closed without a resolution: merged, or spam
)

// flowing lists the types of event that may have a FlowKind other than FlowNone.
var flowing = []helpdesk.EventType{helpdesk.EventOpened, helpdesk.EventStatus}

// FlowOf returns how an event changes the number of open tickets.
func FlowOf(e *helpdesk.Event) FlowKind {
	switch e.Type {
	case helpdesk.EventOpened:
		return FlowCreated
	case helpdesk.EventStatus:
		from, to := helpdesk.Status(e.From), helpdesk.Status(e.To)
		switch {
		case from.Open() && to == helpdesk.StatusResolved:
			return FlowResolved
		case from.Open() && to == helpdesk.StatusClosed:
			return FlowRemoved
		case !from.Open() && to.Open():
			return FlowReopened
		}
	}
	return FlowNone
}

// Flow counts the events of each FlowKind in a span of time, and the open tickets at both ends of
// it, so that End = Start + Created + Reopened - Resolved - Removed.
type Flow struct {
	Created  int
	Resolved int
	Reopened int
	Removed  int // closed without a resolution: merged, or spam

	Start int // open tickets at the beginning: the backlog
	End   int // open tickets at the end
}

// Count adds n events of one kind.
func (f *Flow) Count(kind FlowKind, n int) {
	switch kind {
	case FlowCreated:
		f.Created += n
	case FlowResolved:
		f.Resolved += n
	case FlowReopened:
		f.Reopened += n
	case FlowRemoved:
		f.Removed += n
	}
}

// Net returns by how much the number of open tickets has grown.
func (f *Flow) Net() int { return f.Created + f.Reopened - f.Resolved - f.Removed }

// Backlog fills in Start and End of consecutive flows. It counts backwards: then is the flow after
// the last of them, and open is the number of open tickets after that.
func Backlog(flows []Flow, then Flow, open int) {
	end := open - then.Net()
	for i := range slices.Backward(flows) {
		f := &flows[i]
		f.End, f.Start = end, end-f.Net()
		end = f.Start
	}
}

// ComputeFlows is the definition of flows between bounds. Bounds are rising times: each begins a
// step that ends at the next one. ComputeFlows reads the events since the first bound, in any
// order. open is the number of their tickets that are open now.
func ComputeFlows(bounds []time.Time, events iter.Seq2[helpdesk.Event, error], open int) ([]Flow, error) {
	flows, then := make([]Flow, len(bounds)-1), Flow{}
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		switch i := stepAt(bounds, e.At); {
		case i == len(flows):
			then.Count(FlowOf(&e), 1)
		case i >= 0:
			flows[i].Count(FlowOf(&e), 1)
		}
	}
	Backlog(flows, then, open)
	return flows, nil
}

// stepAt returns the index of the step that t is in: -1 before the first bound, and the number of
// steps from the last bound on.
func stepAt(bounds []time.Time, t time.Time) int {
	i, found := slices.BinarySearchFunc(bounds, t, time.Time.Compare)
	if found {
		return i
	}
	return i - 1
}

// flows counts flows between bounds.
func (r Reports) flows(ctx context.Context, f Filter, bounds []time.Time) ([]Flow, error) {
	if s, ok := helpdesk.As[FlowCounter](r.desk.Store()); ok {
		return s.Flows(ctx, r.desk.Tenant(), f, bounds)
	}
	ours, open := map[helpdesk.TicketID]bool{}, 0
	for t, err := range r.tickets(ctx, f) {
		if err != nil {
			return nil, err
		}
		if ours[t.ID] = true; t.Status.Open() {
			open++
		}
	}
	return ComputeFlows(bounds, ofTickets(ours, r.flowEvents(ctx, bounds[0])), open)
}
