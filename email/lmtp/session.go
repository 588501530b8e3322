package lmtp

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"

	"github.com/emersion/go-smtp"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// The answers, with the codes of RFC 5321 and RFC 3463.
var (
	errUnknown = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here has this address"}
	errLater   = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not received: try again later"}
	errSize    = &smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 3, 4}, Message: "mail is too large"}
	errLine    = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "mail has a line that is too long"}
)

// session is the conversation with one client. A client that sends a mail in chunks (RFC 3030) may
// break off: Reset is then called while the mail is still being received.
type session struct {
	*Server
	ctx  context.Context
	conn *connection

	mu   sync.Mutex
	from string
	to   []string // as the client wrote them
}

func (s *session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from, s.to = "", nil
}

func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from = cmp.Or(from, inbound.NoSender)
	return nil
}

// Rcpt refuses an unknown address before the mail is sent.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if _, err := s.desks.Find(s.ctx, to); err != nil {
		return s.answer(err, to)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = append(s.to, to)
	return nil
}

// Data takes in a mail by SMTP: one answer for all.
func (s *session) Data(r io.Reader) error {
	_, answers, err := s.receive(r)
	for _, a := range answers {
		if err == nil || a == errLater {
			err = a
		}
	}
	return err
}

// LMTPData takes in a mail by LMTP: an answer for each recipient.
func (s *session) LMTPData(r io.Reader, status smtp.StatusCollector) error {
	to, answers, err := s.receive(r)
	for i, a := range answers {
		status.SetStatus(to[i], a)
	}
	return err
}

// receive returns the recipients and an answer for each, or an error that is the answer for all.
func (s *session) receive(r io.Reader) (to []string, answers []error, err error) {
	s.mu.Lock()
	mail := &inbound.Mail{Sender: s.from, Recipients: slices.Clone(s.to)}
	s.mu.Unlock()
	s.conn.setBusy(true)
	defer s.conn.setBusy(false)
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-s.ctx.Done():
		return nil, nil, errLater
	}
	var raw bytes.Buffer
	if _, err := raw.ReadFrom(r); err != nil {
		return nil, nil, s.answer(err, mail.Recipients...)
	}
	mail.Raw = raw.Bytes()
	ctx, cancel := context.WithTimeout(s.ctx, s.cfg.ReceiveTimeout)
	defer cancel()
	of := map[string]error{}
	for _, g := range s.desks.Deliver(ctx, mail) {
		answer := s.answer(g.Err, g.Recipients...)
		for _, a := range g.Recipients {
			of[a] = answer
		}
	}
	for _, a := range mail.Recipients {
		answer, known := of[inbound.Address(a)]
		if !known {
			answer = errLater // cannot happen: each is in a group
		}
		answers = append(answers, answer)
	}
	return mail.Recipients, answers, nil
}

// answer makes an answer from an error, and logs it.
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
	s.cfg.Logger.LogAttrs(s.ctx, level, "mail was not taken in", slog.Int("status", answer.Code), slog.Int("recipients", len(to)), slog.String("error", err.Error()))
	return answer
}
