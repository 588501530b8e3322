package memstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

var _ helpdesk.CustomerStore = (*Store)(nil)

type customerKey struct {
	tenant helpdesk.TenantID
	id     helpdesk.CustomerID
}

type organisationKey struct {
	tenant helpdesk.TenantID
	id     helpdesk.OrganisationID
}

// takenKey is something that one customer or organisation of a tenant has alone: a scope of
// [helpdesk.DuplicateError] and its key.
type takenKey struct {
	tenant helpdesk.TenantID
	helpdesk.OnceKey
}

// Customers implements helpdesk.CustomerStore.
func (s *Store) Customers(ctx context.Context, q helpdesk.CustomerQuery) (helpdesk.CustomerPage, error) {
	var page helpdesk.CustomerPage
	after, err := begin(ctx, q.After)
	if err != nil {
		return page, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[helpdesk.CustomerID]*helpdesk.Customer{}
	fit := map[helpdesk.CustomerID]bool{}
	for k, c := range s.customers {
		if k.tenant == q.Tenant {
			all[k.id] = &c
			fit[k.id] = store.CustomerFits(&q, &c)
		}
	}
	if q.Family {
		family := map[helpdesk.CustomerID]bool{}
		for id := range fit {
			if fit[id] {
				family[root(all, id)] = true
			}
		}
		for id := range fit {
			fit[id] = family[root(all, id)]
		}
	}
	var list []helpdesk.Customer
	for id, c := range all {
		if fit[id] {
			list = append(list, copyCustomer(c))
		}
	}
	place := func(c *helpdesk.Customer) store.NameCursor {
		return store.NameCursor{Name: store.CustomerName(c), ID: string(c.ID)}
	}
	page.Customers, page.Next = namePage(list, place, after, q.PageLimit())
	for _, c := range page.Customers {
		if o, ok := s.organisations[organisationKey{q.Tenant, c.Organisation}]; ok {
			if page.Names == nil {
				page.Names = map[helpdesk.OrganisationID]string{}
			}
			page.Names[c.Organisation] = o.Name
		}
	}
	return page, nil
}

// root returns the survivor of all merges of a customer. It ends at a circle too.
func root(all map[helpdesk.CustomerID]*helpdesk.Customer, id helpdesk.CustomerID) helpdesk.CustomerID {
	for range len(all) {
		c := all[id]
		if c == nil || c.MergedInto == "" || all[c.MergedInto] == nil {
			break
		}
		id = c.MergedInto
	}
	return id
}

// Organisations implements helpdesk.CustomerStore.
func (s *Store) Organisations(ctx context.Context, q helpdesk.OrganisationQuery) (helpdesk.OrganisationPage, error) {
	var page helpdesk.OrganisationPage
	after, err := begin(ctx, q.After)
	if err != nil {
		return page, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []helpdesk.Organisation
	for k, o := range s.organisations {
		if k.tenant == q.Tenant && store.OrganisationFits(&q, &o) {
			list = append(list, copyOrganisation(&o))
		}
	}
	place := func(o *helpdesk.Organisation) store.NameCursor {
		return store.NameCursor{Name: store.OrganisationName(o), ID: string(o.ID)}
	}
	page.Organisations, page.Next = namePage(list, place, after, q.PageLimit())
	return page, nil
}

func begin(ctx context.Context, after string) (*store.NameCursor, error) {
	if err := ctx.Err(); err != nil || after == "" {
		return nil, err
	}
	c, err := store.ParseNameCursor(after)
	return &c, err
}

// namePage orders a list by name and returns the page after a cursor.
func namePage[T any](list []T, place func(*T) store.NameCursor, after *store.NameCursor, limit int) (page []T, next string) {
	slices.SortFunc(list, func(a, b T) int { return place(&a).Compare(place(&b)) })
	list = slices.DeleteFunc(list, func(v T) bool { return after != nil && place(&v).Compare(*after) <= 0 })
	if len(list) > limit {
		list = list[:limit]
		next = place(&list[limit-1]).String()
	}
	if len(list) == 0 {
		return nil, ""
	}
	return list, next
}

// putPeople adds, replaces and removes customers and organisations.
func (d *draft) putPeople(c *helpdesk.Change) error {
	for i := range c.Organisations {
		if keys := organisationTakes(&c.Organisations[i]); repeats(keys, keyText) {
			return &helpdesk.FieldError{Field: "domains", Problem: "name one twice"}
		}
		if err := d.putOrganisation(c.Tenant, copyOrganisation(&c.Organisations[i])); err != nil {
			return err
		}
	}
	for i := range c.Customers {
		if keys := customerTakes(&c.Customers[i]); repeats(keys, keyText) {
			return &helpdesk.FieldError{Field: "addresses", Problem: "name one twice"}
		}
		if err := d.putCustomer(c.Tenant, copyCustomer(&c.Customers[i])); err != nil {
			return err
		}
	}
	return nil
}

func keyText(k *helpdesk.OnceKey) string { return k.Scope + ":" + k.Key }

func (d *draft) putCustomer(tenant helpdesk.TenantID, c helpdesk.Customer) error {
	k := customerKey{tenant, c.ID}
	stored, there := d.customers.get(k)
	if there = there && !stored.Deleted; c.Version != stored.Version || there != (c.Version > 0) {
		return fmt.Errorf("customer %s: %w", c.ID, helpdesk.ErrConflict)
	}
	if _, known := d.organisations.get(organisationKey{tenant, c.Organisation}); c.Organisation != "" && !c.Deleted && !known {
		return fmt.Errorf("organisation %s: %w", c.Organisation, helpdesk.ErrNotFound)
	}
	for _, key := range customerTakes(&stored) {
		d.taken.put(takenKey{tenant, key}, "")
	}
	if c.Deleted {
		c = helpdesk.Customer{Deleted: true}
	} else {
		c.Version++
	}
	d.customers.put(k, c)
	return d.take(tenant, string(c.ID), customerTakes(&c))
}

func (d *draft) putOrganisation(tenant helpdesk.TenantID, o helpdesk.Organisation) error {
	k := organisationKey{tenant, o.ID}
	stored, there := d.organisations.get(k)
	if o.Version != stored.Version || there != (o.Version > 0) {
		return fmt.Errorf("organisation %s: %w", o.ID, helpdesk.ErrConflict)
	}
	for _, key := range organisationTakes(&stored) {
		d.taken.put(takenKey{tenant, key}, "")
	}
	o.Version++
	d.organisations.put(k, o)
	return d.take(tenant, string(o.ID), organisationTakes(&o))
}

// take gives keys to a customer or an organisation, unless another has them.
func (d *draft) take(tenant helpdesk.TenantID, by string, keys []helpdesk.OnceKey) error {
	for _, key := range keys {
		k := takenKey{tenant, key}
		if other, _ := d.taken.get(k); other != "" && other != by {
			return &helpdesk.DuplicateError{Once: key}
		}
		d.taken.put(k, by)
	}
	return nil
}

func customerTakes(c *helpdesk.Customer) (keys []helpdesk.OnceKey) {
	if c.HostID != "" {
		keys = append(keys, helpdesk.OnceKey{Scope: "customer_id", Key: c.HostID})
	}
	for _, a := range c.Addresses {
		keys = append(keys, helpdesk.OnceKey{Scope: "address", Key: string(a.Channel) + ":" + a.Value})
	}
	return keys
}

func organisationTakes(o *helpdesk.Organisation) (keys []helpdesk.OnceKey) {
	if o.HostID != "" {
		keys = append(keys, helpdesk.OnceKey{Scope: "organisation_id", Key: o.HostID})
	}
	for _, domain := range o.Domains {
		keys = append(keys, helpdesk.OnceKey{Scope: "domain", Key: domain})
	}
	return keys
}

// copyCustomer returns a copy in the form in which databases return a customer.
func copyCustomer(c *helpdesk.Customer) helpdesk.Customer {
	u := *c
	u.CreatedAt, u.UpdatedAt = store.Instant(c.CreatedAt), store.Instant(c.UpdatedAt)
	u.Addresses, u.Tags = store.SortedAddresses(c.Addresses), cloned(c.Tags)
	return u
}

func copyOrganisation(o *helpdesk.Organisation) helpdesk.Organisation {
	u := *o
	u.CreatedAt, u.UpdatedAt = store.Instant(o.CreatedAt), store.Instant(o.UpdatedAt)
	u.Domains, u.Tags = cloned(o.Domains), cloned(o.Tags)
	slices.Sort(u.Domains)
	return u
}

// cloned returns a copy of a list, or nil for an empty one.
func cloned(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}
