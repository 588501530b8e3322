package helpdesk

import (
	"context"
	"time"
)

// Notifier tells people of events. Tick calls it after the commit, from many goroutines. Tick calls
// it again when it returned an error, or when the process died before the delivery was recorded. So
// each notice is delivered at least once, always with the same Key. A call is given up after 25
// seconds: heed the context, or the call may overlap with the next one. A Notifier that tells
// several recipients keeps in Notification.Progress which of them it has told. An ErrInvalid error
// is final: the task is dead at once.
type Notifier interface {
	Notify(ctx context.Context, n *Notification) error
}

// NotifierFunc makes a Notifier of a function.
type NotifierFunc func(ctx context.Context, n *Notification) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n *Notification) error { return f(ctx, n) }

// Notification is one event to tell people of. Ticket and To are read at delivery.
type Notification struct {
	Key    string // the same at every attempt; unique to this notification
	Tenant TenantID
	Kind   NoticeKind
	Urgent bool
	To     []Recipient // empty when there is nobody, such as in a tenant without managers
	Ticket *Ticket
	Text   string    // one or more sentences for the recipient
	By     string    // name of the writer of a Text to a customer; empty when not known
	At     time.Time // time of the event
	Mail   *Envelope // the data of a mail; nil without Config.Mail

	Progress *DeliveryProgress // parts that need no further delivery; nil outside a Desk
}

// Envelope is what a mail of a notification needs beside its text.
type Envelope struct {
	From       string   // the tenant's mailbox; empty when it has none
	ReplyTo    string   // an address with the ticket's token; empty to agents
	MessageID  string   // without angle brackets; the same at every attempt
	InReplyTo  string   // the mail it answers; empty when it answers none
	References []string // of the conversation, oldest first
	Automatic  bool     // no person wrote it, as its headers say; never an answer to automatic mail
	RateURL    string   // where the customer rates; empty unless it is a survey
	TicketURL  string   // where the customer reads and answers; empty to agents
	Files      []File   // attachments
}

// NoticeKind says what a Notification is about.
type NoticeKind string

// The kinds of notice. Each comment names the recipient. A notice for the assignee goes to managers
// when nobody holds the ticket; NoticeAnswered goes to the teams of its category first. NoticeReceived and NoticeLink hold no words of the ticket's writer:
// that may be a stranger that claims the customer's address.
const (
	NoticeReceived NoticeKind = "received" // the customer: the ticket has arrived
	NoticeReply    NoticeKind = "reply"    // the customer: an agent replied
	NoticeResolved NoticeKind = "resolved" // the customer: it is solved
	NoticeSurvey   NoticeKind = "survey"   // the customer: how was it? See Envelope.RateURL
	NoticeReminder NoticeKind = "reminder" // the customer: the ticket waits for an answer
	NoticeLink     NoticeKind = "link"     // the customer: a new link, asked for by [Desk.RenewLink]

	NoticeAssigned   NoticeKind = "assigned"   // the assignee: a ticket is yours
	NoticeAnswered   NoticeKind = "answered"   // the assignee: the customer wrote, or reopened the ticket
	NoticeAtRisk     NoticeKind = "at_risk"    // the assignee, urgent: a due time is near
	NoticeBreached   NoticeKind = "breached"   // managers: a due time has passed
	NoticeUnassigned NoticeKind = "unassigned" // managers: no agent could take it
	NoticeUnanswered NoticeKind = "unanswered" // managers: the customer waits for a reply
	NoticeEscalated  NoticeKind = "escalated"  // managers: somebody escalated by hand
	NoticeHeld       NoticeKind = "held"       // the assignee: a mail waits for a decision
	NoticeBounced    NoticeKind = "bounced"    // the assignee: a mail did not arrive
	NoticeBudget     NoticeKind = "budget"     // managers: the model's money for the day is spent
)

// NoticeKinds are all kinds of notice.
var NoticeKinds = []NoticeKind{
	NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey, NoticeReminder, NoticeLink, NoticeAssigned, NoticeAnswered, NoticeAtRisk,
	NoticeBreached, NoticeUnassigned, NoticeUnanswered, NoticeEscalated, NoticeHeld, NoticeBounced,
	NoticeBudget,
}

// ToCustomer reports whether notices of the kind go to customers; others go to agents.
func (k NoticeKind) ToCustomer() bool {
	switch k {
	case NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey, NoticeReminder, NoticeLink:
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
