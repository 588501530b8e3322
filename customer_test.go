package helpdesk_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// rowsOfCustomers returns the customers that are stored, by name.
func rowsOfCustomers(t *testing.T, d *helpdesktest.Desk, tenant helpdesk.TenantID) map[string]helpdesk.Customer {
	t.Helper()
	s, ok := helpdesk.As[helpdesk.CustomerStore](d.Store)
	require.True(t, ok)
	page, err := s.Customers(t.Context(), helpdesk.CustomerQuery{Tenant: tenant, Limit: 1000})
	require.NoError(t, err)
	all := map[string]helpdesk.Customer{}
	for _, c := range page.Customers {
		all[c.Name] = c
	}
	require.Len(t, all, len(page.Customers))
	return all
}

// from opens a ticket from a mail address, by the host.
func from(t *testing.T, d *helpdesk.Desk, name, email string) *helpdesk.Ticket {
	t.Helper()
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Of " + email, Description: "words", Customer: helpdesk.Contact{Name: name, Email: email}})
	require.NoError(t, err)
	return ticket
}

func TestTheFirstContactMakesACustomer(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		first, again := from(t, d.Desk, "Kim", "kim@example.com"), from(t, d.Desk, "Kim Lee", "KIM@example.com")
		customer := rowsOfCustomers(t, d, "")["Kim"]
		require.Equal(t, []helpdesk.Address{{Channel: helpdesk.ChannelEmail, Value: "kim@example.com", Primary: true}}, customer.Addresses)
		require.Equal(t, customer.ID, first.CustomerID)
		require.Equal(t, customer.ID, again.CustomerID)
		require.Equal(t, "Kim Lee", again.Customer.Name, "a ticket keeps the name that it came with")
		require.Len(t, rowsOfCustomers(t, d, ""), 1)

		_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "lee@example.com", Name: "Lee"}).Open(t.Context(), helpdesk.OpenParams{Subject: "Mine"})
		require.NoError(t, err)
		require.True(t, rowsOfCustomers(t, d, "")["Lee"].Addresses[0].Verified, "the host says who has logged in")

		other := from(t, d.ForTenant("other"), "Kim of other", "kim@example.com")
		require.NotEqual(t, first.CustomerID, other.CustomerID)
		require.Len(t, rowsOfCustomers(t, d, ""), 2)
		require.Len(t, rowsOfCustomers(t, d, "other"), 1)
		nobody, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Of nobody"})
		require.NoError(t, err)
		require.Empty(t, nobody.CustomerID)
	})
}

func TestFirstContactsAtOnceAgreeOnOneCustomer(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		var wg sync.WaitGroup
		tickets, errs := make([]*helpdesk.Ticket, 8), make([]error, 8)
		for i := range tickets {
			wg.Go(func() {
				tickets[i], errs[i] = d.Open(t.Context(), helpdesk.OpenParams{Subject: "Mine", Customer: helpdesk.Contact{Name: "Kim", Email: "kim@example.com"}})
			})
		}
		wg.Wait()
		require.NoError(t, errors.Join(errs...))
		customer := rowsOfCustomers(t, d, "")["Kim"]
		for _, ticket := range tickets {
			require.Equal(t, customer.ID, ticket.CustomerID)
		}
	})
}

