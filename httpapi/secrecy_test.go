package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestCustomersDoNotSeeAnEscalation(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	open := func() answer {
		return s.do(carol, "POST", "/tickets", `{"subject":"Kiln","description":"Cold"}`, "Idempotency-Key", "k").ok(201)
	}
	id := open().str("id")
	s.Drain()
	s.do(ana, "POST", "/tickets/"+id+"/escalate", `{"reason":"Big customer"}`).ok(200)
	for _, path := range []string{"/tickets/" + id, "/tickets", "/tickets?q=cold", "/tickets?view=open"} {
		a := s.do(carol, "GET", path, "").ok(200)
		require.Contains(t, a.text, `"status":"in_progress"`, path)
		require.NotContains(t, a.text, "scalated", path)
	}
	require.Equal(t, "in_progress", open().str("status"))
	refused := s.do(carol, "POST", "/tickets/"+id+"/reopen", "").ok(409)
	require.NotContains(t, refused.text, "escalated")
	for status, want := range map[string]int{
		"escalated": 0, "new": 0, "new,assigned,escalated": 0, "in_progress": 1, "in_progress,escalated": 1,
	} {
		list := s.do(carol, "GET", "/tickets?status="+status, "").ok(200)
		require.Len(t, list.json["tickets"], want, status)
		found := s.do(carol, "GET", "/tickets?q=cold&status="+status, "").ok(200)
		require.Len(t, found.json["tickets"], want, status)
		count := s.do(carol, "GET", "/tickets/count?status="+status, "").ok(200)
		require.EqualValues(t, want, count.json["count"], status)
	}
	require.Len(t, s.do(ana, "GET", "/tickets?status=escalated", "").ok(200).json["tickets"], 1)
	require.Empty(t, s.do(ana, "GET", "/tickets?status=in_progress", "").ok(200).json["tickets"])
}

func TestACustomersVersionMovesOnlyWithWhatTheySee(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "Kiln").str("id")
	s.Drain()
	at := "/tickets/" + id
	type seen struct {
		etag, updated string
		version       any
	}
	see := func() seen {
		a := s.do(carol, "GET", at, "").ok(200)
		require.Equal(t, a.header.Get("ETag"), fmt.Sprintf(`"%.0f"`, a.json["version"]))
		return seen{a.header.Get("ETag"), a.str("updated_at"), a.json["version"]}
	}
	work := func(method, path, body string) {
		t.Helper()
		last := s.do(ana, "GET", at, "").ok(200).str("updated_at")
		s.Clock.Advance(time.Second)
		a := s.do(ana, method, at+path, body)
		require.Less(t, a.status, 300, a.text)
		require.Greater(t, s.do(ana, "GET", at, "").ok(200).str("updated_at"), last, "agents see each change")
	}
	s.do(ana, "POST", at+"/reassign", `{"agent":"ana@example.com"}`).ok(200)
	before := see()
	work("POST", "/reassign", `{"agent":"ben@example.com"}`)
	work("POST", "/notes", `{"body":"He is angry"}`)
	work("PUT", "/tags", `{"tags":["angry"]}`)
	require.Equal(t, before, see())

	work("POST", "/take", "")
	taken := see()
	require.NotEqual(t, before, taken, "the status is for customers too")
	work("POST", "/escalate", `{"reason":"Big customer"}`)
	s.Drain()
	require.Equal(t, taken, see())

	s.do(carol, "POST", at+"/replies", `{"body":"Hello?"}`, "If-Match", before.etag).ok(412)
	said := s.do(carol, "POST", at+"/replies", `{"body":"Hello?"}`, "If-Match", taken.etag).ok(201)
	require.Equal(t, see().etag, said.header.Get("ETag"))
	require.NotEqual(t, taken.etag, said.header.Get("ETag"))
	work("POST", "/replies", `{"body":"We are here."}`)
	s.do(carol, "POST", at+"/replies", `{"body":"Good"}`, "If-Match", said.header.Get("ETag")).ok(412)
}

