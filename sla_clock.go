package helpdesk

import (
	"context"
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
	// PeriodicUpdate runs from the last public reply of a human agent, or from creation, to the next
	// one or to the resolution, but not while the customer has to answer. Each reply starts another.
	PeriodicUpdate Metric = "periodic_update"
	// OwnerTime runs from the assignment to an agent until work begins: see Ticket.BegunAt. It does
	// not run while the customer has to answer. It is cancelled when the agent loses the ticket.
	OwnerTime Metric = "owner_time"
)

// Metrics lists every Metric.
var Metrics = []Metric{FirstResponse, NextResponse, Resolution, PeriodicUpdate, OwnerTime}

// answers reports whether the metric is about a wait of the customer for a reply. Such a clock
// does not pause while the customer has to answer.
func (m Metric) answers() bool { return m == FirstResponse || m == NextResponse }

// Words names the metric at the start of a sentence, such as "The first response".
func (m Metric) Words() string {
	switch m {
	case FirstResponse:
		return "The first response"
	case NextResponse:
		return "The next response"
	case PeriodicUpdate:
		return "The next update"
	case OwnerTime:
		return "The beginning of work"
	}
	return "The resolution"
}

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

// ClockState is an SLA clock of a ticket with its terms. Package sla explains it.
type ClockState struct {
	Clock    SLAClock      // as of At, even if no sweep has come yet
	At       time.Time     // time of the question
	SavedBy  Actor         // the author of the clock's version of the SLA; zero for that of Config
	SavedAt  time.Time     // its time; zero for that of Config
	Calendar Calendar      // never nil
	Used     time.Duration // open time used up by At
	Steps    []StepTime    // in order of time
	Idle     bool          // the clock stands still, since the ticket needs no action: see TagNoAction
}

// StepTime is a step of a clock and its time.
type StepTime struct {
	Name  string
	At    time.Time // zero when the clock does not reach it as it stands
	Fired bool      // it has fired, or a later one has
}

// Clocks returns the state of each SLA clock of a ticket. It changes nothing. The actor must not be
// a customer.
func (d *Desk) Clocks(ctx context.Context, id TicketID) ([]ClockState, error) {
	const op = "explain the clocks of"
	d, _, err := d.enterStaff(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.find(ctx, id)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	x, err := d.begin(ctx, t, Actor{}) // settles overdue clocks
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	all := make([]ClockState, len(x.t.Clocks))
	for i := range x.t.Clocks {
		if all[i], err = x.state(ctx, &x.t.Clocks[i]); err != nil {
			return nil, d.fail(op, id, err)
		}
	}
	return all, nil
}

func (x *draft) state(ctx context.Context, c *SLAClock) (s ClockState, err error) {
	p, err := x.look(ctx, c)
	if err != nil {
		return s, err
	}
	b, err := x.slaOfVersion(ctx, c.Version)
	if err != nil {
		return s, err
	}
	if x.terms == nil {
		x.terms = map[policyRef]*Policy{}
	}
	x.terms[c.under()] = p
	s = ClockState{Clock: *c, At: x.now, SavedBy: b.by, SavedAt: b.at, Calendar: p.hours(), Used: x.used(c, x.now), Idle: x.t.idle()}
	for _, r := range p.steps(c) {
		at := x.stepDue(c, p, r)
		if r.at == c.Target && c.BreachedAt.IsZero() {
			at = c.DueAt // not the tick after it, when the breach can be seen
		}
		s.Steps = append(s.Steps, StepTime{Name: r.Name, At: at, Fired: c.fired(r.Name)})
	}
	return s, nil
}
