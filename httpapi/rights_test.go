package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/macro"
)

// askers are the columns of the table of rights. The ticket of each request is carol's, has the
// category technical and is held by ana.
var askers = []string{
	carol,                     // the customer
	dave,                      // another customer
	"agent:rita@example.com",  // restricted to the team of billing
	"agent:tom@example.com",   // restricted to the team of technical
	"lead:rita@example.com",   // a lead who is restricted likewise
	"agent:ana@example.com",   // an agent
	"lead:lena@example.com",   // a lead of the team of technical
	"admin:boss@example.com",  // an admin
	"agent:stranger@evil.com", // nobody in the roster
}

// A right is one route with the status that each of the askers gets.
type right struct {
	route string // as in the document
	query string // what follows the path, or another path
	body  string
	want  string
	tells bool // to those who get 200, or 201, it says the ticket's words
}

// rights has a line for each route of the API. {ref}, {mail}, {stray} and {file} are those of the
// ticket.
var rights = []right{
	{"POST /tickets", "", `{"subject":"Another"}`, "201 201 201 201 201 201 201 201 403", false},
	{"POST /tickets", "", `{"subject":"Another","category":"technical"}`, "403 403 201 201 201 201 201 201 403", false},
	{"GET /tickets", "", "", "200 200 200 200 200 200 200 200 403", true},
	{"GET /tickets", "?q=zanzibar", "", "200 200 200 200 200 200 200 200 403", true},
	{"GET /tickets", "?q={ref}", "", "200 200 200 200 200 200 200 200 403", true},
	{"GET /tickets", "?assignee=ana@example.com", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /tickets", "?customer_email=carol@customer.test", "", "200 403 200 200 200 200 200 200 403", true},
	{"GET /tickets/export", "", "", "200 200 200 200 200 200 200 200 403", true},
	{"GET /tickets/count", "", "", "200 200 200 200 200 200 200 200 403", false},
	{"POST /tickets/bulk", "", `{"action":"take","tickets":[{"id":"{id}"}]}`, "403 403 200 200 200 200 200 200 403", false},
	{"GET /tickets/{id}", "", "", "200 404 404 200 404 200 200 200 403", true},
	{"PATCH /tickets/{id}", "", `{"priority":"low"}`, "403 403 404 200 404 200 200 200 403", true},
	{"PUT /tickets/{id}/tags", "", `{"tags":["a"]}`, "403 403 404 200 404 200 200 200 403", true},
	{"POST /tickets/{id}/replies", "", `{"body":"Hello"}`, "201 404 404 201 404 201 201 201 403", true},
	{"POST /tickets/{id}/notes", "", `{"body":"Hello"}`, "403 403 404 201 404 201 201 201 403", true},
	{"POST /tickets/{id}/take", "", "", "403 403 404 200 404 200 200 422 403", true},
	{"POST /tickets/{id}/reassign", "", `{"agent":"tom@example.com"}`, "403 403 404 200 404 200 200 200 403", true},
	{"POST /tickets/{id}/decline", "", `{"reason":"No"}`, "403 403 404 403 404 200 200 200 403", true},
	{"GET /tickets/{id}/assignment", "", "", "403 403 404 200 404 200 200 200 403", false},
	{"POST /tickets/{id}/escalate", "", `{"reason":"Now"}`, "403 403 404 200 404 200 200 200 403", true},
	{"PATCH /tickets/{id}/resolve", "", `{"resolution_note":"Done"}`, "403 403 404 200 404 200 200 200 403", true},
	{"POST /tickets/{id}/reopen", "", "", "409 404 404 409 404 409 409 409 403", false},
	{"POST /tickets/{id}/merge", "", `{"into":"{into}"}`, "403 403 404 200 404 200 200 200 403", false},
	{"POST /tickets/{id}/split", "", `{"messages":["x"]}`, "403 403 404 422 404 422 422 422 403", false},
	{"POST /tickets/{id}/unmerge", "", "", "403 403 404 422 404 422 422 422 403", false},
	{"POST /tickets/{id}/merge", "/tickets/{into}/merge", `{"into":"{id}"}`, "403 403 422 200 422 200 200 200 403", true},
	{"GET /tickets/{id}/links", "", "", "403 403 404 200 404 200 200 200 403", false},
	{"POST /tickets/{id}/links", "", `{"kind":"related","ticket":"{into}"}`, "403 403 404 200 404 200 200 200 403", true},
	{"POST /tickets/{id}/links", "/tickets/{into}/links", `{"kind":"related","ticket":"{id}"}`, "403 403 422 200 422 200 200 200 403", false},
	{"DELETE /tickets/{id}/links/{kind}/{ticket}", "/tickets/{id}/links/related/{into}", "", "403 403 404 200 404 200 200 200 403", true},
	{"POST /tickets/{id}/leave", "", "", "422 404 404 422 404 422 422 422 403", false},
	{"POST /tickets/{id}/end-links", "", "", "403 403 404 200 404 200 200 200 403", true},
	{"POST /tickets/{id}/accept-sender", "", "", "403 403 404 200 404 200 200 200 403", false},
	{"POST /tickets/{id}/rating", "", `{"score":5}`, "422 404 403 403 403 403 403 403 403", false},
	{"GET /tickets/{id}/similar", "", "", "403 403 404 200 404 200 200 200 403", false},
	{"GET /tickets/{id}/similar", "/tickets/{into}/similar", "", "403 403 200 200 200 200 200 200 403", false},
	{"GET /tickets/{id}/macros/{macro}", "", "", "403 403 404 200 404 200 200 200 403", true},
	{"GET /tickets/{id}/sla", "", "", "403 403 404 200 404 200 200 200 403", false},
	{"POST /tickets/{id}/sla/void", "", `{"metric":"first_response","instance":1,"reason":"x"}`, "", false},
	{"POST /tickets/{id}/sla/apply", "", "", "403 403 403 403 403 403 403 200 403", true},
	{"GET /tickets/{id}/attachments/{file}", "", "", "200 404 404 200 404 200 200 200 403", true},
	{"GET /events", "?ticket={id}", "", "403 403 404 200 404 200 200 200 403", false},
	{"GET /events", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"GET /reads", "", "", "", false},
	{"GET /mails", "", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /mails", "?ticket={id}", "", "403 403 200 200 200 200 200 200 403", true},
	{"GET /mails", "?ticket={ref}", "", "403 404 404 200 404 200 200 200 403", true},
	{"POST /mails/{id}/release", "/mails/{mail}/release", "", "403 403 404 200 404 200 200 200 403", true},
	{"POST /mails/{id}/release", "/mails/{mail}/release", `{"onto":"{into}"}`, "403 403 404 200 404 200 200 200 403", false},
	{"POST /mails/{id}/release", "/mails/{stray}/release", "", "403 403 404 404 404 200 200 200 403", false},
	{"POST /mails/{id}/release", "/mails/{stray}/release", `{"onto":"{id}"}`, "403 403 404 404 404 200 200 200 403", true},
	{"POST /mails/{id}/dismiss", "/mails/{mail}/dismiss", "", "403 403 404 204 404 204 204 204 403", false},
	{"GET /mails/{id}/files/{file}", "/mails/{stray}/files/{strayfile}", "", "403 403 404 404 404 200 200 200 403", true},
	{"GET /dead-tasks", "", "", "", false},
	{"POST /dead-tasks/retry", "", `{"kind":"notify","key":"k"}`, "", false},
	{"POST /dead-tasks/retry-all", "", `{}`, "", false},
	{"GET /customers", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"POST /customers", "", `{"host_id":"c1","addresses":[{"value":"new@customer.test"}]}`, "", false},
	{"POST /customers/{id}/merge", "", `{"into":"01a20f2b-7c1e-7a41-9d0a-5b7f6f0c9e11"}`, "403 403 403 403 403 404 404 404 403", false},
	{"POST /customers/{id}/unmerge", "", "", "403 403 403 403 403 404 404 404 403", false},
	{"GET /organisations", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"POST /organisations", "", `{"name":"Acme"}`, "", false},
	{"POST /customers/export", "", `{"email":"x@customer.test"}`, "403 403 403 403 403 403 403 404 403", false},
	{"POST /customers/erase", "", `{"email":"x@customer.test"}`, "", false},
	{"GET /sla", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"PUT /sla", "", `{"policies":[]}`, "", false},
	{"DELETE /sla", "", "", "", false},
	{"GET /sla/versions", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"POST /sla/versions/{version}/restore", "", "", "403 403 403 403 403 403 403 200 403", false},
	{"POST /sla/apply", "", "", "", false},
	{"GET /priority-rules", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"PUT /priority-rules", "", `{}`, "", false},
	{"DELETE /priority-rules", "", "", "", false},
	{"GET /reports/triage", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /reports/overview", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /reports/series", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /reports/heatmap", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /reports/organisations", "", "", "403 403 403 403 403 200 200 200 403", false},
	{"GET /reports/agents", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"GET /agents", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"PUT /agents/{id}", "/agents/new@example.com", `{"name":"New","email":"new@example.com"}`, "", false},
	{"DELETE /agents/{id}", "/agents/ana@example.com", "", "", false},
	{"PUT /agents/{id}/availability", "/agents/tom@example.com/availability", `{"away":true}`, "403 403 403 200 403 403 200 200 403", false},
	{"PUT /agents/{id}/absences", "/agents/tom@example.com/absences", `{"absences":[]}`, "403 403 403 200 403 403 200 200 403", false},
	{"GET /teams", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"PUT /teams/{id}", "/teams/new", `{"name":"New"}`, "", false},
	{"DELETE /teams/{id}", "/teams/money", "", "", false},
	{"GET /macros", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"PUT /macros/{macro}", "/macros/new", `{"name":"New","body":"x"}`, "403 403 403 403 200 403 200 200 403", false},
	{"DELETE /macros/{macro}", "", "", "403 403 403 403 204 403 204 204 403", false},
	{"GET /webhooks", "", "", "", false},
	{"PUT /webhooks/{webhook}", "/webhooks/w", `{"name":"W","url":"https://example.com/"}`, "", false},
	{"DELETE /webhooks/{webhook}", "/webhooks/w", "", "", false},
	{"POST /webhooks/{webhook}/rotate", "/webhooks/w/rotate", "", "", false},
	{"POST /webhooks/{webhook}/retire", "/webhooks/w/retire", "", "", false},
	{"GET /mail-templates", "", "", "", false},
	{"PUT /mail-templates", "", `{}`, "", false},
	{"GET /views", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"PUT /views", "", `{"views":[]}`, "403 403 200 200 200 200 200 200 403", false},
	{"GET /notices", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"GET /notices", "?ticket={id}", "", "403 403 200 200 200 200 200 200 403", false},
	{"POST /notices/read", "", `{}`, "403 403 204 204 204 204 204 204 403", false},
	{"POST /notices/read", "", `{"ticket":"{id}"}`, "403 403 204 204 204 204 204 204 403", false},
	{"GET /notice-settings", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"PUT /notice-settings", "", `{"notices":{"held":"page"}}`, "403 403 200 200 200 200 200 200 403", false},
	{"GET /categories", "", "", "403 403 200 200 200 200 200 200 403", false},
	{"GET /search-operators", "", "", "200 200 200 200 200 200 200 200 403", false},
	{"GET /reports/load-drift", "", "", "", false},
	{"GET /healthz", "", "", "200 200 200 200 200 200 200 200 200", false},
	{"GET /readyz", "", "", "200 200 200 200 200 200 200 200 200", false},
}

// forAdmins is the row of a right with an empty want: an admin gets another answer than 403 and
// 404, the others get 403.
func (r *right) statuses() []string {
	if r.want == "" {
		return strings.Fields("403 403 403 403 403 403 403 --- 403")
	}
	return strings.Fields(r.want)
}

// world is the tickets of one tenant, for one request.
type world map[string]string

// settle opens the tickets of a tenant. zanzibar stands in the ticket of the requests alone, and
// quokka in what customers do not see of it.
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
	_, err := desk.SaveSLA(ctx, []byte(`{"policies":[]}`))
	require.NoError(t, err)
	_, err = macro.Of(desk).Save(ctx, macro.Macro{ID: "m", Name: "M", Body: "{{subject}}"})
	require.NoError(t, err)
	file := helpdesk.File{Name: "a.json", Type: "application/json", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(`{"of":"zanzibar"}`)), nil
	}}
	open := func(subject, customer string, c helpdesk.Category, files ...helpdesk.File) *helpdesk.Ticket {
		one, err := desk.Open(ctx, helpdesk.OpenParams{
			Subject: subject, Description: subject + " kiln", Category: c, Customer: helpdesk.Contact{Email: customer}, Files: files,
		})
		require.NoError(t, err)
		_, err = desk.Reassign(ctx, one.ID, "ana@example.com")
		require.NoError(t, err)
		return one
	}
	one := open("zanzibar", "carol@customer.test", helpdesk.Technical, file)
	into := open("Other", "erin@customer.test", helpdesk.Billing) // seen by rita, and shared with tom below
	_, err = desk.Note(ctx, one.ID, "quokka")
	require.NoError(t, err)
	solved := open("zanzibar solved", "carol@customer.test", helpdesk.Technical)
	_, err = desk.Resolve(ctx, solved.ID, "zanzibar fired")
	require.NoError(t, err)
	_, err = desk.Reassign(ctx, into.ID, "tom@example.com")
	require.NoError(t, err)
	in := func(subject string, change func(*helpdesk.Incoming)) *helpdesk.Mail {
		m := &helpdesk.Incoming{MessageID: subject + "@x." + string(tenant), From: helpdesk.Contact{Email: "eve@x.example"}, Subject: subject, Text: subject}
		change(m)
		kept, err := desk.Receive(ctx, m)
		require.NoError(t, err)
		return kept
	}
	sent, err := desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Reply(ctx, one.ID, helpdesk.ReplyParams{Body: "zanzibar?"})
	require.NoError(t, err)
	page, err := desk.Mails(ctx, helpdesk.MailQuery{Ticket: sent.ID})
	require.NoError(t, err)
	held := in("zanzibar held", func(m *helpdesk.Incoming) { m.InReplyTo = []string{page.Mails[0].MessageID} })
	stray := in("zanzibar stray", func(m *helpdesk.Incoming) { m.From.Email, m.Problem, m.Files = "", "unreadable", []helpdesk.File{file} })
	require.Equal(t, helpdesk.MailHeld, held.Outcome)
	require.Equal(t, helpdesk.MailUnreadable, stray.Outcome)
	_, err = d.Tick(ctx)
	require.NoError(t, err)
	th, err := desk.Thread(ctx, one.ID)
	require.NoError(t, err)
	return world{
		"id": string(one.ID), "ref": one.Ref, "into": string(into.ID), "macro": "m", "version": "1", "mail": held.ID, "stray": stray.ID,
		"file": string(th.Messages[0].Attachments[0].ID), "strayfile": string(stray.Attachments[0].ID),
	}
}

