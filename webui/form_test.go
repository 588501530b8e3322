package webui_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

// ask files a ticket by the form.
func (s *site) ask(by string, files map[string]string, pairs ...string) *answer {
	s.t.Helper()
	stamp := s.get(by, form+"/new").is(200).value("stamp")
	return s.upload(by, form+"/new", files, append([]string{"stamp", stamp}, pairs...)...)
}

var stranger = []string{"name", "Kim", "email", "Kim@Mail.example", "subject", "Charged twice", "text", "Please\r\nrefund it."}

func TestAStrangerFilesATicketAndFollowsItByTheLinkInTheMail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(nobody, form+"/").is(200).has("How can we help?", "Your mail address")
	a := s.ask(nobody, map[string]string{"bill.txt": "42"}, stranger...)
	s.get(nobody, a.to(form+"/new")).is(200).has("We got it", "Your reference")
	page, err := s.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 1)
	filed := page.Tickets[0]
	require.Equal(t, helpdesk.Contact{Name: "Kim", Email: "kim@mail.example"}, filed.Customer)
	require.Equal(t, helpdesk.SourceForm, filed.Source)
	require.Equal(t, "Please\nrefund it.", filed.Description)
	s.Drain()

	link := s.link(helpdesk.NoticeReceived)
	p := s.get(nobody, link).is(200).has("Charged twice", "Please\nrefund it.", "bill.txt")
	file := regexp.MustCompile(`href="(?:\.\./)*t/([^"]+/files/[^"]+)"`).FindStringSubmatch(p.body)
	require.NotNil(t, file)
	download := s.get(nobody, form+"/t/"+file[1]).is(200)
	require.Equal(t, "42", download.body)
	require.Contains(t, download.header.Get("Content-Security-Policy"), "sandbox")
	r := s.post(nobody, link+"/reply", "text", "And the fee, too.", "key", "k1")
	s.get(nobody, r.to(link+"/reply")).is(200).has("And the fee, too.", "has arrived")
	s.post(nobody, link+"/reply", "text", "And the fee, too.", "key", "k1").is(303)
	require.Equal(t, 1, strings.Count(s.get(nobody, link).body, "And the fee, too."), "sending twice adds once")
	s.post(nobody, link+"/reply", "text", " ").is(422).has("#f-text", "is empty")
	s.get(nobody, link+"x").is(404)
	s.get(nobody, form+"/tickets/"+filed.Ref).is(401)
	s.post(nobody, link+"/resolve").is(404)
}

func TestACustomerWhoIsLoggedInSeesTheirOwnTicketsAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(kim, form+"/").is(200).has("No requests yet")
	a := s.ask(kim, nil, "subject", "Invoice", "text", "Where is it?", "email", "somebody@else.example")
	at := a.to(form + "/new")
	s.get(kim, at).is(200).has("Where is it?")
	s.get(kim, form+"/").has("Invoice")
	s.get(lee, form+"/").lacks("Invoice")
	s.get(lee, at).is(404).lacks("Where is it?")
	s.post(lee, at+"/reply", "text", "Hello").is(404)
	s.get(kim, form+"/tickets/0000-0000").is(404)

	page, err := s.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	id := page.Tickets[0].ID
	require.Equal(t, "kim@mail.example", page.Tickets[0].Customer.Email, "a customer files for nobody else")
	s.Drain()
	worker := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	_, err = worker.Resolve(t.Context(), id, "It is attached.")
	require.NoError(t, err)
	s.get(kim, at).has("How it was solved", "It is attached.", "It is not solved")
	s.get(kim, s.post(kim, at+"/rate", "score", "4", "comment", "Quick").to(at+"/rate")).has("Thank you for your rating", "Quick")
	s.post(kim, at+"/rate", "score", "6").is(422).has("#f-score")
	s.get(kim, s.post(kim, at+"/reopen").to(at+"/reopen")).has("is open again")
	_, err = worker.Resolve(t.Context(), id, "Now it is.")
	require.NoError(t, err)
	s.Advance(30 * 24 * time.Hour)
	next := s.post(kim, at+"/reply", "text", "Gone again.").to(at + "/reply")
	require.NotEqual(t, at, strings.Split(next, "?")[0], "an answer to a closed one opens another")
	s.get(kim, next).has("Gone again.")
}

func TestNothingInternalIsOnACustomersPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Mine", "Help me.")
	worker := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	boss := s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com", Name: "boss@example.com"})
	other, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "SECRET-OTHER", Description: "SECRET-OTHERS-TEXT", Customer: helpdesk.Contact{Name: "SECRET-LEE", Email: "lee@mail.example"}})
	require.NoError(t, err)
	for _, act := range []func() (*helpdesk.Ticket, error){
		func() (*helpdesk.Ticket, error) { return worker.Note(t.Context(), opened.ID, "SECRET-NOTE") },
		func() (*helpdesk.Ticket, error) {
			return boss.Reply(t.Context(), opened.ID, helpdesk.ReplyParams{Body: "A look."})
		},
		func() (*helpdesk.Ticket, error) {
			return worker.SetTags(t.Context(), opened.ID, []string{"secret-tag"})
		},
		func() (*helpdesk.Ticket, error) { return worker.Escalate(t.Context(), opened.ID, "SECRET-REASON") },
		func() (*helpdesk.Ticket, error) { return worker.Merge(t.Context(), other.ID, opened.ID) },
		func() (*helpdesk.Ticket, error) { return boss.Resolve(t.Context(), opened.ID, "Done.") },
	} {
		_, err := act()
		require.NoError(t, err)
	}
	s.Drain()
	link := s.link(helpdesk.NoticeResolved)
	s.Advance(later)
	for _, page := range []*answer{
		s.get(kim, form+"/"), s.get(kim, form+"/tickets/"+opened.Ref), s.get(nobody, link), s.get(nobody, s.link(helpdesk.NoticeSurvey)), s.get(nobody, form+"/"),
	} {
		page.is(200).lacks("SECRET", "secret-tag", "ana@example.com", "boss@example.com", "lee@mail.example", "Silva")
	}
	s.get(nobody, link).has("A look.", "Done.")
}

func TestALinkIsGoodForOneTicketOfOneTenant(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("First", "One.")
	link := s.link(helpdesk.NoticeReceived)
	second := s.open("Second", "Two.")
	s.get(nobody, link).is(200).has("One.").lacks("Second", "My requests")
	s.get(nobody, form+"/tickets/"+second.Ref).is(401)
	r := s.request(nobody, "GET", link, nil)
	r.Header.Set("X-Tenant", "other")
	s.send(r).is(404)
	s.get(nobody, strings.Replace(link, "/t/v", "/rate/r", 1)).is(404)
}

func TestTheRatingPageHasRadioButtonsAndRates(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Mine", "Help.")
	_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Resolve(t.Context(), opened.ID, "Done.")
	require.NoError(t, err)
	s.Advance(later)
	link := s.link(helpdesk.NoticeSurvey)
	p := s.get(nobody, link+"?score=4").is(200).has("Mine")
	require.Equal(t, 5, strings.Count(p.body, `type="radio"`))
	require.Regexp(t, `value="4"[^>]* checked`, p.body, "a star in a mail can be a link")
	bad := s.post(nobody, link, "comment", "kept").is(422).has("from one to five")
	require.Equal(t, "kept", bad.value("comment"))
	thanks := s.post(nobody, link, "score", "5", "comment", "Lovely").to(link)
	s.get(nobody, thanks).is(200).has("Thank you").lacks("<form")
	rated, err := s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Equal(t, 5, rated.Rating.Score)
	require.Equal(t, "Lovely", rated.Rating.Comment)
	// Whoever reads the mail later changes nothing, by neither of its links.
	s.post(nobody, link, "score", "1", "comment", "Awful").is(410).has("This link has ended", "Awful")
	look := s.link(helpdesk.NoticeResolved)
	s.get(nobody, look).is(200).lacks(`name="score"`)
	s.post(nobody, look+"/rate", "score", "1", "comment", "Awful").is(410)
	s.Advance(time.Hour)
	s.get(nobody, thanks).is(410).has("This link has ended").lacks("Mine")
	rated, err = s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Equal(t, "Lovely", rated.Rating.Comment)
	s.get(nobody, link[:len(link)-1]).is(404)
	s.post(nobody, link[:len(link)-1], "score", "1").is(404)
}

