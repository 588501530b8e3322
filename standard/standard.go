// Package standard is the default wiring of a desk: PostgreSQL through Bun, OpenAI, a model that
// learns by itself, priority rules, assignment by skill, the standard SLA policies, and notices to
// the log and to the webhooks that admins keep. It is the one package that knows all the others.
// Read it to see how a desk is put together.
package standard

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
	"github.com/helpdesk-go/helpdesk/notify"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// Config says what differs from the default. Whatever the embedded helpdesk.Config
// has set is used instead of the standard part.
type Config struct {
	helpdesk.Config

	// OpenAIKey turns on classification by a model. Empty means the model of package starter, which
	// also learns from the tenant's own tickets. It needs no network.
	OpenAIKey string
	// OpenAI has the model and base URL; nil means the defaults of openaiclassify.
	OpenAI *openaiclassify.Config
	// Budget is the most that the model and Embedding may cost together, for each tenant and UTC
	// day, in billionths of a US dollar. 0 means DefaultBudget, negative no limit. The price of the
	// model has to be known: see OpenAI.Prices. With a Budget of 0, a model without a known price,
	// such as one on the host's own machine, has no limit, and the log says so.
	Budget int64
	// CustomerShare is the part of Budget that one customer may spend: see classify.BudgetConfig.
	// 0 means 0.10.
	CustomerShare float64
	// Embedding, together with OpenAIKey, also finds similar tickets in other words. Nil compares
	// by words alone.
	Embedding *openaiclassify.EmbedderConfig

	// Migrate makes New bring the schema up to date. A host that migrates in a
	// step of its own leaves it false; then New fails when the schema is not the one it needs.
	Migrate bool
}

// DefaultBudget is 5 US dollars, the most that classification may cost a tenant in a day unless
// Config.Budget says otherwise. A usual ticket has some 2,500 tokens with the prompt and three
// similar tickets, and its answer 250. With the default model, gpt-5.4-mini, at $0.75 and $4.50 for
// a million, that is $0.003. So a tenant with 1,500 tickets a day does not meet the limit, and a
// flood of tickets costs no more than this. A customer's tenth pays for 160 such tickets.
const DefaultBudget int64 = 5e9

// New returns a desk on a database that the host has opened, see package bunstore for how, and
// its store, which a host needs for WithTx. A nil cfg is the zero Config.
func New(ctx context.Context, db *bun.DB, cfg *Config) (*helpdesk.Desk, *bunstore.Store, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	store, err := bunstore.New(db, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("standard: %w", err)
	}
	if cfg.Migrate {
		err = store.Migrate(ctx)
	} else {
		err = store.Check(ctx)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("standard: %w", err)
	}
	desk, err := Desk(store, cfg)
	return desk, store, err
}

// Desk returns a desk with the standard parts on any store. A nil cfg is the zero Config.
func Desk(store helpdesk.Store, cfg *Config) (*helpdesk.Desk, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	c := cfg.Config
	if c.Classifier == nil {
		if err := triage(store, cfg, &c); err != nil {
			return nil, fmt.Errorf("standard: %w", err)
		}
	}
	if c.Similar == nil {
		c.Similar = similar.New(&similar.Config{Logger: c.Logger})
	}
	if c.PriorityRules == nil {
		c.PriorityRules = classify.PriorityRules()
	}
	if c.Assigner == nil {
		c.Assigner = assign.BySkill(nil)
	}
	if c.SLA == nil {
		c.SLA = sla.Standard()
	}
	if c.Notifier == nil {
		hooks, err := webhook.New(&webhook.Config{Store: store, Clock: c.Clock, Logger: c.Logger})
		if err != nil {
			return nil, fmt.Errorf("standard: %w", err)
		}
		c.Notifier = notify.Multi(notify.Log(c.Logger), hooks)
	}
	return helpdesk.New(store, &c)
}
