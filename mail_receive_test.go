package helpdesk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

const box = "support@acme.example"

// mailed returns a desk with mail.
func mailed() *helpdesk.Config {
	return &helpdesk.Config{Logger: quiet, Mail: &helpdesk.MailConfig{
		Address:   func(helpdesk.TenantID) string { return box },
		Keys:      [][]byte{bytes.Repeat([]byte("k"), 32)},
		RateURL:   func(_ helpdesk.TenantID, token string) string { return "https://acme.example/rate?t=" + token },
		TicketURL: func(_ helpdesk.TenantID, token string) string { return "https://acme.example/t?t=" + token },
	}}
}

// mail returns a mail of a person.
func mail(id, from, subject, text string) *helpdesk.Incoming {
	return &helpdesk.Incoming{
		MessageID: id, From: helpdesk.Contact{Name: "Kim", Email: from}, Recipients: []string{box}, Subject: subject, Text: text, Full: text,
		Kind: helpdesk.MailMessage,
	}
}

func receive(t *testing.T, d *helpdesktest.Desk, in *helpdesk.Incoming) *helpdesk.Mail {
	t.Helper()
	m, err := d.Receive(t.Context(), in)
	require.NoError(t, err)
	return m
}

// bodies returns the thread's messages, each with its kind.
func bodies(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) []string {
	t.Helper()
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	var all []string
	for _, m := range th.Messages {
		all = append(all, string(m.Kind)+": "+m.Body)
	}
	return all
}

// told returns the last notice of a kind.
func told(t *testing.T, d *helpdesktest.Desk, kind helpdesk.NoticeKind) helpdesk.Notification {
	t.Helper()
	all := d.Notices.Of(kind)
	require.NotEmpty(t, all, "nobody was told %q", kind)
	return all[len(all)-1]
}

func file(name, content string) helpdesk.File {
	return helpdesk.File{Name: name, Type: "text/plain", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

func TestMailOpensTicketAndAnswersThreadByTokenByMessageIDAndByReference(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		m := receive(t, d, mail("1@kim.example", kim, "Charged twice", "Please refund one."))
		require.Equal(t, helpdesk.MailOpened, m.Outcome)
		ticket := read(t, d, m.Ticket)
		require.Equal(t, helpdesk.SourceEmail, ticket.Source)
		require.Equal(t, "Charged twice", ticket.Subject)
		d.Drain()

		_, err := asAgent(d, ana).Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "Which card?", Waiting: true})
		require.NoError(t, err)
		d.Drain()
		out := told(t, d, helpdesk.NoticeReply)
		require.Equal(t, box, out.Mail.From)
		require.Equal(t, "1@kim.example", out.Mail.InReplyTo)
		require.False(t, out.Mail.Automatic)
		require.NotEmpty(t, out.Mail.MessageID)

		byToken := mail("2@kim.example", kim, "something else", "By token.")
		byToken.Recipients = []string{strings.ToUpper(out.Mail.ReplyTo)}
		byID := mail("3@kim.example", kim, "something else", "By Message-ID.")
		byID.References = []string{"unknown@x.example", out.Mail.MessageID}
		byOwn := mail("4@kim.example", kim, "something else", "By an id of my own.")
		byOwn.InReplyTo = []string{"1@kim.example"}
		byRef := mail("5@kim.example", kim, "Re: ["+strings.ToLower(ticket.Ref)+"] Charged twice", "By reference.")
		for _, in := range []*helpdesk.Incoming{byToken, byID, byOwn, byRef} {
			m := receive(t, d, in)
			require.Equal(t, helpdesk.MailAppended, m.Outcome, in.Text)
			require.Equal(t, ticket.ID, m.Ticket, in.Text)
		}
		require.Equal(t, []string{
			"customer: Please refund one.", "agent: Which card?", "customer: By token.", "customer: By Message-ID.", "customer: By an id of my own.", "customer: By reference.",
		}, bodies(t, d, ticket.ID))
		require.Equal(t, helpdesk.StatusProgress, read(t, d, ticket.ID).Status)
		page, err := d.Mails(t.Context(), helpdesk.MailQuery{Ticket: ticket.ID, Outcome: []helpdesk.MailOutcome{helpdesk.MailSent}})
		require.NoError(t, err)
		require.Len(t, page.Mails, 2, "the acknowledgement and the reply")
	})
}

