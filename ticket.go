package helpdesk

import (
	"fmt"
	"slices"
	"time"
)

// TenantID names a customer of the host: a desk never shows one tenant's rows to another. The zero
// TenantID is a tenant like any other, that of a host with just one.
type TenantID string

// TicketID identifies a ticket. It is a UUID in its canonical text form.
type TicketID string

// Ticket is one request of a customer, from its arrival to its end. A value that a Desk or a Store
// returns belongs to the caller.
type Ticket struct {
	Tenant  TenantID
	ID      TicketID
	Ref     string // reference for people, as "7Q2M-X4KD"; unique per tenant, not guessable
	Version int64  // 1 when first committed, one more at each change; customers get one of their own

	Subject     string
	Description string     // the first text; also the first message of the thread
	Customer    Contact    // the name and address it came with
	CustomerID  CustomerID // the customer; empty when nobody is known by the address
	// Organisation is that of the customer when the ticket was opened, or the first one that the
	// customer joined later; empty for none. Colleagues may see the ticket: see [Customer].
	Organisation OrganisationID
	// Cc are the customers who take part beside the requester, by address: name and address alone,
	// sorted by address, at most MaxParticipants.
	Cc        []Contact
	Followers []AgentID // agents who are told of what the customers do; sorted, at most MaxParticipants
	Links     []Link    // to other tickets, by kind and id, at most MaxLinks; see [Desk.Link]

	// ReplyTo is the mail address that the customer wants answers at; empty means Customer.Email.
	// It does not act for the customer.
	ReplyTo string
	// Unverified says that the mail which opened the ticket may not be from Customer: its sender
	// failed the check. The customer does not see the ticket until [Desk.AcceptSender].
	Unverified bool

	Source   Source
	Language string   // of the first text as a BCP 47 tag, as "de"; empty when it is not known
	Tags     []string // lower case, sorted, without repeats

	Status     Status
	Category   Category // empty until triage finds one
	Priority   Priority
	CategoryBy Origin // source of the category; no model changes a person's choice
	PriorityBy Origin

	MinPriority Priority    // the least priority that rules or the host allow; 0 is none
	Suggestion  *Suggestion // the classifier's proposal; nil when there is none to trust
	NeedsReview bool        // triage could not decide: a person should check category and priority

	Assignee        AgentID     // empty when nobody holds it
	Declined        []AgentID   // agents that lost or released it; it is not offered to them again
	QueuedAt        time.Time   // start of its wait for an agent; zero when it does not wait
	TakenBack       []time.Time // when the desk took it back, a day up to the last; oldest first
	EscalationLevel int         // 0 none, 1 warned, 2 breached, higher by hand

	Clocks []SLAClock // its SLA clocks, oldest first

	CreatedAt  time.Time
	UpdatedAt  time.Time // last change of any kind; customers see PublicAt in its place
	PublicAt   time.Time // last change that its customer can see; later at each of them
	TriagedAt  time.Time // when triage ended, with or without an answer; zero while it is pending
	AssignedAt time.Time // when Assignee was last set; zero when never
	BegunAt    time.Time // when work began since then, by a reply or Take; zero before
	// FirstReplyAt is the time of the first response: the first public reply by a human agent, or the
	// first resolution when that came before any reply. It stays whatever is reopened later. It is
	// zero before, and on a ticket that needed no action: see TagNoAction.
	FirstReplyAt time.Time
	ToldAt       time.Time // when agents were last told of what its customer did; zero when an agent has acted since
	ResolvedAt   time.Time // zero unless Status is resolved or closed after a resolution
	ClosedAt     time.Time // zero unless Status is closed

	Replies    int      // public replies of human agents
	Resolution string   // the note of the last resolution; empty for none
	Reopened   int      // how often it was reopened after a resolution
	MergedInto TicketID // the survivor, when this one was merged away
	LinksEnded int      // how often its links were ended: those sent before are void
	Rating     *Rating  // nil until the customer rates
}

// Due returns the earliest due time of the ticket's running clocks that are not breached yet, or
// of all when each is breached. It is zero when none runs.
func (t *Ticket) Due() time.Time {
	var open, breached time.Time
	for i := range t.Clocks {
		c := &t.Clocks[i]
		switch {
		case !c.watched():
		case c.BreachedAt.IsZero():
			open = earliest(open, c.DueAt)
		default:
			breached = earliest(breached, c.DueAt)
		}
	}
	if open.IsZero() {
		return breached
	}
	return open
}

