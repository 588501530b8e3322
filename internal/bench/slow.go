package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// models is how many calls of a slow model are under way at least while Open is measured.
const models = 50

// openBesideModels compares the slowest hundredth of Opens while models answer slowly with the same
// without a model. In both cases the desk's tasks run beside it.
func openBesideModels(ctx context.Context, b *bench) error {
	var sides []func() (time.Duration, error)
	for _, waiting := range []bool{true, false} {
		s, err := b.newSite(ctx, fmt.Sprintf("models_%t", waiting))
		if err != nil {
			return err
		}
		sides = append(sides, func() (time.Duration, error) { return s.slowestOpen(ctx, waiting, b.round) })
	}
	progress("opening tickets beside %d slow models", models)
	v, err := versus(b.rounds(5), sides...)
	if err == nil {
		b.table.add(slower(fmt.Sprintf("Open, p99: %d models answering slowly beside none", models), v[0], v[1], 1.2))
	}
	return err
}

// slowestOpen opens 100 tickets a second and returns the 99th percentile of how long each took.
func (s *site) slowestOpen(ctx context.Context, waiting bool, d time.Duration) (time.Duration, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var asked atomic.Int64
	model := helpdesk.ClassifierFunc(func(ctx context.Context, _ *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		if !waiting {
			return nil, helpdesk.ErrAbstain
		}
		asked.Add(1)
		defer asked.Add(-1)
		select {
		case <-time.After(8 * time.Second):
		case <-ctx.Done():
		}
		return nil, helpdesk.ErrAbstain
	})
	store, err := bunstore.New(s.db, nil)
	if err != nil {
		return 0, err
	}
	desk, err := helpdesk.New(store, &helpdesk.Config{
		Classifier: model, PriorityRules: classify.PriorityRules(), Assigner: assign.BySkill(nil), SLA: sla.Standard(),
		Similar: similar.New(nil), Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return 0, err
	}
	var running sync.WaitGroup
	running.Go(func() { _ = desk.Run(ctx) })
	defer running.Wait()
	defer stop()
	for i := 0; waiting && asked.Load() < models; i++ {
		if i == 100 {
			return 0, fmt.Errorf("only %d models are asked", asked.Load())
		}
		for _, t := range []helpdesk.TenantID{tenant, "globex"} {
			if _, err := desk.ForTenant(t).Open(ctx, request); err != nil {
				return 0, err
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	var took []time.Duration
	pace := time.NewTicker(10 * time.Millisecond)
	defer pace.Stop()
	for start := time.Now(); time.Since(start) < 2*d; {
		begun := <-pace.C
		if _, err := desk.ForTenant(tenant).Open(ctx, request); err != nil {
			return 0, err
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	return took[len(took)*99/100], nil
}
