package helpdesk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func mailTo(value string) helpdesk.Address {
	return helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: value}
}

func TestWhatAHostPushesAgainChangesNothing(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		company := helpdesk.Organisation{HostID: "o1", Name: "Acme", Domains: []string{"ACME.example", "acme.example"}, Tags: []string{"Gold"}}
		org, err := d.SaveOrganisation(ctx, company)
		require.NoError(t, err)
		require.Equal(t, []string{"acme.example"}, org.Domains)
		first := from(t, d.Desk, "kim", "kim@acme.example")
		pushed := helpdesk.Customer{
			HostID: "c1", Name: "Kim Lee", Organisation: org.ID, Tags: []string{"vip"}, Language: "de", Zone: "Europe/Berlin", Colleagues: true,
			Addresses: []helpdesk.Address{mailTo("Kim@Acme.example"), mailTo("kim@home.example")},
		}
		kim, err := d.SaveCustomer(ctx, pushed)
		require.NoError(t, err)
		require.Equal(t, first.CustomerID, kim.ID, "the first contact has made the row")
		noted := kim
		noted.Note = "likes tea"
		noted, err = d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(ana)}).SaveCustomer(ctx, noted)
		require.NoError(t, err)
		for range 2 {
			again, err := d.SaveCustomer(ctx, pushed)
			require.NoError(t, err)
			require.Equal(t, noted, again)
			sameOrg, err := d.SaveOrganisation(ctx, company)
			require.NoError(t, err)
			require.Equal(t, org, sameOrg)
		}
		require.Len(t, rowsOfCustomers(t, d, ""), 1)
		d.Drain()
		got, err := d.Ticket(ctx, first.ID)
		require.NoError(t, err)
		require.Equal(t, org.ID, got.Organisation, "tickets of before join with their customer")

		other, err := d.SaveOrganisation(ctx, helpdesk.Organisation{HostID: "o2", Name: "Other"})
		require.NoError(t, err)
		pushed.Organisation = other.ID
		_, err = d.SaveCustomer(ctx, pushed)
		require.NoError(t, err)
		d.Drain()
		got, err = d.Ticket(ctx, first.ID)
		require.NoError(t, err)
		require.Equal(t, org.ID, got.Organisation, "colleagues of a new company read nothing of the old one")

		found, err := d.Customers(ctx, helpdesk.CustomerQuery{Emails: []string{"KIM@home.example"}})
		require.NoError(t, err)
		require.Len(t, found.Customers, 1)
		found, err = d.Customers(ctx, helpdesk.CustomerQuery{Words: []string{"le"}})
		require.NoError(t, err)
		require.Len(t, found.Customers, 1)
		elsewhere, err := d.ForTenant("other").Customers(ctx, helpdesk.CustomerQuery{HostIDs: []string{"c1"}})
		require.NoError(t, err)
		require.Empty(t, elsewhere.Customers)
	})
}

