package sla_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// TestWhatIsNoBookIsToldToWhoeverHasWrittenIt checks the named field and problem of malformed
// documents.
func TestWhatIsNoBookIsToldToWhoeverHasWrittenIt(t *testing.T) {
	t.Parallel()
	base, err := sla.New(sla.Document{})
	require.NoError(t, err)
	for doc, want := range map[string]helpdesk.FieldError{
		`[]`:                                                {Field: "sla", Problem: "is no object in braces"},
		`{"polices":[]}`:                                    {Field: "sla", Problem: `has a field "polices" that is not known`},
		`{"policies":[{"nmae":"a"}]}`:                       {Field: "sla", Problem: `has a field "nmae" that is not known`},
		`{"policies":{}}`:                                   {Field: "policies", Problem: "is no list in brackets"},
		`{"policies":["x"]}`:                                {Field: "policies", Problem: "is no object in braces"},
		`{"policies":[{"name":3}]}`:                         {Field: "policies.name", Problem: "is no text in quotes"},
		`{"policies":[{"resolution":3}]}`:                   {Field: "policies.resolution", Problem: "is no text in quotes"},
		`{"policies":[{"resolution":"4 hours"}]}`:           {Field: "duration", Problem: `"4 hours" is not such as 30m, 4h or 1h30m`},
		`{"policies":[{"resolution":"99999999h"}]}`:         {Field: "duration", Problem: `"99999999h" is not such as 30m, 4h or 1h30m`},
		`{"policies":[{"for":{"priority":["soon"]}}]}`:      {Field: "priority", Problem: `"soon" is not one of low, medium, high, urgent`},
		`{"policies":[{"for":{"priority":"high"}}]}`:        {Field: "policies.for.priority", Problem: "is no list in brackets"},
		`{"policies":[{"steps": [{"level":1.5}]}]}`:         {Field: "policies.steps.level", Problem: "is no whole number"},
		`{"policies":[{"steps": [{"of":"1.5"}]}]}`:          {Field: "policies.steps.of", Problem: "is no number"},
		`{"policies":[{"steps": [{"reassign":"yes"}]}]}`:    {Field: "policies.steps.reassign", Problem: "is no true or false"},
		`{"calendars":[{"week":{"moonday":[]}}]}`:           {Field: "week", Problem: `"moonday" is not a day from monday to sunday`},
		`{"calendars":[{"week":{"monday":"09:00-10:00"}}]}`: {Field: "calendars.week", Problem: "is no list in brackets"},
		`{"policies":[]} {}`:                                {Field: "sla", Problem: "has something after its end"},
	} {
		_, err := base.Read(json.RawMessage(doc))
		require.ErrorIs(t, err, helpdesk.ErrInvalid, doc)
		require.Equal(t, []*helpdesk.FieldError{&want}, helpdesk.Fields(err), doc)
	}
	_, err = base.Read(json.RawMessage(`{"policies": [`))
	require.ErrorContains(t, err, "cannot be read: unexpected EOF")
}
