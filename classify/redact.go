package classify

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
)

// RedactConfig changes what a Redactor hides. nil means the zero value.
type RedactConfig struct {
	// Find finds the secrets of a text, in any order. It replaces Secrets, and may call it. Many
	// goroutines call it at once. nil means Secrets.
	Find func(text string) []Secret
}

// Redact returns a Classifier that passes to inner a copy of the request with placeholders such as
// [EMAIL_1] for secrets. It restores the values in the answer's Response, but only values of the
// ticket itself. It refuses a Response with a placeholder of a similar ticket or an unknown one:
// the answer then has none. It drops a tag with a placeholder. The values are forgotten with the
// answer, and the customers of the request are not passed on.
func Redact(inner helpdesk.Classifier, cfg *RedactConfig) helpdesk.Classifier {
	return &redacting{inner, NewRedactor(cfg)}
}

type redacting struct {
	inner    helpdesk.Classifier
	redactor *Redactor
}

// Unwrap returns the classifier that gets the redacted request.
func (c *redacting) Unwrap() helpdesk.Classifier { return c.inner }

// Classify implements helpdesk.Classifier.
func (c *redacting) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	ctx = withPayer(ctx, r)
	r, red := c.redactor.Request(r)
	inner, err := c.inner.Classify(ctx, r)
	if err != nil || inner == nil {
		return inner, err
	}
	answer := *inner
	answer.Response, _ = red.Restore(inner.Response)
	answer.Tags = slices.DeleteFunc(slices.Clone(inner.Tags), red.Holds)
	return &answer, nil
}

// Redactor replaces secrets by placeholders. It is safe for concurrent use.
type Redactor struct {
	find   func(string) []Secret
	holder *regexp.Regexp // matches a placeholder and what looks like one
}

// NewRedactor returns a Redactor; cfg may be nil.
func NewRedactor(cfg *RedactConfig) *Redactor {
	if cfg == nil || cfg.Find == nil {
		return &Redactor{Secrets, builtinHolder}
	}
	return &Redactor{cfg.Find, anyHolder}
}

// A placeholder is found in any spelling that a model may give it. With kinds of the host, any name
// may be a kind.
var (
	builtinHolder = holder(strings.Join([]string{KindEmail, KindPhone, KindIBAN, KindCard, KindIP, KindKey, KindPassword, KindID, KindBirth, KindBank, KindAddress, KindName, KindNumber, kindText}, "|"))
	anyHolder     = holder(`[A-Z]{1,30}`)
)

