package storetest

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// Sentences returns what the cases quote.
func Sentences() (all []string) {
	for _, c := range append(cases(), blobCases...) {
		all = append(all, c.sentence)
	}
	return all
}

// FirstFailure runs the cases, each on a store of its own, and returns the name of the first that
// fails, or an empty text. It begins with the cases that take least time on the memory store: a
// store with one flaw mostly fails in one of them.
func FirstFailure(open func() helpdesk.Store) string {
	return firstFailure(byTime(), func(c *testCase, r *recorder) { c.run(r, open()) })
}

// FirstBlobFailure does the same for Blobs, in the order of the cases.
func FirstBlobFailure(open func() helpdesk.Blobs) string {
	return firstFailure(blobCases, func(c *testCase, r *recorder) { c.runBlobs(r, open()) })
}

// byTime returns the cases in the order of the time that they take.
var byTime = sync.OnceValue(func() []testCase {
	all, took := cases(), map[string]time.Duration{}
	for _, c := range all {
		began := time.Now()
		fails(func(r *recorder) { c.run(r, memstore.New()) })
		took[c.name] = time.Since(began)
	}
	slices.SortFunc(all, func(a, b testCase) int { return cmp.Compare(took[a.name], took[b.name]) })
	return all
})

func firstFailure(cases []testCase, run func(*testCase, *recorder)) string {
	for _, c := range cases {
		if fails(func(r *recorder) { run(&c, r) }) {
			return c.name
		}
	}
	return ""
}

// fails reports whether a case fails or panics.
func fails(run func(*recorder)) bool {
	r, done := &recorder{}, make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				r.Errorf("panic: %v", p)
			}
		}()
		run(r)
	}()
	<-done
	return r.failed != ""
}

// recorder is a reporter that remembers instead of failing a test.
type recorder struct{ failed string }

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failed += fmt.Sprintf(format, args...) + "\n"
}
func (r *recorder) FailNow() { runtime.Goexit() }
