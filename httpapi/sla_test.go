package httpapi_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const goldBook = `{"calendars":[{"name":"office","zone":"Europe/Berlin","week":{"monday":["09:00-17:00"],"tuesday":["09:00-17:00"]}}],
"policies":[{"name":"gold","first_response":"2h","resolution":"4h","calendar":"office"}]}`

func TestAnAdminEditsTheSLA(t *testing.T) {
	s := serve(t, nil, nil)
	before := s.do(ana, "GET", "/sla", "").ok(200)
	require.Equal(t, `"0"`, before.header.Get("ETag"))
	require.Len(t, before.json["value"].(map[string]any)["policies"], 4, "those of the configuration")

	saved := s.do(boss, "PUT", "/sla", goldBook).ok(200)
	require.Equal(t, `"1"`, saved.header.Get("ETag"))
	require.Equal(t, "boss@example.com", saved.str("saved_by"))
	s.do(boss, "PUT", "/sla", goldBook, "If-Match", `"7"`).ok(412)
	s.do(boss, "PUT", "/sla", goldBook, "If-Match", `"1"`).ok(200)
	now := s.do(ana, "GET", "/sla", "").ok(200)
	require.Equal(t, `"2"`, now.header.Get("ETag"))
	require.Equal(t, "gold", now.json["value"].(map[string]any)["policies"].([]any)[0].(map[string]any)["name"])

	s.do(boss, "DELETE", "/sla", "").ok(204)
	versions := s.do(ana, "GET", "/sla/versions?limit=2", "").ok(200).json["versions"].([]any)
	require.Len(t, versions, 2)
	require.Equal(t, true, versions[0].(map[string]any)["removed"])
	require.Len(t, s.do(ana, "GET", "/sla/versions?below=3", "").ok(200).json["versions"], 2)
	require.Equal(t, `"0"`, s.do(ana, "GET", "/sla", "").ok(200).header.Get("ETag"))

	bad := s.do(boss, "PUT", "/sla", `{"policies":[{"name":"x","resolution":"-1h"}]}`).ok(422)
	require.Contains(t, bad.text, `"location":"body.policies[0].resolution"`)
	s.do(boss, "PUT", "/sla", `null`).ok(422)
	s.do(boss, "PUT", "/sla", `{"polices":[]}`).ok(422)
	s.do(ana, "PUT", "/sla", goldBook).ok(403)
	s.do(ana, "DELETE", "/sla", "").ok(403)
	s.do(ana, "POST", "/sla/apply", "").ok(403)
	for _, path := range []string{"/sla", "/sla/versions"} {
		s.do(carol, "GET", path, "").ok(403)
	}
}

func TestAnAgentLearnsWhyATicketIsDue(t *testing.T) {
	s := serve(t, nil, nil)
	id := s.open(carol, "Refund").str("id")
	s.do(boss, "PUT", "/sla", goldBook).ok(200)
	why := func() []any {
		return s.do(ana, "GET", "/tickets/"+id+"/sla", "").ok(200).json["clocks"].([]any)
	}
	require.Equal(t, "around the clock", why()[0].(map[string]any)["calendar"])
	s.do(ana, "POST", "/tickets/"+id+"/sla/apply", "").ok(403)
	applied := s.do(boss, "POST", "/tickets/"+id+"/sla/apply", "").ok(200)
	clock := applied.json["clocks"].([]any)[1].(map[string]any)
	require.Equal(t, "gold", clock["policy"])
	require.EqualValues(t, 1, clock["policy_version"])

	e := why()[1].(map[string]any)
	require.Equal(t, "office (Europe/Berlin)", e["calendar"])
	require.EqualValues(t, 4*3600, e["left_seconds"])
	require.Contains(t, e["why"], "Due Mon 2 Mar 2026 14:00 CET")
	require.Contains(t, e["text"], "saved by boss@example.com")
	require.NotEmpty(t, e["segments"])
	require.Len(t, e["steps"], 2)
	s.do(carol, "GET", "/tickets/"+id+"/sla", "").ok(403)
	s.do(dave, "GET", "/tickets/"+id+"/sla", "").ok(403) // as for any id: it tells nothing

	s.do(boss, "POST", "/sla/apply", "").ok(202)
	s.Advance(5 * time.Hour)
	void := `{"metric":"resolution","reason":"their own outage"}`
	s.do(ana, "POST", "/tickets/"+id+"/sla/void", void).ok(403)
	s.do(boss, "POST", "/tickets/"+id+"/sla/void", `{"metric":"next_response","reason":"x"}`).ok(422)
	s.do(boss, "POST", "/tickets/"+id+"/sla/void", void).ok(200)
	e = why()[1].(map[string]any)
	require.NotNil(t, e["clock"].(map[string]any)["voided_at"])
	require.Contains(t, e["why"], "declared void")
}
