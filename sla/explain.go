package sla

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/spell"
)

// Explanation says in words and numbers why an SLA clock is due when it is, for an agent who has to
// answer a customer. Its String is all of it as text.
type Explanation struct {
	helpdesk.ClockState

	Hours string        // name and zone of the calendar, or "around the clock"
	Left  time.Duration // of the target; negative when that is passed
	Why   string        // one sentence

	Segments []Segment // from the start of Clock to its end, or to the later of DueAt and At
}

// Segment is a part of an SLA clock's life in which it ran in open hours, ran in closed hours, or
// stood still.
type Segment struct {
	From, To time.Time     // in the zone of the calendar
	Open     time.Duration // counted here; 0 when closed or standing still
	Total    time.Duration // counted from the start of the clock to To
	Why      string        // "Friday", "holiday: Christmas Day", "paused: waiting for the customer"
}

// mostSegments is the most segments of an Explanation; one more holds the rest.
const mostSegments = 1000

// Explain says for each clock of a ticket why it is due when it is: the hours that counted, the
// pauses that did not, and the version of the policy behind it. It changes nothing. The actor of
// the desk must not be a customer.
func Explain(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) ([]Explanation, error) {
	states, err := d.Clocks(ctx, id)
	if err != nil {
		return nil, err
	}
	all := make([]Explanation, len(states))
	for i, s := range states {
		e := Explanation{ClockState: s, Hours: "around the clock", Left: s.Clock.Target - s.Used}
		if named, ok := s.Calendar.(fmt.Stringer); ok {
			e.Hours = named.String()
		}
		e.segments()
		e.Why = e.sentence()
		all[i] = e
	}
	return all, nil
}

// segments adds the segments of the clock's life from its start. The status first is why it did not
// run at once, if it did not.
func (e *Explanation) segments() {
	c := &e.Clock
	first := helpdesk.StatusWaiting
	if c.Metric == helpdesk.FirstResponse || c.Metric == helpdesk.NextResponse || e.Idle {
		first = helpdesk.StatusNew // no reply clock waits for the customer
	}
	at, paused := c.StartedAt, first
	for _, s := range c.Ran {
		e.still(at, s.From, paused)
		e.ran(s.From, s.To)
		at, paused = s.To, s.Until
	}
	switch end := e.At; {
	case c.Running():
		e.still(at, c.RunningSince, paused)
		if c.BreachedAt.IsZero() && c.DueAt.After(end) {
			end = c.DueAt
		}
		e.ran(c.RunningSince, end)
	case !c.Ended():
		e.still(at, end, paused)
	}
}

// still adds a pause.
func (e *Explanation) still(from, to time.Time, until helpdesk.Status) {
	if !from.Before(to) {
		return
	}
	why := "no target"
	switch until {
	case helpdesk.StatusWaiting:
		why = "paused: waiting for the customer"
	case helpdesk.StatusNew:
		why = "paused: needs no action"
	case helpdesk.StatusResolved:
		why = "paused: resolved"
	}
	if n := len(e.Segments); n > 0 {
		from, to = from.In(e.Segments[n-1].To.Location()), to.In(e.Segments[n-1].To.Location())
	}
	e.count(Segment{From: from, To: to, Why: why})
}

// ran adds the open and closed hours of a run.
func (e *Explanation) ran(from, to time.Time) {
	hours := e.Calendar
	table, ok := hours.(helpdesk.Timetable)
	if !ok {
		e.count(Segment{From: from, To: to, Open: hours.Between(from, to), Why: "counted"})
		return
	}
	for s := range table.Spans(from, to) {
		if len(e.Segments) >= mostSegments {
			e.count(Segment{From: s.From, To: to.In(s.From.Location()), Open: hours.Between(s.From, to), Why: "and so on"})
			return
		}
		step := Segment{From: s.From, To: s.To, Why: s.Why}
		if s.Open {
			step.Open = s.To.Sub(s.From)
		}
		e.count(step)
	}
}

