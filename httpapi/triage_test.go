package httpapi_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnAdminEditsTheFloors(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	const kiln = `{"rules":[{"phrase":"kiln is cold","priority":"high"}]}`
	before := s.do(ana, "GET", "/priority-rules", "").ok(200)
	require.Equal(t, `"0"`, before.header.Get("ETag"))
	require.NotEmpty(t, before.json["value"].(map[string]any)["rules"])
	saved := s.do(boss, "PUT", "/priority-rules", kiln).ok(200)
	require.Equal(t, `"1"`, saved.header.Get("ETag"))
	require.Equal(t, "high", s.open(carol, "The kiln is cold").str("priority"))
	s.do(boss, "PUT", "/priority-rules", kiln, "If-Match", `"7"`).ok(412)
	bad := s.do(boss, "PUT", "/priority-rules", `{"rules":[{"phrase":"?","priority":"high"}]}`).ok(422)
	require.Contains(t, bad.text, `"location":"body.rules[0].phrase"`)
	s.do(boss, "PUT", "/priority-rules", `null`).ok(422)
	s.do(ana, "PUT", "/priority-rules", kiln).ok(403)
	s.do(carol, "GET", "/priority-rules", "").ok(403)
	s.do(ana, "DELETE", "/priority-rules", "").ok(403)
	s.do(boss, "DELETE", "/priority-rules", "").ok(204)
	require.Equal(t, `"0"`, s.do(ana, "GET", "/priority-rules", "").ok(200).header.Get("ETag"))
}

func TestTheTriageReportIsForStaff(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "Refund").str("id")
	s.do(boss, "PATCH", "/tickets/"+id, `{"category":"billing"}`).ok(200)
	r := s.do(ana, "GET", "/reports/triage?days=1", "").ok(200)
	require.EqualValues(t, 1, r.json["tickets"])
	c := r.json["classifiers"].([]any)[0].(map[string]any)
	require.EqualValues(t, 1, c["asked"])
	s.do(carol, "GET", "/reports/triage", "").ok(403)
	s.do(ana, "GET", "/reports/triage?days=0", "").ok(422)
}

func TestSimilarTicketsAreForStaff(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	old := s.open(carol, "The VPN tunnel drops").str("id")
	s.do(ana, "PATCH", "/tickets/"+old+"/resolve", `{"resolution_note":"Keepalive of 20 seconds."}`).ok(200)
	s.Drain()
	id := s.open(carol, "Our VPN tunnel drops").str("id")
	found := s.do(ana, "GET", "/tickets/"+id+"/similar", "").ok(200).json["tickets"].([]any)
	require.Len(t, found, 1)
	require.Equal(t, "Keepalive of 20 seconds.", found[0].(map[string]any)["resolution"])
	s.do(carol, "GET", "/tickets/"+id+"/similar", "").ok(403)
	s.do(ana, "GET", "/tickets/"+id+"/similar?limit=51", "").ok(422)
	s.do(ana, "GET", "/tickets/0000-0000/similar", "").ok(404)
}
