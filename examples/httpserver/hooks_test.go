package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

func TestAWebhookOfTheSettingsIsToldOfATicket(t *testing.T) {
	type call struct {
		header http.Header
		body   []byte
	}
	calls := make(chan call, 100)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		calls <- call{r.Header, body}
	}))
	defer receiver.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stderr, stopped := make(lines, 1), make(chan error, 1)
	go func() {
		stopped <- run(ctx, []string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "desk.db"), "-outbox", t.TempDir(), "-webhook-networks", "127.0.0.0/8, ::1/128"}, io.Discard, stderr)
	}()
	base := regexp.MustCompile(`http://[0-9.:]+`).FindString(<-stderr)
	do := func(actor, method, path, kind, body string) string {
		req, err := http.NewRequestWithContext(ctx, method, base+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("X-Demo-Actor", actor)
		req.Header.Set("Content-Type", kind)
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.Less(t, res.StatusCode, 300, string(text))
		return string(text)
	}
	var made struct{ Secrets []string }
	saved := do("admin:boss@example.com", "PUT", "/api/webhooks/crm", "application/json", `{"name":"CRM","url":"`+receiver.URL+`","kinds":["assigned"]}`)
	require.NoError(t, json.Unmarshal([]byte(saved), &made))
	page := do("admin:boss@example.com", "POST", "/support/settings/webhooks/test", "application/x-www-form-urlencoded", "id=crm")
	require.Contains(t, page, "Answered 200")
	do("customer:kim@example.com", "POST", "/api/tickets", "application/json", `{"subject":"Charged twice","description":"Please refund it.","source":"web_form"}`)
	for _, kind := range []string{"test", "ticket.assigned"} {
		c := <-calls
		require.NoError(t, webhook.Verify(c.header, c.body, made.Secrets, time.Now()))
		var p webhook.Payload
		require.NoError(t, json.Unmarshal(c.body, &p))
		require.Equal(t, kind, p.Type)
	}
	cancel()
	require.NoError(t, <-stopped)
}

func TestANetworkThatIsNoneIsNamed(t *testing.T) {
	err := run(t.Context(), []string{"-db", filepath.Join(t.TempDir(), "desk.db"), "-webhook-networks", "everything"}, io.Discard, io.Discard)
	require.ErrorContains(t, err, "-webhook-networks")
}
