package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

// Webhook is a place of the tenant's own that is told by HTTP of what happens.
type Webhook struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	URL     string     `json:"url"`
	Kinds   []string   `json:"kinds" nullable:"false" doc:"The kinds of notice it is told of; empty is all"`
	Off     bool       `json:"off" doc:"It is told of nothing"`
	GoneAt  *time.Time `json:"gone_at" doc:"When it answered 410 and was turned off for it; null when it did not since it was saved"`
	Secrets []string   `json:"secrets,omitempty" nullable:"false" doc:"Newest first; only in the answer to a request that made or dropped one"`
	Version int64      `json:"version" doc:"The ETag, for If-Match"`
}

func webhookOf(w webhook.Endpoint, secrets bool) Webhook {
	out := Webhook{ID: w.ID, Name: w.Name, URL: w.URL, Kinds: []string{}, Off: w.Off, Version: w.Version}
	for _, k := range w.Kinds {
		out.Kinds = append(out.Kinds, string(k))
	}
	if !w.GoneAt.IsZero() {
		out.GoneAt = &w.GoneAt
	}
	if secrets {
		out.Secrets = w.Secrets
	}
	return out
}

type webhooksOutput struct {
	Body struct {
		Webhooks []Webhook `json:"webhooks" nullable:"false" doc:"By name, without their secrets"`
	}
}

func (h *Handler) webhooks(ctx context.Context, c *call, _ *struct{}) (*webhooksOutput, error) {
	list, err := webhook.Of(c.desk).List(ctx)
	if err != nil {
		return nil, err
	}
	out := &webhooksOutput{}
	out.Body.Webhooks = []Webhook{}
	for _, w := range list {
		out.Body.Webhooks = append(out.Body.Webhooks, webhookOf(w, false))
	}
	return out, nil
}

type newWebhook struct {
	Name  string   `json:"name"`
	URL   string   `json:"url" doc:"https, without a user; plain http only to a private network"`
	Kinds []string `json:"kinds,omitempty" doc:"The kinds of notice it is told of: received, reply, resolved, survey, link, assigned, at_risk, breached, unassigned, unanswered, escalated, held, bounced, budget; none is all"`
	Off   bool     `json:"off,omitempty" doc:"It is told of nothing. One that was turned off by a 410 is tried again when it is saved without"`
}

type webhookInput struct {
	Webhook string `path:"webhook" doc:"The webhook's id, which is the admin's to choose"`
	IfMatch string `header:"If-Match" doc:"The ETag of the webhook to replace; without it only a new webhook is added" example:"\"3\""`
	Body    newWebhook
}

type webhookOutput struct {
	ETag string `header:"ETag"`
	Body Webhook
}

func (h *Handler) saveWebhook(ctx context.Context, c *call, in *webhookInput) (*webhookOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	w := webhook.Endpoint{ID: in.Webhook, Name: in.Body.Name, URL: in.Body.URL, Off: in.Body.Off}
	for _, k := range in.Body.Kinds {
		w.Kinds = append(w.Kinds, helpdesk.NoticeKind(k))
	}
	if w.Version, err = parseVersion(in.IfMatch); err != nil {
		return nil, err
	}
	made := w.Version == 0
	if w, err = webhook.Of(d).Save(ctx, w); err != nil {
		return nil, err
	}
	return &webhookOutput{versionTag(w.Version), webhookOf(w, made)}, nil
}

type webhookID struct {
	Webhook string `path:"webhook" doc:"The webhook's id"`
	IfMatch string `header:"If-Match" doc:"The ETag of the webhook: it stays as it is, and the answer is 412, if it has changed since" example:"\"3\""`
}

func (h *Handler) removeWebhook(ctx context.Context, c *call, in *webhookID) (*struct{}, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, webhook.Of(d).Remove(ctx, in.Webhook)
}

func (h *Handler) rotateWebhook(ctx context.Context, c *call, in *webhookID) (*webhookOutput, error) {
	return c.secrets(ctx, in, webhook.Settings.RotateSecret)
}

func (h *Handler) retireWebhook(ctx context.Context, c *call, in *webhookID) (*webhookOutput, error) {
	return c.secrets(ctx, in, webhook.Settings.RetireSecret)
}

// secrets changes the secrets of a webhook and answers with them.
func (c *call) secrets(
	ctx context.Context, in *webhookID,
	change func(webhook.Settings, context.Context, string) (webhook.Endpoint, error),
) (*webhookOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	w, err := change(webhook.Of(d), ctx, in.Webhook)
	if err != nil {
		return nil, err
	}
	return &webhookOutput{versionTag(w.Version), webhookOf(w, true)}, nil
}
