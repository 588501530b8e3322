package httpapi

import (
	"encoding/json"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Ticket is a ticket in JSON. What is not there is null rather than a zero.
type Ticket struct {
	ID           string        `json:"id"`
	Ref          string        `json:"ref" doc:"Short reference for people; accepted wherever an id is"`
	Version      int64         `json:"version" doc:"The ETag, for If-Match"`
	Subject      string        `json:"subject"`
	Description  string        `json:"description"`
	CustomerName *string       `json:"customer_name"`
	Customer     *string       `json:"customer_email"`
	Cc           []Participant `json:"cc" nullable:"false" doc:"Customers who take part beside the requester"`
	Source       string        `json:"source" enum:"api,email,web_form"`
	Language     *string       `json:"language" doc:"Of the first text, as a BCP 47 tag in lower case; null when it is not known"`
	Status       string        `json:"status" enum:"new,assigned,in_progress,waiting_customer,escalated,resolved,closed"`
	Category     *string       `json:"category" doc:"Null until it is known"`
	Priority     string        `json:"priority" enum:"low,medium,high,urgent"`
	Triage       string        `json:"triage,omitempty" enum:"done,pending" doc:"Whether classification and assignment are done; customers see it in the answer to a new ticket only"`

	CreatedAt       time.Time  `json:"created_at"`
	UpdatedAt       time.Time  `json:"updated_at"`
	FirstResponseAt *time.Time `json:"first_response_at"`
	ResolvedAt      *time.Time `json:"resolved_at"`
	ClosedAt        *time.Time `json:"closed_at"`
	MergedInto      *string    `json:"merged_into" doc:"The ticket that goes on in its place"`
	Rating          *Rating    `json:"rating,omitempty"`

	Excerpt []ExcerptPart `json:"excerpt,omitempty" nullable:"false" doc:"In a list with q: a line of a message, or the customer, in which words of q stand"`

	*Internal // nil for customers: its fields are absent
}

// Participant is a customer in Cc of a ticket.
type Participant struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
}

// ExcerptPart is a part of an excerpt.
type ExcerptPart struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit" doc:"It is what was searched for"`
}

// Internal is the part of a Ticket that customers do not see.
type Internal struct {
	CustomerID        *string     `json:"customer_id" required:"false" doc:"Of GET /customers; null when the address that the ticket came from does not act for a customer"`
	ReplyTo           *string     `json:"reply_to" required:"false" doc:"The mail address that answers go to, when it is not customer_email"`
	Unverified        bool        `json:"unverified" required:"false" doc:"Its mail may not be from the customer, who does not see it: see accept-sender"`
	Organisation      *string     `json:"organisation" required:"false" doc:"The id of the organisation, of GET /organisations"`
	Followers         []string    `json:"followers" required:"false" nullable:"false" doc:"Ids of the agents who are told of what the customers do"`
	AssignedTo        *string     `json:"assigned_to" required:"false" doc:"The agent's id"`
	SLADeadline       *time.Time  `json:"sla_deadline" required:"false" doc:"The next due time of an SLA clock; null when no clock runs"`
	EscalationLevel   int         `json:"escalation_level" required:"false"`
	SuggestedResponse *string     `json:"ai_suggested_response" required:"false"`
	Suggestion        *Suggestion `json:"suggestion,omitempty" doc:"What the classifier proposed"`
	NeedsReview       bool        `json:"needs_review" required:"false" doc:"A person should look at category and priority"`
	Tags              []string    `json:"tags" required:"false" nullable:"false"`
	Clocks            []Clock     `json:"clocks" required:"false" nullable:"false"`
	AssignedAt        *time.Time  `json:"assigned_at" required:"false"`
	Waiting           *time.Time  `json:"waiting_since" required:"false" doc:"Since when it waits for an agent; ahead when it may be offered again then"`
	Resolution        *string     `json:"resolution" required:"false" doc:"The note of the last resolution"`
	Reopened          int         `json:"reopened" required:"false" doc:"How often it was reopened"`
}

