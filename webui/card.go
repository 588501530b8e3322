package webui

import (
	"cmp"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// customerCard is what the page of a ticket says of its customer. An agent who is restricted to
// teams sees what the ticket itself has, and the numbers of the tickets in that scope.
type customerCard struct {
	ID        helpdesk.CustomerID // of the row in force; empty when nothing links there
	Name      string
	Foreign   bool // the address is not verified: the ticket is not the customer's
	OfID      helpdesk.OrganisationID
	Of        string // the organisation's name
	Tags      []string
	Note      string
	Writes    string // the customer's language, in words
	Zone      string
	Local     string // time of day there
	Open, All string // how many tickets
	History   string // query of the list of all tickets
}

// theirs selects the tickets of the customer of a ticket, of this row alone.
func theirs(t *helpdesk.Ticket) helpdesk.Query {
	if t.CustomerID != "" {
		return helpdesk.Query{CustomerIDs: []helpdesk.CustomerID{t.CustomerID}}
	}
	return helpdesk.Query{Customer: t.Customer.Email}
}

// counts are the queries for the numbers on the card: of open tickets, and of all.
func (c *customerCard) counts(q helpdesk.Query) []helpdesk.Query {
	open := q
	open.Status = helpdesk.OpenStatuses
	return []helpdesk.Query{open, q}
}

// family reads the customer of a ticket with all who are the same person. It has nothing for a
// viewer who may not see customers.
func (v *visit) family(t *helpdesk.Ticket) (helpdesk.CustomerPage, error) {
	q := helpdesk.CustomerQuery{Family: true, Limit: helpdesk.MaxLimit}
	switch {
	case !v.Persons():
		return helpdesk.CustomerPage{}, nil
	case t.CustomerID != "":
		q.IDs = []helpdesk.CustomerID{t.CustomerID}
	case t.Customer.Email != "":
		q.Emails = []string{t.Customer.Email}
	default:
		return helpdesk.CustomerPage{}, nil
	}
	return v.desk.Customers(v.ctx, q)
}

// cardOf makes the card of a ticket. Its numbers are those that the sidebar counted, unless the
// person has several rows: then they are counted again, and so are the other tickets read.
func (v *visit) cardOf(p *ticketPage, family helpdesk.CustomerPage) error {
	t := p.Ticket
	c := customerCard{Name: cmp.Or(t.Customer.Name, t.Customer.Email), Tags: t.Customer.Tags}
	for i := range family.Customers {
		if one := &family.Customers[i]; one.MergedInto == "" || len(family.Customers) == 1 {
			c.ID, c.OfID, c.Of, c.Note, c.Zone, c.Local = one.ID, one.Organisation, family.Names[one.Organisation], one.Note, one.Zone, v.local(one.Zone)
			c.Foreign = t.CustomerID == ""
			c.Tags = slices.Compact(slices.Sorted(slices.Values(slices.Concat(c.Tags, one.Tags))))
			if one.Language != "" && one.Language != t.Language {
				c.Writes = v.Word("language", one.Language)
			}
			if t.CustomerID == "" {
				continue
			}
			c.Name = cmp.Or(one.Name, c.Name)
		}
	}
	q := theirs(t)
	var n []int
	if v.side != nil {
		n = v.side.Beside
	}
	if t.CustomerID != "" && len(family.Customers) > 1 {
		q = helpdesk.Query{}
		for i := range family.Customers {
			q.CustomerIDs = append(q.CustomerIDs, family.Customers[i].ID)
		}
		err := together(
			func() (err error) { n, err = v.desk.Count(v.ctx, mostCounted, c.counts(q)...); return err },
			func() (err error) { p.Others, err = v.others(t, q); return err },
		)
		if err != nil {
			return err
		}
	}
	if len(n) == 2 {
		c.Open, c.All = v.upTo(n[0]), v.upTo(n[1])
	}
	c.History = filters{View: "all", Values: map[string]string{"customer": cmp.Or(idList(q.CustomerIDs), q.Customer)}}.address(true)
	p.Card = c
	return nil
}
