package webui

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
	"github.com/helpdesk-go/helpdesk/transfer"
)

// personDeeds are what the page of a customer says that the viewer has just done.
var personDeeds = []string{"saved", "noted", "added", "dropped", "verified", "doubted", "primary", "joined", "parted", "merged", "unmerged"}

// personFields are the fields of the forms of the page, by what is done.
var personFields = map[string]string{"note": "note", "add": "addresses", "join": "organisation", "merge": "person"}

// personAct does one thing to a customer.
func (w *workspace) personAct(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	id, do := v.r.PathValue("id"), f.Get("do")
	value := text(f, personFields[do])
	to, deed := id, ""
	switch do {
	case "note":
		deed, err = "noted", v.saveNote(id, value, text(f, "was"))
	case "add":
		deed, err = "added", v.changePerson(id, func(c *helpdesk.Customer) error { return addAddress(c, value) })
	case "drop", "verify", "doubt", "primary":
		deed = map[string]string{"drop": "dropped", "verify": "verified", "doubt": "doubted", "primary": "primary"}[do]
		err = v.changePerson(id, func(c *helpdesk.Customer) error { return changeAddress(c, do, f.Get("channel"), f.Get("address")) })
	case "join":
		var o *helpdesk.Organisation
		if o, err = v.organisationBy(value); err == nil {
			deed, err = "joined", v.changePerson(id, func(c *helpdesk.Customer) error { c.Organisation = o.ID; return nil })
		}
	case "leave":
		deed, err = "parted", v.changePerson(id, func(c *helpdesk.Customer) error { c.Organisation, c.Colleagues = "", false; return nil })
	case "merge":
		var into *helpdesk.Customer
		if into, err = v.personBy(value); err == nil {
			to, deed, err = string(into.ID), "merged", v.mergePerson(id, into.ID)
		}
	case "unmerge":
		row := helpdesk.CustomerID(f.Get("row"))
		if _, err = v.desk.UnmergeCustomer(v.ctx, row); err != nil {
			if c, _, bad := v.person(string(row)); bad == nil && c.MergedInto == "" {
				err = nil // the button was pressed twice
			}
		}
		deed = "unmerged"
	default:
		err = &helpdesk.FieldError{Field: "action", Problem: fmt.Sprintf("%.40q is not known", do)}
	}
	if err == nil {
		return v.see("customers/" + url.PathEscape(to) + "?done=" + v.told(deed))
	}
	status, problems := v.obstacle(err)
	if problems == nil {
		return err
	}
	p := &personPage{Typed: map[string]string{personFields[do]: f.Get(personFields[do])}}
	p.Problems = problems
	if errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) != nil {
		status = http.StatusConflict
	}
	var theirs *noteTaken
	if errors.As(err, &theirs) {
		p.Problems, p.Conflict, p.Theirs = nil, true, theirs.note
	}
	return v.showPerson(status, p)
}

