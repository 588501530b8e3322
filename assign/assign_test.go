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
		c.Agent.Skills[s] = 0 // unsaid: level 3
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
	a := assign.BySkill(&assign.Config{Skills: map[helpdesk.Category]helpdesk.Skill{"shipping": "logistics"}})
	ranked, err := a.Rank(t.Context(), &helpdesk.Ticket{Category: "shipping"}, []helpdesk.Candidate{skilled("l", "logistics"), skilled("g", "general")})
	require.NoError(t, err)
	require.Len(t, ranked, 1)
	require.Equal(t, helpdesk.AgentID("l"), ranked[0].Agent.ID)
}

func candidates(t *rapid.T) []helpdesk.Candidate {
	team := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) helpdesk.Candidate {
		c := skilled(helpdesk.AgentID(rapid.StringMatching(`[a-e]{1,3}`).Draw(t, "id")), "general")
		if rapid.Bool().Draw(t, "more") {
			c.Agent.Skills["billing"] = 1
		}
		c.Agent.Capacity = rapid.OneOf(rapid.IntRange(1, 6), rapid.Just(1<<62)).Draw(t, "capacity")
		c.Load.Open = rapid.OneOf(rapid.IntRange(0, 6), rapid.Just(1<<62)).Draw(t, "open")
		c.Load.LastAssigned = time.Unix(rapid.Int64Range(0, 3).Draw(t, "last"), 0)
		return c
	}), 1, 8, func(c helpdesk.Candidate) helpdesk.AgentID { return c.Agent.ID })
	return team.Draw(t, "team")
}

func TestRankingIsATotalOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		team := candidates(t)
		for _, a := range team {
			for _, b := range team {
				if assign.Compare(a, b) != -assign.Compare(b, a) || (a.Agent.ID != b.Agent.ID) != (assign.Compare(a, b) != 0) {
					t.Fatalf("%v and %v", a, b)
				}
				for _, c := range team {
					if assign.Compare(a, b) < 0 && assign.Compare(b, c) < 0 && assign.Compare(a, c) >= 0 {
						t.Fatalf("not transitive: %v %v %v", a, b, c)
					}
				}
			}
		}
	})
}

func TestRankingDoesNotDependOnTheOrderOfCandidates(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		team := candidates(r)
		shuffled := rapid.Permutation(team).Draw(r, "shuffled")
		require.Equal(r, rank(t, "", team...), rank(t, "", shuffled...))
	})
}

func TestLessLoadNeverRanksLower(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		team := candidates(r)
		i := rapid.IntRange(0, len(team)-1).Draw(r, "who")
		if team[i].Load.Open == 0 {
			r.Skip("already has nothing to do")
		}
		id := team[i].Agent.ID
		before := slices.Index(rank(t, "", team...), id)
		team[i].Load.Open--
		require.LessOrEqual(r, slices.Index(rank(t, "", team...), id), before)
	})
}
