package webui_test

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/macro"
)

const set = prefix + "/settings/"

func TestAnAdminAddsEditsAndRemovesAnAgent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(admin, set+"agents").is(200).has("Ana Silva", "billing 4", "0 of 10 tickets")
	s.post(admin, set+"agents", "name", "Ben Okafor", "email", "Ben@Example.com", "skills", "technical 5\r\nspoken french", "capacity", "7").is(303)
	form := s.get(admin, set+"agents/edit?id=ben@example.com").is(200)
	require.Equal(t, "spoken french 3\ntechnical 5", form.value("skills"))
	require.Equal(t, "7", form.value("capacity"))
	s.post(admin, set+"agents", "id", "ben@example.com", "version", form.value("version"), "name", "Benjamin", "email", "ben@example.com", "skills", "technical").is(303)
	agents, err := s.Agents(t.Context())
	require.NoError(t, err)
	require.Equal(t, "Benjamin", agents[1].Name)
	require.Equal(t, map[helpdesk.Skill]int{"technical": 3}, agents[1].Skills)
	s.post(admin, set+"agents/remove", "id", "ben@example.com").is(303)
	s.get(admin, set+"agents").lacks("Benjamin")
	s.get(admin, set+"agents/edit?id=ben@example.com").is(404)
	s.post(admin, set+"agents/remove", "id", "ben@example.com").is(404)
}

func TestAFaultyAgentIsShownAgainWithItsFieldNamed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.post(admin, set+"agents", "name", "Ben", "email", "no address", "skills", "technical 5").is(422)
	a.has(`href="#f-email"`, "is not a mail address", `aria-invalid="true"`)
	require.Equal(t, []string{"Ben", "no address", "technical 5"}, []string{a.value("name"), a.value("email"), a.value("skills")})
	s.post(admin, set+"agents", "name", "Ben", "email", "b@example.com", "skills", "technical 9").is(422).has("#f-skills", "not between 1 and 5")
	s.post(admin, set+"agents", "name", "Ben", "email", "b@example.com", "capacity", "many").is(422).has("#f-capacity")
}

func TestAnEditOfWhatSomebodyElseHasChangedShowsBoth(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	stale := s.get(admin, set+"agents/edit?id=ana@example.com").value("version")
	save := func(version, name string) *answer {
		return s.post(admin, set+"agents", "id", "ana@example.com", "version", version, "name", name, "email", "ana@example.com", "skills", "billing 4")
	}
	save(stale, "Ana the first").is(303)
	a := save(stale, "Ana the second").is(409).has("Ana the first", "Somebody else has saved")
	require.Equal(t, "Ana the second", a.value("name"), "what was typed is kept")
	save(a.value("version"), "Ana the second").is(303)
	s.post(admin, set+"agents", "name", "New", "email", "ana@example.com").is(409).has("Ana the second")
}

func TestAnAdminPlansAbsences(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(admin, set+"agents/away", "id", "ana@example.com", "away", "1").is(303)
	s.get(admin, set+"agents").has("Set back")
	s.post(admin, set+"agents/away", "id", "ana@example.com", "away", "0").is(303)
	r := s.post(admin, set+"agents/absences", "id", "ana@example.com", "from", "2026-03-09T08:00", "to", "2026-03-13T18:00", "reason", "skiing")
	page := s.get(admin, r.to(set+"agents/absences")).is(200).has("skiing")
	agents, err := s.Agents(t.Context())
	require.NoError(t, err)
	require.Equal(t, []helpdesk.Absence{{From: time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 13, 18, 0, 0, 0, time.UTC), Reason: "skiing"}}, agents[0].Absences)
	bad := s.post(admin, set+"agents/absences", "id", "ana@example.com", "from", "tomorrow", "reason", "kept").is(422).has("#f-from")
	require.Equal(t, "kept", bad.value("reason"))
	s.post(admin, set+"agents/absences", "id", "ana@example.com", "from", "2026-03-09T08:00", "to", "2026-03-08T08:00").is(422).has("#f-absences")
	for n := range page.doc().Descendants() {
		if n.Data == "button" && attr(n, "name") == "drop" {
			s.post(admin, set+"agents/absences", "id", "ana@example.com", "drop", attr(n, "value")).is(303)
		}
	}
	agents, err = s.Agents(t.Context())
	require.NoError(t, err)
	require.Empty(t, agents[0].Absences)
}

