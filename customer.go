package helpdesk

import (
	"context"
	"slices"
	"time"
)

// CustomerID identifies a customer within a tenant. It is a UUID in its canonical text form.
type CustomerID string

// OrganisationID identifies an organisation within a tenant. It is a UUID in its canonical text
// form.
type OrganisationID string

// Customer is a person who has tickets. The desk makes one when an address writes first. A ticket
// keeps the name and address that it came with as [Ticket.Customer].
type Customer struct {
	ID      CustomerID
	Version int64  // 1 when first committed, one more at each change
	HostID  string // the host's id, unique per tenant; empty when the host has none
	Name    string // may be empty

	// Addresses reach the customer. An address belongs to one customer of the tenant. The primary
	// one and those that are verified act for the customer: see [Customer.Acts].
	Addresses []Address

	Organisation OrganisationID // empty for none
	Colleagues   bool           // the customer sees all tickets of the organisation
	Tags         []string       // lower case, sorted, without repeats; the SLA can match on them
	Note         string         // of agents; never shown to the customer
	Language     string         // as a BCP 47 tag, as "de"; empty when it is not known
	Zone         string         // an IANA time zone, as "Europe/Berlin"; empty when it is not known

	MergedInto CustomerID // the same person's row: see [Desk.MergeCustomer]; empty for none
	CreatedAt  time.Time
	UpdatedAt  time.Time

	Deleted bool // in a Change: remove the customer; never read back
}

// Address is a way to reach a customer.
type Address struct {
	Channel  Channel
	Value    string // of a mail address in lower case
	Primary  bool   // the one to write to; a customer with addresses has exactly one
	Verified bool   // the host, an agent or a login says that it is the customer's
}

// Channel is a kind of address. To a Store it is a text like any other.
type Channel string

// ChannelEmail is the channel of mail addresses.
const ChannelEmail Channel = "email"

// Organisation is a company or another group of customers.
type Organisation struct {
	ID        OrganisationID
	Version   int64    // 1 when first committed, one more at each change
	HostID    string   // the host's id, unique per tenant; empty when the host has none
	Name      string   // not empty
	Domains   []string // of mail addresses, lower case, sorted; each of one organisation of the tenant
	Tags      []string // as those of a Customer
	Note      string   // of agents
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Acts reports whether somebody at an address acts for the customer: reads and answers the
// customer's tickets. The primary address and the verified ones do. Somebody at another address
// sees only the tickets that came from it.
func (c *Customer) Acts(channel Channel, value string) bool {
	return slices.ContainsFunc(c.Addresses, func(a Address) bool {
		return a.Channel == channel && a.Value == value && (a.Primary || a.Verified)
	})
}

// Email returns the mail address to write to, or an empty text.
func (c *Customer) Email() string {
	for _, primary := range []bool{true, false} {
		for _, a := range c.Addresses {
			if a.Channel == ChannelEmail && (a.Primary || !primary) {
				return a.Value
			}
		}
	}
	return ""
}

// CustomerStore is a Store that keeps customers and organisations. It writes those of a [Change].
// On a Store that is none, a desk knows a customer as the address on a ticket.
type CustomerStore interface {
	// Customers returns one page of the customers that fit the query, in the order of
	// their names and, for equal ones, of their ids. Following CustomerPage.Next visits
	// each customer that fits throughout exactly once. A cursor that cannot be read is ErrInvalid.
	Customers(ctx context.Context, q CustomerQuery) (CustomerPage, error)

	// Organisations returns one page of the organisations that fit the query, in the order of
	// their names and, for equal ones, of their ids. Following OrganisationPage.Next
	// visits each organisation that fits throughout exactly once. A cursor that cannot be read is
	// ErrInvalid.
	Organisations(ctx context.Context, q OrganisationQuery) (OrganisationPage, error)
}

// CustomerQuery selects customers of one tenant. A filter that is empty does not filter; several
// filters must all fit, several values of one filter are alternatives.
type CustomerQuery struct {
	Tenant TenantID

	IDs          []CustomerID
	HostIDs      []string
	Emails       []string // mail addresses in lower case
	Organisation OrganisationID
	Words        []string // as package store splits texts; beginnings of words
	Survivors    bool     // only customers that are not merged into another

	// Family adds, for each customer that fits, all who are the same person: those merged into
	// that one and those that one was merged into, directly or over others.
	Family bool

	Limit int    // at most this many; 0 means 25, more than MaxLimit means MaxLimit
	After string // CustomerPage.Next of the page before; empty for the first
}

// CustomerPage is one page of customers.
type CustomerPage struct {
	Customers []Customer
	Next      string // pass it as CustomerQuery.After for the next page; empty on the last

	// Names has the name of each organisation that one of Customers is a member of; nil for none.
	Names map[OrganisationID]string
}

// PageLimit returns the limit in force.
func (q *CustomerQuery) PageLimit() int { return (&Query{Limit: q.Limit}).PageLimit() }

// OrganisationQuery selects organisations of one tenant, as CustomerQuery does customers.
type OrganisationQuery struct {
	Tenant TenantID

	IDs     []OrganisationID
	HostIDs []string
	Domains []string
	Words   []string // as those of a CustomerQuery, of name, domains or host's id

	Limit int    // at most this many; 0 means 25, more than MaxLimit means MaxLimit
	After string // OrganisationPage.Next of the page before; empty for the first
}

// OrganisationPage is one page of organisations.
type OrganisationPage struct {
	Organisations []Organisation
	Next          string // pass it as OrganisationQuery.After for the next page; empty on the last
}

// PageLimit returns the limit in force.
func (q *OrganisationQuery) PageLimit() int { return (&Query{Limit: q.Limit}).PageLimit() }
