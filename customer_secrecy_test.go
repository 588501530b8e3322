package helpdesk_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestAnAddressHoldsNoSpaceOrHiddenCharacter(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	for _, r := range "\u2028\u2029\u00a0\u1680\u3000\u200b\u202e\ufeff\x00\x7f\u0085\n " {
		for _, address := range []string{"a@b%cx.test", "a%cb@x.test"} {
			_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: fmt.Sprintf(address, r)}})
			require.ErrorIs(t, err, helpdesk.ErrInvalid, "%U", r)
			require.ErrorContains(t, err, "customer_email", "%U", r)
		}
	}
	open(t, d, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "jürgen@müller.test"}})
}

// calls is a Store that records what it is asked for.
type calls struct {
	helpdesk.Store
	made []string
}

func (s *calls) Unwrap() helpdesk.Store { return s.Store }

func (s *calls) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	s.made = append(s.made, "Commit")
	return s.Store.Commit(ctx, changes...)
}

func (s *calls) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	s.made = append(s.made, "Ticket")
	return s.Store.Ticket(ctx, tenant, id)
}

func (s *calls) Thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	s.made = append(s.made, "Thread")
	return s.Store.Thread(ctx, tenant, id)
}

func (s *calls) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	s.made = append(s.made, "Tickets")
	return s.Store.Tickets(ctx, q)
}

// Otherwise the time of an answer tells one from the other.
func TestATicketOfAnotherCustomerTakesTheSameReadsAsNone(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	theirs := open(t, d, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "dave@customer.test"}})
	carol := helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "carol@customer.test"}
	for name, act := range map[string]func(*helpdesk.Desk, helpdesk.TicketID) error{
		"read":   func(d *helpdesk.Desk, id helpdesk.TicketID) error { return second(d.Ticket(t.Context(), id)) },
		"thread": func(d *helpdesk.Desk, id helpdesk.TicketID) error { return second(d.Thread(t.Context(), id)) },
		"reply": func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return second(d.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "x"}))
		},
		"reopen": func(d *helpdesk.Desk, id helpdesk.TicketID) error { return second(d.Reopen(t.Context(), id)) },
		"attachment": func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			_, _, err := d.Attachment(t.Context(), id, "00112233445566778899aabbccddeeff")
			return err
		},
		"version": func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return second(d.IfVersion(1).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "x"}))
		},
		"files": func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return second(d.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "x", Files: []helpdesk.File{file("a.txt", "A")}}))
		},
		"rate": func(d *helpdesk.Desk, id helpdesk.TicketID) error { return second(d.Rate(t.Context(), id, 1, "")) },
	} {
		var made [2][]string
		for i, id := range []helpdesk.TicketID{theirs.ID, "0195a1b2-0000-7000-8000-000000000000"} {
			store := &calls{Store: d.Store}
			require.ErrorIs(t, act(d.WithStore(store).As(carol), id), helpdesk.ErrNotFound, name)
			made[i] = store.made
		}
		require.Equal(t, made[0], made[1], name)
		require.NotEmpty(t, made[0], name)
	}
}
