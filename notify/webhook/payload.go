package webhook

import (
	"encoding/json"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Payload is the body of a request. Fields are added to it in later versions, and none is taken
// away or changes its meaning. Times are RFC 3339, in UTC.
type Payload struct {
	Type      string    `json:"type"`      // "ticket." and the kind of notice, such as "ticket.reply"; or "test", see [Notifier.Test]
	Timestamp time.Time `json:"timestamp"` // when what it tells of happened
	Data      Data      `json:"data"`
}

// Data is what a Payload tells. It holds no internal notes, no suggestion of a model, nothing that
// came in but the subject and who wrote it, and no address or link by which one could answer or
// rate in the customer's name: who needs more of a ticket asks for it by its id.
type Data struct {
	Tenant string      `json:"tenant"`
	Kind   string      `json:"kind"` // as in Type, without "ticket."
	Urgent bool        `json:"urgent"`
	Text   string      `json:"text"`         // for people: the reply, the note of a resolution, or a sentence on what happened
	To     []Recipient `json:"to"`           // whom the notice is for; may be empty
	Cc     []Recipient `json:"cc,omitempty"` // customers who get the mail as well
	Ticket Ticket      `json:"ticket"`
}

// Recipient is one person a notice is for.
type Recipient struct {
	Agent *string `json:"agent"` // the id; null for a customer
	Name  string  `json:"name"`
	Email string  `json:"email"`
}

// Ticket is a ticket as it stands when the request is made.
type Ticket struct {
	ID              string     `json:"id"`
	Ref             string     `json:"ref"`
	Version         int64      `json:"version"` // grows with each change: of two requests the one with the greater is the later
	Subject         string     `json:"subject"`
	CustomerName    string     `json:"customer_name"`
	CustomerEmail   string     `json:"customer_email"`
	Source          string     `json:"source"`
	Status          string     `json:"status"`
	Category        *string    `json:"category"` // null until it is known
	Priority        string     `json:"priority"`
	Tags            []string   `json:"tags"`
	Assignee        *string    `json:"assignee"` // the agent's id; null when nobody holds it
	EscalationLevel int        `json:"escalation_level"`
	DueAt           *time.Time `json:"due_at"` // the next deadline; null when no clock runs
	CreatedAt       time.Time  `json:"created_at"`
	UpdatedAt       time.Time  `json:"updated_at"`
	FirstResponseAt *time.Time `json:"first_response_at"`
	ResolvedAt      *time.Time `json:"resolved_at"`
	ClosedAt        *time.Time `json:"closed_at"`
}

func encode(n *helpdesk.Notification) ([]byte, error) {
	t := n.Ticket
	p := Payload{Type: typeOf(n.Kind), Timestamp: n.At.UTC(), Data: Data{
		Tenant: string(n.Tenant), Kind: string(n.Kind), Urgent: n.Urgent, Text: n.Text, To: []Recipient{},
		Ticket: Ticket{
			ID: string(t.ID), Ref: t.Ref, Version: t.Version, Subject: t.Subject, CustomerName: t.Customer.Name, CustomerEmail: t.Customer.Email,
			Source: string(t.Source), Status: string(t.Status), Category: maybe(string(t.Category)), Priority: t.Priority.String(),
			Tags: append([]string{}, t.Tags...), Assignee: maybe(string(t.Assignee)), EscalationLevel: t.EscalationLevel, DueAt: when(t.Due()),
			CreatedAt: t.CreatedAt.UTC(), UpdatedAt: t.UpdatedAt.UTC(), FirstResponseAt: when(t.FirstReplyAt),
			ResolvedAt: when(t.ResolvedAt), ClosedAt: when(t.ClosedAt),
		},
	}}
	for _, r := range n.To {
		p.Data.To = append(p.Data.To, Recipient{Agent: maybe(string(r.Agent)), Name: r.Name, Email: r.Email})
	}
	for _, r := range n.Cc {
		p.Data.Cc = append(p.Data.Cc, Recipient{Name: r.Name, Email: r.Email})
	}
	return json.Marshal(p)
}

// typeOf is the Type of a kind.
func typeOf(k helpdesk.NoticeKind) string {
	if k == testKind {
		return string(k)
	}
	return "ticket." + string(k)
}

func maybe(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
