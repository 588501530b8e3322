package helpdesktest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Clock is a helpdesk.Clock that moves only when told to.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a Clock that stands at now.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns the time the clock stands at.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock; a negative duration moves it back.
func (c *Clock) Advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// Set moves the clock to a time.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Script is a helpdesk.Classifier that gives the answers it was given, in order, and
// the last of them for ever. Without any it abstains.
type Script struct {
	mu       sync.Mutex
	lines    []line
	requests []helpdesk.ClassifyRequest
}

type line struct {
	answer helpdesk.Classification
	err    error
}

// Answer appends an answer.
func (s *Script) Answer(c helpdesk.Classification) { s.add(line{answer: c}) }

// Fail appends an error.
func (s *Script) Fail(err error) { s.add(line{err: err}) }

func (s *Script) add(l line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, l)
}

// Classify gives the next answer.
func (s *Script) Classify(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, *r)
	if len(s.lines) == 0 {
		return nil, helpdesk.ErrAbstain
	}
	l := s.lines[0]
	if len(s.lines) > 1 {
		s.lines = s.lines[1:]
	}
	if l.err != nil {
		return nil, l.err
	}
	return &l.answer, nil
}

// Requests returns what the classifier was asked, in order.
func (s *Script) Requests() []helpdesk.ClassifyRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Recorder is a helpdesk.Notifier that keeps what it is told.
type Recorder struct {
	mu      sync.Mutex
	notices []helpdesk.Notification
	err     error
}

// Fail makes every further notification fail with err, until Fail(nil).
func (r *Recorder) Fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// Notify keeps n, or fails as told.
func (r *Recorder) Notify(_ context.Context, n *helpdesk.Notification) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	r.notices = append(r.notices, *n)
	return nil
}

// All returns every notification that arrived, in order of arrival.
func (r *Recorder) All() []helpdesk.Notification {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.notices)
}

// Reset forgets every notification that has arrived. A Fail stays as it is.
func (r *Recorder) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notices = nil
}

// Of returns those of one kind.
func (r *Recorder) Of(kind helpdesk.NoticeKind) []helpdesk.Notification {
	return slices.DeleteFunc(r.All(), func(n helpdesk.Notification) bool { return n.Kind != kind })
}
