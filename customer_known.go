package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/freemail"
)

// Scopes in which a Store says that something is another customer's or organisation's: see
// [Change].
const (
	onceAddress      = "address"
	onceCustomer     = "customer_id"
	onceOrganisation = "organisation_id"
	onceDomain       = "domain"
)

// ofPeople reports whether a once key is of such a scope.
func (o OnceKey) ofPeople() bool {
	return slices.Contains([]string{onceAddress, onceCustomer, onceOrganisation, onceDomain}, o.Scope)
}

// person is what is known of a mail address: the customer whose it is, under all the ids that were
// merged.
type person struct {
	Customer              // the survivor of all merges
	owner    *Customer    // the one that has the address
	all      []CustomerID // of the survivor and of those merged into it
	emails   []string     // mail addresses that act for any of them
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
		for _, a := range c.Addresses {
			if a.Channel == ChannelEmail && (a.Primary || a.Verified) {
				p.emails = append(p.emails, a.Value)
			}
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

// personOf finds a customer by the host's id; nil when there is none.
func (d *Desk) personOf(ctx context.Context, hostID string) (*person, error) {
	s, ok := As[CustomerStore](d.store)
	if !ok || hostID == "" {
		return nil, nil
	}
	page, err := s.Customers(ctx, CustomerQuery{Tenant: d.tenant, HostIDs: []string{hostID}, Family: true, Limit: MaxLimit})
	if err != nil {
		return nil, err
	}
	p := &person{all: idsOf(page.Customers)}
	for i := range page.Customers {
		c := &page.Customers[i]
		if c.MergedInto == "" {
			p.Customer = *c
		}
		if c.HostID == hostID {
			p.owner = c
		}
	}
	if p.owner == nil {
		return nil, nil
	}
	return p, nil
}

// meet finds the customer of a new ticket by the mail address, or adds one to the change. An
// address that does not act for its customer leaves the ticket without: an agent decides whose it
// is. host is what the Directory knows, nil for nothing.
func (x *draft) meet(ctx context.Context, host *listing) error {
	email := x.t.Customer.Email
	if _, ok := As[CustomerStore](x.store); !ok || email == "" || x.t.Unverified {
		return nil
	}
	p, err := x.person(ctx, email)
	if err == nil && p == nil && host != nil {
		p, err = x.personOf(ctx, host.HostID)
	}
	if err == nil {
		p, err = x.learnOf(ctx, p, host)
	}
	if err != nil || !p.owner.Acts(ChannelEmail, email) {
		return err
	}
	x.t.CustomerID, x.t.Organisation = p.owner.ID, p.Customer.Organisation
	tags := slices.Concat(x.t.Customer.Tags, p.Tags)
	if p.Customer.Organisation != "" {
		o, err := x.itsOrganisation(ctx, p.Customer.Organisation)
		if err != nil {
			return err
		}
		tags = append(tags, o.Tags...)
	}
	slices.Sort(tags)
	tags = slices.Compact(tags)
	if x.t.Customer.Tags = tags[:min(len(tags), MaxTags)]; len(tags) == 0 {
		x.t.Customer.Tags = nil
	}
	return nil
}

// learnOf returns the person with what the host knows, and adds what is new to the change. A nil
// person is a new customer.
func (x *draft) learnOf(ctx context.Context, p *person, host *listing) (*person, error) {
	own := []Address{{Channel: ChannelEmail, Value: x.t.Customer.Email, Primary: p == nil}}
	if p == nil {
		is := Customer{ID: CustomerID(x.cfg.NewID()), Name: x.t.Customer.Name, Language: x.t.Language, CreatedAt: x.now, UpdatedAt: x.now, Addresses: own}
		is.Addresses[0].Verified = x.by.Role == RoleCustomer
		if x.doer() != "" {
			is.Language = "" // an agent chose the words
		}
		if host == nil && is.Addresses[0].Verified {
			var err error
			if is.Organisation, err = x.byDomain(ctx, x.t.Customer.Email); err != nil {
				return nil, err
			}
		}
		p = &person{Customer: is, owner: &is, all: []CustomerID{is.ID}}
	}
	was := *p.owner
	fresh := was.Version == 0
	if host != nil && was.HostID != "" && host.HostID != "" && was.HostID != host.HostID {
		x.cfg.Logger.ErrorContext(ctx, "helpdesk: the directory has an address under another id than the desk", "tenant", x.tenant)
		host = nil
	}
	is := was
	if host != nil {
		o, err := x.hostOrganisation(ctx, host.organisation)
		if err != nil {
			return nil, err
		}
		known := host.Customer
		known.Organisation = o
		known.Addresses = append(slices.Clone(host.Addresses), Address{Channel: ChannelEmail, Value: x.t.Customer.Email})
		is = was.learn(&known)
	}
	if fresh || !reflect.DeepEqual(is, was) {
		is.UpdatedAt = x.now
		x.c.Customers = append(x.c.Customers, is)
	}
	if is.Organisation != was.Organisation && !fresh {
		x.memberTask(&is)
	}
	q := *p
	q.owner = &is
	if q.Customer.ID == is.ID {
		q.Customer = is
	}
	return &q, nil
}

// memberTask adds the task that gives the customer's tickets to the organisation.
func (x *draft) memberTask(c *Customer) { x.task(taskMember, string(c.ID), "", x.now) }

// hostOrganisation returns the id of an organisation of the Directory, and adds it to the change if
// it is new.
func (x *draft) hostOrganisation(ctx context.Context, o *Organisation) (OrganisationID, error) {
	if o == nil {
		return "", nil
	}
	s, _ := As[CustomerStore](x.store)
	page, err := s.Organisations(ctx, OrganisationQuery{Tenant: x.tenant, HostIDs: []string{o.HostID}, Limit: 1})
	if err != nil {
		return "", err
	}
	if len(page.Organisations) > 0 {
		return page.Organisations[0].ID, nil
	}
	is := *o
	is.ID, is.Version, is.CreatedAt, is.UpdatedAt = OrganisationID(x.cfg.NewID()), 0, x.now, x.now
	x.c.Organisations = append(x.c.Organisations, is)
	return is.ID, nil
}

// byDomain returns the organisation that a new customer with a verified address joins: none unless
// the setting of the tenant says so.
func (x *draft) byDomain(ctx context.Context, email string) (OrganisationID, error) {
	_, domain, _ := strings.Cut(email, "@")
	if freemail.Has(domain) {
		return "", nil
	}
	settings, err := x.store.Settings(ctx, SettingQuery{Tenant: x.tenant, Kind: SettingCustomers, Key: CustomersKey, Limit: 1})
	if err != nil || len(settings) == 0 || settings[0].Deleted {
		return "", err
	}
	var rules CustomersDocument
	if err := json.Unmarshal(settings[0].Value, &rules); err != nil || !rules.JoinByDomain {
		return "", err
	}
	s, _ := As[CustomerStore](x.store)
	page, err := s.Organisations(ctx, OrganisationQuery{Tenant: x.tenant, Domains: []string{domain}, Limit: 1})
	if err != nil || len(page.Organisations) == 0 {
		return "", err
	}
	return page.Organisations[0].ID, nil
}

// CustomersDocument is the setting of a tenant for its customers: kind SettingCustomers, key
// CustomersKey. A tenant without one has the zero document.
type CustomersDocument struct {
	// JoinByDomain has a new customer with a verified mail address join the organisation of its
	// domain. Domains of services where anybody gets an address never count.
	JoinByDomain bool `json:"join_by_domain"`
}

// CustomersKey is the key of the setting with a CustomersDocument.
const CustomersKey = "customers"

// Directory knows the customers of a tenant in the host's own data.
type Directory interface {
	// Lookup returns what the host knows of the customer with a mail address, and of the
	// organisation of that customer; nil for nobody and for none. Neither side changes them
	// afterwards. The organisation has a HostID. The ids of the desk, Version, MergedInto and Note
	// do not count.
	Lookup(ctx context.Context, tenant TenantID, email string) (*Customer, *Organisation, error)
}

// DirectoryFunc makes a Directory of a function.
type DirectoryFunc func(ctx context.Context, tenant TenantID, email string) (*Customer, *Organisation, error)

// Lookup calls f.
func (f DirectoryFunc) Lookup(ctx context.Context, tenant TenantID, email string) (*Customer, *Organisation, error) {
	return f(ctx, tenant, email)
}

// listing is an entry of the Directory.
type listing struct {
	Customer
	organisation *Organisation
}

// lookupTime is how long a ticket waits for the Directory.
const lookupTime = 2 * time.Second

// lookUp asks the Directory; nil when it knows nothing, fails or is slow: the ticket comes first.
func (d *Desk) lookUp(ctx context.Context, email string) *listing {
	if d.cfg.Directory == nil || email == "" {
		return nil
	}
	l, err := bounded.Value(ctx, lookupTime, func(ctx context.Context) (*listing, error) {
		c, o, err := d.cfg.Directory.Lookup(ctx, d.tenant, email)
		if c == nil || err != nil {
			return nil, err
		}
		return &listing{*c, o}, nil
	})
	if err == nil && l != nil {
		err = l.clean(email)
	}
	if err != nil {
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: directory of customers", "tenant", d.tenant, "error", err)
		return nil
	}
	return l
}

// clean brings an entry into its stored form.
func (l *listing) clean(email string) error {
	l.ID, l.Version, l.Note, l.MergedInto, l.Customer.Organisation = "", 0, "", "", ""
	if l.HostID == "" && len(l.Addresses) == 0 {
		l.Addresses = []Address{{Channel: ChannelEmail, Value: email}}
	}
	err := l.Customer.clean()
	if l.organisation != nil {
		o := *l.organisation
		o.ID, o.Note = "", ""
		err = errors.Join(err, o.clean())
		if o.HostID == "" {
			err = errors.Join(err, &FieldError{"organisation", "has no host's id"})
		}
		l.organisation = &o
	}
	return err
}

// joinTickets gives the tickets of a customer that have no organisation to that of the customer.
func (d *Desk) joinTickets(ctx context.Context, task *Task) error {
	const batch = 200
	end := &Change{Tenant: d.tenant, Done: []Task{*task}}
	c, err := d.storedCustomer(ctx, &Customer{ID: CustomerID(task.Key)})
	if errors.Is(err, ErrNotFound) || (err == nil && c.Organisation == "") {
		return d.commit(ctx, end)
	}
	if err != nil {
		return err
	}
	q := Query{Tenant: d.tenant, CustomerIDs: []CustomerID{c.ID}, Order: Oldest, Limit: batch}
	if len(task.Payload) > 0 {
		if err := json.Unmarshal(task.Payload, &q.After); err != nil {
			return err
		}
	}
	page, err := d.store.Tickets(ctx, q)
	if err != nil {
		return err
	}
	if page.Next != "" {
		next := *task
		next.DueAt, next.Token, next.Attempts, next.Error = d.now(), 0, 0, ""
		next.Payload, err = json.Marshal(page.Next)
		end.Tasks = []Task{next}
	}
	return errors.Join(err, d.updateAll(ctx, page.Tickets, Actor{}, func(x *draft) error {
		if x.t.Organisation == "" {
			x.t.Organisation = c.Organisation
			x.event(EventOrganisation, "", string(c.Organisation), nil)
		}
		return nil
	}, end))
}

// itsOrganisation reads an organisation, or takes it from the change.
func (x *draft) itsOrganisation(ctx context.Context, id OrganisationID) (*Organisation, error) {
	for i := range x.c.Organisations {
		if x.c.Organisations[i].ID == id {
			return &x.c.Organisations[i], nil
		}
	}
	return x.organisation(ctx, id)
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
