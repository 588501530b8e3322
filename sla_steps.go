package helpdesk

import (
	"context"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
	"github.com/helpdesk-go/helpdesk/internal/spell"
)

// lift raises the priority for each step that has passed and says so, in order of time, each as of
// its time or of notBefore. A raised priority may bring another policy, under which other steps
// have passed. So no due time depends on how late this is noticed.
func (x *draft) lift(ctx context.Context, notBefore time.Time) error {
	for {
		at, to := x.nextLift()
		if to == 0 {
			return nil
		}
		if at.Before(notBefore) {
			at = notBefore // its policy did not hold before
		}
		notBefore = at
		x.breachOverdue(at)
		x.raisePriority(to)
		if err := x.retarget(ctx, at); err != nil {
			return err
		}
		if err := x.start(ctx, at, true); err != nil {
			return err
		}
	}
}

// nextLift returns the first passed step that would raise the priority, if any.
func (x *draft) nextLift() (first time.Time, to Priority) {
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if !c.VoidedAt.IsZero() || c.Ended() {
			continue
		}
		p := x.terms[c.under()]
		for _, r := range p.steps(c) {
			if r.Raise <= x.t.Priority || c.fired(r.Name) {
				continue
			}
			at := x.stepDue(c, p, r)
			if !at.IsZero() && !at.After(x.now) && (to == 0 || at.Before(first)) {
				first, to = at, r.Raise
			}
		}
	}
	return first, to
}

// climb fires the last step that is due on each clock, and marks the steps before it as fired.
func (x *draft) climb() error {
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if !c.VoidedAt.IsZero() || c.Ended() {
			continue
		}
		p := x.terms[c.under()]
		var last *placedStep
		for _, r := range p.steps(c) {
			if c.fired(r.Name) {
				continue
			}
			if at := x.stepDue(c, p, r); at.IsZero() || at.After(x.now) {
				break // the others come later
			}
			c.Fired = append(c.Fired, r.Name)
			last = &r
		}
		if last == nil {
			continue
		}
		if err := x.fire(c, last); err != nil {
			return err
		}
	}
	return nil
}

// stepDue returns a step's time, or zero when the clock does not reach it as it stands.
func (x *draft) stepDue(c *SLAClock, p *Policy, r placedStep) time.Time {
	switch {
	case !c.BreachedAt.IsZero() && r.at <= c.Target:
		return c.BreachedAt
	case r.at == c.Target && c.DueAt.IsZero():
		return time.Time{}
	case r.at == c.Target:
		return c.DueAt.Add(tick)
	case !c.Running():
		return time.Time{}
	}
	return x.deadline(p, c.RunningSince, r.at-c.Consumed)
}

// fire carries out a step: before the due time it warns, from then on it escalates.
func (x *draft) fire(c *SLAClock, r *placedStep) error {
	why := EscalationData{Metric: c.Metric, Instance: c.Instance, Step: r.Name}
	n := notice{Key: fmt.Sprintf("%s/%s/%d/%s", x.t.ID, c.Metric, c.Instance, r.Name), Urgent: true}
	early := r.at < c.Target && c.BreachedAt.IsZero()
	switch {
	case r.Name == unanswered:
		why.Reason = "no reply"
		x.escalated(r.Level, why)
		x.message(SystemNote, Actor{}, fmt.Sprintf("No reply for %s. Escalated to management.", spell.Duration(r.at)))
		waited := spell.Duration(r.at)
		if x.now.Sub(c.StartedAt) > x.used(c, x.now) {
			waited += " of open time"
		}
		n.Kind, n.Text = NoticeUnanswered, fmt.Sprintf("The customer has been waiting for a reply for %s.", waited)
	case early:
		why.Reason = "SLA at risk: " + string(c.Metric)
		if r.Level > x.t.EscalationLevel {
			x.escalated(r.Level, why)
		}
		n.Kind = NoticeAtRisk
		x.clockEvent(EventSLAAtRisk, c, r.Name)
		x.atRisk(c, &n)
	default:
		why.Reason = "SLA breached: " + string(c.Metric)
		x.escalated(r.Level, why)
		n.Kind, n.Text = NoticeBreached, fmt.Sprintf("%s was due %s.", c.Metric.Words(), n.say(x.terms[c.under()].hours(), c.BreachedAt, x.now))
		text := "SLA BREACHED. Auto-escalated to management."
		if r.at > c.Target {
			text = fmt.Sprintf("SLA BREACHED. %s after it was due, escalated again.", spell.Duration(r.at-c.Target))
		}
		x.message(SystemNote, Actor{}, text)
	}
	// A ticket that waits for the customer goes on waiting: else its resolution clock would depend
	// on the time of the sweep.
	waits := x.t.Status == StatusWaiting
	moves := r.Reassign && !waits && x.t.Assignee != "" && x.cfg.Assigner != nil
	if moves {
		n.Agent, n.Text = x.t.Assignee, n.Text+" It is offered to others."
	}
	x.tell(n, r.Notify, early)
	if moves {
		x.decline(x.t.Assignee)
		if err := x.takeBack("its SLA: " + r.Name); err != nil {
			return err
		}
	}
	if early || r.Name == unanswered || waits {
		return nil
	}
	return x.move(StatusEscalated)
}

