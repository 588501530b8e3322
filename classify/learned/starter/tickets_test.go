package starter_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

// row is one labelled ticket of a file.
type row struct {
	ID, Subject, Body        string
	Category                 helpdesk.Category
	Priority, Tags, Language string
}

func (r row) text() string { return r.Subject + "\n" + r.Body }

var header = []string{"id", "subject", "body", "category", "priority", "tags", "language"}

// read returns the tickets of a file. It refuses invalid UTF-8 and other columns.
func read(t *testing.T, name string) []row {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	require.True(t, utf8.Valid(b), "%s is not UTF-8", name)
	require.NotContains(t, string(b), "\uFFFD", "%s holds characters that were lost in a conversion", name)
	in := csv.NewReader(strings.NewReader(string(b)))
	in.FieldsPerRecord = len(header)
	lines, err := in.ReadAll()
	require.NoError(t, err, name)
	require.Equal(t, header, lines[0], name)
	rows := make([]row, 0, len(lines))
	for _, f := range lines[1:] {
		rows = append(rows, row{f[0], f[1], f[2], helpdesk.Category(f[3]), f[4], f[5], f[6]})
	}
	return rows
}

// files are the two sets, with the least number of tickets of each category.
var files = map[string]int{"tickets.csv": 110, "heldout.csv": 30}

func TestEveryTicketIsOneADeskWouldTake(t *testing.T) {
	t.Parallel()
	for name := range files {
		for _, r := range read(t, name) {
			require.LessOrEqual(t, utf8.RuneCountInString(r.Subject), helpdesk.MaxSubject, r.ID)
			require.False(t, strings.ContainsFunc(r.Subject, unicode.IsControl), "%s: a subject is one line", r.ID)
			require.LessOrEqual(t, len(r.Body), helpdesk.MaxText, r.ID)
			require.False(t, strings.ContainsFunc(r.Body, func(c rune) bool { return c != '\n' && unicode.IsControl(c) }), r.ID)
			require.NotEmpty(t, words(r.text()), "%s says nothing", r.ID)
			for _, s := range []string{r.Subject, r.Body} {
				require.Equal(t, strings.TrimSpace(s), s, "%s has space around its text", r.ID)
			}
		}
	}
}

func TestLabelsAreOfTheKnownLists(t *testing.T) {
	t.Parallel()
	var categories []helpdesk.Category
	for _, info := range helpdesk.DefaultCategories() {
		categories = append(categories, info.Name)
	}
	languages := []string{"en", "de", "es", "fr", "pt", "it", "nl"}
	for name := range files {
		for _, r := range read(t, name) {
			require.Contains(t, categories, r.Category, r.ID)
			var p helpdesk.Priority
			require.NoError(t, p.UnmarshalText([]byte(r.Priority)), r.ID)
			require.Equal(t, r.Priority, p.String(), "%s has no priority, or one in another spelling", r.ID)
			require.Contains(t, languages, r.Language, r.ID)
			list := tagsOf(r)
			require.LessOrEqual(t, len(list), 3, r.ID)
			for i, tag := range list {
				require.Contains(t, tags, tag, r.ID)
				require.NotContains(t, list[:i], tag, "%s has a tag twice", r.ID)
			}
		}
	}
}

// tags is the closed set of tags.
var tags = strings.Fields(`accessibility api backup calendar cancellation crash data deletion delivery discount
	display email export hardware import integration invoice language login mobile network notification outage
	password payment performance permissions pricing printing profile refund reporting search security setup
	subscription sync tax two-factor upload video`)

func tagsOf(r row) []string {
	if r.Tags == "" {
		return nil
	}
	return strings.Split(r.Tags, ";")
}

