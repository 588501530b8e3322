package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"math"
	"slices"
	"time"
)

// SLA chooses the policy of a ticket. Package sla has the usual ones.
type SLA interface {
	// Policy returns the policy for a ticket as it stands, or nil for none. It is called when a
	// ticket is opened or changes. It must not change the ticket.
	Policy(ctx context.Context, t *Ticket) (*Policy, error)
}

// SLAFunc makes an SLA of a function.
type SLAFunc func(ctx context.Context, t *Ticket) (*Policy, error)

// Policy calls f.
func (f SLAFunc) Policy(ctx context.Context, t *Ticket) (*Policy, error) { return f(ctx, t) }

// SLADocument is an SLA in the form of a document: admins replace it for their tenant with
// [Desk.SaveSLA], and each clock stays on the version it was started under until
// [Desk.ApplyCurrentSLA]. The one in Config holds for tenants that have saved none.
type SLADocument interface {
	SLA
	// Named returns the policy of that name, or nil.
	Named(name string) *Policy
	// Read returns the document that a saved value describes. *FieldError values name its faults.
	Read(value json.RawMessage) (SLADocument, error)
}

// Policy sets the targets of a ticket: the most time of each Metric, in open time of its Calendar.
type Policy struct {
	Name          string        // unique among the tenant's policies; kept with each clock
	FirstResponse time.Duration // 0 sets no target; the others too
	NextResponse  time.Duration
	Resolution    time.Duration

	PeriodicUpdate time.Duration // the customer gets a reply at least this often, while it is the desk's turn
	OwnerTime      time.Duration // an agent begins within this time from the assignment

	// EscalateAfter is how long the customer may wait for a first or next response before the level
	// becomes 1 and the managers are told. 0 is never. It needs such a target, which may be longer
	// or shorter.
	EscalateAfter time.Duration

	Calendar Calendar         // nil is open around the clock
	Steps    []EscalationStep // what to do as a due time comes near and passes, in any order
}

// Calendar says when the desk is open.
type Calendar interface {
	// Deadline returns the earliest t >= start with Between(start, t) >= open. An error says that
	// there is none; the clock then runs without a due time.
	Deadline(start time.Time, open time.Duration) (time.Time, error)
	// Between returns the open time in [a, b); 0 unless a is before b.
	Between(a, b time.Time) time.Duration
}

// Timetable is a Calendar that can list its hours. Package sla explains a due time by it.
type Timetable interface {
	Calendar
	// String returns the calendar's name and zone, for people.
	String() string
	// Spans yields the open and the closed spans of [a, b) in order, without gaps. The open ones
	// add up to Between(a, b).
	Spans(a, b time.Time) iter.Seq[Span]
}

// Span is a time [From, To) throughout which a Calendar is open, or closed.
type Span struct {
	From, To time.Time // in the zone of the calendar
	Open     bool
	Why      string // for people: "Friday", "holiday: Thanksgiving Day", "special day"
}

// EscalationStep says what to do when a clock comes to a time before, at or after its due time. Of
// Before, Of and After at most one is set, or Before and Of; with none the step is at the due time,
// that is as soon as it has passed. Each step fires at most once per clock, whatever happens to the
// due time. When several have passed at once only the last fires.
type EscalationStep struct {
	Name string // unique in its policy; kept with the clock once fired

	Before time.Duration // open time before the due time; with Of, not before that share is used
	Of     float64       // used share of the target: 0.5 is half of it, 1.5 is half too much
	After  time.Duration // open time after the due time

	Level    int          // the ticket's EscalationLevel becomes at least this
	Notify   NotifyTarget // the recipients
	Raise    Priority     // the ticket's priority becomes at least this; 0 leaves it
	Reassign bool         // the ticket is taken from its agent and offered to the others
}

// NotifyTarget names the recipients of a step's notice.
type NotifyTarget string

// The recipients. Managers stand in for the assignee when nobody holds the ticket.
const (
	NotifyDefault  NotifyTarget = "" // the assignee before the due time, the managers from then on
	NotifyAssignee NotifyTarget = "assignee"
	NotifyManagers NotifyTarget = "managers"
	NotifyBoth     NotifyTarget = "both"
	NotifyNobody   NotifyTarget = "nobody"
)

// at returns the open time from a clock's start to the step.
func (r *EscalationStep) at(target time.Duration) time.Duration {
	share := time.Duration(math.Round(r.Of * float64(target)))
	switch {
	case r.Before > 0:
		return max(target-r.Before, share)
	case r.Of > 0:
		return share
	}
	return target + r.After
}

// unanswered is the step of Policy.EscalateAfter.
const unanswered = "unanswered"

// steps returns the steps of a clock under this policy with their places, in order of time.
func (p *Policy) steps(c *SLAClock) []placedStep {
	if p == nil {
		return nil
	}
	steps := make([]placedStep, 0, len(p.Steps)+1)
	for i := range p.Steps {
		steps = append(steps, placedStep{&p.Steps[i], p.Steps[i].at(c.Target)})
	}
	if p.EscalateAfter > 0 && c.Metric.answers() {
		steps = append(steps, placedStep{&EscalationStep{Name: unanswered, Level: 1, Notify: NotifyManagers}, p.EscalateAfter})
	}
	slices.SortStableFunc(steps, func(a, b placedStep) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.Level, b.Level)) })
	return steps
}

// placedStep is a step of one clock.
type placedStep struct {
	*EscalationStep
	at time.Duration // open time from the start of the clock
}

func (p *Policy) name() string {
	if p == nil {
		return ""
	}
	return p.Name
}

// target returns the target of a metric, or 0 for none.
func (p *Policy) target(m Metric) time.Duration {
	switch {
	case p == nil:
		return 0
	case m == FirstResponse:
		return p.FirstResponse
	case m == NextResponse:
		return p.NextResponse
	case m == PeriodicUpdate:
		return p.PeriodicUpdate
	case m == OwnerTime:
		return p.OwnerTime
	}
	return p.Resolution
}

// hours returns the calendar.
func (p *Policy) hours() Calendar {
	if p == nil || p.Calendar == nil {
		return aroundTheClock{}
	}
	return p.Calendar
}

// aroundTheClock is the Calendar that is always open.
type aroundTheClock struct{}

func (aroundTheClock) Deadline(start time.Time, open time.Duration) (time.Time, error) {
	return start.Add(open), nil
}

func (aroundTheClock) Between(a, b time.Time) time.Duration { return max(0, b.Sub(a)) }
