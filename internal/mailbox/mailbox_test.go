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
