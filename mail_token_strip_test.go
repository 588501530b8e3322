package helpdesk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// everything returns all that agents can read of a desk, as JSON.
func everything(t *testing.T, d *helpdesktest.Desk) string {
	t.Helper()
	agent := asAgent(d, ana)
	mails, err := agent.Mails(t.Context(), helpdesk.MailQuery{Limit: helpdesk.MaxLimit})
	require.NoError(t, err)
	all := []any{mails}
	for _, m := range mails.Mails {
		in, err := m.Incoming()
		require.NoError(t, err)
		all = append(all, in)
	}
	page, err := agent.Tickets(t.Context(), helpdesk.Query{Limit: helpdesk.MaxLimit})
	require.NoError(t, err)
	for _, ticket := range page.Tickets {
		th, err := agent.Thread(t.Context(), ticket.ID)
		require.NoError(t, err)
		all = append(all, ticket, th)
	}
	text, err := json.Marshal(all)
	require.NoError(t, err)
	return string(text)
}

func TestNoAgentReadsATokenThatACustomerQuotes(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	first := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	sent := told(t, d, helpdesk.NoticeReceived).Mail
	view := strings.TrimPrefix(sent.TicketURL, "https://acme.example/t?t=")
	reply := tokenOf(sent.ReplyTo)
	wrapped := sent.TicketURL[:45] + "\r\n> > " + sent.TicketURL[45:]
	shown := []string{
		sent.TicketURL, "<" + sent.TicketURL + ">", strings.ToUpper(sent.TicketURL), sent.ReplyTo, "mailto:" + sent.ReplyTo,
		strings.ReplaceAll(sent.ReplyTo, "+", "%2B"), "https://safe.example/?url=" + url.QueryEscape(sent.TicketURL) + "&data=1",
		view, wrapped, view[:10] + "=\n" + view[10:], view[:10] + "<wbr>" + view[10:], view[:27] + "\n" + view[27:], "See:" + view + ".",
	}
	for i, s := range shown {
		in := mail(fmt.Sprintf("q%d@kim.example", i), kim, "Re: Mine "+view, "Before "+s+" after")
		in.Full, in.HTML = "> "+s+"\n> end", `<p>Before <a href="`+s+`">`+s+`</a> after</p>`
		switch i % 4 {
		case 0:
			in.Recipients = []string{sent.ReplyTo}
		case 1:
			in.From.Email = "cc@lee.example" // held, if it answers
			in.InReplyTo = []string{sent.MessageID}
		case 2:
			in.From.Email, in.Recipients = "", []string{sent.ReplyTo, "other@acme.example"}
			in.MessageID, in.ReplyTo = "n"+in.MessageID, sent.ReplyTo
		}
		receive(t, d, in)
	}
	form := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
	opened, err := form.Open(t.Context(), helpdesk.OpenParams{Subject: "Again " + sent.TicketURL, Description: "See " + sent.TicketURL})
	require.NoError(t, err)
	require.Equal(t, "See [link removed]", opened.Description)
	_, err = form.Reply(t.Context(), first.Ticket, helpdesk.ReplyParams{Body: "See " + sent.TicketURL})
	require.NoError(t, err)
	d.Drain()

	all := strings.ToLower(everything(t, d))
	for _, token := range []string{view, reply} {
		for i := range len(token) - 16 { // nor any longer part of it
			require.NotContains(t, all, token[i:i+17])
		}
	}
	require.Contains(t, all, "before [link removed] after")
	require.Contains(t, all, `\u003cp\u003ebefore \u003ca href=\"[link removed]\"\u003e[link removed]`)
}

