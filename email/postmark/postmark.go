// Package postmark takes in mails that Postmark's inbound webhook posts.
// See https://postmarkapp.com/developer/webhooks/inbound-webhook.
package postmark

import (
	"net/http"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// Config holds the password. Postmark signs nothing.
type Config struct {
	email.Webhook

	// User and Password are for HTTP basic authentication, and stand in the URL given to Postmark:
	// https://user:password@desk.example/mail. Password is required.
	User, Password string
}

// New returns a handler that delivers the posted mails to desk, or to the Receivers of cfg.Route.
// Set "include raw email content" at Postmark: the message is then read as it was sent, which loses
// nothing.
//
// It answers 200 when the desk has the mail, now or from before; 403, after which Postmark stops,
// when the recipient is unknown here or the post is no mail; 503 when Postmark has to retry, which
// it does 10 times within 10.5 hours; 401 to posts without the password. A cfg without a Password
// is an error.
func New(desk email.Receiver, cfg *Config) (http.Handler, error) {
	var c Config
	if cfg != nil {
		c = *cfg
	}
	login := inbound.Login{User: c.User, Password: c.Password}
	var problem error
	if !login.Set() {
		problem = &helpdesk.FieldError{Field: "Password", Problem: "is empty"}
	}
	hook := &inbound.Hook{
		Provider: "postmark",
		Desks:    inbound.Desks{Desk: desk, Route: c.Route},
		Config:   c.Webhook,
		Types:    []string{"application/json"},
		Unknown:  http.StatusForbidden,
		Admit: func(r *http.Request) error {
			if !login.Fits(r) {
				return inbound.NoLogin
			}
			return nil
		},
		Read: read,
	}
	return hook.Handler(40<<20, problem)
}
