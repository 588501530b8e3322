package helpdesk_test

import (
	"encoding/json"
	"fmt"
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
