package helpdesktest_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// A test of what happens when nobody answers.
func Example() {
	t, ctx := &testing.T{}, context.Background() // those of your test

	desk := helpdesktest.New(t, nil, nil) // in memory, with a clock that stands still
	desk.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 3}})
	desk.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9})
	_, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
	require.NoError(t, err)
	desk.Advance(4 * time.Hour) // moves the clock, and does each thing when it becomes due
	require.Equal(t, "Ana", desk.Notices.Of(helpdesk.NoticeAtRisk)[0].To[0].Name)

	for _, n := range desk.Notices.All() {
		fmt.Println(n.At.Format(time.Kitchen), n.Kind, n.To[0].Name)
	}
	// Output:
	// 9:00AM assigned Ana
	// 12:30PM at_risk Ana
}
