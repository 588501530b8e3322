// Package sla has the promises a desk makes: which policy holds for a ticket.
package sla

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Policies is a helpdesk.SLA with one policy per priority. A priority that is missing has
// no promise.
type Policies map[helpdesk.Priority]helpdesk.Policy

// Policy implements helpdesk.SLA.
func (p Policies) Policy(_ context.Context, t *helpdesk.Ticket) (*helpdesk.Policy, error) {
	policy, ok := p[t.Priority]
	if !ok {
		return nil, nil
	}
	return &policy, nil
}

// Standard returns the usual policies, around the clock, each with the usual Ladder:
//
//	            first response   resolution
//	urgent          30 minutes      4 hours
//	high                1 hour      8 hours
//	medium             4 hours       1 day
//	low                8 hours      2 days
func Standard() Policies {
	minutes := func(name string, first, resolution time.Duration) helpdesk.Policy {
		return helpdesk.Policy{
			Name: name, FirstResponse: first * time.Minute, Resolution: resolution * time.Minute, Ladder: Ladder(),
		}
	}
	return Policies{
		helpdesk.Urgent: minutes("urgent", 30, 240),
		helpdesk.High:   minutes("high", 60, 480),
		helpdesk.Medium: minutes("medium", 240, 1440),
		helpdesk.Low:    minutes("low", 480, 2880),
	}
}

// Ladder returns the usual rungs: the assignee is warned 30 minutes before a due time
// (level 1), and once it has passed the ticket is escalated to the managers (level 2).
func Ladder() []helpdesk.Rung {
	return []helpdesk.Rung{
		{Name: "at_risk", Before: 30 * time.Minute, Level: 1},
		{Name: "breached", Before: 0, Level: 2},
	}
}

// Validate names every priority and field of the policies that is at fault.
func (p Policies) Validate() error {
	var errs []error
	names := map[string]bool{}
	for _, priority := range helpdesk.Priorities {
		policy, ok := p[priority]
		if !ok {
			continue
		}
		if names[policy.Name] {
			errs = append(errs, &helpdesk.FieldError{Field: priority.String() + ".name", Problem: fmt.Sprintf("%q is used twice", policy.Name)})
		}
		names[policy.Name] = true
		errs = append(errs, check(priority.String(), &policy))
	}
	return errors.Join(errs...)
}

// check names every field of one policy at fault.
func check(path string, p *helpdesk.Policy) error {
	var errs []error
	bad := func(field, problem string) {
		errs = append(errs, &helpdesk.FieldError{Field: path + "." + field, Problem: problem})
	}
	if p.Name == "" {
		bad("name", "is empty")
	}
	for _, target := range []struct {
		field string
		d     time.Duration
	}{{"first_response", p.FirstResponse}, {"next_response", p.NextResponse}, {"resolution", p.Resolution}} {
		if target.d < 0 {
			bad(target.field, "is negative")
		}
	}
	rungs := map[string]bool{}
	for i, r := range p.Ladder {
		if r.Name == "" || rungs[r.Name] {
			bad("ladder", fmt.Sprintf("has an empty or repeated name %q", r.Name))
		}
		rungs[r.Name] = true
		if i > 0 && r.Before > p.Ladder[i-1].Before {
			bad("ladder", fmt.Sprintf("rung %q comes before the one above it in time", r.Name))
		}
	}
	return errors.Join(errs...)
}
