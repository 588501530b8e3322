package webui

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// settingsTabs are the pages of the settings in their order.
var settingsTabs = []string{"agents", "teams", "categories", "sla", "priority-rules", "macros", mailTemplatesTab, "webhooks", "mail", "reads", "about"}

// settings is what all pages of the settings have.
type settings struct {
	Tab  string
	Done string // what the last form did, in words
	form
	mails bool // there is a page for what mails say
	all   bool // the viewer may see every page; else that of the macros
}

// mailTemplatesTab is not there without Config.Mails.
const mailTemplatesTab = "mail-templates"

// Tabs are the pages, for the template.
func (s *settings) Tabs() []string {
	return slices.DeleteFunc(slices.Clone(settingsTabs), func(tab string) bool {
		return (tab == mailTemplatesTab && !s.mails) || (tab != "macros" && !s.all)
	})
}

// form is a form that is shown again, when something is wrong with it.
type form struct {
	Problems []problem
	Conflict bool // somebody else has saved meanwhile
}

// Bad reports whether something is wrong with a field.
func (f *form) Bad(field string) bool {
	return slices.ContainsFunc(f.Problems, func(p problem) bool { return p.Field == field })
}

// again records why a form was refused and returns the status of the page that shows it again; any
// other error is not the form's.
func (f *form) again(v *visit, err error) (int, error) {
	switch {
	case errors.Is(err, helpdesk.ErrConflict):
		f.Conflict = true
		return 409, nil
	case errors.Is(err, helpdesk.ErrInvalid):
		f.Problems = v.wrong(err)
		return 422, nil
	}
	return 0, err
}

// admins guards the settings.
func admins(page func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if !v.Admin() {
			return helpdesk.ErrForbidden
		}
		return page(v)
	}
}

// leads guards the macros.
func leads(page func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if !v.Lead() {
			return helpdesk.ErrForbidden
		}
		return page(v)
	}
}

// settingsOf begins a page of the settings.
func (v *visit) settingsOf(tab string) settings {
	s := settings{Tab: tab, mails: v.w.cfg.Mails != nil, all: v.Admin()}
	if done := v.tells("saved", "removed", "restored", "applied"); done != "" {
		s.Done = v.T("set.done." + done)
	}
	return s
}

// settingsMail says how much mail and how many tasks wait for a decision.
func (w *workspace) settingsMail(v *visit) error {
	p := struct {
		settings
		Held, Dead int
	}{settings: v.settingsOf("mail")}
	held, err := v.desk.Mails(v.ctx, helpdesk.MailQuery{Outcome: mailTabs["held"], Limit: 100})
	if err != nil {
		return err
	}
	dead, err := v.desk.DeadTasks(v.ctx, 100)
	if err != nil {
		return err
	}
	p.Held, p.Dead = len(held.Mails), len(dead)
	v.render(200, "settings_mail", v.T("nav.settings"), "settings", &p)
	return nil
}

// settingsAbout says what is the host's to configure.
func (w *workspace) settingsAbout(v *visit) error {
	p := struct {
		settings
		Parts []string
	}{v.settingsOf("about"), []string{"classifier", "notifier", "mail", "webhooks", "roster", "calendars", "look"}}
	v.render(200, "settings_about", v.T("nav.settings"), "settings", &p)
	return nil
}

// sort of category: with who gets its tickets.
type boundCategory struct {
	helpdesk.CategoryInfo
	Teams  []string
	Agents []string // who has a skill of that name
}

// settingsCategories lists the categories, which are the host's.
func (w *workspace) settingsCategories(v *visit) error {
	p := struct {
		settings
		Categories []boundCategory
	}{settings: v.settingsOf("categories")}
	teams, err := v.desk.Teams(v.ctx)
	if err != nil {
		return err
	}
	agents, err := v.desk.Agents(v.ctx)
	if err != nil {
		return err
	}
	for _, c := range v.desk.Categories() {
		one := boundCategory{CategoryInfo: c}
		for _, t := range teams {
			if slices.Contains(t.Categories, c.Name) {
				one.Teams = append(one.Teams, t.Name)
			}
		}
		for i := range agents {
			if agents[i].Level(helpdesk.Skill(c.Name)) > 0 {
				one.Agents = append(one.Agents, agents[i].Name)
			}
		}
		p.Categories = append(p.Categories, one)
	}
	v.render(200, "settings_categories", v.T("nav.settings"), "settings", &p)
	return nil
}

// post reads the fields of a form of the settings.
func (v *visit) post() (url.Values, error) {
	err := v.form()
	return v.r.PostForm, err
}

// text is the value of a field of several lines.
func text(f url.Values, name string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.Get(name), "\r\n", "\n"))
}

// indented is a JSON document for people.
func indented(value json.RawMessage) string {
	var doc any
	if json.Unmarshal(value, &doc) != nil {
		return string(value)
	}
	out, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return string(value)
	}
	return string(out)
}
