package webui_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/webui"
)

// viewers are the columns of the table of rights. The ticket of each request is Kim's, has the
// category technical and is held by Ana.
var viewers = []string{
	kim,                       // the customer
	lee,                       // another customer
	"agent:rita@example.com",  // restricted to the team of billing
	"agent:tom@example.com",   // restricted to the team of technical
	"lead:rita@example.com",   // a lead who is restricted likewise
	ana,                       // an agent
	"lead:lena@example.com",   // a lead of the team of technical
	admin,                     // an admin
	"agent:stranger@evil.com", // nobody in the roster
}

// A right is one page or form with the status that each of the viewers gets.
type right struct {
	pattern string // as in the table of the pages
	path    string // what follows the pattern's path, or another path
	pairs   string // of a form: name value name value
	want    string
	tells   bool // to those who get 200 it says the ticket's words
}

const adminsAlone = "403 403 403 403 403 403 403 --- 403"

// rights has a line for each of the agents' pages. {ref}, {mail}, {stray}, {message} and {file} are
// those of the ticket.
var rights = []right{
	{"GET /tickets.csv", "/tickets.csv?view=all", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /{$}", "/", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /{$}", "/?view=all", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /{$}", "/?q=zanzibar", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /{$}", "/?q={ref}", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /{$}", "/?customer=kim@mail.example&view=all", "", "403 403 200 200 200 200 200 200 403", true},
	{"POST /views", "", "name V query view=all", "403 403 303 303 303 303 303 303 403", false},
	{"POST /bulk", "", "action tag value x id {id}", "403 403 303 303 303 303 303 303 403", false},
	{"GET /new", "", "", "403 403 200 200 200 200 200 200 200", false},
	{"POST /new", "", "subject Another key k", "403 403 303 303 303 303 303 303 403", false},
	{"GET /tickets/{id}", "", "", "403 403 404 200 404 200 200 200 403", true},
	{"GET /tickets/{id}", "/tickets/{ref}", "", "403 403 404 200 404 200 200 200 403", true},
	{"GET /tickets/{id}", "/tickets/{into}", "", "403 403 200 200 200 200 200 200 403", false},
	{"GET /tickets/{id}/similar", "", "", "403 403 404 200 404 200 200 200 403", false},
	{"POST /tickets/{id}/reply", "", "body Hello key k", "403 403 404 303 404 303 303 303 403", false},
	{"POST /tickets/{id}/note", "", "body Hello", "403 403 404 303 404 303 303 303 403", false},
	{"POST /tickets/{id}/act", "", "action priority value low", "403 403 404 303 404 303 303 303 403", false},
	{"POST /tickets/{id}/act", "", "action assign value rita@example.com", "403 403 404 303 404 303 303 303 403", false},
	{"POST /tickets/{id}/act", "/tickets/{into}/act", "action merge value {ref}", "403 403 422 303 422 303 303 303 403", true},
	{"POST /tickets/{id}/act", "", "action links value", "403 403 404 303 404 303 303 303 403", false},
	{"POST /tickets/{id}/act", "", "action take value", "403 403 404 303 404 303 303 422 403", false},
	{"POST /tickets/{id}/writing", "", "", "403 403 404 204 404 204 204 204 403", false},
	{"GET /tickets/{id}/files/{file}", "", "", "403 403 404 200 404 200 200 200 403", true},
	{"GET /tickets/{id}/messages/{message}", "", "", "403 403 404 200 404 200 200 200 403", true},
	{"GET /dashboard", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /dashboard/{part}", "/dashboard/agents.csv", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /customers", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /customers", "/customers?q=kim", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /customers/new", "", "", adminsAlone, false},
	{"POST /customers/new", "", "name New addresses new@mail.example", adminsAlone, false},
	{"GET /customers/{id}", "/customers/{customer}", "", "403 403 403 403 403 200 200 200 403", true},
	{"GET /customers/{id}", "/customers/none", "", "403 403 403 403 403 404 404 404 403", false},
	{"POST /customers/{id}/act", "/customers/{customer}/act", "do note note Likes", "403 403 403 403 403 303 303 303 403", false},
	{"POST /customers/{id}/act", "/customers/{customer}/act", "do add addresses new@mail.example", "403 403 403 403 403 403 403 303 403", false},
	{"POST /customers/{id}/act", "/customers/{customer}/act", "do verify channel email address kim@mail.example", "403 403 403 403 403 403 403 303 403", false},
	{"POST /customers/{id}/act", "/customers/{customer}/act", "do join organisation Acme", "403 403 403 403 403 403 403 303 403", false},
	{"POST /customers/{id}/act", "/customers/{customer}/act", "do merge person lena@acme.example", "403 403 403 403 403 303 303 303 403", false},
	{"POST /customers/{id}/act", "/customers/{customer}/act", "do odd", "403 403 403 403 403 422 422 422 403", false},
	{"GET /customers/{id}/edit", "/customers/{customer}/edit", "", adminsAlone, false},
	{"POST /customers/{id}/export", "/customers/{customer}/export", "", adminsAlone, false},
	{"POST /customers/{id}/edit", "/customers/{customer}/edit", "name Kim", adminsAlone, false},
	{"GET /organisations", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /organisations/new", "", "", adminsAlone, false},
	{"POST /organisations/new", "", "name New", adminsAlone, false},
	{"GET /organisations/{id}", "/organisations/{organisation}", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /organisations/{id}/edit", "/organisations/{organisation}/edit", "", adminsAlone, false},
	{"POST /organisations/{id}/edit", "/organisations/{organisation}/edit", "name Other", adminsAlone, false},
	{"GET /notices", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"POST /notices/read", "", "until 2026-01-01T00:00:00Z", "403 403 303 303 303 303 303 303 403", false},
	{"GET /notices/settings", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"POST /notices/settings", "", "mail held", "403 403 303 303 303 303 303 303 403", false},
	{"GET /mail", "", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /mail", "/mail?list=all", "", "403 403 200 200 200 200 200 200 403", true},
	{"POST /mail/retry", "", "kind notify key k", adminsAlone, false},
	{"POST /mail/{id}/release", "/mail/{mail}/release", "", "403 403 404 303 404 303 303 303 403", false},
	{"POST /mail/{id}/release", "/mail/{stray}/release", "", "403 403 404 404 404 303 303 303 403", false},
	{"POST /mail/{id}/release", "/mail/{stray}/release", "onto {ref}", "403 403 422 404 422 303 303 303 403", false},
	{"POST /mail/{id}/dismiss", "/mail/{mail}/dismiss", "", "403 403 404 303 404 303 303 303 403", false},
	{"POST /mail/{id}/dismiss", "/mail/{mail}/dismiss", "ticket {ref}", "403 403 404 303 404 303 303 303 403", false},
	{"GET /mail/{id}/files/{file}", "/mail/{stray}/files/{strayfile}", "", "403 403 404 404 404 200 200 200 403", true},
	{"GET /settings", "", "", adminsAlone, false},
	{"GET /settings/agents", "", "", adminsAlone, false},
	{"POST /settings/agents", "", "name New email new@example.com", adminsAlone, false},
	{"GET /settings/agents/edit", "", "", adminsAlone, false},
	{"POST /settings/agents/remove", "", "id ana@example.com", adminsAlone, false},
	{"POST /settings/agents/away", "", "id tom@example.com away 1", adminsAlone, false},
	{"POST /settings/agents/absences", "", "id tom@example.com from 2026-03-09T08:00", adminsAlone, false},
	{"GET /settings/teams", "", "", adminsAlone, false},
	{"POST /settings/teams", "", "id new name New", adminsAlone, false},
	{"GET /settings/teams/edit", "", "", adminsAlone, false},
	{"POST /settings/teams/remove", "", "id money", adminsAlone, false},
	{"GET /settings/categories", "", "", adminsAlone, false},
	{"GET /settings/sla", "", "", adminsAlone, false},
	{"POST /settings/sla", "", "", adminsAlone, false},
	{"GET /settings/sla/edit", "", "", adminsAlone, false},
	{"GET /settings/sla/history", "", "", adminsAlone, false},
	{"POST /settings/sla/restore", "", "version 1", adminsAlone, false},
	{"POST /settings/sla/apply", "", "", adminsAlone, false},
	{"GET /settings/priority-rules", "", "", adminsAlone, false},
	{"POST /settings/priority-rules", "", "", adminsAlone, false},
	{"GET /settings/macros", "", "", "403 403 403 403 200 403 200 200 403", false},
	{"POST /settings/macros", "", "id new name New body x do save", "403 403 403 403 303 403 303 303 403", false},
	{"GET /settings/macros/edit", "", "", "403 403 403 403 200 403 200 200 403", false},
	{"POST /settings/macros/remove", "", "id m", "403 403 403 403 303 403 303 303 403", false},
	{"GET /settings/webhooks", "", "", adminsAlone, false},
	{"POST /settings/webhooks", "", "id w name W url https://example.com/", adminsAlone, false},
	{"GET /settings/webhooks/edit", "", "", adminsAlone, false},
	{"POST /settings/webhooks/turn", "", "id w", adminsAlone, false},
	{"POST /settings/webhooks/secret", "", "id w", adminsAlone, false},
	{"POST /settings/webhooks/test", "", "id w", adminsAlone, false},
	{"POST /settings/webhooks/remove", "", "id w", adminsAlone, false},
	{"GET /settings/mail-templates", "", "", adminsAlone, false},
	{"POST /settings/mail-templates", "", "", adminsAlone, false},
	{"GET /settings/mail-templates/edit", "/settings/mail-templates/edit?kind=reply", "", adminsAlone, false},
	{"POST /settings/mail-templates/edit", "", "kind reply", adminsAlone, false},
	{"GET /settings/mail", "", "", adminsAlone, false},
	{"GET /settings/reads", "", "", adminsAlone, false},
	{"GET /settings/reads", "/settings/reads?ticket={ref}&by=ana@example.com", "", adminsAlone, false},
	{"GET /settings/about", "", "", adminsAlone, false},
	{"GET /brand.css", "", "", "403 403 200 200 200 200 200 200 200", false},
	{"GET /events", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"GET /events", "/events?ticket={ref}", "", "403 403 404 200 404 200 200 200 403", false},
}

// customerRights has a line for each of the customers' pages. There, agents are visitors whom
// nobody knows.
var customerRights = []right{
	{"GET /{$}", "/", "", "200 200 200 200 200 200 200 200 200", true},
	{"GET /new", "", "", "200 200 200 200 200 200 200 200 200", false},
	{"POST /new", "", "subject Another text x", "422 422 422 422 422 422 422 422 422", false},
	{"GET /sent", "", "", "200 200 200 200 200 200 200 200 200", false},
	{"GET /renewed", "", "", "200 200 200 200 200 200 200 200 200", false},
	{"POST /t/{token}/renew", "/t/v0/renew", "", "404 404 404 404 404 404 404 404 404", false},
	{"POST /rate/{token}/renew", "/rate/r0/renew", "", "404 404 404 404 404 404 404 404 404", false},
	{"GET /tickets/{id}", "", "", "200 404 401 401 401 401 401 401 401", true},
	{"POST /tickets/{id}/{act}", "/tickets/{id}/reply", "text Hello", "303 404 401 401 401 401 401 401 401", false},
	{"GET /tickets/{id}/files/{file}", "", "", "200 404 401 401 401 401 401 401 401", true},
	{"GET /t/{token}", "/t/x", "", "404 404 404 404 404 404 404 404 404", false},
	{"POST /t/{token}/{act}", "/t/x/reply", "text Hello", "404 404 404 404 404 404 404 404 404", false},
	{"GET /t/{token}/files/{file}", "/t/x/files/{file}", "", "404 404 404 404 404 404 404 404 404", false},
	{"GET /rate/{token}", "/rate/x", "", "404 404 404 404 404 404 404 404 404", false},
	{"POST /rate/{token}", "/rate/x", "score 5", "404 404 404 404 404 404 404 404 404", false},
	{"GET /brand.css", "", "", "200 200 200 200 200 200 200 200 200", false},
}

// world is the ids of one tenant's tickets, for one request.
type world map[string]string

func (w world) fill(s string) string {
	for name, value := range w {
		s = strings.ReplaceAll(s, "{"+name+"}", value)
	}
	return s
}

// settle opens the tickets of a tenant. zanzibar stands in tickets of Kim's alone that have the
// category technical, and quokka in what customers do not see of them.
func settle(t *testing.T, d *helpdesktest.Desk, tenant helpdesk.TenantID) world {
	t.Helper()
	ctx, desk := t.Context(), d.ForTenant(tenant)
	for _, team := range []helpdesk.Team{
		{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}},
		{ID: "machines", Name: "Machines", Categories: []helpdesk.Category{helpdesk.Technical}},
	} {
		_, err := desk.SaveTeam(ctx, team)
		require.NoError(t, err)
	}
	for name, a := range map[string]helpdesk.Agent{
		"ana": {}, "rita": {Teams: []helpdesk.TeamID{"money"}, Restricted: true}, "tom": {Teams: []helpdesk.TeamID{"machines"}, Restricted: true},
		"lena": {Teams: []helpdesk.TeamID{"machines"}},
	} {
		a.Name, a.Email, a.Away = name, name+"@example.com", true
		_, err := desk.SaveAgent(ctx, a)
		require.NoError(t, err)
	}
	_, err := macro.Of(desk).Save(ctx, macro.Macro{ID: "m", Name: "M", Body: "{{subject}}"})
	require.NoError(t, err)
	open := func(subject, customer string, c helpdesk.Category, files ...helpdesk.File) *helpdesk.Ticket {
		one, err := desk.Open(ctx, helpdesk.OpenParams{
			Subject: subject, Description: subject + " kiln", Category: c, Customer: helpdesk.Contact{Email: customer}, Files: files,
		})
		require.NoError(t, err)
		_, err = desk.Reassign(ctx, one.ID, "ana@example.com")
		require.NoError(t, err)
		return one
	}
	one := open("zanzibar", "kim@mail.example", helpdesk.Technical, memory("a.txt", "zanzibar"))
	solved := open("zanzibar solved", "kim@mail.example", helpdesk.Technical)
	into := open("Other kiln", "kim@mail.example", helpdesk.Billing)
	_, err = desk.Note(ctx, one.ID, "quokka")
	require.NoError(t, err)
	_, err = desk.Resolve(ctx, solved.ID, "zanzibar fired")
	require.NoError(t, err)
	_, err = desk.Reassign(ctx, into.ID, "tom@example.com")
	require.NoError(t, err)
	receive := func(in helpdesk.Incoming) *helpdesk.Mail {
		kept, err := desk.Receive(ctx, &in)
		require.NoError(t, err)
		return kept
	}
	_, err = desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Reply(ctx, one.ID, helpdesk.ReplyParams{Body: "zanzibar?"})
	require.NoError(t, err)
	page, err := desk.Mails(ctx, helpdesk.MailQuery{Ticket: one.ID})
	require.NoError(t, err)
	held := receive(helpdesk.Incoming{
		MessageID: "1@x." + string(tenant), From: helpdesk.Contact{Email: "eve@x.example"}, Subject: "zanzibar held", Text: "zanzibar", HTML: "<p>zanzibar</p>",
		InReplyTo: []string{page.Mails[0].MessageID},
	})
	stray := receive(helpdesk.Incoming{
		MessageID: "2@x." + string(tenant), Subject: "zanzibar stray", Text: "zanzibar", Problem: "unreadable", Files: []helpdesk.File{memory("a.txt", "zanzibar")},
	})
	require.Equal(t, helpdesk.MailHeld, held.Outcome)
	require.Equal(t, helpdesk.MailUnreadable, stray.Outcome)
	d.Drain()
	th, err := desk.Thread(ctx, one.ID)
	require.NoError(t, err)
	o, err := desk.SaveOrganisation(ctx, helpdesk.Organisation{Name: "Acme"})
	require.NoError(t, err)
	_, err = desk.SaveCustomer(ctx, helpdesk.Customer{Name: "Lena", Addresses: []helpdesk.Address{{Value: "lena@acme.example"}}})
	require.NoError(t, err)
	w := world{"customer": string(one.CustomerID), "organisation": string(o.ID), "id": string(one.ID), "ref": one.Ref, "into": string(into.ID), "mail": held.ID, "stray": stray.ID, "message": held.Message, "strayfile": string(stray.Attachments[0].ID)}
	for _, m := range th.Messages {
		for _, a := range m.Attachments {
			w["file"] = string(a.ID)
		}
	}
	return w
}

// TestTheTableOfRights asks for each page as each of the viewers, in a new world after each change.
func TestTheTableOfRights(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, &helpdesk.Config{Logger: quiet, Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "desk@example.com" }, Keys: [][]byte{bytes.Repeat([]byte("k"), 32)},
	}})
	cfg := webui.Config{Actor: who, Clock: d.Clock, Logger: quiet, Mails: mails(t, nil), Tenant: func(r *http.Request) (helpdesk.TenantID, error) {
		return helpdesk.TenantID(r.Header.Get("X-Tenant")), nil
	}}
	pages, err := webui.New(d.Desk, &cfg)
	require.NoError(t, err)
	help, err := webui.NewForm(d.Desk, &webui.FormConfig{Config: cfg, FillTime: -1, PerAddress: -1, PerIP: -1, PagesPerIP: -1})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		pages  *webui.Handler
		rights []right
		sees   string // by viewer: they see the ticket
	}{"agents": {pages, rights, "---x-xxx-"}, "customers": {help, customerRights, "x--------"}} {
		t.Run(name, func(t *testing.T) {
			var wrong []string
			listed := map[string]bool{}
			for n, r := range c.rights {
				listed[r.pattern] = true
				var tenant string
				var w world
				for i, by := range viewers {
					if w == nil {
						tenant = fmt.Sprintf("%s%d-%d", name, n, i)
						w = settle(t, d, helpdesk.TenantID(tenant))
					}
					method, path, _ := strings.Cut(r.pattern, " ")
					if r.path != "" {
						path = r.path
					}
					pairs := strings.Fields(w.fill(r.pairs))
					if len(pairs)%2 == 1 {
						pairs = append(pairs, "")
					}
					status, text := visit(t, c.pages, method, w.fill(path), encode(pairs), by, tenant)
					at, want := fmt.Sprintf("%s %s %s as %s", r.pattern, r.path, r.pairs, by), strings.Fields(r.want)[i]
					if status == 500 || (want == "---" && status == 403) || (want != "---" && want != fmt.Sprint(status)) {
						wrong = append(wrong, fmt.Sprintf("%s: %d instead of %s", at, status, want))
					}
					asked := strings.NewReplacer(w["id"], "", `value="zanzibar"`, "", `q=zanzibar`, "", `value="`+w["ref"]+`"`, "", `q=`+w["ref"], "").Replace(text)
					sees := c.sees[i] == 'x'
					for _, secret := range []string{"zanzibar", "quokka", w["ref"]} {
						hides := !sees || (name == "customers" && secret == "quokka")
						if before, _, says := strings.Cut(asked, secret); says && hides && !(secret == w["ref"] && strings.Contains(r.path+r.pairs, "{ref}")) {
							wrong = append(wrong, fmt.Sprintf("%s: says %s after %s", at, secret, before[max(0, len(before)-60):]))
						}
					}
					if r.tells && sees && status < 300 && !strings.Contains(text, "zanzibar") {
						wrong = append(wrong, at+" does not say zanzibar")
					}
					if method == http.MethodPost && status < 400 {
						w = nil
					}
				}
			}
			require.Empty(t, wrong, "%s", strings.Join(wrong, "\n"))
			for _, pattern := range webui.Patterns(c.pages) {
				require.True(t, listed[pattern], "%s is new: give it a line in the table", pattern)
				delete(listed, pattern)
			}
			require.Empty(t, listed, "the table knows pages that are not there")
		})
	}
}

