package helpdesk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// viewToken and rateToken return the tokens of the last mail of a kind.
func viewToken(t *testing.T, d *helpdesktest.Desk, kind helpdesk.NoticeKind) string {
	t.Helper()
	return strings.TrimPrefix(told(t, d, kind).Mail.TicketURL, "https://acme.example/t?t=")
}

func rateToken(t *testing.T, d *helpdesktest.Desk) string {
	t.Helper()
	return strings.TrimPrefix(told(t, d, helpdesk.NoticeSurvey).Mail.RateURL, "https://acme.example/rate?t=")
}

// solve has Ana resolve a ticket, and waits for the survey.
func solve(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) {
	t.Helper()
	_, err := asAgent(d, ana).Resolve(t.Context(), id, "Done.")
	require.NoError(t, err)
	d.Advance(2 * time.Hour)
}

// view returns the error of following a link.
func view(t *testing.T, d *helpdesktest.Desk, token string) error {
	t.Helper()
	_, _, err := d.ViewLink(t.Context(), token)
	return err
}

func TestLinksEndWhenTheyAreOld(t *testing.T) {
	t.Parallel()
	for age, days := range map[time.Duration]int{0: 90, 24 * time.Hour: 1, time.Hour: 0} {
		cfg := mailed()
		cfg.Mail.LinkAge = age
		cfg.Mail.Survey = time.Minute
		cfg.CloseAfter = -1
		d := hire(helpdesktest.New(t, nil, cfg))
		m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
		_, err := asAgent(d, ana).Resolve(t.Context(), m.Ticket, "Done.")
		require.NoError(t, err)
		d.Advance(time.Minute)
		look, rate := viewToken(t, d, helpdesk.NoticeSurvey), rateToken(t, d)
		last := helpdesktest.Start.Truncate(24*time.Hour).AddDate(0, 0, days+1)
		d.Clock.Advance(last.Sub(d.Clock.Now()) - 1)
		require.NoError(t, view(t, d, look), days)
		_, err = d.RateLinkTicket(t.Context(), rate)
		require.NoError(t, err)
		d.Clock.Advance(1)
		require.ErrorIs(t, view(t, d, look), helpdesk.ErrLinkEnded, days)
		_, err = d.RateLinkTicket(t.Context(), rate)
		require.ErrorIs(t, err, helpdesk.ErrLinkEnded)
		_, err = d.RateLink(t.Context(), rate, 1, "")
		require.ErrorIs(t, err, helpdesk.ErrLinkEnded)
		for i := 1; i < 6; i++ { // a later end is forged
			require.ErrorIs(t, view(t, d, look[:i]+"f"+look[i+1:]), helpdesk.ErrNotFound, look)
		}
	}
	cfg := mailed()
	cfg.Mail.LinkAge = -1
	_, err := helpdesk.New(desk(t, nil).Store, cfg)
	require.ErrorContains(t, err, "Mail.LinkAge is negative")
}

func TestEndLinksEndsEveryTokenOfTheMailsSoFar(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
		d.Drain()
		merged := receive(t, d, mail("2@kim.example", kim, "Mine too", "Too."))
		d.Drain()
		mergedView := viewToken(t, d, helpdesk.NoticeReceived)
		_, err := asAgent(d, ana).Merge(t.Context(), merged.Ticket, m.Ticket)
		require.NoError(t, err)
		solve(t, d, m.Ticket)
		survey := told(t, d, helpdesk.NoticeSurvey).Mail
		look, rate := viewToken(t, d, helpdesk.NoticeSurvey), rateToken(t, d)

		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).EndLinks(t.Context(), m.Ticket)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = asAgent(d, ana).IfVersion(1).EndLinks(t.Context(), m.Ticket)
		require.ErrorIs(t, err, helpdesk.ErrConflict)
		require.NoError(t, view(t, d, look))
		require.NoError(t, view(t, d, mergedView))
		was := read(t, d, m.Ticket)
		after, err := asAgent(d, ana).IfVersion(was.Version).EndLinks(t.Context(), m.Ticket)
		require.NoError(t, err)
		require.Equal(t, 1, after.LinksEnded)
		require.Equal(t, was.PublicAt, after.PublicAt, "the customer sees no difference")

		require.ErrorIs(t, view(t, d, look), helpdesk.ErrLinkEnded)
		require.ErrorIs(t, view(t, d, mergedView), helpdesk.ErrLinkEnded)
		_, err = d.RateLink(t.Context(), rate, 1, "")
		require.ErrorIs(t, err, helpdesk.ErrLinkEnded)
		th, err := d.Thread(t.Context(), m.Ticket)
		require.NoError(t, err)
		var ended []string
		for _, e := range th.Events {
			if e.Type == helpdesk.EventLinksEnded {
				ended = append(ended, fmt.Sprint(e.Ticket == m.Ticket, e.By.ID, e.From, e.To))
			}
		}
		require.ElementsMatch(t, []string{"true" + string(ana) + "01", "false" + string(ana) + "01"}, ended)

		// A mail to the reply address of then finds the ticket by what else it says, or not at all.
		stranger := mail("3@eve.example", "eve@eve.example", "Hello", "I have found this address.")
		stranger.Recipients = []string{survey.ReplyTo}
		other := receive(t, d, stranger)
		require.Equal(t, helpdesk.MailOpened, other.Outcome)
		require.NotEqual(t, m.Ticket, other.Ticket)
		own := mail("4@kim.example", kim, "Re: Mine", "It is broken again.")
		own.Recipients, own.InReplyTo = []string{survey.ReplyTo}, []string{survey.MessageID}
		require.Equal(t, m.Ticket, receive(t, d, own).Ticket)
		_, err = asAgent(d, ana).Reply(t.Context(), m.Ticket, helpdesk.ReplyParams{Body: "Which one?"})
		require.NoError(t, err)
		d.Drain()
		require.NoError(t, view(t, d, viewToken(t, d, helpdesk.NoticeReply)), "later mails have new links")

		_, err = d.Erase(t.Context(), kim)
		require.NoError(t, err)
		require.Equal(t, 2, read(t, d, m.Ticket).LinksEnded)
		require.ErrorIs(t, view(t, d, viewToken(t, d, helpdesk.NoticeReply)), helpdesk.ErrNotFound, "nobody knows whose it was")
	})
}

