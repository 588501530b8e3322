package webui_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestALogoMayComeFromItsOwnSite(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for logo, source := range map[string]string{
		"":                                      "img-src 'self' data:; ",
		"/logo.svg":                             "img-src 'self' data:; ",
		"https://cdn.acme.example/logo.svg":     "img-src 'self' data: https://cdn.acme.example; ",
		"//cdn.acme.example/logo.svg":           "img-src 'self' data: https://cdn.acme.example; ",
		"https://x.example;script-src%20*/logo": "img-src 'self' data:; ",
		"https://x.example 'unsafe-inline'/l.svg":  "img-src 'self' data:; ",
		"data:image/svg+xml,%3Csvg%20xmlns=''/%3E": "img-src 'self' data:; ",
	} {
		cfg := webui.Config{Actor: who, Logger: quiet, Brand: func(helpdesk.TenantID) webui.Brand { return webui.Brand{Logo: logo} }}
		pages, err := webui.New(s.Desk.Desk, &cfg)
		require.NoError(t, err)
		a := mounted(s, pages).get(admin, "/").is(200)
		require.Contains(t, a.header.Get("Content-Security-Policy"), source, logo)
		require.Equal(t, 1, strings.Count(a.header.Get("Content-Security-Policy"), "script-src"), logo)
	}
}

func TestACustomerDoesNotSeeAnEscalation(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Mine", "Help me.")
	_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Escalate(t.Context(), opened.ID, "Too hard.")
	require.NoError(t, err)
	for _, path := range []string{form + "/", form + "/tickets/" + opened.Ref} {
		s.get(kim, path).is(200).has("In progress").lacks("escalated")
	}
}

func TestTheMiddleOfALongConversationIsFolded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("A story", "Part 0.")
	path := prefix + "/tickets/" + opened.Ref
	s.get(ana, path).is(200).lacks(`id="folded"`)
	for i := range 29 {
		s.post(ana, path+"/note", "body", fmt.Sprintf("Part %d.", i+1)).is(303)
	}
	a := s.get(ana, path).is(200).has("19 earlier messages", `href="#latest"`)
	before, rest, _ := strings.Cut(a.body, `id="folded"`)
	folded, after, _ := strings.Cut(rest, "</details></li>")
	require.Contains(t, before, "Part 0.")
	require.Contains(t, folded, "Part 1.")
	require.Contains(t, folded, "Part 19.")
	require.NotContains(t, folded, "Part 20.")
	require.Contains(t, after, "Part 20.")
	require.Contains(t, after, "Part 29.")
	require.NotContains(t, folded, ` open>`)
}

func TestTheMiddleOfALongConversationIsFoldedForItsCustomer(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("A story", "Part 0.")
	link := s.link(helpdesk.NoticeReceived)
	for i := range 8 {
		if i == 7 {
			s.get(kim, form+"/tickets/"+opened.Ref).is(200).has("Part 7.").lacks("<details")
		}
		s.post(ana, prefix+"/tickets/"+opened.Ref+"/reply", "body", fmt.Sprintf("Part %d.", i+1)).is(303)
		s.post(ana, prefix+"/tickets/"+opened.Ref+"/note", "body", "Nobody else's business.").is(303)
	}
	for _, a := range []*answer{s.get(kim, form+"/tickets/"+opened.Ref).is(200), s.get(nobody, link).is(200), s.post(kim, form+"/tickets/"+opened.Ref+"/reply", "text", "").is(422)} {
		before, rest, ok := strings.Cut(a.has("4 earlier messages").body, `<li class="folded"><details><summary>`)
		require.True(t, ok)
		middle, after, ok := strings.Cut(rest, "</ol></details></li>")
		require.True(t, ok)
		require.Contains(t, before, "Part 0.")
		require.NotContains(t, before, "Part 1.")
		for i := 1; i <= 4; i++ {
			require.Contains(t, middle, fmt.Sprintf("Part %d.", i))
			require.Contains(t, after, fmt.Sprintf("Part %d.", i+4))
		}
		require.Equal(t, 10, strings.Count(a.body, "<li class="), "all are there, once")
	}
}

func TestANewDeskSaysHowToBegin(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(ana, prefix+"/").has("No tickets yet").lacks("Add an agent", "No ticket fits")
	require.NoError(t, s.RemoveAgent(t.Context(), "ana@example.com"))
	s.get(admin, prefix+"/").has("No tickets yet", "Add an agent")
	s.get(admin, set+"agents").has("Nobody works here yet", "Tickets wait")
	s.open("Refund", "Please.")
	s.get(admin, prefix+"/?q=zebra").has("No ticket fits", "Clear").lacks("No tickets yet")
}