func TestBadCustomersAreRefusedByTheirField(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		kim, err := d.SaveCustomer(ctx, helpdesk.Customer{HostID: "k", Addresses: []helpdesk.Address{mailTo("kim@example.com")}})
		require.NoError(t, err)
		require.True(t, kim.Addresses[0].Primary)
		_, err = d.SaveOrganisation(ctx, helpdesk.Organisation{HostID: "o", Name: "Acme", Domains: []string{"acme.example"}})
		require.NoError(t, err)
		foreign, err := d.ForTenant("other").SaveOrganisation(ctx, helpdesk.Organisation{Name: "Foreign"})
		require.NoError(t, err)
		many := make([]helpdesk.Address, 10_000)
		for i := range many {
			many[i] = mailTo(fmt.Sprintf("kim%d@example.com", i))
		}
		lee, err := d.SaveCustomer(ctx, helpdesk.Customer{HostID: "l", Addresses: []helpdesk.Address{mailTo("lee@example.com")}})
		require.NoError(t, err)
		taken, twice, stale, two := lee, lee, lee, lee
		taken.Addresses = []helpdesk.Address{mailTo("kim@example.com")}
		twice.HostID = "k"
		stale.Version, stale.Name = 99, "Lee"
		two.Addresses = []helpdesk.Address{{Value: "a@example.com", Primary: true}, {Value: "b@example.com", Primary: true}}
		for field, c := range map[string]helpdesk.Customer{
			"addresses (taken)": taken, "host_id (taken)": twice, " (stale)": stale, "addresses (primary)": two,
			"host_id":               {Name: "Nobody"},
			"addresses":             {HostID: "x", Addresses: []helpdesk.Address{mailTo("no address")}},
			"addresses (many)":      {HostID: "x", Addresses: many},
			"addresses (twice)":     {HostID: "x", Addresses: []helpdesk.Address{mailTo("a@example.com"), mailTo("A@example.com")}},
			"zone":                  {HostID: "x", Zone: "Mars/Base"},
			"language":              {HostID: "x", Language: "German"},
			"name":                  {HostID: "x", Name: "a\nb"},
			"tags":                  {HostID: "x", Tags: []string{""}},
			"organisation (tenant)": {HostID: "x", Organisation: foreign.ID},
			"organisation":          {HostID: "x", Organisation: "acme"},
			"id":                    {ID: "x", HostID: "x"},
			" (none)":               {ID: helpdesk.CustomerID(foreign.ID), HostID: "x"},
		} {
			_, err := d.SaveCustomer(ctx, c)
			require.Error(t, err, field)
			if name, _, _ := cut(field); name != "" {
				require.NotEmpty(t, helpdesk.Fields(err), "%s: %v", field, err)
				require.Equal(t, name, helpdesk.Fields(err)[0].Field, "%s: %v", field, err)
			}
		}
		for field, o := range map[string]helpdesk.Organisation{
			"domains (taken)": {Name: "Thief", Domains: []string{"acme.example"}},
			"domains (free)":  {Name: "Mail", Domains: []string{"gmail.com"}},
			"domains":         {Name: "Odd", Domains: []string{"no domain"}},
			"name":            {HostID: "x"},
			" (none)":         {ID: helpdesk.OrganisationID(kim.ID), Name: "None"},
		} {
			_, err := d.SaveOrganisation(ctx, o)
			require.Error(t, err, field)
			if name, _, _ := cut(field); name != "" {
				require.Equal(t, name, helpdesk.Fields(err)[0].Field, "%s: %v", field, err)
			}
		}
		for _, by := range []helpdesk.Actor{{Role: helpdesk.RoleAgent, ID: string(ana)}, {Role: helpdesk.RoleCustomer, ID: "kim@example.com"}} {
			named := kim
			named.Name = "Kim"
			_, err := d.As(by).SaveCustomer(ctx, named)
			require.ErrorIs(t, err, helpdesk.ErrForbidden)
			_, err = d.As(by).SaveOrganisation(ctx, helpdesk.Organisation{Name: "Mine"})
			require.ErrorIs(t, err, helpdesk.ErrForbidden)
		}
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}).Customers(ctx, helpdesk.CustomerQuery{})
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = d.ForTenant("other").MergeCustomer(ctx, lee.ID, kim.ID)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
	})
}

// cut returns the name of a field before what tells several apart.
func cut(field string) (name, which string, ok bool) {
	for i := range field {
		if field[i] == ' ' {
			return field[:i], field[i+1:], true
		}
	}
	return field, "", false
}

func TestAMergeOfCustomersIsTakenBack(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		kim, twin := from(t, d.Desk, "Kim", "kim@example.com"), from(t, d.Desk, "Twin", "twin@example.com")
		agent := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(ana)})
		sees := func(email string) int {
			n, err := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: email}).Count(ctx, 10, helpdesk.Query{})
			require.NoError(t, err)
			return n[0]
		}
		require.Equal(t, 1, sees("kim@example.com"))
		_, err := agent.MergeCustomer(ctx, twin.CustomerID, kim.CustomerID)
		require.NoError(t, err)
		require.Equal(t, 2, sees("kim@example.com"))
		require.Equal(t, 2, sees("twin@example.com"))
		in := mail("1@example.com", "twin@example.com", "Re: ["+kim.Ref+"]", "It is me.")
		require.Equal(t, kim.ID, receive(t, d, in).Ticket, "an address that acts for the customer answers by mail")

		for _, c := range [][2]helpdesk.CustomerID{{kim.CustomerID, kim.CustomerID}, {kim.CustomerID, twin.CustomerID}, {kim.CustomerID, "x"}, {twin.CustomerID, kim.CustomerID}} {
			_, err := agent.MergeCustomer(ctx, c[0], c[1])
			require.Error(t, err)
			require.NotEmpty(t, helpdesk.Fields(err))
		}
		_, err = agent.UnmergeCustomer(ctx, twin.CustomerID)
		require.NoError(t, err)
		require.Equal(t, 1, sees("kim@example.com"))
		require.Equal(t, 1, sees("twin@example.com"))
		_, err = agent.UnmergeCustomer(ctx, twin.CustomerID)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}).MergeCustomer(ctx, twin.CustomerID, kim.CustomerID)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
	})
}

