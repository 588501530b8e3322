package assign_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
)

func at(c helpdesk.Candidate, open, capacity int, last int64) helpdesk.Candidate {
	c.Load.Open, c.Agent.Capacity = open, capacity
	if last > 0 {
		c.Load.LastAssigned = time.Unix(last, 0)
	}
	return c
}

func with(c helpdesk.Candidate, skill helpdesk.Skill, level int) helpdesk.Candidate {
	c.Agent.Skills[skill] = level
	return c
}

func order(t *testing.T, a helpdesk.Assigner, ticket *helpdesk.Ticket, cs ...helpdesk.Candidate) []helpdesk.AgentID {
	t.Helper()
	ranked, err := a.Rank(t.Context(), ticket, cs)
	require.NoError(t, err)
	var ids []helpdesk.AgentID
	for _, c := range ranked {
		ids = append(ids, c.Agent.ID)
	}
	return ids
}

// A desk whose urgent tickets need a senior agent and whose German tickets need an agent who speaks
// German.
func ExampleConfig() {
	a := assign.BySkill(&assign.Config{
		Categories: map[helpdesk.Category]assign.Needs{
			helpdesk.Billing: {Required: map[helpdesk.Skill]int{"billing": 2}, Preferred: []helpdesk.Skill{"refunds"}},
		},
		Priorities: map[helpdesk.Priority]assign.Needs{helpdesk.Urgent: {Required: map[helpdesk.Skill]int{"billing": 4}}},
		Tags:       map[string]assign.Needs{"german": assign.Skill("german")},
	})
	team := []helpdesk.Candidate{
		{Agent: helpdesk.Agent{ID: "ana", Skills: map[helpdesk.Skill]int{"billing": 5}}},
		{Agent: helpdesk.Agent{ID: "ben", Skills: map[helpdesk.Skill]int{"billing": 2, "refunds": 3}}},
		{Agent: helpdesk.Agent{ID: "cem", Skills: map[helpdesk.Skill]int{"billing": 4, "german": 4}}},
	}
	for _, t := range []helpdesk.Ticket{
		{Category: helpdesk.Billing, Priority: helpdesk.Low},
		{Category: helpdesk.Billing, Priority: helpdesk.Urgent},
		{Category: helpdesk.Billing, Priority: helpdesk.Urgent, Tags: []string{"german"}},
	} {
		ranked, _ := a.Rank(context.Background(), &t, team)
		fmt.Print(t.Priority, " ", t.Tags, ":")
		for _, c := range ranked {
			fmt.Print(" ", c.Agent.ID)
		}
		fmt.Println()
	}
	// Output:
	// low []: ben ana cem
	// urgent []: ana cem
	// urgent [german]: cem
}

func TestLevelsArePerSkillAndAllAreNeeded(t *testing.T) {
	t.Parallel()
	a := assign.BySkill(&assign.Config{Categories: map[helpdesk.Category]assign.Needs{
		"x": {Required: map[helpdesk.Skill]int{"p": 3, "q": 0}},
	}})
	team := []helpdesk.Candidate{
		skilled("unsaid", "p", "q"), // no level: counts as 3
		with(skilled("low", "q"), "p", 2), skilled("half", "p"), with(with(skilled("exact"), "p", 3), "q", 1),
	}
	require.Equal(t, []helpdesk.AgentID{"exact", "unsaid"}, order(t, a, &helpdesk.Ticket{Category: "x"}, team...))
}

func TestOfASkillAskedForTwiceTheHigherLevelCounts(t *testing.T) {
	t.Parallel()
	high, low := assign.Needs{Required: map[helpdesk.Skill]int{"p": 4}}, assign.Needs{Required: map[helpdesk.Skill]int{"p": 2}}
	for _, cfg := range []assign.Config{
		{Categories: map[helpdesk.Category]assign.Needs{"x": high}, Tags: map[string]assign.Needs{"t": low}},
		{Categories: map[helpdesk.Category]assign.Needs{"x": low}, Tags: map[string]assign.Needs{"t": high}},
	} {
		require.Equal(t, []helpdesk.AgentID{"four"}, order(t, assign.BySkill(&cfg), &helpdesk.Ticket{Category: "x", Tags: []string{"t"}},
			with(skilled("three"), "p", 3), with(skilled("four"), "p", 4)))
	}
	require.Equal(t, 4, high.Required["p"], "a config is not changed by its use")
	require.Equal(t, 2, low.Required["p"])
}

