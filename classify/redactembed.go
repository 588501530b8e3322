package classify

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
)

// RedactEmbedder returns an Embedder that hands inner the texts with placeholders for secrets, as Redact does for
// a Classifier. The vectors of texts that differ in their secrets alone are then the same. It is a [helpdesk.TenantEmbedder]
// that asks inner for the tenant's, if that is one. cfg may be nil.
func RedactEmbedder(inner helpdesk.Embedder, cfg *RedactConfig) helpdesk.Embedder {
	return redactEmbedder{inner, NewRedactor(cfg)}
}

type redactEmbedder struct {
	inner helpdesk.Embedder
	r     *Redactor
}

func (e redactEmbedder) Model() string { return e.inner.Model() }

func (e redactEmbedder) ForTenant(tenant helpdesk.TenantID) helpdesk.Embedder {
	if inner, ok := e.inner.(helpdesk.TenantEmbedder); ok {
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
