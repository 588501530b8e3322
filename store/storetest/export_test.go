package storetest

import (
	"fmt"
	"runtime"

	"github.com/helpdesk-go/helpdesk"
)

// Sentences returns what the cases quote.
func Sentences() (all []string) {
	for _, c := range append(cases(), blobCases...) {
		all = append(all, c.sentence)
	}
	return all
}

// Failures runs the cases, each on a store of its own, and returns the names of the first that
// fail, at most most of them.
func Failures(most int, open func() helpdesk.Store) []string {
	return failures(cases(), most, func(c *testCase, r *recorder) { c.run(r, open()) })
}

// BlobFailures does the same for Blobs.
func BlobFailures(most int, open func() helpdesk.Blobs) []string {
	return failures(blobCases, most, func(c *testCase, r *recorder) { c.runBlobs(r, open()) })
}

func failures(cases []testCase, most int, run func(*testCase, *recorder)) (names []string) {
	for _, c := range cases {
		r := &recorder{}
		done := make(chan struct{})
		go func() {
			defer close(done)
			defer func() {
				if p := recover(); p != nil {
					r.Errorf("panic: %v", p)
				}
			}()
			run(&c, r)
		}()
		if <-done; r.failed != "" {
			if names = append(names, c.name); len(names) == most {
				break
			}
		}
	}
	return names
}

// recorder is a reporter that remembers instead of failing a test.
type recorder struct{ failed string }

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failed += fmt.Sprintf(format, args...) + "\n"
}
func (r *recorder) FailNow() { runtime.Goexit() }
