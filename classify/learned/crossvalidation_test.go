package learned_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

// tickets reads a file of the folder HELPDESK_DATA. It holds real tickets, which are not part of
// this repository.
func tickets(t testing.TB, name string) []learned.Example {
	t.Helper()
	folder := os.Getenv("HELPDESK_DATA")
	if folder == "" {
		t.Skip("HELPDESK_DATA does not name the folder with " + name)
	}
	file, err := os.Open(filepath.Join(folder, "tickets", name))
	if os.IsNotExist(err) {
		t.Skip("HELPDESK_DATA has no " + name)
	}
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"id", "subject", "body", "category", "priority", "language"}, rows[0])
	var list []learned.Example
	for _, r := range rows[1:] {
		e := learned.Example{ID: r[0], Subject: r[1], Text: r[2], Category: helpdesk.Category(r[3])}
		if r[4] != "" {
			e.Priority, err = helpdesk.ParsePriority(r[4])
			require.NoError(t, err)
		}
		list = append(list, e)
	}
	return list
}

// stratified divides n labels into parts with about equal proportions of each label.
func stratified(labels []string, parts int, seed uint64) [][]int {
	by := map[string][]int{}
	for i, label := range labels {
		by[label] = append(by[label], i)
	}
	chance := rand.New(rand.NewPCG(seed, 0))
	dealt, next := make([][]int, parts), 0
	for _, label := range slices.Sorted(maps.Keys(by)) {
		rows := by[label]
		chance.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		for _, i := range rows {
			dealt[next%parts] = append(dealt[next%parts], i)
			next++
		}
	}
	return dealt
}

// result is the result of a cross-validation in which every text is answered.
type result struct {
	accuracy, f1, ece float64
	slowest           time.Duration // training of one fold
	perSecond         float64
	largest           int
	// Of the texts on which the defaults do not abstain: their proportion and mean confidence,
	answered, confident float64
	right               float64 // and the proportion answered right
}

// answerer answers one text: the label, with its confidence.
type answerer func(e *learned.Example) (string, float64)

// validated trains on each four of five parts and classifies the fifth.
func validated(list []learned.Example, label func(learned.Example) string, seed uint64,
	train func(list []learned.Example) (answerer, int)) (r result) {
	labels := make([]string, len(list))
	for i, e := range list {
		labels[i] = label(e)
	}
	got, confidence := make([]string, len(list)), make([]float64, len(list))
	var asked time.Duration
	folds := stratified(labels, 5, seed)
	for f, fold := range folds {
		var others []learned.Example
		for g := range folds {
			if g != f {
				for _, i := range folds[g] {
					others = append(others, list[i])
				}
			}
		}
		start := time.Now()
		answer, size := train(others)
		r.slowest, r.largest = max(r.slowest, time.Since(start)), max(r.largest, size)
		start = time.Now()
		for _, i := range fold {
			got[i], confidence[i] = answer(&list[i])
		}
		asked += time.Since(start)
	}
	r.perSecond = float64(len(list)) / asked.Seconds()
	r.accuracy, r.f1 = accuracy(labels, got), macroF1(labels, got)
	r.ece = ece(labels, got, confidence)
	return r
}

func accuracy(want, got []string) float64 {
	right := 0.0
	for i := range want {
		if want[i] == got[i] {
			right++
		}
	}
	return right / float64(len(want))
}

func macroF1(want, got []string) float64 {
	hit, asked, given := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for i, label := range want {
		asked[label]++
		given[got[i]]++
		if label == got[i] {
			hit[label]++
		}
	}
	sum := 0.0
	for label := range asked {
		sum += 2 * hit[label] / (asked[label] + given[label])
	}
	return sum / float64(len(asked))
}

// ece has ten bands of equal width.
func ece(want, got []string, confidence []float64) (e float64) {
	var off [10]float64
	for i, c := range confidence {
		band := min(int(c*10), 9)
		off[band] += c
		if want[i] == got[i] {
			off[band]--
		}
	}
	for _, x := range off {
		e += math.Abs(x) / float64(len(want))
	}
	return e
}

func byCategory(e learned.Example) string { return string(e.Category) }
func byPriority(e learned.Example) string { return e.Priority.String() }

// answerAll sets a model to answer every text: the measures have no abstentions.
var answerAll = learned.Config{Confidence: 1e-9, Novelty: -1}

