package webui_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/helpdesk-go/helpdesk"
)

// inGerman is the page as somebody who reads German gets it.
func (s *site) inGerman(by, path string) *answer {
	s.t.Helper()
	r := s.request(by, "GET", path, nil)
	r.Header.Set("Accept-Language", "de")
	return s.send(r)
}

// part is the text of a section of the dashboard, with the titles in its drawings.
func (a *answer) part(id string) string {
	a.t.Helper()
	for n := range a.doc().Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == id {
			return strings.Join(strings.Fields(spoken(n)), " ")
		}
	}
	a.t.Fatalf("no section %s", id)
	return ""
}

// spoken is all text in a node, apart by spaces.
func spoken(n *html.Node) string {
	var b strings.Builder
	for m := range n.Descendants() {
		if m.Type == html.TextNode {
			b.WriteString(m.Data + " ")
		}
	}
	return b.String()
}

func TestADashboardComparesWithATimeWhenThereWereTicketsAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := func(days string) *answer { return s.get(admin, prefix+"/dashboard?days="+days).is(200) }
	at("7").has("Nothing to compare with: there is no ticket yet.").lacks("was 0", "as before")
	s.open("One", "Please.") // on 2026-03-02 at 09:00
	at("7").has("Not compared with the time before: that would begin on Feb 17, 2026, and the first ticket came on Mar 2, 2026.").lacks("was 0", "as before")
	s.Advance(7 * 24 * time.Hour) // to Monday, March 9
	s.open("Two", "Please.")
	s.open("Three", "Please.")
	s.Clock.Advance(time.Minute)
	at("7").has("Not compared", "that would begin on Feb 24, 2026").lacks(">was ")
	a := at("3").has("Compared with the same length of time before, Mar 4, 2026 to Mar 6, 2026.", "was 0").lacks("Not compared")
	a.has(`<span class="sub "><span aria-hidden="true">▲</span> was 0</span>`)
	s.get(admin, prefix+"/dashboard/figures.csv?days=3").has("Key figures,This time,The time before,Unit\nCreated,2,0,\n", "\nSLA compliance,,,%\n", "\n\"Replies to a resolution, median\",,,\n")
	s.get(admin, prefix+"/dashboard/figures.csv?days=7").has("\nCreated,2,,\n")
	s.get(admin, prefix+"/dashboard?from=2026-03-06&to=2026-03-09").has("Mar 2, 2026, and the first").lacks(">was ")
	s.get(admin, prefix+"/dashboard?from=2026-03-07&to=2026-03-09").has("Compared with the same length of time before, Mar 4, 2026 to Mar 6, 2026.")
	s.inGerman(admin, prefix+"/dashboard?days=7").has("Ohne Vergleich mit der Zeit davor: die begänne am 24.02.2026, und das erste Ticket kam am 02.03.2026.").lacks("zuvor ")
}

func TestATimeBeforeThatBeginsWithTheFirstTicketIsCompared(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Clock.Advance(15 * time.Hour) // midnight
	s.open("One", "Please.")
	s.Advance(36 * time.Hour)
	s.get(admin, prefix+"/dashboard?from=2026-03-04&to=2026-03-04").has("Compared with", "Mar 3, 2026 to Mar 3, 2026").lacks("Not compared")
	s.get(admin, prefix+"/dashboard?from=2026-03-03&to=2026-03-04").has("Not compared")
}

func TestFewTicketsAreCountedInWholeNumbers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("One", "Please.")
	s.Clock.Advance(time.Minute)
	for _, id := range []string{"flow", "backlog"} {
		require.Equal(t, []string{"0", "1"}, s.get(admin, prefix+"/dashboard/"+id+"?days=7").upright())
	}
}

// upright are the marks of the axes in a page.
func (a *answer) upright() (list []string) {
	a.t.Helper()
	for n := range a.doc().Descendants() {
		if n.Type == html.ElementNode && n.Data == "text" && attr(n, "text-anchor") == "end" && attr(n, "x") == "0%" {
			list = append(list, words(n))
		}
	}
	return list
}

