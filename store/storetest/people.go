package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

const (
	customersFit      = "Customers returns one page of the customers that fit the query, in the order of their names and, for equal ones, of their ids."
	customerPages     = "Following CustomerPage.Next visits each customer that fits throughout exactly once."
	organisationsFit  = "Organisations returns one page of the organisations that fit the query, in the order of their names and, for equal ones, of their ids."
	organisationPages = "Following OrganisationPage.Next visits each organisation that fits throughout exactly once."
	customerNames     = "Names has the name of each organisation that one of Customers is a member of; nil for none."
	family            = "Family adds, for each customer that fits, all who are the same person: those merged into that one and those that one was merged into, directly or over others."
	peopleVersions    = "Customers and Organisations to add or to replace, each with the Version it replaces: 0 adds it, else ErrConflict unless that is the stored version."
	peopleWhole       = "Each is stored with the next Version and with exactly these Addresses or Domains."
	peopleTaken       = "A HostID, an address or a domain of another of the tenant is a *DuplicateError"
)

// peopleCase is a case for stores that keep customers.
func peopleCase(name, sentence string, check func(e *env, s helpdesk.CustomerStore)) testCase {
	return testCase{name, sentence, func(e *env) {
		if s, ok := helpdesk.As[helpdesk.CustomerStore](e.store); ok {
			check(e, s)
		}
	}}
}