// trainLearned trains on one label alone, so that it times one head.
func trainLearned(t testing.TB, priority bool) func(list []learned.Example) (answerer, int) {
	return func(list []learned.Example) (answerer, int) {
		list = slices.Clone(list)
		seen := map[helpdesk.Category]bool{}
		var categories []helpdesk.CategoryInfo
		for i := range list {
			if c := list[i].Category; !seen[c] {
				seen[c] = true
				categories = append(categories, helpdesk.CategoryInfo{Name: c})
			}
			if list[i].Tags = nil; priority {
				list[i].Category = ""
			} else {
				list[i].Priority = 0
			}
		}
		m, err := learned.Train(t.Context(), list, &answerAll)
		require.NoError(t, err)
		var file bytes.Buffer
		_, err = m.WriteTo(&file)
		require.NoError(t, err)
		return func(e *learned.Example) (string, float64) {
			c, err := m.Classify(t.Context(), &helpdesk.ClassifyRequest{Subject: e.Subject, Text: e.Text, Categories: categories})
			require.NoError(t, err)
			if priority {
				return c.Priority.String(), 0
			}
			return string(c.Category), c.Confidence
		}, file.Len()
	}
}

// trainBaseline does the same for a baseline.
func trainBaseline(priority bool, train func([]string, []int, int) baseline) func(list []learned.Example) (answerer, int) {
	label := byCategory
	if priority {
		label = byPriority
	}
	return func(list []learned.Example) (answerer, int) {
		var names, texts []string
		var labels []int
		for _, e := range list {
			if !slices.Contains(names, label(e)) {
				names = append(names, label(e))
			}
			labels = append(labels, slices.Index(names, label(e)))
			texts = append(texts, e.Subject+"\n"+e.Text)
		}
		b := train(texts, labels, len(names))
		return func(e *learned.Example) (string, float64) {
			p := b.probabilities(e.Subject + "\n" + e.Text)
			most := slices.Max(p)
			return names[slices.Index(p, most)], most
		}, b.bytes()
	}
}

// TestCrossValidation prints a table with -v. Each line is a five-fold stratified cross-validation
// in which every text is answered. All settings are chosen within the four folds of the training.
func TestCrossValidation(t *testing.T) {
	it, many := tickets(t, "itservice.csv"), tickets(t, "multilang.csv")
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var table strings.Builder
	fmt.Fprintf(&table, "%-20s %-32s %8s %8s %6s %8s %10s %9s\n", "", "", "accuracy", "macro F1", "ECE", "train s", "tickets/s", "bytes")
	for _, data := range []struct {
		name     string
		list     []learned.Example
		priority bool
		seeds    uint64
	}{
		{"itservice category", it, false, 1}, {"multilang category", many, false, 4}, {"multilang priority", many, true, 4},
	} {
		label := byCategory
		if data.priority {
			label = byPriority
		}
		for _, c := range []struct {
			name  string
			train func([]learned.Example) (answerer, int)
		}{
			{"naive Bayes", trainBaseline(data.priority, trainBayes)},
			{"logistic regression, words", trainBaseline(data.priority, trainRegression(false))},
			{"logistic regression, with pieces", trainBaseline(data.priority, trainRegression(true))},
			{"learned", trainLearned(t, data.priority)},
		} {
			var sum result
			for seed := range data.seeds {
				r := validated(data.list, label, seed, c.train)
				n := float64(data.seeds)
				sum.accuracy, sum.f1, sum.ece, sum.perSecond = sum.accuracy+r.accuracy/n, sum.f1+r.f1/n, sum.ece+r.ece/n, sum.perSecond+r.perSecond/n
				sum.slowest, sum.largest = max(sum.slowest, r.slowest), max(sum.largest, r.largest)
			}
			calibrated := fmt.Sprintf("%.3f", sum.ece)
			if data.priority && c.name == "learned" {
				calibrated = "-"
			}
			fmt.Fprintf(&table, "%-20s %-32s %8.3f %8.3f %6s %8.2f %10.0f %9d\n",
				data.name, c.name, sum.accuracy, sum.f1, calibrated, sum.slowest.Seconds(), sum.perSecond, sum.largest)
			if data.name == "itservice category" && c.name == "learned" {
				require.GreaterOrEqual(t, sum.accuracy, 0.81)
				require.GreaterOrEqual(t, sum.f1, 0.80)
				require.LessOrEqual(t, sum.ece, 0.05)
				require.LessOrEqual(t, sum.largest, 5_000_000)
			}
		}
	}
	t.Log("\n" + table.String())
}
