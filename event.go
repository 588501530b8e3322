package helpdesk

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"time"
)

// Event is one fact about a ticket: who did what when, with the old and the new
// value. Events are added and never changed or removed; they are the audit trail,
// and reports read them.
type Event struct {
	ID     string // a UUID
	Ticket TicketID
	Type   EventType
	By     Actor
	From   string          // the old value, in words; empty when there was none
	To     string          // the new value
	Data   json.RawMessage // more, by type: see the ...Data types; nil when there is no more
	At     time.Time
}

// EventType says what happened.
type EventType string

// The types of event, and what From and To hold.
const (
	EventOpened      EventType = "opened"           // From: the closed ticket it continues, if any; To: the source
	EventStatus      EventType = "status_changed"   // statuses
	EventPriority    EventType = "priority_changed" // priorities
	EventCategory    EventType = "category_changed" // categories
	EventTags        EventType = "tags_changed"     // tags, with commas
	EventTriaged     EventType = "triaged"          // To: the category; TriageData
	EventShadow      EventType = "shadow_triaged"   // To: what the ticket's category was; TriageData
	EventFeedback    EventType = "triage_feedback"  // From: what the classifier said, To: what people say; FeedbackData
	EventOverride    EventType = "priority_floor"   // From: what was asked for, To: the floor; OverrideData
	EventAssigned    EventType = "assigned"         // agents; AssignmentData
	EventUnassigned  EventType = "unassigned"       // From: the agent; To: why
	EventEscalated   EventType = "escalated"        // levels, which may be the same; EscalationData
	EventReplied     EventType = "replied"          // To: the message's id
	EventNoted       EventType = "noted"            // To: the message's id
	EventReopened    EventType = "reopened"         // From: when it had been resolved
	EventResolved    EventType = "resolved"         // To: the note
	EventMail        EventType = "mail"             // To: the outcome of a mail that came in; MailData
	EventMerged      EventType = "merged"           // From: the source ticket, To: the survivor; on both
	EventRated       EventType = "rated"            // scores
	EventErased      EventType = "erased"           // what the ticket said was removed, on request
	EventSLAMet      EventType = "sla_met"          // From: metric; ClockData
	EventSLAAtRisk   EventType = "sla_at_risk"      // From: metric; ClockData
	EventSLABreached EventType = "sla_breached"     // From: metric; ClockData
	EventSLATarget   EventType = "sla_target"       // old and new policy; ClockData
	EventSLAVoided   EventType = "sla_voided"       // From: metric, To: the reason; ClockData
)

// eventTypes lists every EventType.
var eventTypes = []EventType{
	EventOpened, EventStatus, EventPriority, EventCategory, EventTags, EventTriaged, EventShadow, EventFeedback,
	EventOverride, EventAssigned, EventUnassigned, EventEscalated, EventReplied, EventNoted, EventReopened, EventResolved,
	EventMail, EventMerged, EventRated, EventErased, EventSLAMet, EventSLAAtRisk, EventSLABreached, EventSLATarget,
	EventSLAVoided,
}

// TriageData is the payload of EventTriaged: one attempt of a classifier.
type TriageData struct {
	Classifier string        `json:"classifier,omitempty"`
	Category   Category      `json:"category,omitempty"`
	Priority   Priority      `json:"priority,omitempty"`
	Tags       []string      `json:"tags,omitempty"`
	Confidence float64       `json:"confidence"`
	Applied    bool          `json:"applied"`             // the category became the ticket's
	Error      string        `json:"error,omitempty"`     // why there is no answer
	Abstained  bool          `json:"abstained,omitempty"` // it had no opinion, and did not fail
	Hostile    bool          `json:"hostile,omitempty"`   // the text or the answer smelt of an attack
	Latency    time.Duration `json:"latency_ns"`
	TokensIn   int           `json:"tokens_in,omitempty"`
	TokensOut  int           `json:"tokens_out,omitempty"`
	Cost       int64         `json:"cost_nano_usd,omitempty"` // in billionths of a US dollar
}

// FeedbackData is the payload of EventFeedback: what people made of an answer.
type FeedbackData struct {
	Classifier string  `json:"classifier,omitempty"`
	Field      string  `json:"field"` // "category" or "priority"
	Confidence float64 `json:"confidence"`
	Resolved   bool    `json:"resolved,omitempty"` // what stood when the ticket was resolved, not an edit
}

