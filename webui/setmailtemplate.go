package webui

import (
	"errors"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// mailTemplatePage is the form for what the mail of a notice says.
type mailTemplatePage struct {
	settings
	templates.Text
	Kind         helpdesk.NoticeKind
	Lang         string
	Version      int64
	Own          bool // there is one of the tenant's that can be gone back from
	Theirs       *templates.Text
	Preview      *templates.Text
	Placeholders []string
}

// mailTemplateOf begins the page of a kind and a language.
func (v *visit) mailTemplateOf(kind, language string) (*mailTemplatePage, error) {
	p := &mailTemplatePage{settings: v.settingsOf(mailTemplatesTab), Kind: helpdesk.NoticeKind(kind)}
	if !slices.Contains(helpdesk.NoticeKinds, p.Kind) {
		return nil, helpdesk.ErrNotFound
	}
	var err error
	if p.Lang, err = v.mailLanguage(language); err == nil && language != "" && p.Lang != templates.LanguageTag(language) {
		err = helpdesk.ErrNotFound // else the text would go into the language of the tenant's mails
	}
	return p, err
}

// mailTemplateForm shows the text in force.
func (w *workspace) mailTemplateForm(v *visit) error {
	q := v.r.URL.Query()
	p, err := v.mailTemplateOf(q.Get("kind"), q.Get("lang"))
	if err != nil {
		return err
	}
	saved, err := templates.Of(v.desk).Read(v.ctx)
	if err != nil {
		return err
	}
	p.Version = saved.Version
	if p.Text, _, err = v.mailTemplate(saved, p.Lang, p.Kind); err != nil {
		return err
	}
	return v.showMailTemplate(200, p)
}

// showMailTemplate shows the form with the mail that its text makes, unless something is wrong with
// it.
func (v *visit) showMailTemplate(status int, p *mailTemplatePage) error {
	saved, err := templates.Of(v.desk).Read(v.ctx)
	if err != nil {
		return err
	}
	p.Placeholders = templates.Placeholders(p.Kind)
	_, p.Own = saved.Texts[templates.Key(p.Lang, p.Kind)]
	if p.Text.Check(p.Kind) == nil {
		saved.Language = p.Lang
		saved.Texts = map[string]templates.Text{templates.Key(p.Lang, p.Kind): p.Text}
		mail, err := v.w.cfg.Mails.Preview(v.ctx, v.desk.Tenant(), saved, p.Kind)
		if err != nil {
			return err
		}
		p.Preview = &mail
	}
	v.render(status, "settings_mailtemplate", v.Word("set.mailtemplates.kind", p.Kind)+" · "+v.Word("language", p.Lang), "settings", p)
	return nil
}

// saveMailTemplate saves a text, goes back to the built-in one, or only shows the mail.
func (w *workspace) saveMailTemplate(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p, err := v.mailTemplateOf(f.Get("kind"), f.Get("lang"))
	if err != nil {
		return err
	}
	p.Version, p.Text = versionOf(f), templates.Text{Subject: strings.TrimSpace(f.Get("subject")), Body: text(f, "body")}
	key := templates.Key(p.Lang, p.Kind)
	if f.Get("do") == "preview" {
		status := 200
		if err := p.Text.Check(p.Kind); err != nil {
			if status, err = p.again(v, err); err != nil {
				return err
			}
		}
		return v.showMailTemplate(status, p)
	}
	same := func(a, b templates.Set) bool { return a.Texts[key] == b.Texts[key] }
	theirs, err := v.editMailTemplates(p.Version, same, func(next *templates.Set) {
		if next.Texts[key] = p.Text; f.Get("do") == "default" {
			delete(next.Texts, key)
		}
	})
	if err == nil {
		return v.see("settings/mail-templates?lang=" + p.Lang + "&done=" + v.told("saved"))
	}
	status, err := p.again(v, unnested(err))
	if err != nil {
		return err
	}
	if p.Conflict {
		t, _, err := v.mailTemplate(theirs, p.Lang, p.Kind)
		if err != nil {
			return err
		}
		p.Theirs, p.Version = &t, theirs.Version
		if f.Get("do") == "default" {
			p.Text = t
		}
	}
	return v.showMailTemplate(status, p)
}

// unnested calls the fields of a text as its form does: "texts[de/reply].body" is "body".
func unnested(err error) error {
	if !errors.Is(err, helpdesk.ErrInvalid) {
		return err
	}
	var errs []error
	for _, f := range helpdesk.Fields(err) {
		name := f.Field
		if _, inner, ok := strings.Cut(name, "]."); ok {
			name = inner
		}
		errs = append(errs, &helpdesk.FieldError{Field: name, Problem: f.Problem})
	}
	return errors.Join(errs...)
}
