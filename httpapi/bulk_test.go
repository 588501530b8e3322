package httpapi_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestBulkHasAResultForEveryTicket(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	one, two, closed := s.open(carol, "One"), s.open(carol, "Two"), s.open(carol, "Closed")
	s.do(ana, "PATCH", "/tickets/"+closed.str("id"), `{"status":"closed"}`).ok(200)

	got := s.do(ana, "POST", "/tickets/bulk", `{"action":"resolve","note":"Paid back.","tickets":[
		{"id":"`+one.str("ref")+`"},
		{"id":"`+two.str("id")+`","version":99},
		{"id":"`+closed.str("id")+`"},
		{"id":"0000-0000"}]}`).ok(200)
	require.EqualValues(t, 1, got.json["done"])
	var said []string
	for _, r := range got.json["results"].([]any) {
		r := r.(map[string]any)
		line := r["id"].(string)
		if p, ok := r["problem"].(map[string]any); ok {
			line += ": " + p["detail"].(string)
		}
		said = append(said, line)
	}
	require.Equal(t, []string{
		one.str("ref"),
		two.str("id") + ": it has changed: If-Match is not its version any more",
		closed.str("id") + ": status cannot go from closed to resolved",
		`0000-0000: read ticket "0000-0000": not found`,
	}, said)
	first := s.do(ana, "GET", "/tickets/"+one.str("id"), "").ok(200)
	require.Equal(t, "resolved", first.str("status"))
	require.Equal(t, first.json["version"], got.json["results"].([]any)[0].(map[string]any)["version"])
	require.Equal(t, "assigned", s.do(ana, "GET", "/tickets/"+two.str("id"), "").str("status"))
}

func TestBulkDoesWhatTheRouteForOneTicketDoes(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.do(boss, "POST", "/tickets", `{"subject":"One","customer_email":"carol@customer.test","tags":["first"]}`).ok(201).str("id")
	for _, step := range []struct{ command, field, want string }{
		{`"action":"take"`, "status", "in_progress"},
		{`"action":"priority","priority":"urgent"`, "priority", "urgent"},
		{`"action":"category","category":"account"`, "category", "account"},
		{`"action":"status","status":"waiting_customer"`, "status", "waiting_customer"},
		{`"action":"add_tags","tags":["VIP"]`, "tags", "first refund vip"},
		{`"action":"set_tags","tags":["b","a"]`, "tags", "a b"},
		{`"action":"assign","agent":"ben@example.com"`, "assigned_to", "ben@example.com"},
		{`"action":"escalate","reason":"big"`, "status", "escalated"},
		{`"action":"decline","reason":"not mine"`, "assigned_to", "ana@example.com"},
		{`"action":"resolve","note":"Done."`, "status", "resolved"},
		{`"action":"reopen"`, "status", "in_progress"},
	} {
		who := boss
		if strings.Contains(step.command, "take") {
			who = ana // to take is for those in the roster
		}
		got := s.do(who, "POST", "/tickets/bulk", `{"tickets":[{"id":"`+id+`"}],`+step.command+`}`).ok(200)
		require.EqualValues(t, 1, got.json["done"], got.text)
		s.Drain()
		value := s.do(ana, "GET", "/tickets/"+id, "").json[step.field]
		if tags, ok := value.([]any); ok {
			var names []string
			for _, tag := range tags {
				names = append(names, tag.(string))
			}
			value = strings.Join(names, " ")
		}
		require.Equal(t, step.want, value, step.command)
	}
}