// Suggestion is what is proposed for a ticket.
type Suggestion struct {
	Category   *string  `json:"category"`
	Priority   *string  `json:"priority"`
	Tags       []string `json:"tags" nullable:"false"`
	Confidence float64  `json:"confidence" doc:"In the category, 0 to 1; says nothing of the response"`
	Classifier *string  `json:"classifier" doc:"Which model or rules answered; null when none did"`
	ResponseBy *string  `json:"response_by" doc:"What made the suggested response: a classifier, or 'recurring sentences' that agents sent to at least three customers"`
	Language   *string  `json:"response_language" doc:"The language of the suggested response as a BCP 47 tag, when it is not the one of the ticket; null otherwise"`
	Sureness   *string  `json:"response_sureness" doc:"How often agents sent what the same maker suggested: high, medium, or null when that is seldom, unknown, or the ticket is resolved"`
	Sources    []string `json:"response_sources" nullable:"false" doc:"Ids of the solved tickets that the suggested response was made with"`
}

// Clock is one SLA clock of a ticket.
type Clock struct {
	Metric      string     `json:"metric" enum:"first_response,next_response,resolution,periodic_update,owner_time"`
	Instance    int        `json:"instance"`
	Policy      string     `json:"policy"`
	Version     int64      `json:"policy_version" doc:"Of the SLA it runs under; 0 for that of the host's configuration"`
	Target      float64    `json:"target_seconds" doc:"The target, in open time"`
	Consumed    float64    `json:"consumed_seconds" doc:"Open time used up before it last began to run"`
	StartedAt   time.Time  `json:"started_at"`
	Running     bool       `json:"running"`
	DueAt       *time.Time `json:"due_at" doc:"Null while the clock is paused"`
	BreachedAt  *time.Time `json:"breached_at" doc:"The due time that was missed"`
	Cause       string     `json:"cause,omitempty" enum:",retarget,merge" doc:"Of the breach, when it was not time"`
	VoidedAt    *time.Time `json:"voided_at" doc:"When the breach was declared void"`
	MetAt       *time.Time `json:"met_at" doc:"When it was done, in time or late"`
	CancelledAt *time.Time `json:"cancelled_at"`
}

// Rating is what the customer thought of the help given.
type Rating struct {
	Score   int       `json:"score" doc:"1 (bad) to 5 (good)"`
	Comment string    `json:"comment"`
	At      time.Time `json:"at"`
}

// Thread is a ticket with all that was said and done, oldest first.
type Thread struct {
	Ticket
	Messages []Message `json:"messages" nullable:"false"`
	Events   []Event   `json:"events,omitempty" nullable:"false" doc:"For staff"`
}

// Message is one entry of a conversation.
type Message struct {
	ID     string    `json:"id"`
	Ticket string    `json:"ticket_id" doc:"Another than the thread's own when that was merged into it"`
	Kind   string    `json:"kind" enum:"customer,agent,auto,note,system,held" doc:"held is a mail of somebody who may not be the customer: see release-mail"`
	By     Person    `json:"by"`
	Body   string    `json:"body" doc:"Plain text; of a mail what its writer wrote"`
	At     time.Time `json:"at"`

	Full        string       `json:"full,omitempty" doc:"All of a mail's text, with what it quotes; left out when body is all of it"`
	HTML        string       `json:"html,omitempty" doc:"Of a mail, as it came: sanitise it before it is shown"`
	Attachments []Attachment `json:"attachments" nullable:"false"`

	Sender  string `json:"sender,omitempty" enum:"authenticated,failed,unknown" doc:"Of a mail, for staff: whether it is from the address"`
	ReplyTo string `json:"reply_to,omitempty" doc:"Of a mail, for staff: the address that its writer wants answers at"`
}

// Event is one fact about a ticket: who did what when.
type Event struct {
	ID     string          `json:"id"`
	Ticket string          `json:"ticket_id"`
	Type   string          `json:"type"`
	By     Person          `json:"by"`
	From   string          `json:"from" doc:"The old value"`
	To     string          `json:"to" doc:"The new value"`
	Data   json.RawMessage `json:"data" doc:"More, by type"`
	At     time.Time       `json:"at"`
}

// Person is who did something.
type Person struct {
	Role string `json:"role" enum:"system,customer,agent,lead,admin"`
	ID   string `json:"id,omitempty" doc:"Customers do not see that of staff"`
	Name string `json:"name,omitempty"`
}