func TestAFaultyFormIsShownAgainWithItsText(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for field, broken := range map[string][]string{
		"email":   {"name", "Kim", "email", "nonsense", "subject", "S", "text", "T"},
		"subject": {"name", "Kim", "email", "kim@mail.example", "subject", " ", "text", "T"},
		"text":    {"name", "Kim", "email", "kim@mail.example", "subject", "S", "text", ""},
		"name":    {"name", strings.Repeat("n", 201), "email", "kim@mail.example", "subject", "S", "text", "T"},
	} {
		a := s.ask(nobody, nil, broken...).is(422).has(`href="#f-`+field+`"`, `id="f-`+field+`"`, `aria-invalid="true"`)
		for i := 0; i < len(broken); i += 2 {
			require.Equal(t, broken[i+1], a.value(broken[i]), field)
		}
	}
	many := map[string]string{"1": "", "2": "", "3": "", "4": "", "5": "", "6": ""}
	s.ask(nobody, many, stranger...).is(422).has("#f-files", "at most 5", "choose your files again")
	small := newSite(t, func(_ *helpdesk.Config, f *webui.FormConfig) { f.MaxFile = 10 })
	small.ask(nobody, map[string]string{"big.txt": "12345678901"}, stranger...).is(422).has("big.txt is larger than 10 B")
	none, err := s.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Empty(t, none.Tickets)
}

func TestProgramsAreKeptOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(_ *helpdesk.Config, f *webui.FormConfig) { f.FillTime = 2 * time.Second })
	count := func() int {
		page, err := s.Tickets(t.Context(), helpdesk.Query{})
		require.NoError(t, err)
		return len(page.Tickets)
	}
	stamp := s.get(nobody, form+"/new").value("stamp")
	send := func(stamp string, more ...string) *answer {
		return s.post(nobody, form+"/new", append(append([]string{"stamp", stamp}, stranger...), more...)...)
	}
	require.Equal(t, "Charged twice", send(stamp).is(422).has("very fast").value("subject"))
	s.Clock.Advance(2 * time.Second)
	trapped := send(stamp, "website", "https://spam.example").is(303)
	require.NotContains(t, trapped.header.Get("Location"), "ref=")
	send("").is(422)
	send("x" + stamp[1:]).is(422)
	send(strings.Replace(stamp, ".", "0.", 1)).is(422)
	require.Zero(t, count())
	send(stamp).is(303)
	send(stamp).is(303)
	require.Equal(t, 1, count(), "sent twice, filed once")
	s.post(nobody, form+"/new", "stamp", stamp, "email", "kim@mail.example", "subject", "Another", "text", "x").is(409).has("sent already")
	late := s.get(nobody, form+"/new").value("stamp")
	s.Clock.Advance(25 * time.Hour)
	require.Equal(t, "Charged twice", send(late).is(422).has("open for long").value("subject"))
	require.Equal(t, 1, count())
	r := s.request(nobody, "GET", form+"/new", nil)
	r.Header.Set("X-Tenant", "other")
	foreign := s.send(r).value("stamp")
	s.Clock.Advance(time.Minute)
	send(foreign).is(422)
}

func TestFormsAreLimitedByAddressAndByWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(_ *helpdesk.Config, f *webui.FormConfig) {
		f.PerAddress, f.PerIP = 2, 4
		f.ClientIP = func(r *http.Request) string { return r.Header.Get("X-IP") }
	})
	n := 0
	send := func(ip, mail string) int {
		n++
		r := s.request(nobody, "POST", form+"/new", strings.NewReader("stamp="+s.get(nobody, form+"/new").value("stamp")+"&email="+mail+"&subject=S&text=T"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-IP", ip)
		return s.send(r).status
	}
	require.Equal(t, 303, send("192.0.2.1", "a@mail.example"))
	require.Equal(t, 303, send("192.0.2.2", "A@mail.example"))
	require.Equal(t, 429, send("192.0.2.3", "a@mail.example"), "of one address")
	require.Equal(t, 303, send("2001:db8::1", "b@mail.example"))
	require.Equal(t, 303, send("2001:db8::2", "c@mail.example"))
	require.Equal(t, 303, send("2001:db8:0:0:ffff::", "d@mail.example"))
	require.Equal(t, 303, send("2001:db8::3", "e@mail.example"))
	require.Equal(t, 429, send("2001:db8::4", "f@mail.example"), "of one network")
	require.Equal(t, 303, send("2001:db8:0:1::1", "g@mail.example"))
	s.Clock.Advance(time.Hour)
	require.Equal(t, 303, send("2001:db8::1", "a@mail.example"), "an hour later")
}

func TestAFloodOfPagesFormsOrTenantsIsToldHowLongToWait(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(_ *helpdesk.Config, f *webui.FormConfig) {
		f.PerTenant, f.PerIP, f.PagesPerIP = 3, 6, 60
		f.ClientIP = func(r *http.Request) string { return r.Header.Get("X-IP") }
	})
	send := func(ip, path, body string) *answer {
		method := "POST"
		if body == "" {
			method = "GET"
		}
		r := s.request(nobody, method, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-IP", ip)
		return s.send(r)
	}
	file := func(ip, mail string) *answer {
		stamp := send(ip, form+"/new", "").is(200).value("stamp")
		return send(ip, form+"/new", "stamp="+stamp+"&email="+mail+"&subject=Broken&text=It+smokes.")
	}
	for _, ip := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.3"} {
		file(ip, "a"+ip+"@mail.example").is(303)
	}
	refused := file("192.0.2.4", "b@mail.example").is(429).has("Please try again in 1,200 seconds", "It smokes.")
	require.Equal(t, "1200", refused.header.Get("Retry-After"))
	require.Equal(t, "Broken", refused.value("subject"))
	s.ask(kim, nil, "subject", "Invoice", "text", "Where is it?").is(303)

	s.Drain()
	link := s.link(helpdesk.NoticeReceived)
	for range 6 {
		send("192.0.2.5", link+"/reply", "text=+").is(422)
	}
	refused = send("192.0.2.5", link+"/reply", "text=It+burns.").is(429).has("It burns.", "Please try again in 600 seconds")
	require.Equal(t, "600", refused.header.Get("Retry-After"))
	send("192.0.2.5", strings.Replace(link, "/t/v", "/rate/r", 1), "score=1").is(429)

	answers := map[int]int{}
	for range 1000 {
		answers[send("2001:db8::1", form+"/t/v1234", "").status]++
	}
	require.Equal(t, map[int]int{404: 60, 429: 940}, answers)
	require.Equal(t, "1", send("2001:db8::2", link, "").is(429).has("Please try again in 1 seconds").header.Get("Retry-After"))
	send("2001:db8:0:1::1", link, "").is(200)
	s.Advance(time.Second)
	send("2001:db8::1", link, "").is(200)
}