func TestTheFirstRatingOfAResolutionByALinkStands(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	solve(t, d, m.Ticket)
	look, rate := viewToken(t, d, helpdesk.NoticeSurvey), rateToken(t, d)
	score := func() int { return read(t, d, m.Ticket).Rating.Score }
	rateAgain := func(look, rate string) {
		t.Helper()
		_, err := d.RateLink(t.Context(), rate, 1, "Awful.") // by whoever read a forwarded mail
		require.ErrorIs(t, err, helpdesk.ErrLinkEnded)
		held, id, err := d.ViewLink(t.Context(), look)
		require.NoError(t, err)
		_, err = held.Rate(t.Context(), id, 1, "Awful.")
		require.ErrorIs(t, err, helpdesk.ErrLinkEnded)
	}
	_, err := d.RateLink(t.Context(), rate, 6, "")
	require.ErrorIs(t, err, helpdesk.ErrInvalid, "a faulty one is none")
	_, err = d.RateLink(t.Context(), rate, 5, "Quick.")
	require.NoError(t, err)
	rateAgain(look, rate)
	require.Equal(t, 5, score())
	_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Rate(t.Context(), m.Ticket, 4, "")
	require.NoError(t, err, "a customer whom the host knows may change their mind")
	require.Equal(t, 4, score())

	d.Advance(time.Minute)
	back := mail("2@kim.example", kim, "Re: Mine", "It is broken again.")
	back.InReplyTo = []string{"1@kim.example"}
	require.Equal(t, helpdesk.MailAppended, receive(t, d, back).Outcome)
	_, err = d.RateLinkTicket(t.Context(), rate)
	require.ErrorIs(t, err, helpdesk.ErrLinkEnded, "the ticket is open")
	solve(t, d, m.Ticket)
	require.Len(t, d.Notices.Of(helpdesk.NoticeSurvey), 2, "a second resolution has a survey of its own")
	_, err = d.RateLink(t.Context(), rate, 1, "")
	require.ErrorIs(t, err, helpdesk.ErrLinkEnded, "the link of the first survey does not rate the second resolution")
	_, err = d.RateLink(t.Context(), rateToken(t, d), 2, "")
	require.NoError(t, err)
	rateAgain(viewToken(t, d, helpdesk.NoticeSurvey), rateToken(t, d))
	require.Equal(t, 2, score())
}

func TestAnEndedLinkIsRenewedByMailToItsOwnCustomer(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	solve(t, d, m.Ticket)
	look, rate := viewToken(t, d, helpdesk.NoticeSurvey), rateToken(t, d)
	reply := tokenOf(told(t, d, helpdesk.NoticeSurvey).Mail.ReplyTo)
	renew := func(token string) []helpdesk.Notification {
		t.Helper()
		require.NoError(t, d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer}).RenewLink(t.Context(), token))
		d.Drain()
		return d.Notices.Of(helpdesk.NoticeLink)
	}
	require.Empty(t, renew(look), "it still works")
	_, err := asAgent(d, ana).EndLinks(t.Context(), m.Ticket)
	require.NoError(t, err)
	for _, forged := range []string{"", look[:len(look)-1], "v" + look[2:], reply} {
		require.ErrorIs(t, d.RenewLink(t.Context(), forged), helpdesk.ErrNotFound, forged)
	}
	require.ErrorIs(t, d.ForTenant("other").RenewLink(t.Context(), look), helpdesk.ErrNotFound)
	sent := renew(look)
	require.Len(t, sent, 1)
	require.Equal(t, []helpdesk.Recipient{{Email: kim}}, sent[0].To)
	require.Empty(t, sent[0].Ticket.Subject+sent[0].Ticket.Description, "nothing that a stranger may have written")
	require.NoError(t, view(t, d, viewToken(t, d, helpdesk.NoticeLink)))
	require.Len(t, renew(rate), 2, "a link for a rating is renewed too")
	require.Len(t, renew(look), 3)
	require.Len(t, renew(look), 3, "three an hour, and no word of it")
	for range 10 {
		d.Advance(time.Hour)
		renew(look)
	}
	require.Len(t, renew(look), 10, "ten a day")
	page, err := d.Mails(t.Context(), helpdesk.MailQuery{Notice: []helpdesk.NoticeKind{helpdesk.NoticeLink}})
	require.NoError(t, err)
	require.Len(t, page.Mails, 10)
	require.Equal(t, helpdesk.MailSent, page.Mails[0].Outcome)
	_, err = d.Erase(t.Context(), kim)
	require.NoError(t, err)
	require.ErrorIs(t, d.RenewLink(t.Context(), look), helpdesk.ErrNotFound)
}

