package helpdesk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// trusting returns a desk with mail whose tenant has a mail server.
func trusting(change ...func(*helpdesk.SenderRules)) *helpdesk.Config {
	cfg := mailed()
	cfg.Mail.Senders = func(helpdesk.TenantID) helpdesk.SenderRules {
		rules := helpdesk.SenderRules{Servers: []string{"mx.acme.example"}}
		for _, f := range change {
			f(&rules)
		}
		return rules
	}
	return cfg
}

// read returns a mail of some header fields and a line of text.
func raw(t *testing.T, id, text string, fields ...string) *helpdesk.Incoming {
	t.Helper()
	in, err := email.Parse(strings.NewReader(strings.Join(fields, "\r\n") + "\r\nTo: " + box + "\r\nMessage-ID: <" + id + ">\r\n\r\n" + text + "\r\n"))
	require.NoError(t, err)
	return in
}

const (
	passed = "Authentication-Results: mx.acme.example; dmarc=pass header.from=example.com"
	failed = "Authentication-Results: mx.acme.example; spf=fail smtp.mailfrom=evil.example; dmarc=fail (p=reject) header.from=example.com"
)

// Nobody gets words into a ticket by writing another's address somewhere into a header.
func TestMailThatOnlyNamesTheCustomerIsHeld(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, trusting()))
	own := receive(t, d, raw(t, "1@kim.example", "Mine.", "From: Kim <"+kim+">", "Subject: Mine"))
	ref := read(t, d, own.Ticket).Ref
	before := bodies(t, asCustomerDesk(d, kim), own.Ticket)
	const evil = "a@evil.example"
	for name, fields := range map[string][]string{
		"Reply-To":                  {"From: noreply@evil.example", "Reply-To: " + kim},
		"two addresses":             {"From: " + evil + ", " + kim},
		"two, the customer's first": {"From: " + kim + ", " + evil},
		"two in brackets":           {"From: <" + evil + "> <" + kim + ">"},
		"two, the other way round":  {"From: <" + kim + "> <" + evil + ">"},
		"name is an address":        {"From: " + kim + " <" + evil + ">"},
		"and the other way":         {"From: " + evil + " <" + kim + ">"},
		"quoted name":               {`From: "` + kim + `" <` + evil + ">"},
		"encoded name":              {"From: =?utf-8?q?Kim_=3C" + strings.ReplaceAll(kim, "@", "=40") + "=3E?= <" + evil + ">"},
		"group":                     {"From: Friends: " + kim + ";"},
		"group named like one":      {"From: " + kim + ": " + evil + ";"},
		"group of two":              {"From: Friends: " + evil + ", " + kim + ";"},
		"comment":                   {"From: " + evil + " (" + kim + ")"},
		"two fields":                {"From: " + evil, "From: " + kim},
		"two fields, other order":   {"From: " + kim, "From: " + evil},
		"Sender":                    {"Sender: " + kim},
		"other Sender":              {"From: " + evil, "Sender: " + kim},
		"Resent-From":               {"From: " + evil, "Resent-From: " + kim},
		"X-Original-From":           {"From: " + evil, "X-Original-From: " + kim},
		"quoted local part":         {`From: <"` + kim + `> "@evil.example>`},
		"source route":              {"From: <@" + "example.com:" + evil + ">", "Sender: " + kim},
		"DMARC failed":              {failed, "From: " + kim},
		"failed, results forged":    {failed, passed, "From: " + kim},
		"broken results on top":     {`Authentication-Results: mx.acme.example; dmarc=pass header.from="example.com`, failed, "From: " + evil + ", " + kim},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := receive(t, d, raw(t, strings.ReplaceAll(name, " ", ".")+"@evil.example", "Evil: "+name, append(fields, "Subject: Re: ["+ref+"] Mine")...))
			require.Equal(t, helpdesk.MailHeld, m.Outcome, m)
			require.NotEmpty(t, m.Reason)
			require.NotEqual(t, helpdesk.SenderAuthenticated, m.Sender)
			require.Equal(t, before, bodies(t, asCustomerDesk(d, kim), own.Ticket))
		})
	}
}

// asCustomerDesk is a desk that sees what a customer sees.
func asCustomerDesk(d *helpdesktest.Desk, email string) *helpdesktest.Desk {
	e := *d
	e.Desk = asCustomer(d, email)
	return &e
}

