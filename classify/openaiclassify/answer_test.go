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

// without returns good without one field.
func without(t testing.TB, field string) string {
	var a map[string]any
	require.NoError(t, json.Unmarshal([]byte(good), &a))
	delete(a, field)
	b, err := json.Marshal(a)
	require.NoError(t, err)
	return string(b)
}

// TestAnswersThatDoNotKeepToTheSchemaAreUnderstood has answers of models on servers that do not
// enforce the schema. Each is good in another form, or good but for what its want says.
func TestAnswersThatDoNotKeepToTheSchemaAreUnderstood(t *testing.T) {
	t.Parallel()
	same := func(*helpdesk.Classification) {}
	for name, c := range map[string]struct {
		content string
		want    func(*helpdesk.Classification)
	}{
		"a code fence":                {"```json\n" + good + "\n```", same},
		"a code fence in prose":       {"Here is the triage:\n\n```\n" + good + "\n```\nLet me know!", same},
		"prose around it":             {"Sure! {ticket} is easy: " + good + " I hope this helps :-}", same},
		"a think tag":                 {"<think>\nThe {customer} paid twice. {\"category\":\"account\",\"priority\":\"low\"} would be wrong.\n</think>\n\n" + good, same},
		"a think tag without begin":   {"It is about money.\n</think>" + good, same},
		"a list of one":               {"[" + good + "]", same},
		"within another object":       {`{"triage":` + good + `}`, same},
		"a comma too many":            {strings.Replace(good, "false}", "false,}", 1), same},
		"a line end in a text":        {strings.Replace(good, "Thank you, we", "Thank you,\nwe", 1), func(c *helpdesk.Classification) { c.Response = "Thank you,\nwe are looking into order 17." }},
		"a field too many":            {answer(t, "action", "close"), same},
		"a schema before it":          {`{"type":"object","properties":{"category":{"type":"string"},"priority":{"type":"string"}}} ` + good, same},
		"a field twice alike":         {strings.Replace(good, `{"category"`, `{"category":"billing","category"`, 1), same},
		"names in another case":       {strings.NewReplacer("category", "Category", "suggested_response", "suggestedResponse").Replace(good), same},
		"no category":                 {without(t, "category"), func(c *helpdesk.Classification) { c.Category = "" }},
		"null for a category":         {answer(t, "category", nil), func(c *helpdesk.Classification) { c.Category = "" }},
		"no word for a category":      {answer(t, "category", "None"), func(c *helpdesk.Classification) { c.Category = "" }},
		"a category in capitals":      {answer(t, "category", "BILLING"), same},
		"a category in a list":        {answer(t, "category", []string{"Billing"}), same},
		"a category of words":         {answer(t, "category", "Feature Request"), func(c *helpdesk.Classification) { c.Category = helpdesk.FeatureRequest }},
		"no priority":                 {without(t, "priority"), func(c *helpdesk.Classification) { c.Priority = 0 }},
		"an empty priority":           {answer(t, "priority", ""), func(c *helpdesk.Classification) { c.Priority = 0 }},
		"a priority in capitals":      {answer(t, "priority", "HIGH"), same},
		"a normal priority":           {answer(t, "priority", "normal"), func(c *helpdesk.Classification) { c.Priority = helpdesk.Medium }},
		"a critical priority":         {answer(t, "priority", "Critical"), func(c *helpdesk.Classification) { c.Priority = helpdesk.Urgent }},
		"no tags":                     {without(t, "tags"), func(c *helpdesk.Classification) { c.Tags = nil }},
		"tags as one text":            {answer(t, "tags", "refund, double charge"), same},
		"tags with a sign":            {answer(t, "tags", []string{"#refund", " double charge", ""}), same},
		"a number for a tag":          {answer(t, "tags", []any{17}), func(c *helpdesk.Classification) { c.Tags = []string{"17"} }},
		"null for a reply":            {answer(t, "suggested_response", nil), func(c *helpdesk.Classification) { c.Response = "" }},
		"paragraphs for a reply":      {answer(t, "suggested_response", []string{"Hello.", "Bye."}), func(c *helpdesk.Classification) { c.Response = "Hello.\n\nBye." }},
		"a confidence in a text":      {answer(t, "confidence", "0.93"), same},
		"a confidence with a comma":   {answer(t, "confidence", "0,93"), same},
		"a confidence of 93":          {answer(t, "confidence", 93), same},
		"a confidence of 93 %":        {answer(t, "confidence", "about 93 %"), same},
		"a confidence of 1":           {answer(t, "confidence", 1), func(c *helpdesk.Classification) { c.Confidence = 1 }},
		"a confidence of 1 %":         {answer(t, "confidence", "1%"), func(c *helpdesk.Classification) { c.Confidence = 0.01 }},
		"a confidence in words":       {answer(t, "confidence", "high"), func(c *helpdesk.Classification) { c.Confidence = 0 }},
		"no confidence":               {without(t, "confidence"), func(c *helpdesk.Classification) { c.Confidence = 0 }},
		"null for suspicious":         {answer(t, "suspicious", nil), same},
		"suspicious in a word":        {answer(t, "suspicious", "No"), same},
		"suspicious in another word":  {answer(t, "suspicious", "true"), func(c *helpdesk.Classification) { c.Suspicious = true }},
		"a brace that does not close": {"{ " + good, same},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, err := classifyAs(t, good)
			require.NoError(t, err)
			c.want(want)
			got, err := classifyAs(t, c.content)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
}

func TestNonsenseIsNoAnswer(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"empty":                        "",
		"null":                         "null",
		"two answers":                  good + good,
		"two answers in a list":        "[" + good + "," + answer(t, "category", "account") + "]",
		"a thought alone":              "<think>" + good,
		"a thought that ends it":       good + "</think>",
		"half an object":               good[:60],
		"another object":               `{"error":"no"}`,
		"the schema":                   `{"type":"object","properties":{"category":{"type":"string"},"priority":{"type":"string"}}}`,
		"a category of the wrong type": answer(t, "category", 1),
		"an object for a category":     answer(t, "category", map[string]any{"$ne": nil}),
		"a priority off the list":      answer(t, "priority", "soon"),
		"a confidence above 100":       answer(t, "confidence", 193),
		"a confidence below 0":         answer(t, "confidence", -0.1),
		"a confidence that is NaN":     strings.Replace(good, "0.93", "NaN", 1),
		"a confidence out of range":    strings.Replace(good, "0.93", "1e999", 1),
		"a confidence from to":         answer(t, "confidence", "0.3 to 0.9"),
		"a field twice":                strings.Replace(good, `{"category"`, `{"category":"account","category"`, 1),
		"no word for suspicious":       answer(t, "suspicious", "perhaps"),
		"eleven tags":                  answer(t, "tags", strings.Split("a b c d e f g h i j k", " ")),
		"a long tag":                   answer(t, "tags", []string{strings.Repeat("t", 41)}),
		"a tag of two lines":           answer(t, "tags", []string{"a\nb"}),
		"a response without end":       answer(t, "suggested_response", strings.Repeat("x", 4001)),
		"half a surrogate pair":        strings.Replace(good, "Thank you", `\ud83d`, 1),
		"a million braces":             strings.Repeat("{", 1_000_000),
		"values within values":         `{"category":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`,
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
	for _, category := range []string{"Bills", "shipping"} {
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
	f.Add("<think>{}</think>```json\n[{\"a\":" + good + ",}]```")
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
		require.Contains(t, append([]helpdesk.Priority{0}, helpdesk.Priorities...), got.Priority)
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
