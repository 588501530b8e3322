package webui_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/notify/templates"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/webui"
)

// hostile are the payloads of testdata, one a line.
func hostile(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/hostile.txt")
	require.NoError(t, err)
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// flat is a payload without placeholders of its own.
func flat(p string) string { return strings.ReplaceAll(p, "{{", "{ {") }

// stuffed is a desk with a payload in every place that somebody may write to.
func stuffed(t *testing.T, p string) (*site, string) {
	t.Helper()
	s := newSite(t, func(c *helpdesk.Config, _ *webui.FormConfig) {
		c.Categories = append(helpdesk.DefaultCategories(), helpdesk.CategoryInfo{Name: "odd", Description: p})
		c.CustomerTags = nil
	})
	ctx := t.Context()
	must := func(_ any, err error) {
		t.Helper()
		require.NoError(t, err, p)
	}
	agent, err := s.SaveAgent(ctx, helpdesk.Agent{
		ID: helpdesk.AgentID(p), Name: p, Email: "mallory@example.com", Skills: map[helpdesk.Skill]int{helpdesk.Skill(p): 3, "general": 5}, Teams: []helpdesk.TeamID{helpdesk.TeamID(p)},
		Absences: []helpdesk.Absence{{From: s.Clock.Now().AddDate(0, 1, 0), Reason: p}},
	})
	must(agent, err)
	must(s.SaveTeam(ctx, helpdesk.Team{ID: helpdesk.TeamID(p), Name: p, Categories: []helpdesk.Category{"odd"}, Managers: []helpdesk.AgentID{agent.ID}}))
	must(macro.Of(s.Desk.Desk).Save(ctx, macro.Macro{ID: p, Name: p, Body: p}))
	must(webhook.Of(s.Desk.Desk).Save(ctx, webhook.Endpoint{ID: p, Name: p, URL: "https://hooks.example/?x=" + url.QueryEscape(p) + "#" + strings.ReplaceAll(p, "%", "%25")}))
	must(s.SavePriorityRules(ctx, asJSON(t, map[string]any{"rules": []any{map[string]any{"phrase": "zz " + p, "priority": "low"}}})))
	must(s.SaveSLA(ctx, asJSON(t, map[string]any{
		"calendars": []any{map[string]any{"name": p, "zone": "Europe/Berlin", "week": map[string]any{"monday": []string{"09:00-17:00"}}, "holidays": []any{map[string]any{"date": "2026-12-25", "name": p}}}},
		"policies":  []any{map[string]any{"name": p, "for": map[string]any{"tag": []string{p}}, "resolution": "4h", "calendar": p}, map[string]any{"name": "all", "resolution": "4h", "calendar": p}},
	})))
	must(templates.Of(s.Desk.Desk).Save(ctx, templates.Set{Name: short(p), Footer: p, Texts: map[string]templates.Text{"de/reply": {Subject: flat(p) + "!", Body: flat(p) + "\n{{text}}"}}}))
	boss := s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com", Name: p})
	require.NoError(t, s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"}).SaveViews(ctx, []helpdesk.View{{Name: p, Query: "tag=" + p}}))
	tag := []string{short(p)}
	opened, err := s.Open(ctx, helpdesk.OpenParams{
		Subject: p, Description: p, Customer: helpdesk.Contact{Name: p, Email: "kim@mail.example", Tags: tag}, Tags: tag, Source: helpdesk.SourceForm,
		Files: []helpdesk.File{memory(p, "x")},
	})
	must(opened, err)
	s.Classifier.Answer(helpdesk.Classification{Category: "billing", Confidence: 0.5, Response: p})
	s.Drain()
	must(boss.Reassign(ctx, opened.ID, agent.ID))
	must(boss.Note(ctx, opened.ID, p))
	must(boss.Reply(ctx, opened.ID, helpdesk.ReplyParams{Body: p, Files: []helpdesk.File{memory(p, "y")}}))
	must(boss.Escalate(ctx, opened.ID, p))
	for i, kind := range []helpdesk.MailKind{helpdesk.MailAutomatic, helpdesk.MailMessage} {
		in := &helpdesk.Incoming{
			MessageID: fmt.Sprintf("%d@x.example", i), From: helpdesk.Contact{Name: p, Email: "mallory@x.example"}, Recipients: []string{"support@acme.example"},
			Subject: "[" + opened.Ref + "] " + p, Text: p, Full: p + "\n> " + p, HTML: "<p>" + p + "</p>", Kind: kind, Reason: p, Files: []helpdesk.File{memory(p, "z")},
		}
		must(s.Receive(ctx, in))
	}
	solved, err := s.Open(ctx, helpdesk.OpenParams{Subject: p, Description: p, Customer: helpdesk.Contact{Name: p, Email: "kim@mail.example"}})
	must(solved, err)
	must(boss.Resolve(ctx, solved.ID, p))
	must(s.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@mail.example", Name: p}).Rate(ctx, solved.ID, 2, p))
	s.Drain()
	return s, opened.Ref
}

// short is as much of a payload as a tag may have.
func short(p string) string { return string([]rune(p)[:min(40, len([]rune(p)))]) }

// looks are the pages of a desk with a payload in their addresses and forms, by name.
func looks(s *site, ref, p string) map[string]*answer {
	q := func(path string, pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			mark := "?"
			if i > 0 {
				mark = "&"
			}
			path += mark + pairs[i] + "=" + escape(pairs[i+1])
		}
		return path
	}
	pages := map[string]*answer{}
	for path, by := range s.everyPage(ref) {
		path = strings.ReplaceAll(path, ref, "REF")
		for range 100 { // a dashboard has its dear parts when they are made, however slow the machine is
			if pages[path] = s.get(by, strings.ReplaceAll(path, "REF", ref)); !strings.Contains(pages[path].body, "data-later") || !strings.Contains(path, "/dashboard") {
				break
			}
		}
	}
	for name, path := range map[string]string{
		"search": q("/", "q", p), "tag": q("/", "tag", short(p)), "customer": q("/", "customer", p), "status": q("/", "status", p), "view": q("/", "view", p), "category": q("/", "category", p),
		"assignee": q("/", "assignee", p, "view", "all"), "sort": q("/", "sort", p), "after": q("/", "after", p), "done": q("/", "done", p, "of", p), "mails": q("/mail", "list", p),
		"period": q("/dashboard", "from", p, "to", p), "ticket": "/tickets/" + escape(p), "agent": q("/settings/agents/edit", "id", p), "team": q("/settings/teams/edit", "id", p),
		"macro": q("/settings/macros/edit", "id", p), "webhook": q("/settings/webhooks/edit", "id", p), "floor": q("/settings/priority-rules", "q", p), "mail templates": q("/settings/mail-templates", "lang", p), "text": q("/settings/mail-templates/edit", "lang", p, "kind", "reply"), "saved": q("/settings/agents", "done", p), "nowhere": "/settings/" + escape(p),
	} {
		pages[name] = s.get(admin, prefix+path)
	}
	pages["sent"] = s.get(nobody, q(form+"/sent", "ref", p))
	pages["link"] = s.get(nobody, s.link(helpdesk.NoticeReply))
	pages["own"] = s.get(kim, form+"/tickets/"+ref)
	pages["list"] = s.get(kim, form+"/")
	pages["answer again"] = s.upload(kim, form+"/tickets/"+ref+"/reply", map[string]string{p: "", "2": "", "3": "", "4": "", "5": "", "6": ""}, "text", p)
	stamp := s.get(nobody, form+"/new").value("stamp")
	pages["ask again"] = s.post(nobody, form+"/new", "stamp", stamp, "name", p, "email", p+" ", "subject", p, "text", p)
	pages["ask too late"] = s.post(nobody, form+"/new", "stamp", p, "name", p, "email", p, "subject", p, "text", p)
	for path, pairs := range map[string][]string{
		"agents": {"id", p, "version", "99", "name", p, "email", p, "skills", p, "capacity", p, "team", p}, "teams": {"id", p, "version", "99", "name", p, "category", p, "manager", p},
		"macros": {"id", p, "version", "99", "name", p, "body", p}, "priority-rules": {"phrase", p, "priority", p}, "sla": {"book", p, "version", "1"}, "sla/restore": {"version", p},
		"webhooks": {"id", p, "version", "99", "name", p, "url", "https://hooks.example/#" + strings.ReplaceAll(p, "%", "%25"), "kind", p}, "webhooks/secret": {"id", p, "version", "1", "do", "show"}, "webhooks/turn": {"id", p, "version", p}, "webhooks/test": {"id", p},
		"mail-templates": {"name", short(p), "colour", p, "footer", p, "version", p}, "mail-templates/edit": {"kind", "reply", "lang", "de", "version", "0", "subject", flat(p), "body", flat(p) + "\n{{text}}"},
		"agents/absences": {"id", p, "from", p, "to", p, "reason", p},
	} {
		pages["form "+path] = s.post(admin, set+path, pairs...)
	}
	pages["conflict of the SLA"] = s.post(admin, set+"sla", "book", p, "version", "0")
	pages["preview of a mail"] = s.post(admin, set+"mail-templates/edit", "do", "preview", "kind", "reply", "lang", p, "subject", flat(p), "body", flat(p)+"\n{{text}} {{ref}}")
	pages["preview"] = s.post(admin, set+"macros", "do", "preview", "name", p, "body", p)
	pages["act"] = s.post(admin, prefix+"/tickets/"+ref+"/act", "action", p, "value", p)
	pages["bulk"] = s.post(admin, prefix+"/bulk", "action", "priority", "value", p, "id", p)
	return pages
}

func TestNothingHostileComesAliveOnAnyPage(t *testing.T) {
	t.Parallel()
	const harmless = "plain words that do no harm"
	s, ref := stuffed(t, harmless)
	want := map[string]map[string]int{}
	for name, a := range looks(s, ref, harmless) {
		want[name] = bones(a.doc())
	}
	none := bones(s.get(admin, prefix+"/?q=nothing+has+these+words").doc()) // a minus leaves words out
	for bone, n := range none {
		want["search"][bone] = max(want["search"][bone], n)
	}
	for bone, n := range bones(s.get(admin, prefix+"/?customer=nobody%40example.com").doc()) { // some are addresses
		want["customer"][bone] = max(want["customer"][bone], n)
	}
	require.Greater(t, len(want), 60)
	list := hostile(t)
	require.GreaterOrEqual(t, len(list), 100)
	for i, p := range list {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			t.Parallel()
			s, ref := stuffed(t, p)
			shown := 0
			for name, a := range looks(s, ref, p) {
				require.Less(t, a.status, 500, "%s: %s", name, a.body)
				doc := a.doc()
				inert(t, doc, name+" with "+p)
				for bone, n := range bones(doc) {
					require.LessOrEqual(t, n, want[name][bone], "%s with %s has %s", name, p, bone)
				}
				if texts := words(doc); strings.Contains(texts, words(mustParse(t, html.EscapeString(p)))) {
					shown++
				}
			}
			require.Greater(t, shown, 20, "the payload is shown as the text it is")
		})
	}
}

