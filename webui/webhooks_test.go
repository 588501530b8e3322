package webui_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/webui"
)

const hooks = set + "webhooks"

// hook is the only webhook of a desk.
func (s *site) hook() webhook.Endpoint {
	s.t.Helper()
	list, err := webhook.Of(s.Desk.Desk).List(s.t.Context())
	require.NoError(s.t, err)
	require.Len(s.t, list, 1)
	return list[0]
}

// secretOf is what stands on a page for the secret in HTML.
func secretOf(s string) string { return strings.ReplaceAll(s, "+", "&#43;") }

func TestAnAdminKeepsWebhooksAndSeesASecretOnceAndOnDemand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(admin, hooks).is(200).has("No webhooks")
	made := s.post(admin, hooks, "name", "Our CRM", "url", "https://crm.acme.example/in/t0ken", "kind", "assigned", "kind", "reply").is(200)
	w := s.hook()
	require.Equal(t, webhook.Endpoint{ID: "our-crm", Name: "Our CRM", URL: "https://crm.acme.example/in/t0ken", Kinds: []helpdesk.NoticeKind{"assigned", "reply"}, Secrets: w.Secrets, Version: 1}, w)
	first := secretOf(w.Secrets[0])
	made.has(first)
	require.Equal(t, "no-store", made.header.Get("Cache-Control"))
	s.get(admin, hooks).is(200).has("Our CRM", "crm.acme.example", "assigned", "reply to the customer", ">on<").lacks("whsec_", "t0ken")
	form := s.get(admin, hooks+"/edit?id=our-crm").is(200).lacks("whsec_", "Drop the old secret")
	require.Equal(t, "https://crm.acme.example/in/t0ken", form.value("url"))
	s.post(admin, hooks+"/secret", "id", "our-crm", "version", "1", "do", "show").is(200).has(first)
	s.post(admin, hooks+"/secret", "id", "our-crm", "version", "1", "do", "read").is(422)
	s.post(admin, hooks+"/secret", "id", "our-crm", "do", "rotate").is(422)
	s.get(admin, hooks+"/secret?id=our-crm&do=show").is(303).lacks("whsec_")

	rotated := s.post(admin, hooks+"/secret", "id", "our-crm", "version", "1", "do", "rotate").is(200).has(first, "Drop the old secret")
	second := secretOf(s.hook().Secrets[0])
	rotated.has(second)
	s.post(admin, hooks+"/secret", "id", "our-crm", "version", "1", "do", "rotate").is(409)
	require.Len(t, s.hook().Secrets, 2, "a form that is sent twice makes one")
	s.post(admin, hooks+"/secret", "id", "our-crm", "version", "2", "do", "retire").is(200).has(second).lacks(first, "Drop the old secret")

	s.post(admin, hooks+"/turn", "id", "our-crm", "version", "2", "off", "1").is(409)
	s.post(admin, hooks+"/turn", "id", "our-crm", "version", "3", "off", "1").is(303)
	s.get(admin, hooks).has(">off<", "Turn on")
	s.post(admin, hooks+"/turn", "id", "our-crm", "version", "4", "off", "0").is(303)
	require.False(t, s.hook().Off)
	require.Equal(t, second, secretOf(s.hook().Secrets[0]))
	s.post(admin, hooks, "id", "our-crm", "version", "5", "name", "CRM", "url", "https://crm.acme.example/", "off", "1").is(303)
	w = s.hook()
	require.True(t, w.Off)
	require.Empty(t, w.Kinds)
	s.post(admin, hooks+"/remove", "id", "our-crm").is(303)
	s.get(admin, hooks).has("No webhooks")
}

func TestAWebhookThatSomebodyElseHasChangedIsShownWithBoth(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(admin, hooks, "name", "CRM", "url", "https://first.example/").is(200)
	s.post(admin, hooks, "id", "crm", "version", "1", "name", "Theirs", "url", "https://theirs.example/", "kind", "held", "off", "1").is(303)
	a := s.post(admin, hooks, "id", "crm", "version", "1", "name", "Ours", "url", "https://ours.example/").is(409).has("Somebody else has saved", "Theirs", "https://theirs.example/", "mail held").lacks("whsec_")
	require.Equal(t, []string{"Ours", "https://ours.example/", "2"}, []string{a.value("name"), a.value("url"), a.value("version")})
	s.post(admin, hooks, "id", "crm", "version", "2", "name", "Ours", "url", "https://ours.example/").is(303)
	s.post(admin, hooks, "id", "crm", "name", "Another", "url", "https://another.example/").is(409).has("Ours")
	s.post(admin, hooks, "id", "none", "version", "7", "name", "Another", "url", "https://another.example/").is(404)
	require.Equal(t, "Ours", s.hook().Name)
}

