package helpdesk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// everythingKept returns all data that a desk shows of a tenant, as one text.
func everythingKept(t *testing.T, d *helpdesktest.Desk) string {
	t.Helper()
	var all []any
	for ticket, err := range d.All(t.Context(), helpdesk.Query{}) {
		require.NoError(t, err)
		th, err := d.Thread(t.Context(), ticket.ID)
		require.NoError(t, err)
		all = append(all, th)
	}
	page, err := d.Mails(t.Context(), helpdesk.MailQuery{Limit: 1000})
	require.NoError(t, err)
	people, ok := helpdesk.As[helpdesk.CustomerStore](d.Store)
	require.True(t, ok)
	customers, err := people.Customers(t.Context(), helpdesk.CustomerQuery{Tenant: d.Tenant(), Limit: 1000})
	require.NoError(t, err)
	text, err := json.Marshal(append(all, page, customers))
	require.NoError(t, err)
	return string(text)
}

func TestEraseLeavesNothingOfTheCustomerAndEveryCount(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		const secret = "zanzibar"
		first := mail("1@"+secret+".example", kim, "Trip to "+secret, "I am Kim Zanzibar of "+secret+".")
		first.From.Name, first.HTML, first.Files = "Kim "+secret, "<b>"+secret+"</b>", []helpdesk.File{file(secret+".txt", secret)}
		own := receive(t, d, first)
		other := receive(t, d, mail("1@max.example", "max@example.com", "Hello", "Mine stays."))
		d.Drain()
		work := asAgent(d, ana)
		_, err := work.Reply(t.Context(), other.Ticket, helpdesk.ReplyParams{Body: "Hello Max."})
		require.NoError(t, err)
		d.Drain()
		stranger := mail("2@"+secret+".example", kim, "Re: Hello", "I know "+secret+" too.")
		stranger.InReplyTo = []string{told(t, d, helpdesk.NoticeReply).Mail.MessageID}
		require.Equal(t, helpdesk.MailHeld, receive(t, d, stranger).Outcome)
		letter := mail("3@"+secret+".example", kim, secret, secret)
		letter.Kind = helpdesk.MailAutomatic
		require.Equal(t, helpdesk.MailSuppressed, receive(t, d, letter).Outcome)
		_, err = work.Note(t.Context(), own.Ticket, "Lives in "+secret)
		require.NoError(t, err)
		_, err = work.Escalate(t.Context(), own.Ticket, secret+" is far")
		require.NoError(t, err)
		_, err = work.Resolve(t.Context(), own.Ticket, "Sent a map of "+secret)
		require.NoError(t, err)
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Rate(t.Context(), own.Ticket, 4, secret)
		require.NoError(t, err)
		d.Drain()
		th, err := d.Thread(t.Context(), own.Ticket)
		require.NoError(t, err)
		file := th.Messages[0].Attachments[0].ID
		blobs, _ := helpdesk.As[helpdesk.Blobs](d.Store)
		r, err := blobs.Open(t.Context(), "", file)
		require.NoError(t, err)
		require.NoError(t, r.Close())
		overview := func() *report.Overview {
			o, err := report.New(d.Desk).Overview(t.Context(), report.Period{From: helpdesktest.Start.AddDate(0, -1, 0), To: helpdesktest.Start.AddDate(0, 1, 0)})
			require.NoError(t, err)
			return o
		}
		before := overview()
		require.Contains(t, strings.ToLower(everythingKept(t, d)), secret)

		_, err = work.Erase(t.Context(), kim)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		n, err := d.Erase(t.Context(), " Kim@Example.com ")
		require.NoError(t, err)
		require.Equal(t, 1, n.Tickets)
		require.Positive(t, n.Mails)
		require.Equal(t, 1, n.Files)
		d.Drain()

		rest := strings.ToLower(everythingKept(t, d))
		require.NotContains(t, rest, secret)
		require.NotContains(t, rest, kim)
		require.Contains(t, rest, "mine stays.")
		_, err = blobs.Open(t.Context(), "", file)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		found, err := d.Search(t.Context(), secret, helpdesk.Query{})
		require.NoError(t, err)
		require.Empty(t, found.Tickets)
		solved, err := d.Similar(t.Context(), other.Ticket, 10)
		require.NoError(t, err)
		require.Empty(t, solved)
		require.Equal(t, before, overview())
		n, err = d.Erase(t.Context(), kim)
		require.NoError(t, err)
		require.Zero(t, n)
	})
}

