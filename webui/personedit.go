package webui

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// personForm is the form for a customer: a new one without an ID.
type personForm struct {
	form
	helpdesk.Customer
	Tagged  string // the tags as typed
	Address string // of a new one
	Theirs  string // what somebody else has saved meanwhile
}

// newPerson shows the form for a new customer.
func (w *workspace) newPerson(v *visit) error { return v.showPersonForm(http.StatusOK, &personForm{}) }

// editPerson shows the form with what is so.
func (w *workspace) editPerson(v *visit) error {
	c, _, err := v.person(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return v.showPersonForm(http.StatusOK, &personForm{Customer: *c, Tagged: strings.Join(c.Tags, ", ")})
}

func (v *visit) showPersonForm(status int, p *personForm) error {
	title := v.T("customer.new")
	if p.ID != "" {
		title = v.T("customer.edit")
	}
	v.render(status, "personedit", title, "customers", p)
	return nil
}

// read fills in what was typed.
func (p *personForm) read(f url.Values) {
	p.HostID, p.Name, p.Language, p.Zone = f.Get("host_id"), f.Get("name"), f.Get("language"), f.Get("zone")
	p.Colleagues, p.Tagged, p.Address = f.Get("colleagues") != "", f.Get("tags"), f.Get("addresses")
	p.Tags = tagsOf(p.Tagged)
	p.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64)
}

// addPerson adds a customer.
func (w *workspace) addPerson(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p := &personForm{}
	p.read(f)
	p.Note, p.Version = text(f, "note"), 0
	c := p.Customer
	address := strings.ToLower(strings.TrimSpace(p.Address))
	if address != "" {
		c.Addresses = []helpdesk.Address{{Channel: helpdesk.ChannelEmail, Value: address, Primary: true}}
	}
	known, err := v.knownPerson(address, strings.TrimSpace(c.HostID))
	if known != nil && v.now.Sub(known.CreatedAt) < twice && known.Name == strings.TrimSpace(c.Name) {
		return v.see("customers/" + string(known.ID) + "?done=" + v.told("saved")) // the button was pressed twice
	}
	if known != nil {
		field, value := "addresses", address
		if known.HostID != "" && known.HostID == strings.TrimSpace(c.HostID) {
			field, value = "host_id", known.HostID
		}
		err = &helpdesk.FieldError{Field: field, Problem: fmt.Sprintf("%q is another customer's", value)}
	}
	if err == nil {
		if c, err = v.desk.SaveCustomer(v.ctx, c); err == nil {
			return v.see("customers/" + string(c.ID) + "?done=" + v.told("saved"))
		}
	}
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	return v.showPersonForm(status, p)
}

// knownPerson returns the customer who has an address or an id of the host's; nil for nobody.
func (v *visit) knownPerson(address, hostID string) (*helpdesk.Customer, error) {
	for _, q := range []helpdesk.CustomerQuery{{Emails: []string{address}}, {HostIDs: []string{hostID}}} {
		if q.Limit = 1; (len(q.Emails) > 0 && address == "") || (len(q.HostIDs) > 0 && hostID == "") {
			continue
		}
		page, err := v.desk.Customers(v.ctx, q)
		if err != nil || len(page.Customers) > 0 {
			return first(page.Customers), err
		}
	}
	return nil, nil
}

// first returns the first of a list; nil when it is empty.
func first[T any](list []T) *T {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// savePerson changes a customer, all but addresses, organisation and note.
func (w *workspace) savePerson(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	c, _, err := v.person(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := &personForm{Customer: *c}
	p.read(f)
	if _, err = v.desk.SaveCustomer(v.ctx, p.Customer); err == nil {
		return v.see("customers/" + string(c.ID) + "?done=" + v.told("saved"))
	}
	if same := *c; errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) == nil && sameForm(&same, &p.Customer) {
		return v.see("customers/" + string(c.ID) + "?done=" + v.told("saved")) // the button was pressed twice
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
		p.Version = c.Version
		p.Theirs = strings.Join([]string{c.Name, c.HostID, strings.Join(c.Tags, ", "), c.Language, c.Zone}, " · ")
	}
	return v.showPersonForm(status, p)
}

// sameForm reports whether a stored customer has what a form says.
func sameForm(is, typed *helpdesk.Customer) bool {
	return is.Name == strings.TrimSpace(typed.Name) && is.HostID == strings.TrimSpace(typed.HostID) && is.Colleagues == typed.Colleagues &&
		strings.EqualFold(is.Language, strings.TrimSpace(typed.Language)) && is.Zone == strings.TrimSpace(typed.Zone) && sameItems(is.Tags, typed.Tags)
}
