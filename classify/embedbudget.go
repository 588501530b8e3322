package classify

import (
	"context"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// PaidEmbedder is an Embedder that costs money for each token.
type PaidEmbedder interface {
	similar.Embedder

	// MostTokens returns the greatest number of tokens that one Embed of the texts may use.
	MostTokens(texts []string) int

	// EmbedCounted does what Embed does. It also returns the number of tokens used, or 0 when the
	// number is unknown. After a failed call, the tokens are in the [Failure].
	EmbedCounted(ctx context.Context, texts []string) (vectors [][]float32, tokens int, err error)
}

// EmbedBudget limits the money that a tenant spends on vectors in a day, as a [Budget] does for a
// classifier. Before a call it books the greatest possible cost. After the call it corrects the
// booking. An EmbedBudget and a Budget with the same Ledger spend the same money. Put an
// EmbedBudget directly around the model, and [RedactEmbedder] around the EmbedBudget.
//
// When there is no money for a ticket, the ticket is compared by words alone. It is not embedded
// later.
type EmbedBudget struct {
	inner  PaidEmbedder
	tenant helpdesk.TenantID
	*purse
}

// NewEmbedBudget returns an EmbedBudget for a model. The model needs a price in cfg.Prices or in
// the list of this package. The error names the invalid field.
func NewEmbedBudget(inner PaidEmbedder, cfg *BudgetConfig) (*EmbedBudget, error) {
	b := &EmbedBudget{inner: inner, purse: &purse{}}
	var model named
	if inner != nil {
		model = inner
	}
	if err := b.open(model, cfg); err != nil {
		return nil, fmt.Errorf("classify: new embed budget: %w", err)
	}
	return b, nil
}

// Model returns the name of the model.
func (b *EmbedBudget) Model() string { return b.inner.Model() }

// ForTenant implements [similar.TenantEmbedder]: it returns an Embedder that spends this tenant's
// money. EmbedBudget itself spends the money of the empty TenantID.
func (b *EmbedBudget) ForTenant(tenant helpdesk.TenantID) similar.Embedder {
	return &EmbedBudget{b.inner, tenant, b.purse}
}

// Embed returns the model's vectors. When there is too little money, it does not call the model and
// returns an error that matches ErrBudget. When the Ledger fails, it does not call the model and
// returns the error of the Ledger. Without texts it does not call the model.
func (b *EmbedBudget) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	most := b.price.Cost(b.inner.MostTokens(texts), 0)
	day, err := b.book(ctx, b.tenant, nobody, most)
	if err != nil {
		return nil, err
	}
	vectors, tokens, err := b.inner.EmbedCounted(ctx, texts)
	cost := most
	switch {
	case err != nil:
		cost = b.failed(err, most)
	case tokens > 0:
		cost = b.price.Cost(tokens, 0)
	}
	b.settle(ctx, b.tenant, nobody, day, cost-most)
	return vectors, err
}