// count adds a segment, with the open time up to its end.
func (e *Explanation) count(s Segment) {
	s.Total = s.Open
	if n := len(e.Segments); n > 0 {
		s.Total += e.Segments[n-1].Total
	}
	if s.From.Before(s.To) {
		e.Segments = append(e.Segments, s)
	}
}

// sentence states the clock's situation in one sentence.
func (e *Explanation) sentence() string {
	c := &e.Clock
	used := fmt.Sprintf("%s of %s", spell.Duration(e.Used), spell.Duration(c.Target))
	due := c.DueAt
	if !c.BreachedAt.IsZero() {
		due = c.BreachedAt
	}
	var s string
	switch {
	case !c.CancelledAt.IsZero():
		s = fmt.Sprintf("Cancelled %s, with %s used up.", e.when(c.CancelledAt), used)
	case !c.MetAt.IsZero() && c.BreachedAt.IsZero():
		s = fmt.Sprintf("Met %s, with %s used up.", e.when(c.MetAt), used)
	case !c.MetAt.IsZero():
		s = fmt.Sprintf("Met late %s, with %s used up: it was due %s.", e.when(c.MetAt), used, e.when(due))
	case c.Cause == "retarget":
		s = fmt.Sprintf("Breached %s: the target became shorter than the time used up by then.", e.when(due))
	case !c.BreachedAt.IsZero():
		s = fmt.Sprintf("Breached: %s were used up %s.", spell.Duration(c.Target), e.when(due))
	case !c.Running():
		s = fmt.Sprintf("Paused with %s used up: it goes on with the %s that are left.", used, spell.Duration(e.Left))
	case c.DueAt.IsZero():
		s = fmt.Sprintf("Without a due time: the calendar has no open hours for the %s that are left.", spell.Duration(e.Left))
	default:
		s = fmt.Sprintf("Due %s: %s are used up, and then so are the %s that are left.", e.when(due), used, spell.Duration(e.Left))
	}
	if c.Cause == "merge" {
		s += " A ticket was merged into this one whose customer has waited longer."
	}
	if !c.VoidedAt.IsZero() {
		s += fmt.Sprintf(" The breach was declared void %s.", e.when(c.VoidedAt))
	}
	return s
}

// when writes an instant in the zone of the calendar.
func (e *Explanation) when(t time.Time) string {
	if len(e.Segments) > 0 {
		t = t.In(e.Segments[0].From.Location())
	}
	return wall(t) + t.Format(" MST")
}

// wall writes a time to the second, as people read it.
func wall(t time.Time) string {
	if t = t.Round(time.Second); t.Second() != 0 {
		return t.Format("Mon 2 Jan 2006 15:04:05")
	}
	return t.Format("Mon 2 Jan 2006 15:04")
}

// String returns the explanation as a paragraph and a table of segments and steps.
func (e Explanation) String() string {
	var b strings.Builder
	c := &e.Clock
	fmt.Fprintf(&b, "%s, target %s (policy %s", c.Metric.Words(), spell.Duration(c.Target), c.Policy)
	if c.Version > 0 {
		fmt.Fprintf(&b, ", version %d saved by %s %s", c.Version, cmp.Or(e.SavedBy.Name, e.SavedBy.String()), e.when(e.SavedAt))
	}
	fmt.Fprintf(&b, "; hours: %s).\n%s\n", e.Hours, e.Why)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, s := range e.Segments {
		open := "-"
		if s.Open > 0 {
			open = spell.Duration(s.Open)
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t= %s\t%s\n", wall(s.From), wall(s.To), open, spell.Duration(s.Total), s.Why)
	}
	for _, r := range e.Steps {
		switch {
		case r.Fired:
			fmt.Fprintf(w, "  %s\tdone\n", r.Name)
		case !r.At.IsZero():
			fmt.Fprintf(w, "  %s\t%s\n", r.Name, e.when(r.At))
		}
	}
	_ = w.Flush() // into memory
	return b.String()
}
