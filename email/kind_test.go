package email_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

func TestKindOfAMail(t *testing.T) {
	t.Parallel()
	const person = "From: Ada <ada@customer.example>\nSubject: Parcel\n"
	const original = "\n\nMessage-ID: <1@desk.example>\nFrom: help@desk.example\n"
	for _, c := range []struct {
		name, raw string
		kind      helpdesk.MailKind
		reason    string // a part of it
	}{
		{"a person", person + "\nHello", helpdesk.MailMessage, ""},
		{"a reply to an out-of-office reply", "From: a@b.example\nSubject: Re: Out of office: Parcel\n\nWhen are you back?", helpdesk.MailMessage, ""},
		{"Auto-Submitted: no", person + "Auto-Submitted: no\n\nHello", helpdesk.MailMessage, ""},
		{"Auto-Submitted: No with a comment", person + "Auto-Submitted: No; by a person\n\nHello", helpdesk.MailMessage, ""},
		{"Auto-Submitted", person + "Auto-Submitted: auto-generated\n\nHello", helpdesk.MailAutomatic, "auto-submitted: auto-generated"},
		{"receipts refused", person + "X-Auto-Response-Suppress: DR, RN, NRN\n\nHello", helpdesk.MailMessage, ""},
		{"nothing refused", person + "X-Auto-Response-Suppress: None\n\nHello", helpdesk.MailMessage, ""},
		{"replies refused", person + "X-Auto-Response-Suppress: DR, OOF, AutoReply\n\nHello", helpdesk.MailMessage, ""},
		{"everything refused", person + "X-Auto-Response-Suppress: All\n\nHello", helpdesk.MailMessage, ""},
		{"Precedence: bulk", person + "Precedence: Bulk\n\nHello", helpdesk.MailAutomatic, "precedence"},
		{"Precedence: auto-reply", person + "Precedence: auto-reply\n\nHello", helpdesk.MailAutomatic, "precedence"},
		{"Precedence: normal", person + "Precedence: first-class\n\nHello", helpdesk.MailMessage, ""},
		{"X-Autoreply", person + "X-Autoreply: yes\n\nHello", helpdesk.MailAutomatic, "x-autoreply"},
		{"Apple's vacation", person + "X-Apple-Action: OUT-OF-OFFICE/VACATION\n\nHello", helpdesk.MailAutomatic, "x-apple-action"},
		{"a subject in German", "From: a@b.example\nIn-Reply-To: <1@x>\nSubject: =?utf-8?q?Automatische_Antwort:_Paket?=\n\nIch bin weg.", helpdesk.MailAutomatic, "subject"},
		{"an empty envelope sender", "Return-Path: <>\n" + person + "\nHello", helpdesk.MailAutomatic, "return-path"},
		{"noreply", "From: No_Reply <no_reply+7@shop.example>\n\nThanks for your order", helpdesk.MailAutomatic, "no_reply"},
		{"noreply for a person", "From: no.reply@shop.example\nReply-To: ada@customer.example\n\nHello", helpdesk.MailMessage, ""},
		{"noreply with a newsletter", "From: no.reply@shop.example\nReply-To: ada@customer.example\nList-Unsubscribe: <https://shop.example>\n\nSale", helpdesk.MailAutomatic, "no.reply"},
		{"noreply for two", "From: noreply@shop.example\nReply-To: a@b.example, b@b.example\n\nSale", helpdesk.MailAutomatic, "noreply"},
		{"a list's owner", "From: owner-news@lists.example\n\nHello", helpdesk.MailAutomatic, "owner-news"},
		{"a list's request mailbox", "From: news-request@lists.example\n\nHello", helpdesk.MailAutomatic, "news-request"},
		{"a person whose name is like it", "From: request@customer.example\n\nHello", helpdesk.MailMessage, ""},
		{"a person's own mail program", "From: Ada <no-reply@ada.example>\nX-Mailer: Apple Mail (2.3774)\nSubject: Parcel\n\nWhere is it?", helpdesk.MailMessage, ""},
		{"a robot with the name of one", "From: no-reply@shop.example\nX-Mailer: Microsoft CDO for Windows, Outlook\nSubject: Parcel\n\nSent.", helpdesk.MailAutomatic, "no-reply"},
		{"no-reply with a quotation", "From: no-reply@ada.example\nIn-Reply-To: <1@desk.example>\nSubject: AW: Parcel\n\nDanke, es ist da.\n\nAm 1.3.2026 um 09:00 schrieb Help <help@desk.example>:\n> Ist das Paket da?", helpdesk.MailMessage, ""},
		{"no-reply with an answer that quotes nothing", "From: no-reply@shop.example\nIn-Reply-To: <1@desk.example>\nSubject: Re: Parcel\n\nWe have your request.", helpdesk.MailAutomatic, "no-reply"},
		{"a form without Reply-To", "From: noreply@shop.example\nSubject: Kontakt\n\nName: Ada\nE-Mail: ada@customer.example\nNachricht: Wo ist mein Paket?", helpdesk.MailMessage, ""},
		{"a sender that only passes it on", "Sender: no-reply@forms.example\n" + person + "\nHello", helpdesk.MailMessage, ""},
		{"a rule of Exchange", person + "X-MS-Exchange-Inbox-Rules-Loop: info@desk.example\n\nHello", helpdesk.MailMessage, ""},
		{"passed on by a rule", person + "Auto-Submitted: auto-forwarded\n\nHello", helpdesk.MailMessage, ""},
		{"a first mail about such replies", "From: a@b.example\nSubject: Out of office: how do I set it up?\n\nHello", helpdesk.MailMessage, ""},
		{"an answer whose subject begins like one", "From: a@b.example\nIn-Reply-To: <1@desk.example>\nSubject: Auto insurance, policy 7\n\nHello", helpdesk.MailMessage, ""},
		{"an answer to our reference alone", "From: a@b.example\nSubject: Autosvar: Paket [7Q2M-X4KD]\n\nHej", helpdesk.MailAutomatic, "subject"},
		{"Precedence with a list", person + "List-Id: <users.lists.example>\nPrecedence: bulk\nReturn-Path: <users-bounces@lists.example>\n\nHello", helpdesk.MailList, "list-id"},
		{"a list", person + "List-Id: <users.lists.example>\n\nHello", helpdesk.MailList, "list-id"},
		{"a mail system that confirms", "From: postmaster@mx.example\nSubject: Welcome\n\nYour mailbox is ready.", helpdesk.MailAutomatic, "postmaster"},

		{"qmail", "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nHi. This is the qmail-send program.\n<x@y.example>:\nSorry, no mailbox here by that name. (#5.1.1)" + original, helpdesk.MailBounce, "mail system"},
		{"Exchange in German", "Return-Path: <>\nFrom: \"Systemadministrator\" <MicrosoftExchange329e71ec88ae@b.example>\nSubject: Unzustellbar: Paket\n\nFehler bei der Zustellung", helpdesk.MailBounce, "mail system"},
		{"Exchange in French", "From: postmaster@b.example\nSubject: =?utf-8?q?Non_remis_:_Colis?=\n\nVotre message n'a pas pu être remis.", helpdesk.MailBounce, "mail system"},
		{"Lotus", "From: Mail Router <Postmaster@b.example>\nSubject: DELIVERY FAILURE: 550 5.1.1 unknown\n\nYour message was not delivered to: x", helpdesk.MailBounce, "mail system"},
		{"a name alone", "From: Mail Delivery Subsystem\nSubject: Returned mail: see transcript for details\n\nx", helpdesk.MailBounce, "mail system"},
		{"no mailbox of its own but an empty sender", "Return-Path: <>\nFrom: support@mx.example\nSubject: Undeliverable: Parcel\n\nx@y.example does not exist" + original, helpdesk.MailBounce, "return-path"},
		{"noreply, a plain subject and an empty sender", "Return-Path: <>\nFrom: no-reply@mx.example\nSubject: Mail\n\nYour mail could not be delivered to x@y.example" + original, helpdesk.MailBounce, "return-path"},
		{"an out-of-office reply that speaks of delivery", "Return-Path: <>\nFrom: ada@customer.example\nSubject: Automatic reply: Undeliverable\n\nYour mail could not be delivered to me" + original, helpdesk.MailAutomatic, "return-path"},
		{"a customer who forwards a bounce", person + "\nWhat is this?\n\nMAILER-DAEMON wrote: Undelivered mail returned, 550 5.1.1 user unknown" + original, helpdesk.MailMessage, ""},
		{"a customer who attaches a bounce", person + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nWhat is this?\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: x\n\nAction: failed\n--b--\n", helpdesk.MailMessage, ""},
		{"Microsoft's complaint", "From: staff@provider.example\nSubject: complaint about message from 192.0.2.1\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <1@desk.example>\n\nx\n--b--\n", helpdesk.MailBounce, "feedback"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := parsed(t, []byte(c.raw))
			require.Equal(t, c.kind, in.Kind, in.Reason)
			require.Contains(t, strings.ToLower(in.Reason), c.reason)
			require.Equal(t, c.kind == helpdesk.MailMessage, in.Reason == "")
		})
	}
}

