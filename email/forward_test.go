package email_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

func TestAForwardedMessageIsReadOutOfTheText(t *testing.T) {
	t.Parallel()
	joe := helpdesk.Contact{Name: "Joe Third", Email: "joe@third.example"}
	for name, c := range map[string]struct {
		subject, text string
		html          bool
		note          string
	}{
		"Gmail":           {"Fwd: Pump error", "Please look.\n\n---------- Forwarded message ---------\nFrom: Joe Third <joe@third.example>\nDate: Mon, 16 Nov 2026 at 09:00\nSubject: Pump error\nTo: Kim Lee <kim@cust.example>\n\n\nThe pump shows error 77.\n\nSince Friday.", false, "Please look."},
		"Gmail, German":   {"WG: Pump error", "---------- Forwarded message ---------\nVon: Joe Third <joe@third.example>\nDate: Mo., 16. Nov. 2026 um 09:00 Uhr\nSubject: Pump error\nTo: <kim@cust.example>\n\nThe pump shows error 77.\n\nSince Friday.", false, ""},
		"Outlook":         {"FW: Pump error", "Please look.\r\n\r\nFrom: Joe Third <joe@third.example>\r\nSent: Monday, November 16, 2026 9:00 AM\r\nTo: Kim Lee <kim@cust.example>\r\nSubject: Pump error\r\n\r\nThe pump shows error 77.\r\n\r\nSince Friday.", false, "Please look."},
		"Outlook, old":    {"FW: Pump error", "-----Original Message-----\nFrom: Joe Third [mailto:joe@third.example]\nSent: Monday, November 16, 2026 9:00 AM\nTo: Kim Lee\nSubject: Pump error\n\nThe pump shows error 77.\n\nSince Friday.", false, ""},
		"Outlook, French": {"TR: Pump error", "De : Joe Third <joe@third.example>\nEnvoyé : lundi 16 novembre 2026 09:00\nÀ : Kim Lee\nObjet : Pump error\n\nThe pump shows error 77.\n\nSince Friday.", false, ""},
		"Apple":           {"Fwd: Pump error", "Please look.\n\n> Begin forwarded message:\n> \n> From: Joe Third <joe@third.example>\n> Subject: Pump error\n> Date: 16 November 2026 at 09:00:00 GMT\n> To: kim@cust.example\n> \n> The pump shows error 77.\n> \n> Since Friday.", false, "Please look."},
		"Apple, German":   {"Fwd: Pump error", "Anfang der weitergeleiteten Nachricht:\n\nVon: Joe Third <joe@third.example>\nBetreff: Pump error\nDatum: 16. November 2026 um 09:00:00 MEZ\nAn: kim@cust.example\n\nThe pump shows error 77.\n\nSince Friday.", false, ""},
		"Thunderbird":     {"Fwd: Pump error", "\n\n-------- Forwarded Message --------\nSubject: \tPump error\nDate: \tMon, 16 Nov 2026 09:00:00 +0000\nFrom: \tJoe Third <joe@third.example>\nTo: \tkim@cust.example\n\n\n\nThe pump shows error 77.\n\nSince Friday.", false, ""},
		"Gmail in HTML":   {"Fwd: Pump error", `<div dir="ltr">Please look.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b class="gmail_sendername" dir="auto">Joe Third</b> <span dir="auto">&lt;<a href="mailto:joe@third.example">joe@third.example</a>&gt;</span><br>Date: Mon, 16 Nov 2026 at 09:00<br>Subject: Pump error<br>To: Kim Lee &lt;<a href="mailto:kim@cust.example">kim@cust.example</a>&gt;<br></div><br><br><div>The pump shows error 77.<br><br>Since Friday.</div></div></div>`, true, "Please look."},
		"Outlook in HTML": {"FW: Pump error", `<p class="MsoNormal">Please look.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Joe Third &lt;joe@third.example&gt; <br><b>Sent:</b> Monday, November 16, 2026 9:00 AM<br><b>To:</b> Kim Lee &lt;kim@cust.example&gt;<br><b>Subject:</b> Pump error</p></div><p class="MsoNormal">The pump shows error 77.</p><p class="MsoNormal">Since Friday.</p>`, true, "Please look."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typ := "text/plain"
			if c.html {
				typ = "text/html"
			}
			in, err := email.Parse(strings.NewReader("From: ana@acme.example\nSubject: " + c.subject + "\nContent-Type: " + typ + "; charset=utf-8\n\n" + c.text))
			require.NoError(t, err)
			require.NotNil(t, in.Forward)
			require.Equal(t, joe, in.Forward.From)
			require.Equal(t, "Pump error", in.Forward.Subject)
			require.Equal(t, c.note, strings.TrimSpace(in.Forward.Note))
			require.Equal(t, "The pump shows error 77. Since Friday.", strings.Join(strings.Fields(in.Forward.Text), " "))
		})
	}
	for _, text := range []string{"Subject: Re: Pump\n\nFrom: Joe <joe@third.example>\nSent: Monday, November 16, 2026 9:00 AM\nSubject: Pump\n\nx", "Subject: Fwd: Pump\n\nLook at it."} {
		in, err := email.Parse(strings.NewReader("From: ana@acme.example\n" + text))
		require.NoError(t, err)
		require.Nil(t, in.Forward)
	}
}
