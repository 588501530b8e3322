package httpapi

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
)

// MailText is what the mail of a notice says.
type MailText struct {
	Subject string `json:"subject" doc:"One line, with placeholders: {{ref}}, {{subject}}, {{customer}}, {{agent}}, {{company}}"`
	Body    string `json:"body" doc:"Plain text, with {{text}}, {{link}} and others too: see docs/mail.md for those of each kind"`
}

type wordingBody struct {
	Name     string              `json:"name,omitempty" doc:"Who the mails come from"`
	Colour   string              `json:"colour,omitempty" doc:"As #1f5fa8"`
	LogoURL  string              `json:"logo_url,omitempty" doc:"An image, by https"`
	Footer   string              `json:"footer,omitempty" doc:"Below each mail"`
	Language string              `json:"language,omitempty" doc:"As de or de-at"`
	Zone     string              `json:"zone,omitempty" doc:"In which times are given, as Europe/Berlin"`
	Texts    map[string]MailText `json:"texts,omitempty" doc:"Instead of the built-in ones, by language and kind of notice, as de/reply"`
}

// Wording is how the mails of the tenant look and what they say. What is empty is as the host has it.
type Wording struct {
	wordingBody
	Version int64 `json:"version" doc:"The ETag, for If-Match; 0 when none was saved"`
}

type wordingInput struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the wording to replace; without it only the first is saved" example:"\"3\""`
	Body    wordingBody
}

type wordingOutput struct {
	ETag string `header:"ETag"`
	Body Wording
}

func wordingOf(w helpdesk.Wording, err error) (*wordingOutput, error) {
	if err != nil {
		return nil, err
	}
	b := wordingBody{Name: w.Name, Colour: w.Colour, LogoURL: w.LogoURL, Footer: w.Footer, Language: w.Language, Zone: w.Zone, Texts: map[string]MailText{}}
	for key, t := range w.Texts {
		b.Texts[key] = MailText(t)
	}
	return &wordingOutput{versionTag(w.Version), Wording{b, w.Version}}, nil
}

func (h *Handler) readWording(ctx context.Context, c *call, _ *struct{}) (*wordingOutput, error) {
	return wordingOf(c.desk.Wording(ctx))
}

func (h *Handler) saveWording(ctx context.Context, c *call, in *wordingInput) (*wordingOutput, error) {
	if in.IfMatch == versionTag(0) { // as it is read before any was saved
		c.conditional, in.IfMatch = true, ""
	}
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	w := helpdesk.Wording{Name: b.Name, Colour: b.Colour, LogoURL: b.LogoURL, Footer: b.Footer, Language: b.Language, Zone: b.Zone, Texts: map[string]helpdesk.MailText{}}
	for key, t := range b.Texts {
		w.Texts[key] = helpdesk.MailText(t)
	}
	if w.Version, err = parseVersion(in.IfMatch); err != nil {
		return nil, err
	}
	return wordingOf(d.SaveWording(ctx, w))
}
