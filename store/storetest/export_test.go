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

// Failures runs every case on a store of its own and returns the names of those that fail.
func Failures(open func() helpdesk.Store) []string {
	return failures(cases(), func(c *testCase, r *recorder) { c.run(r, open()) })
}

// BlobFailures does the same for Blobs.
func BlobFailures(open func() helpdesk.Blobs) []string {
	return failures(blobCases, func(c *testCase, r *recorder) { c.runBlobs(r, open()) })
}

func failures(cases []testCase, run func(*testCase, *recorder)) (names []string) {
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
			names = append(names, c.name)
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
