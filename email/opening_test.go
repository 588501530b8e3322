package email_test

import (
	"cmp"
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// begun returns the text of a mail as the first of a conversation, and as an answer.
func begun(t *testing.T, header, typ, text string) (opening, answer string) {
	t.Helper()
	in := parsed(t, []byte("From: Kim <kim@cust.example>\n"+header+"\nContent-Type: "+typ+"; charset=utf-8\n\n"+text))
	return cmp.Or(in.Opening, in.Text), in.Text
}

func TestAForwardedMessageIsWhatAFirstMailIsAbout(t *testing.T) {
	t.Parallel()
	const matter, cover = "The pump shows error 77 since Friday.", "Please see below."
	plain := map[string]string{
		"Gmail":                "---------- Forwarded message ---------\nFrom: Joe Third <joe@third.example>\nDate: Mon, 16 Nov 2026 at 09:00\nSubject: Pump error\nTo: Kim Lee <kim@cust.example>\n\n\n",
		"Gmail, German":        "---------- Weitergeleitete Nachricht ---------\nVon: Joe Third <joe@third.example>\nDatum: Mo., 16. Nov. 2026 um 09:00 Uhr\nBetreff: Pumpe\nAn: Kim Lee <kim@cust.example>\n\n\n",
		"Gmail, Spanish":       "---------- Mensaje reenviado ----------\nDe: Joe Third <joe@third.example>\nFecha: lun, 16 nov 2026 a las 9:00\nAsunto: Bomba\nPara: Kim Lee <kim@cust.example>\n\n\n",
		"Outlook":              "________________________________\nFrom: Joe <joe@third.example>\nSent: Monday, November 16, 2026 9:00 AM\nTo: Kim <kim@cust.example>\nSubject: Pump\n\n",
		"Outlook, old":         "-----Original Message-----\nFrom: Joe [mailto:joe@third.example]\nSent: Monday, November 16, 2026 9:00 AM\nTo: Kim\nSubject: Pump\n\n",
		"Outlook, French":      "De : Joe <joe@third.example>\nEnvoyé : lundi 16 novembre 2026 09:00\nÀ : Kim <kim@cust.example>\nObjet : Pompe\n\n",
		"Outlook, Polish":      "Od: Joe <joe@third.example>\nWysłano: poniedziałek, 16 listopada 2026 09:00\nDo: Kim <kim@cust.example>\nTemat: Pompa\n\n",
		"Thunderbird":          "-------- Forwarded Message --------\nSubject: \tPump\nDate: \tMon, 16 Nov 2026 09:00:00 +0100\nFrom: \tJoe <joe@third.example>\nTo: \tKim <kim@cust.example>\n\n\n\n",
		"Thunderbird, Russian": "-------- Перенаправленное сообщение --------\nТема: \tНасос\nДата: \tMon, 16 Nov 2026 09:00:00 +0100\nОт: \tJoe <joe@third.example>\nКому: \tKim <kim@cust.example>\n\n\n\n",
		"Apple Mail":           "Begin forwarded message:\n\nFrom: Joe <joe@third.example>\nSubject: Pump\nDate: 16 November 2026 at 09:00:00 CET\nTo: Kim <kim@cust.example>\n\n",
		"Apple Mail, quoted":   "> Begin forwarded message:\n> \n> From: Joe <joe@third.example>\n> Subject: Pump\n> Date: 16 November 2026 at 09:00:00 CET\n> To: Kim <kim@cust.example>\n> \n> ",
		"Apple Mail, Italian":  "> Inizio messaggio inoltrato:\n> \n> Da: Joe <joe@third.example>\n> Oggetto: Pompa\n> Data: 16 novembre 2026 alle ore 09:00:00 CET\n> A: Kim <kim@cust.example>\n> \n> ",
		"Yahoo":                "----- Forwarded Message -----\nFrom: Joe <joe@third.example>\nTo: Kim <kim@cust.example>\nSent: Monday, November 16, 2026 at 09:00:00 AM GMT+1\nSubject: Pump\n\n",
		"a signature above":    "-- \nKim Lee\nShop Ltd\n\n---------- Forwarded message ---------\nFrom: Joe Third <joe@third.example>\nDate: Mon, 16 Nov 2026 at 09:00\nSubject: Pump error\nTo: Kim Lee <kim@cust.example>\n\n",
		"marks alone":          "On Mon, 16 Nov 2026 at 09:00, Joe <joe@third.example> wrote:\n> ",
	}
	for name, above := range plain {
		for header, text := range map[string]string{"Subject: Fwd: Pump": cover + "\n\n" + above + matter, "Subject: Pump": cover + "\n\n" + above + matter} {
			opening, answer := begun(t, header, "text/plain", text)
			for _, s := range []string{cover, matter, "joe@third.example"} {
				require.Contains(t, opening, s, name)
			}
			require.Equal(t, cover, strings.TrimSpace(strings.Split(answer, "\n--")[0]), name)
			require.False(t, strings.HasPrefix(name, "Apple") && strings.Contains(opening, "> "), opening)
			if strings.Contains(above, "Shop Ltd") {
				require.NotContains(t, opening, "Shop Ltd")
			}
		}
	}
	// Programs mark a forwarded mail as an answer too.
	opening, _ := begun(t, "Subject: WG: Pumpe\nIn-Reply-To: <1@third.example>\nReferences: <1@third.example>", "text/plain", cover+"\n\n"+plain["Outlook"]+matter)
	require.Contains(t, opening, matter)
	opening, _ = begun(t, "Subject: Pumpe\nIn-Reply-To: <1@third.example>", "text/plain", cover+"\n\n"+plain["Gmail, German"]+matter)
	require.Contains(t, opening, matter)
	// An answer to a mail that the desk does not know is still an answer.
	opening, _ = begun(t, "Subject: Re: Pumpe\nIn-Reply-To: <1@third.example>", "text/plain", cover+"\n\n"+plain["Outlook"]+matter)
	require.Equal(t, cover, opening)

	headers := html.EscapeString("From: Joe <joe@third.example>") + "<br>Date: Mon, 16 Nov 2026<br>Subject: Pump<br>To: Kim<br>"
	for name, doc := range map[string]string{
		"Gmail":           `<div dir="ltr">` + cover + `<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>` + headers + `</div><br><br><div dir="ltr">` + matter + `</div></div></div>`,
		"Outlook":         `<div class="WordSection1"><p class="MsoNormal">` + cover + `</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">` + headers + `</p></div></div><p class="MsoNormal">` + matter + `</p></div>`,
		"Outlook, web":    `<div>` + cover + `</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">` + headers + `</div><div>` + matter + `</div>`,
		"Apple Mail":      `<div>` + cover + `<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br><div>` + headers + `</div><br><div>` + matter + `</div></blockquote></div></div>`,
		"Thunderbird":     `<p>` + cover + `</p><div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tr><th>Subject: </th><td>Pump</td></tr><tr><th>From: </th><td>Joe &lt;joe@third.example&gt;</td></tr></table><br>` + matter + `</div>`,
		"Yahoo":           `<div>` + cover + `</div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>----- Forwarded Message -----</div><div>` + headers + `</div><div>` + matter + `</div></div>`,
		"Outlook, German": `<p>` + cover + `</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> Joe &lt;joe@third.example&gt;<br><b>Gesendet:</b> Montag, 16. November 2026 09:00<br><b>An:</b> Kim<br><b>Betreff:</b> Pumpe</p></div><p>` + matter + `</p>`,
	} {
		opening, _ := begun(t, "Subject: FW: Pump", "text/html", doc)
		for _, s := range []string{cover, matter, "joe@third.example"} {
			require.Contains(t, opening, s, name)
		}
		require.NotContains(t, opening, "> Begin", name)
	}
}

func TestWhatLooksQuotedInAFirstMailStays(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"headers within":    "Our newsletter says\n\nFrom: shop\nTo: all\nSubject: Sale\n\nand it should say \"Winter sale\".\n\nThanks, Kim",
		"German headers":    "Im Newsletter steht\n\nVon: Shop\nAn: alle\nBetreff: Angebot\n\nund das ist falsch.",
		"a log at the end":  "What does this output mean?\n\n> error 5 in unit 7\n> stopped",
		"a log at the top":  "> error 5 in unit 7\n> stopped\n\nWhat does it mean?",
		"a log between":     "I see\n> error 5\nand then\n> error 6",
		"someone's words":   "Your shop wrote this:\n\nOn 3 Feb 2026 at 14:22, Shop <shop@desk.example> wrote:\n> We refund it\n\nWhere is it?",
		"an original title": "It prints this on each page:\n\n-----Original Message-----\n\nHow do I stop it?",
		"underscores":       "The form is\n\n________________________________\nFrom: Berlin\nTo: Paris\nDate: 20.01.2026 10:30\n\nand nothing comes.",
	} {
		opening, _ := begun(t, "Subject: Question", "text/plain", text)
		require.Equal(t, text, opening, name)
	}
	opening, _ := begun(t, "Subject: Question", "text/plain", "It broke.\n\n-- \nKim Lee\nShop Ltd")
	require.Equal(t, "It broke.", opening, "a signature is none of it")
	opening, _ = begun(t, "Subject: Question", "text/html", `<p>What does it mean?</p><blockquote>error 5</blockquote>`)
	require.Equal(t, "What does it mean?\n\n> error 5", opening)
}

