package similar

import (
	"crypto/sha256"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
	"github.com/helpdesk-go/helpdesk/internal/mailbox"
	"github.com/helpdesk-go/helpdesk/internal/safereply"
)

// Sentence is a sentence that an agent sent to the customer of a solved ticket. Its two texts hold
// placeholders for what may be a person's: [NAME] for a word of the names and mail addresses of
// the customer and the agent, [NUMBER] for a word with a digit, [ADDRESS] for a link or a mail
// address.
type Sentence struct {
	Ticket helpdesk.TicketID
	Exact  string // with [NAME] alone
	Blank  string // with all placeholders

	// The keys are equal for texts that are near enough the same. Between two Exact texts only
	// white space may differ; between two Blank texts also case, and marks around words. A sentence
	// whose two texts are the same has one key for both.
	ExactKey, BlankKey SentenceKey

	NewLine bool // it begins a line of the reply
}

// SentenceKey is a hash of the text of a [Sentence].
type SentenceKey uint64

// Recurs sets the keys to 0 that recurring rejects, and reports whether one is left.
func (s *Sentence) Recurs(recurring func(SentenceKey) bool) bool {
	if !recurring(s.ExactKey) {
		s.ExactKey = 0
	}
	if !recurring(s.BlankKey) {
		s.BlankKey = 0
	}
	return s.ExactKey != 0 || s.BlankKey != 0
}

// Text returns Exact, or Blank when ExactKey is 0.
func (s *Sentence) Text() string {
	if s.ExactKey == 0 {
		return s.Blank
	}
	return s.Exact
}

