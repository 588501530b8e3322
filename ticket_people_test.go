package helpdesk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

const (
	lee      = "lee@example.com"
	outsider = "ola@other.example"
	stranger = "sam@gmail.com"
)

// copied returns a mail of Kim's with people in Cc.
func copied(id, from string, cc ...string) *helpdesk.Incoming {
	in := mail(id, from, "Refund for order 17", "Please pay it back.")
	for _, email := range cc {
		in.Cc = append(in.Cc, helpdesk.Contact{Email: email})
	}
	return in
}

func emails(cc []helpdesk.Contact) (list []string) {
	for _, c := range cc {
		list = append(list, c.Email)
	}
	return list
}

func TestTheRequestersCcTakesPart(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		m := receive(t, d, copied("1@x", kim, "OLA@other.example", box, "support+tag@acme.example", string(ana), "no-reply@shop.example", "MAILER-DAEMON@x.example", "no address", kim))
		require.Equal(t, []string{outsider}, emails(read(t, d, m.Ticket).Cc))
		_, err := asAgent(d, ana).Reply(ctx, m.Ticket, helpdesk.ReplyParams{Body: "Which order?"})
		require.NoError(t, err)
		d.Drain()
		sent := told(t, d, helpdesk.NoticeReply)
		require.Equal(t, []helpdesk.Recipient{{Email: outsider}}, sent.Cc)
		require.Equal(t, kim, sent.To[0].Email)
		require.Empty(t, sent.Mail.TicketURL, "the link acts for the requester")

		answer := copied("2@x", outsider, stranger)
		answer.InReplyTo = []string{sent.Mail.MessageID}
		require.Equal(t, helpdesk.MailAppended, receive(t, d, answer).Outcome)
		require.Equal(t, []string{outsider}, emails(read(t, d, m.Ticket).Cc), "only the requester adds people")
		byRef := copied("3@x", outsider)
		byRef.Subject = "[" + read(t, d, m.Ticket).Ref + "]"
		require.Equal(t, m.Ticket, receive(t, d, byRef).Ticket)
		forged := copied("6@x", kim, stranger)
		forged.Subject = byRef.Subject
		require.Equal(t, m.Ticket, receive(t, d, forged).Ticket)
		require.Equal(t, []string{outsider}, emails(read(t, d, m.Ticket).Cc), "whoever knows the reference cannot let people in")
		require.Contains(t, strings.Join(texts(t, d, m.Ticket, helpdesk.SystemNote), "\n"), "The mail was sent to others, too.")
		unknown := copied("4@x", stranger)
		unknown.InReplyTo = []string{sent.Mail.MessageID}
		require.Equal(t, helpdesk.MailHeld, receive(t, d, unknown).Outcome)

		more := copied("5@x", kim)
		more.InReplyTo = []string{sent.Mail.MessageID}
		for i := range 10_000 {
			more.Cc = append(more.Cc, helpdesk.Contact{Email: fmt.Sprintf("p%d@other.example", i)})
		}
		receive(t, d, more)
		require.Len(t, read(t, d, m.Ticket).Cc, helpdesk.MaxParticipants)
		require.Contains(t, strings.Join(texts(t, d, m.Ticket, helpdesk.SystemNote), "\n"), "a ticket has at most 50 people in Cc")
	})
}

