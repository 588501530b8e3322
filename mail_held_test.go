package helpdesk_test

import (
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
