package similar

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// How vectors are used. They have no index, and pgvector is not used: a query is compared with the
// vectors of the best tickets by words and of the tenant's tickets solved last. An older ticket
// that shares no word with the query is not found. With vectors of 1,536 numbers a query reads up
// to 12 MB.
const (
	embedBatch    = 32   // texts per call
	latestVectors = 2000 // of the tickets solved last
	fuseDepth     = 100  // places of each ranking that are read
	fuseK         = 60.0 // Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion", SIGIR 2009
)

// updateVectors embeds the tickets that lack a vector, and returns the failures by ticket. A ticket
// that failed before is embedded alone, since the Embedder may have failed because of its text.
func (f *Finder) updateVectors(ctx context.Context, store helpdesk.Store, index VectorIndex, tasks []helpdesk.Task) (map[helpdesk.TicketID]error, error) {
	lacking, err := f.withoutVector(ctx, store, index, tasks)
	if err != nil {
		return nil, err
	}
	again := map[helpdesk.TicketID]bool{}
	for _, t := range tasks {
		again[t.Ticket] = t.Attempts > 1
	}
	var batches [][]*helpdesk.Ticket
	fresh := slices.DeleteFunc(slices.Clone(lacking), func(t *helpdesk.Ticket) bool { return again[t.ID] })
	batches = slices.AppendSeq(batches, slices.Chunk(fresh, embedBatch))
	for _, t := range lacking {
		if again[t.ID] {
			batches = append(batches, []*helpdesk.Ticket{t})
		}
	}
	failed := map[helpdesk.TicketID]error{}
	for _, some := range batches {
		if err := f.keepVectors(ctx, index, some); err != nil && !errors.Is(err, helpdesk.ErrAbstain) {
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

// withoutVector reads the tickets of the tasks that are solved and have no vector of the model.
func (f *Finder) withoutVector(ctx context.Context, store helpdesk.Store, index VectorIndex, tasks []helpdesk.Task) ([]*helpdesk.Ticket, error) {
	q := resolved(tasks[0].Tenant)
	for _, t := range tasks {
		q.IDs = append(q.IDs, t.Ticket)
	}
	have, err := index.Vectors(ctx, q.Tenant, f.cfg.Embedder.Model(), q.IDs, 0)
	if err != nil {
		return nil, err
	}
	var lacking []*helpdesk.Ticket
	for t, err := range tickets(ctx, store, q) {
		if err != nil {
			return nil, err
		}
		if _, ok := have[t.ID]; !ok && t.IsSolved() {
			lacking = append(lacking, t)
		}
	}
	return lacking, nil
}

// keepVectors embeds some tickets of one tenant in one call, and stores their vectors.
func (f *Finder) keepVectors(ctx context.Context, index VectorIndex, some []*helpdesk.Ticket) error {
	tenant, texts := some[0].Tenant, make([]string, len(some))
	for i, t := range some {
		texts[i] = embeddedText(t)
	}
	vectors, err := f.embed(ctx, tenant, texts)
	if err != nil {
		return err
	}
	byTicket := make(map[helpdesk.TicketID][]float32, len(some))
	for i, t := range some {
		byTicket[t.ID] = vectors[i]
	}
	return index.KeepVectors(ctx, tenant, f.cfg.Embedder.Model(), byTicket)
}

// fuseVectors fuses the ranking by words with one by vectors: a ticket gets 1/(60+n) from each
// ranking in which it has the place n.
func fuseVectors(ctx context.Context, index VectorIndex, q *Query, words []place) ([]place, error) {
	words = words[:min(len(words), fuseDepth)]
	ids := make([]helpdesk.TicketID, len(words))
	for i, p := range words {
		ids[i] = p.ticket
	}
	vectors, err := index.Vectors(ctx, q.Tenant, q.Model, ids, latestVectors)
	if err != nil {
		return nil, err
	}
	var near []place
	for id, v := range vectors {
		if c := cosine(q.Vector, v); c > 0 && id != q.Exclude {
			near = append(near, place{id, c})
		}
	}
	if len(near) == 0 {
		return words, nil
	}
	slices.SortFunc(near, byScore)
	sum := map[helpdesk.TicketID]float64{}
	for _, ranking := range [][]place{words, near[:min(len(near), fuseDepth)]} {
		for i, p := range ranking {
			sum[p.ticket] += 1 / (fuseK + float64(i+1))
		}
	}
	var fused []place
	for id, s := range sum {
		fused = append(fused, place{id, s})
	}
	slices.SortFunc(fused, byScore)
	return fused, nil
}

// cosine is the cosine of the angle between two vectors; 0 when they cannot be compared.
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