// rightsSite is pages with a tenant in a world, whose numbers are kept for minutes.
func rightsSite(t *testing.T, tenant string) (*helpdesktest.Desk, *webui.Handler, world) {
	t.Helper()
	d := helpdesktest.New(t, nil, &helpdesk.Config{Logger: quiet, Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "desk@example.com" }, Keys: [][]byte{bytes.Repeat([]byte("k"), 32)},
	}})
	pages, err := webui.New(d.Desk, &webui.Config{Actor: who, Clock: d.Clock, Logger: quiet, Poll: time.Millisecond, Tenant: func(r *http.Request) (helpdesk.TenantID, error) {
		return helpdesk.TenantID(tenant), nil
	}})
	require.NoError(t, err)
	webui.Keep(pages)
	return d, pages, settle(t, d, helpdesk.TenantID(tenant))
}

func TestTheNumbersBesideTheViewsAreOfTheViewersScope(t *testing.T) {
	t.Parallel()
	_, pages, _ := rightsSite(t, "")
	open := func(by string) string {
		status, text := visit(t, pages, "GET", "/new", "", by, "")
		require.Equal(t, 200, status)
		_, after, _ := strings.Cut(text, `data-view="open"`)
		_, after, _ = strings.Cut(after, `class="count">`)
		n, _, _ := strings.Cut(after, "<")
		return n
	}
	for range 2 {
		require.Equal(t, "2", open(ana))
		require.Equal(t, "1", open("agent:rita@example.com"))
		require.Equal(t, "2", open("agent:tom@example.com"), "one is of the team, one is held")
	}
}

