package webui

import (
	"cmp"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/sla"
)

// clockWords says in words how an SLA clock stands.
type clockWords struct {
	sla.Explanation
	Due dueness
	Why string
	ID  string // tells the clocks of a ticket apart
}

// clockWords says why a clock stands as it does, like [sla.Explanation.Why], in the viewer's
// language and zone.
func (v *visit) clockWords(e sla.Explanation) clockWords {
	c := &e.Clock
	used, target, left := v.span(e.Used), v.span(c.Target), v.span(e.Left)
	due := c.DueAt
	if !c.BreachedAt.IsZero() {
		due = c.BreachedAt
	}
	var s string
	switch {
	case !c.CancelledAt.IsZero():
		s = v.T("why.void", v.Time(c.CancelledAt), used, target)
	case !c.MetAt.IsZero() && c.BreachedAt.IsZero():
		s = v.T("why.met", v.Time(c.MetAt), used, target)
	case !c.MetAt.IsZero():
		s = v.T("why.late", v.Time(c.MetAt), used, target, v.Time(due))
	case c.Cause == "retarget":
		s = v.T("why.shorter", v.Time(due))
	case !c.BreachedAt.IsZero():
		s = v.T("why.broken", target, v.Time(due))
	case !c.Running():
		s = v.T("why.paused", used, target, left)
	case c.DueAt.IsZero():
		s = v.T("why.closed", left)
	default:
		s = v.T("why.runs", v.Time(due), used, target, left)
	}
	if c.Cause == "merge" {
		s += " " + v.T("why.merged")
	}
	if !c.VoidedAt.IsZero() {
		s += " " + v.T("why.voided", v.Time(c.VoidedAt))
	}
	return clockWords{e, v.Clock(*c), s, fmt.Sprintf("%s-%d", c.Metric, c.Instance)}
}

// step is one time that a ticket was given out, in words.
type step struct {
	At   time.Time
	Text string
}

// steps tells why a ticket is with the agent it is with.
func (v *visit) steps(story *assign.Story, names map[string]string) []step {
	called := func(id helpdesk.AgentID) string { return cmp.Or(names[string(id)], string(id)) }
	var list []step
	for _, s := range story.Steps {
		text := v.said("reason", s.Why)
		switch {
		case s.Type == helpdesk.EventAssigned && s.Manual && s.By.ID == string(s.To):
			text = v.T("step.took", called(s.To))
		case s.Type == helpdesk.EventAssigned && s.Manual:
			text = v.T("step.manual", cmp.Or(s.By.Name, names[s.By.ID], v.Person(s.By)), called(s.To))
		case s.Type == helpdesk.EventAssigned:
			text = v.T("step.assigned", called(s.To), s.Eligible)
		case s.Type == helpdesk.EventUnassigned:
			text = v.T("step.unassigned", called(s.From), text)
		}
		list = append(list, step{s.At, text})
	}
	return list
}