func TestSameMailTwiceIsOneMessage(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		in := mail("1@kim.example", kim, "Charged twice", "Please refund one.")
		in.Files = []helpdesk.File{file("a.txt", "A")}
		var wg sync.WaitGroup
		got := make([]*helpdesk.Mail, 8)
		for i := range got {
			wg.Go(func() {
				m, err := d.Receive(context.Background(), in)
				if err == nil {
					got[i] = m
				}
			})
		}
		wg.Wait()
		for _, m := range got {
			require.NotNil(t, m)
			require.Equal(t, *got[0], *m)
		}
		page, err := d.Tickets(t.Context(), helpdesk.Query{})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1)

		again := mail("", kim, "Another", "By the id of its delivery.")
		again.ID = "delivery-7"
		first, second := receive(t, d, again), receive(t, d, again)
		require.Equal(t, first, second)
		other := *again
		other.MessageID = "late@kim.example"
		require.Equal(t, first.Ticket, receive(t, d, &other).Ticket)

		reply := mail("r1@kim.example", kim, "["+page.Tickets[0].Ref+"]", "Once.")
		require.Equal(t, receive(t, d, reply), receive(t, d, reply))
		require.Len(t, bodies(t, d, page.Tickets[0].ID), 2)
	})
}

func TestStrangerMailingGuessesAddsNothingAnywhere(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	own := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	out := told(t, d, helpdesk.NoticeReceived)
	token := strings.TrimSuffix(strings.TrimPrefix(out.Mail.ReplyTo, "support+"), "@acme.example")
	ref := read(t, d, own.Ticket).Ref
	before := bodies(t, d, own.Ticket)
	for i := range 500 {
		in := mail(fmt.Sprintf("%d@evil.example", i), fmt.Sprintf("m%d@evil.example", i), "["+ref+"] let me in", "Evil.")
		guess := []byte(token)
		guess[1+i%26] = "0123456789abcdefghjkmnpqrstvwxyz"[(i*7+strings.IndexByte("0123456789abcdefghjkmnpqrstvwxyz", guess[1+i%26])+1)%32]
		if string(guess) == token {
			continue
		}
		in.Recipients = []string{"support+" + string(guess) + "@acme.example"}
		in.InReplyTo = []string{fmt.Sprintf("%032x@acme.example", i)}
		if i%2 == 0 { // a stranger who has seen the reference
			require.Equal(t, helpdesk.MailHeld, receive(t, d, in).Outcome)
			continue
		}
		in.Subject = "let me in"
		m := receive(t, d, in)
		require.Equal(t, helpdesk.MailOpened, m.Outcome)
		require.NotEqual(t, own.Ticket, m.Ticket)
	}
	require.Equal(t, before, bodies(t, asCustomerDesk(d, kim), own.Ticket))
	require.Len(t, bodies(t, d, own.Ticket), len(before)+20, "a flood is held elsewhere")
}

func TestMailOfSomebodyElseWithRightAddressIsHeldUntilReleased(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		own := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
		d.Drain()
		_, err := asAgent(d, ana).Reply(t.Context(), own.Ticket, helpdesk.ReplyParams{Body: "Which card?", Waiting: true})
		require.NoError(t, err)
		d.Drain()
		out := told(t, d, helpdesk.NoticeReply)
		byToken := mail("2@max.example", "max@example.com", "Re: Mine", "I am a colleague.")
		byToken.Recipients = []string{out.Mail.ReplyTo}
		byToken.Files = []helpdesk.File{file("card.txt", "4 of spades")}
		byID := mail("3@max.example", "max@example.com", "Re: Mine", "Me again.")
		byID.InReplyTo = []string{out.Mail.MessageID}
		held := receive(t, d, byToken)
		require.Equal(t, helpdesk.MailHeld, held.Outcome)
		require.Equal(t, own.Ticket, held.Ticket)
		other := receive(t, d, byID)
		require.Equal(t, helpdesk.MailHeld, other.Outcome)
		d.Drain()
		require.Len(t, d.Notices.Of(helpdesk.NoticeHeld), 2)
		require.Equal(t, helpdesk.StatusWaiting, read(t, d, own.Ticket).Status, "it is no answer of the customer")

		customer := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
		seen, err := customer.Thread(t.Context(), own.Ticket)
		require.NoError(t, err)
		require.Len(t, seen.Messages, 2, "the customer does not see what is held")

		_, err = asAgent(d, ana).Release(t.Context(), held.ID, "")
		require.NoError(t, err)
		_, err = asAgent(d, ana).Release(t.Context(), held.ID, "")
		require.ErrorIs(t, err, helpdesk.ErrConflict)
		require.NoError(t, asAgent(d, ana).Dismiss(t.Context(), other.ID))
		_, err = asAgent(d, ana).Release(t.Context(), other.ID, "")
		require.ErrorIs(t, err, helpdesk.ErrConflict)
		require.Equal(t, helpdesk.StatusProgress, read(t, d, own.Ticket).Status)

		seen, err = customer.Thread(t.Context(), own.Ticket)
		require.NoError(t, err)
		require.Len(t, seen.Messages, 3)
		last := seen.Messages[2]
		require.Equal(t, "I am a colleague.", last.Body)
		require.Len(t, last.Attachments, 1)
		d.Advance(25 * time.Hour) // no stray task takes it away
		a, r, err := customer.Attachment(t.Context(), own.Ticket, last.Attachments[0].ID)
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, errors.Join(err, r.Close()))
		require.Equal(t, "card.txt 4 of spades 11", fmt.Sprint(a.Name, " ", string(content), " ", a.Size))
	})
}