func TestAListIsToldOfVisibleTicketsAlone(t *testing.T) {
	t.Parallel()
	d, pages, w := rightsSite(t, "")
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/events", nil)
	require.NoError(t, err)
	r.Header.Set("X-Who", "agent:rita@example.com")
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { res.Body.Close() })
	lines := bufio.NewScanner(res.Body)
	told := func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: ["); ok {
				return data
			}
		}
		return ""
	}
	for range 3 {
		for _, id := range []string{w["id"], w["into"]} {
			_, err := d.Note(t.Context(), helpdesk.TicketID(id), "x")
			require.NoError(t, err)
		}
		require.Equal(t, `"`+w["into"]+`"]`, told())
	}
}

// visit sends one request. A stream ends after a moment.
func visit(t *testing.T, pages http.Handler, method, path, body, by, tenant string) (int, string) {
	t.Helper()
	wait := time.Minute
	if strings.HasPrefix(path, "/events") {
		wait = 20 * time.Millisecond
	}
	ctx, stop := context.WithTimeout(t.Context(), wait)
	defer stop()
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("X-Who", by)
	r.Header.Set("X-Tenant", tenant)
	rw := httptest.NewRecorder()
	pages.ServeHTTP(rw, r)
	return rw.Code, rw.Body.String()
}
