package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDayOfATicket(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)

	opened := s.do(carol, "POST", "/tickets", `{"subject":"Refund for order 17","description":"It never came.","source":"web_form"}`).ok(201)
	require.Equal(t, "done", opened.str("triage"))
	require.Equal(t, "billing", opened.str("category"))
	require.Equal(t, "high", opened.str("priority"))
	require.Equal(t, "assigned", opened.str("status"))
	require.Equal(t, "carol@customer.test", opened.str("customer_email"))
	id := opened.str("id")
	require.Equal(t, "tickets/"+id, opened.header.Get("Location"))

	seen := s.do(ana, "GET", "/tickets/"+id, "").ok(200)
	require.Equal(t, "ana@example.com", seen.str("assigned_to"))
	require.Equal(t, "We are sorry.", seen.str("ai_suggested_response"))
	require.Equal(t, "2026-03-02T10:00:00Z", seen.str("sla_deadline"))
	require.Equal(t, []any{"refund"}, seen.json["tags"])
	require.Nil(t, seen.json["resolved_at"])
	require.Len(t, seen.json["clocks"], 2)
	require.NotEmpty(t, seen.json["events"])

	s.do(ana, "POST", "/tickets/"+id+"/take", "", "If-Match", seen.header.Get("ETag")).ok(200)
	s.do(ana, "POST", "/tickets/"+id+"/notes", `{"body":"Parcel lost in Ghent."}`).ok(201)
	s.Clock.Advance(10 * time.Minute)
	waiting := s.do(ana, "POST", "/tickets/"+id+"/replies", `{"body":"Which address?","waiting":true}`).ok(201)
	require.Equal(t, "waiting_customer", waiting.str("status"))

	s.Clock.Advance(time.Hour)
	back := s.do(carol, "POST", "/tickets/"+id+"/replies", `{"body":"Baker Street 221b"}`).ok(201)
	require.Equal(t, "in_progress", back.str("status"))
	escalated := s.do(ana, "POST", "/tickets/"+id+"/escalate", `{"reason":"The carrier does not answer."}`).ok(200)
	require.Equal(t, "escalated", escalated.str("status"))
	require.EqualValues(t, 1, escalated.json["escalation_level"])
	moved := s.do(boss, "POST", "/tickets/"+id+"/reassign", `{"agent":"ben@example.com"}`).ok(200)
	require.Equal(t, "ben@example.com", moved.str("assigned_to"))
	s.do(ben, "PATCH", "/tickets/"+id, `{"priority":"urgent"}`).ok(200)
	s.do(ben, "PATCH", "/tickets/"+id, `{"category":"account"}`).ok(200)
	s.do(ben, "PATCH", "/tickets/"+id, `{"status":"in_progress"}`).ok(200)

	s.Clock.Advance(20 * time.Minute)
	resolved := s.do(ben, "PATCH", "/tickets/"+id+"/resolve", `{"agent_email":"ben@example.com","resolution_note":"Refunded."}`).ok(200)
	require.Equal(t, "resolved", resolved.str("status"))
	require.Equal(t, "2026-03-02T10:30:00Z", resolved.str("resolved_at"))
	require.Nil(t, resolved.json["sla_deadline"])
	s.do(carol, "POST", "/tickets/"+id+"/rating", `{"score":5,"comment":"Thanks!"}`).ok(200)
	s.do(carol, "POST", "/tickets/"+id+"/reopen", "").ok(200)
	s.do(ben, "PATCH", "/tickets/"+id+"/resolve", `{"resolution_note":"Refunded twice."}`).ok(200)

	over := s.do(ana, "GET", "/reports/overview", "").ok(200)
	require.EqualValues(t, 1, over.json["total_tickets"])
	require.EqualValues(t, 1, over.json["resolved"])
	require.EqualValues(t, 0, over.json["open"])
	require.EqualValues(t, 0, over.json["sla_breach_count"])
	require.EqualValues(t, 100, over.json["sla_compliance_pct"])
	require.EqualValues(t, 1.5, over.json["avg_resolution_hours"])
	require.Equal(t, map[string]any{"account": 1.}, over.json["by_category"])
	require.Equal(t, map[string]any{"low": 0., "medium": 0., "high": 0., "urgent": 1.}, over.json["by_priority"])
}

func TestCustomerSeesNothingInternal(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.open(carol, "Refund")
	id := opened.str("id")
	s.do(ana, "POST", "/tickets/"+id+"/notes", `{"body":"A secret note."}`).ok(201)
	s.do(ana, "POST", "/tickets/"+id+"/replies", `{"body":"Hello."}`).ok(201)
	s.do(ana, "POST", "/tickets/"+id+"/escalate", `{"reason":"A secret reason."}`).ok(200)

	thread := s.do(carol, "GET", "/tickets/"+id, "").ok(200)
	list := s.do(carol, "GET", "/tickets", "").ok(200)
	reply := s.do(carol, "POST", "/tickets/"+id+"/replies", `{"body":"Thanks."}`).ok(201)
	for _, a := range []answer{opened, thread, list, reply} {
		for _, secret := range []string{"secret", "ana@example.com", "sorry", "assigned_to", "escalation_level", "ai_suggested", "sla_deadline", "clocks", "tags", "events", "needs_review"} {
			require.NotContains(t, a.text, secret)
		}
	}
	var said []string
	for _, m := range thread.json["messages"].([]any) {
		said = append(said, m.(map[string]any)["body"].(string))
	}
	require.Equal(t, []string{"Please help.", "Hello."}, said)
}

