package classify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// LimitConfig sets up a Limit. Its zero value works; each field's comment names the default.
type LimitConfig struct {
	// Concurrency is the number of requests in work at once, their waits included; 0 means 16.
	Concurrency int
	Timeout     time.Duration // of one try; 0 means 8 seconds
	// Total covers the wait for a slot, all tries and the waits between them; 0 means 20 seconds.
	Total time.Duration

	// Retries is the number of tries after the first, by the kind of failure. Nil means 2 for
	// Timeout, Network, Server and Throttled and 1 for Malformed. A kind that is not in the map is
	// not tried again. Failures of different kinds together have as many tries as the kind with the
	// most.
	Retries map[Kind]int

	// Failures is the number of failed requests in a row, each after its tries, that opens the
	// breaker; 0 means 5, negative never.
	Failures int
	Cool     time.Duration // how long it then stays open; 0 means 1 minute
	Denied   time.Duration // how long it stays open after a refused key or quota; 0 means 5 minutes

	// Tell is called with failures that concern the host: a refused key or quota, a refused
	// request, an opened breaker, and no slot in time; at most once an hour for each kind. The
	// ticket waits for its return. Nil logs an error to slog.Default().
	Tell func(ctx context.Context, f *Failure)

	Clock helpdesk.Clock // nil: helpdesk.SystemClock

	// Sleep waits between tries; it returns early with an error when ctx ends. Nil means a timer. A
	// host that moves the Clock by hand passes a Sleep that moves it.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Limit calls another classifier with limits and retries. It limits the number of requests at once,
// retries transient failures, and stops calling a model that refuses or cannot answer. [Kind] lists
// the action for each kind of failure. Requests get slots in the order of their arrival.
//
// The classifier must heed its ctx, which is how a try ends in time. Limit passes its panics on.
type Limit struct {
	inner   helpdesk.Classifier
	cfg     LimitConfig
	most    int // tries after the first, over all kinds
	slots   chan struct{}
	breaker breaker

	mu   sync.Mutex
	told map[Kind]time.Time
}

// NewLimit returns a Limit around a classifier. A nil cfg means the zero LimitConfig. An error
// names the invalid field.
func NewLimit(inner helpdesk.Classifier, cfg *LimitConfig) (*Limit, error) {
	if cfg == nil {
		cfg = &LimitConfig{}
	}
	l := &Limit{inner: inner, cfg: *cfg, told: map[Kind]time.Time{}}
	c := &l.cfg
	if err := c.check(inner); err != nil {
		return nil, fmt.Errorf("classify: new limit: %w", err)
	}
	c.complete()
	l.most = slices.Max(append(slices.Collect(maps.Values(c.Retries)), 0))
	l.slots = make(chan struct{}, c.Concurrency)
	l.breaker = breaker{clock: c.Clock, most: max(0, c.Failures), cool: c.Cool, denied: c.Denied}
	return l, nil
}

func (c *LimitConfig) check(inner helpdesk.Classifier) error {
	var errs []error
	bad := func(field, problem string) { errs = append(errs, &helpdesk.FieldError{Field: field, Problem: problem}) }
	if inner == nil {
		bad("inner", "is nil")
	}
	if c.Concurrency < 0 {
		bad("Concurrency", "is negative")
	}
	for name, d := range map[string]time.Duration{"Timeout": c.Timeout, "Total": c.Total, "Cool": c.Cool, "Denied": c.Denied} {
		if d < 0 {
			bad(name, "is negative")
		}
	}
	for kind, n := range c.Retries {
		if n < 0 {
			bad("Retries", fmt.Sprintf("has a negative number for %q", kind))
		}
	}
	return errors.Join(errs...)
}

func (c *LimitConfig) complete() {
	c.Concurrency = cmp.Or(c.Concurrency, 16)
	c.Timeout = cmp.Or(c.Timeout, 8*time.Second)
	c.Total = cmp.Or(c.Total, 20*time.Second)
	c.Failures = cmp.Or(c.Failures, 5)
	c.Cool = cmp.Or(c.Cool, time.Minute)
	c.Denied = cmp.Or(c.Denied, 5*time.Minute)
	c.Retries = maps.Clone(c.Retries)
	if c.Retries == nil {
		c.Retries = map[Kind]int{Malformed: 1}
		for _, kind := range transient {
			c.Retries[kind] = 2
		}
	}
	if c.Clock == nil {
		c.Clock = helpdesk.SystemClock
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	if c.Tell == nil {
		c.Tell = func(ctx context.Context, f *Failure) {
			slog.ErrorContext(ctx, "helpdesk: classifier", "kind", f.Kind, "error", f)
		}
	}
}

// Unwrap returns the classifier inside.
func (l *Limit) Unwrap() helpdesk.Classifier { return l.inner }

// Classify asks the classifier inside. The answer, or else the *[Failure] in the error, has the
// sums of tokens and cost of all tries. It passes on helpdesk.ErrAbstain and helpdesk.ErrInvalid
// from the classifier inside. When ctx ends, so does the wait, and the error matches that of ctx.
func (l *Limit) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	if f := l.breaker.shut(); f != nil {
		return nil, f
	}
	q := &request{Limit: l, caller: ctx, start: l.cfg.Clock.Now()}
	ctx, cancel := context.WithTimeout(ctx, l.cfg.Total)
	defer cancel()
	select {
	case l.slots <- struct{}{}: // a channel serves waiting requests in order
		defer func() { <-l.slots }()
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		return nil, q.noSlot()
	}
	alone, f := l.breaker.enter()
	if f != nil {
		return nil, f
	}
	q.alone = alone
	defer func() { // also after a panic
		if l.breaker.leave(alone, q.verdict, q.last, q.after) {
			l.tell(q.caller, asFailure(q.last))
		}
	}()
	return q.tries(ctx, r)
}

// tell tells the host, unless it was told of the kind within the hour.
func (l *Limit) tell(ctx context.Context, f *Failure) {
	now := l.cfg.Clock.Now()
	l.mu.Lock()
	last, known := l.told[f.Kind]
	due := !known || now.Sub(last) >= time.Hour
	if due {
		l.told[f.Kind] = now
	}
	l.mu.Unlock()
	if due {
		l.cfg.Tell(ctx, f)
	}
}

// request is one call of Classify in progress.
type request struct {
	*Limit
	caller context.Context
	start  time.Time
	alone  bool // the one request of a half open breaker

	bill    bill
	failed  map[Kind]int
	count   int
	verdict verdict
	last    error         // of the latest try
	after   time.Duration // the wait that the server asked for last
}

func (q *request) noSlot() error {
	if err := q.caller.Err(); err != nil {
		return &Failure{Kind: Cancelled, Err: err}
	}
	f := &Failure{Kind: Busy, Err: fmt.Errorf("no slot of %d came free in %v", q.cfg.Concurrency, q.cfg.Total)}
	q.tell(q.caller, f)
	return f
}

// tries asks until there is an answer, a permanent error, or no time.
func (q *request) tries(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	q.failed = map[Kind]int{}
	for {
		answer, err := q.try(ctx, r)
		if err == nil && answer == nil {
			err = helpdesk.ErrAbstain
		}
		q.bill.add(answer, err)
		if err == nil {
			q.verdict = alive
			return q.bill.onto(answer), nil
		}
		q.last = err
		if ended := q.caller.Err(); ended != nil {
			q.verdict = nothing
			return nil, q.bill.on(&Failure{Kind: Cancelled, Err: ended})
		}
		f := asFailure(err)
		if f.is(Rejected, Denied) {
			q.tell(q.caller, f)
		}
		if q.again(ctx, f) {
			continue
		}
		if ended := q.caller.Err(); ended != nil {
			return nil, q.bill.on(&Failure{Kind: Cancelled, Err: ended})
		}
		return nil, q.bill.on(q.last)
	}
}

// try asks once. A try that was cut off with less than half of its time, because the slot came late
// or the tries before took long, shows nothing about the model.
func (q *request) try(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	short := q.left() < min(q.cfg.Timeout, q.cfg.Total)/2
	tryCtx, cancel := context.WithTimeout(ctx, q.cfg.Timeout)
	defer cancel()
	answer, err := q.inner.Classify(tryCtx, r)
	f := asFailure(err)
	if q.after = 0; f != nil {
		q.after = f.After
	}
	switch {
	case err == nil, f.is(Malformed, Refused, Rejected):
		q.verdict = alive
	case f.is(Denied):
		q.verdict = refusing
	case f.is(Timeout) && short:
	case f.is(transient...):
		q.verdict = failing
	}
	return answer, err
}

// left returns the rest of Total, by the Clock.
func (q *request) left() time.Duration { return q.cfg.Total - q.cfg.Clock.Now().Sub(q.start) }

// again waits for the next try and reports whether there is one.
func (q *request) again(ctx context.Context, f *Failure) bool {
	if f == nil || q.alone || ctx.Err() != nil {
		return false
	}
	q.failed[f.Kind]++
	q.count++
	if q.failed[f.Kind] > q.cfg.Retries[f.Kind] || q.count > q.most {
		return false
	}
	wait := f.After
	if wait <= 0 {
		wait = backoff(q.count - 1)
	}
	if wait >= q.left() {
		q.last = &Failure{Kind: f.Kind, Status: f.Status, Code: f.Code, After: f.After,
			Err: fmt.Errorf("%w (no time to try again after %v)", q.last, wait.Round(time.Millisecond))}
		return false
	}
	return q.cfg.Sleep(ctx, wait) == nil && q.breaker.shut() == nil
}

// backoff returns a random wait of up to 0.5, 1, 2, 4 seconds: full jitter, so that many processes
// that failed together do not come back together. See
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
func backoff(try int) time.Duration {
	most := 500 * time.Millisecond << min(try, 3)
	return 1 + rand.N(most)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
