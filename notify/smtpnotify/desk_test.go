package smtpnotify_test

import (
	"bytes"
	"log/slog"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// mailDesk is a desk that sends its mails to the peer.
func mailDesk(t *testing.T, p *peer) *helpdesk.Desk {
	cfg := p.config()
	c := helpdesktest.NewClock(now)
	cfg.Clock = c
	d, err := helpdesk.New(memstore.New(), &helpdesk.Config{
		Clock: c, Notifier: newNotifier(t, cfg), Logger: slog.New(slog.DiscardHandler),
		Mail: &helpdesk.MailConfig{
			Address: func(helpdesk.TenantID) string { return "support@acme.example" }, Keys: [][]byte{bytes.Repeat([]byte("k"), 32)},
		},
	})
	require.NoError(t, err)
	return d
}

func TestADeskAcknowledgesAndRepliesByMailInOneThread(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	d := mailDesk(t, p)
	m, err := d.Receive(t.Context(), &helpdesk.Incoming{
		MessageID: "b1@mail.example", From: helpdesk.Contact{Name: "Ben", Email: "ben@mail.example"}, Recipients: []string{"support@acme.example"},
		Subject: "Refund for order 17", Text: "I was charged twice.", Full: "I was charged twice.", Kind: helpdesk.MailMessage,
	})
	require.NoError(t, err)
	_, err = d.Tick(t.Context())
	require.NoError(t, err)
	ack := p.one(t)
	require.Equal(t, "auto-replied", ack.header.Get("Auto-Submitted"))
	require.NotContains(t, string(p.all()[0].raw), "Refund")
	require.Contains(t, ack.text, "just answer this mail")

	ticket, err := d.Ticket(t.Context(), m.Ticket)
	require.NoError(t, err)
	_, err = d.SaveAgent(t.Context(), helpdesk.Agent{ID: "ana", Name: "Ana", Email: "ana@acme.example"})
	require.NoError(t, err)
	agent := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana", Name: "Ana"})
	_, err = agent.Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "It is on its way back."})
	require.NoError(t, err)
	_, err = d.Tick(t.Context())
	require.NoError(t, err)
	reply := find(t, p, "Re: Refund for order 17 ["+ticket.Ref+"]")
	require.Empty(t, reply.header.Get("Auto-Submitted"))
	require.Equal(t, "<b1@mail.example>", reply.header.Get("In-Reply-To"))
	require.Regexp(t, `<support\+[a-z0-9-]+@acme\.example>`, reply.header.Get("Reply-To"))
	require.Contains(t, reply.text, "It is on its way back.")
}

// find returns the last mail with a subject.
func find(t *testing.T, p *peer, want string) (found *read) {
	for _, m := range p.all() {
		r, err := open(m.raw)
		require.NoError(t, err)
		if subject(t, r.header) == want {
			found = r
		}
	}
	require.NotNil(t, found, want)
	return found
}

func TestADeskGivesUpAtOnceOnWhoIsRefusedForGoodAndNotOnOthers(t *testing.T) {
	t.Parallel()
	for code, dead := range map[int]int{550: 1, 450: 0} {
		p := serve(t, &peer{rcpt: func(string) error { return &smtp.SMTPError{Code: code, Message: "no"} }}, false)
		d := mailDesk(t, p)
		_, err := d.Receive(t.Context(), &helpdesk.Incoming{
			MessageID: "b1@mail.example", From: helpdesk.Contact{Email: "ben@mail.example"}, Recipients: []string{"support@acme.example"},
			Subject: "Refund", Text: "Twice.", Full: "Twice.", Kind: helpdesk.MailMessage,
		})
		require.NoError(t, err)
		_, err = d.Tick(t.Context())
		require.NoError(t, err)
		tasks, err := d.DeadTasks(t.Context(), 10)
		require.NoError(t, err)
		require.Len(t, tasks, dead)
	}
}
