package httpapi

import (
	"context"

	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// MailTemplate is what the mail of a notice says.
type MailTemplate struct {
	Subject string `json:"subject" doc:"One line, with placeholders: {{ref}}, {{subject}}, {{customer}}, {{agent}}, {{company}}"`
	Body    string `json:"body" doc:"Plain text, with {{text}}, {{link}} and others too: see docs/mail.md for those of each kind"`
}

type mailTemplatesBody struct {
	Name       string                  `json:"name,omitempty" doc:"Who the mails come from"`
	Colour     string                  `json:"colour,omitempty" doc:"As #1f5fa8"`
	LogoURL    string                  `json:"logo_url,omitempty" doc:"An image, by https"`
	Footer     string                  `json:"footer,omitempty" doc:"Below each mail"`
	Language   string                  `json:"language,omitempty" doc:"As de or de-at"`
	Zone       string                  `json:"zone,omitempty" doc:"In which times are given, as Europe/Berlin"`
	Impersonal bool                    `json:"impersonal,omitempty" doc:"The desk alone stands in From, without the agent who wrote a reply"`
	Texts      map[string]MailTemplate `json:"texts,omitempty" doc:"Instead of the built-in ones, by language and kind of notice, as de/reply"`
}

// MailTemplates is how the mails of the tenant look and what they say. What is empty is as the host
// has it.
type MailTemplates struct {
	mailTemplatesBody
	Version int64 `json:"version" doc:"The ETag, for If-Match; 0 when none was saved"`
}

type mailTemplatesInput struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the mail templates to replace; without it only the first is saved" example:"\"3\""`
	Body    mailTemplatesBody
}

type mailTemplatesOutput struct {
	ETag string `header:"ETag"`
	Body MailTemplates
}

func mailTemplatesOf(w templates.Set, err error) (*mailTemplatesOutput, error) {
	if err != nil {
		return nil, err
	}
	b := mailTemplatesBody{Name: w.Name, Colour: w.Colour, LogoURL: w.LogoURL, Footer: w.Footer, Language: w.Language, Zone: w.Zone, Impersonal: w.Impersonal, Texts: map[string]MailTemplate{}}
	for key, t := range w.Texts {
		b.Texts[key] = MailTemplate(t)
	}
	return &mailTemplatesOutput{versionTag(w.Version), MailTemplates{b, w.Version}}, nil
}

func (h *Handler) readMailTemplates(ctx context.Context, c *call, _ *struct{}) (*mailTemplatesOutput, error) {
	return mailTemplatesOf(templates.Of(c.desk).Read(ctx))
}

func (h *Handler) saveMailTemplates(ctx context.Context, c *call, in *mailTemplatesInput) (*mailTemplatesOutput, error) {
	if in.IfMatch == versionTag(0) { // as it is read before any was saved
		c.conditional, in.IfMatch = true, ""
	}
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	w := templates.Set{Name: b.Name, Colour: b.Colour, LogoURL: b.LogoURL, Footer: b.Footer, Language: b.Language, Zone: b.Zone, Impersonal: b.Impersonal, Texts: map[string]templates.Text{}}
	for key, t := range b.Texts {
		w.Texts[key] = templates.Text(t)
	}
	if w.Version, err = parseVersion(in.IfMatch); err != nil {
		return nil, err
	}
	return mailTemplatesOf(templates.Of(d).Save(ctx, w))
}
