package helpdesk

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"time"
)

// Event is one fact about a ticket: the actor, the action, the time, the old and the new value.
// Events are the audit trail and the source of reports. Only [Desk.Erase] changes them.
type Event struct {
	ID     string // a UUID
	Ticket TicketID
	Type   EventType
	By     Actor
	From   string          // the old value as text; empty when there was none
	To     string          // the new value
	Data   json.RawMessage // depends on Type: see the ...Data types; nil when there is none
	At     time.Time
}

// EventType says what happened.
type EventType string

// The types of event, with the meaning of From and To and the type of Data.
const (
	EventOpened       EventType = "opened"           // From: closed ticket it continues; To: source
	EventStatus       EventType = "status_changed"   // statuses
	EventPriority     EventType = "priority_changed" // priorities
	EventCategory     EventType = "category_changed" // categories
	EventTags         EventType = "tags_changed"     // tags, with commas
	EventTriaged      EventType = "triaged"          // To: the category; TriageData
	EventShadow       EventType = "shadow_triaged"   // To: the ticket's category; TriageData
	EventFeedback     EventType = "triage_feedback"  // From: classifier, To: people; FeedbackData
	EventOverride     EventType = "priority_floor"   // From: asked priority, To: final; OverrideData
	EventAssigned     EventType = "assigned"         // agents; AssignmentData
	EventUnassigned   EventType = "unassigned"       // From: the agent; To: why
	EventEscalated    EventType = "escalated"        // levels, perhaps equal; EscalationData
	EventReplied      EventType = "replied"          // To: the message's id
	EventNoted        EventType = "noted"            // To: the message's id
	EventReopened     EventType = "reopened"         // From: time of the resolution
	EventResolved     EventType = "resolved"         // To: the note
	EventMail         EventType = "mail"             // To: outcome of an incoming mail; MailData
	EventMerged       EventType = "merged"           // From: merged ticket, To: survivor; on both
	EventRated        EventType = "rated"            // scores
	EventLinksEnded   EventType = "links_ended"      // how often they were ended: see Desk.EndLinks
	EventOrganisation EventType = "organisation"     // To: the organisation that its customer joined
	EventErased       EventType = "erased"           // Desk.Erase removed texts
	EventRead         EventType = "read"             // By has read the thread; see [Desk.Reads]
	EventSLAMet       EventType = "sla_met"          // From: metric; ClockData
	EventSLAAtRisk    EventType = "sla_at_risk"      // From: metric; ClockData
	EventSLABreached  EventType = "sla_breached"     // From: metric; ClockData
	EventSLATarget    EventType = "sla_target"       // old and new policy; ClockData
	EventSLAVoided    EventType = "sla_voided"       // From: metric, To: the reason; ClockData
)

// eventTypes lists every EventType but EventRead, which changes nothing.
var eventTypes = []EventType{
	EventOpened, EventStatus, EventPriority, EventCategory, EventTags, EventTriaged, EventShadow, EventFeedback,
	EventOverride, EventAssigned, EventUnassigned, EventEscalated, EventReplied, EventNoted, EventReopened, EventResolved,
	EventMail, EventMerged, EventRated, EventLinksEnded, EventOrganisation, EventErased, EventSLAMet, EventSLAAtRisk, EventSLABreached, EventSLATarget,
	EventSLAVoided,
}

// TriageData is the payload of EventTriaged and EventShadow: one attempt of a classifier.
type TriageData struct {
	Classifier string        `json:"classifier,omitempty"`
	Category   Category      `json:"category,omitempty"`
	Priority   Priority      `json:"priority,omitempty"`
	Tags       []string      `json:"tags,omitempty"`
	Confidence float64       `json:"confidence"`
	Applied    bool          `json:"applied"`             // the ticket took the category
	Error      string        `json:"error,omitempty"`     // why there is no answer
	Abstained  bool          `json:"abstained,omitempty"` // it answered that it does not know
	Hostile    bool          `json:"hostile,omitempty"`   // suspected attack in text or answer
	Withheld   string        `json:"withheld,omitempty"`  // why its reply was dropped; the rest was used
	Skipped    string        `json:"skipped,omitempty"`   // why a better classifier gave no answer
	Latency    time.Duration `json:"latency_ns"`
	TokensIn   int           `json:"tokens_in,omitempty"`
	TokensOut  int           `json:"tokens_out,omitempty"`
	Cost       int64         `json:"cost_nano_usd,omitempty"` // in billionths of a US dollar
}

// FeedbackData is the payload of EventFeedback: people kept or changed a classifier's value, or an
// agent replied to a ticket with a suggested reply. The event of a reply has no From, and a
// ReplyUse as To.
type FeedbackData struct {
	Classifier string  `json:"classifier,omitempty"` // for a reply: the [Suggestion.ResponseBy]
	Field      string  `json:"field"`                // "category", "priority" or "response"
	Confidence float64 `json:"confidence"`
	Resolved   bool    `json:"resolved,omitempty"` // the value at the resolution, not an edit
	Likeness   float64 `json:"likeness,omitempty"` // for a reply: share of common words, 0 to 1
}

