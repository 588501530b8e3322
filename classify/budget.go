package classify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Paid is a Classifier that costs money for each token.
type Paid interface {
	helpdesk.Classifier

	// Model returns the name under which its price is listed.
	Model() string

	// Most returns the greatest number of tokens that one Classify of r may use.
	Most(r *helpdesk.ClassifyRequest) (tokensIn, tokensOut int)
}

// ErrBudget is returned by a Budget with too little money left, and ErrBudgetShare by one whose
// customer has too little left. Both match helpdesk.ErrAbstain, so that a [Chain] asks the next
// classifier.
var (
	ErrBudget      = helpdesk.ErrBudget
	ErrBudgetShare = helpdesk.ErrBudgetShare
)

// Ledger keeps a sum of spent money for each tenant and day. Many goroutines call it at once.
type Ledger interface {
	// Add adds nano, in billionths of a US dollar, to the sum of a tenant and a day such as
	// "2026-03-02", unless the new sum would exceed limit. It reads and writes in one step, as SQL
	// does in UPDATE ... SET spent = spent + nano WHERE spent + nano <= limit. If the limit forbids
	// the addition it returns false and changes nothing. A negative nano is a refund and always
	// succeeds.
	Add(ctx context.Context, tenant helpdesk.TenantID, day string, nano, limit int64) (bool, error)
}

// LedgerFunc makes a Ledger from a function.
type LedgerFunc func(ctx context.Context, tenant helpdesk.TenantID, day string, nano, limit int64) (bool, error)

// Add calls f.
func (f LedgerFunc) Add(ctx context.Context, tenant helpdesk.TenantID, day string, nano, limit int64) (bool, error) {
	return f(ctx, tenant, day, nano, limit)
}

// BudgetConfig says how much a Budget or an EmbedBudget may spend. PerDay or PerTenant is required.
type BudgetConfig struct {
	// PerDay is the limit of each tenant and UTC day, in billionths of a US dollar.
	PerDay int64
	// PerTenant is the same by tenant; nil means PerDay for all.
	PerTenant func(tenant helpdesk.TenantID) int64

	// CustomerShare is the part of the limit that one customer may spend in a day, so that nobody
	// can spend the budget of all. 0 means 0.10; 1 is no share. A customer can always pay for one
	// call. The shares are counted in the memory of this process, and each process grants one. The
	// limit of the tenant holds over all of them. A request without a Customer has no share, nor
	// has an EmbedBudget.
	CustomerShare float64

	Prices Prices // of the model, where it differs from the list; nil means the list
	// Ledger records the spending. Nil means a ledger in the memory of this process alone, which is
	// lost with the process.
	Ledger Ledger

	Clock helpdesk.Clock // nil: helpdesk.SystemClock
}

// Budget asks a model while the tenant has money left for the day. It books the greatest possible
// cost before a call and corrects that to the actual cost afterwards, so concurrent calls cannot
// overspend. Put it directly around the model, and a [Limit] around it: then every try is booked.
//
// The cost of a call is not always known. A call that was cut off, or that the server does not
// count, stays booked at its greatest possible cost. So does one that panics or dies with its
// process.
type Budget struct {
	inner Paid
	purse
}

// NewBudget returns a Budget for a model. The model needs a price in cfg.Prices or in the list of
// this package. The error names the invalid field.
func NewBudget(inner Paid, cfg *BudgetConfig) (*Budget, error) {
	b := &Budget{inner: inner}
	var model named
	if inner != nil {
		model = inner
	}
	if err := b.open(model, cfg); err != nil {
		return nil, fmt.Errorf("classify: new budget: %w", err)
	}
	return b, nil
}

// named is a model whose price can be looked up.
type named interface{ Model() string }

// purse is a model's price and the limits of its spending.
type purse struct {
	price  Price
	cfg    BudgetConfig
	shares shares
}

// open fills the purse for a model, nil if there is none.
func (b *purse) open(model named, cfg *BudgetConfig) error {
	var errs []error
	bad := func(field, problem string) { errs = append(errs, &helpdesk.FieldError{Field: field, Problem: problem}) }
	if cfg == nil {
		cfg = &BudgetConfig{}
	}
	b.cfg = *cfg
	if model == nil {
		bad("inner", "is nil")
	} else if price, ok := cfg.Prices.Of(model.Model()); !ok {
		bad("Prices", fmt.Sprintf("has no price for %q", model.Model()))
	} else if b.price = price; price.In < 0 || price.Out < 0 {
		bad("Prices", fmt.Sprintf("has a negative price for %q", model.Model()))
	}
	if cfg.PerTenant == nil && cfg.PerDay <= 0 {
		bad("PerDay", "is not set")
	}
	if !(cfg.CustomerShare >= 0 && cfg.CustomerShare <= 1) {
		bad("CustomerShare", "is not between 0 and 1")
	}
	b.cfg.CustomerShare = cmp.Or(cfg.CustomerShare, 0.10)
	if b.cfg.Ledger == nil {
		b.cfg.Ledger = NewLedger()
	}
	if b.cfg.Clock == nil {
		b.cfg.Clock = helpdesk.SystemClock
	}
	return errors.Join(errs...)
}

