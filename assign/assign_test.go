package assign_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
)

func ExampleBySkill() {
	billing := map[helpdesk.Skill]int{"billing": 3}
	ranked, _ := assign.BySkill(nil).Rank(context.Background(),
		&helpdesk.Ticket{Category: helpdesk.Billing},
		[]helpdesk.Candidate{
			{Agent: helpdesk.Agent{ID: "ana", Skills: billing, Capacity: 10}, Load: helpdesk.Load{Open: 8}},
			{Agent: helpdesk.Agent{ID: "ben", Skills: billing, Capacity: 2}, Load: helpdesk.Load{Open: 1}},
			{Agent: helpdesk.Agent{ID: "cem", Skills: map[helpdesk.Skill]int{"technical": 5}}},
		})
	for _, c := range ranked {
		fmt.Printf("%s holds %d of %d\n", c.Agent.ID, c.Load.Open, c.Agent.Limit())
	}
	// Output:
	// ben holds 1 of 2
	// ana holds 8 of 10
}

func rank(t testing.TB, category helpdesk.Category, cs ...helpdesk.Candidate) []helpdesk.AgentID {
	ranked, err := assign.BySkill(nil).Rank(context.Background(), &helpdesk.Ticket{Category: category}, cs)
	require.NoError(t, err)
	var ids []helpdesk.AgentID
	for _, c := range ranked {
		ids = append(ids, c.Agent.ID)
	}
	return ids
}

func skilled(id helpdesk.AgentID, skills ...helpdesk.Skill) helpdesk.Candidate {
	c := helpdesk.Candidate{Agent: helpdesk.Agent{ID: id, Skills: map[helpdesk.Skill]int{}}}
	for _, s := range skills {
		c.Agent.Skills[s] = 0 // no level given: it counts as 3
	}
	return c
}

func TestEachCategoryNeedsItsSkill(t *testing.T) {
	t.Parallel()
	team := []helpdesk.Candidate{
		skilled("bill", "billing"), skilled("tech", "technical"), skilled("acc", "account"), skilled("gen", "general"),
	}
	for category, want := range map[helpdesk.Category]helpdesk.AgentID{
		helpdesk.Billing: "bill", helpdesk.Technical: "tech", helpdesk.BugReport: "tech",
		helpdesk.Account: "acc", helpdesk.FeatureRequest: "acc", "": "gen", "shipping": "gen",
	} {
		require.Equal(t, []helpdesk.AgentID{want}, rank(t, category, team...), "category %q", category)
	}
}

func TestNobodyWithTheSkillIsNobody(t *testing.T) {
	t.Parallel()
	require.Empty(t, rank(t, helpdesk.Billing, skilled("tech", "technical")))
}

func TestTiesGoToTheSpecialistThenTheLongestIdleThenTheID(t *testing.T) {
	t.Parallel()
	late := skilled("a", "billing")
	late.Load.LastAssigned = time.Unix(100, 0)
	early := skilled("z", "billing")
	early.Load.LastAssigned = time.Unix(50, 0)
	require.Equal(t, []helpdesk.AgentID{"b", "c", "z", "a", "all"}, rank(t, helpdesk.Billing,
		late, skilled("all", "billing", "technical", "account"), skilled("c", "billing"), early, skilled("b", "billing")))
}

func TestHostsSkillsReplaceTheDefault(t *testing.T) {
	t.Parallel()
	a := assign.BySkill(&assign.Config{Categories: map[helpdesk.Category]assign.Needs{"shipping": assign.Skill("logistics")}})
	ranked, err := a.Rank(t.Context(), &helpdesk.Ticket{Category: "shipping"}, []helpdesk.Candidate{skilled("l", "logistics"), skilled("g", "general")})
	require.NoError(t, err)
	require.Len(t, ranked, 1)
	require.Equal(t, helpdesk.AgentID("l"), ranked[0].Agent.ID)
}

