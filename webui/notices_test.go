package webui_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// mention has Ben mention Ana in a note on a new ticket.
func (s *site) mention(subject string) *helpdesk.Ticket {
	s.t.Helper()
	ticket, err := s.Open(s.t.Context(), helpdesk.OpenParams{Subject: subject, Customer: helpdesk.Contact{Email: "kim@mail.example"}})
	require.NoError(s.t, err)
	s.Drain()
	require.NoError(s.t, s.ReadNotices(s.t.Context(), "ana@example.com", "", s.Clock.Now())) // it was assigned
	s.note(ticket.ID, "@Ana Silva, what of the kiln?")
	return ticket
}

func (s *site) note(id helpdesk.TicketID, text string) {
	s.t.Helper()
	_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com", Name: "Boss"}).Note(s.t.Context(), id, text)
	require.NoError(s.t, err)
	s.Drain()
}

func TestNoticesAreCountedOnEveryPageAndReadWhenTheirTicketIsOpened(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first, second := s.mention("Refund"), s.mention("Invoice")
	s.note(first.ID, "@Ana Silva, again")
	const title = "<title>"
	s.get(ana, prefix+"/").is(200).has(title+"(2) ", `2 <span class="hide">unread`)
	s.get(ana, prefix+"/customers").is(200).has(title + "(2) ")
	list := s.get(ana, prefix+"/notices").is(200).has("Refund", "Invoice", "agent mentioned", "by boss@example.com", `href="notices/settings"`).lacks("kiln")
	require.Less(t, strings.Index(list.body, "Refund"), strings.Index(list.body, "Invoice"), "latest first")
	s.get(admin, prefix+"/notices").is(200).has("No notices").lacks("Refund", title+"(")
	s.get(ana, prefix+"/tickets/"+first.Ref).is(200).has(title + "(1) ")
	s.get(ana, prefix+"/").is(200).has(title + "(1) ")
	until := list.value("until")
	late := s.mention("Later")
	s.note(second.ID, "more")
	s.post(ana, prefix+"/notices/read", "until", "yesterday").is(422)
	r := s.post(ana, prefix+"/notices/read", "until", until).is(303)
	s.get(ana, r.to(prefix+"/notices/read")).is(200).has("All notices are read.", "Later")
	s.get(ana, prefix+"/tickets/"+late.Ref).is(200).lacks(title + "(")
	s.get(ana, prefix+"/notices").is(200).lacks("<button class=\"quiet\">Mark all")

	s.get(ana, prefix+"/notices/settings").is(200).has(`value="mentioned" checked`).lacks(`value="reply"`)
	s.post(ana, prefix+"/notices/settings", "mail", "breached", "mail", "nonsense").is(422).has("nonsense")
	r = s.post(ana, prefix+"/notices/settings", "mail", "breached").is(303)
	s.get(ana, r.to(prefix+"/notices/settings")).is(200).has(`value="breached" checked`, `value="mentioned">`)
	s.Notices.Reset()
	s.note(first.ID, "@Ana Silva, one more")
	for _, n := range s.Notices.Of(helpdesk.NoticeMentioned) {
		require.Empty(t, n.To)
	}
	s.get(ana, prefix+"/").is(200).has(title + "(1) ")
}

func TestAnAgentsZoneIsThatOfThePagesUnlessTheBrowserTells(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	form := s.get(admin, set+"agents/edit?id=ana@example.com").is(200)
	fields := []string{"id", "ana@example.com", "version", form.value("version"), "name", "Ana Silva", "email", "ana@example.com", "skills", "billing 4"}
	s.post(admin, set+"agents", append(fields, "zone", "Mars/Base")...).is(422).has("#f-zone", `value="Mars/Base"`)
	ticket := s.mention("Refund")
	at := func() string {
		return ticket.CreatedAt.In(time.FixedZone("", int(5.5*3600))).Format("15:04")
	}
	s.get(ana, prefix+"/tickets/"+ticket.Ref).is(200).lacks(at())
	s.post(admin, set+"agents", append(fields, "zone", "Asia/Kolkata")...).is(303)
	s.get(ana, prefix+"/tickets/"+ticket.Ref).is(200).has(at())
}

func TestOpenPagesHearOfNotices(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, "GET", s.url+prefix+"/events", nil)
	require.NoError(t, err)
	r.Header.Set("X-Who", ana)
	a, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer a.Body.Close()
	lines := bufio.NewScanner(a.Body)
	hear := func(text string) {
		t.Helper()
		told := false
		for lines.Scan() {
			if told && lines.Text() == `data: {"text":"`+text+`"}` {
				return
			}
			told = lines.Text() == "event: notices"
		}
		t.Fatalf("no notices %q: %v", text, lines.Err())
	}
	hear("")
	ticket := s.mention("Refund")
	s.note(ticket.ID, "an event after the delivery")
	hear("1")
	s.get(ana, prefix+"/tickets/"+ticket.Ref).is(200)
	hear("")
}

func TestTheTitleCountsNoticesWithoutALoad(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/notices")
	mark(tab)
	tab.Until(`!document.querySelector("#bell .count").hidden === document.title.startsWith("(")`)
	before := browsertest.Run[int](tab, "document.querySelectorAll('.notices li').length")
	ticket := o.file("Charged twice")
	_, err := o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"}).Note(t.Context(), ticket.ID, "@ana, look")
	require.NoError(t, err)
	tab.Until(fmt.Sprintf("document.title.startsWith('(') && document.querySelectorAll('.notices li').length > %d", before))
	unloaded(t, tab)
}

// TestManyUnreadNoticesAreReadByTheirTicketToo: that of the opened ticket is older than the hundred
// that are counted.
func TestManyUnreadNoticesAreReadByTheirTicketToo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	other := s.mention("Invoice")
	old := s.mention("Refund") // which reads the others
	for range helpdesk.MostUnread + 4 {
		s.Clock.Advance(time.Second)
		_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"}).Note(t.Context(), other.ID, "@Ana Silva, again")
		require.NoError(t, err)
	}
	s.Drain()
	s.get(ana, prefix+"/tickets/"+old.Ref).is(200).has(`<title>(99&#43;) `)
	page, err := s.AgentNotices(t.Context(), helpdesk.NoticeQuery{Agent: "ana@example.com", Ticket: old.ID, Unread: true})
	require.NoError(t, err)
	require.Empty(t, page.Notices)
}
