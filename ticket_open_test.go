package helpdesk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
)

func TestAnAgentWhoOpensATicketForACustomerWritesToTheCustomer(t *testing.T) {
	t.Parallel()
	policies, err := sla.New(slaOf(sla.Policy{Name: "all", FirstResponse: time.Hour, NextResponse: time.Hour, Resolution: 8 * time.Hour}))
	require.NoError(t, err)
	onEveryStoreWith(t, &helpdesk.Config{SLA: policies}, func(t *testing.T, d *helpdesktest.Desk) {
		p := helpdesk.OpenParams{Subject: "Your order", Description: "It will be late.", Customer: helpdesk.Contact{Name: "Kim", Email: kim}, IdempotencyKey: "k"}
		d.Notices.Reset()
		ticket, err := asAgent(d, ana).Open(t.Context(), p)
		require.NoError(t, err)
		again, err := asAgent(d, ana).Open(t.Context(), p)
		require.NoError(t, err)
		require.Equal(t, ticket.ID, again.ID)
		d.Drain()
		told := d.Notices.Of(helpdesk.NoticeReply)
		require.Len(t, told, 1)
		require.Equal(t, []helpdesk.Recipient{{Name: "Kim", Email: kim}}, told[0].To, "in no language yet: the words are an agent's")
		require.Equal(t, "It will be late.", told[0].Text)
		require.Equal(t, "Ana", told[0].By)

		th, err := asCustomer(d, kim).Thread(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.Len(t, th.Messages, 1)
		require.Equal(t, helpdesk.FromAgent, th.Messages[0].Kind)
		require.Equal(t, "Ana", th.Messages[0].By.Name)

		clocks := func() (list []helpdesk.Metric) {
			for _, c := range read(t, d, ticket.ID).Clocks {
				list = append(list, c.Metric)
			}
			return list
		}
		require.Equal(t, []helpdesk.Metric{helpdesk.Resolution}, clocks(), "the response is given")
		d.Clock.Advance(time.Hour)
		writes(t, d, kim, ticket.ID, "Why?")
		require.Contains(t, clocks(), helpdesk.NextResponse)

		for name, opened := range map[string]func() (*helpdesk.Ticket, error){
			"quoted": func() (*helpdesk.Ticket, error) {
				p.Quoted, p.IdempotencyKey = true, ""
				return asAgent(d, ana).Open(t.Context(), p)
			},
			"host": func() (*helpdesk.Ticket, error) { return d.Open(t.Context(), p) },
		} {
			d.Notices.Reset()
			ticket, err := opened()
			require.NoError(t, err)
			d.Drain()
			require.Empty(t, d.Notices.Of(helpdesk.NoticeReply), name)
			require.Equal(t, []string{"It will be late."}, texts(t, d, ticket.ID, helpdesk.FromCustomer), name)
		}
	})
}
