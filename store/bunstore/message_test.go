package bunstore_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

// TestPlainTicketIsOpenedWithoutWhatMailsBring: columns that few messages need cost the others
// nothing. Bun shows the statements of drivers other than pgx to its hooks.
func TestPlainTicketIsOpenedWithoutWhatMailsBring(t *testing.T) {
	t.Parallel()
	for _, open := range []func(testing.TB) *bun.DB{dbtest.PostgresByAnotherDriver, dbtest.SQLite} {
		db := open(t)
		migrated(t, db)
		heard := &listener{}
		loud := storeOn(t, db.WithQueryHook(heard))
		said := func(change func(m *helpdesk.Message)) (all string) {
			heard.said = nil
			c := opened("acme", 1)
			c.Ticket.Ref = string(c.Ticket.ID)
			change(&c.Messages[0])
			require.NoError(t, loud.Commit(t.Context(), c))
			for _, s := range heard.said {
				all += s + "\n"
			}
			return all
		}
		plain := said(func(*helpdesk.Message) {})
		require.Contains(t, plain, "helpdesk_messages")
		for name, change := range map[string]func(m *helpdesk.Message){
			"sender":      func(m *helpdesk.Message) { m.Sender = helpdesk.SenderUnknown },
			"full_text":   func(m *helpdesk.Message) { m.Full = "x" },
			"html":        func(m *helpdesk.Message) { m.HTML = "x" },
			"attachments": func(m *helpdesk.Message) { m.Attachments = []helpdesk.Attachment{{ID: fileID}} },
		} {
			require.NotContains(t, plain, `"`+name+`"`)
			require.Contains(t, said(change), `"`+name+`"`)
		}
	}
}