func (w world) fill(s string) string {
	for name, value := range w {
		s = strings.ReplaceAll(s, "{"+name+"}", value)
	}
	return s
}

// TestTheTableOfRights asks each route as each of the askers, in a new world after each change.
func TestTheTableOfRights(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "desk@example.com" }, Keys: [][]byte{make([]byte, 32)},
	}})
	h, err := httpapi.New(d.Desk, &httpapi.Config{
		Actor: actor, Clock: d.Clock, Wait: -1, RateLimits: httpapi.RateLimits{},
		Tenant: func(r *http.Request) (helpdesk.TenantID, error) {
			return helpdesk.TenantID(r.Header.Get("Test-Tenant")), nil
		},
	})
	require.NoError(t, err)
	var wrong []string
	listed := map[string]bool{}
	for n, r := range rights {
		listed[r.route] = true
		statuses := r.statuses()
		require.Len(t, statuses, len(askers), r.route)
		var tenant string
		var w world
		for i, who := range askers {
			if w == nil {
				tenant = fmt.Sprintf("t%d-%d", n, i)
				w = settle(t, d, helpdesk.TenantID(tenant))
			}
			method, path, _ := strings.Cut(r.route, " ")
			switch {
			case strings.HasPrefix(r.query, "/"):
				path = r.query
			default:
				path += r.query
			}
			at := fmt.Sprintf("%s as %s", r.route+r.query, who)
			status, text := ask(t, h, method, w.fill(path), w.fill(r.body), who, tenant)
			if status == 500 || (statuses[i] == "---" && status == 403) || (statuses[i] != "---" && statuses[i] != fmt.Sprint(status)) {
				wrong = append(wrong, fmt.Sprintf("%s: %d instead of %s: %s", at, status, statuses[i], text))
			}
			secret := strings.ReplaceAll(text, w.fill("{id}"), "")
			sees := i == 0 || i == 3 || i >= 5 && i != 8
			if !sees || status >= 400 {
				require.NotContains(t, strings.ReplaceAll(secret, `"words":["zanzibar"]`, ""), "zanzibar", at)
				require.NotContains(t, secret, "quokka", at)
				if !strings.Contains(r.query, "{ref}") {
					require.NotContains(t, secret, w["ref"], at)
				}
			}
			if i == 0 {
				require.NotContains(t, secret, "quokka", at)
			}
			if r.tells && sees && status < 300 {
				require.Contains(t, text, "zanzibar", at)
			}
			if status < 300 && method != http.MethodGet {
				w = nil
			}
		}
	}
	require.Empty(t, wrong, "%s", strings.Join(wrong, "\n"))
	var doc document
	_, text := ask(t, h, "GET", "/openapi.json", "", "", "")
	require.NoError(t, json.Unmarshal([]byte(text), &doc))
	for path, methods := range doc.Paths {
		for method := range methods {
			require.True(t, listed[strings.ToUpper(method)+" "+path], "%s %s is new: give it a line in the table", method, path)
			delete(listed, strings.ToUpper(method)+" "+path)
		}
	}
	require.Empty(t, listed, "the table knows routes that the API does not have")
}

