package webui_test

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// customerOf is the row that an address belongs to.
func (s *site) customerOf(email string) helpdesk.Customer {
	s.t.Helper()
	page, err := s.Customers(s.t.Context(), helpdesk.CustomerQuery{Emails: []string{email}})
	require.NoError(s.t, err)
	require.Len(s.t, page.Customers, 1)
	return page.Customers[0]
}

// acme adds an organisation with Kim, who has opened tickets, as its member.
func (s *site) acme(tickets ...string) (helpdesk.Organisation, helpdesk.Customer) {
	s.t.Helper()
	for _, subject := range tickets {
		s.open(subject, "Please.")
	}
	o, err := s.SaveOrganisation(s.t.Context(), helpdesk.Organisation{Name: "Acme & Söhne", Domains: []string{"acme.example"}, Tags: []string{"gold"}, Note: "Pays late."})
	require.NoError(s.t, err)
	c, err := s.SaveCustomer(s.t.Context(), helpdesk.Customer{
		HostID: "4711", Addresses: []helpdesk.Address{{Value: "kim@mail.example"}}, Name: "Kim Lee", Organisation: o.ID, Tags: []string{"vip"}, Language: "de", Zone: "Asia/Tokyo",
	})
	require.NoError(s.t, err)
	s.Drain()
	return o, c
}

func TestACustomerHasAPageWithEverything(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var many []string
	for i := range 32 {
		many = append(many, fmt.Sprintf("Ticket %d.", i))
	}
	o, c := s.acme(many...)
	path := prefix + "/customers/" + string(c.ID)
	s.post(ana, path+"/act", "do", "note", "note", "Likes tea.\r\nAnd cake.", "was", "").to(path + "/act")
	a := s.get(ana, path).is(200).has("Kim Lee", "kim@mail.example", "Acme &amp; Söhne", "vip", "German", "Asia/Tokyo", "Likes tea.\nAnd cake.", "32 open, 32 in all", "Ana Silva", "Ticket 31.", "own tickets", "4711")
	require.Equal(t, 30, strings.Count(a.body, `class="ref"`))
	a.lacks("Ticket 1.", `value="add"`, `value="leave"`, "/edit")
	next := a.link("rel", "next")
	s.get(ana, path+next).is(200).has("Ticket 1.", "Ticket 0.", "First page").lacks("Ticket 31.")
	s.get(admin, path).has(`value="add"`, `value="leave"`, "/edit")
	s.get(ana, prefix+"/organisations/"+string(o.ID)).is(200).has("Acme &amp; Söhne", "acme.example", "gold", "Pays late.", "Kim Lee", "Ticket 31.", "32 open, 32 in all").lacks("/edit")
	s.get(ana, prefix+"/customers?q=lee").is(200).has("Kim Lee", "Acme &amp; Söhne")
	s.get(ana, prefix+"/customers?q=MAIL.exam").has("Kim Lee")
	s.get(ana, prefix+"/customers?q=zebra").has("Nobody found").lacks("Kim Lee")
	s.get(ana, prefix+"/customers?q=%21").has("Nobody found")
	s.get(ana, prefix+"/customers?organisation="+string(o.ID)).has("Customers of Acme", "Kim Lee")
	s.get(ana, prefix+"/organisations?q=sohne").has("Acme &amp; Söhne")
	for _, missing := range []string{"/customers/none", "/customers/" + string(o.ID), "/organisations/none", "/organisations/" + string(c.ID)} {
		s.get(ana, prefix+missing).is(404)
	}
	s.get(ana, prefix+"/?view=all&customer="+string(c.ID)).is(200).has("Ticket 31.", "Kim Lee</option>")
	s.get(ana, prefix+"/?view=all&organisation="+string(o.ID)).is(200).has("Ticket 31.", "Acme &amp; Söhne</option>")
	s.get(ana, prefix+"/?view=all&organisation="+string(c.ID)).is(200).lacks("Ticket 31.")
	s.get(ana, prefix+"/?view=all&created_from=2026-03-02&created_to=2026-03-03").is(200).has("Ticket 31.", `name="created_from" type="date" value="2026-03-02"`)
	s.get(ana, prefix+"/?view=all&created_from=2026-03-03").is(200).lacks("Ticket 31.")
	s.get(ana, prefix+"/?view=all&created_to=2026-03-02T23:00:00Z").is(200).has("Ticket 31.")
	s.get(ana, prefix+"/?view=all&created_to=soon").is(422).has("Created before", "is neither a time such as")
	s.get(ana, prefix+"/?view=all&organisation=acme").is(422).has("is not an id")
}

