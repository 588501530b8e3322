package helpdesk

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Mail is the record of one mail that came in or went out: what became of it and why. Threads are found by it, and what did
// not become a message is kept in it. A Store refuses one whose ID is no UUID, that has no At, or whose MessageID or Address is longer than 998 bytes.
type Mail struct {
	ID          string // a UUID
	MessageID   string // without angle brackets; empty when it has none
	Address     string // of the other side, lower case; empty when there is none
	Subject     string // at most MaxSubject characters
	Outcome     MailOutcome
	Reason      string     // why, in words; empty when there is nothing to say
	Notice      NoticeKind // of a mail to a customer, what it tells; empty of one that came in
	Ticket      TicketID   // empty when it belongs to none
	Message     string     // of the ticket's thread; empty when it became none
	At          time.Time
	Content     json.RawMessage // the [Incoming], while it is no message of a thread; nil else. See [Mail.Incoming]
	Attachments []Attachment    // files of Content, in its order
	Raw         BlobID          // the bytes as they came; empty when they are not kept
}

// MailOutcome says what became of a mail.
type MailOutcome string

// The outcomes: of mails that came in, and from MailQueued on of mails to customers.
const (
	MailOpened     MailOutcome = "opened"     // a ticket
	MailAppended   MailOutcome = "appended"   // to a ticket's thread, for all to see
	MailNoted      MailOutcome = "noted"      // on a ticket, by a program: for agents alone
	MailHeld       MailOutcome = "held"       // for a person to look at
	MailSuppressed MailOutcome = "suppressed" // nobody needs to look at it
	MailUnreadable MailOutcome = "unreadable" // could not be read; held as well
	MailReleased   MailOutcome = "released"   // was held or suppressed, and became a message
	MailDismissed  MailOutcome = "dismissed"  // was held, and a person decided against it

	MailQueued  MailOutcome = "queued"
	MailSent    MailOutcome = "sent"    // the Notifier took it
	MailFailed  MailOutcome = "failed"  // given up: see [Desk.DeadTasks]
	MailBounced MailOutcome = "bounced" // a delivery report says that it did not arrive
)

// MailOutcomes lists every MailOutcome.
var MailOutcomes = []MailOutcome{
	MailOpened, MailAppended, MailNoted, MailHeld, MailSuppressed, MailUnreadable, MailReleased, MailDismissed,
	MailQueued, MailSent, MailFailed, MailBounced,
}

// ParseMailOutcome returns the MailOutcome named s.
func ParseMailOutcome(s string) (MailOutcome, error) {
	if slices.Contains(MailOutcomes, MailOutcome(s)) {
		return MailOutcome(s), nil
	}
	return "", &FieldError{"outcome", fmt.Sprintf("%q is not one of %s", clip(s), list(MailOutcomes))}
}

// out reports whether a mail with this outcome went out.
func (o MailOutcome) out() bool {
	return slices.Index(MailOutcomes, o) >= slices.Index(MailOutcomes, MailQueued)
}

// waits reports whether a person may decide on a mail with this outcome.
func (o MailOutcome) waits() bool { return o == MailHeld || o == MailSuppressed || o == MailUnreadable }

// Incoming reads Content; nil when there is none.
func (m *Mail) Incoming() (*Incoming, error) {
	if len(m.Content) == 0 {
		return nil, nil
	}
	in := &Incoming{}
	return in, json.Unmarshal(m.Content, in)
}

// MailQuery chooses records of mails of one tenant. A filter that is empty does not filter; several filters must all fit, several
// values of one filter are alternatives.
type MailQuery struct {
	Tenant TenantID

	IDs        []string
	MessageIDs []string
	Ticket     TicketID
	Address    string // lower case
	Outcome    []MailOutcome
	Notice     []NoticeKind
	Since      time.Time // not before this; zero is open-ended

	Limit int    // at most this many; 0 means 25, more than MaxLimit means MaxLimit
	After string // MailPage.Next of the page before; empty for the first
}

// MailPage is one page of records, latest first.
type MailPage struct {
	Mails []Mail
	Next  string // pass it as MailQuery.After for the next page; empty on the last
}

// PageLimit returns the limit in force.
func (q *MailQuery) PageLimit() int { return (&Query{Limit: q.Limit}).PageLimit() }

// Match reports whether m fits the filters of q; the page does not matter, nor does the Tenant, which m does not name.
func (q *MailQuery) Match(m *Mail) bool {
	in := func(ok bool, n int) bool { return n == 0 || ok }
	return in(slices.Contains(q.IDs, m.ID), len(q.IDs)) &&
		in(m.MessageID != "" && slices.Contains(q.MessageIDs, m.MessageID), len(q.MessageIDs)) &&
		(q.Ticket == "" || m.Ticket == q.Ticket) &&
		(q.Address == "" || m.Address == q.Address) &&
		in(slices.Contains(q.Outcome, m.Outcome), len(q.Outcome)) &&
		in(slices.Contains(q.Notice, m.Notice), len(q.Notice)) &&
		(q.Since.IsZero() || !m.At.Before(q.Since))
}

// MailConfig says how a desk is reached by mail, and signs what it sends out.
type MailConfig struct {
	// Address returns where customers of a tenant write to, such as "support@acme.example". Answers come to the same with a
	// token behind a plus: "support+c4k...@acme.example". Required. An empty address means that the tenant has none:
	// its mails hold no address to answer to.
	Address func(tenant TenantID) string

	// Keys sign reply addresses and links: at least one, each of 32 bytes or more, the newest first. It signs; what another one
	// has signed is accepted too. Take the old one out when its mails need no answer any more.
	Keys [][]byte

	// RateURL returns the page on which a customer rates a resolved ticket, given a token for [Desk.RateLink]. Nil: nobody is asked.
	RateURL func(tenant TenantID, token string) string
	// TicketURL returns the page on which a customer reads a ticket and answers, given a token for [Desk.ViewLink]. Whoever has the
	// address has the ticket, so it goes into mails to the customer alone. Nil: mails to customers have no link.
	TicketURL func(tenant TenantID, token string) string
	// Survey is how long after its resolution a customer is asked to rate a ticket; 0 means 1 hour.
	Survey time.Duration

	// Silent turns acknowledgements of new tickets off.
	Silent bool
}

// leastKey is how many bytes a key has at least: as many as the hash it is for (RFC 2104).
const leastKey = 32

func (c *MailConfig) complete() error {
	var errs []error
	if c.Address == nil {
		errs = append(errs, &FieldError{"Mail.Address", "is nil"})
	}
	if len(c.Keys) == 0 {
		errs = append(errs, &FieldError{"Mail.Keys", "is empty"})
	}
	for i, key := range c.Keys {
		if len(key) < leastKey {
			errs = append(errs, &FieldError{fmt.Sprintf("Mail.Keys[%d]", i), fmt.Sprintf("is shorter than %d bytes", leastKey)})
		}
	}
	if c.Survey < 0 {
		errs = append(errs, &FieldError{"Mail.Survey", "is negative"})
	}
	if c.Survey == 0 {
		c.Survey = time.Hour
	}
	return errors.Join(errs...)
}

// mailbox returns the tenant's own address, or "".
func (d *Desk) mailbox() string {
	if d.cfg.Mail == nil {
		return ""
	}
	return cleanEmail(d.cfg.Mail.Address(d.tenant))
}
