package helpdesk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
)

func ptr[T any](v T) *T { return &v }

func TestAnEditChangesSeveralAttributesInOneVersion(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx, agent := t.Context(), asAgent(d, ana)
		ticket := open(t, d, helpdesk.OpenParams{IdempotencyKey: "k"})
		edited, err := agent.Edit(ctx, ticket.ID, helpdesk.TicketEdit{
			Subject: ptr(" Refund for order 18 "), Customer: &helpdesk.Contact{Name: "Lee", Email: "LEE@example.com"}, Category: ptr(helpdesk.Billing),
			Priority: ptr(helpdesk.High), Tags: ptr([]string{"b", "A"}), Assignee: ptr(ben), Status: ptr(helpdesk.StatusProgress),
		})
		require.NoError(t, err)
		require.Equal(t, ticket.Version+1, edited.Version)
		require.Equal(t, edited, read(t, d, ticket.ID))
		require.Equal(t, []any{"Refund for order 18", "Lee", "lee@example.com", helpdesk.Billing, helpdesk.High, []string{"a", "b"}, ben, helpdesk.StatusProgress},
			[]any{edited.Subject, edited.Customer.Name, edited.Customer.Email, edited.Category, edited.Priority, edited.Tags, edited.Assignee, edited.Status})
		require.NotEqual(t, ticket.CustomerID, edited.CustomerID)
		n := events(t, d, ticket.ID)
		for _, kind := range []helpdesk.EventType{helpdesk.EventSubject, helpdesk.EventCustomer, helpdesk.EventCategory, helpdesk.EventPriority, helpdesk.EventTags} {
			require.Equal(t, 1, n[kind], kind)
		}
		th, err := agent.Thread(ctx, ticket.ID)
		require.NoError(t, err)
		for _, e := range th.Events {
			switch e.Type {
			case helpdesk.EventSubject:
				require.Equal(t, []string{"Refund for order 17", "Refund for order 18"}, []string{e.From, e.To})
			case helpdesk.EventCustomer:
				require.Equal(t, []string{"Kim <kim@example.com>", "Lee <lee@example.com>"}, []string{e.From, e.To})
			}
		}

		same, err := agent.Edit(ctx, ticket.ID, helpdesk.TicketEdit{Subject: ptr("Refund for order 18"), Customer: &helpdesk.Contact{Email: "lee@example.com"}, Assignee: ptr(ben)})
		require.NoError(t, err)
		require.Equal(t, edited.Version, same.Version, "nothing changed")

		for words, found := range map[string]int{"18": 1, "17": 0, "lee": 1, "kim": 0} {
			page, err := agent.Search(ctx, words, helpdesk.Query{})
			require.NoError(t, err)
			require.Len(t, page.Tickets, found, words)
		}
		again := open(t, d, helpdesk.OpenParams{IdempotencyKey: "k"}) // the host asks again, with the old subject
		require.Equal(t, ticket.ID, again.ID)

		named, err := agent.Edit(ctx, ticket.ID, helpdesk.TicketEdit{Customer: &helpdesk.Contact{Name: "Lee Ann"}})
		require.NoError(t, err)
		require.Equal(t, []any{"Lee Ann", "lee@example.com", edited.CustomerID}, []any{named.Customer.Name, named.Customer.Email, named.CustomerID})
	})
}

func TestOneBadFieldRefusesAWholeEdit(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	ticket := open(t, d, helpdesk.OpenParams{})
	agent := asAgent(d, ana)
	for field, e := range map[string]helpdesk.TicketEdit{
		"subject":        {Subject: ptr(" ")},
		"customer_email": {Customer: &helpdesk.Contact{Email: "no address"}},
		"customer_name":  {Customer: &helpdesk.Contact{Name: strings.Repeat("x", 201)}},
		"customer_id":    {CustomerID: ptr(helpdesk.CustomerID("018f0000-0000-7000-8000-000000000000"))},
		"category":       {Category: ptr(helpdesk.Category("none such"))},
		"priority":       {Priority: ptr(helpdesk.Priority(9))},
		"tags":           {Tags: ptr([]string{strings.Repeat("x", 41)})},
		"agent":          {Assignee: ptr(helpdesk.AgentID("nobody"))},
		"status":         {Status: ptr(helpdesk.StatusResolved)},
	} {
		if e.Subject == nil {
			e.Subject = ptr("Another subject")
		}
		if e.Tags == nil {
			e.Tags = ptr([]string{"other"})
		}
		_, err := agent.Edit(t.Context(), ticket.ID, e)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, field)
		fields := helpdesk.Fields(err)
		require.Len(t, fields, 1, field)
		require.Equal(t, field, fields[0].Field)
		require.Equal(t, ticket, read(t, d, ticket.ID), field)
	}
	_, err := asCustomer(d, kim).Edit(t.Context(), ticket.ID, helpdesk.TicketEdit{Subject: ptr("Mine")})
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	_, err = agent.IfVersion(9).Edit(t.Context(), ticket.ID, helpdesk.TicketEdit{Subject: ptr("Late")})
	require.ErrorIs(t, err, helpdesk.ErrConflict)
}