// exportPerson gives out all that the desk holds of a person.
func (w *workspace) exportPerson(v *visit) error {
	c, _, err := v.person(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	f, err := transfer.PersonZip(v.ctx, v.desk, c.Email(), &transfer.PersonConfig{Archive: w.cfg.Archive})
	if err != nil {
		return err
	}
	defer f.Close()
	h := v.rw.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="person.zip"`)
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	h.Set("Cache-Control", "no-store")
	if _, err := io.Copy(v.rw, f); err != nil {
		w.cfg.Logger.WarnContext(v.ctx, "webui: data of a person cut off", "error", err)
	}
	return nil
}

// changePerson changes the stored row of a customer: again if somebody else did at the same moment.
func (v *visit) changePerson(id string, change func(*helpdesk.Customer) error) error {
	for try := 1; ; try++ {
		c, _, err := v.person(id)
		if err == nil {
			is := *c
			is.Addresses = slices.Clone(c.Addresses)
			if err = change(&is); err == nil {
				_, err = v.desk.SaveCustomer(v.ctx, is)
			}
		}
		if !errors.Is(err, helpdesk.ErrConflict) || helpdesk.Fields(err) != nil || try == writeTries {
			return err
		}
	}
}

// noteTaken says that somebody else has changed the note since the page was read.
type noteTaken struct{ note string }

func (e *noteTaken) Error() string        { return "the note was changed meanwhile" }
func (e *noteTaken) Is(target error) bool { return target == helpdesk.ErrConflict }

// saveNote replaces the note of a customer if it is still what the page had shown.
func (v *visit) saveNote(id, note, was string) error {
	return v.changePerson(id, func(c *helpdesk.Customer) error {
		if c.Note != was && c.Note != note && v.r.PostForm.Has("was") {
			return errors.Join(&noteTaken{c.Note}, &helpdesk.FieldError{Field: "note", Problem: "was changed meanwhile"})
		}
		c.Note = note
		return nil
	})
}

// addAddress adds a mail address that nobody has verified.
func addAddress(c *helpdesk.Customer, value string) error {
	if value == "" {
		return &helpdesk.FieldError{Field: "addresses", Problem: "is empty"}
	}
	if !slices.ContainsFunc(c.Addresses, func(a helpdesk.Address) bool { return strings.EqualFold(a.Value, value) }) {
		c.Addresses = append(c.Addresses, helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: value})
	}
	return nil
}

// changeAddress changes or removes an address. One that has gone meanwhile stays away.
func changeAddress(c *helpdesk.Customer, do, channel, value string) error {
	at := slices.IndexFunc(c.Addresses, func(a helpdesk.Address) bool { return string(a.Channel) == channel && a.Value == value })
	switch {
	case at < 0 && do == "drop":
		return nil
	case at < 0:
		return &helpdesk.FieldError{Field: "addresses", Problem: fmt.Sprintf("%q is not known", value)}
	case do == "drop":
		c.Addresses = slices.Delete(c.Addresses, at, at+1)
	case do == "primary":
		for i := range c.Addresses {
			c.Addresses[i].Primary = i == at
		}
	default:
		c.Addresses[at].Verified = do == "verify"
	}
	return nil
}

// mergePerson merges a row into another, or finds it merged so.
func (v *visit) mergePerson(id string, into helpdesk.CustomerID) error {
	_, err := v.desk.MergeCustomer(v.ctx, helpdesk.CustomerID(id), into)
	if err != nil {
		if c, _, bad := v.person(id); bad == nil && c.MergedInto == into {
			return nil // the button was pressed twice
		}
	}
	for _, f := range helpdesk.Fields(err) {
		if f.Field == "into" || f.Field == "id" {
			f.Field = "person"
		}
	}
	return err
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// personBy finds the customer whom a text names: an id, a mail address, or words that only one has.
func (v *visit) personBy(value string) (*helpdesk.Customer, error) {
	q := helpdesk.CustomerQuery{Words: searchwords.Of(value), Survivors: true, Limit: 2}
	switch {
	case uuid.MatchString(value):
		q = helpdesk.CustomerQuery{IDs: []helpdesk.CustomerID{helpdesk.CustomerID(value)}}
	case strings.Contains(value, "@"):
		q = helpdesk.CustomerQuery{Emails: []string{value}}
	case len(q.Words) == 0:
		return nil, &helpdesk.FieldError{Field: "person", Problem: "is empty"}
	}
	page, err := v.desk.Customers(v.ctx, q)
	switch {
	case err != nil:
		return nil, err
	case len(page.Customers) == 0:
		return nil, &helpdesk.FieldError{Field: "person", Problem: "is not known"}
	case len(page.Customers) > 1:
		return nil, &helpdesk.FieldError{Field: "person", Problem: "fits several: give the mail address"}
	}
	return &page.Customers[0], nil
}

// organisationBy finds the organisation that a text names: an id, a domain, a whole name, or words
// that only one has.
func (v *visit) organisationBy(value string) (*helpdesk.Organisation, error) {
	words := searchwords.Of(value)
	q := helpdesk.OrganisationQuery{Words: words, Limit: helpdesk.MaxLimit}
	if uuid.MatchString(value) {
		q = helpdesk.OrganisationQuery{IDs: []helpdesk.OrganisationID{helpdesk.OrganisationID(value)}}
	} else if len(words) == 0 {
		return nil, &helpdesk.FieldError{Field: "organisation", Problem: "is empty"}
	}
	page, err := v.desk.Organisations(v.ctx, q)
	if err != nil {
		return nil, err
	}
	list := page.Organisations
	if len(list) > 1 {
		exact := func(o helpdesk.Organisation) bool {
			return searchwords.Fold(o.Name) == searchwords.Fold(value) || slices.Contains(o.Domains, strings.ToLower(value))
		}
		if only := slices.DeleteFunc(slices.Clone(list), func(o helpdesk.Organisation) bool { return !exact(o) }); len(only) > 0 {
			list = only
		}
	}
	switch len(list) {
	case 0:
		return nil, &helpdesk.FieldError{Field: "organisation", Problem: "is not known"}
	case 1:
		return &list[0], nil
	}
	return nil, &helpdesk.FieldError{Field: "organisation", Problem: "fits several: give a domain of it"}
}
