package classify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Failure describes a failed call of a model. Find it with errors.As: the outermost one in the tree
// of an error has the sums of all calls below it.
//
// It matches helpdesk.ErrInvalid when another try would be pointless; a Desk asks again after any
// other Failure.
type Failure struct {
	Kind   Kind
	Status int    // the HTTP status, such as 429; 0 when there is none
	Code   string // the server's code, such as "insufficient_quota"; may be empty
	// After is the wait that the server or an open breaker asks for; 0 means none.
	After time.Duration
	Err   error // the cause, without any key

	TokensIn  int   // of the requests, as far as known
	TokensOut int   // of the unusable answers
	Cost      int64 // in billionths of a US dollar, see [Price]; 0 also when no price is known
	// Uncounted is true when more may be charged: an answer was on its way and never came.
	Uncounted bool
}

// Kind is the kind of a Failure. The empty Kind means another error than a model's; its Failure
// then only carries the tokens and cost spent before.
type Kind string

// The kinds of Failure, and the actions of [Limit] and the Desk.
const (
	// no answer in time: tried again twice, then the Desk asks later
	Timeout Kind = "timeout"
	Network Kind = "network"      // no connection, or cut off: as Timeout
	Server  Kind = "server error" // status 5xx or 409: as Timeout
	// status 429: as Timeout, after the wait that the server asks for
	Throttled Kind = "rate limited"
	// invalid JSON, or cut off: tried again once, then the Desk asks later
	Malformed Kind = "malformed"
	// key or quota refused: not tried again, the breaker opens, the host is told
	Denied Kind = "denied"
	// status 400 and the like, a bug or a wrong setting: the host is told, the Desk does not ask
	// again
	Rejected Kind = "bad request"
	// refused by the model, or no answer of the list: the Desk does not ask again, a person decides
	Refused   Kind = "refused"
	Open      Kind = "breaker open" // not asked: the Desk asks later
	Busy      Kind = "busy"         // not asked since no slot came free: the Desk asks later
	Cancelled Kind = "cancelled"    // by the caller
)

// transient are the kinds that may pass by themselves.
var transient = []Kind{Timeout, Network, Server, Throttled}

// Error describes the failure. It begins with the kind, unless Err does.
func (f *Failure) Error() string {
	if f.Err != nil && (f.Kind == "" || kindOf(f.Err) == f.Kind) {
		return f.Err.Error() // f only carries the sums of a Failure that describes itself
	}
	parts := []string{string(f.Kind)}
	if f.Status != 0 {
		status := strings.TrimSpace(fmt.Sprintf("status %d %s", f.Status, http.StatusText(f.Status)))
		if f.Code != "" {
			status += " (" + f.Code + ")"
		}
		parts = append(parts, status)
	}
	if f.Err != nil {
		parts = append(parts, f.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns Err.
func (f *Failure) Unwrap() error { return f.Err }

// Is matches helpdesk.ErrInvalid for the kinds Rejected and Refused.
func (f *Failure) Is(target error) bool {
	return target == helpdesk.ErrInvalid && (f.Kind == Rejected || f.Kind == Refused)
}

// Spent returns the known use of the failed calls. It is a method so that a package can ask an
// error for it without importing this one.
func (f *Failure) Spent() (tokensIn, tokensOut int, cost int64) {
	return f.TokensIn, f.TokensOut, f.Cost
}

// kindOf returns the kind of the outermost Failure of err, or "" when it has none.
func kindOf(err error) Kind {
	var f *Failure
	if errors.As(err, &f) {
		return f.Kind
	}
	return ""
}

// asFailure returns the outermost Failure of err, and makes one of any other error: a timeout, or a
// fault between us and the model. Nil and the errors that a classifier returns to the Desk have
// none.
func asFailure(err error) *Failure {
	var f *Failure
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return f
	case errors.Is(err, helpdesk.ErrAbstain), errors.Is(err, helpdesk.ErrInvalid):
		return nil
	}
	kind := Network
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		kind = Timeout
	case errors.Is(err, context.Canceled):
		kind = Cancelled
	}
	return &Failure{Kind: kind, Err: err, Uncounted: true}
}

// bill sums up the use of calls.
type bill struct {
	in, out   int
	cost      int64
	uncounted bool
}

// add adds the use of one call, whether it ended with an answer or an error.
func (b *bill) add(c *helpdesk.Classification, err error) {
	if c != nil {
		b.in, b.out, b.cost = b.in+c.TokensIn, b.out+c.TokensOut, sum(b.cost, c.Cost)
	}
	if f := asFailure(err); f != nil {
		b.in, b.out, b.cost = b.in+f.TokensIn, b.out+f.TokensOut, sum(b.cost, f.Cost)
		b.uncounted = b.uncounted || f.Uncounted
	}
}

// on returns err with the sums of b on a Failure around it.
func (b *bill) on(err error) error {
	f := asFailure(err)
	if f == nil {
		if *b == (bill{}) {
			return err
		}
		f = &Failure{}
	}
	g := *f
	g.Err = err
	g.TokensIn, g.TokensOut, g.Cost, g.Uncounted = b.in, b.out, b.cost, b.uncounted
	return &g
}

// onto returns a copy of an answer with the sums of b in it.
func (b *bill) onto(c *helpdesk.Classification) *helpdesk.Classification {
	d := *c
	d.TokensIn, d.TokensOut, d.Cost = b.in, b.out, b.cost
	return &d
}

// is reports whether f is of one of the kinds.
func (f *Failure) is(kinds ...Kind) bool { return f != nil && slices.Contains(kinds, f.Kind) }
