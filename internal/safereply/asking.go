package safereply

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AsksSecret reports whether a suggested reply asks the customer for a password, a PIN, the number
// of a card, a one-time code or a recovery phrase. It looks at one sentence at a time: a word that
// asks ("send us", "we need"), words that may stand between, and a word for a secret. A reply that
// warns ("never send us"), tells the customer to enter the secret at its place ("on the page"), or
// asks about the use of it ("did you enter") asks for none.
func AsksSecret(response string) bool {
	for _, text := range readings(response) {
		named, n := false, 0 // whether the sentence before names a secret, and the words for secrets so far
		for _, s := range Sentences(text) {
			secrets, words := secretsIn(s)
			if n += words; n > mostSecrets || asks(s, secrets) || named && asksForIt(s) {
				return true
			}
			named = len(secrets) > 0
		}
	}
	return false
}

// A word that asks stands at most askSpan bytes from the word for a secret. A reply with more than
// mostSecrets words for secrets is refused unread: reading it would take long.
const (
	askSpan     = 300
	mostSecrets = 60
)

// asks reports whether a sentence asks for one of its secrets.
func asks(s string, secrets [][]int) bool {
	for _, m := range secrets {
		from, to := max(0, m[0]-askSpan), min(len(s), m[1]+askSpan)
		if asksAround(s[from:to], []int{m[0] - from, m[1] - from}) {
			return true
		}
	}
	return false
}

// asksAround reports whether a sentence asks for the secret at m.
func asksAround(s string, m []int) bool {
	before, after := s[:m[0]], s[m[1]:]
	if gives := lastIn(gives, before); gives != nil && near(before[gives[1]:]) && asked(s, gives, m) &&
		!(ownAct(before[:gives[0]]) || atPlace(before[:gives[0]], after)) {
		return true
	}
	if gives := lastIn(givesUs, before); gives != nil && near(before[gives[1]:]) && asked(s, gives, m) {
		return true
	}
	if puts := lastIn(puts, before); puts != nil && near(before[puts[1]:]) && toUs.MatchString(after) && asked(s, puts, m) {
		return true
	}
	if wants := lastIn(wants, before); wants != nil && near(before[wants[1]:]) && asked(s, wants, m) {
		return true
	}
	if isMissing.MatchString(after) && asked(s, m, m) || please.MatchString(after) && bare.MatchString(before) {
		return true
	}
	if which.MatchString(before) && youUse.MatchString(after) && asked(s, m, m) {
		return true
	}
	for _, later := range givesIt.FindAllStringIndex(after, -1) {
		if link(after[:later[0]]) && asked(s, []int{m[1] + later[0], m[1] + later[1]}, m) {
			return true
		}
	}
	for _, later := range giveLast.FindAllStringIndex(after, -1) {
		us := forUs.MatchString(lastClause(before)) || forUs.MatchString(after[:later[1]])
		if us && near(after[:later[0]]) && !denial.MatchString(after[later[1]:]) && !denial.MatchString(s[:m[1]+later[1]]) && !ownTurn.MatchString(lastClause(before)+after[:later[0]]) {
			return true
		}
	}
	return asksCJK(s, m)
}

// asksForIt reports whether a sentence asks for what the sentence before it named.
func asksForIt(s string) bool {
	s = s[:min(len(s), askSpan)]
	m := givesIt.FindStringIndex(s)
	return m != nil && link(s[:m[0]]) && asked(s, m, m)
}

// asked reports whether a sentence means its word that asks: nothing denies it, and no third person
// is said to ask.
func asked(s string, verb, secret []int) bool {
	begin, end := min(verb[0], secret[0]), max(verb[1], secret[1])
	if denial.MatchString(s[begin:end]) && !forgets.MatchString(s[begin:end]) {
		return false
	}
	for _, m := range denial.FindAllStringIndex(s[:begin], -1) {
		between := s[m[1]:begin]
		comma := strings.HasSuffix(strings.TrimSpace(between), ",") && !underNone.MatchString(between)
		if !comma && !breaks.MatchString(" "+between+" ") {
			return false
		}
	}
	if m := deniedAfter.FindStringIndex(s[end:]); m != nil && !breaks.MatchString(s[end:end+m[1]]) {
		return false
	}
	return !othersAsk.MatchString(s[:begin])
}

// ownAct reports whether the words before a verb make somebody else than the customer do it: the
// desk, a machine, or a third person.
func ownAct(before string) bool {
	m := modal.FindStringSubmatch(before)
	return othersAct.MatchString(before) || m != nil && m[1] != "you"
}

// atPlace reports whether a sentence names the place at which a secret belongs.
func atPlace(before, after string) bool {
	return place.MatchString(after) || placeFirst.MatchString(before)
}

// near reports whether the words between a verb and a secret make the secret the object of the
// verb: few, and none that has an object of its own.
func near(between string) bool {
	if strings.ContainsAny(between, ".;!?\n") {
		return false
	}
	words := strings.FieldsFunc(between, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' })
	if len(words) > 9 {
		return false
	}
	joined := false
	for _, w := range words {
		if stops[w] || joined && acts[w] {
			return false
		}
		joined = joins[w]
	}
	return true
}

// link reports whether the words between a secret and "send it" say nothing else.
func link(between string) bool {
	for _, w := range word.FindAllString(between, -1) {
		if !links[w] {
			return false
		}
	}
	return utf8.RuneCountInString(between) < 100
}

// secretsIn returns where the words for secrets stand in a sentence, and the number of such words.
// A part of a longer word is none, nor is a word with another behind it, as in "password page".
func secretsIn(s string) (list [][]int, words int) {
	if !slices.ContainsFunc(secretStems, func(stem string) bool { return strings.Contains(s, stem) }) {
		return nil, 0
	}
	all := secretWord.FindAllStringIndex(s, mostSecrets+1)
	for _, m := range all {
		first, _ := utf8.DecodeRuneInString(s[m[0]:])
		last, _ := utf8.DecodeLastRuneInString(s[:m[1]])
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		spaced := first < 0x0e00
		tail := strings.HasPrefix(s[m[0]:], "passw") || strings.HasPrefix(s[m[0]:], "kennw") // of "anmeldepasswort"
		if spaced && !tail && (unicode.IsLetter(before) || before == '-') || last < 0x0e00 && unicode.IsLetter(after) || compound.MatchString(s[m[1]:]) || ofPart.MatchString(s[max(0, m[0]-askSpan):m[0]]) {
			continue
		}
		list = append(list, m)
	}
	return list, len(all)
}

// asksCJK judges Chinese, Japanese and Korean, which have no spaces or have the verb at the end.
func asksCJK(s string, m []int) bool {
	before, after := s[:m[0]], s[m[1]:]
	if deniedCJK.MatchString(s) {
		return false
	}
	return givesCJK.MatchString(before) || givesItCJK.MatchString(after) || wantsCJK.MatchString(before)
}

// lastIn returns the last match in a text.
func lastIn(form *regexp.Regexp, s string) []int {
	all := form.FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// lastClause returns the text behind the last comma or "and".
func lastClause(s string) string {
	if all := clauseStart.FindAllStringIndex(s, -1); len(all) > 0 {
		return s[all[len(all)-1][1]:]
	}
	return s
}
