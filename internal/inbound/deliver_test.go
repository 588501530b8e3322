package inbound_test

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

// tenants are two desks, and addresses whose desk cannot be told now.
type tenants struct{ acme, globex inboundtest.Desk }

func (x *tenants) route() email.Route {
	lookup := func(_ context.Context, to string) (helpdesk.TenantID, error) {
		name, domain, _ := strings.Cut(to, "@")
		switch {
		case name == "away":
			return "", errors.New("database is away")
		case domain == "acme.example" || domain == "globex.example":
			return helpdesk.TenantID(domain), nil
		}
		return "", helpdesk.ErrNotFound
	}
	return email.Tenants(lookup, func(id helpdesk.TenantID) email.Receiver {
		if id == "acme.example" {
			return email.ReceiverFunc(x.acme.Receive) // another value each time
		}
		return &x.globex
	})
}

func message(to ...string) *inbound.Mail {
	return &inbound.Mail{ID: "delivery", Sender: "writer@example.org", Recipients: to,
		Header: mail.Header{"From": {"Writer <writer@example.org>"}, "Message-Id": {"<m@example.org>"}, "To": {"Sales@acme.example, friend@example.org"}}, Text: "Hello"}
}

func TestEachDeskGetsAMailOnceWithItsOwnRecipients(t *testing.T) {
	t.Parallel()
	x := &tenants{}
	groups := inbound.Desks{Route: x.route()}.Deliver(t.Context(), message("<Help@ACME.example>", "who@nowhere.example", "a@globex.example", "sales@acme.example", "help@acme.example", "away@acme.example"))
	require.Len(t, groups, 4)
	require.Equal(t, []string{"help@acme.example", "sales@acme.example"}, groups[0].Recipients)
	require.NoError(t, groups[0].Err)
	require.ErrorIs(t, groups[1].Err, helpdesk.ErrNotFound)
	require.Equal(t, []string{"a@globex.example"}, groups[2].Recipients)
	require.ErrorContains(t, groups[3].Err, "away")
	require.Equal(t, 1, x.acme.Calls())
	require.ElementsMatch(t, []string{"help@acme.example", "sales@acme.example", "friend@example.org"}, x.acme.Mails()[0].Recipients)
	require.ElementsMatch(t, []string{"a@globex.example", "sales@acme.example", "friend@example.org"}, x.globex.Mails()[0].Recipients)
}

func TestWithoutAnEnvelopeTheAddressesOfTheHeaderThatAreKnownCount(t *testing.T) {
	t.Parallel()
	x := &tenants{}
	groups := inbound.Desks{Route: x.route()}.Deliver(t.Context(), message())
	require.Len(t, groups, 1)
	require.NoError(t, groups[0].Err)
	require.Len(t, x.acme.Mails(), 1)

	m := message()
	m.Header["To"] = []string{"friend@example.org"}
	groups = inbound.Desks{Route: x.route()}.Deliver(t.Context(), m)
	require.Len(t, groups, 1)
	require.ErrorIs(t, groups[0].Err, helpdesk.ErrNotFound)
	delete(m.Header, "To")
	groups = inbound.Desks{Route: x.route()}.Deliver(t.Context(), m)
	require.ErrorIs(t, groups[0].Err, helpdesk.ErrNotFound)
}

func TestOneDeskTakesMailsToAnyAddressAndToNone(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	for _, m := range []*inbound.Mail{message("a@x.example", "b@y.example"), {Raw: []byte("junk")}, {Raw: []byte{}}} {
		groups := inbound.Desks{Desk: desk}.Deliver(t.Context(), m)
		require.Len(t, groups, 1)
		require.NoError(t, groups[0].Err)
	}
	require.Len(t, desk.Mails(), 3)
	require.NotEmpty(t, desk.Mails()[1].ID)
}

func TestReceiversThatCannotBeComparedAreDifferentOnes(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	route := func(context.Context, string) (email.Receiver, error) { return email.ReceiverFunc(desk.Receive), nil }
	groups := inbound.Desks{Route: route}.Deliver(t.Context(), message("a@acme.example", "b@acme.example"))
	require.Len(t, groups, 2)
	require.Len(t, desk.Mails(), 1)
}

func TestTheIdOfRawBytesDoesNotDependOnTheEnvelope(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	for _, to := range []string{"a@acme.example", "b@acme.example"} {
		inbound.Desks{Desk: desk}.Deliver(t.Context(), &inbound.Mail{Recipients: []string{to}, Raw: []byte("From: a@example.org\r\n\r\nHello\r\n")})
	}
	require.Len(t, desk.Mails(), 1)
}

func TestAnEnvelopeCannotAddFieldsToTheHeader(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	inbound.Desks{Desk: desk}.Deliver(t.Context(), &inbound.Mail{Sender: "a@b.example>\r\nX-Loop: x", Recipients: []string{"c@d.example\nX-Loop: y"}, Raw: []byte("From: a@example.org\r\n\r\nHello\r\n")})
	require.Empty(t, desk.Mails()[0].Loops)
	require.Equal(t, 2, strings.Count(desk.Mails()[0].Bytes[:strings.Index(desk.Mails()[0].Bytes, "From:")], "\n"))
}

func TestAHeaderInOneTextIsReadAsItComes(t *testing.T) {
	t.Parallel()
	require.Equal(t, mail.Header{"From": {"a@example.org"}, "Received": {"one", "two and more"}, "X-Empty": {""}},
		inbound.Header("From: a@example.org\r\nReceived: one\nno field\n  and its rest\nReceived: two\n  and more\r\nX-Empty:\n\n: no name\nA b: c"))
	require.Len(t, inbound.Header(strings.Repeat("A: b\n", 1_000_000))["A"], 2000)
}
