package sla_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

func ExampleStandard() {
	policies := sla.Standard()
	for _, p := range helpdesk.Priorities {
		policy := policies.Named(p.String())
		fmt.Printf("%-6s first response %v, resolution %v\n", p, policy.FirstResponse, policy.Resolution)
	}
	// Output:
	// low    first response 8h0m0s, resolution 48h0m0s
	// medium first response 4h0m0s, resolution 24h0m0s
	// high   first response 1h0m0s, resolution 8h0m0s
	// urgent first response 30m0s, resolution 4h0m0s
}

// A document can be written in Go, or read from the JSON that an admin saved.
func ExampleNew() {
	book := sla.Document{
		Calendars: []sla.Hours{{Name: "office", Zone: "Europe/Berlin", Week: sla.Weekdays("09:00-17:00")}},
		Policies: []sla.Policy{
			{
				Name: "vip", For: sla.Match{CustomerTag: []string{"vip"}}, FirstResponse: 15 * time.Minute, Resolution: 4 * time.Hour,
				Steps: []helpdesk.EscalationStep{
					{Name: "half", Of: 0.5, Level: 1},
					{Name: "due", Level: 2},
					{Name: "late", After: 2 * time.Hour, Level: 3, Notify: helpdesk.NotifyBoth, Raise: helpdesk.Urgent},
				},
			},
			{Name: "all", FirstResponse: 4 * time.Hour, NextResponse: 8 * time.Hour, EscalateAfter: 6 * time.Hour, Calendar: "office"},
		},
	}
	policies, err := sla.New(book)
	if err != nil {
		panic(err)
	}
	vip := &helpdesk.Ticket{Customer: helpdesk.Contact{Tags: []string{"vip"}}}
	policy, _ := policies.Policy(context.Background(), vip)
	fmt.Println(policy.Name, policy.FirstResponse)

	text, _ := json.MarshalIndent(book.Policies[1], "", "  ")
	fmt.Println(string(text))
	// Output:
	// vip 15m0s
	// {
	//   "name": "all",
	//   "first_response": "4h",
	//   "next_response": "8h",
	//   "escalate_after": "6h",
	//   "calendar": "office"
	// }
}

func TestTheFirstPolicyThatMatchesHolds(t *testing.T) {
	t.Parallel()
	const acme = "0199a4e0-5c00-7000-8000-000000000002"
	policies, err := sla.New(sla.Document{Policies: []sla.Policy{
		{Name: "vip", For: sla.Match{CustomerTag: []string{"vip", "gold"}}},
		{Name: "bugs by mail", For: sla.Match{Category: []helpdesk.Category{helpdesk.BugReport}, Source: []helpdesk.Source{helpdesk.SourceEmail}}},
		{Name: "acme", For: sla.Match{Organisation: []helpdesk.OrganisationID{"0199a4e0-5c00-7000-8000-000000000001", acme}}},
		{Name: "tagged", For: sla.Match{Tag: []string{"outage"}}},
		{Name: "pressing", For: sla.Match{Priority: []helpdesk.Priority{helpdesk.Urgent, helpdesk.High}}},
	}})
	require.NoError(t, err)
	for want, ticket := range map[string]helpdesk.Ticket{
		"vip":          {Customer: helpdesk.Contact{Tags: []string{"gold"}}, Priority: helpdesk.Urgent},
		"bugs by mail": {Category: helpdesk.BugReport, Source: helpdesk.SourceEmail, Tags: []string{"vip", "outage"}},
		"acme":         {Organisation: acme, Tags: []string{"outage"}},
		"tagged":       {Category: helpdesk.BugReport, Source: helpdesk.SourceAPI, Tags: []string{"a", "outage"}, Priority: helpdesk.High},
		// The tag is not the customer's: nobody may choose an SLA by a tag.
		"pressing": {Priority: helpdesk.High, Tags: []string{"vip"}},
	} {
		p, err := policies.Policy(t.Context(), &ticket)
		require.NoError(t, err)
		require.Equal(t, want, p.Name)
		require.Equal(t, p, policies.Named(want))
	}
	p, err := policies.Policy(t.Context(), &helpdesk.Ticket{Priority: helpdesk.Low})
	require.NoError(t, err)
	require.Nil(t, p)
	require.Nil(t, policies.Named("nobody"))
}

