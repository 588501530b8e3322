package webui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

// An ended link says so and offers a new one, which goes to nobody but its customer.
func TestAnEndedLinkIsGoneAndARenewedOneIsMailed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Zanzibar", "Help.")
	link := s.link(helpdesk.NoticeReceived)
	s.get(ana, prefix+"/tickets/"+opened.Ref).has("End the customer&#39;s links", "wrong hands")
	ended := s.post(ana, prefix+"/tickets/"+opened.Ref+"/act", "action", "links").to(prefix + "/tickets/" + opened.Ref + "/act")
	s.get(ana, ended).is(200).has("links were ended", "Links ended")
	file := "/files/" + strings.Repeat("0", 32)
	for _, gone := range []*answer{
		s.get(nobody, link), s.get(nobody, link+file), s.post(nobody, link+"/reopen"), s.post(nobody, link+"/rate", "score", "1"),
		s.post(nobody, link+"/reply", "text", "A long text."),
	} {
		gone.is(410).has("This link has ended", "Send me a new link").lacks("Zanzibar", "Help.", "kim@mail.example", opened.Ref+"<")
	}
	s.post(nobody, link+"/reply", "text", "A long text.").has("A long text.")
	german := s.request(nobody, "GET", link, nil)
	german.Header.Set("Accept-Language", "de")
	s.send(german).is(410).has("Dieser Link ist abgelaufen", "Neuen Link zusenden")
	framed := s.get(nobody, link+"?embed=1").is(410).body
	require.Regexp(t, `action="[^"]*/renew\?embed=1"`, framed)

	sent := func() int { s.Drain(); return len(s.Notices.Of(helpdesk.NoticeLink)) }
	var answers []string
	for range 5 { // from the fourth on no mail is sent, and nobody is told
		a := s.post(nobody, link+"/renew", "email", "eve@evil.example")
		answers = append(answers, a.to(link+"/renew"), s.get(nobody, a.to(link+"/renew")).is(200).has("Look into your mailbox").body)
	}
	for i := 2; i < len(answers); i++ {
		require.Equal(t, answers[i%2], answers[i])
	}
	require.Equal(t, 3, sent())
	for _, n := range s.Notices.Of(helpdesk.NoticeLink) {
		require.Equal(t, []helpdesk.Recipient{{Email: "kim@mail.example"}}, n.To)
	}
	s.get(nobody, s.link(helpdesk.NoticeLink)).is(200).has("Help.")
}

// A forged token is answered as one of a ticket that does not exist, on every route.
func TestAForgedLinkIsNotFoundInTheSameWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Zanzibar", "Help.")
	token := strings.TrimPrefix(s.link(helpdesk.NoticeReceived), form+"/t/")
	later := "v" + "fffff" + token[6:] // it never ends
	none := token[:len(token)-9] + "0000-0000"
	words := s.get(nobody, form+"/t/"+none).is(404).body
	last := len(token) - len(opened.Ref) - 1 // of the signature
	other := "0"
	if token[last] == '0' {
		other = "1"
	}
	for _, forged := range []string{later, token[:last] + other + token[last+1:], "r" + token[1:]} {
		for _, a := range []*answer{s.get(nobody, form+"/t/"+forged), s.get(nobody, form+"/rate/"+forged), s.get(nobody, form+"/rate/"+none)} {
			require.Equal(t, words, a.is(404).body)
		}
		renew := s.post(nobody, form+"/t/"+forged+"/renew").is(404)
		require.Equal(t, s.post(nobody, form+"/t/"+none+"/renew").is(404).body, renew.body)
	}
	s.Drain()
	require.Empty(t, s.Notices.Of(helpdesk.NoticeLink))
}

func TestRequestsForNewLinksAreLimitedByAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(_ *helpdesk.Config, f *webui.FormConfig) { f.PerIP = 2 })
	opened := s.open("Mine", "Help.")
	link := s.link(helpdesk.NoticeReceived)
	_, err := s.EndLinks(t.Context(), opened.ID)
	require.NoError(t, err)
	s.post(nobody, link+"/renew").is(303)
	s.post(nobody, link+"/renew").is(303)
	s.post(nobody, link+"/renew").is(429)
}

func TestALinkEndsAfterNinetyDays(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("Mine", "Help.")
	link := s.link(helpdesk.NoticeReceived)
	s.Clock.Advance(90 * 24 * time.Hour)
	s.get(nobody, link).is(200)
	s.Clock.Advance(24 * time.Hour)
	s.get(nobody, link).is(410)
}

// A ticket merged into another customer's takes answers by login and link alike, which open a new
// ticket. Nothing says where it went.
func TestAMergedTicketLeadsNoCustomerToAnothers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	others, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Zanzibar", Customer: helpdesk.Contact{Name: "Lee", Email: "lee@mail.example"}})
	require.NoError(t, err)
	mine := s.open("Mine", "Help.")
	link := s.link(helpdesk.NoticeReceived)
	_, err = s.Merge(t.Context(), mine.ID, others.ID)
	require.NoError(t, err)
	for by, path := range map[string]string{nobody: link, kim: form + "/tickets/" + mine.Ref} {
		page := s.get(by, path).is(200).has("Help.")
		sent := s.post(by, path+"/reply", "text", "Hello?", "key", page.value("key")).to(path + "/reply")
		after := s.get(by, sent).is(200)
		for _, a := range []*answer{page, after, s.post(by, path+"/reopen").is(422)} {
			a.lacks("Zanzibar", "lee@", others.Ref, string(others.ID))
		}
	}
	s.get(kim, form+"/tickets/"+others.Ref).is(404)
	th, err := s.Thread(t.Context(), others.ID)
	require.NoError(t, err)
	for _, m := range th.Messages {
		require.NotEqual(t, "Hello?", m.Body)
	}
}
