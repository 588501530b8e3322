package helpdesk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

// TestSendAndResolveIsOneAct replies and resolves: one message, one mail, and a note only when one
// was written.
func TestSendAndResolveIsOneAct(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana"})
		ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"})
		for _, note := range []string{"", "A cookie was stale."} {
			d.Notices.Reset()
			id := open(t, d, helpdesk.OpenParams{Subject: "Cannot log in"}).ID
			d.Drain()
			before := read(t, d, id).Version
			ticket, err := ana.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Your PIN is 4711 now.", Resolve: true, Resolution: note})
			require.NoError(t, err)
			require.Equal(t, before+1, ticket.Version, "one commit")
			require.Equal(t, helpdesk.StatusResolved, ticket.Status)
			require.Equal(t, note, ticket.Resolution)
			require.Equal(t, 1, ticket.Replies)
			require.Equal(t, ticket.ResolvedAt, ticket.FirstReplyAt)
			d.Drain()
			require.Empty(t, d.Notices.Of(helpdesk.NoticeReply))
			told := d.Notices.Of(helpdesk.NoticeResolved)
			require.Len(t, told, 1)
			require.Equal(t, "Your PIN is 4711 now.", told[0].Text)
			_, err = ana.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Again.", Resolve: true})
			var move *helpdesk.TransitionError
			require.ErrorAs(t, err, &move)
			require.Equal(t, 1, read(t, d, id).Replies, "a reply that cannot resolve is not sent")
		}
	})
}

func TestResolveOfAReplyIsChecked(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, &helpdesk.Config{}, helpdesk.Agent{ID: "ana"})
	id := open(t, d, helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: "kim@example.com"}}).ID
	ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"})
	kim := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"})
	for want, p := range map[string]helpdesk.ReplyParams{
		"waiting does not go with resolve": {Body: "x", Waiting: true, Resolve: true},
		"resolution_note needs resolve":    {Body: "x", Resolution: "so"},
		"resolution_note is longer than":   {Body: "x", Resolve: true, Resolution: strings.Repeat("x", helpdesk.MaxText+1)},
	} {
		_, err := ana.Reply(t.Context(), id, p)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.ErrorContains(t, err, want)
	}
	_, err := kim.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "x", Resolve: true})
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	require.ErrorContains(t, err, "resolve is not a customer's to say")
	_, err = ana.Resolve(t.Context(), id, "")
	require.ErrorContains(t, err, "resolution_note is empty", "nobody has told the customer anything")
}

// TestNoCustomersWordsReachAnother plants secrets in the texts, replies, notes and resolutions of
// solved tickets, and has a model that repeats all it is given. No suggestion for another customer
// holds one of them.
func TestNoCustomersWordsReachAnother(t *testing.T) {
	t.Parallel()
	var model parrot
	d := staffed(t, migrated(t, dbtest.SQLite(t)), &helpdesk.Config{Classifier: &model}, helpdesk.Agent{ID: "ana", Capacity: 1000})
	ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"})
	secrets := map[helpdesk.TicketID][]string{}
	var ids []helpdesk.TicketID
	for i := range 40 {
		name, pin, token := fmt.Sprintf("Wilmer%c Osei%c", 'a'+i%26, 'a'+i/26), fmt.Sprint(48_000+i), fmt.Sprintf("tok-%x", 0xbeef00+i)
		ticket := open(t, d, helpdesk.OpenParams{
			Subject: "Cannot log in to my account", Description: fmt.Sprintf("I am %s. My code %s is refused.", name, pin),
			Customer: helpdesk.Contact{Name: name, Email: fmt.Sprintf("person%d@mail.example", i)},
		})
		d.Drain()
		var err error
		switch i % 3 {
		case 0:
			_, err = ana.Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "Hello " + name + ", use " + token, Resolve: true})
		case 1:
			_, err = ana.Resolve(t.Context(), ticket.ID, "Gave "+name+" the token "+token)
		case 2:
			_, err = ana.Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "Hello " + name, Resolve: true, Resolution: "Token " + token})
		}
		require.NoError(t, err)
		d.Drain()
		secrets[ticket.ID] = append(strings.Fields(name), pin, token)
		ids = append(ids, ticket.ID)
	}
	require.Greater(t, model.given, 30, "the model was shown solved tickets")
	for _, id := range ids {
		suggestion, err := json.Marshal(read(t, d, id).Suggestion)
		require.NoError(t, err)
		for other, list := range secrets {
			for _, secret := range list {
				if other != id {
					require.NotContains(t, string(suggestion), secret)
				}
			}
		}
	}
}