func TestAutomaticMailOpensReopensAndAnswersNothing(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	_, err := asAgent(d, ana).Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "Which card?", Waiting: true})
	require.NoError(t, err)
	d.Drain()
	before := read(t, d, m.Ticket)
	out := told(t, d, helpdesk.NoticeReply)
	sent := len(d.Notices.All())

	away := mail("2@kim.example", kim, "Out of office", "I am on a boat.")
	away.Kind, away.Reason, away.Recipients = helpdesk.MailAutomatic, "Auto-Submitted: auto-replied", []string{out.Mail.ReplyTo}
	noted := receive(t, d, away)
	require.Equal(t, helpdesk.MailNoted, noted.Outcome)
	require.Equal(t, "Auto-Submitted: auto-replied", noted.Reason)

	letter := mail("3@news.example", "news@example.com", "Our offers", "Buy.")
	letter.Kind, letter.Reason = helpdesk.MailList, "List-Id"
	suppressed := receive(t, d, letter)
	require.Equal(t, helpdesk.MailSuppressed, suppressed.Outcome)
	require.Empty(t, suppressed.Ticket)
	loop := mail("4@acme.example", kim, "Re: Mine", "We got it.")
	loop.Loops = []string{box}
	require.Equal(t, helpdesk.MailSuppressed, receive(t, d, loop).Outcome)
	d.Drain()

	after := read(t, d, m.Ticket)
	require.Equal(t, before.Status, after.Status)
	require.Equal(t, before.Clocks, after.Clocks)
	require.Len(t, d.Notices.All(), sent, "nobody is told")
	page, err := d.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 1)

	opened, err := asAgent(d, ana).Release(t.Context(), suppressed.ID, "") // a customer wrote it
	require.NoError(t, err)
	require.Equal(t, "Our offers", opened.Subject)
	require.Equal(t, []string{"customer: Buy."}, bodies(t, d, opened.ID))
}

func TestDeliveryReportMarksTheMailAndOpensNothing(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
		d.Drain()
		_, err := asAgent(d, ana).Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "Which card?"})
		require.NoError(t, err)
		d.Drain()
		out := told(t, d, helpdesk.NoticeReply)
		report := &helpdesk.Incoming{
			ID: "dsn", Kind: helpdesk.MailBounce, Reason: "multipart/report", Bounced: []string{out.Mail.MessageID}, Failed: []string{kim}, Text: "550 no such user",
		}
		late := *report
		late.ID, late.Failed = "dsn-0", nil // not yet, says the server
		require.Equal(t, helpdesk.MailNoted, receive(t, d, &late).Outcome)
		d.Drain()
		require.Empty(t, d.Notices.Of(helpdesk.NoticeBounced))
		require.Equal(t, helpdesk.MailNoted, receive(t, d, report).Outcome)
		stray := *report
		stray.ID, stray.Bounced = "dsn-2", []string{"somebody@else.example"}
		require.Equal(t, helpdesk.MailSuppressed, receive(t, d, &stray).Outcome)
		d.Drain()
		require.Len(t, d.Notices.Of(helpdesk.NoticeBounced), 1)
		page, err := d.Mails(t.Context(), helpdesk.MailQuery{Outcome: []helpdesk.MailOutcome{helpdesk.MailBounced}})
		require.NoError(t, err)
		require.Len(t, page.Mails, 1)
		require.Equal(t, out.Mail.MessageID, page.Mails[0].MessageID)
	})
}