var peopleCases = []testCase{
	peopleCase("a full customer comes back as it was", peopleWhole, func(e *env, s helpdesk.CustomerStore) {
		o := e.addOrganisation("Acme", "acme.example", "acme.test")
		c := helpdesk.Customer{
			ID: helpdesk.CustomerID(newID()), HostID: "4711", Name: "Kim Ünïcode \\ ' \" % ?", Organisation: o.ID, Colleagues: true, Tags: []string{"gold", "vip"},
			Note: "likes\ntea", Language: "de", Zone: "Europe/Berlin", CreatedAt: start, UpdatedAt: start, MergedInto: helpdesk.CustomerID(newID()),
			Addresses: []helpdesk.Address{
				{Channel: helpdesk.ChannelEmail, Value: "kim@acme.example", Primary: true},
				{Channel: helpdesk.ChannelEmail, Value: "kim@home.example", Verified: true},
				{Channel: "web", Value: "4711"},
			},
		}
		given := c
		given.Addresses = slices.Clone(c.Addresses)
		slices.Reverse(given.Addresses)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{given}})
		c.Version = 1
		e.equal("customer", e.customer(s, c.ID), c)
		c.Addresses = []helpdesk.Address{{Channel: helpdesk.ChannelEmail, Value: "kim@home.example", Primary: true}, {Channel: helpdesk.ChannelEmail, Value: "kim@new.example"}}
		c.HostID, c.Organisation, c.MergedInto, c.Tags, c.Colleagues = "", "", "", nil, false
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}})
		c.Version = 2
		e.equal("customer after the change", e.customer(s, c.ID), c)
		e.addCustomer("Lee", "kim@acme.example") // which is free again
	}),
	peopleCase("a full organisation comes back as it was", peopleWhole, func(e *env, s helpdesk.CustomerStore) {
		o := helpdesk.Organisation{
			ID: helpdesk.OrganisationID(newID()), HostID: "a1", Name: "Acme", Domains: []string{"acme.example", "acme.test"}, Tags: []string{"gold"}, Note: "pays late",
			CreatedAt: start, UpdatedAt: start,
		}
		e.commit(&helpdesk.Change{Tenant: e.tenant, Organisations: []helpdesk.Organisation{o}})
		o.Version = 1
		e.equal("organisation", e.organisation(s, o.ID), o)
		o.Domains, o.HostID, o.Tags = []string{"acme.test", "new.example"}, "", nil
		e.commit(&helpdesk.Change{Tenant: e.tenant, Organisations: []helpdesk.Organisation{o}})
		o.Version = 2
		e.equal("organisation after the change", e.organisation(s, o.ID), o)
		e.addOrganisation("Other", "acme.example") // which is free again
	}),
	peopleCase("a stale customer or organisation is refused", peopleVersions, func(e *env, s helpdesk.CustomerStore) {
		c, o := e.addCustomer("Kim", "kim@example.com"), e.addOrganisation("Acme")
		for _, version := range []int64{0, 2} {
			c.Version, o.Version = version, version
			e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}}), helpdesk.ErrConflict)
			e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Organisations: []helpdesk.Organisation{o}}), helpdesk.ErrConflict)
		}
		c.Deleted = true
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}}), helpdesk.ErrConflict)
	}),
	peopleCase("what one has no other gets", peopleTaken, func(e *env, s helpdesk.CustomerStore) {
		kim, lee := e.addCustomer("Kim", "kim@example.com"), e.addCustomer("Lee", "lee@example.com")
		acme, other := e.addOrganisation("Acme", "acme.example"), e.addOrganisation("Other", "other.example")
		kim.HostID, acme.HostID = "k1", "a1"
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{kim}, Organisations: []helpdesk.Organisation{acme}})
		with := func(address string, host string) helpdesk.Customer {
			c := lee
			c.HostID, c.Addresses = host, append(slices.Clone(lee.Addresses), helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: address})
			return c
		}
		fresh := with("kim@example.com", "")
		fresh.ID, fresh.Version, fresh.Addresses = helpdesk.CustomerID(newID()), 0, fresh.Addresses[1:]
		for _, t := range []struct {
			scope, key string
			change     helpdesk.Change
		}{
			{"address", "email:kim@example.com", helpdesk.Change{Customers: []helpdesk.Customer{with("kim@example.com", "")}}},
			{"address", "email:kim@example.com", helpdesk.Change{Customers: []helpdesk.Customer{fresh}}},
			{"customer_id", "k1", helpdesk.Change{Customers: []helpdesk.Customer{with("new@example.com", "k1")}}},
			{"domain", "acme.example", helpdesk.Change{Organisations: []helpdesk.Organisation{
				{ID: other.ID, Version: 1, Name: "Other", Domains: []string{"acme.example"}, CreatedAt: start, UpdatedAt: start},
			}}},
			{"organisation_id", "a1", helpdesk.Change{Organisations: []helpdesk.Organisation{
				{ID: helpdesk.OrganisationID(newID()), Name: "Third", HostID: "a1", CreatedAt: start, UpdatedAt: start},
			}}},
		} {
			ticket := e.newTicket()
			t.change.Tenant, t.change.Ticket = e.tenant, ticket
			var dup *helpdesk.DuplicateError
			err := e.store.Commit(e.ctx, &t.change)
			if !errors.As(err, &dup) {
				e.fatal("%s %s: got error %v, want a *DuplicateError", t.scope, t.key, err)
			}
			e.equal("error", *dup, helpdesk.DuplicateError{Once: helpdesk.OnceKey{Scope: t.scope, Key: t.key}})
			_, err = e.store.Ticket(e.ctx, e.tenant, ticket.ID)
			e.is(err, helpdesk.ErrNotFound)
		}
		e.equal("customer", e.customer(s, lee.ID), lee)
	}),
	peopleCase("two who write first at once are one customer", peopleTaken, func(e *env, s helpdesk.CustomerStore) {
		var ids []helpdesk.CustomerID
		results := make(chan error, 8)
		e.together(8, func() error {
			t := e.newTicket()
			c := customer("Kim", "kim@example.com")
			t.CustomerID = c.ID
			change := opening(t)
			change.Customers = []helpdesk.Customer{c}
			err := e.store.Commit(e.ctx, change)
			results <- err
			var dup *helpdesk.DuplicateError
			if errors.As(err, &dup) && dup.Once.Scope == "address" {
				return nil
			}
			return err
		})
		close(results)
		first := 0
		for err := range results {
			if err == nil {
				first++
			}
		}
		e.equal("changes that added the customer", first, 1)
		page, err := s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: e.tenant})
		e.ok(err)
		for _, c := range page.Customers {
			ids = append(ids, c.ID)
		}
		e.equal("customers", len(ids), 1)
	}),
	peopleCase("a customer of no organisation of the tenant is refused", "A customer of an Organisation that the tenant does not have fails with ErrNotFound.", func(e *env, s helpdesk.CustomerStore) {
		o := e.addOrganisation("Acme")
		c := customer("Kim", "kim@example.com")
		c.Organisation = helpdesk.OrganisationID(newID())
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}}), helpdesk.ErrNotFound)
		c.Organisation = o.ID
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: "other", Customers: []helpdesk.Customer{c}}), helpdesk.ErrNotFound)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}})
	}),
	peopleCase("a removed customer is gone", "A customer with Deleted is removed.", func(e *env, s helpdesk.CustomerStore) {
		c := e.addCustomer("Kim", "kim@example.com", "kim@home.example")
		c.Deleted = true
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}})
		for _, q := range []helpdesk.CustomerQuery{{}, {IDs: []helpdesk.CustomerID{c.ID}}, {Emails: []string{"kim@home.example"}}, {Words: []string{"kim"}}} {
			q.Tenant = e.tenant
			page, err := s.Customers(e.ctx, q)
			e.ok(err)
			e.equal("customers left", len(page.Customers), 0)
		}
		e.addCustomer("Lee", "kim@home.example") // which is free again
	}),
	peopleCase("customers are found by each filter", customersFit, func(e *env, s helpdesk.CustomerStore) {
		all, o := e.people()
		for _, q := range []helpdesk.CustomerQuery{
			{}, {IDs: []helpdesk.CustomerID{all[0].ID, all[3].ID, "no id", helpdesk.CustomerID(newID())}}, {IDs: []helpdesk.CustomerID{"no id"}},
			{HostIDs: []string{"h1", "h5", "a\x00b"}}, {HostIDs: []string{""}}, {Emails: []string{"p2@example.com", "none", "p4@home.example"}}, {Emails: []string{"\x00"}},
			{Organisation: o}, {Organisation: "no id"}, {Organisation: helpdesk.OrganisationID(newID())}, {Survivors: true},
			{Words: store.Words("ann")}, {Words: store.Words("Ann p1")}, {Words: store.Words("p2@example.com")}, {Words: store.Words("nn")},
			{Words: store.Words("h1")}, {Words: []string{"%"}}, {Words: []string{"'"}}, {Words: store.Words("zoë")}, {Words: store.Words("ZOË"), Survivors: true},
		} {
			q.Tenant, q.Limit = e.tenant, 100
			var want []helpdesk.CustomerID
			for i := range all {
				if store.CustomerFits(&q, &all[i]) {
					want = append(want, all[i].ID)
				}
			}
			page, err := s.Customers(e.ctx, q)
			e.ok(err)
			e.equal(fmt.Sprintf("customers of %+v", q), customerIDs(page.Customers), want)
		}
	}),
	peopleCase("pages of customers have no gaps", customerPages, func(e *env, s helpdesk.CustomerStore) {
		all, _ := e.people()
		for _, limit := range []int{1, 3, 100} {
			var got []helpdesk.Customer
			for q := (helpdesk.CustomerQuery{Tenant: e.tenant, Limit: limit}); ; {
				page, err := s.Customers(e.ctx, q)
				e.ok(err)
				got = append(got, page.Customers...)
				if q.After = page.Next; q.After == "" || len(got) > len(all) {
					break
				}
			}
			e.equal("customers", got, all)
		}
		_, err := s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: e.tenant, After: "nonsense"})
		e.is(err, helpdesk.ErrInvalid)
	}),
	peopleCase("a page of customers names their organisations", customerNames, func(e *env, s helpdesk.CustomerStore) {
		o, none := e.addOrganisation("Acme"), e.addOrganisation("Nobody's")
		in, out := customer("Kim", "kim@example.com"), customer("Lee", "lee@example.com")
		in.Organisation = o.ID
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{in, out}})
		names := func(want map[helpdesk.OrganisationID]string, q helpdesk.CustomerQuery) {
			q.Tenant = e.tenant
			page, err := s.Customers(e.ctx, q)
			e.ok(err)
			e.equal("names", page.Names, want)
		}
		names(map[helpdesk.OrganisationID]string{o.ID: "Acme"}, helpdesk.CustomerQuery{})
		names(nil, helpdesk.CustomerQuery{IDs: []helpdesk.CustomerID{out.ID}})
		names(nil, helpdesk.CustomerQuery{Organisation: none.ID})
		o.Name = "Acme & Sons"
		e.commit(&helpdesk.Change{Tenant: e.tenant, Organisations: []helpdesk.Organisation{o}})
		names(map[helpdesk.OrganisationID]string{o.ID: "Acme & Sons"}, helpdesk.CustomerQuery{Limit: 1})
	}),
	peopleCase("a family is all who are one person", family, func(e *env, s helpdesk.CustomerStore) {
		a, b, c := e.addCustomer("A", "a@example.com"), e.addCustomer("B", "b@example.com"), e.addCustomer("C", "c@example.com")
		d, alone := e.addCustomer("D", "d@example.com"), e.addCustomer("E", "e@example.com")
		for child, into := range map[*helpdesk.Customer]helpdesk.CustomerID{&b: a.ID, &c: b.ID, &d: a.ID} {
			child.MergedInto = into
			e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{*child}})
		}
		for email, want := range map[string][]helpdesk.CustomerID{
			"a@example.com": {a.ID, b.ID, c.ID, d.ID}, "c@example.com": {a.ID, b.ID, c.ID, d.ID}, "e@example.com": {alone.ID}, "none": nil,
		} {
			page, err := s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: e.tenant, Emails: []string{email}, Family: true})
			e.ok(err)
			e.equal("family of "+email, customerIDs(page.Customers), want)
		}
		page, err := s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: "other", Emails: []string{"a@example.com"}, Family: true})
		e.ok(err)
		e.equal("family of another tenant", len(page.Customers), 0)
		a.Version, a.MergedInto = 1, c.ID // a circle, which no desk makes
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{a}})
		_, err = s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: e.tenant, Emails: []string{"a@example.com"}, Family: true})
		e.ok(err)
	}),
	peopleCase("organisations are found by each filter", organisationsFit, func(e *env, s helpdesk.CustomerStore) {
		all := e.organisations()
		for _, q := range []helpdesk.OrganisationQuery{
			{}, {IDs: []helpdesk.OrganisationID{all[1].ID, "no id"}}, {HostIDs: []string{"h2"}}, {Domains: []string{"d1.example", "none", "\x00"}},
			{Words: store.Words("acme")}, {Words: store.Words("d1.example")}, {Words: []string{"%"}}, {Domains: []string{"\x00"}},
		} {
			q.Tenant, q.Limit = e.tenant, 100
			var want []helpdesk.OrganisationID
			for i := range all {
				if store.OrganisationFits(&q, &all[i]) {
					want = append(want, all[i].ID)
				}
			}
			page, err := s.Organisations(e.ctx, q)
			e.ok(err)
			var got []helpdesk.OrganisationID
			for _, o := range page.Organisations {
				got = append(got, o.ID)
			}
			e.equal(fmt.Sprintf("organisations of %+v", q), got, want)
		}
	}),
	peopleCase("pages of organisations have no gaps", organisationPages, func(e *env, s helpdesk.CustomerStore) {
		all := e.organisations()
		var got []helpdesk.Organisation
		for q := (helpdesk.OrganisationQuery{Tenant: e.tenant, Limit: 2}); ; {
			page, err := s.Organisations(e.ctx, q)
			e.ok(err)
			got = append(got, page.Organisations...)
			if q.After = page.Next; q.After == "" || len(got) > len(all) {
				break
			}
		}
		e.equal("organisations", got, all)
		_, err := s.Organisations(e.ctx, helpdesk.OrganisationQuery{Tenant: e.tenant, After: "nonsense"})
		e.is(err, helpdesk.ErrInvalid)
	}),
	peopleCase("customers of tenants stay apart", "No method shows or changes a row of another tenant than the one it names.", func(e *env, s helpdesk.CustomerStore) {
		c, o := e.addCustomer("Kim", "kim@example.com"), e.addOrganisation("Acme", "acme.example")
		c.HostID, o.HostID = "k1", "a1"
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}, Organisations: []helpdesk.Organisation{o}})
		c.Version, o.Version = 0, 0
		c.Name, o.Name = "Kim of the other", "Acme of the other"
		e.commit(&helpdesk.Change{Tenant: "other", Customers: []helpdesk.Customer{c}, Organisations: []helpdesk.Organisation{o}}) // same ids, addresses and domains
		for tenant, name := range map[helpdesk.TenantID]string{e.tenant: "Kim", "other": "Kim of the other"} {
			page, err := s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: tenant, Emails: []string{"kim@example.com"}, IDs: []helpdesk.CustomerID{c.ID}})
			e.ok(err)
			e.equal("name", page.Customers[0].Name, name)
			e.equal("customers", len(page.Customers), 1)
			found, err := s.Organisations(e.ctx, helpdesk.OrganisationQuery{Tenant: tenant, Domains: []string{"acme.example"}})
			e.ok(err)
			e.equal("organisation", found.Organisations[0].Name, strings.Replace(name, "Kim", "Acme", 1))
		}
		c.Version, c.Deleted = 1, true
		e.commit(&helpdesk.Change{Tenant: "other", Customers: []helpdesk.Customer{c}})
		e.equal("name", e.customer(s, c.ID).Name, "Kim")
		page, err := s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: "other"})
		e.ok(err)
		e.equal("customers of the other", len(page.Customers), 0)
	}),
}

