package classify

import (
	"slices"
	"unicode/utf8"
)

// vocabulary holds the words of phrases in all their forms.
type vocabulary struct {
	ids   map[spelling]wordID
	known map[key][]wordID
	// tails are German and Dutch words that may end a compound, by their stems.
	tails map[string][]wordID
}

// wordID identifies a word of a phrase.
type wordID int32

// spelling is a word and the families of languages whose inflection it follows.
type spelling struct {
	word   string
	family family
}

func newVocabulary() *vocabulary {
	return &vocabulary{map[spelling]wordID{}, map[key][]wordID{}, map[string][]wordID{}}
}

// Compounds: the least length of a word that may end another, and of the part before it.
const (
	shortestTail = 6
	longestTail  = 24
	beforeTail   = 3
)

// id returns the number of a word of a phrase in a family of languages, and adds a new word. In an
// unknown language a longer word may have the inflection of any.
func (v *vocabulary) id(word string, f family) wordID {
	if f == 0 {
		f = english
		if utf8.RuneCountInString(word) > shortest {
			f |= germanic | romance
		}
	} else if f == germanic && len(word) >= shortestTail {
		f |= compound
	}
	s := spelling{word, f}
	id, ok := v.ids[s]
	if ok {
		return id
	}
	id = wordID(len(v.ids))
	v.ids[s] = id
	for _, k := range keys(nil, word, f) {
		if !slices.Contains(v.known[k], id) {
			v.known[k] = append(v.known[k], id)
		}
	}
	if f&compound != 0 {
		stem := germanicStem(word)
		v.tails[stem] = append(v.tails[stem], id)
	}
	return id
}

// has reports whether a word stands in a phrase in this form.
func (v *vocabulary) has(word string) bool { return len(v.known[key{exact, word}]) > 0 }

// matches returns for each token the words of phrases of which it is a form.
func (v *vocabulary) matches(list []token) [][]wordID {
	all := make([][]wordID, len(list))
	met := map[string][]wordID{}
	var ks []key
	for i, t := range list {
		ids, ok := met[t.word]
		if !ok {
			ks = keys(ks[:0], t.word, english|germanic|romance)
			for _, k := range ks {
				for _, id := range v.known[k] {
					if !slices.Contains(ids, id) {
						ids = append(ids, id)
					}
				}
			}
			ids = v.ending(ids, t.word)
			met[t.word] = ids
		}
		all[i] = ids
	}
	return all
}

// ending appends the words that end a German or Dutch compound: "Ausfall" for "Serverausfall".
func (v *vocabulary) ending(ids []wordID, word string) []wordID {
	if len(word) < shortestTail+beforeTail || len(word) > 2*longestTail || len(v.tails) == 0 {
		return ids
	}
	stem := germanicStem(word)
	for from := max(beforeTail, len(stem)-longestTail); from <= len(stem)-shortest; from++ {
		for _, id := range v.tails[stem[from:]] {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
