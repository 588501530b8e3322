// Package classify finds the category and priority of tickets without a network. It has priority
// rules by keyword, which set a least priority whatever a model says, and a small classifier that
// works offline. It also has wrappers for a remote model: [Limit], [Budget] and [Chain].
//
//	model, err := openaiclassify.New(key, nil)
//	budget, err := classify.NewBudget(model, &classify.BudgetConfig{PerDay: 2_000_000_000}) // $2
//	limit, err := classify.NewLimit(budget, nil)
//	chain, err := classify.NewChain(nil, limit, classify.Offline())
package classify

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/boilerplate"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
)

// Rule gives each text that contains its phrase at least its priority.
type Rule struct {
	// Phrase is one or more words, in any case. It matches whole words in this order, whatever
	// their accents, apostrophes, hyphens and endings: "kiln is cold" matches "the kilns were cold"
	// and "KILN COLD". The text may leave out articles and forms of "to be". Up to five small
	// words, such as "is still the" or "suddenly", may stand between the words of the phrase. A
	// denied phrase ("no data loss", "the kiln is not cold") does not match. A phrase with an
	// uncertain denial, such as in a question, matches.
	Phrase   string            `json:"phrase"`
	Priority helpdesk.Priority `json:"priority"`
}

// Keywords is a helpdesk.PriorityRules made of rules. It reads a text once, whatever the number of
// rules.
type Keywords struct {
	rules []Rule
	index phraseIndex[Rule]
}

// NewKeywords returns the Keywords of the given rules. The error names each rule without a word or
// a priority.
func NewKeywords(rules []Rule) (*Keywords, error) {
	k := &Keywords{slices.Clone(rules), newIndex[Rule]()}
	var errs []error
	for i, r := range rules {
		field := fmt.Sprintf("rules[%d]", i)
		if r.Priority < helpdesk.Low || r.Priority > helpdesk.Urgent {
			errs = append(errs, &helpdesk.FieldError{Field: field + ".priority", Problem: "is not a priority"})
		}
		if !k.index.add(r.Phrase, languageOf()[r.Phrase], r) {
			errs = append(errs, &helpdesk.FieldError{Field: field + ".phrase", Problem: fmt.Sprintf("%q has no word", r.Phrase)})
		}
	}
	return k, errors.Join(errs...)
}

// PriorityRules returns the Keywords of DefaultRules.
func PriorityRules() *Keywords { return defaultKeywords() }

var defaultKeywords = sync.OnceValue(func() *Keywords {
	k, err := NewKeywords(DefaultRules())
	if err != nil {
		panic("classify: default rules: " + err.Error()) // a test proves them valid
	}
	return k
})

// MinPriority implements helpdesk.PriorityRules. It returns the priority and the phrase of the most
// urgent rule that applies. Of equally urgent rules it returns the first one found. It reads the
// first 4,500 and the last 1,500 characters of a text: a phrase between them is not seen. Nor is
// one in an HTML comment or beside a box that is not ticked.
func (k *Keywords) MinPriority(_ helpdesk.TenantID, subject, text string) (helpdesk.Priority, string) {
	var best Rule
	k.index.find(tokens(excerpt.Lines(subject)+"\n\n"+boilerplate.Form(excerpt.Lines(text))), false, func(r Rule) {
		if r.Priority > best.Priority {
			best = r
		}
	})
	return best.Priority, best.Phrase
}
