package webui

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// personList is the list of customers.
type personList struct {
	form
	Q         string
	Of        string // id of the organisation whose customers these are; empty for all
	OfName    string
	Customers []shownCustomer
	Next      string // query of the next page; empty on the last
}

// persons lists customers, found by words of names, addresses and host's ids.
func (w *workspace) persons(v *visit) error {
	in := v.r.URL.Query()
	p := &personList{Q: strings.TrimSpace(in.Get("q")), Of: in.Get("organisation")}
	q := helpdesk.CustomerQuery{Words: searchwords.Of(p.Q), Organisation: helpdesk.OrganisationID(p.Of), Survivors: p.Q == "", Limit: pageSize, After: in.Get("after")}
	page, err := v.desk.Customers(v.ctx, q)
	if err != nil {
		return err
	}
	if p.Of != "" {
		o, err := v.organisation(p.Of)
		if err != nil {
			return err
		}
		p.OfName = o.Name
	}
	if p.Q == "" || len(q.Words) > 0 { // a text without a word finds nobody
		p.Customers = shownCustomers(page)
	}
	if page.Next != "" {
		p.Next = again(in, page.Next)
	}
	v.render(http.StatusOK, "persons", v.T("nav.customers"), "customers", p)
	return nil
}

func shownCustomers(page helpdesk.CustomerPage) []shownCustomer {
	var list []shownCustomer
	for i := range page.Customers {
		c := &page.Customers[i]
		list = append(list, shownCustomer{*c, called(c), page.Names[c.Organisation]})
	}
	return list
}

// again is the query of an address with the cursor of the next page.
func again(in url.Values, cursor string) string {
	q := url.Values{}
	for _, name := range []string{"q", "organisation"} {
		if value := in.Get(name); value != "" {
			q.Set(name, value)
		}
	}
	q.Set("after", cursor)
	return q.Encode()
}

// idList writes ids with commas.
func idList[T ~string](ids []T) string {
	var list []string
	for _, id := range ids {
		list = append(list, string(id))
	}
	return strings.Join(list, ",")
}
