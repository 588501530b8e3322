package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Embedder turns texts into vectors that point alike when the texts mean alike. It is called outside of any
// transaction, by many goroutines at once, and may be slow or down.
type Embedder interface {
	// Embed returns one vector per text, in order, all of one length and of finite numbers. After an error that matches
	// ErrAbstain the texts are compared by words alone; after another they are tried again later.
	Embed(ctx context.Context, texts []string) ([][]float32, error)

	// Model names what makes the vectors. Vectors of different models are never compared.
	Model() string
}

// TenantEmbedder is an Embedder that needs to know whose texts it is given, as one with a budget does.
type TenantEmbedder interface {
	Embedder

	// ForTenant returns the Embedder for the texts of a tenant. Its vectors are those of the same Model.
	ForTenant(tenant TenantID) Embedder
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

// How vectors are used. There is no index over them, and pgvector is not used: a query is compared with the vectors
// of the best by words and of the tenant's tickets solved last. An older ticket that shares no word with the query is not
// found. With vectors of 1,536 numbers that is up to 12 MB to read per query.
const (
	embedBatch    = 32      // texts per call
	embedBytes    = 6000    // of each text, as much as triage reads
	latestVectors = 2000    // of the tickets solved last
	fuseDepth     = 100     // how far down each ranking is looked at
	fuseK         = 60.0    // Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion", SIGIR 2009
	maxVector     = 1 << 14 // numbers in a vector
)

func embedText(t *Ticket) string { return clipTo(t.Subject+"\n"+t.Description, embedBytes) }

// embed asks the Embedder, survives its panics and checks its answer.
func (d *Desk) embed(ctx context.Context, texts []string) (vectors [][]float32, err error) {
	err = safely(func() (err error) {
		embedder := d.cfg.Embedder
		if e, ok := embedder.(TenantEmbedder); ok {
			embedder = e.ForTenant(d.tenant)
		}
		vectors, err = embedder.Embed(ctx, texts)
		return err
	})
	if err == nil && len(vectors) != len(texts) {
		err = fmt.Errorf("%w: %d vectors of %d texts", ErrInvalid, len(vectors), len(texts))
	}
	for i := 0; i < len(vectors) && err == nil; i++ {
		if !usable(vectors[i]) || len(vectors[i]) != len(vectors[0]) {
			err = fmt.Errorf("%w: vector %d is empty, too long, of another length or not of finite numbers", ErrInvalid, i)
		}
	}
	return vectors, err
}

func usable(v []float32) bool {
	return len(v) > 0 && len(v) <= maxVector && !slices.ContainsFunc(v, func(x float32) bool {
		return math.IsNaN(float64(x)) || math.IsInf(float64(x), 0)
	})
}

// rememberVectors embeds those of the tickets that are remembered and have no vector yet, and returns why it could not by ticket.
// A task that failed before is embedded alone: it may be its text that the Embedder cannot take.
func (d *Desk) rememberVectors(ctx context.Context, tasks []Task) (map[TicketID]error, error) {
	keeper, ok := As[VectorKeeper](d.store)
	if !ok || d.cfg.Embedder == nil {
		return nil, nil
	}
	wanting, err := d.wantVectors(ctx, keeper, tasks)
	if err != nil {
		return nil, err
	}
	alone := map[TicketID]bool{}
	for _, t := range tasks {
		alone[t.Ticket] = t.Attempts > 1
	}
	slices.SortStableFunc(wanting, func(a, b *Ticket) int { return cmp.Compare(btoi(alone[a.ID]), btoi(alone[b.ID])) })
	failed := map[TicketID]error{}
	for len(wanting) > 0 {
		n := 1
		for n < min(len(wanting), embedBatch) && !alone[wanting[n].ID] {
			n++
		}
		some := wanting[:n]
		wanting = wanting[n:]
		if err := d.keepVectors(ctx, keeper, some); err != nil && !errors.Is(err, ErrAbstain) {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			for _, t := range some {
				failed[t.ID] = fmt.Errorf("embed: %w", err)
			}
		}
	}
	return failed, nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// wantVectors reads the tickets of the tasks that are to be found and have no vector of the model.
func (d *Desk) wantVectors(ctx context.Context, keeper VectorKeeper, tasks []Task) ([]*Ticket, error) {
	q := Query{Tenant: d.tenant, Status: []Status{StatusResolved, StatusClosed}, Limit: MaxLimit}
	for _, t := range tasks {
		q.IDs = append(q.IDs, t.Ticket)
	}
	have, err := keeper.Vectors(ctx, d.tenant, d.cfg.Embedder.Model(), q.IDs, 0)
	if err != nil {
		return nil, err
	}
	var wanting []*Ticket
	for t, err := range allTickets(ctx, d.store, q) {
		if err != nil {
			return nil, err
		}
		if _, ok := have[t.ID]; !ok && t.Memorable() {
			wanting = append(wanting, t)
		}
	}
	return wanting, nil
}

func (d *Desk) keepVectors(ctx context.Context, keeper VectorKeeper, tickets []*Ticket) error {
	texts := make([]string, len(tickets))
	for i, t := range tickets {
		texts[i] = embedText(t)
	}
	vectors, err := d.embed(ctx, texts)
	if err != nil {
		return err
	}
	kept := make(map[TicketID][]float32, len(tickets))
	for i, t := range tickets {
		kept[t.ID] = vectors[i]
	}
	return keeper.KeepVectors(ctx, d.tenant, d.cfg.Embedder.Model(), kept)
}

// fuseVectors ranks by words and by vectors together: each ranking gives a ticket 1/(60+place).
func fuseVectors(ctx context.Context, keeper VectorKeeper, q *SimilarQuery, words []likeness) ([]likeness, error) {
	words = words[:min(len(words), fuseDepth)]
	ids := make([]TicketID, len(words))
	for i, l := range words {
		ids[i] = l.ticket
	}
	vectors, err := keeper.Vectors(ctx, q.Tenant, q.Model, ids, latestVectors)
	if err != nil {
		return nil, err
	}
	var near []likeness
	for id, v := range vectors {
		if c := cosine(q.Vector, v); c > 0 && id != q.Exclude {
			near = append(near, likeness{id, c})
		}
	}
	if len(near) == 0 {
		return words, nil
	}
	slices.SortFunc(near, byScore)
	sum := map[TicketID]float64{}
	for _, ranking := range [][]likeness{words, near[:min(len(near), fuseDepth)]} {
		for i, l := range ranking {
			sum[l.ticket] += 1 / (fuseK + float64(i+1))
		}
	}
	var fused []likeness
	for id, s := range sum {
		fused = append(fused, likeness{id, s})
	}
	slices.SortFunc(fused, byScore)
	return fused, nil
}

// cosine is that of the angle between two vectors; 0 when they cannot be compared.
func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+float64(x*y), aa+float64(x*x), bb+float64(y*y)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / (math.Sqrt(aa) * math.Sqrt(bb))
}
