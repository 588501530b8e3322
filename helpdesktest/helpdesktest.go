// Package helpdesktest helps to test code that uses a helpdesk: a desk in memory with a
// clock that stands still until it is moved, a classifier that answers as it is told, and
// a notifier that remembers.
//
//	desk := helpdesktest.New(t, nil, nil)
//	desk.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9})
//	ticket, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
//	desk.Advance(31 * time.Minute) // moves the clock, and does each thing when it becomes due
//	notices := desk.Notices.All()
package helpdesktest

import (
	"context"
	"testing"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// Start is the time on the Clock of a new Desk: a Monday morning, 09:00 UTC.
var Start = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// Desk is a helpdesk.Desk together with the fakes it works with.
type Desk struct {
	*helpdesk.Desk
	Clock      *Clock
	Classifier *Script
	Notices    *Recorder
	Store      helpdesk.Store // that of New, in a wrapper: helpdesk.As finds what else it can do

	t      testing.TB
	agenda *agenda
}

// New returns a Desk on store, or in memory if store is nil. Parts that cfg leaves nil are the
// fakes of this package and the usual priority rules, assigner, SLA policies and similar tickets. A
// cfg with its own Clock, Classifier or Notifier leaves the field of that fake unused.
func New(t testing.TB, store helpdesk.Store, cfg *helpdesk.Config) *Desk {
	t.Helper()
	if store == nil {
		store = memstore.New()
	}
	agenda := agendaOf(store)
	d := &Desk{Clock: NewClock(Start), Classifier: &Script{}, Notices: &Recorder{}, Store: agenda, t: t, agenda: agenda}
	var c helpdesk.Config
	if cfg != nil {
		c = *cfg
	}
	if c.Clock == nil {
		c.Clock = d.Clock
	}
	if c.Classifier == nil {
		c.Classifier = d.Classifier
	}
	if c.Notifier == nil {
		c.Notifier = d.Notices
	}
	if c.Similar == nil {
		c.Similar = similar.New(&similar.Config{Logger: c.Logger})
	}
	if c.PriorityRules == nil {
		c.PriorityRules = classify.PriorityRules()
	}
	if c.Assigner == nil {
		c.Assigner = assign.BySkill(nil)
	}
	if c.SLA == nil {
		c.SLA = sla.Standard()
	}
	desk, err := helpdesk.New(agenda, &c)
	if err != nil {
		t.Fatal(err)
	}
	d.Desk = desk
	return d
}

// Advance lets time pass as a desk sees it that runs all the time. It does everything that is due
// now, stops at each due time on its way, does what is due then, and ends after the duration. The
// due times are those of tasks that were written through Store. A negative duration moves the Clock
// back. A test of a desk that was down for a while calls Clock.Advance and then Drain.
func (d *Desk) Advance(by time.Duration) {
	d.t.Helper()
	end := d.Clock.Now().Add(by)
	if by > 0 {
		d.Drain()
		for {
			next, ok := d.agenda.next(d.Clock.Now(), end)
			if !ok {
				break
			}
			d.Clock.Set(next)
			d.Drain()
		}
	}
	d.Clock.Set(end)
	d.Drain()
}

// Drain does all that is due now, and fails the test when that goes wrong.
func (d *Desk) Drain() {
	d.t.Helper()
	if _, err := d.Tick(context.Background()); err != nil {
		d.t.Fatal(err)
	}
}

// Hire adds agents to the desk's roster, and fails the test when they are refused.
func (d *Desk) Hire(agents ...helpdesk.Agent) {
	d.t.Helper()
	for _, a := range agents {
		if _, err := d.SaveAgent(context.Background(), a); err != nil {
			d.t.Fatal(err)
		}
	}
}