func holder(kinds string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\\?\[[\s*_]{0,3}(` + kinds + `)[\s\\]{0,2}[_-][\s\\]{0,2}(\d{1,9})[\s*_]{0,3}\\?\]`)
}

// kindText is the kind of a placeholder that the text itself contained. It is replaced like a
// secret, so it cannot be taken for one of ours.
const kindText = "TEXT"

// Redacted is a text, or a request, with placeholders, and the values behind them.
type Redacted struct {
	Text string // set by Redactor.Text

	redactor *Redactor
	holders  map[string]string // by ticket, kind and compared value
	values   map[string]string // of the ticket itself, by placeholder
	count    map[string]int    // placeholders given, by kind
}

// Text redacts one text. All of its values can be restored.
func (r *Redactor) Text(text string) *Redacted {
	red := r.begin()
	found := r.secrets(text, nil)
	red.Text = red.redact(text, found, repeats(nil, text, found), own)
	return red
}

// Request returns a copy of a request with placeholders in the texts of the ticket and of the
// similar tickets, and without their customers. It looks for the names of a ticket's own customer
// too, and in similar tickets for each number and word with a digit, of three or more characters,
// that the ticket itself has not: a reply may not hold it. A value has the same placeholder
// throughout a ticket, and another one in each other ticket; only values of the ticket itself can
// be restored. Long texts are shortened to their first 4,500 and last 1,500 characters.
func (r *Redactor) Request(q *helpdesk.ClassifyRequest) (*helpdesk.ClassifyRequest, *Redacted) {
	c := *q
	c.Similar = slices.Clone(q.Similar)
	tickets := []redactedTicket{{&c.Customer, []*string{&c.Subject, &c.Text}}}
	for i := range c.Similar {
		s := &c.Similar[i]
		tickets = append(tickets, redactedTicket{&s.Customer, []*string{&s.Subject, &s.Text, &s.Resolution}})
	}
	found := make([][][]Secret, len(tickets))
	var words []word
	ours := map[string]bool{}
	for _, text := range tickets[own].texts {
		for _, m := range numbersIn(excerpt.Of(*text)) {
			ours[m.value] = true
		}
	}
	for i, t := range tickets {
		names := namesOf(t.customer)
		*t.customer = helpdesk.Contact{}
		for _, text := range t.texts {
			*text = excerpt.Of(*text)
			secrets := r.secrets(*text, names)
			if i != own {
				secrets = tidy(append(secrets, numbersOfOthers(*text, ours)...), *text)
			}
			found[i] = append(found[i], secrets)
			words = repeats(words, *text, secrets)
		}
	}
	red := r.begin()
	for i, t := range tickets {
		for j, text := range t.texts {
			*text = red.redact(*text, found[i][j], words, i)
		}
	}
	return &c, red
}

// redactedTicket is a ticket of a request: its own or a similar one.
type redactedTicket struct {
	customer *helpdesk.Contact
	texts    []*string
}

func (r *Redactor) begin() *Redacted {
	return &Redacted{redactor: r, holders: map[string]string{}, values: map[string]string{}, count: map[string]int{}}
}

// secrets returns the secrets of a text, the names in it and everything that looks like a
// placeholder.
func (r *Redactor) secrets(text string, names *names) []Secret {
	found := slices.Clone(r.find(text))
	v := viewOf(text)
	for _, m := range r.holder.FindAllStringIndex(v.text, -1) {
		found = append(found, Secret{v.starts[m[0]], v.ends[m[1]-1], kindText})
	}
	for _, m := range names.find(v.text) {
		found = append(found, Secret{v.starts[m[0]], v.ends[m[1]-1], KindName})
	}
	return tidy(found, text)
}

// word is a value to hide wherever it stands, also where nothing beside it says what it is.
type word struct{ value, kind string }

// secret reports whether the word is hidden within longer words too.
func (w word) secret() bool { return w.kind == KindPassword || w.kind == KindKey }

// maxWords limits the different words of one text to look for.
const maxWords = 20

// repeats appends to a list the words of a text that it does not have yet.
func repeats(list []word, text string, found []Secret) []word {
	most := len(list) + maxWords
	for _, s := range found {
		w := word{text[s.Start:s.End], s.Kind}
		if len(list) < most && w.kind != kindText && w.kind != KindName && len(w.value) >= 6 && strong(w.value) && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

// joins reports whether a position is within a word or number.
func joins(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return at > 0 && at < len(text) && ofWord(before) && ofWord(after)
}

// own is the number of the ticket itself among those of a request.
const own = 0

// redact returns a text of a ticket with placeholders for the found secrets and for the words.
func (red *Redacted) redact(text string, found []Secret, words []word, ticket int) string {
	for _, w := range words {
		for at := 0; ; {
			i := strings.Index(text[at:], w.value)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(w.value)
			if w.secret() || !joins(text, start) && !joins(text, end) {
				found = append(found, Secret{start, end, w.kind})
			}
			at = end
		}
	}
	var b strings.Builder
	at := 0
	for _, s := range tidy(found, text) {
		b.WriteString(text[at:s.Start])
		b.WriteString(red.holderOf(s.Kind, text[s.Start:s.End], ticket))
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// holderOf returns the placeholder of a value in a ticket. No two tickets share one, so that one
// customer's value is never restored for another.
func (red *Redacted) holderOf(kind, value string, ticket int) string {
	kind = kindName(kind)
	key := fmt.Sprintf("%d %s %s", ticket, kind, compared(kind, value))
	holder, ok := red.holders[key]
	if !ok {
		red.count[kind]++
		holder = fmt.Sprintf("[%s_%d]", kind, red.count[kind])
		red.holders[key] = holder
		if ticket == own {
			red.values[holder] = value
		}
	}
	return holder
}

// kindName returns a kind in the form of placeholders: letters A to Z.
func kindName(kind string) string {
	kind = strings.Map(func(r rune) rune {
		if r = unicode.ToUpper(r); r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, kind)
	if kind == "" {
		return "SECRET"
	}
	return kind[:min(len(kind), 30)]
}

// compared returns the form in which values are compared: the case of a mail address and the
// grouping of a number make no difference.
func compared(kind, value string) string {
	switch kind {
	case KindName:
		return foldedName(value)
	case KindEmail:
		return strings.ToLower(viewOf(value).text)
	case KindPhone, KindCard, KindIBAN, KindID, KindBank:
		return strings.Map(func(r rune) rune {
			if r == '+' || r < 0x80 && alnum(byte(r)) {
				return unicode.ToUpper(r)
			}
			return -1
		}, viewOf(value).text)
	}
	return value
}

// Restore returns s with the ticket's own values in place of their placeholders, each in its first
// spelling. It returns "" and false when s holds a placeholder of no value of the ticket itself.
func (red *Redacted) Restore(s string) (string, bool) {
	ok := true
	pattern := red.redactor.holder
	restored := pattern.ReplaceAllStringFunc(s, func(found string) string {
		m := pattern.FindStringSubmatch(found)
		value, known := red.values["["+strings.ToUpper(m[1])+"_"+m[2]+"]"]
		ok = ok && known
		return value
	})
	if !ok || red.bare(pattern.ReplaceAllString(s, " ")) {
		return "", false
	}
	return restored, true
}

// Holds reports whether s holds a placeholder, known or not.
func (red *Redacted) Holds(s string) bool { return red.redactor.holder.MatchString(s) || red.bare(s) }

// bareHolder is a placeholder that lost its brackets.
var bareHolder = regexp.MustCompile(`(?i)\b([A-Z]{1,30})_(\d{1,9})\b`)

func (red *Redacted) bare(s string) bool {
	for _, m := range bareHolder.FindAllStringSubmatch(s, -1) {
		n, err := strconv.Atoi(m[2])
		if err == nil && n >= 1 && n <= red.count[strings.ToUpper(m[1])] {
			return true
		}
	}
	return false
}
