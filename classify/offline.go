package classify

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/boilerplate"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
)

// Offline returns a small Classifier that knows the default categories by words and phrases, in
// English, German, Spanish, French and Portuguese. It needs no network, answers in microseconds,
// always gives the same answer, and abstains when it finds no evidence in a text.
//
// Its confidence is the proportion of the evidence for the category, and is low when there is
// little evidence. It is not calibrated on any set of tickets.
func Offline() helpdesk.Classifier { return theOffline() }

// theOffline is built at its first use. As the initial value of a variable it would be built before
// the tables in words.go: the compiler does not see their use behind a generic method.
var theOffline = sync.OnceValue(newOffline)

type offline struct {
	categories phraseIndex[evidence]
	pressure   phraseIndex[helpdesk.Priority]
	tags       phraseIndex[string]
}

type evidence struct {
	phrase   string
	category helpdesk.Category
	weight   float64
}

func newOffline() *offline {
	o := &offline{newIndex[evidence](), newIndex[helpdesk.Priority](), newIndex[string]()}
	for _, entry := range lexicon {
		for _, p := range phrasesOf(entry.phrases) {
			o.categories.add(p, 0, evidence{p, entry.category, entry.weight})
		}
	}
	for _, entry := range pressure {
		for _, p := range phrasesOf(entry.phrases) {
			o.pressure.add(p, 0, entry.priority)
		}
	}
	for tag, list := range tagging {
		for _, p := range phrasesOf(list) {
			o.tags.add(p, 0, tag)
		}
	}
	return o
}

// doubt is the weight against all evidence: one deciding phrase alone gives 3/(3+doubt).
const doubt = 1.5

// Classify implements helpdesk.Classifier.
func (o *offline) Classify(_ context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	subject, text := tokens(excerpt.Lines(r.Subject)), tokens(boilerplate.Words(excerpt.Lines(r.Text)))
	scores := map[helpdesk.Category]float64{}
	seen := map[string]bool{}
	weigh := func(times float64) func(evidence) {
		return func(e evidence) {
			if !seen[e.phrase] && offered(r.Categories, e.category) {
				seen[e.phrase] = true
				scores[e.category] += times * e.weight
			}
		}
	}
	// A denied phrase ("does not load") tells as much as any other. A phrase in the subject counts
	// twice.
	o.categories.find(subject, true, weigh(2))
	o.categories.find(text, true, weigh(1))
	if len(scores) == 0 {
		return nil, helpdesk.ErrAbstain
	}
	category, confidence := best(scores)
	all := slices.Concat(subject, text)
	return &helpdesk.Classification{
		Category: category, Confidence: confidence, Priority: o.priority(all, category, r.Subject),
		Tags: o.tagsOf(all), Response: openings[category], Classifier: "offline/1",
	}, nil
}

func offered(list []helpdesk.CategoryInfo, c helpdesk.Category) bool {
	return slices.ContainsFunc(list, func(info helpdesk.CategoryInfo) bool { return info.Name == c })
}

// best returns the category with the highest score, and among equals the first by name.
func best(scores map[helpdesk.Category]float64) (helpdesk.Category, float64) {
	var top helpdesk.Category
	sum := doubt
	for _, c := range slices.Sorted(maps.Keys(scores)) {
		sum += scores[c]
		if scores[c] > scores[top] {
			top = c
		}
	}
	return top, scores[top] / sum
}

// priority starts from the usual priority of the category and follows the pressure in the text.
func (o *offline) priority(list []token, c helpdesk.Category, subject string) helpdesk.Priority {
	p := helpdesk.Medium
	if c == helpdesk.FeatureRequest {
		p = helpdesk.Low
	}
	o.pressure.find(list, false, func(found helpdesk.Priority) {
		if found == helpdesk.High || (found == helpdesk.Low && p != helpdesk.High) {
			p = found
		}
	})
	if shouted(subject) && p < helpdesk.High {
		p++
	}
	return p
}

// shouted reports whether a text of several words is written in capitals.
func shouted(s string) bool {
	return len(strings.Fields(s)) > 2 && strings.ContainsFunc(s, unicode.IsUpper) && !strings.ContainsFunc(s, unicode.IsLower)
}

func (o *offline) tagsOf(list []token) []string {
	tags := map[string]bool{}
	o.tags.find(list, true, func(tag string) { tags[tag] = true })
	return slices.Sorted(maps.Keys(tags))
}
