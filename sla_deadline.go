package helpdesk

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// One command treats the clocks of its ticket in this order: settle what is overdue (before the
// command changes anything), fulfil, pause or resume, retarget, start. sla_steps.go has the work of
// a step, sla_terms.go the choice of a clock's policy.

// tick is the least step of time. A clock met exactly at its due time is in time, so a breach can
// be seen one tick later.
const tick = time.Microsecond

// settle notes breaches and fires the steps that are due by now.
func (x *draft) settle(ctx context.Context) error {
	if !x.t.Status.Open() || len(x.t.Clocks) == 0 {
		return nil
	}
	if err := x.consult(ctx); err != nil {
		return err
	}
	if err := x.lift(ctx, time.Time{}); err != nil {
		return err
	}
	x.breachOverdue(x.now)
	return x.climb()
}

// breachOverdue notes the clocks that were overdue at a time.
func (x *draft) breachOverdue(at time.Time) {
	for i := range x.t.Clocks {
		if c := &x.t.Clocks[i]; c.overdue(at) {
			x.breach(c, c.DueAt, "")
		}
	}
}

// breach records that a clock missed its due time.
func (x *draft) breach(c *SLAClock, at time.Time, cause string) {
	c.BreachedAt, c.DetectedAt, c.Cause = at, x.now, cause
	x.clockEvent(EventSLABreached, c, "")
}

// clocks brings the clocks in line with what the command did to the ticket.
func (x *draft) clocks(ctx context.Context) error {
	if x.cfg.SLA == nil && len(x.t.Clocks) == 0 {
		return nil
	}
	if err := x.consult(ctx); err != nil {
		return err
	}
	x.fulfil()
	x.pauseOrResume()
	moved := x.before == nil || x.mayMove() || (x.imported && len(x.t.Clocks) == 0)
	if moved {
		if err := x.retarget(ctx, x.now); err != nil {
			return err
		}
	}
	if moved || x.asked || x.begins() {
		if err := x.start(ctx, x.now, moved); err != nil {
			return err
		}
	}
	if x.before != nil && (moved || x.asked || x.owes) { // steps now in the past fire
		if err := x.lift(ctx, x.now); err != nil {
			return err
		}
		if err := x.climb(); err != nil {
			return err
		}
	}
	x.dropOwners()
	x.schedule()
	return nil
}

// begins reports whether the command may begin a clock without a question of the customer or
// another policy: it sent a reply, brought the ticket back or gave it to an agent.
func (x *draft) begins() bool {
	return x.replied || x.before != nil && (!x.before.Status.Open() && x.t.Status.Open() || !x.before.AssignedAt.Equal(x.t.AssignedAt))
}

// owns reports whether a clock of OwnerTime is about the present assignment.
func (x *draft) owns(c *SLAClock) bool {
	return x.t.Assignee != "" && c.StartedAt.Equal(x.t.AssignedAt)
}

// dropOwners cancels the clocks of assignments that are over.
func (x *draft) dropOwners() {
	for i := range x.t.Clocks {
		if c := &x.t.Clocks[i]; c.Metric == OwnerTime && !c.Ended() && !x.owns(c) {
			x.hold(c, x.now, x.t.Status)
			c.CancelledAt = x.now
		}
	}
}

// fulfil ends the clocks that the command met, in time or late, or cancelled.
func (x *draft) fulfil() {
	x.dropOwners()
	done := !x.t.Status.Open() && !x.t.ResolvedAt.IsZero()
	lapsed := !x.t.Status.Open() && !done
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		switch {
		case c.Ended():
		case lapsed, done && x.wasIdle():
			x.hold(c, x.now, x.t.Status)
			c.CancelledAt = x.now
		case done, x.replied && c.Metric != Resolution && c.Metric != OwnerTime, c.Metric == OwnerTime && !x.t.BegunAt.IsZero():
			x.clockEvent(EventSLAMet, c, "")
			due := c.DueAt
			x.hold(c, x.now, x.t.Status)
			c.MetAt, c.DueAt = x.now, due // the due time stays on record
		}
	}
}

// pauseOrResume stops the clocks that are not about a reply while the customer has to answer, and
// all clocks while the ticket needs no action. A reopened ticket's clock goes on where it was when
// resolved.
func (x *draft) pauseOrResume() {
	if !x.t.Status.Open() {
		return
	}
	reopened := x.before != nil && !x.before.Status.Open()
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		idle := x.t.idle()
		if c.Metric.answers() && !idle && !x.wasIdle() || !c.CancelledAt.IsZero() {
			continue
		}
		if reopened && c.Metric == Resolution {
			c.MetAt = time.Time{}
		}
		waits := idle || x.t.Status == StatusWaiting && !c.Metric.answers()
		switch {
		case c.Ended():
		case waits && c.Running():
			x.hold(c, x.now, x.t.Status)
		case !waits && !c.Running():
			x.run(c, x.now)
		}
	}
}