// assigners are the Assigners whose order must be total.
var assigners = map[string]helpdesk.Assigner{
	"skill": assign.BySkill(preferring), "turn": assign.RoundRobin(preferring), "sticky": assign.Sticky(assign.BySkill(preferring), 0),
}

var preferring = &assign.Config{Categories: map[helpdesk.Category]assign.Needs{
	"": {Required: map[helpdesk.Skill]int{"general": 2}, Preferred: []helpdesk.Skill{"billing", "german"}},
}}

func candidates(t *rapid.T) []helpdesk.Candidate {
	team := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) helpdesk.Candidate {
		c := skilled(helpdesk.AgentID(rapid.StringMatching(`[a-e]{1,3}`).Draw(t, "id")))
		c.Agent.Skills["general"] = rapid.IntRange(0, 5).Draw(t, "general")
		for _, skill := range []helpdesk.Skill{"billing", "german", "piano"} {
			if rapid.Bool().Draw(t, string(skill)) {
				c.Agent.Skills[skill] = 1
			}
		}
		c.Agent.Capacity = rapid.OneOf(rapid.IntRange(1, 6), rapid.Just(1<<62)).Draw(t, "capacity")
		c.Load.Open = rapid.OneOf(rapid.IntRange(0, 6), rapid.Just(1<<62)).Draw(t, "open")
		c.Load.LastAssigned = time.Unix(rapid.Int64Range(0, 3).Draw(t, "last"), 0)
		c.Knows = rapid.IntRange(0, 9).Draw(t, "knows") == 0
		return c
	}), 1, 8, func(c helpdesk.Candidate) helpdesk.AgentID { return c.Agent.ID })
	return team.Draw(t, "team")
}

func ids(t require.TestingT, a helpdesk.Assigner, cs []helpdesk.Candidate) []helpdesk.AgentID {
	ranked, err := a.Rank(context.Background(), &helpdesk.Ticket{}, cs)
	require.NoError(t, err)
	ids := []helpdesk.AgentID{}
	for _, c := range ranked {
		ids = append(ids, c.Agent.ID)
	}
	return ids
}

// Each pair of agents has the same order alone as among all others. So the order is total and
// transitive.
func TestRankingIsATotalOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		team := candidates(t)
		for name, a := range assigners {
			all := ids(t, a, team)
			for i := range team {
				for j := range i {
					pair := ids(t, a, []helpdesk.Candidate{team[i], team[j]})
					want := slices.DeleteFunc(slices.Clone(all), func(id helpdesk.AgentID) bool { return id != team[i].Agent.ID && id != team[j].Agent.ID })
					require.Equal(t, want, pair, name)
				}
			}
		}
	})
}

func TestRankingDoesNotDependOnTheOrderOfCandidates(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		team := candidates(t)
		shuffled := rapid.Permutation(team).Draw(t, "shuffled")
		for name, a := range assigners {
			require.Equal(t, ids(t, a, team), ids(t, a, shuffled), name)
		}
	})
}

func TestLessLoadNeverRanksLower(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		team := candidates(t)
		i := rapid.IntRange(0, len(team)-1).Draw(t, "who")
		if team[i].Load.Open == 0 {
			t.Skip("already has nothing to do")
		}
		for name, a := range assigners {
			id := team[i].Agent.ID
			before := slices.Index(ids(t, a, team), id)
			eased := slices.Clone(team)
			eased[i].Load.Open--
			require.LessOrEqual(t, slices.Index(ids(t, a, eased), id), before, name)
		}
	})
}

// A ranking names each agent with the required skills, and no others.
func TestRankingLeavesOutWhoLacksASkill(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		team := candidates(t)
		var able []helpdesk.AgentID
		for _, c := range team {
			if c.Agent.Level("general") >= 2 {
				able = append(able, c.Agent.ID)
			}
		}
		for name, a := range assigners {
			require.ElementsMatch(t, able, ids(t, a, team), name)
		}
	})
}
