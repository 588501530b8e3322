package learned_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

// office makes tickets of an artificial language. Each category has its own words among common
// words. noise is the proportion of tickets with a random label.
type office struct {
	chance     *rand.Rand
	categories int
	noise      float64
	since      time.Time
}

func newOffice(seed uint64, categories int, noise float64) *office {
	return &office{rand.New(rand.NewPCG(seed, 9)), categories, noise, time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)}
}

// word returns a word of a category, or a common word for -1.
func word(category, n int) string {
	const syllables = "bacedifoguhajekilomunapeqirosutavewixoyuza"
	chance := rand.New(rand.NewPCG(uint64(category+1), uint64(n)))
	var b strings.Builder
	for range 2 + chance.IntN(3) {
		at := 2 * chance.IntN(len(syllables)/2)
		b.WriteString(syllables[at : at+2])
	}
	return b.String()
}

func (o *office) ticket() learned.Example {
	truth := o.chance.IntN(o.categories)
	var text []string
	for range 6 + o.chance.IntN(10) {
		from := -1
		if o.chance.Float64() < 0.3 {
			from = truth
		}
		text = append(text, word(from, o.chance.IntN(40)))
	}
	if o.chance.Float64() < o.noise {
		truth = o.chance.IntN(o.categories)
	}
	o.since = o.since.Add(time.Minute)
	e := learned.Example{
		Subject: word(-1, o.chance.IntN(40)), Text: strings.Join(text, " "), Category: name(truth), At: o.since,
		Priority: helpdesk.Priorities[truth%2], Tags: []string{},
	}
	if truth == 0 {
		e.Tags = []string{"first"}
	}
	return e
}

func (o *office) tickets(n int) (list []learned.Example) {
	for range n {
		list = append(list, o.ticket())
	}
	return list
}

func name(n int) helpdesk.Category { return helpdesk.Category(fmt.Sprintf("category %03d", n)) }

func names(n int) (list []helpdesk.CategoryInfo) {
	for i := range n {
		list = append(list, helpdesk.CategoryInfo{Name: name(i)})
	}
	return list
}

func trained(t testing.TB, list []learned.Example, cfg *learned.Config) *learned.Model {
	t.Helper()
	m, err := learned.Train(t.Context(), list, cfg)
	require.NoError(t, err)
	return m
}

func written(t testing.TB, m *learned.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := m.WriteTo(&b)
	require.NoError(t, err)
	require.EqualValues(t, b.Len(), n)
	return b.Bytes()
}

func asked(e *learned.Example, categories []helpdesk.CategoryInfo) *helpdesk.ClassifyRequest {
	return &helpdesk.ClassifyRequest{Subject: e.Subject, Text: e.Text, Categories: categories}
}

func TestAnswersCategoryPriorityAndTags(t *testing.T) {
	t.Parallel()
	o := newOffice(1, 4, 0)
	m := trained(t, o.tickets(400), nil)
	require.Regexp(t, `^learned/[0-9a-f]{8}$`, m.Version())
	right, priorities, tags, tagged := 0, 0, 0, 0
	list := o.tickets(300)
	for _, e := range list {
		c, err := m.Classify(t.Context(), asked(&e, names(4)))
		if errors.Is(err, helpdesk.ErrAbstain) {
			continue
		}
		require.NoError(t, err)
		require.Equal(t, m.Version(), c.Classifier)
		require.Empty(t, c.Response)
		if c.Category == e.Category {
			right++
		}
		if c.Priority == e.Priority {
			priorities++
		}
		if e.Category == name(0) {
			tagged++
			if slices.Equal(c.Tags, []string{"first"}) {
				tags++
			}
		} else {
			require.LessOrEqual(t, len(c.Tags), 1)
		}
	}
	require.Greater(t, right, 240)
	require.Greater(t, priorities, 200)
	require.Greater(t, float64(tags), 0.8*float64(tagged))

	info := m.Info()
	require.Equal(t, 400, info.Examples)
	require.Len(t, info.Categories, 4)
	require.Equal(t, []helpdesk.Priority{helpdesk.Low, helpdesk.Medium}, info.Priorities)
	require.Equal(t, []string{"first"}, info.Tags)
	require.Equal(t, 400, info.Category.Texts)
	require.Greater(t, info.Category.Accuracy, 0.8)
}

func TestSameExamplesInAnyOrderGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := newOffice(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 5).Draw(t, "categories"), 0.3)
		list := o.tickets(rapid.IntRange(1, 60).Draw(t, "n"))
		list = append(list, list[:len(list)/3]...)
		for i := range list {
			if i%7 == 0 {
				list[i].Category = ""
			}
			if i%5 == 0 {
				list[i].Tags = nil
			}
		}
		cfg := &learned.Config{Seed: rapid.Uint64().Draw(t, "config seed")}
		first, err := learned.Train(context.Background(), list, cfg)
		require.NoError(t, err)
		second, err := learned.Train(context.Background(), rapid.Permutation(list).Draw(t, "order"), cfg)
		require.NoError(t, err)
		var a, b bytes.Buffer
		_, err = first.WriteTo(&a)
		require.NoError(t, err)
		_, err = second.WriteTo(&b)
		require.NoError(t, err)
		require.True(t, bytes.Equal(a.Bytes(), b.Bytes()))
		require.Equal(t, first.Version(), second.Version())
	})
}

func TestAnotherSeedOrNameIsAnotherVersion(t *testing.T) {
	t.Parallel()
	list := newOffice(2, 3, 0.2).tickets(100)
	m := trained(t, list, nil)
	require.NotEqual(t, m.Version(), trained(t, list, &learned.Config{Seed: 1}).Version())
	require.Regexp(t, "^tickets/", trained(t, list, &learned.Config{Name: "tickets"}).Version())
	require.NotEqual(t, m.Version(), trained(t, list[1:], nil).Version())
}

func TestReadModelAnswersAsTheWrittenOne(t *testing.T) {
	t.Parallel()
	o := newOffice(3, 5, 0.1)
	m := trained(t, o.tickets(300), nil)
	file := written(t, m)
	r := bytes.NewReader(append(slices.Clone(file), "what follows"...))
	again, err := learned.Read(r)
	require.NoError(t, err)
	require.Equal(t, len("what follows"), r.Len(), "nothing is read beyond the model")
	require.Equal(t, m.Version(), again.Version())
	require.Equal(t, m.Info(), again.Info())
	require.Equal(t, file, written(t, again))
	for _, e := range o.tickets(200) {
		want, wantErr := m.Classify(t.Context(), asked(&e, names(5)))
		got, err := again.Classify(t.Context(), asked(&e, names(5)))
		require.Equal(t, want, got)
		require.Equal(t, wantErr, err)
	}
}

func TestNeverProposesACategoryThatWasNotAskedFor(t *testing.T) {
	t.Parallel()
	o := newOffice(4, 5, 0)
	m := trained(t, o.tickets(300), &answerAll)
	list := o.tickets(100)
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(list).Draw(t, "ticket")
		all := append(names(5), helpdesk.CategoryInfo{Name: "never learnt"})
		some := rapid.SliceOfDistinct(rapid.SampledFrom(all), func(c helpdesk.CategoryInfo) helpdesk.Category { return c.Name }).Draw(t, "categories")
		c, err := m.Classify(context.Background(), asked(&e, some))
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrAbstain)
			return
		}
		require.Contains(t, some, helpdesk.CategoryInfo{Name: c.Category})
		full, err := m.Classify(context.Background(), asked(&e, names(5)))
		require.NoError(t, err)
		require.LessOrEqual(t, c.Confidence, full.Confidence, "a missing category makes nothing surer")
	})
}

func TestConfidenceIsHowOftenItIsRight(t *testing.T) {
	t.Parallel()
	for _, noise := range []float64{0, 0.25, 0.5} {
		o := newOffice(5, 4, noise)
		m := trained(t, o.tickets(800), &answerAll)
		var want, got []string
		var confidence []float64
		for _, e := range o.tickets(3000) {
			c, err := m.Classify(t.Context(), asked(&e, names(4)))
			require.NoError(t, err)
			want, got, confidence = append(want, string(e.Category)), append(got, string(c.Category)), append(confidence, c.Confidence)
		}
		require.LessOrEqual(t, ece(want, got, confidence), 0.05, "noise %v", noise)
		require.Greater(t, accuracy(want, got), 0.8*(1-noise*3/4), "noise %v", noise)
	}
}

// The defaults answer right as often as they say, to two in a hundred.
func TestAbstainsSoThatConfidenceHolds(t *testing.T) {
	t.Parallel()
	o := newOffice(6, 6, 0.4)
	m := trained(t, o.tickets(600), nil)
	answered, right, confidence, abstained := 0.0, 0.0, 0.0, 0
	for _, e := range o.tickets(3000) {
		c, err := m.Classify(t.Context(), asked(&e, names(6)))
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrAbstain)
			abstained++
			continue
		}
		require.GreaterOrEqual(t, c.Confidence, m.Info().Confidence)
		answered++
		confidence += c.Confidence
		if c.Category == e.Category {
			right++
		}
	}
	require.Positive(t, abstained)
	require.Greater(t, answered, 1000.0)
	require.InDelta(t, confidence/answered, right/answered, 0.04)
}

