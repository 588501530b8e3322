package safereply_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/safereply"
)

// TestAReplyWithVeryManyWordsForSecretsIsRefused, since reading it would take long.
func TestAReplyWithVeryManyWordsForSecretsIsRefused(t *testing.T) {
	t.Parallel()
	require.True(t, safereply.AsksSecret(strings.Repeat("Your PIN is safe. ", 100)))
	require.False(t, safereply.AsksSecret(strings.Repeat("Your PIN is safe. ", 10)))
}

// misjudged is how many replies of each file are judged wrongly, by kind: docs/triage.md counts
// them.
var misjudged = map[string]map[string]int{"replies.tsv": {}, "replies_second.tsv": {"asks": 1}, "replies_third.tsv": {"asks": 7, "honest": 1}}

// TestRepliesThatAskForASecretOrRepeatThePromptAreKnown reads replies of three kinds.
func TestRepliesThatAskForASecretOrRepeatThePromptAreKnown(t *testing.T) {
	t.Parallel()
	replies := map[string]int{}
	for file, misjudged := range misjudged {
		data, err := os.ReadFile("testdata/" + file)
		require.NoError(t, err)
		wrong := map[string]int{}
		for line := range strings.Lines(string(data)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			f := strings.Split(strings.TrimSpace(line), "\t")
			require.Len(t, f, 3, line)
			kind, reply := f[0], f[2]
			replies[kind]++
			if safereply.AsksSecret(reply) != (kind == "asks") || safereply.OfPrompt(reply) != (kind == "prompt") {
				t.Logf("%s: %s", kind, reply)
				wrong[kind]++
			}
		}
		if len(misjudged) != len(wrong) {
			t.Error(file, wrong)
		}
	}
	require.Equal(t, map[string]int{"asks": 121, "honest": 147, "prompt": 13}, replies)
}