// Everything that an agent can open, list or be told of is searched for the tokens of a customer,
// who has put them wherever a text can be put.
func TestNoAgentReadsATokenOutsideTheConversation(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	first := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	_, err := asAgent(d, ana).Reply(t.Context(), first.Ticket, helpdesk.ReplyParams{Body: "Which one?"})
	require.NoError(t, err)
	d.Drain()
	sent := told(t, d, helpdesk.NoticeReply).Mail
	view := strings.TrimPrefix(sent.TicketURL, "https://acme.example/t?t=")
	forwarded := "From: support@acme.example\r\nReply-To: " + sent.ReplyTo + "\r\n\r\nRead it: " + sent.TicketURL[:50] + "=\r\n" + sent.TicketURL[50:] + "\r\n"
	long := strings.Repeat("One line of many.\n", 40_000) + forwarded + strings.Repeat("One line more.\n", 40_000)

	in := mail("2@kim.example", kim, "Re: Mine", "See the files.")
	in.InReplyTo, in.From.Name = []string{"1@kim.example"}, "Kim "+view
	in.Files = []helpdesk.File{file(view+".txt", forwarded), typed("forwarded.eml", "message/rfc822", long), typed("page.html", "text/html; charset=utf-8", `<a href="`+sent.TicketURL+`">x</a>`)}
	in.Problem, in.Raw = "a part of "+sent.ReplyTo, file("raw", forwarded).Open
	require.Equal(t, helpdesk.MailAppended, receive(t, d, in).Outcome)
	bounce := &helpdesk.Incoming{ID: "dsn", Kind: helpdesk.MailBounce, Bounced: []string{sent.MessageID}, Failed: []string{sent.ReplyTo}, Reason: "550 " + sent.ReplyTo}
	require.Equal(t, helpdesk.MailNoted, receive(t, d, bounce).Outcome)
	loop := mail("3@kim.example", sent.ReplyTo, "Loop", "Loop.")
	loop.Files = []helpdesk.File{file(view, forwarded)}
	receive(t, d, loop)
	broken := &helpdesk.Incoming{ID: "x", Kind: helpdesk.MailMessage, Problem: "no header of " + view, Raw: file("raw", forwarded).Open}
	require.Equal(t, helpdesk.MailUnreadable, receive(t, d, broken).Outcome)

	form := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim, Name: "Kim " + view})
	_, err = form.Open(t.Context(), helpdesk.OpenParams{Subject: "Mine", Files: []helpdesk.File{file(view, forwarded)}})
	require.NoError(t, err)
	_, err = d.Open(t.Context(), helpdesk.OpenParams{Subject: "Mine", Customer: helpdesk.Contact{Name: view, Email: kim}})
	require.NoError(t, err)
	_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: sent.ReplyTo}).Open(t.Context(), helpdesk.OpenParams{Subject: "Mine"})
	require.ErrorContains(t, err, "customer_email is a reply address of the desk")
	for _, act := range []func() (*helpdesk.Ticket, error){ // an agent repeats what a picture showed
		func() (*helpdesk.Ticket, error) {
			return asAgent(d, ana).Escalate(t.Context(), first.Ticket, sent.TicketURL)
		},
		func() (*helpdesk.Ticket, error) { return asAgent(d, ana).Take(t.Context(), first.Ticket) },
		func() (*helpdesk.Ticket, error) {
			return asAgent(d, ana).Decline(t.Context(), first.Ticket, sent.TicketURL)
		},
		func() (*helpdesk.Ticket, error) {
			return d.Reply(t.Context(), first.Ticket, helpdesk.ReplyParams{Body: "At " + sent.TicketURL, Resolve: true, Resolution: "See " + sent.TicketURL})
		},
	} {
		_, err := act()
		require.NoError(t, err)
	}
	d.Drain()

	var all strings.Builder
	all.WriteString(everything(t, d))
	for _, n := range d.Notices.All() {
		if n.Mail != nil { // withheld by everything that tells agents: see package webhook
			n.Mail = nil
		}
		n.Progress = nil
		text, err := json.Marshal(n)
		require.NoError(t, err)
		all.Write(text)
	}
	for e, err := range asAgent(d, ana).Events(t.Context(), helpdesk.EventQuery{}) {
		require.NoError(t, err)
		text, err := json.Marshal(e)
		require.NoError(t, err)
		all.Write(text)
	}
	opened := openFiles(t, d, &all)
	require.Equal(t, 7, opened)
	text := strings.ToLower(strings.NewReplacer("=\r\n", "", "\n", "").Replace(all.String()))
	for _, token := range []string{view, tokenOf(sent.ReplyTo)} {
		for i := range len(token) - 16 {
			if at := strings.Index(text, token[i:i+17]); at >= 0 {
				t.Fatalf("a token stands in: %s", text[max(0, at-300):min(len(text), at+60)])
			}
		}
	}
	require.Equal(t, 2*40_000, strings.Count(all.String(), "One line "), "the rest of a file stays")
}