// The id in a path is all in which two answers may differ, besides the id and date of the request.
func TestACustomerGetsOneAnswerForAnotherCustomersTicketAndForNone(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	theirs := s.do(dave, "POST", "/tickets", `{"subject":"Mine","files":[{"name":"a.txt","content":"aGk="}]}`).ok(201)
	s.Drain()
	s.do(ana, "PATCH", "/tickets/"+theirs.str("id")+"/resolve", `{"resolution_note":"Done"}`).ok(200)
	message := s.do(dave, "GET", "/tickets/"+theirs.str("id"), "").json["messages"].([]any)[0].(map[string]any)
	file := message["attachments"].([]any)[0].(map[string]any)["id"].(string)
	requests := []struct{ method, path, body string }{
		{"GET", "", ""},
		{"GET", "/attachments/" + file, ""},
		{"POST", "/replies", `{"body":"Hello"}`},
		{"POST", "/replies", `{"body":"Hello","files":[{"name":"b.txt","content":"aGk="}]}`},
		{"POST", "/reopen", ""},
		{"POST", "/rating", `{"score":1}`},
		{"POST", "/notes", `{"body":"x"}`},
		{"POST", "/take", ""},
		{"PATCH", "", `{"priority":"low"}`},
	}
	for _, ids := range [][2]string{
		{theirs.str("id"), "0195a1b2-0000-7000-8000-000000000000"},
		{theirs.str("ref"), "0000-0000"},
	} {
		for _, r := range requests {
			for _, match := range []string{"*", `"1"`, theirs.header.Get("ETag")} {
				answers := [2]answer{}
				for i, id := range ids {
					a := s.do(carol, r.method, "/tickets/"+id+r.path, r.body, "If-Match", match, "X-Request-Id", "one")
					a.text = strings.ReplaceAll(a.text, id, "ID")
					a.header = maps.Clone(a.header)
					a.header.Del("Date")
					a.header.Del("Content-Length")
					answers[i] = a
				}
				require.Contains(t, []int{http.StatusNotFound, http.StatusForbidden}, answers[0].status, "%v", r)
				require.Equal(t, answers[0].status, answers[1].status, "%v", r)
				require.Equal(t, answers[0].text, answers[1].text, "%v", r)
				require.Equal(t, answers[0].header, answers[1].header, "%v", r)
			}
		}
	}
}

func TestAMergeTellsACustomerNothingOfAnothersTicket(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	mine, second, theirs := s.open(carol, "Mine"), s.open(carol, "Second"), s.open(dave, "Theirs")
	s.Drain()
	merge := func(from, into answer) {
		s.do(ana, "POST", "/tickets/"+from.str("id")+"/merge", `{"into":"`+into.str("id")+`"}`).ok(200)
	}
	merge(second, mine)
	require.Equal(t, mine.str("id"), s.do(carol, "GET", "/tickets/"+second.str("id"), "").ok(200).str("merged_into"))
	before := s.do(dave, "GET", "/tickets/"+theirs.str("id"), "").ok(200)
	merge(mine, theirs)
	for _, path := range []string{"/tickets/" + mine.str("id"), "/tickets/" + second.str("id"), "/tickets", "/tickets?q=help"} {
		a := s.do(carol, "GET", path, "").ok(200)
		require.NotContains(t, a.text, theirs.str("id"), path)
		require.NotContains(t, a.text, theirs.str("ref"), path)
	}
	require.Nil(t, s.do(carol, "GET", "/tickets/"+mine.str("id"), "").json["merged_into"])
	after := s.do(dave, "GET", "/tickets/"+theirs.str("id"), "").ok(200)
	require.Equal(t, before.text, after.text, "and the other customer sees no change")
	require.Equal(t, before.header.Get("ETag"), after.header.Get("ETag"))
}

func TestARequestThatWasGivenUpIsNoErrorInTheLog(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	before := func(context.Context, *helpdesk.Change) error {
		cancel()
		return errors.New("pq: canceling statement due to user request")
	}
	s := &server{t: t, log: &strings.Builder{}}
	s.Desk = helpdesktest.New(t, nil, &helpdesk.Config{Before: before})
	r := httptest.NewRequestWithContext(ctx, "POST", "/tickets", strings.NewReader(`{"subject":"Kiln"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Test-Actor", carol)
	w := httptest.NewRecorder()
	handler(t, s, nil).ServeHTTP(w, r)
	require.Equal(t, 503, w.Code, w.Body)
	require.NotContains(t, s.log.String(), "level=ERROR")
}
