package httpapi_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAListAndAPersonAreExported(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	s.open(carol, "=Refund")
	s.open(dave, "Dave's own")
	rows := func(who, query string) [][]string {
		list, err := csv.NewReader(strings.NewReader(s.do(who, "GET", "/tickets/export"+query, "").ok(200).text)).ReadAll()
		require.NoError(t, err)
		return list
	}
	require.Len(t, rows(boss, ""), 3)
	require.Equal(t, "'=Refund", rows(boss, "?sort=oldest")[1][2])
	require.Len(t, rows(boss, "?customer_email=dave@customer.test"), 2)
	require.Len(t, rows(boss, "?q=refund"), 2)
	require.Len(t, rows(carol, ""), 2)
	require.NotContains(t, rows(carol, "")[0], "agent")
	s.do(carol, "GET", "/tickets/export?sort=due", "").ok(403)
	s.do(carol, "GET", "/tickets/export?assignee=ana@example.com", "").ok(403)
	s.do(boss, "GET", "/tickets/export?status=asleep", "").ok(422)

	got := s.do(boss, "POST", "/customers/export", `{"email":"Carol@customer.test"}`).ok(200)
	z, err := zip.NewReader(bytes.NewReader([]byte(got.text)), int64(len(got.text)))
	require.NoError(t, err)
	f, err := z.Open("person.json")
	require.NoError(t, err)
	text, err := io.ReadAll(f)
	require.NoError(t, err)
	require.Contains(t, string(text), "=Refund")
	require.NotContains(t, string(text), "Dave")
	s.do(boss, "POST", "/customers/export", `{"email":""}`).ok(422)
	s.do(boss, "POST", "/customers/export", `{"email":"nobody@customer.test"}`).ok(404)
}
