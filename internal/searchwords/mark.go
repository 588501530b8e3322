package searchwords

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks returns where a text has what was searched for, as bytes [from, to), in order. Marks that
// touch are one.
func Marks(text string, terms []Term, phrases []Phrase) [][2]int {
	var found [][2]int
	exact := map[string]bool{}
	var begun []string
	for _, t := range terms {
		switch {
		case t.Not || t.Field == Has:
		case t.Prefix:
			begun = append(begun, t.Word)
		default:
			exact[t.Word] = true
		}
	}
	for w := range pieces(text) {
		if exact[w.text] || slices.ContainsFunc(begun, func(b string) bool { return strings.HasPrefix(w.text, b) }) {
			found = append(found, [2]int{w.from, w.to})
		}
	}
	if slices.ContainsFunc(phrases, func(p Phrase) bool { return !p.Not }) {
		all := slices.Collect(sequence(text))
		for i := range phrases {
			if phrases[i].Not {
				continue
			}
			for _, at := range phrases[i].in(all) {
				found = append(found, [2]int{all[at[0]].from, all[at[1]].to})
			}
		}
	}
	return joined(found)
}

// joined sorts marks and joins those that touch.
func joined(marks [][2]int) (list [][2]int) {
	slices.SortFunc(marks, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	for _, m := range marks {
		if n := len(list); n > 0 && m[0] <= list[n-1][1] {
			list[n-1][1] = max(list[n-1][1], m[1])
			continue
		}
		list = append(list, m)
	}
	return list
}

// The length of an excerpt in characters, and how much of it comes before the first mark.
const (
	excerptLength = 160
	excerptBefore = 40
)

// Excerpt returns a line of a text around the marks that stand closest together, and the marks in
// it. An ellipsis stands for what is left out. Without marks it is empty.
func Excerpt(text string, marks [][2]int) (string, [][2]int) {
	if len(marks) == 0 {
		return "", nil
	}
	best, most := 0, 0
	for i := range marks {
		n := 0
		for j := i; j < len(marks) && marks[j][1]-marks[i][0] <= excerptLength; j++ {
			n++
		}
		if n > most {
			best, most = i, n
		}
	}
	from, to := back(text, marks[best][0], excerptBefore), forth(text, marks[best][0], excerptLength-excerptBefore)
	to = max(to, marks[best][1])
	var b strings.Builder
	var hits [][2]int
	if from > 0 {
		b.WriteString("…")
	}
	write := func(s string) { // blanks of any kind become one
		for _, r := range s {
			switch {
			case !unicode.IsSpace(r) && !unicode.IsControl(r):
				b.WriteRune(r)
			case b.Len() > 0 && !strings.HasSuffix(b.String(), " "):
				b.WriteByte(' ')
			}
		}
	}
	last := from
	for _, m := range marks {
		if m[0] < last || m[1] > to {
			continue
		}
		write(text[last:m[0]])
		start := b.Len()
		write(text[m[0]:m[1]])
		hits = append(hits, [2]int{start, b.Len()})
		last = m[1]
	}
	write(text[last:to])
	line := strings.TrimRight(b.String(), " ")
	if to < len(text) {
		line += "…"
	}
	return line, hits
}

// back returns the place at most n characters before another, at the beginning of a word if there
// is one.
func back(text string, at, n int) int {
	from := at
	for ; n > 0 && from > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	if from == 0 {
		return 0
	}
	if blank := strings.IndexFunc(text[from:at], unicode.IsSpace); blank >= 0 {
		_, size := utf8.DecodeRuneInString(text[from+blank:])
		return from + blank + size
	}
	return from
}

// forth returns the place at most n characters after another, at the end of a word if there is one.
func forth(text string, at, n int) int {
	to := at
	for ; n > 0 && to < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	if to == len(text) {
		return to
	}
	if blank := strings.LastIndexFunc(text[at:to], unicode.IsSpace); blank > 0 {
		return at + blank
	}
	return to
}

// Part is a part of a text, marked or not.
type Part struct {
	Text string
	Hit  bool
}

// Parts splits a text at its marks.
func Parts(text string, marks [][2]int) []Part {
	var parts []Part
	last := 0
	add := func(from, to int, hit bool) {
		if from < to {
			parts = append(parts, Part{text[from:to], hit})
		}
	}
	for _, m := range marks {
		add(last, m[0], false)
		add(m[0], m[1], true)
		last = m[1]
	}
	add(last, len(text), false)
	return parts
}
