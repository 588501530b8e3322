package webui

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// organisationList is the list of organisations.
type organisationList struct {
	form
	Q             string
	Organisations []helpdesk.Organisation
	Next          string // query of the next page; empty on the last
}

// organisations lists organisations, found by words of names, domains and host's ids.
func (w *workspace) organisations(v *visit) error {
	in := v.r.URL.Query()
	p := &organisationList{Q: strings.TrimSpace(in.Get("q"))}
	q := helpdesk.OrganisationQuery{Words: searchwords.Of(p.Q), Limit: pageSize, After: in.Get("after")}
	page, err := v.desk.Organisations(v.ctx, q)
	if err != nil {
		return err
	}
	if p.Q == "" || len(q.Words) > 0 {
		p.Organisations = page.Organisations
	}
	if page.Next != "" {
		p.Next = again(in, page.Next)
	}
	v.render(http.StatusOK, "organisations", v.T("customer.organisations"), "customers", p)
	return nil
}

// organisation reads an organisation, or returns ErrNotFound.
func (v *visit) organisation(id string) (*helpdesk.Organisation, error) {
	page, err := v.desk.Organisations(v.ctx, helpdesk.OrganisationQuery{IDs: []helpdesk.OrganisationID{helpdesk.OrganisationID(id)}, Limit: 1})
	if (errors.Is(err, helpdesk.ErrInvalid) && !errors.Is(err, helpdesk.ErrForbidden)) || (err == nil && len(page.Organisations) == 0) {
		err = helpdesk.ErrNotFound
	}
	return first(page.Organisations), err
}

// organisationNames returns the names of those of some organisations that are there. It returns
// none to a viewer who may not see organisations, and none of a text that is no id.
func (v *visit) organisationNames(ids []helpdesk.OrganisationID) (map[helpdesk.OrganisationID]string, error) {
	names := map[helpdesk.OrganisationID]string{}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	ids = slices.DeleteFunc(ids, func(id helpdesk.OrganisationID) bool { return len(id) != 36 })
	if len(ids) == 0 || !v.Persons() {
		return names, nil
	}
	for some := range slices.Chunk(ids, helpdesk.MaxLimit) {
		page, err := v.desk.Organisations(v.ctx, helpdesk.OrganisationQuery{IDs: some, Limit: len(some)})
		if err != nil && !errors.Is(err, helpdesk.ErrInvalid) {
			return nil, err
		}
		for _, o := range page.Organisations {
			names[o.ID] = o.Name
		}
	}
	return names, nil
}

// organisationPage is one organisation with its customers and tickets.
type organisationPage struct {
	form
	*helpdesk.Organisation
	Done      string
	Customers []shownCustomer
	More      bool // there are more customers
	History   ticketTable
}

// mostMembers is how many customers the page of an organisation lists.
const mostMembers = 20

