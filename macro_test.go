package helpdesk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestMacrosAreKeptByAdminsAndFilledForATicket(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		m := helpdesk.Macro{ID: "thanks", Name: "Thanks", Body: "Hello {{customer}}, thank you for {{ref}} ({{subject}}). {{nothing}} {{agent}}"}
		_, err := asAgent(d, ana).SaveMacro(t.Context(), m)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		saved, err := d.SaveMacro(t.Context(), m)
		require.NoError(t, err)
		_, err = d.SaveMacro(t.Context(), m)
		require.ErrorIs(t, err, helpdesk.ErrConflict, "it is there already")
		saved.Name = "Thank you"
		_, err = d.SaveMacro(t.Context(), saved)
		require.NoError(t, err)
		_, err = d.SaveMacro(t.Context(), helpdesk.Macro{ID: "a", Name: "another", Body: "x"})
		require.NoError(t, err)
		macros, err := asAgent(d, ana).Macros(t.Context())
		require.NoError(t, err)
		require.Len(t, macros, 2)
		require.Equal(t, "Thank you", macros[1].Name)
		ticket := &helpdesk.Ticket{Ref: "7Q2M-X4KD", Subject: "{{agent}}", Customer: helpdesk.Contact{Email: kim}}
		require.Equal(t, "Hello kim@example.com, thank you for 7Q2M-X4KD ({{agent}}). {{nothing}} Ana", macros[1].Fill(ticket, "Ana"))
		require.NoError(t, d.RemoveMacro(t.Context(), "thanks"))
		require.ErrorIs(t, d.RemoveMacro(t.Context(), "thanks"), helpdesk.ErrNotFound)
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Macros(t.Context())
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
	})
}

func TestEachAgentHasViews(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	views := []helpdesk.View{{Name: "Hot", Query: "priority=urgent"}}
	require.NoError(t, asAgent(d, ana).SaveViews(t.Context(), views))
	got, err := asAgent(d, ana).Views(t.Context())
	require.NoError(t, err)
	require.Equal(t, views, got)
	got, err = asAgent(d, ben).Views(t.Context())
	require.NoError(t, err)
	require.Empty(t, got)
	require.ErrorIs(t, asAgent(d, ana).SaveViews(t.Context(), make([]helpdesk.View, 31)), helpdesk.ErrInvalid)
	require.ErrorIs(t, d.SaveViews(t.Context(), views), helpdesk.ErrInvalid, "the host is no agent")
}

func TestTagsAreReplacedAndRecorded(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	ticket := open(t, d, helpdesk.OpenParams{Tags: []string{"old"}})
	changed, err := asAgent(d, ana).SetTags(t.Context(), ticket.ID, []string{" VIP", "refund", "vip"})
	require.NoError(t, err)
	require.Equal(t, []string{"refund", "vip"}, changed.Tags)
	th, err := d.Thread(t.Context(), ticket.ID)
	require.NoError(t, err)
	last := th.Events[len(th.Events)-1]
	require.Equal(t, "tags_changed old refund, vip ana@example.com", string(last.Type)+" "+last.From+" "+last.To+" "+last.By.ID)
	_, err = asAgent(d, ana).SetTags(t.Context(), ticket.ID, make([]string, 3))
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}