func TestTheDirectoryOfTheHostIsAsked(t *testing.T) {
	t.Parallel()
	var failure error
	cfg := &helpdesk.Config{Logger: quiet, Directory: helpdesk.DirectoryFunc(func(_ context.Context, tenant helpdesk.TenantID, email string) (*helpdesk.Customer, *helpdesk.Organisation, error) {
		switch {
		case failure != nil:
			return nil, nil, failure
		case email == "odd@example.com":
			return &helpdesk.Customer{Zone: "Mars/Base"}, nil, nil
		case email != "kim@example.com" && email != "kim@home.example":
			return nil, nil, nil
		}
		return &helpdesk.Customer{HostID: "c1", Name: "Kim Lee", Tags: []string{"vip"}, Language: "fr"}, &helpdesk.Organisation{HostID: "o1", Name: "Acme", Tags: []string{"gold"}}, nil
	})}
	eachStore(t, func(t *testing.T, store helpdesk.Store) {
		d := helpdesktest.New(t, store, cfg)
		first := from(t, d.Desk, "kim", "kim@example.com")
		require.Equal(t, []string{"gold", "vip"}, first.Customer.Tags)
		require.NotEmpty(t, first.Organisation)
		kim := rowsOfCustomers(t, d, "")["Kim Lee"]
		require.Equal(t, "c1", kim.HostID)
		require.Equal(t, "fr", kim.Language)
		require.Equal(t, first.CustomerID, kim.ID)
		second := from(t, d.Desk, "kim", "kim@home.example")
		require.Equal(t, kim.ID, second.CustomerID, "the host says that it is the same person")
		require.Len(t, rowsOfCustomers(t, d, "")["Kim Lee"].Addresses, 2)
		version := rowsOfCustomers(t, d, "")["Kim Lee"].Version
		require.Equal(t, first.Organisation, from(t, d.Desk, "kim", "kim@example.com").Organisation)
		require.Equal(t, version, rowsOfCustomers(t, d, "")["Kim Lee"].Version, "what is known already is not written again")
		require.NotEmpty(t, from(t, d.Desk, "Stranger", "new@example.com").CustomerID)
		require.NotEmpty(t, from(t, d.Desk, "Odd", "odd@example.com").CustomerID, "a bad entry is left out")
	})
}

func TestATicketOpensWithoutTheDirectory(t *testing.T) {
	t.Parallel()
	for name, lookup := range map[string]helpdesk.DirectoryFunc{
		"fails": func(context.Context, helpdesk.TenantID, string) (*helpdesk.Customer, *helpdesk.Organisation, error) {
			return nil, nil, errors.New("down")
		},
		"panics": func(context.Context, helpdesk.TenantID, string) (*helpdesk.Customer, *helpdesk.Organisation, error) {
			panic("down")
		},
		"hangs": func(ctx context.Context, _ helpdesk.TenantID, _ string) (*helpdesk.Customer, *helpdesk.Organisation, error) {
			<-ctx.Done()
			return nil, nil, ctx.Err()
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := helpdesktest.New(t, nil, &helpdesk.Config{Logger: quiet, Directory: lookup})
				require.NotEmpty(t, from(t, d.Desk, "Kim", "kim@example.com").CustomerID)
			})
		})
	}
}

func TestANewCustomerJoinsByDomainIfTheTenantSaysSo(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		org, err := d.SaveOrganisation(t.Context(), helpdesk.Organisation{Name: "Acme", Domains: []string{"acme.example"}})
		require.NoError(t, err)
		joined := func(email string, login bool) helpdesk.OrganisationID {
			by := helpdesk.Actor{}
			if login {
				by = helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: email}
			}
			_, err := d.As(by).Open(t.Context(), helpdesk.OpenParams{Subject: "Mine", Customer: helpdesk.Contact{Email: email}})
			require.NoError(t, err)
			page, err := d.Customers(t.Context(), helpdesk.CustomerQuery{Emails: []string{email}})
			require.NoError(t, err)
			return page.Customers[0].Organisation
		}
		require.Empty(t, joined("a@acme.example", true), "it is off")
		_, err = d.EditSetting(t.Context(), helpdesk.SettingCustomers, helpdesk.CustomersKey, func(helpdesk.Setting) (json.RawMessage, error) {
			return json.RawMessage(`{"join_by_domain": true}`), nil
		})
		require.NoError(t, err)
		require.Equal(t, org.ID, joined("b@acme.example", true))
		require.Empty(t, joined("c@acme.example", false), "anybody could say so in a mail")
		require.Empty(t, joined("d@sub.acme.example", true))
		require.Empty(t, joined("e@gmail.com", true))
	})
}
