package classify_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// missedByRules is how many texts of rules_redact.jsonl keep something that they should not, or
// lose something that they should keep, by kind: docs/triage.md names them.
var missedByRules = map[string]int{"phone": 1, "seed phrase": 1, "mac address": 1}

// TestTextsWrittenFromTheRulesAlone reads texts whose writer had not seen the code.
func TestTextsWrittenFromTheRulesAlone(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/rules_redact.jsonl")
	require.NoError(t, err)
	defer file.Close()
	missed, texts := map[string]int{}, 0
	for lines := bufio.NewScanner(file); lines.Scan(); texts++ {
		var c struct {
			Kind, Text        string
			Hide, Keep, Known []string
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c), lines.Text())
		q, red := classify.NewRedactor(nil).Request(&helpdesk.ClassifyRequest{
			Text: c.Text, Customer: helpdesk.Contact{Name: strings.Join(c.Known, " ")},
		})
		bad := ""
		for _, s := range c.Hide {
			if strings.Contains(q.Text, s) {
				bad += " keeps " + s
			}
		}
		for _, s := range c.Keep {
			if !strings.Contains(q.Text, s) {
				bad += " loses " + s
			}
		}
		if bad != "" {
			missed[c.Kind]++
			t.Logf("%s:%s: %q gave %q", c.Kind, bad, c.Text, q.Text)
		}
		_, ok := red.Restore(q.Text)
		require.True(t, ok, c.Text)
	}
	require.Equal(t, 124, texts)
	require.Equal(t, missedByRules, missed)
}
