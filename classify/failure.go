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

// Failure is what went wrong with a call of a model. Find it with errors.As: the outermost one in
// the tree of an error has the sums of all calls below it.
//
// It matches helpdesk.ErrInvalid when asking again is of no use; a Desk asks again after
// any other.
type Failure struct {
	Kind   Kind
	Status int           // the HTTP status, such as 429; 0 when there is none
	Code   string        // the server's word for it, such as "insufficient_quota"; may be empty
	After  time.Duration // how long to wait, as the server or an open breaker says; 0 when nobody does
	Err    error         // what happened, without any key

	TokensIn  int   // of the requests, as far as is known
	TokensOut int   // of the answers that were no use
	Cost      int64 // in billionths of a US dollar, see [Price]; 0 also when no price is known
	Uncounted bool  // more may be paid for than is known: an answer was on its way and never came
}

// Kind says what kind of Failure it is. The empty Kind is no failure of a model: some other error, of which
// the Failure only says what had been spent by then.
type Kind string

// The kinds of Failure, with what [Limit] and the Desk do about them.
const (
	Timeout   Kind = "timeout"      // no answer in time: tried again twice, then the Desk asks later
	Network   Kind = "network"      // no connection, or cut: as Timeout
	Server    Kind = "server error" // status 5xx or 409: as Timeout
	Throttled Kind = "rate limited" // status 429: as Timeout, after the wait the server asks for
	Malformed Kind = "malformed"    // invalid JSON, or cut off: tried again once, then the Desk asks later
	Denied    Kind = "denied"       // key or quota refused: not tried again, the breaker opens, the host is told
	Rejected  Kind = "bad request"  // status 400 and the like: a bug or a wrong setting; the host is told, nobody asks again
	Refused   Kind = "refused"      // by the model, or no answer of the list: nobody asks again, a person decides
	Open      Kind = "breaker open" // not even asked: the Desk asks later
	Busy      Kind = "busy"         // not even asked, for no slot came free: the Desk asks later
	Cancelled Kind = "cancelled"    // by the caller
)

// transient are the kinds that a model's trouble of the moment has.
var transient = []Kind{Timeout, Network, Server, Throttled}

// Error says what happened. It names the kind first, unless Err does.
func (f *Failure) Error() string {
	if f.Err != nil && (f.Kind == "" || kindOf(f.Err) == f.Kind) {
		return f.Err.Error() // f carries the sums of a Failure that speaks for itself
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

// Spent returns what the failed calls are known to have used. It is a method so that a package that does
// not import this one can ask an error for it.
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

// asFailure returns the outermost Failure of err. What is none is one all the same: an end of time, or something
// between us and the model. Nil and the errors by which a classifier answers the Desk have none.
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

// bill is what calls have used, summed up.
type bill struct {
	in, out   int
	cost      int64
	uncounted bool
}

// add adds what one call used, whether it ended with an answer or an error.
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
