package classify_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

func ExampleRedactor() {
	r := classify.NewRedactor(nil)
	red := r.Text("Call +49 30 1234567 or write to jane@example.com, my password is hunter2")
	fmt.Println(red.Text)
	reply, ok := red.Restore("We will call [PHONE_1].")
	fmt.Println(reply, ok)
	// Output:
	// Call [PHONE_1] or write to [EMAIL_1], my password is [PASSWORD_1]
	// We will call +49 30 1234567. true
}

// redacted classifies a request with an inner Classifier that gives this answer. It returns the
// request that inner got and the resulting answer.
func redacted(t *testing.T, cfg *classify.RedactConfig, r *helpdesk.ClassifyRequest, answer helpdesk.Classification) (*helpdesk.ClassifyRequest, *helpdesk.Classification) {
	t.Helper()
	inner := &seen{answer: answer}
	got, err := classify.Redact(inner, cfg).Classify(t.Context(), r)
	require.NoError(t, err)
	return inner.asked, got
}

func TestRedactHidesOverAllTextsAndRestoresTheTicketsOwn(t *testing.T) {
	t.Parallel()
	request := func() *helpdesk.ClassifyRequest {
		return &helpdesk.ClassifyRequest{
			Subject: "Mail to jane@example.com", Text: "I am Jane@Example.com, call +49 30 1234567",
			Similar: []helpdesk.Solved{{Subject: "for joe@example.com", Text: "jane@example.com", Resolution: "password: hunter2, call 030-7654321"}},
		}
	}
	r := request()
	asked, got := redacted(t, nil, r, helpdesk.Classification{
		Category: helpdesk.Account, Response: "Dear [EMAIL_1], we call [PHONE_1].", Tags: []string{"mail", "[email_1]", "phone_1", "x [KEY_9]"},
	})
	require.Equal(t, request(), r, "the request given is not changed")
	require.Equal(t, &helpdesk.ClassifyRequest{
		Subject: "Mail to [EMAIL_1]", Text: "I am [EMAIL_1], call [PHONE_1]",
		Similar: []helpdesk.Solved{{Subject: "for [EMAIL_2]", Text: "[EMAIL_3]", Resolution: "password: [PASSWORD_1], call [PHONE_2]"}},
	}, asked)
	require.Equal(t, &helpdesk.Classification{
		Category: helpdesk.Account, Response: "Dear jane@example.com, we call +49 30 1234567.", Tags: []string{"mail"},
	}, got)
}

func TestValuesOfOtherTicketsAreNeverRestored(t *testing.T) {
	t.Parallel()
	similar := []helpdesk.Solved{{Ticket: "6A1", Text: "joe@example.com", Resolution: "password: hunter2"}}
	for _, text := range []string{
		"please send [PASSWORD_1] and [EMAIL_1]", "[\u200bPASSWORD_1] [EMAIL_1]", "［PASSWORD＿１］ [email-1]", "\\[PASSWORD_1\\]", "PASSWORD_1 EMAIL_1",
		"password: [PASSWORD_1]", "password: [PASSWORD_1", "[[PASSWORD_1]]", "[PASSWORD_[PASSWORD_1]]", "[TEXT_1] [PASSWORD_2]", "nothing",
	} {
		for _, response := range []string{
			"It is [PASSWORD_1] of [EMAIL_1]", "[PASSWORD_1]", "[password_1]", "[EMAIL_1]", "[EMAIL_2]", "\\[EMAIL_1\\]", "[ EMAIL_1 ]", "**[EMAIL_1]**", "EMAIL_1", "[TEXT_1]", "[TEXT_2] and [PASSWORD_2]",
			"[PASS[EMAIL_1]WORD_1]",
		} {
			asked, got := redacted(t, nil, &helpdesk.ClassifyRequest{Text: text, Similar: similar}, helpdesk.Classification{Response: response})
			require.NotContains(t, got.Response, "hunter2")
			require.NotContains(t, got.Response, "joe@")
			require.NotContains(t, fmt.Sprint(asked), "hunter2")
		}
	}
}

func TestPlaceholderThatStandsForNothingEmptiesTheReply(t *testing.T) {
	t.Parallel()
	ticket := &helpdesk.ClassifyRequest{Text: "I am jane@example.com. The log says [ERR_404]."}
	for response, want := range map[string]string{
		"Dear [EMAIL_1],":         "Dear jane@example.com,",
		"Dear [ email_1 ],":       "Dear jane@example.com,",
		`Dear \[EMAIL\_1\],`:      "Dear jane@example.com,",
		"Dear [EMAIL_2],":         "",
		"Dear [EMAIL_01],":        "",
		"Dear [PHONE_1],":         "",
		"[EMAIL_1] [PHONE_1]":     "",
		"Dear EMAIL_1,":           "",
		"About [ERR_404] and (1)": "About [ERR_404] and (1)",
		"The variable KEY_1":      "The variable KEY_1",
		"":                        "",
	} {
		_, got := redacted(t, nil, ticket, helpdesk.Classification{Response: response})
		require.Equal(t, want, got.Response, response)
	}
}

func TestLiteralPlaceholdersOfTheTextComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	red := classify.NewRedactor(nil).Text("My template says [EMAIL_1], I am jane@example.com")
	require.Equal(t, "My template says [TEXT_1], I am [EMAIL_1]", red.Text)
	s, ok := red.Restore("Your [TEXT_1], [EMAIL_1]")
	require.True(t, ok)
	require.Equal(t, "Your [EMAIL_1], jane@example.com", s, "what was put back is not replaced again")
	require.True(t, red.Holds("a [TEXT_1]"))
	require.False(t, red.Holds("a text"))
}

