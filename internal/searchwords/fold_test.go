package searchwords_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

var update = flag.Bool("update", false, "write folds.txt")

// special are letters that Unicode does not take apart, though people do.
var special = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'ı': "i", 'ς': "σ", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l",
	'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ħ': "h", 'Ħ': "h", 'ŧ': "t", 'Ŧ': "t", 'ŋ': "n", 'Ŋ': "n",
}

// folded is the form of a letter, mark or number by Unicode's tables.
func folded(r rune) string {
	if s, ok := special[r]; ok {
		return s
	}
	var b strings.Builder
	latin := false
	parts := norm.NFKD.String(string(r))
	if unicode.In(r, unicode.Hangul) {
		parts = norm.NFKC.String(string(r))
	}
	for _, p := range parts {
		p = unicode.ToLower(p)
		if s, ok := special[p]; ok {
			b.WriteString(s)
			continue
		}
		if latin && unicode.Is(unicode.Mn, p) {
			continue
		}
		latin = unicode.In(p, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic)
		b.WriteRune(p)
	}
	return b.String()
}

// TestFoldsAreThoseOfUnicode compares the table with Unicode's. With -update it writes the table.
func TestFoldsAreThoseOfUnicode(t *testing.T) {
	t.Parallel()
	forms := map[string][]rune{}
	for r := rune(0x80); r <= 0xffff; r++ {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) {
			continue
		}
		kana := unicode.In(r, unicode.Hiragana, unicode.Katakana) && norm.NFKC.String(string(r)) == string(r)
		syllable := 0xac00 <= r && r <= 0xd7a3
		if f := folded(r); !kana && !syllable && f != string(unicode.ToLower(r)) {
			forms[f] = append(forms[f], r)
		}
	}
	var lines []string
	for form, of := range forms {
		if !strings.Contains(form, " ") {
			lines = append(lines, form+" "+string(of)+"\n")
		}
	}
	slices.Sort(lines)
	if *update {
		require.NoError(t, os.WriteFile("folds.txt", []byte(strings.Join(lines, "")), 0o644))
	}
	stored, err := os.ReadFile("folds.txt")
	require.NoError(t, err)
	require.Equal(t, strings.Join(lines, ""), string(stored))
}
