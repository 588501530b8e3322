package openaiclassify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

// failure returns the Failure that err must have in its tree.
func failure(t *testing.T, err error) *classify.Failure {
	t.Helper()
	var f *classify.Failure
	require.ErrorAs(t, err, &f)
	return f
}

func TestAnswerBecomesAClassification(t *testing.T) {
	t.Parallel()
	s := serve(t, completion(good))
	got, err := classifier(t, s, openaiclassify.Config{Model: "gpt-4o-mini-2024-07-18"}).Classify(t.Context(), ticket())
	require.NoError(t, err)
	require.Equal(t, &helpdesk.Classification{
		Category: helpdesk.Billing, Priority: helpdesk.High, Tags: []string{"refund", "double charge"},
		Response: "Thank you, we are looking into order 17.", Confidence: 0.93,
		Classifier: "openai/gpt-4o-mini-2024-07-18/p2", TokensIn: 700, TokensOut: 60, Cost: 700*150 + 60*600,
	}, got)
	require.Equal(t, 1, s.calls())
}

func TestPricesOfTheHostAreUsed(t *testing.T) {
	t.Parallel()
	for model, want := range map[string]int64{"ours": 700*3 + 60*5, "of nobody": 0} {
		got, err := classifier(t, serve(t, completion(good)), openaiclassify.Config{Model: model, Prices: classify.Prices{"ours": {In: 3, Out: 5}}}).
			Classify(t.Context(), ticket())
		require.NoError(t, err)
		require.Equal(t, want, got.Cost, model)
	}
}

// Whatever fails, one Classify is one call, and names the failure.
func TestOneCallAndOneFailure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		want   classify.Failure // without Err
		err    string
	}{
		{"429", status(429, "rate_limit_exceeded", "Retry-After", "7"), classify.Failure{Kind: classify.Throttled, Status: 429, Code: "rate_limit_exceeded", After: 7 * time.Second}, "rate limited: status 429 Too Many Requests (rate_limit_exceeded): it is"},
		{"quota spent", status(429, "insufficient_quota"), classify.Failure{Kind: classify.Denied, Status: 429, Code: "insufficient_quota"}, "denied: status 429"},
		{"401", status(401, "invalid_api_key"), classify.Failure{Kind: classify.Denied, Status: 401, Code: "invalid_api_key"}, "denied: status 401 Unauthorized (invalid_api_key): it is invalid_api_key, and your key is [key]"},
		{"402", status(402, "no_money"), classify.Failure{Kind: classify.Denied, Status: 402, Code: "no_money"}, "denied"},
		{"403", status(403, "unsupported_country"), classify.Failure{Kind: classify.Denied, Status: 403, Code: "unsupported_country"}, "denied"},
		{"404", status(404, "model_not_found"), classify.Failure{Kind: classify.Rejected, Status: 404, Code: "model_not_found"}, "bad request"},
		{"400", status(400, "invalid_request"), classify.Failure{Kind: classify.Rejected, Status: 400, Code: "invalid_request"}, "bad request: status 400"},
		{"400 for bad words", status(400, "content_filter"), classify.Failure{Kind: classify.Refused, Status: 400, Code: "content_filter"}, "refused: status 400"},
		{"408", status(408, "slow"), classify.Failure{Kind: classify.Timeout, Status: 408, Code: "slow"}, "timeout: status 408"},
		{"409", status(409, "busy"), classify.Failure{Kind: classify.Server, Status: 409, Code: "busy"}, "server error: status 409"},
		{"500", status(500, "oops"), classify.Failure{Kind: classify.Server, Status: 500, Code: "oops"}, "server error: status 500 Internal Server Error (oops)"},
		{"502 of a proxy", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>bad gateway "+key, 502) }, classify.Failure{Kind: classify.Server, Status: 502}, "status 502 Bad Gateway"},
		{"500 of 20 MB", huge(500, nil), classify.Failure{Kind: classify.Server, Status: 500}, "status 500"},
		{"hangs up", hangUp, classify.Failure{Kind: classify.Network, Uncounted: true}, "network: connection: EOF"},
		{"cut", cutOff, classify.Failure{Kind: classify.Network, Uncounted: true}, "network: connection: unexpected EOF"},
		{"redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", 307) }, classify.Failure{Kind: classify.Rejected, Status: 307}, "status 307"},
		{"no content", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, classify.Failure{Kind: classify.Rejected, Status: 204}, "status 204"},

		{"half a body", raw(`{"choices":[{"index":0,`), classify.Failure{Kind: classify.Malformed, Uncounted: true}, "malformed: the answer does not follow the protocol"},
		{"empty body", raw(""), classify.Failure{Kind: classify.Malformed, Uncounted: true}, "does not follow the protocol"},
		{"no choice", raw(`{"choices":[]}`), classify.Failure{Kind: classify.Malformed, Uncounted: true}, "0 choices"},
		{"20 MB", huge(200, nil), classify.Failure{Kind: classify.Malformed, Uncounted: true}, "longer than the limit of 1024 KiB"},
		{"prose", completion("I think this is billing."), classify.Failure{Kind: classify.Malformed, TokensIn: 700, TokensOut: 60, Cost: 7600}, "not a JSON object"},
		{"wrong enum", completion(strings.Replace(good, "billing", "shipping", 1)), classify.Failure{Kind: classify.Refused, TokensIn: 700, TokensOut: 60, Cost: 7600}, "refused: the answer's category is not in the list"},
		{"truncated", finished("length", good, ""), classify.Failure{Kind: classify.Malformed, TokensIn: 700, TokensOut: 60, Cost: 7600}, "cut off at 60 tokens"},
		{"refusal", finished("stop", "", "I cannot help with that."), classify.Failure{Kind: classify.Refused, TokensIn: 700, TokensOut: 60, Cost: 7600}, "refused: the model refused to answer"},
		{"content filter", finished("content_filter", "", ""), classify.Failure{Kind: classify.Refused, TokensIn: 700, TokensOut: 60, Cost: 7600}, "refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, c.answer)
			got, err := classifier(t, s, openaiclassify.Config{Model: "a-model", Prices: classify.Prices{"a-model": {In: 10, Out: 10}}}).
				Classify(t.Context(), ticket())
			require.Nil(t, got)
			require.Equal(t, 1, s.calls())
			require.ErrorContains(t, err, c.err)
			require.ErrorContains(t, err, "openaiclassify: ask a-model: ")
			require.NotContains(t, err.Error(), key)
			require.Less(t, len(err.Error()), 500)
			f := *failure(t, err)
			f.Err = nil
			require.Equal(t, c.want, f)
			require.Equal(t, f.Kind == classify.Rejected || f.Kind == classify.Refused, errors.Is(err, helpdesk.ErrInvalid))
			require.NotErrorIs(t, err, helpdesk.ErrAbstain)
		})
	}
}

