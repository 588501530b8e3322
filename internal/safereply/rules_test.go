package safereply_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/safereply"
)

// missedByRules is how many replies of rules_hostile.jsonl are not judged as they should be, by
// kind: docs/triage.md names them. A placeholder is refused by classify.Redact, hidden characters
// are dropped by openaiclassify, and markup is shown as text. An honest sentence that stands only
// in another customer's ticket is refused by the rule itself.
var missedByRules = map[string]int{
	"another customer's": 3, "placeholder": 1, "markup": 2, "hidden": 1, "honest": 1,
}

// TestRepliesWrittenFromTheRulesAlone reads replies whose writer had not seen the code. The Desk
// refuses a reply for the same reasons.
func TestRepliesWrittenFromTheRulesAlone(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../../classify/testdata/rules_hostile.jsonl")
	require.NoError(t, err)
	defer file.Close()
	missed, replies := map[string]int{}, 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var c struct {
			Kind, Ticket, Reply, Want string
			Names, Others             []string
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c), lines.Text())
		if c.Reply == "" {
			continue // it is for openaiclassify
		}
		replies++
		own := []string{c.Ticket}
		var others []safereply.Other
		for _, text := range c.Others {
			others = append(others, safereply.Other{Texts: []string{text}, Names: c.Names})
		}
		refused := !safereply.Allowed(c.Reply, own...) || safereply.Foreign(c.Reply, own, others) || safereply.ToAgent(c.Reply) ||
			safereply.OfPrompt(c.Reply) || safereply.AsksSecret(c.Reply)
		if refused != (c.Want == "refused") {
			missed[c.Kind]++
			t.Logf("%s: %q to %q is not %s", c.Kind, c.Reply, c.Ticket, c.Want)
		}
	}
	require.Equal(t, 66, replies)
	require.Equal(t, missedByRules, missed)
}
