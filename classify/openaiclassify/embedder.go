package openaiclassify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/similar"
)

// DefaultEmbedding is the model of an Embedder unless EmbedderConfig names one.
const DefaultEmbedding = string(openai.SmallEmbedding3)

// EmbedderConfig sets up an Embedder. Its zero value asks OpenAI.
type EmbedderConfig struct {
	// BaseURL is the address of another server, without "/embeddings"; empty means OpenAI.
	BaseURL string
	Model   string // empty means DefaultEmbedding
	// Dimensions is the length of a vector. 0 leaves it to the model; all vectors of one Embed must
	// then have one length.
	Dimensions int
	Batch      int // texts of one request, at most 2,048; 0 means 32

	// Timeout ends a request when the ctx of Embed has no deadline of its own; 0 means 8 seconds.
	Timeout time.Duration

	// HTTPClient sends the requests. Nil means a client on http.DefaultTransport. Redirects are
	// never followed.
	HTTPClient *http.Client
	// Clock reads a Retry-After that is a date. Nil means helpdesk.SystemClock.
	Clock helpdesk.Clock
}

// Embedder makes vectors of texts; it is a [similar.Embedder]. It is safe for concurrent use. It
// does not retry. A [classify.EmbedBudget] limits its spending.
type Embedder struct {
	cfg    EmbedderConfig
	server *server
}

var _ similar.Embedder = (*Embedder)(nil)

// vectorBytes is the greatest size of one vector in an answer: 4,096 numbers of 30 characters.
const vectorBytes = 4096 * 30

// NewEmbedder returns an Embedder that authenticates by apiKey, as New does. A nil cfg means the
// zero EmbedderConfig. NewEmbedder does no I/O; an error names the invalid field.
func NewEmbedder(apiKey string, cfg *EmbedderConfig) (*Embedder, error) {
	if cfg == nil {
		cfg = &EmbedderConfig{}
	}
	e := &Embedder{cfg: *cfg}
	var errs []error
	bad := func(field, problem string) { errs = append(errs, &helpdesk.FieldError{Field: field, Problem: problem}) }
	e.server = newServer(apiKey, cfg.BaseURL, cfg.HTTPClient, cfg.Clock, cfg.Timeout, bad)
	if badModel(cfg.Model) {
		bad("Model", "is not the name of a model")
	}
	if cfg.Dimensions < 0 {
		bad("Dimensions", "is negative")
	}
	if cfg.Batch < 0 || cfg.Batch > 2048 {
		bad("Batch", "is not between 1 and 2,048")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("openaiclassify: new embedder: %w", err)
	}
	e.cfg.Model = cmp.Or(cfg.Model, DefaultEmbedding)
	e.cfg.Batch = cmp.Or(cfg.Batch, 32)
	e.server.most = maxBody + e.cfg.Batch*vectorBytes
	return e, nil
}

// Model returns the name of the model. Vectors of different models cannot be compared.
func (e *Embedder) Model() string { return e.cfg.Model }

// Embed returns a vector for each text, in their order. It reads the first 6,000 characters of a
// text. It refuses an empty text with a *helpdesk.FieldError that names it, before it sends
// anything. All vectors have the same length and finite numbers that are not all zero. Texts of
// more than one batch need several requests; when one of these fails there is no result. The error
// then has a *classify.Failure in its tree, with the use of the requests before.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, _, err := e.EmbedCounted(ctx, texts)
	return vectors, err
}

// MostTokens implements [classify.PaidEmbedder]. No token is shorter than a byte, so the limit is
// the bytes that are sent, and two more for the ends of each text.
func (e *Embedder) MostTokens(texts []string) int {
	n := 0
	for _, text := range texts {
		n += len(clip(text, maxText)) + 2
	}
	return n
}

// EmbedCounted is Embed that also returns the server's token count. It is 0 when a request was not
// counted.
func (e *Embedder) EmbedCounted(ctx context.Context, texts []string) (all [][]float32, tokens int, err error) {
	clipped := make([]string, len(texts))
	for i, text := range texts {
		if clipped[i] = clip(text, maxText); clipped[i] == "" {
			return nil, 0, fmt.Errorf("openaiclassify: embed: %w", &helpdesk.FieldError{Field: fmt.Sprintf("texts[%d]", i), Problem: "is empty"})
		}
	}
	vectors := make([][]float32, 0, len(texts))
	uncounted := false
	for len(clipped) > 0 {
		n := min(e.cfg.Batch, len(clipped))
		batch, used, f := e.embed(ctx, clipped[:n])
		if f == nil && len(vectors) > 0 && len(batch[0]) != len(vectors[0]) {
			f = malformed("vectors have %d numbers and %d", len(vectors[0]), len(batch[0]))
			f.TokensIn, f.Uncounted = used, used == 0
		}
		if f != nil {
			f.TokensIn, f.Uncounted = f.TokensIn+tokens, f.Uncounted || uncounted
			return nil, 0, fmt.Errorf("openaiclassify: ask %s: %w", e.cfg.Model, f)
		}
		vectors, tokens, uncounted = append(vectors, batch...), tokens+used, uncounted || used == 0
		clipped = clipped[n:]
	}
	if uncounted {
		tokens = 0
	}
	return vectors, tokens, nil
}

// embed sends one batch. An answer costs money even if it is unusable.
func (e *Embedder) embed(ctx context.Context, texts []string) ([][]float32, int, *classify.Failure) {
	var resp openai.EmbeddingResponse
	f := e.server.call(ctx, func(ctx context.Context, client *openai.Client) (err error) {
		resp, err = client.CreateEmbeddings(ctx, openai.EmbeddingRequestStrings{
			Input: texts, Model: openai.EmbeddingModel(e.cfg.Model), Dimensions: e.cfg.Dimensions,
		})
		return err
	})
	if f != nil {
		return nil, 0, f
	}
	used := max(0, resp.Usage.PromptTokens)
	vectors, f := e.check(resp.Data, len(texts))
	if f != nil {
		f.TokensIn, f.Uncounted = used, used == 0
		return nil, 0, f
	}
	return vectors, used, nil
}

// check returns the vectors of an answer in the order of their texts.
func (e *Embedder) check(data []openai.Embedding, texts int) ([][]float32, *classify.Failure) {
	if len(data) != texts {
		return nil, malformed("there are %d vectors for %d texts", len(data), texts)
	}
	vectors := make([][]float32, texts)
	for _, d := range data {
		switch {
		case d.Index < 0 || d.Index >= texts || vectors[d.Index] != nil:
			return nil, malformed("a vector has an index of no text, or a repeated one")
		case len(d.Embedding) == 0 || e.cfg.Dimensions != 0 && len(d.Embedding) != e.cfg.Dimensions:
			return nil, malformed("a vector has %d numbers", len(d.Embedding))
		case !usable(d.Embedding):
			return nil, malformed("a vector is zero or has a number that is not finite")
		}
		if vectors[d.Index] = d.Embedding; len(d.Embedding) != len(data[0].Embedding) {
			return nil, malformed("vectors have %d numbers and %d", len(data[0].Embedding), len(d.Embedding))
		}
	}
	return vectors, nil
}

// usable reports whether v has a direction.
func usable(v []float32) bool {
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	return square > 0 && !math.IsInf(square, 0) && !math.IsNaN(square)
}