// link is where the first link with an attribute leads.
func (a *answer) link(name, value string) string {
	a.t.Helper()
	for n := range a.doc().Descendants() {
		if n.Data == "a" && attr(n, name) == value {
			return attr(n, "href")
		}
	}
	a.t.Fatalf("no link with %s=%s", name, value)
	return ""
}

func TestTheCardOnATicketShowsWhoAsks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o, c := s.acme("First", "Second")
	second, err := s.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	path := prefix + "/tickets/" + second.Tickets[0].Ref
	local := s.Clock.Now().In(zone(t, "Asia/Tokyo")).Format("15:04")
	s.get(ana, path).is(200).has("customers/"+string(c.ID), "kim@mail.example", "organisations/"+string(o.ID), "Acme &amp; Söhne", "vip", "German", local, "2 open tickets, 2 in all",
		"customer="+string(c.ID), ">First</a>")
	_, err = s.SaveAgent(t.Context(), helpdesk.Agent{Name: "Rita", Email: "rita@example.com", Restricted: true})
	require.NoError(t, err)
	_, err = s.Reassign(t.Context(), second.Tickets[0].ID, "rita@example.com")
	require.NoError(t, err)
	s.get("agent:rita@example.com", path).is(200).has("kim@mail.example", "1 open tickets, 1 in all").lacks("customers/", "Acme", "Asia/Tokyo", ">First</a>")

	// Another row of the same person: its tickets count too.
	other, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Third", Customer: helpdesk.Contact{Email: "kim@home.example"}})
	require.NoError(t, err)
	_, err = s.MergeCustomer(t.Context(), other.CustomerID, c.ID)
	require.NoError(t, err)
	s.get(ana, path).has("3 open tickets, 3 in all", ">Third</a>", ">First</a>")
	s.get(ana, prefix+"/tickets/"+other.Ref).has("3 open tickets, 3 in all", "customers/"+string(c.ID), "Kim Lee", "kim@home.example", "Acme &amp; Söhne")

	// An address that nobody has verified: the ticket is no customer's.
	c.Addresses = append(c.Addresses, helpdesk.Address{Channel: helpdesk.ChannelEmail, Value: "kin@mail.example"})
	c.Version = 0
	_, err = s.SaveCustomer(t.Context(), c)
	require.NoError(t, err)
	stray, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Fourth", Customer: helpdesk.Contact{Name: "Kin", Email: "kin@mail.example"}})
	require.NoError(t, err)
	require.Empty(t, stray.CustomerID)
	s.get(ana, prefix+"/tickets/"+stray.Ref).has("Kin</a>", "not verified", "1 open tickets, 1 in all", "customers/"+string(c.ID))
}

func TestAddressesAreAddedVerifiedAndRemoved(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("Mine", "Please.")
	s.Open(t.Context(), helpdesk.OpenParams{Subject: "Theirs", Customer: helpdesk.Contact{Email: "lee@mail.example"}})
	c := s.customerOf("kim@mail.example")
	path := prefix + "/customers/" + string(c.ID) + "/act"
	see := func(a *answer, text string) { s.get(admin, a.to(path)).is(200).has(text) }
	addresses := func() (list []string) {
		for _, a := range s.customerOf("kim@mail.example").Addresses {
			list = append(list, fmt.Sprint(a.Value, a.Primary, a.Verified))
		}
		return list
	}
	see(s.post(admin, path, "do", "add", "addresses", " Kim@Home.example "), "The address was added")
	see(s.post(admin, path, "do", "add", "addresses", "kim@home.example"), "The address was added") // twice
	require.Equal(t, []string{"kim@home.examplefalse false", "kim@mail.exampletrue false"}, addresses())
	see(s.post(admin, path, "do", "verify", "channel", "email", "address", "kim@home.example"), "The address is verified")
	see(s.post(admin, path, "do", "primary", "channel", "email", "address", "kim@home.example"), "primary address now")
	require.Equal(t, []string{"kim@home.exampletrue true", "kim@mail.examplefalse false"}, addresses())
	see(s.post(admin, path, "do", "doubt", "channel", "email", "address", "kim@home.example"), "not verified any more")
	require.Equal(t, []string{"kim@home.exampletrue false", "kim@mail.examplefalse false"}, addresses())
	s.post(admin, path, "do", "drop", "channel", "email", "address", "kim@home.example").is(303)
	s.post(admin, path, "do", "drop", "channel", "email", "address", "kim@home.example").is(303) // twice
	require.Equal(t, []string{"kim@mail.exampletrue false"}, addresses())
	for typed, text := range map[string]string{
		"lee@mail.example": "&#34;lee@mail.example&#34; is another customer", "nonsense": "is not a mail address", "": "is empty",
	} {
		a := s.post(admin, path, "do", "add", "addresses", typed)
		require.Contains(t, []int{409, 422}, a.status)
		a.has("#f-addresses", text, `aria-invalid="true"`)
		require.Equal(t, typed, a.value("addresses"))
	}
	r := s.request(admin, "POST", path, strings.NewReader(encode([]string{"do", "add", "addresses", "lee@mail.example"})))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "de")
	s.send(r).is(409).has("Adressen: &#34;lee@mail.example&#34; gehört einem anderen Kunden")
	s.post(admin, path, "do", "verify", "channel", "email", "address", "none@x.example").is(422).has("is not known")
	s.post(admin, path, "do", "odd").is(422)
}