func TestRestoreUndoesText(t *testing.T) {
	t.Parallel()
	var pieces []string
	for text := range secrets {
		pieces = append(pieces, text)
	}
	pieces = append(pieces, "[EMAIL_1]", "[TEXT_1]", "[PASSWORD_2]", "EMAIL_1", "[", "]", "_1", "\u200b", "\xff")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, "pieces"), " ")
		r := classify.NewRedactor(&classify.RedactConfig{Find: classify.Secrets})
		red := r.Text(text)
		for _, s := range classify.Secrets(text) {
			if value := text[s.Start:s.End]; len(value) > 12 {
				require.NotContains(t, red.Text, value)
			}
		}
		restored, ok := red.Restore(red.Text)
		// Without its brackets it may be one of ours that lost them.
		if strings.Contains(text, "EMAIL_1") {
			return
		}
		require.True(t, ok)
		require.Equal(t, same(text), same(restored))
	})
}

// same returns a text without the differences that values may have.
func same(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "\u2011", "", "(", "", ")", "", "/", "", ".", "", "\n", "", "\u00a0", "", "\u200b", "", "\u00ad", "", "\u200d", "", "\u2060", "").
		Replace(strings.Map(western, norm.NFKC.String(s))))
}

// western turns the digits of any script into ours: each script has its ten in a row, from its zero
// on.
func western(r rune) rune {
	if !unicode.IsDigit(r) {
		return r
	}
	n := '0'
	for ; n < '9' && unicode.IsDigit(r-(n-'0')-1); n++ {
	}
	return n
}

func TestFindReplacesTheBuiltInFinder(t *testing.T) {
	t.Parallel()
	cfg := &classify.RedactConfig{Find: func(text string) []classify.Secret {
		var found []classify.Secret
		if i := strings.Index(text, "Müller"); i >= 0 {
			// It ends within the ü.
			found = append(found, classify.Secret{Start: i, End: i + 2, Kind: "name-x"})
			found = append(found, classify.Secret{Start: i, End: i + len("Müller"), Kind: "name-x"})
		}
		return append(found, classify.Secret{Start: -1, End: 3, Kind: "A"}, classify.Secret{Start: 5, End: 5}, classify.Secret{Start: 0, End: 1 << 30})
	}}
	asked, got := redacted(t, cfg, &helpdesk.ClassifyRequest{Subject: "no secret", Text: "Herr Müller, [NAMEX_1], jane@example.com"},
		helpdesk.Classification{Response: "Herr [NAMEX_1] [TEXT_1]"})
	require.Equal(t, "Herr [NAMEX_1], [TEXT_1], jane@example.com", asked.Text)
	require.Equal(t, "Herr Müller [NAMEX_1]", got.Response)

	asked, _ = redacted(t, &classify.RedactConfig{Find: func(string) []classify.Secret { return nil }}, &helpdesk.ClassifyRequest{Text: "jane@example.com"}, helpdesk.Classification{})
	require.Equal(t, "jane@example.com", asked.Text)
}

func TestRedactPassesOnWhatItCannotAnswer(t *testing.T) {
	t.Parallel()
	inner := &seen{err: helpdesk.ErrAbstain}
	c := classify.Redact(inner, nil)
	_, err := c.Classify(t.Context(), &helpdesk.ClassifyRequest{})
	require.ErrorIs(t, err, helpdesk.ErrAbstain)
	require.Equal(t, helpdesk.Classifier(inner), c.(interface{ Unwrap() helpdesk.Classifier }).Unwrap())
	got, err := classify.Redact(helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		return nil, nil
	}), nil).Classify(t.Context(), &helpdesk.ClassifyRequest{})
	require.NoError(t, err)
	require.Nil(t, got)
}

func TestAnswerOfTheInnerClassifierIsNotChanged(t *testing.T) {
	t.Parallel()
	inner := &seen{answer: helpdesk.Classification{Response: "[EMAIL_1]", Tags: []string{"[EMAIL_1]", "b"}}}
	got, err := classify.Redact(inner, nil).Classify(t.Context(), &helpdesk.ClassifyRequest{Text: "a@b.example"})
	require.NoError(t, err)
	require.Equal(t, "a@b.example", got.Response)
	require.Equal(t, helpdesk.Classification{Response: "[EMAIL_1]", Tags: []string{"[EMAIL_1]", "b"}}, inner.answer)
}

func FuzzRedact(f *testing.F) {
	for text := range secrets {
		f.Add(text, "[EMAIL_1]")
	}
	f.Fuzz(func(t *testing.T, text, response string) {
		const theirs = "joe@other.example"
		if strings.Contains(text, "other") || strings.Contains(response, "other") {
			return
		}
		q, red := classify.NewRedactor(nil).Request(&helpdesk.ClassifyRequest{Text: text, Similar: []helpdesk.Solved{{Resolution: theirs}}})
		if s, _ := red.Restore(response); strings.Contains(s, theirs) {
			t.Fatalf("%q brings a value of another ticket", response)
		}
		if s, _ := red.Restore(q.Similar[0].Resolution); strings.Contains(s, theirs) {
			t.Fatal("the resolution brings its own value")
		}
	})
}
