package main

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// median returns the middle of a list, which it sorts.
func median[T cmp.Ordered](list []T) T {
	slices.Sort(list)
	return list[len(list)/2]
}

// versus runs each side in turn and returns the medians of what they returned. They take turns
// since a machine is not equally fast all the time.
func versus[T cmp.Ordered](rounds int, sides ...func() (T, error)) ([]T, error) {
	all := make([][]T, len(sides))
	for range rounds {
		for i, side := range sides {
			v, err := side()
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], v)
		}
	}
	medians := make([]T, len(sides))
	for i := range all {
		medians[i] = median(all[i])
	}
	return medians, nil
}

// throughput is a round of calling do by so many workers, as calls per second.
func throughput(ctx context.Context, workers int, d time.Duration, do func(ctx context.Context) error) func() (float64, error) {
	return func() (float64, error) {
		var (
			wg    sync.WaitGroup
			mu    sync.Mutex
			total int
			first error
		)
		start := time.Now()
		for range workers {
			wg.Go(func() {
				n, err := 0, error(nil)
				for err == nil && time.Since(start) < d {
					if err = do(ctx); err == nil {
						n++
					}
				}
				mu.Lock()
				defer mu.Unlock()
				total += n
				if first == nil {
					first = err
				}
			})
		}
		wg.Wait()
		return float64(total) / time.Since(start).Seconds(), first
	}
}

// slowest is a round of n calls, as the time that a share of them stays within.
func slowest(ctx context.Context, n int, share float64, do func(ctx context.Context) error) func() (time.Duration, error) {
	return func() (time.Duration, error) {
		times := make([]time.Duration, n)
		for i := range times {
			start := time.Now()
			if err := do(ctx); err != nil {
				return 0, err
			}
			times[i] = time.Since(start)
		}
		slices.Sort(times)
		return times[min(n-1, int(share*float64(n)))], nil
	}
}

// latency is a round of n calls, as the median time of one.
func latency(ctx context.Context, n int, do func(ctx context.Context) error) func() (time.Duration, error) {
	return func() (time.Duration, error) {
		times := make([]time.Duration, n)
		for i := range times {
			start := time.Now()
			if err := do(ctx); err != nil {
				return 0, err
			}
			times[i] = time.Since(start)
		}
		return median(times), nil
	}
}
