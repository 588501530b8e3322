package classify

import (
	"strings"
	"unicode/utf8"
)

// unspaced joins letters that stand apart: "s y s t e m d o w n", "d-a-t-a l-o-s-s". Where nothing
// separates the words, the words of the phrases do.
func (x *vocabulary) unspaced(list []token) []token {
	var out []token // nil until something is joined
	for i := 0; i < len(list); {
		n := i
		for n < len(list) && utf8.RuneCountInString(list[n].word) == 1 && (n == i || len(list[n].sep) <= sepBytes) {
			n++
		}
		switch {
		case n-i >= 4:
			if out == nil {
				out = append(make([]token, 0, len(list)), list[:i]...)
			}
			out = x.joinLetters(out, list[i:n])
			i = n
		default:
			n = max(n, i+1)
			if out != nil {
				out = append(out, list[i:n]...)
			}
			i = n
		}
	}
	if out == nil {
		return list
	}
	return out
}

// joinLetters appends the words of a run of single letters. The separator between the first two
// letters separates letters within words; any other separates words.
func (x *vocabulary) joinLetters(out, run []token) []token {
	within := run[1].sep
	for i := 0; i < len(run); {
		n := i + 1
		for n < len(run) && run[n].sep == within {
			n++
		}
		var b strings.Builder
		for _, t := range run[i:n] {
			b.WriteString(t.word)
		}
		word := token{sep: run[i].sep, start: run[i].start, asked: run[i].asked}
		word.first = run[i].first && (i == 0 || strings.Trim(run[i].sep, within+" ") != "")
		for _, w := range x.parted(b.String()) {
			word.word = folded(w)
			out = join(out, word)
			word.first, word.start, word.sep = false, false, ""
		}
		i = n
	}
	return out
}

// parted cuts words of the phrases out of letters, the longest first. Other letters stay together.
func (x *vocabulary) parted(letters string) []string {
	if x.has(folded(letters)) {
		return []string{letters}
	}
	var list []string
	rest := 0
	for i := 0; i < len(letters); {
		n := min(longestTail, len(letters)-i)
		for n > 1 && !x.has(letters[i:i+n]) && !fillers[letters[i:i+n]] {
			n--
		}
		if n > 1 {
			if rest < i {
				list = append(list, letters[rest:i])
			}
			list = append(list, letters[i:i+n])
			i += n
			rest = i
			continue
		}
		i++
	}
	if rest < len(letters) {
		list = append(list, letters[rest:])
	}
	return list
}
