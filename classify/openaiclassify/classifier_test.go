package openaiclassify_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

var _ helpdesk.Classifier = (*openaiclassify.Classifier)(nil)

func TestAnswerBecomesAClassification(t *testing.T) {
	t.Parallel()
	s := serve(t, completion(good))
	c, fake := classifier(t, s, openaiclassify.Config{Model: "a-model"})
	got, err := c.Classify(t.Context(), ticket())
	require.NoError(t, err)
	require.Equal(t, &helpdesk.Classification{
		Category: helpdesk.Billing, Priority: helpdesk.High, Tags: []string{"refund", "double charge"},
		Response: "Thank you, we are looking into order 17.", Confidence: 0.93,
		Classifier: "openai/a-model/p1", TokensIn: 700, TokensOut: 60,
	}, got)
	require.Equal(t, 1, s.calls())
	require.Empty(t, fake.waits)
}

// Each way of failing costs a known number of calls, and says what happened.
func TestFailuresAreTriedAgainAsOftenAsTheyDeserve(t *testing.T) {
	t.Parallel()
	ok := completion(good)
	for _, c := range []struct {
		name    string
		answers []http.HandlerFunc
		calls   int
		err     string // empty: classified in the end
	}{
		{"429 passes", []http.HandlerFunc{status(429, "rate_limit_exceeded"), ok}, 2, ""},
		{"429 stays", []http.HandlerFunc{status(429, "rate_limit_exceeded")}, 3, "status 429 Too Many Requests (rate_limit_exceeded)"},
		{"quota spent", []http.HandlerFunc{status(429, "insufficient_quota")}, 1, "(insufficient_quota)"},
		{"401", []http.HandlerFunc{status(401, "invalid_api_key")}, 1, "status 401 Unauthorized (invalid_api_key)"},
		{"403", []http.HandlerFunc{status(403, "unsupported_country")}, 1, "status 403"},
		{"404", []http.HandlerFunc{status(404, "model_not_found")}, 1, "status 404"},
		{"400", []http.HandlerFunc{status(400, "invalid_request")}, 1, "status 400"},
		{"500 passes", []http.HandlerFunc{status(500, "oops"), status(503, "oops"), ok}, 3, ""},
		{"500 stays", []http.HandlerFunc{status(500, "oops")}, 3, "status 500 Internal Server Error (oops)"},
		{"502 of a proxy", []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>bad gateway "+key, 502) }}, 3, "status 502 Bad Gateway"},
		{"500 of 20 MB", []http.HandlerFunc{huge(500, nil)}, 3, "status 500"},
		{"connection refused to answer", []http.HandlerFunc{hangUp, ok}, 2, ""},
		{"connection cut", []http.HandlerFunc{cutOff}, 3, "connection: unexpected EOF"},
		{"connection cut once", []http.HandlerFunc{cutOff, ok}, 2, ""},
		{"redirect", []http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", 307) }}, 1, "status 307"},
		{"no content", []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }}, 1, "status 204"},

		{"half a JSON body", []http.HandlerFunc{raw(`{"choices":[{"index":0,`)}, 2, "not a chat completion"},
		{"empty body", []http.HandlerFunc{raw("")}, 2, "not a chat completion"},
		{"no choice", []http.HandlerFunc{raw(`{"choices":[]}`)}, 2, "0 choices"},
		{"20 MB", []http.HandlerFunc{huge(200, nil)}, 2, "longer than 1 MiB"},
		{"half a JSON answer", []http.HandlerFunc{completion(good[:40])}, 2, "not a JSON object"},
		{"prose", []http.HandlerFunc{completion("I think this is billing.")}, 2, "not a JSON object"},
		{"prose once", []http.HandlerFunc{completion("I think this is billing."), ok}, 2, ""},
		{"wrong enum", []http.HandlerFunc{completion(strings.Replace(good, "billing", "shipping", 1))}, 2, "category is none of the list"},
		{"truncated", []http.HandlerFunc{finished("length", good, "")}, 2, "cut off at 60 tokens"},
		{"truncated once", []http.HandlerFunc{finished("length", good[:40], ""), ok}, 2, ""},
		{"malformed twice among others", []http.HandlerFunc{completion("no"), status(500, "oops"), completion("no"), ok}, 3, "not a JSON object"},

		{"refusal", []http.HandlerFunc{finished("stop", "", "I cannot help with that.")}, 1, "classifier abstains: the model refused"},
		{"content filter", []http.HandlerFunc{finished("content_filter", "", "")}, 1, "classifier abstains: the model refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, c.answers...)
			classifier, fake := classifier(t, s, openaiclassify.Config{Model: "a-model"})
			got, err := classifier.Classify(t.Context(), ticket())
			require.Equal(t, c.calls, s.calls())
			require.Len(t, fake.waits, c.calls-1)
			if c.err == "" {
				require.NoError(t, err)
				require.Equal(t, helpdesk.Billing, got.Category)
				return
			}
			require.ErrorContains(t, err, c.err)
			require.ErrorContains(t, err, "openaiclassify: ask a-model: ")
			require.NotContains(t, err.Error(), key)
			require.Less(t, len(err.Error()), 500)
			require.Nil(t, got)
		})
	}
}

