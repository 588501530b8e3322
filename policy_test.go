package helpdesk_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
)

func TestStaffAreAgentsAdminsAndTheHost(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	by, err := asAgent(d, ana).Unrestricted(t.Context())
	require.NoError(t, err)
	require.Equal(t, helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(ana), Name: "Ana"}, by)
	_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}).Unrestricted(t.Context())
	require.NoError(t, err)
	_, err = d.Unrestricted(t.Context())
	require.NoError(t, err)
	for _, stranger := range []*helpdesk.Desk{asCustomer(d, kim), asAgent(d, "eve@example.com"), d.As(helpdesk.Actor{Role: "robot"})} {
		_, err = stranger.Unrestricted(t.Context())
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
	}
}

func TestTheCalendarOfAClockIsThatOfItsPolicy(t *testing.T) {
	t.Parallel()
	policies, err := sla.New(sla.Document{
		Calendars: []sla.Hours{{Name: "office", Zone: "UTC", Week: sla.Weekdays("09:00-17:00")}},
		Policies:  []sla.Policy{{Name: "p", Calendar: "office", Resolution: time.Hour}},
	})
	require.NoError(t, err)
	d := hire(helpdesktest.New(t, nil, &helpdesk.Config{SLA: policies}))
	c := &read(t, d, open(t, d, helpdesk.OpenParams{}).ID).Clocks[0]
	saturday := time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)
	require.Zero(t, d.CalendarOf(t.Context(), c).Between(saturday, saturday.Add(time.Hour)))
	unknown := *c
	unknown.Policy = "gone"
	require.Equal(t, time.Hour, d.CalendarOf(t.Context(), &unknown).Between(saturday, saturday.Add(time.Hour)))
	none := desk(t, &helpdesk.Config{SLA: helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) { return nil, nil })})
	require.Equal(t, time.Hour, none.CalendarOf(t.Context(), c).Between(saturday, saturday.Add(time.Hour)))
}
