package searchwords_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

func TestSpellingsOfAWordFoldIntoOne(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		"hausler":    {"Häusler", "HAUSLER", "ha\u0308usler", "ＨÄusler"},
		"strasse":    {"Straße", "STRASSE", "STRAẞE", "stra\u00ads\u200dse"},
		"istanbul":   {"İstanbul", "ıstanbul", "ISTANBUL", "I\u0307stanbul"},
		"file":       {"ﬁle", "FILE"},
		"lodz":       {"Łódź", "lodz"},
		"καφεσ":      {"καφές", "ΚΑΦΕΣ"},
		"все еще":    {"Всё ещё", "ВСЕ ЕЩЕ"},
		"שלום":       {"שָׁלוֹם"},
		"ガギ パ ヴ":     {"ガギ パ ヴ", "ｶﾞｷﾞ ﾊﾟ ｳﾞ", "カ\u3099キ\u3099 ハ\u309a ウ\u3099"},
		"한국어":        {"한국어", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165"},
		"x = 1 (a)!": {"X = １ (Ａ)!"},
	} {
		for _, s := range texts {
			require.Equal(t, want, strings.NewReplacer("（", "(").Replace(searchwords.Fold(s)), "%q", s)
			require.Equal(t, want, searchwords.Fold(searchwords.Fold(s)), "%q", s)
		}
	}
	require.NotEqual(t, searchwords.Fold("か"), searchwords.Fold("が"), "a sound mark makes another letter")
}

func TestATextIsSplitIntoWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                      nil,
		"Can't log in: LOG (2)": {"can", "t", "log", "in", "2"},
		"病院は":                   {"病院", "院は", "は"},
		"院":                     {"院"},
		"iPhone機能x":             {"iphone", "機能", "能", "x"},
		"データー":                  {"デー", "ータ", "ター", "ー"},
		"한국":                    {"한국", "국"},
		"สวัสดี":                {"สวัสดี"},
		"zuck@c.com":            {"zuck", "c", "com"},
		"7Q2M-X4KD":             {"7q2m", "x4kd"},
		strings.Repeat("x", 65): nil,
		strings.Repeat("x", 64): {strings.Repeat("x", 64)},
		"½ m²":                  {"1", "2", "m2"},
		"\xffab\xfe\x00":        {"ab"},
		"a_b":                   {"a", "b"},
	} {
		require.Equal(t, want, searchwords.Of(text), "%q", text)
		for _, w := range want {
			require.True(t, searchwords.Valid(w), w)
		}
	}
	for _, s := range []string{"", " ", "A", "é", "a b", "a'b", `a"`, "\xff", strings.Repeat("x", 65)} {
		require.False(t, searchwords.Valid(s), "%q", s)
	}
	require.Len(t, searchwords.Of(strings.Repeat("漢", 3)+manyWords(6000)), searchwords.Most)
}

// manyWords returns n different words.
func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" w" + strings.Repeat("a", i%26) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + "z" + string(rune('a'+i%26)))
	}
	return b.String()
}

func TestTermsOfWhatIsTyped(t *testing.T) {
	t.Parallel()
	type term = searchwords.Term
	for text, want := range map[string][]term{
		"Rech":   {{Word: "rech", Prefix: true}},
		"r":      {{Word: "r"}},
		"é":      {{Word: "e"}},
		"Rech ":  {{Word: "rech"}},
		"Rech.":  {{Word: "rech"}},
		"der Re": {{Word: "der"}, {Word: "re", Prefix: true}},
		"機":      {{Word: "機", Prefix: true}},
		"機能":     {{Word: "機能"}},
		"機能し":    {{Word: "機能"}, {Word: "能し"}},
		"a 機 b":  {{Word: "a"}, {Word: "機", Prefix: true}, {Word: "b"}},
		"?":      nil,
	} {
		require.Equal(t, want, searchwords.Terms(text, "", true), "%q", text)
	}
	require.Equal(t, []term{{Word: "rech", Field: "customer"}}, searchwords.Terms("Rech", "customer", false))
}

// TestATextHasWhatIsAskedFor compares terms and phrases with the words of a text.
func TestATextHasWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, asked string
		words, row  bool // it has the words, and one after the other
	}{
		{"Rechnung Häusler falsch", "hausler falsch", true, true},
		{"Rechnung Häusler falsch", "falsch hausler", true, false},
		{"Rechnung Häusler falsch", "Rechnung fal", true, false},
		{"Rechnung Häusler falsch", "häus rechnung", false, false},
		{"病院は機能していない", "機能", true, true},
		{"病院は機能していない", "機", true, true},
		{"病院は機能していない", "い", true, true},
		{"病院は機能していない", "能機", false, false},
		{"病院は機能していない", "院能", false, false},
		{"病院と入院患", "病院患", true, false},
		{"abc病院", "病院", true, true},
		{"kim@example.com", "KIM@EXAMPLE.COM", true, true},
	} {
		words := searchwords.Set{}
		words.Add(searchwords.Message(c.text, false, false))
		terms := searchwords.Terms(c.asked, "", true)
		require.Equal(t, c.words, words.Fits(terms, true), "%q in %q", c.asked, c.text)
		phrase := searchwords.PhraseOf(c.asked)
		phrase.Prefix = terms[len(terms)-1].Prefix
		require.Equal(t, c.row, phrase.In(c.text), "%q in %q", c.asked, c.text)
	}
}

