package helpdesk

import (
	"slices"
	"time"
)

// Metric names what an SLA clock measures.
type Metric string

// The metrics.
const (
	// FirstResponse runs from creation to the first public reply of a human agent, or to the
	// resolution.
	FirstResponse Metric = "first_response"
	// NextResponse runs, after that, from the oldest unanswered message of the customer.
	NextResponse Metric = "next_response"
	// Resolution runs from creation to the resolution, but not while the customer has to answer.
	Resolution Metric = "resolution"
)

// Metrics lists every Metric.
var Metrics = []Metric{FirstResponse, NextResponse, Resolution}

// SLAClock measures one target on one ticket. It runs while RunningSince is set, is paused while
// neither that nor an end is set, and ends as met or cancelled. A breach is recorded beside that
// and never removed: a clock can be met late.
type SLAClock struct {
	Metric   Metric
	Instance int    // 1 for the first of its metric on the ticket
	Policy   string // the policy's name
	Version  int64  // of the SLA setting with the policy; 0 when it comes from code

	Target   time.Duration // the most open time that it may run
	Ran      []RunPeriod   // when it ran before RunningSince, oldest first
	Consumed time.Duration // open time in Ran

	StartedAt    time.Time
	RunningSince time.Time // zero unless running
	DueAt        time.Time // when the target is used up; zero while paused or if it never is
	BreachedAt   time.Time // the due time that was missed; zero when none was
	DetectedAt   time.Time // when the breach was noticed
	Cause        string    // of the breach: "" for time, else "retarget" or "merge"
	VoidedAt     time.Time // when an admin declared the breach void; it then counts for nothing
	MetAt        time.Time // when the reply or resolution came, in time or late
	CancelledAt  time.Time // when the target was dropped, as by a merge
	Fired        []string  // names of steps that fired or were skipped by a later one
}

// RunPeriod is a time [From, To) in which a clock ran.
type RunPeriod struct {
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Until Status    `json:"until,omitempty"` // the status that ended it; empty when its policy did
}

// Running reports whether time counts against the clock.
func (c *SLAClock) Running() bool { return !c.RunningSince.IsZero() }

// Ended reports whether the clock is met or cancelled.
func (c *SLAClock) Ended() bool { return !c.MetAt.IsZero() || !c.CancelledAt.IsZero() }

// Breached reports whether the clock counts as breached as of now, even if no sweep has noticed
// yet. A void breach does not count.
func (c *SLAClock) Breached(now time.Time) bool {
	return c.VoidedAt.IsZero() && (!c.BreachedAt.IsZero() || c.overdue(now))
}

// overdue reports a breach that is not yet noticed. Exactly the due time is in time.
func (c *SLAClock) overdue(now time.Time) bool {
	return c.Running() && c.BreachedAt.IsZero() && !c.DueAt.IsZero() && now.After(c.DueAt)
}

// Met reports whether the clock was met in time.
func (c *SLAClock) Met() bool { return !c.MetAt.IsZero() && c.BreachedAt.IsZero() }

// watched reports whether the clock has something to wait for.
func (c *SLAClock) watched() bool { return c.Running() && c.VoidedAt.IsZero() }

func (c *SLAClock) fired(step string) bool { return slices.Contains(c.Fired, step) }
