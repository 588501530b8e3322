package webui_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/notify"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/standard"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/webui"
)

// office is a host with a running desk, its pages under /support/ and /help/, and two agents.
type office struct {
	t     *testing.T
	desk  *helpdesk.Desk
	site  string       // such as http://127.0.0.1:4711
	links *letterLinks // those in mails to customers
}

// letterLinks is a notifier that keeps the links in mails to customers, the latest of each kind.
type letterLinks struct {
	mu     sync.Mutex
	latest map[helpdesk.NoticeKind]string
}

func (l *letterLinks) Notify(_ context.Context, n *helpdesk.Notification) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n.Mail != nil {
		l.latest[n.Kind] = cmp.Or(n.Mail.RateURL, n.Mail.TicketURL)
	}
	return nil
}

func (l *letterLinks) forget(kind helpdesk.NoticeKind) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.latest, kind)
}

// link waits for a mail of a kind and returns the address in it.
func (o *office) link(kind helpdesk.NoticeKind) (link string) {
	o.t.Helper()
	require.Eventually(o.t, func() bool {
		o.links.mu.Lock()
		defer o.links.mu.Unlock()
		link = o.links.latest[kind]
		return link != ""
	}, time.Minute, 10*time.Millisecond, "a mail with a link is sent")
	return o.site + link
}

var kimLee = helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com", Name: "Kim Lee"}

func newOffice(t *testing.T) *office {
	t.Helper()
	store, err := bunstore.New(dbtest.SQLite(t), nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	logger := slog.New(slog.NewTextHandler(problemsOf{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	links := &letterLinks{latest: map[helpdesk.NoticeKind]string{}}
	hooks, err := webhook.New(&webhook.Config{Store: store, Logger: logger, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	require.NoError(t, err)
	desk, err := standard.Desk(store, &standard.Config{Config: helpdesk.Config{
		Classifier: helpdesk.ClassifierFunc(suggest), Logger: logger, Notifier: notify.Multi(links, hooks),
		Mail: &helpdesk.MailConfig{
			Address: func(helpdesk.TenantID) string { return "support@acme.example" }, Keys: [][]byte{bytes.Repeat([]byte("k"), 32)}, Survey: time.Nanosecond,
			TicketURL: func(_ helpdesk.TenantID, token string) string { return "/help/t/" + token },
			RateURL:   func(_ helpdesk.TenantID, token string) string { return "/help/rate/" + token },
		},
	}})
	require.NoError(t, err)
	for _, a := range []helpdesk.Agent{
		{Name: "Ana Silva", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 4, "general": 3}, Capacity: 20},
		{Name: "Ben Okafor", Email: "ben@example.com", Skills: map[helpdesk.Skill]int{"technical": 5}, Capacity: 20},
	} {
		_, err := desk.SaveAgent(t.Context(), a)
		require.NoError(t, err)
	}
	pages, err := webui.New(desk, &webui.Config{Actor: cookieActor, Poll: 50 * time.Millisecond, Logger: logger, TestWebhook: hooks.Test, Mails: mails(t, store)})
	require.NoError(t, err)
	help, err := webui.NewForm(desk, &webui.FormConfig{
		Config: webui.Config{Actor: cookieActor, Logger: logger}, FillTime: -1, PerAddress: -1, PerIP: -1, PagesPerIP: -1,
	})
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/support/", http.StripPrefix("/support", pages))
	mux.Handle("/help/", http.StripPrefix("/help", help))
	mux.HandleFunc("GET /login/{who}", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "who", Value: r.PathValue("who"), Path: "/"})
		io.WriteString(w, `<!doctype html><link rel="icon" href="data:,"><title>in</title>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- desk.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-done)
	})
	return &office{t, desk, server.URL, links}
}

// suggest is a model that knows one answer.
func suggest(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	return &helpdesk.Classification{
		Category: helpdesk.Billing, Priority: helpdesk.High, Confidence: .93, Classifier: "office 1", Response: "Hello Kim,\n\nI am sorry. We have refunded the second payment.",
	}, nil
}

// cookieActor is a host's login: "agent:ana@example.com" in a cookie.
func cookieActor(r *http.Request) (helpdesk.Actor, error) {
	c, err := r.Cookie("who")
	if err != nil {
		return helpdesk.Actor{}, err
	}
	role, mail, ok := strings.Cut(c.Value, ":")
	if !ok {
		return helpdesk.Actor{}, errors.New("nobody")
	}
	return helpdesk.Actor{Role: helpdesk.Role(role), ID: mail}, nil
}

// problemsOf writes a log to the test.
type problemsOf struct{ t *testing.T }

func (p problemsOf) Write(b []byte) (int, error) {
	p.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// file opens a ticket as the customer does by a form, and waits until the desk has read it.
func (o *office) file(subject string) *helpdesk.Ticket {
	o.t.Helper()
	t, err := o.desk.As(kimLee).Open(o.t.Context(), helpdesk.OpenParams{
		Subject: subject, Description: "I was charged twice for order 17 and would like a refund of the second payment.", Customer: helpdesk.Contact{Name: kimLee.Name, Email: kimLee.ID},
		Source: helpdesk.SourceForm,
	})
	require.NoError(o.t, err)
	require.Eventually(o.t, func() bool {
		t, err = o.desk.Ticket(o.t.Context(), t.ID)
		return err == nil && t.Suggestion != nil
	}, time.Minute, 10*time.Millisecond, "the desk's own work has been done")
	return t
}

// answer has the customer write on a ticket.
func (o *office) answer(t *helpdesk.Ticket, body string) {
	o.t.Helper()
	_, err := o.desk.As(kimLee).Reply(o.t.Context(), t.ID, helpdesk.ReplyParams{Body: body})
	require.NoError(o.t, err)
}

// messages are the texts of a ticket by kind.
func (o *office) messages(t *helpdesk.Ticket, kind helpdesk.MessageKind) (list []string) {
	o.t.Helper()
	th, err := o.desk.Thread(o.t.Context(), t.ID)
	require.NoError(o.t, err)
	for _, m := range th.Messages {
		if m.Kind == kind {
			list = append(list, m.Body)
		}
	}
	return list
}

// login makes a tab that of somebody, on a site that shows the office.
func login(tab *browsertest.Tab, site, who string) { tab.Go(site + "/login/" + who) }
