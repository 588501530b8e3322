package helpdesk

import (
	"context"
	"iter"
	"slices"
	"time"
)

// SLA knows which promise is made for a ticket. Package sla has the usual ones.
type SLA interface {
	// Policy returns the policy for a ticket as it stands, or nil for no promise.
	// It is called when a ticket is opened and when its priority or category changes.
	Policy(ctx context.Context, t *Ticket) (*Policy, error)
}

// SLAFunc makes an SLA of a function.
type SLAFunc func(ctx context.Context, t *Ticket) (*Policy, error)

// Policy calls f.
func (f SLAFunc) Policy(ctx context.Context, t *Ticket) (*Policy, error) { return f(ctx, t) }

// Policy is one promise: how long each Metric may take, in open time of its Calendar.
type Policy struct {
	Name          string        // unique among the tenant's policies; kept with each clock
	FirstResponse time.Duration // 0 makes no such promise; so the others
	NextResponse  time.Duration
	Resolution    time.Duration
	Calendar      Calendar // nil is open around the clock
	Ladder        []Rung   // what to do as a due time comes near and passes, in order of time
}

// Calendar says when the desk is open.
type Calendar interface {
	// Deadline returns the earliest t >= start with Between(start, t) >= open.
	Deadline(start time.Time, open time.Duration) (time.Time, error)
	// Between returns the open time in [a, b); 0 unless a is before b.
	Between(a, b time.Time) time.Duration
}

// Timetable is a Calendar that can say which hours it counts. [Desk.Explain] uses it.
type Timetable interface {
	Calendar
	// String returns what people call the calendar: its name and zone.
	String() string
	// Spans yields the open and the closed stretches of [a, b) in order, without gaps.
	// The open ones add up to Between(a, b).
	Spans(a, b time.Time) iter.Seq[Span]
}

// Span is a stretch of time [From, To) throughout which a Calendar is open or closed.
type Span struct {
	From, To time.Time // in the zone of the calendar
	Open     bool
	Why      string // for people: "Friday", "holiday: Thanksgiving Day", "special day"
}

// Rung is one step of a Ladder. Each rung fires at most once per clock, whatever
// happens to the due time; of several that are past at once only the last fires.
type Rung struct {
	Name   string        // unique in its ladder; kept with the clock once fired
	Before time.Duration // so much open time before the due time; 0 is at the due time, that is as soon as it has passed
	Level  int           // the ticket's EscalationLevel becomes at least this
}

// Metric names what an SLA clock measures.
type Metric string

// The metrics.
const (
	// FirstResponse runs from creation to the first public reply of a human agent, or to the resolution.
	FirstResponse Metric = "first_response"
	// NextResponse runs, after that, from the oldest unanswered message of the customer.
	NextResponse Metric = "next_response"
	// Resolution runs from creation to the resolution, but not while the desk waits for the customer.
	Resolution Metric = "resolution"
)

// Metrics lists every Metric.
var Metrics = []Metric{FirstResponse, NextResponse, Resolution}

// SLAClock measures one promise on one ticket. It runs while RunningSince is set, is
// paused while neither that nor an end is set, and ends as met or cancelled. A breach is
// recorded beside that and is never taken back: a clock can be met late.
type SLAClock struct {
	Metric   Metric
	Instance int    // 1 for the first of its metric on the ticket
	Policy   string // the policy's name
	Version  int64  // of the SLA setting that the policy stands in; 0 when it comes from code

	Target   time.Duration // promised open time
	Ran      []Stretch     // when it ran before RunningSince, oldest first
	Consumed time.Duration // open time in Ran

	StartedAt    time.Time
	RunningSince time.Time // zero unless running
	DueAt        time.Time // when the target is used up if it runs on; zero while paused
	BreachedAt   time.Time // the due time that was missed; zero when none was
	DetectedAt   time.Time // when the breach was noticed
	Cause        string    // of the breach: "" for time, "retarget" for a shortened target
	VoidedAt     time.Time // when an admin declared the breach void: it stays on record and counts for nothing
	MetAt        time.Time // when what was promised was done, in time or late
	CancelledAt  time.Time // when the promise lapsed, as by a merge
	Fired        []string  // names of the rungs that are done with
}

// Stretch is a time [From, To) in which a clock ran.
type Stretch struct {
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Until Status    `json:"until"` // the status that stopped it
}

// Running reports whether time counts against the clock.
func (c *SLAClock) Running() bool { return !c.RunningSince.IsZero() }

// Ended reports whether the clock is met or cancelled.
func (c *SLAClock) Ended() bool { return !c.MetAt.IsZero() || !c.CancelledAt.IsZero() }

// breached reports whether a breach stands as of now, noticed or not.
func (c *SLAClock) breached(now time.Time) bool {
	return c.VoidedAt.IsZero() && (!c.BreachedAt.IsZero() || c.overdue(now))
}

// overdue reports a breach that is not yet noticed. Doing it exactly at the due time is in time.
func (c *SLAClock) overdue(now time.Time) bool {
	return c.Running() && c.BreachedAt.IsZero() && now.After(c.DueAt)
}

// met reports whether the promise was kept.
func (c *SLAClock) met() bool { return !c.MetAt.IsZero() && c.BreachedAt.IsZero() }

func (c *SLAClock) fired(rung string) bool { return slices.Contains(c.Fired, rung) }
