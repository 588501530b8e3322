package httpapi_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// subjects lists the subjects of the tickets a path finds, following next_cursor.
func (s *server) subjects(who, path string) (found []string) {
	s.t.Helper()
	cursor := ""
	for range 10 {
		page := s.do(who, "GET", path+cursor, "").ok(200)
		for _, t := range page.json["tickets"].([]any) {
			found = append(found, t.(map[string]any)["subject"].(string))
		}
		if page.json["next_cursor"] == nil {
			return found
		}
		cursor = "&cursor=" + page.str("next_cursor")
	}
	require.Fail(s.t, "the pages do not end")
	return nil
}

func TestListFiltersSortsAndPages(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for _, subject := range []string{"First refund", "Second refund", "System down refund"} {
		s.do(boss, "POST", "/tickets", `{"subject":"`+subject+`","customer_email":"Carol@customer.test","source":"email","tags":["VIP"]}`).ok(201)
		s.Clock.Advance(time.Minute)
	}
	s.do(dave, "POST", "/tickets", `{"subject":"Fourth","source":"web_form"}`, "Prefer", "wait=0").ok(201)

	for query, want := range map[string][]string{
		"limit=2":                                       {"Fourth", "System down refund", "Second refund", "First refund"},
		"sort=oldest&limit=1":                           {"First refund", "Second refund", "System down refund", "Fourth"},
		"sort=urgency&limit=3":                          {"System down refund", "First refund", "Second refund", "Fourth"},
		"priority=urgent&priority=medium":               {"Fourth", "System down refund"},
		"priority=urgent,medium":                        {"Fourth", "System down refund"},
		"category=uncategorized":                        {"Fourth"},
		"category=billing&source=web_form":              nil,
		"unassigned=true":                               {"Fourth"},
		"assignee=ana@example.com&limit=2":              {"System down refund", "Second refund", "First refund"},
		"status=assigned&tag=vip&limit=100":             {"System down refund", "Second refund", "First refund"},
		"tag=VIP&created_to=2026-03-02T09:01:00Z":       {"First refund"},
		"customer_email=DAVE@customer.test":             {"Fourth"},
		"created_from=2026-03-02&created_to=2026-03-03": {"Fourth", "System down refund", "Second refund", "First refund"},
		"created_from=2026-03-03":                       nil, "created_to=2026-03-02": nil,
		"created_to=2026-03-02&zone=Pacific/Pago_Pago":                      {"Fourth", "System down refund", "Second refund", "First refund"},
		"created_from=2026-03-02T09:01:00Z&created_to=2026-03-02T09:02:00Z": {"Second refund"},
		"due_before=2026-03-02T09:45:00Z":                                   {"System down refund"},
		"assigned_before=2026-03-02T09:00:00Z":                              nil,
		"assigned_before=2026-03-02T09:02:00Z":                              {"Second refund", "First refund"},
		"assigned_before=2027-03-02T09:02:00Z":                              {"System down refund", "Second refund", "First refund"},
		"q=REFUND&sort=oldest&limit=2":                                      {"First refund", "Second refund", "System down refund"},
		"q=refund&priority=urgent":                                          {"System down refund"},
		"q=nothing":                                                         nil,
	} {
		require.Equal(t, want, s.subjects(ana, "/tickets?"+query), query)
	}
	require.Contains(t, refused(s.do(ana, "GET", "/tickets?created_to=soon", "")), "query.created_to is neither a time such as")
	require.Contains(t, refused(s.do(ana, "GET", "/tickets?created_to=2026-03-02&zone=Mars", "")), "query.zone is not the name of a time zone")
	require.Equal(t, []string{"Fourth"}, s.subjects(dave, "/tickets?limit=5"))
	require.Empty(t, s.subjects(dave, "/tickets?q=refund"))
	s.do(dave, "GET", "/tickets?customer_email=carol@customer.test", "").ok(403)
}
