package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/freemail"
	"github.com/helpdesk-go/helpdesk/internal/spell"
)

// Limits of what a customer or an organisation holds.
const (
	maxAddresses = 20
	maxDomains   = 100
	maxHostID    = 200 // characters
)

// SaveCustomer adds a customer or changes one, and returns the row. With an ID it replaces that
// customer, all but CreatedAt and MergedInto. An agent may only replace the Note.
//
// Without an ID it takes what the host knows: it looks for the customer with the HostID, else for
// the one with the first of the Addresses that is known, else it adds one. It keeps the Note and
// the addresses that were known before, and what is empty in c stays as it was. Addresses from the
// host are verified. So the same call again changes nothing.
//
// A Version other than 0 has to be the stored one, else SaveCustomer returns ErrConflict. An
// address or a HostID of another customer is an error that names the field. The tickets of a
// customer who joins an organisation become the organisation's unless they have one. Only admins
// and the host may add customers.
func (d *Desk) SaveCustomer(ctx context.Context, c Customer) (Customer, error) {
	const op = "save customer"
	by, err := d.keepsCustomers(ctx)
	if err = errors.Join(err, c.clean()); err != nil {
		return Customer{}, d.fail(op, "", err)
	}
	for try := 1; ; try++ {
		was, err := d.storedCustomer(ctx, &c)
		if err != nil {
			return Customer{}, d.fail(op, "", err)
		}
		is := c
		switch {
		case c.ID == "" && was == nil:
			is.Addresses = slices.Clone(c.Addresses)
			for i := range is.Addresses {
				is.Addresses[i].Verified = true
			}
			primary(is.Addresses)
		case c.ID == "":
			is = was.learn(&c)
		default:
			is.Version, is.CreatedAt, is.UpdatedAt, is.MergedInto = was.Version, was.CreatedAt, was.UpdatedAt, was.MergedInto
		}
		if err := errors.Join(mayChange(by, was, &is), d.sameVersion(c.Version, was)); err != nil {
			return Customer{}, d.fail(op, "", err)
		}
		if was != nil && reflect.DeepEqual(*was, is) {
			return is, nil
		}
		if is.ID == "" {
			is.ID, is.CreatedAt = CustomerID(d.cfg.NewID()), d.now()
		}
		is.UpdatedAt = d.now()
		change := &Change{Tenant: d.tenant, Customers: []Customer{is}}
		if is.Organisation != "" && (was == nil || was.Organisation != is.Organisation) {
			change.Tasks = []Task{{Tenant: d.tenant, Kind: taskMember, Key: string(is.ID), DueAt: d.now()}}
		}
		err = d.commit(ctx, change)
		switch {
		case err == nil:
			is.Version++
			return is, nil
		case errors.Is(err, ErrNotFound):
			return Customer{}, d.fail(op, "", errors.Join(err, &FieldError{"organisation", "is not one of this tenant"}))
		}
		var dup *DuplicateError
		if errors.As(err, &dup) && c.ID == "" && try < attempts && d.known(ctx, &c, was) {
			continue // another process has added the customer meanwhile
		}
		if !d.again(err, try) || d.version != 0 || c.Version != 0 {
			return Customer{}, d.fail(op, "", takenField(err))
		}
	}
}

// keepsCustomers returns the actor if it may change customers. A restricted agent sees only some.
func (d *Desk) keepsCustomers(ctx context.Context) (Actor, error) {
	by, err := d.Unrestricted(ctx)
	if _, ok := As[CustomerStore](d.store); err == nil && !ok {
		err = fmt.Errorf("%w: the store keeps no customers", ErrInvalid)
	}
	return by, err
}

// mayChange returns an error if an agent changes more of a customer than the note.
func mayChange(by Actor, was, is *Customer) error {
	if by.Role == RoleAdmin || by.Role == RoleSystem {
		return nil
	}
	if was != nil {
		noted := *was
		noted.Note = is.Note
		if reflect.DeepEqual(noted, *is) {
			return nil
		}
	}
	return fmt.Errorf("%w: agents only change the note", ErrForbidden)
}

