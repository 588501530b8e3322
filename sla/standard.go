package sla

import (
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Standard returns the usual policies, around the clock, each with the DefaultSteps:
//
//	            first response   resolution
//	urgent          30 minutes      4 hours
//	high                1 hour      8 hours
//	medium             4 hours       1 day
//	low                8 hours      2 days
func Standard() *Policies {
	policy := func(p helpdesk.Priority, first, resolution time.Duration) Policy {
		return Policy{
			Name: p.String(), For: Match{Priority: []helpdesk.Priority{p}},
			FirstResponse: first * time.Minute, Resolution: resolution * time.Minute,
		}
	}
	policies, err := New(Document{Policies: []Policy{
		policy(helpdesk.Urgent, 30, 240),
		policy(helpdesk.High, 60, 480),
		policy(helpdesk.Medium, 240, 1440),
		policy(helpdesk.Low, 480, 2880),
	}})
	if err != nil {
		panic(err) // constants: a test would fail
	}
	return policies
}

// DefaultSteps returns the usual escalation steps. The assignee is warned 30 minutes before a due
// time, but not before half of the target is used (level 1). Once the time has passed, the ticket
// is escalated to the managers (level 2).
func DefaultSteps() []helpdesk.EscalationStep {
	return []helpdesk.EscalationStep{
		{Name: "at_risk", Before: 30 * time.Minute, Of: 0.5, Level: 1},
		{Name: "breached", Level: 2},
	}
}