func TestAFaultyWebhookIsShownAgainInTheViewersLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for url, says := range map[string][2]string{
		"http://hooks.example/": {"is not https", "beginnt nicht mit https"}, "ftp://x": {"neither http nor https", "weder mit http"}, "https://u:p@x.example": {"holds a user", "einen Benutzer"},
		"https:///x": {"names no host", "keinen Server"}, "https://[": {"cannot be read", "nicht lesbar"}, "": {"is empty", "ist leer"},
	} {
		for i, language := range []string{"en", "de"} {
			r := s.request(admin, "POST", hooks, strings.NewReader(encode([]string{"name", "CRM", "url", url, "kind", "reply"})))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Accept-Language", language)
			a := s.send(r).is(422).has(says[i], "#f-url", `aria-invalid="true"`)
			require.Equal(t, url, a.value("url"))
			require.Contains(t, a.body, `value="reply" checked`)
		}
	}
	s.post(admin, hooks, "name", "", "url", "https://x.example").is(422).has("#f-name")
	s.post(admin, hooks, "name", "CRM", "url", "https://x.example", "kind", "gossip").is(422).has("#f-kinds", "which is none")
	s.get(admin, hooks).has("No webhooks")
}

func TestAWebhookThatIsGoneAndOneThatFailedSaySo(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *helpdesk.Config, _ *webui.FormConfig) {
		c.Notifier = helpdesk.NotifierFunc(func(_ context.Context, n *helpdesk.Notification) error {
			return errors.Join(helpdesk.ErrInvalid, &webhook.Error{ID: "failing", Host: "b.example", Err: errors.New("answered 503")})
		})
	})
	for _, id := range []string{"gone", "failing"} {
		s.post(admin, hooks, "id", id, "name", id, "url", "https://"+id+".example/").is(200)
	}
	list, err := webhook.Of(s.Desk.Desk).List(t.Context())
	require.NoError(t, err)
	require.NoError(t, webhook.Of(s.Desk.Desk).MarkGone(t.Context(), list[1], s.Clock.Now()))
	s.open("Refund", "Please.")
	page := s.get(admin, hooks).is(200).has("gone since Mar 2, 09:00", "Given up: answered 503", `href="../mail?list=failed"`)
	require.Equal(t, 1, strings.Count(page.body, "Given up:"))
	s.get(admin, hooks+"/edit?id=failing").has("Given up: answered 503")
	s.get(admin, hooks+"/edit?id=gone").has("answered 410").lacks("Given up")
	s.get(admin, prefix+"/mail?list=failed").has("failing", "answered 503")
	s.post(admin, hooks, "id", "gone", "version", "2", "name", "gone", "url", "https://gone.example/").is(303)
	s.get(admin, hooks).lacks("gone since")
}

func TestATestOfAWebhookShowsWhatCameBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(admin, hooks, "name", "CRM", "url", "https://crm.example/").is(200).has("connected no test").lacks("Send a test</button>")
	s.post(admin, hooks+"/test", "id", "crm").is(404)
	var got []string
	var status int
	var fails error
	cfg := webui.Config{Actor: who, Logger: quiet, Clock: s.Clock, TestWebhook: func(_ context.Context, tenant helpdesk.TenantID, w webhook.Endpoint) (int, error) {
		got = append(got, string(tenant)+" "+w.ID+" "+w.URL)
		_, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(w.Secrets[0], "whsec_"))
		return status, errors.Join(fails, err)
	}}
	pages, err := webui.New(s.Desk.Desk, &cfg)
	require.NoError(t, err)
	m := mounted(s, pages)
	m.get(admin, "/settings/webhooks/edit?id=crm").is(200).has("Send a test</button>")
	for _, c := range []struct {
		status int
		fails  error
		says   string
	}{
		{204, nil, "Answered 204: the test was taken."}, {500, nil, "Answered 500"}, {410, nil, "would turn this webhook off"}, {302, nil, "Answered 302"},
		{0, &webhook.Error{ID: "crm", Host: "crm.example", Err: errors.New("address is not public")}, "No answer: its address is not a public one"},
		{0, context.DeadlineExceeded, "No answer: not in time"}, {0, errors.New("<b>"), "No answer: &lt;b&gt;"},
	} {
		status, fails = c.status, c.fails
		m.post(admin, "/settings/webhooks/test", "id", "crm").is(200).has(c.says).lacks("whsec_")
	}
	require.Len(t, got, 7)
	require.Equal(t, " crm https://crm.example/", got[0])
	m.post(admin, "/settings/webhooks/test", "id", "none").is(404)
	m.post(ana, "/settings/webhooks/test", "id", "crm").is(403)
	require.Len(t, got, 7)
}