func TestAnAdminKeepsTeams(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(admin, set+"teams").is(200).has("No teams")
	s.post(admin, set+"teams", "name", "Money & more", "category", "billing", "manager", "ana@example.com").is(303)
	s.get(admin, set+"categories").has("Money &amp; more")
	form := s.get(admin, set+"teams/edit?id=money-more").is(200)
	stale := form.value("version")
	s.post(admin, set+"teams", "id", "money-more", "version", stale, "name", "Money").is(303)
	a := s.post(admin, set+"teams", "id", "money-more", "version", stale, "name", "Mine").is(409).has("In force now:", "Money")
	require.Equal(t, "Mine", a.value("name"))
	a = s.post(admin, set+"teams", "id", "t2", "name", "Kept", "category", "made up").is(422).has("#f-categories")
	require.Equal(t, "Kept", a.value("name"))
	s.post(admin, set+"teams/remove", "id", "money-more").is(303)
	s.get(admin, set+"teams/edit?id=money-more").is(404)
}

func TestAnAdminKeepsMacros(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.post(admin, set+"macros", "do", "preview", "name", "Sent", "body", "Hello {{customer}} {{ref}}").is(200).has("Hello Kim 7Q2M-X4KD")
	require.Equal(t, "Hello {{customer}} {{ref}}", a.value("body"))
	macros, err := macro.Of(s.Desk.Desk).List(t.Context())
	require.NoError(t, err)
	require.Empty(t, macros, "a preview saves nothing")
	s.post(admin, set+"macros", "do", "save", "name", "Refund sent!", "body", "Hello {{customer}}").is(303)
	stale := s.get(admin, set+"macros/edit?id=refund-sent").is(200).value("version")
	s.post(admin, set+"macros", "id", "refund-sent", "version", stale, "name", "Refund", "body", "Theirs").is(303)
	a = s.post(admin, set+"macros", "id", "refund-sent", "version", stale, "name", "Refund", "body", "Ours").is(409).has("Theirs")
	require.Equal(t, "Ours", a.value("body"))
	a = s.post(admin, set+"macros", "name", "", "body", "Kept").is(422).has("#f-name", "is empty")
	require.Equal(t, "Kept", a.value("body"))
	s.post(admin, set+"macros/remove", "id", "refund-sent").is(303)
	s.get(admin, set+"macros").has("No macros")
}

func TestAnAdminAddsAndRemovesFloors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(admin, set+"priority-rules").is(200).has("system down", "come with the host")
	s.post(admin, set+"priority-rules", "phrase", "cash register dead", "priority", "urgent").is(303)
	require.Equal(t, helpdesk.Urgent, s.open("Help", "Our cash register is dead.").Priority)
	s.get(admin, set+"priority-rules?q=cash").has("cash register dead").lacks("system down")
	s.post(admin, set+"priority-rules", "phrase", "Cash register dead", "do", "remove").is(303)
	s.post(admin, set+"priority-rules", "phrase", "Cash register dead", "do", "remove").is(404)
	require.Equal(t, helpdesk.Medium, s.open("Help", "Our cash register is dead.").Priority)
	a := s.post(admin, set+"priority-rules", "phrase", "kept", "priority", "soon").is(422).has("#f-priority")
	require.Equal(t, "kept", a.value("phrase"))
	s.post(admin, set+"priority-rules", "phrase", " ", "priority", "high").is(422).has("#f-phrase", "is empty")
	s.post(admin, set+"priority-rules", "phrase", "…", "priority", "high").is(422)
	s.post(admin, set+"priority-rules", "do", "default").is(303)
	s.get(admin, set+"priority-rules").has("come with the host")
}

const officeBook = `{
  "calendars": [{"name": "office", "zone": "Europe/Berlin", "week": {"monday": ["09:00-12:00", "13:00-17:00"], "friday": ["22:00-06:00"]},
    "holidays": [{"date": "2026-12-25", "name": "Christmas Day"}]}],
  "policies": [
    {"name": "vip", "for": {"customer_tag": ["vip"], "priority": ["urgent"]}, "first_response": "15m", "escalate_after": "10m",
      "steps": [{"name": "half", "of": 0.5, "level": 1}, {"name": "late", "after": "2h", "level": 3, "notify": "both", "raise": "urgent", "reassign": true}]},
    {"name": "all", "first_response": "4h", "resolution": "16h", "calendar": "office"}
  ]
}`