func TestNobodyAtTheAddressCostsNothing(t *testing.T) {
	t.Parallel()
	s := serve(t, completion(good))
	c := classifier(t, s, openaiclassify.Config{})
	s.Close()
	_, err := c.Classify(t.Context(), ticket())
	f := failure(t, err)
	require.Equal(t, classify.Network, f.Kind)
	require.False(t, f.Uncounted)
}

func TestRetryAfterIsRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		header, value string
		want          time.Duration
	}{
		{"Retry-After", "7", 7 * time.Second},
		{"Retry-After", start.Add(11 * time.Second).Format(http.TimeFormat), 11 * time.Second},
		{"Retry-After", start.Add(-time.Hour).Format(http.TimeFormat), 0},
		{"Retry-After-Ms", "1500", 1500 * time.Millisecond},
		{"Retry-After", "soon", 0}, {"Retry-After", "-3", 0}, {"Retry-After", "0", 0}, {"Retry-After", "99999999999", 0},
	} {
		s := serve(t, status(503, "overloaded", c.header, c.value))
		_, err := classifier(t, s, openaiclassify.Config{Clock: helpdesk.ClockFunc(func() time.Time { return start })}).Classify(t.Context(), ticket())
		require.Equal(t, c.want, failure(t, err).After, "%s: %s", c.header, c.value)
	}
}

