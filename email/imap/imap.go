// Package imap takes in mails from a mailbox of an IMAP server (RFC 3501, RFC 9051).
package imap

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
)

// Config sets the mailbox and how it is processed.
type Config struct {
	// Address is host and port of the server, such as "imap.example.com:993". The connection uses
	// TLS. Required without Dial.
	Address string
	TLS     *tls.Config // nil trusts the certificates that the machine trusts
	// Dial makes the connection instead of TLS to Address.
	Dial func(ctx context.Context) (net.Conn, error)

	User, Password string // required
	Folder         string // empty means INBOX
	// MoveTo is the folder to which finished mails are moved. If it is empty they stay, marked as
	// seen.
	MoveTo string

	// Route finds the desk by the addresses in a mail's header. Nil means that all mails are for
	// the one Receiver given to New. A mail without a known address stays unseen.
	Route email.Route

	// Poll is the interval of looking into the folder; 0 means 1 minute. From a server that
	// announces new mails (IDLE, RFC 2177) they are also fetched at once.
	Poll time.Duration
	// Retry is the wait after a failure of the connection or of one mail. Each further failure
	// doubles it, up to an hour for a mail and 5 minutes for the connection. 0 means 10 seconds.
	Retry time.Duration

	// MaxSize limits the bytes read of a mail. A larger mail is taken in up to there, and its
	// Problem says so. 0 means 40 MiB.
	MaxSize int64
	// ReceiveTimeout is how long the desk may take for a mail; 0 means 1 minute.
	ReceiveTimeout time.Duration

	// Clock decides when a failed mail is due again; nil means helpdesk.SystemClock.
	Clock  helpdesk.Clock
	Logger *slog.Logger // nil means slog.Default()
}

// Mailbox is a folder whose mails are taken in. Make it with New.
type Mailbox struct {
	cfg   Config
	desks inbound.Desks
}

// The longest waits after failures.
const (
	maxReconnect = 5 * time.Minute
	maxPostpone  = time.Hour
)

// New returns a Mailbox whose unseen mails go to desk, or to the Receivers of cfg.Route. It does
// not connect yet.
func New(desk email.Receiver, cfg *Config) (*Mailbox, error) {
	m := &Mailbox{}
	if cfg != nil {
		m.cfg = *cfg
	}
	c := &m.cfg
	m.desks = inbound.Desks{Desk: desk, Route: c.Route}
	errs := []error{m.desks.Check()}
	missing := func(field string) { errs = append(errs, &helpdesk.FieldError{Field: field, Problem: "is empty"}) }
	if c.Address == "" && c.Dial == nil {
		missing("Address")
	}
	if c.User == "" {
		missing("User")
	}
	if c.Password == "" {
		missing("Password")
	}
	for _, f := range []struct {
		name  string
		value int64
	}{{"Poll", int64(c.Poll)}, {"Retry", int64(c.Retry)}, {"MaxSize", c.MaxSize}, {"ReceiveTimeout", int64(c.ReceiveTimeout)}} {
		if f.value < 0 {
			errs = append(errs, &helpdesk.FieldError{Field: f.name, Problem: "is negative"})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("imap: %w", err)
	}
	c.Folder = cmp.Or(c.Folder, "INBOX")
	c.Poll = cmp.Or(c.Poll, time.Minute)
	c.Retry = cmp.Or(c.Retry, 10*time.Second)
	c.MaxSize = cmp.Or(c.MaxSize, 40<<20)
	c.ReceiveTimeout = cmp.Or(c.ReceiveTimeout, time.Minute)
	if c.Dial == nil {
		c.Dial = func(ctx context.Context) (net.Conn, error) {
			d := tls.Dialer{NetDialer: &net.Dialer{Timeout: 30 * time.Second}, Config: c.TLS}
			return d.DialContext(ctx, "tcp", c.Address)
		}
	}
	if c.Clock == nil {
		c.Clock = helpdesk.SystemClock
	}
	c.Logger = noaddress.Logger(c.Logger)
	return m, nil
}

// Run takes in present and future unseen mails until ctx ends, and returns nil then. It marks or
// moves each mail once the desk has it. If that fails, or the process ends before, the desk gets
// the mail again and recognises it. A mail that the desk cannot take in now stays unseen and is
// retried later; the others go on. Run logs a failed connection and connects again; it returns no
// error for it.
//
// Two processes may run on one folder: both may fetch a mail, and it is taken in once.
func (m *Mailbox) Run(ctx context.Context) error {
	due := &postponed{}
	wait := m.cfg.Retry
	for ctx.Err() == nil {
		worked, err := m.connect(ctx, due)
		if ctx.Err() != nil {
			break
		}
		if worked {
			wait = m.cfg.Retry
		}
		m.cfg.Logger.ErrorContext(ctx, "mailbox is out of reach", "folder", m.cfg.Folder, "error", err, "again_in", wait)
		pause(ctx, wait)
		wait = min(2*wait, max(maxReconnect, m.cfg.Retry))
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
