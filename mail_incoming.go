package helpdesk

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// Incoming is a message from outside that is for a desk: a mail, as package email reads it. [Desk.Receive] takes it in.
// Its texts may be of any length and hold anything: what does not fit is cut there, and nothing is refused for it.
type Incoming struct {
	ID         string   // of this delivery: what the provider calls it, else a hash of its bytes; empty when there is none
	MessageID  string   // without angle brackets; empty when it has none
	InReplyTo  []string // Message-IDs, without angle brackets
	References []string // Message-IDs, oldest first

	From       Contact  // who wrote it; Email is lower case, and empty when there is no address
	ReplyTo    string   // where an answer is asked to go, when that is not From.Email
	Recipients []string // every address it was sent to, lower case: To, Cc, Delivered-To, the envelope's; one may hold a reply token

	Subject string
	Text    string // what its writer wrote, in plain text: without quoted messages and signature
	Full    string // all of its text
	HTML    string // as it came, not to be shown before it is sanitised; empty when it has none
	Files   []File

	Kind    MailKind
	Reason  string    // why it is of this kind, such as the header that says so; empty for a plain message
	Loops   []string  // values of its X-Loop headers
	Bounced []string  // a delivery report: Message-IDs it is about
	Failed  []string  // a delivery report: addresses that could not be reached for good
	SentAt  time.Time // what it says itself; zero when it does not

	// Problem says why it could not be read, or not as a whole; empty when it could. Raw is kept then.
	Problem string
	// Raw opens the bytes as they came; nil when they are not at hand. Receive calls it before it returns, or never.
	Raw func() (io.ReadCloser, error) `json:"-"`
}

// MailKind says who or what wrote a mail.
type MailKind string

// The kinds of mail. Only a message opens tickets, brings them back to life, is acknowledged, or counts as an answer.
const (
	MailMessage   MailKind = "message"   // a person
	MailAutomatic MailKind = "automatic" // a program: an out-of-office reply, a newsletter
	MailBounce    MailKind = "bounce"    // a delivery report (RFC 3464) or a report of abuse (RFC 5965)
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
