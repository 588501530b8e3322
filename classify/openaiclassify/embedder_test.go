package openaiclassify_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

func embedder(t testing.TB, s *server, cfg openaiclassify.EmbedderConfig) *openaiclassify.Embedder {
	cfg.BaseURL = s.URL + "/v1"
	e, err := openaiclassify.NewEmbedder(key, &cfg)
	require.NoError(t, err)
	return e
}

// measured answers with vectors of the lengths of the texts, the last text first.
func measured(t testing.TB, s **server) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		var data []any
		for i, text := range (*s).last().Body["input"].([]any) {
			data = append(data, map[string]any{"object": "embedding", "index": i, "embedding": []float32{float32(len(text.(string))), 1, -0.5}})
		}
		slices.Reverse(data)
		json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data, "model": "m", "usage": map[string]any{"prompt_tokens": 3}})
	}
}

func TestEachTextGetsItsVector(t *testing.T) {
	t.Parallel()
	var s *server
	s = serve(t, func(w http.ResponseWriter, r *http.Request) { measured(t, &s)(w, r) })
	e := embedder(t, s, openaiclassify.EmbedderConfig{Batch: 2})
	got, err := e.Embed(t.Context(), []string{"a", "bb", "ccc", "dddd", strings.Repeat("ä", 6001)})
	require.NoError(t, err)
	require.Equal(t, [][]float32{{1, 1, -0.5}, {2, 1, -0.5}, {3, 1, -0.5}, {4, 1, -0.5}, {12_000, 1, -0.5}}, got)
	require.Equal(t, 3, s.calls(), "two texts at a time")
	require.Equal(t, "POST /v1/embeddings", s.last().Path)
	require.Equal(t, "Bearer "+key, s.last().Auth)
	require.Equal(t, "text-embedding-3-small", s.last().Body["model"])
	require.NotContains(t, s.last().Body, "dimensions")

	got, err = e.Embed(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, got)
	_, err = e.Embed(t.Context(), []string{"a", ""})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	require.ErrorContains(t, err, "texts[1] is empty")
	require.Equal(t, 3, s.calls(), "nothing was sent for these")
}

func TestTokensOfVectorsAreCounted(t *testing.T) {
	t.Parallel()
	usage := func(n int, vectors ...string) http.HandlerFunc {
		return raw(fmt.Sprintf(`{"data":[%s],"usage":{"prompt_tokens":%d}}`, strings.Join(vectors, ","), n))
	}
	const one = `{"index":0,"embedding":[1,2]}`
	count := func(answers ...http.HandlerFunc) (int, error) {
		_, tokens, err := embedder(t, serve(t, answers...), openaiclassify.EmbedderConfig{Batch: 1}).EmbedCounted(t.Context(), []string{"a", "b"})
		return tokens, err
	}
	tokens, err := count(usage(3, one), usage(4, one))
	require.NoError(t, err)
	require.Equal(t, 7, tokens)
	tokens, err = count(usage(3, one), usage(0, one))
	require.NoError(t, err)
	require.Zero(t, tokens, "of one of them nobody knows")
	for name, c := range map[string]struct {
		second    http.HandlerFunc
		tokens    int
		uncounted bool
	}{
		"refused":            {status(429, "rate_limit_exceeded"), 3, false},
		"paid for in vain":   {usage(4, one, one), 7, false},
		"of another length":  {usage(4, `{"index":0,"embedding":[1]}`), 7, false},
		"in vain, uncounted": {usage(0), 3, true},
	} {
		_, err = count(usage(3, one), c.second)
		require.Equal(t, c.tokens, failure(t, err).TokensIn, name)
		require.Equal(t, c.uncounted, failure(t, err).Uncounted, name)
	}
	e := embedder(t, serve(t, usage(3, one)), openaiclassify.EmbedderConfig{})
	require.Equal(t, 2+7+2+2*6000, e.MostTokens([]string{"größe", strings.Repeat("ä", 9000)}))
}

func TestDimensionsAreAskedForAndChecked(t *testing.T) {
	t.Parallel()
	var s *server
	s = serve(t, func(w http.ResponseWriter, r *http.Request) { measured(t, &s)(w, r) })
	got, err := embedder(t, s, openaiclassify.EmbedderConfig{Dimensions: 3}).Embed(t.Context(), []string{"a"})
	require.NoError(t, err)
	require.Len(t, got[0], 3)
	require.EqualValues(t, 3, s.last().Body["dimensions"])
	_, err = embedder(t, s, openaiclassify.EmbedderConfig{Dimensions: 4}).Embed(t.Context(), []string{"a"})
	require.Equal(t, classify.Malformed, failure(t, err).Kind)
}

func TestVectorsThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	vector := func(i int, v string) string { return fmt.Sprintf(`{"index":%d,"embedding":%s}`, i, v) }
	for name, data := range map[string][]string{
		"too few":            {vector(0, "[1,2]")},
		"too many":           {vector(0, "[1,2]"), vector(1, "[1,2]"), vector(2, "[1,2]")},
		"one twice":          {vector(0, "[1,2]"), vector(0, "[1,2]")},
		"of no text":         {vector(0, "[1,2]"), vector(2, "[1,2]")},
		"before the first":   {vector(0, "[1,2]"), vector(-1, "[1,2]")},
		"empty":              {vector(0, "[1,2]"), vector(1, "[]")},
		"of another length":  {vector(0, "[1,2]"), vector(1, "[1,2,3]")},
		"zero":               {vector(0, "[1,2]"), vector(1, "[0,0]")},
		"too large a number": {vector(0, "[1,2]"), vector(1, "[1e39,1]")},
		"not a number":       {vector(0, "[1,2]"), vector(1, "[NaN,1]")},
		"words":              {vector(0, "[1,2]"), vector(1, `"many"`)},
	} {
		s := serve(t, raw(`{"object":"list","data":[`+strings.Join(data, ",")+`]}`))
		got, err := embedder(t, s, openaiclassify.EmbedderConfig{}).Embed(t.Context(), []string{"a", "b"})
		require.Equal(t, classify.Malformed, failure(t, err).Kind, name)
		require.Nil(t, got)
	}
	s := serve(t, raw(`{"data":[`+vector(0, "[1,2]")+`]}`), raw(`{"data":[`+vector(0, "[1,2,3]")+`]}`))
	_, err := embedder(t, s, openaiclassify.EmbedderConfig{Batch: 1}).Embed(t.Context(), []string{"a", "b"})
	require.Equal(t, classify.Malformed, failure(t, err).Kind, "another length in another batch")
}

func TestEmbedderSaysWhatWentWrong(t *testing.T) {
	t.Parallel()
	for kind, answer := range map[classify.Kind]http.HandlerFunc{
		classify.Throttled: status(429, "rate_limit_exceeded", "Retry-After", "7"),
		classify.Denied:    status(401, "invalid_api_key"),
		classify.Server:    status(500, "oops"),
		classify.Rejected:  status(400, "too_long"),
		classify.Network:   hangUp,
		classify.Malformed: huge(200, nil),
	} {
		s := serve(t, answer)
		_, err := embedder(t, s, openaiclassify.EmbedderConfig{Batch: 1}).Embed(t.Context(), []string{"a", "b"})
		require.Equal(t, kind, failure(t, err).Kind)
		require.Equal(t, 1, s.calls(), "one try, and none for the rest")
		require.NotContains(t, err.Error(), key)
		require.ErrorContains(t, err, "openaiclassify: ask text-embedding-3-small: ")
	}
}

func TestABatchOfLongVectorsIsRead(t *testing.T) {
	t.Parallel()
	row := strings.Repeat("        -0.006929283495992422,\n", 3071) + "1"
	var data []string
	for i := range 32 {
		data = append(data, fmt.Sprintf(`{"index":%d,"embedding":[%s]}`, i, row))
	}
	s := serve(t, raw(`{"data":[`+strings.Join(data, ",")+`]}`))
	got, err := embedder(t, s, openaiclassify.EmbedderConfig{Model: "text-embedding-3-large"}).Embed(t.Context(), slices.Repeat([]string{"a"}, 32))
	require.NoError(t, err)
	require.Len(t, got[31], 3072)
}

func TestNewEmbedderChecksItsArguments(t *testing.T) {
	t.Parallel()
	e, err := openaiclassify.NewEmbedder(key, nil)
	require.NoError(t, err)
	require.Equal(t, openaiclassify.DefaultEmbedding, e.Model())
	for field, cfg := range map[string]openaiclassify.EmbedderConfig{
		"Dimensions is negative":                       {Dimensions: -1},
		"Batch is not between 1 and 2,048":             {Batch: 2049},
		"Model is not the name of a model":             {Model: "a\nb"},
		"Timeout is negative":                          {Timeout: -1},
		"BaseURL is not a plain http or https address": {BaseURL: "localhost"},
	} {
		_, err := openaiclassify.NewEmbedder(key, &cfg)
		require.EqualError(t, err, "openaiclassify: new embedder: "+field)
	}
	_, err = openaiclassify.NewEmbedder("", nil)
	require.EqualError(t, err, "openaiclassify: new embedder: apiKey is empty")
}
