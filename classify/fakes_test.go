package classify_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// scripted is a classifier that returns its outcomes in order, then repeats the last.
type scripted struct {
	mu       sync.Mutex
	outcomes []outcome
	calls    int
}

// outcome is one of answer, err, panics and do.
type outcome struct {
	answer *helpdesk.Classification
	err    error
	panics any
	do     func(ctx context.Context) (*helpdesk.Classification, error)
}

func script(outcomes ...outcome) *scripted { return &scripted{outcomes: outcomes} }

func (s *scripted) Classify(ctx context.Context, _ *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	s.mu.Lock()
	s.calls++
	o := s.outcomes[min(s.calls, len(s.outcomes))-1]
	s.mu.Unlock()
	if o.panics != nil {
		panic(o.panics)
	}
	if o.do != nil {
		return o.do(ctx)
	}
	return o.answer, o.err
}

func (s *scripted) asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// says is an answer that cost something; fails is a failure that did.
func says(c helpdesk.Category, confidence float64) outcome {
	return outcome{answer: &helpdesk.Classification{Category: c, Confidence: confidence, TokensIn: 100, TokensOut: 10, Cost: 7}}
}

func fails(kind classify.Kind) outcome {
	return outcome{err: &classify.Failure{Kind: kind, TokensIn: 100, TokensOut: 10, Cost: 7}}
}

func failsFree(kind classify.Kind) outcome { return outcome{err: &classify.Failure{Kind: kind}} }

func errs(err error) outcome { return outcome{err: err} }

// hangs until its ctx ends, as a careful client of a silent server does.
func hangs() outcome {
	return outcome{do: func(ctx context.Context) (*helpdesk.Classification, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
}

// good is the usual answer of a model.
func good() outcome { return says(helpdesk.Billing, 0.9) }

func failure(t testing.TB, err error) *classify.Failure {
	t.Helper()
	var f *classify.Failure
	require.ErrorAs(t, err, &f)
	return f
}

var question = &helpdesk.ClassifyRequest{Tenant: "acme", Subject: "Charged twice"}
