package report_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
)

// The report is compared with numbers counted by hand: of four tickets, people judged three.
func TestTheTriageReportAddsUp(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, store helpdesk.Store) {
		live, shadow := &scribe{name: "m/1"}, &scribe{name: "s/1"}
		d := hire(helpdesktest.New(t, store, &helpdesk.Config{Classifier: live, Shadow: shadow}))
		empty, err := report.New(d.Desk).Triage(t.Context(), report.LastDays(1, d.Clock.Now()))
		require.NoError(t, err)
		require.Zero(t, empty.Tickets)
		require.Empty(t, empty.Classifiers)

		ask := func(subject string, l, s helpdesk.Classification) helpdesk.TicketID {
			live.answer, shadow.answer = l, s
			id := open(t, d, helpdesk.OpenParams{Subject: subject}).ID
			d.Drain()
			d.Clock.Advance(time.Minute)
			return id
		}
		guess := helpdesk.Classification{Category: helpdesk.Technical, Priority: helpdesk.Medium, Confidence: 0.75, Classifier: "s/1", Cost: 1500, TokensIn: 10}
		kept := ask("a", says(helpdesk.Billing, helpdesk.Low, 0.95), guess)
		corrected := ask("b", says(helpdesk.Billing, helpdesk.Low, 0.65), helpdesk.Classification{})
		_ = ask("system down", says(helpdesk.Account, helpdesk.Low, 0.65), guess) // never judged
		low := ask("d", says(helpdesk.BugReport, helpdesk.High, 0.30), guess)

		_, err = d.Resolve(t.Context(), kept, "done")
		require.NoError(t, err)
		_, err = d.SetCategory(t.Context(), corrected, helpdesk.Account)
		require.NoError(t, err)
		_, err = d.SetCategory(t.Context(), corrected, helpdesk.Technical) // the last judgement counts
		require.NoError(t, err)
		_, err = d.SetPriority(t.Context(), corrected, helpdesk.Medium)
		require.NoError(t, err)
		_, err = d.SetCategory(t.Context(), low, helpdesk.BugReport)
		require.NoError(t, err)
		_, err = report.New(d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})).Triage(t.Context(), report.LastDays(1, d.Clock.Now()))
		require.ErrorIs(t, err, helpdesk.ErrForbidden)

		r, err := report.New(d.Desk).Triage(t.Context(), report.LastDays(1, d.Clock.Now()))
		require.NoError(t, err)
		require.Equal(t, 4, r.Tickets)
		require.Len(t, r.Classifiers, 2)
		m, n := r.Classifiers[0], r.Classifiers[1]
		require.Equal(t, "m/1", m.Classifier)
		require.Equal(t, []int{4, 4, 0, 0, 3, 1}, []int{m.Asked, m.Answered, m.Abstained, m.Failed, m.Applied, m.Overrides})
		require.Equal(t, report.Agreement{Judged: 3, Right: 2}, m.Category)
		require.InDelta(t, 2.0/3, *m.Category.Rate(), 1e-12)
		require.Equal(t, report.Agreement{Judged: 2, Right: 1}, m.Priority)
		require.Equal(t, []report.Confusion{
			{Answer: helpdesk.Billing, Right: helpdesk.Billing, N: 1}, {Answer: helpdesk.Billing, Right: helpdesk.Technical, N: 1},
			{Answer: helpdesk.BugReport, Right: helpdesk.BugReport, N: 1},
		}, m.Confusion)
		require.Len(t, m.Reliability, 3)
		require.Equal(t, report.CalibrationBin{From: 0.6, To: 0.7, N: 1, Confidence: 0.65}, m.Reliability[1])
		require.InDelta(t, (0.70+0.65+0.05)/3, *m.ECE, 1e-12, "30%% and right, 65%% and wrong, 95%% and right")

		require.True(t, n.Shadow)
		require.Equal(t, []int{4, 3, 1}, []int{n.Asked, n.Answered, n.Abstained})
		require.EqualValues(t, 4500, n.Cost)
		require.Equal(t, 30, n.TokensIn)
		require.Equal(t, 2, n.Category.Judged, "the one it abstained from is not judged")
		require.Zero(t, n.Category.Right)

		later, err := report.New(d.Desk).Triage(t.Context(), report.Period{From: d.Clock.Now(), To: d.Clock.Now().Add(time.Hour)})
		require.NoError(t, err)
		require.Zero(t, later.Tickets, "judged later, but asked before the period")
	})
}

// says returns an answer of the classifier m/1.
func says(c helpdesk.Category, p helpdesk.Priority, confidence float64) helpdesk.Classification {
	return helpdesk.Classification{Category: c, Priority: p, Confidence: confidence, Classifier: "m/1"}
}

// scribe is a classifier that gives the answer it was set to. With the zero answer it abstains.
type scribe struct {
	name   string
	answer helpdesk.Classification
}

func (s *scribe) Name() string { return s.name }

func (s *scribe) Classify(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	if s.answer.Classifier == "" {
		return nil, helpdesk.ErrAbstain
	}
	c := s.answer
	return &c, nil
}
