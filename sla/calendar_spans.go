package sla

import (
	"iter"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// closed is the word of Spans for time outside of all windows.
const closed = "closed"

// Spans yields the open and the closed spans of [a, b) in order and without gaps, in the zone of
// the calendar. It yields none unless a is before b. Why is one of these: the weekday for an open
// span of the week; "special day" or "special day: NAME" for any span of such a date; "holiday" or
// "holiday: NAME" for closed time of one; "closed" for other closed time; "always open".
func (c *Calendar) Spans(a, b time.Time) iter.Seq[helpdesk.Span] {
	a, b = a.Round(0).In(c.zone), b.Round(0).In(c.zone)
	return func(yield func(helpdesk.Span) bool) {
		if !a.Before(b) {
			return
		}
		s := spans{span: helpdesk.Span{From: a, To: a, Why: closed}, yield: yield}
		lo, hi := within(a).In(c.zone), within(b).In(c.zone)
		if s.extend(lo, false, closed) && s.walk(c, lo, hi) && s.extend(b, false, closed) {
			s.yield(s.span)
		}
	}
}

// spans joins adjacent spans of the same description.
type spans struct {
	span  helpdesk.Span // not yielded yet, as it may grow
	yield func(helpdesk.Span) bool
}

// extend describes the time up to an instant. It reports whether the caller wants more.
func (s *spans) extend(to time.Time, open bool, why string) bool {
	if !to.After(s.span.To) {
		return true
	}
	if open != s.span.Open || why != s.span.Why {
		if s.span.From.Before(s.span.To) && !s.yield(s.span) {
			return false
		}
		s.span = helpdesk.Span{From: s.span.To, Open: open, Why: why}
	}
	s.span.To = to
	return true
}

// walk extends the spans from a to b.
func (s *spans) walk(c *Calendar, a, b time.Time) bool {
	if c.hours.AlwaysOn {
		return s.extend(b, true, "always open")
	}
	to := b.Unix()
	if b.Nanosecond() > 0 {
		to++
	}
	at := func(t int64) time.Time {
		if t >= to {
			return b
		}
		return time.Unix(t, 0).In(c.zone)
	}
	for w := c.walk(a.Unix()); w.next(to); w.date++ {
		why := closed
		if e := w.exception(); e != nil {
			why = e.why
		}
		for _, win := range w.windows() {
			opens, closes := w.piece(win)
			if opens >= closes {
				continue
			}
			if !s.extend(at(opens), false, why) || !s.extend(at(closes), true, win.why) {
				return false
			}
		}
		if !s.extend(at(w.begins(w.date+1)), false, why) {
			return false
		}
	}
	return true
}
