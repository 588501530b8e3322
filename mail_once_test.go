package helpdesk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func TestKnownMessageIDWithAnotherContentIsAnotherMail(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		at := time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)
		send := func(from, subject, text string, at time.Time) *helpdesk.Mail {
			in := mail("reused@printer.example", from, subject, text)
			in.SentAt = at
			return receive(t, d, in)
		}
		first := send(kim, "Parcel A", "Parcel A is late.", at)
		require.Equal(t, first, send(kim, "Parcel A", "Parcel  A is\nlate.", at.In(time.FixedZone("", 3600))), "blanks and zones are changed on the way")
		seen := map[string]bool{first.ID: true}
		for _, m := range []*helpdesk.Mail{
			send("lee@example.com", "Parcel A", "Parcel A is late.", at), send(kim, "Parcel B", "Parcel A is late.", at),
			send(kim, "Parcel A", "Parcel B is late.", at), send(kim, "Parcel A", "Parcel A is late.", at.Add(time.Minute)),
		} {
			require.Equal(t, helpdesk.MailOpened, m.Outcome)
			require.False(t, seen[m.ID])
			seen[m.ID] = true
		}
		require.Equal(t, first, send(kim, "Parcel A", "Parcel A is late.", at))
	})
}

// A provider's id of a delivery that comes with another mail does not make it vanish.
func TestKnownDeliveryWithAnotherContentIsAnotherMail(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	list := mail("1@list.example", "list@list.example", "News", "News.")
	list.Kind, list.ID = helpdesk.MailList, "delivery-7"
	require.Equal(t, helpdesk.MailSuppressed, receive(t, d, list).Outcome)
	other := mail("2@kim.example", kim, "Help", "Help.")
	other.ID = "delivery-7"
	m := receive(t, d, other)
	require.Equal(t, helpdesk.MailOpened, m.Outcome)
	require.Equal(t, m, receive(t, d, other))
}

// Whatever comes, in whatever order and however often: each delivery is a message, held, set aside
// with a reason, or a repetition of a delivery that is one of these.
func TestEveryDeliveryEndsInOneRecord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		d := hire(helpdesktest.New(t, nil, trusting()))
		ref, replyTo, out := "", "", ""
		firsts := map[string]*helpdesk.Incoming{} // by record
		pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(r, name) }
		for i := range rapid.IntRange(1, 25).Draw(r, "mails") {
			in := mail(pick("id", "", "a@x.example", "b@x.example", fmt.Sprint(i, "@x.example")), pick("from", kim, "lee@example.com", box, "", "ana@example.com", "not an address"),
				pick("subject", "", "Help", "["+ref+"] Help", "Fwd: Help"), pick("text", "", "One.", "Two.", strings.Repeat("long ", 10)))
			in.ID = pick("delivery", "", "d1", fmt.Sprint("d", i))
			in.Kind = rapid.SampledFrom(append([]helpdesk.MailKind{helpdesk.MailMessage, helpdesk.MailMessage}, helpdesk.MailKinds...)).Draw(r, "kind")
			in.Verdict.State = rapid.SampledFrom([]helpdesk.SenderState{"", helpdesk.SenderFailed, helpdesk.SenderAuthenticated}).Draw(r, "state")
			in.Relayed, in.Doubt = rapid.Bool().Draw(r, "relayed"), pick("doubt", "", "", "several addresses")
			in.Recipients = []string{pick("to", box, replyTo, "info@acme.example")}
			in.InReplyTo = []string{pick("answers", "", out, "a@x.example")}
			in.Bounced = in.InReplyTo
			in.Loops = []string{pick("loop", "", "", "", box)}
			m, err := d.Receive(t.Context(), in)
			require.NoError(r, err)
			page, err := d.Mails(t.Context(), helpdesk.MailQuery{IDs: []string{m.ID}})
			require.NoError(r, err)
			require.Len(r, page.Mails, 1, "no record of %+v", in)
			if first := firsts[m.ID]; first != nil {
				require.True(r, first.Text == in.Text && first.Subject == in.Subject && first.From.Email == in.From.Email && (first.ID == in.ID || first.MessageID == in.MessageID), "%+v is no repetition of %+v", in, first)
				continue
			}
			firsts[m.ID] = in
			switch m.Outcome {
			case helpdesk.MailOpened, helpdesk.MailAppended, helpdesk.MailNoted:
				require.NotEmpty(r, m.Message)
			case helpdesk.MailHeld, helpdesk.MailSuppressed, helpdesk.MailUnreadable:
				require.NotEmpty(r, m.Reason)
				require.True(r, m.Message != "" || len(m.Content) > 0)
			default:
				require.Fail(r, string(m.Outcome))
			}
			if m.Message != "" {
				th, err := d.Thread(t.Context(), m.Ticket)
				require.NoError(r, err)
				ref = th.Ticket.Ref
			}
			d.Drain()
			if all := d.Notices.Of(helpdesk.NoticeReceived); len(all) > 0 {
				last := all[len(all)-1]
				replyTo, out = last.Mail.ReplyTo, last.Mail.MessageID
			}
		}
	})
}

func TestMailsOfASenderThatAnswerTheSameMailAreOneConversation(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		answer := func(id, from string, answers ...string) *helpdesk.Mail {
			in := mail(id, from, "Re: private talk", "Text of "+id)
			in.InReplyTo, in.References = answers[:1], answers
			return receive(t, d, in)
		}
		first := answer("p2@kim.example", kim, "p1@kim.example", "p0@kim.example")
		require.Equal(t, helpdesk.MailOpened, first.Outcome)
		again := answer("p3@kim.example", kim, "p1@kim.example")
		require.Equal(t, helpdesk.MailAppended, again.Outcome)
		require.Equal(t, first.Ticket, again.Ticket)
		require.Equal(t, helpdesk.MailOpened, answer("p4@kim.example", kim, "p9@kim.example").Outcome, "another mail")
		require.Equal(t, helpdesk.MailOpened, answer("p5@lee.example", "lee@example.com", "p1@kim.example").Outcome, "another sender")
	})
}

func TestAMailWhoseTicketIsInTheArchiveIsARepetition(t *testing.T) {
	t.Parallel()
	store := memstore.New()
	d := hire(helpdesktest.New(t, store, mailed()))
	for _, id := range []string{"1@kim.example", ""} { // some mails have no Message-ID
		in := mail(id, kim, "Help "+id, "Help.")
		in.ID = "delivery " + id
		first := receive(t, d, in)
		require.NoError(t, second(d.SetStatus(t.Context(), first.Ticket, helpdesk.StatusClosed)))
		d.Drain()
		records, err := store.Records(t.Context(), d.Tenant(), first.Ticket)
		require.NoError(t, err)
		require.NoError(t, store.Archive(t.Context(), &helpdesk.Change{Tenant: d.Tenant()}, helpdesk.BlobID(fmt.Sprintf("00000000-0000-4000-8000-%012d", len(id))), records...))
		again, err := d.Receive(t.Context(), in)
		require.NoError(t, err, "the way in would bring it for ever")
		require.Equal(t, first.ID, again.ID)
		require.Equal(t, helpdesk.MailSuppressed, again.Outcome)
		page, err := d.Tickets(t.Context(), helpdesk.Query{})
		require.NoError(t, err)
		require.Empty(t, page.Tickets)
	}
}
