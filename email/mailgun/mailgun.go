// Package mailgun takes in mails that a route of Mailgun forwards to a URL. See
// https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http.
package mailgun

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// Config holds the signing keys and the limits of a valid post.
type Config struct {
	email.Webhook

	// Keys are "HTTP webhook signing keys" of Mailgun, at least one. One of them has to match.
	Keys []string

	// Tolerance is how far the time of a signature may lie before or after the Clock; 0 means 15
	// minutes. Mailgun retries for 8 hours, and is said to reuse the signature of the first try: a
	// desk that is down for longer than the Tolerance would then lose the mail. With Tokens that
	// outlast a restart, 9 hours is a safe choice.
	Tolerance time.Duration

	// Checked says that the spam filter of the domain is on at Mailgun, which then adds the results
	// of SPF and DKIM to each mail. Without it the results are not read: the sender may have
	// written them.
	Checked bool

	// Tokens records the received posts; nil means the last 10,000 of them, in memory.
	Tokens Tokens
}

// New returns a handler that delivers the posted mails to desk, or to the Receivers of cfg.Route.
// It accepts both forms of post: parsed fields, and the whole message at a URL that ends in "mime".
// Prefer the whole message, which loses nothing.
//
// It answers 200 when the desk has the mail, now or from before, and at once for a known token;
// 406, after which Mailgun stops, when the recipient is unknown here; 503 when Mailgun has to
// retry, which it does for 8 hours; 401 to posts that are not Mailgun's. A cfg without Keys is an
// error.
//
// Mailgun signs a time and a token, not the mail. A reader of one post could send another mail with
// its signature, so the URL has to be https.
func New(desk email.Receiver, cfg *Config) (http.Handler, error) {
	h := &handler{}
	if cfg != nil {
		h.cfg = *cfg
	}
	h.cfg.Tolerance = cmp.Or(h.cfg.Tolerance, 15*time.Minute)
	if h.cfg.Tokens == nil {
		h.cfg.Tokens = NewTokens(10_000)
	}
	h.hook = &inbound.Hook{
		Provider: "mailgun",
		Desks:    inbound.Desks{Desk: desk, Route: h.cfg.Route},
		Config:   h.cfg.Webhook,
		Types:    inbound.FormTypes,
		Unknown:  http.StatusNotAcceptable,
		Admit:    func(*http.Request) error { return nil },
		Read:     h.read,
	}
	return h.hook.Handler(40<<20, inbound.Required("Keys", h.cfg.Keys), inbound.NotNegative("Tolerance", h.cfg.Tolerance))
}

type handler struct {
	cfg  Config
	hook *inbound.Hook
}

// verify checks the signature in the form: HMAC-SHA256 over timestamp and token. It returns the
// token.
func (h *handler) verify(ctx context.Context, form inbound.Form) (token string, err error) {
	timestamp, token := string(form.Get("timestamp")), string(form.Get("token"))
	given := string(form.Get("signature"))
	if timestamp == "" || token == "" || given == "" {
		return "", inbound.NoSignature
	}
	signature, err := hex.DecodeString(given)
	if err != nil || !h.signed(timestamp+token, signature) {
		return "", inbound.BadSignature
	}
	if !inbound.Recent(h.hook.Config.Clock, timestamp, h.cfg.Tolerance) {
		return "", inbound.Late
	}
	used, err := h.cfg.Tokens.Used(ctx, token)
	if err != nil {
		return "", fmt.Errorf("look up a token: %w", err)
	}
	if used {
		return "", inbound.Done("duplicate")
	}
	return token, nil
}

func (h *handler) signed(text string, signature []byte) bool {
	fits := false
	for _, key := range h.cfg.Keys {
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(text))
		fits = hmac.Equal(mac.Sum(nil), signature) || fits
	}
	return fits
}
