package sla_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

func ExampleStandard() {
	policies := sla.Standard()
	for _, p := range helpdesk.Priorities {
		policy, _ := policies.Policy(context.Background(), &helpdesk.Ticket{Priority: p})
		fmt.Printf("%-6s first response %v, resolution %v\n", p, policy.FirstResponse, policy.Resolution)
	}
	// Output:
	// low    first response 8h0m0s, resolution 48h0m0s
	// medium first response 4h0m0s, resolution 24h0m0s
	// high   first response 1h0m0s, resolution 8h0m0s
	// urgent first response 30m0s, resolution 4h0m0s
}

func TestStandardPoliciesAreValid(t *testing.T) {
	t.Parallel()
	require.NoError(t, sla.Standard().Validate())
}

func TestPriorityWithoutPolicyHasNoPromise(t *testing.T) {
	t.Parallel()
	p, err := sla.Policies{}.Policy(t.Context(), &helpdesk.Ticket{Priority: helpdesk.Low})
	require.NoError(t, err)
	require.Nil(t, p)
}

func TestValidateNamesTheFieldAtFault(t *testing.T) {
	t.Parallel()
	for field, p := range map[string]helpdesk.Policy{
		"low.name":           {},
		"low.first_response": {Name: "x", FirstResponse: -1},
		"low.next_response":  {Name: "x", NextResponse: -1},
		"low.resolution":     {Name: "x", Resolution: -1},
		"low.ladder":         {Name: "x", Ladder: []helpdesk.Rung{{Name: "a"}, {Name: "a"}}},
	} {
		err := sla.Policies{helpdesk.Low: p}.Validate()
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.Equal(t, field, helpdesk.Fields(err)[0].Field)
	}
	upside := []helpdesk.Rung{{Name: "due"}, {Name: "early", Before: time.Hour}}
	err := sla.Policies{helpdesk.Low: {Name: "x", Ladder: upside}}.Validate()
	require.ErrorContains(t, err, `rung "early"`)
	err = sla.Policies{helpdesk.Low: {Name: "x"}, helpdesk.High: {Name: "x"}}.Validate()
	require.ErrorContains(t, err, "used twice")
}
