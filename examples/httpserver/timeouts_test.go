package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/webui"
)

// hasty is a server with short timeouts: the API, the pages, and an endless answer.
func hasty(t *testing.T) (desk *helpdesk.Desk, server *httptest.Server, cutOff <-chan error) {
	store, err := openStore(t.Context(), "", filepath.Join(t.TempDir(), "desk.db"))
	require.NoError(t, err)
	t.Cleanup(func() { store.Close() })
	desk, err = newDesk(store, slog.New(slog.DiscardHandler), nil)
	require.NoError(t, err)
	require.NoError(t, seed(t.Context(), desk))
	api, err := httpapi.New(desk, &httpapi.Config{Actor: demoActor, Logger: slog.New(slog.DiscardHandler), Poll: 5 * time.Millisecond})
	require.NoError(t, err)
	pages, err := webui.New(desk, &webui.Config{Actor: demoActor, Poll: 5 * time.Millisecond})
	require.NoError(t, err)
	mux, failed := http.NewServeMux(), make(chan error, 1)
	mux.Handle("/api/", http.StripPrefix("/api", api))
	mux.Handle("/support/", http.StripPrefix("/support", pages))
	mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				failed <- err
				return
			}
		}
	})
	server = httptest.NewUnstartedServer(nil)
	server.Config = newServer(mux, timeouts{header: 100 * time.Millisecond, request: 200 * time.Millisecond, answer: 300 * time.Millisecond, idle: 100 * time.Millisecond})
	server.Start()
	t.Cleanup(func() {
		require.NoError(t, api.Shutdown(context.Background()))
		require.NoError(t, pages.Shutdown(context.Background()))
		server.Close()
	})
	return desk, server, failed
}

func TestASlowClientIsCutOffAndAStreamIsNot(t *testing.T) {
	desk, server, cutOff := hasty(t)
	var streams []*bufio.Reader
	for _, path := range []string{"/api/events", "/support/events"} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+path, nil)
		require.NoError(t, err)
		r.Header.Set("X-Demo-Actor", "agent:ana@example.com")
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		t.Cleanup(func() { answer.Body.Close() })
		require.Equal(t, 200, answer.StatusCode)
		streams = append(streams, bufio.NewReader(answer.Body))
	}
	opened := time.Now()
	for name, sent := range map[string]string{
		"a header that does not end": "GET /api/healthz HTTP/1.1\r\nHost: desk",
		"a body that does not come":  "POST /api/tickets HTTP/1.1\r\nHost: desk\r\nX-Demo-Actor: customer:kim@example.com\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
		"no second request":          "GET /api/healthz HTTP/1.1\r\nHost: desk\r\n\r\n",
		"an answer that is not read": "GET /endless HTTP/1.1\r\nHost: desk\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		require.NoError(t, err)
		defer conn.Close()
		_, err = io.WriteString(conn, sent)
		require.NoError(t, err)
		if strings.Contains(sent, "/endless") {
			require.ErrorContains(t, <-cutOff, "timeout", name)
			continue
		}
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(20*time.Second)))
		_, err = io.Copy(io.Discard, conn)
		require.NoError(t, err, "%s: the server must close the connection", name)
	}
	require.Greater(t, time.Since(opened), 500*time.Millisecond, "longer than any timeout")

	ticket, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "News"})
	require.NoError(t, err)
	for i := range streams {
		seen := ""
		for !strings.Contains(seen, string(ticket.ID)) {
			line, err := streams[i].ReadString('\n')
			require.NoError(t, err, fmt.Sprint("stream ended: ", seen))
			seen += line
		}
	}
}

func TestTheServerHasEveryTimeout(t *testing.T) {
	s := newServer(nil, patience)
	require.Equal(t, [4]time.Duration{10 * time.Second, 2 * time.Minute, 3 * time.Minute, 2 * time.Minute},
		[4]time.Duration{s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout})
}
