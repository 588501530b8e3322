package webui

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// slaPage shows the SLA of the tenant.
type slaPage struct {
	settings
	helpdesk.Setting
	Book     string // as a document
	Seen     int64  // the latest version, also of one that went back to the host's; 0 for none
	Policies []policyWords
	Weeks    []week
	Theirs   string
	History  []documentVersion
	More     int64 // the version below which there are more
}

// documentVersion is a line of the history.
type documentVersion struct {
	helpdesk.Setting
	Text    string
	Current bool
}

// readSLA reads the SLA in force.
func (v *visit) readSLA() (*slaPage, error) {
	p := &slaPage{settings: v.settingsOf("sla")}
	var err error
	if p.Setting, err = v.desk.SLA(v.ctx); err != nil {
		return nil, err
	}
	latest, err := v.desk.SLAHistory(v.ctx, 0, 1)
	if err != nil {
		return nil, err
	}
	if len(latest) > 0 {
		p.Seen = latest[0].Version
	}
	p.Book = v.document(p.Value)
	return p, nil
}

// book writes a book as it is edited: in the order of its fields when it is one of package sla's.
func (v *visit) document(value json.RawMessage) string {
	var b sla.Document
	if json.Unmarshal(value, &b) == nil && b.Policies != nil {
		if out, err := json.MarshalIndent(b, "", "  "); err == nil {
			return string(out)
		}
	}
	return indented(value)
}

// settingsSLA shows the SLA in words, and the open hours as weeks.
func (w *workspace) settingsSLA(v *visit) error {
	p, err := v.readSLA()
	if err != nil {
		return err
	}
	var b sla.Document
	if json.Unmarshal(p.Value, &b) == nil {
		var of []helpdesk.OrganisationID
		for _, one := range b.Policies {
			of = append(of, one.For.Organisation...)
		}
		names, err := v.organisationNames(of)
		if err != nil {
			return err
		}
		for _, one := range b.Policies {
			p.Policies = append(p.Policies, v.policyWords(&one, names))
		}
		for _, h := range b.Calendars {
			p.Weeks = append(p.Weeks, v.week(&h))
		}
	}
	v.render(200, "settings_sla", v.T("nav.settings"), "settings", p)
	return nil
}

// slaForm shows the SLA as a document to edit.
func (w *workspace) slaForm(v *visit) error {
	p, err := v.readSLA()
	if err != nil {
		return err
	}
	return v.showSLA(200, p)
}

func (v *visit) showSLA(status int, p *slaPage) error {
	v.render(status, "settings_slaedit", v.T("set.sla.edit"), "settings", p)
	return nil
}

// saveSLA replaces the SLA, unless somebody else did since it was read.
func (w *workspace) saveSLA(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p, err := v.readSLA()
	if err != nil {
		return err
	}
	now := p.Book
	p.Book = text(f, "book")
	seen, err := strconv.ParseInt(f.Get("version"), 10, 64)
	switch {
	case err != nil:
		err = &helpdesk.FieldError{Field: "version", Problem: "is no number"}
	case seen != p.Seen:
		err = helpdesk.ErrConflict
	default:
		if err = validJSON("book", p.Book); err == nil {
			_, err = v.desk.IfVersion(seen).SaveSLA(v.ctx, json.RawMessage(p.Book))
		}
	}
	if err == nil {
		return v.see("settings/sla?done=" + v.told("saved"))
	}
	refused := err
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	if p.Conflict && v.document(json.RawMessage(p.Book)) == now {
		return v.see("settings/sla?done=" + v.told("saved")) // the button was pressed twice
	}
	if p.Conflict {
		p.Theirs = now
	}
	if p.Problems != nil {
		p.Problems = v.wrongDocument(refused, p.Book)
	}
	return v.showSLA(status, p)
}

// mostProblems is how many problems of a document are told at once.
const mostProblems = 20

