package helpdesk_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestSearchFindsTheOrganisationByItsNameOfNow(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, router, bill := searchDesk(t, store)
		ctx := t.Context()
		var globex helpdesk.Organisation
		for name, email := range map[string]string{"Globex & Söhne": "zoe@shop.example", "Initech Router": "kim@example.com"} {
			o, err := d.SaveOrganisation(ctx, helpdesk.Organisation{Name: name, HostID: email})
			require.NoError(t, err)
			_, err = d.SaveCustomer(ctx, helpdesk.Customer{Addresses: []helpdesk.Address{{Value: email}}, Organisation: o.ID})
			require.NoError(t, err)
			if name[0] == 'G' {
				globex = o
			}
		}
		_, err := d.Tick(ctx) // their tickets follow
		require.NoError(t, err)
		_, err = d.Open(ctx, helpdesk.OpenParams{Subject: "About globex", Customer: helpdesk.Contact{Email: "pat@other.example"}})
		require.NoError(t, err)
		_, err = d.ForTenant("other").Open(ctx, helpdesk.OpenParams{Subject: "Theirs globex"})
		require.NoError(t, err)
		ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
		find := func(d *helpdesk.Desk, text string) (found []string) {
			for q := (helpdesk.Query{Order: helpdesk.Oldest, Limit: 1}); ; {
				page, err := d.Search(ctx, text, q)
				require.NoError(t, err, text)
				for _, t := range page.Tickets {
					found = append(found, t.Subject)
				}
				if q.After = page.Next; q.After == "" || len(found) > 10 {
					return found
				}
			}
		}
		for text, want := range map[string][]string{
			"org:globex": {router.Subject}, "org:glo": {router.Subject}, `org:"sohne globex"`: {router.Subject}, "org:initech": {bill.Subject},
			"org:shop": {router.Subject}, "org:nobody": nil, "org:globex status:closed": nil, "org:globex antenna": {router.Subject}, "org:globex invoice": nil,
			"org:globex org:initech": nil, "globex": {router.Subject, "About globex"}, "GLOB": {router.Subject, "About globex"}, "globex antenna": {router.Subject},
			"sohne globex": {router.Subject}, "globex -antenna": {"About globex"}, "globex invoice": nil, "initech wrong": {bill.Subject}, "router": {router.Subject, bill.Subject},
			`"globex sohne"`: nil, "globex org:globex": {router.Subject}, "glo ": nil,
		} {
			require.Equal(t, want, find(ana, text), text)
		}
		require.Equal(t, []string(nil), find(d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}), "initech"), "customers search what they read")

		globex.Name, globex.Version = "Hooli", 0
		_, err = d.SaveOrganisation(ctx, globex)
		require.NoError(t, err)
		require.Equal(t, []string{router.Subject}, find(ana, "hooli antenna"))
		require.Equal(t, []string{"About globex"}, find(ana, "globex"))
		require.Nil(t, find(ana, "org:globex"))
		for i := range 201 {
			_, err := d.SaveOrganisation(ctx, helpdesk.Organisation{Name: fmt.Sprint("Hooli ", i)})
			require.NoError(t, err)
		}
		require.Nil(t, find(ana, "hooli"), "a word of so many names is none")
	})
}
