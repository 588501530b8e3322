package classify

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// RedactEmbedder returns an Embedder that passes the texts to inner with placeholders for secrets,
// as Redact does for a Classifier. Texts that differ only in their secrets then have the same
// vectors. It is a [similar.TenantEmbedder] and asks for the tenant's Embedder if inner is one
// too. cfg may be nil.
func RedactEmbedder(inner similar.Embedder, cfg *RedactConfig) similar.Embedder {
	return redactEmbedder{inner, NewRedactor(cfg)}
}

type redactEmbedder struct {
	inner similar.Embedder
	r     *Redactor
}

func (e redactEmbedder) Model() string { return e.inner.Model() }

func (e redactEmbedder) ForTenant(tenant helpdesk.TenantID) similar.Embedder {
	if inner, ok := e.inner.(similar.TenantEmbedder); ok {
		return redactEmbedder{inner.ForTenant(tenant), e.r}
	}
	return e
}

func (e redactEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	hidden := make([]string, len(texts))
	for i, text := range texts {
		hidden[i] = e.r.Text(text).Text
	}
	return e.inner.Embed(ctx, hidden)
}
