package assign_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
)

// TestATicketGoesToWhoSpeaksItsLanguage has Ana, who is nearly full and speaks German; Ben, who
// speaks English; and Cem, of whom no language is known.
func TestATicketGoesToWhoSpeaksItsLanguage(t *testing.T) {
	t.Parallel()
	skills := func(languages ...string) map[helpdesk.Skill]int {
		m := map[helpdesk.Skill]int{"general": 3}
		for _, tag := range languages {
			m[assign.LanguageSkill(tag)] = 5
		}
		return m
	}
	ana := helpdesk.Candidate{Agent: helpdesk.Agent{ID: "ana", Skills: skills("de", "pt-br")}, Load: helpdesk.Load{Open: 9}}
	ben := helpdesk.Candidate{Agent: helpdesk.Agent{ID: "ben", Skills: skills("en")}}
	cem := helpdesk.Candidate{Agent: helpdesk.Agent{ID: "cem", Skills: skills()}, Load: helpdesk.Load{Open: 3}}
	for _, assigner := range []helpdesk.Assigner{assign.BySkill(nil), assign.RoundRobin(nil)} {
		for language, want := range map[string][]helpdesk.AgentID{
			"": {"ben", "cem", "ana"}, "en": {"ben", "cem", "ana"}, "en-gb": {"ben", "cem", "ana"},
			"de": {"cem", "ana", "ben"}, "pt-br": {"cem", "ana", "ben"}, "pt": {"cem", "ana", "ben"}, "fr": {"cem", "ben", "ana"},
		} {
			ranked, err := assigner.Rank(t.Context(), &helpdesk.Ticket{Language: language}, []helpdesk.Candidate{ana, ben, cem})
			require.NoError(t, err)
			var ids []helpdesk.AgentID
			for _, c := range ranked {
				ids = append(ids, c.Agent.ID)
			}
			require.Equal(t, want, ids, language)
		}
	}
	describer := assign.BySkill(nil).(helpdesk.Describer)
	require.Contains(t, describer.Describe(&helpdesk.Ticket{Language: "de"}, &ben.Agent), "does not speak de")
	require.NotContains(t, describer.Describe(&helpdesk.Ticket{Language: "de"}, &ana.Agent), "speak")
}
