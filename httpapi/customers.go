package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// Customer is a person who has tickets.
type Customer struct {
	ID           string            `json:"id"`
	Version      int64             `json:"version"`
	HostID       string            `json:"host_id" doc:"The host's own id; may be empty"`
	Name         string            `json:"name"`
	Addresses    []CustomerAddress `json:"addresses" nullable:"false"`
	Organisation string            `json:"organisation" doc:"The id of the organisation; may be empty"`
	Colleagues   bool              `json:"colleagues" doc:"The customer sees all tickets of the organisation"`
	Tags         []string          `json:"tags" nullable:"false"`
	Note         string            `json:"note" doc:"Of agents; customers never see it"`
	Language     string            `json:"language"`
	Zone         string            `json:"zone"`
	MergedInto   string            `json:"merged_into" doc:"The id of the same person's row; empty unless merged"`
	CreatedAt    time.Time         `json:"created_at"`
	UpdatedAt    time.Time         `json:"updated_at"`
}

// CustomerAddress is a way to reach a customer.
type CustomerAddress struct {
	Channel  string `json:"channel,omitempty" doc:"email unless said"`
	Value    string `json:"value"`
	Primary  bool   `json:"primary,omitempty" doc:"The one to write to"`
	Verified bool   `json:"verified,omitempty" doc:"It is known to be the customer's"`
}

// Organisation is a company or another group of customers.
type Organisation struct {
	ID        string    `json:"id"`
	Version   int64     `json:"version"`
	HostID    string    `json:"host_id" doc:"The host's own id; may be empty"`
	Name      string    `json:"name"`
	Domains   []string  `json:"domains" nullable:"false"`
	Tags      []string  `json:"tags" nullable:"false"`
	Note      string    `json:"note"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

func customerOf(c *helpdesk.Customer) Customer {
	w := Customer{
		string(c.ID), c.Version, c.HostID, c.Name, []CustomerAddress{}, string(c.Organisation), c.Colleagues, list(c.Tags), c.Note, c.Language, c.Zone,
		string(c.MergedInto), c.CreatedAt, c.UpdatedAt,
	}
	for _, a := range c.Addresses {
		w.Addresses = append(w.Addresses, CustomerAddress{string(a.Channel), a.Value, a.Primary, a.Verified})
	}
	return w
}

func organisationOf(o *helpdesk.Organisation) Organisation {
	return Organisation{string(o.ID), o.Version, o.HostID, o.Name, list(o.Domains), list(o.Tags), o.Note, o.CreatedAt, o.UpdatedAt}
}

type customersInput struct {
	Q            string `query:"q" doc:"Those of whom each word begins one of the name, the addresses or the host's id"`
	ID           string `query:"id" doc:"The customer with this id"`
	HostID       string `query:"host_id" doc:"The customer with this id of the host's"`
	Email        string `query:"email" doc:"The customer with this mail address"`
	Organisation string `query:"organisation" doc:"Those of the organisation with this id"`
	Limit        int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"At most so many on a page"`
	Cursor       string `query:"cursor" doc:"next_cursor of the page before, with the same filters"`
}

type customersOutput struct {
	Body struct {
		Customers []Customer `json:"customers" nullable:"false" doc:"By name"`
		Next      *string    `json:"next_cursor" doc:"Null on the last page"`
	}
}