// organisationPage shows an organisation.
func (w *workspace) organisationPage(v *visit) error {
	o, err := v.organisation(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := &organisationPage{Organisation: o}
	err = together(
		func() error {
			page, err := v.desk.Customers(v.ctx, helpdesk.CustomerQuery{Organisation: o.ID, Survivors: true, Limit: mostMembers})
			p.Customers, p.More = shownCustomers(page), page.Next != ""
			return err
		},
		func() (err error) { p.History, err = v.history(helpdesk.Query{Organisation: o.ID}); return err },
		func() error { v.aside(); return nil },
	)
	if err != nil {
		return err
	}
	if done := v.tells("saved"); done != "" {
		p.Done = v.T("customer.done." + done)
	}
	v.render(http.StatusOK, "organisation", o.Name, "customers", p)
	return nil
}

// organisationForm is the form for an organisation: a new one without an ID.
type organisationForm struct {
	form
	helpdesk.Organisation
	Tagged string // the tags as typed
	Listed string // the domains as typed
	Theirs string // what somebody else has saved meanwhile
}

// newOrganisation shows the form for a new organisation.
func (w *workspace) newOrganisation(v *visit) error {
	return v.showOrganisationForm(http.StatusOK, &organisationForm{})
}

// editOrganisation shows the form with what is so.
func (w *workspace) editOrganisation(v *visit) error {
	o, err := v.organisation(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return v.showOrganisationForm(http.StatusOK, &organisationForm{Organisation: *o, Tagged: strings.Join(o.Tags, ", "), Listed: strings.Join(o.Domains, "\n")})
}

func (v *visit) showOrganisationForm(status int, p *organisationForm) error {
	title := v.T("organisation.new")
	if p.ID != "" {
		title = v.T("organisation.edit")
	}
	v.render(status, "organisationedit", title, "customers", p)
	return nil
}

// read fills in what was typed.
func (p *organisationForm) read(f url.Values) {
	p.Name, p.HostID, p.Note, p.Tagged, p.Listed = f.Get("name"), f.Get("host_id"), text(f, "note"), f.Get("tags"), text(f, "domains")
	p.Tags, p.Domains = tagsOf(p.Tagged), strings.FieldsFunc(p.Listed, func(r rune) bool { return strings.ContainsRune(" ,;\n\t", r) })
	p.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64)
}

// addOrganisation adds an organisation.
func (w *workspace) addOrganisation(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p := &organisationForm{}
	p.read(f)
	p.Version = 0
	if host := strings.TrimSpace(p.HostID); host != "" {
		page, err := v.desk.Organisations(v.ctx, helpdesk.OrganisationQuery{HostIDs: []string{host}, Limit: 1})
		if err != nil {
			return err
		}
		if o := first(page.Organisations); o != nil && !v.justAdded(o, p) {
			status, problems := v.obstacle(&helpdesk.FieldError{Field: "host_id", Problem: strconv.Quote(host) + " is another organisation's"})
			p.Problems = problems
			return v.showOrganisationForm(status, p)
		}
	}
	like, err := v.desk.Organisations(v.ctx, helpdesk.OrganisationQuery{Words: searchwords.Of(p.Name), Limit: helpdesk.MaxLimit})
	if err != nil {
		return err
	}
	for i := range like.Organisations {
		if o := &like.Organisations[i]; v.justAdded(o, p) {
			return v.see("organisations/" + string(o.ID) + "?done=" + v.told("saved")) // the button was pressed twice
		}
	}
	return v.saveForm(p, p.Organisation)
}

// justAdded reports whether an organisation was added a moment ago and has what a form says.
func (v *visit) justAdded(o *helpdesk.Organisation, p *organisationForm) bool {
	return v.now.Sub(o.CreatedAt) < twice && sameOrganisation(o, &p.Organisation)
}

// saveOrganisation changes an organisation.
func (w *workspace) saveOrganisation(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	o, err := v.organisation(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := &organisationForm{Organisation: *o}
	p.read(f)
	return v.saveForm(p, *o)
}

// saveForm saves what a form says, or shows it again; current is what is stored.
func (v *visit) saveForm(p *organisationForm, current helpdesk.Organisation) error {
	saved, err := v.desk.SaveOrganisation(v.ctx, p.Organisation)
	if err == nil {
		return v.see("organisations/" + string(saved.ID) + "?done=" + v.told("saved"))
	}
	if p.ID != "" && errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) == nil && sameOrganisation(&current, &p.Organisation) {
		return v.see("organisations/" + string(p.ID) + "?done=" + v.told("saved")) // the button was pressed twice
	}
	var status int
	if helpdesk.Fields(err) != nil {
		if status, p.Problems = v.obstacle(err); p.Problems == nil {
			return err
		}
	} else if status, err = p.again(v, err); err != nil {
		return err
	}
	if p.Conflict {
		p.Version = current.Version
		p.Theirs = strings.Join([]string{current.Name, current.HostID, strings.Join(current.Domains, ", "), strings.Join(current.Tags, ", "), current.Note}, " · ")
	}
	return v.showOrganisationForm(status, p)
}

// sameOrganisation reports whether a stored organisation has what a form says.
func sameOrganisation(is, typed *helpdesk.Organisation) bool {
	return is.Name == strings.TrimSpace(typed.Name) && is.HostID == strings.TrimSpace(typed.HostID) && is.Note == typed.Note &&
		sameItems(is.Tags, typed.Tags) && slices.Equal(is.Domains, slices.Sorted(slices.Values(typed.Domains)))
}
