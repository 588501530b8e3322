package sla

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// Limits of a document. Only a mistake reaches one.
const (
	mostPolicies  = 500
	mostCalendars = 100
	mostSteps     = 20
	longestName   = 100                       // characters
	longestTarget = 10 * 366 * 24 * time.Hour // of any target
	highestLevel  = 9
)

// unanswered is the name that the desk gives to the escalation step of EscalateAfter.
const unanswered = "unanswered"

// documentFaults collects the faults of a document, by field.
type documentFaults struct{ errs []error }

func (f *documentFaults) add(field, format string, args ...any) {
	f.errs = append(f.errs, &helpdesk.FieldError{Field: field, Problem: fmt.Sprintf(format, args...)})
}

// check names every faulty field, and returns the calendars by name.
func (b *Document) check() (map[string]*Calendar, error) {
	var f documentFaults
	if len(b.Calendars) > mostCalendars {
		f.add("calendars", "are more than %d", mostCalendars)
		return nil, errors.Join(f.errs...)
	}
	if len(b.Policies) > mostPolicies {
		f.add("policies", "are more than %d", mostPolicies)
		return nil, errors.Join(f.errs...)
	}
	calendars := map[string]*Calendar{}
	for i, h := range b.Calendars {
		at := fmt.Sprintf("calendars[%d]", i)
		if f.name(at, h.Name); calendars[h.Name] != nil {
			f.add(at+".name", "%q is used twice", h.Name)
		}
		c, err := NewCalendar(h)
		for _, fault := range helpdesk.Fields(err) {
			f.add(at+"."+fault.Field, "%s", fault.Problem)
		}
		if err != nil && len(helpdesk.Fields(err)) == 0 {
			f.add(at, "is wrong: %v", err)
		}
		calendars[h.Name] = c
	}
	names := map[string]bool{}
	for i := range b.Policies {
		p, at := &b.Policies[i], fmt.Sprintf("policies[%d]", i)
		if f.name(at, p.Name); names[p.Name] {
			f.add(at+".name", "%q is used twice", p.Name)
		}
		names[p.Name] = true
		if _, known := calendars[p.Calendar]; !known && p.Calendar != "" {
			f.add(at+".calendar", "%q is no calendar of this book", p.Calendar)
		}
		f.policy(at, p)
	}
	return calendars, errors.Join(f.errs...)
}

func (f *documentFaults) name(at, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		f.add(at+".name", "is empty")
	case utf8.RuneCountInString(name) > longestName:
		f.add(at+".name", "is longer than %d characters", longestName)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }):
		f.add(at+".name", "contains a control character")
	}
}

func (f *documentFaults) duration(at string, d time.Duration) {
	switch {
	case d < 0:
		f.add(at, "is negative")
	case d > longestTarget:
		f.add(at, "is longer than ten years")
	case d%time.Microsecond != 0:
		f.add(at, "is not a whole number of microseconds")
	}
}

// organisationID is an id of an organisation in its canonical form.
var organisationID = regexp.MustCompile(`^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (f *documentFaults) policy(at string, p *Policy) {
	f.duration(at+".first_response", p.FirstResponse)
	f.duration(at+".next_response", p.NextResponse)
	f.duration(at+".resolution", p.Resolution)
	f.duration(at+".periodic_update", p.PeriodicUpdate)
	f.duration(at+".owner_time", p.OwnerTime)
	f.duration(at+".escalate_after", p.EscalateAfter)
	if p.EscalateAfter > 0 && p.FirstResponse == 0 && p.NextResponse == 0 {
		f.add(at+".escalate_after", "needs a first_response or next_response")
	}
	for _, priority := range p.For.Priority {
		if !slices.Contains(helpdesk.Priorities, priority) {
			f.add(at+".for.priority", "%d is none", priority)
		}
	}
	for _, source := range p.For.Source {
		if s, err := helpdesk.ParseSource(string(source)); err != nil || s != source {
			f.add(at+".for.source", "%q is none", source)
		}
	}
	for _, organisation := range p.For.Organisation {
		if !organisationID.MatchString(string(organisation)) {
			f.add(at+".for.organisation", "%q is not an id", organisation)
		}
	}
	if len(p.Steps) > mostSteps {
		f.add(at+".steps", "has more than %d steps", mostSteps)
		return
	}
	names := map[string]bool{}
	for i := range p.Steps {
		r, at := &p.Steps[i], fmt.Sprintf("%s.steps[%d]", at, i)
		if f.name(at, r.Name); names[r.Name] || r.Name == unanswered {
			f.add(at+".name", "%q is used twice, or is the desk's own", r.Name)
		}
		names[r.Name] = true
		f.step(at, r)
	}
}

func (f *documentFaults) step(at string, r *helpdesk.EscalationStep) {
	f.duration(at+".before", r.Before)
	f.duration(at+".after", r.After)
	if math.IsNaN(r.Of) || r.Of < 0 || r.Of > 100 {
		f.add(at+".of", "is not between 0 and 100")
	}
	switch {
	case r.After != 0 && (r.Before != 0 || r.Of != 0):
		f.add(at, "has after beside before or of")
	case r.Before != 0 && r.Of >= 1:
		f.add(at+".of", "is not below 1, beside before")
	}
	if r.Level < 0 || r.Level > highestLevel {
		f.add(at+".level", "is not between 0 and %d", highestLevel)
	}
	if !slices.Contains([]helpdesk.NotifyTarget{
		helpdesk.NotifyDefault, helpdesk.NotifyAssignee, helpdesk.NotifyManagers, helpdesk.NotifyBoth, helpdesk.NotifyNobody,
	}, r.Notify) {
		f.add(at+".notify", "%q is none of assignee, managers, both, nobody", r.Notify)
	}
	if r.Raise != 0 && !slices.Contains(helpdesk.Priorities, r.Raise) {
		f.add(at+".raise", "%d is no priority", r.Raise)
	}
}