// sameVersion returns an error unless a version, and that of the desk, is 0 or the stored one.
func (d *Desk) sameVersion(version int64, was *Customer) error {
	for _, v := range []int64{version, d.version} {
		if v != 0 && (was == nil || v != was.Version) {
			return ErrConflict
		}
	}
	return nil
}

// storedCustomer finds the row that a customer is saved to: nil when it is a new one.
func (d *Desk) storedCustomer(ctx context.Context, c *Customer) (*Customer, error) {
	s, _ := As[CustomerStore](d.store)
	var qs []CustomerQuery
	if c.ID != "" {
		qs = append(qs, CustomerQuery{IDs: []CustomerID{c.ID}})
	} else {
		if c.HostID != "" {
			qs = append(qs, CustomerQuery{HostIDs: []string{c.HostID}})
		}
		for _, a := range c.Addresses {
			if a.Channel == ChannelEmail {
				qs = append(qs, CustomerQuery{Emails: []string{a.Value}})
			}
		}
	}
	for _, q := range qs {
		q.Tenant, q.Limit = d.tenant, 1
		page, err := s.Customers(ctx, q)
		if err != nil {
			return nil, err
		}
		if len(page.Customers) > 0 {
			return &page.Customers[0], nil
		}
	}
	if c.ID != "" {
		return nil, ErrNotFound
	}
	return nil, nil
}

// known reports whether a customer who was not stored is stored now.
func (d *Desk) known(ctx context.Context, c, was *Customer) bool {
	is, err := d.storedCustomer(ctx, c)
	return err == nil && was == nil && is != nil
}

// learn returns a customer with what the host knows of the same one.
func (c *Customer) learn(from *Customer) Customer {
	is := *c
	is.HostID, is.Name = cmp.Or(from.HostID, c.HostID), cmp.Or(from.Name, c.Name)
	is.Organisation = cmp.Or(from.Organisation, c.Organisation)
	is.Language, is.Zone = cmp.Or(from.Language, c.Language), cmp.Or(from.Zone, c.Zone)
	is.Colleagues = from.Colleagues || c.Colleagues
	if len(from.Tags) > 0 {
		is.Tags = from.Tags
	}
	is.Addresses = slices.Clone(c.Addresses)
	for _, a := range from.Addresses {
		a.Verified = true
		at := slices.IndexFunc(is.Addresses, func(b Address) bool { return a.Channel == b.Channel && a.Value == b.Value })
		if at < 0 {
			is.Addresses = append(is.Addresses, Address{Channel: a.Channel, Value: a.Value})
			at = len(is.Addresses) - 1
		}
		is.Addresses[at].Verified = true
		if a.Primary {
			for i := range is.Addresses {
				is.Addresses[i].Primary = i == at
			}
		}
	}
	sortAddresses(is.Addresses)
	primary(is.Addresses)
	return is
}

// primary makes the first address the primary one if none is.
func primary(list []Address) {
	if len(list) > 0 && !slices.ContainsFunc(list, func(a Address) bool { return a.Primary }) {
		list[0].Primary = true
	}
}

func sortAddresses(list []Address) {
	slices.SortFunc(list, func(a, b Address) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Value, b.Value))
	})
}

