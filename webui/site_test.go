package webui_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/webui"
)

const (
	admin  = "admin:boss@example.com"
	ana    = "agent:ana@example.com"
	kim    = "customer:kim@mail.example"
	lee    = "customer:lee@mail.example"
	nobody = ""

	prefix = "/admin/support" // where the workspace is mounted
	form   = "/help"
)

var quiet = slog.New(slog.DiscardHandler)

// site is a host with both kinds of pages.
type site struct {
	*helpdesktest.Desk
	t   *testing.T
	url string
}

// who believes a header: "role:id". Another says whose desk it is.
func who(r *http.Request) (helpdesk.Actor, error) {
	role, id, ok := strings.Cut(r.Header.Get("X-Who"), ":")
	if !ok {
		return helpdesk.Actor{}, errors.New("nobody is logged in")
	}
	return helpdesk.Actor{Role: helpdesk.Role(role), ID: id}, nil
}

func newSite(t *testing.T, change ...func(*helpdesk.Config, *webui.FormConfig)) *site {
	t.Helper()
	clock := helpdesktest.NewClock(helpdesktest.Start)
	cfg := &helpdesk.Config{Logger: quiet, Clock: clock}
	cfg.Mail = &helpdesk.MailConfig{
		Address:   func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:      [][]byte{bytes.Repeat([]byte("k"), 32)},
		TicketURL: func(_ helpdesk.TenantID, token string) string { return form + "/t/" + token },
		RateURL:   func(_ helpdesk.TenantID, token string) string { return form + "/rate/" + token },
	}
	pages := webui.Config{Actor: who, Clock: clock, Logger: quiet, Mails: mails(t, nil), Tenant: func(r *http.Request) (helpdesk.TenantID, error) {
		return helpdesk.TenantID(r.Header.Get("X-Tenant")), nil
	}}
	fc := &webui.FormConfig{Config: pages, FillTime: -1, PerAddress: -1, PerIP: -1, PagesPerIP: -1}
	for _, f := range change {
		f(cfg, fc)
	}
	d := helpdesktest.New(t, nil, cfg)
	d.Clock = clock
	workspace, err := webui.New(d.Desk, &pages)
	require.NoError(t, err)
	webui.KeepNothing(workspace)
	help, err := webui.NewForm(d.Desk, fc)
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle(prefix+"/", http.StripPrefix(prefix, workspace))
	mux.Handle(form+"/", http.StripPrefix(form, help))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	d.Hire(helpdesk.Agent{Name: "Ana Silva", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 4, "general": 3}, Manager: true})
	return &site{Desk: d, t: t, url: server.URL}
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

func (a *answer) is(status int) *answer {
	a.t.Helper()
	require.Equal(a.t, status, a.status, a.body)
	return a
}

func (a *answer) has(texts ...string) *answer {
	a.t.Helper()
	for _, s := range texts {
		require.Contains(a.t, a.body, s)
	}
	return a
}

func (a *answer) lacks(texts ...string) *answer {
	a.t.Helper()
	for _, s := range texts {
		require.NotContains(a.t, a.body, s)
	}
	return a
}

func (a *answer) doc() *html.Node {
	a.t.Helper()
	n, err := html.Parse(strings.NewReader(a.body))
	require.NoError(a.t, err)
	return n
}

// value is what a field of the page holds.
func (a *answer) value(name string) string {
	a.t.Helper()
	for n := range a.doc().Descendants() {
		if n.Type == html.ElementNode && attr(n, "name") == name && (n.Data == "input" || n.Data == "textarea") {
			if n.Data == "textarea" && n.FirstChild != nil {
				return n.FirstChild.Data
			}
			return attr(n, "value")
		}
	}
	a.t.Fatalf("no field %q in %s", name, a.body)
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// send makes a request as it is.
func (s *site) send(r *http.Request) *answer {
	s.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	require.NoError(s.t, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	require.NoError(s.t, err)
	return &answer{s.t, res.StatusCode, res.Header, string(body)}
}

func (s *site) request(by, method, path string, body io.Reader) *http.Request {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, body)
	require.NoError(s.t, err)
	if by != nobody {
		r.Header.Set("X-Who", by)
	}
	return r
}

func (s *site) get(by, path string) *answer {
	s.t.Helper()
	return s.send(s.request(by, "GET", path, nil))
}

// post sends a form of pairs.
func (s *site) post(by, path string, pairs ...string) *answer {
	s.t.Helper()
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	r := s.request(by, "POST", path, strings.NewReader(f.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(r)
}

// upload sends a form of pairs with files.
func (s *site) upload(by, path string, files map[string]string, pairs ...string) *answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		require.NoError(s.t, w.WriteField(pairs[i], pairs[i+1]))
	}
	for name, content := range files {
		f, err := w.CreateFormFile("file", name)
		require.NoError(s.t, err)
		_, err = io.WriteString(f, content)
		require.NoError(s.t, err)
	}
	require.NoError(s.t, w.Close())
	r := s.request(by, "POST", path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.send(r)
}

// open opens a ticket of Kim's, and does what follows.
func (s *site) open(subject, text string) *helpdesk.Ticket {
	s.t.Helper()
	t, err := s.Open(s.t.Context(), helpdesk.OpenParams{
		Subject: subject, Description: text, Source: helpdesk.SourceForm, Customer: helpdesk.Contact{Name: "Kim", Email: "kim@mail.example"},
	})
	require.NoError(s.t, err)
	s.Drain()
	return t
}

// link is the address in the last notice of a kind, as the host mounts it.
func (s *site) link(kind helpdesk.NoticeKind) string {
	s.t.Helper()
	all := s.Notices.Of(kind)
	require.NotEmpty(s.t, all)
	m := all[len(all)-1].Mail
	if kind == helpdesk.NoticeSurvey {
		return m.RateURL
	}
	return m.TicketURL
}

// to is where a redirect leads.
func (a *answer) to(from string) string {
	a.t.Helper()
	a.is(http.StatusSeeOther)
	base, err := url.Parse(from)
	require.NoError(a.t, err)
	u, err := base.Parse(a.header.Get("Location"))
	require.NoError(a.t, err)
	return u.RequestURI()
}

var later = 3 * time.Hour

func escape(s string) string { return url.QueryEscape(s) }

// memory is a file to send.
func memory(name, content string) helpdesk.File {
	return helpdesk.File{Name: name, Type: "text/plain", Size: int64(len(content)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// encode writes a form of pairs.
func encode(pairs []string) string {
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f.Encode()
}

// asJSON writes a document as it is saved.
func asJSON(t require.TestingT, doc any) json.RawMessage {
	value, err := json.Marshal(doc)
	require.NoError(t, err)
	return value
}
