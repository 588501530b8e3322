package sla

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Document holds the SLA policies and calendars of a desk, as an admin edits them. It is plain
// data; [New] checks it. In JSON durations are texts such as "4h" or "1h30m".
type Document struct {
	Calendars []Hours  `json:"calendars,omitempty"` // names are unique
	Policies  []Policy `json:"policies"`            // the first that matches a ticket applies
}

// Policy is one SLA of a Document. Its targets are open time of the calendar; 0 means no target.
type Policy struct {
	Name          string
	For           Match
	FirstResponse time.Duration
	NextResponse  time.Duration
	Resolution    time.Duration

	PeriodicUpdate time.Duration // see helpdesk.Policy, as for OwnerTime
	OwnerTime      time.Duration

	EscalateAfter time.Duration             // see helpdesk.Policy
	Calendar      string                    // one in the document; empty means around the clock
	Steps         []helpdesk.EscalationStep // nil means DefaultSteps; empty means no steps
}

func (b Document) clone() Document {
	b.Calendars = slices.Clone(b.Calendars)
	for i := range b.Calendars {
		b.Calendars[i] = b.Calendars[i].clone()
	}
	b.Policies = slices.Clone(b.Policies)
	for i := range b.Policies {
		p := &b.Policies[i]
		p.For, p.Steps = p.For.clone(), slices.Clone(p.Steps)
	}
	return b
}

// policyText and stepText are the JSON forms of Policy and of an escalation step.
type policyText struct {
	Name          string     `json:"name"`
	For           Match      `json:"for,omitzero"`
	FirstResponse duration   `json:"first_response,omitzero"`
	NextResponse  duration   `json:"next_response,omitzero"`
	Resolution    duration   `json:"resolution,omitzero"`
	Periodic      duration   `json:"periodic_update,omitzero"`
	Owner         duration   `json:"owner_time,omitzero"`
	EscalateAfter duration   `json:"escalate_after,omitzero"`
	Calendar      string     `json:"calendar,omitempty"`
	Steps         []stepText `json:"steps,omitzero"`
}

type stepText struct {
	Name     string                `json:"name"`
	Before   duration              `json:"before,omitzero"`
	Of       float64               `json:"of,omitzero"`
	After    duration              `json:"after,omitzero"`
	Level    int                   `json:"level,omitzero"`
	Notify   helpdesk.NotifyTarget `json:"notify,omitempty"`
	Raise    helpdesk.Priority     `json:"raise,omitzero"`
	Reassign bool                  `json:"reassign,omitempty"`
}

// MarshalJSON writes durations as texts.
func (p Policy) MarshalJSON() ([]byte, error) {
	text := policyText{
		Name: p.Name, For: p.For, FirstResponse: duration(p.FirstResponse), NextResponse: duration(p.NextResponse),
		Resolution: duration(p.Resolution), Periodic: duration(p.PeriodicUpdate), Owner: duration(p.OwnerTime), EscalateAfter: duration(p.EscalateAfter), Calendar: p.Calendar,
	}
	if p.Steps != nil {
		text.Steps = make([]stepText, len(p.Steps))
	}
	for i, r := range p.Steps {
		text.Steps[i] = stepText{r.Name, duration(r.Before), r.Of, duration(r.After), r.Level, r.Notify, r.Raise, r.Reassign}
	}
	return json.Marshal(text)
}

// UnmarshalJSON reads what MarshalJSON writes. It refuses unknown fields.
func (p *Policy) UnmarshalJSON(value []byte) error {
	var text policyText
	d := json.NewDecoder(strings.NewReader(string(value)))
	d.DisallowUnknownFields()
	if err := d.Decode(&text); err != nil {
		return err
	}
	*p = Policy{
		Name: text.Name, For: text.For, FirstResponse: time.Duration(text.FirstResponse), NextResponse: time.Duration(text.NextResponse),
		Resolution: time.Duration(text.Resolution), PeriodicUpdate: time.Duration(text.Periodic), OwnerTime: time.Duration(text.Owner), EscalateAfter: time.Duration(text.EscalateAfter), Calendar: text.Calendar,
	}
	if text.Steps != nil {
		p.Steps = make([]helpdesk.EscalationStep, len(text.Steps))
	}
	for i, r := range text.Steps {
		p.Steps[i] = helpdesk.EscalationStep{
			Name: r.Name, Before: time.Duration(r.Before), Of: r.Of, After: time.Duration(r.After),
			Level: r.Level, Notify: r.Notify, Raise: r.Raise, Reassign: r.Reassign,
		}
	}
	return nil
}

// duration is a time.Duration with the shortest possible text: "4h", not "4h0m0s".
type duration time.Duration

func (d duration) MarshalText() ([]byte, error) {
	text := time.Duration(d).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return []byte(text), nil
}

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return &helpdesk.FieldError{Field: "duration", Problem: fmt.Sprintf("%.40q is not such as 30m, 4h or 1h30m", text)}
	}
	*d = duration(v)
	return nil
}
