package helpdesk

import (
	"context"
	"fmt"
	"time"
)

// One command treats the clocks of its ticket in this order: settle what is overdue
// (before the command changes anything), fulfil, pause or resume, retarget, start.

// tick is the least step of time. A promise kept exactly at its due time is kept, so
// a breach can be seen one tick later.
const tick = time.Microsecond

// settle notes breaches and fires the rungs that are due by now.
func (x *draft) settle(ctx context.Context) error {
	if !x.t.Status.Open() || len(x.t.Clocks) == 0 {
		return nil
	}
	if err := x.promise(ctx); err != nil {
		return err
	}
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if !c.Running() {
			continue
		}
		if c.overdue(x.now) {
			x.breach(c, c.DueAt, "")
		}
		if err := x.climb(c); err != nil {
			return err
		}
	}
	return nil
}

// breach records that a promise was broken.
func (x *draft) breach(c *SLAClock, at time.Time, cause string) {
	c.BreachedAt, c.DetectedAt, c.Cause = at, x.now, cause
	x.clockEvent(EventSLABreached, c, "")
}

// climb fires the last rung that is due on a running clock, and marks those below it.
func (x *draft) climb(c *SLAClock) error {
	var last *Rung
	for _, r := range x.ladder() {
		if c.fired(r.Name) {
			continue
		}
		at, err := x.rungAt(c, &r)
		if err != nil {
			return err
		}
		if at.After(x.now) {
			continue
		}
		c.Fired = append(c.Fired, r.Name)
		last = &r
	}
	if last == nil {
		return nil
	}
	return x.fire(c, last)
}

// fire does what a rung asks: before the due time it warns, after it it escalates.
func (x *draft) fire(c *SLAClock, r *Rung) error {
	n := notice{Key: fmt.Sprintf("%s/%s/%d/%s", x.t.ID, c.Metric, c.Instance, r.Name)}
	if r.Before > 0 {
		left := x.calendar().Between(x.now, c.DueAt)
		minutes := int((left + time.Minute - 1) / time.Minute)
		x.raise(r.Level, "SLA at risk: "+string(c.Metric))
		x.clockEvent(EventSLAAtRisk, c, r.Name)
		x.message(SystemNote, Actor{}, fmt.Sprintf("SLA at risk. %d minutes remaining.", minutes))
		n.Kind, n.Urgent, n.Audience = NoticeAtRisk, true, toAssignee
		n.Text = fmt.Sprintf("%s is due in %d minutes: %s.", c.Metric.words(), minutes, c.DueAt.Format(time.RFC3339))
		x.notify(n)
		return nil
	}
	x.raise(r.Level, "SLA breached: "+string(c.Metric))
	x.message(SystemNote, Actor{}, "SLA BREACHED. Auto-escalated to management.")
	n.Kind, n.Urgent, n.Audience = NoticeBreached, true, toManagers
	n.Text = fmt.Sprintf("%s was due at %s.", c.Metric.words(), c.BreachedAt.Format(time.RFC3339))
	x.notify(n)
	return x.move(StatusEscalated)
}

// words names the metric in a sentence.
func (m Metric) words() string {
	switch m {
	case FirstResponse:
		return "The first response"
	case NextResponse:
		return "The next response"
	}
	return "The resolution"
}

// clocks brings the clocks in line with what the command did to the ticket.
func (x *draft) clocks(ctx context.Context) error {
	if err := x.promise(ctx); err != nil {
		return err
	}
	x.fulfil()
	if err := x.pauseOrResume(); err != nil {
		return err
	}
	if err := x.retarget(); err != nil {
		return err
	}
	if err := x.start(); err != nil {
		return err
	}
	return x.schedule()
}

// fulfil ends the clocks whose promise the command kept, in time or late.
func (x *draft) fulfil() {
	done := !x.t.Status.Open() && !x.t.ResolvedAt.IsZero()
	lapsed := !x.t.Status.Open() && !done
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		switch {
		case c.Ended():
		case lapsed:
			x.hold(c)
			c.CancelledAt = x.now
		case done || (x.replied && c.Metric != Resolution):
			x.clockEvent(EventSLAMet, c, "")
			due := c.DueAt
			x.hold(c)
			c.MetAt, c.DueAt = x.now, due // for those who look back
		}
	}
}

