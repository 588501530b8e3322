package httpapi_test

import (
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
	require.Equal(t, "Refund for order 18", s.do(dave, "GET", path, "").ok(200).str("subject"))
	require.Equal(t, version+1, s.do(ana, "PATCH", path, `{}`).ok(200).json["version"], "an empty patch changes nothing")
}