func TestATextOfBlanksIsNone(t *testing.T) {
	t.Parallel()
	const doc = "<p>Only the HTML says it.</p>"
	for name, text := range map[string]string{"no-break": "\u00A0\n\u00A0", "zero width": "\u200B\n\uFEFF", "a soft hyphen": "\u00AD", "empty": ""} {
		part := func(kind, s string) string {
			return "--b\nContent-Type: text/" + kind + "; charset=utf-8\n\n" + s + "\n"
		}
		for kind, parts := range map[string]string{
			"alternative": part("plain", text) + part("html", doc), "mixed": part("plain", text) + part("html", doc), "alternative; x=turned": part("html", doc) + part("plain", text),
		} {
			in := parsed(t, []byte("From: kim@cust.example\nContent-Type: multipart/"+kind+"; boundary=b\n\n"+parts+"--b--\n"))
			require.Equal(t, "Only the HTML says it.", strings.Trim(in.Text, "\u00A0\u200B\uFEFF\u00AD\n"), name+", "+kind)
		}
		in := parsed(t, []byte("From: kim@cust.example\nContent-Type: multipart/alternative; boundary=b\n\n"+part("plain", text)+part("plain", "The second says it.")+"--b--\n"))
		require.Equal(t, "The second says it.", in.Text, name)
		in = parsed(t, []byte("From: kim@cust.example\nContent-Type: multipart/alternative; boundary=b\n\n"+part("plain", "The plain text says it.")+part("html", "<p>&nbsp;</p><p>&#8203;</p>")+"--b--\n"))
		require.Equal(t, "The plain text says it.", in.Text, name)
	}
}
