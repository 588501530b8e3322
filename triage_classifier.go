package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Category names what a ticket is about. The empty Category is "not known".
type Category string

// The categories of the default list.
const (
	Billing        Category = "billing"
	Technical      Category = "technical"
	Account        Category = "account"
	FeatureRequest Category = "feature_request"
	BugReport      Category = "bug_report"
)

// CategoryInfo describes one category to people and to models.
type CategoryInfo struct {
	Name        Category
	Description string
}

// DefaultCategories is the list a Desk uses when its Config has none.
func DefaultCategories() []CategoryInfo {
	return []CategoryInfo{
		{Billing, "Invoices, payments, refunds, prices, plans and subscriptions."},
		{Technical, "Something does not work or is hard to set up; errors, outages, performance, integrations."},
		{Account, "Login, password, two-factor, profile, users and permissions, closing an account."},
		{FeatureRequest, "A wish for something the product does not do yet."},
		{BugReport, "A reproducible defect of the product, described with steps, versions or error messages."},
	}
}

// TagNoAction is the tag by which a Classifier says that a ticket needs no action, say because it
// is spam. A new ticket with it, and with low priority, waits for a person's review: no agent gets
// it, its SLA clocks are paused and nobody is alarmed. All that goes on when the tag is removed,
// the priority is raised, a category is set, an agent takes it or the customer writes again.
const TagNoAction = "no-action"

// idle reports whether a ticket needs no action, as far as a Classifier knows.
func (t *Ticket) idle() bool {
	return t.Status == StatusNew && t.Assignee == "" && t.NeedsReview && t.Priority == Low && slices.Contains(t.Tags, TagNoAction)
}

// wasIdle reports whether the ticket needed no action before the change.
func (x *draft) wasIdle() bool { return x.before != nil && x.before.idle() }

// insist makes a ticket need an action: somebody has written once more.
func (x *draft) insist() {
	x.setTags(slices.DeleteFunc(slices.Clone(x.t.Tags), func(tag string) bool { return tag == TagNoAction }))
}

// Classifier reads a ticket and proposes a Classification. It is called outside of any transaction,
// by many goroutines at once, and may be slow, wrong or down: the ticket is committed before.
type Classifier interface {
	// Classify proposes a Classification. ErrAbstain says that it has no opinion, ErrInvalid that
	// asking again is useless; after any other error the Desk asks again later. An error that
	// matches ErrAbstain may have a method AbstainedPriority() Priority: it is sure of that alone.
	Classify(ctx context.Context, r *ClassifyRequest) (*Classification, error)
}

// Named is a Classifier that is recorded under its name even when it gives no answer. A wrapper of
// a Classifier has a method Unwrap() Classifier, and the first Named in the chain counts.
type Named interface {
	Name() string // the model or rules, with version, as in Classification.Classifier
}

// classifierName returns the name of the first Named in the chain of wrappers around c, or "".
func classifierName(c Classifier) string {
	for c != nil {
		if n, ok := c.(Named); ok {
			return n.Name()
		}
		w, ok := c.(interface{ Unwrap() Classifier })
		if !ok {
			break
		}
		c = w.Unwrap()
	}
	return ""
}

// ErrAbstain is returned by a Classifier that cannot decide. The ticket then goes to the general
// queue and waits for a person's review.
var ErrAbstain = errors.New("classifier abstains")

// ErrBudget is returned by a Classifier that has no money left for the day. It matches ErrAbstain.
// The Desk tells the managers of the tenant, once a UTC day.
var ErrBudget = fmt.Errorf("budget spent: %w", ErrAbstain)

// ErrBudgetShare is the ErrBudget of one customer: the tenant has money left, and this customer's
// share of it is spent. The managers are told of this once a UTC day, too.
var ErrBudgetShare = fmt.Errorf("customer's share: %w", ErrBudget)

// ClassifierFunc makes a Classifier of a function.
type ClassifierFunc func(ctx context.Context, r *ClassifyRequest) (*Classification, error)

// Classify calls f.
func (f ClassifierFunc) Classify(ctx context.Context, r *ClassifyRequest) (*Classification, error) {
	return f(ctx, r)
}

// ClassifyRequest is the input of a Classifier, which must not change it.
type ClassifyRequest struct {
	Tenant     TenantID
	Ticket     TicketID
	Subject    string
	Text       string  // the first 4,500 and last 1,500 characters of a longer one, with a note between
	Customer   Contact // to find the customer's name in the texts; for no eyes outside the process
	Source     Source
	Language   string         // of the ticket, as "de"; empty when it is not known
	Categories []CategoryInfo // the closed list to choose from
	Similar    []Solved       // the tenant's resolved tickets like this one, best first; at most 3
	Last       bool           // the last try: a wrapper asks its substitute now
}

// Classification is a classifier's answer. The Desk checks it before use.
type Classification struct {
	Category   Category // one of the request's, or empty for unknown
	Priority   Priority // 0 when it has no opinion
	Tags       []string
	Response   string  // a draft reply or empty; holds no link or address that the request has not
	Confidence float64 // in the category, from 0 to 1
	Suspicious bool    // the text tries to steer the classifier: nothing of the answer is used
	Skipped    error   // why a better classifier gave no answer, such as ErrBudget; nil: none was skipped

	Classifier string // the model or rules, with version, for the record
	TokensIn   int    // as counted by a paid model; 0 when it does not count
	TokensOut  int
	Cost       int64 // in billionths of a US dollar, by a price table; 0 when free or unknown
}

// Suggestion is what is proposed for a ticket, kept beside the ticket's own values. It has no
// effect of its own. Without a classifier's answer it has a Response alone.
type Suggestion struct {
	Category   Category `json:"category,omitempty"`
	Priority   Priority `json:"priority,omitempty"`
	Tags       []string `json:"tags,omitempty"`
	Confidence float64  `json:"confidence"` // in the category
	Classifier string   `json:"classifier,omitempty"`

	Response   string     `json:"response,omitempty"`    // a draft reply or empty
	ResponseBy string     `json:"response_by,omitempty"` // the classifier that wrote it, or RecurringReply
	Sureness   Sureness   `json:"sureness,omitempty"`    // of Response, when it was made
	Sources    []TicketID `json:"sources,omitempty"`     // the solved tickets that it was made with

	// Language is that of Response, as "de", if the ticket is in another language or in none that
	// is known. Otherwise it is empty.
	Language string `json:"language,omitempty"`
}