// customer returns a customer with mail addresses, the first of which is primary.
func customer(name string, emails ...string) helpdesk.Customer {
	c := helpdesk.Customer{ID: helpdesk.CustomerID(newID()), Name: name, CreatedAt: start, UpdatedAt: start}
	for i, email := range emails {
		c.Addresses = append(c.Addresses, helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: email, Primary: i == 0})
	}
	return c
}

func (e *env) addCustomer(name string, emails ...string) helpdesk.Customer {
	e.Helper()
	c := customer(name, emails...)
	e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}})
	c.Version = 1
	return c
}

func (e *env) addOrganisation(name string, domains ...string) helpdesk.Organisation {
	e.Helper()
	o := helpdesk.Organisation{ID: helpdesk.OrganisationID(newID()), Name: name, Domains: domains, CreatedAt: start, UpdatedAt: start}
	e.commit(&helpdesk.Change{Tenant: e.tenant, Organisations: []helpdesk.Organisation{o}})
	o.Version = 1
	return o
}

func (e *env) customer(s helpdesk.CustomerStore, id helpdesk.CustomerID) helpdesk.Customer {
	e.Helper()
	page, err := s.Customers(e.ctx, helpdesk.CustomerQuery{Tenant: e.tenant, IDs: []helpdesk.CustomerID{id}})
	e.ok(err)
	if len(page.Customers) != 1 {
		e.fatal("%d customers have the id", len(page.Customers))
	}
	return page.Customers[0]
}