// FirstDue returns the earliest due time of the ticket's running clocks, breached or not: the place
// of a waiting ticket in the queue. It is zero when none runs.
func (t *Ticket) FirstDue() time.Time {
	var first time.Time
	for i := range t.Clocks {
		if c := &t.Clocks[i]; c.watched() {
			first = earliest(first, c.DueAt)
		}
	}
	return first
}

// Breached reports whether a clock of the ticket was breached by the time now, even if no sweep has
// noticed it yet.
func (t *Ticket) Breached(now time.Time) bool {
	return slices.ContainsFunc(t.Clocks, func(c SLAClock) bool { return c.Breached(now) })
}

// Clone returns a copy that shares nothing with t.
func (t *Ticket) Clone() *Ticket {
	u := *t
	u.Tags = slices.Clone(t.Tags)
	u.Customer.Tags = slices.Clone(t.Customer.Tags)
	u.Cc, u.Followers, u.Links = slices.Clone(t.Cc), slices.Clone(t.Followers), slices.Clone(t.Links)
	u.Declined = slices.Clone(t.Declined)
	u.TakenBack = slices.Clone(t.TakenBack)
	u.Clocks = slices.Clone(t.Clocks)
	for i := range u.Clocks {
		c := &u.Clocks[i]
		c.Ran, c.Fired = slices.Clone(c.Ran), slices.Clone(c.Fired)
	}
	if t.Suggestion != nil {
		s := *t.Suggestion
		s.Tags = slices.Clone(s.Tags)
		u.Suggestion = &s
	}
	if t.Rating != nil {
		r := *t.Rating
		u.Rating = &r
	}
	return &u
}

// Contact is a person outside the desk.
type Contact struct {
	Name  string
	Email string   // lower case; identifies a customer; may be empty
	Tags  []string // set by the host alone, such as the plan; see Config.CustomerTags
}

// String returns the name and the address, as "Kim Lee <kim@example.com>", or the one there is.
func (c Contact) String() string {
	if c.Name == "" || c.Email == "" {
		return c.Name + c.Email
	}
	return c.Name + " <" + c.Email + ">"
}

// rated reports whether the customer has rated the latest resolution.
func (t *Ticket) rated() bool { return t.Rating != nil && !t.Rating.At.Before(t.ResolvedAt) }

// Rating is the customer's judgement of the help.
type Rating struct {
	Score   int       `json:"score"` // 1 (bad) to 5 (good)
	Comment string    `json:"comment,omitempty"`
	At      time.Time `json:"at"`
}

// Message is one entry of a ticket's conversation.
type Message struct {
	ID     string // a UUID
	Ticket TicketID
	Kind   MessageKind
	By     Actor
	Body   string // plain text; of a mail the writer's own words, without quotations
	At     time.Time

	Sender  SenderState // of a mail: whether it is from By; else empty
	ReplyTo string      // of a mail: the address that its writer wants answers at, when it is not By.ID

	Full        string // a mail's whole text; empty when Body is all of it
	HTML        string // of a mail, as it came: sanitise it before you show it; may be empty
	Attachments []Attachment
}

// MessageKind says who wrote a message and who may read it.
type MessageKind string

// The kinds of message. Notes, system messages and held ones are for agents alone.
const (
	FromCustomer MessageKind = "customer" // the customer's words
	FromAgent    MessageKind = "agent"    // a public reply of a person
	FromDesk     MessageKind = "auto"     // a public message no person wrote; answers no clock
	InternalNote MessageKind = "note"
	SystemNote   MessageKind = "system" // a remark of the desk itself
	HeldMessage  MessageKind = "held"   // a mail whose sender is in doubt: see [Desk.Release]
)

// Public reports whether the customer may read messages of this kind.
func (k MessageKind) Public() bool { return k == FromCustomer || k == FromAgent || k == FromDesk }

// Thread is a ticket with its messages and events, oldest first. Those of tickets merged into it
// are included under their own ids.
type Thread struct {
	Ticket   *Ticket
	Messages []Message
	Events   []Event
}

// Source is the way a ticket came in.
type Source string

// The sources.
const (
	SourceAPI   Source = "api"
	SourceEmail Source = "email"
	SourceForm  Source = "web_form"
)

// ParseSource returns the Source named s, or SourceAPI for an empty s.
func ParseSource(s string) (Source, error) {
	switch src := Source(s); src {
	case "":
		return SourceAPI, nil
	case SourceAPI, SourceEmail, SourceForm:
		return src, nil
	}
	return "", &FieldError{"source", fmt.Sprintf("%q is not one of api, email, web_form", clip(s))}
}

