package searchtext_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/searchtext"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

type (
	term   = searchwords.Term
	phrase = searchwords.Phrase
	given  = searchtext.Given
)

func words(list ...string) (terms []term) {
	for _, w := range list {
		terms = append(terms, term{Word: w})
	}
	return terms
}

func begun(list ...string) []term {
	terms := words(list...)
	terms[len(terms)-1].Prefix = true
	return terms
}

func without(list ...string) []term {
	terms := words(list...)
	for i := range terms {
		terms[i].Not = true
	}
	return terms
}

func TestWhatPeopleTypeIsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]searchtext.Query{
		"":                           {},
		"  ":                         {},
		"router Anten":               {Terms: begun("router", "anten")},
		"router anten ":              {Terms: words("router", "anten")},
		`"the last" invoice`:         {Terms: begun("the", "last", "invoice"), Phrases: []phrase{{Words: []string{"the", "last"}}}},
		`“the last” invoice `:        {Terms: words("the", "last", "invoice"), Phrases: []phrase{{Words: []string{"the", "last"}}}},
		`„der letzte“`:               {Terms: words("der", "letzte"), Phrases: []phrase{{Words: []string{"der", "letzte"}}}},
		`"invoice"`:                  {Terms: words("invoice")},
		`"the last inv`:              {Terms: words("the", "last", "inv"), Phrases: []phrase{{Words: []string{"the", "last", "inv"}}}},
		`a"b c"d`:                    {Terms: words("a", "b", "c", "d"), Phrases: []phrase{{Words: []string{"b", "c"}}}},
		"router -spam":               {Terms: append(words("router"), without("spam")...)},
		`router -"not this"`:         {Terms: words("router"), Phrases: []phrase{{Words: []string{"not", "this"}, Not: true}}},
		"router -e-mail":             {Terms: words("router"), Phrases: []phrase{{Words: []string{"e", "mail"}, Not: true}}},
		"router - mail":              {Terms: begun("router", "mail")},
		"e-mail":                     {Terms: begun("e", "mail")},
		"-":                          {},
		"--x":                        {Terms: without("x")},
		"kim@example.com":            {Terms: begun("kim", "example", "com"), Phrases: []phrase{{Words: []string{"kim", "example", "com"}, Prefix: true}}},
		"機能":                         {Terms: words("機能")},
		`"機能し"`:                      {Terms: words("機能", "能し"), Phrases: []phrase{{Words: []string{"機", "能", "し"}}}},
		"status:open":                {Operators: []given{{Name: "status", Value: "open"}}},
		"STATUS:Open  x":             {Operators: []given{{Name: "status", Value: "Open"}}, Terms: words("x")},
		`tag:"very important" x`:     {Operators: []given{{Name: "tag", Value: "very important"}}, Terms: words("x")},
		"-tag:vip":                   {Operators: []given{{Name: "tag", Value: "vip", Not: true}}},
		"after:2026-03-02T09:00:00Z": {Operators: []given{{Name: "after", Value: "2026-03-02T09:00:00Z"}}},
		"status: open":               {Terms: begun("status", "open")},
		"status:":                    {Terms: words("status")},
		`status:""`:                  {},
		"10:30":                      {Terms: begun("10", "30")},
		"http://x.example":           {Terms: begun("http", "x", "example")},
		"ref:x":                      {Terms: words("ref", "x")},
	} {
		require.Equal(t, want, searchtext.Parse(text), "%q", text)
	}
}

func TestEachOperatorIsDescribedOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range searchtext.Operators {
		require.NotEmpty(t, o.Doc, o.Name)
		require.False(t, seen[o.Name], o.Name)
		seen[o.Name] = true
	}
}

// FuzzParse: every text can be read, and gives words that an index can hold.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`a "b c" -d status:open`, `-"x y"`, "“機能” customer:kim@example.com", `tag:"`, "\xff\"\x00-:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := searchtext.Parse(text)
		for _, term := range q.Terms {
			require.True(t, searchwords.Valid(term.Word), "%q", term.Word)
			require.False(t, term.Prefix && term.Not && len([]rune(term.Word)) > 1)
		}
		for _, p := range q.Phrases {
			require.NotEmpty(t, p.Words)
		}
		for _, o := range q.Operators {
			require.NotEmpty(t, o.Value)
		}
	})
}