// book takes the greatest possible cost of a call from the money for the day of the tenant and of
// the customer who pays. It returns that day.
func (b *purse) book(ctx context.Context, tenant helpdesk.TenantID, by payer, most int64) (day string, err error) {
	day = b.cfg.Clock.Now().UTC().Format(time.DateOnly)
	limit := b.cfg.PerDay
	if b.cfg.PerTenant != nil {
		limit = b.cfg.PerTenant(tenant)
	}
	refused := func(why error, allowed int64) error {
		return fmt.Errorf("classify: %w: a call may cost $%s, and $%s are allowed on %s", why, dollars(most), dollars(allowed), day)
	}
	if share := b.share(limit, most); !b.shares.add(by, day, most, share) {
		return "", refused(ErrBudgetShare, share)
	}
	ok, err := b.cfg.Ledger.Add(ctx, tenant, day, most, limit)
	if err != nil {
		err = fmt.Errorf("classify: budget: %w", err)
	} else if !ok {
		err = refused(ErrBudget, limit)
	}
	if err != nil {
		b.shares.add(by, day, -most, 0)
		return "", err
	}
	return day, nil
}

// share returns how much of a tenant's limit one customer may spend.
func (b *purse) share(limit, most int64) int64 {
	if b.cfg.CustomerShare == 1 {
		return math.MaxInt64
	}
	return max(most, int64(float64(limit)*b.cfg.CustomerShare))
}

// Unwrap returns the model.
func (b *Budget) Unwrap() helpdesk.Classifier { return b.inner }

// Classify asks the model if there is money for it, else it returns an error that matches
// ErrBudget. When the Ledger fails it asks nothing and returns the error of the Ledger.
func (b *Budget) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	most, by := b.price.Cost(b.inner.Most(r)), payerOf(ctx, r)
	day, err := b.book(ctx, r.Tenant, by, most)
	if err != nil {
		return nil, err
	}
	answer, err := b.inner.Classify(ctx, r)
	if answer != nil && err == nil && answer.Cost == 0 {
		c := *answer
		c.Cost = b.price.Cost(c.TokensIn, c.TokensOut)
		answer = &c
	}
	b.settle(ctx, r.Tenant, by, day, b.cost(answer, err, most)-most)
	return answer, err
}

// cost returns the amount to book for a call.
func (b *Budget) cost(answer *helpdesk.Classification, err error, most int64) int64 {
	switch {
	case err != nil:
		return b.failed(err, most)
	case answer == nil || answer.TokensIn <= 0 && answer.TokensOut <= 0:
		return most // no token count
	}
	return max(0, answer.Cost)
}

// failed returns the amount to book for a failed call.
func (b *purse) failed(err error, most int64) int64 {
	f := asFailure(err)
	if f == nil {
		return 0 // nothing was asked
	}
	known := max(f.Cost, b.price.Cost(f.TokensIn, f.TokensOut))
	if f.Uncounted {
		return max(known, most)
	}
	return known
}

// settle corrects the booking, even when the caller no longer waits.
func (b *purse) settle(ctx context.Context, tenant helpdesk.TenantID, by payer, day string, nano int64) {
	if nano == 0 {
		return
	}
	b.shares.add(by, day, nano, math.MaxInt64)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := b.cfg.Ledger.Add(ctx, tenant, day, nano, math.MaxInt64); err != nil {
		slog.WarnContext(ctx, "helpdesk: budget: a call stays booked at its greatest possible cost", "tenant", tenant, "error", err)
	}
}

// dollars writes billionths without their last three digits, rounded up.
func dollars(nano int64) string {
	micro := nano / 1000
	if nano%1000 > 0 {
		micro++
	}
	return fmt.Sprintf("%d.%06d", micro/1e6, max(0, micro%1e6))
}

// NewLedger returns a Ledger in memory for budgets that share their money. It belongs to this
// process alone and is lost with it.
func NewLedger() Ledger { return &memory{spent: map[entry]int64{}} }

// memory is the Ledger of one process. It keeps the days on which calls may still be booked.
type memory struct {
	mu    sync.Mutex
	day   string // the latest
	spent map[entry]int64
}

type entry struct {
	tenant helpdesk.TenantID
	day    string
}

// Add implements Ledger.
func (m *memory) Add(_ context.Context, tenant helpdesk.TenantID, day string, nano, limit int64) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if day > m.day {
		for e := range m.spent {
			if e.day < m.day { // calls of the day before may be in progress
				delete(m.spent, e)
			}
		}
		m.day = day
	}
	e := entry{tenant, day}
	after := sum(m.spent[e], nano)
	if nano >= 0 && after > limit {
		return false, nil
	}
	m.spent[e] = after
	return true, nil
}
