package safereply

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Other is a solved ticket of another customer.
type Other struct {
	Texts []string // its subject, text and resolution
	Names []string // its customer's name and mail address
}

// Foreign reports whether a suggested reply holds something that stands only in a ticket of another
// customer: a name, a number or code of three or more characters, or a whole sentence. What stands
// in one of the own texts too may be said. A text in base64 and letters written apart are read as
// well. Foreign rather refuses a harmless reply than lets another customer's words pass.
func Foreign(response string, own []string, others []Other) bool {
	if response == "" || len(others) == 0 {
		return false
	}
	ours := traces{}
	for _, text := range own {
		ours.add(text)
		ours.addNames(text)
	}
	theirs := traces{}
	for _, o := range others {
		for _, text := range o.Texts {
			theirs.add(text)
		}
		for _, name := range o.Names {
			name, _, _ = strings.Cut(name, "@") // Allowed knows domains
			for _, part := range nameParts.FindAllString(plain(name), -1) {
				theirs[part] = theirs[part] || !slices.Contains(mailboxes, part)
			}
			if start := firstHan.FindString(plain(name)); start != "" && strings.Contains(plain(response), start) && !slices.ContainsFunc(own, func(text string) bool { return strings.Contains(plain(text), start) }) {
				return true
			}
		}
	}
	for _, text := range decoded(response) {
		said := traces{}
		said.add(text)
		said.addNames(text)
		for trace := range said {
			if theirs[trace] && !ours[trace] && !ours.inNumber(trace) {
				return true
			}
		}
	}
	return false
}

// ToAgent reports whether a suggested reply speaks to the agent instead of the customer.
func ToAgent(response string) bool { return toAgent.MatchString(plain(response)) }

// toAgent finds the words in which a model speaks to the agent.
var toAgent = regexp.MustCompile(`@agents?\b|\b(?:(?:internal|private) (?:note|comment)|(?:note|message|hint|instructions?) (?:to|for) (?:the |our )?(?:support )?(?:agents?|team|staff|colleagues?)|` +
	`dear (?:agent|colleague)|(?:the|as an) agent (?:should|must|can now|may now)|suggested (?:reply|response)\s*:|` +
	`interne (?:notiz|anmerkung)|(?:notiz|hinweis|nachricht) (?:an|für) (?:den |die |unsere )?(?:agenten|mitarbeiter|kollegen|support)|` +
	`note (?:interne|à l.agent|pour l.agent)|nota (?:interna|para (?:el|o) agente|per l.operatore)|interne notitie)`)

// traces are what identifies a person or a matter in texts: words with a digit in them, numbers
// without their separators, and whole sentences. Each has its plain form.
type traces map[string]bool

func (t traces) add(text string) {
	for _, read := range readings(text) {
		for _, w := range coded.FindAllString(read, -1) {
			if utf8.RuneCountInString(w) >= leastTrace && strings.ContainsFunc(w, unicode.IsDigit) {
				t[w] = true
			}
		}
		for _, n := range digits.FindAllString(read, -1) {
			t[onlyDigits(n)] = true
		}
		for _, s := range sentenceEnds.Split(read, -1) {
			if words := strings.FieldsFunc(s, notWord); len(words) >= leastSentence {
				t[strings.Join(words, " ")] = true
			}
		}
	}
}

// addNames adds each word, which may be a name.
func (t traces) addNames(text string) {
	for _, read := range readings(text) {
		for _, part := range nameParts.FindAllString(read, -1) {
			t[part] = true
		}
	}
}

// inNumber reports whether a number is a part of one of the traces, as 2026 is of 2026-03-02.
func (t traces) inNumber(trace string) bool {
	if strings.ContainsFunc(trace, func(r rune) bool { return r < '0' || r > '9' }) {
		return false
	}
	for own := range t {
		if strings.Contains(own, trace) && onlyDigits(own) == own {
			return true
		}
	}
	return false
}

// mailboxes are parts of a mail address that name nobody.
var mailboxes = strings.Fields("account accounts admin billing contact desk hello help info mail office post sales service support team web")

// A code of two characters, and a sentence of four words, stand in too many texts to tell anything.
const (
	leastTrace    = 3
	leastSentence = 5
)

var (
	coded        = regexp.MustCompile(`[\p{L}\p{N}]+`)
	digits       = regexp.MustCompile(`\d(?:[(),./ \t+_-]{0,3}\d){2,}`)
	sentenceEnds = regexp.MustCompile(`[.!?。！？;:]+(?:\s|$)|\n+`)
	firstHan     = regexp.MustCompile(`^\p{Han}{2}`) // of a name, which no space divides from the words around it
	nameParts    = regexp.MustCompile(`\p{L}{3,}`)
	inBase64     = regexp.MustCompile(`[A-Za-z0-9+/_-]{4,}={0,2}`)
	apart        = regexp.MustCompile(`(?:^|[^\p{L}\p{N}])((?:[\p{L}\p{N}][ \t.,_*|-]{1,3}){2,}[\p{L}\p{N}])(?:[^\p{L}\p{N}]|$)`)
)

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// decoded returns a text, the text backwards, the texts that stand in it in base64, and the words
// that stand in it with their letters apart.
func decoded(s string) []string {
	all := []string{s}
	for _, m := range inBase64.FindAllString(s, -1) {
		m = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(m, "="))
		if text, err := base64.RawStdEncoding.DecodeString(m); err == nil && printable(text) {
			all = append(all, string(text))
		}
	}
	for _, m := range apart.FindAllStringSubmatch(s, -1) {
		all = append(all, strings.Join(coded.FindAllString(m[1], -1), ""))
	}
	backwards := []rune(s)
	slices.Reverse(backwards)
	all = append(all, string(backwards))
	if joined := strings.Join(coded.FindAllString(s, -1), " "); !slices.Contains(all, joined) {
		all = append(all, joined) // signs between the words of a sentence hide nothing
	}
	return all
}

func printable(b []byte) bool {
	return utf8.Valid(b) && !strings.ContainsFunc(string(b), unicode.IsControl)
}
