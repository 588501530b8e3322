package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
)

type media struct {
	Schema  map[string]any
	Example any
}

type response struct {
	Ref         string `json:"$ref"`
	Description string
	Headers     map[string]struct{ Description string }
	Content     map[string]media
}

type operation struct {
	OperationID, Summary string
	Tags                 []string
	Security             []map[string][]string
	Parameters           []struct {
		Name, In, Description string
		Schema                map[string]any
		Example               any
	}
	RequestBody *struct{ Content map[string]media }
	Responses   map[string]response
}

type document struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct {
		Schemas         map[string]any
		Responses       map[string]response
		SecuritySchemes map[string]map[string]any
	}
}

func (s *server) document(path string) (doc document) {
	s.t.Helper()
	require.NoError(s.t, json.Unmarshal([]byte(s.do("", "GET", path, "").ok(200).text), &doc))
	return doc
}

func TestEveryOperationIsDescribedWithExamplesErrorsAndSecurity(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	doc := s.document("/openapi.json")
	require.Equal(t, "http", doc.Components.SecuritySchemes["host"]["type"])
	schemas := doc.Components.Schemas
	for path, methods := range doc.Paths {
		for method, op := range methods {
			at := method + " " + path
			require.NotEmpty(t, op.OperationID, at)
			require.NotEmpty(t, op.Summary, at)
			require.NotEmpty(t, op.Tags, at)
			public := path == "/healthz" || path == "/readyz"
			require.Equal(t, public, len(op.Security) == 0, at)
			for _, p := range op.Parameters {
				require.NotEmpty(t, p.Description, "%s: %s", at, p.Name)
				if p.In == "path" {
					require.NotNil(t, p.Example, "%s: %s", at, p.Name)
				}
			}
			if op.RequestBody != nil {
				body := op.RequestBody.Content["application/json"]
				require.NotNil(t, body.Example, at)
				fits(t, schemas, body.Schema, body.Example, at+" body")
			}
			described(t, doc, op, at)
			needed := []string{"default"}
			if !public {
				needed = append(needed, "401", "403")
			}
			if path != "/healthz" {
				needed = append(needed, "429")
			}
			if op.RequestBody != nil {
				needed = append(needed, "400", "413", "415", "422")
			}
			for _, status := range needed {
				require.Contains(t, op.Responses, status, at)
			}
		}
	}
}

// described requires an example of the successful answer and a description of every problem.
func described(t *testing.T, doc document, op operation, at string) {
	for status, r := range op.Responses {
		if name, ok := strings.CutPrefix(r.Ref, "#/components/responses/"); ok {
			r, ok = doc.Components.Responses[name]
			require.True(t, ok, "%s: %s", at, name)
		}
		require.NotEmpty(t, r.Description, "%s: %s", at, status)
		for name, h := range r.Headers {
			require.NotEmpty(t, h.Description, "%s: %s", at, name)
		}
		if status[0] == '2' {
			for kind, m := range r.Content {
				if m.Schema["format"] == "binary" || kind == "text/csv" {
					continue
				}
				require.NotNil(t, m.Example, "%s: %s %s", at, status, kind)
				fits(t, doc.Components.Schemas, m.Schema, m.Example, at+" answer")
			}
			continue
		}
		m, ok := r.Content["application/problem+json"]
		require.True(t, ok, "%s: %s", at, status)
		require.NotNil(t, m.Example, "%s: %s", at, status)
		fits(t, doc.Components.Schemas, m.Schema, m.Example, at+" problem")
	}
}

