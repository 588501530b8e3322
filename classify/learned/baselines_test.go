package learned_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// The baselines are the obvious first attempts. They share no code with the package's classifier,
// and the tests print their results beside its own, on the same folds.

// baseline is a simple classifier.
type baseline interface {
	// probabilities returns the probability of each label for a text.
	probabilities(text string) []float64
	// bytes is the size when stored: a hash of 8 bytes a term, 4 bytes a number.
	bytes() int
}

func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// bayes is multinomial naive Bayes on words, with add-one smoothing.
type bayes struct {
	prior []float64
	word  map[string][]float64 // logarithms
}

func trainBayes(texts []string, labels []int, k int) baseline {
	b := &bayes{make([]float64, k), map[string][]float64{}}
	total := make([]float64, k)
	for i, text := range texts {
		c := labels[i]
		b.prior[c]++
		for _, w := range plainWords(text) {
			if b.word[w] == nil {
				b.word[w] = make([]float64, k)
			}
			b.word[w][c]++
			total[c]++
		}
	}
	for c := range k {
		b.prior[c] = math.Log(b.prior[c] / float64(len(texts)))
		for _, counts := range b.word {
			counts[c] = math.Log((counts[c] + 1) / (total[c] + float64(len(b.word))))
		}
	}
	return b
}

func (b *bayes) probabilities(text string) []float64 {
	p := slices.Clone(b.prior)
	for _, w := range plainWords(text) {
		for c, x := range b.word[w] {
			p[c] += x
		}
	}
	return softmax(p)
}

func (b *bayes) bytes() int { return len(b.word) * (8 + 4*len(b.prior)) }

// regression is multinomial logistic regression with an L2 penalty, on TF-IDF vectors of length 1.
// The terms are words, and pieces of 3 to 5 characters if pieces is set.
type regression struct {
	pieces bool
	number map[string]int
	rarity []float64
	weight [][]float64
	bias   []float64
}

func trainRegression(pieces bool) func(texts []string, labels []int, k int) baseline {
	return func(texts []string, labels []int, k int) baseline {
		r := &regression{pieces: pieces, number: map[string]int{}, bias: make([]float64, k)}
		var df []float64
		for _, text := range texts {
			once := map[string]bool{}
			for _, term := range r.terms(text) {
				if !once[term] {
					once[term] = true
					if _, ok := r.number[term]; !ok {
						r.number[term] = len(df)
						df = append(df, 0)
					}
					df[r.number[term]]++
				}
			}
		}
		for _, n := range df {
			r.rarity = append(r.rarity, math.Log(float64(1+len(texts))/(1+n))+1)
			r.weight = append(r.weight, make([]float64, k))
		}
		r.fit(texts, labels, k)
		return r
	}
}

// fit is stochastic dual coordinate ascent (Shalev-Shwartz and Zhang, 2013) with cost 10.
func (r *regression) fit(texts []string, labels []int, k int) {
	const cost, passes = 10, 30
	vectors := make([][]component, len(texts))
	for i, text := range texts {
		vectors[i] = r.vector(text)
	}
	alpha := make([][]float64, len(texts))
	for i := range alpha {
		alpha[i] = make([]float64, k)
	}
	chance := rand.New(rand.NewPCG(1, 1))
	for range passes {
		for _, i := range chance.Perm(len(texts)) {
			p := r.ask(vectors[i])
			for c := range k {
				want := 0.0
				if labels[i] == c {
					want = 1
				}
				step := (cost*(want-p[c]) - alpha[i][c]) / (1 + cost)
				alpha[i][c] += step
				r.bias[c] += step
				for _, x := range vectors[i] {
					r.weight[x.number][c] += step * x.value
				}
			}
		}
	}
}

type component struct {
	number int
	value  float64
}

func (r *regression) terms(text string) (terms []string) {
	for _, w := range plainWords(text) {
		terms = append(terms, w)
		if r.pieces {
			edged := []rune(" " + w + " ")
			for n := 3; n <= 5; n++ {
				for i := 0; i+n <= len(edged); i++ {
					terms = append(terms, "\x00"+string(edged[i:i+n]))
				}
			}
		}
	}
	return terms
}

func (r *regression) vector(text string) (v []component) {
	count := map[int]float64{}
	for _, term := range r.terms(text) {
		if n, ok := r.number[term]; ok {
			count[n]++
		}
	}
	square := 0.0
	for n, f := range count {
		v = append(v, component{n, (1 + math.Log(f)) * r.rarity[n]})
	}
	slices.SortFunc(v, func(a, b component) int { return a.number - b.number })
	for _, x := range v {
		square += x.value * x.value
	}
	for i := range v {
		v[i].value /= math.Sqrt(square)
	}
	return v
}

func (r *regression) ask(v []component) []float64 {
	p := slices.Clone(r.bias)
	for _, x := range v {
		for c, w := range r.weight[x.number] {
			p[c] += w * x.value
		}
	}
	return softmax(p)
}

func (r *regression) probabilities(text string) []float64 { return r.ask(r.vector(text)) }
func (r *regression) bytes() int                          { return len(r.weight) * (12 + 4*len(r.bias)) }

func softmax(p []float64) []float64 {
	most, total := slices.Max(p), 0.0
	for i, x := range p {
		p[i] = math.Exp(x - most)
		total += p[i]
	}
	for i := range p {
		p[i] /= total
	}
	return p
}
