package main

import (
	"context"
	"fmt"
	"time"
)

// tickIdle looks for something to do where every ticket is open and waits for a deadline to come.
func tickIdle(ctx context.Context, b *bench) error {
	clocks := b.largest() // two a ticket
	progress("filling %s open tickets", count(clocks/2))
	s, err := b.newSite(ctx, "waiting")
	if err != nil {
		return err
	}
	if err := s.fill(ctx, clocks/2, 1); err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	progress("ticking with nothing due")
	v, err := versus(b.rounds(5), latency(ctx, 200, func(ctx context.Context) error {
		n, err := desk.Tick(ctx)
		if err == nil && n > 0 {
			err = fmt.Errorf("%d tasks were due", n)
		}
		return err
	}))
	if err != nil {
		return err
	}
	b.table.add(within("Tick with nothing due, "+count(clocks)+" clocks running", v[0], 2*time.Millisecond))
	return s.drop(ctx)
}