func TestABookComesBackFromJSONAsItWas(t *testing.T) {
	t.Parallel()
	d := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.Int64Range(0, int64(1000*time.Hour/time.Millisecond)).Draw(t, "d")) * time.Millisecond
	})
	rung := rapid.Custom(func(t *rapid.T) helpdesk.EscalationStep {
		r := helpdesk.EscalationStep{
			Name: "r", Level: rapid.IntRange(0, 9).Draw(t, "level"), Reassign: rapid.Bool().Draw(t, "reassign"),
			Notify: rapid.SampledFrom([]helpdesk.NotifyTarget{"", "both", "nobody"}).Draw(t, "tell"), Raise: helpdesk.Priority(rapid.IntRange(0, 4).Draw(t, "raise")),
		}
		switch rapid.IntRange(0, 3).Draw(t, "at") {
		case 0:
			r.Before = d.Draw(t, "before")
		case 1:
			r.Of = rapid.Float64Range(0, 100).Draw(t, "of")
		case 2:
			r.After = d.Draw(t, "after")
		}
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		p := sla.Policy{
			Name: "p", Calendar: "c", FirstResponse: d.Draw(t, "first"), NextResponse: time.Minute, Resolution: d.Draw(t, "resolution"),
			EscalateAfter: d.Draw(t, "after"), For: sla.Match{Priority: []helpdesk.Priority{helpdesk.Low}, Tag: []string{"x"}, Organisation: []helpdesk.OrganisationID{"0199a4e0-5c00-7000-8000-000000000001"}},
		}
		switch rapid.IntRange(0, 2).Draw(t, "ladder") {
		case 1:
			p.Steps = []helpdesk.EscalationStep{}
		case 2:
			p.Steps = []helpdesk.EscalationStep{rung.Draw(t, "rung")}
		}
		book := sla.Document{Calendars: []sla.Hours{{Name: "c", Week: sla.Daily("08:00-20:00")}}, Policies: []sla.Policy{p}}
		text, err := json.Marshal(book)
		require.NoError(t, err)
		var again sla.Document
		require.NoError(t, json.Unmarshal(text, &again))
		require.Equal(t, book, again)
		read, err := sla.Standard().Read(text)
		require.NoError(t, err)
		require.Equal(t, book, read.(*sla.Policies).Document())
	})
}

func TestTheDefaultStepsAreWhatSaysNothing(t *testing.T) {
	t.Parallel()
	policies, err := sla.New(sla.Document{Policies: []sla.Policy{{Name: "usual"}, {Name: "none", Steps: []helpdesk.EscalationStep{}}}})
	require.NoError(t, err)
	require.Equal(t, sla.DefaultSteps(), policies.Named("usual").Steps)
	require.Empty(t, policies.Named("none").Steps)
}

