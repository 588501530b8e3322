package webhook_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

// signed is a request with signatures that another program has computed (HMAC of Python's standard
// library) over "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330." and the body.
func signed() (http.Header, []byte) {
	h := http.Header{}
	h.Set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
	h.Set("webhook-timestamp", "1614265330")
	h.Set("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	return h, []byte(`{"test": 2432232314}`)
}

var sentAt = time.Unix(1614265330, 0)

func TestVerifyAcceptsWhatFitsAndNothingElse(t *testing.T) {
	t.Parallel()
	check := func(change func(h http.Header), secrets []string, at time.Time) error {
		h, body := signed()
		if change != nil {
			change(h)
		}
		return webhook.Verify(h, body, secrets, at)
	}
	require.NoError(t, check(nil, []string{secret}, sentAt))
	require.NoError(t, check(nil, []string{newer, secret}, sentAt.Add(webhook.Tolerance)))
	require.NoError(t, check(nil, []string{secret}, sentAt.Add(-webhook.Tolerance)))
	signature := func(s string) func(http.Header) { return func(h http.Header) { h.Set("webhook-signature", s) } }
	require.NoError(t, check(signature("v1a,xyz v1,AAAA v1,O4Gjv1HqPqsMrjmczoggs/sWA8gZD0VyHG+fLh4+ktI="), []string{newer}, sentAt))

	for name, err := range map[string]error{
		"late":           check(nil, []string{secret}, sentAt.Add(webhook.Tolerance+time.Second)),
		"early":          check(nil, []string{secret}, sentAt.Add(-webhook.Tolerance-time.Second)),
		"other secret":   check(nil, []string{newer}, sentAt),
		"no signature":   check(signature(""), []string{secret}, sentAt),
		"other version":  check(signature("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), []string{secret}, sentAt),
		"cut":            check(signature("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ"), []string{secret}, sentAt),
		"empty":          check(signature("v1,"), []string{secret}, sentAt),
		"other id":       check(func(h http.Header) { h.Set("webhook-id", "msg_x") }, []string{secret}, sentAt),
		"no id":          check(func(h http.Header) { h.Del("webhook-id") }, []string{secret}, sentAt),
		"moved point":    check(func(h http.Header) { h.Set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek.1") }, []string{secret}, sentAt),
		"no time":        check(func(h http.Header) { h.Del("webhook-timestamp") }, []string{secret}, sentAt),
		"time with sign": check(func(h http.Header) { h.Set("webhook-timestamp", "+1614265330") }, []string{secret}, sentAt),
		"huge time":      check(func(h http.Header) { h.Set("webhook-timestamp", "9223372036854775807") }, []string{secret}, time.Unix(-9, 0)),
	} {
		require.ErrorIs(t, err, webhook.ErrSignature, name)
	}
	h, body := signed()
	require.ErrorIs(t, webhook.Verify(h, append(body, ' '), []string{secret}, sentAt), webhook.ErrSignature)
}

func TestAPartOfABodyCannotPassForTheTimestamp(t *testing.T) {
	t.Parallel()
	h := http.Header{} // signed over "a.1614265330.1614265330.x"
	h.Set("webhook-signature", "v1,LWbuILc5gcpI4TkFSzvERg4iBV8QLJYaTA+Gv7XDTcE=")
	h.Set("webhook-timestamp", "1614265330")
	h.Set("webhook-id", "a")
	require.NoError(t, webhook.Verify(h, []byte("1614265330.x"), []string{secret}, sentAt))
	h.Set("webhook-id", "a.1614265330")
	require.ErrorIs(t, webhook.Verify(h, []byte("x"), []string{secret}, sentAt), webhook.ErrSignature)
}

func TestSecretsThatAreNoneAreNamedAndNotRepeated(t *testing.T) {
	t.Parallel()
	h, body := signed()
	for _, bad := range []string{"", "s3cret", "whsec_", "whsec_!!!", "whsec_czNjcmV0", "whsec_" + strings.Repeat("c3Nz", 30)} {
		err := webhook.Verify(h, body, []string{secret, bad}, sentAt)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, bad)
		require.ErrorContains(t, err, "Secrets[1]")
		if len(bad) > 6 {
			require.NotContains(t, err.Error(), bad)
		}
	}
	require.ErrorContains(t, webhook.Verify(h, body, nil, sentAt), "Secrets is empty")
	require.NoError(t, webhook.Verify(h, body, []string{webhook.NewSecret(), secret}, sentAt))
	require.NotEqual(t, webhook.NewSecret(), webhook.NewSecret())
}

func FuzzVerify(f *testing.F) {
	h, body := signed()
	f.Add(h.Get("webhook-id"), h.Get("webhook-timestamp"), h.Get("webhook-signature"), body)
	f.Fuzz(func(t *testing.T, id, at, signature string, body []byte) {
		g := http.Header{}
		g.Set("webhook-id", id)
		g.Set("webhook-timestamp", at)
		g.Set("webhook-signature", signature)
		h, genuine := signed()
		if err := webhook.Verify(g, body, []string{secret}, sentAt); err == nil {
			require.Equal(t, []string{h.Get("webhook-id"), h.Get("webhook-timestamp"), string(genuine)}, []string{id, at, string(body)})
		}
	})
}

func TestNoChangedByteOfABodyFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, body := signed()
		i := rapid.IntRange(0, len(body)-1).Draw(t, "at")
		body[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		require.ErrorIs(t, webhook.Verify(h, body, []string{secret}, sentAt), webhook.ErrSignature)
	})
}