func TestAnSLAIsShownInWordsAndEditedAsADocument(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(admin, set+"sla").is(200).has("comes with the host", "30m", "urgent")
	s.get(admin, set+"sla/history").is(200).has("Nobody has changed")
	form := s.get(admin, set+"sla/edit").is(200).has(`&#34;policies&#34;`)
	require.Equal(t, "0", form.value("version"))
	s.post(admin, set+"sla", "book", officeBook, "version", "0").is(303)
	s.get(admin, set+"sla").has("Customer&#39;s tag: vip", "Priority: Urgent", "15m", "Escalated without an answer", "At 50% of the time: the agent is told, Level 1",
		"2h after: agent and managers are told, Level 3, priority becomes Urgent, offered to others", "09:00–12:00, 13:00–17:00", "22:00–24:00", "00:00–06:00", "2026-12-25 Christmas Day", "saved by boss@example.com")

	a := s.post(admin, set+"sla", "book", `{"policies": [`+"\n"+`{"name": }]}`, "version", "1").is(422).has("line 2", "#f-book")
	require.Contains(t, a.value("book"), `{"name": }`, "the text is kept")
	s.post(admin, set+"sla", "book", `{"policies": [{"name": "x", "resolution": "-1h"}]}`, "version", "1").is(422).has("resolution")
	s.post(admin, set+"sla", "book", "", "version", "1").is(422).has("is empty")
	s.post(admin, set+"sla", "book", officeBook, "version", "x").is(422)

	mine := `{"policies": [{"name": "mine", "resolution": "3h"}]}`
	a = s.post(admin, set+"sla", "book", mine, "version", "0").is(409).has("Somebody else has saved", "escalate_after")
	require.Equal(t, mine, a.value("book"))
	s.post(admin, set+"sla", "book", mine, "version", a.value("version")).is(303)
	s.get(admin, set+"sla/history").has("Version 2", "Version 1", "boss@example.com")
	s.post(admin, set+"sla/restore", "version", "1").is(303)
	s.get(admin, set+"sla").has("Customer&#39;s tag: vip")
	s.post(admin, set+"sla/restore", "version", "9").is(404)
	s.post(admin, set+"sla/restore", "version", "x").is(422)
	s.post(admin, set+"sla/restore", "version", "0").is(303)
	s.get(admin, set+"sla").has("comes with the host")
	s.get(admin, set+"sla/history").has("Version 4", "Back to the SLA")
}

func TestApplyingTheSLAMovesOpenTicketsToIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Help", "Please.")
	s.post(admin, set+"sla", "book", `{"policies": [{"name": "slow", "resolution": "100h"}]}`, "version", "0").is(303)
	s.post(admin, set+"sla/apply").is(303)
	s.Advance(0)
	now, err := s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Equal(t, s.Clock.Now().Add(100*time.Hour), now.Due())
}

func TestTheHistoryOfTheSLAHasPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for range 45 {
		_, err := s.SaveSLA(t.Context(), json.RawMessage(officeBook))
		require.NoError(t, err)
	}
	s.get(admin, set+"sla/history").has("Version 45", "Version 26", "below=26").lacks("Version 25<")
	s.get(admin, set+"sla/history?below=26").has("Version 25", "Version 6", "below=6")
	s.get(admin, set+"sla/history?below=6").has("Version 5", "Version 1").lacks("below=")
}

func TestIdsOfAnyShapeCanBeEdited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const id = `a/b?c=d&e #%41 ü"<`
	s.post(admin, set+"macros", "id", id, "name", "Odd", "body", "x").is(303)
	found := false
	for n := range s.get(admin, set+"macros").doc().Descendants() {
		if href := attr(n, "href"); n.Data == "a" && href != "" {
			u, err := url.Parse(href)
			require.NoError(t, err)
			if u.Query().Get("id") == id {
				found = true
				base, _ := url.Parse(set + "macros")
				require.Equal(t, "Odd", s.get(admin, base.ResolveReference(u).RequestURI()).is(200).value("name"))
			}
		}
	}
	require.True(t, found)
}
