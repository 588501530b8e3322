package httpapi_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEndLinksIsForStaff(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.open(carol, "Refund")
	path := "/tickets/" + opened.str("ref") + "/end-links"
	s.do(carol, "POST", path, "").ok(403)
	s.do("customer:eve@customer.example", "POST", path, "").ok(404)
	after := s.do(ana, "POST", path, "").ok(200)
	require.Equal(t, opened.str("id"), after.str("id"))
	thread := s.do(boss, "GET", "/tickets/"+opened.str("ref"), "").ok(200)
	require.Contains(t, thread.text, `"type":"links_ended"`)
	require.NotContains(t, s.do(carol, "GET", "/tickets/"+opened.str("ref"), "").ok(200).text, "links")
}

func TestMessagesAreSplitOff(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	from := s.open(carol, "Refund")
	first := s.do(ana, "GET", "/tickets/"+from.str("id"), "").ok(200).json["messages"].([]any)[0].(map[string]any)["id"].(string)
	next := s.do(ana, "POST", "/tickets/"+from.str("id")+"/split", `{"messages":["`+first+`"],"subject":"Another"}`).ok(201)
	require.Equal(t, "Another", next.str("subject"))
	require.NotEqual(t, from.str("id"), next.str("id"))
	s.do(ana, "POST", "/tickets/"+from.str("id")+"/split", `{"messages":[]}`).ok(422)
	s.do(carol, "POST", "/tickets/"+from.str("id")+"/split", `{"messages":["`+first+`"]}`).ok(403)
}

func TestTicketsAreLinked(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	one, two := s.open(carol, "Refund"), s.open(dave, "Outage")
	path := "/tickets/" + one.str("ref") + "/links"
	typed := strings.ToLower(strings.ReplaceAll(two.str("ref"), "-", ""))
	linked := s.do(ana, "POST", path, `{"kind":"caused_by","ticket":"`+typed+`"}`).ok(200)
	require.Equal(t, one.str("id"), linked.str("id"))
	require.JSONEq(t, `{"links":[{"kind":"causes","ticket_id":"`+one.str("id")+`","ref":"`+one.str("ref")+`","subject":"Refund","status":"assigned"}]}`,
		s.do(ana, "GET", "/tickets/"+two.str("id")+"/links", "").ok(200).text)
	require.Contains(t, s.do(ana, "POST", path, `{"kind":"causes","ticket":"`+typed+`"}`).ok(422).text, `"location":"body.ticket"`)
	require.Contains(t, s.do(ana, "POST", path, `{"kind":"causes","ticket":"ZZZZ-ZZZZ"}`).ok(422).text, `"location":"body.ticket"`)
	s.do(ana, "POST", path, `{"kind":"cousin","ticket":"`+typed+`"}`).ok(422)
	for range 2 {
		s.do(ana, "DELETE", "/tickets/"+two.str("ref")+"/links/causes/"+one.str("ref"), "").ok(200)
	}
	require.JSONEq(t, `{"links":[]}`, s.do(ana, "GET", path, "").ok(200).text)
}

func TestAMergeIsTakenBack(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	from, into := s.open(carol, "Refund"), s.open(carol, "Refund again")
	s.do(ana, "POST", "/tickets/"+from.str("id")+"/merge", `{"into":"`+into.str("ref")+`"}`).ok(200)
	back := s.do(ana, "POST", "/tickets/"+from.str("ref")+"/unmerge", "").ok(200)
	require.Equal(t, from.str("id"), back.str("id"))
	require.Nil(t, back.json["merged_into"])
	require.NotEqual(t, "closed", back.str("status"))
	s.do(ana, "POST", "/tickets/"+from.str("ref")+"/unmerge", "").ok(422)
	require.NotContains(t, s.do(carol, "GET", "/tickets/"+from.str("ref"), "").ok(200).text, "took back")
}

// A customer's answer to a ticket that was merged into another customer's is taken, and leads to
// nothing of the other's.
func TestAnAnswerToATicketMergedIntoAnothersIsTaken(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	others := s.open("customer:lee@customer.example", "Zanzibar")
	mine := s.open(carol, "Refund")
	s.do(ana, "POST", "/tickets/"+mine.str("id")+"/merge", `{"into":"`+others.str("ref")+`"}`).ok(200)
	read := s.do(carol, "GET", "/tickets/"+mine.str("id"), "").ok(200)
	taken := s.do(carol, "POST", "/tickets/"+mine.str("id")+"/replies", `{"body":"Hello?"}`).ok(201)
	require.NotEqual(t, mine.str("id"), taken.str("id"))
	refused := s.do(carol, "POST", "/tickets/"+mine.str("id")+"/reopen", "").ok(409)
	list := s.do(carol, "GET", "/tickets", "").ok(200)
	require.Len(t, list.json["tickets"], 2)
	for _, a := range []answer{read, taken, refused, list} {
		for _, secret := range []string{others.str("id"), others.str("ref"), "Zanzibar", "lee@"} {
			require.NotContains(t, a.text, secret)
		}
	}
	for _, path := range []string{"", "/similar", "/sla"} {
		words := func(id string) string {
			refused := s.do(carol, "GET", "/tickets/"+id+path, "")
			return strings.ReplaceAll(strconv.Itoa(refused.status)+refused.text, id, "ID")
		}
		require.Equal(t, words("01a20f2b-7c1e-7a41-9d0a-5b7f6f0c9e11"), words(others.str("id")), "as one that is not there")
	}
	require.NotContains(t, s.do(ana, "GET", "/tickets/"+others.str("id"), "").ok(200).text, "Hello?")
}