func TestFilesOfCommandsAreKeptOnceAndStraysRemoved(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		blobs := &countingBlobs{kept: map[helpdesk.BlobID]string{}}
		cfg := mailed()
		cfg.Blobs = blobs
		d = helpdesktest.New(t, d.Store, cfg)
		p := helpdesk.OpenParams{Subject: "S", IdempotencyKey: "k", Files: []helpdesk.File{file("../../etc/pass\u202ewd", "one")}, Customer: helpdesk.Contact{Email: kim}}
		ticket, err := d.Open(t.Context(), p)
		require.NoError(t, err)
		again, err := d.Open(t.Context(), p)
		require.NoError(t, err)
		require.Equal(t, ticket.ID, again.ID)
		require.Len(t, blobs.kept, 1, "the repeated request left nothing")

		reply := helpdesk.ReplyParams{Body: "B", IdempotencyKey: "r", Files: []helpdesk.File{file("b.txt", "two")}}
		for range 2 {
			_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Reply(t.Context(), ticket.ID, reply)
			require.NoError(t, err)
		}
		require.Len(t, blobs.kept, 2)
		th, err := d.Thread(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.Equal(t, "passwd", th.Messages[0].Attachments[0].Name)

		broken := helpdesk.File{Name: "c", Open: func() (io.ReadCloser, error) { return nil, io.ErrUnexpectedEOF }}
		_, err = d.Open(t.Context(), helpdesk.OpenParams{Subject: "S", Files: []helpdesk.File{file("a", "three"), broken}})
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.Len(t, blobs.kept, 2)

		// After a crash before the commit, contents without a message go a day later. Others stay.
		crash := mailed()
		crash.Blobs = blobs
		crash.Before = func(_ context.Context, c *helpdesk.Change) error {
			if c.Ticket != nil {
				blobs.dead = true
				return io.ErrClosedPipe
			}
			return nil
		}
		_, err = helpdesktest.New(t, d.Store, crash).Open(t.Context(), helpdesk.OpenParams{Subject: "S", Files: []helpdesk.File{file("d", "four")}})
		require.ErrorIs(t, err, io.ErrClosedPipe)
		require.Len(t, blobs.kept, 3)
		blobs.dead = false
		d.Advance(23 * 60 * 60 * 1e9)
		require.Len(t, blobs.kept, 3)
		d.Advance(2 * 60 * 60 * 1e9)
		require.Len(t, blobs.kept, 2)
	})
}

// countingBlobs are Blobs in a map; with dead set they refuse to delete.
type countingBlobs struct {
	kept map[helpdesk.BlobID]string
	dead bool
}

func (b *countingBlobs) Put(_ context.Context, _ helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
	content, err := io.ReadAll(r)
	if err == nil {
		b.kept[id] = string(content)
	}
	return int64(len(content)), err
}

func (b *countingBlobs) Open(_ context.Context, _ helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
	content, ok := b.kept[id]
	if !ok {
		return nil, helpdesk.ErrNotFound
	}
	return io.NopCloser(strings.NewReader(content)), nil
}

func (b *countingBlobs) Delete(_ context.Context, _ helpdesk.TenantID, ids ...helpdesk.BlobID) error {
	if b.dead {
		return io.ErrClosedPipe
	}
	for _, id := range ids {
		delete(b.kept, id)
	}
	return nil
}

func TestErasedHeldMailWaitsForNobody(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	own := receive(t, d, mail("1@lee.example", "lee@lee.example", "Mine", "Mine."))
	onTicket := mail("2@kim.example", kim, "Re: Mine", "Held.")
	onTicket.InReplyTo = []string{"1@lee.example"}
	require.Equal(t, helpdesk.MailHeld, receive(t, d, onTicket).Outcome)
	letter := mail("3@kim.example", kim, "News", "News.")
	letter.Kind = helpdesk.MailAutomatic
	aside := receive(t, d, letter)
	_, err := d.Erase(t.Context(), kim)
	require.NoError(t, err)
	waiting := []helpdesk.MailOutcome{helpdesk.MailHeld, helpdesk.MailSuppressed, helpdesk.MailUnreadable}
	page, err := d.Mails(t.Context(), helpdesk.MailQuery{Outcome: waiting})
	require.NoError(t, err)
	require.Empty(t, page.Mails)
	_, err = asAgent(d, ana).Release(t.Context(), aside.ID, own.Ticket)
	require.ErrorIs(t, err, helpdesk.ErrConflict)
}