func TestTheFormCanBeShownInAFrame(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(_ *helpdesk.Config, f *webui.FormConfig) { f.Frame = "https://shop.example" })
	a := s.get(nobody, form+"/?embed=1").is(200).lacks("<script", "<header")
	require.Contains(t, a.header.Get("Content-Security-Policy"), "frame-ancestors https://shop.example")
	r := s.post(nobody, form+"/new?embed=1", append([]string{"stamp", a.value("stamp")}, stranger...)...)
	require.Contains(t, r.to(form+"/new"), "embed=1", "it stays in its frame")
	s.get(nobody, r.to(form+"/new")).is(200).lacks("<header").has("embed=1")
	plain := newSite(t)
	require.Contains(t, plain.get(nobody, form+"/").header.Get("Content-Security-Policy"), "frame-ancestors 'self'")
}

func TestAFormIsCheckedWhenItIsMade(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, err := webui.NewForm(s.Desk.Desk, nil)
	require.NoError(t, err)
	_, err = webui.NewForm(nil, nil)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = webui.NewForm(s.Desk.Desk, &webui.FormConfig{Key: []byte("short")})
	require.ErrorContains(t, err, "Key")
	_, err = webui.NewForm(s.Desk.Desk, &webui.FormConfig{MaxFiles: -1})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = webui.New(s.Desk.Desk, nil)
	require.ErrorContains(t, err, "Actor")
}

func TestACustomersPagesTellNothingOfEscalationsAndMerges(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine := s.open("Invoice", "Where is it?")
	theirs, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Theirs", Customer: helpdesk.Contact{Email: "lee@mail.example"}})
	require.NoError(t, err)
	s.Drain()
	at := form + "/tickets/" + mine.Ref
	worker := s.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	_, err = worker.Take(t.Context(), mine.ID)
	require.NoError(t, err)
	list, page := s.get(kim, form+"/").is(200).body, s.get(kim, at).is(200).lacks("scalated")
	s.Clock.Advance(time.Second)
	_, err = worker.Note(t.Context(), mine.ID, "He is angry")
	require.NoError(t, err)
	_, err = worker.Escalate(t.Context(), mine.ID, "Big customer")
	require.NoError(t, err)
	require.Equal(t, list, s.get(kim, form+"/").is(200).body)
	page.lacks("He is angry")
	s.get(kim, at).is(200).lacks("scalated", "He is angry")

	_, err = worker.Merge(t.Context(), mine.ID, theirs.ID)
	require.NoError(t, err)
	s.get(kim, at).is(200).lacks(theirs.Ref, string(theirs.ID))
	none := s.get(kim, form+"/tickets/0000-0000").is(404)
	other := s.get(kim, form+"/tickets/"+theirs.Ref).is(404)
	require.Equal(t, none.body, strings.ReplaceAll(other.body, theirs.Ref, "0000-0000"))
}
