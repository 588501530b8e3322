package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
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
	EventSubject      EventType = "subject_changed"  // subjects
	EventLanguage     EventType = "language_changed" // tags
	EventCustomer     EventType = "customer_changed" // requesters, as "Kim Lee <kim@example.com>"
	EventCc           EventType = "cc_changed"       // From: addresses that went, To: that came, with commas
	EventFollowers    EventType = "followers"        // From: agents who went, To: who came, with commas
	EventTriaged      EventType = "triaged"          // To: the category; TriageData
	EventShadow       EventType = "shadow_triaged"   // To: the ticket's category; TriageData
	EventFeedback     EventType = "triage_feedback"  // From: classifier, To: people; FeedbackData
	EventOverride     EventType = "priority_floor"   // From: asked priority, To: final; OverrideData
	EventAssigned     EventType = "assigned"         // agents; AssignmentData
	EventUnassigned   EventType = "unassigned"       // From: the agent; To: why
	EventEscalated    EventType = "escalated"        // levels, perhaps equal; EscalationData
	EventReplied      EventType = "replied"          // To: the message's id
	EventNoted        EventType = "noted"            // To: the message's id
	EventReopened     EventType = "reopened"         // From: time of the resolution, else of the closing
	EventResolved     EventType = "resolved"         // To: the note
	EventMail         EventType = "mail"             // To: outcome of an incoming mail; MailData
	EventMerged       EventType = "merged"           // From: merged ticket, To: survivor; on both
	EventUnmerged     EventType = "unmerged"         // a merge was taken back: as for merged
	EventSplit        EventType = "split"            // From: old ticket, To: new one; on both
	EventLinked       EventType = "linked"           // To: kind and reference, as "caused_by 7Q2M-X4KD"; on both
	EventUnlinked     EventType = "unlinked"         // From: as To of linked; on both
	EventRated        EventType = "rated"            // scores
	EventLinksEnded   EventType = "links_ended"      // how often they were ended: see Desk.EndLinks
	EventOrganisation EventType = "organisation"     // To: the organisation that its customer joined
	EventSender       EventType = "sender_accepted"  // its sender counts as verified: see Desk.AcceptSender
	EventErased       EventType = "erased"           // Desk.Erase removed texts
	EventImported     EventType = "imported"         // From: the other desk, To: the ticket's id there; see Desk.Import
	EventRead         EventType = "read"             // By has read the thread; see [Desk.Events]
	EventSLAMet       EventType = "sla_met"          // From: metric; ClockData
	EventSLAAtRisk    EventType = "sla_at_risk"      // From: metric; ClockData
	EventSLABreached  EventType = "sla_breached"     // From: metric; ClockData
	EventSLATarget    EventType = "sla_target"       // old and new policy; ClockData
	EventSLAVoided    EventType = "sla_voided"       // From: metric, To: the reason; ClockData
)

