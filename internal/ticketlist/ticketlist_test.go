package ticketlist_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/ticketlist"
)

// written has a value for each kind of filter.
var written = map[ticketlist.Kind]string{
	ticketlist.Text: "Vip", ticketlist.Email: "Kim@example.com", ticketlist.Switch: "true", ticketlist.Time: "2026-03-02T09:00:00Z",
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
