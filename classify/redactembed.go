package classify

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
)

// RedactEmbedder returns an Embedder that hands inner the texts with placeholders for secrets, as Redact does for
// a Classifier. The vectors of texts that differ in their secrets alone are then the same. cfg may be nil.
func RedactEmbedder(inner helpdesk.Embedder, cfg *RedactConfig) helpdesk.Embedder {
	r := NewRedactor(cfg)
	return helpdesk.EmbedderFunc(inner.Model(), func(ctx context.Context, texts []string) ([][]float32, error) {
		hidden := make([]string, len(texts))
		for i, text := range texts {
			hidden[i] = r.Text(text).Text
		}
		return inner.Embed(ctx, hidden)
	})
}
