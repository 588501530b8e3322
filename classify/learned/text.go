package learned

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of the text that is read. A longer ticket gives its subject at the beginning; the root
// package's triage passes a whole mail with all its quotations.
const (
	maxBytes = 16 << 10 // of a subject or a text
	maxWord  = 32       // runes of a word that are read
)

// scan splits text into words and calls each with the runes of one, in lower case and with
// compatibility characters resolved. The slice is valid until the next call. A word is a run of
// letters and digits; a character of a script without spaces is a word by itself. Invalid UTF-8
// separates words. buf is scratch space, returned for the next text.
func scan(text string, buf []rune, each func(word []rune)) []rune {
	if len(text) > maxBytes {
		text = text[:maxBytes]
	}
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			if !norm.NFKC.IsNormalString(text) {
				text = norm.NFKC.String(text)
			}
			break
		}
	}
	word := buf[:0]
	end := func() {
		if len(word) > 0 {
			each(word)
			word = word[:0]
		}
	}
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if r = rune(ascii[r]); r == 0 {
				end()
				continue
			}
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if r = unicode.ToLower(r); r >= 0x0E00 && unicode.In(r, unspaced...) {
				end()
				word = append(word, r)
				end()
				continue
			}
		case unicode.IsMark(r) || r == '’' || unicode.Is(unicode.Cf, r):
			continue // part of the word before it, and often left out
		default:
			end()
			continue
		}
		if len(word) < maxWord {
			word = append(word, r)
		}
	}
	end()
	return word
}

// unspaced are scripts without spaces between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// ascii maps letters and digits to lower case, the rest to 0.
var ascii = func() (table [utf8.RuneSelf]byte) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			table[c] = byte(c)
		case 'A' <= c && c <= 'Z':
			table[c] = byte(c + 'a' - 'A')
		}
	}
	return table
}()
