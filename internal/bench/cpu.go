package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// work is how much of the server's CPU the calls of one side took.
type work struct {
	calls atomic.Int64
	cpu   time.Duration
}

// counted counts the calls of do.
func (w *work) counted(do func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		w.calls.Add(1)
		return do(ctx)
	}
}

// timed adds up what the backends of all clients spend in the rounds.
func (w *work) timed(ctx context.Context, s *site, round func() (float64, error)) func() (float64, error) {
	return func() (float64, error) {
		before, err := s.backends(ctx)
		if err != nil {
			return 0, err
		}
		v, err := round()
		if err != nil {
			return 0, err
		}
		after, err := s.backends(ctx)
		for pid, spent := range after {
			w.cpu += spent - before[pid]
		}
		return v, err
	}
}

// perCall is the mean.
func (w *work) perCall() time.Duration { return w.cpu / time.Duration(max(w.calls.Load(), 1)) }

// backends returns the CPU time of the server's processes that serve clients, where Linux tells it.
func (s *site) backends(ctx context.Context) (map[int]time.Duration, error) {
	rows, err := s.pool.Query(ctx, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
	if err != nil {
		return nil, err
	}
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return nil, err
	}
	all := map[int]time.Duration{}
	for _, pid := range pids {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		_, numbers, ok := strings.Cut(string(text), ") ") // the name before it may hold spaces
		var skip string
		var user, system int64
		if ok {
			_, err := fmt.Sscan(numbers, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &user, &system)
			if err != nil {
				return nil, err
			}
		}
		all[pid] = time.Duration(user+system) * 10 * time.Millisecond
	}
	return all, nil
}