func TestThousandForgedMailsCauseThreeAcknowledgementsWithoutTheirText(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	const evil = "Buy pills at evil.example"
	var wg sync.WaitGroup
	for lane := range 4 {
		wg.Go(func() {
			for i := range 250 {
				in := mail(fmt.Sprintf("%d-%d@evil.example", lane, i), kim, evil, evil)
				in.From.Name = evil
				if _, err := d.Receive(context.Background(), in); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	d.Drain()
	acks := d.Notices.Of(helpdesk.NoticeReceived)
	require.LessOrEqual(t, len(acks), 3)
	require.NotEmpty(t, acks)
	for _, n := range acks {
		require.NotContains(t, fmt.Sprintf("%+v %+v", n, *n.Ticket), "evil")
		require.True(t, n.Mail.Automatic)
	}
	page, err := d.Tickets(t.Context(), helpdesk.Query{Limit: 1000})
	require.NoError(t, err)
	require.LessOrEqual(t, len(page.Tickets), 20+4, "more are held")
	held, err := d.Mails(t.Context(), helpdesk.MailQuery{Outcome: []helpdesk.MailOutcome{helpdesk.MailHeld}, Limit: 1000})
	require.NoError(t, err)
	require.Equal(t, 1000, len(held.Mails)+len(page.Tickets), "none is lost")

	for range 30 { // and no more than ten a day
		d.Advance(time.Hour)
		receive(t, d, mail(fmt.Sprintf("%s@later.example", d.Clock.Now().Format(time.RFC3339)), kim, "Hello", "Hello."))
	}
	d.Drain()
	day := map[int]int{}
	for _, n := range d.Notices.Of(helpdesk.NoticeReceived) {
		for h := range 24 {
			day[int(n.At.Sub(helpdesktest.Start)/time.Hour)+h]++
		}
	}
	for h, n := range day {
		require.LessOrEqual(t, n, 10, "in the 24 hours before hour %d", h)
	}
}

// Two desks that are each other's customers write at most two mails: a person's and its
// acknowledgement.
func TestTwoDesksDoNotTalkToEachOther(t *testing.T) {
	t.Parallel()
	boxes := []string{"a@a.example", "b@b.example"}
	desks := make([]*helpdesktest.Desk, 2)
	for i := range desks {
		cfg := mailed()
		cfg.Mail.Address = func(helpdesk.TenantID) string { return boxes[i] }
		desks[i] = hire(helpdesktest.New(t, nil, cfg))
	}
	// A person at A wrote to B. B's acknowledgement is the first mail that a program wrote.
	start := mail("1@a.example", boxes[0], "Hello", "Hello.")
	start.Recipients = boxes[1:]
	receive(t, desks[1], start)
	exchanged := 0
	told := make([]int, 2)
	for range 20 {
		for i, d := range desks {
			d.Advance(time.Minute)
			all := d.Notices.All()
			for _, n := range all[told[i]:] {
				if n.To[0].Agent != "" {
					continue
				}
				exchanged++
				in := mail(n.Mail.MessageID, n.Mail.From, "Re: "+n.Ticket.Subject, n.Text)
				in.Recipients, in.Loops = []string{n.To[0].Email}, []string{n.Mail.From}
				if n.Mail.Automatic {
					in.Kind, in.Reason = helpdesk.MailAutomatic, "Auto-Submitted"
				}
				receive(t, desks[1-i], in)
			}
			told[i] = len(all)
		}
	}
	require.Equal(t, 1, exchanged)
}

func TestNothingIsRefusedForWhatItHolds(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Just(strings.Repeat("ü", 1100)), rapid.Just("a\x00b\xff"))
		in := &helpdesk.Incoming{
			ID: text.Draw(rt, "id"), MessageID: text.Draw(rt, "message id"), From: helpdesk.Contact{Name: text.Draw(rt, "name"), Email: text.Draw(rt, "email")},
			Subject: text.Draw(rt, "subject"), Text: text.Draw(rt, "text"), Full: text.Draw(rt, "full"), HTML: text.Draw(rt, "html"),
			Recipients: []string{text.Draw(rt, "recipient")}, InReplyTo: []string{text.Draw(rt, "in reply to")},
			Kind: rapid.SampledFrom(append(helpdesk.MailKinds, "", "else")).Draw(rt, "kind"), Problem: text.Draw(rt, "problem"),
			Files: []helpdesk.File{file(text.Draw(rt, "file"), "x"), {}},
		}
		if rapid.Bool().Draw(rt, "long") {
			in.Text += strings.Repeat("x", helpdesk.MaxText)
		}
		m, err := d.Receive(context.Background(), in)
		if err != nil || m.Outcome == "" {
			rt.Fatalf("%v %v", m, err)
		}
	})
}

func TestUnreadableMailIsKeptAsItCame(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		raw := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("\x00garbage")), nil }
		m := receive(t, d, &helpdesk.Incoming{ID: "x", Problem: "no header", Raw: raw, Kind: helpdesk.MailMessage})
		require.Equal(t, helpdesk.MailUnreadable, m.Outcome)
		require.Equal(t, "no header", m.Reason)
		require.Len(t, m.Attachments, 1)
		d.Advance(25 * time.Hour)
		a, r, err := asAgent(d, ana).MailFile(t.Context(), m.ID, m.Attachments[0].ID)
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Equal(t, "message.eml \x00garbage", a.Name+" "+string(content))
		_, _, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).MailFile(t.Context(), m.ID, m.Attachments[0].ID)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, _, err = d.ForTenant("other").MailFile(t.Context(), m.ID, m.Attachments[0].ID)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)

		half := mail("2@kim.example", kim, "Half", "What could be read.")
		half.Problem, half.Raw = "the second part is cut off", raw
		opened := receive(t, d, half)
		require.Equal(t, helpdesk.MailOpened, opened.Outcome)
		th, err := d.Thread(t.Context(), opened.Ticket)
		require.NoError(t, err)
		require.Equal(t, "message.eml", th.Messages[0].Attachments[0].Name)
		require.Contains(t, bodies(t, d, opened.Ticket), "system: The mail could not be read as a whole: the second part is cut off")
	})
}