func TestTheRulesAreShownAHundredAtATime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.get(admin, set+"priority-rules").is(200).has("Showing 100 of", "Look for one")
	require.Equal(t, 100, strings.Count(a.body, `value="remove"`))
	s.get(admin, set+"priority-rules?q=system+down").has("system down").lacks("Look for one")
}

func TestTimesAreShownWithHowLongAgo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	s.Clock.Advance(3*time.Hour + 5*time.Minute)
	const when = `<time datetime="2026-03-02T09:00:00Z">Mar 2, 09:00 <span class="ago">· 3h 5m ago</span></time>`
	s.get(ana, prefix+"/tickets/"+opened.Ref).has(when, ">due in 55m</time>")
	s.get(kim, form+"/tickets/"+opened.Ref).has(when)
	s.get(ana, prefix+"/").has(`<span class="when"><time class="due`, `datetime="2026-03-02T13:00:00Z" title="Mar 2, 13:00"`, `<span class="sub">Mar 2, 13:00</span>`)
}

func TestOneListIsMarkedAsTheOneShown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(ana, prefix+"/views", "name", "Urgent ones", "query", "priority=urgent&view=open").is(303)
	for path, name := range map[string]string{
		"/": "Open", "/?view=all": "All tickets", "/?view=mine": "Mine", "/?priority=urgent&view=open": "Urgent ones", "/?priority=high&view=open": "Open", "/?q=refund": "Open",
		"/dashboard": "Dashboard", "/new": "New ticket", "/mail?view=all": "Mail",
	} {
		var marked []string
		for n := range s.get(ana, prefix+path).doc().Descendants() {
			if attr(n, "aria-current") == "page" && attr(n.Parent, "class") != "tabs" {
				marked = append(marked, words(n))
			}
		}
		require.Len(t, marked, 1, path)
		require.Contains(t, marked[0], strings.ReplaceAll(name, " ", ""), path)
	}
}

// mounted is a site with other pages at its root.
func mounted(s *site, pages http.Handler) *site {
	server := httptest.NewServer(pages)
	s.t.Cleanup(server.Close)
	return &site{s.Desk, s.t, server.URL}
}

func TestWhatTheDeskRemarksIsInTheViewersLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	s.Advance(210 * time.Minute)
	s.Advance(time.Hour)
	_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com", Name: "Ana Silva"}).Resolve(t.Context(), opened.ID, "Paid back 20 %s,\n1 of 2.")
	require.NoError(t, err)
	for language, said := range map[string][]string{
		"en": {"SLA at risk. 30 minutes remaining.", "SLA BREACHED. Auto-escalated to management.", "Resolved by Ana Silva: Paid back 20 %s,\n1 of 2.", "Assigned to Ana Silva, the first of 1 eligible", "of 4h used up, but it was due"},
		"de": {"SLA in Gefahr. Noch 30 Minuten.", "SLA VERLETZT. An die Verantwortlichen eskaliert.", "Gelöst von Ana Silva: Paid back 20 %s,\n1 of 2.", "An Ana Silva zugewiesen, erste Wahl unter 1", "von 4\u00a0Std, aber fällig war es"},
	} {
		r := s.request(ana, "GET", prefix+"/tickets/"+opened.Ref, nil)
		r.Header.Set("Accept-Language", language)
		s.send(r).is(200).has(said...)
	}
}

func TestRemarksOnACustomerWhoDoesNotAnswerAreInGerman(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	s.post(ana, prefix+"/tickets/"+opened.Ref+"/reply", "body", "Which order?", "then", "wait").is(303)
	s.Advance(11 * 24 * time.Hour)
	r := s.request(ana, "GET", prefix+"/tickets/"+opened.Ref, nil)
	r.Header.Set("Accept-Language", "de")
	s.send(r).is(200).has("Der Kunde wurde an die Frage erinnert.", "Der Kunde hat nicht geantwortet.")
}

func TestACommandForNoTicketSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	s.get(ana, s.post(ana, prefix+"/bulk", "action", "take", "back", "view=all").to(prefix+"/bulk")).is(200).has("No ticket was selected.")
	s.get(ana, s.post(ana, prefix+"/bulk", "action", "take", "back", "view=all", "id", string(opened.ID)).to(prefix+"/bulk")).is(200).has("Done for 1 of 1 tickets.")
	s.get(ana, s.post(ana, prefix+"/views", "name", "Urgent ones", "query", "priority=urgent&view=open").to(prefix+"/views")).is(200).has("Urgent ones")
}
