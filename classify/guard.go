package classify

import (
	"context"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// guardVersion names the rules of steering.go in the record of each ticket. Change both together.
const guardVersion = "guard/2"

// Guard returns a Classifier that looks for attempts to steer a model before it asks inner. It does
// not pass such a text to inner: the answer is only Suspicious, so that the Desk keeps the result
// of its rules and a person reviews the ticket.
//
// It knows common attempts, in several languages and disguises, but not new ones. The Desk checks
// every answer, also where an attempt was not found.
func Guard(inner helpdesk.Classifier) helpdesk.Classifier { return &guard{inner} }

type guard struct{ inner helpdesk.Classifier }

// Unwrap returns the classifier that is guarded.
func (g *guard) Unwrap() helpdesk.Classifier { return g.inner }

// looked is the number of bytes at the beginning and at the end of a text that are searched as they
// came. Of the middle only the output of Clean is searched: that is what a model would read.
const looked = 8000

func ends(text string) string {
	if len(text) <= 2*looked {
		return text
	}
	return strings.ToValidUTF8(text[:looked]+"\n"+text[len(text)-looked:], "")
}

// Classify implements helpdesk.Classifier.
func (g *guard) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	if Steers(r.Subject+"\n"+ends(r.Text)) || Steers(cleanLine(r.Subject)+"\n"+Clean(r.Text)) {
		return &helpdesk.Classification{Suspicious: true, Classifier: guardVersion}, nil
	}
	return g.inner.Classify(ctx, r)
}