// wrongDocument is wrong for an SLA document: each problem with its place in the document.
func (v *visit) wrongDocument(err error, doc string) []problem {
	var names struct {
		Calendars, Policies []struct{ Name string }
	}
	_ = json.Unmarshal([]byte(doc), &names) // without them a place is a number
	var list []problem
	fields := helpdesk.Fields(err)
	for i, f := range fields {
		if i == mostProblems {
			return append(list, problem{"book", v.T("set.sla.more", len(fields)-i)})
		}
		at := f.Field
		if at == "sla" || at == "book" {
			at = v.T("set.sla.document")
		}
		for kind, of := range map[string][]struct{ Name string }{"calendars": names.Calendars, "policies": names.Policies} {
			var i int
			if n, _ := fmt.Sscanf(at, kind+"[%d]", &i); n == 1 && i < len(of) && strings.TrimSpace(of[i].Name) != "" {
				at += fmt.Sprintf(" (%.40s)", of[i].Name)
			}
		}
		list = append(list, problem{"book", at + ": " + v.said("problem", f.Problem)})
	}
	if list == nil {
		return v.wrong(err)
	}
	return list
}

// validJSON names the line of a document that is no JSON.
func validJSON(field, doc string) error {
	var any json.RawMessage
	err := json.Unmarshal([]byte(doc), &any)
	var bad *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case doc == "":
		return &helpdesk.FieldError{Field: field, Problem: "is empty"}
	case errors.As(err, &bad) && bad.Offset > 0 && int(bad.Offset) <= len(doc) && !strings.HasPrefix(bad.Error(), "unexpected end"):
		before := doc[:bad.Offset-1]
		char, _ := utf8.DecodeRuneInString(doc[bad.Offset-1:])
		return &helpdesk.FieldError{Field: field, Problem: fmt.Sprintf("in line %d the character %q is out of place", 1+strings.Count(before, "\n"), string(char))}
	}
	return &helpdesk.FieldError{Field: field, Problem: "ends before it is complete"}
}

// historyPage is how many versions a page of the history has.
const historyPage = 20

// slaHistory lists who saved which SLA when.
func (w *workspace) slaHistory(v *visit) error { return v.showHistory(http.StatusOK, form{}) }

func (v *visit) showHistory(status int, f form) error {
	p, err := v.readSLA()
	if err != nil {
		return err
	}
	p.form = f
	below, _ := strconv.ParseInt(v.r.URL.Query().Get("below"), 10, 64)
	versions, err := v.desk.SLAHistory(v.ctx, max(0, below), historyPage+1)
	if err != nil {
		return err
	}
	if len(versions) > historyPage {
		versions = versions[:historyPage]
		p.More = versions[historyPage-1].Version
	}
	for _, s := range versions {
		p.History = append(p.History, documentVersion{s, v.document(s.Value), s.Version == p.Seen})
	}
	v.render(status, "settings_slahistory", v.T("set.sla.history"), "settings", p)
	return nil
}

// restoreSLA makes an earlier version the latest, or with version 0 goes back to the host's.
func (w *workspace) restoreSLA(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	err = v.restore(f.Get("version"))
	if err == nil {
		return v.see("settings/sla?done=" + v.told("restored"))
	}
	status, problems := v.obstacle(err)
	if problems == nil {
		return err
	}
	return v.showHistory(status, form{Problems: unlinked(problems)})
}

func (v *visit) restore(s string) error {
	version, err := strconv.ParseInt(s, 10, 64)
	if err != nil || version < 0 {
		return &helpdesk.FieldError{Field: "version", Problem: "is no number"}
	}
	var value json.RawMessage
	if version > 0 {
		found, err := v.desk.SLAHistory(v.ctx, version+1, 1)
		if err != nil {
			return err
		}
		if len(found) == 0 || found[0].Version != version {
			return helpdesk.ErrNotFound
		}
		if !found[0].Deleted {
			value = found[0].Value
		}
	}
	_, err = v.desk.SaveSLA(v.ctx, value)
	return err
}

// applySLA puts all open tickets under the SLA in force.
func (w *workspace) applySLA(v *visit) error {
	if _, err := v.post(); err != nil {
		return err
	}
	if err := v.desk.ApplyCurrentSLAToAll(v.ctx); err != nil {
		return err
	}
	return v.see("settings/sla?done=" + v.told("applied"))
}
