// Package searchtext reads what people type to search for tickets: words, phrases in quotes, words
// to leave out, and operators such as status:open.
package searchtext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// Operator is a line of the table of operators.
type Operator struct {
	Name   string
	Staff  bool     // it tells what customers do not see
	Values []string // to complete; empty when they are open
	Doc    string   // for the OpenAPI document and the pages
}

// Operators are all operators, in the order in which they are offered.
var Operators = []Operator{
	{Name: "status", Values: []string{"open", "new", "assigned", "in_progress", "waiting_customer", "escalated", "resolved", "closed"},
		Doc: "a status, or open for all open ones; several are separated by commas"},
	{Name: "agent", Staff: true, Values: []string{"me", "none"}, Doc: "id, mail address or name of the agent who holds it; me; none"},
	{Name: "tag", Staff: true, Doc: "a tag"},
	{Name: "customer", Doc: "mail address of the customer, or words of name and address"},
	{Name: "org", Doc: "words of the organisation's name, or of the domain of the customer's address"},
	{Name: "before", Doc: "created before a date, such as 2026-03-02, or a time"},
	{Name: "after", Doc: "created on a date or later, or since a time"},
	{Name: "has", Values: []string{"attachment"}, Doc: "attachment"},
}

// Completions are the beginnings of operators with each of their values, or with none.
func Completions(staff bool) (list []string) {
	for _, o := range Operators {
		if o.Staff && !staff {
			continue
		}
		for _, value := range o.Values {
			list = append(list, o.Name+":"+value)
		}
		if len(o.Values) == 0 {
			list = append(list, o.Name+":")
		}
	}
	return list
}

// Given is an operator that somebody typed.
type Given struct {
	Name  string
	Value string // not empty
	Not   bool   // with a minus before it
}

// Query is what somebody typed. A text whose operators have no value, or that has none that are
// known, is words.
type Query struct {
	Terms     []searchwords.Term // a phrase has its words here too, unless it is to be left out
	Phrases   []searchwords.Phrase
	Operators []Given
}

// Words returns the words that tickets are to have, each once.
func (q Query) Words() (words []string) {
	for _, t := range q.Terms {
		if !t.Not && !slices.Contains(words, t.Word) {
			words = append(words, t.Word)
		}
	}
	return words
}

// Parse reads a text. Every text can be read.
func Parse(text string) Query {
	var q Query
	open := text != "" && !endsInSpace(text)
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var p part
		p, rest = cut(rest)
		q.add(p, open && rest == "")
	}
	return q
}

// part is what stands between blanks, or in quotes.
type part struct {
	not    bool
	name   string // of an operator
	text   string
	quoted bool
}

// cut returns the first part of a text that begins with no blank.
func cut(s string) (p part, rest string) {
	if after, ok := strings.CutPrefix(s, "-"); ok && after != "" && !endsInSpace(first(after)) {
		p.not, s = true, after
	}
	if name, after, ok := strings.Cut(s, ":"); ok && after != "" && !endsInSpace(first(after)) {
		name = strings.ToLower(name)
		if slices.ContainsFunc(Operators, func(o Operator) bool { return o.Name == name }) {
			p.name, s = name, after
		}
	}
	if q := first(s); isQuote(q) {
		p.quoted = true
		s = s[len(q):]
		end := strings.IndexFunc(s, func(r rune) bool { return isQuote(string(r)) })
		if end < 0 {
			p.text = s
			return p, ""
		}
		p.text = s[:end]
		return p, s[end+len(first(s[end:])):]
	}
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isQuote(string(r)) })
	if end < 0 {
		end = len(s)
	}
	p.text = s[:end]
	return p, s[end:]
}

// first is the first character of a text.
func first(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// isQuote reports whether a character opens or closes a phrase.
func isQuote(s string) bool { return s != "" && strings.Contains("\"“”„‟«»", s) }

func endsInSpace(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r)
}

// add adds a part. begun says that its last word may be the beginning of one.
func (q *Query) add(p part, begun bool) {
	if p.name != "" && strings.TrimSpace(p.text) != "" {
		q.Operators = append(q.Operators, Given{p.name, strings.TrimSpace(p.text), p.not})
		return
	}
	if p.quoted && begun {
		begun = false // the phrase is closed, or is typed as it stands
	}
	begun = begun && !p.not
	terms := searchwords.Terms(p.text, searchwords.Text, begun)
	together := (p.quoted || p.not || strings.Contains(p.text, "@")) && len(terms) > 1
	if !p.not {
		q.Terms = append(q.Terms, terms...)
	} else if !together {
		for _, t := range terms {
			t.Not = true
			q.Terms = append(q.Terms, t)
		}
	}
	if together {
		phrase := searchwords.PhraseOf(p.text)
		phrase.Not, phrase.Prefix = p.not, terms[len(terms)-1].Prefix
		q.Phrases = append(q.Phrases, phrase)
	}
}

// Without returns the terms for words that are not in a name, and whether the name has any of them.
// Terms to leave out, and those with a field, stay.
func Without(terms []searchwords.Term, name string) (rest []searchwords.Term, some bool) {
	words := searchwords.Of(name)
	for _, t := range terms {
		has := t.Field == searchwords.Text && !t.Not && slices.ContainsFunc(words, func(w string) bool {
			return w == t.Word || t.Prefix && strings.HasPrefix(w, t.Word)
		})
		if some = some || has; !has {
			rest = append(rest, t)
		}
	}
	return rest, some
}
