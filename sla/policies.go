package sla

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// Policies is a checked Document and implements helpdesk.SLADocument. The first policy that matches
// a ticket applies; a ticket without a match has no SLA. Policies is immutable.
type Policies struct {
	doc    Document
	list   []helpdesk.Policy // in the order of the document
	byName map[string]*helpdesk.Policy
}

var _ helpdesk.SLADocument = (*Policies)(nil)

// New checks a document and makes Policies from it. The error names every faulty field.
func New(b Document) (*Policies, error) {
	b = b.clone()
	p := &Policies{doc: b, byName: map[string]*helpdesk.Policy{}, list: make([]helpdesk.Policy, len(b.Policies))}
	calendars, err := b.check()
	if err != nil {
		return nil, fmt.Errorf("sla: %w", err)
	}
	for i := range b.Policies {
		doc := &b.Policies[i]
		p.list[i] = helpdesk.Policy{
			Name: doc.Name, FirstResponse: doc.FirstResponse, NextResponse: doc.NextResponse, Resolution: doc.Resolution,
			PeriodicUpdate: doc.PeriodicUpdate, OwnerTime: doc.OwnerTime, EscalateAfter: doc.EscalateAfter, Steps: doc.Steps,
		}
		if doc.Steps == nil {
			p.list[i].Steps = DefaultSteps()
		}
		if doc.Calendar != "" {
			p.list[i].Calendar = calendars[doc.Calendar]
		}
		p.byName[doc.Name] = &p.list[i]
	}
	return p, nil
}

// Document returns a copy of the document.
func (p *Policies) Document() Document { return p.doc.clone() }

// MarshalJSON writes the document.
func (p *Policies) MarshalJSON() ([]byte, error) { return json.Marshal(p.doc) }

// Policy implements helpdesk.SLA.
func (p *Policies) Policy(_ context.Context, t *helpdesk.Ticket) (*helpdesk.Policy, error) {
	for i := range p.doc.Policies {
		if p.doc.Policies[i].For.Fits(t) {
			return &p.list[i], nil
		}
	}
	return nil, nil
}

// Named implements helpdesk.SLADocument.
func (p *Policies) Named(name string) *helpdesk.Policy { return p.byName[name] }

// Read implements helpdesk.SLADocument: value is a Document in JSON. Unknown fields are refused.
func (p *Policies) Read(value json.RawMessage) (helpdesk.SLADocument, error) {
	var b Document
	d := json.NewDecoder(bytes.NewReader(value))
	d.DisallowUnknownFields()
	err := d.Decode(&b)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = &helpdesk.FieldError{Field: "sla", Problem: "has something after its end"}
		}
	}
	if err != nil {
		return nil, unreadable(err)
	}
	q, err := New(b)
	if err != nil {
		return nil, err
	}
	return q, nil
}

// Match selects the tickets of a policy: one of the values of each field that is not empty must
// fit. The zero Match fits all tickets.
type Match struct {
	Priority []helpdesk.Priority `json:"priority,omitempty"`
	Category []helpdesk.Category `json:"category,omitempty"`
	Source   []helpdesk.Source   `json:"source,omitempty"`
	// Tag is a tag of the ticket; agents and models set it too.
	Tag []string `json:"tag,omitempty"`
	// CustomerTag is a tag of the customer, or of the organisation of the customer. Agents do not set
	// it.
	CustomerTag []string `json:"customer_tag,omitempty"`
	// Organisation is that of the ticket, by its id of the desk.
	Organisation []helpdesk.OrganisationID `json:"organisation,omitempty"`
}

// Fits reports whether the ticket matches.
func (m *Match) Fits(t *helpdesk.Ticket) bool {
	shares := func(want, have []string) bool {
		return len(want) == 0 || slices.ContainsFunc(want, func(s string) bool { return slices.Contains(have, s) })
	}
	return (len(m.Priority) == 0 || slices.Contains(m.Priority, t.Priority)) &&
		(len(m.Category) == 0 || slices.Contains(m.Category, t.Category)) &&
		(len(m.Source) == 0 || slices.Contains(m.Source, t.Source)) &&
		(len(m.Organisation) == 0 || slices.Contains(m.Organisation, t.Organisation)) &&
		shares(m.Tag, t.Tags) && shares(m.CustomerTag, t.Customer.Tags)
}

func (m Match) clone() Match {
	m.Priority, m.Category, m.Source = slices.Clone(m.Priority), slices.Clone(m.Category), slices.Clone(m.Source)
	m.Tag, m.CustomerTag, m.Organisation = slices.Clone(m.Tag), slices.Clone(m.CustomerTag), slices.Clone(m.Organisation)
	return m
}
