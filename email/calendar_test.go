package email_test

import (
	"net/mail"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

func TestAnInvitationIsReadable(t *testing.T) {
	t.Parallel()
	const head = "From: kim@cust.example\nSubject: Review\nMIME-Version: 1.0\n"
	const outlook = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
		"BEGIN:VEVENT\r\nORGANIZER;CN=\"Lee, Kim\":mailto:kim@cust.example\r\nDESCRIPTION;LANGUAGE=de-DE:Wir sprechen über den Preis\\, und\\nüber di\r\n e Lieferung.\r\nSUMMARY:Vertrag\\; Prüfung\r\n" +
		"DTSTART;TZID=W. Europe Standard Time:20261201T090000\r\nDTEND;TZID=W. Europe Standard Time:20261201T103000\r\nLOCATION:Raum 5\r\n" +
		"BEGIN:VALARM\r\nDESCRIPTION:REMINDER\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	const read = "Invitation: Vertrag; Prüfung\nTime: 2026-12-01 09:00 to 10:30 W. Europe Standard Time\nPlace: Raum 5\nOrganiser: Lee, Kim <kim@cust.example>\n\nWir sprechen über den Preis, und\nüber die Lieferung."
	event := func(method, lines string) string {
		return "BEGIN:VCALENDAR\n" + method + "BEGIN:VEVENT\nSUMMARY:Review\n" + lines + "\nEND:VEVENT\nEND:VCALENDAR\n"
	}
	alone := "Content-Type: text/calendar; charset=utf-8\n\n"
	for name, c := range map[string][2]string{
		"alone":                 {head + alone + outlook, read},
		"as application/ics":    {head + "Content-Type: application/ics; name=\"invite.ics\"\n\n" + outlook, read},
		"beside a blank text":   {head + "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \u00A0\n--b\n" + alone + outlook + "--b--\n", read},
		"beside a text":         {head + "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nCan you come?\n--b\n" + alone + outlook + "--b--\n", "Can you come?\n\n" + read},
		"twice":                 {head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + alone + outlook + "--b\nContent-Type: application/ics; name=invite.ics\nContent-Disposition: attachment\n\n" + outlook + "--b--\n", read},
		"the text repeats it":   {head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nWir sprechen über den Preis, und\nüber die Lieferung.\n--b\n" + alone + outlook + "--b--\n", "Wir sprechen über den Preis, und\nüber die Lieferung.\n\nInvitation: Vertrag; Prüfung\nTime: 2026-12-01 09:00 to 10:30 W. Europe Standard Time\nPlace: Raum 5\nOrganiser: Lee, Kim <kim@cust.example>"},
		"a calendar of its own": {head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nMy trips are attached.\n--b\n" + alone + event("", "DTSTART:20261201T090000Z") + "--b--\n", "My trips are attached."},
		"cancelled":             {head + alone + event("METHOD:CANCEL\n", "DTSTART:20261201T090000Z\nDURATION:PT1H30M\nRRULE:FREQ=DAILY"), "Cancelled: Review\nTime: 2026-12-01 09:00 to 2026-12-01 10:30 UTC, repeated"},
		"answered":              {head + alone + event("METHOD:REPLY\n", "DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203\nATTENDEE;PARTSTAT=DECLINED;CN=Kim:mailto:kim@cust.example"), "Answer to the invitation: Review\nAnswer: Kim <kim@cust.example> declined\nTime: 2026-12-01 to 2026-12-02"},
		"over two zones":        {head + alone + event("METHOD:REQUEST\n", "DTSTART;TZID=Europe/Berlin:20261201T230000\nDTEND;TZID=America/New_York:20261202T010000"), "Invitation: Review\nTime: 2026-12-01 23:00 Europe/Berlin to 2026-12-02 01:00 America/New_York"},
		"a broken time":         {head + alone + event("METHOD:REQUEST\n", "DTSTART:soon"), "Invitation: Review\nTime: soon"},
	} {
		in := parsed(t, []byte(c[0]))
		require.Equal(t, c[1], in.Text, name)
		require.Equal(t, helpdesk.MailMessage, in.Kind, name)
		require.Equal(t, "invite.ics", in.Files[0].Name, name)
	}
	// A provider gives the calendar as a file.
	in := email.Compose(mail.Header{"From": {"kim@cust.example"}}, "", "", []helpdesk.File{{Name: "invite.ics", Type: "text/calendar", Open: inbound.Bytes([]byte(outlook))}})
	require.Equal(t, read, in.Text)
}