func TestReleaseOfAMailThatIsBeingErasedIsRefusedOrErasedToo(t *testing.T) {
	t.Parallel()
	store := memstore.New()
	for _, releaseFirst := range []bool{true, false} {
		var d *helpdesktest.Desk
		var meanwhile func()
		cfg := mailed()
		cfg.Before = func(_ context.Context, c *helpdesk.Change) error {
			if f := meanwhile; f != nil && len(c.Mail) > 0 {
				meanwhile = nil
				f()
			}
			return nil
		}
		d = helpdesktest.New(t, store, cfg)
		if releaseFirst {
			hire(d)
		}
		max := receive(t, d, mail(fmt.Sprintf("1-%v@max.example", releaseFirst), "max@example.com", "Hello", "Mine."))
		letter := mail(fmt.Sprintf("2-%v@kim.example", releaseFirst), kim, "News", "zanzibar")
		letter.Kind = helpdesk.MailAutomatic
		aside := receive(t, d, letter)
		release := func() error { _, err := asAgent(d, ana).Release(t.Context(), aside.ID, max.Ticket); return err }
		erase := func() error { _, err := d.Erase(t.Context(), kim); return err }
		if releaseFirst {
			meanwhile = func() { require.NoError(t, release()) }
			require.NoError(t, erase())
		} else {
			meanwhile = func() { require.NoError(t, erase()) }
			require.ErrorIs(t, release(), helpdesk.ErrConflict)
		}
		require.NotContains(t, everythingKept(t, d), "zanzibar")
	}
}

func TestDeliveryReportBringsNothingErasedBack(t *testing.T) {
	t.Parallel()
	var d *helpdesktest.Desk
	var meanwhile func()
	cfg := mailed()
	cfg.Before = func(_ context.Context, c *helpdesk.Change) error {
		if f := meanwhile; f != nil {
			meanwhile = nil
			f()
		}
		return nil
	}
	d = desk(t, cfg)
	m := receive(t, d, mail("1@kim.example", kim, "Trip to zanzibar", "T"))
	_, err := asAgent(d, ana).Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "Which card?"})
	require.NoError(t, err)
	d.Drain()
	report := &helpdesk.Incoming{
		ID: "dsn", Kind: helpdesk.MailBounce, Bounced: []string{told(t, d, helpdesk.NoticeReply).Mail.MessageID}, Failed: []string{"somebody@example.com"},
	}
	meanwhile = func() {
		_, err := d.Erase(t.Context(), kim)
		require.NoError(t, err)
	}
	receive(t, d, report)
	rest := everythingKept(t, d)
	require.NotContains(t, rest, "zanzibar")
	require.NotContains(t, rest, kim)
}

func TestEraseFindsWhatProgramsOfTheCustomerSentToMergedTickets(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	own := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	other := receive(t, d, mail("2@lee.example", "lee@lee.example", "Another", "Another."))
	_, err := asAgent(d, ana).Merge(t.Context(), own.Ticket, other.Ticket)
	require.NoError(t, err)
	away := mail("3@kim.example", kim, "Re: Mine", "I am in zanzibar.")
	away.Kind, away.InReplyTo = helpdesk.MailAutomatic, []string{"1@kim.example"}
	require.Equal(t, helpdesk.MailNoted, receive(t, d, away).Outcome)
	_, err = d.Erase(t.Context(), kim)
	require.NoError(t, err)
	rest := everythingKept(t, d)
	require.NotContains(t, rest, "zanzibar")
	require.NotContains(t, rest, kim)
	require.Contains(t, rest, "2@lee.example")
	require.Equal(t, 6, strings.Count(rest, "lee@lee.example"), "of the customer, the ticket, its message, event and two mails")
}

func TestAnAnswerAboutAnErasedTextIsDropped(t *testing.T) {
	t.Parallel()
	cfg := mailed()
	var d *helpdesktest.Desk
	cfg.Classifier = helpdesk.ClassifierFunc(func(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		_, err := d.Erase(ctx, kim) // while the model thinks
		return &helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Tags: []string{"zanzibar"}, Response: "Welcome to Zanzibar."}, err
	})
	d = hire(helpdesktest.New(t, nil, cfg))
	ticket := open(t, d, helpdesk.OpenParams{Subject: "Zanzibar", Tags: []string{"island"}})
	d.Drain()
	after := read(t, d, ticket.ID)
	require.Nil(t, after.Suggestion)
	require.Empty(t, after.Tags)
	require.Empty(t, after.Category)
}