func TestWordsOfATicketHaveFieldsAndReaders(t *testing.T) {
	t.Parallel()
	words := searchwords.Set{}
	words.Add(searchwords.Head("7Q2M-X4KD", "Broken router", "Kim Lee", "kim@shop.example"))
	words.Add(searchwords.Message("the antenna", false, false))
	words.Add(searchwords.Message("a secret", true, true))
	for _, c := range []struct {
		word, field     string
		staff, customer bool
	}{
		{"router", "", true, true}, {"antenna", "", true, true}, {"secret", "", true, false}, {"7q2mx4kd", "", true, true}, {"x4kd", "", true, true},
		{"lee", "", true, true}, {"lee", "customer", true, true}, {"shop", "customer", true, true}, {"router", "customer", false, false},
		{"shop", "org", true, true}, {"kim", "org", false, false}, {"attachment", "has", true, false}, {"attachment", "", false, false}, {"lee", "odd", false, false},
	} {
		for _, prefix := range []bool{false, true} {
			require.Equal(t, c.staff, words.Holds(c.field, c.word, prefix, false), "%+v", c)
			require.Equal(t, c.customer, words.Holds(c.field, c.word, prefix, true), "%+v", c)
		}
		require.Equal(t, !c.staff, words.Fits([]searchwords.Term{{Word: c.word, Field: c.field, Not: true}}, false), "%+v", c)
	}
}

func TestAnExcerptIsALineAroundTheHits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("some words before it ", 20) + "the Häusler\n\n\tinvoice  of May " + strings.Repeat("and words after it ", 20)
	terms := searchwords.Terms("hausler invoi", "", true)
	line, hits := searchwords.Excerpt(long, searchwords.Marks(long, terms, nil))
	require.Regexp(t, `^…[^…]*words before it the Häusler invoice of May and [^…]*…$`, line)
	require.Less(t, len([]rune(line)), 170)
	var marked []string
	for _, p := range searchwords.Parts(line, hits) {
		if p.Hit {
			marked = append(marked, p.Text)
		}
	}
	require.Equal(t, []string{"Häusler", "invoice"}, marked)

	line, hits = searchwords.Excerpt("病院は機能していない", searchwords.Marks("病院は機能していない", searchwords.Terms("機能して", "", true), nil))
	require.Equal(t, []searchwords.Part{{Text: "病院は"}, {Text: "機能して", Hit: true}, {Text: "いない"}}, searchwords.Parts(line, hits))

	line, hits = searchwords.Excerpt("last invoice", searchwords.Marks("last invoice", nil, []searchwords.Phrase{searchwords.PhraseOf("last invoice")}))
	require.Equal(t, []searchwords.Part{{Text: "last invoice", Hit: true}}, searchwords.Parts(line, hits))

	line, _ = searchwords.Excerpt("nothing", searchwords.Marks("nothing", terms, nil))
	require.Empty(t, line)
	line, _ = searchwords.Excerpt("nothing", searchwords.Marks("nothing", []searchwords.Term{{Word: "nothing", Not: true}}, nil))
	require.Empty(t, line)
}

// FuzzMarks: the marks of any text lie in it, in order, and so do those of its excerpt.
func FuzzMarks(f *testing.F) {
	f.Add("Häusler ﬁle ½", "file")
	f.Add("病院は機能", "機能")
	f.Add("カ\u3099\xff", "ガ")
	f.Fuzz(func(t *testing.T, text, asked string) {
		folded := searchwords.Fold(text)
		require.Equal(t, folded, searchwords.Fold(folded))
		words := searchwords.Set{}
		words.Add(searchwords.Message(text, false, false))
		terms, phrase := searchwords.Terms(asked, "", true), searchwords.PhraseOf(asked)
		marks := searchwords.Marks(text, terms, []searchwords.Phrase{phrase})
		inside(t, text, marks)
		line, hits := searchwords.Excerpt(text, marks)
		inside(t, line, hits)
		if len(terms) > 0 && len(words) < searchwords.Most && words.Fits(terms, true) {
			require.NotEmpty(t, marks)
		}
		for w := range words {
			require.True(t, searchwords.Valid(w.Text), "%q", w.Text)
		}
		if own := searchwords.Terms(text, "", true); len(words) < searchwords.Most {
			require.True(t, words.Fits(own, true), "a text has its own words")
		}
	})
}

func inside(t *testing.T, text string, marks [][2]int) {
	last := 0
	for _, m := range marks {
		require.LessOrEqual(t, last, m[0])
		require.Less(t, m[0], m[1])
		last = m[1]
	}
	require.LessOrEqual(t, last, len(text))
	var b strings.Builder
	for _, p := range searchwords.Parts(text, marks) {
		b.WriteString(p.Text)
	}
	require.Equal(t, text, b.String())
}
