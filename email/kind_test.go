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
		{"replies refused", person + "X-Auto-Response-Suppress: DR, OOF, AutoReply\n\nHello", helpdesk.MailAutomatic, "x-auto-response-suppress"},
		{"everything refused", person + "X-Auto-Response-Suppress: All\n\nHello", helpdesk.MailAutomatic, "x-auto-response-suppress"},
		{"Precedence: bulk", person + "Precedence: Bulk\n\nHello", helpdesk.MailAutomatic, "precedence"},
		{"Precedence: auto-reply", person + "Precedence: auto-reply\n\nHello", helpdesk.MailAutomatic, "precedence"},
		{"Precedence: normal", person + "Precedence: first-class\n\nHello", helpdesk.MailMessage, ""},
		{"X-Autoreply", person + "X-Autoreply: yes\n\nHello", helpdesk.MailAutomatic, "x-autoreply"},
		{"Apple's vacation", person + "X-Apple-Action: OUT-OF-OFFICE/VACATION\n\nHello", helpdesk.MailAutomatic, "x-apple-action"},
		{"a subject in German", "From: a@b.example\nSubject: =?utf-8?q?Automatische_Antwort:_Paket?=\n\nIch bin weg.", helpdesk.MailAutomatic, "subject"},
		{"an empty envelope sender", "Return-Path: <>\n" + person + "\nHello", helpdesk.MailAutomatic, "return-path"},
		{"noreply", "From: No_Reply <no_reply+7@shop.example>\n\nThanks for your order", helpdesk.MailAutomatic, "no_reply"},
		{"noreply for a person", "From: no.reply@shop.example\nReply-To: ada@customer.example\n\nHello", helpdesk.MailMessage, ""},
		{"noreply with a newsletter", "From: no.reply@shop.example\nReply-To: ada@customer.example\nList-Unsubscribe: <https://shop.example>\n\nSale", helpdesk.MailAutomatic, "no.reply"},
		{"noreply for two", "From: noreply@shop.example\nReply-To: a@b.example, b@b.example\n\nSale", helpdesk.MailAutomatic, "noreply"},
		{"a list's owner", "From: owner-news@lists.example\n\nHello", helpdesk.MailAutomatic, "owner-news"},
		{"a list's request mailbox", "From: news-request@lists.example\n\nHello", helpdesk.MailAutomatic, "news-request"},
		{"a person whose name is like it", "From: request@customer.example\n\nHello", helpdesk.MailMessage, ""},
		{"a list", person + "List-Id: <users.lists.example>\n\nHello", helpdesk.MailList, "list-id"},
		{"a mail system that confirms", "From: postmaster@mx.example\nSubject: Welcome\n\nYour mailbox is ready.", helpdesk.MailAutomatic, "postmaster"},

		{"qmail", "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nHi. This is the qmail-send program.\n<x@y.example>:\nSorry, no mailbox here by that name. (#5.1.1)" + original, helpdesk.MailBounce, "mail system"},
		{"Exchange in German", "Return-Path: <>\nFrom: \"Systemadministrator\" <MicrosoftExchange329e71ec88ae@b.example>\nSubject: Unzustellbar: Paket\n\nFehler bei der Zustellung", helpdesk.MailBounce, "mail system"},
		{"Exchange in French", "From: postmaster@b.example\nSubject: =?utf-8?q?Non_remis_:_Colis?=\n\nVotre message n'a pas pu être remis.", helpdesk.MailBounce, "mail system"},
		{"Lotus", "From: Mail Router <Postmaster@b.example>\nSubject: DELIVERY FAILURE: 550 5.1.1 unknown\n\nYour message was not delivered to: x", helpdesk.MailBounce, "mail system"},
		{"a name alone", "From: Mail Delivery Subsystem\nSubject: Returned mail: see transcript for details\n\nx", helpdesk.MailBounce, "mail system"},
		{"no mailbox of its own but an empty sender", "Return-Path: <>\nFrom: support@mx.example\nSubject: Undeliverable: Parcel\n\nx@y.example does not exist" + original, helpdesk.MailBounce, "return-path"},
		{"noreply, a plain subject and an empty sender", "Return-Path: <>\nFrom: no-reply@mx.example\nSubject: Mail\n\nYour mail could not be delivered to x@y.example" + original, helpdesk.MailBounce, "return-path"},
		{"an out-of-office reply that speaks of delivery", "Return-Path: <>\nFrom: ada@customer.example\nSubject: Automatic reply: Undeliverable\n\nYour mail could not be delivered to me" + original, helpdesk.MailAutomatic, "subject"},
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
