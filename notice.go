package helpdesk

import (
	"context"
	"time"
)

// Notifier tells people what happened. It is called after the commit, from Tick,
// and again later when it returns an error or the process dies before the delivery
// is recorded: at least once, always with the same Key, by many goroutines at once. A Notifier that
// tells several recipients keeps in Notification.Progress who has been told. An error that is
// ErrInvalid says that trying again is of no use: the task is dead at once.
type Notifier interface {
	Notify(ctx context.Context, n *Notification) error
}

// NotifierFunc makes a Notifier of a function.
type NotifierFunc func(ctx context.Context, n *Notification) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n *Notification) error { return f(ctx, n) }

// Notification is one thing to tell. Ticket and To are as they stand at delivery.
type Notification struct {
	Key    string // the same at every attempt to deliver it, and never that of another
	Tenant TenantID
	Kind   NoticeKind
	Urgent bool
	To     []Recipient // empty when nobody fits, say a tenant without managers
	Ticket *Ticket
	Text   string    // one or more sentences for the recipient
	By     string    // name of who wrote the Text to a customer; empty when not known
	At     time.Time // when what it tells of happened
	Mail   *Envelope // how it goes out as a mail; nil without Config.Mail

	Progress *DeliveryProgress // which of its parts need not be delivered any more; nil outside a Desk
}

// Envelope is what a notification needs beside its text to go out as a mail.
type Envelope struct {
	From       string   // the tenant's mailbox; empty when it has none
	ReplyTo    string   // where an answer finds the ticket by its token; empty to agents
	MessageID  string   // without angle brackets; the same at every attempt
	InReplyTo  string   // the mail it answers; empty when it answers none
	References []string // of the conversation, oldest first
	Automatic  bool     // no person wrote it: it says so in its headers, and answers no automatic mail
	RateURL    string   // where the customer rates; empty when that is not asked
	TicketURL  string   // where the customer reads and answers; empty to agents, and when there is none
	Files      []File   // attachments
}

// NoticeKind says what a Notification is about.
type NoticeKind string

// The kinds of notice, with whom they go to: what goes to the assignee goes to managers when nobody
// holds the ticket. NoticeReceived holds nothing that its sender wrote, since that may be a
// stranger who claims the customer's address.
const (
	NoticeReceived NoticeKind = "received" // the customer: the ticket is here
	NoticeReply    NoticeKind = "reply"    // the customer: an agent replied
	NoticeResolved NoticeKind = "resolved" // the customer: it is solved
	NoticeSurvey   NoticeKind = "survey"   // the customer: how was it? See Envelope.RateURL

	NoticeAssigned   NoticeKind = "assigned"   // the assignee: a ticket is yours
	NoticeAtRisk     NoticeKind = "at_risk"    // the assignee, urgent: a due time is near
	NoticeBreached   NoticeKind = "breached"   // managers: a due time has passed
	NoticeUnassigned NoticeKind = "unassigned" // managers: no agent could take it
	NoticeUnanswered NoticeKind = "unanswered" // managers: the customer waits for a reply
	NoticeEscalated  NoticeKind = "escalated"  // managers: somebody escalated by hand
	NoticeHeld       NoticeKind = "held"       // the assignee: a mail on the ticket waits for a decision
	NoticeBounced    NoticeKind = "bounced"    // the assignee: a mail to the customer did not arrive
)

// NoticeKinds are all kinds of notice.
var NoticeKinds = []NoticeKind{
	NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey, NoticeAssigned, NoticeAtRisk,
	NoticeBreached, NoticeUnassigned, NoticeUnanswered, NoticeEscalated, NoticeHeld, NoticeBounced,
}

// ToCustomer reports whether notices of the kind go to customers; others go to agents.
func (k NoticeKind) ToCustomer() bool {
	switch k {
	case NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey:
		return true
	}
	return false
}

// Recipient is one person to tell.
type Recipient struct {
	Agent AgentID // empty for a customer
	Name  string
	Email string
}
