package httpapi_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
)

const sorry = `{"name":"Sorry","body":"Hello {{customer}}, about {{ref}} ({{subject}}): sorry. {{agent}} {{nothing}}"}`

func TestMacrosAreKeptByAdminsAndFilledForATicket(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	require.Equal(t, []any{}, s.do(ana, "GET", "/macros", "").ok(200).json["macros"])
	s.do(ana, "PUT", "/macros/sorry", sorry).ok(403)

	saved := s.do(boss, "PUT", "/macros/sorry", sorry).ok(200)
	require.Equal(t, `"1"`, saved.header.Get("ETag"))
	require.Equal(t, []any{saved.json}, s.do(ana, "GET", "/macros", "").ok(200).json["macros"])

	opened := s.do(boss, "POST", "/tickets", `{"subject":"Refund","customer_name":"Carol","customer_email":"carol@customer.test"}`).ok(201)
	want := "Hello Carol, about " + opened.str("ref") + " (Refund): sorry. Ana {{nothing}}"
	for _, id := range []string{opened.str("id"), opened.str("ref")} {
		require.Equal(t, want, s.do(ana, "GET", "/tickets/"+id+"/macros/sorry", "").ok(200).str("text"))
	}
	require.Equal(t, opened.header.Get("ETag"), s.do(ana, "GET", "/tickets/"+opened.str("id"), "").header.Get("ETag"), "nothing was sent")
	require.Equal(t, `404 Not Found: read macro "glad": not found`, refused(s.do(ana, "GET", "/tickets/"+opened.str("id")+"/macros/glad", "")))
	s.do(ana, "GET", "/tickets/0000-0000/macros/sorry", "").ok(404)

	s.do(ana, "DELETE", "/macros/sorry", "").ok(403)
	s.do(boss, "DELETE", "/macros/sorry", "", "If-Match", `"2"`).ok(412)
	s.do(boss, "DELETE", "/macros/sorry", "", "If-Match", `"1"`).ok(204)
	s.do(boss, "DELETE", "/macros/sorry", "").ok(404)
	s.do(ana, "GET", "/tickets/"+opened.str("id")+"/macros/sorry", "").ok(404)
}

func TestAMacroIsReplacedOnlyInTheVersionThatWasRead(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.do(boss, "PUT", "/macros/sorry", sorry, "If-Match", `"1"`).ok(412)
	s.do(boss, "PUT", "/macros/sorry", sorry).ok(200)
	require.Equal(t, "409 Conflict: save macro: conflict; version is not the one in force, 1: it was edited since it was read", refusedIn(s.do(boss, "PUT", "/macros/sorry", sorry)))
	second := s.do(boss, "PUT", "/macros/sorry", `{"name":"Sorry","body":"So sorry."}`, "If-Match", `"1"`).ok(200)
	require.Equal(t, `"2"`, second.header.Get("ETag"))
	stale := s.do(boss, "PUT", "/macros/sorry", sorry, "If-Match", `"1"`)
	require.Equal(t, "412 Precondition Failed: it has changed: If-Match is not its version any more", refused(stale))
	s.do(boss, "DELETE", "/macros/sorry", "").ok(204)
	s.do(boss, "PUT", "/macros/sorry", sorry, "If-Match", `"2"`).ok(412)
	s.do(boss, "PUT", "/macros/sorry", sorry, "If-Match", `"3"`).ok(412)
	s.do(boss, "PUT", "/macros/sorry", sorry).ok(200)
}

// refusedIn is the first line of refused.
func refusedIn(a answer) string {
	a.t.Helper()
	first, _, _ := strings.Cut(refused(a), "\n")
	return first
}

func TestAnAgentKeepsViewsOfItsOwn(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	const views = `{"views":[{"name":"Late refunds","query":"view=late&tag=refund"},{"name":"Mine","query":"view=mine"}]}`
	require.JSONEq(t, `{"views":[]}`, s.do(ana, "GET", "/views", "").ok(200).text)
	require.JSONEq(t, views, s.do(ana, "PUT", "/views", views).ok(200).text)
	require.JSONEq(t, views, s.do(ana, "GET", "/views", "").ok(200).text)
	require.JSONEq(t, `{"views":[]}`, s.do(ben, "GET", "/views", "").ok(200).text)
	for _, v := range s.do(ana, "GET", "/views", "").json["views"].([]any) {
		s.do(ana, "GET", "/tickets?"+v.(map[string]any)["query"].(string), "").ok(200)
	}
	s.do(ana, "PUT", "/views", `{"views":[]}`).ok(200)
	require.JSONEq(t, `{"views":[]}`, s.do(ana, "GET", "/views", "").ok(200).text)

	many := strings.TrimSuffix(strings.Repeat(`{"name":"a","query":""},`, helpdesk.MaxViews+1), ",")
	s.do(ana, "PUT", "/views", `{"views":[`+many+`]}`).ok(422)
	require.Equal(t, "422 Unprocessable Entity: save views: views[1].name is empty\nbody.views[1].name is empty",
		refused(s.do(ana, "PUT", "/views", `{"views":[{"name":"a","query":""},{"name":"","query":""}]}`)))
}

func TestTagsAreReplacedUnlessTheTicketHasChanged(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.open(carol, "Refund")
	path := "/tickets/" + opened.str("id") + "/tags"
	seen := s.do(ana, "GET", "/tickets/"+opened.str("id"), "").ok(200).header.Get("ETag")
	tagged := s.do(ana, "PUT", path, `{"tags":["VIP","late"]}`, "If-Match", seen).ok(200)
	require.Equal(t, []any{"late", "vip"}, tagged.json["tags"])
	s.do(ana, "PUT", path, `{"tags":["x"]}`, "If-Match", seen).ok(412)
	require.Equal(t, []any{}, s.do(ana, "PUT", path, `{"tags":[]}`).ok(200).json["tags"])
	s.do(ana, "PUT", path, `{}`).ok(422)
	s.do(ana, "PUT", path, `{"tags":null}`).ok(422)
	s.do(carol, "PUT", path, `{"tags":["x"]}`).ok(403)
	s.do(dave, "PUT", path, `{"tags":["x"]}`).ok(403)
}

