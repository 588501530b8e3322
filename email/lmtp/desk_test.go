package lmtp_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/email/lmtp"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

// newDesk is a real desk in memory with a mail address.
func newDesk(t testing.TB) *helpdesktest.Desk {
	return helpdesktest.New(t, nil, &helpdesk.Config{Logger: inboundtest.Quiet, Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)},
	}})
}

// TestADeskHasOneTicketOfAMailWhoseAnswerWasLost cuts the connection between the commit and the
// answer.
func TestADeskHasOneTicketOfAMailWhoseAnswerWasLost(t *testing.T) {
	t.Parallel()
	desk := newDesk(t)
	committed, leave := make(chan bool, 2), make(chan bool, 2)
	server := start(t, email.ReceiverFunc(func(ctx context.Context, in *helpdesk.Incoming) (*helpdesk.Mail, error) {
		m, err := desk.Receive(ctx, in)
		committed <- err == nil
		<-leave
		return m, err
	}), &lmtp.Config{})
	deliver := func() *talk {
		c := server.raw()
		c.say("LHLO mx.example", 250)
		c.say("MAIL FROM:<writer@example.org>", 250)
		c.say("RCPT TO:<support@acme.example>", 250)
		c.say("DATA", 354)
		_, err := io.WriteString(c, "From: writer@example.org\r\nMessage-ID: <m1@example.org>\r\nSubject: A question\r\n\r\nHello\r\n.\r\n")
		require.NoError(t, err)
		return c
	}
	c := deliver()
	require.True(t, <-committed)
	c.Close()
	leave <- true
	c = deliver()
	require.True(t, <-committed)
	leave <- true
	c.hear(250)
	page, err := desk.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 1)
	th, err := desk.Thread(t.Context(), page.Tickets[0].ID)
	require.NoError(t, err)
	require.Len(t, th.Messages, 1)
}

// TestADeskWhoseStoreFailsHasTheMailSentAgain fails a commit, and lets the next succeed.
func TestADeskWhoseStoreFailsHasTheMailSentAgain(t *testing.T) {
	t.Parallel()
	desk := newDesk(t)
	store := &failing{Store: desk.Store}
	server := start(t, desk.WithStore(store), &lmtp.Config{ReceiveTimeout: time.Minute})
	c := server.lmtp()
	store.broken.Store(true)
	require.Equal(t, 451, code(send(t, c, "writer@example.org", []string{"support@acme.example"}, eml("m1@example.org"))["support@acme.example"]))
	page, err := desk.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Empty(t, page.Tickets)
	store.broken.Store(false)
	require.Equal(t, 250, code(send(t, c, "writer@example.org", []string{"support@acme.example"}, eml("m1@example.org"))["support@acme.example"]))
	page, err = desk.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 1)
}

// failing is a store that cannot commit.
type failing struct {
	helpdesk.Store
	broken atomic.Bool
}

func (f *failing) Unwrap() helpdesk.Store { return f.Store }

func (f *failing) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	if f.broken.Load() {
		return errors.New("disk is full")
	}
	return f.Store.Commit(ctx, changes...)
}
