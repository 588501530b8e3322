package classify

// phraseIndex finds phrases in tokens. It is a tree of the words of the phrases, so it reads a text
// once, whatever their number.
type phraseIndex[V any] struct {
	root *node[V]
	*vocabulary
}

type node[V any] struct {
	next   map[wordID]*node[V]
	values []V
}

// maxGap is the number of fillers that may stand between two words of a phrase. maxSteps limits the
// visits to one place of a text; only a list of phrases made for the purpose comes near it.
const (
	maxGap   = 5
	maxSteps = 300
)

func newIndex[V any]() phraseIndex[V] {
	return phraseIndex[V]{&node[V]{}, newVocabulary()}
}

// add puts a phrase of a family of languages into the index; family 0 means unknown. It reports
// false if the phrase has no word.
func (x phraseIndex[V]) add(text string, f family, value V) bool {
	list := telling(tokens(text))
	if len(list) == 0 {
		return false
	}
	n := x.root
	for _, t := range list {
		id := x.id(t.word, f)
		if n.next == nil {
			n.next = map[wordID]*node[V]{}
		}
		if n.next[id] == nil {
			n.next[id] = &node[V]{}
		}
		n = n.next[id]
	}
	n.values = append(n.values, value)
	return true
}

// telling leaves optional words out of a phrase if two other words remain.
func telling(list []token) []token {
	var kept []token
	for _, t := range list {
		if !optional[t.word] {
			kept = append(kept, t)
		}
	}
	if len(kept) < 2 {
		return list
	}
	return kept
}

// find calls found with the value of each phrase in the tokens. It skips denied phrases unless
// denied is set.
func (x phraseIndex[V]) find(list []token, denied bool, found func(V)) {
	list = x.unspaced(list)
	s := search[V]{list: list, ids: x.matches(list), denials: map[int]bool{}}
	s.found = func(values []V, to int, n nays) {
		no := s.denied(s.at, to, n)
		if no {
			s.denials[to] = true
		}
		if denied || !no {
			for _, v := range values {
				found(v)
			}
		}
	}
	for s.at = range list {
		s.steps = maxSteps
		s.step(x.root, s.at, nays{})
	}
}

// search is one reading of a text.
type search[V any] struct {
	list    []token
	ids     [][]wordID // the words of phrases that each token matches
	at      int        // where the phrase begins
	steps   int
	denials map[int]bool // ends of denied phrases
	found   func(values []V, to int, n nays)
}

// step follows the phrases below n that continue with the word at i.
func (s *search[V]) step(n *node[V], i int, passed nays) {
	for _, id := range s.ids[i] {
		if c := n.next[id]; c != nil {
			s.walk(c, i, passed)
		}
	}
}

// walk reports the phrases that end with n, whose word stands at i, and follows the longer ones.
// passed counts the negations on the way.
func (s *search[V]) walk(n *node[V], i int, passed nays) {
	if len(n.values) > 0 {
		s.found(n.values, i, passed)
	}
	if n.next == nil {
		return
	}
	for j := i + 1; j < len(s.list) && j <= i+1+maxGap && !s.list[j].first && s.steps > 0; j++ {
		s.steps--
		s.step(n, j, passed)
		switch {
		case denies(s.list, j):
			passed.add(s.list[j].word)
		case !filler(s.list[j].word):
			return
		}
	}
}