func TestAbstainsOnTextsOfAnotherKind(t *testing.T) {
	t.Parallel()
	o := newOffice(7, 4, 0)
	m := trained(t, o.tickets(400), nil)
	for _, text := range []string{
		"", " \n ", "?!", "\xff\xfe", "🙂🙂🙂",
		"Guten Tag, seit heute Morgen lässt sich der Drucker im zweiten Stock nicht mehr ansprechen.",
		"To be, or not to be, that is the question: whether 'tis nobler in the mind to suffer",
		"プリンターが動きません。助けてください。",
		"xq zzkj wrtp qqq vvv hhgf trrw plk",
	} {
		_, err := m.Classify(t.Context(), &helpdesk.ClassifyRequest{Text: text, Categories: names(4)})
		require.ErrorIs(t, err, helpdesk.ErrAbstain, "%q", text)
	}
	turned := 0
	list := o.tickets(1000)
	for _, e := range list {
		if _, err := m.Classify(t.Context(), asked(&e, names(4))); err != nil && strings.Contains(err.Error(), "unlike") {
			turned++
		}
	}
	require.LessOrEqual(t, turned, 20, "of 1,000 tickets of the known kind")
}

func TestConfidenceOfConfigIsTheLeastAnswered(t *testing.T) {
	t.Parallel()
	o := newOffice(8, 4, 0.2)
	m := trained(t, o.tickets(300), &learned.Config{Confidence: 0.85})
	n := 0
	for _, e := range o.tickets(300) {
		if c, err := m.Classify(t.Context(), asked(&e, names(4))); err == nil {
			n++
			require.GreaterOrEqual(t, c.Confidence, 0.85-1e-6)
		}
	}
	require.NotZero(t, trained(t, o.tickets(300), &learned.Config{Confidence: 0.1}).Info().Confidence)
	require.Less(t, n, 300)
}

func TestLearnsFromLittle(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	one := func(category, text string) learned.Example {
		return learned.Example{Category: helpdesk.Category(category), Text: text, Tags: []string{}}
	}
	sets := map[string][]learned.Example{
		"ten examples":             newOffice(1, 2, 0).tickets(10),
		"one example":              {one("category 000", "hello")},
		"two examples":             {one("category 000", "hello"), one("category 001", "good bye")},
		"one class":                newOffice(1, 1, 0).tickets(50),
		"no label":                 {{Text: "hello"}},
		"the same text":            slices.Repeat([]learned.Example{one("category 000", "hello there")}, 20),
		"one text with two labels": {one("category 000", "hello there"), one("category 001", "hello there"), one("category 001", "hello there")},
		"empty texts":              {one("category 000", ""), one("category 001", ""), one("category 001", "?")},
		"one empty text":           append(newOffice(1, 2, 0).tickets(10), one("category 000", "")),
		"one example per class":    nil,
		"sixty classes":            newOffice(1, 60, 0).tickets(200),
		"not UTF-8":                {one("category 000", "\xff\xff abc \xc3"), one("category 001", "d\x00ef")},
		"only in one part":         append(newOffice(1, 2, 0).tickets(40), one("category 199", "single")),
	}
	for i := range 30 {
		sets["one example per class"] = append(sets["one example per class"], one(string(name(i)), word(i, 1)+" "+word(i, 2)))
	}
	for name, list := range sets {
		for _, cfg := range []*learned.Config{nil, &answerAll} {
			m := trained(t, list, cfg)
			again, err := learned.Read(bytes.NewReader(written(t, m)))
			require.NoError(t, err, name)
			require.Equal(t, m.Info(), again.Info())
			for _, s := range []learned.Score{m.Info().Category, m.Info().Priority, m.Info().Tag} {
				require.False(t, math.IsNaN(s.Accuracy+s.ECE+s.LogLoss), name)
			}
			for _, e := range append(list[:min(len(list), 30)], one("", ""), one("", "a"), one("", "hello there you"), one("", word(3, 3))) {
				c, err := m.Classify(t.Context(), asked(&e, names(200)))
				if err != nil {
					require.ErrorIs(t, err, helpdesk.ErrAbstain, name)
					continue
				}
				require.True(t, c.Confidence >= 0 && c.Confidence < 1, "%s: %v", name, c.Confidence)
			}
		}
	}
}

func TestTwoHundredClassesAreToldApart(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	o := newOffice(1, 200, 0)
	m := trained(t, o.tickets(1000), &answerAll)
	require.Less(t, len(written(t, m)), 5_000_000)
	right := 0
	for _, e := range o.tickets(500) {
		if c, err := m.Classify(t.Context(), asked(&e, names(200))); err == nil && c.Category == e.Category {
			right++
		}
	}
	require.Greater(t, right, 100, "guessing finds two or three")
}

