package helpdesk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestAMailOfTheDesksOwnMailboxIsPutAside(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	for i, from := range []string{box, "Support@ACME.example", "support+c7@acme.example"} {
		m := receive(t, d, mail(string(rune('a'+i))+"@acme.example", from, "From ourselves", "Hello."))
		require.Equal(t, helpdesk.MailSuppressed, m.Outcome, from)
		require.Contains(t, m.Reason, "the mailbox of this desk")
	}
	d.Drain()
	require.Empty(t, d.Notices.Of(helpdesk.NoticeReceived))
}

func TestAMailFromTheDesksOwnListIsItsWritersAndGetsNoAcknowledgement(t *testing.T) {
	t.Parallel()
	cfg := mailed()
	cfg.Mail.Lists = func(helpdesk.TenantID) []string { return []string{"help@groups.acme.example"} }
	d := hire(helpdesktest.New(t, nil, cfg))
	for i, c := range []struct {
		lists   []string
		outcome helpdesk.MailOutcome
	}{
		{[]string{box}, helpdesk.MailOpened},
		{[]string{"support.acme.example"}, helpdesk.MailOpened},
		{[]string{"help.groups.acme.example"}, helpdesk.MailOpened},
		{[]string{"support.acme.onmicrosoft.com"}, helpdesk.MailOpened},
		{[]string{"news.acme.example"}, helpdesk.MailSuppressed},
		{nil, helpdesk.MailSuppressed},
	} {
		in := mail(string(rune('a'+i))+"@kim.example", kim, "Bill", "A question.")
		in.Kind, in.Reason, in.Lists, in.Quiet = helpdesk.MailList, "List-Id", c.lists, true
		in.Cc = []helpdesk.Contact{{Email: box}}
		m := receive(t, d, in)
		require.Equal(t, c.outcome, m.Outcome, c.lists)
		if m.Outcome == helpdesk.MailOpened {
			require.Equal(t, kim, read(t, d, m.Ticket).Customer.Email)
		}
	}
	d.Drain()
	require.Empty(t, d.Notices.Of(helpdesk.NoticeReceived))
	receive(t, d, mail("z@kim.example", kim, "Bill", "A question."))
	d.Drain()
	require.Len(t, d.Notices.Of(helpdesk.NoticeReceived), 1)
}

// TestAMailThatReturnsOneOfOursIsABounceWhateverItsSender has reports that look like another kind,
// and a person who returns a mail that is not ours.
func TestAMailThatReturnsOneOfOursIsABounceWhateverItsSender(t *testing.T) {
	t.Parallel()
	for _, kind := range []helpdesk.MailKind{helpdesk.MailMessage, helpdesk.MailAutomatic, helpdesk.MailList} {
		d := hire(helpdesktest.New(t, nil, mailed()))
		own := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
		_, err := asAgent(d, ana).Reply(t.Context(), own.Ticket, helpdesk.ReplyParams{Body: "Which card?"})
		require.NoError(t, err)
		d.Drain()
		sent := told(t, d, helpdesk.NoticeReply).Mail.MessageID
		in := mail("2@carrier.example", "no-reply@carrier.example", "Message returned", "550 5.1.1 no such user here")
		in.Kind, in.Bounced, in.Failed = kind, []string{sent}, []string{kim}
		m := receive(t, d, in)
		require.Equal(t, helpdesk.MailNoted, m.Outcome)
		require.Equal(t, own.Ticket, m.Ticket)
		d.Drain()
		require.Len(t, d.Notices.Of(helpdesk.NoticeBounced), 1)
		page, err := d.Mails(t.Context(), helpdesk.MailQuery{Outcome: []helpdesk.MailOutcome{helpdesk.MailBounced}})
		require.NoError(t, err)
		require.Equal(t, sent, page.Mails[0].MessageID)
		if kind == helpdesk.MailMessage {
			in = mail("3@kim.example", kim, "What is this?", "550 5.1.1 no such user here")
			in.Bounced = []string{"1@kim.example"} // a mail to us, not by us
			require.Equal(t, helpdesk.MailOpened, receive(t, d, in).Outcome)
		}
	}
}

func TestTheTextOfAMailDependsOnWhetherItBeginsAConversation(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	first := mail("1@kim.example", kim, "Fwd: Pump", "Please see below.")
	first.Opening, first.Remark = "Please see below.\n\nFrom: Joe\n\nThe pump leaks.", "The mail is signed. The signature was not checked."
	own := receive(t, d, first)
	require.Equal(t, first.Opening, read(t, d, own.Ticket).Description)
	second := mail("2@kim.example", kim, "Fwd: Pump", "And this.")
	second.Opening, second.InReplyTo = "And this.\n\nFrom: Joe\n\nIt leaks more.", []string{"1@kim.example"}
	require.Equal(t, helpdesk.MailAppended, receive(t, d, second).Outcome)
	require.Equal(t, []string{"customer: " + first.Opening, "system: " + first.Remark, "customer: And this."}, bodies(t, d, own.Ticket))
	// A held mail becomes a ticket with what it is about, and its tokens are taken out of all of
	// it.
	d.Drain()
	reply := told(t, d, helpdesk.NoticeReceived).Mail.ReplyTo
	odd := mail("3@kim.example", "", "Odd", "Look.")
	odd.Opening = "Look.\n\n" + reply + " wrote"
	m := receive(t, d, odd)
	require.Equal(t, helpdesk.MailHeld, m.Outcome)
	released, err := asAgent(d, ana).Release(t.Context(), m.ID, "")
	require.NoError(t, err)
	require.Equal(t, "Look.\n\n[link removed] wrote", released.Description)
}