func (h *Handler) customers(ctx context.Context, c *call, in *customersInput) (*customersOutput, error) {
	q := helpdesk.CustomerQuery{
		Words: searchwords.Of(in.Q), Organisation: helpdesk.OrganisationID(in.Organisation), Limit: in.Limit, After: in.Cursor,
	}
	if in.ID != "" {
		q.IDs = []helpdesk.CustomerID{helpdesk.CustomerID(in.ID)}
	}
	if in.HostID != "" {
		q.HostIDs = []string{in.HostID}
	}
	if in.Email != "" {
		q.Emails = []string{in.Email}
	}
	page, err := c.desk.Customers(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &customersOutput{}
	out.Body.Customers, out.Body.Next = []Customer{}, maybe(page.Next)
	for i := range page.Customers {
		out.Body.Customers = append(out.Body.Customers, customerOf(&page.Customers[i]))
	}
	return out, nil
}

type newCustomer struct {
	ID           string            `json:"id,omitempty" doc:"To replace the customer with this id of the desk's; without it, the host's id and the addresses say who it is, and what is left out stays"`
	HostID       string            `json:"host_id,omitempty"`
	Name         string            `json:"name,omitempty"`
	Addresses    []CustomerAddress `json:"addresses,omitempty" nullable:"false"`
	Organisation string            `json:"organisation,omitempty" doc:"The id of the organisation"`
	Colleagues   bool              `json:"colleagues,omitempty"`
	Tags         []string          `json:"tags,omitempty" nullable:"false"`
	Note         string            `json:"note,omitempty"`
	Language     string            `json:"language,omitempty"`
	Zone         string            `json:"zone,omitempty"`
}

type customerInput struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the customer: the command is refused with 412 if there is another version" example:"\"3\""`
	Body    newCustomer
}

type customerOutput struct {
	ETag string `header:"ETag"`
	Body Customer
}

func (h *Handler) saveCustomer(ctx context.Context, c *call, in *customerInput) (*customerOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	u := helpdesk.Customer{
		ID: helpdesk.CustomerID(b.ID), HostID: b.HostID, Name: b.Name, Organisation: helpdesk.OrganisationID(b.Organisation), Colleagues: b.Colleagues,
		Tags: b.Tags, Note: b.Note, Language: b.Language, Zone: b.Zone,
	}
	for _, a := range b.Addresses {
		u.Addresses = append(u.Addresses, helpdesk.Address{Channel: helpdesk.Channel(a.Channel), Value: a.Value, Primary: a.Primary, Verified: a.Verified})
	}
	return customerAnswer(d.SaveCustomer(ctx, u))
}

func customerAnswer(c helpdesk.Customer, err error) (*customerOutput, error) {
	if err != nil {
		return nil, err
	}
	return &customerOutput{versionTag(c.Version), customerOf(&c)}, nil
}

type mergeCustomerInput struct {
	ID   string `path:"id" doc:"The customer's id"`
	Body struct {
		Into string `json:"into" doc:"The id of the customer whose row stays in force"`
	}
}

func (h *Handler) mergeCustomer(ctx context.Context, c *call, in *mergeCustomerInput) (*customerOutput, error) {
	return customerAnswer(c.desk.MergeCustomer(ctx, helpdesk.CustomerID(in.ID), helpdesk.CustomerID(in.Body.Into)))
}

type customerID struct {
	ID string `path:"id" doc:"The customer's id"`
}

func (h *Handler) unmergeCustomer(ctx context.Context, c *call, in *customerID) (*customerOutput, error) {
	return customerAnswer(c.desk.UnmergeCustomer(ctx, helpdesk.CustomerID(in.ID)))
}

type organisationsInput struct {
	Q      string `query:"q" doc:"Those of which each word begins one of the name, the domains or the host's id"`
	ID     string `query:"id" doc:"The organisation with this id"`
	HostID string `query:"host_id" doc:"The organisation with this id of the host's"`
	Domain string `query:"domain" doc:"The organisation with this mail domain"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"At most so many on a page"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before, with the same filters"`
}

type organisationsOutput struct {
	Body struct {
		Organisations []Organisation `json:"organisations" nullable:"false" doc:"By name"`
		Next          *string        `json:"next_cursor" doc:"Null on the last page"`
	}
}

func (h *Handler) organisations(ctx context.Context, c *call, in *organisationsInput) (*organisationsOutput, error) {
	q := helpdesk.OrganisationQuery{Words: searchwords.Of(in.Q), Limit: in.Limit, After: in.Cursor}
	if in.ID != "" {
		q.IDs = []helpdesk.OrganisationID{helpdesk.OrganisationID(in.ID)}
	}
	if in.HostID != "" {
		q.HostIDs = []string{in.HostID}
	}
	if in.Domain != "" {
		q.Domains = []string{in.Domain}
	}
	page, err := c.desk.Organisations(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &organisationsOutput{}
	out.Body.Organisations, out.Body.Next = []Organisation{}, maybe(page.Next)
	for i := range page.Organisations {
		out.Body.Organisations = append(out.Body.Organisations, organisationOf(&page.Organisations[i]))
	}
	return out, nil
}

type organisationInput struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the organisation: the command is refused with 412 if there is another version" example:"\"3\""`
	Body    struct {
		ID      string   `json:"id,omitempty" doc:"To replace the organisation with this id of the desk's; without it, the host's id says which it is, and what is left out stays"`
		HostID  string   `json:"host_id,omitempty"`
		Name    string   `json:"name"`
		Domains []string `json:"domains,omitempty" nullable:"false" doc:"Of mail addresses"`
		Tags    []string `json:"tags,omitempty" nullable:"false"`
		Note    string   `json:"note,omitempty"`
	}
}

type organisationOutput struct {
	ETag string `header:"ETag"`
	Body Organisation
}

func (h *Handler) saveOrganisation(ctx context.Context, c *call, in *organisationInput) (*organisationOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := &in.Body
	o, err := d.SaveOrganisation(ctx, helpdesk.Organisation{
		ID: helpdesk.OrganisationID(b.ID), HostID: b.HostID, Name: b.Name, Domains: b.Domains, Tags: b.Tags, Note: b.Note,
	})
	if err != nil {
		return nil, err
	}
	return &organisationOutput{versionTag(o.Version), organisationOf(&o)}, nil
}