func TestABounceNamesWhatFailedForGood(t *testing.T) {
	t.Parallel()
	in := parsed(t, []byte("Return-Path: <>\nFrom: Mailer-Daemon@mx.example\nTo: help@desk.example\nSubject: Mail delivery failed: returning message to sender\n\n"+
		"A message that you sent could not be delivered. This is a permanent error. The following address failed:\n\n  \"gone@customer.example\":\n"+
		"    SMTP error from remote server after RCPT TO:<gone@customer.example>:\n    host mx.customer.example\n    550 5.1.1 <gone@customer.example> unknown\n\n"+
		"--- The header of the original message is following. ---\n\nReceived: from x by y for <other@customer.example>\nFrom: help@desk.example\nMessage-ID:\n <7@desk.example>\n"))
	require.Equal(t, []string{"gone@customer.example"}, in.Failed)
	require.Equal(t, []string{"7@desk.example"}, in.Bounced)

	in = parsed(t, []byte("Return-Path: <>\nFrom: postmaster@mx.example\nIn-Reply-To: <8@desk.example>\nX-Failed-Recipients: gone@customer.example,\n away@customer.example\n"+
		"Subject: Undeliverable\n\nRejected.\n"))
	require.Equal(t, []string{"gone@customer.example", "away@customer.example"}, in.Failed)
	require.Equal(t, []string{"8@desk.example"}, in.Bounced)
}

