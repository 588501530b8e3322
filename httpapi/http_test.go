package httpapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
)

func TestWorksUnderAPrefix(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	mux := http.NewServeMux()
	mux.Handle("/desk/api/", http.StripPrefix("/desk/api", handler(t, s, nil)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.url = server.URL + "/desk/api"

	opened := s.open(carol, "Refund")
	r, err := http.NewRequest("GET", s.url+"/tickets", nil)
	require.NoError(t, err)
	where, err := r.URL.Parse(opened.header.Get("Location"))
	require.NoError(t, err)
	require.Equal(t, s.url+"/tickets/"+opened.str("id"), where.String())
	s.do(carol, "GET", "/tickets/"+opened.str("id"), "").ok(200)
	s.do(carol, "GET", "/tickets/", "").ok(404)
	s.do("", "GET", "/openapi.json", "").ok(200)
}

func TestOpenAPIListsEveryRoute(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	a := s.do("", "GET", "/openapi.json", "").ok(200)
	require.Equal(t, "application/openapi+json", a.header.Get("Content-Type"))
	require.Equal(t, "3.1.0", a.str("openapi"))
	require.NotContains(t, a.text, "$schema")

	var doc struct {
		Servers []struct{ URL string }
		Paths   map[string]map[string]struct {
			OperationID string
			Responses   map[string]any
		}
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any
				Required   []string
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(a.text), &doc))
	var routes []string
	for path, methods := range doc.Paths {
		for method, op := range methods {
			require.NotEmpty(t, op.OperationID)
			require.Contains(t, op.Responses, "default", path)
			routes = append(routes, strings.ToUpper(method)+" "+path)
		}
	}
	require.ElementsMatch(t, []string{
		"GET /webhooks", "PUT /webhooks/{webhook}", "DELETE /webhooks/{webhook}", "POST /webhooks/{webhook}/rotate", "POST /webhooks/{webhook}/retire",
		"POST /tickets", "GET /tickets", "GET /tickets/{id}", "PATCH /tickets/{id}",
		"POST /tickets/{id}/replies", "POST /tickets/{id}/notes", "POST /tickets/{id}/take", "POST /tickets/{id}/reassign",
		"POST /tickets/{id}/escalate", "PATCH /tickets/{id}/resolve", "POST /tickets/{id}/reopen", "POST /tickets/{id}/merge", "POST /tickets/{id}/unmerge", "POST /tickets/{id}/split",
		"GET /tickets/{id}/links", "POST /tickets/{id}/links", "DELETE /tickets/{id}/links/{kind}/{ticket}",
		"POST /tickets/{id}/rating", "POST /tickets/{id}/end-links", "POST /tickets/{id}/accept-sender", "POST /tickets/{id}/leave", "GET /reports/overview", "GET /agents", "PUT /agents/{id}", "DELETE /agents/{id}",
		"GET /healthz", "GET /readyz",
		"GET /tickets/{id}/sla", "POST /tickets/{id}/sla/void", "POST /tickets/{id}/sla/apply", "GET /sla", "PUT /sla", "DELETE /sla",
		"GET /sla/versions", "POST /sla/apply",
		"POST /tickets/{id}/decline", "GET /tickets/{id}/assignment", "PUT /agents/{id}/availability", "PUT /agents/{id}/absences",
		"GET /teams", "PUT /teams/{id}", "DELETE /teams/{id}", "GET /tickets/{id}/similar", "GET /priority-rules", "PUT /priority-rules", "DELETE /priority-rules", "GET /reports/triage", "GET /reports/load-drift", "GET /reports/series", "GET /reports/heatmap", "GET /reports/agents", "GET /reports/organisations",
		"GET /tickets/{id}/attachments/{file}", "GET /reads", "GET /mails", "POST /mails/{id}/release", "POST /mails/{id}/dismiss", "GET /mails/{id}/files/{file}",
		"GET /dead-tasks", "POST /dead-tasks/retry", "POST /dead-tasks/retry-all", "POST /customers/erase", "POST /customers/export", "GET /tickets/export",
		"GET /customers", "POST /customers", "POST /customers/{id}/merge", "POST /customers/{id}/unmerge", "GET /organisations", "POST /organisations",
		"GET /events", "GET /tickets/count", "POST /tickets/bulk", "PUT /tickets/{id}/tags", "GET /tickets/{id}/macros/{macro}", "GET /macros", "PUT /macros/{macro}",
		"DELETE /macros/{macro}", "GET /views", "PUT /views", "GET /notices", "POST /notices/read", "GET /notice-settings", "PUT /notice-settings", "GET /categories", "GET /search-operators", "POST /sla/versions/{version}/restore",
		"GET /mail-templates", "PUT /mail-templates",
	}, routes)
	require.Equal(t, ".", doc.Servers[0].URL)
	require.Equal(t, []string{"subject"}, doc.Components.Schemas["NewTicket"].Required)
	for _, name := range []string{
		"id", "ref", "subject", "description", "customer_email", "category", "priority", "status", "assigned_to", "sla_deadline",
		"escalation_level", "ai_suggested_response", "source", "tags", "created_at", "resolved_at",
	} {
		require.Contains(t, doc.Components.Schemas["Ticket"].Properties, name)
		require.Contains(t, doc.Components.Schemas["Thread"].Properties, name)
	}
	require.NotContains(t, doc.Components.Schemas["Ticket"].Required, "assigned_to")
}

func TestAnswersFitTheirSchema(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	a := s.do("", "GET", "/openapi.json", "").ok(200)
	schemas := a.json["components"].(map[string]any)["schemas"].(map[string]any)
	id := s.open(carol, "Refund").str("id")
	s.do(ana, "POST", "/tickets/"+id+"/replies", `{"body":"Hello."}`).ok(201)
	for name, got := range map[string]answer{
		"Ticket":             s.open(boss, "One"),
		"Thread":             s.do(ana, "GET", "/tickets/"+id, ""),
		"Page":               s.do(carol, "GET", "/tickets", ""),
		"Overview":           s.do(ana, "GET", "/reports/overview?compare=true", ""),
		"Series":             s.do(ana, "GET", "/reports/series?days=2", ""),
		"HeatMap":            s.do(ana, "GET", "/reports/heatmap", ""),
		"OrganisationReport": s.do(ana, "GET", "/reports/organisations", ""),
		"AgentReport":        s.do(boss, "GET", "/reports/agents", ""),
	} {
		fits(t, schemas, map[string]any{"$ref": "#/components/schemas/" + name}, got.json, name)
	}
}

// fits checks types, required and unknown properties, and null: what generated clients trip over.
func fits(t *testing.T, schemas map[string]any, schema map[string]any, value any, at string) {
	t.Helper()
	if ref, ok := schema["$ref"].(string); ok {
		schema = schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
	}
	kinds, ok := schema["type"].([]any)
	if !ok {
		kinds = []any{schema["type"]}
	}
	if enum, ok := schema["enum"].([]any); ok && value != nil {
		require.Contains(t, enum, value, at)
	}
	switch v := value.(type) {
	case nil:
		require.True(t, kinds[0] == nil || len(kinds) == 2 && kinds[1] == "null", "%s is null and its schema %v", at, schema)
	case map[string]any:
		if kinds[0] == nil {
			return // any
		}
		require.Contains(t, kinds, "object", at)
		properties, _ := schema["properties"].(map[string]any)
		for name, inner := range v {
			of, ok := properties[name].(map[string]any)
			if !ok {
				of, ok = schema["additionalProperties"].(map[string]any)
			}
			require.True(t, ok, "%s.%s is not described", at, name)
			fits(t, schemas, of, inner, at+"."+name)
		}
		required, _ := schema["required"].([]any)
		for _, name := range required {
			require.Contains(t, v, name, at)
		}
	case []any:
		require.Contains(t, kinds, "array", at)
		for _, inner := range v {
			fits(t, schemas, schema["items"].(map[string]any), inner, at+"[]")
		}
	case string:
		require.Contains(t, kinds, "string", at)
	case bool:
		require.Contains(t, kinds, "boolean", at)
	case float64:
		require.True(t, kinds[0] == "number" || kinds[0] == "integer", at)
	}
}

func TestHeadAndOptions(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "Refund").str("id")
	head := s.do(carol, "HEAD", "/tickets/"+id, "").ok(200)
	require.Empty(t, head.text)
	require.Equal(t, s.do(carol, "GET", "/tickets/"+id, "").header.Get("ETag"), head.header.Get("ETag"))
	options := s.do("", "OPTIONS", "/tickets/"+id, "").ok(204)
	require.Equal(t, "GET, HEAD, PATCH, OPTIONS", options.header.Get("Allow"))
	require.Equal(t, "GET, HEAD, PATCH, OPTIONS", s.do(ana, "DELETE", "/tickets/"+id, "").ok(405).header.Get("Allow"))
	s.do("", "OPTIONS", "/nothing", "").ok(404)
}

