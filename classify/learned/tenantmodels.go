package learned

import (
	"bytes"
	"context"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/internal/lru"
)

// TenantModels is a classifier with a Model for each tenant: a helpdesk.Learner. For a tenant
// without its own Model the common base Model answers. The Models that were used last stay in
// memory, within Config.TenantBytes; the desk loads another one before it asks.
type TenantModels struct {
	base *Model
	cfg  *Config

	own *lru.Cache[helpdesk.TenantID, loaded]
}

// loaded is a version of a tenant's Model.
type loaded struct {
	version int64
	model   *Model
}

var _ helpdesk.Learner = (*TenantModels)(nil)

// NewTenantModels returns TenantModels that begin with base; nil abstains from everything. cfg is
// for [Train], and may be nil.
func NewTenantModels(base *Model, cfg *Config) (*TenantModels, error) {
	c, err := cfg.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("learned: new models: %w", err)
	}
	return &TenantModels{base: base, cfg: cfg, own: lru.New[helpdesk.TenantID, loaded](c.TenantBytes)}, nil
}

// of returns the Model that answers for a tenant, nil for none.
func (p *TenantModels) of(tenant helpdesk.TenantID) *Model {
	if own, ok := p.own.Get(tenant); ok {
		return own.model
	}
	return p.base
}

// Name is the name of the base Model.
func (p *TenantModels) Name() string {
	if p.base == nil {
		return ""
	}
	return p.base.Version()
}

// Classify asks the tenant's Model.
func (p *TenantModels) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	m := p.of(r.Tenant)
	if m == nil {
		return nil, helpdesk.ErrAbstain
	}
	return m.Classify(ctx, r)
}

// Learn implements helpdesk.Learner by [Replace]: a new Model has to be better than the known one,
// or else the base, on the newest fifth of the tickets. It cleans texts by classify.Clean; the
// texts for Classify should be cleaned too.
func (p *TenantModels) Learn(ctx context.Context, known []byte, tickets []*helpdesk.Ticket) (model []byte, why string, err error) {
	old := p.base
	if known != nil {
		if old, err = Read(bytes.NewReader(known)); err != nil {
			return nil, "", err
		}
	}
	examples := make([]Example, len(tickets))
	for i, t := range tickets {
		examples[i] = exampleOf(t)
	}
	m, better, c, err := Replace(ctx, old, examples, p.cfg)
	if err != nil || !better {
		return nil, c.String(), err
	}
	var b bytes.Buffer
	_, err = m.WriteTo(&b)
	return b.Bytes(), m.Version() + ": " + c.String(), err
}

// exampleOf makes an Example from a ticket, with the labels that people chose or left standing.
func exampleOf(t *helpdesk.Ticket) Example {
	e := Example{ID: string(t.ID), Subject: t.Subject, Text: classify.CleanFrom(t.Source, t.Description), Category: t.Category, At: t.CreatedAt}
	if t.PriorityBy != helpdesk.ByRule {
		e.Priority = t.Priority
	}
	if len(t.Tags) > 0 {
		e.Tags = t.Tags
	}
	return e
}

// Load implements helpdesk.Learner.
func (p *TenantModels) Load(tenant helpdesk.TenantID, version int64, model []byte) error {
	if model == nil {
		p.own.Delete(tenant)
		return nil
	}
	m, err := Read(bytes.NewReader(model))
	if err == nil {
		p.own.Put(tenant, loaded{version, m}, lru.SizeOf(m))
	}
	return err
}

// Loaded implements helpdesk.Learner.
func (p *TenantModels) Loaded(tenant helpdesk.TenantID) int64 {
	own, _ := p.own.Get(tenant)
	return own.version
}

// CacheSizes returns the size of the tenants' Models, for [helpdesk.Desk.CacheSizes].
func (p *TenantModels) CacheSizes() []helpdesk.CacheSize {
	n, bytes := p.own.Size()
	return []helpdesk.CacheSize{{Name: "learned models", Values: n, Bytes: bytes}}
}

// String describes the comparison in a line.
func (c *Comparison) String() string {
	side := func(name string, v *Versus) string {
		if v.New.Texts == 0 {
			return ""
		}
		return fmt.Sprintf("; %s %.0f%% right, before %.0f%%", name, 100*v.New.Accuracy, 100*v.Old.Accuracy)
	}
	return fmt.Sprintf("%s (trained on %d tickets, compared on %d%s%s)", c.Reason, c.Trained, c.Held, side("category", &c.Category), side("priority", &c.Priority))
}