// TestTheExamplesOfBodiesAreTaken sends each to a desk that has what it names.
func TestTheExamplesOfBodiesAreTaken(t *testing.T) {
	t.Parallel()
	tried := 0
	shared := serve(t, nil, nil)
	for path, methods := range shared.document("/openapi.json").Paths {
		for method, op := range methods {
			if op.RequestBody == nil {
				continue
			}
			tried++
			t.Run(op.OperationID, func(t *testing.T) {
				t.Parallel()
				s := serve(t, nil, nil)
				s.do(boss, "PUT", "/teams/money", `{"name":"Money"}`).ok(200)
				ticket, other := s.open("customer:carol@customer.example", "Refund"), s.open(carol, "Another")
				body, err := json.Marshal(op.RequestBody.Content["application/json"].Example)
				require.NoError(t, err)
				text := strings.ReplaceAll(string(body), "7Q2M-X4KD", other.str("ref"))
				url := strings.NewReplacer("{id}", ticket.str("ref"), "{macro}", "sorry", "{version}", "1").Replace(path)
				who := boss
				switch op.OperationID {
				case "rate-ticket":
					who = "customer:carol@customer.example"
					s.do(ana, "PATCH", url[:strings.LastIndexByte(url, '/')]+"/resolve", `{"resolution_note":"x"}`).ok(200)
				case "set-availability", "set-absences", "save-agent":
					url = strings.Replace(path, "{id}", "ana@example.com", 1)
					if op.OperationID == "save-agent" {
						url = strings.Replace(path, "{id}", "new@example.com", 1)
						text = strings.ReplaceAll(text, "ana@example.com", "new@example.com")
					}
				case "save-team":
					url = "/teams/new"
				case "void-breach", "retry-dead-task", "release-mail", "merge-customer", "unmerge-ticket", "split-ticket": // to whom there is nothing to do here: the body was read
					require.NotContains(t, []int{400, 415, 500}, s.do(who, strings.ToUpper(method), url, text).status)
					return
				}
				got := s.do(who, strings.ToUpper(method), url, text)
				require.Less(t, got.status, 300, "%s %s %s: %s", method, url, text, got.text)
				if op.OperationID == "bulk" {
					require.EqualValues(t, 1, got.json["done"])
				}
			})
		}
	}
	require.Greater(t, tried, 20)
}

func TestTheOlderDocumentSaysTheSameForToolsThatKnowNo31(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	doc, older := s.document("/openapi.json"), s.document("/openapi-3.0.json")
	require.Equal(t, "3.0.3", older.OpenAPI)
	require.ElementsMatch(t, slices.Collect(maps.Keys(doc.Paths)), slices.Collect(maps.Keys(older.Paths)))
	require.ElementsMatch(t, slices.Collect(maps.Keys(doc.Components.Schemas)), slices.Collect(maps.Keys(older.Components.Schemas)))
	category := older.Components.Schemas["Ticket"].(map[string]any)["properties"].(map[string]any)["category"].(map[string]any)
	require.Equal(t, "string", category["type"])
	require.Equal(t, true, category["nullable"])
}

func TestTheDocumentSaysHowTheHostKnowsWhoAsks(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) {
		c.Login = httpapi.Login{Type: "apiKey", In: "cookie", Name: "session", Description: "Log in first."}
	})
	require.Equal(t, map[string]any{"type": "apiKey", "in": "cookie", "name": "session", "description": "Log in first."},
		s.document("/openapi.json").Components.SecuritySchemes["host"])
	for field, login := range map[string]httpapi.Login{
		"Login.Type": {Type: "magic"}, "Login.In": {Type: "apiKey", In: "body", Name: "x"}, "Login.Name": {Type: "apiKey", In: "header"},
	} {
		_, err := httpapi.New(s.Desk.Desk, &httpapi.Config{Actor: actor, Login: login})
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.ErrorContains(t, err, fmt.Sprintf("httpapi: new: %s ", field))
	}
	_, err := httpapi.New(s.Desk.Desk, &httpapi.Config{Actor: actor, Poll: -1})
	require.ErrorContains(t, err, "Poll is negative")
	require.Equal(t, http.StatusOK, s.do("", "GET", "/openapi-3.0.json", "").status)
}