// TestAnErasedTicketIsNoExample resolves by a reply, with and without a note, and erases the
// customer: nothing of the ticket is found any more, and it leaves the index.
func TestAnErasedTicketIsNoExample(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 100})
		ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"})
		for i, note := range []string{"", "Set the keepalive."} {
			email := fmt.Sprintf("kim%d@example.com", i)
			solved := open(t, d, helpdesk.OpenParams{Subject: "VPN tunnel drops", Description: "Every hour.", Customer: helpdesk.Contact{Email: email}})
			d.Drain()
			_, err := ana.Reply(t.Context(), solved.ID, helpdesk.ReplyParams{Body: "Try again.", Resolve: true, Resolution: note})
			require.NoError(t, err)
			d.Drain()
			like := open(t, d, helpdesk.OpenParams{Subject: "VPN tunnel drops"}).ID
			found, err := ana.Similar(t.Context(), like, 0)
			require.NoError(t, err)
			require.Len(t, found, 1)
			require.Equal(t, note, found[0].Resolution)
			_, err = d.Erase(t.Context(), email)
			require.NoError(t, err)
			require.False(t, read(t, d, solved.ID).IsSolved())
			due, err := d.Desk.Store().Lease(t.Context(), d.Clock.Now(), time.Minute, 100)
			require.NoError(t, err)
			require.True(t, slices.ContainsFunc(due, func(task helpdesk.Task) bool {
				return task.Kind == helpdesk.TaskIndex && task.Ticket == solved.ID
			}), "its words leave the index")
			d.Clock.Advance(time.Hour)
			d.Drain()
			found, err = ana.Similar(t.Context(), like, 0)
			require.NoError(t, err)
			require.Empty(t, found)
		}
	})
}

// TestSimilarTicketsAreListedOnceEach has tickets of one subject: one answer is listed once, and
// tickets without a note are the same only if their texts are.
func TestSimilarTicketsAreListedOnceEach(t *testing.T) {
	t.Parallel()
	finder := listed{}
	for _, s := range []helpdesk.Solved{
		{Ref: "1", Subject: "VPN drops", Resolution: "Restart."}, {Ref: "2", Subject: "vpn  drops", Resolution: "restart."},
		{Ref: "3", Subject: "VPN drops", Resolution: "Replace it."}, {Ref: "4", Subject: "VPN drops", Text: "At home."},
		{Ref: "5", Subject: "VPN drops", Text: "At work."}, {Ref: "6", Subject: "VPN drops", Text: "at work."},
	} {
		finder = append(finder, s)
	}
	d := staffed(t, nil, &helpdesk.Config{Similar: finder}, helpdesk.Agent{ID: "ana"})
	id := open(t, d, helpdesk.OpenParams{Subject: "VPN"}).ID
	for limit, want := range map[int]string{0: "1 3 4", 2: "1 3", 50: "1 3 4 5", math.MaxInt: "1 3 4 5"} {
		found, err := d.Similar(t.Context(), id, limit)
		require.NoError(t, err)
		var refs []string
		for _, s := range found {
			refs = append(refs, s.Ref)
		}
		require.Equal(t, want, strings.Join(refs, " "))
	}
}

// listed is a SimilarFinder that finds the same always.
type listed []helpdesk.Solved

func (l listed) Find(_ context.Context, _ helpdesk.Store, _ *helpdesk.Ticket, limit int) ([]helpdesk.Solved, error) {
	return l[:max(0, min(limit, len(l)))], nil
}

func (l listed) Update(context.Context, helpdesk.Store, []helpdesk.Task) (map[helpdesk.TicketID]error, error) {
	return nil, nil
}

// TestTheHostResolvesByAReply tells the customer once, as an agent's reply does.
func TestTheHostResolvesByAReply(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, &helpdesk.Config{})
	id := open(t, d, helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: "kim@example.com"}}).ID
	_, err := d.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Paid back.", Resolve: true})
	require.NoError(t, err)
	d.Drain()
	told := d.Notices.Of(helpdesk.NoticeResolved)
	require.Len(t, told, 1)
	require.Equal(t, "Paid back.", told[0].Text)
}

// parrot answers with all that it is given of solved tickets.
type parrot struct{ given int }

func (p *parrot) Classify(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	var b strings.Builder
	for _, s := range r.Similar {
		p.given++
		fmt.Fprintf(&b, "%s. %s ", s.Text, s.Resolution)
	}
	return &helpdesk.Classification{Category: helpdesk.Account, Confidence: 0.9, Response: b.String()}, nil
}