func TestTheFirstReturnPathIsThatOfOurOwnServer(t *testing.T) {
	t.Parallel()
	in, err := email.Parse(strings.NewReader("Return-Path: <>\r\nReturn-Path: <kim@example.com>\r\nFrom: kim@example.com\r\nSubject: Hello\r\n\r\nHello\r\n"))
	require.NoError(t, err)
	require.Equal(t, helpdesk.MailAutomatic, in.Kind, in.Reason)
}

// TestAnAbsenceIsToldByItsSubjectOnAnAnswerAlone has subjects of out-of-office programs in many
// languages, each with a subject of a person that begins with the same words.
func TestAnAbsenceIsToldByItsSubjectOnAnAnswerAlone(t *testing.T) {
	t.Parallel()
	for _, away := range []string{
		"Automatic reply: Bill", "Out of Office Re: Bill", "[Auto-Reply] Bill", "Abwesenheitsnotiz Max Meier: Bill", "Réponse automatique : Bill", "Reponse automatique: Bill",
		"Fuera de la oficina: Bill", "Resposta automática: Bill", "Risposta automatica: Bill", "Automatisch antwoord: Bill", "Odpowiedź automatyczna: Bill", "Automatická odpověď: Bill",
		"Automatická odpoveď: Bill", "Autosvar: Bill", "Automatisk svar: Bill", "Fraværsassistent: Bill", "Automaattinen vastaus: Bill", "Automatikus válasz: Bill", "Răspuns automat: Bill",
		"Автоматичен отговор: Bill", "Автоматический ответ: Bill", "Автоматична відповідь: Bill", "Automatski odgovor: Bill", "Аутоматски одговор: Bill", "Samodejni odgovor: Bill",
		"Αυτόματη απάντηση: Bill", "Otomatik Yanıt: Bill", "תשובה אוטומטית: Bill", "رد تلقائي: Bill", "自動応答: Bill", "자동 회신: Bill", "自动回复：Bill", "自動回覆: Bill", "ตอบกลับอัตโนมัติ: Bill",
		"Trả lời tự động: Bill", "Balasan Otomatis: Bill", "Automaatvastus: Bill", "Automātiskā atbilde: Bill", "Automatinis atsakymas: Bill", "Resposta automàtica: Bill", "부재중입니다", "Absence",
	} {
		answer := "From: kim@cust.example\nIn-Reply-To: <1@desk.example>\nSubject: "
		require.Equal(t, helpdesk.MailAutomatic, parsed(t, []byte(answer+away+"\n\nI am away.")).Kind, away)
		require.Equal(t, helpdesk.MailMessage, parsed(t, []byte(answer+"Re: "+away+"\n\nI am back.")).Kind, away)
		begins := parsed(t, []byte("From: kim@cust.example\nSubject: "+away+"\n\nHow do I set it?"))
		require.Equal(t, !strings.Contains(away, "Re:"), begins.Kind == helpdesk.MailMessage, away)
	}
}

func TestTheWriterOfAMailFromAListIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ raw, from string }{
		"Google Groups":                {"From: 'Kim Lee' via Support <support@desk.example>\nReply-To: kim@cust.example\nX-Original-From: Kim Lee <kim@cust.example>\nMailing-list: list support@desk.example; contact support+owners@desk.example\nList-ID: <support.desk.example>\n", "kim@cust.example Kim Lee"},
		"Google Groups, answers to it": {"From: \"Kim Lee\" via Support <support@desk.example>\nReply-To: support@desk.example\nX-Original-Sender: kim@cust.example\nList-ID: <support.desk.example>\n", "kim@cust.example Kim Lee"},
		"mailman":                      {"From: Kim Lee via Support <support@desk.example>\nReply-To: Support <support@desk.example>, Kim Lee <kim@cust.example>\nList-Id: Help <support.desk.example>\nPrecedence: list\nReturn-Path: <support-bounces@desk.example>\n", "kim@cust.example Kim Lee"},
		"ezmlm":                        {"From: Kim Lee <kim@cust.example>\nPrecedence: bulk\nDelivered-To: mailing list support@desk.example\nMailing-List: contact support-help@desk.example; run by ezmlm\n", "kim@cust.example Kim Lee"},
		"no list":                      {"From: Kim via Support <support@desk.example>\nX-Original-From: kim@cust.example\n", "support@desk.example Kim via Support"},
		"another's list":               {"From: Joe <joe@third.example>\nX-Original-From: kim@cust.example\nList-ID: <support.desk.example>\n", "joe@third.example Joe"},
	} {
		in := parsed(t, []byte(c.raw+"Subject: Bill\n\nHello"))
		require.Equal(t, c.from, in.From.Email+" "+in.From.Name, name)
		if strings.Contains(strings.ToLower(c.raw), "list") {
			require.Equal(t, helpdesk.MailList, in.Kind, name)
			require.True(t, in.Quiet, name)
		}
	}
}