func TestOverviewOfNothingHasNulls(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	over := s.do(boss, "GET", "/reports/overview?days=7", "").ok(200)
	const (
		none  = `{"n":0,"mean_hours":null,"p50_hours":null,"p90_hours":null}`
		group = `{"total":0,"resolved":0,"breached":0,"compliance_pct":null,"resolution":` + none + `}`
		rate  = `{"n":0,"of":0,"rate":null,"low":null,"high":null}`
	)
	require.JSONEq(t, `{
		"from":"2026-02-23T09:00:00Z", "to":"2026-03-02T09:00:00.000001Z",
		"total_tickets":0, "resolved":0, "open":0, "sla_breach_count":0,
		"sla_compliance_pct":null, "avg_resolution_hours":null,
		"by_category":{}, "by_priority":{"low":0,"medium":0,"high":0,"urgent":0}, "attainment":[], "policies":[],
		"categories":{}, "priorities":{"low":`+group+`,"medium":`+group+`,"high":`+group+`,"urgent":`+group+`},
		"flow":{"backlog_start":0,"created":0,"reopened":0,"resolved":0,"removed":0,"backlog_end":0},
		"first_response":`+none+`, "first_response_open":`+none+`, "resolution":`+none+`, "resolution_open":`+none+`,
		"reopened":`+rate+`, "one_touch":`+rate+`, "median_replies":null, "csat":{"mean":null,"content":`+rate+`,"response":`+rate+`}}`, over.text)
}

func TestReferenceServesAsAnID(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	first, second := s.open(carol, "One"), s.open(carol, "Two")
	ref := first.str("ref")
	for _, name := range []string{ref, strings.ToLower(ref), strings.ToUpper(first.str("id"))} {
		require.Equal(t, first.str("id"), s.do(ana, "GET", "/tickets/"+name, "").ok(200).str("id"))
	}
	merged := s.do(ana, "POST", "/tickets/"+strings.ToLower(ref)+"/merge", `{"into":"`+strings.ReplaceAll(strings.ToLower(second.str("ref")), "-", "")+`"}`).ok(200)
	require.Equal(t, second.str("id"), merged.str("id"))
	require.Equal(t, second.str("id"), s.do(carol, "GET", "/tickets/"+ref, "").ok(200).str("merged_into"))
	s.do(dave, "GET", "/tickets/"+ref, "").ok(404)
	s.do(ana, "GET", "/tickets/0000-0000", "").ok(404)
}

func TestAdminsKeepTheRoster(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	eve := `{"name":"Eve","email":"Eve@Example.com","skills":{"billing":0}}`
	saved := s.do(boss, "PUT", "/agents/Eve@Example.com", eve).ok(200)
	require.JSONEq(t, `{"id":"eve@example.com","name":"Eve","email":"eve@example.com","skills":{"billing":3},"capacity":10,"open_tickets":0,
"teams":[],"away":false,"away_at":null,"absences":[],"available":true,"manager":false,"restricted":false,"zone":"","version":1}`, saved.text)
	require.Len(t, s.do("agent:eve@example.com", "GET", "/agents", "").ok(200).json["agents"], 3)
	s.do(ana, "PUT", "/agents/eve@example.com", eve).ok(403)
	s.do(boss, "PUT", "/agents/eve@example.com", `{"name":"","capacity":-1}`).ok(422)
	s.do(carol, "GET", "/agents", "").ok(403)
	s.do(boss, "DELETE", "/agents/eve@example.com", "").ok(204)
	s.do(boss, "DELETE", "/agents/eve@example.com", "").ok(404)
	s.do("agent:eve@example.com", "GET", "/agents", "").ok(403)
}

func TestResolveInSomebodysName(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "Refund").str("id")
	path := "/tickets/" + id + "/resolve"
	s.do(ana, "PATCH", path, `{"agent_email":"ben@example.com","resolution_note":"x"}`).ok(403)
	s.do(carol, "PATCH", path, `{"resolution_note":"x"}`).ok(403)
	s.do(boss, "PATCH", path, `{"agent_email":"Ana@example.com","resolution_note":"Done."}`).ok(200)
	thread := s.do(ana, "GET", "/tickets/"+id, "").ok(200)
	require.Contains(t, thread.text, "Resolved by Ana (entered by boss@example.com): Done.")
}