// ticketOf returns t as somebody of the given role may see it.
func ticketOf(t *helpdesk.Ticket, role helpdesk.Role) Ticket {
	w := Ticket{
		ID: string(t.ID), Ref: t.Ref, Version: t.Version, Subject: t.Subject, Description: t.Description,
		CustomerName: maybe(t.Customer.Name), Customer: maybe(t.Customer.Email), Source: string(t.Source), Language: maybe(t.Language),
		Status: string(t.Status), Category: maybe(string(t.Category)), Priority: t.Priority.String(),
		CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt, FirstResponseAt: when(t.FirstReplyAt),
		ResolvedAt: when(t.ResolvedAt), ClosedAt: when(t.ClosedAt), MergedInto: maybe(string(t.MergedInto)),
	}
	w.Cc = []Participant{}
	for _, c := range t.Cc {
		w.Cc = append(w.Cc, Participant{c.Name, c.Email})
	}
	if r := t.Rating; r != nil {
		w.Rating = &Rating{r.Score, r.Comment, r.At}
	}
	if role == helpdesk.RoleCustomer {
		return w
	}
	w.Triage = triageOf(t)
	w.Internal = &Internal{
		CustomerID: maybe(string(t.CustomerID)), ReplyTo: maybe(t.ReplyTo), Unverified: t.Unverified, Organisation: maybe(string(t.Organisation)),
		Followers:  texts(t.Followers),
		AssignedTo: maybe(string(t.Assignee)), SLADeadline: when(t.Due()), EscalationLevel: t.EscalationLevel,
		NeedsReview: t.NeedsReview, Tags: list(t.Tags), Clocks: make([]Clock, len(t.Clocks)),
		AssignedAt: when(t.AssignedAt), Waiting: when(t.QueuedAt), Resolution: maybe(t.Resolution), Reopened: t.Reopened,
	}
	if s := t.Suggestion; s != nil {
		w.SuggestedResponse = maybe(s.Response)
		w.Suggestion = &Suggestion{
			Category: maybe(string(s.Category)), Tags: list(s.Tags), Confidence: s.Confidence, Classifier: maybe(s.Classifier),
			ResponseBy: maybe(s.ResponseBy), Language: maybe(s.Language), Sources: texts(s.Sources),
		}
		if t.Status.Open() {
			w.Suggestion.Sureness = maybe(string(s.Sureness))
		}
		if s.Priority != 0 {
			w.Suggestion.Priority = maybe(s.Priority.String())
		}
	}
	for i, c := range t.Clocks {
		w.Clocks[i] = clockOf(c)
	}
	return w
}

func clockOf(c helpdesk.SLAClock) Clock {
	return Clock{
		Metric: string(c.Metric), Instance: c.Instance, Policy: c.Policy, Version: c.Version, Target: c.Target.Seconds(),
		Consumed: c.Consumed.Seconds(), StartedAt: c.StartedAt, Running: c.Running(), DueAt: when(c.DueAt),
		BreachedAt: when(c.BreachedAt), Cause: c.Cause, VoidedAt: when(c.VoidedAt), MetAt: when(c.MetAt), CancelledAt: when(c.CancelledAt),
	}
}

// triageOf says whether triage is done. A ticket that ended before it needs none.
func triageOf(t *helpdesk.Ticket) string {
	if t.TriagedAt.IsZero() && t.Status.Open() {
		return "pending"
	}
	return "done"
}

func threadOf(th *helpdesk.Thread, role helpdesk.Role) Thread {
	w := Thread{Ticket: ticketOf(th.Ticket, role), Messages: []Message{}}
	for _, m := range th.Messages {
		w.Messages = append(w.Messages, Message{
			m.ID, string(m.Ticket), string(m.Kind), personOf(m.By, role), m.Body, m.At, m.Full, m.HTML, attachmentsOf(m.Attachments), string(m.Sender), m.ReplyTo,
		})
	}
	for i := range th.Events {
		w.Events = append(w.Events, eventOf(&th.Events[i], role))
	}
	return w
}

func eventOf(e *helpdesk.Event, role helpdesk.Role) Event {
	return Event{e.ID, string(e.Ticket), string(e.Type), personOf(e.By, role), e.From, e.To, e.Data, e.At}
}

// personOf returns who did something as somebody of the given role may know it.
func personOf(a helpdesk.Actor, role helpdesk.Role) Person {
	p := Person{string(a.Role), a.ID, a.Name}
	if a.Role == helpdesk.RoleSystem {
		p.Role = "system"
	}
	if role == helpdesk.RoleCustomer && a.Role != helpdesk.RoleCustomer {
		p.ID = "" // an agent's own mail address
	}
	return p
}

// maybe returns nil for an empty text, which is null in JSON.
func maybe(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// when returns nil for the zero time.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// list returns an empty list for nil, which JSON would show as null.
// texts returns ids as strings, never nil.
func texts[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

func list[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}
