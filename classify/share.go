package classify

import (
	"context"
	"hash/maphash"
	"sync"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/mailbox"
)

// payer is the customer for whom a call is paid: a hash of the tenant and the mail address, which
// is the same in this process alone. nobody pays for a request without an address.
type payer uint64

const nobody payer = 0

var payerSeed = maphash.MakeSeed()

type payerKey struct{}

// withPayer returns a context that names the customer of a request. Redact takes the customer out
// of the request, and a Budget within it still has to know who pays.
func withPayer(ctx context.Context, r *helpdesk.ClassifyRequest) context.Context {
	return context.WithValue(ctx, payerKey{}, payerOf(ctx, r))
}

// payerOf returns the customer of a request, or else the one that its context names.
func payerOf(ctx context.Context, r *helpdesk.ClassifyRequest) payer {
	if r.Customer.Email == "" {
		by, _ := ctx.Value(payerKey{}).(payer)
		return by
	}
	return payer(maphash.Comparable(payerSeed, [2]string{string(r.Tenant), mailbox.Of(r.Customer.Email)}))
}

// mostPayers is the greatest number of customers whose shares are counted in a day, some 5 MB.
// Further ones have no share. Each of them has paid for a call, so the budgets of all tenants are
// nearly always spent before.
const mostPayers = 100_000

// shares counts what customers have spent on the latest day, in the memory of this process. Its
// zero value is ready for use.
type shares struct {
	mu    sync.Mutex
	day   string
	spent map[payer]int64
}

// add adds nano to what a customer has spent on a day, unless the sum would exceed limit. If the
// limit forbids the addition it returns false and changes nothing. A negative nano is a refund and
// always succeeds.
func (s *shares) add(by payer, day string, nano, limit int64) bool {
	if by == nobody {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if day > s.day {
		s.day, s.spent = day, map[payer]int64{}
	}
	before, known := s.spent[by]
	if day < s.day || !known && len(s.spent) >= mostPayers {
		return true
	}
	after := sum(before, nano)
	if nano >= 0 && after > limit {
		return false
	}
	s.spent[by] = after
	return true
}
