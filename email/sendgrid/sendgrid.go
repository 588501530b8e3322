// Package sendgrid takes in mails that Twilio SendGrid's Inbound Parse posts.
// See https://www.twilio.com/docs/sendgrid/for-developers/parsing-email.
package sendgrid

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// Config sets how a post of SendGrid's is recognised: by its signature, by a password, or by both,
// which then both have to be valid.
type Config struct {
	email.Webhook

	// Keys are the public keys of the signatures, in SendGrid's form: base64 of DER. One of them
	// has to match. Without Keys posts need no signature.
	Keys []string
	// Tolerance is how far the time of a signature may lie before or after the Clock; 0 means 5
	// minutes.
	Tolerance time.Duration

	// User and Password are for HTTP basic authentication, and stand in the URL given to SendGrid:
	// https://user:password@desk.example/mail. Without a Password none is asked for.
	User, Password string
}

// The headers of a signed post.
const (
	SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature"
	TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp"
)

// New returns a handler that delivers the posted mails to desk, or to the Receivers of cfg.Route.
// It accepts both forms of post: parsed fields, and the "raw, full MIME message". Prefer the
// message, which loses nothing.
//
// It answers 200 when the desk has the mail, now or from before, and when the recipient is unknown
// here; 503 when SendGrid has to retry, which it does for 3 days; 401 to posts that are not
// SendGrid's. A cfg with neither Keys nor a Password is an error.
func New(desk email.Receiver, cfg *Config) (http.Handler, error) {
	h := &handler{}
	if cfg != nil {
		h.cfg = *cfg
	}
	h.cfg.Tolerance = cmp.Or(h.cfg.Tolerance, 5*time.Minute)
	h.login = inbound.Login{User: h.cfg.User, Password: h.cfg.Password}
	var errs []error
	for i, text := range h.cfg.Keys {
		key, err := parseKey(text)
		if err != nil {
			errs = append(errs, &helpdesk.FieldError{Field: fmt.Sprintf("Keys[%d]", i), Problem: err.Error()})
		}
		h.keys = append(h.keys, key)
	}
	if len(h.cfg.Keys) == 0 && !h.login.Set() {
		errs = append(errs, &helpdesk.FieldError{Field: "Keys", Problem: "is empty, and there is no Password"})
	}
	h.hook = &inbound.Hook{
		Provider: "sendgrid",
		Desks:    inbound.Desks{Desk: desk, Route: h.cfg.Route},
		Config:   h.cfg.Webhook,
		Types:    inbound.FormTypes,
		// SendGrid's pages contradict each other on retries after another status.
		Unknown: http.StatusOK,
		Admit:   h.admit,
		Read:    h.read,
	}
	return h.hook.Handler(40<<20, append(errs, inbound.NotNegative("Tolerance", h.cfg.Tolerance))...)
}

type handler struct {
	cfg   Config
	keys  []*ecdsa.PublicKey
	login inbound.Login
	hook  *inbound.Hook
}

func parseKey(text string) (*ecdsa.PublicKey, error) {
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, errors.New("is not base64")
	}
	key, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, errors.New("is not a public key in DER")
	}
	if k, ok := key.(*ecdsa.PublicKey); ok && k.Curve == elliptic.P256() {
		return k, nil
	}
	return nil, errors.New("is not an ECDSA key on curve P-256")
}

// admit refuses requests that can be refused before the body is read.
func (h *handler) admit(r *http.Request) error {
	switch {
	case h.login.Set() && !h.login.Fits(r):
		return inbound.NoLogin
	case len(h.keys) == 0:
		return nil
	case r.Header.Get(SignatureHeader) == "" || r.Header.Get(TimestampHeader) == "":
		return inbound.NoSignature
	case !inbound.Recent(h.hook.Config.Clock, r.Header.Get(TimestampHeader), h.cfg.Tolerance):
		return inbound.Late
	}
	return nil
}

// verify checks the signature: ECDSA over the SHA-256 of the timestamp and the body.
func (h *handler) verify(r *http.Request, body []byte) error {
	if len(h.keys) == 0 {
		return nil
	}
	signature, err := base64.StdEncoding.DecodeString(r.Header.Get(SignatureHeader))
	if err != nil {
		return inbound.BadSignature
	}
	hash := sha256.New()
	hash.Write([]byte(r.Header.Get(TimestampHeader)))
	hash.Write(body)
	digest := hash.Sum(nil)
	for _, key := range h.keys {
		if ecdsa.VerifyASN1(key, digest, signature) {
			return nil
		}
	}
	return inbound.BadSignature
}
