package learned

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Model is a trained classifier. It is immutable and safe for concurrent use. Make one with
// [Train], [Read] or [Replace].
type Model struct {
	name       string
	examples   int
	newest     time.Time
	vocabulary *vocabulary
	novelty    novelty
	heads      [heads]*head // nil where nothing was learned
	seen       seen

	version string
	scratch sync.Pool // of *scratch
}

type scratch struct {
	bag
	sheet
}

var _ helpdesk.Classifier = (*Model)(nil)

// Info describes a Model.
type Info struct {
	Examples   int       // number of training examples
	Newest     time.Time // when the newest of them was opened, UTC; zero if none has a time
	Terms      int       // known words, pairs of words and pieces of words
	Categories []helpdesk.Category
	Priorities []helpdesk.Priority
	Tags       []string

	// Confidence is the least confidence of an answered category, PriorityConfidence that of a
	// priority; 0 if it never answers one.
	Confidence, PriorityConfidence float64

	// Scores of the validation within training, zero without a head. For tags each tag on each text
	// counts as one answer. The same texts chose one setting and fitted the probabilities, so
	// LogLoss and ECE are slightly too good.
	Category, Priority, Tag Score
}

// Info describes m.
func (m *Model) Info() Info {
	i := Info{Examples: m.examples, Newest: m.newest, Terms: len(m.vocabulary.terms)}
	if h := m.heads[categoryHead]; h != nil {
		for _, name := range h.labels {
			i.Categories = append(i.Categories, helpdesk.Category(name))
		}
		i.Confidence, i.Category = float64(h.least), h.held
	}
	if h := m.heads[priorityHead]; h != nil {
		for _, name := range h.labels {
			i.Priorities = append(i.Priorities, priority(name))
		}
		i.PriorityConfidence, i.Priority = float64(h.least), h.held
	}
	if h := m.heads[tagHead]; h != nil {
		i.Tags, i.Tag = slices.Clone(h.labels), h.held
	}
	return i
}

// Version names m and its content: Models with the same Version, such as "learned/3f2a91c0", answer
// alike.
func (m *Model) Version() string { return m.version }

// Classify classifies the ticket. It proposes up to five tags that are more likely than not, and
// the priority that costs least to be wrong about: an urgent ticket that is called low costs ten
// times a low one that is called urgent. When it is not sure enough it proposes no priority below
// high. It never proposes a response and ignores r.Similar.
//
// It returns [helpdesk.ErrAbstain] when it is not sure enough of any category in r.Categories, or
// when the text is unlike the training texts. In the first case the error has the priority: see
// [helpdesk.Classifier]. A fitting category that is missing in r.Categories
// does not raise the confidence: its probability remains doubt. A Model that learned no categories
// answers with an empty category, a confidence of 0, and the priority and tags it finds.
func (m *Model) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := m.borrow(r.Subject, r.Text)
	defer m.scratch.Put(s)
	if m.strange(s) {
		return nil, fmt.Errorf("%w: the text is unlike the training texts", helpdesk.ErrAbstain)
	}
	c := &helpdesk.Classification{Classifier: m.version}
	if h := m.heads[categoryHead]; h != nil {
		p := h.ask(&s.bag, m.vocabulary, &s.sheet)
		at := -1
		for i, x := range p {
			if (at < 0 || x > p[at]) && slices.ContainsFunc(r.Categories, func(c helpdesk.CategoryInfo) bool { return string(c.Name) == h.labels[i] }) {
				at = i
			}
		}
		if at < 0 || p[at] < float64(h.least) {
			return nil, &unsure{m.priority(s)}
		}
		c.Category, c.Confidence = helpdesk.Category(h.labels[at]), p[at]
	}
	c.Priority = m.priority(s)
	c.Tags = m.tags(s)
	if c.Category == "" && c.Priority == 0 && c.Tags == nil {
		return nil, fmt.Errorf("%w: nothing is likely enough", helpdesk.ErrAbstain)
	}
	return c, nil
}

// tags returns the tags that are more likely than not, the likeliest first.
func (m *Model) tags(s *scratch) []string {
	h := m.heads[tagHead]
	if h == nil {
		return nil
	}
	p := h.ask(&s.bag, m.vocabulary, &s.sheet)
	var found []int
	for i, x := range p {
		if x > float64(h.least) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	var tags []string
	for _, i := range found[:min(len(found), mostFound)] {
		tags = append(tags, h.labels[i])
	}
	return tags
}

// strange reports whether the text in s is unlike the training texts.
func (m *Model) strange(s *scratch) bool {
	unknown := 0
	for _, w := range s.seen {
		if n, ok := m.vocabulary.number(w); !ok || int(n) >= m.vocabulary.words {
			unknown++
		}
	}
	return m.novelty.strange(len(s.seen), unknown)
}

// borrow returns scratch space with a text in its term vector; the caller puts it back into
// m.scratch.
func (m *Model) borrow(subject, text string) *scratch {
	s, _ := m.scratch.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	s.fill(m.vocabulary, subject, text)
	return s
}

// priority parses the number of a priority, as training wrote it and reading checked it.
func priority(name string) helpdesk.Priority {
	n, _ := strconv.Atoi(name)
	return helpdesk.Priority(n)
}