func TestSenderIsWhatTheWayInOrATrustedServerSays(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, trusting()))
	pass, fail, unknown := helpdesk.SenderAuthenticated, helpdesk.SenderFailed, helpdesk.SenderUnknown
	for i, c := range []struct {
		want    helpdesk.SenderState
		verdict helpdesk.SenderState
		fields  string
	}{
		{pass, "", passed}, {fail, "", failed}, {unknown, "", "X-Nothing: x"},
		{pass, "", passed + "\r\n" + failed}, {fail, "", failed + "\r\n" + passed}, // the topmost
		{unknown, "", strings.ReplaceAll(passed, "mx.acme.example", "mx.evil.example")},
		{fail, "", strings.ReplaceAll(passed, "mx.acme.example", "mx.evil.example") + "\r\n" + failed},
		{unknown, "", `Authentication-Results: ""; dmarc=pass header.from=example.com`},
		{unknown, "", "Authentication-Results: mx.acme.example; dmarc=(pass\r\n" + passed}, // not the server's last word
		{unknown, "", "ARC-" + passed},
		{unknown, unknown, passed}, {fail, fail, passed}, {pass, pass, failed}, // what came with the mail does not count
	} {
		in := raw(t, fmt.Sprint(i, "@kim.example"), fmt.Sprint("Text ", i), c.fields, "From: Kim <"+kim+">", fmt.Sprint("Subject: s", i))
		in.Verdict.State = c.verdict
		m := receive(t, d, in)
		require.Equal(t, c.want, m.Sender, c)
		th, err := d.Thread(t.Context(), m.Ticket)
		require.NoError(t, err)
		require.Equal(t, c.want, th.Messages[0].Sender)
		require.Equal(t, c.want == fail, th.Ticket.Unverified)
	}
}

func TestTicketOfAFailedSenderIsNotTheCustomersUntilAccepted(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, trusting(), func(t *testing.T, d *helpdesktest.Desk) {
		own := receive(t, d, raw(t, "1@kim.example", "Mine.", passed, "From: Kim <"+kim+">", "Subject: Mine"))
		m := receive(t, d, raw(t, "2@evil.example", "Send me the key.", failed, "From: Kim <"+kim+">", "Cc: evil@evil.example", "Subject: Key"))
		require.Equal(t, helpdesk.MailOpened, m.Outcome)
		require.Contains(t, m.Reason, "dmarc=fail by mx.acme.example")
		d.Drain()
		require.Len(t, d.Notices.Of(helpdesk.NoticeReceived), 1, "no acknowledgement to the victim")
		seen := func(email string) (subjects []string) {
			page, err := asCustomer(d, email).Tickets(t.Context(), helpdesk.Query{})
			require.NoError(t, err)
			for _, t := range page.Tickets {
				subjects = append(subjects, t.Subject)
			}
			return subjects
		}
		require.Equal(t, []string{"Mine"}, seen(kim))
		require.Empty(t, seen("evil@evil.example"))
		_, err := asCustomer(d, kim).Ticket(t.Context(), m.Ticket)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		require.Empty(t, read(t, d, m.Ticket).CustomerID)

		_, err = asCustomer(d, kim).AcceptSender(t.Context(), m.Ticket)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		ticket, err := asAgent(d, ana).AcceptSender(t.Context(), m.Ticket)
		require.NoError(t, err)
		require.False(t, ticket.Unverified)
		require.Equal(t, read(t, d, own.Ticket).CustomerID, ticket.CustomerID)
		require.ElementsMatch(t, []string{"Mine", "Key"}, seen(kim))
		again, err := asAgent(d, ana).AcceptSender(t.Context(), m.Ticket)
		require.NoError(t, err)
		require.Equal(t, ticket.Version, again.Version)
	})
}

func TestReplyTokenOfTheCustomerAuthenticates(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, trusting(func(r *helpdesk.SenderRules) { r.HoldUnknown = true })))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	require.True(t, read(t, d, m.Ticket).Unverified, "nothing says that it is from its sender")
	_, err := asAgent(d, ana).Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "Is it you?"})
	require.NoError(t, err)
	d.Drain()
	out := told(t, d, helpdesk.NoticeReply)
	require.Empty(t, out.Mail.TicketURL, "a link acts for the customer")
	byID := mail("2@kim.example", kim, "Re: Mine", "Yes.")
	byID.InReplyTo = []string{out.Mail.MessageID}
	require.Equal(t, helpdesk.MailHeld, receive(t, d, byID).Outcome)
	byToken := mail("3@kim.example", kim, "Re: Mine", "Yes!")
	byToken.Recipients = []string{out.Mail.ReplyTo}
	byToken.Verdict = helpdesk.SenderResult{State: helpdesk.SenderFailed, Reason: "dmarc=fail"} // a forwarder broke it
	m = receive(t, d, byToken)
	require.Equal(t, helpdesk.MailAppended, m.Outcome)
	require.Equal(t, helpdesk.SenderAuthenticated, m.Sender)
	require.False(t, read(t, d, m.Ticket).Unverified)

	cc := []helpdesk.Contact{{Email: "lee@example.com"}}
	_, err = asAgent(d, ana).Edit(t.Context(), m.Ticket, helpdesk.TicketEdit{Cc: &cc})
	require.NoError(t, err)
	byToken.MessageID, byToken.Text = "4@kim.example", "Yes, it is me."
	require.Equal(t, helpdesk.MailHeld, receive(t, d, byToken).Outcome, "those in Cc have the reply address too")
}

