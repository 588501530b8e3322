package classify

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// token is one word of a text in the form in which phrases are compared: compatibility
// characters resolved, without accents, in lower case, plural s cut, common spellings joined.
type token struct {
	word  string
	first bool // first after punctuation: a negation before it does not reach it
}

// tokens splits a text. Apostrophes belong to the word: "can't" is "cant".
func tokens(text string) []token {
	var list []token
	var b strings.Builder
	first := true
	end := func() {
		if b.Len() > 0 {
			list = join(list, token{singular(b.String()), first})
			b.Reset()
			first = false
		}
	}
	lines := 0 // line ends since the last word: one may be a wrapped line, two end a paragraph
	for _, r := range norm.NFKD.String(apostrophes.Replace(text)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			lines = 0
			for _, l := range lower(r) {
				b.WriteRune(l)
			}
		case unicode.IsMark(r) || r == '\'' || r == '’' || r == '\u200b' || r == '\u00ad':
		default:
			end()
			if r == '\n' {
				lines++
			}
			first = first || lines > 1 || strings.ContainsRune(".,;:!?", r)
		}
	}
	end()
	return list
}

// apostrophes unites what keyboards make of them. U+00B4 is here because NFKD would
// make it a space.
var apostrophes = strings.NewReplacer("´", "'", "`", "'", "ʼ", "'", "‘", "'")

func lower(r rune) string {
	if r == 'ß' || r == 'ẞ' {
		return "ss"
	}
	return string(unicode.ToLower(r))
}

func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return w[:len(w)-1]
	}
	return w
}

// spellings are words written in two that count as one, and other forms of one word.
var (
	joined = map[[2]string]string{
		{"can", "not"}: "cannot", {"log", "in"}: "login", {"sign", "in"}: "login", {"logging", "in"}: "login",
		{"log", "on"}: "login", {"can", "t"}: "cannot",
		{"web", "site"}: "website", {"down", "time"}: "downtime", {"pass", "word"}: "password", {"pas", "word"}: "password",
	}
	other = map[string]string{
		"cant": "cannot", "couldnt": "cannot", "signin": "login", "unauthorised": "unauthorized", "logon": "login",
	}
)

// join appends a word, together with the one before it where both make one.
func join(list []token, t token) []token {
	if same, ok := other[t.word]; ok {
		t.word = same
	}
	if n := len(list); n > 0 && !t.first {
		if one, ok := joined[[2]string{list[n-1].word, t.word}]; ok {
			list[n-1].word = one
			return list
		}
	}
	return append(list, t)
}

// fillers may stand between the words of a phrase and between a negation and the phrase.
var fillers = set(`a an the any our my your is are was were be been being has have had got went gone still again
	completely totally currently suddenly all of to i we am it any sign evidence
	ein eine einen die der das ist sind war wieder immer noch komplett
	el la los las un una esta ha sido mi nuestro
	le les un une est notre mon mes des ma du de d
	o os um uma foi meu nosso`)

var negations = set(`no not never without nor prevent preventing avoid avoided isnt arent wasnt werent hasnt havent dont doesnt didnt
	kein keine keinen keinerlei nicht ohne nie sin ningun ninguna nunca
	sans aucun aucune ni sem nenhum nenhuma nao`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[singular(w)] = true
	}
	return m
}

// maxFillers is how many fillers may stand between two words of a phrase.
const maxFillers = 3

// phraseIndex finds phrases in tokens: each under its first word, with the value it stands for.
type phraseIndex[V any] map[string][]phrase[V]

type phrase[V any] struct {
	words []string
	value V
}

func (x phraseIndex[V]) add(text string, value V) bool {
	var words []string
	for _, t := range tokens(text) {
		words = append(words, t.word)
	}
	if len(words) == 0 {
		return false
	}
	x[words[0]] = append(x[words[0]], phrase[V]{words, value})
	return true
}

// find calls found with the value of each phrase that stands in the tokens, and is not negated
// unless negated ones count too. A phrase of n words costs at most n*(maxFillers+1) steps.
func (x phraseIndex[V]) find(list []token, negated bool, found func(V)) {
	for i := range list {
		for _, p := range x[list[i].word] {
			if matchAt(list[i:], p.words) && (negated || !denied(list[:i+1])) {
				found(p.value)
			}
		}
	}
}

// matchAt reports whether the words of a phrase follow each other from the start of list.
func matchAt(list []token, words []string) bool {
	at := 0
	for n, w := range words {
		if n == 0 {
			continue
		}
		skipped := 0
		for at++; ; at++ {
			switch {
			case at >= len(list) || skipped > maxFillers:
				return false
			case list[at].word == w && !list[at].first:
			case fillers[list[at].word] && !list[at].first:
				skipped++
				continue
			default:
				return false
			}
			break
		}
	}
	return true
}

// denied reports whether a negation stands before the last of the tokens, with nothing
// but fillers between.
func denied(list []token) bool {
	for i := len(list) - 1; i > 0 && !list[i].first; i-- {
		before := list[i-1].word
		if negations[before] {
			return true
		}
		if !fillers[before] || len(list)-i > maxFillers {
			return false
		}
	}
	return false
}