// atRisk adds the time left to the ticket and the notice. While the desk is closed the notice waits
// until it opens.
func (x *draft) atRisk(c *SLAClock, n *notice) {
	if c.DueAt.IsZero() {
		x.message(SystemNote, Actor{}, "SLA at risk.")
		n.Text = c.Metric.Words() + " is at risk."
		return
	}
	hours := x.terms[c.under()].hours()
	left := hours.Between(x.now, c.DueAt)
	minutes := (left + time.Minute - 1) / time.Minute
	x.message(SystemNote, Actor{}, fmt.Sprintf("SLA at risk. %d minutes remaining.", minutes))
	n.Wait = opening(hours, x.now).Sub(x.now)
	n.Clock = &clockRef{c.Metric, c.Instance}
	unit := "minutes"
	if at := x.now.Add(n.Wait); left < c.DueAt.Sub(at) {
		unit = "open minutes"
	}
	due := n.say(hours, c.DueAt, x.now.Add(n.Wait))
	n.Text = fmt.Sprintf("%s is due %s, %d %s from now.", c.Metric.Words(), due, minutes, unit)
}

// clockRef names a clock of a ticket.
type clockRef struct {
	Metric   Metric `json:"metric"`
	Instance int    `json:"instance"`
}

// opening returns the next time at which a calendar is open, at the earliest now.
func opening(hours Calendar, now time.Time) time.Time {
	at, err := hours.Deadline(now, tick)
	if at = instant.Of(at).Add(-tick); err != nil || at.Before(now) {
		return now
	}
	return at
}

// zoneOf returns the zone of a calendar; UTC if it does not tell.
func zoneOf(hours Calendar, at time.Time) *time.Location {
	if t, ok := hours.(Timetable); ok {
		for s := range t.Spans(at, at.Add(tick)) {
			return s.From.Location()
		}
	}
	return time.UTC
}

// tell sends the notice of a step.
func (x *draft) tell(n notice, whom NotifyTarget, early bool) {
	if whom == NotifyDefault {
		whom = NotifyManagers
		if early {
			whom = NotifyAssignee
		}
	}
	if whom == NotifyAssignee || whom == NotifyBoth {
		if n.Audience = toAssignee; n.Agent != "" {
			n.Audience = toAgent
		}
		x.notify(n)
	}
	if whom == NotifyManagers || whom == NotifyBoth {
		if n.Audience, n.Agent = toManagers, ""; whom == NotifyBoth {
			n.Key += "/managers"
		}
		x.notify(n)
	}
}

// escalated records an escalation, and lifts the level to at least level.
func (x *draft) escalated(level int, why EscalationData) {
	from := x.t.EscalationLevel
	x.t.EscalationLevel = max(from, level)
	x.event(EventEscalated, fmt.Sprint(from), fmt.Sprint(x.t.EscalationLevel), why)
}

// raisePriority lifts the priority and the least priority: no model takes that back.
func (x *draft) raisePriority(p Priority) {
	origin := x.t.PriorityBy
	if origin != ByPerson {
		origin = ByRule
	}
	x.t.MinPriority = max(x.t.MinPriority, p)
	x.setPriority(p, origin)
}
