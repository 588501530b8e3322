// Package ses takes in mails that Amazon SES receives and tells of through an SNS topic: with the mail in the notification, or in S3.
// See https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications.html and
// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html.
package ses

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// Config says which topics are listened to, and how mails in S3 are fetched.
type Config struct {
	email.Webhook

	// Topics are the ARNs of the topics that are listened to. At least one. A subscription to one of them is confirmed when SNS
	// asks; what comes from any other topic is refused, though Amazon signed it.
	Topics []string

	// Fetch returns the content of a mail in S3. Nil: notifications of mails in S3 are answered with status 422.
	Fetch func(ctx context.Context, bucket, key string) (io.ReadCloser, error)
	// MaxMail is the largest mail read from S3, in bytes; 0 means 40 MiB, which is what SES takes.
	MaxMail int64

	// Tolerance is how old a notification may be, or ahead of the Clock. SNS dates it when it is published and tries for up to an
	// hour; 0 means 2 hours.
	Tolerance time.Duration

	// Client fetches certificates from, and confirms subscriptions at, sns.REGION.amazonaws.com, and goes nowhere else. Nil means
	// one with a timeout of 10 seconds.
	Client *http.Client
}

// New returns a handler that gives the mails it is told of to desk, or to whom cfg.Route says.
//
// It answers 200 when the desk has the mail, also when it had it before, and to notifications of other things; 503 when SNS
// has to try again, which it does after no status below 500 but 429; 404 when the mail is to nobody here; 401 to what Amazon did not
// sign, or a topic is not known. Let the subscription have a dead-letter queue: what was refused is kept there. The subscription must
// not use raw message delivery, which has no signature. A cfg without Topics is an error.
func New(desk email.Receiver, cfg *Config) (http.Handler, error) {
	h := &handler{}
	if cfg != nil {
		h.cfg = *cfg
	}
	h.cfg.Topics = slices.Clone(h.cfg.Topics)
	h.cfg.Tolerance = cmp.Or(h.cfg.Tolerance, 2*time.Hour)
	h.cfg.MaxMail = cmp.Or(h.cfg.MaxMail, 40<<20)
	client := &http.Client{Timeout: 10 * time.Second}
	if h.cfg.Client != nil {
		*client = *h.cfg.Client
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // it could lead elsewhere
	h.client = client
	h.hook = &inbound.Hook{
		Provider: "ses",
		Desks:    inbound.Desks{Desk: desk, Route: h.cfg.Route},
		Config:   h.cfg.Webhook,
		Types:    []string{"text/plain", "application/json"},
		Unknown:  http.StatusNotFound,
		Admit:    admit,
		Read:     h.read,
	}
	return h.hook.Handler(1<<20, inbound.Required("Topics", h.cfg.Topics),
		inbound.NotNegative("Tolerance", h.cfg.Tolerance), inbound.NotNegative("MaxMail", h.cfg.MaxMail))
}

type handler struct {
	cfg    Config
	client *http.Client
	hook   *inbound.Hook
	certs  certificates
}

func admit(r *http.Request) error {
	if r.Header.Get("X-Amz-Sns-Rawdelivery") == "true" {
		return inbound.Refuse(http.StatusUnauthorized, "raw message delivery has no signature: turn it off for this subscription")
	}
	return nil
}

func (h *handler) read(r *http.Request, body []byte) (*inbound.Mail, func(context.Context) error, error) {
	n, err := parseMessage(body)
	if err != nil {
		return nil, nil, err
	}
	ctx := r.Context()
	if err := h.verify(ctx, n); err != nil {
		return nil, nil, err
	}
	switch n.Type {
	case "SubscriptionConfirmation":
		if err := h.confirm(ctx, n.SubscribeURL); err != nil {
			return nil, nil, err
		}
		return nil, nil, inbound.Done("subscribed")
	case "UnsubscribeConfirmation":
		h.hook.Config.Logger.WarnContext(ctx, "topic was unsubscribed", "provider", "ses", "topic", n.TopicArn)
		return nil, nil, inbound.Done("unsubscribed")
	}
	m, err := h.decode(ctx, n.Message)
	return m, nil, err
}

// confirm visits the address that SNS gives, when it is one of SNS.
func (h *handler) confirm(ctx context.Context, address string) error {
	u, err := amazonURL(address)
	if err != nil {
		return inbound.Refuse(http.StatusBadRequest, "SubscribeURL "+err.Error())
	}
	_, err = h.get(ctx, u.String())
	return err
}

// get fetches a small document.
func (h *handler) get(ctx context.Context, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := h.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, 64<<10))
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers with status %d", req.URL.Host, res.StatusCode)
	}
	return text, err
}
