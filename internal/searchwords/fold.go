package searchwords

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A text is compared in its folded form: in lower case, without accents, with ss for ß and i for ı,
// and with the plain form of each compatible character, such as a full-width letter. In scripts
// whose marks change the letter, such as kana or Devanagari, the marks stay.

// folds.txt has a line for each folded form: the form, a blank, and the characters that have it.
// TestFoldsAreThoseOfUnicode compares it with Unicode and writes it.
//
//go:embed folds.txt
var foldsFile string

var folds = sync.OnceValue(func() map[rune]string {
	m := map[rune]string{}
	for line := range strings.Lines(foldsFile) {
		form, of, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for _, r := range of {
			m[r] = form
		}
	}
	return m
})

// Fold returns the folded form of a text, with its other characters as they are.
func Fold(text string) string {
	var b strings.Builder
	for p := range runes(text) {
		b.WriteRune(p.r)
	}
	return b.String()
}

// place is a rune of a folded text and the bytes of the text from which it was made.
type place struct {
	r        rune
	from, to int
	inWord   bool
}

// runes yields the runes of the folded text.
func runes(text string) iter.Seq[place] {
	return func(yield func(place) bool) {
		table := folds()
		var last place // composed with the mark after it; written before the next rune
		full := false
		flush := func() bool {
			was := full
			full = false
			return !was || yield(last)
		}
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			from := i
			i += size
			if r < utf8.RuneSelf {
				if 'A' <= r && r <= 'Z' {
					r += 'a' - 'A'
				}
				if !flush() {
					return
				}
				last, full = place{r, from, i, 'a' <= r && r <= 'z' || '0' <= r && r <= '9'}, true
				continue
			}
			if unicode.Is(unicode.Cf, r) && r != '\u200b' { // soft hyphens, joiners and the like
				if full {
					last.to = i
				}
				continue
			}
			form, folded := table[r]
			if !folded {
				form = string(unicode.ToLower(r))
			}
			for _, f := range form {
				if full && last.inWord && unicode.Is(unicode.Mn, f) {
					if dropsMarks(last.r) {
						last.to = i
						continue
					}
					if c := composed(last.r, f); c != 0 {
						last.r, last.to = c, i
						continue
					}
				}
				if c := syllable(last.r, f); full && c != 0 {
					last.r, last.to = c, i
					continue
				}
				if !flush() {
					return
				}
				last, full = place{f, from, i, unicode.IsLetter(f) || unicode.IsMark(f) || unicode.IsNumber(f)}, true
			}
		}
		flush()
	}
}

// dropsMarks reports whether the marks on a letter are accents or vowel points.
func dropsMarks(r rune) bool {
	return 'a' <= r && r <= 'z' || r > utf8.RuneSelf && unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic)
}

// composed returns the kana of a kana and a sound mark, or 0.
func composed(r, mark rune) rune {
	switch {
	case mark == '\u3099' && (r == 'う' || r == 'ウ'):
		return r + 'ゔ' - 'う'
	case mark == '\u3099' && (strings.ContainsRune(voiced, r) || strings.ContainsRune(voiced, r-kana)):
		return r + 1
	case mark == '\u309a' && (strings.ContainsRune(plosive, r) || strings.ContainsRune(plosive, r-kana)):
		return r + 2
	}
	return 0
}

const (
	voiced  = "かきくけこさしすせそたちつてとはひふへほ"
	plosive = "はひふへほ"
	kana    = 'ア' - 'あ' // from hiragana to katakana
)

// syllable returns the Korean syllable of two parts, or 0: see Unicode, section 3.12.
func syllable(a, b rune) rune {
	const (
		lead, vowel, tail, first = 0x1100, 0x1161, 0x11a7, 0xac00
		leads, vowels, tails     = 19, 21, 28
	)
	switch {
	case lead <= a && a < lead+leads && vowel <= b && b < vowel+vowels:
		return first + ((a-lead)*vowels+b-vowel)*tails
	case first <= a && a < first+leads*vowels*tails && (a-first)%tails == 0 && tail < b && b < tail+tails:
		return a + b - tail
	}
	return 0
}
