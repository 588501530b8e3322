package openaiclassify_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

// answer returns good with one field replaced.
func answer(t testing.TB, field string, value any) string {
	var a map[string]any
	require.NoError(t, json.Unmarshal([]byte(good), &a))
	a[field] = value
	b, err := json.Marshal(a)
	require.NoError(t, err)
	return string(b)
}

func classifyAs(t *testing.T, content string) (*helpdesk.Classification, error) {
	return classifier(t, serve(t, completion(content)), openaiclassify.Config{}).Classify(t.Context(), ticket())
}

func TestAnswersAreCheckedAgain(t *testing.T) {
	t.Parallel()
	without := func(field string) string {
		var a map[string]any
		require.NoError(t, json.Unmarshal([]byte(good), &a))
		delete(a, field)
		b, _ := json.Marshal(a)
		return string(b)
	}
	for name, content := range map[string]string{
		"empty":                        "",
		"null":                         "null",
		"a list":                       "[" + good + "]",
		"text before":                  "Here you are: " + good,
		"text after":                   good + " I hope this helps.",
		"two objects":                  good + good,
		"a code fence":                 "```json\n" + good + "\n```",
		"a comma too many":             strings.Replace(good, "false}", "false,}", 1),
		"a category of the wrong type": answer(t, "category", 1),
		"a priority off the list":      answer(t, "priority", "critical"),
		"an empty priority":            answer(t, "priority", ""),
		"a confidence above 1":         answer(t, "confidence", 93),
		"a confidence below 0":         answer(t, "confidence", -0.1),
		"a confidence in words":        answer(t, "confidence", "high"),
		"a confidence that is NaN":     strings.Replace(good, "0.93", "NaN", 1),
		"a confidence out of range":    strings.Replace(good, "0.93", "1e999", 1),
		"null for a field":             answer(t, "confidence", nil),
		"a field too many":             answer(t, "action", "close"),
		"a field twice":                strings.Replace(good, `{"category"`, `{"category":"account","category"`, 1),
		"a field in other case":        strings.Replace(good, `"category"`, `"Category"`, 1),
		"no confidence":                without("confidence"),
		"no suspicious":                without("suspicious"),
		"eleven tags":                  answer(t, "tags", strings.Split("a b c d e f g h i j k", " ")),
		"a long tag":                   answer(t, "tags", []string{strings.Repeat("t", 41)}),
		"an empty tag":                 answer(t, "tags", []string{" "}),
		"a tag of two lines":           answer(t, "tags", []string{"a\nb"}),
		"a response without end":       answer(t, "suggested_response", strings.Repeat("x", 4001)),
		"half a surrogate pair":        strings.Replace(good, "Thank you", `\ud83d`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := classifyAs(t, content)
			require.Equal(t, classify.Malformed, failure(t, err).Kind, "%v", err)
			require.NotErrorIs(t, err, helpdesk.ErrInvalid)
			require.Nil(t, got)
		})
	}
}

func TestCategoryOffTheListIsNotAskedForAgain(t *testing.T) {
	t.Parallel()
	for _, category := range []string{"Billing", "", "shipping"} {
		got, err := classifyAs(t, answer(t, "category", category))
		require.Equal(t, classify.Refused, failure(t, err).Kind, "%q", category)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.Nil(t, got)
	}
}

func TestUnknownCategoryIsEmpty(t *testing.T) {
	t.Parallel()
	got, err := classifyAs(t, answer(t, "category", "unknown"))
	require.NoError(t, err)
	require.Empty(t, got.Category)
	require.Equal(t, helpdesk.High, got.Priority)
}

func TestSuspicionIsPassedOn(t *testing.T) {
	t.Parallel()
	got, err := classifyAs(t, answer(t, "suspicious", true))
	require.NoError(t, err)
	require.True(t, got.Suspicious)
}

func TestTagsAreCleaned(t *testing.T) {
	t.Parallel()
	got, err := classifyAs(t, answer(t, "tags", []string{" Refund", "refund", "VIP\u200b"}))
	require.NoError(t, err)
	require.Equal(t, []string{"refund", "vip"}, got.Tags)
}

func TestResponseIsLeftToTheDesk(t *testing.T) {
	t.Parallel()
	got, err := classifyAs(t, answer(t, "suggested_response", "See https://elsewhere.example/ \u200bnow."))
	require.NoError(t, err)
	require.Equal(t, "See https://elsewhere.example/ now.", got.Response, "the Desk looks at links; only what nobody sees is gone")
}

func FuzzAnyAnswerIsCheckedOrRefused(f *testing.F) {
	f.Add(good)
	f.Add(answer(f, "suggested_response", "see a.example"))
	f.Add(`{"category":"billing"}`)
	var content string
	c, err := openaiclassify.New(key, &openaiclassify.Config{HTTPClient: &http.Client{
		// No network: thousands of runs a second.
		Transport: transport(func(r *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			completion(content)(w, r)
			return w.Result(), nil
		}),
	}})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		content = text
		got, err := c.Classify(t.Context(), ticket())
		if err != nil {
			return
		}
		require.True(t, got.Confidence >= 0 && got.Confidence <= 1)
		require.Contains(t, append(names(), ""), got.Category)
		require.Contains(t, helpdesk.Priorities, got.Priority)
		require.LessOrEqual(t, len(got.Tags), 10)
	})
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func names() []helpdesk.Category {
	var list []helpdesk.Category
	for _, info := range helpdesk.DefaultCategories() {
		list = append(list, info.Name)
	}
	return list
}
