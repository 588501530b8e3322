package helpdesk_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestACustomerIsToldWhoWroteByTheirNameAlone(t *testing.T) {
	t.Parallel()
	var told []string
	d := desk(t, &helpdesk.Config{Notifier: helpdesk.NotifierFunc(func(_ context.Context, n *helpdesk.Notification) error {
		if n.To[0].Agent == "" {
			told = append(told, string(n.Kind)+" "+n.By)
		}
		return nil
	})})
	for _, who := range []helpdesk.Actor{{Role: helpdesk.RoleAgent, ID: string(ana), Name: "ignored"}, {Role: helpdesk.RoleAdmin, ID: "boss@example.com"}, {Role: helpdesk.RoleAdmin, ID: "x", Name: "Bo"}} {
		ticket := open(t, d, helpdesk.OpenParams{})
		_, err := d.As(who).Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "Hello."})
		require.NoError(t, err)
		d.Advance(0)
		_, err = d.As(who).Resolve(t.Context(), ticket.ID, "Done.")
		require.NoError(t, err)
		d.Advance(0)
	}
	require.Equal(t, []string{"reply Ana", "resolved Ana", "reply ", "resolved ", "reply Bo", "resolved Bo"}, told)
}