// TestWhoSeesAnswersAndIsTold is the table of docs/customers.md.
func TestWhoSeesAnswersAndIsTold(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		org, err := d.SaveOrganisation(ctx, helpdesk.Organisation{Name: "Acme", HostID: "acme"})
		require.NoError(t, err)
		for email, sees := range map[string]bool{kim: false, lee: true} {
			_, err := d.SaveCustomer(ctx, helpdesk.Customer{Addresses: []helpdesk.Address{{Value: email}}, Organisation: org.ID, Colleagues: sees})
			require.NoError(t, err)
		}
		id := receive(t, d, copied("1@x", kim, outsider)).Ticket
		_, err = asAgent(d, ana).Note(ctx, id, "A secret.")
		require.NoError(t, err)
		_, err = asAgent(d, ana).Reply(ctx, id, helpdesk.ReplyParams{Body: "Which order?"})
		require.NoError(t, err)
		d.Drain()
		sent := told(t, d, helpdesk.NoticeReply)
		gets := append(sent.To, sent.Cc...)
		_, err = asAgent(d, ana).Resolve(ctx, id, "Done.")
		require.NoError(t, err)
		for _, who := range []struct {
			email                            string
			sees, answers, rates, mails, may bool
		}{
			{kim, true, true, true, true, false},
			{lee, true, true, true, false, false}, // a colleague with Colleagues
			{outsider, true, true, false, true, true},
			{stranger, false, false, false, false, false},
		} {
			c := asCustomer(d, who.email)
			th, err := c.Thread(ctx, id)
			require.Equal(t, who.sees, err == nil, who.email)
			if who.sees {
				require.Equal(t, "Please pay it back.", th.Messages[0].Body, "the public conversation from its start")
				for _, m := range th.Messages {
					require.True(t, m.Kind.Public())
				}
			}
			page, err := c.Tickets(ctx, helpdesk.Query{})
			require.NoError(t, err)
			require.Len(t, page.Tickets, map[bool]int{true: 1}[who.sees], who.email)
			found, err := c.Search(ctx, "refund", helpdesk.Query{})
			require.NoError(t, err)
			require.Len(t, found.Tickets, map[bool]int{true: 1}[who.sees], who.email)
			_, err = c.Rate(ctx, id, 5, "")
			require.Equal(t, who.rates, err == nil, "%s rates: %v", who.email, err)
			in := copied("m"+who.email, who.email)
			in.InReplyTo = []string{sent.Mail.MessageID}
			require.Equal(t, who.answers, receive(t, d, in).Outcome == helpdesk.MailAppended, who.email)
			_, err = c.Reply(ctx, id, helpdesk.ReplyParams{Body: "From " + who.email})
			require.Equal(t, who.answers, err == nil, who.email)
			told := false
			for _, r := range gets {
				told = told || r.Email == who.email
			}
			require.Equal(t, who.mails, told, who.email)
			err = c.Leave(ctx, id)
			require.Equal(t, who.may, err == nil, who.email)
			if who.may {
				_, err = c.Thread(ctx, id)
				require.ErrorIs(t, err, helpdesk.ErrNotFound)
			}
			_, err = asAgent(d, ana).Resolve(ctx, id, "Done.")
			require.True(t, err == nil || !who.answers)
		}
	})
}

