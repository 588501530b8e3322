package macro_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A lead saves a macro, and an agent fills it in for a ticket.
func Example() {
	ctx := context.Background()
	desk, _ := helpdesk.New(memstore.New(), nil)
	_, _ = macro.Of(desk).Save(ctx, macro.Macro{ID: "sorry", Name: "Sorry", Body: "Dear {{customer}}, we look into {{ref}}. {{agent}}"})

	macros, _ := macro.Of(desk).List(ctx)
	ticket := &helpdesk.Ticket{Ref: "7Q2M-X4KD", Customer: helpdesk.Contact{Name: "Kim"}}
	fmt.Println(macros[0].Fill(ticket, "Ana"))
	// Output: Dear Kim, we look into 7Q2M-X4KD. Ana
}

func TestMacrosAreKeptByLeadsAndFilledForATicket(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana"}, helpdesk.Agent{ID: "lee", Name: "Lee"})
	boss := macro.Of(d.Desk)
	agent := macro.Of(d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"}))
	lead := macro.Of(d.As(helpdesk.Actor{Role: helpdesk.RoleLead, ID: "lee"}))
	m := macro.Macro{ID: "thanks", Name: "Thanks", Body: "Hello {{customer}}, thank you for {{ref}} ({{subject}}). {{nothing}} {{agent}}"}
	for _, id := range []string{"thanks", ""} {
		m.ID = id
		_, err := agent.Save(t.Context(), m)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		require.NotErrorIs(t, err, helpdesk.ErrInvalid)
		require.ErrorIs(t, agent.Remove(t.Context(), id), helpdesk.ErrForbidden)
	}
	m.ID = "thanks"
	saved, err := boss.Save(t.Context(), m)
	require.NoError(t, err)
	_, err = boss.Save(t.Context(), m)
	require.ErrorIs(t, err, helpdesk.ErrConflict, "it is there already")
	saved.Name = " Thank you "
	_, err = lead.Save(t.Context(), saved)
	require.NoError(t, err)
	_, err = lead.Save(t.Context(), macro.Macro{ID: "a", Name: "another", Body: "x"})
	require.NoError(t, err)
	macros, err := agent.List(t.Context())
	require.NoError(t, err)
	require.Len(t, macros, 2)
	require.Equal(t, "Thank you", macros[1].Name)
	ticket := &helpdesk.Ticket{Ref: "7Q2M-X4KD", Subject: "{{agent}}", Customer: helpdesk.Contact{Email: "kim@example.com"}}
	require.Equal(t, "Hello kim@example.com, thank you for 7Q2M-X4KD ({{agent}}). {{nothing}} Ana", macros[1].Fill(ticket, "Ana"))
	require.NoError(t, lead.Remove(t.Context(), "thanks"))
	require.ErrorIs(t, boss.Remove(t.Context(), "thanks"), helpdesk.ErrNotFound)
	_, err = macro.Of(d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"})).List(t.Context())
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
}

func TestAMacroThatCannotBeKeptIsRefusedByItsFields(t *testing.T) {
	t.Parallel()
	macros := macro.Of(helpdesktest.New(t, nil, nil).Desk)
	for _, id := range []string{"", strings.Repeat("x", 101), strings.Repeat("x", 201)} {
		_, err := macros.Save(t.Context(), macro.Macro{ID: id, Name: "a\nb"})
		var fields []string
		for _, f := range helpdesk.Fields(err) {
			fields = append(fields, f.Field)
		}
		require.Equal(t, []string{"id", "name", "body"}, fields)
		require.Equal(t, "id", helpdesk.Fields(macros.Remove(t.Context(), id))[0].Field)
	}
	list, err := macros.List(t.Context())
	require.NoError(t, err)
	require.Empty(t, list)
}