// bones counts the elements of a page with the names of their attributes. The page itself makes
// links of texts that look like addresses, and marks of a search.
func bones(doc *html.Node) map[string]int {
	count := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode {
			count["comment"]++
		}
		if n.Type != html.ElementNode || n.Data == "mark" || (n.Data == "a" && strings.Contains(attr(n, "rel"), "nofollow")) {
			continue
		}
		names := map[string]bool{}
		for _, a := range n.Attr {
			if a.Key != "selected" && a.Key != "checked" && a.Key != "aria-current" && a.Key != "open" {
				names[a.Key] = true
			}
		}
		count[n.Data+fmt.Sprint(slices.Sorted(maps.Keys(names)))]++
	}
	return count
}

// words are the texts of a page without their spaces.
func words(doc *html.Node) string {
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, b.String())
}

func mustParse(t *testing.T, s string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(s))
	require.NoError(t, err)
	return n
}

func TestAMailsHTMLIsShownWithoutWhatRuns(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var all bytes.Buffer
	for _, p := range hostile(t) {
		all.WriteString("<div>" + p + "</div>\n")
	}
	m, err := s.Receive(t.Context(), &helpdesk.Incoming{
		MessageID: "1@x.example", From: helpdesk.Contact{Email: "mallory@x.example"}, Recipients: []string{"support@acme.example"}, Subject: "Hello", Text: "Hello", Full: "Hello", HTML: all.String(), Kind: helpdesk.MailMessage,
	})
	require.NoError(t, err)
	th, err := s.Thread(t.Context(), m.Ticket)
	require.NoError(t, err)
	a := s.get(ana, prefix+"/tickets/"+th.Ticket.Ref+"/messages/"+th.Messages[0].ID).is(200)
	require.Contains(t, a.header.Get("Content-Security-Policy"), "default-src 'none'")
	require.Contains(t, a.header.Get("Content-Security-Policy"), "sandbox")
	require.NotContains(t, a.header.Get("Content-Security-Policy"), "allow-scripts")
	for n := range a.doc().Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		require.NotContains(t, []string{"script", "iframe", "object", "embed", "form", "svg", "math", "base", "link", "meta:refresh", "animate", "video", "audio"}, n.Data)
		for _, x := range n.Attr {
			require.False(t, strings.HasPrefix(x.Key, "on"), x.Key)
			require.NotRegexp(t, `(?i)^\s*(javascript|vbscript|data:text)`, x.Val)
		}
	}
}
