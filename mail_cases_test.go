package helpdesk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// TestGivenCasesOfSenders runs mails that are not part of this repository, from the folder
// HELPDESK_DATA, as the texts beside them say.
func TestGivenCasesOfSenders(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(os.Getenv("HELPDESK_DATA"), "cases", "mail")
	if _, err := os.Stat(folder); os.Getenv("HELPDESK_DATA") == "" || err != nil {
		t.Skip("HELPDESK_DATA does not name the folder of given cases")
	}
	setup := func(t *testing.T) (*helpdesktest.Desk, func(name string, put ...string) *helpdesk.Mail) {
		cfg := trusting(func(r *helpdesk.SenderRules) { r.Servers = []string{"mx.desk.example"} })
		cfg.Mail.Address = func(helpdesk.TenantID) string { return "support@desk.example" }
		d := hire(helpdesktest.New(t, nil, cfg))
		return d, func(name string, put ...string) *helpdesk.Mail {
			raw, err := os.ReadFile(filepath.Join(folder, name+".eml"))
			require.NoError(t, err)
			in, err := email.Parse(strings.NewReader(strings.NewReplacer(put...).Replace(string(raw))))
			require.NoError(t, err)
			return receive(t, d, in)
		}
	}
	trusted := []string{"To: support", "Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com\nTo: support"}
	t.Run("an agent answers a notice", func(t *testing.T) {
		d, take := setup(t)
		ticket := open(t, d, helpdesk.OpenParams{Subject: "Leak", Customer: helpdesk.Contact{Email: kim}})
		_, err := d.Reassign(t.Context(), ticket.ID, ana)
		require.NoError(t, err)
		d.Drain()
		m := take("agent-answers-notice", "ID-OF-THE-NOTICE@desk.example", told(t, d, helpdesk.NoticeAssigned).Mail.MessageID, "REF", ticket.Ref)
		require.Equal(t, ticket.ID, m.Ticket)
		require.Equal(t, helpdesk.MailNoted, m.Outcome)
	})
	t.Run("an agent forwards", func(t *testing.T) {
		d, take := setup(t)
		m := take("agent-forward-text", trusted...)
		require.Equal(t, "joe@third.example", read(t, d, m.Ticket).Customer.Email)
		require.Contains(t, bodies(t, d, m.Ticket)[0], "customer: The pump shows error 77 since Friday.")
	})
	t.Run("somebody in Cc", func(t *testing.T) {
		d, take := setup(t)
		m := take("cc-participant-1")
		require.Equal(t, "lou@cust.example", read(t, d, m.Ticket).Cc[0].Email)
		require.Equal(t, helpdesk.MailAppended, take("cc-participant-2").Outcome)
	})
	t.Run("common references", func(t *testing.T) {
		_, take := setup(t)
		require.Equal(t, take("common-references-1").Ticket, take("common-references-2").Ticket)
	})
	t.Run("DMARC fails", func(t *testing.T) {
		d, take := setup(t)
		ticket := open(t, d, helpdesk.OpenParams{Subject: "Question", Customer: helpdesk.Contact{Email: "kim@cust.example"}})
		m := take("dmarc-fail-by-reference", "REF", ticket.Ref)
		require.Equal(t, helpdesk.MailHeld, m.Outcome)
		require.Equal(t, ticket.ID, m.Ticket)
	})
	t.Run("a Message-ID is reused", func(t *testing.T) {
		_, take := setup(t)
		one, two := take("message-id-reused-1"), take("message-id-reused-2")
		require.Equal(t, helpdesk.MailOpened, two.Outcome)
		require.NotEqual(t, one.Ticket, two.Ticket)
	})
	t.Run("a person's Reply-To", func(t *testing.T) {
		d, take := setup(t)
		m := take("reply-to-of-person")
		_, err := asAgent(d, ana).Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "Hello"})
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, "kim@work.example", told(t, d, helpdesk.NoticeReply).To[0].Email)
	})
}