func (e *env) organisation(s helpdesk.CustomerStore, id helpdesk.OrganisationID) helpdesk.Organisation {
	e.Helper()
	page, err := s.Organisations(e.ctx, helpdesk.OrganisationQuery{Tenant: e.tenant, IDs: []helpdesk.OrganisationID{id}})
	e.ok(err)
	if len(page.Organisations) != 1 {
		e.fatal("%d organisations have the id", len(page.Organisations))
	}
	return page.Organisations[0]
}

// people adds some customers, most of them of one organisation, and returns them in order.
func (e *env) people() ([]helpdesk.Customer, helpdesk.OrganisationID) {
	e.Helper()
	o := e.addOrganisation("Acme")
	var all []helpdesk.Customer
	for i, name := range []string{"Ann Lee", "ann", "Zoë", "Bob", "", "Öz", "ANN"} {
		c := customer(name, fmt.Sprintf("p%d@example.com", i), fmt.Sprintf("p%d@home.example", i))
		if i%2 == 1 {
			c.HostID, c.Organisation = fmt.Sprintf("h%d", i), o.ID
		}
		if i == 2 {
			c.MergedInto = all[0].ID
		}
		e.commit(&helpdesk.Change{Tenant: e.tenant, Customers: []helpdesk.Customer{c}})
		c.Version = 1
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b helpdesk.Customer) int {
		return store.NameCursor{Name: store.CustomerName(&a), ID: string(a.ID)}.Compare(store.NameCursor{Name: store.CustomerName(&b), ID: string(b.ID)})
	})
	return all, o.ID
}

func (e *env) organisations() (all []helpdesk.Organisation) {
	e.Helper()
	for i, name := range []string{"Acme", "acme two", "Zeta", "Beta", "Acme"} {
		o := helpdesk.Organisation{
			ID: helpdesk.OrganisationID(newID()), Name: name, HostID: fmt.Sprintf("h%d", i), Domains: []string{fmt.Sprintf("d%d.example", i)}, CreatedAt: start, UpdatedAt: start,
		}
		e.commit(&helpdesk.Change{Tenant: e.tenant, Organisations: []helpdesk.Organisation{o}})
		o.Version = 1
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b helpdesk.Organisation) int {
		return store.NameCursor{Name: store.OrganisationName(&a), ID: string(a.ID)}.Compare(store.NameCursor{Name: store.OrganisationName(&b), ID: string(b.ID)})
	})
	return all
}

func customerIDs(customers []helpdesk.Customer) (ids []helpdesk.CustomerID) {
	for _, c := range customers {
		ids = append(ids, c.ID)
	}
	return ids
}
