package storetest_test

import (
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func (m *mutant) Customers(ctx context.Context, q helpdesk.CustomerQuery) (helpdesk.CustomerPage, error) {
	if m.asked != nil {
		m.asked(&q)
	}
	page, err := m.Store.Customers(ctx, q)
	if err == nil && m.customers != nil {
		m.customers(&page)
	}
	return page, err
}

func (m *mutant) Organisations(ctx context.Context, q helpdesk.OrganisationQuery) (helpdesk.OrganisationPage, error) {
	if m.organisation != nil {
		m.organisation(&q)
	}
	return m.Store.Organisations(ctx, q)
}

// saved is a mutant that saves customers and organisations other than it is told to.
func saved(customer func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, c *helpdesk.Customer), organisation func(*helpdesk.Organisation)) mutant {
	return mutant{change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		c.Customers, c.Organisations = slices.Clone(c.Customers), slices.Clone(c.Organisations)
		for i := range c.Customers {
			if customer != nil {
				customer(s, ctx, c.Tenant, &c.Customers[i])
			}
		}
		for i := range c.Organisations {
			if organisation != nil {
				organisation(&c.Organisations[i])
			}
		}
	}}
}

var peopleMutants = map[string]mutant{
	"customers of any tenant":                            {asked: func(q *helpdesk.CustomerQuery) { q.Tenant = "acme" }},
	"customers of any organisation":                      {asked: func(q *helpdesk.CustomerQuery) { q.Organisation = "" }},
	"customers with any words":                           {asked: func(q *helpdesk.CustomerQuery) { q.Words = nil }},
	"customers of any host's id":                         {asked: func(q *helpdesk.CustomerQuery) { q.HostIDs = nil }},
	"customers with those merged away":                   {asked: func(q *helpdesk.CustomerQuery) { q.Survivors = false }},
	"customers without families":                         {asked: func(q *helpdesk.CustomerQuery) { q.Family = false }},
	"the cursor of customers is ignored":                 {asked: func(q *helpdesk.CustomerQuery) { q.After = "" }},
	"the last page of customers leads on":                {customers: func(page *helpdesk.CustomerPage) { page.Next = "" }},
	"customers without the names of their organisations": {customers: func(page *helpdesk.CustomerPage) { page.Names = nil }},
	"customers in the order of their ids": {customers: func(page *helpdesk.CustomerPage) {
		slices.SortFunc(page.Customers, func(a, b helpdesk.Customer) int { return -1 })
	}},
	"organisations of any tenant":            {organisation: func(q *helpdesk.OrganisationQuery) { q.Tenant = "acme" }},
	"organisations of any domain":            {organisation: func(q *helpdesk.OrganisationQuery) { q.Domains = nil }},
	"the cursor of organisations is ignored": {organisation: func(q *helpdesk.OrganisationQuery) { q.After = "" }},
	"customers without a version check": saved(func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, c *helpdesk.Customer) {
		page, _ := s.Customers(ctx, helpdesk.CustomerQuery{Tenant: tenant, IDs: []helpdesk.CustomerID{c.ID}})
		if c.Version = 0; len(page.Customers) > 0 {
			c.Version = page.Customers[0].Version
		}
	}, nil),
	"customers without a zone": saved(func(_ *memstore.Store, _ context.Context, _ helpdesk.TenantID, c *helpdesk.Customer) { c.Zone = "" }, nil),
	"customers are never removed": saved(func(_ *memstore.Store, _ context.Context, _ helpdesk.TenantID, c *helpdesk.Customer) {
		c.Deleted = false
	}, nil),
	"an address goes to the one who asked last": saved(func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, c *helpdesk.Customer) {
		var emails []string
		for _, a := range c.Addresses {
			emails = append(emails, a.Value)
		}
		page, _ := s.Customers(ctx, helpdesk.CustomerQuery{Tenant: tenant, Emails: emails})
		for _, other := range page.Customers {
			if other.ID != c.ID {
				other.Addresses = nil
				_ = s.Commit(ctx, &helpdesk.Change{Tenant: tenant, Customers: []helpdesk.Customer{other}})
			}
		}
	}, nil),
	"any organisation will do": saved(func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, c *helpdesk.Customer) {
		page, _ := s.Organisations(ctx, helpdesk.OrganisationQuery{Tenant: tenant, IDs: []helpdesk.OrganisationID{c.Organisation}})
		if len(page.Organisations) == 0 {
			c.Organisation = ""
		}
	}, nil),
	"organisations without domains": saved(nil, func(o *helpdesk.Organisation) { o.Domains = nil }),
}