func TestErrorsTellTheDeskWhetherToAskAgain(t *testing.T) {
	t.Parallel()
	fail := func(answer http.HandlerFunc) error {
		c, _ := classifier(t, serve(t, answer), openaiclassify.Config{})
		_, err := c.Classify(t.Context(), ticket())
		return err
	}
	refusal := fail(finished("stop", "", "no"))
	require.ErrorIs(t, refusal, helpdesk.ErrAbstain)
	require.ErrorIs(t, fail(status(400, "invalid_request")), helpdesk.ErrInvalid)
	for _, passing := range []error{fail(status(401, "invalid_api_key")), fail(status(500, "oops")), fail(completion("no"))} {
		require.NotErrorIs(t, passing, helpdesk.ErrInvalid)
		require.NotErrorIs(t, passing, helpdesk.ErrAbstain)
	}
	var answer *openaiclassify.Error
	require.ErrorAs(t, fail(status(401, "invalid_api_key")), &answer)
	require.Equal(t, &openaiclassify.Error{Status: 401, Code: "invalid_api_key", Message: "it is invalid_api_key, and your key is [key]"}, answer)
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header, value string
		wait                time.Duration
	}{
		{"seconds", "Retry-After", "7", 7 * time.Second},
		{"date", "Retry-After", start.Add(11 * time.Second).Format(http.TimeFormat), 11 * time.Second},
		{"milliseconds", "Retry-After-Ms", "1500", 1500 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, status(429, "rate_limit_exceeded", c.header, c.value), completion(good))
			classifier, fake := classifier(t, s, openaiclassify.Config{})
			_, err := classifier.Classify(t.Context(), ticket())
			require.NoError(t, err)
			require.Equal(t, []time.Duration{c.wait}, fake.waits)
		})
	}
}

func TestWaitsWithoutRetryAfterAreRandomAndGrow(t *testing.T) {
	t.Parallel()
	var longest time.Duration
	for _, header := range [][]string{nil, {"Retry-After", "soon"}, {"Retry-After", "-3"}, {"Retry-After", "0"},
		{"Retry-After", start.Add(-time.Hour).Format(http.TimeFormat)}} {
		s := serve(t, status(503, "overloaded", header...))
		c, fake := classifier(t, s, openaiclassify.Config{Retries: 4})
		_, err := c.Classify(t.Context(), ticket())
		require.Error(t, err)
		require.Equal(t, 5, s.calls())
		for i, wait := range fake.waits {
			require.Positive(t, wait)
			require.LessOrEqual(t, wait, 500*time.Millisecond<<i)
			longest = max(longest, wait)
		}
	}
	require.Greater(t, longest, 500*time.Millisecond, "fails once in a thousand million runs")
}