// eventTypes lists every EventType but EventRead, which changes nothing.
var eventTypes = []EventType{
	EventOpened, EventStatus, EventPriority, EventCategory, EventTags, EventSubject, EventLanguage, EventCustomer, EventCc, EventFollowers, EventTriaged, EventShadow, EventFeedback,
	EventOverride, EventAssigned, EventUnassigned, EventEscalated, EventReplied, EventNoted, EventReopened, EventResolved,
	EventMail, EventMerged, EventUnmerged, EventSplit, EventLinked, EventUnlinked, EventRated, EventLinksEnded, EventOrganisation, EventSender, EventErased, EventImported, EventSLAMet, EventSLAAtRisk, EventSLABreached, EventSLATarget,
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

// MarshalJSON writes the standing as an event records it: a list of the agent, the tickets held,
// the capacity, the last assignment in microseconds since 1970 (0 for none), 1 for Knows, and
// Brings. Zeros at the end are left out.
func (s Standing) MarshalJSON() ([]byte, error) {
	var last, knows int64
	if !s.LastAssigned.IsZero() {
		last = s.LastAssigned.UnixMicro()
	}
	if s.Knows {
		knows = 1
	}
	list := []any{s.Agent, s.Open, s.Capacity, last, knows, s.Brings}
	switch {
	case s.Brings != "":
	case s.Knows:
		list = list[:5]
	case last != 0:
		list = list[:4]
	default:
		list = list[:3]
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads that list, and the object that events recorded before.
func (s *Standing) UnmarshalJSON(text []byte) error {
	if !isList(text) {
		type object Standing // without methods
		return json.Unmarshal(text, (*object)(s))
	}
	var last, knows int64
	*s = Standing{}
	err := json.Unmarshal(text, &[]any{&s.Agent, &s.Open, &s.Capacity, &last, &knows, &s.Brings})
	if s.Knows = knows != 0; last != 0 {
		s.LastAssigned = time.UnixMicro(last).UTC()
	}
	return err
}

// MarshalJSON writes a list of the reason, the agents, and the number of more agents unless that is
// 0.
func (e Excluded) MarshalJSON() ([]byte, error) {
	if e.More == 0 {
		return json.Marshal([]any{e.Why, e.Agents})
	}
	return json.Marshal([]any{e.Why, e.Agents, e.More})
}

// UnmarshalJSON reads that list, and the object that events recorded before.
func (e *Excluded) UnmarshalJSON(text []byte) error {
	if !isList(text) {
		type object Excluded
		return json.Unmarshal(text, (*object)(e))
	}
	*e = Excluded{}
	return json.Unmarshal(text, &[]any{&e.Why, &e.Agents, &e.More})
}

// isList reports whether a JSON value is an array.
func isList(text []byte) bool { return len(text) > 0 && text[0] == '[' }

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

// Events yields the tenant's events that match q, oldest first. Its Tenant is the desk's, and no
// Types are all but EventRead. It is for agents, admins and the host. A restricted agent gets those
// of the tickets in their scope.
//
// An EventRead is for admins and the host alone. It is by the person who has read the thread of a
// ticket, by the API, on a page or by host code. The same person is recorded once an hour per
// ticket. See Config.RecordReads.
func (d *Desk) Events(ctx context.Context, q EventQuery) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		const op = "list events"
		scope, err := d.staffScope(ctx)
		if slices.Contains(q.Types, EventRead) {
			_, err = d.admin(ctx)
		}
		if err = errors.Join(err, checkLine("by", q.By, 200, false)); q.Ticket != "" && !validID(q.Ticket) {
			err = errors.Join(err, &FieldError{"ticket", "is not an id"})
		}
		if err != nil {
			yield(Event{}, d.fail(op, "", err))
			return
		}
		if q.Tenant = d.tenant; scope != nil {
			q.Scope = scope
		}
		if len(q.Types) == 0 {
			q.Types = eventTypes
		}
		for e, err := range Events(ctx, d.store, q) {
			if !yield(e, d.fail(op, "", err)) {
				return
			}
		}
	}
}

// readAgain is how long a recorded read of a ticket stands for further reads by the same person.
const readAgain = time.Hour

// recordRead records that a person has read a thread, if Config.RecordReads is set and the last
// record is old. It changes nothing of the ticket. Two reads at one moment may be recorded twice.
func (d *Desk) recordRead(ctx context.Context, by Actor, th *Thread) error {
	if !d.cfg.RecordReads || by.Role == RoleCustomer || by.Role == RoleSystem {
		return nil
	}
	now := d.now()
	for i := range th.Events {
		e := &th.Events[i]
		if e.Type == EventRead && e.Ticket == th.Ticket.ID && e.By.Role == by.Role && e.By.ID == by.ID && now.Sub(e.At) < readAgain {
			return nil
		}
	}
	x := &draft{Desk: d, now: now, by: by, t: th.Ticket, c: Change{Tenant: d.tenant}}
	x.event(EventRead, "", "", nil)
	if err := d.commit(ctx, &x.c); err != nil {
		return err
	}
	th.Events = append(th.Events, x.c.Events...)
	return nil
}
