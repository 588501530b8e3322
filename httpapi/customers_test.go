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

func TestTicketsAndReportsOfACustomerAndAnOrganisation(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	org := s.do(boss, "POST", "/organisations", `{"name":"=Customer Ltd."}`).ok(200).str("id")
	id := s.do(boss, "POST", "/customers", `{"host_id":"c1","organisation":"`+org+`","addresses":[{"value":"carol@customer.example"}]}`).ok(200).str("id")
	s.open(boss, "Nobody's")
	opened := s.do(boss, "POST", "/tickets", `{"subject":"Refund","customer_email":"carol@customer.example"}`).ok(201)
	require.Equal(t, id, opened.str("customer_id"))
	require.Equal(t, org, opened.str("organisation"))
	s.do(carol, "GET", "/tickets?organisation="+org, "").ok(403)
	for query, n := range map[string]int{"customer=" + id: 1, "customer=" + org: 0, "organisation=" + org: 1, "organisation=" + id: 0, "customer=CAROL@customer.example": 1, "customer=" + org + "," + id: 1} {
		require.Len(t, s.do(ana, "GET", "/tickets?"+query, "").ok(200).json["tickets"], n, query)
	}
	for _, query := range []string{"customer=kim", "organisation=Acme"} {
		name, _, _ := strings.Cut(query, "=")
		require.Contains(t, s.do(ana, "GET", "/tickets?"+query, "").ok(422).text, name)
	}
	groups := s.do(ana, "GET", "/reports/organisations", "").ok(200).json["organisations"].([]any)
	require.Len(t, groups, 1)
	require.Equal(t, "=Customer Ltd.", groups[0].(map[string]any)["name"])
	require.Equal(t, 1.0, groups[0].(map[string]any)["total"])
	rows, _ := s.sheet(ana, "/reports/organisations?format=csv")
	require.Equal(t, []string{org, "'=Customer Ltd.", "1", "0", "0", "", ""}, rows[1])
	require.Equal(t, 1.0, s.do(ana, "GET", "/reports/overview?organisation="+org, "").ok(200).json["total_tickets"])
	require.Equal(t, 2.0, s.do(ana, "GET", "/reports/overview", "").ok(200).json["total_tickets"])
	for _, path := range []string{"series", "heatmap", "organisations"} {
		s.do(ana, "GET", "/reports/"+path+"?organisation="+org, "").ok(200)
	}
}
