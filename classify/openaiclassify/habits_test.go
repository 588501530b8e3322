package openaiclassify_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// knows answers like a server that refuses all parameters but some, in its own words: %s is the
// name of the parameter, and the status comes first.
func knows(s **server, says string, parameters ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for name := range (*s).last().Body {
			if name == "model" || name == "messages" || name == "stream" || strings.Contains(" "+strings.Join(parameters, " ")+" ", " "+name+" ") {
				continue
			}
			var code int
			fmt.Sscan(says, &code)
			w.WriteHeader(code)
			fmt.Fprint(w, strings.ReplaceAll(says[4:], "%s", name))
			return
		}
		completion(good)(w, r)
	}
}

// parts answers with a content in parts.
func parts(parts ...map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{
			"choices": []any{map[string]any{"index": 0, "message": map[string]any{"role": "assistant", "content": parts}, "finish_reason": "stop"}},
		})
	}
}

// late answers well after some time.
func late(d time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(d):
			completion(good)(w, r)
		case <-r.Context().Done():
		}
	}
}

// TestHabitsOfServers has the habits of servers that speak the protocol in their own way. Each row
// says what the ticket got, and in how many calls; a second ticket needs one.
func TestHabitsOfServers(t *testing.T) {
	t.Parallel()
	var s *server
	const all = "billing, high, [double charge refund], replied"
	for _, c := range []struct {
		name   string
		answer func(s **server) http.HandlerFunc
		cfg    openaiclassify.Config
		limit  classify.LimitConfig
		got    string
		calls  int
	}{
		{name: "keeps to the schema", got: all, calls: 1},
		{name: "code fence", answer: content("```json\n" + good + "\n```"), got: all, calls: 1},
		{name: "think tag", answer: content("<think>Money.</think>" + good), got: all, calls: 1},
		{name: "prose before", answer: content("Here it is: " + good), got: all, calls: 1},
		{name: "prose after", answer: content(good + "\nAnything else?"), got: all, calls: 1},
		{name: "a further field", answer: content(answer(t, "reason", "money")), got: all, calls: 1},
		{name: "a missing field", answer: content(without(t, "tags")), got: "billing, high, [], replied", calls: 1},
		{name: "a null reply", answer: content(answer(t, "suggested_response", nil)), got: "billing, high, [double charge refund]", calls: 1},
		{name: `"0.9"`, answer: content(answer(t, "confidence", "0.9")), got: all, calls: 1},
		{name: "90", answer: content(answer(t, "confidence", 90)), got: all, calls: 1},
		{name: "capitals", answer: content(strings.ToUpper(good[:30]) + good[30:]), got: all, calls: 1},
		{name: "normal", answer: content(answer(t, "priority", "Normal")), got: "billing, medium, [double charge refund], replied", calls: 1},
		{name: "tags as one text", answer: content(answer(t, "tags", "refund, double charge")), got: all, calls: 1},
		{name: "no confidence", answer: content(without(t, "confidence")), got: "to review, high, [double charge refund], replied", calls: 1},
		{name: "content in parts", answer: func(**server) http.HandlerFunc {
			return parts(map[string]any{"type": "thinking", "thinking": []any{map[string]any{"type": "text", "text": "Money {"}}}, map[string]any{"type": "text", "text": good})
		}, got: all, calls: 1},
		{name: "no max_completion_tokens", answer: refuses(`400 {"error":{"message":"Unsupported parameter: '%s'"}}`, "response_format", "max_tokens"), got: all, calls: 2},
		{name: "no limit of tokens", answer: refuses(`422 {"detail":[{"type":"extra_forbidden","loc":["body","%s"],"msg":"Extra inputs are not permitted"}]}`, "response_format"), got: all, calls: 3},
		{name: "no response_format", answer: refuses(`400 {"error":"'%s.type' must be 'text'"}`, "max_completion_tokens"), got: all, calls: 3},
		{name: "none of them", answer: refuses(`422 {"message":"unknown field %s"}`), got: all, calls: 5},
		{name: "no grammar", answer: refuses(`500 {"error":{"message":"failed to parse grammar for %s"}}`, "max_completion_tokens"), got: all, calls: 3},
		{name: "told what it knows", answer: refuses(`400 {"error":"no"}`, "max_tokens"), cfg: openaiclassify.Config{Format: openaiclassify.Text, TokenLimit: "max_tokens"}, got: all, calls: 1},
		{name: "late, and nobody waits", answer: func(**server) http.HandlerFunc { return silent }, limit: classify.LimitConfig{Timeout: time.Millisecond}, got: "to review, medium, []", calls: 3},
		{name: "late, and somebody waits", answer: func(**server) http.HandlerFunc { return late(50 * time.Millisecond) }, limit: classify.LimitConfig{Timeout: time.Minute, Total: 2 * time.Minute}, got: all, calls: 1},
		{name: "nonsense", answer: content("I am a teapot."), got: "to review, medium, []", calls: 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.answer == nil {
				c.answer = content(good)
			}
			s = nil
			c.cfg.Model = "qwen3:8b"
			s = serve(t, c.answer(&s))
			c.cfg.HTTPClient = &http.Client{Transport: s} // a timeout is counted from the server's silence
			limit, err := classify.NewLimit(classifier(t, s, c.cfg), &c.limit)
			require.NoError(t, err)
			desk := helpdesktest.New(t, nil, &helpdesk.Config{Classifier: limit})
			for i := range 2 {
				opened, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "Charged twice", Description: "Order 17", TriageAfter: time.Hour})
				require.NoError(t, err)
				before := s.calls()
				ticket, err := desk.Triage(t.Context(), opened.ID)
				require.NoError(t, err)
				got := fmt.Sprintf("%s, %s, %v", ticket.Category, ticket.Priority, ticket.Tags)
				if ticket.Category == "" {
					got = fmt.Sprintf("to review, %s, %v", ticket.Priority, ticket.Tags)
				}
				if ticket.Suggestion != nil && ticket.Suggestion.Response != "" {
					got += ", replied"
				}
				calls := s.calls() - before
				if i == 0 {
					t.Logf("%-26s %-50s %d", c.name, got, calls)
					require.Equal(t, c.calls, calls)
				} else if c.got == all {
					require.Equal(t, 1, calls, "the second ticket")
				}
				require.Equal(t, c.got, got)
			}
		})
	}
}

func content(text string) func(**server) http.HandlerFunc {
	return func(**server) http.HandlerFunc { return completion(text) }
}

func refuses(says string, known ...string) func(**server) http.HandlerFunc {
	return func(s **server) http.HandlerFunc { return knows(s, says, known...) }
}