func TestEveryAnswerIsSealed(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for _, path := range []string{"/tickets", "/nothing", "/healthz", "/openapi.json", "/agents"} {
		a := s.do("", "GET", path, "", "X-Request-Id", "id-17")
		require.Equal(t, "nosniff", a.header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-store", a.header.Get("Cache-Control"), path)
		require.Equal(t, "id-17", a.header.Get("X-Request-Id"), path)
		require.NotContains(t, a.text, "$schema")
		require.Empty(t, a.header.Get("Link"))
	}
	odd := s.do("", "GET", "/healthz", "", "X-Request-Id", `a"b`)
	require.Len(t, odd.header.Get("X-Request-Id"), 26)
}

func TestHealthAndReadiness(t *testing.T) {
	t.Parallel()
	var down error
	s := serve(t, nil, func(c *httpapi.Config) { c.Ready = func(context.Context) error { return down } })
	require.JSONEq(t, `{"status":"ok"}`, s.do("", "GET", "/healthz", "").ok(200).text)
	require.JSONEq(t, `{"status":"ok"}`, s.do("", "GET", "/readyz", "").ok(200).text)
	down = errors.New("dial db.internal: refused")
	a := s.do("", "GET", "/readyz", "").ok(503)
	require.Equal(t, "503 Service Unavailable: the desk is not ready; the log says why", refused(a))
	s.do("", "GET", "/healthz", "").ok(200)
}

func TestOurErrorsAreLoggedAndNotTold(t *testing.T) {
	t.Parallel()
	s := serve(t, &helpdesk.Config{Before: func(_ context.Context, c *helpdesk.Change) error {
		switch {
		case c.Ticket != nil && c.Ticket.Subject == "fail":
			return errors.New("secret of the database")
		case c.Ticket != nil && c.Ticket.Subject == "panic":
			panic("secret of the code")
		}
		return nil
	}}, nil)
	for _, subject := range []string{"fail", "panic"} {
		a := s.do(carol, "POST", "/tickets", `{"subject":"`+subject+`"}`, "X-Request-Id", "id-"+subject).ok(500)
		require.Equal(t, "500 Internal Server Error: something went wrong here; the log has it under request id id-"+subject, refused(a))
		require.Contains(t, s.log.String(), "request_id=id-"+subject)
	}
	require.Contains(t, s.log.String(), "secret of the database")
	require.Contains(t, s.log.String(), "secret of the code")
}