// TestEveryLabelHasExamples is about the training set, where a label without examples cannot be
// learned. Urgent feature requests are rare enough to be missing.
func TestEveryLabelHasExamples(t *testing.T) {
	t.Parallel()
	for name, least := range files {
		categories, priorities, used := map[helpdesk.Category]int{}, map[string]int{}, map[string]int{}
		english, rows := 0, read(t, name)
		for _, r := range rows {
			categories[r.Category]++
			priorities[string(r.Category)+" "+r.Priority]++
			for _, tag := range tagsOf(r) {
				used[tag]++
			}
			if r.Language == "en" {
				english++
			}
		}
		for _, info := range helpdesk.DefaultCategories() {
			require.GreaterOrEqual(t, categories[info.Name], least, "%s: %s", name, info.Name)
			for _, p := range helpdesk.Priorities {
				if info.Name != helpdesk.FeatureRequest || p != helpdesk.Urgent {
					require.NotZero(t, priorities[string(info.Name)+" "+p.String()], "%s: %s %s", name, info.Name, p)
				}
			}
		}
		require.InDelta(t, 0.70, float64(english)/float64(len(rows)), 0.06, "%s: the share of English", name)
		if name == "tickets.csv" {
			for _, tag := range tags {
				require.GreaterOrEqual(t, used[tag], 3, "tag %s", tag)
			}
		}
	}
}

func TestIDsAreUniqueOverBothFiles(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[th][0-9]{3}$`)
	seen := map[string]bool{}
	for name := range files {
		for _, r := range read(t, name) {
			require.Regexp(t, form, r.ID)
			require.False(t, seen[r.ID], "%s is there twice", r.ID)
			seen[r.ID] = true
		}
	}
}

// TestNoTwoTicketsAreNearlyTheSame compares both files as one, so that no ticket of the training
// set returns in the held-out set.
func TestNoTwoTicketsAreNearlyTheSame(t *testing.T) {
	t.Parallel()
	all := slices.Concat(read(t, "tickets.csv"), read(t, "heldout.csv"))
	grams := make([]map[string]bool, len(all))
	holders := map[string][]int{} // the tickets so far with each trigram
	bodies := map[string]string{}
	for i, r := range all {
		if r.Body != "" {
			require.Empty(t, bodies[r.Body], "%s has the body of another ticket", r.ID)
			bodies[r.Body] = r.ID
		}
		grams[i] = trigrams(r.text())
		common := map[int]int{}
		for g := range grams[i] {
			for _, k := range holders[g] {
				common[k]++
			}
			holders[g] = append(holders[g], i)
		}
		for k, n := range common {
			share := float64(n) / float64(min(len(grams[i]), len(grams[k])))
			require.Less(t, share, 0.5, "%s and %s are nearly the same:\n%s\n---\n%s", all[k].ID, r.ID, all[k].text(), r.text())
		}
	}
}

func TestTrigramsSeeThroughCaseAndPunctuation(t *testing.T) {
	t.Parallel()
	require.Equal(t, map[string]bool{"i can t": true, "can t pay": true}, trigrams("I can't... PAY!"))
	require.Equal(t, map[string]bool{"refund": true}, trigrams("refund??"), "a text too short for a gram is one")
}

// trigrams returns each three successive words of a text.
func trigrams(text string) map[string]bool {
	w, set := words(text), map[string]bool{}
	if len(w) < 3 {
		set[strings.Join(w, " ")] = true
	}
	for i := 2; i < len(w); i++ {
		set[strings.Join(w[i-2:i+1], " ")] = true
	}
	return set
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
}

// TestAddressesAreOfExampleDomains keeps real people and sites out.
func TestAddressesAreOfExampleDomains(t *testing.T) {
	t.Parallel()
	address := regexp.MustCompile(`(?:@|https?://|www\.)([a-zA-Z0-9.-]+)`)
	for name := range files {
		for _, r := range read(t, name) {
			for _, m := range address.FindAllStringSubmatch(r.text(), -1) {
				host := strings.TrimRight(m[1], ".")
				require.True(t, host == "example.com" || strings.HasSuffix(host, ".example.com"), "%s: %s", r.ID, host)
			}
		}
	}
}
