package classify_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// missedTexts is how many texts of redact.tsv keep a secret, by kind: docs/triage.md names them.
var missedTexts = map[string]int{"NAME": 2, "ADDRESS": 2}

// TestPersonalDataIsFound reads texts that were written before the code was, from the rules alone.
func TestPersonalDataIsFound(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/redact.tsv")
	require.NoError(t, err)
	missed, texts := map[string]int{}, 0
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		require.Len(t, f, 5, line)
		text := strings.ReplaceAll(f[4], `\n`, "\n")
		texts++
		q, red := classify.NewRedactor(nil).Request(&helpdesk.ClassifyRequest{Text: text, Customer: helpdesk.Contact{Name: f[2]}})
		require.Empty(t, q.Customer)
		bad := !strings.Contains(q.Text, "["+f[0]+"_")
		for _, secret := range strings.Split(f[3], "|") {
			bad = bad || strings.Contains(q.Text, secret)
		}
		if bad {
			t.Logf("missed: %s: %q gave %q", f[0], text, q.Text)
			missed[f[0]]++
		}
		back, ok := red.Restore(q.Text)
		require.True(t, ok)
		require.Len(t, back, len(text))
	}
	require.Equal(t, 117, texts)
	require.Equal(t, missedTexts, missed)
}

func TestTextsWithoutPersonalDataStay(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/unredacted.txt")
	require.NoError(t, err)
	for _, text := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		require.Equal(t, text, classify.NewRedactor(nil).Text(text).Text)
	}
}

// TestNamesOfTwoTicketsShareNoPlaceholder: the same name in a similar ticket is another one, and a
// reply with it is refused.
func TestNamesOfTwoTicketsShareNoPlaceholder(t *testing.T) {
	t.Parallel()
	r := &helpdesk.ClassifyRequest{
		Text: "Jane Doe here", Customer: helpdesk.Contact{Name: "Jane Doe", Email: "jane.doe@example.com"},
		Similar: []helpdesk.Solved{
			{Text: "Jane Roe here", Resolution: "Dear JANE, done.", Customer: helpdesk.Contact{Name: "Jane Roe"}},
			{Text: "I am Jane", Customer: helpdesk.Contact{Email: "jane.poe@example.com"}},
		},
	}
	asked, got := redacted(t, nil, r, helpdesk.Classification{Response: "Dear [NAME_1] [NAME_2],"})
	require.Equal(t, &helpdesk.ClassifyRequest{
		Text: "[NAME_1] [NAME_2] here",
		Similar: []helpdesk.Solved{
			{Text: "[NAME_3] [NAME_4] here", Resolution: "Dear [NAME_3], done."},
			{Text: "I am [NAME_5]"},
		},
	}, asked)
	require.Equal(t, "Dear Jane Doe,", got.Response)
	for _, theirs := range []string{"[NAME_3]", "[NAME_4]", "[NAME_5]", "name_5", "[Name_3]"} {
		_, got = redacted(t, nil, r, helpdesk.Classification{Response: "Dear [NAME_1], " + theirs})
		require.Empty(t, got.Response, theirs)
	}
}

func TestNumberFoundOnceIsHiddenEverywhere(t *testing.T) {
	t.Parallel()
	r := classify.NewRedactor(nil)
	require.Equal(t, "[PHONE_1] [PHONE_1]", r.Text("01 23 45 67 89 01 23 45 67 89").Text)
	require.Equal(t, "exp 12/27 [PHONE_1] [PHONE_2]", r.Text("exp 12/27 01 23 45 67 89 01 23 45 67 88").Text)
	require.Equal(t, "call [PHONE_1], order [PHONE_1]; A5550142233", r.Text("call 5550142233, order 5550142233; A5550142233").Text)
}
