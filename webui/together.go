package webui

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// together does several things at the same time and returns their errors when all are done. They
// ask the database, and so a page waits for the slowest instead of for all.
func together(do ...func() error) error {
	errs := make([]error, len(do))
	var all sync.WaitGroup
	for i, f := range do {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					errs[i] = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
				}
			}()
			errs[i] = f()
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