// revive lets the clocks go on that the closing of an unresolved ticket cancelled. The time between
// does not count.
func (x *draft) revive(ctx context.Context) error {
	if x.t.Status != StatusClosed || len(x.t.Clocks) == 0 {
		return nil
	}
	if err := x.consult(ctx); err != nil {
		return err
	}
	for i := range x.t.Clocks {
		if c := &x.t.Clocks[i]; c.CancelledAt.Equal(x.t.ClosedAt) && c.MetAt.IsZero() {
			c.CancelledAt = time.Time{}
			x.run(c, x.now)
		}
	}
	return nil
}

// retarget moves unfinished clocks to the policy in force.
func (x *draft) retarget(ctx context.Context, at time.Time) error {
	if !x.t.Status.Open() {
		return nil
	}
	if err := x.pick(ctx, at); err != nil {
		return err
	}
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		stays, err := x.stays(ctx, c)
		if err != nil {
			return err
		}
		if !stays {
			x.moveTo(c, x.policy, x.version, at)
		}
	}
	return nil
}

// moveTo puts a clock under another policy as of a time. It never starts again: the time it has run
// is counted anew by the new calendar, and a target that is used up already is a breach then.
func (x *draft) moveTo(c *SLAClock, p *Policy, version int64, at time.Time) {
	old, target := c.Policy, p.target(c.Metric)
	lapsed := !c.CancelledAt.IsZero()
	if target == 0 && !lapsed {
		x.hold(c, at, "")
		c.CancelledAt = at
	}
	c.Policy, c.Version, c.Target = p.name(), version, target
	x.terms[c.under()] = p
	x.event(EventSLATarget, old, c.Policy, clockData(c, ""))
	if target == 0 {
		return
	}
	c.Consumed = 0
	for _, s := range c.Ran {
		c.Consumed += p.hours().Between(s.From, s.To)
	}
	waits := !c.Metric.answers() && x.t.Status == StatusWaiting
	switch c.CancelledAt = (time.Time{}); {
	case c.Running():
		c.DueAt = x.deadline(p, c.RunningSince, c.Target-c.Consumed)
	case lapsed && !waits:
		x.run(c, at)
	}
	if x.used(c, at) >= c.Target {
		if c.Running() {
			c.DueAt = at
		}
		x.breach(c, at, "retarget")
	}
}

// start begins the missing clocks of the policy in force: that of a customer's question, those of
// the next update and of a new assignment, and when the policy moved, the others.
func (x *draft) start(ctx context.Context, at time.Time, moved bool) error {
	if !x.t.Status.Open() {
		return nil
	}
	if err := x.pick(ctx, at); err != nil {
		return err
	}
	count, running := map[Metric]int{}, map[Metric]bool{}
	unanswered := x.t.FirstReplyAt.IsZero() // the customer still waits for a response
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		count[c.Metric]++
		running[c.Metric] = running[c.Metric] || !c.Ended()
		switch {
		case c.Metric == FirstResponse && c.Ended():
			unanswered = false
		case c.Metric == NextResponse && !c.Ended():
			unanswered = true
		}
	}
	for _, m := range Metrics {
		target, since := x.policy.target(m), at
		if x.before == nil && !x.imported {
			since = x.t.CreatedAt
		}
		switch {
		case target == 0:
			continue
		case m == NextResponse:
			if !x.asked || unanswered {
				continue
			}
			since = earliest(x.since, at)
		case m == PeriodicUpdate:
			if running[m] {
				continue
			}
		case m == OwnerTime:
			if running[m] || x.t.Assignee == "" || !x.t.BegunAt.IsZero() {
				continue
			}
			since = x.t.AssignedAt
		case count[m] > 0, !moved:
			continue
		case m == FirstResponse:
			if !x.t.FirstReplyAt.IsZero() {
				continue
			}
			if !x.imported {
				since = x.t.CreatedAt
			}
		}
		c := SLAClock{Metric: m, Instance: count[m] + 1, Policy: x.policy.Name, Version: x.version, Target: target, StartedAt: since}
		x.terms[c.under()] = x.policy
		if m.answers() || x.t.Status != StatusWaiting {
			c.RunningSince = since
			c.DueAt = x.deadline(x.policy, since, target)
		}
		if c.overdue(at) { // the policy, or the merged ticket, came too late
			cause := "merge"
			if x.before == nil { // split from a ticket on which the customer waits
				cause = ""
			} else if m == FirstResponse || m == OwnerTime {
				cause, c.DueAt = "retarget", at
			}
			x.breach(&c, c.DueAt, cause)
		}
		x.t.Clocks = append(x.t.Clocks, c)
	}
	return nil
}

