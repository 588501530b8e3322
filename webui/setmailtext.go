package webui

import (
	"errors"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// mailTextPage is the form for what the mail of a notice says.
type mailTextPage struct {
	settings
	helpdesk.MailText
	Kind         helpdesk.NoticeKind
	Lang         string
	Version      int64
	Own          bool // there is one of the tenant's that can be gone back from
	Theirs       *helpdesk.MailText
	Preview      *helpdesk.MailText
	Placeholders []string
}

// mailTextOf begins the page of a kind and a language.
func (v *visit) mailTextOf(kind, language string) (*mailTextPage, error) {
	p := &mailTextPage{settings: v.settingsOf("wording"), Kind: helpdesk.NoticeKind(kind)}
	if !slices.Contains(helpdesk.NoticeKinds, p.Kind) {
		return nil, helpdesk.ErrNotFound
	}
	var err error
	if p.Lang, err = v.mailLanguage(language); err == nil && language != "" && p.Lang != helpdesk.LanguageTag(language) {
		err = helpdesk.ErrNotFound // else the text would go into the language of the tenant's mails
	}
	return p, err
}

// mailTextForm shows the text in force.
func (w *workspace) mailTextForm(v *visit) error {
	q := v.r.URL.Query()
	p, err := v.mailTextOf(q.Get("kind"), q.Get("lang"))
	if err != nil {
		return err
	}
	saved, err := v.desk.Wording(v.ctx)
	if err != nil {
		return err
	}
	p.Version = saved.Version
	if p.MailText, _, err = v.mailText(saved, p.Lang, p.Kind); err != nil {
		return err
	}
	return v.showMailText(200, p)
}

// showMailText shows the form with the mail that its text makes, unless something is wrong with it.
func (v *visit) showMailText(status int, p *mailTextPage) error {
	saved, err := v.desk.Wording(v.ctx)
	if err != nil {
		return err
	}
	p.Placeholders = p.Kind.Placeholders()
	_, p.Own = saved.Texts[helpdesk.TextKey(p.Lang, p.Kind)]
	if p.MailText.Check(p.Kind) == nil {
		saved.Language = p.Lang
		saved.Texts = map[string]helpdesk.MailText{helpdesk.TextKey(p.Lang, p.Kind): p.MailText}
		mail, err := v.w.cfg.Mails.Preview(v.ctx, v.desk.Tenant(), saved, p.Kind)
		if err != nil {
			return err
		}
		p.Preview = &mail
	}
	v.render(status, "settings_mailtext", v.Word("set.wording.kind", p.Kind)+" · "+v.Word("language", p.Lang), "settings", p)
	return nil
}

// saveMailText saves a text, goes back to the built-in one, or only shows the mail.
func (w *workspace) saveMailText(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p, err := v.mailTextOf(f.Get("kind"), f.Get("lang"))
	if err != nil {
		return err
	}
	p.Version, p.MailText = versionOf(f), helpdesk.MailText{Subject: strings.TrimSpace(f.Get("subject")), Body: text(f, "body")}
	key := helpdesk.TextKey(p.Lang, p.Kind)
	if f.Get("do") == "preview" {
		status := 200
		if err := p.MailText.Check(p.Kind); err != nil {
			if status, err = p.again(v, err); err != nil {
				return err
			}
		}
		return v.showMailText(status, p)
	}
	same := func(a, b helpdesk.Wording) bool { return a.Texts[key] == b.Texts[key] }
	theirs, err := v.editWording(p.Version, same, func(next *helpdesk.Wording) {
		if next.Texts[key] = p.MailText; f.Get("do") == "default" {
			delete(next.Texts, key)
		}
	})
	if err == nil {
		return v.see("settings/wording?lang=" + p.Lang + "&done=" + v.told("saved"))
	}
	status, err := p.again(v, unnested(err))
	if err != nil {
		return err
	}
	if p.Conflict {
		t, _, err := v.mailText(theirs, p.Lang, p.Kind)
		if err != nil {
			return err
		}
		p.Theirs, p.Version = &t, theirs.Version
		if f.Get("do") == "default" {
			p.MailText = t
		}
	}
	return v.showMailText(status, p)
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
