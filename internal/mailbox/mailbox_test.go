package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/mailbox"
)

func TestATagIsNoPersonOfItsOwn(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                     "",
		"kim@example.com":      "kim@example.com",
		"Kim+shop@Example.COM": "kim@example.com",
		"kim+a+b@example.com":  "kim@example.com",
		"+kim@example.com":     "+kim@example.com",
		"kim@ex+ample.com":     "kim@ex+ample.com",
		"kim.b@example.com":    "kim.b@example.com",
		"nobody":               "nobody",
	} {
		require.Equal(t, want, mailbox.Of(address), address)
	}
}

func TestTagsAreThoseOfTheMailbox(t *testing.T) {
	t.Parallel()
	require.Equal(t, "support+c7@acme.example", mailbox.WithTag("support@acme.example", "c7"))
	require.Equal(t, "support@acme.example", mailbox.WithTag("support@acme.example", ""))
	require.Empty(t, mailbox.WithTag("", "c7"))
	to := []string{"support@acme.example", " Support+C7@ACME.example", "support+x@other.example", "sales+x@acme.example", "support+a+b@acme.example", "support+z@acme.example", "support"}
	require.Equal(t, []string{"c7", "a+b"}, mailbox.Tags(to, "support@acme.example", 2))
}

func TestAListIsKnownByItsAddressAndByItsID(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"support@acme.example", "support.acme.example", "support+x@acme.example"} {
		require.True(t, mailbox.IsList([]string{"news.acme.example", name}, "Support+c7@acme.example"), name)
	}
	require.False(t, mailbox.IsList([]string{"support.other.example", "", "acme.example"}, "support@acme.example"))
	require.False(t, mailbox.IsList([]string{""}, ""))
	require.True(t, mailbox.IsTenantList([]string{"support.acme.onmicrosoft.com"}, "support@acme.example"))
	require.False(t, mailbox.IsTenantList([]string{"sales.acme.onmicrosoft.com", "support.other.example"}, "support@acme.example"))
}