// ask sends one request. A stream ends after a moment.
func ask(t *testing.T, h http.Handler, method, path, body, who, tenant string) (int, string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	if strings.HasPrefix(path, "/events") {
		method = http.MethodHead // a stream would not end
	}
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Test-Actor", who)
	r.Header.Set("Test-Tenant", tenant)
	rw := httptest.NewRecorder()
	h.ServeHTTP(rw, r)
	return rw.Code, rw.Body.String()
}

// TestAStreamTellsOfVisibleTicketsAlone: what was told before and while it is open.
func TestAStreamTellsOfVisibleTicketsAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	_, err := s.SaveTeam(t.Context(), helpdesk.Team{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}})
	require.NoError(t, err)
	s.Hire(helpdesk.Agent{Name: "Rita", Email: "rita@example.com", Teams: []helpdesk.TeamID{"money"}, Restricted: true})
	open := func(c helpdesk.Category) helpdesk.TicketID {
		one, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Kiln", Category: c})
		require.NoError(t, err)
		return one.ID
	}
	hidden, seen := open(helpdesk.Technical), open(helpdesk.Billing)
	l := s.listen("agent:rita@example.com", "/events")
	work := func(ids ...helpdesk.TicketID) {
		for _, id := range ids {
			_, err := s.SetTags(t.Context(), id, []string{fmt.Sprint(s.Clock.Now().UnixNano())})
			require.NoError(t, err)
		}
		s.Clock.Advance(time.Second)
	}
	expect := func(l *listener) {
		e, ok := l.next()
		require.True(t, ok)
		require.Equal(t, string(seen), e.data["ticket_id"], e.kind)
	}
	for range 3 {
		work(hidden, seen)
		expect(l)
	}
	l.stop()
	work(hidden, seen, hidden)
	again := s.listen("agent:rita@example.com", "/events", "Last-Event-ID", l.last)
	expect(again)
	work(hidden, seen)
	expect(again)
}

// The id in a path is all in which two answers may differ.
func TestARestrictedAgentGetsOneAnswerForHiddenTicketsAndForNone(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.Hire(helpdesk.Agent{Name: "Rita", Email: "rita@example.com", Restricted: true})
	hidden := s.open(carol, "Kiln")
	s.Drain()
	for _, ids := range [][2]string{{hidden.str("id"), "0195a1b2-0000-7000-8000-000000000000"}, {hidden.str("ref"), "0000-0000"}} {
		for _, r := range rights {
			method, path, _ := strings.Cut(r.route, " ")
			if !strings.HasPrefix(path, "/tickets/{id}") || r.query != "" {
				continue
			}
			var texts []string
			for _, id := range ids {
				at := strings.NewReplacer("{id}", id, "{macro}", "m", "{file}", strings.Repeat("0", 32)).Replace(path)
				a := s.do("agent:rita@example.com", method, at, r.body, "X-Request-Id", "one", "If-Match", "*")
				texts = append(texts, fmt.Sprint(a.status, strings.ReplaceAll(a.text, id, "ID")))
			}
			require.Equal(t, texts[0], texts[1], "%s", r.route)
		}
	}
}
