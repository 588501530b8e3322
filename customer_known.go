package helpdesk

import (
	"context"
	"slices"
)

// onceAddress is the scope in which a Store says that an address is another customer's: see [Change].
const onceAddress = "address"

// person is what is known of a mail address: the customer whose it is, under all the ids that were
// merged.
type person struct {
	Customer              // the survivor of all merges
	owner    *Customer    // the one that has the address
	all      []CustomerID // of the survivor and of those merged into it
}

// person finds the customer of a mail address; nil when there is none.
func (d *Desk) person(ctx context.Context, email string) (*person, error) {
	s, ok := As[CustomerStore](d.store)
	if !ok || email == "" {
		return nil, nil
	}
	page, err := s.Customers(ctx, CustomerQuery{Tenant: d.tenant, Emails: []string{email}, Family: true, Limit: MaxLimit})
	if err != nil || len(page.Customers) == 0 {
		return nil, err
	}
	p := &person{all: idsOf(page.Customers)}
	for i := range page.Customers {
		c := &page.Customers[i]
		if c.MergedInto == "" {
			p.Customer = *c
		}
		if slices.ContainsFunc(c.Addresses, func(a Address) bool { return a.Channel == ChannelEmail && a.Value == email }) {
			p.owner = c
		}
	}
	if p.owner == nil { // its address went meanwhile
		return nil, nil
	}
	return p, nil
}

// meet finds the customer of a new ticket by the mail address, or adds one to the change. An address
// that does not act for its customer leaves the ticket without: an agent decides whose it is.
func (x *draft) meet(ctx context.Context) error {
	if _, ok := As[CustomerStore](x.store); !ok || x.t.Customer.Email == "" {
		return nil
	}
	p, err := x.person(ctx, x.t.Customer.Email)
	if err != nil {
		return err
	}
	if p == nil {
		c := Customer{
			ID: CustomerID(x.cfg.NewID()), Name: x.t.Customer.Name, Language: x.t.Language, CreatedAt: x.now, UpdatedAt: x.now,
			Addresses: []Address{{Channel: ChannelEmail, Value: x.t.Customer.Email, Primary: true, Verified: x.by.Role == RoleCustomer}},
		}
		x.t.CustomerID = c.ID
		x.c.Customers = append(x.c.Customers, c)
		return nil
	}
	if !p.owner.Acts(ChannelEmail, x.t.Customer.Email) {
		return nil
	}
	x.t.CustomerID, x.t.Organisation = p.owner.ID, p.Customer.Organisation
	tags := slices.Concat(x.t.Customer.Tags, p.Tags)
	if p.Customer.Organisation != "" {
		o, err := x.organisation(ctx, p.Customer.Organisation)
		if err != nil {
			return err
		}
		tags = append(tags, o.Tags...)
	}
	slices.Sort(tags)
	tags = slices.Compact(tags)
	x.t.Customer.Tags = tags[:min(len(tags), MaxTags)]
	if len(tags) == 0 {
		x.t.Customer.Tags = nil
	}
	return nil
}

// organisation reads an organisation, or returns ErrNotFound.
func (d *Desk) organisation(ctx context.Context, id OrganisationID) (*Organisation, error) {
	s, ok := As[CustomerStore](d.store)
	if !ok || !validID(TicketID(id)) {
		return nil, ErrNotFound
	}
	page, err := s.Organisations(ctx, OrganisationQuery{Tenant: d.tenant, IDs: []OrganisationID{id}, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(page.Organisations) == 0 {
		return nil, ErrNotFound
	}
	return &page.Organisations[0], nil
}

func idsOf(customers []Customer) (ids []CustomerID) {
	for _, c := range customers {
		ids = append(ids, c.ID)
	}
	return ids
}
