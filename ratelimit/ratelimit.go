// Package ratelimit limits how often something may be done for a key: by an actor, for a tenant,
// from an address. Packages httpapi, webui and email use it for their requests. [Memory] counts in
// this process; a host that runs several processes can give them a [Limiter] that they share.
package ratelimit

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Rate is a number of events in a time. A bucket of that rate holds Count tokens at first. Tokens
// come back evenly, Count of them within Per, until the bucket is full again.
type Rate struct {
	Count int           // events; 0 in a Config means its default, negative is no limit
	Per   time.Duration // the time in which a bucket fills
}

// Or returns r, or other if r is the zero Rate.
func (r Rate) Or(other Rate) Rate {
	if r == (Rate{}) {
		return other
	}
	return r
}

// Check returns the *helpdesk.FieldError of a Rate that limits nothing although its Count is
// positive, under the name of its field.
func (r Rate) Check(field string) error {
	if r.Count > 0 && r.Per <= 0 {
		return &helpdesk.FieldError{Field: field, Problem: "has a Count, and a Per that is not positive"}
	}
	return nil
}

// none reports whether r limits nothing.
func (r Rate) none() bool { return r.Count <= 0 || r.Per <= 0 }

// Limiter counts events. Many goroutines call it at once.
type Limiter interface {
	// Take takes one token from the bucket of the key and the rate, and returns 0. If the bucket
	// has none it takes nothing and returns how long it will be until there is one. A rate whose
	// Count or Per is not positive is no limit. A key is text of any length, in part chosen by
	// callers.
	//
	// Take is called for each request, before anything else is read for it. So it should be fast.
	Take(ctx context.Context, key string, rate Rate) (wait time.Duration, err error)
}

// LimiterFunc makes a Limiter of a function.
type LimiterFunc func(ctx context.Context, key string, rate Rate) (time.Duration, error)

// Take calls f.
func (f LimiterFunc) Take(ctx context.Context, key string, rate Rate) (time.Duration, error) {
	return f(ctx, key, rate)
}

// Unlimited allows everything. It turns limits off.
var Unlimited Limiter = LimiterFunc(func(context.Context, string, Rate) (time.Duration, error) { return 0, nil })

// Seconds returns a wait in whole seconds, rounded up, as Retry-After has it (RFC 9110, section
// 10.2.3).
func Seconds(wait time.Duration) int { return int((wait + time.Second - 1) / time.Second) }