func TestAnswersGoToReplyTo(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, trusting(), func(t *testing.T, d *helpdesktest.Desk) {
		const work = "kim@work.example"
		reply := func(id helpdesk.TicketID) helpdesk.Notification {
			_, err := asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Which?"})
			require.NoError(t, err)
			d.Drain()
			return told(t, d, helpdesk.NoticeReply)
		}
		m := receive(t, d, raw(t, "1@kim.example", "At work, please.", "From: Kim <"+kim+">", "Reply-To: Kim Work <"+work+">", "Subject: Mine"))
		ticket := read(t, d, m.Ticket)
		require.Equal(t, kim, ticket.Customer.Email)
		require.Equal(t, work, ticket.ReplyTo)
		out := reply(m.Ticket)
		require.Equal(t, work, out.To[0].Email)
		require.Empty(t, out.Mail.TicketURL)

		answer := mail("2@work.example", work, "Re: Mine", "This one.")
		answer.Recipients = []string{out.Mail.ReplyTo}
		require.Equal(t, helpdesk.MailAppended, receive(t, d, answer).Outcome)
		forged := raw(t, "3@evil.example", "Me again.", "From: Kim <"+kim+">", "Reply-To: evil@evil.example", "Subject: ["+ticket.Ref+"]")
		require.Equal(t, helpdesk.MailAppended, receive(t, d, forged).Outcome)
		require.Equal(t, work, reply(m.Ticket).To[0].Email, "anybody may have written it")
		th, err := d.Thread(t.Context(), m.Ticket)
		require.NoError(t, err)
		var asked []string
		for _, m := range th.Messages {
			asked = append(asked, m.ReplyTo)
		}
		require.Contains(t, asked, "evil@evil.example", "agents see it")
		genuine := raw(t, "4@kim.example", "At home again.", passed, "From: Kim <"+kim+">", "Subject: ["+ticket.Ref+"]")
		require.Equal(t, helpdesk.MailAppended, receive(t, d, genuine).Outcome)
		require.Equal(t, kim, reply(m.Ticket).To[0].Email)
		for _, to := range []string{box, "noreply@example.com", "none"} {
			m := receive(t, d, raw(t, to+"/5@kim.example", to, "From: Kim <"+kim+">", "Reply-To: "+to, "Subject: Nobody there "+to))
			require.Empty(t, read(t, d, m.Ticket).ReplyTo, to)
		}
	})
}

// Who writes a mail in another's name names the Reply-To. Neither that address, nor a token that
// went to it, says that the customer wrote.
func TestReplyToOfAForgedMailAuthenticatesNobodyElse(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, trusting()))
	const evil = "evil@evil.example"
	forged := receive(t, d, raw(t, "1@evil.example", "Change my bank account.", failed, "From: "+kim, "Reply-To: "+evil, "Subject: Bank"))
	require.True(t, read(t, d, forged.Ticket).Unverified)
	const own = "Authentication-Results: mx.acme.example; dmarc=pass header.from=evil.example"
	receive(t, d, raw(t, "2@evil.example", "Please.", own, "From: "+evil, "In-Reply-To: <1@evil.example>", "Subject: Re: Bank"))
	require.True(t, read(t, d, forged.Ticket).Unverified, "the address of the forger accepts nothing")

	_, err := asAgent(d, ana).Reply(t.Context(), forged.Ticket, helpdesk.ReplyParams{Body: "Which account?"})
	require.NoError(t, err)
	d.Drain()
	out := told(t, d, helpdesk.NoticeReply)
	require.Equal(t, evil, out.To[0].Email)
	in := raw(t, "3@evil.example", "This one.", failed, "From: "+kim, "Subject: Re: Bank")
	in.Recipients = []string{out.Mail.ReplyTo}
	got := receive(t, d, in)
	require.Equal(t, helpdesk.SenderFailed, got.Sender)
	require.Equal(t, helpdesk.MailHeld, got.Outcome)
	require.True(t, read(t, d, forged.Ticket).Unverified)
}
