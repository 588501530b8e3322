package webhook_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

const hookURL = "https://hooks.acme.example/in?token=t0ken"

func hook(id string) webhook.Endpoint {
	return webhook.Endpoint{ID: id, Name: "CRM", URL: hookURL}
}

// boss is a desk that acts for an admin.
func bossOf(d *helpdesktest.Desk) *helpdesk.Desk {
	return d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"})
}

// secretBytes is how many bytes a secret has, which has to be one of Standard Webhooks.
func secretBytes(t *testing.T, s string) int {
	t.Helper()
	text, ok := strings.CutPrefix(s, "whsec_")
	require.True(t, ok, s)
	key, err := base64.StdEncoding.DecodeString(text)
	require.NoError(t, err)
	return len(key)
}

func TestANewWebhookGetsASecretAndKeepsItWhenItIsEdited(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		boss := bossOf(d)
		w := hook(" crm ")
		w.Kinds = []helpdesk.NoticeKind{helpdesk.NoticeReply, helpdesk.NoticeAssigned, helpdesk.NoticeReply}
		made, err := webhook.Of(boss).Save(t.Context(), w)
		require.NoError(t, err)
		require.Len(t, made.Secrets, 1)
		require.Equal(t, 32, secretBytes(t, made.Secrets[0]))
		require.Equal(t, webhook.Endpoint{ID: "crm", Name: "CRM", URL: hookURL, Secrets: made.Secrets, Kinds: []helpdesk.NoticeKind{"assigned", "reply"}, Version: 1}, made)
		list, err := webhook.Of(boss).List(t.Context())
		require.NoError(t, err)
		require.Equal(t, []webhook.Endpoint{made}, list)

		_, err = webhook.Of(boss).Save(t.Context(), hook("crm"))
		require.ErrorIs(t, err, helpdesk.ErrConflict, "it is there already")
		edit := hook("crm")
		edit.Name, edit.Off, edit.Version = "Other", true, 1
		saved, err := webhook.Of(boss).Save(t.Context(), edit)
		require.NoError(t, err)
		require.Equal(t, made.Secrets, saved.Secrets)
		_, err = webhook.Of(boss).Save(t.Context(), edit)
		require.ErrorIs(t, err, helpdesk.ErrConflict, "an older version was read")
		second, err := webhook.Of(boss).Save(t.Context(), hook("another"))
		require.NoError(t, err)
		require.NotEqual(t, made.Secrets, second.Secrets)

		require.NoError(t, webhook.Of(boss).Remove(t.Context(), "crm"))
		require.ErrorIs(t, webhook.Of(boss).Remove(t.Context(), "crm"), helpdesk.ErrNotFound)
		again, err := webhook.Of(boss).Save(t.Context(), hook("crm"))
		require.NoError(t, err)
		require.NotEqual(t, made.Secrets, again.Secrets, "a new one of the same name has a secret of its own")
	})
}

func TestTheOldSecretGoesOnUntilItIsRotatedAgainOrRetired(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		boss := bossOf(d)
		made, err := webhook.Of(boss).Save(t.Context(), hook("crm"))
		require.NoError(t, err)
		one := made.Secrets[0]
		as, err := webhook.Of(boss).RetireSecret(t.Context(), "crm")
		require.NoError(t, err)
		require.Equal(t, made, as, "there is nothing to retire")
		second, err := webhook.Of(boss).RotateSecret(t.Context(), "crm")
		require.NoError(t, err)
		require.Len(t, second.Secrets, 2)
		two := second.Secrets[0]
		require.Equal(t, 32, secretBytes(t, two))
		require.Equal(t, one, second.Secrets[1])
		third, err := webhook.Of(boss.IfVersion(second.Version)).RotateSecret(t.Context(), "crm")
		require.NoError(t, err)
		require.Equal(t, two, third.Secrets[1], "the oldest is gone")
		require.Len(t, third.Secrets, 2)
		_, err = webhook.Of(boss.IfVersion(second.Version)).RotateSecret(t.Context(), "crm")
		require.ErrorIs(t, err, helpdesk.ErrConflict, "a repeated request does not drop the secret in use")
		last, err := webhook.Of(boss).RetireSecret(t.Context(), "crm")
		require.NoError(t, err)
		require.Equal(t, third.Secrets[:1], last.Secrets)
		for _, missing := range []func() error{
			func() error { _, err := webhook.Of(boss).RotateSecret(t.Context(), "none"); return err },
			func() error { _, err := webhook.Of(boss).RetireSecret(t.Context(), "none"); return err },
		} {
			require.ErrorIs(t, missing(), helpdesk.ErrNotFound)
		}
	})
}

