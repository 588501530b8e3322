package httpapi_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestALateEditOfAnAgentIsRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	const eve = `{"name":"Eve","email":"eve@example.com","skills":{"billing":4}}`
	first := s.do(boss, "PUT", "/agents/eve@example.com", eve).ok(200)
	require.Equal(t, `"1"`, first.header.Get("ETag"))
	blind := s.do(boss, "PUT", "/agents/eve@example.com", eve).ok(409)
	require.Contains(t, blind.text, `"location":"body.version"`)
	require.Equal(t, `"2"`, s.do(boss, "PUT", "/agents/eve@example.com", eve, "If-Match", `"1"`).ok(200).header.Get("ETag"))
	s.do(boss, "PUT", "/agents/eve@example.com", eve, "If-Match", `"1"`).ok(412)
}

func TestAgentsSayThemselvesWhenTheyAreAway(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	gone := s.do(ana, "PUT", "/agents/ana@example.com/availability", `{"away":true}`).ok(200)
	require.Equal(t, true, gone.json["away"])
	require.Equal(t, false, gone.json["available"])
	late := s.do(ana, "PUT", "/agents/ana@example.com/availability", `{"away":false,"at":"2026-03-02T08:00:00Z"}`).ok(200)
	require.Equal(t, true, late.json["away"], "what is older than what is known changes nothing")
	back := s.do(boss, "PUT", "/agents/ana@example.com/availability", `{"away":false}`).ok(200)
	require.Equal(t, true, back.json["available"])

	const holiday = `{"absences":[{"from":"2026-03-01T00:00:00Z","to":"2026-03-09T00:00:00Z","reason":"skiing"}]}`
	planned := s.do(ana, "PUT", "/agents/ana@example.com/absences", holiday).ok(200)
	require.Equal(t, false, planned.json["available"])
	require.Equal(t, "skiing", planned.json["absences"].([]any)[0].(map[string]any)["reason"])
	s.do(ana, "PUT", "/agents/ben@example.com/absences", holiday).ok(403)
	s.do(ana, "PUT", "/agents/ben@example.com/availability", `{"away":false}`).ok(403)
	s.do(carol, "PUT", "/agents/ana@example.com/availability", `{"away":true}`).ok(403)
	s.do(boss, "PUT", "/agents/nobody@example.com/availability", `{"away":true}`).ok(404)
	bad := s.do(ana, "PUT", "/agents/ana@example.com/absences", `{"absences":[{"from":"2026-03-09T00:00:00Z","to":"2026-03-01T00:00:00Z"}]}`).ok(422)
	require.Contains(t, bad.text, `"location":"body.absences"`)
	for _, from := range []string{"0000-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00"} { // in UTC the latter is 10000
		bad = s.do(ana, "PUT", "/agents/ana@example.com/absences", `{"absences":[{"from":"`+from+`"}]}`).ok(422)
		require.Contains(t, bad.text, `"location":"body.absences"`)
	}
}

// An agent is found by id or mail address, in any case, wherever the path names one.
func TestAgentsAreFoundByMailInAnyCase(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	require.Equal(t, true, s.do(boss, "PUT", "/agents/Ana@Example.com/availability", `{"away":true}`).ok(200).json["away"])
	s.do(boss, "PUT", "/agents/ANA@example.com/absences", `{"absences":[]}`).ok(200)
	s.do(boss, "DELETE", "/agents/ANA@example.com", "").ok(204)
	s.do(boss, "PUT", "/agents/ana@example.com/availability", `{"away":true}`).ok(404)
}

func TestTeamsAreKeptByAdmins(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	const money = `{"name":"Money","categories":["billing"],"managers":["ben@example.com"]}`
	s.do(ana, "PUT", "/teams/money", money).ok(403)
	saved := s.do(boss, "PUT", "/teams/money", money).ok(200)
	require.JSONEq(t, `{"id":"money","name":"Money","categories":["billing"],"managers":["ben@example.com"],"version":1}`, saved.text)
	s.do(boss, "PUT", "/teams/money", money).ok(409)
	s.do(boss, "PUT", "/teams/money", money, "If-Match", `"1"`).ok(200)
	require.Len(t, s.do(ana, "GET", "/teams", "").ok(200).json["teams"], 1)
	bad := s.do(boss, "PUT", "/teams/x", `{"name":"","categories":["shipping"]}`).ok(422)
	require.Contains(t, bad.text, `"location":"body.name"`)
	require.Contains(t, bad.text, `"location":"body.categories"`)
	s.do(carol, "GET", "/teams", "").ok(403)
	s.do(ana, "DELETE", "/teams/money", "").ok(403)
	s.do(boss, "DELETE", "/teams/money", "").ok(204)
	s.do(boss, "DELETE", "/teams/money", "").ok(404)
}

func TestWhyATicketIsWithAnAgent(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "Refund").str("id")
	why := s.do(ana, "GET", "/tickets/"+id+"/assignment", "").ok(200)
	require.Equal(t, "ana@example.com", why.str("assigned_to"))
	step := why.json["steps"].([]any)[0].(map[string]any)
	require.Equal(t, "assigned", step["type"])
	require.Equal(t, "ana@example.com", step["ranked"].([]any)[0].(map[string]any)["agent"])
	require.Equal(t, "away", step["excluded"].([]any)[0].(map[string]any)["why"])

	s.do("agent:ben@example.com", "POST", "/tickets/"+id+"/decline", `{"reason":"not mine"}`).ok(403)
	s.do(ana, "POST", "/tickets/"+id+"/decline", `{"reason":" "}`).ok(422)
	given := s.do(ana, "POST", "/tickets/"+id+"/decline", `{"reason":"I know the customer"}`).ok(200)
	require.Nil(t, given.json["assigned_to"])
	require.NotNil(t, given.json["waiting_since"])
	require.Len(t, s.do(ana, "GET", "/tickets?waiting=true&sort=due", "").ok(200).json["tickets"], 1)
	after := s.do(ana, "GET", "/tickets/"+id+"/assignment", "").ok(200)
	require.Equal(t, []any{"ana@example.com"}, after.json["declined"])
	require.Contains(t, after.str("text"), "declined: I know the customer")
	s.do(carol, "GET", "/tickets/"+id+"/assignment", "").ok(403)
	require.Empty(t, s.do(boss, "GET", "/reports/load-drift", "").ok(200).json["drift"])
	s.do(ana, "GET", "/reports/load-drift", "").ok(403)
}
