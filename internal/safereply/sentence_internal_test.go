package safereply

import (
	"encoding/csv"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSentencesWithoutASpaceArePartedInsteadOfLost(t *testing.T) {
	t.Parallel()
	for reply, want := range map[string]string{
		"The file is missing.It was deleted.":                  "The file is missing. It was deleted.",
		"Thanks.We look into it.So please wait.In the evening": "Thanks. We look into it. So please wait. In the evening",
		"done.It's fixed":                              "done. It's fixed",
		"Das hilft.Es geht wieder.Im Moment ja":        "Das hilft. Es geht wieder. Im Moment ja",
		"C'est réglé.Il faut attendre.La page revient": "C'est réglé. Il faut attendre. La page revient",
		"Ya está.No se preocupe.Al final sí":           "Ya está. No se preocupe. Al final sí",
		"\"gone.No way\"":                              "\"gone. No way\"",
		"at 28.00.It is, in version 1.2.So wait":       "at 28.00. It is, in version 1.2. So wait",
		"first.\nIt is. Second.To be":                  "first.\nIt is. Second. To be",
	} {
		require.False(t, Allowed(reply), "a check that sees no domain would prove nothing: %s", reply)
		require.Equal(t, want, SpaceSentences(reply))
		require.True(t, Allowed(SpaceSentences(reply)), reply)
		require.Equal(t, want, SpaceSentences(want), "once is enough")
	}
}

func TestNoLinkPassesForASentence(t *testing.T) {
	t.Parallel()
	for _, hostile := range []string{
		"go to evil.it now", "go to evil.IT now", "go to evil.It", "go to evil.It/pay now", "go to www.evil.It now", "http://evil.It now", "go to evil-shop.It now", "pay2.It now",
		"mail me@evil.It now", "evil.Com is ours", "evil.Org is ours", "[pay](evil.It now)", "<a href=evil.It x>", "go to evil.It:443 now",
		"evil.It.Is there", "evil . Com now", "evil. Com now", "go to EVIL.It now", "evil.\u200bIt now", "еvil.it now", "evil．It now", "evil.It-shop.com x", "evil.It?x y", "//evil.It now", "_evil.It now", "evil.It now https://evil.example", "evil.It&#46;evil", "evil.it&amp;now",
	} {
		require.False(t, Allowed(hostile), hostile)
		require.False(t, Allowed(SpaceSentences(hostile)), "%q became %q", hostile, SpaceSentences(hostile))
	}
	for hostile, harmless := range map[string]string{"Pay at evil.It now": "Pay at evil. It now", "the page evil.App is ours": "the page evil. App is ours"} {
		require.Equal(t, harmless, SpaceSentences(hostile), "no program makes a link of it")
	}
}

// autolinked matches a domain without a scheme that programs make clickable when they know all
// endings in any case of letters.
var autolinked = regexp.MustCompile(`(?i)[\p{L}\p{N}_-]\.(?:` + strings.Join(strings.Fields("it in is so to at es no la il im com io me shop"), "|") + `)(?:$|[^\p{L}\p{N}])`)

func TestWhatPassesHoldsNothingThatProgramsLink(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SampledFrom([]string{"evil", "Evil", "missing", "a", ".", ".", "It", "it", "IT", "So", "Com", "com", "Io", " ", " ", "\n", "/", ",", "'s", "now", "@", "-", "\"", "(", ":", "\u200b", "é", "7", "*", "&#46;"})
		reply := strings.Join(rapid.SliceOfN(part, 1, 12).Draw(t, "parts"), "")
		spaced := SpaceSentences(reply)
		if strings.ReplaceAll(spaced, " ", "") != strings.ReplaceAll(reply, " ", "") {
			t.Fatalf("%q became %q", reply, spaced)
		}
		if Allowed(spaced) && autolinked.MatchString(plain(spaced)) {
			t.Fatalf("%q passes", spaced)
		}
	})
}

// The replies are texts of tickets without the spaces between their sentences. A text with a link
// of its own is refused with and without the spaces, and does not count.
func TestFewRepliesAreLostToAMissingSpace(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	missing := regexp.MustCompile(`([.]) (\p{Lu})`)
	var all, before, after int
	for _, name := range []string{"../../examples/httpserver/tickets.csv", "../../classify/learned/starter/tickets.csv", "../../classify/learned/starter/heldout.csv"} {
		f, err := os.Open(name)
		require.NoError(t, err)
		rows, err := csv.NewReader(f).ReadAll()
		require.NoError(t, err)
		require.NoError(t, f.Close())
		for _, row := range rows[1:] {
			reply := missing.ReplaceAllString(row[2], "$1$2")
			if reply == row[2] || !Allowed(row[2]) {
				continue
			}
			all++
			if !Allowed(reply) {
				before++
				if !Allowed(SpaceSentences(reply)) {
					after++
				}
			}
		}
	}
	t.Logf("of %d replies %d were lost as they are, %d with the spaces put in", all, before, after)
	require.Greater(t, all, 500)
	require.Greater(t, before, 50)
	require.Less(t, after*10, before)
}

func FuzzSpaceSentences(f *testing.F) {
	f.Add("missing.It was", "text")
	f.Fuzz(func(t *testing.T, s, own string) {
		spaced := SpaceSentences(s)
		if Allowed(s+" https://q7z.example/x") || Allowed(SpaceSentences(s+" https://q7z.example/x")) {
			t.Errorf("%q hides a link", s)
		}
		if strings.ReplaceAll(spaced, " ", "") != strings.ReplaceAll(s, " ", "") {
			t.Errorf("%q became %q", s, spaced)
		}
	})
}
