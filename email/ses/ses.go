// Package ses takes in mails that Amazon SES receives and announces through an SNS topic, with the
// mail in the notification or in S3. See
// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications.html and
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

// Config names the accepted topics, and sets how mails in S3 are fetched.
type Config struct {
	email.Webhook

	// Topics are the ARNs of the accepted topics, at least one. A subscription to one of them is
	// confirmed when SNS asks. Messages of any other topic are refused, even with Amazon's
	// signature.
	Topics []string

	// Fetch returns the content of a mail in S3. If it is nil, notifications of mails in S3 are
	// answered with status 422.
	Fetch func(ctx context.Context, bucket, key string) (io.ReadCloser, error)
	// MaxMail is the size limit of a mail in S3, in bytes; 0 means 40 MiB, the limit of SES.
	MaxMail int64

	// Tolerance is how far the date of a notification may lie before or after the Clock. SNS dates
	// it when it is published and retries for up to an hour; 0 means 2 hours.
	Tolerance time.Duration

	// Client fetches certificates and confirms subscriptions, only at sns.REGION.amazonaws.com. Nil
	// means a client with a timeout of 10 seconds.
	Client *http.Client
}

// New returns a handler that delivers the announced mails to desk, or to the Receivers of
// cfg.Route.
//
// It answers 200 when the desk has the mail, now or from before, and to other notifications; 503
// when SNS has to retry, which it does only after 429 and statuses from 500 on; 404 when the
// recipient is unknown here; 401 to a message without Amazon's signature or of an unknown topic.
// Give the subscription a dead-letter queue, which keeps the refused messages. The subscription
// must not use raw message delivery, which has no signature. A cfg without Topics is an error.
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
	// A redirect could lead elsewhere.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
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

// confirm visits the address in a message of SNS, if it is an address of SNS.
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
