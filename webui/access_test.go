package webui_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/webui"
)

// agentPages are the workspace's pages for agents, adminPages those for admins.
func agentPages(ref string) []string {
	return []string{"/", "/?view=all", "/?view=review", "/?q=refund", "/new", "/tickets/" + ref, "/tickets/" + ref + "?use=suggestion", "/tickets/" + ref + "/similar", "/dashboard", "/dashboard?days=7", "/mail", "/mail?list=suppressed", "/mail?list=failed", "/mail?list=all", "/customers", "/customers?q=kim", "/organisations"}
}

var adminPages = []string{
	"/customers/new", "/organisations/new", "/settings", "/settings/agents", "/settings/agents/edit", "/settings/agents/edit?id=ana@example.com", "/settings/teams", "/settings/teams/edit",
	"/settings/categories", "/settings/sla", "/settings/sla/edit", "/settings/sla/history", "/settings/priority-rules", "/settings/macros", "/settings/macros/edit",
	"/settings/mail", "/settings/reads", "/settings/reads?by=ana@example.com", "/settings/about", "/settings/webhooks", "/settings/webhooks/edit",
	"/settings/mail-templates", "/settings/mail-templates?lang=de", "/settings/mail-templates/edit?kind=reply&lang=de", "/settings/mail-templates/edit?kind=assigned",
}

var adminForms = []string{
	"/settings/agents", "/settings/agents/remove", "/settings/agents/away", "/settings/agents/absences", "/settings/teams", "/settings/teams/remove",
	"/settings/sla", "/settings/sla/restore", "/settings/sla/apply", "/settings/priority-rules", "/settings/macros", "/settings/macros/remove",
	"/settings/webhooks", "/settings/webhooks/turn", "/settings/webhooks/secret", "/settings/webhooks/test", "/settings/webhooks/remove",
	"/settings/mail-templates", "/settings/mail-templates/edit",
}

func TestEachPageIsForWhomItIsFor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.open("Refund", "Please.").Ref
	for _, path := range agentPages(ref) {
		s.get(admin, prefix+path).is(200)
		s.get(ana, prefix+path).is(200)
		s.get(kim, prefix+path).is(403)
		s.get(nobody, prefix+path).is(401)
	}
	for _, path := range adminPages {
		s.get(admin, prefix+path).is(200)
		s.get(ana, prefix+path).is(403)
		s.get(kim, prefix+path).is(403)
		s.get(nobody, prefix+path).is(401)
	}
	for _, path := range adminForms {
		for by, status := range map[string]int{ana: 403, kim: 403, nobody: 401} {
			s.post(by, prefix+path, "id", "ana@example.com", "name", "Mallory", "email", "ana@example.com", "phrase", "x", "priority", "low", "version", "0", "away", "1").is(status)
		}
	}
	agents, err := s.Agents(t.Context())
	require.NoError(t, err)
	require.Equal(t, "Ana Silva", agents[0].Name)
	require.False(t, agents[0].Away)
	require.NotContains(t, s.get(ana, prefix+"/").body, "settings", "who may not go there is not led there")
	s.get("agent:stranger@example.com", prefix+"/").is(403)
	s.get("robot:x", prefix+"/").is(403)
	s.get(":x", prefix+"/").is(401)
}

func TestAnotherTenantsIdsAreNotThere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	other := s.ForTenant("other")
	foreign, err := other.Open(t.Context(), helpdesk.OpenParams{Subject: "Theirs", Description: "Secret", Customer: helpdesk.Contact{Email: "kim@mail.example"}, Source: helpdesk.SourceForm})
	require.NoError(t, err)
	_, err = other.SaveAgent(t.Context(), helpdesk.Agent{Name: "Zoe", Email: "zoe@other.example"})
	require.NoError(t, err)
	_, err = other.SaveTeam(t.Context(), helpdesk.Team{ID: "theirs", Name: "Theirs"})
	require.NoError(t, err)
	_, err = macro.Of(other).Save(t.Context(), macro.Macro{ID: "theirs", Name: "Theirs", Body: "x"})
	require.NoError(t, err)
	_, err = webhook.Of(other).Save(t.Context(), webhook.Endpoint{ID: "theirs", Name: "Theirs", URL: "https://hooks.other.example/"})
	require.NoError(t, err)
	for _, id := range []string{string(foreign.ID), foreign.Ref} {
		s.get(admin, prefix+"/tickets/"+id).is(404).lacks("Secret")
		for _, act := range []string{"reply", "note", "act"} {
			s.post(admin, prefix+"/tickets/"+id+"/"+act, "action", "take", "body", "x").is(404)
		}
		s.get(kim, form+"/tickets/"+id).is(404).lacks("Secret")
		s.post(kim, form+"/tickets/"+id+"/reply", "text", "x").is(404)
	}
	for path, pairs := range map[string][]string{
		"agents/remove": {"id", "zoe@other.example"}, "agents/away": {"id", "zoe@other.example", "away", "1"}, "agents/absences": {"id", "zoe@other.example", "from", "2026-03-09T08:00"},
		"agents": {"id", "zoe@other.example", "version", "1", "name", "Mallory", "email", "zoe@other.example"}, "teams/remove": {"id", "theirs"}, "macros/remove": {"id", "theirs"},
		"webhooks/turn": {"id", "theirs", "version", "1", "off", "1"}, "webhooks/secret": {"id", "theirs", "version", "1", "do", "rotate"}, "webhooks/test": {"id", "theirs"}, "webhooks/remove": {"id", "theirs"},
	} {
		s.post(admin, set+path, pairs...).is(404)
	}
	for _, path := range []string{"agents/edit?id=zoe@other.example", "teams/edit?id=theirs", "macros/edit?id=theirs", "webhooks/edit?id=theirs"} {
		s.get(admin, set+path).is(404)
	}
	agents, err := other.Agents(t.Context())
	require.NoError(t, err)
	require.Equal(t, "Zoe", agents[0].Name)
}

func TestAFormFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.open("Refund", "Please.").Ref
	link := s.link(helpdesk.NoticeReceived)
	paths := []string{"/new", "/bulk", "/views", "/mail/retry", "/mail/x/release", "/mail/x/dismiss", "/tickets/" + ref + "/reply", "/tickets/" + ref + "/note", "/tickets/" + ref + "/act", "/tickets/" + ref + "/writing"}
	for _, path := range append(paths, adminForms...) {
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			r := s.request(admin, "POST", prefix+path, strings.NewReader("name=x"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(name, value)
			s.send(r).is(403).has("another site")
		}
	}
	for _, path := range []string{form + "/new", form + "/tickets/" + ref + "/reply", link + "/reply", form + "/rate/x"} {
		r := s.request(kim, "POST", path, strings.NewReader("text=x"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		s.send(r).is(403)
	}
}

// everyPage is all there is to look at, by whom.
func (s *site) everyPage(ref string) map[string]string {
	pages := map[string]string{prefix + "/nowhere": admin, form + "/": nobody, form + "/new": nobody, form + "/sent?ref=" + ref: nobody, form + "/?embed=1": nobody, form + "/nowhere": nobody, form + "/tickets/" + ref: kim}
	for _, p := range append(agentPages(ref), adminPages...) {
		pages[prefix+p] = admin
	}
	return pages
}

func TestEachPageHasThePolicyAndNothingInline(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.fill().Ref
	pages := s.everyPage(ref)
	pages[form+"/?x=1"], pages[set+"macros/edit?id=sent"], pages[set+"teams/edit?id=money"], pages[set+"webhooks/edit?id=crm"] = kim, admin, admin, admin
	pages[s.link(helpdesk.NoticeReceived)] = nobody
	for path, by := range pages {
		a := s.get(by, path)
		csp := a.header.Get("Content-Security-Policy")
		require.Contains(t, csp, "default-src 'none'; script-src 'self'; style-src 'self';", path)
		require.NotContains(t, csp, "unsafe", path)
		require.Equal(t, "nosniff", a.header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-store", a.header.Get("Cache-Control"), path)
		require.NotEmpty(t, a.header.Get("Referrer-Policy"), path)
		require.Equal(t, "text/html; charset=utf-8", a.header.Get("Content-Type"), path)
		inert(t, a.doc(), path)
	}
	refused := s.get(nobody, prefix+"/")
	require.Contains(t, refused.header.Get("Content-Security-Policy"), "default-src 'none'")
}

// inert checks that a page has no script, style or handler of its own, and no address that runs.
func inert(t *testing.T, doc *html.Node, where string) {
	t.Helper()
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "style", "object", "embed", "base", "applet", "frame", "math", "foreignobject", "animate", "set":
			t.Fatalf("%s: element %s", where, n.Data)
		case "script":
			require.True(t, n.FirstChild == nil && strings.Contains(attr(n, "src"), "static/"), "%s: a script of the page's own", where)
		case "meta":
			require.Empty(t, attr(n, "http-equiv"), where)
		}
		for _, a := range n.Attr {
			require.False(t, strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc", "%s: <%s %s>", where, n.Data, a.Key)
			switch a.Key {
			case "href", "src", "action", "formaction", "poster", "data", "cite":
				scheme, _, ok := strings.Cut(strings.TrimSpace(strings.ToLower(a.Val)), ":")
				if ok && !strings.ContainsAny(scheme, "/?#") {
					require.Contains(t, []string{"http", "https"}, scheme, "%s: <%s %s=%q>", where, n.Data, a.Key, a.Val)
				}
				if n.Data != "a" {
					require.False(t, strings.HasPrefix(a.Val, "//") || strings.HasPrefix(a.Val, "http"), "%s: <%s> goes to %q", where, n.Data, a.Val)
				}
			}
		}
	}
}

func TestAMountWithoutItsSlashLeadsToTheOneWithIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	workspace, err := webui.New(s.Desk.Desk, &webui.Config{Actor: who, Logger: quiet})
	require.NoError(t, err)
	bare := httptest.NewServer(http.StripPrefix("/desk", workspace))
	t.Cleanup(bare.Close)
	a := (&site{s.Desk, t, bare.URL}).get(admin, "/desk?view=mine").is(http.StatusMovedPermanently)
	require.Equal(t, "./desk/", a.header.Get("Location"))
}
