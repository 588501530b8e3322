// Package inbound holds the code that all ways in for mail share. It finds the desks of a mail,
// gives the mail to them, and answers a webhook.
package inbound

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/mail"
	"net/textproto"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/mailauth"
)

// Mail is a mail on its way in: its envelope, and either all of its bytes or its parts.
type Mail struct {
	ID         string   // of the delivery; empty means the hash of Raw
	Sender     string   // of the envelope; NoSender when it is empty there, empty when it is not known
	Recipients []string // of the envelope; none when they are not known
	Problem    string   // known before it is read; empty when there is none

	// Checks is what the provider found out about the sender; nil when it checks nothing. Then a
	// mail may say something itself. Path is set from Sender.
	Checks *mailauth.Checks

	Raw []byte // nil when there are parts

	Header     mail.Header
	Text, HTML string
	Files      []helpdesk.File
}

// NoSender is the sender of bounces (RFC 5321, 4.5.5).
const NoSender = "<>"

// incoming reads the mail for some of its recipients.
func (m *Mail) incoming(to []string) (*helpdesk.Incoming, error) {
	if m.Raw == nil {
		h := mail.Header{}
		for k, v := range m.Header {
			h[k] = v
		}
		if m.Sender != "" {
			h["Return-Path"] = []string{path(m.Sender)}
		}
		if len(to) > 0 {
			h["Envelope-To"] = to
		}
		in := email.Compose(h, m.Text, m.HTML, m.Files)
		in.ID, in.Problem = m.ID, cmp.Or(m.Problem, in.Problem)
		m.judge(in)
		return in, nil
	}
	var envelope bytes.Buffer
	if m.Sender != "" {
		envelope.WriteString("Return-Path: " + path(m.Sender) + "\r\n")
	}
	for _, a := range to {
		envelope.WriteString("Delivered-To: " + line(a) + "\r\n")
	}
	in, err := email.Limits{MaxSize: int64(envelope.Len() + len(m.Raw) + 1)}.Parse(io.MultiReader(&envelope, bytes.NewReader(m.Raw)))
	if err != nil {
		return nil, err
	}
	in.ID = cmp.Or(m.ID, Hash(m.Raw))
	in.Problem = cmp.Or(m.Problem, in.Problem)
	m.judge(in)
	return in, nil
}

// judge adds the provider's verdict on the sender. Of a mail whose writer is named outside From the
// desk believes no verdict but a failure, which depends on no address.
func (m *Mail) judge(in *helpdesk.Incoming) {
	if m.Checks == nil {
		return
	}
	c := *m.Checks
	c.Path = cmp.Or(c.Path, m.Sender)
	state, why := mailauth.Judge(in.From.Email, &c)
	in.Verdict = helpdesk.SenderResult{State: helpdesk.SenderState(state), Reason: why}
}

func path(address string) string { return "<" + line(strings.Trim(address, "<> ")) + ">" }

// line takes out what would begin another header field.
func line(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// Hash names bytes, of several pieces, by what they are: SHA-256 in hexadecimal digits.
func Hash(pieces ...[]byte) string {
	h := sha256.New()
	for _, p := range pieces {
		sum := sha256.Sum256(p)
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Bytes makes a File's Open of its content.
func Bytes(content []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
}

// maxFields is how many header fields are taken.
const maxFields = 2000

// Header reads a header that a provider passes on as one text. Lines that are no field are left
// out.
func Header(text string) mail.Header {
	h := mail.Header{}
	key, n := "", 0
	var value []string
	add := func() {
		if key != "" {
			h[key] = append(h[key], strings.Join(value, " "))
		}
		key, value = "", nil
	}
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\r\n")
		if key != "" && l != "" && (l[0] == ' ' || l[0] == '\t') {
			value = append(value, strings.TrimSpace(l))
			continue
		}
		add()
		name, rest, ok := strings.Cut(l, ":")
		if name = strings.TrimSpace(name); !ok || name == "" || strings.ContainsAny(name, " \t") {
			continue
		}
		if n++; n > maxFields {
			break
		}
		key, value = textproto.CanonicalMIMEHeaderKey(name), []string{strings.TrimSpace(rest)}
	}
	add()
	return h
}
