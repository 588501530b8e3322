package webui

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// personPage is a customer with all rows and tickets of the same person.
type personPage struct {
	form
	*helpdesk.Customer
	Called       string // the name, or an address
	Done         string // what the viewer has just done
	Of           string // the organisation's name
	Local        string // time of day in the customer's zone; empty when that is not known
	Into         *helpdesk.Customer
	IntoCalled   string
	Merged       []shownCustomer // rows that are merged into this one, directly or over others
	History      ticketTable
	Rows         string            // the ids of all rows of the person, for a list of tickets
	Typed        map[string]string // in a form that was refused, by field
	Known        []helpdesk.Organisation
	Theirs       string // the note that somebody else has saved meanwhile
	MayChange    bool
	NamedAddress string // the primary one
}

// shownCustomer is a customer in a list.
type shownCustomer struct {
	helpdesk.Customer
	Called string
	Of     string // the organisation's name
}

// called is what to call a customer.
func called(c *helpdesk.Customer) string {
	if len(c.Addresses) > 0 && c.Email() == "" {
		return cmp.Or(c.Name, c.Addresses[0].Value)
	}
	return cmp.Or(c.Name, c.Email(), c.HostID, string(c.ID))
}

// person reads a customer with all who are the same person.
func (v *visit) person(id string) (*helpdesk.Customer, helpdesk.CustomerPage, error) {
	page, err := v.desk.Customers(v.ctx, helpdesk.CustomerQuery{IDs: []helpdesk.CustomerID{helpdesk.CustomerID(id)}, Family: true, Limit: helpdesk.MaxLimit})
	if errors.Is(err, helpdesk.ErrInvalid) && !errors.Is(err, helpdesk.ErrForbidden) {
		err = helpdesk.ErrNotFound // what is no id is nobody's
	}
	if err != nil {
		return nil, page, err
	}
	at := slices.IndexFunc(page.Customers, func(c helpdesk.Customer) bool { return string(c.ID) == id })
	if at < 0 {
		return nil, page, helpdesk.ErrNotFound
	}
	return &page.Customers[at], page, nil
}

// personPage shows a customer.
func (w *workspace) personPage(v *visit) error {
	return v.showPerson(http.StatusOK, &personPage{})
}

func (v *visit) showPerson(status int, p *personPage) error {
	c, page, err := v.person(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p.Customer, p.Called, p.Of, p.Local, p.MayChange, p.NamedAddress = c, called(c), page.Names[c.Organisation], v.local(c.Zone), v.Admin(), c.Email()
	rows := map[helpdesk.CustomerID]*helpdesk.Customer{}
	for i := range page.Customers {
		rows[page.Customers[i].ID] = &page.Customers[i]
	}
	if p.Into = rows[c.MergedInto]; p.Into != nil {
		p.IntoCalled = called(p.Into)
	}
	for i := range page.Customers {
		if one := &page.Customers[i]; one.ID != c.ID && isBelow(rows, one, c.ID) {
			p.Merged = append(p.Merged, shownCustomer{Customer: *one, Called: called(one)})
		}
	}
	q := helpdesk.Query{}
	for i := range page.Customers {
		q.CustomerIDs = append(q.CustomerIDs, page.Customers[i].ID)
	}
	p.Rows = idList(q.CustomerIDs)
	err = together(
		func() (err error) { p.History, err = v.history(q); return err },
		func() (err error) {
			if p.MayChange && c.Organisation == "" {
				var known helpdesk.OrganisationPage
				known, err = v.desk.Organisations(v.ctx, helpdesk.OrganisationQuery{Limit: mostOffered})
				p.Known = known.Organisations
			}
			return err
		},
		func() error { v.aside(); return nil },
	)
	if err != nil {
		return err
	}
	if done := v.tells(personDeeds...); done != "" {
		p.Done = v.T("customer.done." + done)
	}
	v.render(status, "person", p.Called, "customers", p)
	return nil
}

// mostOffered is how many organisations a field offers.
const mostOffered = 200

// isBelow reports whether a row is merged into another, directly or over others.
func isBelow(rows map[helpdesk.CustomerID]*helpdesk.Customer, c *helpdesk.Customer, top helpdesk.CustomerID) bool {
	for range len(rows) { // a circle ends too
		if c == nil || c.MergedInto == "" {
			return false
		}
		if c.MergedInto == top {
			return true
		}
		c = rows[c.MergedInto]
	}
	return false
}

// local is the time of day in a zone; empty when there is none.
func (v *visit) local(zone string) string {
	loc, err := time.LoadLocation(zone)
	if zone == "" || err != nil {
		return ""
	}
	return v.now.In(loc).Format("15:04")
}

// ticketTable is a page of the tickets of a customer or an organisation.
type ticketTable struct {
	Tickets   []listed
	Open, All string // how many
	Next      string // the cursor of the next page; empty on the last
	Later     bool   // it is not the first page
}

// history reads the tickets that fit a query, the latest first.
func (v *visit) history(q helpdesk.Query) (ticketTable, error) {
	var list ticketTable
	var page helpdesk.Page
	var agents []helpdesk.Agent
	var n []int
	open := q
	open.Status = helpdesk.OpenStatuses
	q.Limit, q.After = pageSize, v.r.URL.Query().Get("after")
	err := together(
		func() (err error) { page, err = v.desk.Tickets(v.ctx, q); return err },
		func() (err error) {
			all := q
			all.After = ""
			n, err = v.desk.Count(v.ctx, mostCounted, open, all)
			return err
		},
		func() (err error) { agents, err = v.desk.Agents(v.ctx); return err },
	)
	if err != nil {
		return list, err
	}
	names := map[helpdesk.AgentID]string{}
	for _, a := range agents {
		names[a.ID] = a.Name
	}
	for _, t := range page.Tickets {
		list.Tickets = append(list.Tickets, listed{Ticket: t, Due: v.Due(t), Agent: cmp.Or(names[t.Assignee], string(t.Assignee))})
	}
	list.Next, list.Later = page.Next, q.After != ""
	list.Open, list.All = v.upTo(n[0]), v.upTo(n[1])
	return list, nil
}

// listing is a page and a table on it, for the template of tickets.
type listing struct {
	Page  *visit
	Table ticketTable
}

// Listing is a table of tickets for its template.
func (v *visit) Listing(t ticketTable) listing { return listing{v, t} }

// KeepNote is the note as typed, if its form was refused, else what is so.
func (p *personPage) KeepNote() string {
	if typed, ok := p.Typed["note"]; ok {
		return typed
	}
	return p.Note
}

// upTo writes a number that is counted up to mostCounted.
func (v *visit) upTo(n int) string {
	if n == mostCounted {
		return v.Whole(n) + "+"
	}
	return v.Whole(n)
}
