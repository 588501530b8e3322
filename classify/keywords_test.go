package classify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

func ExampleKeywords() {
	rules, err := classify.NewKeywords([]classify.Rule{{Phrase: "checkout broken", Priority: helpdesk.Urgent}})
	if err != nil {
		panic(err)
	}
	priority, rule := rules.MinPriority("", "Help!", "The checkout is broken since noon.")
	fmt.Println(priority, "because of", rule)
	// Output: urgent because of checkout broken
}

func TestFloorsFindPhrasesHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"system down":                                 "system down",
		"The SYSTEM is completely DOWN":               "system down",
		"All our systems are down!":                   "system down",
		"we suffered a data-loss last night":          "data loss",
		"I cannot login":                              "cannot login",
		"I can't log in since this morning":           "cannot login",
		"can not log-in":                              "cannot login",
		"I can’t sign in":                             "cannot login",
		"I am unable to log in":                       "unable to login",
		"possible security breach in our tenant":      "security breach",
		"No, the system is down":                      "system down",
		"no idea why the site is down":                "site down",
		"Wir haben einen Datenverlust":                "Datenverlust",
		"Ich kann mich nicht einloggen":               "kann mich nicht einloggen",
		"No puedo iniciar sesion":                     "no puedo iniciar sesión",
		"PERTE DE DONNÉES":                            "perte de données",
		"não consigo fazer login":                     "não consigo fazer login",
		"ｓｙｓｔｅｍ ｄｏｗｎ":                                 "system down",
		"sys\u200btem do\u0301wn":                     "system down",
		"it is not urgent. data loss? yes, all of it": "data loss",
		strings.Repeat("word ", 5000) + "outage":      "outage",
	} {
		priority, rule := classify.PriorityRules().MinPriority("", "", text)
		require.Equal(t, want, rule, "%.60q", text)
		require.Equal(t, helpdesk.Urgent, priority)
	}
}

func TestFloorsLeaveOtherTextsAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "How do I download an invoice?", "the system is not down", "no data loss so far", "without any data loss",
		"this was not a security breach", "kein Datenverlust", "ecosystem downtown", "a countdown of the system",
		"scroll down in the system settings", "data. loss leader pricing", "sans perte de données", "down the system",
	} {
		priority, rule := classify.PriorityRules().MinPriority("", text, text)
		require.Zero(t, priority, "%q: %s", text, rule)
		require.Empty(t, rule)
	}
}

func TestWhatAFormOffersRaisesNothing(t *testing.T) {
	t.Parallel()
	form := "<!-- Is the system down? Call us. -->\n- [ ] data loss\n- [%s] security breach\n\nThe colour is odd."
	for box, want := range map[string]helpdesk.Priority{" ": 0, "x": helpdesk.Urgent} {
		priority, rule := classify.PriorityRules().MinPriority("", "", fmt.Sprintf(form, box))
		require.Equal(t, want, priority, rule)
	}
}

func TestEveryDefaultRuleFindsItself(t *testing.T) {
	t.Parallel()
	rules := classify.DefaultRules()
	_, err := classify.NewKeywords(rules)
	require.NoError(t, err)
	for _, r := range rules {
		one, err := classify.NewKeywords([]classify.Rule{r})
		require.NoError(t, err)
		priority, rule := one.MinPriority("", r.Phrase, "")
		require.Equal(t, r, classify.Rule{Phrase: rule, Priority: priority})
	}
}

func TestTheMostUrgentRuleWins(t *testing.T) {
	t.Parallel()
	k, err := classify.NewKeywords([]classify.Rule{{"slow", helpdesk.High}, {"on fire", helpdesk.Urgent}, {"down", helpdesk.Urgent}})
	require.NoError(t, err)
	priority, rule := k.MinPriority("", "slow and on fire and down", "")
	require.Equal(t, helpdesk.Urgent, priority)
	require.Equal(t, "on fire", rule)
}

func TestBadRulesAreNamed(t *testing.T) {
	t.Parallel()
	_, err := classify.NewKeywords([]classify.Rule{{"fine", helpdesk.Low}, {" - ", helpdesk.Low}, {"x", 0}})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	require.Equal(t, "rules[1].phrase", helpdesk.Fields(err)[0].Field)
	require.Equal(t, "rules[2].priority", helpdesk.Fields(err)[1].Field)
}

// FuzzMinPriority looks for texts that crash the reader or make it contradict itself.
func FuzzMinPriority(f *testing.F) {
	rules := classify.PriorityRules()
	for _, s := range []string{"system is down", "no data loss", "\xff\x00 down", "can can not log in in"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p1, r1 := rules.MinPriority("", s, "")
		p2, r2 := rules.MinPriority("", "", s)
		if p1 != p2 || r1 != r2 {
			t.Fatalf("as subject %v %q, as text %v %q", p1, r1, p2, r2)
		}
		if p, _ := rules.MinPriority("", s, "\n\nsystem down"); p != helpdesk.Urgent {
			t.Fatalf("%q hides a floor", s)
		}
	})
}

func BenchmarkFloorOfAMebibyte(b *testing.B) {
	rules := classify.PriorityRules()
	text := strings.Repeat("no system is the data cannot of ", 1<<20/32)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		rules.MinPriority("", "", text)
	}
}