// owed returns the time since which the customer waits for a reply, or zero.
func (x *draft) owed() time.Time {
	var since time.Time
	for i := range x.t.Clocks {
		if c := &x.t.Clocks[i]; c.Metric.answers() && !c.Ended() {
			since = earliest(since, c.StartedAt)
		}
	}
	return since
}

// owe moves a wait of the customer to this ticket: its open reply clock starts no later than since,
// and if it has none, it gets one.
func (x *draft) owe(since time.Time) {
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if !c.Metric.answers() || c.Ended() {
			continue
		}
		if since.Before(c.StartedAt) && c.BreachedAt.IsZero() {
			x.owes = true
			c.StartedAt, c.RunningSince = since, since // a reply clock never pauses
			c.DueAt = x.deadline(x.terms[c.under()], since, c.Target)
			if c.overdue(x.now) {
				x.breach(c, c.DueAt, "merge")
			}
		}
		return
	}
	x.asked, x.since = true, since
}

// schedule keeps the ticket's one deadline task at its clocks' next due time or step.
func (x *draft) schedule() {
	swept := len(x.c.Done) > 0 && x.c.Done[0].Kind == taskDeadline
	if x.before != nil && !swept && sameClocks(x.before.Clocks, x.t.Clocks) {
		return
	}
	next := x.next()
	if next.IsZero() && (x.before == nil || len(x.before.Clocks) == 0) {
		return // there was none to remove
	}
	if swept && !next.IsZero() && !next.After(x.now) {
		next = x.now.Add(time.Minute) // a policy that changes at each call must not keep Tick busy
	}
	x.task(taskDeadline, string(x.t.ID), x.t.ID, next)
}

// next returns the time of the next breach or step of a clock, or zero.
func (x *draft) next() time.Time {
	var next time.Time
	if !x.t.Status.Open() {
		return next
	}
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if !c.watched() {
			continue
		}
		if c.BreachedAt.IsZero() && !c.DueAt.IsZero() {
			next = earliest(next, c.DueAt.Add(tick))
		}
		p := x.terms[c.under()]
		for _, r := range p.steps(c) {
			if !c.fired(r.Name) { // the first of them is the earliest
				next = earliest(next, x.stepDue(c, p, r))
				break
			}
		}
	}
	return next
}

// hold stops the clock and keeps the time it has consumed.
func (x *draft) hold(c *SLAClock, at time.Time, until Status) {
	if !c.Running() {
		return
	}
	c.Consumed = x.used(c, at)
	if at.After(c.RunningSince) {
		c.Ran = append(c.Ran, RunPeriod{From: c.RunningSince, To: at, Until: until})
	}
	c.RunningSince, c.DueAt = time.Time{}, time.Time{}
}

// run lets the clock go on with the rest of its target.
func (x *draft) run(c *SLAClock, at time.Time) {
	c.RunningSince = at
	c.DueAt = c.BreachedAt
	if c.BreachedAt.IsZero() {
		c.DueAt = x.deadline(x.terms[c.under()], at, c.Target-c.Consumed)
	}
}

// used returns the open time that had run at a time.
func (x *draft) used(c *SLAClock, at time.Time) time.Duration {
	if !c.Running() {
		return c.Consumed
	}
	return c.Consumed + x.terms[c.under()].hours().Between(c.RunningSince, at)
}

// deadline is Calendar.Deadline for any amount: nothing left to consume is over at once. It is zero
// where the calendar knows no time: the ticket must not fail for it.
func (x *draft) deadline(p *Policy, start time.Time, open time.Duration) time.Time {
	if open <= 0 {
		return start
	}
	at, err := p.hours().Deadline(start, open)
	if err != nil {
		x.cfg.Logger.Error("helpdesk: no due time", "tenant", x.tenant, "ticket", x.t.ID, "policy", p.name(), "error", err)
		return time.Time{}
	}
	return instant.Of(at)
}

func (x *draft) clockEvent(kind EventType, c *SLAClock, step string) {
	x.event(kind, string(c.Metric), "", clockData(c, step))
}

func clockData(c *SLAClock, step string) ClockData {
	return ClockData{
		Instance: c.Instance, Policy: c.Policy, Version: c.Version, Step: step, Target: c.Target, DueAt: c.DueAt, Cause: c.Cause,
	}
}
