package email

import (
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	boxes "github.com/helpdesk-go/helpdesk/internal/mailbox"
)

// senders are the sender addresses in a mail.
type senders struct {
	from       mailbox // the writer, by the rule of contact
	writer     mailbox // the From field
	replyTo    []mailbox
	sender     mailbox
	returnPath string // as written; "<>" when it is empty, "" when it is missing
	relayed    bool   // from is Reply-To: a form or a robot writes for a person
}

// senders reads the writer of the mail: the From field. A form on a website sends from a mailbox
// that nobody reads and names the person in Reply-To. That person is the writer if From is such a
// mailbox, or missing, and Reply-To names one address of a person, unless the mail is a newsletter.
// A list that writes its own address into From names the writer elsewhere: see [message.original].
// A writer without a name has an empty one here; the display falls back to the address.
func (m *message) senders() (s senders) {
	s.writer = m.mailbox("From")
	s.sender = m.mailbox("Sender")
	for _, v := range m.header["Reply-To"] {
		for _, a := range parseAddresses(v, m.charset, 20) {
			if a.email != "" && !slices.ContainsFunc(s.replyTo, func(b mailbox) bool { return a.email == b.email }) {
				s.replyTo = append(s.replyTo, a)
			}
		}
	}
	// The first is from the server nearest to us; anybody may have written the others.
	if values := m.header["Return-Path"]; len(values) > 0 {
		if s.returnPath = strings.ToLower(strings.Trim(values[0], "<> \t")); s.returnPath == "" {
			s.returnPath = "<>"
		}
	}
	s.from = s.writer
	person := len(s.replyTo) == 1 && automaticMailbox(s.replyTo[0].email) == ""
	_, newsletter := m.header["List-Unsubscribe"]
	original := m.original(s)
	switch {
	case original.email != "":
		s.from, s.relayed = original, true
	case person && !newsletter && (s.writer.email == "" && s.writer.name == "" || boxes.NoReply(local(s.writer.email))):
		if s.from, s.relayed = s.replyTo[0], true; s.from.name == "" && s.writer.email == "" {
			s.from.name = s.writer.name
		}
	case s.writer.email == "" && s.writer.name == "":
		s.from = s.sender
	}
	return s
}

// mailbox returns the first address of a field, or its name without an address.
func (m *message) mailbox(key string) (a mailbox) {
	for _, v := range m.header[key] {
		for _, b := range parseAddresses(v, m.charset, 20) {
			if b.email != "" {
				return b
			}
			if a.name == "" {
				a = b
			}
		}
	}
	return a
}

func (s senders) contact() (c helpdesk.Contact, replyTo string) {
	c = helpdesk.Contact{Name: s.from.name, Email: s.from.email}
	if len(s.replyTo) > 0 && s.replyTo[0].email != c.Email {
		replyTo = s.replyTo[0].email
	}
	return c, replyTo
}

// account returns the local part of the From field in lower case; a failing mailer may write only a
// name.
func (s senders) account() string {
	if s.writer.email != "" {
		return local(s.writer.email)
	}
	return strings.ToLower(s.writer.name)
}

// automaticMailbox returns the sign that a program writes from an address, or "".
func automaticMailbox(email string) string {
	l := local(email)
	switch {
	case email == "":
		return ""
	case boxes.Daemon(l), boxes.NoReply(l):
		return "its sender is " + l
	case boxes.List(l):
		return "its sender is the list mailbox " + l
	}
	return ""
}