func TestBulkRefusesWhatIsWrongForEveryTicket(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "One").str("id")
	one := `"tickets":[{"id":"` + id + `"}]`
	many := `"tickets":[` + strings.TrimSuffix(strings.Repeat(`{"id":"`+id+`"},`, 201), ",") + `]`
	for body, want := range map[string]string{
		`{` + one + `,"action":"resolve"}`:                       "note is missing: resolve needs it\nbody.note is missing: resolve needs it",
		`{` + one + `,"action":"take","note":"x","agent":"ben"}`: "agent has nothing to do with take; note has nothing to do with take\nbody.agent has nothing to do with take\nbody.note has nothing to do with take",
		`{` + one + `,"action":"explode"}`:                       "validation failed\nbody.action expected value to be one of \"take, assign, decline, resolve, reopen, escalate, status, priority, category, set_tags, add_tags\"",
		`{"tickets":[],"action":"take"}`:                         "validation failed\nbody.tickets expected array length >= 1",
		`{` + many + `,"action":"take"}`:                         "validation failed\nbody.tickets expected array length <= 200",
		`{` + one + `,"action":"take","colour":"red"}`:           "validation failed\nbody.colour unexpected property",
	} {
		require.Equal(t, "422 Unprocessable Entity: "+want, refused(s.do(ana, "POST", "/tickets/bulk", body)))
	}
	require.Equal(t, "assigned", s.do(ana, "GET", "/tickets/"+id, "").str("status"))
	s.do(ana, "POST", "/tickets/bulk", `{`+one+`,"action":"resolve","note":"`+strings.Repeat("x", 10<<20)+`"}`).ok(413)
}

func TestListHasTheViewsOfThePages(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	open := func(subject string) string { return s.open(carol, subject).str("id") }
	first, second, third := open("First"), open("Second"), open("Third")
	s.do(ben, "POST", "/tickets/"+second+"/take", "").ok(200)
	s.do(ana, "POST", "/tickets/"+third+"/replies", `{"body":"Which order?","waiting":true}`).ok(201)
	s.do(ana, "PATCH", "/tickets/"+open("Done")+"/resolve", `{"resolution_note":"x"}`).ok(200)
	s.do(ana, "POST", "/tickets/"+open("Nobody's")+"/decline", `{"reason":"no"}`).ok(200)

	count := func(who, query string) float64 {
		return s.do(who, "GET", "/tickets/count?"+query, "").ok(200).json["count"].(float64)
	}
	for query, want := range map[string][]string{
		"view=open":                         {"Nobody's", "Third", "Second", "First"},
		"view=mine":                         {"Third", "First"},
		"view=mine&status=waiting_customer": {"Third"},
		"view=unassigned":                   {"Nobody's"},
		"view=waiting":                      {"Third"},
		"view=risk":                         nil,
		"view=late":                         nil,
		"view=all":                          {"Nobody's", "Done", "Third", "Second", "First"},
		"":                                  {"Nobody's", "Done", "Third", "Second", "First"},
		"q=" + s.do(ana, "GET", "/tickets/"+first, "").str("ref"): {"First"},
	} {
		require.Equal(t, want, s.subjects(ana, "/tickets?limit=2&"+query), query)
		require.EqualValues(t, len(want), count(ana, query), query)
	}
	s.Clock.Advance(59*time.Minute + 40*time.Second) // high: an hour for the first response
	require.ElementsMatch(t, []string{"Nobody's", "Second", "First"}, s.subjects(ana, "/tickets?view=risk&sort=due"))
	s.Clock.Advance(time.Minute)
	late := []string{"Nobody's", "Second", "First"}
	require.ElementsMatch(t, late, s.subjects(ana, "/tickets?view=late"))
	require.ElementsMatch(t, late, s.subjects(ana, "/tickets?view=late&limit=1"))
	require.ElementsMatch(t, late, s.subjects(ana, "/tickets?late_before="+s.Clock.Now().Format(time.RFC3339)))
	require.EqualValues(t, 3, count(ana, "view=late"))

	require.Equal(t, "422 Unprocessable Entity: assignee is said by view=mine already\nquery.assignee is said by view=mine already",
		refused(s.do(ana, "GET", "/tickets?view=mine&assignee=ben@example.com", "")))
	s.do(ana, "GET", "/tickets?view=odd", "").ok(422)
}

func TestCountSaysWhenThereAreMore(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for range 3 {
		s.open(carol, "Refund")
	}
	s.open(dave, "Refund")
	for query, want := range map[string]string{
		"most=3":           `{"count":3,"more":true}`,
		"most=4":           `{"count":4,"more":false}`,
		"":                 `{"count":4,"more":false}`,
		"q=refund&most=1":  `{"count":1,"more":true}`,
		"q=nothing&most=1": `{"count":0,"more":false}`,
	} {
		require.JSONEq(t, want, s.do(ana, "GET", "/tickets/count?"+query, "").ok(200).text, query)
	}
	require.JSONEq(t, `{"count":3,"more":false}`, s.do(carol, "GET", "/tickets/count", "").ok(200).text, "customers count their own")
	s.do(carol, "GET", "/tickets/count?customer_email=dave@customer.test", "").ok(403)
	s.do(ana, "GET", "/tickets/count?most=0", "").ok(422)
	s.do(ana, "GET", "/tickets/count?cursor=x", "").ok(422)
}

