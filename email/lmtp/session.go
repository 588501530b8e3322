package lmtp

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"

	"github.com/emersion/go-smtp"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/internal/inbound"
)

// The answers, with the codes of RFC 5321 and RFC 3463.
var (
	errUnknown = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here has this address"}
	errLater   = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not received: try again later"}
	errSize    = &smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 3, 4}, Message: "mail is too large"}
	errLine    = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "mail has a line that is too long"}
)

// session is the conversation with one client.
type session struct {
	*Server
	ctx  context.Context
	conn *connection
	from string
	to   []string // as the client wrote them
}

func (s *session) Reset() { s.from, s.to = "", nil }

func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.from = from; from == "" {
		s.from = inbound.NoSender
	}
	return nil
}

// Rcpt refuses an unknown address before the mail is sent.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if _, err := s.desks.Find(s.ctx, to); err != nil {
		return s.answer(err, to)
	}
	s.to = append(s.to, to)
	return nil
}

// Data takes in a mail by SMTP: one answer for all.
func (s *session) Data(r io.Reader) error {
	var answer error
	for _, err := range s.receive(r) {
		if answer == nil || err == errLater {
			answer = err
		}
	}
	return answer
}

// LMTPData takes in a mail by LMTP: an answer for each recipient.
func (s *session) LMTPData(r io.Reader, status smtp.StatusCollector) error {
	to := s.to
	for i, err := range s.receive(r) {
		status.SetStatus(to[i], err)
	}
	return nil
}

// receive returns an answer for each recipient, in their order.
func (s *session) receive(r io.Reader) []error {
	s.conn.setBusy(true)
	defer s.conn.setBusy(false)
	all := func(err error) []error {
		answers := make([]error, len(s.to))
		for i := range answers {
			answers[i] = err
		}
		return answers
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-s.ctx.Done():
		return all(errLater)
	}
	var raw bytes.Buffer
	if _, err := raw.ReadFrom(r); err != nil {
		return all(s.answer(err, s.to...))
	}
	ctx, cancel := context.WithTimeout(s.ctx, s.cfg.ReceiveTimeout)
	defer cancel()
	answers := all(errLater)
	for _, g := range s.desks.Deliver(ctx, &inbound.Mail{Sender: s.from, Recipients: s.to, Raw: raw.Bytes()}) {
		answer := s.answer(g.Err, g.Recipients...)
		for _, to := range g.Recipients {
			for i := range s.to {
				if inbound.Address(s.to[i]) == to {
					answers[i] = answer
				}
			}
		}
	}
	return answers
}

// answer makes an answer of an error, and logs it.
func (s *session) answer(err error, to ...string) error {
	var answer *smtp.SMTPError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, helpdesk.ErrNotFound):
		answer = errUnknown
	case errors.Is(err, smtp.ErrDataTooLarge):
		answer = errSize
	case errors.Is(err, smtp.ErrTooLongLine):
		answer = errLine
	default:
		answer = errLater
	}
	level := slog.LevelWarn
	if answer == errLater {
		level = slog.LevelError
	}
	s.cfg.Logger.LogAttrs(s.ctx, level, "mail was not taken in", slog.Int("status", answer.Code), slog.Any("to", to), slog.String("error", err.Error()))
	return answer
}
