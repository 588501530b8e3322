package helpdesk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestAnErasedCustomerWhoWritesAgainIsHeard(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	receive(t, d, mail("1@kim.example", kim, "First", "First."))
	for day := range 2 {
		_, err := d.Erase(t.Context(), kim)
		require.NoError(t, err)
		m := receive(t, d, mail(fmt.Sprintf("again%d@kim.example", day), kim, "Again", "Again."))
		require.Equal(t, helpdesk.MailOpened, m.Outcome)
		d.Advance(24 * time.Hour)
	}
	receive(t, d, mail("last@kim.example", kim, "Last", "Last."))
	d.Drain()
	require.Len(t, d.Notices.Of(helpdesk.NoticeReceived), 2, "on the day of the first erasure the key is used up")
}

func TestAcknowledgementsOfTwoClocksDoNotBlockEachOther(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	for i, step := range []time.Duration{0, -time.Minute, 2 * time.Minute, time.Minute} {
		d.Clock.Advance(step)
		require.Equal(t, helpdesk.MailOpened, receive(t, d, mail(fmt.Sprintf("%d@kim.example", i), kim, "S", "T")).Outcome)
	}
	d.Advance(time.Minute)
	require.Len(t, d.Notices.Of(helpdesk.NoticeReceived), 3)
}

func TestReleasedAutomaticMailIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	letter := mail("1@news.example", "news@example.com", "Our offers", "Buy.")
	letter.Kind = helpdesk.MailAutomatic
	_, err := asAgent(d, ana).Release(t.Context(), receive(t, d, letter).ID, "")
	require.NoError(t, err)
	d.Drain()
	require.Empty(t, d.Notices.Of(helpdesk.NoticeReceived))
}

func TestAcknowledgementHoldsNoTagsThatAModelTookFromTheText(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Tags: []string{"buy pills"}})
	m := receive(t, d, mail("1@kim.example", kim, "Buy pills", "Buy pills."))
	_, err := d.Triage(t.Context(), m.Ticket)
	require.NoError(t, err)
	require.Contains(t, read(t, d, m.Ticket).Tags, "buy pills")
	d.Drain()
	require.Empty(t, told(t, d, helpdesk.NoticeReceived).Ticket.Tags)
}
