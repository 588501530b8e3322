// Package atonce does several things at once.
package atonce

import "sync"

// Do calls do for each number below n, at most most of them at once, and returns when all calls
// have. It begins no call once stop returns true; a nil stop never does.
func Do(n, most int, stop func() bool, do func(i int)) {
	var wg sync.WaitGroup
	slot := make(chan struct{}, most)
	for i := range n {
		if slot <- struct{}{}; stop != nil && stop() {
			break
		}
		wg.Go(func() {
			defer func() { <-slot }()
			do(i)
		})
	}
	wg.Wait()
}
