package helpdesk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// tokenOf returns the text after the plus of a reply address.
func tokenOf(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(address, "support+"), "@acme.example")
}

func TestTokenIsGoodForOnePurposeAlone(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, mailed()))
	m := receive(t, d, mail("1@kim.example", kim, "Mine", "Mine."))
	d.Drain()
	token := tokenOf(told(t, d, helpdesk.NoticeReceived).Mail.ReplyTo)
	_, err := asAgent(d, ana).Resolve(t.Context(), m.Ticket, "Done.")
	require.NoError(t, err)
	for _, purpose := range []string{"r", "v"} {
		_, err = d.RateLink(t.Context(), purpose+token[1:], 5, "")
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		_, _, err = d.ViewLink(t.Context(), purpose+token[1:])
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
	}
}

// A token of one tenant is invalid in another, even with the same ids and references.
func TestTokenIsGoodForOneTenantAlone(t *testing.T) {
	t.Parallel()
	store := memstore.New()
	var boxes []string
	for _, tenant := range []helpdesk.TenantID{"acme", "other"} {
		cfg, n := mailed(), 0
		cfg.NewID = func() string { n++; return fmt.Sprintf("01a21000-0000-7000-8000-%012d", n) }
		cfg.NewRef = func() string { return "7Q2M-X4KD" }
		d := helpdesktest.New(t, store, cfg)
		d.Desk = d.ForTenant(tenant)
		receive(t, d, mail(string(tenant)+"@kim.example", kim, "Mine", "Mine."))
		d.Drain()
		boxes = append(boxes, told(t, d, helpdesk.NoticeReceived).Mail.ReplyTo)
	}
	require.NotEqual(t, boxes[0], boxes[1])
	d := helpdesktest.New(t, store, mailed())
	d.Desk = d.ForTenant("other")
	d.Clock.Advance(1)
	in := mail("x@kim.example", kim, "Again", "Again.")
	in.Recipients = []string{boxes[0]}
	require.Equal(t, helpdesk.MailOpened, receive(t, d, in).Outcome)
}