// OverrideData is the payload of EventOverride: a floor that raised a priority.
type OverrideData struct {
	Rule  string   `json:"rule"` // the words that matched, or "host"
	Asked Priority `json:"asked"`
	Final Priority `json:"final"`

	Classifier string `json:"classifier,omitempty"` // that asked for it; empty when nobody was asked yet
}

// MailData is the payload of EventMail.
type MailData struct {
	Mail   string `json:"mail"` // the id of its record
	From   string `json:"from"`
	Reason string `json:"reason,omitempty"`
}

// AssignmentData is the payload of EventAssigned: why this agent, as it was at that moment.
type AssignmentData struct {
	Manual   bool       `json:"manual,omitempty"`   // chosen by a person, capacity or not
	Over     bool       `json:"over,omitempty"`     // by a person, past the capacity
	Eligible int        `json:"eligible,omitempty"` // how many could have it
	Ranked   []Standing `json:"ranked,omitempty"`   // of those the first 5, best first
	Excluded []Excluded `json:"excluded,omitempty"` // who could not, by reason
}

// Standing is an agent who could have a ticket, before it was given away.
type Standing struct {
	Agent        AgentID   `json:"agent"`
	Open         int       `json:"open"` // tickets held
	Capacity     int       `json:"capacity"`
	LastAssigned time.Time `json:"last_assigned,omitzero"`
	Knows        bool      `json:"knows,omitempty"`  // saw to the customer's last ticket
	Brings       string    `json:"brings,omitempty"` // what the Assigner says: see [Describer]
}

// Excluded is agents who could not have a ticket for one reason.
type Excluded struct {
	Why    string    `json:"why"` // such as "away" or "lacks billing"
	Agents []AgentID `json:"agents"`
	More   int       `json:"more,omitempty"` // how many beside the 20 named
}

// EscalationData is the payload of EventEscalated.
type EscalationData struct {
	Reason   string     `json:"reason"`
	Metric   Metric     `json:"metric,omitempty"`   // of the clock whose step did it
	Instance int        `json:"instance,omitempty"` // of that clock
	Step     string     `json:"step,omitempty"`
	Excluded []Excluded `json:"excluded,omitempty"` // why nobody could have it
}

// ClockData is the payload of the SLA events: the clock at that moment.
type ClockData struct {
	Instance int           `json:"instance"`
	Policy   string        `json:"policy"`
	Version  int64         `json:"version,omitempty"`
	Step     string        `json:"step,omitempty"`
	Target   time.Duration `json:"target_ns"`
	DueAt    time.Time     `json:"due_at"`
	Cause    string        `json:"cause,omitempty"`
}

// EventQuery asks for events of one tenant, of all its tickets.
type EventQuery struct {
	Tenant TenantID
	Types  []EventType // at least one
	From   time.Time   // not before this; zero is no limit
	To     time.Time   // before this; zero is no limit
}

func (q *EventQuery) fits(e *Event) bool {
	return slices.Contains(q.Types, e.Type) && !e.At.Before(q.From) && (q.To.IsZero() || e.At.Before(q.To))
}

// Events yields the events that fit, oldest first. It asks the Store when that is a [EventReader], else it reads everything.
func Events(ctx context.Context, store Store, q EventQuery) iter.Seq2[Event, error] {
	if h, ok := As[EventReader](store); ok {
		return h.Events(ctx, q)
	}
	return allEvents(ctx, store, q)
}

func allEvents(ctx context.Context, store Store, q EventQuery) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		var found []Event
		for t, err := range allTickets(ctx, store, Query{Tenant: q.Tenant}) {
			var th *Thread
			if err == nil {
				th, err = store.Thread(ctx, q.Tenant, t.ID)
			}
			if err != nil {
				yield(Event{}, err)
				return
			}
			for i := range th.Events {
				if e := &th.Events[i]; e.Ticket == t.ID && q.fits(e) {
					found = append(found, *e)
				}
			}
		}
		slices.SortStableFunc(found, func(a, b Event) int { return a.At.Compare(b.At) })
		for _, e := range found {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Events yields what happened on the tenant's tickets since a time, oldest first. It is for agents, admins and the host.
func (d *Desk) Events(ctx context.Context, since time.Time) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		const op = "list events"
		if _, err := d.worker(ctx); err != nil {
			yield(Event{}, d.fail(op, "", err))
			return
		}
		for e, err := range Events(ctx, d.store, EventQuery{Tenant: d.tenant, Types: eventTypes, From: since}) {
			if !yield(e, d.fail(op, "", err)) {
				return
			}
		}
	}
}