// openFiles writes the contents of all files that agents can open, and returns their number.
func openFiles(t *testing.T, d *helpdesktest.Desk, to io.Writer) (n int) {
	t.Helper()
	read := func(_ helpdesk.Attachment, r io.ReadCloser, err error) {
		t.Helper()
		require.NoError(t, err)
		_, err = io.Copy(to, r)
		require.NoError(t, errors.Join(err, r.Close()))
		n++
	}
	for ticket, err := range d.All(t.Context(), helpdesk.Query{}) {
		require.NoError(t, err)
		th, err := d.Thread(t.Context(), ticket.ID)
		require.NoError(t, err)
		for _, m := range th.Messages {
			for _, a := range m.Attachments {
				read(asAgent(d, ana).Attachment(t.Context(), ticket.ID, a.ID))
			}
		}
	}
	page, err := d.Mails(t.Context(), helpdesk.MailQuery{Limit: helpdesk.MaxLimit})
	require.NoError(t, err)
	for _, m := range page.Mails {
		for _, a := range m.Attachments {
			read(asAgent(d, ana).MailFile(t.Context(), m.ID, a.ID))
		}
	}
	return n
}

// typed is file with a type.
func typed(name, mediaType, content string) helpdesk.File {
	f := file(name, content)
	f.Type = mediaType
	return f
}

// A mail server names the reply address in its refusal.
func TestNoAgentReadsATokenInARefusalOfAMailServer(t *testing.T) {
	t.Parallel()
	cfg := mailed()
	cfg.Notifier = helpdesk.NotifierFunc(func(_ context.Context, n *helpdesk.Notification) error {
		if n.Kind != helpdesk.NoticeReceived {
			return nil
		}
		return n.Progress.Once(helpdesk.PartMailTo(kim), func() error {
			return &helpdesk.FieldError{Field: "mail", Problem: "refused: 550 Reply-To " + n.Mail.ReplyTo + " see " + n.Mail.TicketURL}
		})
	})
	d := hire(helpdesktest.New(t, nil, cfg))
	receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	dead, err := d.DeadTasks(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	require.Contains(t, dead[0].Error, "550 Reply-To [link removed] see [link removed]")
	all := everything(t, d)
	require.Contains(t, all, "550 Reply-To [link removed] see [link removed]")
	require.NotContains(t, strings.ToLower(string(dead[0].Payload)+all), "support+c")
}

// A text that only looks like a token stays, and the words around a removed link stay.
func TestOtherLongWordsStay(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	text := "commit c0ffee0123456789abcdef0123456789abcdef01\nkey r" + strings.Repeat("7", 40) +
		"\nid c1a21000-0000-7000-8000-000000000001\nhttps://git.example/c0ffee0123456789abcdef0123456789abcdef01"
	require.Equal(t, text, keptAs(t, d, text))
	token := "https://acme.example/t?t=v" + strings.Repeat("7", 26) + "own"
	require.Equal(t, "\u8bf7\u770b[link removed] now\nand more", keptAs(t, d, "\u8bf7\u770b"+token+" now\nand more"), "a host's form of reference")
}

// keptAs returns the description under which a text is kept.
func keptAs(t *testing.T, d *helpdesktest.Desk, text string) string {
	t.Helper()
	opened, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "A", Description: text})
	require.NoError(t, err)
	return opened.Description
}
