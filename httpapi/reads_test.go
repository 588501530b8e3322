package httpapi_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestAdminsListWhoHasReadATicket(t *testing.T) {
	t.Parallel()
	s := serve(t, &helpdesk.Config{RecordReads: true}, nil)
	one, two := s.open(carol, "Kiln"), s.open(carol, "Oven")
	s.Drain()
	for _, id := range []string{one.str("id"), one.str("ref"), two.str("id")} {
		s.do(ana, "GET", "/tickets/"+id, "").ok(200)
		s.Clock.Advance(time.Minute)
	}
	s.do(boss, "GET", "/tickets/"+one.str("id"), "").ok(200)
	all := s.do(boss, "GET", "/reads", "").ok(200)
	require.Len(t, all.json["reads"], 3)
	require.Equal(t, false, all.json["more"])
	first := all.json["reads"].([]any)[0].(map[string]any)
	require.Equal(t, one.str("id"), first["ticket_id"])
	require.Equal(t, map[string]any{"role": "agent", "id": "ana@example.com", "name": "Ana"}, first["by"])
	require.Len(t, s.do(boss, "GET", "/reads?ticket="+one.str("ref"), "").ok(200).json["reads"], 2)
	require.Len(t, s.do(boss, "GET", "/reads?by=ana@example.com", "").ok(200).json["reads"], 2)
	some := s.do(boss, "GET", "/reads?limit=2", "").ok(200)
	require.Len(t, some.json["reads"], 2)
	require.Equal(t, true, some.json["more"])
	require.Contains(t, s.do(boss, "GET", "/tickets/"+one.str("id"), "").ok(200).text, `"type":"read"`)
	require.NotContains(t, s.do(ana, "GET", "/tickets/"+one.str("id"), "").ok(200).text, `"type":"read"`)
}