func TestNoTryBeginsThatCannotEndInTime(t *testing.T) {
	t.Parallel()
	s := serve(t, status(429, "rate_limit_exceeded", "Retry-After", "12"))
	c, fake := classifier(t, s, openaiclassify.Config{Total: 20 * time.Second})
	_, err := c.Classify(t.Context(), ticket())
	require.ErrorContains(t, err, "no time to try again after 12s")
	require.Equal(t, 2, s.calls(), "12 s fit into 20 s once")
	require.Equal(t, []time.Duration{12 * time.Second}, fake.waits)
}

func TestRetriesAreConfigurable(t *testing.T) {
	t.Parallel()
	for retries, calls := range map[int]int{-1: 1, 0: 3, 1: 2, 3: 4} {
		s := serve(t, status(500, "oops"))
		c, _ := classifier(t, s, openaiclassify.Config{Retries: retries})
		_, err := c.Classify(t.Context(), ticket())
		require.Error(t, err)
		require.Equal(t, calls, s.calls(), "Retries: %d", retries)
	}
}

func TestSlowServerTimesOutAndIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := serve(t, silent)
	c, _ := classifier(t, s, openaiclassify.Config{Timeout: 20 * time.Millisecond})
	_, err := c.Classify(t.Context(), ticket())
	require.ErrorContains(t, err, "no answer in time")
	require.Equal(t, 3, s.calls())
}

func TestAllTriesTogetherHaveOneDeadline(t *testing.T) {
	t.Parallel()
	s := serve(t, silent)
	c, fake := classifier(t, s, openaiclassify.Config{Total: 20 * time.Millisecond})
	_, err := c.Classify(t.Context(), ticket())
	require.ErrorContains(t, err, "no answer in time")
	require.Equal(t, 1, s.calls())
	require.Empty(t, fake.waits)
}

func TestCallersContextEndsTheTries(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { cancel(); silent(w, r) })
	c, fake := classifier(t, s, openaiclassify.Config{})
	_, err := c.Classify(ctx, ticket())
	require.ErrorIs(t, err, context.Canceled)
	require.EqualError(t, err, "openaiclassify: ask "+openaiclassify.DefaultModel+": context canceled")
	require.Equal(t, 1, s.calls())
	require.Empty(t, fake.waits)
}

func TestTokensOfFailedTriesCount(t *testing.T) {
	t.Parallel()
	c, _ := classifier(t, serve(t, completion("prose"), completion(good)), openaiclassify.Config{})
	got, err := c.Classify(t.Context(), ticket())
	require.NoError(t, err)
	require.Equal(t, 1400, got.TokensIn)
	require.Equal(t, 120, got.TokensOut)
}

// huge answers with 20 MB, and counts what the client took.
func huge(code int, sent *atomic.Int64) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		io.WriteString(w, `{"choices":[{"message":{"content":"`)
		chunk := strings.Repeat("x", 64<<10)
		for range 20 << 20 / len(chunk) {
			n, err := io.WriteString(w, chunk)
			if sent != nil {
				sent.Add(int64(n))
			}
			if err != nil {
				return
			}
		}
		io.WriteString(w, `"}}]}`)
	}
}

func TestHugeAnswerIsNotRead(t *testing.T) {
	t.Parallel()
	var sent atomic.Int64
	s := serve(t, huge(200, &sent))
	c, _ := classifier(t, s, openaiclassify.Config{Retries: -1})
	_, err := c.Classify(t.Context(), ticket())
	require.ErrorContains(t, err, "longer than 1 MiB")
	s.Close() // waits for the handler to give up
	require.Less(t, sent.Load(), int64(16<<20), "the rest stays unread; buffers of the system take some")
}

func TestNewChecksItsArguments(t *testing.T) {
	t.Parallel()
	c, err := openaiclassify.New(key, nil)
	require.NoError(t, err)
	require.Equal(t, "openai/"+openaiclassify.DefaultModel+"/p1", c.Name())
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
		{key, openaiclassify.Config{Total: -1}, "Total is negative"},
	} {
		_, err := openaiclassify.New(bad.key, &bad.cfg)
		require.EqualError(t, err, "openaiclassify: new: "+bad.field)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.NotContains(t, err.Error(), key)
	}
}
