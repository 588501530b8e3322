package helpdesk

import (
	"iter"
	"slices"
	"time"
)

// Move says what an event does to the number of open tickets.
type Move int8

// The moves.
const (
	NoMove   Move = iota
	Created       // a ticket was opened
	Resolved      // an open ticket was resolved
	Reopened      // a resolved ticket came back
	Removed       // an open ticket was closed without a resolution: merged into another, or spam
)

// Move returns what the event does to the number of open tickets.
func (e *Event) Move() Move {
	switch e.Type {
	case EventOpened:
		return Created
	case EventStatus:
		from, to := Status(e.From), Status(e.To)
		switch {
		case from.Open() && to == StatusResolved:
			return Resolved
		case from.Open() && to == StatusClosed:
			return Removed
		case !from.Open() && to.Open():
			return Reopened
		}
	}
	return NoMove
}

// moving are the types of event that may be a Move.
var moving = []EventType{EventOpened, EventStatus}

// Flow counts the moves in a stretch of time, and the open tickets at both ends of it, so that
// End = Start + Created + Reopened - Resolved - Removed.
type Flow struct {
	Created  int
	Resolved int
	Reopened int
	Removed  int // closed without a resolution: merged, or spam

	Start int // open tickets at the beginning: the backlog
	End   int // and at the end
}

// Count adds n moves of one kind.
func (f *Flow) Count(m Move, n int) {
	switch m {
	case Created:
		f.Created += n
	case Resolved:
		f.Resolved += n
	case Reopened:
		f.Reopened += n
	case Removed:
		f.Removed += n
	}
}

// Net is by how much the number of open tickets has grown.
func (f *Flow) Net() int { return f.Created + f.Reopened - f.Resolved - f.Removed }

// Backlog fills in Start and End of flows that follow each other. open is how many tickets are open after the last of
// them and after then, which is what has happened since.
func Backlog(flows []Flow, then Flow, open int) {
	end := open - then.Net()
	for i := range slices.Backward(flows) {
		f := &flows[i]
		f.End, f.Start = end, end-f.Net()
		end = f.Start
	}
}

// ComputeFlows is the definition of the Flows between bounds, rising times of which each begins a stretch that the next one ends. It
// reads the events since the first, in any order; open is how many of their tickets are open now.
func ComputeFlows(bounds []time.Time, events iter.Seq2[Event, error], open int) ([]Flow, error) {
	flows, then := make([]Flow, len(bounds)-1), Flow{}
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		switch i := stretch(bounds, e.At); {
		case i == len(flows):
			then.Count(e.Move(), 1)
		case i >= 0:
			flows[i].Count(e.Move(), 1)
		}
	}
	Backlog(flows, then, open)
	return flows, nil
}

// stretch returns the place of t between bounds: -1 before the first, the number of stretches from the last on.
func stretch(bounds []time.Time, t time.Time) int {
	i, found := slices.BinarySearchFunc(bounds, t, time.Time.Compare)
	if found {
		return i
	}
	return i - 1
}
