package similar

import (
	"context"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// Embedder turns texts into vectors that point in like directions when the texts have a like
// meaning. It is called outside of any transaction, by many goroutines at once, and may be slow or
// unavailable.
type Embedder interface {
	// Embed returns one vector per text, in order, all of one length and of finite numbers. After
	// an error that matches [helpdesk.ErrAbstain] the texts are compared by words alone; after
	// another error they are tried again later.
	Embed(ctx context.Context, texts []string) ([][]float32, error)

	// Model names the model that makes the vectors. Vectors of different models are never compared.
	Model() string
}

// TenantEmbedder is an Embedder that must know whose texts it is given, as one with a budget does.
type TenantEmbedder interface {
	Embedder

	// ForTenant returns the Embedder for the texts of a tenant. Its vectors are of the same Model.
	ForTenant(tenant helpdesk.TenantID) Embedder
}

// EmbedderFunc makes an Embedder of a function and the name of its model.
func EmbedderFunc(model string, embed func(ctx context.Context, texts []string) ([][]float32, error)) Embedder {
	return embedderFunc{model, embed}
}

type embedderFunc struct {
	model string
	embed func(context.Context, []string) ([][]float32, error)
}

func (f embedderFunc) Model() string { return f.model }
func (f embedderFunc) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return f.embed(ctx, texts)
}

const (
	embedBytes = 6000    // of each text: models take some 8,000 tokens, and a byte is one at most
	maxVector  = 1 << 14 // numbers in a vector
)

func embeddedText(t *helpdesk.Ticket) string { return clip(t.Subject+"\n"+t.Description, embedBytes) }

// clip cuts s to at most n bytes, at a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// embed asks the Embedder of a tenant, makes an error of its panic, and checks its answer.
func (f *Finder) embed(ctx context.Context, tenant helpdesk.TenantID, texts []string) (vectors [][]float32, err error) {
	defer func() {
		if p := recover(); p != nil {
			vectors, err = nil, fmt.Errorf("panic: %v", p)
		}
	}()
	embedder := f.cfg.Embedder
	if e, ok := embedder.(TenantEmbedder); ok {
		embedder = e.ForTenant(tenant)
	}
	if vectors, err = embedder.Embed(ctx, texts); err != nil {
		return nil, err
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("%w: %d vectors of %d texts", helpdesk.ErrInvalid, len(vectors), len(texts))
	}
	for i, v := range vectors {
		if !usable(v) || len(v) != len(vectors[0]) {
			return nil, fmt.Errorf("%w: vector %d is empty, too long, of another length or not of finite numbers", helpdesk.ErrInvalid, i)
		}
	}
	return vectors, nil
}

func usable(v []float32) bool {
	return len(v) > 0 && len(v) <= maxVector && !slices.ContainsFunc(v, func(x float32) bool {
		return math.IsNaN(float64(x)) || math.IsInf(float64(x), 0)
	})
}
