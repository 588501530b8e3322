package helpdesk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestMailReleasedOntoAnotherTicketIsNoneOfTheFirst(t *testing.T) {
	t.Parallel()
	const max, lee = "max@example.com", "lee@lee.example"
	setup := func(t *testing.T) (d *helpdesktest.Desk, onto helpdesk.TicketID, blobs *countingBlobs) {
		blobs = &countingBlobs{kept: map[helpdesk.BlobID]string{}}
		cfg := mailed()
		cfg.Blobs = blobs
		d = desk(t, cfg)
		receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
		target := receive(t, d, mail("1@lee.example", lee, "Another", "Another."))
		in := mail("2@max.example", max, "Re: Mine", "zanzibar")
		in.InReplyTo, in.Files = []string{"1@kim.example"}, []helpdesk.File{file("a.txt", "A")}
		held := receive(t, d, in)
		require.Equal(t, helpdesk.MailHeld, held.Outcome)
		_, err := asAgent(d, ana).Release(t.Context(), held.ID, target.Ticket)
		require.NoError(t, err)
		return d, target.Ticket, blobs
	}
	t.Run("its files stay when the first is erased", func(t *testing.T) {
		t.Parallel()
		d, onto, blobs := setup(t)
		_, err := d.Erase(t.Context(), kim)
		require.NoError(t, err)
		d.Advance(25 * time.Hour)
		require.Len(t, blobs.kept, 1)
		th, err := d.Thread(t.Context(), onto)
		require.NoError(t, err)
		_, r, err := d.Attachment(t.Context(), onto, th.Messages[1].Attachments[0].ID)
		require.NoError(t, err)
		require.NoError(t, r.Close())
	})
	t.Run("its writer is erased on both", func(t *testing.T) {
		t.Parallel()
		d, _, blobs := setup(t)
		_, err := d.Erase(t.Context(), max)
		require.NoError(t, err)
		d.Advance(25 * time.Hour)
		rest := everythingKept(t, d)
		require.NotContains(t, rest, "zanzibar")
		require.NotContains(t, rest, max)
		require.Empty(t, blobs.kept)
	})
}

func TestSenderOfAReleasedMailIsLetIn(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		agent := asAgent(d, ana)
		own := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
		ref := read(t, d, own.Ticket).Ref
		n := 0
		writes := func(from string) *helpdesk.Mail {
			n++
			return receive(t, d, mail(fmt.Sprint(n, from), from, "Re: ["+ref+"] Mine", fmt.Sprint("Text ", n)))
		}
		release := func(m *helpdesk.Mail, as ...helpdesk.ReleaseAs) *helpdesk.Ticket {
			require.Equal(t, helpdesk.MailHeld, m.Outcome)
			ticket, err := agent.Release(t.Context(), m.ID, "", as...)
			require.NoError(t, err)
			return ticket
		}
		release(writes("once@other.example"))
		release(writes("once@other.example"), helpdesk.ReleaseJoin)
		require.Equal(t, helpdesk.MailAppended, writes("once@other.example").Outcome)
		require.Equal(t, "once@other.example", read(t, d, own.Ticket).Cc[0].Email)

		fresh := release(writes("new@other.example"), helpdesk.ReleaseNew)
		require.NotEqual(t, own.Ticket, fresh.ID)
		require.Equal(t, "new@other.example", fresh.Customer.Email)
		m := writes("new@other.example")
		_, err := agent.Release(t.Context(), m.ID, "", helpdesk.ReleaseBind)
		require.ErrorIs(t, err, helpdesk.ErrConflict, "it is another customer's address")
		_, err = agent.Release(t.Context(), m.ID, own.Ticket, helpdesk.ReleaseNew)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		_, err = agent.Release(t.Context(), m.ID, "", "both")
		require.ErrorIs(t, err, helpdesk.ErrInvalid)

		forged := mail("forged", "boss@work.example", "["+ref+"] Mine", "I am her.")
		forged.Verdict.State = helpdesk.SenderFailed
		m = receive(t, d, forged)
		require.Equal(t, helpdesk.MailHeld, m.Outcome)
		require.Contains(t, m.Reason, "takes no part")
		require.Contains(t, m.Reason, "it is not from its sender's domain")
		_, err = agent.Release(t.Context(), m.ID, "", helpdesk.ReleaseBind)
		require.ErrorContains(t, err, "not from the address that it names")
		release(writes("kim@work.example"), helpdesk.ReleaseBind)
		require.Equal(t, helpdesk.MailAppended, writes("kim@work.example").Outcome)
		page, err := asCustomer(d, "kim@work.example").Tickets(t.Context(), helpdesk.Query{})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1, "it acts for the customer on all tickets")

		stray := receive(t, d, mail("stray", "", "No sender", "x"))
		_, err = agent.Release(t.Context(), stray.ID, "", helpdesk.ReleaseJoin)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
	})
}
