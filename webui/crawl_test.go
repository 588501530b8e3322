package webui_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// fill gives a desk something of everything.
func (s *site) fill() *helpdesk.Ticket {
	s.t.Helper()
	s.upload(admin, prefix+"/new", map[string]string{"a b.txt": "x"}, "subject", "Refund", "email", "kim@mail.example", "description", "Please, see https://acme.example/x.").is(303)
	opened := s.open("Second", "Words.")
	for path, pairs := range map[string][]string{
		"teams": {"name", "Money", "category", "billing"}, "macros": {"name", "Sent", "body", "Hello"}, "priority-rules": {"phrase", "on fire", "priority", "urgent"},
		"sla": {"book", officeBook, "version", "0"},
	} {
		s.post(admin, set+path, pairs...).is(303)
	}
	s.post(admin, set+"webhooks", "name", "CRM", "url", "https://crm.acme.example/").is(200)
	s.post(admin, prefix+"/views", "name", "Urgent ones", "query", "priority=urgent&view=open").is(303)
	_, err := s.Receive(s.t.Context(), &helpdesk.Incoming{MessageID: "1@x.example", From: helpdesk.Contact{Email: "noreply@x.example"}, Recipients: []string{"support@acme.example"},
		Subject: "Out of office", Text: "I am away.", Full: "I am away.", Kind: helpdesk.MailAutomatic})
	require.NoError(s.t, err)
	for range 40 {
		_, err := s.Open(s.t.Context(), helpdesk.OpenParams{Subject: "One of many", Customer: helpdesk.Contact{Email: "kim@mail.example"}})
		require.NoError(s.t, err)
	}
	s.Drain()
	return opened
}

// crawl follows every link, form and file of the pages from one on, and returns their number.
func crawl(t *testing.T, s *site, base, by, start string) int {
	t.Helper()
	seen := map[string]bool{start: true}
	queue := []string{start}
	for len(queue) > 0 && len(seen) < 2000 {
		path := queue[0]
		queue = queue[1:]
		a := (&site{s.Desk, t, base}).get(by, path)
		require.Equal(t, http.StatusOK, a.status, "%s: %s", path, a.body)
		if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			continue
		}
		here, err := url.Parse(path)
		require.NoError(t, err)
		for n := range a.doc().Descendants() {
			for _, x := range n.Attr {
				leads := x.Key == "href" || x.Key == "src" || (x.Key == "action" && attr(n, "method") != "post")
				if !leads {
					continue
				}
				u, err := here.Parse(x.Val)
				require.NoError(t, err)
				if u.Host != "" {
					continue
				}
				u.Fragment = ""
				require.True(t, strings.HasPrefix(u.Path, here.Path[:strings.Index(here.Path[1:], "/")+1]), "%s leaves the mount: %s", path, x.Val)
				if to := u.RequestURI(); !seen[to] {
					seen[to] = true
					queue = append(queue, to)
				}
			}
		}
	}
	return len(seen)
}

func TestEveryLinkOfEveryPageLeadsSomewhereUnderAnyPrefix(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.fill()
	require.Greater(t, crawl(t, s, s.url, admin, prefix+"/"), 80)
	require.Greater(t, crawl(t, s, s.url, ana, prefix+"/tickets/"+s.open("Third", "x").Ref), 40)
	require.Greater(t, crawl(t, s, s.url, kim, form+"/"), 10)
	require.Greater(t, crawl(t, s, s.url, nobody, s.link(helpdesk.NoticeReceived)), 3)

	target, err := url.Parse(s.url)
	require.NoError(t, err)
	proxy := httptest.NewServer(http.StripPrefix("/deep/down", httputil.NewSingleHostReverseProxy(target)))
	t.Cleanup(proxy.Close)
	require.Greater(t, crawl(t, s, proxy.URL, admin, "/deep/down"+prefix+"/"), 80)
	require.Greater(t, crawl(t, s, proxy.URL, kim, "/deep/down"+form+"/"), 10)
	behind := &site{s.Desk, t, proxy.URL}
	to := behind.post(admin, "/deep/down"+set+"macros", "name", "Another", "body", "x").to("/deep/down" + set + "macros")
	behind.get(admin, to).is(200).has("Another")
}