func TestAgentsChangeWhoTakesPart(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	ctx, agent := t.Context(), asAgent(d, ana)
	id := open(t, d, helpdesk.OpenParams{}).ID
	edit := func(cc ...helpdesk.Contact) error {
		_, err := agent.Edit(ctx, id, helpdesk.TicketEdit{Cc: &cc})
		return err
	}
	require.NoError(t, edit(helpdesk.Contact{Name: "Ola", Email: "Ola@Other.example"}, helpdesk.Contact{Email: stranger}, helpdesk.Contact{Email: kim}, helpdesk.Contact{Email: outsider}))
	require.Equal(t, []helpdesk.Contact{{Name: "Ola", Email: outsider}, {Email: stranger}}, read(t, d, id).Cc)
	for problem, list := range map[string][]helpdesk.Contact{
		"are more than 50": make([]helpdesk.Contact, 10_000), "hold an address of the desk": {{Email: box}}, "is not a mail address": {{Email: "x"}},
		`hold "noreply@x.example", which no person reads`: {{Email: "noreply@x.example"}},
	} {
		fields := helpdesk.Fields(edit(list...))
		require.Equal(t, []*helpdesk.FieldError{{Field: "cc", Problem: problem}}, fields)
	}
	for _, followers := range [][]helpdesk.AgentID{make([]helpdesk.AgentID, 51), {"nobody"}, {""}} {
		_, err := agent.Edit(ctx, id, helpdesk.TicketEdit{Followers: &followers})
		require.Equal(t, "followers", helpdesk.Fields(err)[0].Field)
	}
	_, err := agent.Edit(ctx, id, helpdesk.TicketEdit{Followers: &[]helpdesk.AgentID{ben, ana, ben}})
	require.NoError(t, err)
	require.Equal(t, []helpdesk.AgentID{ana, ben}, read(t, d, id).Followers)
	require.NoError(t, agent.Leave(ctx, id))
	require.Equal(t, []helpdesk.AgentID{ben}, read(t, d, id).Followers)
	require.ErrorIs(t, agent.Leave(ctx, id), helpdesk.ErrInvalid)

	_, err = agent.Reply(ctx, id, helpdesk.ReplyParams{Body: "For some.", Cc: []string{"Sam@gmail.com"}})
	require.NoError(t, err)
	_, err = agent.Reply(ctx, id, helpdesk.ReplyParams{Body: "For others.", Cc: []string{"x@y.example"}})
	require.Equal(t, "cc", helpdesk.Fields(err)[0].Field)
	_, err = asCustomer(d, stranger).Reply(ctx, id, helpdesk.ReplyParams{Body: "For none.", Cc: []string{}})
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	d.Drain()
	require.Equal(t, []helpdesk.Recipient{{Email: stranger}}, told(t, d, helpdesk.NoticeReply).Cc)
	shown, err := asCustomer(d, stranger).Ticket(ctx, id)
	require.NoError(t, err)
	require.Len(t, shown.Cc, 2)
	require.Empty(t, shown.Followers)

	_, err = agent.Edit(ctx, id, helpdesk.TicketEdit{Customer: &helpdesk.Contact{Email: stranger}})
	require.NoError(t, err)
	require.Equal(t, []string{outsider}, emails(read(t, d, id).Cc), "the requester is not in Cc too")
}

func TestAMergeJoinsAnotherCustomerOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		source string // whose ticket is merged away
		opts   []helpdesk.MergeOption
		cc     []string
		sees   bool // the source's customer sees the survivor, and its words are seen
	}{
		{lee, nil, nil, false},
		{lee, []helpdesk.MergeOption{helpdesk.JoinCustomer}, []string{lee, outsider}, true},
		{kim, nil, []string{outsider}, true},
	} {
		d := desk(t, mailed())
		ctx := t.Context()
		into := open(t, d, helpdesk.OpenParams{Description: "Mine."}).ID
		from := open(t, d, helpdesk.OpenParams{Description: "Theirs.", Customer: helpdesk.Contact{Email: c.source}}).ID
		_, err := asAgent(d, ana).Edit(ctx, from, helpdesk.TicketEdit{Cc: &[]helpdesk.Contact{{Email: outsider}}, Followers: &[]helpdesk.AgentID{ben}})
		require.NoError(t, err)
		merged, err := asAgent(d, ana).Merge(ctx, from, into, c.opts...)
		require.NoError(t, err)
		require.Equal(t, c.cc, emails(merged.Cc))
		require.Equal(t, []helpdesk.AgentID{ben}, merged.Followers)
		for _, email := range []string{c.source, outsider} {
			_, err = asCustomer(d, email).Thread(ctx, into)
			require.Equal(t, c.sees, err == nil, email)
		}
		th, err := asCustomer(d, kim).Thread(ctx, into)
		require.NoError(t, err)
		require.Len(t, th.Messages, map[bool]int{true: 2, false: 1}[c.source == kim], "of another customer nothing is shown")
	}
}

