package searchwords

import (
	"iter"
	"strings"
	"unicode"
)

// piece is a word in a text, and its bytes there.
type piece struct {
	text     string
	from, to int
}

// run is a run of runes of a text that are all written with spaces between words, or all without.
type run struct {
	places []place
	dense  bool // without spaces
}

// runsOf yields the runs of a text.
func runsOf(text string) iter.Seq[run] {
	return func(yield func(run) bool) {
		var r run
		for p := range runes(text) {
			dense := p.inWord && isDense(p.r, r.dense)
			if len(r.places) > 0 && (!p.inWord || dense != r.dense) {
				if !yield(r) {
					return
				}
				r.places = r.places[:0]
			}
			if p.inWord {
				r.places, r.dense = append(r.places, p), dense
			} else {
				r.dense = false
			}
		}
		if len(r.places) > 0 {
			yield(r)
		}
	}
}

// isDense reports whether a rune is of a script that is written without spaces. A mark belongs to
// the letters before it.
func isDense(r rune, before bool) bool {
	switch {
	case r < 0x1100:
		return false
	case unicode.IsMark(r) || r == 'ー' || r == '々':
		return before
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}

func (r *run) word(i, j int) piece {
	var b strings.Builder
	for _, p := range r.places[i:j] {
		b.WriteRune(p.r)
	}
	return piece{b.String(), r.places[i].from, r.places[j-1].to}
}

// pieces yields the words of a text in order, with repetitions.
func pieces(text string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		for r := range runsOf(text) {
			n := len(r.places)
			if !r.dense {
				if w := r.word(0, n); len(w.text) <= MaxBytes && !yield(w) {
					return
				}
				continue
			}
			for i := range n {
				if !yield(r.word(i, min(i+2, n))) {
					return
				}
			}
		}
	}
}

// sequence yields what phrases are compared by: words, and single letters of scripts without
// spaces.
func sequence(text string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		for r := range runsOf(text) {
			if !r.dense {
				if !yield(r.word(0, len(r.places))) {
					return
				}
				continue
			}
			for i := range r.places {
				if !yield(r.word(i, i+1)) {
					return
				}
			}
		}
	}
}