func TestAnswerToClosedTicketOpensLinkedOne(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	_, err := asAgent(d, ana).Resolve(t.Context(), m.Ticket, "Done.")
	require.NoError(t, err)
	d.Advance(2 * time.Hour)
	survey := told(t, d, helpdesk.NoticeSurvey)
	token := survey.Mail.RateURL[strings.LastIndexByte(survey.Mail.RateURL, '=')+1:]
	rated, err := d.RateLink(t.Context(), token, 5, "Quick.")
	require.NoError(t, err)
	require.Equal(t, 5, rated.Rating.Score)
	_, err = d.ForTenant("other").RateLink(t.Context(), token, 1, "")
	require.ErrorIs(t, err, helpdesk.ErrNotFound)
	_, err = d.RateLink(t.Context(), "c"+token[1:], 1, "")
	require.ErrorIs(t, err, helpdesk.ErrNotFound, "a token is good for one purpose")

	d.Advance(30 * 24 * time.Hour)
	in := mail("2@kim.example", kim, "Re: Mine", "Not done at all.")
	in.InReplyTo = []string{survey.Mail.MessageID}
	next := receive(t, d, in)
	require.Equal(t, helpdesk.MailOpened, next.Outcome)
	require.NotEqual(t, m.Ticket, next.Ticket)
	require.Equal(t, "the ticket it answers is closed", next.Reason)
	require.Equal(t, next, receive(t, d, in))
}

func TestALinkToATicketOpensThatOneForItsCustomer(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	other := receive(t, d, mail("2@kim.example", "lee@lee.example", "Another", "Another."))
	d.Drain()
	link := told(t, d, helpdesk.NoticeReceived).Mail.TicketURL
	require.Contains(t, link, "https://acme.example/t?t=v")
	for _, n := range d.Notices.All() {
		require.Equal(t, n.Kind == helpdesk.NoticeReceived, n.Mail.TicketURL != "", "agents get none: %s", n.Kind)
	}
	_, err := asAgent(d, ana).Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "Which one?"})
	require.NoError(t, err)
	d.Drain()
	token := strings.TrimPrefix(told(t, d, helpdesk.NoticeReply).Mail.TicketURL, "https://acme.example/t?t=")
	held, id, err := d.ViewLink(t.Context(), strings.ToUpper(token))
	require.NoError(t, err)
	require.Equal(t, m.Ticket, id)
	seen, err := held.Ticket(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, kim, seen.Customer.Email)
	for _, forged := range []string{"", "v", "r" + token[1:], "c" + token[1:], token[:len(token)-1], "v0" + token[2:] + "0"} {
		_, _, err := d.ViewLink(t.Context(), forged)
		require.ErrorIs(t, err, helpdesk.ErrNotFound, forged)
	}
	_, _, err = d.ForTenant("other").ViewLink(t.Context(), token)
	require.ErrorIs(t, err, helpdesk.ErrNotFound)
	_, err = d.RateLink(t.Context(), token, 5, "")
	require.ErrorIs(t, err, helpdesk.ErrNotFound, "a token is good for one purpose")

	_, err = asAgent(d, ana).Merge(t.Context(), m.Ticket, other.Ticket)
	require.NoError(t, err)
	_, id, err = d.ViewLink(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, m.Ticket, id, "not into a ticket of somebody else's")
}