func TestReviewPagesAreFilledAndCountNoTicketTwice(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	unsure := helpdesk.Classification{Category: helpdesk.Billing, Priority: helpdesk.Low, Confidence: 0.1, Classifier: "script"}
	sure := unsure
	sure.Confidence = 0.9
	var want []string
	for i := range 9 {
		subject := "Ticket " + string(rune('A'+i))
		if s.Classifier.Answer(sure); i%2 == 0 {
			s.Classifier.Answer(unsure)
		}
		a := s.open(carol, subject)
		if s.do(ana, "GET", "/tickets/"+a.str("id"), "").json["needs_review"] == true {
			want = append([]string{subject}, want...)
		}
	}
	require.NotEmpty(t, want)
	require.Less(t, len(want), 9)
	require.Len(t, s.do(ana, "GET", "/tickets?view=review&limit=2", "").json["tickets"], 2)
	for _, limit := range []string{"1", "2", "3", "100"} {
		require.Equal(t, want, s.subjects(ana, "/tickets?view=review&limit="+limit), limit)
	}
	require.EqualValues(t, len(want), s.do(ana, "GET", "/tickets/count?view=review", "").ok(200).json["count"])
}

func TestASearchSaysWhichWordsToMark(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.open(carol, "Refund of order 17")
	require.Equal(t, []any{"order", "refund"}, s.do(ana, "GET", "/tickets?q=ORDER,+refund+order", "").ok(200).json["words"])
	require.NotContains(t, s.do(ana, "GET", "/tickets", "").ok(200).json, "words")
}

func TestASearchShowsExcerptsAndNamesItsOperators(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.do(carol, "POST", "/tickets", `{"subject":"Rechnung Häusler","description":"The antenna fell off.","source":"web_form"}`).ok(201)
	list := func(who, q string) []any {
		return s.do(who, "GET", "/tickets?q="+url.QueryEscape(q), "").ok(200).json["tickets"].([]any)
	}
	want := []any{map[string]any{"text": "The ", "hit": false}, map[string]any{"text": "antenna", "hit": true}, map[string]any{"text": " fell off.", "hit": false}}
	require.Equal(t, want, list(ana, "hausler ant")[0].(map[string]any)["excerpt"])
	require.Equal(t, want, list(carol, `"antenna"`)[0].(map[string]any)["excerpt"])
	require.NotContains(t, list(ana, "status:open")[0], "excerpt")
	require.Contains(t, s.do(ana, "GET", "/tickets?q=status:odd", "").ok(422).text, `status: \"odd\" is not one of open`)
	s.do(carol, "GET", "/tickets?q=agent:me", "").ok(403)
	for who, n := range map[string]int{ana: 8, carol: 6} {
		require.Len(t, s.do(who, "GET", "/search-operators", "").ok(200).json["operators"], n, who)
	}
}

func TestCustomersCannotAskByWhatTheyDoNotSee(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.open(carol, "Refund")
	for _, query := range []string{
		"assignee=ana@example.com", "unassigned=true", "waiting=true", "tag=refund", "due_before=2027-01-01T00:00:00Z",
		"late_before=2027-01-01T00:00:00Z", "assigned_before=2027-01-01T00:00:00Z", "view=mine", "view=unassigned", "view=risk", "view=late", "view=review", "sort=due", "sort=urgency",
	} {
		a := s.do(carol, "GET", "/tickets?"+query, "").ok(403)
		require.Contains(t, refused(a), "is for agents only", query)
	}
	for _, query := range []string{"view=open", "view=all", "status=assigned", "category=billing", "priority=high", "sort=oldest", "q=refund"} {
		require.Equal(t, []string{"Refund"}, s.subjects(carol, "/tickets?limit=1&"+query), query)
	}
}
