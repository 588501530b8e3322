package httpapi_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

const crm = `{"name":"CRM","url":"https://crm.acme.example/in","kinds":["reply","assigned"]}`

func TestAWebhooksSecretIsAnsweredWhenItIsMadeAndNeverAgain(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	require.JSONEq(t, `{"webhooks":[]}`, s.do(boss, "GET", "/webhooks", "").ok(200).text)
	made := s.do(boss, "PUT", "/webhooks/crm", crm).ok(200)
	require.Equal(t, `"1"`, made.header.Get("ETag"))
	secrets := made.json["secrets"].([]any)
	require.Len(t, secrets, 1)
	require.Regexp(t, `^whsec_[A-Za-z0-9+/]{43}=$`, secrets[0])
	listed := made.json
	delete(listed, "secrets")
	require.Equal(t, map[string]any{
		"id": "crm", "name": "CRM", "url": "https://crm.acme.example/in", "kinds": []any{"assigned", "reply"}, "off": false, "gone_at": nil, "version": 1.0,
	}, listed)
	list := s.do(boss, "GET", "/webhooks", "").ok(200)
	require.Equal(t, []any{listed}, list.json["webhooks"])
	require.NotContains(t, list.text, "whsec_")
	replaced := s.do(boss, "PUT", "/webhooks/crm", `{"name":"CRM 2","url":"https://crm.acme.example/in","off":true}`, "If-Match", `"1"`).ok(200)
	require.NotContains(t, replaced.text, "whsec_")
	require.Equal(t, true, replaced.json["off"])

	rotated := s.do(boss, "POST", "/webhooks/crm/rotate", "", "If-Match", `"2"`).ok(200)
	require.Len(t, rotated.json["secrets"], 2)
	require.Equal(t, secrets[0], rotated.json["secrets"].([]any)[1])
	s.do(boss, "POST", "/webhooks/crm/rotate", "", "If-Match", `"2"`).ok(412)
	retired := s.do(boss, "POST", "/webhooks/crm/retire", "", "If-Match", `"3"`).ok(200)
	require.Equal(t, rotated.json["secrets"].([]any)[:1], retired.json["secrets"])
	require.Equal(t, `"4"`, retired.header.Get("ETag"))
	s.do(boss, "POST", "/webhooks/none/rotate", "").ok(404)
	s.do(boss, "POST", "/webhooks/none/retire", "").ok(404)

	s.do(boss, "DELETE", "/webhooks/crm", "", "If-Match", `"1"`).ok(412)
	s.do(boss, "DELETE", "/webhooks/crm", "", "If-Match", `"4"`).ok(204)
	s.do(boss, "DELETE", "/webhooks/crm", "").ok(404)
}

func TestAWebhookIsReplacedOnlyInTheVersionThatWasRead(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.do(boss, "PUT", "/webhooks/crm", crm, "If-Match", `"1"`).ok(412)
	s.do(boss, "PUT", "/webhooks/crm", crm).ok(200)
	require.Equal(t, "409 Conflict: save webhook: conflict; version is not the one in force, 1: it was edited since it was read", refusedIn(s.do(boss, "PUT", "/webhooks/crm", crm)))
	s.do(boss, "PUT", "/webhooks/crm", crm, "If-Match", `"1"`).ok(200)
	s.do(boss, "PUT", "/webhooks/crm", crm, "If-Match", `"1"`).ok(412)
	require.Equal(t, "422 Unprocessable Entity: save webhook: url is not https\nbody.url is not https", refused(s.do(boss, "PUT", "/webhooks/x", `{"name":"x","url":"http://h.example/t0ken"}`)))
	require.Equal(t, "422 Unprocessable Entity: save webhook: kinds hold \"gossip\", which is none\nbody.kinds hold \"gossip\", which is none",
		refused(s.do(boss, "PUT", "/webhooks/x", `{"name":"x","url":"https://h.example/","kinds":["gossip"]}`)))
	require.Contains(t, refused(s.do(boss, "PUT", "/webhooks/x", `{"name":"x","url":"https://h.example/","secrets":["whsec_s3cret"]}`)), "body.secrets")
}

func TestAWebhookThatIsGoneSaysSinceWhen(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.do(boss, "PUT", "/webhooks/crm", crm).ok(200)
	list, err := webhook.Of(s.Desk.Desk).List(t.Context())
	require.NoError(t, err)
	require.NoError(t, webhook.Of(s.Desk.Desk).MarkGone(t.Context(), list[0], s.Clock.Now()))
	got := s.do(boss, "GET", "/webhooks", "").ok(200).json["webhooks"].([]any)[0].(map[string]any)
	require.Equal(t, true, got["off"])
	require.NotNil(t, got["gone_at"])
	require.Nil(t, s.do(boss, "PUT", "/webhooks/crm", crm, "If-Match", `"2"`).ok(200).json["gone_at"])
}

func TestWebhooksAreForAdminsOfTheirTenantAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) {
		c.Tenant = func(r *http.Request) (helpdesk.TenantID, error) {
			return helpdesk.TenantID(r.Header.Get("Test-Tenant")), nil
		}
	})
	s.do(boss, "PUT", "/webhooks/crm", crm).ok(200)
	for _, route := range []struct{ method, path, body string }{
		{"GET", "/webhooks", ""}, {"PUT", "/webhooks/crm", crm}, {"DELETE", "/webhooks/crm", ""}, {"POST", "/webhooks/crm/rotate", ""}, {"POST", "/webhooks/crm/retire", ""},
	} {
		for _, by := range []string{ana, carol} {
			a := s.do(by, route.method, route.path, route.body)
			require.Equal(t, 403, a.status, "%s %v", by, route)
			require.NotContains(t, a.text, "whsec_")
		}
		if route.method == "DELETE" || route.method == "POST" {
			s.do(boss, route.method, route.path, route.body, "Test-Tenant", "acme").ok(404)
		}
	}
	require.JSONEq(t, `{"webhooks":[]}`, s.do(boss, "GET", "/webhooks", "", "Test-Tenant", "acme").ok(200).text)
	theirs := s.do(boss, "PUT", "/webhooks/crm", crm, "Test-Tenant", "acme").ok(200)
	require.EqualValues(t, 1, theirs.json["version"])
	s.do(boss, "DELETE", "/webhooks/crm", "", "Test-Tenant", "acme").ok(204)
	require.Len(t, s.do(boss, "GET", "/webhooks", "").json["webhooks"], 1)
}
