package ticketlist_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/ticketlist"
)

// written has a value for each kind of filter.
var written = map[ticketlist.Kind]string{
	ticketlist.Text: "Vip", ticketlist.Email: "Kim@example.com", ticketlist.Switch: "true", ticketlist.Time: "2026-03-02T09:00:00Z",
	ticketlist.Customer: "0199a4e0-5c00-7000-8000-000000000001", ticketlist.Organisation: "0199a4e0-5c00-7000-8000-000000000002",
	ticketlist.Status: "new", ticketlist.Category: "billing", ticketlist.Priority: "high", ticketlist.Source: "email", ticketlist.Agent: "ana",
}

func TestEachFilterSetsItsOwnFieldOfAQuery(t *testing.T) {
	t.Parallel()
	var seen []helpdesk.Query
	for _, f := range ticketlist.Filters {
		require.NotEmpty(t, f.Doc, f.Name)
		var q helpdesk.Query
		require.NoError(t, f.Read(&q, []string{""}, &ticketlist.Reader{}))
		require.Equal(t, helpdesk.Query{}, q, f.Name)
		require.NoError(t, f.Read(&q, []string{written[f.Kind]}, &ticketlist.Reader{}))
		require.NotContains(t, seen, q, f.Name)
		seen = append(seen, q)
		for _, other := range ticketlist.Filters {
			require.Equal(t, other.Name == f.Name, other.Given(&q), "%s and %s", f.Name, other.Name)
		}
	}
}

func TestADateIsATimeWhereDaysBegin(t *testing.T) {
	t.Parallel()
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 7, 0, 0, 0, time.UTC) }
	for _, f := range ticketlist.Filters {
		if f.Kind != ticketlist.Time {
			continue
		}
		var q, same helpdesk.Query
		require.ErrorIs(t, f.Read(&q, []string{"2026-03-02"}, &ticketlist.Reader{}), helpdesk.ErrInvalid)
		require.ErrorIs(t, f.Read(&q, []string{"soon"}, &ticketlist.Reader{Day: day}), helpdesk.ErrInvalid)
		require.NoError(t, f.Read(&q, []string{"2026-03-02"}, &ticketlist.Reader{Day: day}))
		require.NoError(t, f.Read(&same, []string{"2026-03-02T07:00:00Z"}, &ticketlist.Reader{Day: day}))
		require.Equal(t, same, q, f.Name)
	}
}

func TestAViewClashesOnlyWithTheFilterThatItSets(t *testing.T) {
	t.Parallel()
	for _, v := range ticketlist.Views {
		require.NotEmpty(t, v.Doc, v.Name)
		for _, f := range ticketlist.Filters {
			var q helpdesk.Query
			require.NoError(t, f.Read(&q, []string{written[f.Kind]}, &ticketlist.Reader{}))
			require.Equal(t, f.Name == v.Sets, v.Clash(&q), "%s and %s", v.Name, f.Name)
		}
	}
	require.Nil(t, ticketlist.ViewNamed("odd"))
}

func TestACustomerIsNamedByIdsOrAnAddress(t *testing.T) {
	t.Parallel()
	at := slices.IndexFunc(ticketlist.Filters, func(f ticketlist.Filter) bool { return f.Name == "customer" })
	one, two := written[ticketlist.Customer], written[ticketlist.Organisation]
	for value, want := range map[string]helpdesk.Query{
		strings.ToUpper(one): {CustomerIDs: []helpdesk.CustomerID{helpdesk.CustomerID(one)}},
		one + ", " + two:     {CustomerIDs: []helpdesk.CustomerID{helpdesk.CustomerID(one), helpdesk.CustomerID(two)}},
		"Kim@example.com":    {Customer: "kim@example.com"},
	} {
		var q helpdesk.Query
		require.NoError(t, ticketlist.Filters[at].Read(&q, []string{value}, &ticketlist.Reader{}))
		require.Equal(t, want, q, value)
	}
	for _, f := range ticketlist.Filters {
		if f.Kind != ticketlist.Customer && f.Kind != ticketlist.Organisation {
			continue
		}
		var q helpdesk.Query
		err := f.Read(&q, []string{"kim"}, &ticketlist.Reader{})
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.Equal(t, f.Name, helpdesk.Fields(err)[0].Field)
	}
}