func TestTheHolderOfALinkHasOneTicketAlone(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	other := receive(t, d, mail("1@kim.example", kim, "Zanzibar", "Another of mine."))
	d.Drain()
	m := receive(t, d, mail("2@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	held, id, err := d.ViewLink(t.Context(), viewToken(t, d, helpdesk.NoticeReceived))
	require.NoError(t, err)
	require.Equal(t, m.Ticket, id)
	_, err = held.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "More."})
	require.NoError(t, err)
	for name, try := range map[string]func() error{
		"read":   func() error { _, err := held.Ticket(t.Context(), other.Ticket); return err },
		"thread": func() error { _, err := held.Thread(t.Context(), other.Ticket); return err },
		"reply": func() error {
			_, err := held.Reply(t.Context(), other.Ticket, helpdesk.ReplyParams{Body: "x"})
			return err
		},
		"reopen": func() error { _, err := held.Reopen(t.Context(), other.Ticket); return err },
		"rate":   func() error { _, err := held.Rate(t.Context(), other.Ticket, 1, ""); return err },
		"file": func() error {
			_, _, err := held.Attachment(t.Context(), other.Ticket, helpdesk.BlobID(strings.Repeat("0", 32)))
			return err
		},
	} {
		require.ErrorIs(t, try(), helpdesk.ErrNotFound, name)
	}
	_, err = held.Open(t.Context(), helpdesk.OpenParams{Subject: "In the name of Kim"})
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	for _, q := range []helpdesk.Query{{}, {IDs: []helpdesk.TicketID{other.Ticket, m.Ticket}}, {Customer: kim}} {
		page, err := held.Tickets(t.Context(), q)
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1)
		require.Equal(t, m.Ticket, page.Tickets[0].ID)
		n, err := held.Count(t.Context(), 10, q)
		require.NoError(t, err)
		require.Equal(t, []int{1}, n)
	}
	page, err := held.Tickets(t.Context(), helpdesk.Query{IDs: []helpdesk.TicketID{other.Ticket}})
	require.NoError(t, err)
	require.Empty(t, page.Tickets)
	page, err = held.Search(t.Context(), "zanzibar", helpdesk.Query{})
	require.NoError(t, err)
	require.Empty(t, page.Tickets)
	for ticket, err := range held.All(t.Context(), helpdesk.Query{}) {
		require.NoError(t, err)
		require.Equal(t, m.Ticket, ticket.ID)
	}
}

// A customer's ticket that was merged into another customer's takes no answer, and the customer
// learns nothing of the other ticket. The answer opens a new ticket, as after any closed one.
func TestAnAnswerToATicketMergedIntoAnothersOpensANewOne(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		others := receive(t, d, mail("1@lee.example", "lee@lee.example", "Secret", "Secret."))
		d.Drain()
		m := receive(t, d, mail("2@kim.example", kim, "Mine", "Mine."))
		d.Drain()
		_, err := asAgent(d, ana).Merge(t.Context(), m.Ticket, others.Ticket)
		require.NoError(t, err)
		held, id, err := d.ViewLink(t.Context(), viewToken(t, d, helpdesk.NoticeReceived))
		require.NoError(t, err)
		require.Equal(t, m.Ticket, id)
		login := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
		for name, as := range map[string]*helpdesk.Desk{"link": held, "login": login} {
			p := helpdesk.ReplyParams{Body: "Hello? " + name, IdempotencyKey: name}
			next, err := as.Reply(t.Context(), id, p)
			require.NoError(t, err)
			require.NotContains(t, []helpdesk.TicketID{m.Ticket, others.Ticket}, next.ID)
			require.Equal(t, kim, next.Customer.Email)
			require.Empty(t, next.MergedInto)
			th, err := d.Thread(t.Context(), next.ID)
			require.NoError(t, err)
			require.Equal(t, string(m.Ticket), th.Events[0].From, "agents see which one it continues")
			again, err := as.Reply(t.Context(), id, p)
			require.NoError(t, err)
			require.Equal(t, next.ID, again.ID, "once")
			_, err = as.Reopen(t.Context(), id)
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			require.NotContains(t, err.Error(), others.Ticket)
		}
		require.NotContains(t, bodies(t, d, others.Ticket), "customer: Hello? link")
	})
}