func TestTheRequesterBeforeLosesTheTicketWithLinksAndScope(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, mailed(), func(t *testing.T, d *helpdesktest.Desk) {
		ctx, agent := t.Context(), asAgent(d, ana)
		org, err := d.SaveOrganisation(ctx, helpdesk.Organisation{Name: "Acme", HostID: "acme", Tags: []string{"gold"}})
		require.NoError(t, err)
		for _, email := range []string{kim, "lee@example.com"} {
			_, err := d.SaveCustomer(ctx, helpdesk.Customer{Name: email[:3], Addresses: []helpdesk.Address{{Value: email}}, Organisation: map[bool]helpdesk.OrganisationID{true: org.ID}[email != kim], Colleagues: true})
			require.NoError(t, err)
		}
		ticket := open(t, d, helpdesk.OpenParams{})
		_, err = agent.Reply(ctx, ticket.ID, helpdesk.ReplyParams{Body: "Which order?"})
		require.NoError(t, err)
		d.Drain()
		token, sent := viewToken(t, d, helpdesk.NoticeReply), told(t, d, helpdesk.NoticeReply)
		require.NoError(t, view(t, d, token))

		lee, err := d.Customers(ctx, helpdesk.CustomerQuery{Emails: []string{"lee@example.com"}})
		require.NoError(t, err)
		edited, err := agent.Edit(ctx, ticket.ID, helpdesk.TicketEdit{CustomerID: &lee.Customers[0].ID})
		require.NoError(t, err)
		require.Equal(t, []any{"lee", lee.Customers[0].ID, org.ID, []string{"gold"}}, []any{edited.Customer.Name, edited.CustomerID, edited.Organisation, edited.Customer.Tags})

		_, err = asCustomer(d, kim).Thread(ctx, ticket.ID)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		require.ErrorIs(t, view(t, d, token), helpdesk.ErrNotFound)
		late := mail("late@example.com", kim, "Re", "Number 17")
		late.InReplyTo = []string{sent.Mail.MessageID}
		require.Equal(t, helpdesk.MailHeld, receive(t, d, late).Outcome)
		th, err := asCustomer(d, "lee@example.com").Thread(ctx, ticket.ID)
		require.NoError(t, err)
		require.Len(t, th.Messages, 2, "the conversation from its start")
		_, err = agent.Reply(ctx, ticket.ID, helpdesk.ReplyParams{Body: "And now?"})
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, "lee@example.com", told(t, d, helpdesk.NoticeReply).To[0].Email)
	})
}

func TestTheSLAFollowsTheTagsOfANewRequester(t *testing.T) {
	t.Parallel()
	cfg := slaConfig(t, sla.Policy{Name: "vip", For: sla.Match{CustomerTag: []string{"vip"}}, Resolution: time.Hour}, sla.Policy{Name: "all", Resolution: 9 * time.Hour})
	cfg.CustomerTags = func(_ context.Context, _ helpdesk.TenantID, email string) ([]string, error) {
		return map[string][]string{"rich@example.com": {"vip"}}[email], nil
	}
	d := desk(t, cfg)
	id := open(t, d, helpdesk.OpenParams{}).ID
	for _, step := range []struct{ email, policy string }{{"rich@example.com", "vip"}, {kim, "all"}} {
		edited, err := asAgent(d, ana).Edit(t.Context(), id, helpdesk.TicketEdit{Customer: &helpdesk.Contact{Email: step.email}})
		require.NoError(t, err)
		require.Equal(t, step.policy, edited.Clocks[0].Policy)
	}
}