func TestEraseRemovesSavedViewsThatLookForTheCustomer(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		in := mail("1@kim.example", kim, "Mine", "Mine.")
		in.From.Name = "Kim B\u00e9rg"
		receive(t, d, in)
		work := asAgent(d, ana)
		stay := []helpdesk.View{{Name: "New", Query: "status=new"}, {Name: "Kimono", Query: "q=kimberg"}, {Name: "Kim", Query: "q=berg"}}
		require.NoError(t, work.SaveViews(t.Context(), []helpdesk.View{{Name: "Old", Query: "customer=kim%40example.com"}}))
		require.NoError(t, work.SaveViews(t.Context(), append([]helpdesk.View{
			{Name: "A", Query: "customer=kim%40example.com&status=new"}, {Name: "B", Query: "q=" + kim}, {Name: "C", Query: "view=all&q=KIM+b%C3%A9rg+refund"}, {Name: "Kim B\u00e9rg", Query: "q=refund"},
		}, stay...)))
		n, err := d.Erase(t.Context(), kim)
		require.NoError(t, err)
		require.Equal(t, 4, n.Views)
		left, err := work.Views(t.Context())
		require.NoError(t, err)
		require.Equal(t, stay, left)
		versions, err := d.Store.Settings(t.Context(), helpdesk.SettingQuery{Kind: "view", Key: string(ana)})
		require.NoError(t, err)
		require.Len(t, versions, 3)
		for _, v := range versions[1:] {
			require.JSONEq(t, "null", string(v.Value), "an earlier version names the customer")
		}
		n, err = d.Erase(t.Context(), kim)
		require.NoError(t, err)
		require.Zero(t, n)
	})
}

// TestAnErasureReachesAllTextsOfTicketsOfOthers: subject, mails and the data of events, as the
// reason of an escalation, and of a mail by which an agent opened the ticket for the person, who is
// its requester no more.
func TestAnErasureReachesAllTextsOfTicketsOfOthers(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		const lee = "lee@example.com"
		in := byAgent("1@ana.example", "Call of Lee Wong", "You called.", helpdesk.SenderAuthenticated)
		in.Cc = []helpdesk.Contact{{Email: box}, {Name: "Lee Wong", Email: lee}}
		id := receive(t, d, in).Ticket
		require.NoError(t, second(asAgent(d, ana).Escalate(t.Context(), id, "Lee Wong is angry: "+lee)))
		require.NoError(t, second(d.Edit(t.Context(), id, helpdesk.TicketEdit{Customer: &helpdesk.Contact{Name: "Kim", Email: kim}})))
		require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Hello."})))
		kims := mail("3@kim.example", kim, "Mine", "Mine.")
		kims.ReplyTo = lee
		own := receive(t, d, kims).Ticket
		require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), own, helpdesk.ReplyParams{Body: "Yours."})))
		news := mail("4@zoe.example", "zoe@example.org", "News", "News.")
		news.Kind, news.Opening, news.ReplyTo, news.Remark = helpdesk.MailList, "By Lee Wong.", lee, "Lee Wong signed it."
		news.Verdict, news.Lists = helpdesk.SenderResult{State: helpdesk.SenderUnknown, Reason: "spf=pass " + lee}, []string{lee}
		news.Results = []helpdesk.SenderResult{{State: helpdesk.SenderUnknown, Reason: "smtp.mailfrom=" + lee}}
		aside := receive(t, d, news)
		d.Drain()
		require.NoError(t, second(d.Erase(t.Context(), lee)))
		page, err := d.Mails(t.Context(), helpdesk.MailQuery{IDs: []string{aside.ID}})
		require.NoError(t, err)
		require.NotEmpty(t, page.Mails[0].Content)
		require.NotContains(t, string(page.Mails[0].Content), lee)
		require.NotContains(t, string(page.Mails[0].Content), "Lee Wong")
		answered, err := d.Thread(t.Context(), own)
		require.NoError(t, err)
		require.NotContains(t, fmt.Sprintf("%+v %+v", answered.Ticket, answered.Messages), lee, "where answers were to go")
		th, err := d.Thread(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, "Call of (erased)", th.Ticket.Subject)
		mails, err := d.Mails(t.Context(), helpdesk.MailQuery{Ticket: id})
		require.NoError(t, err)
		require.NotContains(t, fmt.Sprintf("%+v", mails), "Lee Wong")
		for _, e := range th.Events {
			text := fmt.Sprintf("%+v %s", e, e.Data)
			require.NotContains(t, text, lee, e.Type)
			require.NotContains(t, text, "Lee Wong", e.Type)
		}
	})
}