func TestBytesLimitTheFile(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	list := newOffice(10, 20, 0).tickets(700)
	small := written(t, trained(t, list, &learned.Config{Bytes: 64 << 10}))
	require.Less(t, len(small), 72<<10)
	require.Greater(t, len(written(t, trained(t, list, nil))), 100<<10)
}

func TestInvalidInputIsNamed(t *testing.T) {
	t.Parallel()
	fine := newOffice(1, 2, 0).tickets(3)
	with := func(change func(*learned.Example)) []learned.Example {
		list := slices.Clone(fine)
		change(&list[1])
		return list
	}
	for _, c := range []struct {
		list  []learned.Example
		cfg   learned.Config
		field string
	}{
		{nil, learned.Config{}, "examples"},
		{fine, learned.Config{Name: "a\nb"}, "name"},
		{fine, learned.Config{Confidence: 1.5}, "confidence"},
		{fine, learned.Config{Confidence: math.NaN()}, "confidence"},
		{fine, learned.Config{Novelty: 1}, "novelty"},
		{fine, learned.Config{Novelty: math.NaN()}, "novelty"},
		{fine, learned.Config{Bytes: 10}, "bytes"},
		{with(func(e *learned.Example) { e.Category = "a\x00" }), learned.Config{}, "category"},
		{with(func(e *learned.Example) { e.Priority = 9 }), learned.Config{}, "priority"},
		{with(func(e *learned.Example) { e.Tags = []string{" "} }), learned.Config{}, "tags"},
		{newOffice(1, 1, 0).categories1(1001), learned.Config{}, "examples"},
	} {
		_, err := learned.Train(t.Context(), c.list, &c.cfg)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.Equal(t, c.field, helpdesk.Fields(err)[0].Field)
		_, _, _, err = learned.Replace(t.Context(), nil, c.list, &c.cfg)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
	}
}

// categories1 returns n tickets of n categories.
func (o *office) categories1(n int) []learned.Example {
	list := o.tickets(5 * n)
	for i := range list {
		list[i].Category = name(i % n)
	}
	return list
}

func TestEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	list := newOffice(1, 3, 0).tickets(50)
	_, err := learned.Train(ctx, list, nil)
	require.ErrorIs(t, err, context.Canceled)
	_, err = trained(t, list, nil).Classify(ctx, asked(&list[0], names(3)))
	require.ErrorIs(t, err, context.Canceled)
}

func TestManyMayAskAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(11, 4, 0.1)
	m := trained(t, o.tickets(200), nil)
	list := o.tickets(50)
	var group sync.WaitGroup
	answers := make([][]*helpdesk.Classification, 8)
	for i := range answers {
		group.Go(func() {
			for _, e := range list {
				c, _ := m.Classify(t.Context(), asked(&e, names(4)))
				answers[i] = append(answers[i], c)
			}
		})
	}
	group.Wait()
	for _, a := range answers[1:] {
		require.Equal(t, answers[0], a)
	}
}

func TestWithoutCategoriesPrioritiesAreAnswered(t *testing.T) {
	t.Parallel()
	o := newOffice(12, 2, 0)
	list := o.tickets(200)
	for i := range list {
		list[i].Category = ""
	}
	m := trained(t, list, nil)
	n := 0
	for _, e := range o.tickets(50) {
		if c, err := m.Classify(t.Context(), asked(&e, names(2))); err == nil && c.Priority == e.Priority {
			require.Empty(t, c.Category)
			require.Zero(t, c.Confidence)
			n++
		}
	}
	require.Greater(t, n, 40)
}

func BenchmarkClassify(b *testing.B) {
	list := tickets(b, "itservice.csv")
	m := trained(b, list, &answerAll)
	var categories []helpdesk.CategoryInfo
	for _, c := range m.Info().Categories {
		categories = append(categories, helpdesk.CategoryInfo{Name: c})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if _, err := m.Classify(b.Context(), asked(&list[i%len(list)], categories)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTrain reports tickets a second, in the size of a desk with many categories and on real
// tickets.
func BenchmarkTrain(b *testing.B) {
	for name, list := range map[string]func(b *testing.B) []learned.Example{
		"10000 in 77":   func(*testing.B) []learned.Example { return newOffice(13, 77, 0.1).tickets(10000) },
		"itservice.csv": func(b *testing.B) []learned.Example { return tickets(b, "itservice.csv") },
	} {
		b.Run(name, func(b *testing.B) {
			examples := list(b)
			for b.Loop() {
				trained(b, examples, nil)
			}
			b.ReportMetric(float64(len(examples)*b.N)/b.Elapsed().Seconds(), "tickets/s")
		})
	}
}