// Origin is the source of a value.
type Origin string

// The origins, weakest first.
const (
	ByRule   Origin = "rule"   // a default or a priority rule
	ByModel  Origin = "model"  // the classifier
	ByPerson Origin = "person" // an agent, an admin or the host
)

// Status is a ticket's place in its life. See [Status.CanBecome] for the moves.
type Status string

// The statuses.
const (
	StatusNew       Status = "new"              // no agent holds it
	StatusAssigned  Status = "assigned"         // an agent holds it and has not begun
	StatusProgress  Status = "in_progress"      // an agent works on it
	StatusWaiting   Status = "waiting_customer" // the customer has to answer
	StatusEscalated Status = "escalated"        // managers were told; may have an assignee
	StatusResolved  Status = "resolved"         // done, and may be reopened
	StatusClosed    Status = "closed"           // over; an agent may reopen it
)

// Statuses lists every Status in the order of a ticket's life.
var Statuses = []Status{StatusNew, StatusAssigned, StatusProgress, StatusWaiting, StatusEscalated, StatusResolved, StatusClosed}

// OpenStatuses lists those in which a ticket still needs work.
var OpenStatuses = []Status{StatusNew, StatusAssigned, StatusProgress, StatusWaiting, StatusEscalated}

// transitions is the one table of moves. Closing an open ticket is for merges and spam; going back
// to new is for a ticket that lost its agent. One that is over only moves on when it is reopened.
var transitions = map[Status][]Status{
	StatusNew:       {StatusAssigned, StatusProgress, StatusWaiting, StatusEscalated, StatusResolved, StatusClosed},
	StatusAssigned:  {StatusNew, StatusProgress, StatusWaiting, StatusEscalated, StatusResolved, StatusClosed},
	StatusProgress:  {StatusNew, StatusAssigned, StatusWaiting, StatusEscalated, StatusResolved, StatusClosed},
	StatusWaiting:   {StatusNew, StatusAssigned, StatusProgress, StatusEscalated, StatusResolved, StatusClosed},
	StatusEscalated: {StatusNew, StatusAssigned, StatusProgress, StatusWaiting, StatusResolved, StatusClosed},
	StatusResolved:  {StatusNew, StatusAssigned, StatusProgress, StatusClosed},
	StatusClosed:    {StatusNew, StatusAssigned, StatusProgress},
}

// CanBecome reports whether a ticket may go from s to the other status.
func (s Status) CanBecome(to Status) bool { return slices.Contains(transitions[s], to) }

// Open reports whether a ticket in s still needs work: it is neither resolved nor closed.
func (s Status) Open() bool { return s != StatusResolved && s != StatusClosed }

// Loads reports whether a ticket in s counts towards its assignee's load: the agent has to act on
// it, and it does not wait for the customer.
func (s Status) Loads() bool {
	return s == StatusAssigned || s == StatusProgress || s == StatusEscalated
}

// ParseStatus returns the Status named s.
func ParseStatus(s string) (Status, error) {
	if slices.Contains(Statuses, Status(s)) {
		return Status(s), nil
	}
	return "", &FieldError{"status", fmt.Sprintf("%q is not one of %s", clip(s), list(Statuses))}
}

// Priority orders tickets by urgency; a greater value is more urgent and 0 is unset.
type Priority int8

// The priorities.
const (
	Low Priority = iota + 1
	Medium
	High
	Urgent
)

// Priorities lists every Priority, least urgent first.
var Priorities = []Priority{Low, Medium, High, Urgent}

var priorityNames = [...]string{"", "low", "medium", "high", "urgent"}

// String returns the name, such as "urgent"; it is empty for 0.
func (p Priority) String() string {
	if p < 0 || int(p) >= len(priorityNames) {
		return fmt.Sprintf("priority(%d)", int(p))
	}
	return priorityNames[p]
}

// MarshalText writes the name.
func (p Priority) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a name; an empty text is 0.
func (p *Priority) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*p = 0
		return nil
	}
	*p, err = ParsePriority(string(text))
	return err
}

// ParsePriority returns the Priority named s.
func ParsePriority(s string) (Priority, error) {
	if i := slices.Index(priorityNames[1:], s); i >= 0 {
		return Priority(i + 1), nil
	}
	return 0, &FieldError{"priority", fmt.Sprintf("%q is not one of %s", clip(s), list(Priorities))}
}
