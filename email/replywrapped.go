package email

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// leastWrapped is the least width of a line that a mail program wraps: the usual one is 72 to 80.
const leastWrapped = 58

// joinWrapped makes those lines part of a quotation that a mail program broke off a quoted line
// without marking them:
//
//	> We have looked at the printer in the hall and found that the red lamp is
//	on because of the paper.
//	> Please open the lid.
//
// The quoted line above is long and ends within a sentence, and the rest goes on in lower case. In
// a quotation with such a rest, one that begins with a capital or a number is another, if a quoted
// line or the end of the quotation is below it. An answer between quoted lines stays an answer.
func joinWrapped(lines []line) {
	for i := 1; i < len(lines); i++ {
		if !mayBeRest(lines, i) || !goesOnSmall(lines[i].seen) {
			continue
		}
		lines[i].kind = quoteLine
		from, to := i, i
		for from > 0 && lines[from-1].kind != blankLine {
			from--
		}
		for to+1 < len(lines) && lines[to+1].kind != blankLine {
			to++
		}
		for j := max(from, 1); j <= to; j++ {
			if mayBeRest(lines, j) && (goesOnSmall(lines[j].seen) || j < to && lines[j+1].kind == quoteLine) {
				lines[j].kind = quoteLine
			}
		}
		i = to
	}
}

// mayBeRest reports whether line i may be broken off a quoted line above it.
func mayBeRest(lines []line, i int) bool {
	above, l := &lines[i-1], &lines[i]
	if l.kind != textLine || l.code || above.kind != quoteLine || above.low == "" || l.low == "" || !strings.HasPrefix(above.seen, ">") {
		return false
	}
	first, _, _ := strings.Cut(l.seen, " ")
	last, _ := utf8.DecodeLastRuneInString(above.seen)
	wide := width(above.seen)
	return wide >= leastWrapped && wide+1+width(first) > 66 && width(l.seen) < wide && !strings.ContainsRune(".!?:;…。！？：；؟।\"”»", last)
}

// goesOnSmall reports whether a line begins with a letter that is no capital.
func goesOnSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'(„“«»‚‘’*_"))
	return unicode.IsLetter(r) && !unicode.IsUpper(r)
}

// width is the number of columns of a text: characters of East Asia take two.
func width(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x1100 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x3000 && r <= 0x30FF || r >= 0xFF00 && r <= 0xFF60) {
			n++
		}
	}
	return n
}
