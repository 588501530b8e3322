package classify

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// token is one word of a text in the form in which phrases are compared: without invisible
// characters and accents, in lower case, with compatibility characters and lookalikes of Latin
// letters resolved. Elisions and contractions are taken apart ("isn't" is "is not"), and common
// spellings are joined ("log in" is "login").
type token struct {
	word string
	sep  string // text before it, at most sepBytes
	// first is true after punctuation: neither a phrase nor a negation reaches across.
	first bool
	start bool // first of its sentence
	asked bool // its sentence ends with a question mark
}

const sepBytes = 4

// tokens splits a text.
func tokens(text string) []token {
	if strings.ContainsRune(text, '&') {
		text = html.UnescapeString(text)
	}
	var (
		list     []token
		b        strings.Builder
		sep      []byte
		first    = true
		start    = true
		sentence = 0 // start of its words in list
		// Line ends since the last word: one may be a wrapped line, two end a paragraph.
		lines = 0
	)
	end := func() {
		for i, w := range unelided(strings.Trim(b.String(), "'")) {
			t := token{word: folded(w), sep: string(sep), first: first, start: start}
			if i > 0 {
				t.sep = "'"
			}
			list, first, start = join(list, t), false, false
		}
		if b.Len() > 0 {
			b.Reset()
			sep = sep[:0]
		}
	}
	for _, r := range norm.NFKD.String(apostrophes.Replace(dollarSign.ReplaceAllString(visible(text), "s$1"))) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			lines = 0
			for _, l := range lower(r) {
				b.WriteRune(latin(l))
			}
		case unicode.IsMark(r):
		case r == '\'':
			if b.Len() > 0 {
				b.WriteByte('\'')
			}
		default:
			end()
			if len(sep) < sepBytes {
				sep = append(sep, string(r)...)
			}
			if r == '\n' {
				lines++
			}
			switch {
			case lines > 1 || strings.ContainsRune(".;!?。！？؟", r):
				for i := sentence; i < len(list) && (r == '?' || r == '؟'); i++ {
					list[i].asked = true
				}
				first, start, sentence = true, true, len(list)
			case r == ',' || r == ':' || r == '、':
				first = true
			}
		}
	}
	end()
	return list
}

// apostrophes maps the apostrophes of keyboards to one. U+00B4 is here because NFKD would make it a
// space.
var apostrophes = strings.NewReplacer("´", "'", "`", "'", "ʼ", "'", "‘", "'", "’", "'", "′", "'")

// dollarSign finds a dollar sign that replaces an s: no price begins with a letter.
var dollarSign = regexp.MustCompile(`\$(\p{L})`)

func lower(r rune) string {
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'ø', 'Ø':
		return "o"
	case 'ł', 'Ł':
		return "l"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	}
	return string(unicode.ToLower(r))
}

// umlauts maps ae, oe and ue to a, o and u, as for the letters without their dots.
var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// folded returns the spelling under which spellings of a word are compared. Text and phrases both
// go through it, so "queue" loses an e in both.
func folded(w string) string {
	if len(w) > 4 {
		w = umlauts.Replace(w)
	}
	if one, ok := oneForm[w]; ok {
		return one
	}
	return w
}

// unelided splits contractions and elisions: "can't" into "cannot", "isn't" into "is not",
// "l'accès" into "l accès".
func unelided(w string) []string {
	switch before, after, ok := strings.Cut(w, "'"); {
	case w == "":
		return nil
	case w == "cant":
		return []string{"cannot"}
	case !ok:
		if without, short := strings.CutSuffix(w, "nt"); short && shortened[without] {
			return []string{without, "not"}
		}
		return []string{w}
	case after == "t" && before == "can":
		return []string{"cannot"}
	case after == "t" && before == "n":
		return []string{"not"}
	case after == "t" && strings.HasSuffix(before, "n"):
		return []string{strings.TrimSuffix(before, "n"), "not"}
	case endings[after] != "":
		return []string{before, endings[after]}
	case len(before) <= 2 || elided[before]:
		return append([]string{before}, unelided(strings.ReplaceAll(after, "'", ""))...)
	default:
		return []string{strings.ReplaceAll(w, "'", "")}
	}
}

var (
	// shortened are the verbs that people write with nt and without an apostrophe.
	shortened = words("is are was were has have had do does did could would should must")
	endings   = map[string]string{"s": "is", "m": "am", "re": "are", "ve": "have", "ll": "will", "d": "had"}
	elided    = words("qu jusqu lorsqu puisqu quelqu aujourd dell all nell sull dall quell un nessun")
)

// join appends a word, and joins it with the words before where they make one.
func join(list []token, t token) []token {
	if n := len(list); n > 0 && !t.first {
		before := list[n-1].word
		one := joined[[2]string{before, t.word}]
		switch {
		case one != "":
			list[n-1].word = one
			return list
		case n > 1 && between[before] && !list[n-1].first && joined[[2]string{list[n-2].word, t.word}] == "login":
			list[n-2].word = "login" // "log me in", "log back in"
			return list[:n-1]
		case before == "login" && t.word == "to":
			return list // "log in to", "log into"
		}
	}
	return append(list, t)
}

// joined are words in two parts that count as one.
var joined = func() map[[2]string]string {
	m := map[[2]string]string{
		{"can", "not"}: "cannot", {"could", "not"}: "cannot", {"can", "t"}: "cannot", {"no", "one"}: "nobody",
		{"web", "site"}: "website", {"down", "time"}: "downtime", {"pass", "word"}: "password", {"pas", "word"}: "password",
		{"data", "base"}: "database", {"ransom", "ware"}: "ransomware", {"out", "age"}: "outage",
	}
	for verb := range words("log logs logged loging logging sign signs signed signing") {
		for in := range words("in on into onto") {
			m[[2]string{verb, in}] = "login"
		}
	}
	return m
}()

var between = words("back me us him her them myself ourselves themselves")

// words is a set of words as written.
func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// set is a set of words in the form of tokens.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[folded(w)] = true
	}
	return m
}
