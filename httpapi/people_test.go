package httpapi_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPatchChangesSeveralAttributesInOneVersion(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.open(carol, "Refund")
	path := "/tickets/" + opened.str("id")
	version := s.do(ana, "GET", path, "").ok(200).json["version"].(float64)
	a := s.do(ana, "PATCH", path, `{"subject":"Refund for order 18","priority":"low","category":null,"tags":["b","a"],"assigned_to":null,
		"customer_email":"dave@customer.test","customer_name":"Dave"}`, "Content-Type", "application/merge-patch+json").ok(200)
	require.Equal(t, version+1, a.json["version"])
	require.Equal(t, []any{"Refund for order 18", "low", nil, []any{"a", "b"}, nil, "dave@customer.test", "Dave", "new"},
		[]any{a.json["subject"], a.json["priority"], a.json["category"], a.json["tags"], a.json["assigned_to"], a.json["customer_email"], a.json["customer_name"], a.json["status"]})
	s.do(carol, "GET", path, "").ok(404)
	require.Equal(t, "pt-br", s.do(ana, "PATCH", path, `{"language":"PT-BR"}`, "Content-Type", "application/merge-patch+json").ok(200).str("language"))
	require.Len(t, s.do(ana, "GET", "/tickets?language=pt", "").ok(200).json["tickets"], 1)
	require.Empty(t, s.do(ana, "GET", "/tickets?language=de", "").ok(200).json["tickets"])
	s.do(ana, "PATCH", path, `{"language":"klingon!"}`, "Content-Type", "application/merge-patch+json").ok(422)
	require.Equal(t, "Refund for order 18", s.do(dave, "GET", path, "").ok(200).str("subject"))
	require.Equal(t, version+2, s.do(ana, "PATCH", path, `{}`).ok(200).json["version"], "an empty patch changes nothing")
}

// TestWhoSeesAndAnswersOverTheAPI is the table of docs/customers.md, over the API.
func TestWhoSeesAndAnswersOverTheAPI(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	org := s.do(boss, "POST", "/organisations", `{"name":"Acme","host_id":"acme"}`).ok(200).str("id")
	for email, sees := range map[string]string{"carol@customer.test": "false", "dave@customer.test": "true"} {
		s.do(boss, "POST", "/customers", `{"addresses":[{"value":"`+email+`"}],"organisation":"`+org+`","colleagues":`+sees+`}`).ok(200)
	}
	path := "/tickets/" + s.open(carol, "Refund").str("id")
	s.do(ana, "POST", path+"/notes", `{"body":"A secret."}`).ok(201)
	cc := s.do(ana, "PATCH", path, `{"cc":[{"name":"Ola","email":"OLA@other.test"}],"followers":["ben@example.com"]}`).ok(200)
	require.Equal(t, []any{map[string]any{"name": "Ola", "email": "ola@other.test"}}, cc.json["cc"])
	require.Equal(t, []any{"ben@example.com"}, cc.json["followers"])
	many := strings.Repeat(`{"email":"x@other.test"},`, 10_000)
	s.do(ana, "PATCH", path, `{"cc":[`+many[:len(many)-1]+`]}`).ok(422)
	const ola, sam = "customer:ola@other.test", "customer:sam@gmail.com"
	for _, who := range []struct {
		by         string
		see, leave int
	}{{carol, 200, 422}, {dave, 200, 422}, {ola, 200, 204}, {sam, 404, 404}} {
		a := s.do(who.by, "GET", path, "").ok(who.see)
		require.NotContains(t, a.text, "A secret.")
		require.NotContains(t, a.text, "ben@example.com")
		list := s.do(who.by, "GET", "/tickets", "").ok(200)
		require.Equal(t, who.see == 200, strings.Contains(list.text, "Refund"), who.by)
		s.do(who.by, "POST", path+"/replies", `{"body":"Hello"}`).ok(map[int]int{200: 201, 404: 404}[who.see])
		s.do(who.by, "PATCH", path, `{"cc":null}`).ok(map[int]int{200: 403, 404: 403}[who.see])
		s.do(who.by, "POST", path+"/leave", "").ok(who.leave)
	}
	s.open(dave, "Of Dave")
	require.Contains(t, s.do(dave, "GET", "/tickets", "").ok(200).text, "Refund")
	own := s.do(dave, "GET", "/tickets?whose=own", "").ok(200).text
	require.Contains(t, own, "Of Dave")
	require.NotContains(t, own, "Refund")
	s.do(dave, "GET", "/tickets?whose=others", "").ok(422)
	s.do(ola, "GET", path, "").ok(404)
	s.do(ben, "POST", path+"/leave", "").ok(204)
	require.Equal(t, []any{}, s.do(ana, "PATCH", path, `{"cc":null}`).ok(200).json["followers"])
}