func TestTestsOfWebhooksDoNotFloodAReceiver(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(admin, hooks, "name", "CRM", "url", "https://crm.example/").is(200)
	calls := 0
	pages, err := webui.New(s.Desk.Desk, &webui.Config{Actor: who, Logger: quiet, Clock: s.Clock, TestWebhook: func(context.Context, helpdesk.TenantID, webhook.Endpoint) (int, error) {
		calls++
		return 204, nil
	}})
	require.NoError(t, err)
	m := mounted(s, pages)
	for calls < 60 {
		m.post(admin, "/settings/webhooks/test", "id", "crm").is(200)
	}
	for range 5 {
		m.post(admin, "/settings/webhooks/test", "id", "crm").is(429).has("A little slower, please")
	}
	require.Equal(t, 60, calls)
	s.Clock.Advance(time.Hour)
	m.post(admin, "/settings/webhooks/test", "id", "crm").is(200)
}

// TestAWebhookAddedInTheBrowserIsToldOfATicket adds one as an admin does, with and without
// JavaScript, tests it, and has a ticket assigned.
func TestAWebhookAddedInTheBrowserIsToldOfATicket(t *testing.T) {
	t.Parallel()
	b := browsertest.New(t)
	for name, look := range map[string]browsertest.Look{"with JavaScript": {}, "without JavaScript, on a phone": {Width: 390, Height: 844, NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			type call struct {
				header http.Header
				body   []byte
			}
			calls := make(chan call, 100)
			receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				calls <- call{r.Header, body}
				w.WriteHeader(http.StatusNoContent)
			}))
			t.Cleanup(receiver.Close)
			o := newOffice(t)
			tab := b.Tab(t, look)
			login(tab, o.site, theAdmin)
			tab.Go(o.site + "/support/settings/webhooks")
			tab.Leave(".lead .button")
			tab.Fits()
			tab.Click("#f-name")
			tab.Write("CRM")
			tab.Click("#f-url")
			tab.Write(receiver.URL + "/in")
			tab.Click("[name=kind][value=assigned]")
			tab.Leave("main .stack button")
			secret := strings.TrimSpace(tab.Text("pre.secret"))
			tab.Fits()

			tab.Leave("form[action$=test] button")
			tab.See(".done[role=status]", "Answered 204")
			tab.Fits()
			test := <-calls
			require.NoError(t, webhook.Verify(test.header, test.body, []string{secret}, time.Now()))
			require.Contains(t, string(test.body), `"type":"test"`)

			ticket := o.file("Charged twice")
			told := <-calls
			require.NoError(t, webhook.Verify(told.header, told.body, []string{secret}, time.Now()))
			var p webhook.Payload
			require.NoError(t, json.Unmarshal(told.body, &p))
			require.Equal(t, "ticket.assigned", p.Type)
			require.Equal(t, ticket.Ref, p.Data.Ticket.Ref)

			tab.Leave("button[value=rotate]")
			newer := strings.TrimSpace(tab.Text("pre.secret"))
			require.NotEqual(t, secret, newer)
			tab.Leave("button[value=retire]")
			tab.Leave("form[action$=test] button")
			test = <-calls
			require.NoError(t, webhook.Verify(test.header, test.body, []string{newer}, time.Now()))
			require.ErrorIs(t, webhook.Verify(test.header, test.body, []string{secret}, time.Now()), webhook.ErrSignature)

			tab.Go(o.site + "/support/settings/webhooks")
			tab.Fits()
			tab.Leave(".rows .do button")
			tab.See(".rows .here", "off")
			tab.Leave(".rows .what a")
			tab.Click("details > summary")
			tab.Leave("button.danger")
			tab.See(".done", "Removed")
			tab.See(".empty", "No webhooks")
		})
	}
}