func TestTwoCustomersAreMergedAndTheMergeIsUndone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("One", "Please.")
	other, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Two", Customer: helpdesk.Contact{Name: "Kim at home", Email: "kim@home.example"}})
	require.NoError(t, err)
	kim, home := s.customerOf("kim@mail.example"), s.customerOf("kim@home.example")
	path, at := prefix+"/customers/"+string(home.ID)+"/act", prefix+"/customers/"+string(kim.ID)
	for typed, text := range map[string]string{"nobody@x.example": "is not known", "kim@home.example": "is this customer", "kim": "fits several customers", " ": "is empty"} {
		a := s.post(ana, path, "do", "merge", "person", typed).is(422).has("#f-person", text)
		require.Equal(t, typed, a.value("person"))
	}
	to := s.post(ana, path, "do", "merge", "person", "kim@mail.example").to(path)
	require.True(t, strings.HasPrefix(to, at+"?"), to)
	s.get(ana, to).is(200).has("one person now", "Kim at home", "2 open, 2 in all", ">One</a>", ">Two</a>", `value="unmerge"`)
	s.post(ana, path, "do", "merge", "person", "kim@mail.example").is(303) // twice
	s.get(ana, prefix+"/customers/"+string(home.ID)).has("the same person as", at[len(prefix)+1:]).lacks(`value="merge"`)
	s.get(ana, prefix+"/customers").lacks("Kim at home")
	s.get(ana, prefix+"/customers?q=home").has("Kim at home", "merged")
	s.get(ana, s.post(ana, at+"/act", "do", "unmerge", "row", string(home.ID)).to(at+"/act")).has("two people again", "1 open, 1 in all").lacks(">Two</a>")
	s.post(ana, at+"/act", "do", "unmerge", "row", string(home.ID)).is(303) // twice
	s.post(ana, at+"/act", "do", "unmerge", "row", string(other.ID)).is(404)
}

func TestACustomerJoinsAndLeavesAnOrganisation(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o, c := s.acme("One")
	_, err := s.SaveOrganisation(t.Context(), helpdesk.Organisation{Name: "Acme Two", Domains: []string{"two.example"}})
	require.NoError(t, err)
	path := prefix + "/customers/" + string(c.ID) + "/act"
	s.get(admin, s.post(admin, path, "do", "leave").to(path)).has("has left the organisation", `value="join"`, "Acme Two")
	s.post(admin, path, "do", "join", "organisation", "acme").is(422).has("fits several", "#f-organisation", `value="acme"`)
	s.post(admin, path, "do", "join", "organisation", "zebra").is(422).has("is not known", `value="zebra"`)
	s.post(admin, path, "do", "join", "organisation", "acme & SÖHNE").is(303)
	require.Equal(t, o.ID, s.customerOf("kim@mail.example").Organisation)
	s.post(admin, path, "do", "leave").is(303)
	s.post(admin, path, "do", "join", "organisation", "two.example").is(303)
	s.post(admin, path, "do", "join", "organisation", string(o.ID)).is(303)
	require.Equal(t, o.ID, s.customerOf("kim@mail.example").Organisation)
}

func TestFormsOfCustomersKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o, c := s.acme("One")
	add := prefix + "/customers/new"
	a := s.post(admin, add, "name", "Lee", "addresses", "kim@mail.example", "tags", "a, b", "language", "klingonisch!", "zone", "Moon/Base", "note", "x", "colleagues", "1")
	a.is(422).has("kim@mail.example&#34; is another customer", `value="a, b"`, "checked").has(`value="Moon/Base"`)
	a = s.post(admin, add, "name", "Lee", "addresses", "lee@acme.example", "language", "klingonisch!", "zone", "Moon/Base").is(422).has("#f-language", "#f-zone")
	require.Equal(t, "lee@acme.example", a.value("addresses"))
	to := s.post(admin, add, "name", "Lee", "addresses", "Lee@acme.example", "tags", "New, vip", "zone", "Europe/Berlin").to(add)
	s.get(admin, to).is(200).has("Lee", "lee@acme.example", "new", "vip", "Europe/Berlin", "Saved.")
	require.Equal(t, to, s.post(admin, add, "name", "Lee", "addresses", "lee@acme.example").to(add), "the button was pressed twice")

	edit := prefix + "/customers/" + string(c.ID) + "/edit"
	version := s.get(admin, edit).is(200).has("Kim Lee", "4711", "Asia/Tokyo").value("version")
	s.post(admin, edit, "name", "Kim", "host_id", "4712", "tags", "vip", "language", "de", "zone", "x", "version", version).is(422).has("#f-zone", `value="4712"`)
	s.post(admin, edit, "name", "Kim Mine", "host_id", "4711", "tags", "vip", "language", "de", "zone", "Asia/Tokyo", "version", version).is(303)
	s.post(admin, edit, "name", "Kim Mine", "host_id", "4711", "tags", "vip", "language", "de", "zone", "Asia/Tokyo", "version", version).is(303) // twice
	s.post(admin, edit, "name", "Kim Other", "host_id", "4711", "version", version).is(409).has("Kim Other", "In force now", "Kim Mine")
	is := s.customerOf("kim@mail.example")
	require.Equal(t, "Kim Mine", is.Name)
	require.Equal(t, o.ID, is.Organisation, "the form has other fields alone")

	note := prefix + "/customers/" + string(c.ID) + "/act"
	s.post(ana, note, "do", "note", "note", "First.", "was", "").is(303)
	s.post(ana, note, "do", "note", "note", "First.", "was", "").is(303) // twice
	s.post(ana, note, "do", "note", "note", "Second.", "was", "").is(409).has("Second.", "First.", "In force now")
	s.post(ana, note, "do", "note", "note", strings.Repeat("x", helpdesk.MaxText+1), "was", "First.").is(422).has("#f-note", "is longer than")
	require.Equal(t, "First.", s.customerOf("kim@mail.example").Note)

	form := prefix + "/organisations/new"
	s.post(admin, form, "name", "", "domains", "gmail.com acme.example", "tags", "t", "note", "n").is(422).has("#f-name", "#f-domains", "anybody gets an address", "gmail.com acme.example", `value="t"`)
	s.post(admin, form, "name", "Other", "domains", "acme.example").is(409).has("acme.example&#34; is another organisation", `value="Other"`)
	to = s.post(admin, form, "name", "Other", "domains", "@Other.example,\r\ntwo.example", "note", "x").to(form)
	s.get(admin, to).is(200).has("other.example", "two.example")
	require.Equal(t, to, s.post(admin, form, "name", "Other", "domains", "other.example\ntwo.example", "note", "x").to(form), "the button was pressed twice")
	edit = strings.TrimSuffix(to[:strings.Index(to, "?")], "/") + "/edit"
	version = s.get(admin, edit).is(200).has("other.example").value("version")
	s.post(admin, edit, "name", "Other Mine", "version", version).is(303)
	s.post(admin, edit, "name", "Other Theirs", "version", version).is(409).has("Other Theirs", "Other Mine")
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func TestTheDashboardIsNarrowedToAnOrganisation(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o, _ := s.acme("First")
	s.open("Second", "Please.") // opened as a member's
	_, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Third", Customer: helpdesk.Contact{Email: "lee@mail.example"}})
	require.NoError(t, err)
	s.Clock.Advance(time.Minute)
	s.get(ana, prefix+"/dashboard").is(200).has("By organisation", "Acme &amp; Söhne</option>", `id="agents"`).lacks("Only tickets of")
	s.get(ana, prefix+"/dashboard?organisation="+string(o.ID)).is(200).has("Only tickets of Acme", " selected>Acme", "organisation="+string(o.ID)).lacks("By organisation", `id="agents"`, `id="model"`)
	csv := func(query string) string { return s.get(ana, prefix+"/dashboard/category.csv"+query).is(200).body }
	require.Contains(t, csv(""), ",3,")
	require.Contains(t, csv("?organisation="+string(o.ID)), ",2,")
	require.Contains(t, s.get(ana, prefix+"/dashboard/organisation.csv").is(200).body, "Acme & Söhne,2,")
	s.get(ana, prefix+"/dashboard?organisation=none").is(404)
}

func TestAdminsDownloadTheDataOfAPerson(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, c := s.acme("One")
	page := prefix + "/customers/" + string(c.ID)
	s.get(ana, page).is(200).lacks("/export")
	s.get(admin, page).is(200).has(string(c.ID) + `/export"`)
	a := s.post(admin, page+"/export").is(200)
	require.Equal(t, "application/zip", a.header.Get("Content-Type"))
	z, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
	require.NoError(t, err)
	text, err := fs.ReadFile(z, "person.json")
	require.NoError(t, err)
	require.Contains(t, string(text), "kim@mail.example")
	s.post(admin, prefix+"/customers/01950000-0000-7000-8000-000000000001/export").is(404)
}