func TestSurveyIsNotSentWhenTheTicketIsOpenAgain(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	_, err := asAgent(d, ana).Resolve(t.Context(), m.Ticket, "Done.")
	require.NoError(t, err)
	back := mail("2@kim.example", kim, "Re: Mine", "No.")
	back.InReplyTo = []string{"1@kim.example"}
	require.Equal(t, helpdesk.MailAppended, receive(t, d, back).Outcome)
	d.Advance(3 * time.Hour)
	require.Empty(t, d.Notices.Of(helpdesk.NoticeSurvey))
}

func TestOldKeyIsGoodUntilItIsTakenOut(t *testing.T) {
	t.Parallel()
	cfg := mailed()
	d := hire(helpdesktest.New(t, nil, cfg))
	receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	address := told(t, d, helpdesk.NoticeReceived).Mail.ReplyTo
	for i, c := range []struct {
		keys [][]byte
		want helpdesk.MailOutcome
	}{
		{[][]byte{bytes.Repeat([]byte("n"), 32), cfg.Mail.Keys[0]}, helpdesk.MailAppended},
		{[][]byte{bytes.Repeat([]byte("n"), 32)}, helpdesk.MailOpened},
	} {
		next := mailed()
		next.Mail.Keys = c.keys
		in := mail(fmt.Sprintf("n%d@kim.example", i), kim, "Again", "Again.")
		in.Recipients = []string{address}
		require.Equal(t, c.want, receive(t, helpdesktest.New(t, d.Store, next), in).Outcome)
	}
}

func TestOnlyTheHostReceives(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	for _, who := range []helpdesk.Actor{{Role: helpdesk.RoleCustomer, ID: kim}, {Role: helpdesk.RoleAgent, ID: string(ana)}, {Role: helpdesk.RoleAdmin}} {
		_, err := d.As(who).Receive(t.Context(), mail("1@kim.example", kim, "Mine", "Mine."))
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
	}
}

func TestMailConfigSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, err := helpdesk.New(helpdesktest.New(t, nil, nil).Store, &helpdesk.Config{Mail: &helpdesk.MailConfig{Keys: [][]byte{[]byte("short")}, Survey: -1}})
	var fields []string
	for _, f := range helpdesk.Fields(err) {
		fields = append(fields, f.Field)
	}
	require.Equal(t, []string{"Mail.Address", "Mail.Keys[0]", "Mail.Survey"}, fields)
}

func TestAnswerToTicketMergedIntoSomebodyElsesIsNotShownThere(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	own := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	other := receive(t, d, mail("2@lee.example", "lee@lee.example", "Another", "Another."))
	_, err := asAgent(d, ana).Merge(t.Context(), own.Ticket, other.Ticket)
	require.NoError(t, err)
	in := mail("3@kim.example", kim, "Re: Mine", "My number is 555.")
	in.InReplyTo = []string{"1@kim.example"}
	m := receive(t, d, in)
	require.Equal(t, helpdesk.MailHeld, m.Outcome)
	require.Equal(t, other.Ticket, m.Ticket)
	th, err := asCustomer(d, "lee@lee.example").Thread(t.Context(), other.Ticket)
	require.NoError(t, err)
	require.Len(t, th.Messages, 1)
	_, err = asAgent(d, ana).Release(t.Context(), m.ID, "")
	require.NoError(t, err)
}

func TestAnswerToADismissedMailIsNotHeldOnTheTicket(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	spam := mail("1@evil.example", "evil@example.com", "Re: Mine", "Spam.")
	spam.InReplyTo = []string{"1@kim.example"}
	require.NoError(t, asAgent(d, ana).Dismiss(t.Context(), receive(t, d, spam).ID))
	again := mail("2@evil.example", "evil@example.com", "Re: Mine", "Spam.")
	again.InReplyTo = []string{"1@evil.example"}
	require.Equal(t, helpdesk.MailOpened, receive(t, d, again).Outcome)
}