// clean brings a customer into its stored form, and names every field at fault.
func (c *Customer) clean() error {
	c.Name, c.HostID = strings.TrimSpace(c.Name), strings.TrimSpace(c.HostID)
	c.Language, c.Zone = strings.ToLower(strings.TrimSpace(c.Language)), strings.TrimSpace(c.Zone)
	c.Deleted = false
	tags, err := cleanTags("tags", c.Tags)
	c.Tags = tags
	errs := []error{
		checkID("id", string(c.ID)), checkLine("host_id", c.HostID, maxHostID, false), checkLine("name", c.Name, 200, false), err,
		checkID("organisation", string(c.Organisation)), checkText("note", c.Note, false),
	}
	errs = append(errs, checkLanguage(c.Language))
	if _, err := spell.Zone(c.Zone); err != nil {
		errs = append(errs, &FieldError{"zone", `is not a time zone such as "Europe/Berlin"`})
	}
	if c.ID == "" && c.HostID == "" && len(c.Addresses) == 0 {
		errs = append(errs, &FieldError{"host_id", "is empty, and there is no address"})
	}
	return errors.Join(append(errs, c.cleanAddresses())...)
}

func (c *Customer) cleanAddresses() error {
	if len(c.Addresses) > maxAddresses {
		return &FieldError{"addresses", fmt.Sprintf("are more than %d", maxAddresses)}
	}
	if len(c.Addresses) == 0 {
		c.Addresses = nil
		return nil
	}
	c.Addresses = slices.Clone(c.Addresses)
	primaries := 0
	for i := range c.Addresses {
		a := &c.Addresses[i]
		a.Channel = cmp.Or(a.Channel, ChannelEmail)
		a.Value = strings.TrimSpace(a.Value)
		err := errors.Join(checkLine("addresses", string(a.Channel), 40, true), checkLine("addresses", a.Value, 254, true))
		if err == nil && a.Channel == ChannelEmail {
			a.Value = cleanEmail(a.Value)
			err = checkEmail("addresses", a.Value)
		}
		if err != nil {
			return err
		}
		if slices.ContainsFunc(c.Addresses[:i], func(b Address) bool { return a.Channel == b.Channel && a.Value == b.Value }) {
			return &FieldError{"addresses", fmt.Sprintf("name %q twice", clip(a.Value))}
		}
		if a.Primary {
			primaries++
		}
	}
	if primaries > 1 {
		return &FieldError{"addresses", "have more than one that is primary"}
	}
	if c.ID != "" {
		primary(c.Addresses)
	}
	sortAddresses(c.Addresses)
	return nil
}

// takenField turns the error of a Store for what another customer or organisation has into one that
// names the field.
func takenField(err error) error {
	var dup *DuplicateError
	if !errors.As(err, &dup) {
		return err
	}
	key := strconv.Quote(clip(strings.TrimPrefix(dup.Once.Key, string(ChannelEmail)+":")))
	switch dup.Once.Scope {
	case onceAddress:
		return errors.Join(ErrConflict, &FieldError{"addresses", key + " is another customer's"})
	case onceCustomer:
		return errors.Join(ErrConflict, &FieldError{"host_id", key + " is another customer's"})
	case onceOrganisation:
		return errors.Join(ErrConflict, &FieldError{"host_id", key + " is another organisation's"})
	case onceDomain:
		return errors.Join(ErrConflict, &FieldError{"domains", key + " is another organisation's"})
	}
	return err
}