func TestAnErasureLeavesNothingOfAParticipant(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		in := copied("1@x", kim)
		in.Cc = []helpdesk.Contact{{Name: "Ola Nordmann", Email: outsider}}
		in.Full = in.Text + "\n> To: Ola Nordmann <Ola@other.example>"
		id := receive(t, d, in).Ticket
		mine := open(t, d, helpdesk.OpenParams{Customer: helpdesk.Contact{Name: "Ola Nordmann", Email: outsider}}).ID
		_, err := asCustomer(d, outsider).Reply(ctx, id, helpdesk.ReplyParams{Body: "My secret is plugh."})
		require.NoError(t, err)
		_, err = asAgent(d, ana).Reply(ctx, id, helpdesk.ReplyParams{Body: "Dear Ola Nordmann, we pay."})
		require.NoError(t, err)
		d.Drain()
		sent := told(t, d, helpdesk.NoticeReply)
		bounce := &helpdesk.Incoming{MessageID: "b@x", Kind: helpdesk.MailBounce, Bounced: []string{sent.Mail.MessageID}, Failed: []string{outsider}, Text: "no such user"}
		receive(t, d, bounce)
		other := open(t, d, helpdesk.OpenParams{Customer: helpdesk.Contact{Name: "Ola Nordmann", Email: outsider}}).ID
		_, err = asAgent(d, ana).Edit(ctx, other, helpdesk.TicketEdit{Customer: &helpdesk.Contact{Email: kim}})
		require.NoError(t, err)
		aside := copied("a@x", kim, outsider)
		aside.Kind, aside.Recipients = helpdesk.MailList, []string{outsider, box}
		require.Equal(t, helpdesk.MailSuppressed, receive(t, d, aside).Outcome)
		messages := len(bodies(t, d, id))
		_, err = d.Erase(ctx, outsider)
		require.NoError(t, err)
		require.Len(t, bodies(t, d, id), messages, "counts stay")
		for _, ticket := range []helpdesk.TicketID{id, mine, other} {
			th, err := d.Store.Thread(ctx, "", ticket)
			require.NoError(t, err)
			mails, err := d.Mails(ctx, helpdesk.MailQuery{})
			require.NoError(t, err)
			all := strings.ToLower(fmt.Sprintf("%+v %+v %+v", *th.Ticket, th.Messages, mails.Mails))
			for _, m := range mails.Mails {
				all += strings.ToLower(string(m.Content))
			}
			for _, e := range th.Events {
				all += strings.ToLower(fmt.Sprintf("%+v %s", e, e.Data))
			}
			for _, gone := range []string{outsider, "nordmann", "plugh"} {
				require.NotContains(t, all, gone)
			}
		}
		_, err = asCustomer(d, outsider).Thread(ctx, id)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
	})
}

func TestAParticipantIsAPersonAndSeesWhatWasMergedIn(t *testing.T) {
	t.Parallel()
	d := desk(t, mailed())
	ctx, agent := t.Context(), asAgent(d, ana)
	_, err := d.SaveCustomer(ctx, helpdesk.Customer{Addresses: []helpdesk.Address{{Value: outsider}, {Value: "ola@home.example"}}})
	require.NoError(t, err)
	from, into := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
	_, err = agent.Merge(ctx, from, into)
	require.NoError(t, err)
	_, err = agent.Edit(ctx, into, helpdesk.TicketEdit{Cc: &[]helpdesk.Contact{{Email: outsider}}})
	require.NoError(t, err)
	th, err := asCustomer(d, "ola@home.example").Thread(ctx, into)
	require.NoError(t, err, "at another verified address")
	require.Len(t, th.Messages, 2, "of both tickets of the requester")

	_, err = agent.Reply(ctx, into, helpdesk.ReplyParams{Body: "Hello", Cc: []string{}})
	require.NoError(t, err)
	d.Drain()
	token := viewToken(t, d, helpdesk.NoticeReply)
	for _, email := range []string{lee, kim} {
		_, err = agent.Edit(ctx, into, helpdesk.TicketEdit{Customer: &helpdesk.Contact{Email: email}})
		require.NoError(t, err)
	}
	require.ErrorIs(t, view(t, d, token), helpdesk.ErrLinkEnded, "also when the requester comes back")
}
