package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestAnAgentReadsOwnNoticesAndChoosesHowToBeTold(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.open(carol, "Refund")
	id, ref := opened.str("id"), opened.str("ref")
	s.Drain()
	s.do(ana, "POST", "/notices/read", `{}`).ok(204) // it was assigned
	s.do(ben, "POST", "/notices/read", `{}`).ok(204)
	s.Clock.Advance(time.Minute)
	s.do(ben, "POST", "/tickets/"+id+"/notes", `{"body":"@ana, see this"}`).ok(201)
	s.Drain()
	list := s.do(ana, "GET", "/notices?unread=true", "").ok(200)
	require.EqualValues(t, 1, list.json["unread"])
	first := list.json["notices"].([]any)[0].(map[string]any)
	require.Equal(t, []any{id, "mentioned", "ben@example.com", false}, []any{first["ticket_id"], first["kind"], first["by"], first["read"]})
	require.NotContains(t, list.text, "see this")
	s.do(ben, "POST", "/notices/read", `{}`).ok(204)
	s.do(ana, "POST", "/notices/read", `{"until":"2000-01-01T00:00:00Z"}`).ok(204)
	require.EqualValues(t, 1, s.do(ana, "GET", "/notices", "").ok(200).json["unread"])
	s.do(ana, "POST", "/notices/read", `{"ticket":"`+ref+`"}`).ok(204)
	require.EqualValues(t, 0, s.do(ana, "GET", "/notices?ticket="+ref, "").ok(200).json["unread"])

	kinds := ""
	for _, k := range helpdesk.AgentNoticeKinds() {
		kinds += `"` + string(k) + `",`
	}
	doc := strings.Join(strings.Fields(s.do(ana, "GET", "/openapi.json", "").text), "")
	require.Contains(t, doc, "["+strings.TrimSuffix(kinds, ",")+"]", "the document names all kinds")

	a := s.do(ana, "PUT", "/notice-settings", `{"notices":{"mentiond":"page"}}`)
	require.Contains(t, a.ok(422).text, `"location":"body.notices.mentiond"`)
	s.do(ana, "PUT", "/notice-settings", `{"notices":{"followed":"page"}}`).ok(200)
	ways := s.do(ana, "GET", "/notice-settings", "").ok(200).json["notices"].(map[string]any)
	require.Equal(t, []any{"page", "mail"}, []any{ways["followed"], ways["breached"]})
}
