package classify_test

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// spoken is a line of testdata/floors.tsv: a text, its language, and whether it has to be urgent. A
// "missed" text has to be urgent and is not, since its deciding words stand far apart.
type spoken struct{ want, language, text string }

func spokenLines(t *testing.T) (list []spoken) {
	t.Helper()
	b, err := os.ReadFile("testdata/floors.tsv")
	require.NoError(t, err)
	for line := range strings.Lines(string(b)) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 3)
		require.Len(t, f, 3, line)
		list = append(list, spoken{f[0], f[1], f[2]})
	}
	return list
}

func TestFloorsUnderstandWhatCustomersSayInSevenLanguages(t *testing.T) {
	t.Parallel()
	found := classify.PriorityRules()
	count := map[string]int{}
	for _, line := range spokenLines(t) {
		count[line.language+" "+line.want]++
		for where, text := range map[string][2]string{"subject": {line.text, "Hello"}, "text": {"Hello", line.text}} {
			p, rule := found.MinPriority("", text[0], text[1])
			if (p == helpdesk.Urgent) != (line.want == "urgent") {
				t.Errorf("%s, in the %s: %q should be %s, rule %q", line.language, where, line.text, line.want, rule)
			}
		}
	}
	for _, language := range strings.Fields("en de es fr pt it nl") {
		require.GreaterOrEqual(t, count[language+" urgent"], 10, language)
		require.GreaterOrEqual(t, count[language+" none"], 7, language)
	}
	require.Equal(t, 1, count["en missed"])
}

// disguises are spellings that a person reads as the same text.
var disguises = map[string]func(string) string{
	"capitals":        strings.ToUpper,
	"small letters":   strings.ToLower,
	"no accents":      withoutMarks,
	"accents apart":   norm.NFD.String,
	"soft hyphens":    func(s string) string { return strings.ReplaceAll(s, "s", "s\u00ad") },
	"zero-width":      func(s string) string { return strings.ReplaceAll(s, "e", "\u200be\u2060") },
	"apostrophes":     func(s string) string { return strings.ReplaceAll(s, "'", "’") },
	"wide spaces":     func(s string) string { return strings.ReplaceAll(s, " ", " \u00a0") },
	"full width":      fullWidth,
	"Cyrillic vowels": strings.NewReplacer("a", "а", "e", "е", "o", "о", "c", "с", "i", "і").Replace,
	"bold":            func(s string) string { return "**" + s + "**" },
	"HTML spaces":     func(s string) string { return strings.ReplaceAll(s, " ", "&nbsp;") },
}

func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r + 0xfee0
		}
		return r
	}, s)
}

func TestHowATextIsWrittenChangesNoFloor(t *testing.T) {
	t.Parallel()
	found := classify.PriorityRules()
	for _, line := range spokenLines(t) {
		want, _ := found.MinPriority("", "", line.text)
		for name, disguise := range disguises {
			p, rule := found.MinPriority("", "", disguise(line.text))
			if p != want {
				t.Errorf("%s: %q, rule %q", name, disguise(line.text), rule)
			}
		}
	}
}

