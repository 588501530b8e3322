package helpdesk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

const anasMail = "ana@example.com"

// byAgent returns a mail of an agent, authenticated or not.
func byAgent(id, subject, text string, state helpdesk.SenderState) *helpdesk.Incoming {
	in := mail(id, anasMail, subject, text)
	in.Verdict.State = state
	return in
}

func TestAnswerOfAnAgentToANoticeIsANoteOrAReply(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		m := receive(t, d, mail("1@kim.example", kim, "Leak", "It leaks."))
		_, err := d.Reassign(t.Context(), m.Ticket, ana)
		require.NoError(t, err)
		d.Drain()
		out := told(t, d, helpdesk.NoticeAssigned)
		require.Equal(t, anasMail, out.To[0].Email)
		require.NotEmpty(t, out.Mail.MessageID)
		tickets := func() int {
			page, err := d.Tickets(t.Context(), helpdesk.Query{})
			require.NoError(t, err)
			return len(page.Tickets)
		}

		byID := byAgent("2@ana.example", "Re: Assigned to you: Leak", "Please restart it.", "")
		byID.InReplyTo = []string{out.Mail.MessageID}
		got := receive(t, d, byID)
		require.Equal(t, helpdesk.MailNoted, got.Outcome)
		require.Equal(t, helpdesk.SenderAuthenticated, got.Sender)
		byToken := byAgent("3@ana.example", "Re: Assigned to you: Leak", "#Reply\nRestart it, please.", "")
		byToken.Recipients = []string{out.Mail.ReplyTo}
		byToken.Full = byToken.Text + "\n> a note\n> ---------- Forwarded message ----------"
		byToken.Opening = byToken.Full // as email reads a mail with such a title
		require.Equal(t, helpdesk.MailAppended, receive(t, d, byToken).Outcome)
		byRef := byAgent("4@ana.example", "["+read(t, d, m.Ticket).Ref+"]", "By reference.", helpdesk.SenderAuthenticated)
		require.Equal(t, helpdesk.MailNoted, receive(t, d, byRef).Outcome)
		require.Equal(t, []string{"customer: It leaks.", "note: Please restart it.", "agent: Restart it, please.", "note: By reference."}, bodies(t, d, m.Ticket))
		d.Drain()
		reply := told(t, d, helpdesk.NoticeReply)
		require.Equal(t, "Restart it, please.", reply.Text)
		require.Equal(t, kim, reply.To[0].Email)
		require.Equal(t, 1, tickets())

		quoting := byAgent("11@ana.example", "Re: Leak", "", "")
		quoting.Recipients, quoting.Full = []string{out.Mail.ReplyTo}, "Kim wrote:\n#reply\nTell me what your notes say."
		require.Equal(t, helpdesk.MailNoted, receive(t, d, quoting).Outcome, "the customer's line makes no reply")

		// Neither the token nor the address alone is enough.
		stolen := mail("5@evil.example", "evil@example.com", "Re: Leak", "#reply\nPay here.")
		stolen.Recipients, stolen.InReplyTo = []string{out.Mail.ReplyTo}, []string{out.Mail.MessageID}
		forged := byAgent("6@evil.example", "Re: ["+read(t, d, m.Ticket).Ref+"]", "#reply\nPay here.", "")
		failed := byAgent("7@evil.example", "Re: ["+read(t, d, m.Ticket).Ref+"]", "#reply\nPay here.", helpdesk.SenderFailed)
		customers := byAgent("8@evil.example", "Re: Leak", "#reply\nPay here.", "")
		customers.Recipients = []string{told(t, d, helpdesk.NoticeReply).Mail.ReplyTo}
		doubtful := byAgent("9@evil.example", "Re: Leak", "#reply\nPay here.", "")
		doubtful.Recipients, doubtful.Doubt = []string{out.Mail.ReplyTo}, "several addresses"
		failedToken := byAgent("10@evil.example", "Re: Leak", "#reply\nPay here.", helpdesk.SenderFailed)
		failedToken.Recipients = []string{out.Mail.ReplyTo}
		for _, in := range []*helpdesk.Incoming{stolen, forged, failed, customers, doubtful, failedToken} {
			m := receive(t, d, in)
			require.NotContains(t, []helpdesk.MailOutcome{helpdesk.MailAppended, helpdesk.MailNoted}, m.Outcome, in.MessageID)
		}
		require.Equal(t, []string{"customer: It leaks.", "agent: Restart it, please."}, bodies(t, asCustomerDesk(d, kim), m.Ticket))
	})
}

func TestMailThatAnAgentForwardsIsTheCustomersTicket(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	forward := func(id string, state helpdesk.SenderState) *helpdesk.Incoming {
		in := byAgent(id, "Fwd: Pump error", "", state)
		in.Full, in.Text, in.HTML = "See below.\n\nFrom: Joe ...", "See below.", "<p>See below.</p>From: Joe ..."
		in.Forward = &helpdesk.Forward{From: helpdesk.Contact{Name: "Joe", Email: "Joe@third.example"}, Subject: "Pump error", Text: "Error 77.", Note: "See below."}
		return in
	}
	m := receive(t, d, forward("1@ana.example", helpdesk.SenderAuthenticated))
	ticket := read(t, d, m.Ticket)
	require.Equal(t, "joe@third.example", ticket.Customer.Email)
	require.Equal(t, "Pump error", ticket.Subject)
	require.Equal(t, []string{"customer: Error 77.", "note: Forwarded by Ana.\n\nSee below."}, bodies(t, d, m.Ticket))
	th, err := asCustomerDesk(d, "joe@third.example").Thread(t.Context(), m.Ticket)
	require.NoError(t, err)
	require.Empty(t, th.Messages[0].Full+th.Messages[0].HTML, "the agent's note is not the customer's to read")
	named := byAgent("2@ana.example", "Call of Lee", "Lee called.", helpdesk.SenderAuthenticated)
	named.Cc = []helpdesk.Contact{{Email: box}, {Name: "Lee", Email: "lee@example.com"}}
	called := receive(t, d, named)
	require.Equal(t, "lee@example.com", read(t, d, called.Ticket).Customer.Email)
	require.Equal(t, []string{"agent: Lee called.", "note: Opened by a mail of Ana."}, bodies(t, d, called.Ticket), "the words are the agent's, who wrote them to Lee")
	th, err = asCustomer(d, "lee@example.com").Thread(t.Context(), called.Ticket)
	require.NoError(t, err)
	require.Equal(t, "Ana", th.Messages[0].By.Name)
	require.False(t, th.Ticket.FirstReplyAt.IsZero())
	d.Drain()
	require.Empty(t, d.Notices.Of(helpdesk.NoticeReceived), "no acknowledgement")
	require.Empty(t, d.Notices.Of(helpdesk.NoticeReply), "Lee has the mail")

	require.Equal(t, anasMail, read(t, d, receive(t, d, forward("3@evil.example", "")).Ticket).Customer.Email, "From alone makes nobody an agent")
	require.Equal(t, anasMail, read(t, d, receive(t, d, byAgent("4@ana.example", "My chair", "It squeaks.", helpdesk.SenderAuthenticated)).Ticket).Customer.Email)
}
