package smtpnotify_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
)

func TestTimesAndLanguageAreThoseOfTheRecipient(t *testing.T) {
	t.Parallel()
	n := notice(helpdesk.NoticeAssigned)
	due := time.Date(2026, 3, 2, 20, 30, 0, 0, time.UTC)
	n.Ticket = n.Ticket.Clone()
	n.Ticket.Clocks = []helpdesk.SLAClock{{Metric: helpdesk.FirstResponse, Instance: 1, DueAt: due, StartedAt: due.Add(-time.Hour), RunningSince: due.Add(-time.Hour), Target: time.Hour}}
	for zone, want := range map[string]string{"": "20:30 UTC", "Asia/Tokyo": "Tue 3 Mar 2026, 05:30 JST", "no zone": "20:30 UTC"} {
		n.To[0].Zone = zone
		require.Contains(t, one(t, &smtpnotify.Config{}, n).text, want, zone)
	}

	d := helpdesktest.New(t, nil, nil)
	d.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{helpdesk.GeneralSkill: 3}, Zone: "Asia/Tokyo"})
	_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Help", Priority: helpdesk.Urgent, Customer: helpdesk.Contact{Email: "kim@example.com"}})
	require.NoError(t, err)
	d.Advance(20 * time.Minute)
	warning := d.Notices.Of(helpdesk.NoticeAtRisk)[0]
	require.Contains(t, warning.Text, " UTC, ")
	require.Contains(t, one(t, &smtpnotify.Config{}, &warning).text, " JST, ")

	n = notice(helpdesk.NoticeReceived)
	require.Contains(t, one(t, &smtpnotify.Config{}, n).text, "Your message has arrived")
	n.To[0].Language = "de"
	require.Contains(t, one(t, &smtpnotify.Config{}, n).text, "Ihre Nachricht ist angekommen")
}
