package webui

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// Mails shows what the mails of a tenant say, so that its admins can edit that: see package
// [templates]. The Notifier of package smtpnotify is one.
type Mails interface {
	// Look returns a set of mail templates with its look completed: what the set leaves empty, or
	// what is no colour, is as the host has it. Its texts stay as they are.
	Look(ctx context.Context, tenant helpdesk.TenantID, set templates.Set) (templates.Set, error)

	// Original returns what the mail of a kind says in a language without a text of the tenant's
	// own, with placeholders.
	Original(
		ctx context.Context, tenant helpdesk.TenantID, language string, kind helpdesk.NoticeKind,
	) (templates.Text, error)

	// Preview returns the mail that an example of a notice becomes by a set of mail templates,
	// which need not be saved.
	Preview(
		ctx context.Context, tenant helpdesk.TenantID, set templates.Set, kind helpdesk.NoticeKind,
	) (templates.Text, error)
}

// mailTemplatesPage is how the mails look, and a list of what they say.
type mailTemplatesPage struct {
	settings
	templates.Set
	Theirs *templates.Set // what another has saved meanwhile
	Look   templates.Set  // as typed, with the host's where nothing is
	textList
}

// textList is the texts in one language.
type textList struct {
	Lang      string
	Languages []string
	Groups    []textGroup
}

// textGroup is the texts to customers, or to agents.
type textGroup struct {
	Key   string
	Texts []shownText
}

type shownText struct {
	Kind helpdesk.NoticeKind
	templates.Text
	Own bool
}

// mailTemplates guards the pages that need to know what mails say.
func (w *workspace) mailTemplates(page func(*visit) error) func(*visit) error {
	return admins(func(v *visit) error {
		if w.cfg.Mails == nil {
			return helpdesk.ErrNotFound
		}
		return page(v)
	})
}

// settingsMailTemplates shows the look of the mails, and the texts of one language.
func (w *workspace) settingsMailTemplates(v *visit) error {
	p := &mailTemplatesPage{settings: v.settingsOf(mailTemplatesTab)}
	var err error
	if p.Set, err = templates.Of(v.desk).Read(v.ctx); err != nil {
		return err
	}
	return v.showMailTemplates(200, p)
}

func (v *visit) showMailTemplates(status int, p *mailTemplatesPage) error {
	var err error
	if p.Look, err = v.w.cfg.Mails.Look(v.ctx, v.desk.Tenant(), p.Set); err != nil {
		return err
	}
	saved, err := templates.Of(v.desk).Read(v.ctx)
	if err != nil {
		return err
	}
	if p.Lang, err = v.mailLanguage(v.r.URL.Query().Get("lang")); err != nil {
		return err
	}
	p.Languages = append(p.Languages, p.Lang, "de", "en")
	for key := range saved.Texts {
		language, _, _ := strings.Cut(key, "/")
		p.Languages = append(p.Languages, language)
	}
	slices.Sort(p.Languages)
	p.Languages = slices.Compact(p.Languages)
	p.Groups = []textGroup{{Key: "customers"}, {Key: "agents"}}
	for _, kind := range helpdesk.NoticeKinds {
		one := shownText{Kind: kind}
		if one.Text, one.Own, err = v.mailTemplate(saved, p.Lang, kind); err != nil {
			return err
		}
		g := &p.Groups[0]
		if !kind.ToCustomer() {
			g = &p.Groups[1]
		}
		g.Texts = append(g.Texts, one)
	}
	v.render(status, "settings_mailtemplates", v.T("set.tab.mail-templates"), "settings", p)
	return nil
}

// mailLanguage is a language that somebody asks for, else that of the tenant's mails.
func (v *visit) mailLanguage(asked string) (string, error) {
	asked = templates.LanguageTag(asked)
	if asked != "" && (&templates.Set{Language: asked}).Check() == nil {
		return asked, nil
	}
	set, err := templates.Of(v.desk).Read(v.ctx)
	if err == nil {
		set, err = v.w.cfg.Mails.Look(v.ctx, v.desk.Tenant(), set)
	}
	return set.Language, err
}

// mailTemplate is the text in force, and whether it is the tenant's own.
func (v *visit) mailTemplate(set templates.Set, language string, kind helpdesk.NoticeKind) (templates.Text, bool, error) {
	if t, own := set.Texts[templates.Key(language, kind)]; own {
		return t, true, nil
	}
	t, err := v.w.cfg.Mails.Original(v.ctx, v.desk.Tenant(), language, kind)
	return t, false, err
}

// saveLook saves how the mails look, or only shows it.
func (w *workspace) saveLook(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p := &mailTemplatesPage{settings: v.settingsOf(mailTemplatesTab)}
	p.Set = templates.Set{
		Name: f.Get("name"), Colour: strings.TrimSpace(f.Get("colour")), LogoURL: f.Get("logo_url"), Footer: text(f, "footer"), Language: f.Get("language"), Zone: f.Get("zone"), Impersonal: f.Get("impersonal") != "",
		Version: versionOf(f),
	}
	if f.Get("do") == "preview" {
		if err := p.Set.Check(); err != nil {
			status, err := p.again(v, err)
			return errors.Join(err, v.showMailTemplates(status, p))
		}
		return v.showMailTemplates(200, p)
	}
	theirs, err := v.editMailTemplates(p.Version, templates.Set.SameLook, func(next *templates.Set) {
		typed := p.Set
		typed.Texts, typed.Version = next.Texts, next.Version
		*next = typed
	})
	if err == nil {
		return v.see("settings/mail-templates?done=" + v.told("saved"))
	}
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	if p.Conflict {
		p.Theirs, p.Version = &theirs, theirs.Version
	}
	return v.showMailTemplates(status, p)
}

func versionOf(f url.Values) int64 {
	n, _ := strconv.ParseInt(f.Get("version"), 10, 64)
	return max(n, 0)
}

// editMailTemplates changes a part of the mail templates, as it was in a version. When somebody
// else has changed another part meanwhile that is no conflict: same says whether two versions have
// the same part. With ErrConflict it returns the templates in force.
func (v *visit) editMailTemplates(
	version int64, same func(a, b templates.Set) bool, edit func(*templates.Set),
) (now templates.Set, err error) {
	for range 5 {
		if now, err = templates.Of(v.desk).Read(v.ctx); err != nil {
			return now, err
		}
		if now.Version != version {
			then, err := v.mailTemplatesAt(version)
			if err == nil && !same(then, now) {
				err = helpdesk.ErrConflict
			}
			if err != nil {
				return now, err
			}
		}
		next := now
		if next.Texts = maps.Clone(now.Texts); next.Texts == nil {
			next.Texts = map[string]templates.Text{}
		}
		edit(&next)
		if _, err = templates.Of(v.desk).Save(v.ctx, next); !errors.Is(err, helpdesk.ErrConflict) {
			return now, err
		}
	}
	return now, err
}

// mailTemplatesAt is the mail templates of a version.
func (v *visit) mailTemplatesAt(version int64) (templates.Set, error) {
	if version == 0 {
		return templates.Set{}, nil
	}
	versions, err := templates.Of(v.desk).History(v.ctx, version+1, 1)
	if err != nil || len(versions) == 0 {
		return templates.Set{}, err
	}
	return templates.Decode(versions[0])
}