func TestAWebhookThatIsGoneIsTurnedOffOnceWithWhoAndWhen(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		made, err := webhook.Of(bossOf(d)).Save(t.Context(), hook("crm"))
		require.NoError(t, err)
		receiver := d.As(helpdesk.Actor{Role: helpdesk.RoleSystem, ID: "webhook", Name: "the receiver"})
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() { errs[i] = webhook.Of(receiver).MarkGone(t.Context(), made, d.Clock.Now()) })
		}
		wg.Wait()
		require.NoError(t, errors.Join(errs...))
		list, err := webhook.Of(d.Desk).List(t.Context())
		require.NoError(t, err)
		want := made
		want.Off, want.GoneAt, want.Version = true, d.Clock.Now().UTC(), 2
		require.Equal(t, []webhook.Endpoint{want}, list)
		require.NoError(t, webhook.Of(receiver).MarkGone(t.Context(), want, d.Clock.Now()), "it is off")
		history, err := d.Store.Settings(t.Context(), helpdesk.SettingQuery{Kind: helpdesk.SettingWebhook, Key: "crm"})
		require.NoError(t, err)
		require.Len(t, history, 2, "one of them has recorded it")
		require.Equal(t, "the receiver", history[0].By.Name)
		require.Equal(t, d.Clock.Now().UTC(), history[0].At)

		want.Off = false
		back, err := webhook.Of(bossOf(d)).Save(t.Context(), want)
		require.NoError(t, err)
		require.Zero(t, back.GoneAt)
		require.NoError(t, webhook.Of(receiver).MarkGone(t.Context(), made, d.Clock.Now()), "an answer from before it was saved")
		list, err = webhook.Of(d.Desk).List(t.Context())
		require.NoError(t, err)
		require.False(t, list[0].Off)
		require.NoError(t, webhook.Of(d.Desk).Remove(t.Context(), "crm"))
		require.NoError(t, webhook.Of(receiver).MarkGone(t.Context(), back, d.Clock.Now()), "it is not there any more")
	})
}

func TestWebhooksAreForAdminsOfTheirTenantAlone(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		made, err := webhook.Of(d.Desk).Save(t.Context(), hook("crm"))
		require.NoError(t, err)
		try := func(desk *helpdesk.Desk, w webhook.Endpoint) map[string]error {
			_, list := webhook.Of(desk).List(t.Context())
			_, save := webhook.Of(desk).Save(t.Context(), w)
			_, rotate := webhook.Of(desk).RotateSecret(t.Context(), w.ID)
			_, retire := webhook.Of(desk).RetireSecret(t.Context(), w.ID)
			return map[string]error{"list": list, "save": save, "rotate": rotate, "retire": retire, "gone": webhook.Of(desk).MarkGone(t.Context(), w, now), "remove": webhook.Of(desk).Remove(t.Context(), w.ID)}
		}
		for _, desk := range strangers(d) {
			for what, err := range try(desk, made) {
				require.ErrorIs(t, err, helpdesk.ErrForbidden, what)
			}
			for what, err := range try(desk, webhook.Endpoint{ID: "no id", URL: "ftp://crm.example"}) {
				require.ErrorIs(t, err, helpdesk.ErrForbidden, "invalid input: %s", what)
			}
		}
		there := bossOf(d).ForTenant("acme")
		for what, err := range try(there, made) {
			switch what {
			case "list", "gone":
				require.NoError(t, err, what)
			case "save":
				require.ErrorIs(t, err, helpdesk.ErrConflict)
			default:
				require.ErrorIs(t, err, helpdesk.ErrNotFound, what)
			}
		}
		list, err := webhook.Of(there).List(t.Context())
		require.NoError(t, err)
		require.Empty(t, list)
		theirs, err := webhook.Of(there).Save(t.Context(), hook("crm"))
		require.NoError(t, err)
		require.NotEqual(t, made.Secrets, theirs.Secrets)
		list, err = webhook.Of(d.Desk).List(t.Context())
		require.NoError(t, err)
		require.Equal(t, []webhook.Endpoint{made}, list)
	})
}

