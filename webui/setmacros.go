package webui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/macro"
)

// macroPage is the macros, and the form for one.
type macroPage struct {
	settings
	macro.Macro
	New          bool
	Preview      string
	Placeholders []string
	Theirs       *macro.Macro
	All          []filled
}

// sample is a ticket to show macros with.
func (v *visit) sample() *helpdesk.Ticket {
	return &helpdesk.Ticket{Ref: "7Q2M-X4KD", Subject: v.T("set.macro.sample.subject"), Customer: helpdesk.Contact{Name: "Kim", Email: "kim@example.com"}}
}

// settingsMacros lists the macros, each as a customer would read it.
func (w *workspace) settingsMacros(v *visit) error {
	p := &macroPage{settings: v.settingsOf("macros")}
	macros, err := macro.Of(v.desk).List(v.ctx)
	if err != nil {
		return err
	}
	for _, m := range macros {
		p.All = append(p.All, filled{m, m.Fill(v.sample(), v.Who().String())})
	}
	v.render(200, "settings_macros", v.T("nav.settings"), "settings", p)
	return nil
}

// macroByID returns a macro of the desk.
func (v *visit) macroByID(id string) (*macro.Macro, error) {
	macros, err := macro.Of(v.desk).List(v.ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(macros, func(m macro.Macro) bool { return m.ID == id })
	if at < 0 {
		return nil, helpdesk.ErrNotFound
	}
	return &macros[at], nil
}

// macroForm shows the form for a new macro, or with an id for the one that is there.
func (w *workspace) macroForm(v *visit) error {
	p := &macroPage{settings: v.settingsOf("macros"), New: true}
	if id := v.r.URL.Query().Get("id"); id != "" {
		m, err := v.macroByID(id)
		if err != nil {
			return err
		}
		p.New, p.Macro = false, *m
	}
	return v.showMacro(200, p)
}

func (v *visit) showMacro(status int, p *macroPage) error {
	p.Placeholders = macro.Placeholders
	if p.Body != "" {
		p.Preview = p.Fill(v.sample(), v.Who().String())
	}
	v.render(status, "settings_macro", cmp.Or(p.Name, v.T("set.macro.new")), "settings", p)
	return nil
}

// saveMacro adds or replaces a macro, or only shows what it would say.
func (w *workspace) saveMacro(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p := &macroPage{settings: v.settingsOf("macros"), New: f.Get("version") == ""}
	p.Macro = macro.Macro{ID: strings.TrimSpace(f.Get("id")), Name: f.Get("name"), Body: text(f, "body")}
	p.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64)
	if f.Get("do") == "preview" {
		return v.showMacro(200, p)
	}
	if p.ID == "" {
		p.ID = slug(p.Name)
	}
	if _, err = macro.Of(v.desk).Save(v.ctx, p.Macro); err == nil {
		return v.see("settings/macros?done=" + v.told("saved"))
	}
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	if p.Conflict {
		if p.Theirs, err = v.macroByID(p.ID); err != nil {
			return err
		}
		if p.Theirs.Name == strings.TrimSpace(p.Name) && p.Theirs.Body == p.Body {
			return v.see("settings/macros?done=" + v.told("saved")) // the button was pressed twice
		}
		p.New, p.Version = false, p.Theirs.Version
	}
	return v.showMacro(status, p)
}

// removeMacro removes a macro.
func (w *workspace) removeMacro(v *visit) error {
	f, err := v.post()
	if err == nil {
		err = macro.Of(v.desk).Remove(v.ctx, f.Get("id"))
	}
	if err != nil {
		return err
	}
	return v.see("settings/macros?done=" + v.told("removed"))
}
