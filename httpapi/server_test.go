package httpapi_test

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/httpapi"
)

const (
	ana   = "agent:ana@example.com"
	ben   = "agent:ben@example.com"
	boss  = "admin:boss@example.com"
	carol = "customer:carol@customer.test"
	dave  = "customer:dave@customer.test"
)

// server is the API of a desk in memory, over real HTTP.
type server struct {
	*helpdesktest.Desk
	t   *testing.T
	url string
	log *strings.Builder
}

// serve starts a server with the agents ana and ben. Tests say who they are in a header.
func serve(t *testing.T, desk *helpdesk.Config, change func(*httpapi.Config)) *server {
	s := &server{Desk: helpdesktest.New(t, nil, desk), t: t, log: &strings.Builder{}}
	skills := map[helpdesk.Skill]int{"billing": 3, "technical": 3, "account": 3, "general": 3}
	s.Hire(
		helpdesk.Agent{Name: "Ana", Email: "ana@example.com", Skills: skills},
		helpdesk.Agent{Name: "Ben", Email: "ben@example.com", Skills: skills, Away: true, Manager: true})
	s.Classifier.Answer(helpdesk.Classification{
		Category: helpdesk.Billing, Priority: helpdesk.High, Tags: []string{"refund"},
		Response: "We are sorry.", Confidence: 0.9, Classifier: "script",
	})
	server := httptest.NewServer(handler(t, s, change))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func handler(t *testing.T, s *server, change func(*httpapi.Config)) *httpapi.Handler {
	cfg := &httpapi.Config{Actor: actor, Clock: s.Clock, Logger: slog.New(slog.NewTextHandler(s.log, nil))}
	if change != nil {
		change(cfg)
	}
	h, err := httpapi.New(s.Desk.Desk, cfg)
	require.NoError(t, err)
	return h
}

func actor(r *http.Request) (helpdesk.Actor, error) {
	role, id, ok := strings.Cut(r.Header.Get("Test-Actor"), ":")
	if !ok {
		return helpdesk.Actor{}, errors.New("no Test-Actor")
	}
	return helpdesk.Actor{Role: helpdesk.Role(role), ID: id}, nil
}

// answer is what a server said.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	text   string
	json   map[string]any
}

// do sends a request. More headers are given as name, value, name, value.
func (s *server) do(who, method, path, body string, headers ...string) answer {
	s.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r, err := http.NewRequest(method, s.url+path, reader)
	require.NoError(s.t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("Test-Actor", who)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(s.t, err)
	return read(s.t, resp)
}

func read(t *testing.T, resp *http.Response) answer {
	t.Helper()
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	a := answer{t: t, status: resp.StatusCode, header: resp.Header, text: strings.TrimSpace(string(text))}
	if kind := resp.Header.Get("Content-Type"); len(text) > 0 && kind != "application/zip" && !strings.HasPrefix(kind, "text/csv") {
		require.NoError(t, json.Unmarshal(text, &a.json), a.text)
	}
	return a
}

// ok requires a status and returns the answer.
func (a answer) ok(status int) answer {
	a.t.Helper()
	require.Equal(a.t, status, a.status, a.text)
	return a
}

func (a answer) str(name string) string {
	a.t.Helper()
	s, ok := a.json[name].(string)
	require.True(a.t, ok, "%s in %s", name, a.text)
	return s
}

// open opens a ticket as a customer.
func (s *server) open(who, subject string) answer {
	s.t.Helper()
	return s.do(who, "POST", "/tickets", `{"subject":"`+subject+`","description":"Please help."}`).ok(201)
}
