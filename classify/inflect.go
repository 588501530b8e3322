package classify

import "strings"

// family is a group of languages with similar inflection. The rules of one family do harm in
// another: Romance rules would make "data" and "date" one word.
type family uint8

const (
	english  family = 1 << iota
	germanic        // German, Dutch
	romance         // Spanish, French, Portuguese, Italian
	compound        // a German or Dutch word that may end a compound
	exact    family = 0
)

// key is a form of a word, by which the index finds a word of a phrase. Words with a common key
// count as the same word.
type key struct {
	family family
	stem   string
}

// shortest is the number of letters that must remain of a word after its ending is cut. In a phrase
// of an unknown language, only words of more letters are inflected by other rules than the English
// rules.
const shortest = 4

// keys appends the keys of a word in the families. The stems are rough on purpose. The forms of one
// word need equal stems. Words of other meaning need different stems only as far as they occur in
// the phrases of a help desk.
func keys(to []key, word string, f family) []key {
	to = append(to, key{exact, word})
	if plain := unleet(word); plain != word {
		word = plain
		to = append(to, key{exact, word})
	}
	if len(word) > 40 { // not a word, but a token or a hash
		return to
	}
	if f&english != 0 {
		to = inflectedEnglish(to, word)
	}
	if f&germanic != 0 {
		to = append(to, key{germanic, germanicStem(word)})
		// the form "steht" of the verb "stehen"
		if verb, ok := strings.CutSuffix(strings.TrimSuffix(word, "e"), "t"); ok && len(verb) >= shortest {
			to = append(to, key{germanic, germanicStem(verb)})
		}
	}
	if f&romance != 0 {
		to = append(to, key{romance, romanceStem(word)})
		if verb := romanceVerb(word); verb != "" {
			to = append(to, key{romance, verb})
		}
	}
	return to
}

// inflectedEnglish appends the word, and each word whose -s, -ed or -ing form it may be. It joins
// only words that a reader would join: "sitting" belongs to "sit" and not to "site", and "losing"
// belongs to "los" or "lose".
func inflectedEnglish(to []key, w string) []key {
	to = append(to, key{english, w})
	add := func(stem string) { to = append(to, key{english, stem}) }
	switch {
	case len(w) < 4 || strings.HasSuffix(w, "ss"):
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		add(w[:len(w)-3] + "y")
	case strings.HasSuffix(w, "es") && len(w) > 4 && sibilant(w[:len(w)-2]):
		add(w[:len(w)-2])
		add(w[:len(w)-1])
	case strings.HasSuffix(w, "s"):
		add(w[:len(w)-1])
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		add(w[:len(w)-3] + "y")
	case strings.HasSuffix(w, "ed") && len(w) > 4, strings.HasSuffix(w, "ing") && len(w) > 5:
		stem := strings.TrimSuffix(strings.TrimSuffix(w, "ing"), "ed")
		if n := len(stem); n > 2 && stem[n-1] == stem[n-2] && !strings.ContainsRune("lsz", rune(stem[n-1])) {
			add(stem[:n-1])
			break
		}
		add(stem)
		add(stem + "e")
	}
	return to
}

func sibilant(s string) bool {
	return strings.HasSuffix(s, "s") || strings.HasSuffix(s, "x") || strings.HasSuffix(s, "z") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "sh")
}

// germanicStem cuts endings of case, number and degree. It writes doubled letters once, because
// Dutch has "systeem" and "systemen".
func germanicStem(w string) string {
	for cut := true; cut; {
		cut = false
		for _, end := range [...]string{"en", "er", "em", "es", "e", "n", "s"} {
			if len(w)-len(end) >= shortest && strings.HasSuffix(w, end) {
				w, cut = w[:len(w)-len(end)], true
				break
			}
		}
	}
	return single(w)
}

// single writes doubled letters once.
func single(w string) string {
	for i := 1; i < len(w); i++ {
		if w[i] != w[i-1] {
			continue
		}
		b := []byte(w[:i])
		for ; i < len(w); i++ {
			if w[i] != w[i-1] {
				b = append(b, w[i])
			}
		}
		return string(b)
	}
	return w
}

// romanceStem cuts endings of gender and number: "caído", "caídas"; "violação", "violações";
// "perdu", "perdues"; "sistema", "sistemi".
func romanceStem(w string) string {
	w = strings.TrimSuffix(w, "s")
	if s := strings.TrimRight(w, "aeio"); len(w)-len(s) <= 2 && len(s) >= shortest-1 {
		return s
	}
	return w
}

// romanceEndings are the endings of infinitives, participles and common past tenses. Longer ones
// come first.
var romanceEndings = [...]string{
	"iremos", "aremos", "ieron", "aron", "aram", "eram", "iram", "imos", "amos", "emos", "iamo", "iendo", "ando", "endo", "aient", "avano", "aban", "ano", "ono", "ado", "ada", "ido", "ida", "ato", "ata", "ati", "ate", "uto", "uta", "uti", "ute",
	"are", "ere", "ire", "ons", "ez", "ent", "ant", "ar", "er", "ir", "re", "ei", "eu", "iu", "ou", "io", "ee", "e", "o", "a", "i", "u",
}

// romanceVerb returns a verb without its ending, or "".
func romanceVerb(w string) string {
	w = strings.TrimSuffix(w, "s")
	for _, end := range romanceEndings {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) >= shortest {
			return stem
		}
	}
	return ""
}

// unleet replaces digits among the letters of a word by letters that look like them.
func unleet(w string) string {
	letters, digits := 0, 0
	for i := range len(w) {
		if w[i] >= '0' && w[i] <= '9' {
			digits++
		} else {
			letters++
		}
	}
	if digits == 0 || letters < digits || letters < 2 {
		return w
	}
	return strings.Map(letter, w)
}

// oneForm maps irregular forms of words, and some synonyms, to one form.
var oneForm = func() map[string]string {
	m := map[string]string{}
	for form, others := range map[string]string{
		"be":    "is are was were been being am be",
		"lose":  "lost losing loses loosing loosed", // the last two are common misspellings
		"steal": "stole stolen", "break": "broke broken", "freeze": "froze frozen", "get": "got gets getting gotten", "burn": "burnt", "fall": "fell fallen",
		"login": "signin logon logins logon signon logging-in", "unauthorized": "unauthorised",
		"werden":    "wurde wurden wird worden geworden werde",
		"konnen":    "kann kannst konnte konnten koennen koennte koennten konnen konntest kunnen kan kun kon konden",
		"sich":      "mich uns dich euch sich",
		"poder":     "puedo puedes puede podemos pueden pude pudo pudimos pudieron podia podiamos podian poder podido podemos posso pode podem possiamo possono puo potuto poter potere",
		"pouvoir":   "peux peut pouvons pouvez peuvent pu pouvoir pouvais pouvait pouvions",
		"conseguir": "consigo consigue conseguimos consiguen consegui consegue conseguem conseguia conseguiu conseguiram conseguir consegui",
		"riesco":    "riesco riesce riusciamo riescono riuscito riusciti riusciva riuscivo riuscire riesci",
		"arrive":    "arrive arrivons arrivez arrivent arrivais arrivait arriver",
		"me":        "me se nos nous vous te mi si ci vi",
		"cadere":    "cayo cayeron cae caen caiu cairam cai caem caduto caduti caduta cadute cade",
		"lag":       "ligt liggen lag lagen liegt liegen",
	} {
		for _, o := range strings.Fields(others) {
			if len(o) > 4 {
				o = umlauts.Replace(o)
			}
			m[o] = form
		}
	}
	return m
}()
