// Package smtpnotify sends notifications as mails, through a mail server that speaks SMTP (RFC
// 5321) or, for a start without one, into a folder.
//
// Each recipient gets a mail of their own, with a text and an HTML part of the same content. What
// is in it comes from template files in English and German; a host adds languages and overrides
// files, for all tenants or for one: see [Config.Templates] and [Brand]. Admins of a tenant edit
// mail templates with placeholders instead, which nothing runs: see [Config.Saved].
//
// # Delivery
//
// A desk delivers at least once. Each recipient is a part of the notification's
// [helpdesk.DeliveryProgress]: after the failure of one the others get no second mail, from
// whatever process; one that dies between a mail and its record may send it once more, with the
// same Message-ID. An error that is ErrInvalid, as of a [*RefusedError], says that all who got none
// were refused for good.
package smtpnotify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/mail"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
	"github.com/helpdesk-go/helpdesk/notify"
)

// Config says how mails look and where they go. From is required, and Host or Folder.
type Config struct {
	Host      string      // of the mail server
	Port      int         // 0 means 587; 465 with TLSImplicit, 25 with TLSNone
	TLS       TLS         // empty means TLSStart
	TLSConfig *tls.Config // nil verifies the name Host against the roots of the system
	Username  string      // empty: the server is used without authentication
	Password  string
	Auth      Auth          // empty chooses by what the server offers
	LocalName string        // the name to greet with; empty means the host name
	Timeout   time.Duration // of one call of Notify, all its mails together; 0 means 2 minutes

	// Folder is where mails are written to as files ending in .eml, instead of being sent. It is
	// made when it is not there.
	Folder string

	// From is the address of mails of tenants that have no mailbox of their own, such as
	// "support@acme.example".
	From string

	// Brand says how mails of a tenant look; nil is the zero Brand for all. While it returns an
	// error nothing is sent, and the notice is tried again, unless that is ErrInvalid.
	Brand func(context.Context, helpdesk.TenantID) (Brand, error)

	// Saved is the store of the desk, from which the mail templates are read that a tenant's admins
	// save: see [templates.Settings]. They go before Brand, and are read for each notice; while
	// that fails nothing is sent, and the notice is tried again. Nil: admins change nothing.
	Saved helpdesk.Store

	// Templates overrides the built-in templates by file name, or adds languages: see [Builtin] for
	// the files there are. Nil overrides none. New checks it.
	Templates fs.FS

	TicketURL func(helpdesk.TenantID, *helpdesk.Ticket) string // where an agent sees a ticket; nil or empty: mails to agents have no link
	// UnsubscribeURL is where a customer says that no more surveys are wanted (RFC 2369); when it
	// begins with https:// it has to accept a POST for that (RFC 8058). Nil or empty: mails do not
	// name one.
	UnsubscribeURL func(helpdesk.TenantID, helpdesk.Recipient) string

	Clock  helpdesk.Clock // nil is helpdesk.SystemClock
	Logger *slog.Logger   // told of templates that do not work; nil is slog.Default()
}

// Notifier is a helpdesk.Notifier that sends mails.
type Notifier struct {
	cfg   Config
	books []*book // templates: those of the host, then the built-in ones
}

// New returns a Notifier. It copies cfg and connects to nothing yet; an error names the field, or
// the template, at fault.
func New(cfg *Config) (*Notifier, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	n := &Notifier{cfg: *cfg}
	if err := errors.Join(n.cfg.complete(), Check(n.cfg.Templates)); err != nil {
		return nil, fmt.Errorf("smtpnotify: new: %w", err)
	}
	if n.cfg.Templates != nil {
		n.books = append(n.books, newBook(n.cfg.Templates))
	}
	n.books = append(n.books, builtin)
	return n, nil
}

func (c *Config) complete() error {
	var errs []error
	wrong := func(field, problem string) { errs = append(errs, &helpdesk.FieldError{Field: field, Problem: problem}) }
	if !plainAddress(c.From) {
		wrong("From", "is not a plain mail address")
	}
	if c.Folder == "" && c.Host == "" {
		wrong("Host", "is empty, as is Folder")
	}
	if c.Port < 0 || c.Port > 65535 {
		wrong("Port", "is not between 1 and 65535")
	}
	if c.Timeout < 0 {
		wrong("Timeout", "is negative")
	}
	switch c.TLS {
	case "":
		c.TLS = TLSStart
	case TLSStart, TLSImplicit, TLSNone:
	default:
		wrong("TLS", fmt.Sprintf("%q is not known", c.TLS))
	}
	if _, ok := mechanisms[c.Auth]; !ok && c.Auth != "" {
		wrong("Auth", fmt.Sprintf("%q is not known", c.Auth))
	}
	if c.Auth != "" && c.Username == "" {
		wrong("Username", "is empty")
	}
	if c.Port == 0 {
		c.Port = map[TLS]int{TLSStart: 587, TLSImplicit: 465, TLSNone: 25}[c.TLS]
	}
	if c.Timeout == 0 {
		c.Timeout = 2 * time.Minute
	}
	if c.Brand == nil {
		c.Brand = func(context.Context, helpdesk.TenantID) (Brand, error) { return Brand{}, nil }
	}
	if c.Clock == nil {
		c.Clock = helpdesk.SystemClock
	}
	c.Logger = noaddress.Logger(c.Logger)
	return errors.Join(errs...)
}

// Notify sends n to each of its recipients that has an address, each a part of its Progress. It
// goes on when one fails.
func (n *Notifier) Notify(ctx context.Context, note *helpdesk.Notification) error {
	ctx, cancel := context.WithTimeout(ctx, n.cfg.Timeout)
	defer cancel()
	brand := sync.OnceValues(func() (Brand, error) { return n.brand(ctx, note.Tenant) })
	send := n.file
	if n.cfg.Folder == "" {
		l := &line{Notifier: n}
		defer l.end()
		send = l.send
	}
	var errs []error
	for _, to := range note.To {
		if to.Email == "" {
			continue
		}
		errs = append(errs, note.Progress.Once(helpdesk.PartMailTo(to.Email), func() error {
			if !plainAddress(to.Email) {
				return &RefusedError{Recipient: to.Email, Text: "not a plain mail address"}
			}
			b, err := brand()
			if err != nil {
				return err
			}
			return send(ctx, n.compose(note, to, b))
		}))
	}
	if err := notify.Join(errs...); err != nil {
		return fmt.Errorf("smtpnotify: %w", err)
	}
	return nil
}

// plainAddress reports whether s is a mail address and nothing else.
func plainAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254
}