func TestAWebhookNamesWhatIsWrongWithItAndNoSecret(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	key := func(n int) string { return "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, n)) }
	for _, c := range []struct {
		field  string
		change func(*webhook.Endpoint)
	}{
		{"id", func(w *webhook.Endpoint) { w.ID = " " }},
		{"id", func(w *webhook.Endpoint) { w.ID = strings.Repeat("x", 101) }},
		{"id", func(w *webhook.Endpoint) { w.ID = "a\nb" }},
		{"name", func(w *webhook.Endpoint) { w.Name = "" }},
		{"kinds", func(w *webhook.Endpoint) { w.Kinds = []helpdesk.NoticeKind{"reply", "gossip"} }},
		{"url", func(w *webhook.Endpoint) { w.URL = "" }},
		{"url", func(w *webhook.Endpoint) { w.URL = "https://h.example/" + strings.Repeat("x", 2000) }},
		{"secrets[0]", func(w *webhook.Endpoint) { w.Secrets = []string{"s3cret"} }},
		{"secrets[0]", func(w *webhook.Endpoint) { w.Secrets = []string{"whsec_s3cret!"} }},
		{"secrets[0]", func(w *webhook.Endpoint) { w.Secrets = []string{key(23)} }},
		{"secrets[1]", func(w *webhook.Endpoint) { w.Secrets = []string{key(24), key(65)} }},
		{"secrets[0]", func(w *webhook.Endpoint) { w.Secrets = []string{key(32)[:20] + "\n" + key(32)[20:]} }},
		{"secrets", func(w *webhook.Endpoint) { w.Secrets = []string{key(24), key(64), key(32)} }},
	} {
		w := hook("crm")
		c.change(&w)
		_, err := webhook.Of(d.Desk).Save(t.Context(), w)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, w.ID)
		require.Equal(t, c.field, helpdesk.Fields(err)[0].Field, err)
		require.NotContains(t, err.Error(), "s3cret")
		require.NotContains(t, err.Error(), "AAAA")
	}
	w := hook("own")
	w.Secrets = []string{key(24), key(64)}
	saved, err := webhook.Of(d.Desk).Save(t.Context(), w)
	require.NoError(t, err)
	require.Equal(t, w.Secrets, saved.Secrets)
}

func TestTheAddressOfAWebhookIsHTTPSUnlessItIsNearby(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	try := func(i int, address string) error {
		w := hook(fmt.Sprint("h", i))
		w.URL = address
		_, err := webhook.Of(d.Desk).Save(t.Context(), w)
		if err == nil {
			require.NoError(t, webhook.Of(d.Desk).Remove(t.Context(), w.ID))
		}
		return err
	}
	for i, address := range []string{
		"https://hooks.example", "https://hooks.example:8443/a%20b?c=d#e", "HTTPS://HOOKS.example", "https://10.0.0.1/", "https://[2001:db8::1]/", "https://bücher.example/",
		"http://localhost/", "http://localhost:8080/x", "http://Localhost./", "http://a.localhost", "http://127.0.0.1:9", "http://[::1]:9/", "http://[::ffff:127.0.0.1]/", "http://10.1.2.3", "http://[fd00::1]/",
		"http://hooks/", "http://hooks.svc.internal/",
	} {
		require.NoError(t, try(i, address), address)
	}
	for address, problem := range map[string]string{
		"http://hooks.example/": "is not https", "http://8.8.8.8/": "is not https", "http://localhost.example": "is not https", "http://169.254.169.254/": "is not https",
		"http://internal.example": "is not https", "http://[2606:4700::1]/": "is not https",
		"ftp://hooks.example": "is neither http nor https", "javascript:alert(1)": "is neither http nor https", "//hooks.example": "is neither http nor https", "hooks.example": "is neither http nor https",
		"https:///s3cret": "names no host", "https:s3cret": "names no host", "https://:443/": "names no host", "https://u:s3cret@hooks.example/": "holds a user", "https://u@hooks.example/": "holds a user",
		"https://h.example:s3cret/": "cannot be read", "https://[::1/": "cannot be read", "https://a\x01b.example/": "contains a control character", "https://h.example/\x00": "contains a NUL character",
		"https://h.example/\xff": "is not valid UTF-8",
	} {
		err := try(0, address)
		require.ErrorContains(t, err, "url "+problem, address)
		require.NotContains(t, err.Error(), "s3cret")
	}
}

func FuzzNoAddressIsSavedThatHasNoHostOrHoldsAUser(f *testing.F) {
	for _, s := range []string{hookURL, "http://[::1]", "https://@x", "https://u:p@x", "https:x", "http://localhost\\@x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		d := newDesk(t)
		w := hook("crm")
		w.URL = address
		saved, err := webhook.Of(d.Desk).Save(t.Context(), w)
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			return
		}
		require.NotEmpty(t, saved.Host())
		require.NotContains(t, saved.Host(), "@")
		require.Regexp(t, `^(?i)https?://`, saved.URL)
	})
}

