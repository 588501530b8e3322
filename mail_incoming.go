package helpdesk

import (
	"fmt"
	"io"
	"slices"
	"time"
)

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

	Subject string
	Text    string // the author's own plain text, without quoted messages and signature
	Full    string // the whole plain text
	HTML    string // the original: sanitise it before showing it; empty when there is none
	Files   []File

	Kind    MailKind
	Reason  string    // the reason for Kind, such as a header; empty for a plain message
	Loops   []string  // values of its X-Loop headers
	Bounced []string  // of a delivery report: Message-IDs it is about
	Failed  []string  // of a delivery report: addresses with a permanent failure
	SentAt  time.Time // the time in its header; zero when there is none

	// Problem says why the mail could not be read in full, so that Raw is kept too; else empty.
	Problem string
	// Raw opens the original bytes; may be nil. Receive calls it before it returns, or never.
	Raw func() (io.ReadCloser, error) `json:"-"`
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
