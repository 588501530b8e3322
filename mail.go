package helpdesk

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// Mail is the record of one incoming or outgoing mail. The desk finds the thread of an answer by
// it, and keeps in it the content of a mail that became no message. A Store refuses a Mail whose ID
// is no UUID, whose At is zero, or whose MessageID or Address is over 998 bytes.
type Mail struct {
	ID          string // a UUID
	MessageID   string // without angle brackets; empty when it has none
	Address     string // of the other side, lower case; empty when there is none
	Subject     string // at most MaxSubject characters
	Outcome     MailOutcome
	Reason      string      // the reason for Outcome as text; may be empty
	Notice      NoticeKind  // of a mail to a customer; empty for an incoming one
	Sender      SenderState // of an incoming mail
	Answers     []string    // Message-IDs that an incoming mail answers, at most 100
	Ticket      TicketID    // empty when it belongs to none
	Message     string      // id in the ticket's thread; empty when it became no message
	At          time.Time
	Content     json.RawMessage // an encoded [Incoming] that is no message yet; else nil
	Attachments []Attachment    // files of Content, in its order
	Raw         BlobID          // the original bytes; empty when they are not kept
}

// MailOutcome says what the desk did with a mail.
type MailOutcome string

// The outcomes of incoming mails and, from MailQueued on, of mails to customers.
const (
	MailOpened     MailOutcome = "opened"     // it opened a ticket
	MailAppended   MailOutcome = "appended"   // a public message in a ticket's thread
	MailNoted      MailOutcome = "noted"      // a program's mail, noted on a ticket for agents only
	MailHeld       MailOutcome = "held"       // waits for a person's decision
	MailSuppressed MailOutcome = "suppressed" // put aside: needs no decision
	MailUnreadable MailOutcome = "unreadable" // could not be read; waits for a decision
	MailReleased   MailOutcome = "released"   // a person made it a message
	MailDismissed  MailOutcome = "dismissed"  // a person decided against it

	MailQueued  MailOutcome = "queued"
	MailSent    MailOutcome = "sent"    // the Notifier took it
	MailFailed  MailOutcome = "failed"  // no more tries: see [Desk.DeadTasks]
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

// out reports whether this is an outcome of outgoing mails.
func (o MailOutcome) out() bool {
	return slices.Index(MailOutcomes, o) >= slices.Index(MailOutcomes, MailQueued)
}

// waits reports whether a person may decide on a mail with this outcome.
func (o MailOutcome) waits() bool { return o == MailHeld || o == MailSuppressed || o == MailUnreadable }

// Incoming decodes Content; nil when there is none.
func (m *Mail) Incoming() (*Incoming, error) {
	if len(m.Content) == 0 {
		return nil, nil
	}
	in := &Incoming{}
	return in, json.Unmarshal(m.Content, in)
}

// MailQuery chooses records of mails of one tenant. A filter that is empty does not filter; several
// filters must all fit, several values of one filter are alternatives.
type MailQuery struct {
	Tenant TenantID

	IDs        []string
	MessageIDs []string
	Ticket     TicketID
	Address    string // lower case
	Outcome    []MailOutcome
	Notice     []NoticeKind
	Since      time.Time // not before this; zero means any time
	Scope      *Scope    // only mails of tickets in it, so none without a ticket; nil means any

	Limit int    // at most this many; 0 means 25, more than MaxLimit means MaxLimit
	After string // MailPage.Next of the page before; empty for the first page
}

// MailPage is one page of records, latest first.
type MailPage struct {
	Mails []Mail
	Next  string // MailQuery.After for the next page; empty on the last page
}

// PageLimit returns Limit with the default and MaxLimit applied.
func (q *MailQuery) PageLimit() int { return (&Query{Limit: q.Limit}).PageLimit() }

// Match reports whether m fits the filters of q. It ignores Tenant, Scope, Limit and After.
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

// MailConfig configures a desk's mail: its addresses, keys and links.
type MailConfig struct {
	// Address returns the mail address of a tenant, such as "support@acme.example". It is required.
	// Customers answer to it with a token after a plus: "support+c4k...@acme.example". An empty
	// address means that the tenant has none, so its mails have no reply address.
	Address func(tenant TenantID) string

	// Keys sign reply addresses and links. At least one is required, each of 32 bytes or more. The
	// first signs, all verify. Put a new key first; drop the old one when its mails need no answer.
	Keys [][]byte

	// RateURL returns the page on which a customer rates a resolved ticket, given a token for
	// [Desk.RateLink]. Nil means that no customer is asked.
	RateURL func(tenant TenantID, token string) string
	// TicketURL returns the page on which a customer reads and answers a ticket, given a token for
	// [Desk.ViewLink]. Anybody with the address can read the ticket, so only mails to the customer
	// hold it. Nil means that mails hold no link.
	TicketURL func(tenant TenantID, token string) string
	// LinkAge is how long the links in a mail work: until the end of the day, in UTC, on which they
	// are that old. 0 means 90 days. [Desk.EndLinks] ends them earlier. Reply addresses have no
	// age.
	LinkAge time.Duration
	// Survey is the time from the resolution to the mail that asks for a rating; 0 means 1 hour.
	Survey time.Duration

	// Lists returns the addresses of the mailing lists and groups of a tenant that pass mails on to
	// its Address. Their mails are by their writers, and get no acknowledgement. Mails of other
	// lists are put aside. A list whose address is Address need not be named. Nil means none.
	Lists func(tenant TenantID) []string

	// Silent turns off acknowledgements of new tickets.
	Silent bool

	// Senders returns the rules of a tenant on who is believed to have written a mail. Nil means
	// the zero SenderRules.
	Senders func(tenant TenantID) SenderRules
}

// leastKey is the fewest bytes of a key: the size of the hash (RFC 2104).
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
	if c.LinkAge < 0 {
		errs = append(errs, &FieldError{"Mail.LinkAge", "is negative"})
	}
	c.Survey, c.LinkAge = cmp.Or(c.Survey, time.Hour), cmp.Or(c.LinkAge, 90*24*time.Hour)
	return errors.Join(errs...)
}

