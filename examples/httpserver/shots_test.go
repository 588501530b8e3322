package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/webui"
)

// TestPagesOfAMonthFitEveryWindow takes pictures of all pages of the demo's month, wide and narrow,
// light and dark. SHOTS names a folder for them: see `make shots`.
func TestPagesOfAMonthFitEveryWindow(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("SHOTS")
	if folder == "" {
		t.Skip("make shots takes the pictures; that the pages fit is tested in webui")
	}
	now := time.Date(2026, time.March, 20, 15, 0, 0, 0, time.UTC)
	store := memstore.New()
	require.NoError(t, fillDemo(t.Context(), store, now, io.Discard))
	clock := helpdesk.ClockFunc(func() time.Time { return now })
	desk, err := newDesk(store, slog.New(slog.DiscardHandler), func(c *helpdesk.Config) { c.Clock = clock })
	require.NoError(t, err)
	mails, err := smtpnotify.New(&smtpnotify.Config{From: "support@example.com", Folder: t.TempDir(), Saved: store, Clock: clock})
	require.NoError(t, err)
	hooks, err := webhook.New(&webhook.Config{Store: store, Clock: clock})
	require.NoError(t, err)
	_, err = webhook.Of(desk).Save(t.Context(), webhook.Endpoint{
		ID: "crm", Name: "CRM", URL: "https://crm.example/hooks/support", Kinds: []helpdesk.NoticeKind{helpdesk.NoticeResolved, helpdesk.NoticeBreached},
	})
	require.NoError(t, err)
	pages, err := webui.New(desk, &webui.Config{Actor: demoActor, Clock: clock, Mails: mails, TestWebhook: hooks.Test})
	require.NoError(t, err)
	form, err := webui.NewForm(desk, &webui.FormConfig{Config: webui.Config{Actor: demoActor, Clock: clock}})
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/support/", http.StripPrefix("/support", pages))
	mux.Handle("/help/", http.StripPrefix("/help", form))
	mux.HandleFunc("/login", login)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	b, ticket := browsertest.New(t), talkative(t, desk)
	for _, width := range []int64{1280, 390} {
		for _, theme := range []string{"light", "dark"} {
			tab := b.Tab(t, browsertest.Look{Width: width, Height: 900, Dark: theme == "dark"})
			for _, who := range []string{"nobody", "admin:dev@example.com", "customer:" + ticket.Customer.Email} {
				enter(tab, server.URL, who)
				for _, page := range shotsOf(who, ticket.Ref) {
					tab.Go(server.URL + page.path)
					tab.Until("!document.querySelector('[data-later]')")
					require.True(t, tab.Is("document.querySelector('"+page.has+"')"), "%s shows %s", page.name, page.has)
					tab.Fits()
					picture := tab.Picture()
					require.Less(t, len(picture), 300_000)
					require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", page.name, width, theme)), picture, 0o644))
				}
			}
		}
	}
}

// enter logs a tab in as somebody; nobody stays out.
func enter(tab *browsertest.Tab, site, who string) {
	tab.Go(site + "/login")
	if who != "nobody" {
		browsertest.Run[int](tab, fmt.Sprintf("document.querySelector('button').value = %q; 1", who))
		tab.Leave("button")
	}
}

// shot is a page to take a picture of, with something that has to be on it.
type shot struct{ name, path, has string }

// shotsOf are the pages of somebody.
func shotsOf(who, ref string) []shot {
	role, _, _ := strings.Cut(who, ":")
	const set = "/support/settings/"
	switch role {
	case "admin":
		return []shot{
			{"inbox", "/support/", ".queue li"}, {"search", "/support/?view=all&q=refund", ".queue mark"}, {"ticket", "/support/tickets/" + ref, ".message"}, {"new", "/support/new", "form"},
			{"dashboard", "/support/dashboard", "svg.plot"}, {"mail", "/support/mail?list=suppressed", "main .card"},
			{"agents", set + "agents", ".rows li"}, {"agent", set + "agents/edit?id=ana@example.com", "#f-absences"}, {"teams", set + "teams", "main"}, {"team", set + "teams/edit", "#f-name"},
			{"categories", set + "categories", ".rows li"}, {"sla", set + "sla", ".policy"}, {"sla-edit", set + "sla/edit", "#f-book"}, {"promises-history", set + "sla/history", "main"},
			{"priority-rules", set + "priority-rules", ".rows li"}, {"macros", set + "macros", "main"}, {"macro", set + "macros/edit", "#f-body"},
			{"webhooks", set + "webhooks", ".rows li"}, {"webhook", set + "webhooks/edit?id=crm", "#f-url"},
			{"mail-templates", set + "mail-templates", "main"}, {"mail-templates-edit", set + "mail-templates/edit?kind=reply&lang=en", "textarea"},
			{"settings-mail", set + "mail", ".big"}, {"about", set + "about", ".grid"},
		}
	case "customer":
		return []shot{{"help-own", "/help/", ".rows li"}, {"help-ticket", "/help/tickets/" + ref, ".message"}}
	}
	return []shot{{"help", "/help/", "form"}, {"help-embed", "/help/?embed=1", "form"}, {"help-sent", "/help/sent?ref=" + ref, ".tick"}}
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
