package linktoken_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/linktoken"
)

var (
	old   = bytes.Repeat([]byte("o"), 32)
	young = bytes.Repeat([]byte("y"), 32)
	today = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	kim   = linktoken.Holder{Tenant: "acme", Ticket: "1", Ref: "7Q2M-X4KD", Customer: "kim@example.com", Resolved: today}
)

// The texts of tokens are in mails that were sent: they stay valid. These were computed by another
// program.
func TestTokensKeepTheirForm(t *testing.T) {
	t.Parallel()
	for purpose, token := range map[linktoken.Purpose]string{
		linktoken.Reply:  "czj5czthgnfestx3pd10eg8rjrm7q2m-x4kd",
		linktoken.View:   "v050223jkar1fywy6z5ez3dyv4wwa40r7q2m-x4kd",
		linktoken.Rating: "r05022069a55190g6e3qcks2yas96dnwf0yrs5e707q2m-x4kd",
	} {
		require.Equal(t, token, linktoken.New(old, purpose, kim, today))
	}
}

func TestATokenIsBoundToItsHolder(t *testing.T) {
	t.Parallel()
	keys := [][]byte{young, old}
	token, ok := linktoken.Parse(linktoken.Rating, strings.ToUpper(linktoken.New(old, linktoken.Rating, kim, today)))
	require.True(t, ok, "in any case of letters")
	require.Equal(t, "7q2m-x4kd", token.Ref)
	_, genuine := token.Signed(keys, kim)
	require.True(t, genuine, "each key verifies")
	_, genuine = token.Signed(keys[:1], kim)
	require.False(t, genuine)
	for _, change := range []func(h *linktoken.Holder){
		func(h *linktoken.Holder) { h.Tenant = "other" },
		func(h *linktoken.Holder) { h.Ticket = "2" },
		func(h *linktoken.Holder) { h.Customer = "lee@example.com" },
		func(h *linktoken.Holder) { h.Customer = "" },
		func(h *linktoken.Holder) { h.Tenant, h.Ticket = "acme1", "" },
		func(h *linktoken.Holder) { h.Ended = 101 },
	} {
		other := kim
		change(&other)
		_, genuine = token.Signed(keys, other)
		require.False(t, genuine, other)
	}
	erased := kim
	erased.Customer = ""
	nobodys, ok := linktoken.Parse(linktoken.View, linktoken.New(old, linktoken.View, erased, today))
	require.True(t, ok)
	_, genuine = nobodys.Signed(keys, erased)
	require.False(t, genuine, "a customer who was erased holds nothing")
	ended := kim
	ended.Ended = 3
	was, genuine := token.Signed(keys, ended)
	require.True(t, genuine)
	require.Zero(t, was, "before its links were ended")
	_, ok = linktoken.Parse(linktoken.View, linktoken.New(old, linktoken.Rating, kim, today))
	require.False(t, ok)
	_, ok = linktoken.Parse(linktoken.Reply, "c")
	require.False(t, ok)
}

func TestALinkEndsWithItsDayAndARatingWithItsResolution(t *testing.T) {
	t.Parallel()
	parse := func(p linktoken.Purpose) linktoken.Token {
		token, ok := linktoken.Parse(p, linktoken.New(old, p, kim, today))
		require.True(t, ok)
		return token
	}
	midnight := today.Truncate(24 * time.Hour).Add(24 * time.Hour)
	for _, p := range []linktoken.Purpose{linktoken.View, linktoken.Rating} {
		require.False(t, parse(p).Over(kim, midnight.Add(-1)))
		require.True(t, parse(p).Over(kim, midnight))
	}
	require.False(t, parse(linktoken.Reply).Over(kim, midnight.AddDate(9, 0, 0)))
	again := kim
	again.Resolved = today.Add(time.Second)
	require.True(t, parse(linktoken.Rating).Over(again, today))
	require.False(t, parse(linktoken.View).Over(again, today))
}