func TestCallEndsWithItsContextOrItsTimeout(t *testing.T) {
	t.Parallel()
	s := serve(t, silent)
	patient := &http.Client{Transport: s}
	_, err := classifier(t, s, openaiclassify.Config{Timeout: time.Millisecond, HTTPClient: patient}).Classify(context.WithoutCancel(t.Context()), ticket())
	require.Equal(t, classify.Timeout, failure(t, err).Kind)
	require.True(t, failure(t, err).Uncounted, "the server may charge for what nobody waited for")

	hasty := classifier(t, s, openaiclassify.Config{Timeout: time.Nanosecond, HTTPClient: patient})
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = hasty.Classify(ctx, ticket())
	require.Equal(t, classify.Timeout, failure(t, err).Kind)
	require.GreaterOrEqual(t, time.Since(began), 20*time.Millisecond, "the deadline of ctx counts where there is one")

	ctx, cancel = context.WithCancel(t.Context())
	s = serve(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	_, err = classifier(t, s, openaiclassify.Config{}).Classify(ctx, ticket())
	require.Equal(t, classify.Cancelled, failure(t, err).Kind)
	require.ErrorIs(t, err, context.Canceled)
}

// Servers know JSON schemas, or JSON, or neither, and report that in different words.
func TestServerWithoutSchemasIsAskedForWhatItKnows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		knows string // the strictest form that the server knows
		says  string
		code  int
		first int // calls of the first ticket; later ones take one
	}{
		{"schemas", "json_schema", "", 0, 1},
		{"JSON", "json_object", `{"error":{"message":"This model does not support response format 'json_schema'.","type":"invalid_request_error"}}`, 400, 2},
		{"JSON, by parameter", "json_object", `{"error":{"message":"'response_format' of type 'json_schema' is not supported with this model"}}`, 400, 2},
		{"nothing", "", `{"error":"'response_format.type' must be 'text'"}`, 400, 3},
		{"nothing, strictly", "", `{"detail":"Extra inputs are not permitted: response_format"}`, 422, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var s *server
			s = serve(t, func(w http.ResponseWriter, r *http.Request) {
				form := ""
				if f, ok := s.last().Body["response_format"].(map[string]any); ok {
					form = f["type"].(string)
				}
				if form != c.knows {
					w.WriteHeader(c.code)
					fmt.Fprint(w, c.says)
					return
				}
				content := good
				if form == "" {
					content = "```json\n" + good + "\n```" // as such models write
				}
				completion(content)(w, r)
			})
			model := classifier(t, s, openaiclassify.Config{})
			for i := range 3 {
				got, err := model.Classify(t.Context(), ticket())
				require.NoError(t, err)
				require.Equal(t, helpdesk.Billing, got.Category)
				require.Equal(t, c.first+i, s.calls())
			}
			system := s.last().Body["messages"].([]any)[0].(map[string]any)["content"]
			if c.knows == "json_schema" {
				require.NotContains(t, system, "additionalProperties")
			} else {
				require.Contains(t, system, `"additionalProperties":false`, "the schema is told in words")
			}
		})
	}
}

func TestOtherRefusalsDoNotLoosenTheForm(t *testing.T) {
	t.Parallel()
	for _, says := range []string{"your messages are too long", "Invalid schema for response_format 'triage': extra required key"} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			fmt.Fprintf(w, `{"error":{"message":%q}}`, says)
		})
		_, err := classifier(t, s, openaiclassify.Config{}).Classify(t.Context(), ticket())
		require.Equal(t, classify.Rejected, failure(t, err).Kind)
		require.Equal(t, 1, s.calls())
	}
}

func TestLooserFormIsRememberedOnlyIfItWorked(t *testing.T) {
	t.Parallel()
	says := status(400, "response_format")
	s := serve(t, says, status(500, "oops"), completion(good))
	model := classifier(t, s, openaiclassify.Config{})
	_, err := model.Classify(t.Context(), ticket())
	require.Equal(t, classify.Server, failure(t, err).Kind)
	_, err = model.Classify(t.Context(), ticket())
	require.NoError(t, err)
	require.Equal(t, "json_schema", s.last().Body["response_format"].(map[string]any)["type"])
}

func TestHugeAnswerIsNotRead(t *testing.T) {
	t.Parallel()
	var sent atomic.Int64
	s := serve(t, huge(200, &sent))
	_, err := classifier(t, s, openaiclassify.Config{}).Classify(t.Context(), ticket())
	require.ErrorContains(t, err, "longer than the limit")
	s.Close() // waits for the handler to give up
	require.Less(t, sent.Load(), int64(16<<20), "the rest stays unread; buffers of the system take some")
}

func TestNewChecksItsArguments(t *testing.T) {
	t.Parallel()
	c, err := openaiclassify.New(key, nil)
	require.NoError(t, err)
	require.Equal(t, "openai/"+openaiclassify.DefaultModel+"/p2", c.Name())
	_, known := classify.Prices(nil).Of(c.Model())
	require.True(t, known, "a budget works with the default model")
	_, err = openaiclassify.New("", &openaiclassify.Config{BaseURL: "http://127.0.0.1:11434/v1"})
	require.NoError(t, err, "a server of one's own may need no key")
	for _, bad := range []struct {
		key   string
		cfg   openaiclassify.Config
		field string
	}{
		{"", openaiclassify.Config{}, "apiKey is empty"},
		{key + "\n", openaiclassify.Config{}, "apiKey contains a space or control character"},
		{key, openaiclassify.Config{BaseURL: "ftp://example.com"}, "BaseURL is not a plain http or https address"},
		{key, openaiclassify.Config{BaseURL: "https://me:secret@example.com/v1"}, "BaseURL is not a plain http or https address"},
		{key, openaiclassify.Config{Model: "a\nmodel"}, "Model is not the name of a model"},
		{key, openaiclassify.Config{MaxTokens: -1}, "MaxTokens is negative"},
		{key, openaiclassify.Config{Timeout: -1}, "Timeout is negative"},
	} {
		_, err := openaiclassify.New(bad.key, &bad.cfg)
		require.EqualError(t, err, "openaiclassify: new: "+bad.field)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.NotContains(t, err.Error(), key)
	}
}
