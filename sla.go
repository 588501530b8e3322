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

// SLA knows which promise is made for a ticket. Package sla has the usual ones.
type SLA interface {
	// Policy returns the policy for a ticket as it stands, or nil for no promise. It is
	// asked when a ticket is opened and when something about it changes. It must not change the ticket.
	Policy(ctx context.Context, t *Ticket) (*Policy, error)
}

// SLAFunc makes an SLA of a function.
type SLAFunc func(ctx context.Context, t *Ticket) (*Policy, error)

// Policy calls f.
func (f SLAFunc) Policy(ctx context.Context, t *Ticket) (*Policy, error) { return f(ctx, t) }

// SLADocument is an SLA that can be written down: admins replace it for their tenant with
// [Desk.SaveSLA], and each clock stays on the version it was started under until
// [Desk.ApplyCurrentSLA]. The one in Config holds for tenants that have saved none.
type SLADocument interface {
	SLA
	// Named returns the policy of that name, or nil.
	Named(name string) *Policy
	// Read returns the book that a saved value describes. What is wrong with it
	// is named by *FieldError values.
	Read(value json.RawMessage) (SLADocument, error)
}

// Policy is one promise: how long each Metric may take, in open time of its Calendar.
type Policy struct {
	Name          string        // unique among the tenant's policies; kept with each clock
	FirstResponse time.Duration // 0 makes no such promise; so the others
	NextResponse  time.Duration
	Resolution    time.Duration

	// EscalateAfter is how long the customer may wait for a first or next response before
	// the level becomes 1 and the managers are told. 0 is never. It needs such a
	// promise, which may be longer or shorter.
	EscalateAfter time.Duration

	Calendar Calendar         // nil is open around the clock
	Steps    []EscalationStep // what to do as a due time comes near and passes, in any order
}

// Calendar says when the desk is open.
type Calendar interface {
	// Deadline returns the earliest t >= start with Between(start, t) >= open. An
	// error says that there is none; the clock then runs without a due time.
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

// Step is one step of a Ladder: what to do when a clock has come to a place before, at or
// after its due time. At most one of Before, Of and After is set; none of them is at the due
// time, that is as soon as it has passed. Each step fires at most once per clock, whatever
// happens to the due time; of several that are past at once only the last fires.
type EscalationStep struct {
	Name string // unique in its steps; kept with the clock once fired

	Before time.Duration // so much open time before the due time
	Of     float64       // when this share of the target is used up: 0.5 is half of it, 1.5 half of it too much
	After  time.Duration // so much open time after the due time

	Level    int          // the ticket's EscalationLevel becomes at least this
	Notify   NotifyTarget // whom
	Raise    Priority     // the ticket's priority becomes at least this; 0 leaves it
	Reassign bool         // the ticket is taken from its agent and offered to the others
}

// Notify says whom a Step tells.
type NotifyTarget string

// Whom a Step can tell. The assignee is the managers when nobody holds the ticket.
const (
	NotifyDefault  NotifyTarget = "" // the assignee before the due time, the managers from then on
	NotifyAssignee NotifyTarget = "assignee"
	NotifyManagers NotifyTarget = "managers"
	NotifyBoth     NotifyTarget = "both"
	NotifyNobody   NotifyTarget = "nobody"
)

// at returns the open time from the start of a clock to the step.
func (r *EscalationStep) at(target time.Duration) time.Duration {
	switch {
	case r.Before > 0:
		return target - r.Before
	case r.Of > 0:
		return time.Duration(math.Round(r.Of * float64(target)))
	}
	return target + r.After
}

// unanswered is the step of Policy.EscalateAfter.
const unanswered = "unanswered"

// steps returns the steps of a clock under this policy with their places, first one first.
func (p *Policy) steps(c *SLAClock) []placedStep {
	if p == nil {
		return nil
	}
	steps := make([]placedStep, 0, len(p.Steps)+1)
	for i := range p.Steps {
		steps = append(steps, placedStep{&p.Steps[i], p.Steps[i].at(c.Target)})
	}
	if p.EscalateAfter > 0 && c.Metric != Resolution {
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

// target returns the promised time, or 0 for no promise.
func (p *Policy) target(m Metric) time.Duration {
	switch {
	case p == nil:
		return 0
	case m == FirstResponse:
		return p.FirstResponse
	case m == NextResponse:
		return p.NextResponse
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
