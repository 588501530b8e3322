// Package language tells in which language a text is written, offline.
package language

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// Tags are the BCP 47 tags of the languages that [Of] knows.
var Tags = append(latin[:len(latin):len(latin)], "vi", "ru", "uk", "el", "ar", "fa", "he", "ja", "zh", "ko", "th", "hi")

// latin are the languages of the table of n-grams, in the order of its columns.
var latin = []string{"en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "tr", "hu", "ro"}

// What is read of a text and of a word. More letters do not change the answer.
const (
	mostBytes   = 16 << 10 // of a text
	mostLetters = 240      // of its words, in bytes
	longestWord = 40       // in bytes; a longer one is no word
)

// Of returns the language of a text, as "de". It is empty when the text does not tell: when it has
// no word, or its words belong to several languages, as "Radio link" does. Addresses and code are
// not read, and of a long text only the beginning.
//
// A text in Latin letters gets the language in which its words are most likely (naive Bayes). The
// probability of a common word is fixed; that of any other word is the product of those of its
// letters, each after up to three letters before it. Another script tells its language.
func Of(text string) string {
	if len(text) > mostBytes {
		text = strings.ToValidUTF8(text[:mostBytes], "")
	}
	text = prose(text)
	if tag := byScript(text); tag != "" {
		return tag
	}
	return byWords(wordsOf(text))
}

// prose returns the words of a text without addresses and without code between backquotes.
func prose(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			continue
		}
		for line := range strings.Lines(part) {
			pieces := strings.Split(line, "`")
			for i, piece := range pieces {
				if i%2 == 1 && i+1 < len(pieces) {
					continue
				}
				for word := range strings.FieldsSeq(piece) {
					if !strings.Contains(word, "://") && !strings.Contains(word, "@") {
						b.WriteString(word)
						b.WriteByte(' ')
					}
				}
			}
		}
	}
	return b.String()
}

// Base returns the language of a tag without script and region: "pt" for "pt-br".
func Base(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// The scores are natural logarithms of probabilities. They were set once, on tickets of
// classify/learned/starter.
const (
	commonWord  = -4.0  // a word that is common in the language
	otherWord   = -1.0  // each word that is not
	strangeRune = -12.0 // a letter that is not in the table for the language
	forEnglish  = 3.0   // English is more frequent, and names of programs look like it
	leastLead   = 3.0   // of the first language before the second: less, and 1 of 4 answers is wrong
)

// byWords returns the most likely language of words in Latin letters.
func byWords(words []string) string {
	if len(words) == 0 {
		return ""
	}
	t := table()
	scores := [16]float64{0: forEnglish}
	for _, word := range words {
		spelled, common := t.spell([]rune(word)), t.words[word]
		for i := range scores {
			if common&(1<<i) != 0 {
				scores[i] += commonWord
			} else {
				scores[i] += otherWord + spelled[i]
			}
		}
	}
	best, second := 0, 1
	if scores[1] > scores[0] {
		best, second = 1, 0
	}
	for i := 2; i < len(scores); i++ {
		switch {
		case scores[i] > scores[best]:
			best, second = i, best
		case scores[i] > scores[second]:
			second = i
		}
	}
	if scores[best]-scores[second] < leastLead {
		return ""
	}
	return latin[best]
}

// wordsOf returns the words of a text in lower case. One with an apostrophe stays whole only if it
// is a common word, as "don't".
func wordsOf(text string) (words []string) {
	t, letters := table(), 0
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
	}) {
		word = strings.Trim(strings.ReplaceAll(word, "’", "'"), "'")
		parts := []string{word}
		if t.words[word] == 0 {
			parts = strings.FieldsFunc(word, func(r rune) bool { return r == '\'' })
		}
		for _, part := range parts {
			if len(part) <= longestWord {
				words, letters = append(words, part), letters+len(part)
			}
		}
		if letters > mostLetters {
			break
		}
	}
	return words
}

// ngrams has a line for each sequence of up to four letters: the sequence, a tab, and a letter for
// each language of latin, which is the probability of the last letter of the sequence after the
// others: a for 1, b for exp(-0.5), and so on, and - for none. See testdata/make.
//
//go:embed ngrams.gz
var ngrams []byte

// common has the common words of each language of latin, a line each.
//
//go:embed words.txt
var common string

// tables is what byWords reads.
type tables struct {
	ngrams map[string][16]byte // half of minus the logarithm, and 1; 0 is none
	words  map[string]uint16   // a bit for each language
}

var table = sync.OnceValue(func() *tables {
	t := &tables{map[string][16]byte{}, map[string]uint16{}}
	for _, line := range strings.Split(strings.TrimSpace(common), "\n") {
		words := strings.Fields(line)
		for i, tag := range latin {
			if tag == words[0] {
				for _, word := range words[1:] {
					t.words[word] |= 1 << i
				}
			}
		}
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(ngrams))
	if err != nil {
		panic(err) // a file of ours
	}
	lines := bufio.NewScanner(unzipped)
	for lines.Scan() {
		sequence, probabilities, _ := strings.Cut(lines.Text(), "\t")
		var columns [16]byte
		for i := range columns {
			if p := probabilities[i]; p != '-' {
				columns[i] = p - 'a' + 1
			}
		}
		t.ngrams[sequence] = columns
	}
	return t
})

// spell returns, for each language, the logarithm of the probability of a word's letters, each
// after those before it. It goes by the longest sequence that the table has for the language.
func (t *tables) spell(letters []rune) (sums [16]float64) {
	for i := range letters {
		var found [16]byte
		left := len(found)
		for n := min(4, i+1); n > 0 && left > 0; n-- {
			columns, ok := t.ngrams[string(letters[i+1-n:i+1])]
			if !ok {
				continue
			}
			for l, p := range columns {
				if p != 0 && found[l] == 0 {
					found[l] = p
					left--
				}
			}
		}
		for l, p := range found {
			if p != 0 {
				sums[l] -= float64(p-1) / 2
			} else {
				sums[l] += strangeRune
			}
		}
	}
	return sums
}
