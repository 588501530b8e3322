package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/webui"
)

// TestPagesOfAMonthFitEveryWindow takes pictures of the pages of the demo's month, wide and narrow, light and dark. SHOTS names a folder
// to keep them in: see `make shots`.
func TestPagesOfAMonthFitEveryWindow(t *testing.T) {
	t.Parallel()
	if os.Getenv("SHOTS") == "" {
		t.Skip("make shots takes the pictures; that the pages fit is tested in webui")
	}
	b := browsertest.New(t)
	now := time.Date(2026, time.March, 20, 15, 0, 0, 0, time.UTC)
	store := memstore.New()
	require.NoError(t, fillDemo(t.Context(), store, now, io.Discard))
	clock := helpdesk.ClockFunc(func() time.Time { return now })
	desk, err := newDesk(store, slog.New(slog.DiscardHandler), func(c *helpdesk.Config) { c.Clock = clock })
	require.NoError(t, err)
	pages, err := webui.Handler(desk, &webui.Config{Actor: demoActor, Clock: clock})
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/support/", http.StripPrefix("/support", pages))
	mux.HandleFunc("/login", login)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	ticket := talkative(t, desk)
	for _, width := range []int64{1280, 390} {
		for _, theme := range []string{"light", "dark"} {
			tab := b.Tab(t, browsertest.Look{Width: width, Height: 900, Dark: theme == "dark"})
			tab.Go(server.URL + "/login")
			tab.Leave(`button[value="admin:dev@example.com"]`)
			for _, page := range []struct{ name, path, has string }{
				{"inbox", "", ".queue li"}, {"ticket", "tickets/" + ticket.Ref, ".message"}, {"dashboard", "dashboard", "svg.plot"}, {"mail", "mail?list=suppressed", "main .card"},
			} {
				tab.Go(server.URL + "/support/" + page.path)
				require.True(t, tab.Is("document.querySelector('"+page.has+"')"), "%s shows %s", page.name, page.has)
				tab.Fits()
				picture := tab.Picture()
				require.Less(t, len(picture), 300_000)
				if folder := os.Getenv("SHOTS"); folder != "" {
					require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", page.name, width, theme)), picture, 0o644))
				}
			}
		}
	}
}

// talkative is the open ticket with the most messages, the oldest of these.
func talkative(t *testing.T, desk *helpdesk.Desk) (best *helpdesk.Ticket) {
	page, err := desk.Tickets(t.Context(), helpdesk.Query{Status: []helpdesk.Status{helpdesk.StatusProgress, helpdesk.StatusAssigned}, Limit: 100})
	require.NoError(t, err)
	most := 0
	for _, one := range page.Tickets {
		th, err := desk.Thread(t.Context(), one.ID)
		require.NoError(t, err)
		if n := len(th.Messages); n > most || n == most && one.CreatedAt.Before(best.CreatedAt) {
			best, most = one, n
		}
	}
	require.NotNil(t, best)
	return best
}
