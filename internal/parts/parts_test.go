package parts_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/parts"
	"github.com/helpdesk-go/helpdesk/internal/told"
)

var (
	errFinal = errors.New("final")
	errLater = errors.New("later")
)

// post delivers parts and counts the calls.
type post struct {
	parts.Progress
	calls int
}

func (p *post) once(part string, err error) error {
	return p.Once(part, func() error { p.calls++; return err }, errFinal, func(err error) string { return "because " + err.Error() })
}

func TestAPartIsDeliveredOnceAndRefusedOnce(t *testing.T) {
	t.Parallel()
	p := &post{}
	require.NoError(t, p.once(parts.MailTo("kim@example.com"), nil))
	require.ErrorIs(t, p.once("hook", errLater), errLater)
	require.ErrorIs(t, p.once("no", errFinal), errFinal)
	require.Equal(t, 3, p.calls)
	again := &post{}
	again.Begin(p.Record(), nil, "acme", "1")
	require.NoError(t, again.once(parts.MailTo("kim@example.com"), errLater))
	err := again.once("no", nil)
	require.ErrorIs(t, err, errFinal)
	require.EqualError(t, err, "because final")
	require.Zero(t, again.calls)
	require.NoError(t, again.once("hook", nil))
	require.Equal(t, 1, again.calls, "what failed for now is tried again")

	settled := again.Record()
	sent, failed := parts.Mailed(settled)
	require.True(t, sent)
	require.Empty(t, failed)
	parts.ForgetFailures(settled)
	require.Equal(t, map[string]string{"mail/kim@example.com": "", "hook": ""}, settled)
}

// Deliveries of a process share what they know: a part that was delivered and not recorded is not
// repeated, and a host that fails is asked by none.
func TestDeliveriesOfAProcessShareTheirMemory(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	memory := &parts.Memory{Sent: told.New(10), Breakers: bounded.NewBreakers(), Now: func() time.Time { return now }}
	begin := func(key string) *post {
		p := &post{}
		p.Begin(nil, memory, "acme", key)
		return p
	}
	require.NoError(t, begin("1").once("hook", nil))
	require.NoError(t, begin("1").once("hook", errLater), "another attempt")
	for i := range 5 {
		p := begin(string(rune('a' + i)))
		require.ErrorIs(t, p.once(parts.MailTo("kim@Dead.example"), errLater), errLater)
		require.Equal(t, i == 4, p.Down())
	}
	p := begin("x")
	require.ErrorContains(t, p.once(parts.MailTo("lee@dead.example"), nil), "on hold")
	wait, held := p.OnHold()
	require.True(t, held)
	require.Positive(t, wait)
	require.Zero(t, p.calls)
	require.NoError(t, p.once(parts.MailTo("lee@example.com"), nil), "another domain")
	now = now.Add(bounded.Hold)
	require.NoError(t, p.once(parts.MailTo("lee@dead.example"), nil))
}
