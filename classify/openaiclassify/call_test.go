package openaiclassify_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

// Whatever a server sends, both kinds of call end in a result or a Failure without the key.
func FuzzAnyServerIsSurvived(f *testing.F) {
	for _, body := range []string{
		"", "null", "[]", `{"error":"no"}`, `{"error":null}`, `{"error":{"message":["a","b"],"code":7}}`, `{"error":{"message":{}}}`,
		`{"error":{"message":"response_format","code":"content_filter"}}`, `{"choices":[{}]}`, `{"choices":[null]}`, `{"data":[{"index":0,"embedding":[1]}]}`,
		`{"usage":{"prompt_tokens":-9223372036854775808},"choices":[{"message":{"content":"{}"}}]}`, "key " + key,
	} {
		for _, code := range []int{200, 302, 400, 401, 422, 429, 503} {
			f.Add(code, "3", body)
		}
	}
	f.Fuzz(func(t *testing.T, code int, after, body string) {
		if code < 200 || code > 599 {
			return
		}
		client := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: code, Header: http.Header{"Retry-After": {after}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
		})}
		c, err := openaiclassify.New(key, &openaiclassify.Config{HTTPClient: client})
		require.NoError(t, err)
		answer, err := c.Classify(t.Context(), ticket())
		survived(t, answer != nil, err)
		if answer != nil {
			require.GreaterOrEqual(t, min(int64(answer.TokensIn), int64(answer.TokensOut), answer.Cost), int64(0))
		}
		e, err := openaiclassify.NewEmbedder(key, &openaiclassify.EmbedderConfig{HTTPClient: client})
		require.NoError(t, err)
		vectors, err := e.Embed(t.Context(), []string{"a"})
		survived(t, vectors != nil, err)
	})
}

func survived(t *testing.T, result bool, err error) {
	if result {
		require.NoError(t, err)
		return
	}
	f := failure(t, err)
	require.NotContains(t, err.Error(), key)
	require.NotEmpty(t, f.Kind)
	require.GreaterOrEqual(t, int64(f.After), int64(0))
	require.GreaterOrEqual(t, f.Cost, int64(0))
	require.Equal(t, f.Kind == classify.Rejected || f.Kind == classify.Refused, errors.Is(err, helpdesk.ErrInvalid))
}
