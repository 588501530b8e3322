package smtpnotify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestMailsToCustomersLeadToTheirTicketWhereThereIsAPage(t *testing.T) {
	t.Parallel()
	const link = "https://acme.example/help/t/vtok"
	for _, language := range []string{"en", "de"} {
		for _, kind := range []helpdesk.NoticeKind{helpdesk.NoticeReceived, helpdesk.NoticeReply, helpdesk.NoticeResolved} {
			n := notice(kind)
			n.Mail.TicketURL = link
			m := one(t, look(language), n)
			require.Contains(t, m.text, "\n"+link+"\n", kind)
			require.Contains(t, m.html, `<a href="`+link+`"`, kind)
			n.Mail.TicketURL = "javascript:alert(1)"
			require.NotContains(t, one(t, look(language), n).html, "javascript:", kind)
		}
		n := notice(helpdesk.NoticeAssigned)
		n.Mail.TicketURL = link
		require.NotContains(t, one(t, look(language), n).text, "vtok", "an agent has no use for a customer's link")
	}
}
