package classify

import (
	"context"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// guardVersion names the rules of steering.go in the record of each ticket. Change it with them.
const guardVersion = "guard/2"

// Guard returns a Classifier that looks for attempts to steer a model before inner is asked. For a text that makes one inner
// is not asked: the answer is only Suspicious, so that the Desk keeps what its rules say and has a person look at the ticket.
//
// It knows what is usually tried, in some languages and disguises, and not what nobody has tried yet: whatever
// gets past it meets the checks that the Desk makes of every answer.
func Guard(inner helpdesk.Classifier) helpdesk.Classifier { return &guard{inner} }

type guard struct{ inner helpdesk.Classifier }

// Unwrap returns the classifier that is guarded.
func (g *guard) Unwrap() helpdesk.Classifier { return g.inner }

// looked is how many bytes of the beginning and of the end of a text are looked at as they came. In between only
// what Clean leaves is: that is what a model would read.
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
