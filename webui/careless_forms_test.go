package webui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestWhatACustomerWritesBesideAButtonIsNotLost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	_, err := s.As(agentAna).Resolve(t.Context(), opened.ID, "Paid back.")
	require.NoError(t, err)
	at := form + "/tickets/" + opened.Ref
	s.get(kim, s.post(kim, at+"/reopen", "text", "Nothing has come.", "key", "k").to(at+"/reopen")).is(200).has("Nothing has come.", "has arrived", "In progress")
	_, err = s.As(agentAna).Resolve(t.Context(), opened.ID, "Paid back now.")
	require.NoError(t, err)
	for range 2 {
		s.get(kim, s.post(kim, at+"/reopen", "text", " ").to(at+"/reopen")).is(200).has("is open again")
	}
	now, err := s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Equal(t, 2, now.Reopened)
	s.Clock.Advance(time.Hour)
	s.post(kim, at+"/reopen").is(422)
}

func TestARatingThatIsRefusedKeepsItsStarsAndWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	_, err := s.As(agentAna).Resolve(t.Context(), opened.ID, "Paid back.")
	require.NoError(t, err)
	at, words := form+"/tickets/"+opened.Ref, strings.Repeat("w", 1<<20+1)
	a := s.post(kim, at+"/rate", "score", "4", "comment", words).is(422).has(`href="#f-comment"`)
	require.Equal(t, words, a.held("f-comment"))
	require.Regexp(t, `value="4"[^>]* checked`, a.body)
	a = s.post(kim, at+"/rate", "comment", "Slow.").is(422).has(`href="#f-score"`)
	require.Equal(t, "Slow.", a.held("f-comment"))
}

func TestACustomersSecondTextWithTheFormOfTheFirstIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := form + "/tickets/" + s.open("Refund", "Please.").Ref
	s.post(kim, at+"/reply", "text", "First.", "key", "k").is(303)
	a := s.upload(kim, at+"/reply", map[string]string{"a.txt": "A"}, "text", "Second.", "key", "k").is(409).has("was sent already", "choose your files again")
	require.Equal(t, "Second.", a.held("f-text"))
	require.NotEqual(t, "k", a.value("key"))
	s.post(kim, at+"/reply", "text", "Second.", "key", a.value("key")).is(303)
}

func TestANewTicketWithTheFormOfAnotherIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(ana, prefix+"/new", "key", "k", "subject", "First", "email", "kim@mail.example").is(303)
	s.post(ana, prefix+"/new", "key", "k", "subject", "First", "email", "kim@mail.example").is(303)
	a := s.post(ana, prefix+"/new", "key", "k", "subject", "Second", "email", "kim@mail.example").is(409).has("was sent already")
	require.Equal(t, "Second", a.value("subject"))
	require.Equal(t, "The ticket was opened.", s.get(ana, s.post(ana, prefix+"/new", "key", a.value("key"), "subject", "Second", "email", "kim@mail.example").to(prefix+"/new")).done())
	page, err := s.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 2)
}

// TestAFormOfTheSettingsThatIsSentTwiceIsSaved sends each form twice with the same values. The
// second post finds the change of the first post.
func TestAFormOfTheSettingsThatIsSentTwiceIsSaved(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for path, pairs := range map[string][]string{
		"agents": {"name", " Ben Okafor", "email", "Ben@Example.com ", "skills", "technical 5", "capacity", "7"}, "teams": {"name", "Money ", "category", "billing", "category", "account", "manager", "ana@example.com"},
		"macros": {"name", "Sent ", "body", "Hello\r\n"}, "sla": {"book", officeBook, "version", "0"}, "agents/absences": {"id", "ana@example.com", "from", "2026-03-09T08:00", "to", "2026-03-13T18:00"},
		"priority-rules": {"phrase", "on fire", "priority", "urgent"},
	} {
		for range 2 {
			require.Equal(t, "Saved.", s.get(admin, s.post(admin, set+path, pairs...).to(set+path)).is(200).done(), path)
		}
	}
	agents, err := s.Agents(t.Context())
	require.NoError(t, err)
	require.Len(t, agents, 2)
	require.Len(t, agents[0].Absences, 1)
	s.post(admin, set+"macros", "name", "Sent", "body", "Another text").is(409)
	s.post(admin, set+"teams", "name", "Money", "category", "billing").is(409)
	s.post(admin, set+"agents", "name", "Ben Okafor", "email", "ben@example.com", "skills", "technical 4", "capacity", "7").is(409)
}

func TestWhatCannotBeDoneToAgentsIsSaidOnTheirPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	people := helpdesk.RosterFunc(func(context.Context, helpdesk.TenantID) ([]helpdesk.Agent, error) {
		return []helpdesk.Agent{{ID: "ana@example.com", Name: "Ana Silva", Email: "ana@example.com"}}, nil
	})
	d, err := helpdesk.New(memstore.New(), &helpdesk.Config{Roster: people, Logger: quiet})
	require.NoError(t, err)
	pages, err := webui.New(d, &webui.Config{Actor: who, Logger: quiet})
	require.NoError(t, err)
	host := mounted(s, pages)
	for _, a := range []*answer{
		host.post(admin, "/settings/agents/away", "id", "ana@example.com", "away", "1"), host.post(admin, "/settings/agents/remove", "id", "ana@example.com"),
	} {
		a.is(422).has("kept by your own system", `id="problems"`, "Ana Silva")
	}
}

func TestAVersionThatCannotBeRestoredIsSaidInTheHistory(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.post(admin, set+"sla/restore", "version", "x").is(422).has(`id="problems"`, "<h1>Settings</h1>")
}

// TestACommandForManyTicketsTakesNothingAwayByAnEmptyField sends commands without a value.
func TestACommandForManyTicketsTakesNothingAwayByAnEmptyField(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	s.post(ana, path+"/act", "action", "take").is(303)
	s.post(ana, path+"/act", "action", "category", "value", "billing").is(303)
	s.post(ana, path+"/act", "action", "tags", "value", "vip").is(303)
	for _, action := range []string{"assign", "category", "tag"} {
		s.post(ana, prefix+"/bulk", "action", action, "value", " ", "id", string(opened.ID)).is(422).has(`<a href="#f-bulk">`, "is empty")
	}
	for _, action := range []string{"assign", "category", "tags"} {
		s.post(ana, path+"/act", "action", action).is(422).has("Value: is missing")
	}
	now, err := s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"vip"}, now.Tags)
	require.Equal(t, helpdesk.Billing, now.Category)
	require.Equal(t, helpdesk.AgentID("ana@example.com"), now.Assignee)
	s.post(ana, path+"/act", "action", "tags", "value", "").is(303)
}