// SentenceKeys returns the keys of sentences, each once.
func SentenceKeys(sentences []Sentence) []SentenceKey {
	var keys []SentenceKey
	for _, s := range sentences {
		keys = append(keys, s.ExactKey, s.BlankKey)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// CustomerKey is a hash of the mail address that identifies a customer; 0 is nobody.
type CustomerKey uint64

// CustomerKeyOf returns the key of a ticket's customer, or 0 when the ticket has no mail address:
// two such tickets may be of one person. Addresses that differ in case or in what stands after a
// plus are of one person.
func CustomerKeyOf(t *helpdesk.Ticket) CustomerKey {
	if t.Customer.Email == "" {
		return 0
	}
	return CustomerKey(max(1, hash("customer", mailbox.Of(t.Customer.Email))))
}

// The limits of what is kept of one ticket.
const (
	maxSentences    = 60
	maxSentence     = 600 // bytes
	leastWords      = 3
	leastCharacters = 6 // in a script without spaces
	maxGreeting     = 6 // words of a line that is only a greeting, thanks or a closing
)

// SentencesOf returns the sentences of the agents' public replies among the messages of a solved
// ticket, in their order. It leaves out greetings, thanks, the closing with all that follows it,
// and sentences of less than three words. A ticket that is not solved, or has no [CustomerKeyOf],
// has none.
func SentencesOf(t *helpdesk.Ticket, messages []helpdesk.Message) []Sentence {
	if !t.IsSolved() || CustomerKeyOf(t) == 0 {
		return nil
	}
	var list []Sentence
	seen := map[SentenceKey]bool{}
	for i := range messages {
		m := &messages[i]
		if m.Kind != helpdesk.FromAgent || m.Ticket != t.ID {
			continue
		}
		names := namesIn(t.Customer.Name, t.Customer.Email, m.By.Name, m.By.ID)
		for line := range strings.Lines(excerpt.Lines(m.Body)) {
			if closing.MatchString(line) && short(line) {
				break
			}
			line = bullet.ReplaceAllString(line, "")
			first := true
			for _, text := range safereply.Sentences(line) {
				if len(list) == maxSentences {
					return list
				}
				s, ok := sentenceOf(text, names)
				if !ok || seen[s.BlankKey] {
					continue
				}
				seen[s.BlankKey] = true
				s.Ticket, s.NewLine, first = t.ID, first, false
				list = append(list, s)
			}
		}
	}
	return list
}

// sentenceOf reads one sentence. It reports false for one that is no help by itself.
func sentenceOf(text string, names map[string]bool) (s Sentence, ok bool) {
	if greeting.MatchString(text) {
		if text = greeting.ReplaceAllString(text, ""); text != "" {
			first, size := utf8.DecodeRuneInString(text)
			text = string(unicode.ToUpper(first)) + text[size:]
		}
	}
	if text == "" || len(text) > maxSentence || (thanks.MatchString(text) && short(text)) {
		return s, false
	}
	var exact, blank, folded []string
	words, characters := 0, 0
	for _, token := range strings.Fields(text) {
		before, middle, after := core(token)
		named := withoutNames(middle, names)
		kept := before + named + after
		hidden := kept
		switch {
		case addressLike.MatchString(middle):
			hidden = before + holderAddress + after
		case strings.ContainsFunc(middle, unicode.IsNumber):
			hidden = before + holderNumber + after
		case named != middle:
		case strings.ContainsFunc(middle, unicode.IsLetter):
			words++
			characters += denseCharacters(middle)
		}
		exact, blank = appendToken(exact, kept), appendToken(blank, hidden)
		if _, f, _ := core(hidden); f != "" {
			folded = appendToken(folded, strings.ToLower(f))
		}
	}
	if words < leastWords && characters < leastCharacters {
		return s, false
	}
	s.Exact, s.Blank = strings.Join(exact, " "), strings.Join(blank, " ")
	s.BlankKey = SentenceKey(hash("blank", strings.Join(folded, " ")))
	if s.ExactKey = s.BlankKey; s.Exact != s.Blank {
		s.ExactKey = SentenceKey(hash("exact", s.Exact))
	}
	return s, true
}

// The placeholders.
const (
	holderName    = "[NAME]"
	holderNumber  = "[NUMBER]"
	holderAddress = "[ADDRESS]"
)

// appendToken appends a token to a list. A placeholder after the same one adds nothing.
func appendToken(list []string, token string) []string {
	n := len(list)
	if _, holder, after := core(token); n > 0 && holders[strings.ToUpper(holder)] && strings.HasSuffix(list[n-1], holder) {
		list[n-1] += after
		return list
	}
	return append(list, token)
}

var holders = map[string]bool{holderName: true, holderNumber: true, holderAddress: true}

// bullet finds the mark or number of an item of a list.
var bullet = regexp.MustCompile(`^\s*(?:[-*•·]|\d{1,2}[.)])\s+`)

// addressLike finds links, mail addresses, domains and paths.
var addressLike = regexp.MustCompile(`@|://|\p{L}[.]\p{L}{2,}|[/\\].*[/\\]`)

// sentenceMarks stand before and behind words without belonging to them.
const sentenceMarks = `.,;:!?…"'“”„‘’‚«»()–—。，、；：！？「」『』（）`

// core splits the marks around a token off. A run of more than three marks may be a password: it
// stays.
func core(token string) (before, middle, after string) {
	middle = strings.TrimLeft(token, sentenceMarks)
	before = token[:len(token)-len(middle)]
	rest := strings.TrimRight(middle, sentenceMarks)
	middle, after = rest, middle[len(rest):]
	if utf8.RuneCountInString(before) > 3 || utf8.RuneCountInString(after) > 3 {
		return "", token, ""
	}
	return before, middle, after
}

// namesIn returns the words of names and of the local parts of mail addresses, in lower case.
func namesIn(names ...string) map[string]bool {
	found := map[string]bool{}
	for _, name := range names {
		name, _, _ = strings.Cut(name, "@")
		for _, w := range nameWord.FindAllString(name, -1) {
			if utf8.RuneCountInString(w) > 1 {
				found[strings.ToLower(w)] = true
			}
		}
	}
	return found
}

var nameWord = regexp.MustCompile(`[\p{L}\p{M}]+`)

// withoutNames replaces the words of a token that are names.
func withoutNames(token string, names map[string]bool) string {
	return nameWord.ReplaceAllStringFunc(token, func(w string) string {
		if names[strings.ToLower(w)] {
			return holderName
		}
		return w
	})
}

// denseCharacters counts the characters of scripts without spaces.
func denseCharacters(s string) (n int) {
	for _, r := range s {
		if unspaced(r) {
			n++
		}
	}
	return n
}

func short(line string) bool { return len(strings.Fields(line)) <= maxGreeting }

// The words of a greeting, of thanks and of a closing, in nine languages.
var (
	greeting = regexp.MustCompile(`(?i)^(?:hello|hi|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hallo|guten (?:tag|morgen|abend)|moin|servus|` +
		`sehr geehrter?|liebe[rs]?|bonjour|bonsoir|ch(?:er|ère)s?|salut|hola|buen(?:os|as) (?:días|tardes|noches)|estimad[oa]s?|querid[oa]s?|` +
		`ciao|buongiorno|buonasera|gentile|car[oa]|olá|oi|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa]s?|` +
		`goede(?:morgen|middag|navond)|beste|geachte|cześć|dzień dobry|witam|szanown[yai]|hej|god (?:morgon|dag|morgen))(?:\s[^.,!:;。，！：]{0,80})?(?:[.,!:;。，！：]+\s*|$)`)
	thanks = regexp.MustCompile(`(?i)^(?:thanks|thank you|many thanks|cheers|you're welcome|welcome|have a (?:nice|good|great)|vielen dank|danke|herzlichen dank|gern|` +
		`einen? schönen?|merci|je vous remercie|bonne journée|gracias|muchas gracias|que tenga|grazie|buona giornata|obrigad[oa]|bedankt|dank (?:je|u)|hartelijk dank|` +
		`dziękuj|dzięki|tack)(?:[^\p{L}]|$)`)
	closing = regexp.MustCompile(`(?i)^\s*(?:--|(?:kind|best|warm|kindest|with kind|with best) (?:regards|wishes)|regards|best,|sincerely|yours (?:truly|sincerely|faithfully)|` +
		`mit (?:freundlichen|besten|lieben|herzlichen) grü(?:ß|ss)en|(?:viele|liebe|beste|freundliche|herzliche|schöne) grü(?:ß|ss)e|mfg|cordialement|bien (?:cordialement|à vous)|` +
		`(?:meilleures )?salutations|(?:un )?(?:cordial )?saludos?|atentamente|(?:cordiali|distinti) saluti|atenciosamente|cumprimentos|` +
		`met vriendelijke groet|(?:vriendelijke )?groet(?:en|jes)?|z poważaniem|pozdrawiam|(?:med )?vänlig(?:a)? hälsning(?:ar)?)(?:[^\p{L}]|$)`)
)

// hash is the first 63 bits of a SHA-256 over a purpose and a text: a database has signed integers.
func hash(purpose, text string) uint64 {
	sum := sha256.Sum256([]byte(purpose + "\x00" + text))
	return binary.BigEndian.Uint64(sum[:8]) >> 1
}