// SaveOrganisation adds an organisation or changes one, and returns the row. With an ID it replaces
// that organisation, all but CreatedAt. Without an ID it looks for the one with the HostID, else it
// adds one; the Note stays, and so does what is empty in o. So the same call again changes nothing.
// A Version other than 0 has to be the stored one. A domain or a HostID of another organisation is
// an error that names the field. A domain where anybody gets an address, such as gmail.com, is
// refused. Only admins and the host may call it.
func (d *Desk) SaveOrganisation(ctx context.Context, o Organisation) (Organisation, error) {
	const op = "save organisation"
	_, err := d.admin(ctx)
	if err == nil {
		_, err = d.keepsCustomers(ctx)
	}
	if err = errors.Join(err, o.clean()); err != nil {
		return Organisation{}, d.fail(op, "", err)
	}
	s, _ := As[CustomerStore](d.store)
	for try := 1; ; try++ {
		q := OrganisationQuery{Tenant: d.tenant, IDs: []OrganisationID{o.ID}, Limit: 1}
		if o.ID == "" {
			q.IDs, q.HostIDs = nil, []string{o.HostID}
		}
		var was *Organisation
		if o.ID != "" || o.HostID != "" {
			page, err := s.Organisations(ctx, q)
			if err == nil && o.ID != "" && len(page.Organisations) == 0 {
				err = ErrNotFound
			}
			if err != nil {
				return Organisation{}, d.fail(op, "", err)
			}
			if len(page.Organisations) > 0 {
				was = &page.Organisations[0]
			}
		}
		is := o
		if was != nil {
			is.ID, is.CreatedAt, is.UpdatedAt = was.ID, was.CreatedAt, was.UpdatedAt
			if o.ID == "" {
				is.Note = cmp.Or(o.Note, was.Note)
				if len(o.Domains) == 0 {
					is.Domains = was.Domains
				}
				if len(o.Tags) == 0 {
					is.Tags = was.Tags
				}
			}
		}
		for _, v := range []int64{o.Version, d.version} {
			if v != 0 && (was == nil || v != was.Version) {
				return Organisation{}, d.fail(op, "", ErrConflict)
			}
		}
		if is.Version = 0; was != nil {
			is.Version = was.Version
			if reflect.DeepEqual(*was, is) {
				return is, nil
			}
		} else {
			is.ID, is.CreatedAt = OrganisationID(d.cfg.NewID()), d.now()
		}
		is.UpdatedAt = d.now()
		err := d.commit(ctx, &Change{Tenant: d.tenant, Organisations: []Organisation{is}})
		if err == nil {
			is.Version++
			return is, nil
		}
		var dup *DuplicateError
		raced := errors.As(err, &dup) && dup.Once.Scope == onceOrganisation && was == nil && try < attempts
		if !raced && (!d.again(err, try) || d.version != 0 || o.Version != 0) {
			return Organisation{}, d.fail(op, "", takenField(err))
		}
	}
}

// clean brings an organisation into its stored form, and names every field at fault.
func (o *Organisation) clean() error {
	o.Name, o.HostID = strings.TrimSpace(o.Name), strings.TrimSpace(o.HostID)
	tags, err := cleanTags("tags", o.Tags)
	o.Tags = tags
	errs := []error{
		checkID("id", string(o.ID)), checkLine("host_id", o.HostID, maxHostID, false), checkLine("name", o.Name, 200, true), err,
		checkText("note", o.Note, false),
	}
	var domains []string
	for _, domain := range o.Domains {
		domain = strings.ToLower(strings.Trim(strings.TrimSpace(domain), "@."))
		switch {
		case checkEmail("domains", "a@"+domain) != nil || !strings.Contains(domain, ".") || len(domain) > 250:
			errs = append(errs, &FieldError{"domains", fmt.Sprintf("%q is not a domain", clip(domain))})
		case freemail.Has(domain):
			errs = append(errs, &FieldError{"domains", fmt.Sprintf("%q is of a service where anybody gets an address", domain)})
		}
		domains = append(domains, domain)
	}
	slices.Sort(domains)
	if o.Domains = slices.Compact(domains); len(o.Domains) > maxDomains {
		errs = append(errs, &FieldError{"domains", fmt.Sprintf("are more than %d", maxDomains)})
	}
	return errors.Join(errs...)
}

