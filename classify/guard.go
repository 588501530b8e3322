package classify

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
)

// guardVersion names the rules of steering.go in the record of each ticket. Change both together.
const guardVersion = "guard/2"

// Guard returns a Classifier that looks for attempts to steer a model before it asks inner. It does
// not pass such a text to inner: the answer is only Suspicious, so that the Desk keeps the result
// of its rules and a person reviews the ticket.
//
// It reads the beginning and end of a text, both as they came and as [Clean] prepares them: a model
// reads no more. It knows common attempts, in several languages and disguises, but not new ones.
// The Desk checks every answer, also where an attempt was not found.
func Guard(inner helpdesk.Classifier) helpdesk.Classifier { return &guard{inner} }

type guard struct{ inner helpdesk.Classifier }

// Unwrap returns the classifier that is guarded.
func (g *guard) Unwrap() helpdesk.Classifier { return g.inner }

// Classify implements helpdesk.Classifier.
func (g *guard) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	if Steers(excerpt.Of(r.Subject)+"\n"+excerpt.Of(r.Text)) || Steers(cleanLine(r.Subject)+"\n"+Clean(r.Text)) {
		return &helpdesk.Classification{Suspicious: true, Classifier: guardVersion}, nil
	}
	return g.inner.Classify(ctx, r)
}