// TestWhoSeesWhoseTickets has a line for each address and a column for each ticket.
func TestWhoSeesWhoseTickets(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		mail := func(value string, primary, verified bool) helpdesk.Address {
			return helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: value, Primary: primary, Verified: verified}
		}
		const acme helpdesk.OrganisationID = "01950000-0000-7000-8000-000000000001"
		id := func(n string) helpdesk.CustomerID {
			return helpdesk.CustomerID("01950000-0000-7000-8000-0000000001" + n)
		}
		people := &helpdesk.Change{
			Organisations: []helpdesk.Organisation{{ID: acme, Name: "Acme", Tags: []string{"gold"}, CreatedAt: d.Now(), UpdatedAt: d.Now()}},
			Customers: []helpdesk.Customer{
				{ID: id("01"), Name: "Kim", Organisation: acme, Addresses: []helpdesk.Address{
					mail("kim@acme.example", true, false), mail("kim@home.example", false, true), mail("kim@typo.example", false, false),
				}},
				{ID: id("02"), Name: "Boss", Organisation: acme, Colleagues: true, Addresses: []helpdesk.Address{mail("boss@acme.example", true, true)}},
				{ID: id("03"), Name: "Twin", MergedInto: id("01"), Addresses: []helpdesk.Address{mail("twin@example.com", true, false)}},
				{ID: id("04"), Name: "Outsider", Colleagues: true, Addresses: []helpdesk.Address{mail("out@example.com", true, true)}},
			},
		}
		require.NoError(t, d.Store.Commit(t.Context(), people))
		who := []string{"kim@acme.example", "kim@home.example", "kim@typo.example", "twin@example.com", "boss@acme.example", "out@example.com", "new@example.com"}
		tickets := map[string]*helpdesk.Ticket{}
		for _, email := range who {
			tickets[email] = from(t, d.Desk, "", email)
		}
		require.Equal(t, []string{"gold"}, tickets["kim@home.example"].Customer.Tags)
		require.Empty(t, tickets["kim@typo.example"].CustomerID, "it does not act for Kim")
		elsewhere := from(t, d.ForTenant("other"), "", "kim@acme.example")

		kims := []string{"kim@acme.example", "kim@home.example", "twin@example.com"}
		for viewer, sees := range map[string][]string{
			"kim@acme.example": kims, "kim@home.example": kims, "twin@example.com": kims,
			"kim@typo.example":  {"kim@typo.example"},
			"boss@acme.example": append([]string{"boss@acme.example"}, kims...),
			"out@example.com":   {"out@example.com"},
			"new@example.com":   {"new@example.com"},
			"none@example.com":  nil,
		} {
			desk := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: viewer})
			var want, listed []string
			for _, email := range who {
				if contains(sees, email) {
					want = append(want, email)
				}
			}
			for ticket, err := range desk.All(t.Context(), helpdesk.Query{Order: helpdesk.Oldest}) {
				require.NoError(t, err)
				require.Empty(t, ticket.CustomerID, "an id of the desk's own")
				require.Empty(t, ticket.Organisation)
				listed = append(listed, ticket.Customer.Email)
			}
			require.ElementsMatch(t, want, listed, "list of %s", viewer)
			n, err := desk.Count(t.Context(), 100, helpdesk.Query{})
			require.NoError(t, err)
			require.Equal(t, []int{len(want)}, n)
			found, err := desk.Search(t.Context(), "words", helpdesk.Query{})
			require.NoError(t, err)
			require.Len(t, found.Tickets, len(want), "search of %s", viewer)
			for email, ticket := range tickets {
				_, err := desk.Thread(t.Context(), ticket.ID)
				_, replied := desk.Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "words"})
				if contains(sees, email) {
					require.NoError(t, errors.Join(err, replied), "%s on the ticket of %s", viewer, email)
					continue
				}
				require.ErrorIs(t, err, helpdesk.ErrNotFound, "%s on the ticket of %s", viewer, email)
				require.ErrorIs(t, replied, helpdesk.ErrNotFound)
			}
			_, err = desk.Ticket(t.Context(), elsewhere.ID)
			require.ErrorIs(t, err, helpdesk.ErrNotFound)
		}

		for _, q := range []helpdesk.Query{{Organisation: acme}, {CustomerIDs: []helpdesk.CustomerID{id("01"), id("02"), id("03")}}} {
			n, err := d.Count(t.Context(), 100, q)
			require.NoError(t, err)
			require.Equal(t, []int{4}, n)
		}
		_, err := d.Tickets(t.Context(), helpdesk.Query{Organisation: "x", CustomerIDs: []helpdesk.CustomerID{"y"}})
		require.Len(t, helpdesk.Fields(err), 2)
	})
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func TestEraseTakesEveryAddressOfAPerson(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		mail := func(value string, primary bool) helpdesk.Address {
			return helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: value, Primary: primary, Verified: true}
		}
		const kim, twin helpdesk.CustomerID = "01950000-0000-7000-8000-000000000001", "01950000-0000-7000-8000-000000000002"
		require.NoError(t, d.Store.Commit(t.Context(), &helpdesk.Change{Customers: []helpdesk.Customer{
			{ID: kim, Name: "Kim Zanzibar", HostID: "zanzibar-1", Note: "likes zanzibar", Addresses: []helpdesk.Address{mail("kim@zanzibar.example", true), mail("zanzibar@home.example", false)}},
			{ID: twin, Name: "K. Zanzibar", MergedInto: kim, Addresses: []helpdesk.Address{mail("twin@zanzibar.example", true)}},
		}}))
		for _, email := range []string{"kim@zanzibar.example", "zanzibar@home.example", "twin@zanzibar.example"} {
			ticket := from(t, d.Desk, "Zanzibar", email)
			_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: email}).Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "I am Zanzibar."})
			require.NoError(t, err)
		}
		stays := from(t, d.Desk, "Max", "max@example.com")
		d.Drain()
		n, err := d.Erase(t.Context(), "twin@zanzibar.example")
		require.NoError(t, err)
		require.Equal(t, 3, n.Tickets)
		require.NotContains(t, everythingKept(t, d), "anzibar")
		require.Len(t, rowsOfCustomers(t, d, ""), 1)
		got, err := d.Ticket(t.Context(), stays.ID)
		require.NoError(t, err)
		require.Equal(t, "max@example.com", got.Customer.Email)
		all, err := d.Count(t.Context(), 100, helpdesk.Query{})
		require.NoError(t, err)
		require.Equal(t, []int{4}, all, "the tickets stay, without the person")
		require.NotEmpty(t, from(t, d.Desk, "New", "kim@zanzibar.example").CustomerID, "the address may come back as a stranger")
	})
}
