package classify

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/boilerplate"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
)

// noActionVersion names the rules of noactionwords.go in the record of each ticket. Change both
// together.
const noActionVersion = "noaction/1"

// NoAction returns a Classifier that looks for texts that need no action before it asks inner:
// spam, mere thanks, the answers of machines, and gibberish. It does not pass such a text to inner:
// the answer has no category, low priority, and two tags, [helpdesk.TagNoAction] and the kind. Its
// rules need no network. They prefer to miss such a text to taking a request for one.
func NoAction(inner helpdesk.Classifier) helpdesk.Classifier { return &noAction{inner} }

type noAction struct{ inner helpdesk.Classifier }

// Unwrap returns the classifier that is asked about all other texts.
func (n *noAction) Unwrap() helpdesk.Classifier { return n.inner }

// Classify implements helpdesk.Classifier.
func (n *noAction) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	kind := noActionKind(r.Subject, r.Text)
	if kind == "" {
		return n.inner.Classify(ctx, r)
	}
	return &helpdesk.Classification{
		Priority: helpdesk.Low, Tags: []string{helpdesk.TagNoAction, kind}, Classifier: noActionVersion,
	}, nil
}

// The kinds of texts that need no action.
const (
	spam      = "spam"
	thanks    = "thanks"
	automatic = "automatic"
	gibberish = "gibberish"
)

// noActionKind returns the kind of a text that needs no action, and "" for a request.
func noActionKind(subject, text string) string {
	subject, text = excerpt.Lines(subject), boilerplate.Words(excerpt.Lines(text))
	if priority, _ := PriorityRules().MinPriority("", subject, text); priority > helpdesk.Low {
		return ""
	}
	head, body := tokens(subject), tokens(text)
	switch all := append(append([]token(nil), head...), body...); {
	case isGibberish(all):
		return gibberish
	case isThanks(all, subject+text):
		return thanks
	case isAutomatic(strings.ToLower(strings.TrimSpace(subject)), text, body):
		return automatic
	case isSpam(all):
		return spam
	}
	return ""
}

// isGibberish reports whether a text has no word of a language: only letters struck at random, and
// words of a test.
func isGibberish(list []token) bool {
	if len(list) > 30 {
		return false
	}
	struck, tests := 0, 0
	for _, t := range list {
		switch {
		case testWords[t.word]:
			tests++
		case isNumber(t.word):
		case isStruck(t.word):
			struck++
		case utf8.RuneCountInString(t.word) < 3 && isLatin(t.word) && len(list) > 1:
		case noActionIndex().word(t.word) || !isLatin(t.word):
			return false
		default:
			struck-- // it may be a word
		}
	}
	return len(list) == 0 || struck > 0 || struck == 0 && tests > 0
}

// isStruck reports whether a word is keys side by side, one letter again and again, or consonants
// alone.
func isStruck(w string) bool {
	if !isLatin(w) || len(w) < 3 {
		return false
	}
	if strings.Count(w, w[:1]) == len(w) {
		return true
	}
	for i := 0; i+3 <= len(w); i++ {
		if keyRuns[w[i:i+3]] {
			return true
		}
	}
	for i := 0; i+5 <= len(w); i++ {
		if keyRows(w[i : i+5]) {
			return true
		}
	}
	return len(w) >= 6 && !strings.ContainsAny(w, "aeiouy")
}

// keyRows reports whether letters stand side by side in the upper row of a keyboard.
func keyRows(s string) bool {
	return strings.Contains("qwertyuiop poiuytrewq qwertzuiop poiuztrewq azertyuiop", s)
}

func isNumber(w string) bool { return strings.Trim(w, "0123456789") == "" }

func isLatin(w string) bool {
	for i := range len(w) {
		if c := w[i]; (c < 'a' || 'z' < c) && (c < '0' || '9' < c) {
			return false
		}
	}
	return true
}

// mostThanks is the greatest number of words of mere thanks.
const mostThanks = 40

// isThanks reports whether a text thanks, and says nothing besides: all words but a few belong to
// thanks, and none of those few is one of requests.
func isThanks(list []token, text string) bool {
	if len(list) == 0 || len(list) > mostThanks || strings.ContainsAny(text, "?？0123456789") {
		return false
	}
	thanked, others := false, 0
	for i, t := range list {
		switch w := t.word; {
		case thanking[w]:
			thanked = true
		case kindly[w]:
		case denies(list, i) || butWords[w] || noActionIndex().word(w) && !fillers[w]:
			return false
		case !fillers[w]:
			others++
		}
	}
	return (thanked || strings.ContainsAny(text, "👍🙏")) && others <= 2 && 4*others <= len(list)
}

// isAutomatic reports whether a program wrote the text while its owner was away, or to confirm a
// mail.
func isAutomatic(subject, text string, body []token) bool {
	if strings.ContainsAny(text, "?？") || len(body) > 120 {
		return false
	}
	begins := false
	for _, s := range automaticSubjects {
		begins = begins || strings.HasPrefix(subject, s)
	}
	says := 0
	noActionIndex().find(body, true, func(s signal) {
		if s.kind == automatic {
			says += s.weight
		}
	})
	return says >= 2 || begins && (says > 0 || len(body) == 0)
}

// isSpam reports whether a text offers something in the words of mass mailings: what it offers, and
// how it presses.
func isSpam(list []token) bool {
	goods, presses := 0, 0
	seen := map[string]bool{}
	noActionIndex().find(list, true, func(s signal) {
		if seen[s.phrase] {
			return
		}
		seen[s.phrase] = true
		switch s.kind {
		case spam:
			goods += s.weight
		case pressing:
			presses += s.weight
		case requesting:
			presses -= 2
		}
	})
	return goods >= 2 && presses >= 2
}
