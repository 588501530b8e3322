// Package lmtp takes in mails that a mail server delivers by LMTP (RFC 2033), and with Config.SMTP
// also by SMTP (RFC 5321).
//
// Put it behind a mail server of your own, such as Postfix or Dovecot, on a Unix socket or a
// private network: it asks for no password. A mail that was answered with 250 is in the desk.
package lmtp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
)

// Config sets limits for clients. The zero value works.
type Config struct {
	// Route finds the desk by a recipient's address; the server answers 550 to unknown ones. Nil
	// means that all addresses are known, and their mails are for the one Receiver given to New.
	Route email.Route

	// SMTP speaks SMTP instead of LMTP, for hosts without a mail server. All recipients then share
	// one answer: when one of them has to wait, the client sends the mail to all again, and
	// Receivers that have it keep it once.
	SMTP bool

	Domain string // the server's name; empty means "localhost"

	// MaxSize is the size limit of a mail in bytes; a larger one is answered with 552; 0 means 40
	// MiB.
	MaxSize int64
	// MaxRecipients is the limit of recipients of a mail. More are answered with 452, and clients
	// send to them apart. 0 means 100, the most is 500.
	MaxRecipients int
	// ReadTimeout is for a command, and for the whole of a mail; 0 means 5 minutes.
	ReadTimeout  time.Duration
	WriteTimeout time.Duration // for an answer; 0 means 1 minute
	// ReceiveTimeout is how long the desk may take for a mail before the client has to retry; 0
	// means 1 minute.
	ReceiveTimeout time.Duration
	// Parallel is the number of mails taken in at once; others wait. 0 means 8. Memory is bounded
	// by about three times Parallel times MaxSize.
	Parallel int
	// StopTimeout is how long a stopping server waits for mails in progress; 0 means 30 seconds.
	StopTimeout time.Duration

	Logger *slog.Logger // nil means slog.Default()
}

// Server is an LMTP or SMTP server. Make it with New.
type Server struct {
	cfg   Config
	desks inbound.Desks
	slots chan struct{}
}

// New returns a server that gives mails to desk, or to the Receivers of cfg.Route. It does not
// listen yet.
func New(desk email.Receiver, cfg *Config) (*Server, error) {
	s := &Server{}
	if cfg != nil {
		s.cfg = *cfg
	}
	c := &s.cfg
	s.desks = inbound.Desks{Desk: desk, Route: c.Route}
	errs := []error{s.desks.Check()}
	for _, f := range []struct {
		name  string
		value int64
	}{{"MaxSize", c.MaxSize}, {"MaxRecipients", int64(c.MaxRecipients)}, {"ReadTimeout", int64(c.ReadTimeout)}, {"WriteTimeout", int64(c.WriteTimeout)},
		{"ReceiveTimeout", int64(c.ReceiveTimeout)}, {"Parallel", int64(c.Parallel)}, {"StopTimeout", int64(c.StopTimeout)}} {
		if f.value < 0 {
			errs = append(errs, &helpdesk.FieldError{Field: f.name, Problem: "is negative"})
		}
	}
	if c.MaxRecipients > inbound.MaxRecipients {
		errs = append(errs, &helpdesk.FieldError{Field: "MaxRecipients", Problem: fmt.Sprintf("is more than %d", inbound.MaxRecipients)})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("lmtp: %w", err)
	}
	c.Domain = cmp.Or(c.Domain, "localhost")
	c.MaxSize = cmp.Or(c.MaxSize, 40<<20)
	c.MaxRecipients = cmp.Or(c.MaxRecipients, 100)
	c.ReadTimeout = cmp.Or(c.ReadTimeout, 5*time.Minute)
	c.WriteTimeout = cmp.Or(c.WriteTimeout, time.Minute)
	c.ReceiveTimeout = cmp.Or(c.ReceiveTimeout, time.Minute)
	c.Parallel = cmp.Or(c.Parallel, 8)
	c.StopTimeout = cmp.Or(c.StopTimeout, 30*time.Second)
	c.Logger = noaddress.Logger(c.Logger)
	s.slots = make(chan struct{}, c.Parallel)
	return s, nil
}

// maxLine is the greatest length of a line of a mail. RFC 5321 allows 1,000 bytes and programs
// write longer ones.
const maxLine = 1 << 20

// Serve takes in mails of clients of l, which may be a listener of package tls, until ctx ends.
// Then it closes l, waits up to StopTimeout for the answers to mails in progress, and returns nil.
// It returns an error when l fails.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	live := &connections{}
	// Work in progress continues when ctx ends; stop ends it.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{Server: s, ctx: work, conn: live.of(c)}, nil
	}))
	server.LMTP = !s.cfg.SMTP
	server.Domain = s.cfg.Domain
	server.MaxMessageBytes = s.cfg.MaxSize
	server.MaxRecipients = s.cfg.MaxRecipients
	server.MaxLineLength = maxLine
	server.ReadTimeout, server.WriteTimeout = s.cfg.ReadTimeout, s.cfg.WriteTimeout
	server.EnableSMTPUTF8 = true
	server.ErrorLog = logger{s.cfg.Logger}

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(live.listen(l)) }()
	select {
	case err := <-failed:
		_ = server.Close()
		return fmt.Errorf("lmtp: %w", err)
	case <-ctx.Done():
	}
	grace, end := context.WithTimeout(work, s.cfg.StopTimeout)
	defer end()
	live.closeIdle()
	if server.Shutdown(grace) != nil {
		live.closeAll() // at the latest: stop ends the work too
	}
	_ = l.Close() // in case the server never listened on it
	<-failed
	return nil
}

// ListenAndServe listens on an address, such as "tcp" and "127.0.0.1:2424", or "unix" and a path,
// and then serves.
func (s *Server) ListenAndServe(ctx context.Context, network, address string) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, network, address)
	if err != nil {
		return fmt.Errorf("lmtp: %w", err)
	}
	return s.Serve(ctx, l)
}

// logger logs the errors of go-smtp.
type logger struct{ *slog.Logger }

func (l logger) Printf(format string, v ...any) { l.Warn("smtp: " + fmt.Sprintf(format, v...)) }
func (l logger) Println(v ...any)               { l.Warn("smtp: " + fmt.Sprint(v...)) }
