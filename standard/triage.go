package standard

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/learned"
	"github.com/helpdesk-go/helpdesk/classify/learned/starter"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
	"github.com/helpdesk-go/helpdesk/similar"
)

// triage plugs in the classifiers. A guard first looks for attempts to steer a model, and the text
// is cleaned. With a key, a model is asked within the budget; secrets are removed from the text
// before. If there is no model, or it knows no answer, the classifier that learns from the tenant's
// own tickets is asked.
func triage(store helpdesk.Store, cfg *Config, c *helpdesk.Config) error {
	models, err := learned.NewTenantModels(starter.Model(), nil)
	if err != nil {
		return err
	}
	if c.Learner == nil {
		c.Learner = models
	}
	ask := []helpdesk.Classifier{models}
	if cfg.OpenAIKey != "" {
		limits := budget(store, cfg, c)
		model, err := model(cfg, c, limits)
		if err != nil {
			return err
		}
		ask = []helpdesk.Classifier{model, models}
		if c.Similar == nil && cfg.Embedding != nil {
			e, err := embedder(cfg, c, limits)
			if err != nil {
				return err
			}
			c.Similar = similar.New(&similar.Config{Embedder: e, Logger: c.Logger})
		}
	}
	chain, err := classify.NewChain(&classify.ChainConfig{Least: c.Confidence}, ask...)
	if err != nil {
		return err
	}
	c.Classifier = classify.Guard(classify.Normalize(classify.NoAction(chain)))
	return nil
}

// model is OpenAI with limits.
func model(cfg *Config, c *helpdesk.Config, limits *classify.BudgetConfig) (helpdesk.Classifier, error) {
	plain, err := openaiclassify.New(cfg.OpenAIKey, cfg.OpenAI)
	if err != nil {
		return nil, err
	}
	var paid helpdesk.Classifier = plain
	if limited(cfg, c, limits, plain.Model()) {
		if paid, err = classify.NewBudget(plain, limits); err != nil {
			return nil, err
		}
	}
	limit := &classify.LimitConfig{Clock: c.Clock}
	if c.TriageTime > 0 { // the rest is for the store
		limit.Total = max(c.TriageTime-5*time.Second, c.TriageTime/2)
		limit.Timeout = max(8*time.Second, limit.Total)
	}
	if c.Logger != nil {
		limit.Tell = func(ctx context.Context, f *classify.Failure) {
			c.Logger.ErrorContext(ctx, "helpdesk: classifier", "kind", f.Kind, "error", f)
		}
	}
	patient, err := classify.NewLimit(paid, limit)
	if err != nil {
		return nil, err
	}
	return classify.Redact(patient, nil), nil
}

// embedder is OpenAI's, without the secrets of a text and as long as there is money.
func embedder(cfg *Config, c *helpdesk.Config, limits *classify.BudgetConfig) (similar.Embedder, error) {
	plain, err := openaiclassify.NewEmbedder(cfg.OpenAIKey, cfg.Embedding)
	if err != nil {
		return nil, err
	}
	var paid similar.Embedder = plain
	if limited(cfg, c, limits, plain.Model()) {
		if paid, err = classify.NewEmbedBudget(plain, limits); err != nil {
			return nil, err
		}
	}
	return classify.RedactEmbedder(paid, nil), nil
}

// budget is what both may spend together, on every process where the store keeps account of it.
func budget(store helpdesk.Store, cfg *Config, c *helpdesk.Config) *classify.BudgetConfig {
	ledger, ok := helpdesk.As[classify.Ledger](store)
	if !ok {
		ledger = classify.NewLedger()
	}
	limits := &classify.BudgetConfig{
		PerDay: cmp.Or(cfg.Budget, DefaultBudget), CustomerShare: cfg.CustomerShare, Ledger: ledger, Clock: c.Clock,
	}
	if cfg.OpenAI != nil {
		limits.Prices = cfg.OpenAI.Prices
	}
	return limits
}

// limited reports whether the calls of a model are limited. The default is no limit for a model
// whose price nobody knows.
func limited(cfg *Config, c *helpdesk.Config, limits *classify.BudgetConfig, model string) bool {
	if _, priced := limits.Prices.Of(model); priced || cfg.Budget != 0 {
		return cfg.Budget >= 0
	}
	cmp.Or(c.Logger, slog.Default()).Warn("standard: the price of the model is not known, so no budget limits it", "model", model)
	return false
}
