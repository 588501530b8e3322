package assign_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func ExampleExplain() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Assigner: assign.BySkill(nil), Clock: helpdesktest.NewClock(helpdesktest.Start)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, agent := range []helpdesk.Agent{
		{ID: "cem", Name: "Cem", Skills: map[helpdesk.Skill]int{"billing": 2}},
		{ID: "ana", Name: "Ana", Skills: map[helpdesk.Skill]int{"billing": 4}},
		{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"technical": 5}},
	} {
		_, _ = desk.SaveAgent(ctx, agent)
	}
	_, _ = desk.SetAway(ctx, "cem", true, time.Time{})
	ticket, _ := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund", Category: helpdesk.Billing})
	_, _ = desk.Triage(ctx, ticket.ID)
	story, err := assign.Explain(ctx, desk, ticket.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range story.Steps {
		fmt.Println(step.Type, "to", step.To)
		for _, s := range step.Ranked {
			fmt.Printf("  %s: %d of %d, %s\n", s.Agent, s.Open, s.Capacity, s.Brings)
		}
		for _, e := range step.Excluded {
			fmt.Println("  not", e.Agents, e.Why)
		}
	}
	// Output:
	// assigned to ana
	//   ana: 0 of 10, billing 4
	//   not [cem] away
	//   not [ben] lacks billing
}

// A customer learns nothing of the agents, not even of the own ticket.
func TestExplainIsForStaff(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, &helpdesk.Config{Assigner: assign.BySkill(nil)})
	kim := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"})
	ticket, err := kim.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund"})
	require.NoError(t, err)
	_, err = assign.Explain(t.Context(), kim, ticket.ID)
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	_, err = assign.Explain(t.Context(), d.ForTenant("other"), ticket.ID)
	require.ErrorIs(t, err, helpdesk.ErrNotFound)
	story, err := assign.Explain(t.Context(), d.Desk, ticket.ID)
	require.NoError(t, err)
	require.Equal(t, ticket.Ref+" is with nobody.\n", story.String())
}