func TestATenantKeepsSoManyWebhooks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range webhook.MaxKept {
		_, err := webhook.Of(d.Desk).Save(t.Context(), hook(fmt.Sprint(i)))
		require.NoError(t, err)
	}
	_, err := webhook.Of(d.Desk).Save(t.Context(), hook("more"))
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	require.ErrorContains(t, err, "webhooks are more than 20")
	edit := hook("7")
	edit.Version = 1
	_, err = webhook.Of(d.Desk).Save(t.Context(), edit)
	require.NoError(t, err, "those that are there can be edited")
	_, err = webhook.Of(d.ForTenant("acme")).Save(t.Context(), hook("more"))
	require.NoError(t, err, "another tenant has its own")
}

func TestAWebhookIsPrintedAndLoggedWithoutItsSecrets(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	w, err := webhook.Of(d.Desk).Save(t.Context(), hook("crm"))
	require.NoError(t, err)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "hook", w, "pointer", &w)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "hook", w, "list", []webhook.Endpoint{w})
	text := log.String() + fmt.Sprintf("%v %+v %#v %s %v %+v", w, w, w, w, &w, []webhook.Endpoint{w})
	require.NotContains(t, text, strings.TrimPrefix(w.Secrets[0], "whsec_")[:8])
	require.NotContains(t, text, "t0ken")
	require.Contains(t, text, `webhook "crm" at hooks.acme.example`)
}

func TestTheLatestFailureOfAWebhookIsFoundAmongDeadTasks(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	failed := func(id, why string) error {
		return &webhook.Error{ID: id, Host: "hooks.example:8443", Err: errors.New(why)}
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[a-z" :\\ü<]{1,8}`).Draw(t, "id")
		other := rapid.StringMatching(`[a-z" :\\ü<]{1,8}`).Filter(func(s string) bool { return s != id }).Draw(t, "other")
		dead := []helpdesk.Task{
			{Kind: helpdesk.TaskTriage, Error: failed(id, "no notice").Error()},
			{Kind: helpdesk.TaskNotify, Error: failed(other, "answered 500").Error(), DueAt: at.Add(2 * time.Hour)},
			{Kind: helpdesk.TaskNotify, Error: errors.Join(errors.New("550 no such user"), failed(other, "x: "+failed(id, "y").Error()), failed(id, "answered 503")).Error(), DueAt: at.Add(time.Hour)},
			{Kind: helpdesk.TaskNotify, Error: failed(id, "answered 404").Error(), DueAt: at},
		}
		reason, when := webhook.Endpoint{ID: id}.Failure(dead)
		require.Equal(t, "answered 503", reason)
		require.Equal(t, at.Add(time.Hour), when)
		reason, when = webhook.Endpoint{ID: other + id}.Failure(dead)
		require.Empty(t, reason)
		require.Zero(t, when)
	})
}

func TestASettingThatIsNoWebhookIsAnErrorThatRepeatsNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.NoError(t, d.Store.Commit(t.Context(), &helpdesk.Change{Settings: []helpdesk.Setting{{
		Kind: helpdesk.SettingWebhook, Key: "crm", Value: json.RawMessage(`{"secrets":"whsec_s3cret"}`), At: d.Clock.Now(),
	}}}))
	_, err := webhook.Of(d.Desk).List(t.Context())
	require.ErrorContains(t, err, `webhook "crm" cannot be read`)
	require.NotContains(t, err.Error(), "s3cret")
}

func TestWebhooksAddedAtTheSameMomentAreNoMoreThanATenantMayKeep(t *testing.T) {
	eachStore(t, func(t *testing.T, store helpdesk.Store) {
		d, err := helpdesk.New(store, &helpdesk.Config{Logger: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		for i := range webhook.MaxKept - 1 {
			_, err := webhook.Of(d).Save(t.Context(), webhook.Endpoint{ID: fmt.Sprint("old", i), Name: "Old", URL: "https://old.example/"})
			require.NoError(t, err)
		}
		var wg sync.WaitGroup
		refused := make([]error, 30)
		for i := range refused {
			wg.Go(func() {
				_, refused[i] = webhook.Of(d).Save(t.Context(), webhook.Endpoint{ID: fmt.Sprint("new", i), Name: "New", URL: "https://new.example/"})
			})
		}
		wg.Wait()
		list, err := webhook.Of(d).List(t.Context())
		require.NoError(t, err)
		require.LessOrEqual(t, len(list), webhook.MaxKept)
		added := 0
		for _, err := range refused {
			if err == nil {
				added++
			} else {
				require.ErrorContains(t, err, "webhooks are more than 20")
			}
		}
		require.Len(t, list, webhook.MaxKept-1+added)
	})
}