// mailbox returns the tenant's own address; empty when it has none.
func (d *Desk) mailbox() string {
	if d.cfg.Mail == nil {
		return ""
	}
	return cleanEmail(d.cfg.Mail.Address(d.tenant))
}

// Incoming is a mail to a desk, as package email reads it. [Desk.Receive] takes it in. Its texts
// may have any length and content: Receive cuts long texts and refuses none.
type Incoming struct {
	ID         string   // the provider's id of the delivery, else a hash of its bytes; may be empty
	MessageID  string   // without angle brackets; empty when it has none
	InReplyTo  []string // Message-IDs, without angle brackets
	References []string // Message-IDs, oldest first

	From       Contact  // the author; Email is lower case, and empty when there is no address
	ReplyTo    string   // the requested reply address, when it is not From.Email
	Recipients []string // lower case: To, Cc, Delivered-To, envelope; one may hold a reply token
	// Cc are those whom the author wrote to, in To and Cc, beside the author. Addresses of the desk
	// may be among them: Receive knows its own.
	Cc []Contact

	Subject string
	Text    string // the author's own plain text, without quoted messages and signature
	// Opening is the text of a mail that begins a conversation: Text with the quoted lines and the
	// forwarded message that it is about. It is empty when it is Text.
	Opening string `json:",omitempty"`
	Full    string // the whole plain text
	HTML    string // the original: sanitise it before showing it; empty when there is none
	Files   []File

	Forward *Forward `json:",omitempty"` // the message that it forwards in its text; nil when it forwards none

	// Verdict is what the way in says of the mail's From field, as a provider that checks it does;
	// the zero SenderResult when it says nothing.
	Verdict SenderResult   `json:",omitzero"`
	Results []SenderResult `json:",omitempty"` // what servers say in Authentication-Results fields, topmost first
	Relayed bool           `json:",omitempty"` // From is not the From field, but Reply-To or another one
	Doubt   string         `json:",omitempty"` // why the From field names no single person; empty when it does

	Kind    MailKind
	Reason  string    // the reason for Kind, such as a header; empty for a plain message
	Loops   []string  // values of its X-Loop headers
	Lists   []string  `json:",omitempty"` // addresses and List-Ids of the lists that passed it on, in lower case
	Quiet   bool      `json:",omitempty"` // it must get no automatic answer, whoever wrote it
	Bounced []string  // Message-IDs of the mails that it returns with a status
	Failed  []string  // of a delivery report: addresses with a permanent failure
	SentAt  time.Time // the time in its header; zero when there is none

	// Remark says what agents have to know of the mail beside its text, such as that nobody checked
	// its signature; else empty.
	Remark string `json:",omitempty"`
	// Problem says why the mail could not be read in full, so that Raw is kept too; else empty.
	Problem string
	// Raw opens the original bytes; may be nil. Receive calls it before it returns, or never.
	Raw func() (io.ReadCloser, error) `json:"-"`
}

// Forward is a message that somebody has forwarded in the text of a mail, as the mail program of
// that person wrote it down. Nothing proves what it says.
type Forward struct {
	From    Contact
	Subject string // may be empty
	Text    string
	Note    string // what the forwarder wrote above; may be empty
}

// MailKind says what kind of author wrote a mail.
type MailKind string

// The kinds of mail. Only a MailMessage opens or reopens tickets, is acknowledged or is an answer.
const (
	MailMessage   MailKind = "message"   // a person
	MailAutomatic MailKind = "automatic" // a program: an out-of-office reply, a newsletter
	MailBounce    MailKind = "bounce"    // a report of delivery (RFC 3464) or abuse (RFC 5965)
	MailList      MailKind = "list"      // a mailing list
)

// MailKinds lists every MailKind.
var MailKinds = []MailKind{MailMessage, MailAutomatic, MailBounce, MailList}

// parseMailKind returns the MailKind named s.
func parseMailKind(s string) (MailKind, error) {
	if slices.Contains(MailKinds, MailKind(s)) {
		return MailKind(s), nil
	}
	return "", &FieldError{"kind", fmt.Sprintf("%q is not one of %s", clip(s), list(MailKinds))}
}
