package httpapi_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCustomersAndOrganisationsOverTheAPI(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.open(carol, "Refund")
	org := s.do(boss, "POST", "/organisations", `{"host_id":"o1","name":"Customer Ltd.","domains":["ltd.example"]}`).ok(200)
	push := `{"host_id":"c1","name":"Carol Smith","organisation":"` + org.str("id") + `","addresses":[{"value":"` + opened.str("customer_email") + `"},{"value":"carol@home.example"}]}`
	saved := s.do(boss, "POST", "/customers", push).ok(200)
	require.Equal(t, saved.json, s.do(boss, "POST", "/customers", push).ok(200).json, "the same again changes nothing")
	require.Len(t, saved.json["addresses"], 2)
	s.do(ana, "POST", "/customers", strings.Replace(push, "Carol Smith", "Carol", 1)).ok(403)
	s.do(carol, "GET", "/customers", "").ok(403)

	find := func(query string) []any { return s.do(ana, "GET", query, "").ok(200).json["customers"].([]any) }
	for _, query := range []string{"/customers?host_id=c1", "/customers?email=carol@home.example", "/customers?q=smi", "/customers?organisation=" + org.str("id"), "/customers?id=" + saved.str("id")} {
		require.Equal(t, []any{saved.json}, find(query), query)
	}
	require.Empty(t, find("/customers?q=nobody"))
	require.Len(t, s.do(ana, "GET", "/organisations?domain=ltd.example", "").ok(200).json["organisations"], 1)

	note := `{"id":"` + saved.str("id") + `","host_id":"c1","name":"Carol Smith"}`
	s.do(boss, "POST", "/customers", note, "If-Match", `"99"`).ok(412)
	s.do(boss, "POST", "/customers", `{"host_id":"c2","addresses":[{"value":"carol@home.example"},{"value":"x"}]}`).ok(422)
	s.do(boss, "POST", "/organisations", `{"name":"Thief","domains":["ltd.example"]}`).ok(409)
	s.do(boss, "POST", "/organisations", `{"name":"Mail","domains":["gmail.com"]}`).ok(422)

	twin := s.do(boss, "POST", "/customers", `{"host_id":"c3","addresses":[{"value":"twin@example.com"}]}`).ok(200)
	merged := s.do(ana, "POST", "/customers/"+twin.str("id")+"/merge", `{"into":"`+saved.str("id")+`"}`).ok(200)
	require.Equal(t, saved.str("id"), merged.str("merged_into"))
	s.do(ana, "POST", "/customers/"+saved.str("id")+"/merge", `{"into":"`+saved.str("id")+`"}`).ok(422)
	require.Equal(t, "", s.do(ana, "POST", "/customers/"+twin.str("id")+"/unmerge", "").ok(200).str("merged_into"))
	s.do(ana, "POST", "/customers/"+twin.str("id")+"/unmerge", "").ok(422)
}