func TestABookNamesTheFieldAtFault(t *testing.T) {
	t.Parallel()
	rung := func(r helpdesk.EscalationStep) sla.Document {
		return sla.Document{Policies: []sla.Policy{{Name: "x", Steps: []helpdesk.EscalationStep{{Name: "first"}, r}}}}
	}
	policy := func(p sla.Policy) sla.Document { return sla.Document{Policies: []sla.Policy{p}} }
	for field, book := range map[string]sla.Document{
		"policies[0].name":             policy(sla.Policy{}),
		"policies[1].name":             {Policies: []sla.Policy{{Name: "x"}, {Name: "x"}}},
		"policies[0].first_response":   policy(sla.Policy{Name: "x", FirstResponse: -1}),
		"policies[0].next_response":    policy(sla.Policy{Name: "x", NextResponse: math.MaxInt64}),
		"policies[0].resolution":       policy(sla.Policy{Name: "x", Resolution: time.Nanosecond}),
		"policies[0].escalate_after":   policy(sla.Policy{Name: "x", Resolution: time.Hour, EscalateAfter: time.Hour}),
		"policies[0].calendar":         policy(sla.Policy{Name: "x", Calendar: "moon"}),
		"policies[0].for.priority":     policy(sla.Policy{Name: "x", For: sla.Match{Priority: []helpdesk.Priority{9}}}),
		"policies[0].for.organisation": policy(sla.Policy{Name: "x", For: sla.Match{Organisation: []helpdesk.OrganisationID{"Acme"}}}),
		"policies[0].for.source":       policy(sla.Policy{Name: "x", For: sla.Match{Source: []helpdesk.Source{""}}}),
		"policies[0].steps":            policy(sla.Policy{Name: "x", Steps: make([]helpdesk.EscalationStep, 21)}),
		"policies[0].steps[1].name":    rung(helpdesk.EscalationStep{Name: "first"}),
		"policies[0].steps[1].before":  rung(helpdesk.EscalationStep{Name: "x", Before: -1}),
		"policies[0].steps[1].after":   rung(helpdesk.EscalationStep{Name: "x", After: -1}),
		"policies[0].steps[1].of":      rung(helpdesk.EscalationStep{Name: "x", Of: math.NaN()}),
		"policies[0].steps[1]":         rung(helpdesk.EscalationStep{Name: "x", Of: 1, After: time.Hour}),
		"policies[0].steps[1].level":   rung(helpdesk.EscalationStep{Name: "x", Level: 10}),
		"policies[0].steps[1].notify":  rung(helpdesk.EscalationStep{Name: "x", Notify: "mother"}),
		"policies[0].steps[1].raise":   rung(helpdesk.EscalationStep{Name: "x", Raise: 5}),
		"calendars[0].name":            {Calendars: []sla.Hours{{AlwaysOn: true}}},
		"calendars[1].name":            {Calendars: []sla.Hours{{Name: "a", AlwaysOn: true}, {Name: "a", AlwaysOn: true}}},
		"calendars[0].zone":            {Calendars: []sla.Hours{{Name: "a", Zone: "Mars/Olympus", Week: sla.Daily("00:00-24:00")}}},
		"calendars":                    {Calendars: make([]sla.Hours, 101)},
		"policies":                     {Policies: make([]sla.Policy, 501)},
	} {
		_, err := sla.New(book)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, field)
		require.Equal(t, field, helpdesk.Fields(err)[0].Field)
	}
	_, err := sla.New(rung(helpdesk.EscalationStep{Name: "unanswered"}))
	require.ErrorContains(t, err, "the desk's own")
	for _, text := range []string{`{`, `[]`, `{"policies":[]} x`, `{"polices":[]}`, `{"policies":[{"name":"x","resolution":5}]}`, `{"policies":[{"name":"x","steps": [{"nam":"y"}]}]}`, `{"policies":[{"name":"x","resolution":"5 days"}]}`} {
		_, err := sla.Standard().Read(json.RawMessage(text))
		require.ErrorIs(t, err, helpdesk.ErrInvalid, text)
	}
}

func TestABookKeepsNothingOfItsCaller(t *testing.T) {
	t.Parallel()
	book := sla.Document{
		Calendars: []sla.Hours{{Name: "c", Week: sla.Daily("08:00-20:00")}},
		Policies:  []sla.Policy{{Name: "p", For: sla.Match{Tag: []string{"a"}, Organisation: []helpdesk.OrganisationID{"0199a4e0-5c00-7000-8000-000000000001"}}, Steps: []helpdesk.EscalationStep{{Name: "r"}}}},
	}
	policies, err := sla.New(book)
	require.NoError(t, err)
	want := policies.Document()
	book.Policies[0].For.Tag[0], book.Policies[0].Steps[0].Name, book.Calendars[0].Week[1][0] = "b", "s", "x"
	given := policies.Document()
	given.Policies[0].For.Tag[0], given.Policies[0].For.Organisation[0] = "c", "c"
	require.Equal(t, want, policies.Document())
}
