package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
)

func TestReportsByOrganisation(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	ctx := t.Context()
	org := func(name string, customers ...string) helpdesk.OrganisationID {
		o, err := d.SaveOrganisation(ctx, helpdesk.Organisation{Name: name})
		require.NoError(t, err)
		for _, c := range customers {
			_, err = d.SaveCustomer(ctx, helpdesk.Customer{Name: c, Organisation: o.ID, Addresses: []helpdesk.Address{{Value: c + "@example.com"}}})
			require.NoError(t, err)
		}
		return o.ID
	}
	acme, globex := org("Acme", "kim"), org("Globex", "lee", "pat")
	var solved *helpdesk.Ticket
	for _, who := range []string{"kim", "lee", "pat", "pat", "nobody"} {
		one, err := d.Open(ctx, helpdesk.OpenParams{Subject: "Help", Customer: helpdesk.Contact{Email: who + "@example.com"}})
		require.NoError(t, err)
		if who == "kim" {
			solved = one
		}
	}
	d.Clock.Advance(2 * time.Hour)
	twin, err := d.Open(ctx, helpdesk.OpenParams{Subject: "Again", Customer: helpdesk.Contact{Email: "kim@example.com"}})
	require.NoError(t, err)
	_, err = d.Merge(ctx, twin.ID, solved.ID)
	require.NoError(t, err)
	_, err = d.Resolve(ctx, solved.ID, "Done.")
	require.NoError(t, err)

	p := report.LastDays(1, d.Now().Add(time.Microsecond))
	all := report.New(d.Desk)
	list, err := all.Organisations(ctx, p)
	require.NoError(t, err)
	two := 2 * time.Hour
	require.Equal(t, []report.OrganisationGroup{
		{Organisation: globex, Group: report.Group{Total: 3}},
		{Organisation: acme, Group: report.Group{Total: 1, Resolved: 1, Decided: 1, Resolution: report.Durations{N: 1, Mean: two, P50: two, P90: two}}},
	}, list)
	for of, want := range map[helpdesk.OrganisationID][3]int{"": {5, 6, 1}, acme: {1, 2, 1}, globex: {3, 3, 0}, "no id": {}} {
		narrowed := all.ForOrganisation(of)
		o, err := narrowed.Overview(ctx, p)
		require.NoError(t, err)
		require.Equal(t, want, [3]int{o.Total, o.Flow.Created, o.Flow.Resolved}, of)
		both, err := narrowed.Compare(ctx, p)
		require.NoError(t, err)
		require.Equal(t, o, both.Now)
		points, err := narrowed.Series(ctx, report.Query{Period: p})
		require.NoError(t, err)
		created := 0
		for _, pt := range points {
			created += pt.Created
		}
		require.Equal(t, want[1], created, of)
	}
	list, err = all.ForOrganisation(acme).Organisations(ctx, p)
	require.NoError(t, err)
	require.Len(t, list, 1)
	_, err = all.ForOrganisation("\xff").Overview(ctx, p)
	require.Equal(t, "organisation", helpdesk.Fields(err)[0].Field)
	_, err = all.Organisations(ctx, report.Period{})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}