func TestTheOrderOfTies(t *testing.T) {
	t.Parallel()
	a := assign.BySkill(&assign.Config{Categories: map[helpdesk.Category]assign.Needs{
		"x": {Required: map[helpdesk.Skill]int{"p": 1}, Preferred: []helpdesk.Skill{"q", "r"}},
	}})
	for name, pair := range map[string][2]helpdesk.Candidate{
		"1 of 2 before 8 of 10":                {at(skilled("z", "p", "o", "n"), 1, 2, 9), at(skilled("a", "p", "q", "r"), 8, 10, 0)},
		"more preferred, whatever the surplus": {at(skilled("z", "p", "q", "r", "o"), 1, 2, 9), at(skilled("a", "p", "q"), 5, 10, 0)},
		"smaller surplus before longer idle":   {at(skilled("z", "p"), 1, 2, 9), at(skilled("a", "p", "o"), 1, 2, 0)},
		"longer idle before id":                {at(skilled("z", "p"), 1, 2, 1), at(skilled("a", "p"), 1, 2, 2)},
		"never assigned before all":            {at(skilled("z", "p"), 1, 2, 0), at(skilled("a", "p"), 1, 2, 1)},
		"id":                                   {at(skilled("a", "p"), 1, 2, 1), at(skilled("b", "p"), 1, 2, 1)},
	} {
		want := []helpdesk.AgentID{pair[0].Agent.ID, pair[1].Agent.ID}
		require.Equal(t, want, order(t, a, &helpdesk.Ticket{Category: "x"}, pair[1], pair[0]), name)
	}
}

func TestRoundRobinTakesTurns(t *testing.T) {
	t.Parallel()
	a := assign.RoundRobin(nil)
	team := []helpdesk.Candidate{at(skilled("a", "general"), 0, 9, 0), at(skilled("b", "general"), 5, 9, 0), at(skilled("c", "general"), 0, 9, 0)}
	var turns []helpdesk.AgentID
	for i := range 7 {
		ranked, err := a.Rank(t.Context(), &helpdesk.Ticket{}, team)
		require.NoError(t, err)
		turns = append(turns, ranked[0].Agent.ID)
		for j := range team {
			if team[j].Agent.ID == ranked[0].Agent.ID {
				team[j].Load = helpdesk.Load{Open: team[j].Load.Open + 1, LastAssigned: time.Unix(int64(i+1), 0)}
			}
		}
	}
	require.Equal(t, []helpdesk.AgentID{"a", "c", "b", "a", "c", "b", "a"}, turns)
}

// Tickets placed in one pass have one time, so load has to keep the turns.
func TestRoundRobinTakesTurnsWithinOneMoment(t *testing.T) {
	t.Parallel()
	a := assign.RoundRobin(nil)
	team := []helpdesk.Candidate{skilled("a", "general"), skilled("b", "general"), skilled("c", "general")}
	got := map[helpdesk.AgentID]int{}
	for range 9 {
		ranked, err := a.Rank(t.Context(), &helpdesk.Ticket{}, team)
		require.NoError(t, err)
		for j := range team {
			if team[j].Agent.ID == ranked[0].Agent.ID {
				team[j].Load = helpdesk.Load{Open: team[j].Load.Open + 1, LastAssigned: time.Unix(1, 0)}
				got[team[j].Agent.ID]++
			}
		}
	}
	require.Equal(t, map[helpdesk.AgentID]int{"a": 3, "b": 3, "c": 3}, got)
}

func TestStickyPutsWhoKnowsTheCustomerFirst(t *testing.T) {
	t.Parallel()
	a := assign.Sticky(assign.BySkill(nil), 0)
	r, ok := a.(helpdesk.StickyAssigner)
	require.True(t, ok)
	require.Equal(t, 14*24*time.Hour, r.StickyFor())
	knows, unskilled := at(skilled("z", "general"), 8, 9, 5), skilled("y", "billing")
	knows.Knows, unskilled.Knows = true, true
	require.Equal(t, []helpdesk.AgentID{"z", "a", "b"}, order(t, a, &helpdesk.Ticket{}, skilled("b", "general"), knows, unskilled, skilled("a", "general")))
}

func TestAgentsAreDescribed(t *testing.T) {
	t.Parallel()
	a := assign.Sticky(assign.BySkill(&assign.Config{Categories: map[helpdesk.Category]assign.Needs{
		"x": {Required: map[helpdesk.Skill]int{"p": 3, "o": 1}, Preferred: []helpdesk.Skill{"q"}},
	}}), 0)
	d, ok := a.(helpdesk.Describer)
	require.True(t, ok)
	ticket := &helpdesk.Ticket{Category: "x"}
	for want, c := range map[string]helpdesk.Candidate{
		"o 3, p 3": skilled("a", "p", "o"),
		"o 3, p 3, q 5 preferred, 2 other skills": with(skilled("a", "p", "o", "m", "n"), "q", 5),
		"o 3, p 3, 1 other skill":                 skilled("a", "p", "o", "m"),
		"lacks o":                                 skilled("a", "p"),
		"p 2, needs 3":                            with(skilled("a", "o"), "p", 2),
	} {
		require.Equal(t, want, d.Describe(ticket, &c.Agent))
	}
	plain := assign.Sticky(helpdesk.AssignerFunc(nil), time.Hour).(helpdesk.Describer)
	require.Empty(t, plain.Describe(ticket, &helpdesk.Agent{}))
}
