package httpapi_test

import (
	"encoding/csv"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// sheet asks for a report as CSV.
func (s *server) sheet(who, path string, headers ...string) ([][]string, http.Header) {
	s.t.Helper()
	r, err := http.NewRequest("GET", s.url+path, nil)
	require.NoError(s.t, err)
	r.Header.Set("Test-Actor", who)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(s.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	require.Equal(s.t, 200, resp.StatusCode, string(text))
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	require.NoError(s.t, err)
	return rows, resp.Header
}

// busyDay has six tickets that Ana answers and resolves: three before and three after midnight in
// Kolkata.
func busyDay(t *testing.T) *server {
	s := serve(t, nil, nil)
	s.Advance(8 * time.Hour) // to 22:30 in Kolkata
	for i := range 6 {
		if i == 3 {
			s.Advance(3 * time.Hour)
		}
		id := s.open(carol, "Refund").str("id")
		s.Advance(10 * time.Minute)
		s.do(ana, "POST", "/tickets/"+id+"/replies", `{"body":"Hello."}`).ok(201)
		s.do(ana, "PATCH", "/tickets/"+id+"/resolve", `{"resolution_note":"Done."}`).ok(200)
		s.do(carol, "POST", "/tickets/"+id+"/rating", `{"score":5}`).ok(200)
	}
	return s
}

func TestASeriesIsByTheDaysOfTheZone(t *testing.T) {
	t.Parallel()
	s := busyDay(t)
	created := func(path string) (n []float64) {
		for _, p := range s.do(ana, "GET", path, "").ok(200).json["points"].([]any) {
			n = append(n, p.(map[string]any)["flow"].(map[string]any)["created"].(float64))
		}
		return n
	}
	const march = "from=2026-03-02&to=2026-03-04"
	require.Equal(t, []float64{6, 0}, created("/reports/series?"+march))
	require.Equal(t, []float64{3, 3}, created("/reports/series?"+march+"&zone=Asia/Kolkata"))
	require.Equal(t, []float64{6}, created("/reports/series?step=week&zone=Asia/Kolkata&"+march))
	require.Equal(t, []float64{0, 0}, created("/reports/series?category=uncategorized&"+march))
	require.Equal(t, []float64{6, 0}, created("/reports/series?category=billing&category=uncategorized&priority=high&agent=ana@example.com&"+march))
	point := s.do(ana, "GET", "/reports/series?from=2026-03-03&to=2026-03-04&zone=Asia/Kolkata", "").ok(200).json["points"].([]any)[0].(map[string]any)
	require.Equal(t, "2026-03-03T00:00:00+05:30", point["from"])
	require.Equal(t, map[string]any{
		"backlog_start": 0.0, "created": 3.0, "reopened": 0.0, "resolved": 3.0, "removed": 0.0, "backlog_end": 0.0,
	}, point["flow"])
	require.InDelta(t, 1.0/6, point["first_response"].(map[string]any)["p50_hours"], 1e-9)

	heat := s.do(ana, "GET", "/reports/heatmap?zone=Asia/Kolkata&"+march, "").ok(200)
	monday := heat.json["days"].([]any)[0].(map[string]any)
	require.Equal(t, "Monday", monday["weekday"])
	require.Equal(t, 3.0, monday["created"].([]any)[22])
	require.Equal(t, 1.0, monday["hours"].([]any)[22])
}

func TestReportsComeAsCSVToo(t *testing.T) {
	t.Parallel()
	s := busyDay(t)
	for path, first := range map[string]string{
		"/reports/overview": "measure", "/reports/overview?compare=true": "measure", "/reports/series": "from", "/reports/heatmap": "weekday", "/reports/agents": "agent",
	} {
		sign := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
		rows, header := s.sheet(boss, path+sign+"format=csv")
		require.Equal(t, first, rows[0][0])
		require.Greater(t, len(rows), 1, path)
		require.Equal(t, "text/csv; charset=utf-8", header.Get("Content-Type"))
		require.Contains(t, header.Get("Content-Disposition"), "attachment")
		same, _ := s.sheet(boss, path, "Accept", "text/csv, */*;q=0.1")
		require.Equal(t, rows, same)
		require.Empty(t, s.do(boss, "GET", path+sign+"format=json", "", "Accept", "text/csv").ok(200).header.Get("Content-Disposition"))
		s.do(boss, "GET", path, "", "Accept", "text/html, */*").ok(200)
	}
	a := s.do(boss, "GET", "/reports/series?format=csv&zone=Mars", "", "Accept", "text/csv").ok(422)
	require.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
	s.do(ana, "GET", "/tickets", "", "Accept", "text/csv").ok(200)
	s.do("", "GET", "/healthz", "", "Accept", "text/csv; charset=utf-8").ok(200)
	doc := s.do("", "GET", "/openapi.json", "").ok(200).json
	get := doc["paths"].(map[string]any)["/reports/agents"].(map[string]any)["get"].(map[string]any)
	require.Contains(t, get["responses"].(map[string]any)["200"].(map[string]any)["content"], "text/csv")
}

func TestAPeriodIsSaidInOneWay(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for query, problem := range map[string]string{
		"zone=Mars": "query.zone", "zone=Local": "query.zone", "from=yesterday": "query.from", "to=2026-03-04": "query.from", "from=2026-03-02&to=soon": "query.to",
		"from=2026-03-02&days=3": "query.days", "from=2026-03-02&to=2026-03-01": "period", "days=0": "query.days", "step=hour": "query.step",
		"from=2001-01-01": "step", "from=0000-01-01": "query.from", "from=1969-12-31": "query.from",
		"from=2026-03-02&to=0000-03-02": "period", "team=%00": "team", "category=nonsense": "category", "format=xml": "query.format",
	} {
		require.Contains(t, s.do(ana, "GET", "/reports/series?"+query, "").ok(422).text, problem, query)
	}
	s.do(ana, "GET", "/reports/heatmap?days=367", "").ok(422)
	s.do(ana, "GET", "/reports/overview?from=2026-03-01T00:00:00%2B02:00", "").ok(200)
}

func TestReportsAreForStaffAndComparisonsForAdmins(t *testing.T) {
	t.Parallel()
	s := busyDay(t)
	for _, path := range []string{"overview", "series", "heatmap", "agents"} {
		s.do(carol, "GET", "/reports/"+path, "").ok(403)
		s.do("", "GET", "/reports/"+path, "").ok(401)
	}
	id := s.open(carol, "Refund").str("id")
	_, err := s.Reassign(t.Context(), helpdesk.TicketID(id), "ben@example.com")
	require.NoError(t, err)
	all := s.do(boss, "GET", "/reports/agents", "").ok(200).json["agents"].([]any)
	require.Len(t, all, 2)
	of := all[0].(map[string]any)
	require.Equal(t, "ana@example.com", of["agent"])
	shown := of["shown"].(map[string]any)
	require.Equal(t, 0.0, shown["breaches"])
	require.Equal(t, 5.0, shown["csat"].(map[string]any)["mean"])
	require.Equal(t, map[string]any{"agent": "ben@example.com", "held": 1.0, "kept": 1.0, "resolved": 0.0}, all[1])
	own := s.do(ben, "GET", "/reports/agents", "").ok(200).json["agents"].([]any)
	require.Equal(t, []any{all[1]}, own)
}