// pauseOrResume stops the resolution clock while the customer has to answer. A
// reopened ticket's clock goes on where it was when resolved.
func (x *draft) pauseOrResume() error {
	if !x.t.Status.Open() {
		return nil
	}
	reopened := x.before != nil && !x.before.Status.Open()
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if c.Metric != Resolution || !c.CancelledAt.IsZero() {
			continue
		}
		if reopened {
			c.MetAt = time.Time{}
		}
		if c.Ended() {
			continue
		}
		waits := x.t.Status == StatusWaiting
		switch {
		case waits && c.Running():
			x.hold(c)
		case !waits && !c.Running():
			if err := x.run(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// retarget moves unfinished clocks to the policy in force. What was consumed stays
// consumed; a target that is used up already is a breach now.
func (x *draft) retarget() error {
	if x.before == nil || !x.t.Status.Open() {
		return nil
	}
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		target := x.policy.target(c.Metric)
		if c.Ended() || !c.BreachedAt.IsZero() || c.Policy == x.policy.name() {
			continue
		}
		running := c.Running()
		x.hold(c)
		old := c.Policy
		c.Policy, c.Target = x.policy.name(), target
		if target == 0 {
			c.CancelledAt = x.now
			continue
		}
		x.event(EventSLATarget, old, c.Policy, clockData(c, ""))
		if !running {
			continue
		}
		if err := x.run(c); err != nil {
			return err
		}
		if c.Consumed >= c.Target {
			x.breach(c, x.now, "retarget")
		}
		if err := x.climb(c); err != nil {
			return err
		}
	}
	return nil
}

// start begins the clocks that the policy asks for and that are not there yet.
func (x *draft) start() error {
	if !x.t.Status.Open() {
		return nil
	}
	count := map[Metric]int{}
	answered := true // no next_response clock waits for an answer
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		count[c.Metric]++
		if c.Metric == NextResponse && !c.Ended() {
			answered = false
		}
	}
	for _, m := range Metrics {
		target := x.policy.target(m)
		switch {
		case target == 0:
			continue
		case m == NextResponse:
			if !x.asked || !answered || x.t.FirstReplyAt.IsZero() {
				continue
			}
		case count[m] > 0, m == FirstResponse && !x.t.FirstReplyAt.IsZero():
			continue
		}
		c := SLAClock{Metric: m, Instance: count[m] + 1, Policy: x.policy.Name, Target: target, StartedAt: x.now}
		if m != Resolution || x.t.Status != StatusWaiting {
			if err := x.run(&c); err != nil {
				return err
			}
		}
		x.t.Clocks = append(x.t.Clocks, c)
	}
	return nil
}

// schedule keeps the ticket's one deadline task at its earliest next rung.
func (x *draft) schedule() error {
	if x.before != nil && len(x.c.Done) == 0 && sameClocks(x.before.Clocks, x.t.Clocks) {
		return nil
	}
	next, err := x.next()
	if err != nil {
		return err
	}
	if next.IsZero() && (x.before == nil || len(x.before.Clocks) == 0) {
		return nil // there was none to remove
	}
	if len(x.c.Done) > 0 && !next.IsZero() && !next.After(x.now) {
		next = x.now.Add(time.Minute) // a policy that is another at each call must not keep Tick busy for ever
	}
	x.task(TaskDeadline, string(x.t.ID), x.t.ID, next)
	return nil
}

// next returns when a running clock next needs attention, or zero.
func (x *draft) next() (time.Time, error) {
	var next time.Time
	if !x.t.Status.Open() {
		return next, nil
	}
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if !c.Running() {
			continue
		}
		if c.BreachedAt.IsZero() {
			next = earliest(next, c.DueAt.Add(tick))
		}
		for _, r := range x.ladder() {
			if c.fired(r.Name) {
				continue
			}
			at, err := x.rungAt(c, &r)
			if err != nil {
				return next, err
			}
			next = earliest(next, at)
		}
	}
	return next, nil
}

// hold stops the clock and keeps what it consumed.
func (x *draft) hold(c *SLAClock) {
	if !c.Running() {
		return
	}
	c.Consumed += x.calendar().Between(c.RunningSince, x.now)
	c.RunningSince, c.DueAt = time.Time{}, time.Time{}
}

// run lets the clock go on from now with what is left of its target.
func (x *draft) run(c *SLAClock) (err error) {
	c.RunningSince = x.now
	c.DueAt, err = x.deadline(x.now, c.Target-c.Consumed)
	if !c.BreachedAt.IsZero() {
		c.DueAt = c.BreachedAt
	}
	return err
}

// rungAt returns when a rung of a running clock is due.
func (x *draft) rungAt(c *SLAClock, r *Rung) (time.Time, error) {
	switch {
	case r.Before == 0 && !c.BreachedAt.IsZero():
		return c.BreachedAt, nil
	case r.Before == 0:
		return c.DueAt.Add(tick), nil
	}
	return x.deadline(c.RunningSince, c.Target-c.Consumed-r.Before)
}

// deadline is Calendar.Deadline for any amount: nothing left to consume is over at once.
func (x *draft) deadline(start time.Time, open time.Duration) (time.Time, error) {
	if open <= 0 {
		return start, nil
	}
	at, err := x.calendar().Deadline(start, open)
	if err != nil {
		return at, fmt.Errorf("policy %s: %w", x.policy.name(), err)
	}
	return Instant(at), nil
}

// promise asks for the policy of the ticket as it stands.
func (x *draft) promise(ctx context.Context) (err error) {
	if x.cfg.SLA != nil {
		x.policy, err = x.cfg.SLA.Policy(ctx, x.t)
	}
	return err
}

func (x *draft) ladder() []Rung {
	if x.policy == nil {
		return nil
	}
	return x.policy.Ladder
}

func (x *draft) calendar() Calendar {
	if x.policy == nil || x.policy.Calendar == nil {
		return aroundTheClock{}
	}
	return x.policy.Calendar
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

func (x *draft) clockEvent(kind EventType, c *SLAClock, rung string) {
	x.event(kind, string(c.Metric), "", clockData(c, rung))
}

func clockData(c *SLAClock, rung string) ClockData {
	return ClockData{Instance: c.Instance, Policy: c.Policy, Rung: rung, Target: c.Target, DueAt: c.DueAt, Cause: c.Cause}
}

// aroundTheClock is the Calendar that is always open.
type aroundTheClock struct{}

func (aroundTheClock) Deadline(start time.Time, open time.Duration) (time.Time, error) {
	return start.Add(open), nil
}

func (aroundTheClock) Between(a, b time.Time) time.Duration { return max(0, b.Sub(a)) }