// OverrideData is the payload of EventOverride: a priority rule that raised a priority, or would
// have raised it beyond Config.PriorityLifts.
type OverrideData struct {
	Rule  string   `json:"rule"` // the words that matched, or "host"
	Asked Priority `json:"asked"`
	Final Priority `json:"final"`
	// Limited is the priority of a rule that was not applied, since the customer has had as many
	// tickets raised that day as Config.PriorityLifts allows; 0: it was applied.
	Limited Priority `json:"limited,omitempty"`

	Classifier string `json:"classifier,omitempty"` // source of Asked; empty before triage
}

// MailData is the payload of EventMail.
type MailData struct {
	Mail   string `json:"mail"` // the id of its record
	From   string `json:"from"`
	Reason string `json:"reason,omitempty"`
}

// AssignmentData is the payload of EventAssigned: the ranking at that moment.
type AssignmentData struct {
	Manual   bool       `json:"manual,omitempty"`   // chosen by a person, regardless of capacity
	Over     bool       `json:"over,omitempty"`     // chosen by a person, past the capacity
	Eligible int        `json:"eligible,omitempty"` // number of eligible agents
	Ranked   []Standing `json:"ranked,omitempty"`   // the best 5 of them, best first
	Excluded []Excluded `json:"excluded,omitempty"` // the other agents, by reason
}

// Standing is an eligible agent just before the assignment. Its JSON is a short list, as is that of
// Excluded.
type Standing struct {
	Agent        AgentID   `json:"agent"` // the names are those in events of older versions
	Open         int       `json:"open"`  // tickets held
	Capacity     int       `json:"capacity"`
	LastAssigned time.Time `json:"last_assigned,omitzero"`
	Knows        bool      `json:"knows,omitempty"`  // had the customer's last ticket
	Brings       string    `json:"brings,omitempty"` // the Assigner's text: see [Describer]
}

// Excluded is the agents who could not have a ticket for one reason.
type Excluded struct {
	Why    string    `json:"why"` // such as "away" or "lacks billing"
	Agents []AgentID `json:"agents"`
	More   int       `json:"more,omitempty"` // number of agents beyond the 20 named
}

// EscalationData is the payload of EventEscalated.
type EscalationData struct {
	Reason   string     `json:"reason"`
	Metric   Metric     `json:"metric,omitempty"`   // of the SLA clock with the escalation step
	Instance int        `json:"instance,omitempty"` // of that clock
	Step     string     `json:"step,omitempty"`
	Excluded []Excluded `json:"excluded,omitempty"` // all agents, when none could have it
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

// EventQuery chooses events of all tickets of one tenant.
type EventQuery struct {
	Tenant TenantID
	Types  []EventType // at least one
	From   time.Time   // not before this; zero is no limit
	To     time.Time   // before this; zero is no limit
	Ticket TicketID    // only of this ticket; empty: of any
	Among  []TicketID  // only of these tickets; nil: of any
	By     string      // only by the actor with this ID; empty: by anybody
	Scope  *Scope      // only events of tickets that are now in it; nil: of any
	Latest int         // only so many that fit, the latest; 0 is no limit
}

func (q *EventQuery) fits(e *Event) bool {
	return slices.Contains(q.Types, e.Type) && !e.At.Before(q.From) && (q.To.IsZero() || e.At.Before(q.To)) &&
		(q.Ticket == "" || e.Ticket == q.Ticket) && (q.Among == nil || slices.Contains(q.Among, e.Ticket)) && (q.By == "" || e.By.ID == q.By)
}

// Events yields the events that match q, oldest first. Without an [EventReader] it reads all
// threads.
func Events(ctx context.Context, store Store, q EventQuery) iter.Seq2[Event, error] {
	if h, ok := As[EventReader](store); ok {
		return h.Events(ctx, q)
	}
	return allEvents(ctx, store, q)
}

func allEvents(ctx context.Context, store Store, q EventQuery) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		var found []Event
		for t, err := range allTickets(ctx, store, Query{Tenant: q.Tenant, IDs: q.Among, Scope: q.Scope}) {
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
		if q.Latest > 0 {
			found = found[max(0, len(found)-q.Latest):]
		}
		for _, e := range found {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Events yields the tenant's events since a time, oldest first. It is for agents, admins and the
// host. A restricted agent gets those of the tickets in their scope.
func (d *Desk) Events(ctx context.Context, since time.Time) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		const op = "list events"
		scope, err := d.staffScope(ctx)
		if err != nil {
			yield(Event{}, d.fail(op, "", err))
			return
		}
		for e, err := range Events(ctx, d.store, EventQuery{Tenant: d.tenant, Types: eventTypes, From: since, Scope: scope}) {
			if !yield(e, d.fail(op, "", err)) {
				return
			}
		}
	}
}