func TestWhereThereIsNothingToDrawTheDashboardSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.get(admin, prefix+"/dashboard?days=7").is(200).lacks("<svg class=\"plot\"", `class="bars"`)
	for id, sentence := range map[string]string{
		"flow": "No ticket was created or resolved in this time.", "backlog": "The backlog was empty every time.", "speed": "No ticket of this time was answered or resolved.",
		"category": "No ticket was created in this time.", "priority": "No ticket was created in this time.", "attainment": "No SLA was met or breached in this time.",
		"arrivals": "No ticket was created in this time.", "agents": "There is nobody to compare", "model": "Nobody has confirmed or changed a category in this time.",
	} {
		require.Contains(t, a.part(id), sentence, id)
	}
	one := s.open("One", "Please.")
	_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com", Name: "Ana Silva"}).Reply(t.Context(), one.ID, helpdesk.ReplyParams{Body: "Which one?"})
	require.NoError(t, err)
	s.Advance(time.Minute)
	speed := s.get(admin, prefix+"/dashboard/speed?days=7")
	require.Equal(t, 1, strings.Count(speed.body, "<svg class=\"plot\""))
	require.Contains(t, speed.part("speed"), "No ticket of this time was resolved.")
	_, err = s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com", Name: "Ana Silva"}).Resolve(t.Context(), one.ID, "Paid back.")
	require.NoError(t, err)
	s.Drain()
	speed = s.get(admin, prefix+"/dashboard/speed?days=7").lacks("No ticket of this time")
	require.Equal(t, 2, strings.Count(speed.body, "<svg class=\"plot\""))
	require.Contains(t, s.get(admin, prefix+"/dashboard/agents?days=7").part("agents"), "There is nobody to compare", "one ticket compares nobody")
}

func TestPeopleReadNumbersInTheirLanguageAndMachinesInTheirs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	agent := helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com", Name: "Ana Silva"}
	for i := range 3 {
		one := s.open("Refund", "Please.")
		if i > 0 {
			_, err := s.As(agent).Resolve(t.Context(), one.ID, "Paid back.")
			require.NoError(t, err)
		}
	}
	s.Advance(30 * 24 * time.Hour)
	const days = "?days=60"
	de := s.inGerman(admin, prefix+"/dashboard"+days).is(200).has("66,7\u00a0%").lacks("66.7")
	en := s.get(admin, prefix+"/dashboard"+days).is(200).has("66.7%").lacks("66,7")
	require.Contains(t, de.part("attainment"), "Alle · Lösung")
	require.Contains(t, de.part("attainment"), "66,7 ", "in the table too")
	require.Contains(t, en.part("attainment"), "66.7 ")
	require.Contains(t, en.body, `class="fill-c1" width="66.67%"`, "a bar of all that there is would be a hundred")
	require.Contains(t, de.part("flow"), "Ab", "weeks")
	de.has(`<th scope="row">Alle</th><td>Lösung</td><td class="n">2</td>`)
	for _, form := range []string{"csv", "json"} {
		s.inGerman(admin, prefix+"/dashboard/figures."+form+days).has("66.7", "0.00", "Antworten bis zur Lösung, Median").lacks("66,7", "–")
		s.inGerman(admin, prefix+"/dashboard/attainment."+form+days).has("66.7").lacks("66,7", "66.7%")
		s.inGerman(admin, prefix+"/dashboard/flow."+form+days).has("2026-03-02", "Tag")
		s.inGerman(admin, prefix+"/dashboard/speed."+form+days).has("0.00").lacks("0,00", "–")
	}
}

var (
	dates    = regexp.MustCompile(`\b[0-9]{2}\.[0-9]{2}\.(?:[0-9]{4})?`)
	pointed  = regexp.MustCompile(`[0-9]\.[0-9]{1,2}\b|[0-9]\.[0-9]{4}|[0-9]{4,} ?(?:%|Std|Tickets)`)
	verbatim = regexp.MustCompile(`[0-9]+\.[0-9]+\.[0-9]+|v[0-9]+\.[0-9]+`) // versions, addresses
)

func TestNoGermanPageHasANumberWithAPoint(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.fill().Ref
	pages := s.everyPage(ref)
	pages[prefix+"/dashboard?days=60"] = admin
	for path, by := range pages {
		a := s.inGerman(by, path)
		if a.status != http.StatusOK || !strings.Contains(a.header.Get("Content-Type"), "html") {
			continue
		}
		for n := range a.doc().Descendants() {
			if n.Type != html.TextNode || slices.Contains([]string{"script", "style", "textarea", "pre", "code"}, n.Parent.Data) { // documents are for machines
				continue
			}
			text := verbatim.ReplaceAllString(dates.ReplaceAllString(n.Data, ""), "")
			require.Empty(t, pointed.FindString(text), "%s: %s", path, n.Data)
		}
	}
}
