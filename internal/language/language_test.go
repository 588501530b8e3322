package language_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/language"
)

// lines returns the languages and texts of a file.
func lines(t *testing.T, name string) (pairs [][2]string) {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		tag, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		require.True(t, ok, line)
		pairs = append(pairs, [2]string{tag, text})
	}
	return pairs
}

// tickets returns the languages and texts of a file of tickets.
func tickets(t *testing.T, name string) (pairs [][2]string) {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		pairs = append(pairs, [2]string{row[column["language"]], row[column["subject"]] + "\n" + row[column["body"]]})
	}
	return pairs
}

// told counts the texts whose language is told, and of these the right ones.
func told(pairs [][2]string) (told, right int, wrong []string) {
	for _, p := range pairs {
		switch got := language.Of(p[1]); got {
		case "":
		case p[0]:
			told, right = told+1, right+1
		default:
			told, wrong = told+1, append(wrong, got+" instead of "+p[0]+": "+p[1])
		}
	}
	return told, right, wrong
}

func TestALineOfTwoToSixWordsTellsItsLanguage(t *testing.T) {
	t.Parallel()
	pairs := lines(t, "testdata/short.tsv")
	n, right, wrong := told(pairs)
	t.Logf("%d lines, told %d, right %d", len(pairs), n, right)
	require.GreaterOrEqual(t, float64(n), 0.85*float64(len(pairs)))
	require.GreaterOrEqual(t, float64(right), 0.97*float64(n), strings.Join(wrong, "\n"))
}

func TestATicketTellsItsLanguage(t *testing.T) {
	t.Parallel()
	pairs := tickets(t, "../../classify/learned/starter/heldout.csv")
	n, right, wrong := told(pairs)
	t.Logf("%d tickets, told %d, right %d", len(pairs), n, right)
	require.GreaterOrEqual(t, float64(n), 0.95*float64(len(pairs)))
	require.GreaterOrEqual(t, float64(right), 0.99*float64(n), strings.Join(wrong, "\n"))
}

func TestAScriptTellsItsLanguage(t *testing.T) {
	t.Parallel()
	for _, p := range lines(t, "testdata/scripts.tsv") {
		require.Equal(t, p[0], language.Of(p[1]), p[1])
	}
}

func TestATextThatDoesNotTellHasNoLanguage(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "   ", "4711", "???", "https://example.com/rechnung/bitte", "kim@example.com", "`nicht gefunden`", "Lidl 4 / XR-200"} {
		require.Empty(t, language.Of(text), text)
	}
}

func TestEachTagIsThereOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, tag := range language.Tags {
		require.False(t, seen[tag], tag)
		seen[tag] = true
	}
	for _, file := range []string{"testdata/short.tsv", "testdata/scripts.tsv"} {
		for _, p := range lines(t, file) {
			require.True(t, seen[p[0]], p[0])
		}
	}
}

// A long text costs no more than its beginning, whatever it is made of.
func FuzzOf(f *testing.F) {
	for _, text := range []string{"a", "don't", "'''", "\xff\xfe", strings.Repeat("a", 40_000), strings.Repeat("é'", 9_000), strings.Repeat("`", 9_000)} {
		f.Add(text)
	}
	known := map[string]bool{"": true}
	for _, tag := range language.Tags {
		known[tag] = true
	}
	f.Fuzz(func(t *testing.T, text string) { require.True(t, known[language.Of(text)]) })
}

func BenchmarkOf(b *testing.B) {
	text := strings.Repeat("Seit gestern kann ich meine Rechnung nicht mehr herunterladen. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		language.Of(text)
	}
}
