package httpapi_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// FuzzRequest looks for a request that is our fault (500), or answered by no JSON.
func FuzzRequest(f *testing.F) {
	desk := helpdesktest.New(f, nil, nil)
	desk.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com"})
	t, err := desk.Open(f.Context(), helpdesk.OpenParams{Subject: "Refund"})
	if err != nil {
		f.Fatal(err)
	}
	h, err := httpapi.New(desk.Desk, &httpapi.Config{
		Actor: actor, Clock: desk.Clock, Logger: slog.New(slog.DiscardHandler), RateLimits: httpapi.RateLimits{Limiter: ratelimit.Unlimited},
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []struct{ method, path, query, body, header string }{
		{"POST", "/tickets", "", `{"subject":"a","tags":["x"],"priority":"low"}`, "wait=0"},
		{"GET", "/tickets", "status=new,assigned&sort=urgency&q=refund&limit=3&created_from=2026-03-02T09:00:00Z", "", ""},
		{"GET", "/tickets/" + t.Ref, "", "", ""},
		{"PATCH", "/tickets/" + string(t.ID), "", `{"status":"in_progress"}`, `"1"`},
		{"POST", "/tickets/" + t.Ref + "/replies", "", `{"body":"\ud83d\ude00","waiting":true}`, "k"},
		{"POST", "/tickets/" + t.Ref + "/rating", "", `{"score":5}`, ""},
		{"PUT", "/agents/eve@example.com", "", `{"name":"Eve","skills":{"billing":3}}`, ""},
		{"GET", "/reports/overview", "days=7", "", ""},
		{"GET", "/tickets/count", "view=late&most=3", "", ""},
		{"POST", "/tickets/bulk", "", `{"tickets":[{"id":"` + t.Ref + `","version":1}],"action":"add_tags","tags":["x"]}`, ""},
		{"PUT", "/macros/sorry", "", `{"name":"Sorry","body":"{{customer}}"}`, `"1"`},
		{"GET", "/tickets/" + t.Ref + "/macros/sorry", "", "", ""},
		{"PUT", "/mail-templates", "", `{"name":"Acme","texts":{"en/reply":{"subject":"{{ref}}","body":"{{text}}"}}}`, `"1"`},
		{"PUT", "/views", "", `{"views":[{"name":"a","query":"view=late"}]}`, ""},
		{"PUT", "/notice-settings", "", `{"notices":{"followed":"page"}}`, ""},
		{"POST", "/sla/versions/1/restore", "", "", ""},
		{"HEAD", "/events", "last_event_id=AYAAAAAAAAAA", "", ""},
	} {
		f.Add(seed.method, seed.path, seed.query, seed.body, seed.header, true)
	}
	f.Fuzz(func(t *testing.T, method, path, query, body, header string, staff bool) {
		if strings.ContainsAny(method, " \t\r\n") || method == "" {
			t.Skip("no method")
		}
		if path == "/events" && method == http.MethodGet && staff {
			t.Skip("a stream lasts a quarter of an hour")
		}
		who := carol
		if staff {
			who = boss
		}
		r := httptest.NewRequest("GET", "/", strings.NewReader(body))
		r.Method, r.URL = method, &url.URL{Path: path, RawQuery: query}
		r.Header = http.Header{
			"Content-Type": {"application/json"}, "Test-Actor": {who},
			"Prefer": {header}, "If-Match": {header}, "Idempotency-Key": {header}, "X-Request-Id": {header},
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		text := w.Body.Bytes()
		if w.Code >= 500 || !utf8.Valid(text) || len(text) > 0 && !json.Valid(text) {
			t.Errorf("%s %q?%q %q: %d %q", method, path, query, body, w.Code, text)
		}
	})
}