func TestAPhraseInASentenceOfItsOwnAlwaysRaises(t *testing.T) {
	t.Parallel()
	found, rules := classify.PriorityRules(), classify.DefaultRules()
	var calm []string
	for _, line := range spokenLines(t) {
		if line.want == "none" {
			calm = append(calm, line.text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.OneOf(rapid.SampledFrom(calm), rapid.String(), rapid.StringMatching(`([a-z]{1,9}[ ,.'?]){0,30}`),
			rapid.SampledFrom([]string{"no", "not", "nicht", "ne", "n'", "s y s", "&#", "$", "\\", "never ever no", "(", "#", "nobody said that"}))
		before, after := part.Draw(t, "before"), part.Draw(t, "after")
		rule := rapid.SampledFrom(rules).Draw(t, "rule")
		end := rapid.SampledFrom([]string{".", "!", "?", "\n\n"}).Draw(t, "end")
		text := before + ". " + rule.Phrase + end + " " + after
		if p, _ := found.MinPriority("", "", text); p < rule.Priority {
			t.Fatalf("%q hides %q", text, rule.Phrase)
		}
	})
}

func TestPhrasesOfAdminsAreFoundInTheirForms(t *testing.T) {
	t.Parallel()
	k, err := classify.NewKeywords([]classify.Rule{{"kiln is cold", helpdesk.High}, {"belt stopped", helpdesk.High}, {"horno apagado", helpdesk.High}, {"Presse steht", helpdesk.High}, {"carry cases", helpdesk.High}})
	require.NoError(t, err)
	for text, want := range map[string]string{
		"The kiln is cold": "kiln is cold", "Both kilns were suddenly COLD": "kiln is cold", "kiln cold": "kiln is cold", "kiln's cold": "kiln is cold",
		"The kiln isn't cold": "", "no kiln is cold": "", "The killing of colds": "", "It is cold. The kiln is fine": "", "cold kiln": "",
		"the belts are stopping": "belt stopped", "our belt stops": "belt stopped", "the belt has not stopped": "", "seat belt stopper": "",
		"Los hornos están apagados": "horno apagado", "el horno no está apagado": "", "Die Pressen stehen": "Presse steht", "we carried the case": "carry cases",
	} {
		_, rule := k.MinPriority("", "", text)
		require.Equal(t, want, rule, text)
	}
}

func TestEndingsOfAnyWordChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		noun := rapid.StringMatching(`[bdfgklmprt][aeiou][bdfgklmprt]{2}[aeou][bdgkmpr]`).Draw(t, "noun")
		for _, c := range []struct{ phrase, text string }{
			{noun + " blorp", "our " + noun + "s are BLORPED"}, {noun + "y blorp", noun + "ies, " + noun + "ies blorping"}, {noun + "sh blorp", noun + "shes blorp"},
			{noun + "o bromado", "las " + noun + "as estaban bromadas"}, {noun + "o bromato", "i " + noun + "i sono bromati"}, {noun + "e zerbrumpft", "Die " + noun + "en sind zerbrumpfte"},
		} {
			k, err := classify.NewKeywords([]classify.Rule{{c.phrase, helpdesk.High}})
			if err != nil {
				t.Fatal(err)
			}
			if _, rule := k.MinPriority("", c.text, ""); rule != c.phrase {
				t.Fatalf("%q is not found in %q", c.phrase, c.text)
			}
			if _, rule := k.MinPriority("", "There is no "+strings.TrimPrefix(c.phrase, "the "), ""); rule != "" {
				t.Fatalf("%q is denied", c.phrase)
			}
		}
	})
}

// Hostile texts that make careless code read the same words again and again. Such code would run
// into the test's timeout.
func TestFloorsReadLongHostileTextsOnce(t *testing.T) {
	t.Parallel()
	rules := classify.DefaultRules()
	for _, p := range []string{"a a a a a a a a a a a a a a a a b", "the a the a the a the b", "not not not not no", strings.Repeat("all ", 49) + "end"} {
		rules = append(rules, classify.Rule{Phrase: p, Priority: helpdesk.Low})
	}
	k, err := classify.NewKeywords(rules)
	require.NoError(t, err)
	for _, part := range []string{"no ", "not the ", "a ", "the a ", "all ", "system is ", "cannot not ", "s y ", "s.y. ", "x'", "&amp;", "&#115;", "$a", "e\u0301", "\u200b", "aa", "ausfall", "noch ", "ne ", "lost all of the ", "? no data loss", "log me ", "or data loss ", "ae", "1a"} {
		size := helpdesk.MaxText / 8
		if part == "s y " || part == "a " { // the slowest
			size = helpdesk.MaxText
		}
		p, _ := k.MinPriority("", "", strings.Repeat(part, size/len(part))+"\n\nsystem down")
		require.Equal(t, helpdesk.Urgent, p, part)
	}
}