// MergeCustomer says that a customer is the same person as another, whose row stays the one in
// force: its name, organisation and tags count. Each of the addresses that act for one of them then
// sees the tickets of both. [Desk.UnmergeCustomer] takes it back. It is for agents who are not
// restricted, admins and the host.
func (d *Desk) MergeCustomer(ctx context.Context, id, into CustomerID) (Customer, error) {
	const op = "merge customer"
	err := errors.Join(checkID("id", string(id)), checkID("into", string(into)))
	if err == nil && id == into {
		err = &FieldError{"into", "is the customer itself"}
	}
	c, err := d.editMerge(ctx, id, err, func(c *Customer) error {
		s, _ := As[CustomerStore](d.store)
		page, err := s.Customers(ctx, CustomerQuery{Tenant: d.tenant, IDs: []CustomerID{into}, Family: true, Limit: MaxLimit})
		switch {
		case err != nil:
			return err
		case len(page.Customers) == 0:
			return errors.Join(ErrNotFound, &FieldError{"into", "is not a customer of this tenant"})
		case c.MergedInto != "":
			return errors.Join(ErrConflict, &FieldError{"id", "was merged into another customer itself"})
		case slices.Contains(idsOf(page.Customers), id):
			return &FieldError{"into", "is the same person already"}
		}
		c.MergedInto = into
		return nil
	})
	return c, d.fail(op, "", err)
}

// UnmergeCustomer takes back the merge of a customer: the tickets and addresses are those of two
// people again.
func (d *Desk) UnmergeCustomer(ctx context.Context, id CustomerID) (Customer, error) {
	c, err := d.editMerge(ctx, id, checkID("id", string(id)), func(c *Customer) error {
		if c.MergedInto == "" {
			return &FieldError{"id", "is not merged"}
		}
		c.MergedInto = ""
		return nil
	})
	return c, d.fail("unmerge customer", "", err)
}

// editMerge changes a stored customer; invalid is the fault of the arguments, if any.
func (d *Desk) editMerge(ctx context.Context, id CustomerID, invalid error, edit func(*Customer) error) (Customer, error) {
	_, err := d.keepsCustomers(ctx)
	if err = errors.Join(err, invalid); err != nil {
		return Customer{}, err
	}
	for try := 1; ; try++ {
		if id == "" {
			return Customer{}, ErrNotFound
		}
		c, err := d.storedCustomer(ctx, &Customer{ID: id})
		if err == nil {
			err = errors.Join(d.sameVersion(0, c), edit(c))
		}
		if err != nil {
			return Customer{}, err
		}
		c.UpdatedAt = d.now()
		if err = d.commit(ctx, &Change{Tenant: d.tenant, Customers: []Customer{*c}}); err == nil {
			c.Version++
			return *c, nil
		}
		if !d.again(err, try) {
			return Customer{}, err
		}
	}
}

// Customers returns one page of the tenant's customers, in the order of their names. It is for
// agents who are not restricted, admins and the host.
func (d *Desk) Customers(ctx context.Context, q CustomerQuery) (CustomerPage, error) {
	const op = "list customers"
	_, err := d.keepsCustomers(ctx)
	for i := range q.Emails {
		q.Emails[i] = cleanEmail(q.Emails[i])
	}
	errs := []error{err, checkID("organisation", string(q.Organisation))}
	for _, id := range q.IDs {
		errs = append(errs, checkID("id", string(id)))
	}
	if err := errors.Join(errs...); err != nil {
		return CustomerPage{}, d.fail(op, "", err)
	}
	q.Tenant = d.tenant
	s, _ := As[CustomerStore](d.store)
	page, err := s.Customers(ctx, q)
	return page, d.fail(op, "", err)
}

// Organisations returns one page of the tenant's organisations, in the order of their names. It is
// for agents who are not restricted, admins and the host.
func (d *Desk) Organisations(ctx context.Context, q OrganisationQuery) (OrganisationPage, error) {
	const op = "list organisations"
	_, err := d.keepsCustomers(ctx)
	errs := []error{err}
	for _, id := range q.IDs {
		errs = append(errs, checkID("id", string(id)))
	}
	if err := errors.Join(errs...); err != nil {
		return OrganisationPage{}, d.fail(op, "", err)
	}
	q.Tenant = d.tenant
	s, _ := As[CustomerStore](d.store)
	page, err := s.Organisations(ctx, q)
	return page, d.fail(op, "", err)
}