func TestAnEarlierVersionOfThePromisesComesBack(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	book := func(name string) string {
		return strings.ReplaceAll(goldBook, `"gold"`, strconv.Quote(name))
	}
	s.do(boss, "PUT", "/sla", book("first")).ok(200)
	s.do(boss, "PUT", "/sla", book("second")).ok(200)
	s.do(boss, "DELETE", "/sla", "").ok(204)
	s.do(ana, "POST", "/sla/versions/1/restore", "").ok(403)
	s.do(boss, "POST", "/sla/versions/1/restore", "", "If-Match", `"2"`).ok(412)
	restored := s.do(boss, "POST", "/sla/versions/1/restore", "", "If-Match", `"3"`).ok(200)
	require.Equal(t, `"4"`, restored.header.Get("ETag"))
	require.Contains(t, s.do(ana, "GET", "/sla", "").text, "first")
	require.Equal(t, true, s.do(boss, "POST", "/sla/versions/3/restore", "").ok(200).json["removed"], "to the host's again")
	var seen []float64
	for cursor := ""; ; {
		page := s.do(ana, "GET", "/sla/versions?limit=2"+cursor, "").ok(200)
		for _, v := range page.json["versions"].([]any) {
			seen = append(seen, v.(map[string]any)["version"].(float64))
		}
		if page.json["next_cursor"] == nil {
			break
		}
		cursor = "&cursor=" + page.str("next_cursor")
	}
	require.Equal(t, []float64{5, 4, 3, 2, 1}, seen)
	s.do(ana, "GET", "/sla/versions?cursor=x", "").ok(422)
	for path, status := range map[string]int{"9": 404, "0": 422, "x": 422, "9223372036854775807": 422} {
		s.do(boss, "POST", "/sla/versions/"+path+"/restore", "").ok(status)
	}
}

func TestCategoriesComeWithTheTeamsTheyAreBoundTo(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.do(boss, "PUT", "/teams/money", `{"name":"Money","categories":["billing"]}`).ok(200)
	for _, one := range s.do(ana, "GET", "/categories", "").ok(200).json["categories"].([]any) {
		c := one.(map[string]any)
		want := []any{}
		if c["name"] == "billing" {
			want = []any{"money"}
		}
		require.Equal(t, want, c["teams"], c["name"])
		require.NotEmpty(t, c["description"])
	}
}

func TestCustomersHaveNoneOfTheRoutesForStaff(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.do(boss, "PUT", "/macros/sorry", sorry).ok(200)
	id := s.open(carol, "Refund").str("id")
	for _, route := range []struct{ method, path, body string }{
		{"GET", "/macros", ""}, {"PUT", "/macros/sorry", sorry}, {"DELETE", "/macros/sorry", ""},
		{"GET", "/tickets/" + id + "/macros/sorry", ""}, {"PUT", "/tickets/" + id + "/tags", `{"tags":[]}`},
		{"GET", "/views", ""}, {"PUT", "/views", `{"views":[]}`}, {"GET", "/categories", ""},
		{"POST", "/tickets/bulk", `{"tickets":[{"id":"` + id + `"}],"action":"reopen"}`},
		{"POST", "/sla/versions/1/restore", ""}, {"GET", "/events", ""}, {"GET", "/events?ticket=" + id, ""},
	} {
		a := s.do(carol, route.method, route.path, route.body)
		require.Equal(t, 403, a.status, route)
		refused(a)
	}
}

func TestNothingOfAnotherTenantIsReachedByItsId(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) {
		c.Tenant = func(r *http.Request) (helpdesk.TenantID, error) {
			return helpdesk.TenantID(r.Header.Get("Test-Tenant")), nil
		}
	})
	there := []string{"Test-Tenant", "acme"}
	s.do(boss, "PUT", "/macros/sorry", sorry).ok(200)
	s.do(boss, "PUT", "/macros/sorry", sorry, there...).ok(200)
	s.do(boss, "PUT", "/views", `{"views":[{"name":"a","query":""}]}`).ok(200)
	opened := s.open(carol, "Refund")
	for _, id := range []string{opened.str("id"), opened.str("ref")} {
		s.do(boss, "GET", "/tickets/"+id+"/macros/sorry", "", there...).ok(404)
		s.do(boss, "PUT", "/tickets/"+id+"/tags", `{"tags":["x"]}`, there...).ok(404)
		s.do(boss, "GET", "/events?ticket="+id, "", there...).ok(404)
		got := s.do(boss, "POST", "/tickets/bulk", `{"tickets":[{"id":"`+id+`"}],"action":"set_tags","tags":["x"]}`, there...).ok(200)
		require.EqualValues(t, 404, got.json["results"].([]any)[0].(map[string]any)["problem"].(map[string]any)["status"])
	}
	require.JSONEq(t, `{"views":[]}`, s.do(boss, "GET", "/views", "", there...).ok(200).text)
	require.EqualValues(t, 0, s.do(boss, "GET", "/tickets/count", "", there...).ok(200).json["count"])
	s.do(boss, "DELETE", "/macros/sorry", "", there...).ok(204)
	require.Len(t, s.do(boss, "GET", "/macros", "").json["macros"], 1)
	require.NotContains(t, s.do(boss, "GET", "/tickets/"+opened.str("id"), "").json["tags"], "x")
}
