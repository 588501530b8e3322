package learned

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Limits of a Model.
const (
	mostTerms  = 1 << 18
	mostLabels = 1000 // categories

	mostTags = 100 // the most frequent ones
	// leastTag is the least number of examples with a tag, and without it; a rarer tag is not
	// learned.
	leastTag  = 5
	mostFound = 5 // most tags proposed for one ticket
)

// Train makes a Model from examples. A nil cfg means the zero Config. It runs on one core, until
// ctx ends.
//
// Any number of examples is allowed, but a label is learned only beside others: a single category,
// a single priority or a tag on fewer than five examples is not. A Model that learned nothing
// always abstains. The error matches [helpdesk.ErrInvalid] for an invalid Config or example, no
// examples at all, and more than 1,000 categories.
func Train(ctx context.Context, examples []Example, cfg *Config) (*Model, error) {
	m, err := train(ctx, examples, cfg)
	if err != nil {
		return nil, fmt.Errorf("learned: train: %w", err)
	}
	return m, nil
}

func train(ctx context.Context, examples []Example, cfg *Config) (*Model, error) {
	c, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	list, err := checked(examples)
	if err != nil {
		return nil, err
	}
	subjects := subjectsOf(list)
	perTerm := 4
	for i := range subjects {
		s := &subjects[i]
		if len(s.names) > mostLabels {
			return nil, &helpdesk.FieldError{Field: "examples", Problem: fmt.Sprintf("have more than %d categories", mostLabels)}
		}
		if len(s.names) > 0 {
			perTerm += 8 + len(s.names)
		}
	}
	t, df := collect(list, min(mostTerms, c.Bytes/perTerm))
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := &Model{name: c.Name, vocabulary: t.vocabulary, examples: len(list), seen: newSeen(len(list))}
	for _, e := range list {
		m.seen.add(e.text)
		if e.At.After(m.newest) {
			m.newest = e.At
		}
	}
	m.newest = m.newest.UTC().Truncate(time.Microsecond)
	m.novelty = learnNovelty(t, df, list, c.Novelty)
	same := func(a, b int) bool { return list[a].text == list[b].text }
	for i, s := range subjects {
		if m.heads[i], err = learn(ctx, &task{t, s.labels, len(s.names)}, s.names, i == tagHead, &c, same); err != nil {
			return nil, err
		}
	}
	m.seal()
	return m, nil
}

// The heads of a Model.
const (
	categoryHead = iota
	priorityHead
	tagHead
	heads
)

// subject is the subject of a head: names of labels, and for each example the positions of its
// labels.
type subject struct {
	names  []string
	labels [][]int // nil: not used for learning
}

func subjectsOf(list []example) (s [heads]subject) {
	s[categoryHead] = single(list, categoryOf)
	s[priorityHead] = single(list, priorityOf)
	s[tagHead] = tagsOf(list)
	return s
}

func categoryOf(e *example) string { return string(e.Category) }

// priorityOf returns the number of the priority as text, or "".
func priorityOf(e *example) string {
	if e.Priority == 0 {
		return ""
	}
	return strconv.Itoa(int(e.Priority))
}

// single reads the label of each example; an empty one is none.
func single(list []example, label func(e *example) string) subject {
	names := map[string]bool{}
	for i := range list {
		if name := label(&list[i]); name != "" {
			names[name] = true
		}
	}
	s := subject{slices.Sorted(maps.Keys(names)), make([][]int, len(list))}
	for i := range list {
		if name := label(&list[i]); name != "" {
			at, _ := slices.BinarySearch(s.names, name)
			s.labels[i] = []int{at}
		}
	}
	return s
}

func tagsOf(list []example) subject {
	with := map[string]int{}
	all := 0
	for i := range list {
		if list[i].Tags != nil {
			all++
		}
		for _, tag := range list[i].Tags {
			with[tag]++
		}
	}
	maps.DeleteFunc(with, func(_ string, n int) bool { return n < leastTag || all-n < leastTag })
	names := slices.Sorted(maps.Keys(with))
	if len(names) > mostTags {
		slices.SortStableFunc(names, func(a, b string) int { return with[b] - with[a] })
		names = names[:mostTags]
		slices.Sort(names)
	}
	s := subject{names, make([][]int, len(list))}
	for i := range list {
		if list[i].Tags == nil {
			continue
		}
		s.labels[i] = []int{}
		for _, tag := range list[i].Tags {
			if at, ok := slices.BinarySearch(names, tag); ok {
				s.labels[i] = append(s.labels[i], at)
			}
		}
	}
	return s
}
